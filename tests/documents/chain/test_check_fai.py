from dataclasses import replace

import pytest

from documents.domain.chain.check_fai import check
from tests.factories.lot_facts import good_lot, with_changes


@pytest.mark.parametrize(
    ("regime", "state"),
    [("before_dispatch", "missing"), ("with_first", "missing"), ("held", "na"), ("none", "na")],
)
def test_regime_of_the_order_decides_what_is_asked(regime, state):
    lot = replace(good_lot(), fai_regime=regime)
    assert [slot.state for slot in check(replace(lot, first_articles=()))] == [state]
    assert [slot.state for slot in check(lot)] == ["accepted" if state == "missing" else "na"]


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


@pytest.mark.parametrize("role", ["author", "verified_by"])
def test_report_approved_by_its_author_or_verifier_is_rejected(role):
    (slot,) = check(with_changes(good_lot(), "first_articles", **{role: "Maud Ferreira"}))
    assert slot.state == "rejected"


def test_prototype_needs_none():
    assert [slot.state for slot in check(replace(good_lot(), purpose="prototype", first_articles=()))] == [
        "na"
    ]
