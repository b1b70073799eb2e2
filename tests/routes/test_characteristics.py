from decimal import Decimal

import pytest

from portal.domain.errors import Incomplete, NotEntitled
from portal.intake.unreadable import FileNotReadable
from routes.domain import characteristics
from routes.domain.characteristics import FileLeavesQuestions, LimitsReversed
from routes.domain.drafts import RevisionIsFrozen
from routes.domain.words import AlreadyThere
from routes.formats.units import UnknownUnit
from tests.factories import routes as made

TABLE = (
    "Balloon;Name;Kind;Nominal;Lower;Upper;Unit;Applies to\n"
    "1;Bore;Diameter;10,0;9,9;10,1;mm;AFTER\n"
    "2;Face;Flatness;;;0,05;mm;\n"
    "3;Mark;Note;;;;;\n"
)
COVER = "real-case-A-nist-cover"


@pytest.fixture
def revision(cast):
    return made.make_part_revision(cast, with_characteristics=False)


def add(cast, revision, **changes):
    facts = {
        "by": cast.quality,
        "part_revision": revision,
        "balloon": "1",
        "name": "Bore",
        "kind": "diameter",
        "requirement": "",
        "nominal": Decimal("10"),
        "lower": Decimal("9.9"),
        "upper": Decimal("10.1"),
        "unit": "mm",
    }
    return characteristics.add_characteristic(**{**facts, **changes})


def take_over(cast, revision, content, name="plan.csv", **changes):
    facts = {"by": cast.quality, "part_revision": revision, "content": content, "name": name}
    return characteristics.import_characteristics(**{**facts, **changes})


def test_a_requirement_is_made_of_the_numbers_when_none_is_given(cast, revision):
    assert add(cast, revision).requirement == "diameter nominal 10, min 9.9, max 10.1 mm"
    assert add(cast, revision, balloon="2", requirement="⌀10 ±0.1").requirement == "⌀10 ±0.1"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"balloon": " "}, Incomplete),
        ({"name": "", "kind": ""}, Incomplete),
        ({"name": "n" * 121}, Incomplete),
        ({"upper": Decimal(10) ** 10}, Incomplete),
        ({"lower": Decimal("10.2")}, LimitsReversed),
        ({"unit": ""}, UnknownUnit),
        ({"unit": "furlong"}, UnknownUnit),
    ],
)
def test_a_characteristic_must_make_sense(cast, revision, changes, refusal):
    with pytest.raises(refusal):
        add(cast, revision, **changes)
    assert add(cast, revision).position == 1


def test_a_missing_unit_is_asked_by_balloon(cast, revision):
    with pytest.raises(UnknownUnit) as refusal:
        add(cast, revision, unit="")
    assert refusal.value.sentence == (
        "Balloon 1: The unit is missing. Say whether it is mm, um, m, in or deg."
    )


def test_a_balloon_is_there_once(cast, revision):
    add(cast, revision)
    with pytest.raises(AlreadyThere):
        add(cast, revision)


def test_an_operator_adds_and_imports_nothing(cast, revision):
    with pytest.raises(NotEntitled):
        add(cast, revision, by=cast.operator)
    with pytest.raises(NotEntitled):
        take_over(cast, revision, TABLE.encode(), by=cast.operator)


def test_characteristics_are_frozen_once_a_route_is_released(cast):
    route = made.make_released_route(cast)
    with pytest.raises(RevisionIsFrozen):
        add(cast, route.part_revision, balloon="99")
    with pytest.raises(RevisionIsFrozen):
        take_over(cast, route.part_revision, TABLE.encode())


def test_a_table_is_taken_over_row_by_row(cast, revision):
    added = take_over(cast, revision, TABLE.encode("cp1252"))
    assert [
        (each.balloon, each.name, each.lower, each.upper, each.unit, each.applies_to) for each in added
    ] == [
        ("1", "Bore", Decimal("9.9"), Decimal("10.1"), "mm", "after"),
        ("2", "Face", None, Decimal("0.05"), "mm", "unspecified"),
        ("3", "Mark", None, None, "", "unspecified"),
    ]
    assert [each.position for each in added] == [1, 2, 3]


def test_a_unit_the_table_does_not_say_is_asked_and_nothing_is_taken_over(cast, revision):
    table = b"balloon,name,lower,upper\n1,Bore,9.9,10.1\n2,Width,39,41\n"
    with pytest.raises(FileLeavesQuestions) as refusal:
        take_over(cast, revision, table)
    assert refusal.value.facts["questions"] == [
        "Line 2, column unit: The unit is missing. Say whether it is mm, um, m, in or deg.",
        "Line 3, column unit: The unit is missing. Say whether it is mm, um, m, in or deg.",
    ]
    assert revision.characteristics.count() == 0
    assert [each.unit for each in take_over(cast, revision, table, default_unit="in")] == ["in", "in"]


def test_a_wrong_cell_takes_nothing_over_even_with_a_unit(cast, revision):
    table = b"balloon,name,lower,upper,unit\n1,Bore,9.9,10.1,mm\n2,Width,wide,41,mm\n"
    with pytest.raises(FileLeavesQuestions):
        take_over(cast, revision, table, default_unit="mm", are_questions_decided=True)
    assert revision.characteristics.count() == 0


def test_balloons_in_use_take_nothing_over(cast, revision):
    add(cast, revision, balloon="2")
    with pytest.raises(AlreadyThere) as refusal:
        take_over(cast, revision, TABLE.encode())
    assert refusal.value.sentence == (
        f"{revision} would have these balloons twice: 2. Nothing was taken over; remove them from the file."
    )
    assert revision.characteristics.count() == 1


def test_a_file_that_is_no_table_is_refused(cast, revision):
    with pytest.raises(FileNotReadable):
        take_over(cast, revision, b"hello\nworld\n")


def test_a_real_qif_file_asks_for_its_unit_then_takes_all_over(cast, revision, shared_data):
    content = (shared_data / COVER / "fair" / "cover_final_inspection_supplier.qif").read_bytes()
    with pytest.raises(UnknownUnit):
        take_over(cast, revision, content, "cover.qif")
    assert revision.characteristics.count() == 0
    added = take_over(cast, revision, content, "cover.qif", default_unit="mm")
    first = added[0]
    # 28 items, of which one carries the number of the piece
    assert (len(added), first.name, first.kind, first.upper, first.unit) == (
        27,
        "Flatness 1",
        "Flatness",
        Decimal("0.05"),
        "mm",
    )
    assert (first.source_id, first.source_name, first.source_occurrence) == ("8", "Flatness 1", 1)


def test_what_reads_oddly_in_a_qif_file_is_asked(cast, revision, shared_data):
    content = (shared_data / "qif/samples-3.0/planWithWorkInstructions.QIF").read_bytes()
    with pytest.raises(FileLeavesQuestions) as refusal:
        take_over(cast, revision, content, "plan.qif", default_unit="mm")
    assert len(refusal.value.facts["questions"]) == 1
    assert revision.characteristics.count() == 0
    added = take_over(cast, revision, content, "plan.qif", default_unit="mm", are_questions_decided=True)
    assert [(each.balloon, each.lower, each.upper) for each in added] == [
        ("D1", Decimal("3.800"), Decimal("4.200")),
        ("D2", Decimal("5.800"), Decimal("6.200")),
    ]
