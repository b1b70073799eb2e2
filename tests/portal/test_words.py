"""Words with their place: turned pages, text nobody sees, pages that are pictures."""

import io
import shutil

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from portal.intake import scans
from portal.intake.words import Word, words_of_pdf

WORDS = "BT /F1 24 Tf 100 700 Td (Heat T935361) Tj ET"


def page_of(drawing: str, *, turned: int = 0, picture: Image.Image | None = None) -> bytes:
    """Return a PDF of one page with a drawing, over a picture that fills it if there is one."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(600, 800))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if picture:
        image = pikepdf.Stream(document, picture.convert("RGB").tobytes())
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent = *picture.size, 8
        image.ColorSpace = pikepdf.Name.DeviceRGB
        page.Resources.XObject = pikepdf.Dictionary(Im1=document.make_indirect(image))
        drawing = f"q 600 0 0 800 0 0 cm /Im1 Do Q {drawing}"
    page.Contents = document.make_stream(drawing.encode())
    page.Rotate = turned
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def read(drawing: str, **facts):
    (page,) = words_of_pdf(page_of(drawing, **facts), 1, None)
    return page


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_word_stands_where_the_page_shows_it(turned):
    page = read(WORDS, turned=turned)
    first = page.words[0]
    across, down = (first.left + first.right) / 2, (first.top + first.bottom) / 2
    upright = {
        0: (across, down),
        90: (down, 1 - across),
        180: (1 - across, 1 - down),
        270: (1 - down, across),
    }[turned]
    assert [word.text for word in page.words] == ["Heat", "T935361"]
    assert (round(upright[0], 1), round(upright[1], 1)) == (0.2, 0.1)


@pytest.mark.parametrize("ink", ["1 1 1 rg", "3 Tr"])
def test_text_nobody_can_see_is_left_out_and_told(ink):
    page = read(f"{WORDS} BT {ink} /F1 12 Tf 100 600 Td (Accepted) Tj ET")
    assert [word.text for word in page.words] == ["Heat", "T935361"]
    assert page.doubts == [
        "Page 1 holds text nobody can see (Accepted). It was left out; compare with the original."
    ]


def test_white_letters_on_a_dark_band_are_read():
    page = read("0 0 0 rg 50 590 400 40 re f BT 1 1 1 rg /F1 24 Tf 100 600 Td (Result) Tj ET")
    assert ([word.text for word in page.words], page.doubts) == (["Result"], [])


def test_a_page_under_a_picture_is_a_scan_whatever_text_lies_there():
    page = read(f"3 Tr {WORDS}", picture=Image.new("RGB", (60, 80), "white"))
    assert (page.is_scan, page.words) == (True, [])
    assert page.doubts == [
        "Page 1 is a scan with text laid under it by a machine; the picture was read instead."
    ]


def test_a_small_picture_does_not_make_a_scan():
    page = read(WORDS)
    assert (page.is_scan, page.picture_share) == (False, 0.0)


def test_a_page_is_read_by_range():
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(100, 100)
    kept = io.BytesIO()
    document.save(kept)
    assert [page.number for page in words_of_pdf(kept.getvalue(), 2, 9)] == [2, 3]


def seal() -> Image.Image:
    picture = Image.new("RGB", (400, 400), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((50, 190, 350, 200), fill="black")
    draw.ellipse((100, 100, 300, 300), outline=(210, 20, 30), width=20)
    return picture


def test_red_ink_is_taken_out_of_what_is_read_and_kept_as_a_seal():
    grey, red = scans.without_red(seal())
    assert grey.getpixel((110, 200)) < 60 or grey.getpixel((60, 195)) < 60
    assert grey.getpixel((200, 105)) > 180
    assert red.getbbox() == (100, 100, 301, 301)
    assert scans.without_red(Image.new("RGB", (40, 40), "white"))[1] is None


@pytest.mark.parametrize("angle", [-3.0, 0.0, 2.0])
def test_a_slanted_picture_is_levelled(angle):
    picture = Image.new("L", (800, 800), 255)
    draw = ImageDraw.Draw(picture)
    for row in range(100, 700, 40):
        draw.rectangle((100, row, 700, row + 8), fill=0)
    slanted = picture.rotate(angle, fillcolor=255, resample=Image.BICUBIC)
    assert abs(scans.slant_of(slanted) + angle) <= 0.3


def test_without_a_reader_of_pictures_the_page_says_so():
    content = page_of("", picture=seal())
    pages = words_of_pdf(content, 1, None)
    assert scans.read_scans(content, pages, "") == [
        "Page 1 is a picture, and no reader of pictures is installed. Type what it says, or install tesseract."
    ]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")
def test_a_turned_photo_is_read_and_its_boxes_stand_on_the_photo():
    drawn = pypdfium2.PdfDocument(page_of(WORDS + " BT /F1 24 Tf 100 500 Td (Purchase order PO-4711) Tj ET"))
    photo = io.BytesIO()
    drawn[0].render(scale=2).to_pil().convert("RGB").rotate(90, expand=True).save(photo, "PNG")
    pages = scans.pages_of_picture(photo.getvalue(), 1, None)
    doubts = scans.read_scans(photo.getvalue(), pages, shutil.which("tesseract"))
    assert {"Heat", "Purchase", "PO-4711"} <= {word.text for word in pages[0].words}
    heat = next(word for word in pages[0].words if word.text == "Heat")
    left, top, right, bottom = pages[0].back(heat.left, heat.top, heat.right, heat.bottom)
    assert (round((left + right) / 2, 1), round((top + bottom) / 2, 1)) == (0.1, 0.8)
    assert doubts[0] == "Page 1 is a picture; what was read on it is a suggestion. Check it sign by sign."


def word(text, left, right, top=0.1, bottom=0.12, sure=90.0):
    return Word(text, left, top, right, bottom, confidence=sure)


def test_pieces_of_chinese_become_one_run_and_cells_stay_apart():
    run = [
        word("质", 0.10, 0.12),
        word("量", 0.125, 0.145, sure=70.0),
        word("经理", 0.15, 0.19),
        word("。", 0.19, 0.2),
    ]
    cells = [word("王丽华", 0.5, 0.56), word("P-1", 0.57, 0.6), word("、", 0.9, 0.91)]
    found = scans.joined([*run, *cells], 1.4)
    assert [each.text for each in found] == ["质量经理。", "王丽华", "P-1"]
    assert (found[0].left, found[0].right, found[0].confidence) == (0.1, 0.2, 86.0)
    below = [word("质", 0.10, 0.12), word("量", 0.125, 0.145, top=0.2, bottom=0.22)]
    assert len(scans.joined(below, 1.4)) == 2


def test_a_chinese_character_weighs_two_letters():
    assert scans.weight_of([word("质A", 0, 1, sure=50.0)]) == 150.0


def test_lines_that_run_up_the_page_are_seen_without_reading():
    picture = Image.new("L", (800, 1100), 255)
    draw = ImageDraw.Draw(picture)
    for row in range(100, 1000, 40):
        draw.rectangle((100, row, 700, row + 12), fill=0)
    assert not scans.runs_up(picture)
    assert scans.runs_up(picture.rotate(90, expand=True))


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")
def test_a_picture_that_takes_too_long_is_told_by_processor_time(monkeypatch):
    monkeypatch.setattr(scans, "SECONDS_A_PAGE", 0)
    pages = words_of_pdf(page_of("", picture=seal()), 1, None)
    doubts = scans.read_scans(page_of("", picture=seal()), pages, shutil.which("tesseract"))
    assert doubts == ["Page 1 could not be read in the time a page may take. Type what it says."]
