"""The statements that say what one thing touches: one a kind of thing, the same for ten links or a million.

Each is a seed, which names the lots a link points at, followed by the walk that is the same for all of them.

A seed gives for each lot the moment its link was made, as the chain counts it. Who was split off later inherits it; who
was split off earlier does not. Pieces built into an assembly later carry it there. Two moments are none:
    infinity     of that lot alone, so nothing that was split off or built in has it
    -infinity    each lot that has it says so itself, so the walk looks for assemblies only
"""

from __future__ import annotations

MATERIAL_OF = """
    SELECT t.id, '-infinity'::timestamptz FROM wanted w JOIN routes_traveler t ON t.material_lot_id = w.id
    UNION ALL
    SELECT u.traveler_id, MIN(u.recorded_at) FROM wanted w JOIN routes_componentuse u ON u.material_lot_id = w.id
    GROUP BY u.traveler_id, u.material_lot_id HAVING SUM(u.quantity) > 0
"""

MATERIAL = f"""
WITH RECURSIVE wanted(id) AS (
    SELECT id FROM routes_materiallot WHERE number = %(number)s
), seed(lot_id, since) AS ({MATERIAL_OF})
"""

# one heat may have come in several receipts
HEAT = f"""
WITH RECURSIVE wanted(id) AS (
    SELECT id FROM routes_materiallot WHERE identifier = %(number)s
), seed(lot_id, since) AS ({MATERIAL_OF})
"""

# what it says of a step is inherited with the step: signed before the split, or done before the lot came in
CERTIFICATE = f"""
WITH RECURSIVE covered AS (
    SELECT cov.* FROM documents_certificate c JOIN documents_certificatecoverage cov ON cov.certificate_id = c.id
    WHERE c.number = %(number)s
), wanted(id) AS (
    SELECT DISTINCT material_lot_id FROM covered WHERE material_lot_id IS NOT NULL
), seed(lot_id, since) AS ({MATERIAL_OF}
    UNION ALL
    SELECT s.traveler_id, CASE s.state WHEN 'signed' THEN s.signed_at WHEN 'elsewhere' THEN t.opened_at
        ELSE 'infinity' END
    FROM covered JOIN routes_travelerstep s ON s.id = covered.step_id JOIN routes_traveler t ON t.id = s.traveler_id
)
"""

# pieces split off before they left stayed here
LINES = """
    SELECT line.traveler_id, COALESCE(MIN(m.recorded_at), 'infinity')
    FROM subcontract_outsideorder o
    JOIN subcontract_outsideorderline line ON line.order_id = o.id
    LEFT JOIN subcontract_custodymove m ON m.line_id = line.id AND m.to_site_id = o.site_id
"""

OUTSIDE_ORDER = f"""
WITH RECURSIVE seed(lot_id, since) AS ({LINES}
    WHERE o.number = %(number)s AND o.state NOT IN ('draft', 'cancelled') GROUP BY line.id
)
"""

APPROVAL = f"""
WITH RECURSIVE seed(lot_id, since) AS ({LINES}
    WHERE line.id = ANY(%(lines)s) AND o.state NOT IN ('draft', 'cancelled')
        AND (%(until)s::date IS NULL OR o.ordered_on <= %(until)s)
        AND (%(since)s::date IS NULL OR %(since)s <= GREATEST(o.ordered_on, COALESCE((
            SELECT MAX(r.received_on) FROM subcontract_receipt r WHERE r.line_id = line.id
        ), 'infinity')))
    GROUP BY line.id
)
"""

GAUGE = """
WITH RECURSIVE seed(lot_id, since) AS (
    SELECT r.traveler_id, MIN(m.recorded_at)
    FROM routes_gauge g
    JOIN inspection_measurement m ON m.gauge_id = g.id
    JOIN inspection_inspectionrecord r ON r.id = m.record_id AND r.state <> 'voided'
    WHERE g.number = %(number)s
        AND (%(since)s::date IS NULL OR m.measured_on >= %(since)s)
        AND (%(until)s::date IS NULL OR m.measured_on <= %(until)s)
        AND NOT EXISTS (SELECT 1 FROM inspection_measurementvoid v WHERE v.measurement_id = m.id)
    GROUP BY r.traveler_id
)
"""

PROGRAM = """
WITH RECURSIVE seed(lot_id, since) AS (
    SELECT s.traveler_id, MIN(run.recorded_at)
    FROM routes_setuprun run JOIN routes_travelerstep s ON s.id = run.step_id
    WHERE run.nc_raw_sha256 = %(number)s OR run.nc_cutting_sha256 = %(number)s
    GROUP BY s.traveler_id
)
"""

# 0 first     the earliest moment of each lot, kept apart from no moment
# 1 touched   from lot to lot: what was split off since, and what was built of its pieces since
# 2 lots      each lot once, with the lots whose pieces brought it in; a component taken out again brings nothing
# 3 up        the ancestors of the lots still open, whose moves say where their pieces are
# 4           a row for each lot that holds pieces, with its shipment, its latest package and its customer
WALK = """
, first(lot_id, since) AS (
    SELECT lot_id, MIN(since) FROM seed GROUP BY lot_id, since = '-infinity'
), touched(lot_id, since, brought_by) AS (
    SELECT lot_id, since, NULL::bigint FROM first
    UNION
    SELECT next.* FROM touched CROSS JOIN LATERAL (
        SELECT child.id, touched.since, touched.brought_by FROM routes_traveler child
        WHERE child.parent_id = touched.lot_id AND isfinite(touched.since) AND child.split_at >= touched.since
        UNION ALL
        SELECT u.traveler_id, MIN(u.recorded_at), touched.lot_id FROM routes_componentuse u
        WHERE u.source_lot_id = touched.lot_id AND u.recorded_at >= touched.since
        GROUP BY u.traveler_id HAVING SUM(u.quantity) > 0
    ) next
), lots AS (
    SELECT touched.lot_id, BOOL_OR(touched.brought_by IS NULL) AS is_direct,
        ARRAY_REMOVE(ARRAY_AGG(DISTINCT part.number), NULL) AS brought_by
    FROM touched LEFT JOIN routes_traveler part ON part.id = touched.brought_by GROUP BY touched.lot_id
), up(lot_id, traveler_id, cutoff) AS (
    SELECT t.id, t.id, NULL::timestamptz FROM lots JOIN routes_traveler t ON t.id = lots.lot_id
    WHERE t.state IN ('open', 'complete')
    UNION ALL
    SELECT up.lot_id, t.parent_id, LEAST(up.cutoff, t.split_at)
    FROM up JOIN routes_traveler t ON t.id = up.traveler_id WHERE t.parent_id IS NOT NULL
), holder AS (
    SELECT DISTINCT ON (up.lot_id) up.lot_id, m.to_site_id AS site_id
    FROM up JOIN subcontract_custodymove m
        ON m.traveler_id = up.traveler_id AND (up.cutoff IS NULL OR m.recorded_at <= up.cutoff)
    ORDER BY up.lot_id, m.id DESC
), left_for_good AS (
    SELECT m.traveler_id, SUM(m.quantity) AS pieces FROM routes_quantitymove m
    WHERE m.traveler_id IN (SELECT lot_id FROM lots) GROUP BY m.traveler_id
), split_off AS (
    SELECT c.parent_id, SUM(c.quantity_started) AS pieces FROM routes_traveler c
    WHERE c.parent_id IN (SELECT lot_id FROM lots) GROUP BY c.parent_id
), held AS (
    SELECT lots.*, t.number, t.state, t.route_revision_id, t.order_line_id,
        (t.quantity_started - COALESCE(gone.pieces, 0) - COALESCE(off.pieces, 0))::int AS quantity
    FROM lots JOIN routes_traveler t ON t.id = lots.lot_id
    LEFT JOIN left_for_good gone ON gone.traveler_id = t.id
    LEFT JOIN split_off off ON off.parent_id = t.id
)
SELECT held.number AS lot, held.state, held.quantity, held.is_direct, held.brought_by,
    p.number AS part_number, p.name AS part_name, made.revision AS part_revision,
    c.number AS customer_number, c.name AS customer, o.number AS "order", o.po_number,
    COALESCE(CASE WHEN v.kind <> 'shop' THEN v.name || ', ' || site.name END, '') AS holder,
    COALESCE(sh.number, '') AS shipment, COALESCE(sh.state, '') AS shipment_state,
    (sh.dispatched_at AT TIME ZONE 'UTC')::date AS dispatched_on, COALESCE(package.number, '') AS package
FROM held
JOIN routes_routerevision rr ON rr.id = held.route_revision_id
JOIN routes_partrevision made ON made.id = rr.part_revision_id
JOIN routes_part p ON p.id = made.part_id
JOIN routes_orderline ol ON ol.id = held.order_line_id
JOIN routes_customerorder o ON o.id = ol.order_id
JOIN portal_organization c ON c.id = o.customer_id
LEFT JOIN holder ON holder.lot_id = held.lot_id
LEFT JOIN portal_site site ON site.id = holder.site_id
LEFT JOIN portal_organization v ON v.id = site.organization_id
LEFT JOIN documents_shipmentline sl ON sl.traveler_id = held.lot_id AND sl.is_active
LEFT JOIN documents_shipment sh ON sh.id = sl.shipment_id
LEFT JOIN LATERAL (
    SELECT rp.number FROM documents_releasepackage rp WHERE rp.shipment_id = sh.id
    ORDER BY rp.revision DESC LIMIT 1
) package ON TRUE
WHERE held.quantity > 0
ORDER BY held.number
"""
