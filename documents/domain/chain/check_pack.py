"""PACK: marking, preservation, label and shelf life are as the order demands, recorded for this shipment."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.packing_facts import PackingFacts
from documents.domain.chain.slots import MISSING, REJECTED, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each packing demand of the order line, or one that closes the link when it has none.

    Shelf life is counted on the day the goods leave, so a demand that is met today may not be when they do.

    Source:  AS9100D 8.5.4 (preservation: identification, packaging, special handling, shelf life); the order.
    """
    if not facts.packing:
        demand = Demand("PACK", facts.number, "It is packed as ordered.", f"Order {facts.order}")
        return [demand.not_applicable(f"Order {facts.order} demands nothing about packing.")]
    return [_judge(facts, each) for each in facts.packing]


def _judge(facts: LotFacts, asked: PackingFacts) -> Slot:
    shipment = facts.shipment
    demand = Demand(
        "PACK",
        facts.number,
        f"It is packed as ordered: {asked.words}.",
        f"Order {facts.order}, packing demand {asked.position}",
        owner=facts.owner,
        due_on=facts.due_on,
        subject=f"demand {asked.position}",
        url_name="documents:shipment-detail" if shipment else "routes:traveler-detail",
        url_kwargs={"number": shipment.number} if shipment else {},
    )
    if shipment is None:
        return demand.waiting(f"How {asked.words} is met is recorded when the lot is put on a shipment.")
    if asked.is_met is None:
        return demand.open(
            MISSING,
            f"Nothing says for lot {facts.number} on {shipment.number} that {asked.words} is met. Look at the packed "
            "pieces and record it.",
            since=shipment.drafted_on,
        )
    if not asked.is_met:
        return demand.open(
            REJECTED,
            f"{asked.recorded_by} found {asked.words} of lot {facts.number} not met: {asked.note.rstrip('.')}. Put it "
            "right and record it again.",
            since=asked.recorded_on,
        )
    if not asked.keeps_long_enough:
        until = f"{asked.expires_on:%-d %b %Y}" if asked.expires_on else "no day named"
        return demand.open(
            REJECTED,
            f"Lot {facts.number} expires on {until}, and order {facts.order} asks for {asked.least_days_left} days "
            f"left when it leaves. Ask {facts.customer}, or ship other pieces.",
        )
    expiry = f", expires {asked.expires_on:%-d %b %Y}" if asked.expires_on else ""
    return demand.accepted(f"{asked.recorded_by}, {asked.recorded_on:%-d %b %Y}{expiry}")
