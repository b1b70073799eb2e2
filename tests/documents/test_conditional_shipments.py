"""An approval for so many pieces: drafts of other lots count, what has left is judged by the day it left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.domain import shipments
from documents.domain.chain.check_fai import check
from documents.domain.chain.facts import read_facts
from documents.domain.concerned import lots_concerned
from documents.models import Shipment, ShipmentLine
from inspection.domain.customer_reviews import approve_for_customer, approve_on_condition
from inspection.domain.held_approvals import record_held_approval
from inspection.models import FirstArticle
from portal import feed
from portal.models import Event
from routes.models import OrderLine, Traveler
from tests.cast import reauth
from tests.documents.evidence.oracle import Books, PlainReading, first_article
from tests.documents.test_standing import stale
from tests.factories.inspection import make_first_article, make_lot
from tests.factories.routes import make_open_traveler, today


@pytest.fixture
def lots(cast) -> list[Traveler]:
    """Two lots of one route, of two pieces each; the customer lets three pieces ship until today."""
    first = make_lot(cast, at=999, quantity=2)
    OrderLine.objects.filter(pk=first.order_line_id).update(fai_regime=OrderLine.BEFORE_DISPATCH, quantity=4)
    first.refresh_from_db()
    second = make_open_traveler(
        cast, route_revision=first.route_revision, order_line=first.order_line, quantity=2
    )
    approve_on_condition(
        by=cast.customer_quality,
        first_article=make_first_article(cast, lot=first, at="approved"),
        condition="Send the hardness report.",
        due_on=today(),
        quantity=3,
        token=reauth(cast.customer_quality),
    )
    return [first, second]


def draft(cast, lot: Traveler, number: str) -> ShipmentLine:
    """Return the line of a shipment that holds a lot, as its draft does."""
    shipment = Shipment.objects.create(
        number=number, customer=cast.customer, author=cast.quality, drafted_at=timezone.now()
    )
    return ShipmentLine.objects.create(shipment=shipment, traveler=lot, order_line=lot.order_line, quantity=2)


def states(lots: list[Traveler]) -> list[str]:
    """Return how FAI stands for each lot, after the plain reading said the same."""
    found = [check(read_facts([lot.pk])[lot.number])[0] for lot in lots]
    read = [first_article(PlainReading(lot.number, Books())) for lot in lots]
    assert [slot.is_closed for slot in found] == [not gaps for gaps in read]
    return [slot.state for slot in found]


def test_two_drafts_do_not_both_use_the_last_pieces(cast, lots):
    assert states(lots) == ["accepted", "accepted"]
    line = draft(cast, lots[0], "S-900001")
    assert states(lots) == ["accepted", "stale"]
    other = draft(cast, lots[1], "S-900002")
    assert states(lots) == ["stale", "stale"]
    ShipmentLine.objects.filter(pk=other.pk).update(is_active=False)
    assert states(lots) == ["accepted", "stale"]
    left_at = timezone.now()
    Shipment.objects.filter(pk=line.shipment_id).update(dispatched_at=left_at)
    assert states(lots) == ["accepted", "stale"]
    # what left after the day is not right, and nothing follows it
    FirstArticle.objects.update(condition_due_on=today() - timedelta(days=1), condition_quantity=9)
    assert states(lots) == ["stale", "stale"]
    FirstArticle.objects.update(condition_due_on=today())
    assert states(lots) == ["accepted", "accepted"]


def test_the_board_follows_when_another_lot_takes_the_last_pieces(cast, lots):
    feed.drain("chains")
    taken = shipments.draft_shipment(
        by=cast.quality, customer=cast.customer, lots=[lots[0]], carrier="Ridge Freight"
    )
    assert sorted(stale()) == sorted(lot.number for lot in lots)
    feed.drain("chains")
    assert (stale(), states(lots)) == ([], ["accepted", "stale"])
    shipments.cancel(by=cast.quality, shipment=taken)
    feed.drain("chains")
    assert (stale(), states(lots)) == ([], ["accepted", "accepted"])


def test_the_board_follows_an_interim_approval_the_customer_holds(cast, lots):
    OrderLine.objects.update(fai_regime=OrderLine.HELD_BY_CUSTOMER)
    record_held_approval(
        by=cast.quality,
        part_revision=lots[0].route_revision.part_revision,
        customer_reference="NET-1",
        approved_on=today(),
        token=reauth(cast.quality),
        status="interim",
        quantity_limit=3,
    )
    feed.drain("chains")
    shipments.draft_shipment(by=cast.quality, customer=cast.customer, lots=[lots[0]], carrier="Ridge Freight")
    feed.drain("chains")
    assert (stale(), states(lots)) == ([], ["accepted", "stale"])


def test_without_a_limit_a_shipment_concerns_its_own_lots_alone(cast, lots):
    by = cast.customer_quality
    approve_for_customer(by=by, first_article=FirstArticle.objects.get(), token=reauth(by))
    feed.drain("chains")
    shipments.draft_shipment(by=cast.quality, customer=cast.customer, lots=[lots[0]], carrier="Ridge Freight")
    assert lots_concerned(Event.objects.filter(noun="shipment")) == [lots[0].pk]
