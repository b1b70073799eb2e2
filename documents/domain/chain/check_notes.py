"""NOTES: every drawing note and order clause is answered by an operation, a document or a signed "does not apply"."""

from __future__ import annotations

from documents.domain.chain.lot_facts import ClauseFacts, LotFacts, NoteFacts
from documents.domain.chain.slots import MISSING, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot a note and a clause, or one that closes the link when there is none.

    Source:  AS9102 Rev C 4.3 (every drawing note is accounted for); AS9100D 8.2.3 (review of requirements).
    """
    place = {"url_name": "routes:route-detail", "url_kwargs": {"number": facts.route}}
    if not facts.notes and not facts.clauses:
        demand = Demand("NOTES", facts.number, "Every drawing note is answered.", "AS9102 Rev C 4.3", **place)
        return [demand.not_applicable(f"The drawing of {facts.part_number} has no note on record.")]
    notes = [_note(facts, note, place) for note in facts.notes]
    return notes + [_clause(facts, clause) for clause in facts.clauses]


def _note(facts: LotFacts, note: NoteFacts, place: dict) -> Slot:
    demand = Demand(
        "NOTES",
        facts.number,
        f"Drawing note {note.number} is answered: {note.text}",
        f"Drawing note {note.number}",
        owner=facts.route_author,
        subject=f"note {note.number}",
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


def _clause(facts: LotFacts, clause: ClauseFacts) -> Slot:
    demand = Demand(
        "NOTES",
        facts.number,
        f"Quality clause {clause.words} is answered: {clause.title}",
        f"Order {facts.order}, clause {clause.words}",
        owner=facts.owner,
        subject=f"clause {clause.words}",
        url_name="routes:order-detail",
        url_kwargs={"number": facts.order.partition("/")[0]},
    )
    if clause.answer == "not_applicable":
        return demand.not_applicable(f"Signed not applicable by {clause.signed_by}: {clause.answered_by}")
    if clause.answer:
        return demand.accepted(f"{clause.answer}: {clause.answered_by}")
    return demand.open(
        MISSING,
        f"Quality clause {clause.words} of order {facts.order} is answered by nothing. Name the operation or the "
        "document that answers it, or sign that it does not apply.",
    )
