from datetime import date, timedelta

import pytest

from portal.domain.errors import Incomplete, NotEntitled
from portal.models import Event
from routes.domain import orders
from routes.domain.words import AlreadyThere, DatesDoNotFit, QuantityNotPossible
from tests.factories import routes as made


def enter(cast, **changes):
    facts = {
        "by": cast.quality,
        "customer": cast.customer,
        "po_number": "4500918823",
        "received_on": made.today(),
    }
    return orders.enter_order(**{**facts, **changes})


def add(cast, revision, order, **changes):
    facts = {
        "by": cast.quality,
        "order": order,
        "line_number": 1,
        "part_revision": revision,
        "quantity": 50,
        "due_on": made.today() + timedelta(days=30),
        "sourcing": "contract",
        "fai_regime": "before_dispatch",
    }
    return orders.add_line(**{**facts, **changes})


def test_an_order_is_entered_and_written_down(cast):
    order = enter(cast, po_number=" 4500918823 ")
    event = Event.objects.get(noun="order", number=order.number)
    assert (order.po_number, event.verb, event.data["customer"]) == ("4500918823", "enter", "ORRIN")


def test_an_operator_enters_no_order(cast):
    with pytest.raises(NotEntitled) as refusal:
        enter(cast, by=cast.operator)
    assert refusal.value.sentence == (
        "Sami Okonjo may not enter orders; this takes one of: quality engineer, manager."
    )


def test_a_vendor_orders_nothing(cast):
    with pytest.raises(orders.NotACustomer) as refusal:
        enter(cast, customer=cast.vendor_organization)
    assert refusal.value.sentence == (
        "Brightwater Finishing is not an active customer, so it cannot order. Choose a customer."
    )


def test_an_order_needs_its_number(cast):
    with pytest.raises(Incomplete):
        enter(cast, po_number="  ")


def test_an_order_is_not_received_tomorrow(cast):
    with pytest.raises(DatesDoNotFit):
        enter(cast, received_on=made.today() + timedelta(days=1))


def test_a_purchase_order_is_entered_once_a_customer(cast):
    enter(cast)
    with pytest.raises(AlreadyThere) as refusal:
        enter(cast)
    assert refusal.value.sentence == (
        "Purchase order 4500918823 of Orrin Aerospace was entered before. Open it in the orders list."
    )
    assert enter(cast, customer=cast.stranger_customer).po_number == "4500918823"


def test_a_line_names_a_part_of_the_same_customer(cast):
    order = enter(cast)
    own = made.make_part_revision(cast)
    strange = made.make_part_revision(cast, customer=cast.stranger_customer)
    with pytest.raises(orders.PartOfAnotherCustomer):
        add(cast, strange, order)
    assert add(cast, own, order).quantity == 50


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"quantity": 0}, QuantityNotPossible),
        ({"line_number": 0}, QuantityNotPossible),
        ({"due_on": date(2020, 1, 1)}, DatesDoNotFit),
    ],
)
def test_a_line_must_make_sense(cast, changes, refusal):
    order, revision = enter(cast), made.make_part_revision(cast)
    with pytest.raises(refusal):
        add(cast, revision, order, **changes)
    assert add(cast, revision, order).line_number == 1


def test_a_line_number_is_taken_once(cast):
    order, revision = enter(cast), made.make_part_revision(cast)
    add(cast, revision, order)
    with pytest.raises(AlreadyThere) as refusal:
        add(cast, revision, order)
    assert refusal.value.sentence == f"Order {order.number} has a line 1 already. Give the next line number."
    assert add(cast, revision, order, line_number=2).line_number == 2


def test_an_operator_adds_no_line(cast):
    order, revision = enter(cast), made.make_part_revision(cast)
    with pytest.raises(NotEntitled):
        add(cast, revision, order, by=cast.operator)
