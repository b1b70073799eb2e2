"""Checking the store of files: every kept file hashed again, and whatever nobody knows named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from portal.domain.events import record_event
from portal.domain.files import hash_of_kept, name_in_store, written_off
from portal.models import DisposedFile, StoredFile, StoreFinding

CHECK_STORE = "check_store"
FOLDERS = 256
# a quarter of a year's weeks do not pass without every byte having been read: a slice a day, all in four weeks
SLICES = 28
# a file is written before its row; by a day later an upload has long been kept or given up
YOUNG = timedelta(days=1)


@dataclass(frozen=True)
class Problem:
    """One file that is not as it was kept: where, what kind, and a sentence for the person who repairs it."""

    path: str
    kind: str
    name: str
    sentence: str


def check_store(*, slice_number: int | None = None, spare: timedelta = timedelta(0)) -> Iterator[Problem]:
    """Yield what is wrong in the store, or in one of its slices; in bounded memory whatever the store holds.

    1. every kept file is there and its bytes have its hash;
    2. every file that was disposed of is gone;
    3. every file that is there is known under the place where it lies.

    Units:   `spare` leaves alone what was written so recently that its row may not be there yet.
    Source:  21 CFR 11.10(c), records are protected so that they can be retrieved throughout their retention.
    """
    for folder in range(FOLDERS):
        if slice_number is None or folder % SLICES == slice_number % SLICES:
            yield from _check_folder(f"{folder:02x}", spare)
    if slice_number is None or slice_number % SLICES == 0:
        yield from _strays_outside(spare)


def _check_folder(folder: str, spare: timedelta) -> Iterator[Problem]:
    known = (
        StoredFile.objects.filter(sha256__startswith=folder)
        .order_by("sha256", "pk")
        .distinct("sha256")
        .values_list("sha256", "original_name", "size_bytes")
    )
    gone = set(DisposedFile.objects.filter(sha256__startswith=folder).values_list("sha256", flat=True))
    for sha256, name, size_bytes in known.iterator(chunk_size=500):
        disposed = written_off(sha256) if sha256 in gone else None
        if problem := _problem_with(sha256, name, size_bytes, disposed, spare):
            yield problem
    yield from _strays_in(folder, spare)


def _problem_with(
    sha256: str, name: str, size_bytes: int, gone: DisposedFile | None, spare: timedelta
) -> Problem | None:
    path = name_in_store(sha256)
    if not default_storage.exists(path):
        if gone:
            return None
        return Problem(
            path,
            StoreFinding.MISSING,
            name,
            f"{name} ({size_bytes:,} bytes) is not in the store at {path}. Restore it from the backup.",
        )
    if gone:
        # the job that erases it has its time
        if spare and gone.disposed_at > timezone.now() - spare:
            return None
        return Problem(
            path,
            StoreFinding.NOT_GONE,
            name,
            f"{name} was disposed of under {gone.certificate} and still lies in the store at {path}. Open "
            f"{gone.certificate}: it says what keeps it.",
        )
    length, found = hash_of_kept(path)
    if found == sha256:
        return None
    was = "" if length == size_bytes else f" It has {length:,} bytes; {size_bytes:,} were kept."
    return Problem(
        path,
        StoreFinding.CHANGED,
        name,
        f"{name} has changed in the store at {path}.{was} Restore it from the backup.",
    )


def _strays_in(folder: str, spare: timedelta) -> Iterator[Problem]:
    inner, loose = _listed(folder)
    yield from _strays((f"{folder}/{name}" for name in loose), spare)
    for name in inner:
        below, files = _listed(f"{folder}/{name}")
        lost = {each for each in files if not each.startswith(folder + name)}
        rest = [each for each in files if each not in lost]
        kept = set(StoredFile.objects.filter(sha256__in=rest).values_list("sha256", flat=True))
        strange = sorted(lost | {each for each in rest if each not in kept})
        yield from _strays((f"{folder}/{name}/{each}" for each in strange), spare)
        for deeper in below:
            yield from _all_below(f"{folder}/{name}/{deeper}", spare)


def _strays_outside(spare: timedelta) -> Iterator[Problem]:
    folders, loose = _listed("")
    yield from _strays(sorted(loose), spare)
    own = {f"{number:02x}" for number in range(FOLDERS)}
    for name in folders:
        if name not in own:
            yield from _all_below(name, spare)


def _all_below(folder: str, spare: timedelta) -> Iterator[Problem]:
    folders, files = _listed(folder)
    yield from _strays((f"{folder}/{name}" for name in files), spare)
    for name in folders:
        yield from _all_below(f"{folder}/{name}", spare)


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return sorted(folders), sorted(files)


def _strays(paths: Iterator[str] | list[str], spare: timedelta) -> Iterator[Problem]:
    for path in paths:
        if spare and default_storage.get_modified_time(path) > timezone.now() - spare:
            continue
        yield Problem(
            path,
            StoreFinding.STRAY,
            "",
            f"{path} lies in the store and no record knows it. Find out who put it there, then move it away.",
        )


def look_after(*, day: date, at: datetime | None = None) -> list[StoreFinding]:
    """Check the slice of one day, write down what is wrong and settle what is right again; return what is new.

    Every file is read once in `SLICES` days. Done twice it finds the same.
    """
    at, slice_number = at or timezone.now(), day.toordinal() % SLICES
    problems = {each.path: each for each in check_store(slice_number=slice_number, spare=YOUNG)}
    with transaction.atomic():
        standing = StoreFinding.objects.select_for_update().filter(settled_at__isnull=True)
        known = {each.path: each for each in standing if _slice_of(each.path) == slice_number}
        for path, finding in known.items():
            if path not in problems:
                _settle(finding, at)
        return [_open(problem, at) for path, problem in problems.items() if path not in known]


def _slice_of(path: str) -> int:
    head = path.partition("/")[0]
    is_ours = len(head) == 2 and "/" in path and all(letter in "0123456789abcdef" for letter in head)
    return int(head, 16) % SLICES if is_ours else 0


def _open(problem: Problem, at: datetime) -> StoreFinding:
    record_event(
        by=None, verb="find wrong", noun="file", number=problem.path, data={"found": problem.sentence}, at=at
    )
    return StoreFinding.objects.create(
        path=problem.path,
        kind=problem.kind,
        original_name=problem.name,
        sentence=problem.sentence,
        found_at=at,
    )


def _settle(finding: StoreFinding, at: datetime) -> None:
    finding.settled_at = at
    finding.save(update_fields=["settled_at"])
    record_event(
        by=None, verb="find right again", noun="file", number=finding.path, data={"was": finding.kind}, at=at
    )
