"""Legal holds: proof that stays whatever its retention says, placed by signature and lifted by somebody else's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from documents.models import LegalHold, Shipment, ShipmentLine
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Organization, Person, Signature
from portal.permissions import require_quality
from routes.models import CustomerOrder, Part, Traveler


class PlacerMayNotLift(NotEntitled):
    """Whoever placed a hold does not lift it."""

    code = "placer-may-not-lift"


@transaction.atomic
def place(
    *,
    by: Person,
    reason: str,
    token: str,
    traveler: Traveler | None = None,
    part: Part | None = None,
    order: CustomerOrder | None = None,
    customer: Organization | None = None,
) -> LegalHold:
    """Keep the proof of one lot, part, order or customer until the hold is lifted; it takes force at once.

    Raises:  NotEntitled; Incomplete unless it is over exactly one thing and says why; CredentialRefused.
    Source:  a duty to preserve evidence outlives every retention period.
    """
    require_quality(by, "place legal holds")
    if sum(each is not None for each in (traveler, part, order, customer)) != 1:
        raise Incomplete("Say over what the hold is: one lot, one part, one order or one customer.")
    if not reason.strip():
        raise Incomplete("Say why the proof is held: the case, the claim or the letter that asks for it.")
    one_at_a_time()
    hold = LegalHold(traveler=traveler, part=part, order=order, customer=customer, reason=reason.strip())
    hold.number, hold.placed_by, hold.placed_at = next_number("LH"), by, timezone.now()
    hold.signature = sign(
        by=by,
        token=token,
        meaning=Signature.DISPOSITIONED,
        noun="legal hold",
        number=hold.number,
        content={"over": hold.over, "reason": hold.reason},
    )
    hold.save()
    record_event(
        by=by,
        verb="place",
        noun="legal hold",
        number=hold.number,
        data={"over": hold.over, "reason": hold.reason},
    )
    return hold


@transaction.atomic
def lift(*, by: Person, hold: LegalHold, reason: str, token: str) -> LegalHold:
    """Let retention count again.

    Raises:  NotEntitled; PlacerMayNotLift; NotTheMoment when it was lifted before; Incomplete without a reason;
             CredentialRefused.
    """
    require_quality(by, "lift legal holds")
    current = lock(hold)
    if current.state != LegalHold.PLACED:
        raise NotTheMoment(f"Legal hold {current.number} was lifted before. Reload the page.")
    if current.placed_by_id == by.pk:
        raise PlacerMayNotLift(
            f"{by.printed_name} placed legal hold {current.number} and cannot lift it. "
            "Another quality engineer must."
        )
    if not reason.strip():
        raise Incomplete(f"Say why legal hold {current.number} ends, and who says so.")
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.DISPOSITIONED,
        noun="legal hold",
        number=current.number,
        content={"over": current.over, "held_because": current.reason, "lifted_because": reason.strip()},
    )
    lifted = move(
        current,
        "lift",
        by=by,
        data={"over": current.over, "reason": reason.strip()},
        lift_reason=reason.strip(),
        lift_signature=signature,
    )
    from documents.domain import erasing  # which asks here for holds

    erasing.ask_again(lifted)
    return lifted


def one_at_a_time() -> None:
    """Wait until nobody else places a hold or erases; until the caller's transaction ends nobody does.

    Whoever erases asks for holds after this: a hold is either seen by that question, or placed once it is over.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('legal holds and erasure'))")


def holds_over_lots(lots: Iterable[Traveler]) -> dict[int, list[LegalHold]]:
    """Return the holds in force over each lot, shipped or not: two statements for any number of them."""
    holds, found = _in_force(), defaultdict(list)
    if not holds:
        return found
    rows = Traveler.objects.filter(pk__in=[each.pk for each in lots]).values_list(
        "pk",
        "number",
        "route_revision__part_revision__part_id",
        "order_line__order_id",
        "order_line__order__customer_id",
    )
    for pk, *facts in rows.order_by("pk"):
        for hold in holds:
            if _is_over(hold, *facts):
                found[pk].append(hold)
    return found


def shipments_under(hold: LegalHold) -> QuerySet[Shipment]:
    """Return the shipments whose proof a hold is, or was, over."""
    lines = ShipmentLine.objects.filter(is_active=True)
    if hold.traveler:
        root = _family(hold.traveler.number)
        lines = lines.filter(Q(traveler__number=root) | Q(traveler__number__startswith=f"{root}/"))
    elif hold.part_id:
        lines = lines.filter(order_line__part_revision__part=hold.part_id)
    elif hold.order_id:
        lines = lines.filter(order_line__order=hold.order_id)
    else:
        lines = lines.filter(shipment__customer=hold.customer_id)
    return Shipment.objects.filter(pk__in=lines.values("shipment"))


def holds_over(shipments: Iterable[Shipment]) -> dict[int, list[LegalHold]]:
    """Return the holds in force over each shipment: two statements for any number of them.

    A hold over a lot is one over its whole family: what was split off shares its proof.
    """
    keys = list(shipments)
    found: dict[int, list[LegalHold]] = defaultdict(list)
    holds = _in_force()
    if not holds:
        return found
    lines = ShipmentLine.objects.filter(shipment__in=[each.pk for each in keys], is_active=True).values_list(
        "shipment_id",
        "traveler__number",
        "order_line__part_revision__part_id",
        "order_line__order_id",
        "shipment__customer_id",
    )
    for shipment, *facts in lines.order_by("pk"):
        for hold in holds:
            if _is_over(hold, *facts) and hold not in found[shipment]:
                found[shipment].append(hold)
    return found


def _in_force() -> list[LegalHold]:
    joins = ("traveler", "part", "order", "customer")
    return list(LegalHold.objects.filter(state=LegalHold.PLACED).select_related(*joins).order_by("pk"))


def _is_over(hold: LegalHold, lot: str, part: int, order: int, customer: int) -> bool:
    return (
        hold.part_id == part
        or hold.order_id == order
        or hold.customer_id == customer
        or (hold.traveler is not None and _family(hold.traveler.number) == _family(lot))
    )


def _family(number: str) -> str:
    return number.partition("/")[0]
