"""What a package says of lots that left their route: every approved amendment, from the facts the gate judged."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts, StepFacts


def amendment_entries(facts: dict[str, LotFacts]) -> list[dict]:
    """Return every approved amendment of these lots, with its words, its reason and who stands behind it.

    Source:  AS9100D 8.5.6 (changes, who authorised them and what followed are kept).
    """
    return [
        {
            "lot": lot.number,
            "number": each.number,
            "kind": each.kind,
            "title": each.title,
            "words": each.words,
            "reason": each.reason,
            "proposed_by": each.proposed_by,
            "approved_by": each.approved_by,
            "approved_on": each.approved_on,
        }
        for lot in facts.values()
        for each in lot.amendments
        if each.is_approved
    ]


def how_amended(lot: LotFacts, step: StepFacts) -> dict:
    """Return what sets a step of the traveler apart: skipped, added to this lot alone, or done by other words."""
    found = [
        each
        for each in lot.amendments
        if each.is_approved
        and each.sequence == step.sequence
        and each.pass_number in (None, step.pass_number)
    ]
    if step.is_skipped:
        number = next((each.number for each in found if each.kind == "skip"), "an amendment")
        return {"skipped": f"skipped, {number}"}
    return {"amended_by": ", ".join(each.number for each in found)} if found else {}
