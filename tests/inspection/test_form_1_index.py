"""Fields 15 to 18 of Form 1: the parts of an assembly and their first articles."""

from inspection.domain.form_1_index import form_1_index, open_rows
from tests.factories.components import add_bought, add_made, make_plain_revision


def test_detail_part_has_no_index(cast):
    assert form_1_index(make_plain_revision(cast)) == []


def test_index_names_every_part_with_its_first_article(cast):
    assembly, inner, bracket = (make_plain_revision(cast) for _ in range(3))
    add_made(cast, assembly, inner, item_number="1")
    add_made(cast, assembly, bracket, item_number="2")
    add_bought(cast, assembly, item_number="3")
    add_bought(cast, inner)
    rows = form_1_index(assembly)
    assert [(row["15"], row["17"], row["18"]) for row in rows] == [
        (inner.part.number, "Sub-assembly", ""),
        (bracket.part.number, "Detail part", ""),
        ("NASM 77120", "Standard catalogue item", "N/A"),
    ]
    assert open_rows(rows) == [
        f"Form 1 field 18 FAIR identifier of {each.part.number}: approve its first article first"
        for each in (inner, bracket)
    ]
