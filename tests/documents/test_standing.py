"""Chains kept for boards: written when something happened, equal to a fresh judgement whatever was done."""

from __future__ import annotations

import pytest

from documents.domain import standing
from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.models import StandingChain
from portal import feed
from portal.domain.events import record_event
from routes.domain import holds
from routes.models import Traveler
from tests.factories.certificates import make_ready_lot
from tests.factories.documents import make_shipment
from tests.factories.inspection import make_lot

pytestmark = pytest.mark.django_db


def stale() -> list[str]:
    """Return the lots whose kept slots differ from what is judged now, and rows of lots that are not open."""
    fresh = read_facts_as_placed(standing.open_lots())
    kept = {row.traveler.number: row for row in StandingChain.objects.select_related("traveler")}
    wrong = [
        number
        for number, facts in fresh.items()
        if number not in kept or [slot for slot, _ in standing.slots_of(kept[number])] != judge(facts)
    ]
    return wrong + sorted(kept.keys() - fresh.keys())


def test_first_reading_judges_every_open_lot(cast):
    make_lot(cast, at=999)
    make_ready_lot(cast)
    feed.drain("chains")
    assert (StandingChain.objects.count(), stale()) == (2, [])


def test_event_has_its_lot_judged_again(cast):
    lot, other = make_lot(cast, at=999), make_ready_lot(cast)
    feed.drain("chains")
    moments = dict(StandingChain.objects.values_list("traveler__number", "judged_at"))
    holds.place_hold(by=cast.quality, traveler=lot, reason="Burr on the datum.")
    assert stale() == [lot.number]
    feed.drain("chains")
    assert stale() == []
    again = dict(StandingChain.objects.values_list("traveler__number", "judged_at"))
    assert again[lot.number] > moments[lot.number]
    assert again[other.number] == moments[other.number]


def test_lot_that_left_beside_something_that_concerns_every_lot_has_no_row(cast):
    lot, other = make_ready_lot(cast), make_lot(cast, at=999)
    feed.drain("chains")
    make_shipment(cast, lot=lot, at="dispatched")
    record_event(by=cast.quality, verb="do", noun="something new", number="X-1")
    feed.drain("chains")
    assert list(StandingChain.objects.values_list("traveler__number", flat=True)) == [other.number]


def test_lot_that_left_has_no_row(cast):
    lot = make_ready_lot(cast)
    feed.drain("chains")
    assert StandingChain.objects.filter(traveler=lot).count() == 1
    make_shipment(cast, lot=lot, at="dispatched")
    feed.drain("chains")
    assert list(StandingChain.objects.values_list("traveler__number", flat=True)) == []
    assert Traveler.objects.get(pk=lot.pk).state == Traveler.SHIPPED
