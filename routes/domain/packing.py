"""What an order line demands of the packed pieces: marking, preservation, label, shelf life, as the order words it."""

from __future__ import annotations

from django.db import transaction

from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from routes.domain.lots import lock_lots
from routes.domain.words import require_text
from routes.models import OrderLine, PackingDemand, Traveler
from routes.permissions import PLANNERS, require_role


@transaction.atomic
def add_demand(
    *, by: Person, order_line: OrderLine, kind: str, text: str, least_days_left: int | None = None
) -> PackingDemand:
    """Put a packing demand on an order line; until it is recorded as met nothing of the line ships.

    Units:   `least_days_left` days of shelf life on the day the goods leave; for a shelf life only.
    Raises:  NotEntitled; Incomplete without a known kind, its words, or the days a shelf life needs.
    Source:  AS9100D 8.5.4 (preservation); the order.
    """
    require_role(by=by, roles=PLANNERS, act="put packing demands on order lines")
    lots = _lots_of(order_line)
    lock_lots(lots)
    line = lock(order_line)
    kinds = dict(PackingDemand.KINDS)
    if kind not in kinds:
        raise Incomplete(
            f"Say what order line {line} demands: {', '.join(each.lower() for each in kinds.values())}."
        )
    text = require_text(
        text, f"The packing demand of order line {line} has no words. Copy it from the order."
    )
    if (kind == PackingDemand.SHELF_LIFE) != (least_days_left is not None):
        raise Incomplete(
            f"Say how many days of shelf life order line {line} asks for when the goods leave; only a shelf life "
            "has such days."
        )
    last = line.packing_demands.order_by("-position").values_list("position", flat=True).first() or 0
    demand = PackingDemand.objects.create(
        order_line=line, position=last + 1, kind=kind, text=text, least_days_left=least_days_left
    )
    _tell(by, "put packing demand on", demand, lots)
    return demand


@transaction.atomic
def withdraw_demand(*, by: Person, demand: PackingDemand, reason: str) -> PackingDemand:
    """Take a demand off an order line because the order was amended; what was recorded for it stays on record.

    Raises:  NotEntitled; Incomplete without the amendment that says so; NotTheMoment when it was withdrawn before.
    Source:  AS9100D 8.2.4 (changes to requirements).
    """
    require_role(by=by, roles=PLANNERS, act="withdraw packing demands")
    lots = _lots_of(demand.order_line)
    lock_lots(lots)
    current = lock(demand)
    reason = require_text(reason, f"Name the amendment by which “{current.text}” is asked no more.")
    if current.is_withdrawn:
        raise NotTheMoment(f"“{current.text}” was withdrawn before. Reload the page.")
    current.is_withdrawn = True
    current.save()
    _tell(by, "withdraw packing demand of", current, lots, reason=reason)
    return current


def _tell(by: Person, verb: str, demand: PackingDemand, lots: list[str], *, reason: str = "") -> None:
    record_event(
        by=by,
        verb=verb,
        noun="order",
        number=demand.order_line.order.number,
        lots=lots,
        data={
            "line": demand.order_line.line_number,
            "name": f"{demand.get_kind_display().lower()}: {demand.text}",
            **({"days_left": demand.least_days_left} if demand.least_days_left is not None else {}),
            **({"reason": reason} if reason else {}),
        },
    )


def _lots_of(order_line: OrderLine) -> list[str]:
    return list(Traveler.objects.open().filter(order_line=order_line).values_list("number", flat=True))
