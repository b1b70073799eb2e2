"""The gate: a shipment passes when every link of every lot is closed and its certificate says what ships."""

from __future__ import annotations

from documents.domain import chain
from documents.domain.chain.facts import read_facts
from documents.domain.chain.slots import Slot
from documents.domain.waiver_uses import use_waivers
from documents.models import ReleasePackage, Shipment
from portal.domain.errors import Incomplete, Refused
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from routes.domain.lots import quantity_of, serials_of


class ChainIsOpen(Refused):
    """The gate: at least one link of the chain is not closed, so nothing is released."""

    code = "chain-is-open"


class ConformityDoesNotMatch(Refused):
    code = "conformity-does-not-match"


def pass_gate(by: Person, shipment: Shipment, token: str) -> tuple[Signature, dict]:
    """Judge the locked lots, set aside what waivers let pass, sign the release; return signature and judged facts."""
    _require_conformity(shipment)
    facts = facts_of(shipment)
    _require_closed(shipment, facts)
    use_waivers(shipment=shipment, facts=facts)
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.RELEASED,
        noun="shipment",
        number=shipment.number,
        content={"lots": lot_numbers(shipment), "facts": chain.digest(facts)},
        act=Authority.RELEASE,
        customer=shipment.customer,
    )
    return signature, facts


def facts_of(shipment: Shipment, *, asked: bool = False) -> dict:
    """Read the chain facts of a shipment's lots, its own draft included, in one pass.

    asked: tell of waivers nobody has decided on, too; for looking only.
    """
    travelers = list(shipment.lines.values_list("traveler_id", flat=True))
    return read_facts(travelers, shipment=shipment, asked=asked)


def slots_of(facts: dict) -> list[Slot]:
    """Return every link of these lots, as the gate sees it."""
    return [slot for lot in facts.values() for slot in chain.judge(lot)]


def open_slots(shipment: Shipment) -> list[Slot]:
    """Return every link of the shipment that is not closed, as the gate sees it now."""
    return [slot for slot in slots_of(facts_of(shipment)) if not slot.is_closed]


def _require_closed(shipment: Shipment, facts: dict) -> None:
    stopping = [slot for slot in slots_of(facts) if not slot.is_closed]
    if stopping:
        sentences = " ".join(f"{slot.code} of {slot.lot}: {slot.sentence}" for slot in stopping)
        raise ChainIsOpen(f"{shipment.number} may not leave. {sentences}", slots=stopping)


def _require_conformity(shipment: Shipment) -> None:
    certificate = shipment.conformity_certificates.order_by("-revision").first()
    if certificate is None:
        raise Incomplete(f"{shipment.number} has no signed certificate of conformity. Sign it first.")
    stated = sorted((entry["lot"], entry["8"], entry["serials"]) for entry in certificate.content["lines"])
    lines = sorted((line.traveler.number, line.quantity, line.serials) for line in shipment.lines.all())
    present = sorted(
        (line.traveler.number, quantity_of(line.traveler), serials_of(line.traveler))
        for line in shipment.lines.all()
    )
    if not stated == lines == present:
        raise ConformityDoesNotMatch(
            f"{certificate.number} certifies {_count(stated)}, the shipper lists {_count(lines)} and the lots hold "
            f"{_count(present)}. Draft the shipment again, or sign a new revision of the certificate."
        )


def _count(lines: list) -> str:
    return ", ".join(f"{quantity} of {lot}" for lot, quantity, _ in lines)


def current_package(shipment: Shipment) -> ReleasePackage | None:
    """Return the latest revision of the shipment's package that is not out of date."""
    return shipment.packages.exclude(state=ReleasePackage.STALE).order_by("-revision").first()


def lot_numbers(shipment: Shipment) -> list[str]:
    """Return the numbers of the lots on a shipment, in order."""
    return sorted(shipment.lines.values_list("traveler__number", flat=True))
