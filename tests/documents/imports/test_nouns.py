"""Every noun: its own template comes back in, twice without a change, and what it refuses it names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from documents.domain.imports.nouns import IN_ORDER, NOUNS
from documents.domain.imports.templates import csv_template, xlsx_template
from portal.models import Registration
from routes.models import (
    Calibration,
    Characteristic,
    CustomerOrder,
    MaterialLot,
    OrderLine,
    PartRevision,
    QualityClause,
    SpecificationRevision,
    Traveler,
    TravelerStep,
)
from subcontract.domain.approvals import withdraw
from subcontract.domain.register import withdraw_registration
from subcontract.models import ApprovalScope
from tests.factories.routes import make_draft_route, make_order_line, make_released_route
from tests.factories.tables import csv_of, rehearse, sentences, take, verdicts

GROUND = {
    "vendors": "Code,Name,Country\nMETAL-1,Metal House,US\n",
    "specifications": "Number,Revision,Kind\nAMS 4027,N,material\n",
}


def lay_ground(person) -> None:
    for noun, content in GROUND.items():
        take(person, noun, content)


def refused_by(person, noun: str, *lines: str, **choices: str) -> list[str]:
    """Return what is said of the rows, none of which may be kept."""
    report = rehearse(person, noun, csv_of(*lines), **choices)
    return sentences(report)


def test_every_template_is_taken_as_it_is_and_is_the_same_the_second_time(cast):
    """The examples of all templates together are one small shop."""
    lay_ground(cast.quality)
    found = {}
    for noun in IN_ORDER:
        if noun.code == "jobs":
            continue  # a lot needs a released route, which no table brings
        for content in (csv_template(noun.table), xlsx_template(noun.table)):
            suffix = "xlsx" if content.startswith(b"PK") else "csv"
            record = take(cast.quality, noun.code, content, name=f"{noun.code}.{suffix}")
            found.setdefault(noun.code, []).append(record.report["counts"])
    assert found == {code: [{"new": 1}, {"same": 1}] for code in found}
    assert len(found) == len(IN_ORDER) - 1


def test_an_approval_is_the_one_the_register_would_hold(cast):
    row = "Vendor,Process,Specification,Revision,Type,Valid from,Valid to,Basis\n"
    content = row + "Brightwater Finishing,Anodize,MIL-PRF-8625,F,III,2026-01-01,2026-12-31,Nadcap\n"
    take(cast.quality, "approvals", content)
    approval = ApprovalScope.objects.get()
    assert (approval.process, approval.spec_type, approval.valid.lower, approval.valid.upper) == (
        "anodize",
        "III",
        date(2026, 1, 1),
        date(2027, 1, 1),
    )
    longer = content.replace("2026-12-31", "2027-12-31")
    assert rehearse(cast.quality, "approvals", longer)["rows"][0]["differences"] == [
        {"field": "Valid to", "there": "2026-12-31", "given": "2027-12-31"}
    ]


def test_a_withdrawn_approval_is_not_brought_back_by_an_old_list(cast):
    heads = "Vendor,Process,Specification,Valid from,Valid to,Basis"
    content = csv_of(heads, "BRIGHTWATER,anodize,MIL-PRF-8625,2026-01-01,2026-12-31,Nadcap")
    take(cast.quality, "approvals", content)
    assert verdicts(rehearse(cast.quality, "approvals", content)) == {2: "same"}
    withdraw(
        by=cast.quality, approval=ApprovalScope.objects.get(), on=date(2026, 6, 1), reason="Audit failed."
    )
    [row] = rehearse(cast.quality, "approvals", content)["rows"]
    assert row["differences"] == [{"field": "State", "there": "Withdrawn", "given": "Approved"}]


def test_a_registration_is_recorded_once_and_a_renewal_beside_it(cast):
    heads = "Organization,Kind,Number,Valid from,Valid to"
    content = csv_of(heads, "BRIGHTWATER,nadcap,N-1,2026-01-01,2026-12-31")
    take(cast.quality, "registrations", content)
    assert verdicts(rehearse(cast.quality, "registrations", content)) == {2: "same"}
    renewed = csv_of(heads, "Brightwater Finishing,Nadcap,N-1,2027-01-01,2027-12-31")
    take(cast.quality, "registrations", renewed)
    found = Registration.objects.order_by("valid_from").values_list("reference", "valid_to")
    assert list(found) == [("N-1", date(2026, 12, 31)), ("N-1", date(2027, 12, 31))]
    assert refused_by(cast.quality, "registrations", heads, "NOBODY,nadcap,N-2,2026-01-01,2026-12-31") == [
        "Row 2: There is no vendor or customer “NOBODY”. Import it first, or correct the code."
    ]


def test_a_withdrawn_registration_is_not_brought_back_by_an_old_list(cast):
    heads = "Organization,Kind,Number,Valid from,Valid to"
    content = csv_of(heads, "BRIGHTWATER,nadcap,N-1,2026-01-01,2026-12-31")
    take(cast.quality, "registrations", content)
    held = Registration.objects.get()
    withdraw_registration(by=cast.quality, registration=held, on=date(2026, 6, 1), reason="Audit failed.")
    [row] = rehearse(cast.quality, "registrations", content)["rows"]
    assert row["verdict"] == "differs"
    assert [each["there"] for each in row["differences"]] == ["withdrawn on 2026-06-01"]


def test_a_vendor_with_several_sites_must_be_told_apart(cast):
    take(
        cast.quality,
        "vendors",
        csv_of("Code,Name,Site code,Country", "BRIGHTWATER,Brightwater Finishing,EAST,US"),
    )
    heads = "Vendor,Site code,Process,Specification,Valid from,Valid to,Basis"
    row = "BRIGHTWATER,{},anodize,MIL-PRF-8625,2026-01-01,2026-12-31,Nadcap"
    assert refused_by(cast.quality, "approvals", heads, row.format("")) == [
        "Row 2: Brightwater Finishing has several sites: EAST, MAIN. Say which one."
    ]
    assert refused_by(cast.quality, "approvals", heads, row.format("WEST")) == [
        "Row 2: Brightwater Finishing has no site WEST; it has EAST, MAIN. Import its sites first."
    ]
    assert refused_by(cast.quality, "approvals", heads, row.format("east")) == []


def test_a_code_of_another_kind_is_refused(cast):
    assert refused_by(cast.quality, "vendors", "Code,Name", "ORRIN,Orrin Aerospace") == [
        "Row 2: ORRIN is the code of Orrin Aerospace, a customer and no vendor. Choose another code."
    ]


@pytest.mark.parametrize(
    ("country", "said"),
    [("US", []), ("", ["Row 2: Site MAIN of Nova Air has no country. Give its code of two letters."])],
)
def test_a_site_needs_its_country(cast, country, said):
    assert (
        refused_by(cast.quality, "customers", "Code,Name,City,Country", f"NOVA,Nova Air,Reno,{country}")
        == said
    )


def test_a_specification_is_replaced_by_one_further_up(cast):
    lines = (
        "Number,Revision,Kind,Types,Replaced by,Replaced by revision",
        "AMS 2,B,process,I | II,,",
        "AMS 2,A,process,,AMS 2,B",
    )
    assert take(cast.quality, "specifications", csv_of(*lines)).report["counts"] == {"new": 2}
    older = SpecificationRevision.objects.get(number="AMS 2", revision="A")
    assert (str(older.superseded_by), older.superseded_by.types) == ("AMS 2 B", ["I", "II"])
    assert rehearse(cast.quality, "specifications", csv_of(*lines))["counts"] == {"same": 2}


def test_the_unit_of_a_part_is_asked_or_chosen_for_the_whole_file(cast):
    lines = ("Customer,Part number,Name,Revision", "ORRIN,77-1,Clip,B")
    assert refused_by(cast.quality, "parts", *lines) == [
        "Row 2: Revision B of 77-1 names no unit. Write mm or in, or choose it for the whole file."
    ]
    take(cast.quality, "parts", csv_of(*lines), unit="in")
    revision = PartRevision.objects.get(part__number="77-1")
    assert (revision.unit, revision.drawing_number, revision.drawing_revision) == ("in", "77-1", "B")


def test_a_part_of_another_customer_differs(cast):
    take(cast.quality, "parts", csv_of("Customer,Part number,Name", "ORRIN,77-1,Clip"))
    report = rehearse(cast.quality, "parts", csv_of("Customer,Part number,Name", "TESSALY,77-1,Clip"))
    assert report["rows"][0]["differences"] == [{"field": "Customer", "there": "ORRIN", "given": "TESSALY"}]


def make_clip(person) -> None:
    take(person, "parts", csv_of("Customer,Part number,Name,Revision,Unit", "ORRIN,77-1,Clip,B,mm"))


def test_characteristics_come_with_limits_from_columns_tolerances_or_words(cast):
    make_clip(cast.quality)
    content = csv_of(
        "Part number;Part revision;Balloon;Requirement;Nominal;Lower limit;Upper limit;Tol -;Tol +;Unit",
        "77-1;B;1;;10;9.9;10.1;;;mm",
        "77-1;B;2;;10;;;0.1;0.2;mm",
        "77-1;B;3;Ø6.6 +0.2/0;;;;;;mm",
        "77-1;B;4;Deburr all edges;;;;;;",
    )
    take(cast.quality, "characteristics", content)
    rows = Characteristic.objects.order_by("position").values_list("balloon", "nominal", "lower", "upper")
    assert list(rows) == [
        ("1", Decimal(10), Decimal("9.9"), Decimal("10.1")),
        ("2", Decimal(10), Decimal("9.9"), Decimal("10.2")),
        ("3", Decimal("6.6"), Decimal("6.6"), Decimal("6.8")),
        ("4", None, None, None),
    ]
    assert rehearse(cast.quality, "characteristics", content)["counts"] == {"same": 4}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "1;Bore;10;10.1;9.9;;mm",
            ["Row 2: The limits of balloon 1 read reversed: 10.1 to 9.9. Correct them by the drawing."],
        ),
        (
            "1;Bore;10;9.8;10.1;-0.1;mm",
            [
                "Row 2, column Lower limit: 9.8 differs from nominal and tolerance, which give 9.9. "
                "Keep one of them."
            ],
        ),
        (
            "1;Bore;;;;0.1;mm",
            ["Row 2, column Nominal is empty, and there is a tolerance to add to it. Give the nominal."],
        ),
        (
            "1;Bore;10;9.9;10.1;;",
            [
                "Row 2: Balloon 1 has numbers without a unit. Write mm, um, m, in or deg, or choose one for the "
                "whole file."
            ],
        ),
        ("1;Bore;10;9.9;10.1;;mm", []),
    ],
)
def test_odd_limits_are_said_and_never_mended(cast, row, said):
    make_clip(cast.quality)
    heads = "Balloon;Name;Nominal;Lower limit;Upper limit;Minus;Unit"
    chosen = {"part_number": "77-1", "revision": "B"}
    assert refused_by(cast.quality, "characteristics", heads, row, **chosen) == said


def test_a_requirement_that_cannot_be_read_is_asked_about(cast):
    make_clip(cast.quality)
    lines = ("Balloon;Requirement;Unit", "1;⌖ Ø0.1 A B C;mm")
    chosen = {"part_number": "77-1", "revision": "B"}
    report = rehearse(cast.quality, "characteristics", csv_of(*lines), **chosen)
    assert [(each["code"], each["count"]) for each in report["questions"]] == [("unread_limits", 1)]
    report = rehearse(cast.quality, "characteristics", csv_of(*lines), unread_limits="words", **chosen)
    assert report["counts"] == {"new": 1}


def test_characteristics_of_a_released_route_are_compared_and_not_added_to(cast):
    released = make_released_route(cast).part_revision
    heads = "Part number,Part revision,Balloon,Name"
    there = f"{released.part.number},{released.revision},1,Bore"
    added = f"{released.part.number},{released.revision},99,New"
    report = rehearse(cast.quality, "characteristics", csv_of(heads, there, added))
    assert verdicts(report) == {2: "same", 3: "wrong"}
    assert "was released" in sentences(report)[0]


def test_an_order_with_two_lines_is_one_order(cast):
    make_clip(cast.quality)
    heads = "Customer,PO,Order date,Pos,Part,Rev,Qty,Due date,FAI"
    rows = [f"ORRIN,P-1,2026-01-05,{n},77-1,B,{n}0,2026-09-0{n},with first" for n in (1, 2)]
    report = take(cast.quality, "orders", csv_of(heads, *rows)).report
    assert report["counts"] == {"new": 2}
    lines = OrderLine.objects.order_by("line_number").values_list("line_number", "quantity", "fai_regime")
    assert list(lines) == [(1, 10, "with_first"), (2, 20, "with_first")]
    assert CustomerOrder.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("NOBODY,P-1,2026-01-05,1,77-1,B,5,2026-09-01", "There is no customer “NOBODY”."),
        ("ORRIN,P-1,2026-01-05,1,77-9,B,5,2026-09-01", "There is no part 77-9 revision B."),
        ("TESSALY,P-1,2026-01-05,1,77-1,B,5,2026-09-01", "belongs to Orrin Aerospace"),
        ("ORRIN,P-1,2026-01-05,1,77-1,B,0,2026-09-01", "asks for 0 pieces"),
        ("ORRIN,P-1,2026-01-05,1,77-1,B,5,2025-09-01", "would be due on 2025-09-01"),
    ],
)
def test_an_order_line_that_cannot_be_is_named(cast, row, sentence):
    make_clip(cast.quality)
    heads = "Customer,PO,Order date,Pos,Part,Rev,Qty,Due date"
    assert refused_by(cast.quality, "orders", heads, "ORRIN,P-1,2026-01-05,1,77-1,B,5,2026-09-01") == []
    [said] = refused_by(cast.quality, "orders", heads, row)
    assert sentence in said


def test_a_gauge_has_as_many_calibrations_as_it_has_rows(cast):
    heads = "Gage,Type,Certificate,Last calibration,Next due,In tolerance"
    rows = ("M-1,micrometer,C-1,2025-01-10,2026-01-09,yes", "M-1,micrometer,C-2,2026-01-10,2027-01-09,no")
    take(cast.quality, "gauges", csv_of(heads, *rows))
    assert list(
        Calibration.objects.order_by("calibrated_on").values_list(
            "gauge__number", "certificate_number", "is_in_tolerance"
        )
    ) == [("M-1", "C-1", True), ("M-1", "C-2", False)]
    assert refused_by(cast.quality, "gauges", heads, "M-2,micrometer,C-3,,,") == [
        "Row 2: The calibration of gauge M-2 lacks: Calibrated on, Due on. Give all three, or none of them."
    ]


def test_stock_is_received_by_heat_specification_and_day(cast):
    lay_ground(cast.quality)
    heads = "Heat;Spec;Condition;Form;Qty;Received;Supplier"
    row = "7T44;AMS 4027;6061-T651;plate 12 mm;60;2026-01-20;METAL-1"
    take(cast.quality, "materials", csv_of(heads, row))
    material = MaterialLot.objects.get()
    assert (material.identifier_kind, str(material.specification), material.supplier.number) == (
        "heat",
        "AMS 4027 N",
        "METAL-1",
    )
    fewer = rehearse(cast.quality, "materials", csv_of(heads, row.replace(";60;", ";50;")))
    assert fewer["rows"][0]["differences"] == [{"field": "Pieces", "there": "60", "given": "50"}]
    assert refused_by(cast.quality, "materials", heads, row.replace("METAL-1", "ORRIN")) == [
        "Row 2: There is no vendor “ORRIN”. Import vendors first, or correct the code. "
        "Material of a customer needs yes under Customer furnished."
    ]


def test_clauses_are_kept_word_for_word(cast):
    content = (
        'Customer,Clause,Revision,Title,Text\nORRIN,Q-17,C,First article,"To AS9102,\nbefore delivery."\n'
    )
    take(cast.quality, "clauses", content)
    clause = QualityClause.objects.get()
    assert (str(clause), clause.text) == ("Q-17 C", "To AS9102,\nbefore delivery.")
    assert rehearse(cast.quality, "clauses", content)["counts"] == {"same": 1}


JOB_HEADS = "Job,Customer,PO,Line,Qty,Stands at operation,Reason"


def job(line: OrderLine, number: str, operation: str, reason: str = "Kept on paper") -> str:
    return f"{number},ORRIN,{line.order.po_number},{line.line_number},5,{operation},{reason}"


@pytest.fixture
def order_line(cast) -> OrderLine:
    """A line of a part whose route is released."""
    route = make_released_route(cast)
    return make_order_line(cast, route.part_revision)


def test_a_job_becomes_a_lot_at_the_operation_it_stands_at(cast, order_line):
    content = csv_of(JOB_HEADS, job(order_line, "J-1", "40"), job(order_line, "J-2", ""))
    record = take(cast.quality, "jobs", content)
    assert record.report["counts"] == {"new": 2}
    standing, fresh = Traveler.objects.order_by("pk")
    assert (standing.brought_in_at, fresh.brought_in_at) == (40, None)
    steps = standing.steps.order_by("operation__sequence").values_list("operation__sequence", "state")
    assert list(steps)[:4] == [(n, TravelerStep.ELSEWHERE) for n in (10, 20, 30)] + [
        (40, TravelerStep.WAITING)
    ]
    again = take(cast.quality, "jobs", content)
    assert (again.report["counts"], Traveler.objects.count()) == ({"same": 2}, 2)


@pytest.mark.parametrize(
    ("operation", "reason", "sentence"),
    [
        ("40", "Kept on paper", ""),
        ("40", "", "Row 2: Job J-1 stands at operation 40, and its reason is empty."),
        ("45", "Kept on paper", "45"),
    ],
)
def test_a_job_that_cannot_stand_there_is_refused(cast, order_line, operation, reason, sentence):
    said = refused_by(cast.quality, "jobs", JOB_HEADS, job(order_line, "J-1", operation, reason))
    assert [sentence in each for each in said] == ([True] if sentence else [])


def test_a_job_needs_a_released_route(cast):
    route = make_draft_route(cast)
    line = make_order_line(cast, route.part_revision)
    assert refused_by(cast.quality, "jobs", JOB_HEADS, job(line, "J-1", "")) == [
        f"Row 2: No route of {line.part_revision} is released. Plan and release it, then import the job."
    ]


def test_every_noun_says_what_each_column_means():
    for noun in IN_ORDER:
        names = [column.name for column in noun.table.columns]
        assert len(set(names)) == len(names)
        assert set(noun.table.key) <= set(names)
        assert [column.title for column in noun.table.required if not column.example] == []
    assert list(NOUNS) == [
        "customers",
        "vendors",
        "specifications",
        "registrations",
        "approvals",
        "parts",
        "characteristics",
        "clauses",
        "gauges",
        "materials",
        "orders",
        "jobs",
    ]
