"""ROUTE: a released revision, of the part revision ordered, with every owner named; prototypes kept from production."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts, StepFacts
from documents.domain.chain.slots import HOUSE, MISSING, NOBODY, REJECTED, Demand, Slot

OWNERS = {
    "quality_owner": "quality",
    "timing_owner": "timing",
    "incoming_owner": "incoming verification",
}


def check(facts: LotFacts) -> list[Slot]:
    """Return whether the route was released, is for the revision ordered, and has its owners.

    A prototype lot ships to a line that orders prototypes only. A production lot that a prototype of its part
    revision came before stands on a signed handoff.
    Source:  AS9100D 8.5.1 (controlled conditions), 8.2.4 (changed requirements), 8.3.5 (what was tried
             goes into production controlled); owner per outside operation is
             a rule of the house.
    """
    place = {"url_name": "routes:route-detail", "url_kwargs": {"number": facts.route}}
    slots = [_released(facts, place), _revision(facts, place), _owners(facts)]
    if facts.purpose == "prototype":
        slots.append(_purpose(facts))
    elif facts.prototype:
        slots.append(_handoff(facts, place))
    return slots


def _released(facts: LotFacts, place: dict) -> Slot:
    demand = Demand(
        "ROUTE",
        facts.number,
        f"Route {facts.route} is released by somebody other than its author.",
        "AS9100D 8.5.1",
        owner=facts.owner,
        subject="release",
        waived_by=NOBODY,
        **place,
    )
    if facts.route_state not in ("released", "superseded"):
        return demand.open(
            MISSING, f"Route {facts.route} of lot {facts.number} is not released. Submit and release it."
        )
    if facts.is_released_by_author:
        return demand.open(
            REJECTED,
            f"Route {facts.route} was released by its author {facts.route_author}. "
            "Have a new revision released by another person.",
        )
    return demand.accepted(f"{facts.route}, released by {facts.route_released_by}")


def _revision(facts: LotFacts, place: dict) -> Slot:
    demand = Demand(
        "ROUTE",
        facts.number,
        f"The lot is made to revision {facts.ordered_revision}, as order {facts.order} says.",
        f"Order {facts.order}",
        owner=facts.owner,
        subject="revision",
        **place,
    )
    if facts.part_revision != facts.ordered_revision:
        return demand.open(
            REJECTED,
            f"Lot {facts.number} is made to {facts.part_number} revision {facts.part_revision}; order {facts.order} "
            f"asks for revision {facts.ordered_revision}. Amend the order or make the lot to its revision.",
        )
    return demand.accepted(f"{facts.part_number} revision {facts.part_revision}")


def _purpose(facts: LotFacts) -> Slot:
    demand = Demand(
        "ROUTE",
        facts.number,
        "A prototype lot ships as what it is: its order line orders prototypes.",
        f"Order {facts.order}",
        owner=facts.owner,
        subject="purpose",
        waived_by=NOBODY,
    )
    if facts.order_purpose != "prototype":
        return demand.open(
            REJECTED,
            f"Lot {facts.number} is a prototype and order {facts.order} orders production parts, so it cannot ship on "
            "it. Make a production lot, or have the customer amend the line to prototypes.",
        )
    return demand.accepted(f"Order {facts.order} orders prototypes")


def _handoff(facts: LotFacts, place: dict) -> Slot:
    demand = Demand(
        "ROUTE",
        facts.number,
        f"{facts.part_number} revision {facts.part_revision} was handed over from prototype to production.",
        "AS9100D 8.3.5",
        owner=facts.owner,
        subject="handoff",
        waived_by=HOUSE,
        **place,
    )
    if not facts.handoff:
        return demand.open(
            MISSING,
            f"Prototype lot {facts.prototype} was made before lot {facts.number}, and nobody has signed what it "
            f"taught. Hand the part over to production on route {facts.route}.",
        )
    return demand.accepted(facts.handoff)


def _owners(facts: LotFacts) -> Slot:
    demand = Demand(
        "ROUTE",
        facts.number,
        "Every operation has its owners of quality and timing, every outside one an owner of incoming verification.",
        "House rule: outside work is part of the route",
        owner=facts.owner,
        subject="owners",
        waived_by=HOUSE,
    )
    lacking = [words for step in facts.steps if (words := _missing_owners(step))]
    if lacking:
        return demand.open(MISSING, f"Lot {facts.number}: {'; '.join(lacking)}. Name a person for each.")
    return demand.accepted(f"{len(facts.steps)} operations with owners")


def _missing_owners(step: StepFacts) -> str:
    wanted = (
        OWNERS if step.kind == "outside" else {key: OWNERS[key] for key in ("quality_owner", "timing_owner")}
    )
    names = [words for key, words in wanted.items() if not getattr(step, key)]
    return f"{step.words} has no owner of {' and '.join(names)}" if names else ""
