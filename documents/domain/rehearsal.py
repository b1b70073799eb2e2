"""The rehearsal of an order line: what will be asked of its lots, by whom and from when, before one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from documents.domain.chain import judge
from documents.domain.chain.planned_facts import read_planned
from documents.domain.chain.slots import Slot
from portal.domain.errors import Refused
from routes.models import OrderLine

# what closes only with the goods packed and the papers signed
LAST_CODES = {"COC", "FILES", "PACK", "TRAIL"}

# the time away of work to the same call-out, from the first pieces sent to the last ones back
TIME_AWAY = """
SELECT op.sequence, op.name, COUNT(back.received_on) AS orders,
    CEIL(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY back.received_on - away.shipped_on))::int AS days
FROM routes_routerevision rr
JOIN routes_operation op ON op.route_revision_id = rr.id AND op.kind = 'outside'
LEFT JOIN subcontract_outsideorderline line ON line.specification_id = op.specification_id
    AND line.spec_type = op.spec_type AND line.spec_class = op.spec_class
LEFT JOIN LATERAL (
    SELECT MIN(moved_on) AS shipped_on FROM subcontract_custodymove WHERE line_id = line.id
) away ON TRUE
LEFT JOIN LATERAL (
    SELECT MAX(received_on) AS received_on FROM subcontract_receipt WHERE line_id = line.id
) back ON TRUE
WHERE rr.part_revision_id = %(part_revision)s AND rr.state = 'released'
GROUP BY op.id ORDER BY op.sequence
"""


class NothingToRehearse(Refused):
    """No released route says what a lot of the line would go through."""

    code = "nothing-to-rehearse"


@dataclass(frozen=True)
class TimeAway:
    """How long pieces were away for one outside operation.

    Units:   `days` is the median of so many `orders`; None when none came back yet.
    """

    sequence: int
    name: str
    orders: int
    days: int | None


@dataclass(frozen=True)
class Coming:
    """One demand that will be made, and the day before which it cannot be met; None where nothing is known of it."""

    slot: Slot
    expected_on: date | None

    @property
    def is_due_now(self) -> bool:
        """Whether it can and must be settled before a lot is opened."""
        return self.slot.stops


@dataclass(frozen=True)
class Rehearsal:
    """What a line will ask for; `ships_from` counts the time away alone, None while some of it is not known."""

    route: str
    coming: tuple[Coming, ...]
    times_away: tuple[TimeAway, ...]
    ships_from: date | None


def rehearse(*, order_line: OrderLine, on: date | None = None) -> Rehearsal:
    """Judge a line as if a lot had just been opened on its released route, and say from when each demand can be met.

    Units:   days in the shop's time zone, reckoned from `on`, today unless another is given.
    Raises:  NothingToRehearse without a released route.
    Source:  AS9100D 8.2.3.1 (review of the requirements before committing to supply), 8.1 (operational planning).
    """
    today = on or timezone.localdate()
    found = list(read_planned([order_line.pk]).values())
    if not found:
        raise NothingToRehearse(
            f"Line {order_line} orders {order_line.part_revision}, and no route of it is released. "
            "Release its route; then everything that will be asked of a lot is known."
        )
    [facts] = found
    times = _times_away(order_line.part_revision_id)
    ready = _ready_days(times, today)
    ships_from = ready[-1][1] if ready else today
    slots = [slot for slot in judge(facts) if slot.state != "na"]
    return Rehearsal(
        route=facts.route,
        coming=tuple(
            Coming(slot, _expected(slot, ready, ships_from)) for slot in slots if not slot.is_closed
        ),
        times_away=times,
        ships_from=ships_from,
    )


def _times_away(part_revision_id: int) -> tuple[TimeAway, ...]:
    with connection.cursor() as cursor:
        cursor.execute(TIME_AWAY, {"part_revision": part_revision_id})
        return tuple(TimeAway(*row) for row in cursor.fetchall())


def _ready_days(times: tuple[TimeAway, ...], today: date) -> list[tuple[int, date | None]]:
    """Return for each outside operation the first day its pieces can be back; unknown from the first unknown on."""
    ready: list[tuple[int, date | None]] = []
    day: date | None = today
    for each in times:
        day = day + timedelta(days=each.days) if day is not None and each.days is not None else None
        ready.append((each.sequence, day))
    return ready


def _expected(slot: Slot, ready: list[tuple[int, date | None]], ships_from: date | None) -> date | None:
    """Return the first day a demand can be met: once the pieces are back from everything up to its operation."""
    if slot.stops:
        return None
    if slot.code in LAST_CODES:
        return ships_from
    place = slot.subject.partition("/")[0]
    passed = [day for sequence, day in ready if place.isdigit() and sequence <= int(place)]
    return passed[-1] if passed else None
