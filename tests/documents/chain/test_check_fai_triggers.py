"""What differs from the approved first article, as the check FAI sees it."""

from dataclasses import replace

import pytest

from documents.domain.chain.check_fai import check
from documents.domain.chain.trigger_facts import Article, EvaluationFacts, TriggerFacts
from documents.domain.evaluated_articles import with_evaluations
from tests.factories.lot_facts import day, good_lot

EARLIER = Article(
    number="FA-000007",
    state="approved",
    route="R-000001-1",
    part_revision="30-4471-2 rev B",
    lot="T-000100",
    author="Lotte Brandvold",
    approved_by="Maud Ferreira",
)
PARTIAL = replace(EARLIER, number="FA-000040", is_partial=True, lot="T-000412")
CHANGED = "fixture of operation 20: FX-1 → FX-2"


def lot(regime="with_first", *, other_route=False, **facts):
    """Return the good lot beside an earlier first article; made by another route than any first article, if asked."""
    good = replace(good_lot(), fai_regime=regime, triggers=TriggerFacts(EARLIER, **facts))
    return replace(good, first_articles=()) if other_route else good


def evaluation(decision, *articles):
    return EvaluationFacts("EV-000003", decision, "Maud Ferreira", day(4), articles)


def states(facts):
    return {slot.subject: (slot.state, slot.waits) for slot in check(facts)}


def test_where_nothing_differs_an_earlier_first_article_stands():
    (slot,) = check(lot(other_route=True))
    assert (slot.state, slot.evidence) == ("accepted", "FA-000007, approved by Maud Ferreira")


def test_what_nobody_evaluated_stops_the_lot_and_says_where_to_go():
    found = lot(undecided=(CHANGED,))
    slot = check(found)[1]
    assert (slot.state, slot.url_name, slot.url_kwargs) == (
        "missing",
        "inspection:evaluation-open",
        {"number": found.number},
    )
    assert slot.sentence == (
        f"Lot {found.number} differs from what first article FA-000007 represented: {CHANGED}. Evaluate it: none, a "
        "partial or a full first article."
    )


def test_an_open_evaluation_waits_for_its_decision():
    found = lot(undecided=(CHANGED,), waiting=EvaluationFacts("EV-000003", opened_on=day(4)))
    slot = check(found)[1]
    assert (slot.state, slot.since, slot.url_kwargs) == ("review", day(4), {"number": "EV-000003"})


def test_until_it_is_decided_nothing_else_can_be_done_about_the_first_article():
    assert states(lot(undecided=(CHANGED,), other_route=True)) == {
        "": ("missing", True),
        "evaluation": ("missing", False),
    }


@pytest.mark.parametrize(
    ("regime", "decided", "expected"),
    [
        ("with_first", evaluation("none"), "accepted"),
        ("with_first", evaluation("partial"), "missing"),
        ("with_first", evaluation("partial", PARTIAL), "accepted"),
        ("with_first", evaluation("full"), "missing"),
        ("before_dispatch", evaluation("partial", PARTIAL), "review"),
        (
            "before_dispatch",
            evaluation("partial", replace(PARTIAL, state="customer_approved", customer_by="B. Weiss")),
            "accepted",
        ),
        ("with_first", evaluation("partial", replace(PARTIAL, is_approved_by_its_maker=True)), "rejected"),
        ("held", evaluation("partial"), "missing"),
    ],
)
def test_the_decision_says_which_first_article_is_due(regime, decided, expected):
    found = states(lot(regime, decided=(decided,), other_route=True))
    assert found == {"": (expected, False), "evaluation": ("accepted", False)}


def test_of_two_decisions_the_one_that_is_not_met_is_due():
    met, unmet = evaluation("full", EARLIER), replace(evaluation("partial"), number="EV-000009")
    slot = check(lot(decided=(met, unmet)))[0]
    assert (slot.state, slot.url_kwargs) == ("missing", {"number": "EV-000009"})


def test_a_lot_with_a_partial_first_article_of_its_own_stands_on_that_one():
    signed = replace(good_lot(), fai_regime="before_dispatch")
    own = replace(signed, triggers=TriggerFacts(PARTIAL, is_own=True))
    assert (states(signed), states(own)) == ({"": ("accepted", False)}, {"": ("review", False)})


def test_an_order_without_a_regime_asks_for_no_evaluation():
    assert states(lot("none", undecided=(CHANGED,))) == {"": ("na", False)}


def test_the_package_says_what_was_decided():
    entry = with_evaluations({"identifier": "FA-000031"}, [lot(decided=(evaluation("none"),))])
    assert entry == {
        "identifier": "FA-000031",
        "evaluations": [
            {
                "number": "EV-000003",
                "decision": "none",
                "decided_by": "Maud Ferreira",
                "since": "FA-000007",
                "sentence": "FAI evaluation EV-000003 decided by Maud Ferreira: no first article needed.",
            }
        ],
    }
    assert with_evaluations({"identifier": "FA-000031"}, [good_lot()]) == {"identifier": "FA-000031"}
