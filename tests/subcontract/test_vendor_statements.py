"""The vendor speaks about its order: taken, disputed, on its way back; and what the shop makes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from subcontract.domain import vendor_statements as said
from subcontract.domain.vendor_statements import OrderDisputed
from subcontract.models import OutsideOrder, VendorStatement
from tests.factories.routes import today
from tests.factories.subcontract import line_of, make_outside_order, receive, ship


@pytest.fixture
def issued(cast):
    return line_of(make_outside_order(cast, at="issued"))


@pytest.fixture
def away(cast):
    return line_of(make_outside_order(cast, at="shipped"))


def dispute(cast, line, **facts):
    wanted = {"subject": "requirement", "words": "Our tanks end at 400 mm."}
    return said.dispute(by=cast.vendor, line=line, **{**wanted, **facts})


def test_a_line_is_taken_as_ordered(cast, issued):
    made = said.acknowledge(by=cast.vendor, line=issued)
    assert (made.state, made.quantity, made.named_on) == ("noted", 50, issued.order.due_on)
    verbs = Event.objects.filter(noun="vendor statement", number=made.number).order_by("pk")
    assert [(each.verb, each.lots) for each in verbs] == [
        ("make", [issued.traveler.number]),
        ("note", [issued.traveler.number]),
    ]
    with pytest.raises(NotTheMoment) as refused:
        said.acknowledge(by=cast.vendor, line=issued)
    assert str(refused.value) == (
        f"Line {issued} was taken by {cast.vendor.printed_name} already. Nothing more is needed."
    )


def test_only_the_vendor_speaks_for_itself(cast, issued):
    with pytest.raises(NotEntitled) as refused:
        said.acknowledge(by=cast.quality, line=issued)
    assert str(refused.value) == (
        f"{cast.quality.printed_name} may not speak for the vendor; this takes one of: vendor."
    )


def test_nothing_is_said_of_an_order_that_is_done(cast):
    line = line_of(make_outside_order(cast, at="returned"))
    with pytest.raises(NotTheMoment) as refused:
        said.acknowledge(by=cast.vendor, line=line)
    assert str(refused.value) == (
        f"Order {line.order.number} is returned, so this cannot be said of it any more. Write to the shop instead."
    )


def test_a_disputed_order_does_not_leave(cast, issued):
    made = dispute(cast, issued)
    with pytest.raises(OrderDisputed) as refused:
        ship(cast, issued.order)
    assert str(refused.value) == (
        f"{cast.vendor_organization.name} disputes line {issued} ({made.number}: Our tanks end at 400 mm). "
        "Answer it before the pieces leave."
    )
    said.answer_dispute(by=cast.quality, statement=made, is_agreed=False, answer="Use the long tank.")
    assert ship(cast, issued.order).state == OutsideOrder.SHIPPED


def test_what_was_agreed_is_ordered_anew(cast, issued):
    made = dispute(cast, issued, subject="due", named_on=today() + timedelta(days=30))
    answered = said.answer_dispute(
        by=cast.quality, statement=made, is_agreed=True, answer="The 30th will do."
    )
    assert (answered.state, answered.answered_by, answered.answer) == (
        "agreed",
        cast.quality,
        "The 30th will do.",
    )
    with pytest.raises(OrderDisputed) as refused:
        ship(cast, issued.order)
    assert str(refused.value) == (
        f"{cast.vendor_organization.name} disputes line {issued} ({made.number}: Our tanks end at 400 mm), and it was "
        f"agreed. Cancel {issued.order.number} and order what was agreed."
    )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"words": " "}, "Say what cannot be done on line {line}, and what you can do instead."),
        ({"subject": "due"}, "Give the day by which you can return line {line}."),
        ({"subject": "quantity"}, "Give the number of pieces you can do on line {line}."),
    ],
)
def test_a_dispute_says_what_would_do(cast, issued, facts, sentence):
    with pytest.raises(Incomplete) as refused:
        dispute(cast, issued, **facts)
    assert str(refused.value) == sentence.format(line=issued)


def test_one_dispute_at_a_time_and_withdrawn_it_is_over(cast, issued):
    made = dispute(cast, issued)
    for again in (
        lambda: dispute(cast, issued),
        lambda: said.acknowledge(by=cast.vendor, line=issued),
    ):
        with pytest.raises(OrderDisputed) as refused:
            again()
        assert str(refused.value) == (
            f"Line {issued} is disputed by {made.number}. Withdraw the dispute first, or wait for the answer."
        )
    assert said.withdraw_statement(by=cast.vendor, statement=made).state == "withdrawn"
    assert said.acknowledge(by=cast.vendor, line=issued).state == "noted"


def test_an_answer_has_words_and_a_dispute(cast, issued):
    made = dispute(cast, issued)
    with pytest.raises(Incomplete) as refused:
        said.answer_dispute(by=cast.quality, statement=made, is_agreed=False, answer=" ")
    assert str(refused.value) == (f"Say what {cast.vendor_organization.name} is answered on {made.number}.")
    with pytest.raises(NotEntitled):
        said.answer_dispute(by=cast.operator, statement=made, is_agreed=False, answer="No.")
    said.withdraw_statement(by=cast.vendor, statement=made)
    taken = said.acknowledge(by=cast.vendor, line=issued)
    with pytest.raises(NotTheMoment) as refused:
        said.answer_dispute(by=cast.quality, statement=taken, is_agreed=False, answer="No.")
    assert str(refused.value) == f"{taken.number} is no dispute: order taken. Open its own page to answer it."


def announce(cast, line, **facts):
    wanted = {"quantity": 50, "left_on": today(), "carrier": "Van", "document": "PS-9"}
    return said.announce_return(by=cast.vendor, line=line, **{**wanted, **facts})


def test_the_receipt_counts_what_was_announced(cast, away):
    made = announce(cast, away, quantity=48, quantity_rejected=2, words="Two fell off the rack.")
    receipt = receive(cast, away.order, 47, quantity_scrapped=2, quantity_short=1, witness=cast.quality)
    made.refresh_from_db()
    assert (made.state, made.receipt) == ("counted", receipt)
    event = Event.objects.get(noun="vendor statement", number=made.number, verb="count")
    assert event.data["said"] == "good: 48 announced, 47 counted, missing: 0 announced, 1 counted"


def test_a_return_as_announced_differs_in_nothing(cast, away):
    made = announce(cast, away)
    receive(cast, away.order, 50)
    event = Event.objects.get(noun="vendor statement", number=made.number, verb="count")
    assert "said" not in event.data


def test_more_than_is_there_cannot_be_on_its_way(cast, away):
    announce(cast, away, quantity=30)
    for quantity in (21, 0):
        with pytest.raises(Incomplete) as refused:
            announce(cast, away, quantity=quantity)
        assert str(refused.value) == (
            f"20 pieces of line {away} are with you; {quantity} cannot be on their way. Count again."
        )
    assert announce(cast, away, quantity=20).state == "open"


def test_losses_have_a_reason_and_a_return_its_day(cast, away):
    with pytest.raises(Incomplete) as refused:
        announce(cast, away, quantity=49, quantity_short=1)
    assert str(refused.value) == f"Say why pieces of line {away} are rejected or missing."
    tomorrow = today() + timedelta(days=1)
    with pytest.raises(NotTheMoment) as refused:
        announce(cast, away, left_on=tomorrow)
    assert str(refused.value) == (
        f"{tomorrow} is still to come. Announce the return on the day the pieces leave."
    )


def test_nothing_returns_that_never_came(cast, issued):
    with pytest.raises(NotTheMoment) as refused:
        announce(cast, issued)
    assert str(refused.value) == (
        f"Order {issued.order.number} is issued, so this cannot be said of it any more. Write to the shop instead."
    )


def test_a_stranger_reads_none_of_it(cast, issued):
    made = dispute(cast, issued)
    seen = VendorStatement.objects.for_viewer
    assert [each.number for each in seen(cast.vendor)] == [made.number]
    assert (list(seen(cast.stranger_vendor)), list(seen(cast.buyer))) == ([], [])
