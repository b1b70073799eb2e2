"""What was changed of a lot's way for it alone: proposals nobody decided on, and what a second person signed.

A lot has what was approved for its ancestors before it was split off; what was open then stayed with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents.domain.chain.statements import LINEAGE

KINDS = {"redline": "Redline", "skip": "Skip", "add": "Added operation", "repeat": "Repeat"}


@dataclass(frozen=True)
class AmendmentFacts:
    """One amendment, open or approved: what it changes, by which words, why, and who stands behind it.

    `operations` names the operations it touches; `sequence` and `pass_number` are those of a step it changes or adds.
    """

    number: str
    kind: str
    lot: str
    is_approved: bool
    operations: str
    sequence: int | None
    pass_number: int | None
    reason: str
    proposed_by: str
    proposed_on: date
    words: str = ""
    approved_by: str = ""
    approved_on: date | None = None

    @property
    def title(self) -> str:
        """Its kind and what it touches, as people say it."""
        return f"{KINDS[self.kind]} of {self.operations}"


AMENDMENTS = (
    LINEAGE
    + """
SELECT l.lot_id, a.number, a.kind, t.number AS lot, a.state = 'approved' AS is_approved, a.words, a.reason,
    COALESCE(op.sequence, a.sequence) AS sequence, s.pass_number,
    CASE WHEN s.id IS NOT NULL THEN 'operation ' || op.sequence || ' ' || op.name
            || CASE WHEN s.pass_number > 1 THEN ', pass ' || s.pass_number ELSE '' END
         WHEN a.kind = 'add' THEN 'operation ' || a.sequence || ' ' || a.name
         WHEN cardinality(a.repeated) = 1 THEN 'operation ' || a.repeated[1]
         ELSE 'operations ' || array_to_string(a.repeated[1:cardinality(a.repeated) - 1], ', ')
            || ' and ' || a.repeated[cardinality(a.repeated)] END AS operations,
    proposer.printed_name AS proposed_by, (a.proposed_at AT TIME ZONE 'UTC')::date AS proposed_on,
    COALESCE(signed.printed_name, '') AS approved_by, (signed.signed_at AT TIME ZONE 'UTC')::date AS approved_on
FROM lineage l
JOIN routes_traveleramendment a ON a.traveler_id = l.traveler_id
    AND (l.depth = 0 AND a.state IN ('proposed', 'approved') OR a.state = 'approved' AND a.decided_at <= l.cutoff)
JOIN routes_traveler t ON t.id = a.traveler_id
JOIN portal_person proposer ON proposer.id = a.proposed_by_id
LEFT JOIN routes_travelerstep s ON s.id = a.step_id
LEFT JOIN routes_operation op ON op.id = s.operation_id
LEFT JOIN portal_signature signed ON signed.id = a.signature_id
ORDER BY l.lot_id, a.id
"""
)


def read_amendments(lots: list[int]) -> dict[int, tuple[AmendmentFacts, ...]]:
    """Return the amendments of lots that are open or hold, by lot and in their order, in one statement."""
    from documents.domain.chain.facts import grouped, rows

    return grouped(rows(AMENDMENTS, lots=lots), "lot_id", AmendmentFacts)
