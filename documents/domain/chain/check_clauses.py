"""CLAUSES: every quality clause has its evidence for this lot, and every point was let go before its operation."""

from __future__ import annotations

import re

from documents.domain.chain import check_coc, check_fai, check_material, check_process, check_results
from documents.domain.chain.clause_evidence_facts import ClauseEvidenceFacts
from documents.domain.chain.lot_facts import ClauseFacts, LotFacts, StepFacts
from documents.domain.chain.slots import MISSING, NA, REJECTED, STALE, Demand, Slot

EVIDENCE, HOLD, WITNESS, SOURCE = "evidence", "hold", "witness", "source"
PLACE = "routes:clause-evidence-add"
# a document the chain asks for anyway needs no second record: an answer that begins with one of these names
# stands and falls with that link
HELD_BY_THE_CHAIN = {
    "certificate of conformity": ("COC", check_coc.check),
    "conformity certificate": ("COC", check_coc.check),
    "material certificate": ("MATERIAL", check_material.check),
    "process certificate": ("PROCESS", check_process.check),
    "first article": ("FAI", check_fai.check),
    "inspection report": ("RESULTS", check_results.check),
}
NUMBERED = re.compile(r"^(?:operation|op\.?)?\s*([0-9]+)\b", re.IGNORECASE)


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each clause of the order line, or one that closes the link when it carries none.

    Source:  AS9100D 8.2.3 and 8.6 (evidence of what was agreed); 8.4.3 (verification at source); the order.
    """
    if not facts.clauses:
        demand = Demand("CLAUSES", facts.number, "Every quality clause is met.", f"Order {facts.order}")
        return [demand.not_applicable(f"Order {facts.order} carries no quality clause.")]
    return [_judge(facts, clause) for clause in facts.clauses]


def _judge(facts: LotFacts, clause: ClauseFacts) -> Slot:
    demand = _demand(facts, clause)
    if clause.answer == "not_applicable":
        return demand.not_applicable(f"Signed not applicable by {clause.signed_by}: {clause.answered_by}")
    shown = [each for each in facts.clause_evidence if each.clause == clause.words]
    if clause.kind == SOURCE:
        return _source(facts, clause, demand, shown)
    if clause.kind in (HOLD, WITNESS):
        return _point(facts, clause, demand, shown)
    if shown:
        return demand.accepted("; ".join(f"{each.number}, {each.reference}" for each in shown))
    if clause.answer == "operation":
        return _by_operation(facts, clause, demand)
    if clause.answer == "document":
        return _by_document(facts, clause, demand)
    return demand.waiting(
        f"Quality clause {clause.words} must be answered before anything can show that it was met."
    )


def _demand(facts: LotFacts, clause: ClauseFacts) -> Demand:
    number, _, line = facts.order.partition("/")
    return Demand(
        "CLAUSES",
        facts.number,
        f"Quality clause {clause.words} is met: {clause.title}",
        f"Order {facts.order}, clause {clause.words}",
        owner=clause.mapped_by or facts.owner,
        due_on=facts.due_on,
        subject=f"clause {clause.words}",
        url_name=PLACE,
        url_kwargs={
            "number": number,
            "line_number": line,
            "clause": clause.number,
            "revision": clause.revision,
            "lot": facts.number,
        },
    )


def _by_operation(facts: LotFacts, clause: ClauseFacts, demand: Demand) -> Slot:
    step = named_step(facts, clause.answered_by)
    if step is None:
        return demand.open(
            MISSING,
            f"Quality clause {clause.words} is answered by “{clause.answered_by}”, and no operation of route "
            f"{facts.route} is called so. Answer it with the number of an operation, or record what shows it.",
        )
    if step.is_skipped:
        return demand.open(
            MISSING,
            f"Quality clause {clause.words} is answered by {step.words}, which lot {facts.number} skipped. Answer it "
            "with another operation, or record what shows it.",
        )
    if step.is_done:
        by = f"signed by {step.signed_by}" if step.is_signed else "recorded elsewhere"
        return demand.accepted(f"{step.words}, {by}")
    return demand.waiting(f"{step.opening} meets quality clause {clause.words}; it is not signed yet.")


def named_step(facts: LotFacts, words: str) -> StepFacts | None:
    """Return the operation an answer names: by the number it begins with, else by its name within the words."""
    numbered = NUMBERED.match(words.strip())
    if numbered:
        return next((step for step in facts.steps if step.sequence == int(numbered[1])), None)
    found = [step for step in facts.steps if step.name.lower() in words.lower()]
    return max(found, key=lambda step: len(step.name), default=None)


def _by_document(facts: LotFacts, clause: ClauseFacts, demand: Demand) -> Slot:
    answer = clause.answered_by.strip().lower()
    held = next((name for name in HELD_BY_THE_CHAIN if answer.startswith(name)), None)
    if held is None:
        return demand.open(
            MISSING,
            f"Nothing shows for lot {facts.number} that quality clause {clause.words} was met. Record its evidence: "
            f"{clause.answered_by}.",
        )
    code, link = HELD_BY_THE_CHAIN[held]
    slots = link(facts)
    still_open = [slot for slot in slots if not slot.is_closed]
    if still_open and not facts.asks_for(code):
        # the link itself is not in force for this customer; its clause asks all the same
        first = still_open[0]
        reason = f"Quality clause {clause.words} is met by the {held}. {first.sentence}"
        return demand.waiting(reason) if first.waits else demand.open(first.state, reason, owner=first.owner)
    if still_open:
        return demand.waiting(f"Quality clause {clause.words} is met by the {held}, which {code} asks for.")
    if all(slot.state == NA for slot in slots):
        return demand.not_applicable(f"{slots[0].reason} So there is no {held} to show.")
    numbers = dict.fromkeys(slot.evidence for slot in slots if slot.evidence)
    return demand.accepted(f"{held}: {'; '.join(numbers)}")


def _source(facts: LotFacts, clause: ClauseFacts, demand: Demand, shown: list[ClauseEvidenceFacts]) -> Slot:
    present = [each for each in shown if each.present]
    good = [each for each in present if not each.is_overtaken]
    if good:
        return demand.accepted(_said(good[-1]))
    if present:
        return demand.open(
            STALE,
            f"{present[-1].number} is of before an operation of lot {facts.number} was repeated. Ask {facts.customer} "
            f"to inspect again: clause {clause.words}.",
            owner=facts.customer,
        )
    ahead = [step for step in facts.steps if not step.is_done and step.kind != "pack"]
    if ahead:
        return demand.waiting(
            f"{facts.customer} inspects lot {facts.number} here once {ahead[-1].words} is signed."
        )
    return demand.open(
        MISSING,
        f"{facts.customer} has not inspected lot {facts.number} here yet, as clause {clause.words} asks before "
        f"shipment. Ask {facts.customer} to come, or to let it go.",
        owner=facts.customer,
    )


def _point(facts: LotFacts, clause: ClauseFacts, demand: Demand, shown: list[ClauseEvidenceFacts]) -> Slot:
    step = next((each for each in facts.steps if each.sequence == clause.point_at), None)
    if step is None:
        return demand.open(
            MISSING,
            f"Clause {clause.words} stops operation {clause.point_at}, which route {facts.route} does not have. "
            f"Settle with {facts.customer} at which operation it is present.",
        )
    present = [each for each in shown if each.present or clause.kind == WITNESS]
    standing = [each for each in present if not each.is_overtaken]
    in_time = [each for each in standing if step.signed_on is None or each.done_on <= step.signed_on]
    if in_time:
        return demand.accepted(_said(in_time[-1]))
    if standing:
        return demand.open(
            REJECTED,
            f"{standing[-1].number} is of {standing[-1].done_on:%-d %b %Y}, after {step.words} was signed on "
            f"{step.signed_on:%-d %b %Y}. Repeat the operation with {facts.customer} present, or ask {facts.customer} "
            "for a waiver.",
        )
    if step.is_done:
        passed = "was skipped" if step.is_skipped else "was signed"
        return demand.open(
            MISSING,
            f"{step.opening} {passed} and nothing shows that {facts.customer} let it go first, as clause "
            f"{clause.words} asks. Record who was there, or ask {facts.customer} for a waiver.",
        )
    return _awaited(facts, clause, demand, step, is_repeated=bool(present))


def _awaited(
    facts: LotFacts, clause: ClauseFacts, demand: Demand, step: StepFacts, *, is_repeated: bool
) -> Slot:
    if any(not each.is_done for each in facts.steps if each.sequence < step.sequence):
        return demand.waiting(f"{facts.customer} lets {step.words} go when lot {facts.number} stands there.")
    again = " again, because it is repeated" if is_repeated else ""
    return demand.open(
        STALE if is_repeated else MISSING,
        f"{step.opening} waits for {facts.customer}{again}: clause {clause.words}. Ask {facts.customer} to let it go, "
        "or record who was there.",
        owner=facts.customer,
    )


def _said(evidence: ClauseEvidenceFacts) -> str:
    who = evidence.present or f"not attended, {evidence.reference}"
    return f"{evidence.number}: {who}, {evidence.done_on:%-d %b %Y}"
