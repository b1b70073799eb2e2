"""The folder a scanner writes into: whole files are taken in once and put away, with a sentence beside each refusal."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from documents.domain import arrivals
from documents.models import Arrival
from portal.domain.errors import Refused
from portal.domain.files import MAX_BYTES

log = logging.getLogger(__name__)

TAKEN, REFUSED = "taken", "refused"
# names a program gives to what it is still writing
UNFINISHED = (".part", ".tmp", ".partial", ".crdownload", ".filepart")
# so long nothing may have been written to a file before it counts as whole
STILL_SECONDS = 3.0
MOST_AT_ONCE = 50


def look(folder: Path | None = None, *, now: float | None = None) -> list[Arrival]:
    """Take in every whole file of the watched folder and move it to `taken` or `refused` beside it.

    The file is moved only after it is safe here. Killed in between, the next look finds it again and knows it by
    its bytes; a name that is used already is never written over.
    """
    folder = folder or settings.PORTAL_WATCHED_FOLDER
    if folder is None or not folder.is_dir():
        return []
    came = []
    for path in list(_whole_files(folder, now or time.time()))[:MOST_AT_ONCE]:
        try:
            came.append(_take(path))
        except Refused as refusal:
            moved = _put_away(path, REFUSED)
            _write_beside(moved, refusal.sentence)
            log.warning("%s of the watched folder was refused: %s", path.name, refusal.sentence)
        except FileNotFoundError:
            # a person took it out of the folder meanwhile
            continue
    return came


def _whole_files(folder: Path, now: float) -> Iterator[Path]:
    """Yield the files nobody is writing any more, the oldest first; links and folders are none of them."""
    found = []
    for entry in os.scandir(folder):
        if not entry.is_file(follow_symlinks=False) or entry.name.startswith("."):
            continue
        if entry.name.lower().endswith(UNFINISHED):
            continue
        stat = entry.stat(follow_symlinks=False)
        if now - stat.st_mtime >= STILL_SECONDS and stat.st_size:
            found.append((stat.st_mtime, Path(entry.path)))
    return (path for _written, path in sorted(found))


def _take(path: Path) -> Arrival:
    with path.open("rb") as opened:
        before = os.fstat(opened.fileno())
        content = opened.read(MAX_BYTES + 1)
        after = os.fstat(opened.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileNotFoundError(path)
    arrival = arrivals.bring_stack(by=None, content=content, name=path.name, door=Arrival.FOLDER)
    _put_away(path, TAKEN)
    return arrival


def _put_away(path: Path, where: str) -> Path:
    room = path.parent / where
    room.mkdir(exist_ok=True)
    for count in range(1, 10_000):
        target = room / (path.name if count == 1 else f"{path.stem} ({count}){path.suffix}")
        try:
            # a hard link is made only where no file of that name is, by whichever process comes first
            os.link(path, target)
        except FileExistsError:
            continue
        except PermissionError:
            # a share of another system may know no hard links
            if target.exists():
                continue
            path.rename(target)
            return target
        path.unlink()
        return target
    raise FileExistsError(room / path.name)


def _write_beside(moved: Path, sentence: str) -> None:
    moved.with_name(f"{moved.name}.txt").write_text(f"{sentence}\n", encoding="utf-8")
