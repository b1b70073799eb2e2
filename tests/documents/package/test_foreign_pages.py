"""Pages of others: shown as pictures with their words behind, refused by name when they cannot be shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from documents.package import foreign_pages
from documents.package.assembly import render_package, render_section
from documents.package.drawing import draw
from documents.package.foreign_pages import OriginalUnreadable, PagesWanted, drawn_by_child, read_pages
from documents.package.sections import sections_of
from portal.domain.canonical import sha256_of
from portal.intake import child
from tests.documents.package import reading, sample

# Nothing of these may stand in a rendered page, whatever the original does.
ACTIVE = (
    b"/JavaScript",
    b"/Launch",
    b"/SubmitForm",
    b"/RichMedia",
    b"/XFA",
    b"/AcroForm",
    b"/ImportData",
    b"/GoToR",
)


class Kept(dict):
    """A cache in memory."""

    def put(self, key: str, content: bytes, *, of: str = "") -> None:
        self[key] = content


def certificate_pdf(manifest: dict, originals: dict, name: str, content: bytes, **changes) -> bytes:
    """Render the section of one more certificate."""
    media_type = changes.pop("media_type", "application/pdf")
    sample.add_certificate(manifest, originals, name, content, media_type).update(changes)
    section = next(section for section in sections_of(manifest, originals) if section.code == "certificate3")
    return render_section(section)


def pages_of(content: bytes, *, last: int | None = None, who: str = "It"):
    return read_pages(PagesWanted(sha256_of(content), "application/pdf", last=last), content, who=who)


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 220, 240)).save(out, kind)
    return out.getvalue()


def test_the_words_of_a_page_lie_behind_its_picture(manifest, originals):
    content = sample.certificate_files()["MTR-7T4418.pdf"]
    pages = pages_of(content)
    words = {line[0] for line in pages[0].lines}
    assert {"HALDEN ROLLED METALS", "MTR-7T4418", "Chemical composition, %"} <= words
    assert [len(pages), pages[0].across, pages[0].down] == [2, 1654, 2339]


def test_a_line_lies_where_it_is_seen():
    content = sample.certificate_files()["MTR-7T4418.pdf"]
    page = pages_of(content, last=1)[0]
    left, top, right, bottom = next(line[1:] for line in page.lines if line[0] == "HALDEN ROLLED METALS")
    margin = (18 + 8 / 96 * 25.4) / 210  # of the page and of its body
    assert left == pytest.approx(margin, abs=0.005)
    assert 0.05 < top < bottom < 0.15
    assert 0.4 < right < 0.6


def test_a_turned_page_is_read_as_it_is_seen():
    with pikepdf.open(io.BytesIO(sample.certificate_files()["MTR-7T4418.pdf"])) as pdf:
        pdf.pages[0].rotate(90, relative=False)
        pdf.save(turned := io.BytesIO())
    page = pages_of(turned.getvalue(), last=1)[0]
    left, top, right, bottom = next(line[1:] for line in page.lines if line[0] == "HALDEN ROLLED METALS")
    assert (page.is_wide, page.across, page.down) == (True, 2339, 1654)
    # turned clockwise: what was at the top left stands at the top right and runs down
    assert 0.85 < left < right < 0.95
    assert top == pytest.approx((18 + 8 / 96 * 25.4) / 210, abs=0.005)
    assert bottom > 0.4


def test_only_the_named_pages_are_shown(manifest, originals):
    manifest["certificates"][0]["page_from"] = 2
    package = render_section(sections_of(manifest, originals)[6])
    texts = reading.page_texts(package)
    assert ["Page 2 of 2" in text for text in texts] == [True]
    assert "Annex 1" in texts[0]


def test_pages_beyond_the_end_are_refused(manifest, originals):
    manifest["certificates"][0]["page_to"] = 3
    with pytest.raises(OriginalUnreadable) as refusal:
        render_section(sections_of(manifest, originals)[6])
    assert refusal.value.sentence == (
        "Certificate MTR-7T4418, file MTR-7T4418.pdf: it cannot be shown in the package. "
        "The certificate names pages 1 to 3 and the file has 2. Correct the page range."
    )


@pytest.mark.parametrize(
    ("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("TIFF", "image/tiff")]
)
def test_a_picture_is_a_figure_that_names_its_original(manifest, originals, kind, media_type):
    section = certificate_pdf(manifest, originals, "scan.dat", picture_bytes(kind), media_type=media_type)
    with pikepdf.open(io.BytesIO(section)) as pdf:
        figures = [
            element for element in reading.below(pdf.Root.StructTreeRoot.K[0]) if str(element.S) == "/Figure"
        ]
        assert [str(figure.Alt) for figure in figures] == [
            "Picture of page 1 of scan.dat, which is attached to this file."
        ]
        assert reading.walk(pdf)[0] == []


def test_a_very_long_name_stays_above_the_picture(manifest, originals):
    name = "certificate " * 20 + "end.pdf"
    content = sample.certificate_files()["BF-88412 rev 1.pdf"]
    section = certificate_pdf(manifest, originals, name, content, covers="lot T-000312, " * 20)
    texts = reading.page_texts(section)
    assert [len(texts), "end.pdf" in texts[0], sample.sha256(content) in texts[0]] == [1, True, True]


def test_a_data_file_is_named_and_attached_without_a_picture(manifest, originals, warm_cache):
    sample.add_certificate(manifest, originals, "melt.json", b'{"heat": "7T4418"}', "application/json")
    package = render_package(manifest, originals, warm_cache)
    assert reading.attachments(package)["melt.json"] == (b'{"heat": "7T4418"}', "Source", "application/json")
    assert sum("has no pages to show" in text for text in reading.page_texts(package)) == 1


@pytest.mark.parametrize(
    ("content", "media_type", "why"),
    [
        (b"", "application/pdf", "The file is damaged or is not what its name says."),
        (b"%PDF-1.7 nothing", "application/pdf", "The file is damaged or is not what its name says."),
        (b"<html>no picture</html>", "image/png", "The file is damaged or is not what its name says."),
        (picture_bytes()[:300], "image/png", "The file is damaged or is not what its name says."),
    ],
)
def test_a_file_that_is_none_is_refused_by_name(manifest, originals, content, media_type, why):
    with pytest.raises(OriginalUnreadable) as refusal:
        certificate_pdf(manifest, originals, "poison.bin", content, media_type=media_type)
    assert refusal.value.sentence == (
        f"Certificate C-1042, file poison.bin: it cannot be shown in the package. {why} "
        "Ask the issuer for a new copy."
    )


def test_real_certificates_are_shown_and_attached(manifest, originals, warm_cache, shared_data):
    folder = shared_data / "material-certificates"
    names = [
        "EN10168__v0.5.0__valid_certificate_3.pdf",
        "Metals__v0.1.1__valid_forged_bar_complete_certificate.pdf",
    ]
    for name in names:
        sample.add_certificate(manifest, originals, name, (folder / name).read_bytes())
    package = render_package(manifest, originals, warm_cache)
    inside = reading.attachments(package)
    assert [inside[name][0] for name in names] == [(folder / name).read_bytes() for name in names]
    with pikepdf.open(io.BytesIO(package)) as pdf:
        wrong, kinds = reading.walk(pdf)
    assert (wrong, [at for at, found in kinds.items() if len(found) < 5]) == ([], [])


def test_hostile_files_are_shown_without_their_poison_or_refused(manifest, originals, shared_data):
    """Every file of both collections ends in a picture or a sentence, never in a crash."""
    cases = []
    for collection in ("bad-uploads", "pdf-robustness"):
        with open(shared_data / collection / "EXPECTED.csv", newline="", encoding="utf-8") as listing:
            cases += [
                (shared_data / collection / "files" / row["file"], row["expected"])
                for row in csv.DictReader(listing)
                if row["file"].endswith(".pdf")
            ]
    wrong = []
    for path, expected in cases:
        try:
            pages = pages_of(path.read_bytes(), who=path.name)
        except OriginalUnreadable as refusal:
            if (
                "reject" not in expected
                and not refusal.sentence.startswith(path.name)
                or expected == "accept"
            ):
                wrong.append((path.name, refusal.sentence))
        else:
            if not pages:
                wrong.append((path.name, "no page and no word"))
    assert wrong == []


def test_scripts_of_an_original_never_reach_a_page(manifest, originals, shared_data):
    for name in ("pdf_javascript_openaction.pdf", "pdf_launch_calc.pdf"):
        content = (shared_data / "bad-uploads/files" / name).read_bytes()
        section = certificate_pdf(manifest, originals, name, content)
        with pikepdf.open(io.BytesIO(section)) as pdf:
            pdf.save(plain := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert [word for word in ACTIVE if word in plain.getvalue()] == []
        manifest["certificates"].pop()


def test_pages_drawn_before_give_the_same_section_without_being_drawn_again(manifest, originals, monkeypatch):
    [section] = [each for each in sections_of(manifest, originals) if each.code == "certificate1"]
    drawn = draw(section, prefix="same")
    wanted = PagesWanted.of(section.facts["certificate"])
    kept = drawn_by_child(wanted, section.original, who="It")
    monkeypatch.setattr(child, "run", None)
    assert draw(replace(section, original=b"", pages=kept), prefix="same") == drawn


def test_a_package_takes_the_pages_that_were_drawn_before(manifest, originals, monkeypatch):
    cold = render_package(manifest, originals)
    kept = Kept()
    for section in sections_of(manifest, originals):
        if section.original is not None:
            wanted = PagesWanted.of(section.facts["certificate"])
            kept[wanted.key] = drawn_by_child(wanted, section.original, who="It")
    monkeypatch.setattr(child, "run", None)
    assert render_package(manifest, originals, kept) == cold


def test_pages_of_other_bytes_or_another_range_are_other_pages():
    wanted = PagesWanted("a" * 64, "application/pdf", 1, 2)
    others = [replace(wanted, sha256="b" * 64), replace(wanted, first=2), replace(wanted, last=None)]
    others.append(replace(wanted, media_type="image/png"))
    assert len({each.key for each in [wanted, *others]}) == 5


def test_other_drawing_code_draws_other_pages(monkeypatch):
    wanted = PagesWanted("a" * 64, "application/pdf", 1, 2)
    before = wanted.key
    monkeypatch.setattr(foreign_pages, "_drawn_by", lambda: {"source": "another"})
    assert wanted.key != before
