"""Waivers that concern a lot: its own, and those asked for on its ancestors before it was split off."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from documents.domain.chain.statements import LINEAGE

REQUESTED, GRANTED = "requested", "granted"


@dataclass(frozen=True)
class WaiverFacts:
    """One waiver of one demand on this lot.

    `is_in_force` holds until its last day has passed; for a lot that left under it, for ever. `left` counts the
    pieces it still lets pass where those are fewer than the lot has, and is None while the lot fits: what other
    lots use up changes nothing here until it stops this one. `is_written` says that the shop recorded what the
    customer had decided in writing.
    """

    number: str
    code: str
    subject: str
    authority: str
    state: str
    quantity_limit: int
    valid_to: date
    requested_by: str
    requested_on: date
    is_in_force: bool = True
    left: int | None = None
    serials: tuple[str, ...] = ()
    decided_by: str = ""
    decided_on: date | None = None
    is_written: bool = False
    reference: str = ""
    reason: str = ""

    @property
    def is_granted(self) -> bool:
        return self.state == GRANTED

    @property
    def limits(self) -> str:
        """What it is limited to, in words."""
        pieces = f"{self.quantity_limit} piece{'' if self.quantity_limit == 1 else 's'}"
        named = f" ({', '.join(self.serials)})" if self.serials else ""
        return f"for at most {pieces}{named}, shipped by {self.valid_to:%-d %b %Y}"


# one withdrawn after the goods had left still counts for those goods, and for nothing else
WAIVERS = (
    LINEAGE
    + """
, zone AS (
    SELECT COALESCE((SELECT s.time_zone FROM portal_site s JOIN portal_organization o ON o.id = s.organization_id
        WHERE o.kind = 'shop' ORDER BY s.id LIMIT 1), 'UTC') AS name
)
SELECT l.lot_id, w.number, w.code, w.subject, w.authority,
    CASE WHEN w.state = 'requested' THEN 'requested' ELSE 'granted' END AS state, w.quantity_limit, w.valid_to,
    requester.printed_name AS requested_by, (w.requested_at AT TIME ZONE 'UTC')::date AS requested_on,
    w.valid_to >= (COALESCE(own.dispatched_at, now()) AT TIME ZONE zone.name)::date AS is_in_force,
    w.quantity_limit - COALESCE(others.quantity, 0) AS left_over, COALESCE(own.quantity, 0) AS own, w.serials,
    COALESCE(signed.printed_name, '') AS decided_by, (signed.signed_at AT TIME ZONE 'UTC')::date AS decided_on,
    w.authority = 'customer' AND signer.organization_id IS DISTINCT FROM o.customer_id AND signed.id IS NOT NULL
        AS is_written,
    w.decision_reference AS reference, w.decision_reason AS reason, w.decision_file_id AS file_id
FROM lineage l
JOIN documents_waiver w ON w.traveler_id = l.traveler_id AND (l.cutoff IS NULL OR w.requested_at <= l.cutoff)
CROSS JOIN zone
JOIN routes_traveler t ON t.id = l.lot_id
JOIN routes_orderline ol ON ol.id = t.order_line_id
JOIN routes_customerorder o ON o.id = ol.order_id
JOIN portal_person requester ON requester.id = w.requested_by_id
LEFT JOIN portal_signature signed ON signed.id = w.decision_signature_id
LEFT JOIN portal_person signer ON signer.id = signed.person_id
LEFT JOIN LATERAL (
    SELECT u.quantity, s.dispatched_at FROM documents_waiveruse u JOIN documents_shipment s ON s.id = u.shipment_id
    WHERE u.waiver_id = w.id AND u.traveler_id = l.lot_id AND u.is_active
) own ON TRUE
LEFT JOIN LATERAL (
    SELECT SUM(u.quantity) AS quantity FROM documents_waiveruse u
    WHERE u.waiver_id = w.id AND u.traveler_id <> l.lot_id AND u.is_active
) others ON TRUE
WHERE w.state = 'granted' OR (w.state = 'withdrawn' AND own.dispatched_at IS NOT NULL)
    OR (w.state = 'requested' AND %(asked)s)
ORDER BY l.lot_id, l.depth, w.id
"""
)


def read_waivers(
    quantities: dict[int, int], *, asked: bool
) -> tuple[dict[int, tuple[WaiverFacts, ...]], dict[int, list[tuple[int, str]]]]:
    """Return the waivers of lots, and the files that show a customer's decision with their waiver, by lot.

    quantities: the pieces of each lot by its key. asked: whether waivers nobody has decided on are told too.
    """
    waivers, files = defaultdict(list), defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(WAIVERS, {"lots": sorted(quantities), "asked": asked})
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in found:
        lot, file = row.pop("lot_id"), row.pop("file_id")
        waivers[lot].append(_waiver(row, quantities[lot]))
        if file is not None and row["state"] == GRANTED:
            files[lot].append((file, row["number"]))
    return {lot: tuple(each) for lot, each in waivers.items()}, files


def _waiver(row: dict, quantity: int) -> WaiverFacts:
    left, own = int(row["left_over"]), row["own"]
    is_enough = own >= quantity or left >= quantity
    facts = {name: value for name, value in row.items() if name not in ("left_over", "own", "serials")}
    return WaiverFacts(**facts, serials=tuple(row["serials"]), left=None if is_enough else left)
