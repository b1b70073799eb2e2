"""Facts of lots that are not there yet: what a line's released route says, read as if a lot had just been opened on it.

Every statement is that of a lot; only the lot itself and its steps come from the plan. Owners are roles, not people.
"""

from __future__ import annotations

from collections.abc import Iterable

from documents.domain.chain import statements
from documents.domain.chain.facts import Reading, rows
from documents.domain.chain.lot_facts import LotFacts
from portal.models import Person

# keys below zero: no record of any lot can be taken for theirs
LOT = """FROM (
    SELECT -ol.id AS id, o.number || '/' || ol.line_number AS number, NULL::bigint AS material_lot_id,
        rr.id AS route_revision_id, ol.id AS order_line_id, NULL::int AS brought_in_at,
        ol.quantity AS quantity_started, now() AS opened_at, ol.purpose
    FROM routes_orderline ol
    JOIN routes_customerorder o ON o.id = ol.order_id
    JOIN routes_routerevision rr ON rr.part_revision_id = ol.part_revision_id AND rr.state = 'released'
    WHERE -ol.id = ANY(%(lots)s)
) t
"""
STEPS = """
SELECT -ol.id AS lot_id, 0::bigint AS step_id, op.id AS operation_id, '' AS number, op.sequence, op.name,
    op.kind,
    1 AS pass_number, FALSE AS is_signed, FALSE AS is_elsewhere, FALSE AS is_skipped,
    NULL::timestamptz AS signed_at,
    NULL::date AS signed_on, NULL::timestamptz AS entered_at, '' AS late_reason, '' AS signed_by, FALSE AS is_entitled,
    NULL::int AS quantity_in, NULL::int AS quantity_out, 0 AS moved, op.quality_owner, op.timing_owner,
    op.incoming_owner, op.specification_id, op.spec_type, op.spec_class, op.material_condition AS condition,
    op.certificate_type, op.is_irreversible, op.changes_surface,
    EXISTS (SELECT 1 FROM routes_setup WHERE operation_id = op.id AND state IN ('approved', 'withdrawn')) AS has_setup
FROM routes_orderline ol
JOIN routes_routerevision rr ON rr.part_revision_id = ol.part_revision_id AND rr.state = 'released'
JOIN routes_operation op ON op.route_revision_id = rr.id
WHERE -ol.id = ANY(%(lots)s)
ORDER BY ol.id, op.sequence
"""
OWNERS = ("quality_owner", "timing_owner", "incoming_owner")


class PlannedReading(Reading):
    """One reading of lines instead of lots."""

    def lot_rows(self) -> list[dict]:
        planned = statements.LOTS.replace("FROM routes_traveler t\n", LOT)
        return rows(planned, lots=self.ids)

    def step_rows(self) -> list[dict]:
        roles = {code: f"the {words.lower()}" for code, words in Person.ROLES}
        return [
            row | {owner: roles.get(row[owner], "") for owner in OWNERS} for row in rows(STEPS, lots=self.ids)
        ]


def read_planned(order_lines: Iterable[int]) -> dict[str, LotFacts]:
    """Return the facts a lot of each line would begin with, by order and line; only with a released route."""
    keys = [-key for key in order_lines]
    return PlannedReading(keys, {}, lambda hashes: {}, asked=False).facts()
