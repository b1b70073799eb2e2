"""DATES: shipped, processed, certified, received, measured — in an order that can be true."""

from __future__ import annotations

from datetime import date

from documents.domain.chain.lot_facts import CertificateFacts, LotFacts, OutsideFacts, ResultFacts, StepFacts
from documents.domain.chain.slots import REJECTED, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each outside operation and one for the results.

    A day that is not stated is not judged here: the link that owns it asks for it.

    Source:  release rule 22; common reasons for rejecting a certificate (dated before its process).
    """
    demand = Demand(
        "DATES", facts.number, "Days stand in an order that can be true.", "AS9100D 8.6", owner=facts.owner
    )
    steps = [step for step in facts.steps_of("outside") if facts.outside_lines_of(step)]
    slots = [_outside(facts, step) for step in steps]
    if any(result.first_on for result in facts.results):
        slots.append(_results(facts))
    return slots or [
        demand.not_applicable(f"Lot {facts.number} has no outside work and no result yet to compare.")
    ]


def _outside(facts: LotFacts, step: StepFacts) -> Slot:
    line = facts.outside_lines_of(step)[-1]
    demand = Demand(
        "DATES",
        facts.number,
        f"{step.opening}: shipped, processed, certified, received in this order.",
        "AS9100D 8.6",
        owner=line.vendor,
        subject=step.subject,
    )
    received = max(
        (each.received_on for each in facts.receipts if each.place == step.place),
        default=None,
    )
    for certificate in facts.certificates_of(step):
        if certificate.state == "accepted" and (wrong := disorder(line, certificate, received)):
            return demand.open(
                REJECTED,
                f"{wrong} Ask for a corrected certificate.",
                url_name="documents:certificate-detail",
                url_kwargs={"number": certificate.number},
            )
    return demand.accepted(f"days of {line.order} in order")


def disorder(line: OutsideFacts, certificate: CertificateFacts, received: date | None) -> str:
    """Say in one sentence which two days of a certificate cannot both be true, or nothing."""
    for chain in _days(line, certificate, received):
        known = [(words, day) for words, day in chain if day]
        for (first, earlier), (second, later) in zip(known, known[1:], strict=False):
            if later < earlier:
                name = certificate.stated_number or certificate.number
                return f"Certificate {name} of {line.words}: {second} {later} is before {first} {earlier}."
    return ""


def _days(
    line: OutsideFacts, certificate: CertificateFacts, received: date | None
) -> list[list[tuple[str, date | None]]]:
    shipped, processed = ("shipped", line.shipped_on), ("processed until", certificate.process_to)
    return [
        [("ordered", line.ordered_on), shipped, ("processed from", certificate.process_from), processed],
        [processed, ("certified", certificate.stated_on)],
        [processed, ("received", received)],
    ]


def _results(facts: LotFacts) -> Slot:
    demand = Demand(
        "DATES",
        facts.number,
        "Pieces were measured after the work before it was done.",
        "AS9100D 8.6",
        owner=facts.owner,
        subject="results",
    )
    for result in facts.results:
        before = [step for step in facts.steps if _counts(step, result) and step.signed_on]
        last = max(before, key=lambda step: step.signed_on, default=None)
        if last and result.first_on and result.first_on < last.signed_on:
            return demand.open(
                REJECTED,
                f"A value of operation {result.sequence} of lot {facts.number} was measured on "
                f"{result.first_on:%-d %b %Y}, before {last.words} was signed on {last.signed_on:%-d %b %Y}. "
                "Void it with a reason and measure again.",
            )
    return demand.accepted("results after the work they judge")


def _counts(step: StepFacts, result: ResultFacts) -> bool:
    """Say whether the work of a step comes before these results; rework in a later pass does not."""
    return step.sequence < result.sequence and step.pass_number <= result.pass_number
