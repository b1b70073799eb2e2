"""Both editions of the forms: the same records under the numbers and labels each of them prints.

Numbers, labels and rules are typed here once more, from the standard's forms, so that a slip in the table is found.
"""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from inspection.domain import customer_reviews, first_articles
from inspection.domain.as9102 import REV_B, REV_C, has_nonconformance
from inspection.domain.completeness import open_fields
from inspection.domain.field_comments import NoSuchField, comment
from inspection.domain.forms import forms_of
from inspection.formats.as9102_xlsx import workbook_of
from portal.domain.errors import Incomplete
from routes.domain import terms
from tests.cast import reauth
from tests.factories.components import add_bought, add_made, make_plain_revision, make_short_lot
from tests.factories.inspection import make_first_article, make_lot

REASON = "Full FAI / Partial FAI, Baseline Part Number incl. Revision, Reason for"
FORM_1 = """
1 R Part Number|2 R Part Name|3 CR Serial Number|4 R FAIR Identifier|5 CR Part Revision Level|6 CR Drawing Number
7 CR Drawing Revision Level|8 CR Additional Changes|9 R Manufacturing Process Reference|10 R Organization Name
11 O Supplier Code|12 O Purchase Order Number|13 R Detail / Assembly
15 CR Part Number|16 CR Part Name|17 CR Part Type|18 CR FAIR Identifier
19 R Does FAIR contain a documented nonconformance?|20 R FAIR Verified By|21 R Date|22 R FAIR Reviewed/Approved By
23 R Date|24 CR Customer Approval|25 CR Date|26 O Comments
"""
OF_B = """
4 CR FAIR Number|13 R Detail Part / Assembly FAI|17 CR Part Serial Number|18 CR FAIR Number
19 R Signature, FAI Complete / FAI Not Complete|20 R Date|21 R Reviewed By|22 R Date|23 CR Customer Approval|24 CR Date
"""
FORM_2 = """
5 CR Material or Process Name|6 CR Specification Number|7 O Code|8 CR Supplier|9 CR Customer Approval Verification
10 CR Certificate of Conformance Number|11 CR Functional Test Procedure Number|12 CR Acceptance Report Number
13 O Comments
"""
FORM_3 = """
5 R Char. No.|6 CR Reference Location|7 CR Characteristic Designator|8 R Requirement|9 R Results
10 CR Designed/Qualified Tooling|11 CR Nonconformance Number
"""


def listed(*tables: str) -> dict[str, tuple[str, str]]:
    """Return label and rule by number; a later table takes the place of an earlier one."""
    entries = [
        entry.split(maxsplit=2) for table in tables for line in table.split("\n") for entry in line.split("|")
    ]
    return {number: (label, rule) for number, rule, label in (entry for entry in entries if entry)}


def table_of(edition, form: int) -> dict[str, tuple[str, str]]:
    return {each.number: (each.label, each.rule) for each in edition.fields_of(form)}


@pytest.mark.parametrize(
    ("edition", "form", "wanted"),
    [
        (REV_C, 1, listed(FORM_1, f"14 R {REASON} Full/Partial FAI")),
        (REV_C, 2, listed(FORM_2)),
        (REV_C, 3, listed(FORM_3, "12 O Additional Data / Comments")),
        (REV_B, 1, {**listed(FORM_1, OF_B, f"14 R {REASON} Partial FAI"), "25": None, "26": None}),
        (REV_B, 2, listed(FORM_2, "14 R Signature|15 R Date")),
        (REV_B, 3, listed(FORM_3, "12 R Signature|13 R Date|14 O Comments")),
    ],
)
def test_every_field_has_the_number_label_and_rule_of_its_edition(edition, form, wanted):
    wanted = {number: entry for number, entry in wanted.items() if entry}
    assert table_of(edition, form) == wanted
    last = {("C", 1): 26, ("C", 2): 13, ("C", 3): 12, ("B", 1): 24, ("B", 2): 15, ("B", 3): 14}
    assert max(map(int, wanted)) == last[edition.revision, form]


def test_required_before_the_author_signs_is_what_no_signature_fills():
    assert [REV_C.required(1), REV_C.required(2), REV_C.required(3)] == [
        ["1", "2", "4", "9", "10", "13", "14", "19"],
        [],
        ["5", "8", "9"],
    ]
    assert [REV_B.required(1), REV_B.required(3)] == [["1", "2", "9", "10", "13", "14"], ["5", "8", "9"]]


@pytest.mark.parametrize(("edition", "asked"), [("C", ["Form 1 field 4 FAIR Identifier"]), ("B", [])])
def test_completeness_goes_by_the_rules_of_the_edition(edition, asked):
    filled = {str(number): {"value": "x"} for number in range(1, 27)}
    row = {
        **dict.fromkeys(map(str, range(5, 15)), "x"),
        "is_failing": False,
        "is_attribute_of_limits": False,
    }
    forms = {"edition": edition, "form1": {**filled, "4": {"value": ""}}, "form2": [], "form3": [row]}
    assert open_fields(forms) == asked


@pytest.mark.parametrize(
    ("drawings", "revisions", "named"),
    [
        ("D-1; D-2", "A; C", []),
        (
            "D-1, D-2",
            "A",
            ["Form 1 field 7 Drawing Revision Level: field 6 lists 2, field 7 lists 1"],
        ),
        ("D-1", "A; C", ["Form 1 field 6 Drawing Number: field 6 lists 1, field 7 lists 2"]),
        ("", "A", ["Form 1 field 6 Drawing Number, the pair of the other one"]),
    ],
)
def test_drawings_and_their_revisions_are_pairs(drawings, revisions, named):
    """Release rule 5."""
    filled = {str(number): {"value": "x"} for number in range(1, 27)}
    filled |= {"6": {"value": drawings}, "7": {"value": revisions}}
    row = {
        "5": "1",
        "8": "x",
        "9": "x",
        "10": "",
        "11": "",
        "is_failing": False,
        "is_attribute_of_limits": False,
    }
    assert open_fields({"edition": "C", "form1": filled, "form2": [], "form3": [row]}) == named


@pytest.mark.parametrize(
    ("edition", "words", "is_so"),
    [
        ("C", "Yes", True),
        ("C", "No", False),
        ("B", "FAI Not Complete", True),
        ("B", "FAI Complete; L. B.", False),
    ],
)
def test_field_19_declares_a_nonconformance_in_either_edition(edition, words, is_so):
    assert has_nonconformance({"edition": edition, "form1": {"19": {"value": words}}}) is is_so


@pytest.fixture
def lot(cast):
    """A complete lot of two pieces, every planned value at its nominal, for a customer who reads Rev B."""
    terms.change_terms(by=cast.quality, customer=cast.customer, fai_regime="before_dispatch", fai_edition="B")
    return make_lot(cast, at=999, quantity=2)


def test_first_article_is_written_in_the_edition_of_its_customer_and_keeps_it(cast, lot):
    opened = make_first_article(cast, lot=lot)
    terms.change_terms(by=cast.quality, customer=cast.customer, fai_regime="before_dispatch", fai_edition="C")
    opened.refresh_from_db()
    assert [opened.form_revision, make_first_article(cast, lot=lot).form_revision] == ["B", "C"]
    assert forms_of(opened)["edition"] == "B"
    with pytest.raises(
        Incomplete, match="Say which forms Orrin Aerospace reads: AS9102 Rev C or AS9102 Rev B"
    ):
        terms.change_terms(by=cast.quality, customer=cast.customer, fai_regime="held", fai_edition="A")
    # left out, the edition stays what was agreed
    terms.change_terms(by=cast.quality, customer=cast.customer, fai_regime="before_dispatch")
    assert terms.terms_of(cast.customer).fai_edition == "C"


def test_rev_b_asks_the_reason_of_a_partial_first_article_only(cast, lot):
    """Release rule 6."""
    facts = {"by": cast.inspector, "traveler": lot, "serial": "1"}
    with pytest.raises(Incomplete, match="Field 14 asks for the reason"):
        first_articles.open_first_article(**facts, reason=" ", form_revision="C")
    opened = first_articles.open_first_article(**facts, reason="")
    assert forms_of(opened)["form1"]["14"]["value"] == "Full FAI"
    with pytest.raises(Incomplete, match="Field 14 asks for the reason"):
        first_articles.open_first_article(**facts, reason="", extent="partial", baseline=opened)
    with pytest.raises(NoSuchField, match="Form 1 of AS9102 Rev B has no field for comments"):
        first_articles.open_first_article(**facts, reason="", comments="Seen by the customer.")


def test_rev_b_is_signed_on_each_form_and_printed_with_its_numbers(cast, lot):
    record = make_first_article(cast, lot=lot)
    first_articles.add_line(
        by=cast.inspector,
        first_article=record,
        characteristic=record.part_revision.characteristics.first(),
        comment="Bore gauge used.",
    )
    record = first_articles.submit(by=cast.inspector, first_article=record, token=reauth(cast.inspector))
    with pytest.raises(NoSuchField, match="has no Form 1 field 26"):
        comment(by=cast.quality, first_article=record, form=1, field="26", text="Say more.")
    record = first_articles.approve(by=cast.quality, first_article=record, token=reauth(cast.quality))
    record = customer_reviews.approve_for_customer(
        by=cast.customer_quality, first_article=record, token=reauth(cast.customer_quality)
    )
    forms = forms_of(record)
    on = f"{record.verified_signature.signed_at:%-d %b %Y}"
    verifier = "Lotte Brandvold, Inspector"
    assert [forms["form1"][number]["value"] for number in ("19", "20", "21", "22", "23", "24")] == [
        f"FAI Complete; {verifier}",
        on,
        "Maud Ferreira, Quality engineer",
        on,
        "Anton Belisle, Supplier quality",
        on,
    ]
    assert {number: entry["value"] for number, entry in forms["form2_foot"].items()} == {
        "14": verifier,
        "15": on,
    }
    assert {number: entry["value"] for number, entry in forms["form3_foot"].items()} == {
        "12": verifier,
        "13": on,
    }
    assert (forms["form3"][0]["14"], "12" in forms["form3"][0]) == ("Bore gauge used.", False)
    book = load_workbook(BytesIO(workbook_of(forms, number=record.number)))
    first = {row[0].value: row[1].value for row in book["Form 1"].iter_rows(min_row=2)}
    assert first == REV_B.labels(1)
    for form in (2, 3):
        rows = [
            [cell.value for cell in row if cell.value is not None] for row in book[f"Form {form}"].iter_rows()
        ]
        assert rows[5] == [f"{number}. {label}" for number, label in REV_B.heads(form).items()]
        foot = [f"{number}. {label}" for number, label in REV_B.foot(form).items()]
        assert [row[0] for row in rows[-2:]] == foot


def test_index_of_rev_b_names_the_serial_that_was_built_in(cast):
    """Release rule 20: complete once every part that is made has a first article."""
    from inspection.domain.form_1_index import form_1_index, open_rows
    from routes.domain import component_uses

    assembly, part = (
        make_plain_revision(cast, is_serialized=True),
        make_plain_revision(cast, is_serialized=True),
    )
    item = add_made(cast, assembly, part, item_number="1")
    add_bought(cast, assembly, item_number="2")
    source = make_short_lot(cast, part, quantity=2, serials=["S1", "S2"])
    lot = make_short_lot(cast, assembly, quantity=2, serials=["A1", "A2"], is_complete=False)
    component_uses.build_in(
        by=cast.operator,
        traveler=lot,
        component=item,
        source_lot=source,
        quantity=2,
        serials=["S1", "S2"],
        into_serials=["A1", "A2"],
    )
    record = make_first_article(cast, lot=lot, serial="A2", form_revision="B")
    rows = form_1_index(assembly, built_into=record)
    assert [(row["17"], row["18"]) for row in rows] == [("S2", ""), ("N/A", "N/A")]
    assert open_rows(rows) == [
        f"Form 1 field 18 FAIR identifier of {part.part.number}: approve its first article first"
    ]
    assert open_rows([{**rows[0], "18": "FA-000001"}, rows[1]]) == []
