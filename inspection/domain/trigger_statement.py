"""The statement that reads lots beside their first articles; rows of (what, whose, contents).

`asked` are production lots, `standing` the approved first articles of their parts, `pair` one of each. A first
article represents what was on record when its author signed it, so its side of the lineage is cut off there. What was
decided against a first article counts for the one that corrects it, change by change: `corrected`. Plans are read
once for all lots that share them, and only where the two sides of a pair differ in them.
"""

from __future__ import annotations

# names are looked up one by one: joined, they would cost the planner more than the reading itself
ARTICLE = """jsonb_build_object(
    'number', f.number, 'state', f.state, 'lot', ft.number,
    'route', (SELECT r.number FROM routes_routerevision r WHERE r.id = f.route_revision_id),
    'part_revision', (SELECT number FROM routes_part WHERE id = fpr.part_id) || ' rev ' || fpr.revision,
    'author', (SELECT printed_name FROM portal_person WHERE id = f.author_id),
    'approved_by', COALESCE((SELECT printed_name FROM portal_signature WHERE id = f.approved_signature_id), ''),
    'customer_by', COALESCE((SELECT printed_name FROM portal_signature WHERE id = f.customer_signature_id), ''),
    'is_partial', f.extent = 'partial',
    'is_approved_by_its_maker', COALESCE((SELECT person_id FROM portal_signature WHERE id = f.approved_signature_id)
        IN (f.author_id, fverified.person_id), FALSE))"""

APPROVED = "('approved', 'customer_approved', 'on_condition')"
# approved, and no approved correction took its place
STANDS = f"""f.state IN {APPROVED} AND NOT EXISTS (SELECT 1 FROM inspection_firstarticle later
        WHERE later.corrects_id = f.id AND later.state IN {APPROVED})"""

ARTICLE_JOINS = """
JOIN routes_traveler ft ON ft.id = f.traveler_id
JOIN routes_partrevision fpr ON fpr.id = f.part_revision_id
JOIN portal_signature fverified ON fverified.id = f.verified_signature_id
"""

MATERIAL = """(SELECT jsonb_build_object(
        'specification', TRIM(spec.number || ' ' || spec.revision), 'condition', m.condition, 'form', m.form,
        'mill', m.mill, 'supplier', COALESCE(supplier.name, ''), 'is_customer_furnished', m.is_customer_furnished)
    FROM routes_materiallot m JOIN routes_specificationrevision spec ON spec.id = m.specification_id
    LEFT JOIN portal_organization supplier ON supplier.id = m.supplier_id WHERE m.id = {lot}.material_lot_id)"""

SIDE = """jsonb_build_object(
    'route_id', {route}, 'revision_id', {revision}, 'route', rr.number,
    'part_revision', p.number || ' rev ' || pr.revision,
    'drawing_revision', pr.drawing_number || ' rev ' || pr.drawing_revision,
    'opened_at', {lot}.opened_at, 'material', """

USED = SIDE.format(lot="pair", route="pair.route_id", revision="pair.revision_id")
USED += MATERIAL.format(lot="pair")
REPRESENTED = SIDE.format(lot="t", route="pair.article_route_id", revision="pair.article_revision_id")
REPRESENTED += MATERIAL.format(lot="t")

STATEMENT = f"""
WITH RECURSIVE asked AS MATERIALIZED (
    SELECT t.id AS lot_id, t.number, split_part(t.number, '/', 1) AS root, t.opened_at, t.material_lot_id,
        rr.id AS route_id, rr.part_revision_id AS revision_id, pr.part_id
    FROM routes_traveler t
    JOIN routes_routerevision rr ON rr.id = t.route_revision_id
    JOIN routes_partrevision pr ON pr.id = rr.part_revision_id
    WHERE t.id = ANY(%(lots)s) AND t.purpose = 'production'
), standing AS MATERIALIZED (
    SELECT f.id AS article_id, f.traveler_id, fpr.part_id, f.part_revision_id, f.route_revision_id, ft.opened_at,
        ft.material_lot_id, split_part(ft.number, '/', 1) AS root, fverified.signed_at AS cutoff, {ARTICLE} AS article
    FROM inspection_firstarticle f {ARTICLE_JOINS}
    WHERE {STANDS} AND fpr.part_id IN (SELECT part_id FROM asked)
), pair AS MATERIALIZED (
    SELECT DISTINCT ON (a.lot_id) a.*, s.article_id, s.traveler_id, s.cutoff, s.article,
        s.part_revision_id AS article_revision_id, s.route_revision_id AS article_route_id,
        s.root = a.root AS is_own
    FROM asked a JOIN standing s ON s.part_id = a.part_id
    ORDER BY a.lot_id, s.root <> a.root,
        CASE WHEN s.root = a.root OR s.opened_at <= a.opened_at THEN 0 ELSE 1 END,
        CASE WHEN s.root = a.root OR s.opened_at <= a.opened_at THEN -s.article_id ELSE s.article_id END
), side AS (
    SELECT 'lot ' || lot_id AS side, lot_id AS traveler_id, NULL::timestamptz AS cutoff FROM pair
    UNION SELECT 'article ' || article_id, traveler_id, cutoff FROM pair
), lineage(side, traveler_id, cutoff, depth) AS (
    SELECT side, traveler_id, cutoff, 0 FROM side
    UNION ALL
    SELECT l.side, t.parent_id, LEAST(l.cutoff, t.split_at), l.depth + 1
    FROM lineage l JOIN routes_traveler t ON t.id = l.traveler_id WHERE t.parent_id IS NOT NULL
), amended AS MATERIALIZED (
    SELECT l.side, a.id, a.kind, jsonb_build_object('number', a.number, 'kind', a.kind,
        'sequence', COALESCE(op.sequence, a.sequence, 0), 'name', COALESCE(op.name, a.name),
        'operation_kind', a.operation_kind, 'words', a.words, 'repeated', a.repeated, 'at', a.decided_at) AS contents
    FROM lineage l
    JOIN routes_traveleramendment a ON a.traveler_id = l.traveler_id AND a.state = 'approved'
        AND (l.cutoff IS NULL OR a.decided_at <= l.cutoff)
    LEFT JOIN routes_travelerstep s ON s.id = a.step_id
    LEFT JOIN routes_operation op ON op.id = s.operation_id
), other_ways AS MATERIALIZED (
    SELECT pair.route_id, pair.article_route_id FROM pair WHERE %(whole)s OR route_id <> article_route_id
        OR EXISTS (SELECT 1 FROM amended a WHERE a.kind IN ('add', 'skip')
            AND a.side IN ('lot ' || pair.lot_id, 'article ' || pair.article_id))
), routes AS MATERIALIZED (
    SELECT route_id FROM other_ways UNION SELECT article_route_id FROM other_ways
), revisions AS MATERIALIZED (
    SELECT revision_id FROM pair WHERE %(whole)s OR revision_id <> article_revision_id
    UNION SELECT article_revision_id FROM pair WHERE %(whole)s OR revision_id <> article_revision_id
), made AS MATERIALIZED (
    SELECT pr.part_id, split_part(t.number, '/', 1) AS root, MIN(s.signed_at) AS first_at, MAX(s.signed_at) AS last_at
    FROM routes_partrevision pr
    JOIN routes_routerevision rr ON rr.part_revision_id = pr.id
    JOIN routes_traveler t ON t.route_revision_id = rr.id AND t.purpose = 'production'
    JOIN routes_travelerstep s ON s.traveler_id = t.id AND s.state = 'signed'
    JOIN routes_operation op ON op.id = s.operation_id AND op.kind IN ('machine', 'deburr', 'wash', 'outside', 'mark')
    WHERE pr.part_id IN (SELECT part_id FROM pair)
    GROUP BY 1, 2
), began AS MATERIALIZED (
    SELECT pair.lot_id, COALESCE(own.first_at, pair.opened_at) AS restarted_at
    FROM pair LEFT JOIN made own ON own.part_id = pair.part_id AND own.root = pair.root
), policy AS (
    SELECT jsonb_build_object('number', number, 'routine', routine, 'lapse_months', lapse_months) AS contents
    FROM inspection_triggerpolicy WHERE state = 'in_force'
), corrected(article_id, baseline_id) AS (
    SELECT DISTINCT article_id, article_id FROM pair
    UNION
    SELECT c.article_id, f.corrects_id
    FROM corrected c JOIN inspection_firstarticle f ON f.id = c.baseline_id WHERE f.corrects_id IS NOT NULL
), evaluated AS MATERIALIZED (
    SELECT e.baseline_id, er.number AS root, e.state, e.id, jsonb_build_object(
        'number', e.number, 'state', e.state, 'decision', e.decision, 'root', er.number, 'changes', e.changes,
        'scope', e.scope,
        'baseline_id', e.baseline_id, 'opened_at', e.opened_at, 'decided_by', COALESCE(signed.printed_name, ''),
        'articles', (SELECT jsonb_agg({ARTICLE} ORDER BY f.id) FROM inspection_firstarticle f {ARTICLE_JOINS}
            WHERE f.evaluation_id = e.id AND {STANDS})) AS contents
    FROM inspection_triggerevaluation e
    JOIN routes_traveler er ON er.id = e.traveler_id
    LEFT JOIN portal_signature signed ON signed.id = e.signature_id
    WHERE e.baseline_id IN (SELECT baseline_id FROM corrected) OR er.number IN (SELECT root FROM pair)
)
SELECT 'pair', pair.lot_id::text, jsonb_build_object(
    'lot_id', pair.lot_id, 'number', pair.number, 'root', pair.root, 'article_id', pair.article_id,
    'article', pair.article, 'policy', (SELECT contents FROM policy), 'restarted_at', began.restarted_at,
    'last_production_at', CASE WHEN NOT pair.is_own THEN (
        SELECT MAX(LEAST(m.last_at, began.restarted_at)) FROM made m
        WHERE m.part_id = pair.part_id AND m.root <> pair.root AND m.first_at < began.restarted_at) END,
    'editions', (SELECT jsonb_agg(c.baseline_id) FROM corrected c WHERE c.article_id = pair.article_id),
    'evaluations', (SELECT jsonb_agg(e.contents ORDER BY e.id) FROM evaluated e
        WHERE e.baseline_id IN (SELECT c.baseline_id FROM corrected c WHERE c.article_id = pair.article_id)
            OR (e.root = pair.root AND e.state = 'open')),
    'used', (SELECT {USED})
        FROM routes_routerevision rr JOIN routes_partrevision pr ON pr.id = rr.part_revision_id
        JOIN routes_part p ON p.id = pr.part_id WHERE rr.id = pair.route_id),
    'represented', (SELECT {REPRESENTED})
        FROM routes_traveler t, routes_routerevision rr
        JOIN routes_partrevision pr ON pr.id = rr.part_revision_id JOIN routes_part p ON p.id = pr.part_id
        WHERE rr.id = pair.article_route_id AND t.id = pair.traveler_id))
FROM pair JOIN began ON began.lot_id = pair.lot_id
UNION ALL
SELECT 'run', side, jsonb_agg(contents ORDER BY sequence) FROM (
    SELECT DISTINCT ON (l.side, op.sequence) l.side, op.sequence, jsonb_build_object(
        'sequence', op.sequence, 'fixture', r.fixture, 'fixture_revision', r.fixture_revision,
        'cutting_sha256', r.nc_cutting_sha256, 'raw_sha256', r.nc_raw_sha256, 'machine', r.machine,
        'site', COALESCE(site.name, ''), 'at', r.recorded_at) AS contents
    FROM lineage l
    JOIN routes_travelerstep s ON s.traveler_id = l.traveler_id
    JOIN routes_setuprun r ON r.step_id = s.id AND (l.cutoff IS NULL OR r.recorded_at <= l.cutoff)
    JOIN routes_operation op ON op.id = s.operation_id
    LEFT JOIN portal_site site ON site.id = r.site_id
    ORDER BY l.side, op.sequence, r.id DESC
) runs GROUP BY side
UNION ALL
SELECT 'sent', side, jsonb_agg(contents ORDER BY contents) FROM (
    SELECT l.side, jsonb_build_object('sequence', op.sequence, 'vendor', v.name, 'site', site.name,
        'at', MIN(COALESCE(issued.signed_at, l.cutoff))) AS contents
    FROM lineage l
    JOIN subcontract_outsideorderline ol ON ol.traveler_id = l.traveler_id
    JOIN subcontract_outsideorder o ON o.id = ol.order_id AND o.state NOT IN ('draft', 'cancelled')
    JOIN portal_site site ON site.id = o.site_id
    JOIN portal_organization v ON v.id = site.organization_id
    JOIN routes_travelerstep s ON s.id = ol.step_id
    JOIN routes_operation op ON op.id = s.operation_id
    LEFT JOIN portal_signature issued ON issued.id = o.issue_signature_id
    WHERE CASE WHEN l.depth = 0 THEN l.cutoff IS NULL OR issued.signed_at <= l.cutoff
        ELSE (SELECT MIN(c.recorded_at) FROM subcontract_custodymove c
            WHERE c.line_id = ol.id AND c.to_site_id = o.site_id) <= l.cutoff END
    GROUP BY l.side, op.sequence, v.name, site.name
) lines GROUP BY side
UNION ALL
SELECT 'used', side, jsonb_agg(contents ORDER BY position) FROM (
    SELECT l.side, c.position, jsonb_build_object('identity', c.identity, 'balloon', c.balloon,
        'gauges', jsonb_agg(DISTINCT jsonb_build_array(g.kind, g.number)), 'at', MIN(m.recorded_at)) AS contents
    FROM lineage l
    JOIN inspection_inspectionrecord r ON r.traveler_id = l.traveler_id
        AND r.state IN ('open', 'completed') AND r.kind <> 'customer'
    JOIN inspection_measurement m ON m.record_id = r.id AND (l.cutoff IS NULL OR m.recorded_at <= l.cutoff)
    JOIN routes_gauge g ON g.id = m.gauge_id
    JOIN routes_characteristic c ON c.id = m.characteristic_id
    WHERE NOT EXISTS (SELECT 1 FROM inspection_measurementvoid gone WHERE gone.measurement_id = m.id)
    GROUP BY l.side, c.id
) gauges GROUP BY side
UNION ALL
SELECT 'amended', side, jsonb_agg(contents ORDER BY id) FROM amended GROUP BY side
UNION ALL
SELECT 'feature', pr.id::text, jsonb_agg(jsonb_build_object(
    'identity', c.identity, 'balloon', c.balloon, 'name', c.name, 'requirement', c.requirement,
    'nominal', COALESCE(trim_scale(c.nominal)::text, ''), 'lower', COALESCE(trim_scale(c.lower)::text, ''),
    'upper', COALESCE(trim_scale(c.upper)::text, ''), 'unit', c.unit, 'kind', c.kind, 'designator', c.designator,
    'side', CASE WHEN c.applies_to = 'unspecified' THEN pr.default_applies_to ELSE c.applies_to END,
    'zone', c.zone, 'is_reference', c.is_reference) ORDER BY c.position, c.id)
FROM revisions JOIN routes_partrevision pr ON pr.id = revisions.revision_id
JOIN routes_characteristic c ON c.part_revision_id = pr.id GROUP BY pr.id
UNION ALL
SELECT 'note', rr.id::text, jsonb_agg(jsonb_build_object(
    'number', n.note_number, 'text', n.text, 'sequence', op.sequence) ORDER BY n.id)
FROM (SELECT route_id FROM routes
    UNION SELECT route_id FROM pair WHERE revision_id <> article_revision_id
    UNION SELECT article_route_id FROM pair WHERE revision_id <> article_revision_id) noted
JOIN routes_routerevision rr ON rr.id = noted.route_id
JOIN routes_drawingnote n ON n.part_revision_id = rr.part_revision_id
LEFT JOIN routes_notemapping nm ON nm.note_id = n.id AND nm.route_revision_id = rr.id
LEFT JOIN routes_operation op ON op.id = nm.operation_id GROUP BY rr.id
UNION ALL
SELECT 'operation', routes.route_id::text, jsonb_agg(jsonb_build_object(
    'sequence', op.sequence, 'kind', op.kind, 'name', op.name,
    'specification', COALESCE(TRIM(spec.number || ' ' || spec.revision), ''),
    'choices', CONCAT_WS(', ', NULLIF(op.spec_type, ''), NULLIF(op.spec_class, '')),
    'condition', op.material_condition, 'work_center', op.work_center, 'instructions', op.instructions,
    'changes_surface', op.changes_surface,
    'makes', COALESCE((SELECT jsonb_agg(c.identity ORDER BY c.position) FROM routes_operation_makes om
        JOIN routes_characteristic c ON c.id = om.characteristic_id WHERE om.operation_id = op.id), '[]'))
    ORDER BY op.sequence)
FROM routes JOIN routes_operation op ON op.route_revision_id = routes.route_id
LEFT JOIN routes_specificationrevision spec ON spec.id = op.specification_id GROUP BY routes.route_id
UNION ALL
SELECT 'check', routes.route_id::text, jsonb_agg(jsonb_build_object(
    'identity', c.identity, 'balloon', c.balloon, 'sequence', op.sequence, 'side', pc.side,
    'gauge_kind', pc.gauge_kind,
    'rule', pc.sampling_rule || COALESCE(' of ' || pc.sample_size, '')) ORDER BY op.sequence, c.position)
FROM routes JOIN routes_operation op ON op.route_revision_id = routes.route_id
JOIN routes_plannedcheck pc ON pc.operation_id = op.id
JOIN routes_characteristic c ON c.id = pc.characteristic_id GROUP BY routes.route_id
"""
