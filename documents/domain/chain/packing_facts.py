"""How a lot is to be packed, and how it was packed for the shipment it is judged for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PackingFacts:
    """One demand of the order line that still stands; `is_met` is None until it is recorded for the shipment.

    `keeps_long_enough` says whether the days left on the day it leaves, today while it has not left, are those asked
    for; the answer turns by itself when too few are left.
    Units:   `least_days_left` days.
    """

    position: int
    kind: str
    text: str
    least_days_left: int | None = None
    is_met: bool | None = None
    note: str = ""
    expires_on: date | None = None
    keeps_long_enough: bool = True
    recorded_by: str = ""
    recorded_on: date | None = None

    @property
    def words(self) -> str:
        return f"{self.kind.replace('_', ' ')} ({self.text.rstrip('.')})"


PACKING = """
WITH asked AS (
    SELECT * FROM unnest(%(lots)s::bigint[], %(shipments)s::bigint[]) AS asked(lot_id, shipment_id)
), zone AS (
    SELECT COALESCE((SELECT s.time_zone FROM portal_site s JOIN portal_organization o ON o.id = s.organization_id
        WHERE o.kind = 'shop' ORDER BY s.id LIMIT 1), 'UTC') AS name
)
SELECT asked.lot_id, d.position, d.kind, d.text, d.least_days_left, r.is_met, COALESCE(r.note, '') AS note,
    r.expires_on, COALESCE(signed.printed_name, '') AS recorded_by,
    (signed.signed_at AT TIME ZONE zone.name)::date AS recorded_on, r.photo_id,
    COALESCE(r.expires_on - (COALESCE(sh.dispatched_at, now()) AT TIME ZONE zone.name)::date
        >= d.least_days_left, d.least_days_left IS NULL OR r.id IS NULL) AS keeps_long_enough
FROM asked
CROSS JOIN zone
JOIN routes_traveler t ON t.id = asked.lot_id
JOIN routes_packingdemand d ON d.order_line_id = t.order_line_id AND NOT d.is_withdrawn
LEFT JOIN documents_shipment sh ON sh.id = asked.shipment_id
LEFT JOIN LATERAL (
    SELECT * FROM documents_packingrecord p
    WHERE p.shipment_id = asked.shipment_id AND p.traveler_id = asked.lot_id AND p.demand_id = d.id
    ORDER BY p.id DESC LIMIT 1
) r ON TRUE
LEFT JOIN portal_signature signed ON signed.id = r.signature_id
ORDER BY asked.lot_id, d.position
"""


def read_packing(
    shipments: dict[int, int | None],
) -> tuple[dict[int, tuple[PackingFacts, ...]], dict[int, list[tuple[int, str]]]]:
    """Return what is to be packed how, by lot, and the photos with what they show, in one statement.

    shipments: the shipment each lot is judged for, by the keys of both.
    """
    from documents.domain.chain.facts import grouped, rows

    found = rows(PACKING, lots=list(shipments), shipments=list(shipments.values()))
    photos = defaultdict(list)
    for row in found:
        if row["photo_id"] is not None:
            photos[row["lot_id"]].append((row["photo_id"], f"packing demand {row['position']}"))
    return grouped(found, "lot_id", PackingFacts), dict(photos)
