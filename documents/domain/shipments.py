"""A shipment: drafted, certified, released by the gate, dispatched with a sealed package."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from documents.domain.conformity import blank_fields, content_of
from documents.domain.drawn_ahead import ask_for_sections
from documents.domain.gate import (
    ChainIsOpen,
    ConformityDoesNotMatch,
    current_package,
    facts_of,
    lot_numbers,
    open_slots,
    pass_gate,
    slots_of,
)
from documents.domain.leaving_from import require_one_place
from documents.domain.packages import (
    PackageIsStale,
    freeze_package,
    is_unchanged,
    outdate,
    require_archive,
)
from documents.domain.waiver_uses import give_back
from documents.models import ConformityCertificate, ReleasePackage, Shipment, ShipmentLine
from portal.domain.authorities import require_authority
from portal.domain.canonical import canonical_bytes, plain, sha256_of
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature
from portal.permissions import require_quality
from routes.domain.lots import lock_lots, quantity_of, serials_of
from routes.models import Traveler
from subcontract.domain.onward import leave_for_customer

__all__ = [
    "ChainIsOpen",
    "ConformityDoesNotMatch",
    "cancel",
    "certify",
    "current_package",
    "dispatch",
    "draft_shipment",
    "facts_of",
    "lot_numbers",
    "may_dispatch",
    "needs_approval",
    "open_slots",
    "reissue",
    "release",
    "slots_of",
    "withdraw_release",
]
CHANGED = "The chain changed after the release."


@transaction.atomic
def draft_shipment(
    *, by: Person, customer: Organization, lots: list[Traveler], carrier: str = ""
) -> Shipment:
    """Draft a shipment of whole lots to one customer; a partial delivery splits the lot first.

    Raises:  Incomplete without lots; NotTheMoment for a lot of another customer, a prototype on a line that orders
             production parts, one that is not complete, one on another shipment, or lots of different part revisions
             or at different places.
    """
    require_quality(by, "draft shipments")
    if not lots:
        raise Incomplete("Choose at least one lot to ship.")
    locked = lock_lots([lot.number for lot in lots])
    for lot in locked:
        _require_shippable(lot, customer)
    _require_one_part(locked)
    require_one_place(locked)
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
    line = lot.order_line
    if lot.purpose == Traveler.PROTOTYPE and line.purpose != line.PROTOTYPE:
        raise NotTheMoment(
            f"Lot {lot.number} is a prototype and order line {line} orders production parts; it cannot ship as "
            "production. Ship a production lot, or have the customer amend the line to prototypes."
        )
    if lot.state != Traveler.COMPLETE:
        raise NotTheMoment(
            f"Lot {lot.number} is {lot.get_state_display().lower()}; only a lot whose last step is signed can ship."
        )
    if line := ShipmentLine.objects.filter(traveler=lot, is_active=True).select_related("shipment").first():
        raise NotTheMoment(f"Lot {lot.number} is on shipment {line.shipment.number} already.")


def _require_one_part(lots: list[Traveler]) -> None:
    """Refuse lots of different part revisions: a release package proves one, with one set of results and forms."""
    revisions = {str(lot.route_revision.part_revision): lot.number for lot in lots}
    if len(revisions) > 1:
        named = ", ".join(f"lot {number} is {revision}" for revision, number in sorted(revisions.items()))
        raise NotTheMoment(
            f"A release package proves one part revision, and {named}. Draft a shipment for each of them."
        )


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
    _require_open_papers(shipment)
    latest = shipment.conformity_certificates.order_by("-revision").first()
    if latest and not reason.strip():
        raise Incomplete(
            f"Say why {latest.number} is issued again; the reason is printed on the new revision."
        )
    number = latest.number if latest else next_number("CC")
    content = content_of(
        shipment=shipment,
        number=number,
        on=timezone.localdate().isoformat(),
        by=by,
        remarks=remarks,
        reason=reason,
    )
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
    certificate = ConformityCertificate.objects.create(
        number=number,
        shipment=shipment,
        revision=latest.revision + 1 if latest else 1,
        reason=reason.strip(),
        content=plain(content),
        content_sha256=sha256_of(canonical_bytes(content)),
        signature=signature,
    )
    ask_for_sections(certificate)
    return certificate


def _require_open_papers(shipment: Shipment) -> None:
    """Refuse a new certificate for goods that are gone, unless the buyer sent the package back."""
    package = current_package(shipment)
    is_returned = package is not None and package.state == ReleasePackage.RETURNED
    if shipment.state == Shipment.DISPATCHED and not is_returned:
        raise NotTheMoment(
            f"{shipment.number} is dispatched; its certificate of conformity is issued again only after the buyer "
            "returned the package."
        )


@transaction.atomic
def release(*, by: Person, shipment: Shipment, token: str, reason: str = "") -> ReleasePackage:
    """Pass the gate: every link of every lot closed, then the manifest is frozen and its rendering asked for.

    1. the lots are locked in number order, then the shipment; 2. the conformity certificate covers exactly the
    lines; 3. the chain is read after the locks and every check in force is closed; 4. signature; 5. manifest and
    package in the same transaction, the render job with them.

    Raises:  ChainIsOpen naming every open link; ConformityDoesNotMatch; NotTheMoment when it is released already;
             WaiverUsedUp when lots need more pieces than a waiver has left; NotEntitled without authority.
    Source:  release rule 51; house rule "a gate, not a warning".
    """
    _lock_lots_of(shipment)
    shipment = lock(shipment)
    if shipment.state == Shipment.RELEASED or shipment.state == Shipment.DISPATCHED:
        signer = shipment.release_signature
        raise NotTheMoment(
            f"{shipment.number} was released by {signer.printed_name} on {signer.signed_at:%-d %b %Y %H:%M} UTC."
        )
    signature, facts = pass_gate(by, shipment, token)
    released = move(
        shipment,
        "release",
        by=by,
        lots=lot_numbers(shipment),
        release_signature=signature,
        data={"reason": reason},
    )
    return freeze_package(by=by, shipment=released, facts=facts, reason=reason)


def dispatch(*, by: Person, shipment: Shipment, token: str) -> Shipment:
    """Let the goods go: the chain is read again and must be what was released, the package rendered.

    A package that no longer tells the truth goes out of date then and there, and the shipment back to the gate.

    Raises:  NotTheMoment when the package is not rendered, or not accepted by the buyer where the order asks for it;
             PackageIsStale when the chain has changed: the shipment must be released again.
    """
    with transaction.atomic():
        _lock_lots_of(shipment)
        shipment = lock(shipment)
        package = current_package(shipment)
        _require_package(shipment, package)
        require_one_place([line.traveler for line in shipment.lines.select_related("traveler")])
        require_quality(by, "dispatch shipments")
        require_authority(person=by, act=Authority.RELEASE, customer=shipment.customer)
        if is_unchanged(package):
            return _let_go(by, shipment, package, token)
        # kept although the dispatch is refused: nobody may ship or read this revision as the truth any more
        outdate(by=by, package=package, reason=CHANGED)
        give_back(shipment)
        move(shipment, "withdraw", by=by, lots=lot_numbers(shipment), data={"reason": CHANGED})
    raise PackageIsStale(
        f"Something in the chain of {shipment.number} changed after it was released, so {package.number} is out of "
        "date and nothing was dispatched. Look at the chain and release the shipment again as the next revision."
    )


def _let_go(by: Person, shipment: Shipment, package: ReleasePackage, token: str) -> Shipment:
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
        move(package, "release", by=by, lots=lot_numbers(shipment), shared_at=signature.signed_at)
    gone_on = timezone.localdate(signature.signed_at)
    for line in shipment.lines.select_related("traveler"):
        leave_for_customer(by=by, traveler=line.traveler, on=gone_on, document=shipment.number)
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
        raise NotTheMoment(f"The pages of {package.number} are not drawn yet. Wait until they are.")
    require_archive(package)
    if needs_approval(shipment) and package.state != ReleasePackage.ACCEPTED:
        raise NotTheMoment(
            f"The order asks that {shipment.customer} accepts {package.number} before the goods leave; it is "
            f"{package.get_state_display().lower()}."
        )
    if package.state not in (ReleasePackage.SEALED, ReleasePackage.RELEASED, ReleasePackage.ACCEPTED):
        raise NotTheMoment(
            f"{package.number} is {package.get_state_display().lower()}. Withdraw the release, put right what was "
            "asked for, and release the shipment again."
        )


def needs_approval(shipment: Shipment) -> bool:
    """Say whether an order line asks that the buyer accepts the package before the goods leave."""
    return shipment.lines.filter(order_line__needs_package_approval=True).exists()


def may_dispatch(shipment: Shipment) -> bool:
    """Say whether nothing but the chain itself and a signature stands between this shipment and the road."""
    try:
        _require_package(shipment, current_package(shipment))
    except NotTheMoment:
        return False
    return True


@transaction.atomic
def reissue(*, by: Person, shipment: Shipment, token: str, reason: str) -> ReleasePackage:
    """Answer a buyer's return of goods already dispatched: the gate again, and the next revision of the package.

    Raises:  NotTheMoment unless the goods are gone and the package was returned; Incomplete without a reason;
             ChainIsOpen; ConformityDoesNotMatch; NotEntitled without authority.
    """
    _lock_lots_of(shipment)
    shipment = lock(shipment)
    package = current_package(shipment)
    if shipment.state != Shipment.DISPATCHED or package is None or package.state != ReleasePackage.RETURNED:
        raise NotTheMoment(
            f"A package is issued again after dispatch only when the buyer returned it; {shipment.number} is "
            f"{shipment.get_state_display().lower()} and its package is "
            f"{package.get_state_display().lower() if package else 'out of date'}."
        )
    if not reason.strip():
        raise Incomplete(
            f"Say what was put right in {package.number}; the buyer reads it in the next revision."
        )
    released, facts = pass_gate(by, shipment, token)
    shipment.release_signature = released
    shipment.save()
    outdate(by=by, package=package, reason=reason)
    return freeze_package(by=by, shipment=shipment, facts=facts, reason=reason)


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
    give_back(shipment)
    return move(shipment, "withdraw", by=by, lots=lot_numbers(shipment), data={"reason": reason})


@transaction.atomic
def cancel(*, by: Person, shipment: Shipment) -> Shipment:
    """Cancel a shipment that was not released; its lots are free again."""
    _lock_lots_of(shipment)
    cancelled = move(shipment, "cancel", by=by, lots=lot_numbers(shipment))
    for line in cancelled.lines.all():
        line.is_active = False
        line.save()
    give_back(cancelled)
    return cancelled


def _lock_lots_of(shipment: Shipment) -> None:
    lock_lots(lot_numbers(shipment))
