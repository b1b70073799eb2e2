"""What waits for a customer: first articles whose order holds the goods, for those who sign them."""

from __future__ import annotations

import pytest

from documents.views.waiting import waiting_for_customer
from inspection.models import FirstArticle
from portal import feed
from routes.models import OrderLine
from tests.factories.clauses import carry, let_go
from tests.factories.inspection import make_first_article, make_lot
from tests.factories.routes import make_open_traveler


@pytest.fixture
def approved(cast) -> FirstArticle:
    fair = make_first_article(cast, lot=make_lot(cast, at=999, quantity=2), at="approved")
    OrderLine.objects.filter(pk=fair.order_line_id).update(fai_regime=OrderLine.BEFORE_DISPATCH)
    return fair


def test_first_article_waits_for_the_customers_quality_people_only(cast, approved):
    numbers = {
        person: [each["number"] for each in waiting_for_customer(person)]
        for person in (cast.customer_quality, cast.buyer, cast.stranger_buyer)
    }
    assert numbers == {cast.customer_quality: [approved.number], cast.buyer: [], cast.stranger_buyer: []}


@pytest.mark.parametrize("regime", [OrderLine.WITH_FIRST, OrderLine.HELD_BY_CUSTOMER, OrderLine.NONE])
def test_first_article_that_holds_nothing_does_not_wait(cast, approved, regime):
    OrderLine.objects.filter(pk=approved.order_line_id).update(fai_regime=regime)
    assert waiting_for_customer(cast.customer_quality) == []


def test_point_a_lot_stands_at_waits_for_the_customers_quality_people_until_it_is_let_go(cast, sign_in):
    lot = make_open_traveler(cast, quantity=5, up_to=20)
    carried = carry(cast, lot.order_line, "hold", point_at=20)
    carry(cast, lot.order_line, "source")  # its turn comes once the lot is made
    feed.drain("chains")
    [row] = waiting_for_customer(cast.customer_quality)
    assert (row["number"], row["what"]) == (lot.number, f"Held for you by clause {carried.clause}: lot")
    assert row["url"] in sign_in(cast.customer_quality).get("/packages/").content.decode()
    assert sign_in(cast.customer_quality).get(row["url"]).status_code == 200
    for person in (cast.buyer, cast.stranger_buyer):
        assert waiting_for_customer(person) == []
    let_go(cast, carried, lot)
    feed.drain("chains")
    assert waiting_for_customer(cast.customer_quality) == []
