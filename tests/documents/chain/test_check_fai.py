from dataclasses import replace

import pytest

from documents.domain.chain.approval_facts import LimitFacts, ShippedFacts
from documents.domain.chain.check_fai import check
from documents.domain.chain.lot_facts import ElsewhereFacts, HeldApprovalFacts
from tests.factories.lot_facts import day, good_lot, with_changes

HELD = HeldApprovalFacts("MFC-PPA-2231", day(1), "Maud Ferreira")


@pytest.mark.parametrize(
    ("regime", "without", "approved_here", "approved_by_customer"),
    [
        ("before_dispatch", "missing", "review", "accepted"),
        ("with_first", "missing", "accepted", "accepted"),
        ("held", "missing", "missing", "accepted"),
        ("none", "na", "na", "na"),
    ],
)
def test_regime_of_the_order_decides_what_is_asked(regime, without, approved_here, approved_by_customer):
    lot = replace(good_lot(), fai_regime=regime)
    here = with_changes(lot, "first_articles", state="approved", customer_by="")
    found = [check(each) for each in (replace(lot, first_articles=()), here, lot)]
    assert [[slot.state for slot in slots] for slots in found] == [
        [without],
        [approved_here],
        [approved_by_customer],
    ]


def test_customer_owes_its_approval_since_the_shop_gave_its_own():
    lot = with_changes(good_lot(), "first_articles", state="approved", customer_by="", approved_on=day(16))
    (slot,) = check(lot)
    assert (slot.owner, slot.since, slot.url_kwargs) == ("Orrin Aerospace", day(16), {"number": "FA-000031"})
    assert slot.sentence == (
        "First article FA-000031 is approved here by Maud Ferreira and waits for the approval of Orrin Aerospace in "
        "field 24, which order O-000003/1 asks for before dispatch."
    )


def test_evidence_names_who_approved_for_whom():
    (slot,) = check(good_lot())
    assert slot.evidence == "FA-000031, approved by Maud Ferreira, for Orrin Aerospace by Anton Belisle"


def test_held_approval_is_closed_by_its_reference():
    lot = replace(good_lot(), fai_regime="held", first_articles=(), held_approvals=(HELD,))
    (slot,) = check(lot)
    assert (slot.state, slot.evidence) == (
        "accepted",
        "MFC-PPA-2231, held by Orrin Aerospace since 1 Mar 2026, recorded by Maud Ferreira",
    )


def test_held_approval_not_recorded_says_where_to_record_it():
    (slot,) = check(replace(good_lot(), fai_regime="held", first_articles=()))
    assert (slot.url_name, slot.url_kwargs) == (
        "inspection:held-approval-record",
        {"number": "30-4471-2", "revision": "C"},
    )
    assert slot.sentence == (
        "Order O-000003/1 says Orrin Aerospace holds the approved first article, and no approval of 30-4471-2 revision "
        "C is recorded. Ask Orrin Aerospace for its reference and record it."
    )


def test_held_approval_closes_no_other_regime():
    lot = replace(good_lot(), first_articles=(), held_approvals=(HELD,))
    assert [slot.state for slot in check(lot)] == ["missing"]


@pytest.mark.parametrize(
    ("state", "shown", "words"),
    [
        ("reviewed", "accepted", ""),
        (
            "recorded",
            "review",
            "The first article recorded elsewhere, E-000012, waits for review by somebody other than Sami Okonjo.",
        ),
        (
            "rejected",
            "rejected",
            "The first article recorded elsewhere, E-000012, was rejected by Maud Ferreira: Page 2 is missing. Record "
            "another scan or open a first article on this lot.",
        ),
    ],
)
def test_scan_of_a_lot_brought_in_answers_once_it_is_reviewed(state, shown, words):
    scan = ElsewhereFacts(
        "E-000012",
        "first_article",
        state,
        recorded_by="Sami Okonjo",
        reviewed_by="Maud Ferreira",
        review_reason="Page 2 is missing.",
    )
    lot = replace(good_lot(), first_articles=(), elsewhere=(scan,))
    (slot,) = check(lot)
    assert (slot.state, slot.reason) == (shown, words)
    assert slot.evidence == ("recorded elsewhere, E-000012, reviewed by Maud Ferreira" if not words else "")
    # a report of our own stands whatever became of a scan that was not accepted
    assert [each.state for each in check(replace(good_lot(), elsewhere=(scan,)))] == ["accepted"]


@pytest.mark.parametrize(
    ("state", "shown", "owner"),
    [
        ("draft", "missing", "Lotte Brandvold"),
        ("returned", "missing", "Lotte Brandvold"),
        ("submitted", "review", "Maud Ferreira"),
    ],
)
def test_report_not_approved_says_who_acts(state, shown, owner):
    (slot,) = check(with_changes(good_lot(), "first_articles", state=state))
    assert (slot.state, slot.owner, slot.url_kwargs) == (shown, owner, {"number": "FA-000031"})


def test_report_of_another_route_is_stale():
    (slot,) = check(with_changes(good_lot(), "first_articles", route="R-000004-1"))
    assert (slot.state, slot.sentence) == (
        "stale",
        "First article FA-000031 was approved for route R-000004-1; lot T-000412 is made by R-000004-2. "
        "Make a partial first article of what changed.",
    )


@pytest.mark.parametrize(("is_approved_by_its_maker", "state"), [(True, "rejected"), (False, "accepted")])
def test_report_approved_by_its_author_or_verifier_is_rejected(is_approved_by_its_maker, state):
    told = {"author": "Maud Ferreira", "is_approved_by_its_maker": is_approved_by_its_maker}
    (slot,) = check(with_changes(good_lot(), "first_articles", **told))
    assert slot.state == state


def test_prototype_needs_none():
    assert [slot.state for slot in check(replace(good_lot(), purpose="prototype", first_articles=()))] == [
        "na"
    ]


UNTIL = day(28)


def limited(*, pieces=5, until=UNTIL, is_over=False, others=(), left_on=None) -> LimitFacts:
    """A limit, with what other lots of the part take of it and the day on which the lot itself left."""
    lines = [ShippedFacts(lot, quantity) for lot, quantity in others]
    own = [ShippedFacts(good_lot().number, good_lot().quantity, left_on)] if left_on else []
    return LimitFacts(pieces, until, is_over, (*lines, *own))


CONDITION = {"state": "on_condition", "condition": "Send the hardness report."}
LIMITS = [
    ("within", {"pieces": good_lot().quantity}, "accepted"),
    ("one too few", {"pieces": good_lot().quantity - 1}, "stale"),
    ("nothing before it is met", {"pieces": 0}, "stale"),
    ("others took it", {"pieces": good_lot().quantity, "others": [("T-000900", 1)]}, "stale"),
    ("room for both", {"pieces": good_lot().quantity + 1, "others": [("T-000900", 1)]}, "accepted"),
    ("day over", {"pieces": None, "is_over": True}, "stale"),
    ("left in time", {"pieces": 1, "is_over": True, "left_on": day(28)}, "accepted"),
    ("left too late", {"pieces": None, "is_over": True, "left_on": day(29)}, "stale"),
]


@pytest.mark.parametrize(("name", "facts", "state"), LIMITS, ids=[name for name, _, _ in LIMITS])
def test_condition_of_the_customer_lets_its_pieces_ship_until_its_day(name, facts, state):
    lot = with_changes(good_lot(), "first_articles", **CONDITION, limit=limited(**facts))
    assert [slot.state for slot in check(lot)] == [state]
    held = replace(HELD, status="interim", limit=limited(**facts))
    assert [slot.state for slot in check(replace(good_lot(), fai_regime="held", held_approvals=(held,)))] == [
        state
    ]


def test_condition_says_what_to_do_when_its_pieces_are_used():
    limit = limited(pieces=12, others=[("T-000900", 10)])
    lot = replace(with_changes(good_lot(), "first_articles", **CONDITION, limit=limit), quantity=3)
    (slot,) = check(lot)
    assert slot.sentence == (
        "Orrin Aerospace approved first article FA-000031 on a condition, at most 12 pieces until 28 Mar 2026: Send "
        f"the hardness report. Now lot {lot.number} has 3 and 10 more are shipped or planned with T-000900. Meet the "
        "condition and ask Orrin Aerospace to approve it without one."
    )
    (slot,) = check(replace(lot, quantity=2))
    assert slot.evidence == (
        "FA-000031, approved by Maud Ferreira, for Orrin Aerospace by Anton Belisle on a condition: Send the hardness "
        "report.; at most 12 pieces until 28 Mar 2026"
    )


def test_latest_decision_the_customer_holds_counts():
    ppap = replace(HELD, kind="AIAG PPAP level 3", status="rejected", approved_on=day(2))
    lot = replace(good_lot(), fai_regime="held", first_articles=(), held_approvals=(HELD, ppap))
    (slot,) = check(lot)
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Orrin Aerospace rejected AIAG PPAP level 3 MFC-PPA-2231 on 2 Mar 2026. Submit it again and record what Orrin "
        "Aerospace decides.",
    )
    approved = replace(ppap, status="approved", approved_on=day(3))
    (slot,) = check(replace(lot, held_approvals=(HELD, ppap, approved)))
    assert slot.evidence == (
        "AIAG PPAP level 3 MFC-PPA-2231, held by Orrin Aerospace since 3 Mar 2026, recorded by Maud Ferreira"
    )


def test_corrected_first_article_speaks_no_more():
    lot = with_changes(good_lot(), "first_articles", corrected_by="FA-000032")
    assert [slot.state for slot in check(lot)] == ["stale"]
    correction = replace(
        lot.first_articles[0], number="FA-000032", corrected_by="", state="approved", customer_by=""
    )
    (slot,) = check(replace(lot, first_articles=(*lot.first_articles, correction)))
    assert (slot.state, slot.owner) == ("review", "Orrin Aerospace")


def test_customer_owes_the_field_of_its_edition():
    changes = {"state": "approved", "customer_by": "", "customer_field": "23"}
    (slot,) = check(with_changes(good_lot(), "first_articles", **changes))
    assert "waits for the approval of Orrin Aerospace in field 23" in slot.sentence
