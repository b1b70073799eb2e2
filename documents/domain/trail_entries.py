"""What a release package says of the edits of its lots: before, now, by whom, why, and who reviewed them."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.trail import Edit, edits_told
from portal.look.events import sentence


def trail_entries(facts: dict[str, LotFacts]) -> list[dict]:
    """Return every edit after the first signature of these lots once, in the order of the log."""
    lots: dict[str, list[str]] = {}
    edits = {}
    for lot in facts.values():
        for edit in lot.edits:
            edits[edit.leaf_sha256] = edit
            lots.setdefault(edit.leaf_sha256, []).append(lot.number)
    told = sorted(edits_told(list(edits.values())), key=lambda edit: edit.event.pk)
    return [_entry(edit, lots[edit.event.leaf_sha256]) for edit in told]


def _entry(edit: Edit, lots: list[str]) -> dict:
    words = sentence(edit.event)
    return {
        "lot": ", ".join(lots),
        "at": edit.event.at,
        "by": edit.event.actor,
        "did": f"{words[:1].upper()}{words[1:]}",
        "was": edit.was,
        "now": edit.now,
        "reason": str(edit.event.data.get("reason", "")),
        "reviewed_by": edit.reviewed_by,
        "leaf_sha256": edit.event.leaf_sha256,
    }
