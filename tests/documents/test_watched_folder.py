"""The folder a scanner writes into: whole files once, half ones never, refused ones with their sentence."""

import os

import pytest

from documents.domain import arrivals, watched_folder
from documents.models import Arrival
from tests.documents.test_link_pages import text_pdf
from tests.factories.certificates import pdf

LATER = 4_000_000_000.0


@pytest.fixture
def folder(tmp_path, linked):
    room = tmp_path / "scans"
    room.mkdir()
    return room


def names(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def look(folder) -> list[str]:
    return [each.files.get().name for each in watched_folder.look(folder, now=LATER)]


def test_a_whole_file_is_taken_once_and_put_away(folder, linked):
    content = text_pdf(linked.line.order.number)
    (folder / "scan.pdf").write_bytes(content)
    assert look(folder) == ["scan.pdf"]
    arrival = Arrival.objects.get()
    assert (arrival.door, arrival.state, names(folder)) == ("folder", "waiting", ["taken/scan.pdf"])
    assert arrivals.content_of(arrival.files.get()) == content
    # the same bytes again, and another file of the same name
    (folder / "scan.pdf").write_bytes(content)
    (folder / "again.pdf").write_bytes(pdf())
    os.rename(folder / "again.pdf", folder / "other.pdf")
    assert sorted(look(folder)) == ["other.pdf", "scan.pdf"]
    assert Arrival.objects.count() == 2
    assert names(folder) == ["taken/other.pdf", "taken/scan (2).pdf", "taken/scan.pdf"]


def test_what_is_still_written_is_left_alone(folder):
    (folder / "scan.pdf.part").write_bytes(pdf())
    (folder / ".hidden.pdf").write_bytes(pdf())
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "link.pdf").symlink_to("/etc/hostname")
    (folder / "fresh.pdf").write_bytes(pdf())
    assert watched_folder.look(folder) == []
    (folder / "fresh.pdf").unlink()
    assert look(folder) == []
    assert (len(names(folder)), Arrival.objects.count()) == (4, 0)


def test_a_refused_file_lies_beside_its_sentence(folder):
    (folder / "page.html").write_bytes(b"<html><script>1</script></html>")
    assert look(folder) == []
    assert names(folder) == ["refused/page.html", "refused/page.html.txt"]
    said = (folder / "refused" / "page.html.txt").read_text()
    assert said.startswith("The file is a web page, which is not taken as proof.")


def test_killed_before_putting_away_it_is_met_again_and_known(folder, monkeypatch):
    (folder / "scan.pdf").write_bytes(pdf())

    def killed(path, where):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(watched_folder, "_put_away", killed)
        look(folder)
    assert (names(folder), Arrival.objects.count()) == (["scan.pdf"], 1)
    assert look(folder) == ["scan.pdf"]
    assert (names(folder), Arrival.objects.count()) == (["taken/scan.pdf"], 1)


def test_without_a_folder_nothing_is_looked_at(settings, tmp_path):
    settings.PORTAL_WATCHED_FOLDER = None
    assert watched_folder.look() == []
    assert watched_folder.look(tmp_path / "gone") == []
