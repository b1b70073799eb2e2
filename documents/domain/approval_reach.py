"""What rests on an approval: orders not sent yet, lots at the vendor, lots back, lots shipped and not accepted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from routes.models import Traveler
from subcontract.domain.approval_reach import lines_resting_on
from subcontract.domain.approvals import gaps_by_approval
from subcontract.domain.standing_days import Gap, Rest, day_at, held_by, rested_on, rests_on, stood_on
from subcontract.models import ApprovalScope, OutsideOrderLine

ORDERED, AT_VENDOR, BACK, SHIPPED, ACCEPTED = "ordered", "at_vendor", "back", "shipped", "accepted"
PLACES = {
    AT_VENDOR: "At the vendor",
    ORDERED: "Ordered, not sent",
    BACK: "Back, not shipped",
    SHIPPED: "Shipped, not accepted yet",
    ACCEPTED: "Accepted by the customer",
}

# the pieces of each line: the lot itself and what was split from it after it was sent, each with when it came back
FAMILIES = """
WITH RECURSIVE sent AS (
    SELECT line.id AS line_id, line.traveler_id, MIN(m.moved_on) AS shipped_on, MIN(m.recorded_at) AS sent_at
    FROM subcontract_outsideorderline line
    JOIN subcontract_outsideorder o ON o.id = line.order_id
    LEFT JOIN subcontract_custodymove m ON m.line_id = line.id AND m.to_site_id = o.site_id
    WHERE line.id = ANY(%(lines)s) GROUP BY line.id
), back AS (
    SELECT r.line_id, r.traveler_id, MAX(r.received_on) AS received_on, MAX(r.recorded_at) AS back_at
    FROM subcontract_receipt r WHERE r.line_id = ANY(%(lines)s) AND r.quantity_returned > 0
    GROUP BY r.line_id, r.traveler_id
), family AS (
    SELECT sent.line_id, sent.traveler_id AS id, sent.shipped_on, sent.sent_at, back.received_on, back.back_at
    FROM sent LEFT JOIN back ON back.line_id = sent.line_id AND back.traveler_id = sent.traveler_id
    UNION ALL
    SELECT f.line_id, child.id, f.shipped_on, f.sent_at,
        COALESCE((SELECT back.received_on FROM back WHERE back.line_id = f.line_id AND back.traveler_id = child.id),
                 CASE WHEN f.back_at <= child.split_at THEN f.received_on END),
        COALESCE((SELECT back.back_at FROM back WHERE back.line_id = f.line_id AND back.traveler_id = child.id),
                 CASE WHEN f.back_at <= child.split_at THEN f.back_at END)
    FROM family f JOIN routes_traveler child ON child.parent_id = f.id AND child.split_at >= f.sent_at
)
SELECT f.line_id, t.number, t.state, f.shipped_on, f.received_on, t.quantity_started
    - COALESCE((SELECT SUM(q.quantity) FROM routes_quantitymove q WHERE q.traveler_id = t.id), 0)
    - COALESCE((SELECT SUM(c.quantity_started) FROM routes_traveler c WHERE c.parent_id = t.id), 0) AS quantity,
    EXISTS (SELECT 1 FROM documents_shipmentline sl JOIN documents_releasepackage p ON p.shipment_id = sl.shipment_id
        WHERE sl.traveler_id = t.id AND sl.is_active AND p.state = 'accepted') AS is_accepted
FROM family f JOIN routes_traveler t ON t.id = f.id
WHERE t.state <> 'closed' ORDER BY t.number, f.line_id
"""


@dataclass(frozen=True)
class ReachLine:
    """One lot on one outside order line that rests on an approval.

    `is_touched` says that the approval did not stand on every day from the order to the return, or to today.
    Units:   `quantity` in pieces the lot holds now.
    """

    place: str
    lot: str
    order: str
    line_number: int
    part: str
    customer: str
    quantity: int
    ordered_on: date
    due_on: date
    shipped_on: date | None
    received_on: date | None
    is_touched: bool


def reach_of(approval: ApprovalScope, *, today: date | None = None) -> list[ReachLine]:
    """Return every lot whose outside work rests on an approval, what was not covered on a day first.

    A line rests on it when every attribute but the days matches. A lot whose package the customer accepted is closed:
    it is named only where the approval did not stand on every day. The same number of statements for any number.

    Source:  AS9100D 8.4.1 and 8.7 (what was done under an approval that ended is found and decided on).
    """
    today = today or day_at(approval.site)
    lines = {line.pk: line for line in lines_resting_on(approval)}
    gaps = gaps_by_approval([approval])[approval.pk]
    held = held_by([approval.site.organization_id])[approval.site.organization_id]
    rests = rests_on(approval.basis, [rest for site, rest in held if site in (None, approval.site_id)])
    found = []
    for line_id, *lot in _families(list(lines)):
        if reached := _reached(lines[line_id], *lot):
            last = max(reached.received_on or today, reached.ordered_on)
            touched = not _stood_throughout(approval, gaps, rests, reached.ordered_on, last)
            if touched or reached.place != ACCEPTED:
                found.append(replace(reached, is_touched=touched))
    order = list(PLACES)
    return sorted(
        found, key=lambda each: (not each.is_touched, order.index(each.place), each.due_on, each.lot)
    )


def _families(lines: list[int]) -> list[tuple]:
    if not lines:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"lines": lines})
        return cursor.fetchall()


def _reached(
    line: OutsideOrderLine,
    lot: str,
    state: str,
    shipped_on: date | None,
    received_on: date | None,
    quantity: int,
    is_accepted: bool,
) -> ReachLine | None:
    """Say where a lot of a line is, or nothing for one that holds no piece any more."""
    if quantity <= 0:
        return None
    if shipped_on is None:
        place = ORDERED
    elif state == Traveler.SHIPPED:
        place = ACCEPTED if is_accepted else SHIPPED
    else:
        place = BACK if received_on else AT_VENDOR
    return ReachLine(
        place=place,
        lot=lot,
        order=line.order.number,
        line_number=line.line_number,
        part=str(line.traveler.route_revision.part_revision),
        customer=line.traveler.order_line.order.customer.name,
        quantity=int(quantity),
        ordered_on=line.order.ordered_on,
        due_on=line.order.due_on,
        shipped_on=shipped_on,
        received_on=received_on,
        is_touched=False,
    )


def _stood_throughout(
    approval: ApprovalScope, gaps: tuple[Gap, ...], rests: tuple[Rest, ...], first: date, last: date
) -> bool:
    """Say whether it stood on every day of a range; between two of its turns nothing changes."""
    turns = {approval.valid.lower, approval.valid.upper, *(day for gap in gaps for day in gap)}
    turns |= {day for _, begins, after in rests for day in (begins, after)}
    days = {first, last, *(day for day in turns if day and first < day < last)}
    return all(day in approval.valid and stood_on(gaps, day) and rested_on(rests, day) for day in days)
