"""The statement that sums up results: one row for each inspecting step, however many values were measured."""

from __future__ import annotations

from documents.domain.chain.gauge_doubt_facts import FINDINGS
from documents.domain.chain.statements import LINEAGE

# what sources print when they reject a piece; their verdict stays beside ours and may not contradict it
REJECTING_WORDS = ("FAIL", "FAILED", "NOK", "NG", "REJECT", "REJECTED", "OUT", "OUT_OF_TOLERANCE")

# 1 wanted    the latest pass of every operation, as the steps were read
# 2 planned   what each of them is to check, on how many pieces
# 3 inspected which records these are; settled before any value is read, because a planner without statistics
#             would otherwise walk every value once a step
# 4 findings  when a gauge was found out of tolerance, and since when what it read is in doubt
# 5 judged    the readings in doubt somebody decided on, for a lot or for the one it was split from since
# 6 settled   how many pieces a check by a sampling plan wants, and with how many bad ones its plan rejects the lot:
#             what the latest of these records was frozen with
# 7 taken     every standing value of these passes, inherited ones included
# 8 summed    one row for each planned check
# 9 weighed   how many pieces it needs: a lot its plan rejects is sorted, and needs every one
RESULTS = (
    LINEAGE
    + """
, wanted AS (
    SELECT * FROM unnest(%(step_lots)s::bigint[], %(operations)s::bigint[], %(passes)s::int[])
        AS w(lot_id, operation_id, pass_number)
), sizes AS (
    SELECT * FROM unnest(%(lots)s::bigint[], %(quantities)s::bigint[], %(serialized)s::bool[])
        AS q(lot_id, quantity, is_serialized)
), planned AS (
    SELECT w.*, pc.characteristic_id, c.uuid, c.balloon, c.position, q.quantity, q.is_serialized, pc.sampling_rule,
        CASE pc.sampling_rule WHEN 'all' THEN q.quantity WHEN 'first' THEN LEAST(1, q.quantity)
            WHEN 'sample' THEN LEAST(pc.sample_size, q.quantity) END AS needed
    FROM wanted w
    JOIN sizes q USING (lot_id)
    JOIN routes_plannedcheck pc ON pc.operation_id = w.operation_id
    JOIN routes_characteristic c ON c.id = pc.characteristic_id
), inspected AS MATERIALIZED (
    SELECT w.lot_id, w.operation_id, q.is_serialized, r.id AS record_id, r.traveler_id, l.cutoff
    FROM wanted w
    JOIN sizes q USING (lot_id)
    JOIN lineage l ON l.lot_id = w.lot_id
    JOIN routes_travelerstep s ON s.traveler_id = l.traveler_id AND s.operation_id = w.operation_id
        AND s.pass_number = w.pass_number
    JOIN inspection_inspectionrecord r ON r.step_id = s.id AND r.state <> 'voided'
),"""
    + FINDINGS
    + """
, judged AS MATERIALIZED (
    SELECT DISTINCT l.lot_id, j.gauge_id, j.found_on, unnest(j.measurements) AS measurement_id
    FROM lineage l JOIN inspection_readingsjudgement j ON j.traveler_id = l.traveler_id
        AND (l.cutoff IS NULL OR j.decided_at <= l.cutoff)
), settled AS MATERIALIZED (
    SELECT DISTINCT ON (i.lot_id, i.operation_id, p.characteristic_id) i.lot_id, i.operation_id, p.characteristic_id,
        (frozen->>'n')::int AS n, (frozen->>'re')::int AS re
    FROM planned p
    JOIN inspected i USING (lot_id, operation_id)
    JOIN inspection_inspectionrecord r ON r.id = i.record_id
    CROSS JOIN LATERAL jsonb_array_elements(r.plan) AS frozen
    WHERE p.needed IS NULL AND frozen->>'characteristic' = p.uuid::text AND frozen->>'n' IS NOT NULL
    ORDER BY i.lot_id, i.operation_id, p.characteristic_id, i.record_id DESC
), taken AS MATERIALIZED (
    SELECT w.lot_id, w.operation_id, m.characteristic_id, m.id, m.serial, m.verdict, m.measured_on, m.source_file_id,
        NOT w.is_serialized OR EXISTS (
            SELECT 1 FROM routes_piece pi WHERE pi.traveler_id = w.lot_id AND pi.serial = m.serial AND NOT pi.is_gone
        ) AS is_here,
        m.verdict = 'PASS' AND UPPER(TRIM(m.stated)) = ANY(%(rejecting)s) AS is_contradicted,
        m.verdict = 'FAIL' AND NOT EXISTS (
            SELECT 1 FROM inspection_nonconformance n
            WHERE n.measurement_id = m.id
                OR (n.found_on_traveler_id = w.traveler_id AND m.serial = ANY(n.serials))
                OR (n.traveler_id = w.lot_id AND m.serial = ANY(n.serials))
        ) AS is_unattended,
        CASE WHEN m.gauge_id IS NOT NULL AND NOT COALESCE((
            SELECT cal.is_in_tolerance AND m.measured_on <= cal.due_on FROM routes_calibration cal
            WHERE cal.gauge_id = m.gauge_id AND cal.calibrated_on <= m.measured_on
            ORDER BY cal.calibrated_on DESC, cal.id DESC LIMIT 1
        ), FALSE) THEN g.number END AS bad_gauge,
        (SELECT STRING_AGG(f.name, E'\\x1f' ORDER BY f.until) FROM findings f
            WHERE f.gauge_id = m.gauge_id AND m.measured_on <= f.until
                AND (f.since IS NULL OR m.measured_on >= f.since)
                AND NOT EXISTS (
                    SELECT 1 FROM judged j WHERE j.lot_id = w.lot_id AND j.gauge_id = f.gauge_id
                        AND j.found_on = f.until AND j.measurement_id = m.id
                )) AS doubts
    FROM inspected w
    JOIN inspection_measurement m ON m.record_id = w.record_id AND (w.cutoff IS NULL OR m.recorded_at <= w.cutoff)
    LEFT JOIN routes_gauge g ON g.id = m.gauge_id
    WHERE NOT EXISTS (SELECT 1 FROM inspection_measurementvoid v WHERE v.measurement_id = m.id)
), summed AS (
    SELECT p.lot_id, p.operation_id, p.pass_number, p.characteristic_id, p.balloon, p.position, p.needed, p.quantity,
        COUNT(DISTINCT t.serial) FILTER (
            WHERE t.verdict <> 'NONE' AND (p.sampling_rule <> 'all' OR t.is_here)
        ) AS pieces,
        COUNT(DISTINCT t.serial) FILTER (WHERE t.verdict <> 'NONE' AND t.is_here) AS pieces_here,
        COUNT(DISTINCT t.serial) FILTER (WHERE t.verdict = 'FAIL') AS found,
        COUNT(t.id) AS taken, MAX(t.id) AS last_value, MIN(t.measured_on) AS first_on, MAX(t.measured_on) AS last_on,
        COALESCE(BOOL_OR(t.is_unattended AND t.is_here), FALSE) AS is_failing,
        COALESCE(BOOL_OR(t.is_contradicted AND t.is_here), FALSE) AS is_contradicted,
        ARRAY_AGG(DISTINCT t.bad_gauge) FILTER (WHERE t.bad_gauge IS NOT NULL) AS bad_gauges,
        STRING_AGG(DISTINCT t.doubts, E'\\x1f') AS doubts,
        ARRAY_AGG(DISTINCT t.source_file_id) FILTER (WHERE t.source_file_id IS NOT NULL) AS source_files
    FROM planned p LEFT JOIN taken t USING (lot_id, operation_id, characteristic_id)
    GROUP BY p.lot_id, p.operation_id, p.pass_number, p.characteristic_id, p.balloon, p.position, p.needed, p.quantity
), weighed AS (
    SELECT s.*, f.n IS NOT NULL AND s.found >= f.re AS is_rejected,
        CASE WHEN s.needed IS NOT NULL THEN s.needed WHEN s.found >= f.re THEN s.quantity
            ELSE LEAST(f.n, s.quantity) END AS wanted,
        CASE WHEN s.needed IS NULL AND s.found >= f.re THEN s.pieces_here ELSE s.pieces END AS counted
    FROM summed s LEFT JOIN settled f USING (lot_id, operation_id, characteristic_id)
)
SELECT lot_id, op.sequence, pass_number, COUNT(*) AS planned, COUNT(*) FILTER (WHERE counted >= wanted) AS complete,
    COALESCE(ARRAY_AGG(balloon || ' (' || counted || ' of ' || COALESCE(wanted::text, 'its sample')
        || CASE WHEN is_rejected THEN ', rejected by its plan' ELSE '' END || ')' ORDER BY position)
        FILTER (WHERE wanted IS NULL OR counted < wanted), '{}') AS short,
    COALESCE(ARRAY_AGG(balloon ORDER BY position) FILTER (WHERE is_failing), '{}') AS failing,
    COALESCE(ARRAY_AGG(balloon ORDER BY position) FILTER (WHERE is_contradicted), '{}') AS contradicted,
    ARRAY_TO_STRING(ARRAY_AGG(ARRAY_TO_STRING(bad_gauges, ',')) FILTER (WHERE bad_gauges IS NOT NULL), ',')
        AS bad_gauges, STRING_AGG(DISTINCT doubts, E'\\x1f') AS doubts,
    ARRAY_TO_STRING(ARRAY_AGG(ARRAY_TO_STRING(source_files, ',')) FILTER (WHERE source_files IS NOT NULL), ',')
        AS source_files,
    SUM(taken)::bigint AS values, COALESCE(MAX(last_value), 0) AS last_value,
    MIN(first_on) AS first_on, MAX(last_on) AS last_on
FROM weighed JOIN routes_operation op ON op.id = weighed.operation_id
GROUP BY lot_id, op.sequence, pass_number
ORDER BY lot_id, op.sequence
"""
)
