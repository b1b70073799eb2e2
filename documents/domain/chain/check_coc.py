"""COC: our certificate of conformity has all its fields, says what is shipped, and is qualified where it must be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from documents.domain.chain.lot_facts import ConformityFacts, LotFacts, ShipmentFacts
from documents.domain.chain.slots import ACCEPTED, MISSING, NOBODY, REJECTED, STALE, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return the slot of the certificate of conformity of the shipment this lot is judged for.

    Source:  AS9163 fields 1-14, none blank; release rules 53 and 54; the statement changes where a concession applies.
    """
    demand = Demand(
        "COC",
        facts.number,
        "The certificate of conformity is signed and says what is shipped.",
        "AS9163 fields 1-14",
        owner=facts.owner,
        due_on=facts.due_on,
        waived_by=NOBODY,
    )
    shipment = facts.shipment
    if shipment is None:
        return [demand.waiting("The certificate of conformity is signed when the lot is put on a shipment.")]
    demand = Demand(
        **{
            **demand.__dict__,
            "url_name": "documents:shipment-detail",
            "url_kwargs": {"number": shipment.number},
        }
    )
    if shipment.conformity is None:
        return [
            demand.open(
                MISSING,
                f"No certificate of conformity is signed for shipment {shipment.number}. Certify it.",
                since=shipment.drafted_on,
            )
        ]
    return [_judge(facts, shipment, shipment.conformity, demand)]


def qualified(facts: LotFacts, slots: Iterable[Slot], waivers: list[str]) -> list[Slot]:
    """Return the slots with the certificate out of date where it does not name every waiver that closes one.

    Source:  AS9163 field 13 and the statement: an unqualified one beside a waiver is a false certificate.
    """
    conformity = facts.shipment.conformity if facts.shipment else None
    unnamed = [number for number in waivers if conformity and number not in conformity.words]
    if not unnamed:
        return list(slots)
    reason = (
        f"Certificate of conformity {conformity.number} revision {conformity.revision} does not name waiver "
        f"{unnamed[0]}, so its statement is not true. Certify the shipment again."
    )
    stale = {"state": STALE, "evidence": "", "reason": reason, "owner": facts.owner, "due_on": facts.due_on}
    return [
        replace(slot, **stale) if (slot.code, slot.state) == ("COC", ACCEPTED) else slot for slot in slots
    ]


def _judge(facts: LotFacts, shipment: ShipmentFacts, conformity: ConformityFacts, demand: Demand) -> Slot:
    name = f"Certificate of conformity {conformity.number} revision {conformity.revision}"
    again = "Certify the shipment again."
    if not conformity.is_intact:
        return demand.open(REJECTED, f"{name} was changed after it was signed. {again}")
    if conformity.blank:
        return demand.open(
            REJECTED,
            f"{name} leaves {', '.join(conformity.blank)} blank; write N/A where nothing applies. {again}",
        )
    if answer := _differs(facts, shipment, conformity, name):
        return demand.open(STALE, f"{answer} {again}")
    concessions = [each.number for found in facts.nonconformances for each in found.concessions]
    unnamed = [number for number in concessions if number not in conformity.words]
    if unnamed:
        return demand.open(
            STALE, f"{name} does not name concession {unnamed[0]}, so its statement is not true. {again}"
        )
    days = [each.expires_on for each in facts.packing if each.is_met and each.expires_on]
    unnamed_days = [day for day in days if day.isoformat() not in conformity.words]
    if unnamed_days:
        return demand.open(
            STALE,
            f"{name} does not name {unnamed_days[0]:%-d %b %Y}, the last day of use recorded for lot {facts.number}. "
            f"{again}",
        )
    unsaid = [
        scan.number
        for scan in facts.elsewhere
        if scan.state == "reviewed" and scan.number not in conformity.words
    ]
    if unsaid:
        return demand.open(
            STALE,
            f"{name} does not say that {unsaid[0]} of lot {facts.number} was recorded elsewhere, so its statement "
            f"claims more than is known. {again}",
        )
    return demand.accepted(f"{conformity.number} revision {conformity.revision}")


def _differs(facts: LotFacts, shipment: ShipmentFacts, conformity: ConformityFacts, name: str) -> str:
    """Say how certificate, shipper and lot differ, or nothing."""
    shipped = next((line for line in shipment.lines if line.lot == facts.number), None)
    stated = next((line for line in conformity.lines if line.lot == facts.number), None)
    if shipped is None:
        return f"Shipment {shipment.number} has no line for lot {facts.number}."
    if shipped.quantity != facts.quantity:
        return (
            f"Shipment {shipment.number} lists {shipped.quantity} pieces of lot {facts.number}, which has "
            f"{facts.quantity}. Put the lot on the shipment anew."
        )
    if stated is None:
        return f"{name} does not name lot {facts.number}."
    if stated.quantity != shipped.quantity:
        return (
            f"{name} states {stated.quantity} pieces of lot {facts.number}; shipment {shipment.number} "
            f"lists {shipped.quantity}."
        )
    if sorted(shipped.serials) != sorted(facts.serials):
        return f"Shipment {shipment.number} lists other serials than lot {facts.number} holds."
    if sorted(stated.serials) != sorted(shipped.serials):
        return f"{name} lists other serials of lot {facts.number} than shipment {shipment.number}."
    return ""
