"""A shipment: drafted, certified, released by the gate, dispatched with a sealed package."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from documents.domain import chain
from documents.domain.conformity import blank_fields, content_of
from documents.domain.packages import freeze_package, outdate
from documents.models import ConformityCertificate, ReleasePackage, Shipment, ShipmentLine
from portal.domain.canonical import canonical_bytes, plain, sha256_of
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature
from portal.permissions import require_quality
from routes.domain.lots import lock_lots, quantity_of, serials_of
from routes.models import Traveler


class ChainIsOpen(Refused):
    """The gate: at least one link of the chain is not closed, so nothing is released."""

    code = "chain-is-open"


class ConformityDoesNotMatch(Refused):
    code = "conformity-does-not-match"


@transaction.atomic
def draft_shipment(
    *, by: Person, customer: Organization, lots: list[Traveler], carrier: str = ""
) -> Shipment:
    """Draft a shipment of whole lots to one customer; a partial delivery splits the lot first.

    Raises:  Incomplete without lots; NotTheMoment for a lot of another customer, a prototype, one that is not
             complete, or one on another shipment.
    """
    require_quality(by, "draft shipments")
    if not lots:
        raise Incomplete("Choose at least one lot to ship.")
    locked = lock_lots([lot.number for lot in lots])
    for lot in locked:
        _require_shippable(lot, customer)
    shipment = Shipment.objects.create(
        number=next_number("SH"), customer=customer, author=by, drafted_at=timezone.now(), carrier=carrier
    )
    for lot in locked:
        ShipmentLine.objects.create(
            shipment=shipment,
            traveler=lot,
            order_line=lot.order_line,
            quantity=quantity_of(lot),
            serials=serials_of(lot),
        )
    record_event(
        by=by, verb="draft", noun="shipment", number=shipment.number, lots=[lot.number for lot in locked]
    )
    return shipment


def _require_shippable(lot: Traveler, customer: Organization) -> None:
    if lot.order_line.order.customer_id != customer.pk:
        raise NotTheMoment(
            f"Lot {lot.number} was ordered by {lot.order_line.order.customer}, not by {customer}."
        )
    if lot.purpose == Traveler.PROTOTYPE:
        raise NotTheMoment(f"Lot {lot.number} is a prototype; it cannot ship as production.")
    if lot.state != Traveler.COMPLETE:
        raise NotTheMoment(
            f"Lot {lot.number} is {lot.get_state_display().lower()}; only a lot whose last step is signed can ship."
        )
    if line := ShipmentLine.objects.filter(traveler=lot, is_active=True).select_related("shipment").first():
        raise NotTheMoment(f"Lot {lot.number} is on shipment {line.shipment.number} already.")


@transaction.atomic
def certify(
    *, by: Person, shipment: Shipment, token: str, reason: str = "", remarks: str = ""
) -> ConformityCertificate:
    """Sign the certificate of conformity of a shipment; signing again makes the next revision with its reason.

    Raises:  Incomplete naming every blank field, or a reissue without a reason; NotEntitled without authority.
    Source:  AS9163 fields 1-14; release rule 53.
    """
    _lock_lots_of(shipment)
    shipment = lock(shipment)
    latest = shipment.conformity_certificates.order_by("-revision").first()
    if latest and not reason.strip():
        raise Incomplete(
            f"Say why {latest.number} is issued again; the reason is printed on the new revision."
        )
    number = latest.number if latest else next_number("CC")
    content = content_of(
        shipment=shipment, number=number, on=timezone.localdate().isoformat(), by=by, remarks=remarks
    )
    content["reason"] = reason.strip()
    if blank := blank_fields(content):
        raise Incomplete(f"The certificate of conformity lacks {', '.join(blank)}.")
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.CERTIFIED,
        noun="certificate of conformity",
        number=number,
        content=content,
        act=Authority.CERTIFY,
        customer=shipment.customer,
    )
    move(shipment, "certify", by=by, lots=lot_numbers(shipment), data={"certificate": number})
    return ConformityCertificate.objects.create(
        number=number,
        shipment=shipment,
        revision=latest.revision + 1 if latest else 1,
        reason=reason.strip(),
        content=plain(content),
        content_sha256=sha256_of(canonical_bytes(content)),
        signature=signature,
    )


@transaction.atomic
def release(*, by: Person, shipment: Shipment, token: str, reason: str = "") -> ReleasePackage:
    """Pass the gate: every link of every lot closed, then the manifest is frozen and its rendering asked for.

    1. the lots are locked in number order, then the shipment; 2. the conformity certificate covers exactly the
    lines; 3. the chain is read after the locks and every check in force is closed; 4. signature; 5. manifest and
    package in the same transaction, the render job with them.

    Raises:  ChainIsOpen naming every open link; ConformityDoesNotMatch; NotTheMoment when it is released already;
             NotEntitled without authority.
    Source:  release rule 51; house rule "a gate, not a warning".
    """
    _lock_lots_of(shipment)
    shipment = lock(shipment)
    if shipment.state == Shipment.RELEASED or shipment.state == Shipment.DISPATCHED:
        signer = shipment.release_signature
        raise NotTheMoment(
            f"{shipment.number} was released by {signer.printed_name} on {signer.signed_at:%Y-%m-%d %H:%M} UTC."
        )
    _require_conformity(shipment)
    facts = facts_of(shipment)
    _require_closed(shipment, chain.judge(facts))
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
    released = move(
        shipment,
        "release",
        by=by,
        lots=lot_numbers(shipment),
        release_signature=signature,
        data={"reason": reason},
    )
    return freeze_package(by=by, shipment=released, facts=facts, reason=reason)


def facts_of(shipment: Shipment) -> dict:
    """Read the chain facts of a shipment's lots, its own draft included, in one pass."""
    travelers = list(shipment.lines.values_list("traveler_id", flat=True))
    return chain.read_facts(travelers, shipment=shipment)


def open_slots(shipment: Shipment) -> list:
    """Return every link of the shipment that is not closed, as the gate sees it now."""
    return [
        slot for slots in chain.judge(facts_of(shipment)).values() for slot in slots if not slot.is_closed
    ]


def _require_closed(shipment: Shipment, verdict: dict) -> None:
    stopping = [slot for slots in verdict.values() for slot in slots if not slot.is_closed]
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


@transaction.atomic
def dispatch(*, by: Person, shipment: Shipment, token: str) -> Shipment:
    """Let the goods go: the chain is read again and must be what was released, the package rendered.

    Raises:  NotTheMoment when the package is not rendered, not accepted by the buyer where the order asks for it,
             or out of date: then the shipment must be released again.
    """
    _lock_lots_of(shipment)
    shipment = lock(shipment)
    package = current_package(shipment)
    _require_package(shipment, package)
    facts = facts_of(shipment)
    if chain.digest(facts) != package.facts_digest:
        raise NotTheMoment(
            f"Something in the chain of {shipment.number} changed after it was released, so {package.number} no longer "
            "tells the truth. Withdraw the release, look at the chain, and release again."
        )
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.DISPATCHED,
        noun="shipment",
        number=shipment.number,
        content={"package": package.number, "file": package.file.sha256},
        act=Authority.RELEASE,
        customer=shipment.customer,
    )
    if package.state == ReleasePackage.SEALED:
        move(package, "release", by=by, lots=lot_numbers(shipment))
    for line in shipment.lines.select_related("traveler"):
        move(line.traveler, "ship", by=by, lots=[line.traveler.number], data={"shipment": shipment.number})
    return move(
        shipment,
        "dispatch",
        by=by,
        lots=lot_numbers(shipment),
        dispatch_signature=signature,
        dispatched_at=signature.signed_at,
    )


def _require_package(shipment: Shipment, package: ReleasePackage | None) -> None:
    if package is None or shipment.state != Shipment.RELEASED:
        raise NotTheMoment(
            f"{shipment.number} is {shipment.get_state_display().lower()}; release it before it leaves."
        )
    if package.state == ReleasePackage.FROZEN:
        raise NotTheMoment(f"{package.number} is still being rendered. Wait until it is ready.")
    needs_approval = shipment.lines.filter(order_line__needs_package_approval=True).exists()
    if needs_approval and package.state != ReleasePackage.ACCEPTED:
        raise NotTheMoment(
            f"The order asks that {shipment.customer} accepts {package.number} before the goods leave; it is "
            f"{package.get_state_display().lower()}."
        )
    if package.state not in (ReleasePackage.SEALED, ReleasePackage.RELEASED, ReleasePackage.ACCEPTED):
        raise NotTheMoment(
            f"{package.number} is {package.get_state_display().lower()}; release the shipment again."
        )


@transaction.atomic
def withdraw_release(*, by: Person, shipment: Shipment, reason: str) -> Shipment:
    """Take a release back before dispatch: its package goes out of date, the shipment waits for the gate again.

    Raises:  Incomplete without a reason.
    """
    require_quality(by, "withdraw releases")
    if not reason.strip():
        raise Incomplete(f"Say why the release of {shipment.number} is withdrawn.")
    _lock_lots_of(shipment)
    package = current_package(shipment)
    if package is not None:
        outdate(by=by, package=package, reason=reason)
    return move(shipment, "withdraw", by=by, lots=lot_numbers(shipment), data={"reason": reason})


@transaction.atomic
def cancel(*, by: Person, shipment: Shipment) -> Shipment:
    """Cancel a shipment that was not released; its lots are free again."""
    _lock_lots_of(shipment)
    cancelled = move(shipment, "cancel", by=by, lots=lot_numbers(shipment))
    for line in cancelled.lines.all():
        line.is_active = False
        line.save()
    return cancelled


def current_package(shipment: Shipment) -> ReleasePackage | None:
    """Return the latest revision of the shipment's package that is not out of date."""
    return shipment.packages.exclude(state=ReleasePackage.STALE).order_by("-revision").first()


def lot_numbers(shipment: Shipment) -> list[str]:
    """Return the numbers of the lots on a shipment, in order."""
    return sorted(shipment.lines.values_list("traveler__number", flat=True))


def _lock_lots_of(shipment: Shipment) -> None:
    lock_lots(lot_numbers(shipment))
