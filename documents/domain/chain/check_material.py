"""MATERIAL: the heat has an accepted certificate of the ordered type that matches the material operation."""

from __future__ import annotations

from documents.domain.chain import certificate_states, elsewhere
from documents.domain.chain.lot_facts import LotFacts, MaterialFacts, StepFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, Demand, Slot, start
from documents.domain.comparison import MaterialDemand, compare_material


def check(facts: LotFacts) -> list[Slot]:
    """Return the slots of the material's certificate and of its balance.

    Source:  AS9100D 8.4.2 and 8.4.3; AS9102 Form 2; EN 10204 for certificate types.
    """
    steps = facts.steps_of("material")
    if not steps:
        demand = Demand("MATERIAL", facts.number, "The material is certified.", "AS9100D 8.4.2")
        return [demand.not_applicable(f"Route {facts.route} issues no material.")]
    step, material = steps[0], facts.material
    if material is None:
        demand = Demand(
            "MATERIAL",
            facts.number,
            f"Material is issued at {step.words}.",
            f"Route {facts.route}, {step.words}",
            owner=step.timing_owner or facts.owner,
            subject="issue",
            waived_by=NOBODY,
        )
        if step.is_elsewhere:
            return [elsewhere.judge(facts, demand, proves="material")]
        return [
            demand.open(
                MISSING, f"No material is issued to lot {facts.number}. Issue a heat at {step.words}."
            )
        ]
    return [_certificate(facts, step, material), _balance(facts, material)]


def _certificate(facts: LotFacts, step: StepFacts, material: MaterialFacts) -> Slot:
    demand = Demand(
        "MATERIAL",
        facts.number,
        f"{start(material.words)} has an accepted certificate to {step.specification.number}.",
        f"Route {facts.route}, {step.words}",
        owner=material.supplier or step.incoming_owner or facts.owner,
        subject=f"certificate {material.number}",
        url_name="routes:material-detail",
        url_kwargs={"number": material.number},
    )
    wanted = MaterialDemand(
        identifier=material.identifier,
        specification=step.specification,
        condition=step.condition,
        quantity=material.issued,
        subject=f"material {material.number}",
        certificate_type=step.certificate_type,
    )
    return certificate_states.judge(
        demand=demand,
        certificates=material.certificates,
        needed=material.issued,
        compare=lambda certificate: compare_material(certificate, wanted),
        subject=f"material {material.number}, {material.words},",
        decider=facts.owner,
        since=material.received_on,
    )


def _balance(facts: LotFacts, material: MaterialFacts) -> Slot:
    demand = Demand(
        "MATERIAL",
        facts.number,
        f"No more was issued from {material.number} than was received.",
        "AS9100D 8.5.2 (traceability)",
        owner=facts.owner,
        subject=f"balance {material.number}",
        waived_by=NOBODY,
        url_name="routes:material-detail",
        url_kwargs={"number": material.number},
    )
    if material.issued > material.received_pieces:
        return demand.open(
            REJECTED,
            f"{material.issued} pieces were issued from {material.number}, {material.words}, "
            f"of which {material.received_pieces} were received. Find the heat of the others.",
        )
    return demand.accepted(f"{material.issued} of {material.received_pieces} pieces issued")
