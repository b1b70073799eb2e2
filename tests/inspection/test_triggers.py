"""What the comparison says of single things, apart from the worked part."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from inspection.domain.triggers import Check, Policy, Sent, Used, affected, compare, differing
from inspection.domain.triggers.lapse import has_lapsed, months_after
from tests.inspection.golden.part import BASELINE, moment


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("restart", "is_lapse"),
    [
        (on(2025, 3, 2), True),
        (on(2025, 3, 1), False),
        (on(2025, 2, 28), False),
    ],
)
def test_lapse_counts_from_the_last_production_operation_to_the_restart(restart, is_lapse):
    assert has_lapsed(on(2023, 3, 1), restart, 24) is is_lapse


def test_months_end_on_the_last_day_where_there_is_no_such_day():
    assert months_after(on(2024, 2, 29), 12) == on(2025, 2, 28)
    assert months_after(on(2023, 11, 30), 3) == on(2024, 2, 29)


def test_a_policy_may_allow_another_rest():
    rested = replace(BASELINE, last_production_at=on(2024, 1, 10), restarted_at=on(2025, 1, 11))
    assert [each.kind for each in compare(BASELINE, rested, lapse_months=12)] == ["lapse"]
    assert compare(BASELINE, rested, lapse_months=24) == ()


def test_a_policy_may_call_a_machine_routine_but_never_a_requirement():
    policy = Policy(routine=("machine", "characteristic_modified", "lapse"))
    assert [policy.class_of(kind) for kind in ("machine", "characteristic_modified", "lapse", "fixture")] == [
        "routine",
        "evaluate",
        "evaluate",
        "evaluate",
    ]


def test_routine_changes_are_told_and_not_asked():
    lot = replace(BASELINE, used=(Used("length", "1", (("caliper", "G-7"),)),))
    found = compare(BASELINE, lot)
    assert [(each.kind, each.before, each.after) for each in found] == [("gauge", "G-1", "G-7")]
    assert differing(found, Policy()) == ()


def test_the_same_change_of_another_lot_has_the_same_key():
    one = replace(BASELINE, opened_at=moment(3, 1), sent=(Sent(50, "Northline", "Dock road", moment(3, 4)),))
    other = replace(
        BASELINE, opened_at=moment(4, 1), sent=(Sent(50, "Northline", "Dock road", moment(4, 4)),)
    )
    assert [each.key for each in compare(BASELINE, one)] == [each.key for each in compare(BASELINE, other)]


def test_a_characteristic_takes_results_from_its_own_latest_change_on():
    lot = replace(
        BASELINE,
        runs=(replace(BASELINE.runs[0], fixture_revision="B", at=moment(3, 3)),),
        sent=(Sent(50, "Northline", "Dock road", moment(3, 9)),),
    )
    scope = {each.balloon: each.after for each in affected(compare(BASELINE, lot), lot)}
    assert (scope["1"], scope["2"], scope["7"]) == (moment(3, 3), moment(3, 9), moment(3, 9))


def test_a_characteristic_nobody_says_who_makes_may_be_made_by_any_operation_before_its_last_check():
    silent = tuple(replace(each, makes=()) for each in BASELINE.operations)
    lot = replace(
        BASELINE, operations=silent, runs=(replace(BASELINE.runs[1], fixture="FX-9", at=moment(3, 3)),)
    )
    assert [each.balloon for each in affected(compare(BASELINE, lot), lot)] == [
        "1",
        "2",
        "4",
        "5",
        "6",
        "7",
        "8",
    ]


def test_a_reason_is_given_for_each_change_that_touches_a_characteristic():
    lot = replace(
        BASELINE,
        runs=(replace(BASELINE.runs[0], fixture="FX-9", fixture_revision="C"),),
    )
    length = affected(compare(BASELINE, lot), lot)[0]
    assert length.reasons == (
        "fixture of operation 20: FX-1 → FX-9",
        "revision of the fixture of operation 20: A → C",
    )


def test_a_check_of_a_new_characteristic_is_no_change_of_method():
    rib = replace(BASELINE.features[0], identity="rib", balloon="9", name="Rib")
    lot = replace(
        BASELINE,
        route="R-000009-2",
        features=(*BASELINE.features, rib),
        checks=(*BASELINE.checks, Check("rib", "9", 40, "before")),
    )
    assert [each.kind for each in compare(BASELINE, lot)] == ["characteristic_added"]
