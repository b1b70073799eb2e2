"""What a check says of a record that was accepted once and is open again."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts


def said(facts: LotFacts, record: str) -> str:
    """Return who undid the acceptance of a record and why, as a sentence after others; nothing where nobody did.

    record: as reversals name it, such as "step T-000312-60-1", or "return of PO-000041" for those of any line.
    Source:  docs/decisions/0034.
    """
    found = [edit for edit in facts.edits if any(_is(name, record) for name in edit.opened)]
    if not found:
        return ""
    last = found[-1]
    who, number, on = last.actor.partition(",")[0], last.number, f"{last.at:%-d %b %Y}"
    return f" What was signed before was undone by {who} with {number} on {on}: {last.reason}"


def _is(name: str, record: str) -> bool:
    return name == record or name.startswith(f"{record}/")
