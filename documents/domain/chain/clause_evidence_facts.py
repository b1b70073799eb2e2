"""What shows that the clauses of an order were met for a lot: its own evidence, and what it inherits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from documents.domain.chain.statements import LINEAGE


@dataclass(frozen=True)
class ClauseEvidenceFacts:
    """One paper or presence that shows a clause was met; withdrawn ones are not here.

    `clause` is the clause as it is called, number and revision. `is_overtaken` says that the operation it let go,
    or for a source inspection any operation, was repeated afterwards.
    """

    number: str
    clause: str
    reference: str
    done_on: date
    present: str = ""
    recorded_by: str = ""
    is_overtaken: bool = False


# what was shown before the pass before the latest was signed is of that pass
CLAUSE_EVIDENCE = (
    LINEAGE
    + """
, passes AS (
    SELECT l.lot_id, s.operation_id, op.sequence, s.pass_number, signed.signed_at
    FROM lineage l
    JOIN routes_travelerstep s ON s.traveler_id = l.traveler_id
        AND (l.depth = 0 OR (s.state = 'signed' AND s.signed_at <= l.cutoff))
    JOIN routes_operation op ON op.id = s.operation_id
    LEFT JOIN portal_signature signed ON signed.id = s.signature_id
    WHERE EXISTS (SELECT 1 FROM routes_clauseevidence any_of WHERE any_of.traveler_id IN (
        SELECT same.traveler_id FROM lineage same WHERE same.lot_id = l.lot_id))
)
SELECT l.lot_id, e.number, TRIM(c.number || ' ' || c.revision) AS clause, e.reference, e.done_on, e.present,
    signed.printed_name AS recorded_by, e.file_id,
    c.kind <> 'evidence' AND EXISTS (
        SELECT 1 FROM passes again
        JOIN passes before ON before.lot_id = again.lot_id AND before.operation_id = again.operation_id
            AND before.pass_number = again.pass_number - 1
        WHERE again.lot_id = l.lot_id AND (lc.point_at IS NULL OR again.sequence = lc.point_at)
            AND before.signed_at >= e.recorded_at
    ) AS is_overtaken
FROM lineage l
JOIN routes_clauseevidence e ON e.traveler_id = l.traveler_id AND e.withdrawn_at IS NULL
    AND (l.cutoff IS NULL OR e.recorded_at <= l.cutoff)
JOIN routes_lineclause lc ON lc.id = e.line_clause_id
JOIN routes_qualityclause c ON c.id = lc.clause_id
JOIN portal_signature signed ON signed.id = e.signature_id
ORDER BY l.lot_id, e.id
"""
)


def read_clause_evidence(
    lots: list[int],
) -> tuple[dict[int, tuple[ClauseEvidenceFacts, ...]], dict[int, list[tuple[int, str]]]]:
    """Return the evidence of lots by lot, and the files that hold it with their number, in one statement."""
    from documents.domain.chain.facts import grouped, rows

    found = rows(CLAUSE_EVIDENCE, lots=lots)
    files = defaultdict(list)
    for row in found:
        if row["file_id"] is not None:
            files[row["lot_id"]].append((row["file_id"], row["number"]))
    return grouped(found, "lot_id", ClauseEvidenceFacts), dict(files)
