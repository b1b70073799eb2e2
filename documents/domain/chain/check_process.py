"""PROCESS: each outside operation has an accepted certificate for these pieces, this pass and the site that did it."""

from __future__ import annotations

from documents.domain.chain import certificate_states, elsewhere
from documents.domain.chain.lot_facts import LotFacts, OutsideFacts, StepFacts
from documents.domain.chain.slots import Demand, Slot
from documents.domain.comparison import ProcessDemand, compare_process


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each outside operation of the latest pass.

    Source:  AS9100D 8.4.3 and 8.6; AS9102 Form 2 (special processes); release rules 30 and 31.
    """
    steps = facts.steps_of("outside")
    if not steps:
        demand = Demand("PROCESS", facts.number, "Outside work is certified.", "AS9100D 8.6")
        return [demand.not_applicable(f"Route {facts.route} sends nothing out.")]
    return [_step(facts, step) for step in steps]


def process_demand(
    facts: LotFacts, step: StepFacts, line: OutsideFacts | None, *, quantity: int
) -> ProcessDemand:
    """Say what the certificate of one outside step must state.

    Units:   `quantity` pieces it is to cover.
    """
    return ProcessDemand(
        order=line.order if line else "",
        site=line.site if line else "",
        part_number=facts.part_number,
        part_revision=facts.part_revision,
        specification=line.specification if line else step.specification,
        spec_type=line.spec_type if line else step.spec_type,
        spec_class=line.spec_class if line else step.spec_class,
        quantity=quantity,
        subject=f"lot {facts.number}",
        certificate_type=step.certificate_type,
    )


def _step(facts: LotFacts, step: StepFacts) -> Slot:
    line = next(iter(facts.outside_lines_of(step)), None)
    demand = Demand(
        "PROCESS",
        facts.number,
        f"{step.opening} is certified to {step.specification.number}.",
        f"Route {facts.route}, {step.words}",
        owner=line.vendor if line else (step.quality_owner or facts.owner),
        subject=step.subject,
    )
    if step.is_elsewhere:
        return elsewhere.judge(facts, demand, proves="process", step=step)
    offered = facts.certificates_of(step)
    if not offered and (line is None or line.shipped_on is None):
        return demand.waiting(f"The pieces have not gone out for {step.words} yet.")
    # what came out of the step is what the vendor worked on; pieces scrapped later were covered, too
    needed = step.quantity_out if step.is_signed and step.quantity_out is not None else facts.quantity
    wanted = process_demand(facts, step, line, quantity=needed)
    received = [each.received_on for each in facts.receipts if each.place == step.place]
    return certificate_states.judge(
        demand=demand,
        certificates=offered,
        needed=needed,
        compare=lambda certificate: compare_process(certificate, wanted),
        subject=f"lot {facts.number}, {step.words}",
        decider=step.quality_owner or facts.owner,
        since=max(received, default=line.shipped_on if line else None),
        due_on=line.due_on if line else None,
    )
