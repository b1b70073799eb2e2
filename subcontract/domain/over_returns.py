"""More came back than was sent: the count stands as found, the rest is put aside until somebody decides."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.models import Person
from portal.permissions import require_quality, require_shop
from routes.domain.lots import lock_lots
from routes.models import Traveler
from subcontract.models import CustodyMove, OutsideOrder, OutsideOrderLine, OverReturn

BACK = (OutsideOrder.SHIPPED, OutsideOrder.RETURNED, OutsideOrder.CLOSED)


@transaction.atomic
def put_aside(
    *,
    by: Person,
    line: OutsideOrderLine,
    quantity: int,
    found_on: date,
    put_aside_at: str,
    document: str = "",
    counted: int | None = None,
) -> OverReturn:
    """Put pieces aside that came on a line beyond what was sent; they enter no lot, and the line's lots wait.

    counted: everything that came with them, when it was more than these.
    Units:   pieces.
    Raises:  NotEntitled; Incomplete without a number of pieces or where they are kept apart; NotTheMoment when the
             order was never at the vendor, or for a day before it left.
    Source:  AS9100D 8.5.4 and 8.7; release rule 26 (a return beyond what left is never booked).
    """
    require_shop(by, "put pieces aside")
    lock_lots(lots_of(line))
    order = lock(line.order)
    if order.state not in BACK:
        raise NotTheMoment(
            f"Nothing was at the vendor on {order.number} ({order.get_state_display().lower()}), so nothing can have "
            "come back too much on it."
        )
    if quantity <= 0:
        raise Incomplete(f"Say how many pieces beyond those sent came back on {line}.")
    if not put_aside_at.strip():
        raise Incomplete(f"Say where the {quantity} pieces too many of {line} are kept apart from the lot.")
    sent_on = CustodyMove.objects.filter(line=line).order_by("pk").values_list("moved_on", flat=True).first()
    if sent_on and found_on < sent_on:
        raise NotTheMoment(f"{line} left on {sent_on}; nothing of it can have come back on {found_on}.")
    made = OverReturn.objects.create(
        number=next_number("OR"),
        line=line,
        counted=counted or quantity,
        quantity=quantity,
        found_on=found_on,
        put_aside_at=put_aside_at.strip(),
        document=document.strip(),
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _tell(by, "put aside pieces of", made, counted=made.counted, quantity=quantity)
    return made


@transaction.atomic
def decide_over_return(
    *, by: Person, over_return: OverReturn, decision: str, reason: str, witness: Person | None = None
) -> OverReturn:
    """Decide what pieces too many were: sent back, somebody else's, or a wrong count that a witness saw.

    Raises:  NotEntitled unless quality decides; NotTheMoment when it is decided; Incomplete without a decision or its
             reason, or for a wrong count without a witness other than who counted and who decides.
    """
    require_quality(by, "decide on pieces that came back too many")
    lock_lots(lots_of(over_return.line))
    current = lock(over_return)
    name = f"{current.number} ({current.quantity} pieces too many on {current.line})"
    if current.decision:
        raise NotTheMoment(f"{name} is decided: {current.get_decision_display().lower()}. Reload the page.")
    if decision not in dict(OverReturn.DECISIONS):
        raise Incomplete(f"Say what {name} were: sent back, somebody else's, or counted wrongly.")
    if not reason.strip():
        raise Incomplete(f"Say how you know what {name} were, with the vendor's answer where there is one.")
    if decision == OverReturn.COUNT_ERROR and witness in (None, by, current.recorded_by):
        raise Incomplete(
            f"{name} were counted wrongly only when somebody else saw the second count: neither who counted first nor "
            "who decides. Name the witness."
        )
    current.decision, current.decided_reason, current.witness = decision, reason.strip(), witness
    current.decided_by, current.decided_at = by, timezone.now()
    current.save()
    _tell(by, "decide pieces too many of", current, decision=decision, reason=reason.strip())
    return current


def lots_of(line: OutsideOrderLine) -> list[str]:
    """Return the numbers of a line's lot and of everything split from it."""
    root = line.traveler.number
    children = Traveler.objects.filter(number__startswith=f"{root}/").order_by("number")
    return [root, *children.values_list("number", flat=True)]


def _tell(by: Person, verb: str, over_return: OverReturn, **data) -> None:
    record_event(
        by=by,
        verb=verb,
        noun="outside order",
        number=over_return.line.order.number,
        lots=lots_of(over_return.line),
        data={"over_return": over_return.number, "line": over_return.line.line_number, **data},
    )
