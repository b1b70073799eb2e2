"""The days of a scope: the order of 6 March, pieces away from 9 to 12 March, the work printed as 10 to 11 March."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from documents.domain.chain import digest
from documents.domain.chain.check_approval import check, days_that_count
from documents.domain.chain.facts import read_facts
from subcontract.domain import approvals
from tests.factories.exports import make_registration
from tests.factories.lot_facts import day, good_lot, with_certificate, with_changes
from tests.factories.routes import today
from tests.factories.subcontract import make_approval, make_outside_order

ALWAYS = date(2025, 1, 1), date(2027, 1, 1)
RANGE, ONE_DAY, NONE = (day(10), day(11)), (day(10), None), (None, None)


def judged(*, printed=RANGE, valid=ALWAYS, gaps=(), rests=(), is_back=True, passed=None, next_from=None):
    """Return "covered", or the day on which the approval did not stand."""
    lot = with_certificate(good_lot(), process_from=printed[0], process_to=printed[1])
    lot = with_changes(lot, "scopes", valid_from=valid[0], valid_until=valid[1], gaps=gaps, rests_on=rests)
    if not is_back:
        lot = replace(lot, receipts=(), process_certificates=())
        lot = with_changes(lot, "outside", returned=0)
        scope = lot.scopes[0]
        lot = with_changes(lot, "scopes", passed=tuple(each for each in scope.turns if each <= passed))
    if next_from:
        renewed = replace(
            lot.scopes[0], number="AP-000009", valid_from=next_from, valid_until=ALWAYS[1], gaps=()
        )
        lot = replace(lot, scopes=(*lot.scopes, renewed))
    (slot,) = check(lot)
    return "covered" if slot.state == "accepted" else slot.sentence.split(" on ")[1].split(" 2026")[0]


CASES = {
    # the order date
    "first day is the order date": ({"valid": (day(6), ALWAYS[1])}, "covered"),
    "first day is after the order date": ({"valid": (day(7), ALWAYS[1])}, "6 Mar"),
    "last day is the order date": ({"valid": (ALWAYS[0], day(7))}, "10 Mar"),
    "suspended on the order date": ({"gaps": ((day(6), None),)}, "6 Mar"),
    "suspended until the day before the order": ({"gaps": ((day(3), day(6)),)}, "covered"),
    "suspended up to and with the order date": ({"gaps": ((day(3), day(7)),)}, "6 Mar"),
    # the days the certificate prints
    "last day is the last day of the work": ({"valid": (ALWAYS[0], day(12))}, "covered"),
    "last day is the first day of the work": ({"valid": (ALWAYS[0], day(11))}, "11 Mar"),
    "last day is before the work": ({"valid": (ALWAYS[0], day(10))}, "10 Mar"),
    "suspended on the first day of the work": ({"gaps": ((day(10), None),)}, "10 Mar"),
    "suspended on the last day of the work": ({"gaps": ((day(11), None),)}, "11 Mar"),
    "suspended the day after the work": ({"gaps": ((day(12), None),)}, "covered"),
    "suspended between order and work": ({"gaps": ((day(7), day(10)),)}, "covered"),
    "suspended within a longer work": (
        {"printed": (day(10), day(20)), "gaps": ((day(13), day(15)),)},
        "13 Mar",
    ),
    "reinstated on the day of the work": ({"printed": ONE_DAY, "gaps": ((day(7), day(10)),)}, "covered"),
    "reinstated the day after the work": ({"printed": ONE_DAY, "gaps": ((day(7), day(11)),)}, "10 Mar"),
    "suspended later and reinstated: earlier good days stay good": (
        {"gaps": ((day(20), day(25)),)},
        "covered",
    ),
    "withdrawn after the work": ({"gaps": ((day(12), None),)}, "covered"),
    "withdrawn back to before the work": ({"gaps": ((day(8), None),)}, "10 Mar"),
    "suspended twice, each time off the days": (
        {"gaps": ((day(1), day(3)), (day(7), day(9)), (day(12), None))},
        "covered",
    ),
    "only the last day is printed": ({"printed": (None, day(11)), "gaps": ((day(10), day(11)),)}, "covered"),
    # no day printed: the whole time away
    "away: first day of the approval": ({"printed": NONE, "valid": (day(6), day(13))}, "covered"),
    "away: last day is the day before the return": (
        {"printed": NONE, "valid": (ALWAYS[0], day(12))},
        "12 Mar",
    ),
    "away: suspended and reinstated while away": ({"printed": NONE, "gaps": ((day(10), day(11)),)}, "10 Mar"),
    "away: reinstated on the day they left": ({"printed": NONE, "gaps": ((day(7), day(9)),)}, "covered"),
    "away: lapsed and renewed without a gap": (
        {"printed": NONE, "valid": (ALWAYS[0], day(11)), "next_from": day(11)},
        "covered",
    ),
    "away: lapsed and renewed a day too late": (
        {"printed": NONE, "valid": (ALWAYS[0], day(11)), "next_from": day(12)},
        "11 Mar",
    ),
    # still away: up to today at the site
    "still away: lapses tomorrow": (
        {"is_back": False, "valid": (ALWAYS[0], day(15)), "passed": day(14)},
        "covered",
    ),
    "still away: lapsed today": (
        {"is_back": False, "valid": (ALWAYS[0], day(15)), "passed": day(15)},
        "15 Mar",
    ),
    "still away: suspended from tomorrow on": (
        {"is_back": False, "gaps": ((day(15), None),), "passed": day(14)},
        "covered",
    ),
    # the registration the approval rests on
    "registration held on the last day of the work": (
        {"rests": (("12345", ALWAYS[0], day(12)),)},
        "covered",
    ),
    "registration ended before the last day of the work": (
        {"rests": (("12345", ALWAYS[0], day(11)),)},
        "11 Mar",
    ),
    "registration renewed in time": (
        {"rests": (("12345", ALWAYS[0], day(11)), ("12345", day(11), ALWAYS[1]))},
        "covered",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_scope_is_judged_on_every_day_that_counts(case):
    facts, expected = CASES[case]
    assert judged(**facts) == expected


def test_days_of_a_range_are_its_ends_and_the_turns_between():
    lot = with_changes(good_lot(), "scopes", gaps=((day(1), day(2)), (day(20), None)))
    line, step = lot.outside[0], lot.steps[3]
    assert days_that_count(lot, step, line) == [
        (day(6), "order date"),
        (day(10), "process date"),
        (day(11), "process date"),
    ]


def ago(days):
    return today() - timedelta(days=days)


def test_facts_carry_the_days_an_approval_did_not_stand(cast):
    approval = make_approval(cast)
    make_registration(
        cast, cast.vendor_organization, valid_from=ago(200), valid_to=today() + timedelta(days=9)
    )
    lot = make_outside_order(cast, at="shipped", ordered_on=ago(30)).lines.get().traveler
    (slot,) = check(read_facts([lot.pk])[lot.number])
    assert (slot.state, slot.evidence) == ("accepted", approval.number)
    suspended = approvals.suspend(by=cast.quality, approval=approval, on=ago(20), reason="Audit finding 4.")
    (slot,) = check(read_facts([lot.pk])[lot.number])
    assert (slot.state, "(time away of" in slot.sentence) == ("rejected", True)
    approvals.reinstate(by=cast.quality, approval=suspended, on=ago(10), reason="Finding closed.")
    facts = read_facts([lot.pk])[lot.number]
    assert [slot.state for slot in check(facts)] == ["accepted"]
    (scope,) = facts.scopes
    assert (scope.gaps, scope.rests_on) == (
        ((ago(20), ago(10)),),
        (("12345", ago(200), today() + timedelta(days=10)),),
    )
    assert scope.passed == tuple(each for each in scope.turns if each <= today())


def test_what_passes_with_the_days_is_no_fact_of_a_lot_that_is_back(cast):
    make_approval(cast)
    lot = make_outside_order(cast, at="returned").lines.get().traveler
    facts = read_facts([lot.pk])[lot.number]
    assert [scope.passed for scope in facts.scopes] == [()]
    assert digest(facts) == digest(read_facts([lot.pk])[lot.number])
