"""Who holds the pieces of a lot, and whether they may leave from there: one statement, no row if never sent out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents.domain.chain.statements import LINEAGE

SHOP = "shop"


@dataclass(frozen=True)
class HolderFacts:
    """The site that holds the pieces since a day. The way to the customer is no fact: the dispatch makes it.

    `ships_by` is the delegation by which that site ships them to their customer, in force on the day they leave.
    """

    name: str
    kind: str
    since: date
    ships_by: str = ""

    @property
    def is_home(self) -> bool:
        return self.kind == SHOP


# until the pieces have left for the customer, today is the day they would
HOLDERS = (
    LINEAGE
    + """
, moved AS (
    SELECT l.lot_id, m.id, m.to_site_id, m.moved_on, o.kind
    FROM lineage l
    JOIN subcontract_custodymove m ON m.traveler_id = l.traveler_id
        AND (l.cutoff IS NULL OR m.recorded_at <= l.cutoff)
    JOIN portal_site s ON s.id = m.to_site_id
    JOIN portal_organization o ON o.id = s.organization_id
), zone AS (
    SELECT COALESCE((SELECT s.time_zone FROM portal_site s JOIN portal_organization o ON o.id = s.organization_id
        WHERE o.kind = 'shop' ORDER BY s.id LIMIT 1), 'UTC') AS name
), held AS (
    SELECT DISTINCT ON (lot_id) lot_id, to_site_id AS site_id, kind, moved_on AS since
    FROM moved WHERE kind <> 'customer' ORDER BY lot_id, id DESC
)
SELECT held.lot_id, v.name || ', ' || site.name AS name, held.kind, held.since, COALESCE(d.number, '') AS ships_by
FROM held
CROSS JOIN zone
JOIN portal_site site ON site.id = held.site_id
JOIN portal_organization v ON v.id = site.organization_id
JOIN routes_traveler t ON t.id = held.lot_id
JOIN routes_routerevision rr ON rr.id = t.route_revision_id
JOIN routes_partrevision made ON made.id = rr.part_revision_id
JOIN routes_orderline ol ON ol.id = t.order_line_id
JOIN routes_customerorder co ON co.id = ol.order_id
LEFT JOIN LATERAL (
    SELECT MAX(moved.moved_on) AS on_day FROM moved WHERE moved.lot_id = held.lot_id AND moved.kind = 'customer'
) gone ON TRUE
LEFT JOIN LATERAL (
    SELECT g.number FROM subcontract_delegation g
    WHERE held.kind = 'vendor' AND g.site_id = held.site_id AND g.is_shipping AND g.customer_id = co.customer_id
        AND (g.part_id IS NULL OR g.part_id = made.part_id)
        AND (g.order_line_id IS NULL OR g.order_line_id = t.order_line_id)
        AND COALESCE(gone.on_day, (now() AT TIME ZONE zone.name)::date)
            BETWEEN g.valid_from AND LEAST(g.valid_to, g.ended_on - 1)
    ORDER BY g.id DESC LIMIT 1
) d ON TRUE
ORDER BY held.lot_id
"""
)


def read_holders(lots: list[int]) -> dict[int, HolderFacts]:
    """Return who holds the pieces of lots by their key; a lot that never left the house is not among them."""
    from documents.domain.chain.facts import make, rows

    return {row["lot_id"]: make(HolderFacts, row) for row in rows(HOLDERS, lots=lots)}
