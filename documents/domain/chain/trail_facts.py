"""Edits of a lot after its first signature, each with who reviewed it.

`REGISTER` says what an edit is: an act that changes what was signed, measured or agreed before. What adds something
new, decides something open, or moves the lot on is none; docs/decisions/0020 says why for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from documents.domain.chain.statements import LINEAGE


@dataclass(frozen=True)
class EditFacts:
    """One edit: the act as recorded, who did it, and who reviewed it; `leaf_sha256` is its place in the log."""

    at: datetime
    actor: str
    verb: str
    noun: str
    number: str
    leaf_sha256: str
    reviewed_by: str = ""
    # of a reversal: the records it opened again, and why
    opened: tuple[str, ...] = ()
    reason: str = ""


# verb and noun of the event, and when only some of them count: a condition on the event `e`
REGISTER: tuple[tuple[str, str, str], ...] = (
    # measured
    ("void value of", "inspection", ""),
    ("void", "inspection", ""),
    # signed
    ("sign", "step", "e.data ? 'reason'"),
    ("reopen", "lot", ""),
    ("record_quantity", "lot", "e.data ->> 'kind' = 'correction'"),
    ("disposition_difference", "step", ""),
    # an approval withdrawn is judged anew by two people as it is
    ("undo", "reversal", "e.data ->> 'of' <> 'first article'"),
    ("withdraw", "clause evidence", ""),
    ("withdraw", "waiver", "e.data ->> 'from' = 'granted'"),
    # a split entered with the work runs a moment behind it
    (
        "split",
        "lot",
        "CASE WHEN e.verb = 'split' THEN (e.data ->> 'at')::timestamptz < e.at - interval '1 minute' ELSE FALSE END",
    ),
    # papers
    ("enter", "certificate", "e.data ->> 'from' = 'in_review'"),
    ("revoke", "certificate", ""),
    ("reinstate", "approval", ""),
    # agreed with the customer
    ("answer clause of", "order", "e.data ? 'was'"),
    ("amend_line", "order", ""),
    ("withdraw packing demand of", "order", ""),
    # built
    ("take out of", "lot", ""),
)
IS_EDIT = " OR ".join(
    f"(e.verb = '{verb}' AND e.noun = '{noun}'{f' AND {when}' if when else ''})"
    for verb, noun, when in REGISTER
)

# a review covers exactly the edits it was signed for, and none its signer made
EDITS = (
    LINEAGE
    + f"""
, named AS (
    SELECT l.lot_id, l.cutoff, t.number FROM lineage l JOIN routes_traveler t ON t.id = l.traveler_id
), acts AS MATERIALIZED (
    -- one look into the index of lots for all of them; otherwise every event is held against every lot
    SELECT e.id, e.at, e.actor, e.person_id, e.verb, e.noun, e.number, e.leaf_sha256, unnest(e.lots) AS lot,
        {IS_EDIT} AS is_edit, CASE WHEN e.noun = 'reversal' THEN e.data END AS undone
    FROM portal_event e
    WHERE e.lots && (SELECT array_agg(number) FROM named)::varchar[]
        AND ((e.verb = 'sign' AND e.noun = 'step') OR {IS_EDIT})
), told AS (
    SELECT n.lot_id, e.* FROM named n JOIN acts e ON e.lot = n.number AND (n.cutoff IS NULL OR e.at <= n.cutoff)
), first AS (
    SELECT lot_id, MIN(id) AS id FROM told WHERE verb = 'sign' AND noun = 'step' GROUP BY lot_id
), reviews AS (
    SELECT l.lot_id, r.reviewer_id, signed.printed_name, signed.signed_at,
        convert_from(signed.canonical, 'UTF8')::jsonb #> '{{content,edits}}' AS edits
    FROM lineage l
    JOIN documents_trailreview r ON r.traveler_id = l.traveler_id
    JOIN portal_signature signed ON signed.id = r.signature_id AND (l.cutoff IS NULL OR signed.signed_at <= l.cutoff)
)
SELECT DISTINCT ON (e.lot_id, e.id) e.lot_id, e.at, e.actor, e.verb, e.noun, e.number, e.leaf_sha256,
    COALESCE(reviews.printed_name, '') AS reviewed_by,
    ARRAY(SELECT jsonb_array_elements_text(e.undone -> 'opened')) AS opened,
    COALESCE(e.undone ->> 'reason', '') AS reason
FROM told e
JOIN first ON first.lot_id = e.lot_id AND e.id > first.id
LEFT JOIN reviews ON reviews.lot_id = e.lot_id AND reviews.edits ? e.leaf_sha256
    AND reviews.reviewer_id IS DISTINCT FROM e.person_id
WHERE e.is_edit
ORDER BY e.lot_id, e.id, reviews.signed_at
"""
)


def read_edits(lots: list[int]) -> dict[int, tuple[EditFacts, ...]]:
    """Return the edits of lots after their first signature, by lot and in their order, in one statement."""
    from documents.domain.chain.facts import grouped, rows

    return grouped(rows(EDITS, lots=lots), "lot_id", EditFacts)
