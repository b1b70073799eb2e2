"""The statements that read facts: one for each noun, the same for one lot or a thousand.

`LINEAGE` says whose records are a lot's own: its own, and those of each ancestor up to the moment of the split.
"""

from __future__ import annotations

from documents.domain.chain.approval_facts import limit_sql

LINEAGE = """
WITH RECURSIVE lineage(lot_id, traveler_id, cutoff, depth) AS (
    SELECT id, id, NULL::timestamptz, 0 FROM routes_traveler WHERE id = ANY(%(lots)s)
    UNION ALL
    SELECT l.lot_id, t.parent_id, LEAST(l.cutoff, t.split_at), l.depth + 1
    FROM lineage l JOIN routes_traveler t ON t.id = l.traveler_id
    WHERE t.parent_id IS NOT NULL
)
"""

LOTS = (
    """
SELECT t.id, t.number, t.material_lot_id, t.route_revision_id, t.order_line_id, t.brought_in_at, rr.part_revision_id,
    t.quantity_started
        - COALESCE((SELECT SUM(m.quantity) FROM routes_quantitymove m WHERE m.traveler_id = t.id), 0)
        - COALESCE((SELECT SUM(c.quantity_started) FROM routes_traveler c WHERE c.parent_id = t.id), 0) AS quantity,
    customer.name AS customer, customer.id AS customer_id,
    o.number || '/' || ol.line_number AS "order", o.po_number, ol.due_on, ol.fai_regime,
    (t.opened_at AT TIME ZONE 'UTC')::date AS opened_on, t.purpose, ol.purpose AS order_purpose,
    COALESCE((SELECT x.number FROM routes_traveler x JOIN routes_routerevision xr ON xr.id = x.route_revision_id
        WHERE t.purpose = 'production' AND xr.part_revision_id = made.id AND x.purpose = 'prototype'
            AND x.parent_id IS NULL AND x.opened_at < t.opened_at
        ORDER BY x.opened_at, x.id LIMIT 1), '') AS prototype,
    COALESCE((SELECT h.number || ', signed by ' || hs.printed_name FROM routes_productionhandoff h
        JOIN routes_routerevision hr ON hr.id = h.route_revision_id JOIN portal_signature hs ON hs.id = h.signature_id
        WHERE h.part_revision_id = made.id AND hr.route_id = rr.route_id AND hr.revision <= rr.revision
        ORDER BY h.id DESC LIMIT 1), '') AS handoff,
    p.number AS part_number, p.name AS part_name, p.is_serialized,
    ordered.revision AS ordered_revision, made.revision AS part_revision,
    made.drawing_id, rr.number AS route, rr.state AS route_state,
    EXISTS (SELECT 1 FROM inspection_firstarticle f JOIN routes_partrevision fr ON fr.id = f.part_revision_id
        WHERE fr.part_id = p.id AND f.state IN ('approved', 'customer_approved', 'on_condition')) AS has_first_article,
    EXISTS (SELECT 1 FROM routes_component WHERE assembly_id = made.id) AS is_assembly,
    EXISTS (SELECT 1 FROM routes_packingdemand WHERE order_line_id = ol.id AND NOT is_withdrawn) AS has_packing,
    author.printed_name AS route_author, COALESCE(signed.printed_name, '') AS route_released_by,
    COALESCE(signed.person_id = rr.author_id, FALSE) AS is_released_by_author,
    policy.number AS policy_number, policy.left_out AS policy_left_out, sealed.printed_name AS policy_signed_by,
    (sealed.signed_at AT TIME ZONE 'UTC')::date AS policy_signed_on,
    (SELECT json_agg(json_build_array(h.customer_reference, h.approved_on, keeper.printed_name, h.status,
                CASE h.kind WHEN 'aiag_ppap' THEN 'AIAG PPAP level ' || h.level WHEN 'as9145_ppap' THEN 'AS9145 PPAP'
                    ELSE '' END, """
    + limit_sql(
        when="h.status = 'interim'",
        pieces="h.quantity_limit",
        until="h.valid_to",
        part_revision="h.part_revision_id",
        since="h.approved_on",
    )
    + """)
            ORDER BY h.approved_on, h.id)
        FROM inspection_heldapproval h JOIN portal_person keeper ON keeper.id = h.recorded_by_id
        WHERE h.part_revision_id = made.id) AS held_approvals,
    ARRAY(SELECT serial FROM routes_piece WHERE traveler_id = t.id AND NOT is_gone ORDER BY position, id) AS serials
FROM routes_traveler t
JOIN routes_routerevision rr ON rr.id = t.route_revision_id
JOIN routes_partrevision made ON made.id = rr.part_revision_id
JOIN routes_part p ON p.id = made.part_id
JOIN routes_orderline ol ON ol.id = t.order_line_id
JOIN routes_partrevision ordered ON ordered.id = ol.part_revision_id
JOIN routes_customerorder o ON o.id = ol.order_id
JOIN portal_organization customer ON customer.id = o.customer_id
JOIN portal_person author ON author.id = rr.author_id
LEFT JOIN portal_signature signed ON signed.id = rr.release_signature_id
LEFT JOIN documents_checkpolicy policy ON policy.customer_id = o.customer_id AND policy.state = 'in_force'
LEFT JOIN portal_signature sealed ON sealed.id = policy.signature_id
WHERE t.id = ANY(%(lots)s)
ORDER BY t.number
"""
)

NOTES = """
SELECT rr.id AS route_revision_id, n.note_number AS number, n.text,
    CASE WHEN m.operation_id IS NOT NULL THEN 'operation' WHEN m.document <> '' THEN 'document'
         WHEN m.not_applicable_signature_id IS NOT NULL THEN 'not_applicable' ELSE '' END AS answer,
    COALESCE('operation ' || op.sequence || ' ' || op.name, NULLIF(m.document, ''), signed.printed_name, '')
        AS answered_by
FROM routes_routerevision rr
JOIN routes_drawingnote n ON n.part_revision_id = rr.part_revision_id
LEFT JOIN routes_notemapping m ON m.note_id = n.id AND m.route_revision_id = rr.id
LEFT JOIN routes_operation op ON op.id = m.operation_id
LEFT JOIN portal_signature signed ON signed.id = m.not_applicable_signature_id
WHERE rr.id = ANY(%(routes)s)
ORDER BY rr.id, n.id
"""

CLAUSES = """
SELECT lc.order_line_id, c.number, c.revision, c.title, lc.answer, lc.answered_by,
    COALESCE(signed.printed_name, '') AS signed_by, c.kind, lc.point_at, COALESCE(p.printed_name, '') AS mapped_by
FROM routes_lineclause lc
JOIN routes_qualityclause c ON c.id = lc.clause_id
LEFT JOIN portal_signature signed ON signed.id = lc.signature_id
LEFT JOIN portal_person p ON p.id = lc.mapped_by_id
WHERE lc.order_line_id = ANY(%(lines)s)
ORDER BY lc.order_line_id, c.number, c.revision
"""

STEPS = (
    LINEAGE
    + """
, zone AS (
    SELECT COALESCE((SELECT s.time_zone FROM portal_site s JOIN portal_organization o ON o.id = s.organization_id
        WHERE o.kind = 'shop' ORDER BY s.id LIMIT 1), 'UTC') AS name
), latest AS (
    SELECT DISTINCT ON (l.lot_id, s.operation_id) l.lot_id, s.*
    FROM lineage l JOIN routes_travelerstep s ON s.traveler_id = l.traveler_id
    WHERE l.depth = 0 OR s.state = 'elsewhere' OR (s.state = 'signed' AND s.signed_at <= l.cutoff)
        OR (s.state = 'skipped' AND s.skipped_at <= l.cutoff)
    ORDER BY l.lot_id, s.operation_id, s.pass_number DESC, l.depth
)
SELECT s.lot_id, s.id AS step_id, s.operation_id, s.number, op.sequence, op.name, op.kind, s.pass_number,
    s.state = 'signed' AS is_signed, s.state = 'elsewhere' AS is_elsewhere,
    s.state = 'skipped' AS is_skipped, s.signed_at,
    (s.signed_at AT TIME ZONE zone.name)::date AS signed_on, signed.signed_at AS entered_at, s.late_reason,
    COALESCE(signed.printed_name, '') AS signed_by,
    EXISTS (
        SELECT 1 FROM portal_authority a
        WHERE a.person_id = signed.person_id
            AND a.act = CASE WHEN op.kind IN ('inspect', 'outside') THEN 'inspect' ELSE 'sign_step' END
            AND a.valid_from <= signed.signed_at::date
            AND (a.valid_to IS NULL OR a.valid_to >= signed.signed_at::date)
            AND (a.withdrawn_at IS NULL OR a.withdrawn_at > signed.signed_at)
            AND (a.customer_id IS NULL OR a.customer_id = o.customer_id)
            -- a deputy was entitled as long as the one stood in for was
            AND (a.deputy_for_id IS NULL OR EXISTS (
                SELECT 1 FROM portal_authority own JOIN portal_person holder ON holder.id = own.person_id
                WHERE own.id = a.deputy_for_id AND own.valid_from <= signed.signed_at::date
                    AND (own.valid_to IS NULL OR own.valid_to >= signed.signed_at::date)
                    AND (own.withdrawn_at IS NULL OR own.withdrawn_at > signed.signed_at)
                    AND (holder.disabled_at IS NULL OR holder.disabled_at > signed.signed_at)
            ))
    ) AS is_entitled,
    s.quantity_in, s.quantity_out,
    COALESCE((SELECT SUM(m.quantity) FROM routes_quantitymove m WHERE m.step_id = s.id), 0) AS moved,
    COALESCE(quality.printed_name, '') AS quality_owner, COALESCE(timing.printed_name, '') AS timing_owner,
    COALESCE(incoming.printed_name, '') AS incoming_owner,
    op.specification_id, op.spec_type, op.spec_class, op.material_condition AS condition, op.certificate_type,
    op.is_irreversible, op.changes_surface,
    EXISTS (SELECT 1 FROM routes_setup WHERE operation_id = op.id AND state IN ('approved', 'withdrawn')) AS has_setup
FROM latest s
CROSS JOIN zone
JOIN routes_operation op ON op.id = s.operation_id
JOIN routes_traveler t ON t.id = s.lot_id
JOIN routes_orderline ol ON ol.id = t.order_line_id
JOIN routes_customerorder o ON o.id = ol.order_id
LEFT JOIN portal_signature signed ON signed.id = s.signature_id
LEFT JOIN portal_person quality ON quality.id = s.quality_owner_id
LEFT JOIN portal_person timing ON timing.id = s.timing_owner_id
LEFT JOIN portal_person incoming ON incoming.id = s.incoming_owner_id
ORDER BY s.lot_id, op.sequence
"""
)

# what was done before a lot came in holds for all its pieces, whenever the scan was added
ELSEWHERE = (
    LINEAGE
    + """
SELECT l.lot_id, e.number, e.proves, e.state, op.sequence, e.description, e.reference, e.done_on, e.file_id,
    recorder.printed_name AS recorded_by, (e.recorded_at AT TIME ZONE 'UTC')::date AS recorded_on,
    COALESCE(signed.printed_name, '') AS reviewed_by, e.review_reason
FROM lineage l
JOIN routes_recordedelsewhere e ON e.traveler_id = l.traveler_id
JOIN portal_person recorder ON recorder.id = e.recorded_by_id
LEFT JOIN routes_operation op ON op.id = e.operation_id
LEFT JOIN portal_signature signed ON signed.id = e.review_signature_id
ORDER BY l.lot_id, e.id
"""
)

HOLDS = (
    LINEAGE
    + """
SELECT l.lot_id, h.number, t.number AS lot, h.reason, p.printed_name AS placed_by,
    (h.placed_at AT TIME ZONE 'UTC')::date AS placed_on
FROM lineage l
JOIN routes_hold h ON h.traveler_id = l.traveler_id AND (l.cutoff IS NULL OR h.placed_at <= l.cutoff)
JOIN routes_traveler t ON t.id = h.traveler_id
JOIN portal_person p ON p.id = h.placed_by_id
WHERE h.state = 'placed'
ORDER BY l.lot_id, h.id
"""
)

RUNS = (
    LINEAGE
    + """
SELECT l.lot_id, r.id AS run_id, op.sequence, s.pass_number,
    TRIM(r.fixture || ' ' || r.fixture_revision) AS fixture, r.machine, p.printed_name AS recorded_by,
    (r.recorded_at AT TIME ZONE 'UTC')::date AS recorded_on,
    COALESCE(su.number || CASE WHEN su.name <> '' THEN ' (' || su.name || ')' ELSE '' END, '') AS setup,
    ARRAY(SELECT ARRAY[d.field, d.locked, d.as_run, (d.disposition_signature_id IS NOT NULL)::text,
            COALESCE(policy.number, '')]
        FROM routes_lockdifference d LEFT JOIN routes_lockpolicy policy ON policy.id = d.routine_by_id
        WHERE d.run_id = r.id ORDER BY d.id) AS differences
FROM lineage l
JOIN routes_travelerstep s ON s.traveler_id = l.traveler_id
JOIN routes_setuprun r ON r.step_id = s.id AND (l.cutoff IS NULL OR r.recorded_at <= l.cutoff)
JOIN routes_operation op ON op.id = s.operation_id
JOIN portal_person p ON p.id = r.recorded_by_id
LEFT JOIN routes_setup su ON su.id = r.setup_id
ORDER BY l.lot_id, r.id
"""
)

MATERIALS = """
SELECT m.id, m.number, m.identifier_kind, m.identifier, m.specification_id, m.condition, m.received_pieces,
    COALESCE((SELECT SUM(COALESCE(t.material_pieces, CASE WHEN t.parent_id IS NULL THEN t.quantity_started END))
        FROM routes_traveler t WHERE t.material_lot_id = m.id), 0)
        + COALESCE((SELECT SUM(u.quantity) FROM routes_componentuse u WHERE u.material_lot_id = m.id), 0) AS issued,
    m.received_on, COALESCE(o.name, NULLIF(m.mill, ''), '') AS supplier
FROM routes_materiallot m LEFT JOIN portal_organization o ON o.id = m.supplier_id
WHERE m.id = ANY(%(materials)s)
"""

# other numbers of a specification are what somebody recorded as "same as", on either of the two
SPECIFICATIONS = """
SELECT s.id, s.number, s.revision, s.process,
    ARRAY(SELECT DISTINCT name FROM routes_specificationrevision o, unnest(o.number || o.same_as) AS name
        WHERE o.number = s.number OR o.number = ANY(s.same_as) OR s.number = ANY(o.same_as) ORDER BY name) AS names
FROM routes_specificationrevision s WHERE s.id = ANY(%(specifications)s)
"""

OUTSIDE_LINES = (
    LINEAGE
    + """
SELECT l.lot_id, o.number AS "order", ol.line_number, o.state, op.sequence, s.pass_number,
    v.name || ', ' || site.name AS site, v.name AS vendor, site.organization_id, o.ordered_on, o.due_on,
    ol.specification_id, ol.spec_type, ol.spec_class, ol.material_condition AS condition, ol.quantity,
    o.issue_signature_id IS NOT NULL AS is_issued, moved.shipped_on, COALESCE(moved.sent, 0) AS sent,
    COALESCE(back.returned, 0) AS returned, COALESCE(back.lost, 0) AS lost,
    COALESCE(beyond.pieces, 0) AS too_many, beyond.found_on AS too_many_since
FROM lineage l
JOIN subcontract_outsideorderline ol ON ol.traveler_id = l.traveler_id
JOIN subcontract_outsideorder o ON o.id = ol.order_id AND o.state NOT IN ('draft', 'cancelled')
JOIN portal_site site ON site.id = o.site_id
JOIN portal_organization v ON v.id = site.organization_id
JOIN routes_travelerstep s ON s.id = ol.step_id
JOIN routes_operation op ON op.id = s.operation_id
LEFT JOIN LATERAL (
    SELECT MIN(m.moved_on) AS shipped_on, MIN(m.recorded_at) AS recorded_at, SUM(m.quantity) AS sent
    FROM subcontract_custodymove m WHERE m.line_id = ol.id AND m.to_site_id = o.site_id
) moved ON TRUE
LEFT JOIN LATERAL (
    SELECT SUM(r.quantity_returned) AS returned, SUM(r.quantity_scrapped + r.quantity_short) AS lost
    FROM subcontract_receipt r WHERE r.line_id = ol.id
) back ON TRUE
LEFT JOIN LATERAL (
    SELECT SUM(b.quantity) AS pieces, MIN(b.found_on) AS found_on
    FROM subcontract_overreturn b WHERE b.line_id = ol.id AND b.decision = ''
) beyond ON TRUE
WHERE l.depth = 0 OR moved.recorded_at <= l.cutoff
ORDER BY l.lot_id, op.sequence, s.pass_number, ol.id
"""
)

RECEIPTS = (
    LINEAGE
    + """
SELECT l.lot_id, o.number AS "order", op.sequence, s.pass_number, r.quantity_returned, r.received_on,
    p.printed_name AS received_by, r.is_count_right, r.is_identity_right, r.is_undamaged,
    signed.signed_at AS accepted_at, r.recorded_at AS entered_at, COALESCE(d.number, '') AS delegation,
    CASE WHEN d.id IS NOT NULL THEN dv.name || ', ' || ds.name ELSE '' END AS counted_at,
    d.id IS NULL OR r.received_on BETWEEN d.valid_from AND LEAST(d.valid_to, d.ended_on - 1) AS is_entitled
FROM lineage l
JOIN subcontract_receipt r ON r.traveler_id = l.traveler_id
JOIN subcontract_outsideorderline ol ON ol.id = r.line_id
JOIN subcontract_outsideorder o ON o.id = ol.order_id
JOIN routes_travelerstep s ON s.id = ol.step_id
JOIN routes_operation op ON op.id = s.operation_id
JOIN portal_person p ON p.id = r.received_by_id
LEFT JOIN portal_signature signed ON signed.id = r.acceptance_signature_id
LEFT JOIN subcontract_delegation d ON d.id = r.delegation_id
LEFT JOIN portal_site ds ON ds.id = d.site_id
LEFT JOIN portal_organization dv ON dv.id = ds.organization_id
WHERE l.depth = 0 OR d.id IS NOT NULL AND r.recorded_at <= l.cutoff OR EXISTS (
    SELECT 1 FROM subcontract_custodymove m
    WHERE m.line_id = r.line_id AND m.traveler_id = r.traveler_id AND m.from_site_id = o.site_id
        AND m.recorded_at <= l.cutoff
)
ORDER BY l.lot_id, r.id
"""
)

# the states of an approval in the order they were recorded, and the registrations its site has on record
SCOPES = """
SELECT a.number, site.organization_id, v.name || ', ' || site.name AS site, a.process, a.spec_number, a.spec_revision,
    a.spec_type, a.spec_class, a.material, COALESCE(c.name, '') AS customer, a.basis,
    lower(a.valid) AS valid_from, COALESCE(upper(a.valid), '9999-12-31'::date) AS valid_until, a.state, a.state_since,
    (now() AT TIME ZONE site.time_zone)::date AS today, past.states, past.sinces,
    held.held_references, held.held_from, held.held_until
FROM subcontract_approvalscope a
JOIN portal_site site ON site.id = a.site_id
JOIN portal_organization v ON v.id = site.organization_id
LEFT JOIN portal_organization c ON c.id = a.customer_id
LEFT JOIN LATERAL (
    SELECT ARRAY_AGG(h.state ORDER BY h.history_id) AS states,
        ARRAY_AGG(h.state_since ORDER BY h.history_id) AS sinces
    FROM subcontract_historicalapprovalscope h WHERE h.id = a.id
) past ON TRUE
LEFT JOIN LATERAL (
    SELECT ARRAY_AGG(r.reference ORDER BY r.id) AS held_references,
        ARRAY_AGG(r.valid_from ORDER BY r.id) AS held_from,
        ARRAY_AGG(LEAST(r.valid_to + 1, r.withdrawn_on) ORDER BY r.id) AS held_until
    FROM portal_registration r
    WHERE r.organization_id = v.id AND (r.site_id IS NULL OR r.site_id = site.id)
) held ON TRUE
WHERE site.organization_id = ANY(%(vendors)s)
ORDER BY a.id
"""

CHARACTERISTICS = """
SELECT rr.id AS route_revision_id, c.balloon, c.name,
    CASE WHEN c.applies_to = 'unspecified' THEN pr.default_applies_to ELSE c.applies_to END AS side, c.is_reference,
    COALESCE(ARRAY_AGG(op.sequence ORDER BY op.sequence) FILTER (WHERE pc.side = 'before'), '{}') AS before,
    COALESCE(ARRAY_AGG(op.sequence ORDER BY op.sequence) FILTER (WHERE pc.side = 'after'), '{}') AS after
FROM routes_routerevision rr
JOIN routes_partrevision pr ON pr.id = rr.part_revision_id
JOIN routes_characteristic c ON c.part_revision_id = pr.id
LEFT JOIN (routes_plannedcheck pc JOIN routes_operation op ON op.id = pc.operation_id)
    ON pc.characteristic_id = c.id AND op.route_revision_id = rr.id
WHERE rr.id = ANY(%(routes)s)
GROUP BY rr.id, c.id, pr.default_applies_to
ORDER BY rr.id, c.position, c.id
"""

INSPECTIONS = (
    LINEAGE
    + """
SELECT DISTINCT ON (l.lot_id, op.sequence, s.pass_number) l.lot_id, r.number, r.kind, op.sequence, s.pass_number,
    r.state, p.printed_name AS inspector, (r.opened_at AT TIME ZONE 'UTC')::date AS opened_on
FROM lineage l
JOIN inspection_inspectionrecord r ON r.traveler_id = l.traveler_id AND (l.cutoff IS NULL OR r.opened_at <= l.cutoff)
JOIN routes_travelerstep s ON s.id = r.step_id
JOIN routes_operation op ON op.id = s.operation_id
JOIN portal_person p ON p.id = r.inspector_id
WHERE r.state <> 'voided'
ORDER BY l.lot_id, op.sequence, s.pass_number, (r.kind IN ('fai', 'customer')), r.id DESC
"""
)

FIRST_ARTICLES = (
    """
SELECT f.part_revision_id, f.number, f.state, rr.number AS route, t.number AS lot, author.printed_name AS author,
    COALESCE(verified.printed_name, '') AS verified_by, COALESCE(approved.printed_name, '') AS approved_by,
    COALESCE(approved.person_id IN (f.author_id, verified.person_id), FALSE) AS is_approved_by_its_maker,
    COALESCE(customer.printed_name, '') AS customer_by,
    (approved.signed_at AT TIME ZONE 'UTC')::date AS approved_on, (f.opened_at AT TIME ZONE 'UTC')::date AS opened_on,
    CASE WHEN undone.id IS NULL THEN '{}' ELSE ARRAY[undone.number, by.printed_name, undone.reason] END AS withdrawn,
    COALESCE((SELECT c.number FROM inspection_firstarticle c WHERE c.corrects_id = f.id
        AND c.state IN ('approved', 'customer_approved', 'on_condition')
        ORDER BY c.id DESC LIMIT 1), '') AS corrected_by,
    CASE WHEN f.form_revision = 'B' THEN '23' ELSE '24' END AS customer_field,
    CASE WHEN f.state = 'on_condition' THEN f.customer_condition ELSE '' END AS condition,
    """
    + limit_sql(
        when="f.state = 'on_condition'",
        pieces="f.condition_quantity",
        until="f.condition_due_on",
        part_revision="f.part_revision_id",
        since="customer.signed_at",
    )
    + """ AS "limit"
FROM inspection_firstarticle f
JOIN routes_routerevision rr ON rr.id = f.route_revision_id
JOIN routes_traveler t ON t.id = f.traveler_id
JOIN portal_person author ON author.id = f.author_id
LEFT JOIN portal_signature verified ON verified.id = f.verified_signature_id
LEFT JOIN portal_signature approved ON approved.id = f.approved_signature_id
LEFT JOIN portal_signature customer ON customer.id = f.customer_signature_id
LEFT JOIN portal_reversal undone ON f.state = 'withdrawn' AND undone.undone_id = f.approved_signature_id
LEFT JOIN portal_signature by ON by.id = undone.signature_id
WHERE f.part_revision_id = ANY(%(part_revisions)s)
ORDER BY f.id
"""
)

# a concession counts until its last day, and for what left under it for ever; `on_shipments` are the pieces
# of other lots that share the nonconformance and left, or are about to; serials are told apart by themselves
NONCONFORMANCES = (
    LINEAGE
    + """
, zone AS (
    SELECT COALESCE((SELECT s.time_zone FROM portal_site s JOIN portal_organization o ON o.id = s.organization_id
        WHERE o.kind = 'shop' ORDER BY s.id LIMIT 1), 'UTC') AS name
), conceded_ones AS MATERIALIZED (
    SELECT DISTINCT n.id, n.traveler_id, n.opened_at FROM lineage l
    JOIN inspection_nonconformance n ON n.traveler_id = l.traveler_id
        AND n.disposition IN ('use_as_is', 'repair')
    JOIN routes_traveler t ON t.id = n.traveler_id
    JOIN routes_routerevision rr ON rr.id = t.route_revision_id
    JOIN routes_partrevision pr ON pr.id = rr.part_revision_id
    JOIN routes_part part ON part.id = pr.part_id AND NOT part.is_serialized
), heirs(id, lot_id, opened_at) AS (
    SELECT * FROM conceded_ones
    UNION ALL
    SELECT heirs.id, t.id, heirs.opened_at FROM heirs JOIN routes_traveler t ON t.parent_id = heirs.lot_id
        AND t.split_at >= heirs.opened_at
), gone AS MATERIALIZED (
    SELECT heirs.id, heirs.lot_id, SUM(sl.quantity)::int AS pieces FROM heirs
    JOIN documents_shipmentline sl ON sl.traveler_id = heirs.lot_id AND sl.is_active
    GROUP BY heirs.id, heirs.lot_id
), left_on AS MATERIALIZED (
    SELECT sl.traveler_id, MAX(sh.dispatched_at) AS dispatched_at FROM documents_shipmentline sl
    JOIN documents_shipment sh ON sh.id = sl.shipment_id AND sh.dispatched_at IS NOT NULL
    WHERE sl.is_active AND sl.traveler_id = ANY(%(lots)s) GROUP BY sl.traveler_id
)
SELECT l.lot_id, n.id AS nonconformance_id, n.number, n.state, n.description, n.quantity,
    p.printed_name AS opened_by, (n.opened_at AT TIME ZONE 'UTC')::date AS opened_on, n.disposition, n.serials,
    (SELECT json_agg(json_build_array(c.number, c.customer_reference, c.quantity_limit, c.serials, c.evidence_id,
                c.valid_to, c.valid_to IS NULL OR c.valid_to
                    >= (COALESCE(left_on.dispatched_at, now()) AT TIME ZONE zone.name)::date)
            ORDER BY c.id)
        FROM inspection_concession c WHERE c.nonconformance_id = n.id) AS conceded,
    COALESCE((SELECT SUM(gone.pieces) FROM gone WHERE gone.id = n.id AND gone.lot_id <> l.lot_id), 0)::int
        AS on_shipments
FROM lineage l
CROSS JOIN zone
LEFT JOIN left_on ON left_on.traveler_id = l.lot_id
JOIN inspection_nonconformance n ON n.traveler_id = l.traveler_id AND (l.cutoff IS NULL OR n.opened_at <= l.cutoff)
JOIN portal_person p ON p.id = n.opened_by_id
ORDER BY l.lot_id, n.id
"""
)

CERTIFICATES = """
SELECT cov.material_lot_id, cov.step_id, c.number, c.kind, c.state, SUM(cov.quantity) AS covered,
    (SELECT SUM(every.quantity) FROM documents_certificatecoverage every WHERE every.certificate_id = c.id)
        AS allocated,
    COALESCE(issuer.name, '') AS issuer, (c.uploaded_at AT TIME ZONE 'UTC')::date AS uploaded_on,
    decided.signed_at AS decided_at, c.decision_reason, c.stated_number, c.stated_on, c.certificate_type,
    COALESCE(v.name || ', ' || site.name, '') AS site, c.po_number, c.part_number, c.part_revision, c.spec_number,
    c.spec_revision, c.spec_type, c.spec_class, c.condition, c.identifier, c.quantity, c.process_from, c.process_to,
    c.signed_name, c.excused, c.file_id
FROM documents_certificatecoverage cov
JOIN documents_certificate c ON c.id = cov.certificate_id
LEFT JOIN portal_organization issuer ON issuer.id = c.issuer_id
LEFT JOIN portal_signature decided ON decided.id = c.decision_signature_id
LEFT JOIN portal_site site ON site.id = c.site_id
LEFT JOIN portal_organization v ON v.id = site.organization_id
WHERE cov.material_lot_id = ANY(%(materials)s) OR cov.step_id = ANY(%(steps)s)
GROUP BY cov.material_lot_id, cov.step_id, c.id, issuer.id, decided.id, site.id, v.id
ORDER BY c.id
"""

FILES = (
    "SELECT id, sha256, original_name FROM portal_storedfile WHERE id = ANY(%(files)s) ORDER BY sha256, id"
)

SHIPMENT_LINES = """
SELECT l.shipment_id, t.number AS lot, l.quantity, l.serials FROM documents_shipmentline l
JOIN routes_traveler t ON t.id = l.traveler_id
WHERE l.shipment_id = ANY(%(shipments)s) AND l.is_active ORDER BY t.number
"""

CONFORMITY = """
SELECT DISTINCT ON (shipment_id) shipment_id, number, revision, content, content_sha256
FROM documents_conformitycertificate
WHERE shipment_id = ANY(%(shipments)s) ORDER BY shipment_id, revision DESC
"""
