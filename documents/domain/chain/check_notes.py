"""NOTES: every drawing note is answered by an operation, a document or a signed "not applicable"."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import MISSING, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot a note, or one that closes the link when the drawing has none.

    Source:  AS9102 Rev C 4.3 (every drawing note is accounted for); AS9100D 8.2.3.
    """
    place = {"url_name": "routes:route-detail", "url_kwargs": {"number": facts.route}}
    if not facts.notes:
        demand = Demand("NOTES", facts.number, "Every drawing note is answered.", "AS9102 Rev C 4.3", **place)
        return [demand.not_applicable(f"The drawing of {facts.part_number} has no note on record.")]
    return [_note(facts, note, place) for note in facts.notes]


def _note(facts: LotFacts, note, place: dict) -> Slot:
    demand = Demand(
        "NOTES",
        facts.number,
        f"Drawing note {note.number} is answered: {note.text}",
        f"Drawing note {note.number}",
        owner=facts.route_author,
        **place,
    )
    if note.answer == "not_applicable":
        return demand.not_applicable(f"Signed not applicable by {note.answered_by}.")
    if note.answer:
        return demand.accepted(note.answered_by)
    return demand.open(
        MISSING,
        f"Drawing note {note.number} of {facts.part_number} is answered by nothing on route {facts.route}. "
        "Map it to an operation or a document on a new route revision.",
    )
