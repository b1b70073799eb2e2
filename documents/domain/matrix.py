"""The matrix of one lot: every drawing note and order clause, what answers it, what shows it, and how that stands.

It is read from the facts and slots of the chain; nothing here decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.domain.chain.check_clauses import HELD_BY_THE_CHAIN, named_step
from documents.domain.chain.lot_facts import ClauseFacts, LotFacts, NoteFacts, StepFacts
from documents.domain.chain.slots import ACCEPTED, MISSING, NA, NOT_IN_FORCE, Slot

# answered by a document the chain does not ask for: named on the route, shown to nobody here
NAMED, WAITING = "mapped", "waiting"
# the links that judge an operation beside its signature, by the kind of the operation
LINKS_OF = {"outside": ("CUSTODY", "PROCESS", "INCOMING"), "inspect": ("RESULTS",), "machine": ("LOCK",)}


@dataclass(frozen=True)
class Evidence:
    """One record that shows it, with its page where it has one."""

    words: str
    url_name: str = ""
    url_kwargs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One requirement: where it stands in the papers, what answers it, what shows it, and its state.

    `sentence` says what is still to be done, by `owner`; both are empty once it is shown.
    """

    code: str
    demand: str
    answer: str
    answered_by: str
    state: str
    evidence: tuple[Evidence, ...] = ()
    sentence: str = ""
    owner: str = ""


def matrix_of(lot: LotFacts, slots: list[Slot]) -> list[Row]:
    """Return the notes of the drawing, then the clauses of the order, each with what shows it for this lot."""
    by_name = {(slot.code, slot.subject): slot for slot in slots}
    notes = [_note(lot, note, by_name) for note in lot.notes]
    return notes + [_clause(lot, clause, by_name) for clause in lot.clauses]


def _note(lot: LotFacts, note: NoteFacts, slots: dict[tuple[str, str], Slot]) -> Row:
    head = {
        "code": f"Note {note.number}",
        "demand": note.text,
        "answer": note.answer,
        "answered_by": note.answered_by,
    }
    mapped = slots.get(("NOTES", f"note {note.number}"))
    if mapped is not None and mapped.state not in (ACCEPTED, NA):
        return Row(**head, **_still(mapped))
    if note.answer == "not_applicable":
        return Row(**head, state=NA, evidence=(Evidence(f"signed by {note.answered_by}"),))
    if note.answer == "operation" and (step := named_step(lot, note.answered_by)):
        return Row(**head, **_by_step(lot, step, slots))
    if note.answer == "document":
        return Row(**head, **_by_document(note.answered_by, slots))
    return Row(**head, state=MISSING)


def _by_step(lot: LotFacts, step: StepFacts, slots: dict[tuple[str, str], Slot]) -> dict:
    evidence = _evidence_of(lot, step)
    links = [slots.get((code, step.subject)) for code in LINKS_OF.get(step.kind, ())]
    for slot in links:
        if slot is not None and slot.stops:
            return _still(slot, evidence)
    if not step.is_done:
        return {"state": WAITING, "sentence": f"{step.opening} is not signed yet.", "evidence": evidence}
    return {"state": ACCEPTED, "evidence": evidence}


def _evidence_of(lot: LotFacts, step: StepFacts) -> tuple[Evidence, ...]:
    found = []
    if step.is_signed:
        found.append(Evidence(f"signed by {step.signed_by} on {step.signed_on:%-d %b %Y}"))
    elif step.is_elsewhere:
        scan = lot.elsewhere_for("step", step.sequence)
        found.append(Evidence(scan.words if scan else "recorded elsewhere"))
    for each in lot.certificates_of(step):
        if each.state == "accepted":
            name = f"certificate {each.stated_number or each.number}"
            found.append(Evidence(name, "documents:certificate-detail", {"number": each.number}))
    for each in lot.inspections:
        if each.place == step.place and each.state == "completed":
            found.append(
                Evidence(f"results {each.number}", "inspection:record-detail", {"number": each.number})
            )
    return tuple(found)


def _by_document(answered_by: str, slots: dict[tuple[str, str], Slot]) -> dict:
    """Follow the link of the chain that asks for the document; of any other its name is all there is."""
    words = answered_by.strip().lower()
    held = next((code for name, (code, _) in HELD_BY_THE_CHAIN.items() if words.startswith(name)), None)
    links = [slot for (code, _), slot in slots.items() if code == held and slot.state != NOT_IN_FORCE]
    if not links:
        return {"state": NAMED, "evidence": (Evidence(answered_by),)}
    for slot in links:
        if not slot.is_closed:
            return _still(slot)
    shown = tuple(Evidence(each) for each in dict.fromkeys(slot.evidence for slot in links if slot.evidence))
    return {"state": ACCEPTED if shown else NA, "evidence": shown}


def _clause(lot: LotFacts, clause: ClauseFacts, slots: dict[tuple[str, str], Slot]) -> Row:
    head = {
        "code": f"Clause {clause.words}",
        "demand": clause.title,
        "answer": clause.answer,
        "answered_by": clause.answered_by,
    }
    subject = f"clause {clause.words}"
    mapped, met = slots.get(("NOTES", subject)), slots.get(("CLAUSES", subject))
    for slot in (mapped, met):
        if slot is not None and not slot.is_closed:
            return Row(**head, **_still(slot))
    if clause.answer == "not_applicable":
        return Row(**head, state=NA, evidence=(Evidence(f"signed by {clause.signed_by}"),))
    if met is None:
        return Row(**head, state=NAMED if clause.answer else MISSING)
    shown = (Evidence(met.evidence),) if met.evidence else ()
    return Row(**head, state=met.state, evidence=shown)


def _still(slot: Slot, evidence: tuple[Evidence, ...] = ()) -> dict:
    state = WAITING if slot.waits else slot.state
    return {"state": state, "evidence": evidence, "sentence": slot.sentence, "owner": slot.owner}
