"""What was amended for one lot alone is compared like a change of its route."""

from dataclasses import replace

import pytest

from inspection.domain import evaluations
from inspection.domain.trigger_reading import read_pair
from inspection.domain.triggers import Amended, affected, compare
from tests.documents.evidence.test_trigger_chains import fai
from tests.factories.amendments import WORDS, approve, make_amendment, make_long_route, propose
from tests.factories.inspection import make_first_article, walk
from tests.factories.routes import make_open_traveler
from tests.factories.triggers import decide, make_evaluation, repeat
from tests.inspection.golden.part import BASELINE, moment

SKIP = Amended("AM-1", "skip", 70, "Mark", at=moment(3, 3))
ADD = Amended("AM-2", "add", 35, "Deburr the bore", "deburr", WORDS, at=moment(3, 4))
AGAIN = Amended("AM-3", "repeat", repeated=(20, 30), at=moment(3, 5))
REDLINE = Amended("AM-4", "redline", 20, "Mill side 1", words="Use the other clamp.", at=moment(3, 6))


def told(before: tuple[Amended, ...], after: tuple[Amended, ...]) -> list[tuple]:
    one, two = replace(BASELINE, amended=before), replace(BASELINE, amended=after)
    return [(each.kind, each.subject, each.before, each.after, each.basis) for each in compare(one, two)]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((), (SKIP,), ("operation_removed", "operation 70 Mark", "mark", "", "AM-1")),
        ((SKIP,), (), ("operation_added", "operation 70 Mark", "", "mark", "")),
        ((), (ADD,), ("operation_added", "operation 35 Deburr the bore", "", "deburr", "AM-2")),
        ((ADD,), (), ("operation_removed", "operation 35 Deburr the bore", "deburr", "", "")),
        ((), (AGAIN,), ("operation_repeated", "operations 20 and 30", "once", "again", "AM-3")),
        ((AGAIN,), (), ("operation_repeated", "operations 20 and 30", "again", "once", "")),
        (
            (AGAIN,),
            (AGAIN, AGAIN),
            ("operation_repeated", "operations 20 and 30", "again", "again 2 times", "AM-3"),
        ),
        (
            (),
            (REDLINE,),
            ("operation_reworded", "operation 20 Mill side 1", "", "Use the other clamp.", "AM-4"),
        ),
        ((REDLINE,), (), ("operation_reworded", "operation 20 Mill side 1", "Use the other clamp.", "", "")),
    ],
)
def test_an_amendment_of_one_side_alone_is_a_change(before, after, change):
    assert told(before, after) == [change]


@pytest.mark.parametrize("amendment", [SKIP, ADD, AGAIN, REDLINE])
def test_an_amendment_of_both_sides_is_none(amendment):
    assert told((amendment,), (replace(amendment, number="AM-9", at=moment(4, 4)),)) == []


def test_what_was_skipped_and_done_after_all_was_repeated():
    after_all = Amended("AM-5", "repeat", repeated=(70,), at=moment(3, 7))
    assert [each[:2] for each in told((), (SKIP, after_all))] == [("operation_repeated", "operation 70")]


def test_a_route_that_takes_up_what_was_added_to_one_lot_differs_in_nothing_from_it():
    by_amendment = replace(BASELINE, amended=(ADD,))
    added = replace(
        BASELINE.operations[1], sequence=35, kind="deburr", name="Deburr the bore", work_center=""
    )
    operations = tuple(
        sorted(
            (*BASELINE.operations, replace(added, makes=(), instructions=WORDS)),
            key=lambda each: each.sequence,
        )
    )
    planned = replace(BASELINE, route="R-000009-2", operations=operations)
    assert compare(by_amendment, planned) == ()


def test_what_an_amendment_touches_is_measured_from_its_signature_on():
    scope = {
        amendment.kind: [(each.balloon, each.after) for each in affected(compare(BASELINE, lot), lot)]
        for amendment in (SKIP, ADD, AGAIN)
        for lot in [replace(BASELINE, amended=(amendment,))]
    }
    assert scope["skip"] == [("7", moment(3, 3))]
    assert scope["add"] == [(balloon, moment(3, 4)) for balloon in ("1", "2", "4", "5", "6", "7", "8")]
    assert [balloon for balloon, _ in scope["repeat"]] == ["1", "2", "4", "5", "8"]


def test_lots_are_compared_as_they_were_amended_and_the_plain_reading_agrees(cast):
    route = make_long_route(cast)
    first = make_open_traveler(cast, route_revision=route, fai_regime="with_first", up_to=25)
    make_amendment(cast, first, "add", sequence=27)
    report = make_first_article(cast, lot=walk(cast, first), at="approved")
    lot = repeat(cast, report)
    assert fai(lot) == {"evaluation"}
    # the same again differs in nothing; a proposal changes nothing yet
    make_amendment(cast, lot, "add", sequence=27)
    assert fai(lot) == set()
    skip = propose(cast, lot, "skip", sequence=25)
    assert read_pair(lot.pk).changes() == ()
    make_amendment(cast, lot, "redline", sequence=55)
    assert [each.kind for each in read_pair(lot.pk).changes()] == ["operation_reworded"]
    assert fai(lot) == set()

    approve(cast, skip)
    assert fai(lot) == {"evaluation"}
    opened = make_evaluation(cast, lot=lot)
    assert [(row["kind"], row["subject"], row["basis"]) for row in opened.changes] == [
        ("operation_removed", "operation 25 Deburr edges", skip.number)
    ]
    decide(cast, opened, "none")
    assert fai(lot) == set()
    # a later lot that shows the same is not asked again
    later = repeat(cast, report)
    make_amendment(cast, later, "add", sequence=27)
    make_amendment(cast, later, "skip", sequence=25)
    assert (fai(later), evaluations.open_found([later.pk])) == (set(), [])
