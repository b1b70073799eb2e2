import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db.models.signals import pre_save
from django.urls import include, path

from portal.domain.canonical import sha256_of
from portal.domain.files import FileDamaged, FileRefused, open_for, read_bytes, store_own_file, take_in
from portal.models import Event, Label, Organization, StoredFile
from portal.views.files import FileView

pytestmark = pytest.mark.urls(__name__)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f"
    "0005fe02fe0def46b80000000049454e44ae426082"
)


class Letter(FileView):
    """Serve the newest file, as if an organization held it."""

    roles = None
    model = Organization

    def stored_file(self, record):
        return StoredFile.objects.order_by("-id").first()


class ShownLetter(Letter):
    is_inline = True


urlpatterns = [
    path("letters/<str:number>/", Letter.as_view()),
    path("letters/<str:number>/show/", ShownLetter.as_view()),
    path("", include("portal.urls")),
]


@pytest.fixture
def controlled(db):
    return Label.objects.create(code="EAR", name="EAR controlled", strictness=5, needs_eligibility=True)


def keep(*, name="report.pdf", media_type="application/pdf", label=None):
    return store_own_file(content=b"%PDF-1.7 kept", name=name, media_type=media_type, label=label)


def test_a_file_is_kept_once_under_its_hash(cast):
    first, second = keep(), keep(name="copy.pdf")
    assert (first.sha256, first.size_bytes) == (sha256_of(b"%PDF-1.7 kept"), 13)
    assert first.storage_name == second.storage_name
    assert read_bytes(second) == b"%PDF-1.7 kept"


@pytest.fixture
def written_through(monkeypatch) -> list[str]:
    """Collect what was written through to the disk, and when the row of a file was."""
    done, real = [], os.fsync

    def noting(descriptor):
        done.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        real(descriptor)

    def row(sender, **kwargs):
        done.append("row")

    monkeypatch.setattr(os, "fsync", noting)
    pre_save.connect(row, sender=StoredFile)
    yield done
    pre_save.disconnect(row, sender=StoredFile)


@pytest.mark.parametrize("how_often", [1, 2])
def test_the_disk_holds_a_file_and_its_name_before_there_is_a_row(cast, settings, written_through, how_often):
    for _ in range(how_often):
        written_through.clear()
        stored = keep()
    file = Path(default_storage.path(stored.storage_name))
    assert written_through == [
        str(each) for each in (file, file.parent, file.parent.parent, settings.MEDIA_ROOT)
    ] + ["row"]


def test_a_changed_or_missing_byte_is_found(cast):
    stored = keep()
    place = default_storage.path(stored.storage_name)
    with open(place, "wb") as handle:
        handle.write(b"%PDF-1.7 kepT")
    with pytest.raises(FileDamaged, match="The file report.pdf has changed in the store."):
        read_bytes(stored)
    default_storage.delete(stored.storage_name)
    with pytest.raises(FileDamaged, match="The file report.pdf is not in the store."):
        read_bytes(stored)


def test_a_foreign_file_is_taken_as_what_it_is(cast):
    with pytest.raises(FileRefused, match="scan.png is a PNG picture; this place takes a PDF."):
        take_in(content=PNG, name="scan.png", by=cast.vendor, allowed=("application/pdf",))
    with pytest.raises(FileRefused):
        take_in(content=b"", name="scan.png", by=cast.vendor)
    assert StoredFile.objects.count() == 0
    stored = take_in(content=PNG, name="../../scan.png", by=cast.vendor, allowed=("image/png",))
    assert (stored.original_name, stored.media_type, stored.stored_by) == (
        "scan.png",
        "image/png",
        cast.vendor,
    )
    assert Event.objects.latest("id").number == sha256_of(PNG)


def test_reading_is_written_down_and_the_label_asked(cast, controlled):
    stored = keep(label=controlled)
    with pytest.raises(
        FileRefused, match="report.pdf is held under EAR controlled; it may be read by eligible"
    ):
        open_for(stored=stored, by=cast.quality, noun="part", number="P-1")
    assert Event.objects.count() == 0
    cast.quality.is_export_eligible = True
    assert open_for(stored=stored, by=cast.quality, noun="part", number="P-1") == b"%PDF-1.7 kept"
    event = Event.objects.get()
    assert (event.verb, event.noun, event.number, event.data) == (
        "read",
        "part",
        "P-1",
        {"sha256": stored.sha256},
    )


def test_a_file_leaves_as_an_attachment_that_can_do_nothing(sign_in, cast):
    keep(name='a "b" ü.pdf')
    answer = sign_in(cast.vendor).get("/letters/BRIGHTWATER/")
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7 kept")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''a%20%22b%22%20%C3%BC.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert Event.objects.filter(verb="read", noun="organization", number="BRIGHTWATER").count() == 1
    assert sign_in(cast.stranger_vendor).get("/letters/BRIGHTWATER/").status_code == 404


@pytest.mark.parametrize(
    ("media_type", "disposition"),
    [
        ("application/pdf", 'inline; filename="report.pdf"'),
        ("image/png", 'inline; filename="report.pdf"'),
        ("text/html", 'attachment; filename="report.pdf"'),
        ("image/svg+xml", 'attachment; filename="report.pdf"'),
    ],
)
def test_only_drawn_pages_are_shown_in_the_browser(sign_in, cast, media_type, disposition):
    keep(media_type=media_type)
    answer = sign_in(cast.quality).get("/letters/ORRIN/show/")
    assert (answer.headers["Content-Disposition"], answer.headers["Content-Type"]) == (
        disposition,
        media_type,
    )


def test_a_labelled_file_is_forbidden_inside_and_unknown_outside(sign_in, cast, controlled):
    keep(label=controlled)
    inside = sign_in(cast.quality).get("/letters/ORRIN/")
    assert (inside.status_code, "is held under EAR controlled" in inside.content.decode()) == (403, True)
    assert sign_in(cast.buyer).get("/letters/ORRIN/").status_code == 404


def test_a_record_without_the_file_and_a_damaged_one_say_so(sign_in, cast):
    client = sign_in(cast.quality)
    assert client.get("/letters/ORRIN/").status_code == 404
    default_storage.delete(keep().storage_name)
    answer = client.get("/letters/ORRIN/")
    assert (answer.status_code, answer.content.decode()) == (
        410,
        "The file report.pdf is not in the store. Restore it from the backup.",
    )
