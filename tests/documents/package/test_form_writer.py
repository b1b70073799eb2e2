"""Rows we write and rows the engine lays out say the same, cell by cell, and stand in the same place."""

from __future__ import annotations

import io
import json

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.package import as9102, drawing
from documents.package.fonts import GlyphMissing
from documents.package.renderer import html_of
from documents.package.sections import sections_of
from documents.package.written_faces import needs_shaping
from documents.package.written_forms import FEWEST_ROWS
from documents.package.written_rows import CannotWrite, Cell, Style, Wrapper, plain
from tests.documents.package import reading, sample

SIGNS = "⌖⏤⌭⌒⌓⟂⌯⌰ⓂⓁⓅⓈⓉⒻⓊ▱⏥○∥∠◎⌀Ø±°µ≤↧⌴⌵"
NASTY = [
    SIGNS,
    "汉字 and 山田太郎, カタカナ、ひらがな。",
    "W" * 300,
    "tall " * 700,
    "  many   blanks\t\nand lines ",
    "a-b/c,d; e–f … “quoted” ½ 10 µm",
    "<b>not bold</b> & {{ no }} (paren\\thesis)",
    "office, Ελληνικά, Русский, Łódź",
    "",
]


def long_manifest(count: int = FEWEST_ROWS + 5) -> dict:
    """Return a package whose Forms 2 and 3 and inspection report are long and hold whatever makes rows hard."""
    manifest = json.loads(json.dumps(sample.sample_manifest()))
    article = manifest["first_article"]
    for name, keys in (("form2", as9102.FORM_2), ("form3", as9102.FORM_3)):
        rows = article[name]
        article[name] = [dict(rows[at % len(rows)]) for at in range(count)]
        for at, text in enumerate(NASTY):
            key = [key for key in keys if key != "5" or name == "form2"][at % (len(keys) - 1)]
            article[name][2 * at + 1][key] = text
    for at, row in enumerate(article["form3"], start=1):
        row["5"] = f"{at}.1"
    manifest["results"] = [
        {**manifest["results"][at % 27], "balloon": str(at + 1), "requirement": NASTY[at % len(NASTY)][:400]}
        for at in range(count)
    ]
    manifest["results"][3]["designator"] = "KC"
    return manifest


def sections(manifest: dict) -> dict:
    return {section.code: section for section in sections_of(manifest, sample.originals())}


def written(section) -> bytes:
    return drawing.Written().render(section, drawing.context_of(section), prefix="w")


def heard(content: bytes) -> list[list[str]]:
    rows = reading.Listener(content).rows(None, within="TBody")
    return [[reading.squeezed(cell) for cell in row] for row in rows]


@pytest.fixture(scope="module")
def forms() -> dict:
    return {code: (section, written(section)) for code, section in sections(long_manifest()).items()
            if code in ("form2", "form3", "results")}  # fmt: skip


@pytest.mark.parametrize("code", ["form2", "form3", "results"])
def test_written_and_laid_out_say_the_same_cell_by_cell(forms, code):
    section, content = forms[code]
    context = drawing.context_of(section)
    told = reading.html_rows(html_of(section.template, context))
    assert [len(told) >= FEWEST_ROWS, heard(content)] == [True, told]


@pytest.mark.parametrize("code", ["form2", "form3", "results"])
def test_all_rows_belong_to_one_table_and_every_mark_to_the_tree(forms, code):
    with pikepdf.open(io.BytesIO(forms[code][1])) as pdf:
        wrong, kinds = reading.walk(pdf)
        elements = [str(each.S) for each in reading.below(pdf.Root.StructTreeRoot.K[0])]
        tables = sum(
            1
            for each in reading.below(pdf.Root.StructTreeRoot.K[0])
            if str(each.S) == "/TBody" and len(each.K) >= FEWEST_ROWS
        )
    assert (wrong, [at for at, found in kinds.items() if not found], tables) == ([], [], 1)
    assert elements.count("/TR") >= FEWEST_ROWS
    assert reading.beyond_the_edge(forms[code][1]) == []


def test_a_row_taller_than_a_page_stays_one_row(forms):
    with pikepdf.open(io.BytesIO(forms["form3"][1])) as pdf:
        rows = [each for each in reading.below(pdf.Root.StructTreeRoot.K[0]) if str(each.S) == "/TD"]
        pages = max(len({page.objgen for page, _ in reading.marks_of(cell)}) for cell in rows)
    assert pages > 1


def texts_with_places(content: bytes) -> dict[str, tuple]:
    """Return where the first page says what, by its words: the left end of the baseline."""
    raw, found = pypdfium2.raw, {}
    with pypdfium2.PdfDocument(content) as document:
        page = document[0]
        textpage = page.get_textpage()
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
            size = raw.FPDFTextObj_GetText(thing, textpage, None, 0)
            buffer = (raw.FPDF_WCHAR * size)()
            raw.FPDFTextObj_GetText(thing, textpage, buffer, size)
            text = bytes(buffer).decode("utf-16-le").rstrip("\0").strip()
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(thing, matrix)
            found.setdefault(text, (matrix.e, matrix.f))
    return found


@pytest.mark.parametrize("code", ["form3", "results"])
def test_the_rows_stand_where_the_layout_engine_puts_them(manifest, code):
    """The sizes of paper.css are repeated in the writer: here is what keeps them the same."""
    article = manifest["first_article"]
    article["form3"] = [{**row, "5": str(at)} for at, row in enumerate(article["form3"] * 2, start=1)]
    manifest["results"] = [
        {**row, "balloon": str(at)} for at, row in enumerate(manifest["results"] * 2, start=1)
    ]
    section = sections(manifest)[code]
    ours = texts_with_places(written(section))
    theirs = texts_with_places(drawing.LaidOut().render(section, drawing.context_of(section), prefix="w"))
    shared = [text for text in theirs if text in ours]
    apart = {
        text: (ours[text], theirs[text])
        for text in shared
        if abs(ours[text][0] - theirs[text][0]) > 0.6 or abs(ours[text][1] - theirs[text][1]) > 1
    }
    assert (len(shared) > 60, apart) == (True, {})


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "नमस्ते", "e\u0323\u0301x", "ﷺ"])
def test_text_that_needs_shaping_is_left_to_the_layout_engine(text):
    manifest = long_manifest()
    manifest["first_article"]["form3"][4]["8"] = text
    assert needs_shaping(text)
    with pytest.raises((CannotWrite, GlyphMissing)):
        written(sections(manifest)["form3"])


def test_a_form_with_such_text_is_laid_out_all_the_same():
    manifest = long_manifest()
    manifest["first_article"]["form3"][3] |= {"5": "1234567890", "9": "a balloon wider than its column"}
    manifest["first_article"]["form3"] = [
        {key: text[:60] for key, text in row.items()} for row in manifest["first_article"]["form3"]
    ]
    section = sections(manifest)["form3"]
    content = drawing.draw(section, prefix="w")
    assert ["1234567890" in row[0] for row in heard(content)].count(True) == 1


def test_a_sign_without_a_glyph_in_a_long_form_is_refused_by_name():
    manifest = long_manifest()
    manifest["first_article"]["form3"][-1]["12"] = "Saw 𓀀"
    with pytest.raises(GlyphMissing, match="EGYPTIAN HIEROGLYPH A001"):
        drawing.draw(sections(manifest)["form3"], prefix="w")


def test_written_twice_gives_the_same_bytes(forms):
    section, content = forms["form3"]
    assert written(section) == content


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cs", "Cn"]), max_size=80
    ),
    st.floats(min_value=12, max_value=200),
)
def test_lines_hold_the_whole_text_and_never_more_than_the_column(text, width):
    text = plain(text)
    cell = Cell(((text, Style(8.2)),) if text else (), 8.2)
    try:
        lines = Wrapper().lines(cell, width)
    except CannotWrite:
        return
    assert "".join(piece for line in lines for piece, _ in line.pieces) == text
    assert [line for line in lines if line.width > width + 0.001] == []
