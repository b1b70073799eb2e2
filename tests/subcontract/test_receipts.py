"""What comes back: whole, in parts, too few, too many."""

from datetime import timedelta

import pytest

from inspection.domain.nonconformances import open_nonconformance
from portal.domain.errors import Incomplete, NotTheMoment
from routes.domain.lots import SerialsDoNotFit, current_step, quantity_of, serials_of, split
from routes.domain.quantities import WitnessNeeded
from routes.models import QuantityMove, Traveler
from subcontract.domain import receipts
from subcontract.domain.custody import holder_of
from subcontract.domain.receipts import TooMany, out_on_line, receipts_of, record_certificate
from subcontract.models import OutsideOrder, Receipt
from tests.factories.measuring import pass_inspection
from tests.factories.routes import today
from tests.factories.subcontract import (
    ALL_RIGHT,
    accept,
    line_of,
    make_lot_to_send,
    make_outside_order,
    receive,
)


@pytest.fixture
def sent(cast) -> OutsideOrder:
    """Fifty pieces at the vendor."""
    return make_outside_order(cast, at="shipped")


def test_whole_return_brings_the_lot_itself_home(cast, sent):
    receipt = receive(cast, sent, 50)
    lot = line_of(sent).traveler
    assert (receipt.traveler, holder_of(lot), out_on_line(receipt.line)) == (lot, cast.shop_site, [])
    sent.refresh_from_db()
    assert sent.state == OutsideOrder.RETURNED


def test_partial_return_splits_the_lot(cast, sent):
    receipt = receive(cast, sent, 30)
    lot = line_of(sent).traveler
    child = receipt.traveler
    assert (child.number, quantity_of(child), quantity_of(lot)) == (f"{lot.number}/1", 30, 20)
    assert (holder_of(child), holder_of(lot)) == (cast.shop_site, cast.vendor_site)
    assert out_on_line(receipt.line) == [lot]
    sent.refresh_from_db()
    assert sent.state == OutsideOrder.SHIPPED


def test_rest_comes_back_under_the_old_number(cast, sent):
    receive(cast, sent, 30)
    rest = receive(cast, sent, 20)
    assert rest.traveler == line_of(sent).traveler
    sent.refresh_from_db()
    assert sent.state == OutsideOrder.RETURNED


def test_parts_of_a_return_inherit_only_their_own_receipt(cast, sent):
    first, rest = receive(cast, sent, 30), receive(cast, sent, 20)
    later = split(by=cast.operator, traveler=rest.traveler, quantity=5, reason="Two boxes.")
    assert receipts_of(first.traveler) == [first]
    assert receipts_of(rest.traveler) == [rest]
    assert receipts_of(later) == [rest]


def test_lot_split_off_before_it_was_sent_is_not_out(cast):
    lot = make_lot_to_send(cast)
    kept = split(by=cast.operator, traveler=lot, quantity=10, reason="Goes to another vendor.")
    order = make_outside_order(cast, lot=lot, at="shipped")
    assert out_on_line(line_of(order)) == [lot]
    assert (holder_of(kept), holder_of(lot)) == (cast.shop_site, cast.vendor_site)
    receive(cast, order, 40)
    order.refresh_from_db()
    assert order.state == OutsideOrder.RETURNED


def test_lot_set_apart_after_a_partial_return_is_not_out(cast, sent):
    back = receive(cast, sent, 30).traveler
    open_nonconformance(by=cast.inspector, traveler=back, description="Rack marks on the face.", quantity=2)
    assert out_on_line(line_of(sent)) == [line_of(sent).traveler]


def test_over_return_is_an_alarm(cast, sent):
    with pytest.raises(TooMany, match="51 pieces came back .* but only 50 of lot"):
        receive(cast, sent, 51)
    assert Receipt.objects.count() == 0
    receive(cast, sent, 50)


def test_return_after_everything_came_back_is_an_alarm(cast, sent):
    receive(cast, sent, 50)
    with pytest.raises(NotTheMoment, match="is returned"):
        receive(cast, sent, 1)


def test_losses_leave_the_lot_witnessed(cast, sent):
    receipt = receive(cast, sent, 47, quantity_scrapped=2, quantity_short=1, witness=cast.inspector)
    moves = QuantityMove.objects.filter(traveler=receipt.traveler).values_list("kind", "quantity")
    assert list(moves) == [("scrapped", 2), ("correction", 1)]
    assert quantity_of(receipt.traveler) == 47
    sent.refresh_from_db()
    assert sent.state == OutsideOrder.RETURNED


def test_losses_need_a_witness_who_is_another(cast, sent):
    with pytest.raises(Incomplete, match="name the witness"):
        receive(cast, sent, 49, quantity_short=1)
    with pytest.raises(WitnessNeeded):
        receive(cast, sent, 49, quantity_short=1, witness=cast.operator)
    assert (Receipt.objects.count(), Traveler.objects.count()) == (0, 1)


def test_lot_scrapped_whole_by_the_vendor_is_closed(cast, sent):
    receipt = receive(cast, sent, 0, quantity_scrapped=50, witness=cast.inspector)
    receipt.traveler.refresh_from_db()
    sent.refresh_from_db()
    assert (receipt.traveler.state, sent.state) == ("closed", OutsideOrder.RETURNED)


def test_return_says_how_many_and_when(cast, sent):
    with pytest.raises(Incomplete, match="Say how many pieces"):
        receive(cast, sent, 0)
    with pytest.raises(NotTheMoment, match="it cannot have come back on"):
        receipts.receive(
            by=cast.operator,
            line=line_of(sent),
            quantity_returned=50,
            received_on=today() - timedelta(days=1),
        )


def test_order_that_never_left_takes_nothing_back(cast):
    order = make_outside_order(cast, at="issued")
    with pytest.raises(NotTheMoment, match="only what is at the vendor comes back"):
        receive(cast, order, 50)


def test_serials_say_which_pieces_came_back(cast):
    lot = make_lot_to_send(cast, quantity=5, is_serialized=True)
    order = make_outside_order(cast, lot=lot, at="shipped")
    with pytest.raises(SerialsDoNotFit):
        receive(cast, order, 2)
    back = receive(cast, order, 2, serials=("0001", "0004")).traveler
    assert (serials_of(back), serials_of(lot)) == (["0001", "0004"], ["0002", "0003", "0005"])


def test_serials_lost_at_the_vendor_are_gone(cast):
    lot = make_lot_to_send(cast, quantity=5, is_serialized=True)
    order = make_outside_order(cast, lot=lot, at="shipped")
    receive(
        cast,
        order,
        3,
        quantity_scrapped=1,
        quantity_short=1,
        lost_serials=("0002", "0003"),
        witness=cast.inspector,
    )
    assert serials_of(lot) == ["0001", "0004", "0005"]
    moves = QuantityMove.objects.filter(traveler=lot).values_list("kind", "serials")
    assert list(moves) == [("scrapped", ["0002"]), ("correction", ["0003"])]


def test_verified_return_signs_the_step_and_waits_for_its_certificate(cast, sent):
    receipt = receive(cast, sent, 50)
    accept(cast, sent)
    receipt.refresh_from_db()
    sent.refresh_from_db()
    assert (receipt.is_accepted, sent.state) == (True, OutsideOrder.RETURNED)
    assert current_step(receipt.traveler).operation.sequence == 50
    record_certificate(by=cast.quality, receipt=receipt, number="BF-881", on=today(), state="accepted")
    sent.refresh_from_db()
    assert sent.state == OutsideOrder.CLOSED


def test_certificate_that_came_first_closes_the_order_as_well(cast, sent):
    receipt = receive(cast, sent, 50)
    record_certificate(by=cast.quality, receipt=receipt, number="BF-881", on=today(), state="accepted")
    sent.refresh_from_db()
    assert sent.state == OutsideOrder.RETURNED
    accept(cast, sent)
    sent.refresh_from_db()
    assert sent.state == OutsideOrder.CLOSED


def test_each_part_of_a_return_is_verified_by_itself(cast, sent):
    first = receive(cast, sent, 30)
    pass_inspection(cast, first.traveler, receipt_answers=ALL_RIGHT)
    lot = line_of(sent).traveler
    assert (current_step(first.traveler).operation.sequence, current_step(lot).operation.sequence) == (50, 40)
    first.refresh_from_db()
    assert first.is_accepted


def test_return_is_verified_once(cast, sent):
    receipt = receive(cast, sent, 50)
    accept(cast, sent)
    receipt.refresh_from_db()
    with pytest.raises(NotTheMoment, match="is verified already"):
        receipts.accept_receipt(
            by=cast.inspector,
            receipt=receipt,
            is_count_right=True,
            is_identity_right=True,
            is_undamaged=True,
            signature=receipt.acceptance_signature,
        )
