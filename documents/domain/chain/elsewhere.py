"""How scans of what was done before a lot came in answer a demand: only a reviewed one closes it."""

from __future__ import annotations

from dataclasses import replace

from documents.domain.chain import undone
from documents.domain.chain.lot_facts import ElsewhereFacts, LotFacts, StepFacts
from documents.domain.chain.slots import MISSING, REJECTED, REVIEW, Demand, Slot
from routes.domain.proofs import listed, sentence_of

SHOWS = {
    "step": "the signing of {}",
    "process": "the certificate of {}",
    "results": "the results of {}",
    "material": "the certificate of the material",
    "first_article": "the approved first article",
}
PLACE = "routes:elsewhere-add"
REVIEW_PLACE = "routes:elsewhere-review"


def judge(
    facts: LotFacts, demand: Demand, *, proves: str, step: StepFacts | None = None, words: str = ""
) -> Slot:
    """Answer one demand by the scan of one thing done before the lot came in.

    step: the operation it is of; none for the material and the first article. words: what to call it instead.
    Source:  AS9100D 8.6 (evidence of conformity); the second look is independent.
    """
    scan = facts.elsewhere_for(proves, step.sequence if step else None)
    what = words or SHOWS[proves].format(step.words if step else "")
    owner = (step.quality_owner if step else "") or facts.owner
    return _of_state(facts, demand, scan, what, owner)


def judge_steps(facts: LotFacts, demand: Demand) -> list[Slot]:
    """Answer for the signing of every operation done before the lot came in: one slot a state, not one a step."""
    by_answer: dict[tuple[str, str], list[tuple[StepFacts, ElsewhereFacts | None]]] = {}
    for step in facts.steps:
        if step.is_elsewhere:
            scan = facts.elsewhere_for("step", step.sequence)
            key = (scan.state, scan.recorded_by) if scan else ("", step.quality_owner)
            by_answer.setdefault(key, []).append((step, scan))
    return [_of_group(facts, demand, found) for found in by_answer.values()]


def _of_group(facts: LotFacts, demand: Demand, found: list[tuple[StepFacts, ElsewhereFacts | None]]) -> Slot:
    names = listed(f"{step.sequence} {step.name}" for step, _ in found)
    what = f"the signing of operation{'s' if len(found) > 1 else ''} {names}"
    demand = replace(demand, subject=f"elsewhere {' '.join(str(step.sequence) for step, _ in found)}")
    scans = [scan for _, scan in found if scan]
    slot = _of_state(
        facts, demand, scans[0] if scans else None, what, found[0][0].quality_owner or facts.owner
    )
    if not slot.is_closed:
        return slot
    reviewed = listed(dict.fromkeys(scan.reviewed_by for scan in scans))
    numbers = listed(scan.number for scan in scans)
    return demand.accepted(f"recorded elsewhere: operations {names} by {numbers}, reviewed by {reviewed}")


def _of_state(facts: LotFacts, demand: Demand, scan: ElsewhereFacts | None, what: str, owner: str) -> Slot:
    if scan is None:
        reason = (
            f"Lot {facts.number} came in at operation {facts.brought_in_at}; no scan shows {what}. "
            f"{owner} must add it."
        )
        return demand.open(MISSING, reason, owner=owner, since=facts.opened_on, **_at(facts, PLACE))
    if scan.state == "reviewed":
        return demand.accepted(scan.words)
    if scan.state == "rejected":
        reason = (
            f"{scan.number}, which was to show {what} of lot {facts.number}, was rejected by {scan.reviewed_by}: "
            f"{scan.review_reason} Add a better scan."
        )
        return demand.open(REJECTED, reason, owner=scan.recorded_by or owner, **_at(facts, PLACE))
    # whoever brought the scan cannot be the one who owes its review
    reviewer = owner if owner != scan.recorded_by else "another quality engineer"
    again = undone.said(facts, f"record from elsewhere {scan.number}")
    reason = (
        f"{scan.number} is to show {what} of lot {facts.number} and waits for review by somebody other than "
        f"{scan.recorded_by}. Review it.{again}"
    )
    place = {"url_name": REVIEW_PLACE, "url_kwargs": {"number": scan.number}}
    return demand.open(REVIEW, reason, owner=reviewer, since=scan.recorded_on, **place)


def follow(facts: LotFacts, demand: Demand, *, proves: str, step: StepFacts, evidence: str = "") -> Slot:
    """Close a demand that stands on the same scan as another link, which names what is owed.

    evidence: what the scan means for this demand, said before it.
    """
    scan = facts.elsewhere_for(proves, step.sequence)
    if scan is None or scan.state != "reviewed":
        return demand.waiting(f"The scan that shows {SHOWS[proves].format(step.words)} is not reviewed yet.")
    return demand.accepted(f"{evidence}, {scan.words}" if evidence else scan.words)


def said(facts: LotFacts) -> str:
    """Say in one sentence what of a lot was recorded elsewhere and who reviewed it; nothing when made here."""
    done = [step.sequence for step in facts.steps if step.is_elsewhere]
    reviewed = [(scan.number, scan.reviewed_by) for scan in facts.elsewhere if scan.state == "reviewed"]
    return sentence_of(facts.number, done, reviewed)


def _at(facts: LotFacts, name: str) -> dict:
    return {"url_name": name, "url_kwargs": {"number": facts.number}}
