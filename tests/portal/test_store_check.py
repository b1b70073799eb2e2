"""The store of files: every flipped, lost and unknown byte is named, and told to quality until it is right again."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from portal.domain.files import store_own_file
from portal.domain.store_check import SLICES, check_store, look_after
from portal.models import DisposedFile, Event, StoredFile, StoreFinding

KINDS = (
    ("application/pdf", b"%PDF-1.7 a certificate of conformity"),
    ("image/png", b"\x89PNG\r\n\x1a\n a photo of the marking"),
    ("text/csv", b"balloon;value\n7;9.998\n"),
    ("application/zip", b"PK\x03\x04 the archive of a package"),
    ("text/plain", b"N10 G0 X0 Z5\n"),
    ("application/json", b'{"CertificateNumber": "1"}'),
)


@pytest.fixture
def store(db, settings, tmp_path):
    """One kept file of each kind, in a store of their own."""
    settings.MEDIA_ROOT = tmp_path
    return [
        store_own_file(content=content, name=f"file {at}", media_type=media_type)
        for at, (media_type, content) in enumerate(KINDS)
    ]


def on_disk(stored) -> Path:
    return Path(default_storage.path(stored.storage_name))


def flip(stored, at: int) -> None:
    path = on_disk(stored)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.chmod(0o640)
    path.write_bytes(content)


def found() -> list[tuple[str, str]]:
    return sorted((each.kind, each.path) for each in check_store())


def slice_of(stored) -> date:
    """A day whose slice holds this file."""
    wanted, day = int(stored.sha256[:2], 16) % SLICES, date(2026, 3, 2)
    return day + timedelta(days=(wanted - day.toordinal()) % SLICES)


def test_a_whole_store_says_so(store, capsys):
    call_command("check_store")
    assert capsys.readouterr().out == "The store is whole: every kept file is there and has its hash.\n"


def test_one_flipped_byte_in_each_kind_of_file_is_found(store):
    for stored in store:
        flip(stored, len(on_disk(stored).read_bytes()) // 2)
    assert found() == sorted(("changed", each.storage_name) for each in store)


def test_a_byte_too_many_a_lost_file_and_a_file_of_nobody_are_named(store, capsys):
    longer, lost = store[0], store[1]
    path = on_disk(longer)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b"\n")
    on_disk(lost).unlink()
    default_storage.save("ff/ff/ffff-left-behind", ContentFile(b"x"))
    default_storage.save("elsewhere/deep/notes.txt", ContentFile(b"x"))
    default_storage.save(f"00/00/{store[2].sha256}", ContentFile(b"x"))
    assert found() == sorted(
        [
            ("changed", longer.storage_name),
            ("missing", lost.storage_name),
            ("stray", "ff/ff/ffff-left-behind"),
            ("stray", "elsewhere/deep/notes.txt"),
            ("stray", f"00/00/{store[2].sha256}"),
        ]
    )
    with pytest.raises(SystemExit) as ended:
        call_command("check_store")
    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert (
        f"changed: file 0 has changed in the store at {longer.storage_name}. It has {longer.size_bytes + 1} bytes; "
        f"{longer.size_bytes} were kept. Restore it from the backup.\n" in said
    )
    assert said.endswith("5 things wrong in the store.\n")


def test_a_file_disposed_of_is_not_missing(store, cast):
    on_disk(store[0]).unlink()
    assert found() == [("missing", store[0].storage_name)]
    DisposedFile.objects.create(
        sha256=store[0].sha256,
        size_bytes=store[0].size_bytes,
        original_name=store[0].original_name,
        certificate="DC-000001",
        disposed_by=cast.quality,
        disposed_at=timezone.now(),
    )
    assert found() == []


def test_the_slices_read_every_file_once(store):
    for stored in store:
        flip(stored, 0)
    seen = [each.path for number in range(SLICES) for each in check_store(slice_number=number)]
    assert sorted(seen) == sorted(each.storage_name for each in store)


def test_the_daily_slice_writes_a_finding_once_and_settles_it_when_the_file_is_back(store):
    stored, content = store[0], on_disk(store[0]).read_bytes()
    flip(stored, 3)
    [finding] = look_after(day=slice_of(stored))
    assert (finding.path, finding.kind) == (stored.storage_name, "changed")
    assert look_after(day=slice_of(stored)) == []
    on_disk(stored).write_bytes(content)
    # another day's slice says nothing of it
    look_after(day=slice_of(stored) + timedelta(days=1))
    assert StoreFinding.objects.get().settled_at is None
    look_after(day=slice_of(stored))
    assert StoreFinding.objects.get().settled_at is not None
    verbs = Event.objects.filter(noun="file", number=stored.storage_name).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["find wrong", "find right again"]


def test_the_daily_slice_leaves_alone_what_may_still_get_its_row(store):
    name = default_storage.save("00/00/just-written", ContentFile(b"x"))
    assert look_after(day=date(2026, 3, 2) + timedelta(days=-date(2026, 3, 2).toordinal() % SLICES)) == []
    old = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(default_storage.path(name), (old, old))
    [finding] = look_after(day=date(2026, 3, 2) + timedelta(days=-date(2026, 3, 2).toordinal() % SLICES))
    assert (finding.kind, finding.path) == ("stray", "00/00/just-written")


def test_quality_reads_what_is_wrong_and_an_operator_does_not(client, store, cast):
    flip(store[0], 0)
    look_after(day=slice_of(store[0]))
    client.force_login(cast.operator)
    assert client.get("/store/").status_code == 403
    assert "Store of files" not in client.get("/settings/").content.decode()
    client.force_login(cast.quality)
    page = client.get("/store/").content.decode()
    assert f"file 0 has changed in the store at {store[0].storage_name}. Restore it from the backup." in page
    assert "1 kept file is not as it was kept" in client.get("/board/").content.decode()
    assert StoredFile.objects.count() == len(KINDS)
