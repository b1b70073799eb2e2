"""More came back than was sent: counted as found, put aside, decided by somebody."""

import pytest
from django.db import IntegrityError, transaction

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain.lots import quantity_of
from subcontract.domain.over_returns import decide_over_return, put_aside
from subcontract.domain.receipts import TooMany
from subcontract.models import OutsideOrder, OverReturn
from tests.factories.routes import today
from tests.factories.subcontract import line_of, make_outside_order, receive


@pytest.fixture
def sent(cast) -> OutsideOrder:
    """Fifty pieces at the vendor."""
    return make_outside_order(cast, at="shipped")


def found(cast, order, **facts) -> OverReturn:
    wanted = {"quantity": 2, "found_on": today(), "put_aside_at": "Quarantine shelf Q2"}
    return put_aside(by=cast.operator, line=line_of(order), **{**wanted, **facts})


def test_count_stands_as_found_and_the_lot_holds_what_was_sent(cast, sent):
    with pytest.raises(TooMany, match="put the pieces aside, say where"):
        receive(cast, sent, 52)
    receipt = receive(cast, sent, 52, put_aside_at="Quarantine shelf Q2")
    beyond = OverReturn.objects.get()
    assert (receipt.quantity_returned, quantity_of(receipt.traveler)) == (50, 50)
    assert (beyond.counted, beyond.quantity, beyond.put_aside_at, beyond.decision) == (
        52,
        2,
        "Quarantine shelf Q2",
        "",
    )
    sent.refresh_from_db()
    assert sent.state == OutsideOrder.RETURNED


def test_place_to_put_aside_matters_only_when_too_many_came(cast, sent):
    receipt = receive(cast, sent, 50, put_aside_at="Quarantine shelf Q2")
    assert (receipt.quantity_returned, OverReturn.objects.count()) == (50, 0)


def test_losses_and_pieces_too_many_are_told_apart(cast, sent):
    receipt = receive(
        cast, sent, 51, quantity_scrapped=1, witness=cast.inspector, put_aside_at="Quarantine shelf Q2"
    )
    assert (receipt.quantity_returned, receipt.quantity_scrapped) == (49, 1)
    assert (OverReturn.objects.get().counted, OverReturn.objects.get().quantity) == (51, 2)


def test_pieces_that_come_after_everything_came_are_put_aside(cast, sent):
    receive(cast, sent, 50)
    made = found(cast, sent)
    assert (made.number[:3], made.counted, made.quantity) == ("OR-", 2, 2)


def test_pieces_too_many_need_an_order_that_was_out_a_number_and_a_place(cast, sent):
    draft = make_outside_order(cast, at="issued")
    with pytest.raises(NotTheMoment, match="Nothing was at the vendor"):
        found(cast, draft)
    with pytest.raises(Incomplete, match="how many pieces beyond those sent"):
        found(cast, sent, quantity=0)
    with pytest.raises(Incomplete, match="are kept apart"):
        found(cast, sent, put_aside_at=" ")
    with pytest.raises(NotTheMoment, match="nothing of it can have come back on"):
        found(cast, sent, found_on=today().replace(year=today().year - 1))
    with pytest.raises(NotEntitled):
        put_aside(by=cast.vendor, line=line_of(sent), quantity=1, found_on=today(), put_aside_at="Q2")
    assert found(cast, sent).quantity == 2


@pytest.mark.parametrize("decision", [OverReturn.RETURNED, OverReturn.THEIRS])
def test_quality_decides_once_with_its_reason(cast, sent, decision):
    made = found(cast, sent)
    asked = {"over_return": made, "decision": decision}
    with pytest.raises(NotEntitled):
        decide_over_return(by=cast.operator, reason="Waybill 7.", **asked)
    with pytest.raises(Incomplete, match="Say how you know"):
        decide_over_return(by=cast.quality, reason=" ", **asked)
    with pytest.raises(Incomplete, match="Say what .* were"):
        decide_over_return(by=cast.quality, over_return=made, decision="kept", reason="Waybill 7.")
    decided = decide_over_return(by=cast.quality, reason="Waybill 7.", **asked)
    assert (decided.decision, decided.decided_by, decided.decided_reason) == (
        decision,
        cast.quality,
        "Waybill 7.",
    )
    with pytest.raises(NotTheMoment, match="is decided"):
        decide_over_return(by=cast.quality, reason="Waybill 7.", **asked)


def test_wrong_count_needs_a_witness_who_neither_counted_nor_decides(cast, sent):
    made = found(cast, sent)
    asked = {"over_return": made, "decision": OverReturn.COUNT_ERROR, "reason": "Counted a third time: 50."}
    for witness in (None, cast.operator, cast.quality):
        with pytest.raises(Incomplete, match="somebody else saw the second count"):
            decide_over_return(by=cast.quality, witness=witness, **asked)
    assert decide_over_return(by=cast.quality, witness=cast.inspector, **asked).witness == cast.inspector


@pytest.mark.parametrize(
    "changes",
    [{"quantity": 0}, {"counted": 1}, {"decision": "theirs"}, {"decided_reason": "Because."}],
)
def test_database_keeps_what_was_found_whole(cast, sent, changes):
    made = found(cast, sent)
    with pytest.raises(IntegrityError), transaction.atomic():
        OverReturn.objects.filter(pk=made.pk).update(**changes)


def test_vendor_sees_what_came_back_too_many_on_its_orders(cast, sent):
    made = found(cast, sent)
    assert list(OverReturn.objects.for_viewer(cast.vendor)) == [made]
    assert list(OverReturn.objects.for_viewer(cast.stranger_vendor)) == []
