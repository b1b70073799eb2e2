"""The tags of the merged file, read by walking them: a validator alone would not notice that they are gone."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Name

from documents.package.as9102 import FORM_3
from documents.package.drawing import context_of
from documents.package.renderer import html_of
from documents.package.sections import sections_of
from tests.documents.package import reading

FORM_3_TITLE = (
    "First article FA-0388, Form 3: Characteristic accountability, verification and compatibility evaluation"
)


def test_every_mark_is_in_the_tree_and_back(package_bytes):
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf:
        wrong, _ = reading.walk(pdf)
    assert wrong == []


def test_no_page_is_empty_to_a_listener(package_bytes):
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf:
        _, kinds = reading.walk(pdf)
    assert [at for at, found in kinds.items() if not found] == []


def test_every_row_of_form_3_is_read_cell_by_cell(package_bytes, manifest):
    given = [[row[number] for number in FORM_3] for row in manifest["first_article"]["form3"]]
    rows = reading.table_rows(package_bytes, FORM_3_TITLE)
    read = [row for row in rows if len(row) == len(FORM_3) and row[0] != "5 Char. No."]
    squeezed = [[reading.squeezed(cell) for cell in row] for row in read]
    assert squeezed == [[reading.squeezed(cell) for cell in row] for row in given]


def test_every_section_is_a_part_with_its_title(package_bytes):
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf, pdf.open_outline() as bookmarks:
        top = pdf.Root.StructTreeRoot.K[0]
        parts = [str(kid.T) for kid in top.K if Name.Part == kid.S]
        assert parts == [item.title for item in bookmarks.root]


def test_the_file_claims_what_it_is(package_bytes):
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked) is True
    assert metadata.count(b'pdfaid:part="3" pdfaid:conformance="A"') == 1
    assert metadata.count(b"<pdfuaid:part>1</pdfuaid:part>") == 1


def unheard(content: bytes, manifest: dict, originals: dict) -> list[str]:
    """Return the sections whose cells or words, read through the tags, are not what they were drawn from."""
    try:
        listener = reading.Listener(content)
        return [
            section.title
            for section in sections_of(manifest, originals)
            if section.template != "certificate" and not _is_heard(listener, section)
        ]
    except StopIteration:
        return ["a section is not in the tree"]


def _is_heard(listener, section) -> bool:
    html = html_of(section.template, context_of(section))
    rows = [[reading.squeezed(cell) for cell in row] for row in listener.rows(section.title, within="TBody")]
    return rows == reading.html_rows(html) and listener.words(section.title) == reading.html_words(html)


def test_every_cell_and_every_word_is_heard_in_order(package_bytes, manifest, originals):
    assert unheard(package_bytes, manifest, originals) == []


def _cells(pdf, title=FORM_3_TITLE):
    part = next(kid for kid in pdf.Root.StructTreeRoot.K[0].K if str(kid.get(Name.T, "")) == title)
    bodies = [each for each in reading.below(part) if str(each.S) == "/TBody"]
    return [each for body in bodies for each in reading.below(body) if str(each.S) == "/TD"]


def _swap_two_pages(pdf):
    one, other = pdf.pages[1].obj, pdf.pages[2].obj
    one.StructParents, other.StructParents = other.StructParents, one.StructParents


def _number_all_pages_zero(pdf):
    for page in pdf.pages:
        page.obj.StructParents = 0


def _drop_a_section(pdf):
    del pdf.Root.StructTreeRoot.K[0].K[-1]


def _give_all_one_name(pdf):
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and Name.ID in thing and Name.S in thing:
            thing.ID = pikepdf.String("same")


def _unlink_an_annotation(pdf):
    pdf.pages[0].obj.Annots[0].StructParent = 0


def _forget_the_index_of_marks(pdf):
    pdf.Root.StructTreeRoot.ParentTree.Nums = pikepdf.Array()


def _point_cells_at_another_page(pdf):
    for cell in _cells(pdf):
        for each in reading.below(cell):
            each.Pg = pdf.pages[0].obj


def _empty_half_of_the_cells(pdf):
    for cell in _cells(pdf)[::2]:
        cell.K = pikepdf.Array()


def _read_rows_backwards(pdf):
    part = next(kid for kid in pdf.Root.StructTreeRoot.K[0].K if str(kid.get(Name.T, "")) == FORM_3_TITLE)
    for body in [each for each in reading.below(part) if str(each.S) == "/TBody"]:
        body.K = pikepdf.Array(reversed(list(body.K)))


DAMAGES = [
    _swap_two_pages,
    _number_all_pages_zero,
    _drop_a_section,
    _give_all_one_name,
    _unlink_an_annotation,
    _forget_the_index_of_marks,
    _point_cells_at_another_page,
    _empty_half_of_the_cells,
    _read_rows_backwards,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_walk_notices_damage(package_bytes, manifest, originals, damage):
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf:
        damage(pdf)
        wrong, _ = reading.walk(pdf)
        out = io.BytesIO()
        pdf.save(out)
    assert wrong or unheard(out.getvalue(), manifest, originals)
