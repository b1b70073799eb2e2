"""What came back: counted, split where it came in parts, accepted, proved by a certificate."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.models import Person, Signature
from portal.permissions import require_shop
from routes.domain.lots import lineage, lock_lots, quantity_of, serials_of, split
from routes.domain.quantities import record_quantity_move
from routes.models import QuantityMove, Traveler
from subcontract.domain.announcements import count_announced
from subcontract.domain.custody import hand_over, holder_of, last_move, moves_of, shop_site
from subcontract.domain.delegations import VERIFICATION, require_delegated
from subcontract.domain.over_returns import put_aside
from subcontract.models import CustodyMove, Delegation, OutsideOrder, OutsideOrderLine, Receipt


class TooMany(Refused):
    """More came back than is out: an alarm, never a bookkeeping matter."""

    code = "over-return"


def out_on_line(line: OutsideOrderLine) -> list[Traveler]:
    """Return the lots of a line that are still at its vendor: the lot itself and what was split from it.

    A lot is out on a line when the last move of its pieces took them to the vendor on that line, and nobody counted
    them there in our place.
    """
    return [lot for lot in uncounted_on_line(line) if last_move(lot).line_id == line.pk]


def uncounted_on_line(line: OutsideOrderLine) -> list[Traveler]:
    """Return the lots that went out on a line and were not counted since, at its vendor or sent on from there."""
    root = line.traveler.number
    family = [line.traveler, *Traveler.objects.filter(number__startswith=f"{root}/").order_by("number")]
    return [lot for lot in family if _is_uncounted(lot, line) and quantity_of(lot) > 0]


def _is_uncounted(lot: Traveler, line: OutsideOrderLine) -> bool:
    went = any(each.line_id == line.pk and each.to_site_id == line.order.site_id for each in moves_of(lot))
    return went and not any(receipt.line_id == line.pk for receipt in receipts_of(lot))


def receipts_of(traveler: Traveler) -> list[Receipt]:
    """Return the returns whose pieces are in a lot: its own and those of its ancestors before each split."""
    found: list[Receipt] = []
    for lot, cutoff in lineage(traveler):
        receipts = Receipt.objects.filter(traveler=lot)
        if cutoff is not None:
            receipts = receipts.filter(recorded_at__lte=cutoff)
        found += receipts.select_related(
            "line__specification", "line__order__site__organization", "line__step__operation"
        )
    return sorted(found, key=lambda receipt: receipt.pk)


@transaction.atomic
def receive(
    *,
    by: Person,
    line: OutsideOrderLine,
    quantity_returned: int,
    received_on: date,
    quantity_scrapped: int = 0,
    quantity_short: int = 0,
    document: str = "",
    serials: tuple[str, ...] = (),
    lost_serials: tuple[str, ...] = (),
    witness: Person | None = None,
    put_aside_at: str = "",
) -> Receipt:
    """Take back pieces of one line; what came back is a lot of its own unless everything did.

    Whole return: the lot itself comes home. Partial return: the returned pieces are split off as a child lot that
    comes home, the rest stays at the vendor under the old number. Pieces the vendor scrapped, and pieces missing
    from the count, leave the returned lot as quantity moves, witnessed. Of a serialised part `serials` names the
    pieces that came back in part, `lost_serials` those scrapped, then those missing.

    put_aside_at: where pieces beyond those sent are kept apart, once they were counted twice; they enter no lot.
    Raises:  TooMany when more came than is out and nobody says where they were put aside; NotTheMoment when the
             order is not at the vendor; Incomplete when nothing came, or pieces were scrapped or missing without a
             witness.
    Source:  returned + scrapped + short = sent (release rule 26).
    """
    require_shop(by, "receive pieces from vendors")
    lock_lots([lot.number for lot in out_on_line(line)] or [line.traveler.number])
    order = lock(line.order)
    lot = _lot_to_receive(order, line, received_on)
    counted, quantity_returned = (
        quantity_returned,
        _of_the_lot(line, lot, quantity_returned, quantity_scrapped + quantity_short, put_aside_at),
    )
    total = quantity_returned + quantity_scrapped + quantity_short
    _require_count(line, lot, total, quantity_scrapped + quantity_short, witness)
    if total < quantity_of(lot):
        lot = split(
            by=by,
            traveler=lot,
            quantity=total,
            serials=(*serials, *lost_serials),
            reason=f"Partial return on {line}, {received_on}.",
        )
    _take_home(by, line, lot, total, received_on, document)
    _write_losses(by, line, lot, quantity_scrapped, quantity_short, witness, lost_serials)
    receipt = _write_receipt(
        by, line, lot, (quantity_returned, quantity_scrapped, quantity_short), received_on
    )
    count_announced(by=by, receipt=receipt)
    if too_many := counted - quantity_returned:
        put_aside(
            by=by,
            line=line,
            quantity=too_many,
            counted=counted,
            found_on=received_on,
            put_aside_at=put_aside_at,
            document=document,
        )
    return receipt


@transaction.atomic
def receive_by_delegate(
    *,
    by: Person,
    line: OutsideOrderLine,
    quantity_returned: int,
    counted_on: date,
    reference: str,
    quantity_scrapped: int = 0,
    quantity_short: int = 0,
    serials: tuple[str, ...] = (),
    lost_serials: tuple[str, ...] = (),
    witness: Person | None = None,
) -> Receipt:
    """Write down what a vendor's site counted in our place; the pieces stay where they are.

    Counting is delegated in writing to the site that holds the pieces: the one that worked on them, or the next one
    they were sent on to. Everything else is as if they had come home: in parts, losses, the verification after it.

    reference: the paper of the delegate, by its number.
    Raises:  NotDelegated; NotTheMoment when nothing of the line is out; TooMany; Incomplete without the paper, a
             count, or a witness of what is lost.
    Source:  AS9100D 8.4.2 (delegated verification).
    """
    require_shop(by, "write down what was counted in our place")
    lock_lots([lot.number for lot in uncounted_on_line(line)] or [line.traveler.number])
    order = lock(line.order)
    lot = _lot_to_receive(order, line, counted_on, is_home=False)
    delegation = require_delegated(site=holder_of(lot), traveler=lot, what=VERIFICATION, on=counted_on)
    if not reference.strip():
        raise Incomplete(f"Name the paper by which {delegation.site} says what it counted on {line}.")
    total = quantity_returned + quantity_scrapped + quantity_short
    _require_count(line, lot, total, quantity_scrapped + quantity_short, witness)
    if total < quantity_of(lot):
        lot = split(
            by=by,
            traveler=lot,
            quantity=total,
            serials=(*serials, *lost_serials),
            reason=f"Counted in part by {delegation.site} on {line}, {counted_on}.",
        )
    _write_losses(by, line, lot, quantity_scrapped, quantity_short, witness, lost_serials)
    counts = (quantity_returned, quantity_scrapped, quantity_short)
    return _write_receipt(by, line, lot, counts, counted_on, delegation=delegation, reference=reference)


def _write_receipt(
    by: Person,
    line: OutsideOrderLine,
    lot: Traveler,
    counts: tuple[int, int, int],
    on: date,
    *,
    delegation: Delegation | None = None,
    reference: str = "",
) -> Receipt:
    order, (returned, scrapped, short) = line.order, counts
    receipt = Receipt.objects.create(
        line=line,
        traveler=lot,
        quantity_returned=returned,
        quantity_scrapped=scrapped,
        quantity_short=short,
        received_on=on,
        received_by=by,
        recorded_at=timezone.now(),
        delegation=delegation,
        delegate_reference=reference.strip(),
    )
    data = {"returned": returned, "scrapped": scrapped, "short": short}
    data |= {"delegation": delegation.number} if delegation else {}
    record_event(
        by=by, verb="receive", noun="outside order", number=order.number, lots=[lot.number], data=data
    )
    if not any(uncounted_on_line(each) for each in order.lines.all()):
        move(order, "return", by=by, lots=[lot.number])
    return receipt


def _lot_to_receive(
    order: OutsideOrder, line: OutsideOrderLine, received_on: date, *, is_home: bool = True
) -> Traveler:
    if order.state != OutsideOrder.SHIPPED:
        raise NotTheMoment(
            f"Outside order {order.number} is {order.get_state_display().lower()}; "
            "only what is at the vendor comes back."
        )
    sent_on = CustodyMove.objects.filter(line=line).order_by("pk").values_list("moved_on", flat=True).first()
    if sent_on and received_on < sent_on:
        raise NotTheMoment(f"{line} left on {sent_on}; it cannot have come back on {received_on}.")
    out = out_on_line(line) if is_home else uncounted_on_line(line)
    if not out and is_home and (sent_on := uncounted_on_line(line)):
        raise NotTheMoment(
            f"Lot {sent_on[0].number} was sent on from {order.site} to {holder_of(sent_on[0])}, which counts it in our "
            "place. Write down what it counted."
        )
    if not out:
        raise TooMany(
            f"Everything sent on {line} has come back already. "
            f"Put these pieces aside and ask {order.site} whose they are."
        )
    return out[0]


def _of_the_lot(line: OutsideOrderLine, lot: Traveler, returned: int, lost: int, put_aside_at: str) -> int:
    """Return how many of the pieces that came are of the lot; what is beyond needs a place to be put aside."""
    others = [each for each in out_on_line(line) if each.pk != lot.pk]
    room = quantity_of(lot) - lost
    is_settled = bool(put_aside_at.strip()) and not others and room > 0
    return min(returned, room) if is_settled else returned


def _require_count(
    line: OutsideOrderLine, lot: Traveler, total: int, lost: int, witness: Person | None
) -> None:
    out = quantity_of(lot)
    if total <= 0:
        raise Incomplete(f"Say how many pieces of {line} came back.")
    if total > out:
        raise TooMany(
            f"{total} pieces came back on {line}, but only {out} of lot {lot.number} are out. Count again; if the "
            f"count holds, put the pieces aside, say where, and ask {line.order.site} whose they are."
        )
    if lost and witness is None:
        raise Incomplete(
            f"{lost} pieces of {line} were scrapped or are missing: name the witness who counted too."
        )


def _take_home(
    by: Person, line: OutsideOrderLine, lot: Traveler, total: int, on: date, document: str
) -> None:
    hand_over(
        by=by,
        line=line,
        traveler=lot,
        to_site=shop_site(),
        quantity=total,
        moved_on=on,
        document=document,
        serials=tuple(serials_of(lot)),
    )


def _write_losses(
    by: Person,
    line: OutsideOrderLine,
    lot: Traveler,
    scrapped: int,
    short: int,
    witness: Person | None,
    lost_serials: tuple[str, ...],
) -> None:
    for kind, quantity, serials, words in (
        (QuantityMove.SCRAPPED, scrapped, lost_serials[:scrapped], "Scrapped by the vendor"),
        (QuantityMove.CORRECTION, short, lost_serials[scrapped:], "Missing on return from the vendor"),
    ):
        if quantity:
            record_quantity_move(
                by=by,
                traveler=lot,
                kind=kind,
                quantity=quantity,
                reason=f"{words}, {line}.",
                witness=witness,
                serials=serials,
            )


@transaction.atomic
def accept_receipt(
    *,
    by: Person,
    receipt: Receipt,
    is_count_right: bool,
    is_identity_right: bool,
    is_undamaged: bool,
    signature: Signature,
) -> Receipt:
    """Write the incoming verification onto a receipt; inspection calls this when it completes.

    Source: count, identity and damage stop the next step (release rule 25 as corrected).
    """
    receipt = lock(receipt)
    if receipt.acceptance_signature_id:
        raise NotTheMoment(f"The return of {receipt.traveler.number} on {receipt.line} is verified already.")
    receipt.is_count_right = is_count_right
    receipt.is_identity_right = is_identity_right
    receipt.is_undamaged = is_undamaged
    receipt.acceptance_signature = signature
    receipt.save()
    _close_when_done(by, receipt.line.order)
    return receipt


@transaction.atomic
def record_certificate(*, by: Person, receipt: Receipt, number: str, on: date | None, state: str) -> Receipt:
    """Write number, date and state of the certificate that proves a receipt; documents calls this."""
    receipt = lock(receipt)
    receipt.certificate_number = number
    receipt.certificate_on = on
    receipt.certificate_state = state
    receipt.save()
    _close_when_done(by, receipt.line.order)
    return receipt


def _close_when_done(by: Person, order: OutsideOrder) -> None:
    order = lock(order)
    # a return of which nothing is left has nothing to verify and needs no certificate
    receipts = Receipt.objects.filter(line__order=order, quantity_returned__gt=0)
    waits = receipts.exclude(certificate_state="accepted").exists() or any(
        not r.is_accepted for r in receipts
    )
    if order.state == OutsideOrder.RETURNED and not waits:
        move(order, "close", by=None, lots=[receipt.traveler.number for receipt in receipts])
