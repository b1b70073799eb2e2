"""Certificates: taken in as they are, typed by a person, said what they are for. Decisions stand beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.domain.cross_check import compare as compare
from documents.domain.decisions import accept as accept
from documents.domain.decisions import reject as reject
from documents.domain.decisions import revoke as revoke
from documents.domain.reading_jobs import ask_for_reading, require_readable_data
from documents.formats.paper import FIELDS
from documents.models import Certificate, CertificateCoverage, UploadLink
from documents.permissions import BRINGERS, COVERERS
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import read_bytes, take_in
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.models import Label, Organization, Person, StoredFile
from portal.permissions import require_role
from routes.domain.lots import ancestor_numbers, lock_lots, quantity_of
from routes.models import MaterialLot, Operation, Traveler, TravelerStep
from subcontract.models import CustodyMove, OutsideOrderLine

DATA = "application/json"
TAKEN = ("application/pdf", "image/png", "image/jpeg", "image/tiff", DATA)
OPEN_STATES = (Certificate.RECEIVED, Certificate.IN_REVIEW)


class PagesNotThere(Refused):
    """The certificate would begin or end on a page the file does not have."""

    code = "pages-not-there"


class NotYourOrder(NotEntitled):
    """A vendor may bring certificates for its own orders only."""

    code = "not-your-order"


class OverAllocated(Refused):
    """A certificate would be used for more pieces than it states."""

    code = "over-allocated"


class WrongKindOfCertificate(Refused):
    """A material certificate proves a heat, a process certificate an outside step."""

    code = "wrong-kind-of-certificate"


@dataclass(frozen=True)
class Sent:
    """How a certificate came in, and who says they sent it when no account does.

    `stored` is given when its file was kept before: another range of pages, or a stack that waited for its clerk.
    """

    door: str = Certificate.PAGE
    link: UploadLink | None = None
    name: str = ""
    email: str = ""
    stored: StoredFile | None = None


@transaction.atomic
def upload(
    *,
    by: Person,
    content: bytes,
    name: str,
    kind: str,
    issuer: Organization | None = None,
    page_from: int = 1,
    page_to: int | None = None,
    line: OutsideOrderLine | None = None,
    replaces: Certificate | None = None,
    sent: Sent = Sent(),
    at: datetime | None = None,
) -> Certificate:
    """Take in one certificate: some pages of one file, kept byte for byte.

    sent      by which of the doors it came; they all end here
    line      the outside order line it answers; the lots out on it are then what it is said to cover
    replaces  the rejected or revoked certificate it corrects; that one is kept, and what it covered moves over

    Raises:  FileRefused for what cannot be read, and for a data certificate without its parts; PagesNotThere;
             NotYourOrder for a vendor without a line of its own; NotTheMoment when the one replaced is not rejected
             or revoked; WrongKindOfCertificate for material on an order of outside work.
    Source:  release rules 32, 36 and 37.
    """
    require_role(by, BRINGERS, "bring in certificates")
    issuer = _issuer(by, issuer, line)
    if line and kind == Certificate.MATERIAL:
        raise WrongKindOfCertificate(
            _(
                "%(line)s is outside work; a certificate of material proves a heat. Bring it in "
                "as another kind."
            )
            % {"line": line}
        )
    if replaces and replaces.state not in (Certificate.REJECTED, Certificate.REVOKED):
        raise NotTheMoment(
            _(
                "Certificate %(number)s is %(state)s; only a rejected or revoked one is "
                "replaced. Reject it first."
            )
            % {"number": replaces.number, "state": _(replaces.get_state_display()).lower()}
        )
    label = label_of(line)
    if sent.stored and sent.stored.label == label:
        stored = sent.stored
    else:
        # what was kept under another label is kept once more under the one of this part
        content = read_bytes(sent.stored) if sent.stored else content
        stored = take_in(content=content, name=name, by=by, allowed=TAKEN, label=label, at=at)
    if stored.media_type == DATA:
        require_readable_data(read_bytes(stored), name=stored.original_name)
    last = stored.look.get("page_count") or 1
    page_to = page_to or last
    if not 1 <= page_from <= page_to <= last:
        raise PagesNotThere(
            _(
                "%(original_name)s has %(last)s pages; a certificate on pages %(page_from)s to "
                "%(page_to)s is not in it. Correct the pages."
            )
            % {
                "original_name": stored.original_name,
                "last": last,
                "page_from": page_from,
                "page_to": page_to,
            }
        )
    certificate = Certificate.objects.create(
        number=next_number("C"),
        kind=kind,
        file=stored,
        page_from=page_from,
        page_to=page_to,
        issuer=issuer,
        uploaded_by=by,
        uploaded_at=at or timezone.now(),
        replaces=replaces,
        door=sent.door,
        link=sent.link,
        sent_name=sent.name,
        sent_email=sent.email,
    )
    lots = _propose(certificate, line, replaces)
    record_event(
        by=by,
        verb="upload",
        noun="certificate",
        number=certificate.number,
        lots=lots,
        data={
            "sha256": stored.sha256,
            "pages": [page_from, page_to],
            "kind": kind,
            "door": sent.door,
            **({"link": str(sent.link), "sent_by": sent.name or sent.email} if sent.link else {}),
        },
    )
    ask_for_reading(certificate)
    return certificate


def label_of(line: OutsideOrderLine | None) -> Label | None:
    """Return the label a file for an order line carries: that of the line's part."""
    return line.traveler.route_revision.part_revision.label if line else None


def _issuer(by: Person, issuer: Organization | None, line: OutsideOrderLine | None) -> Organization | None:
    if not by.is_vendor:
        return issuer or (line.order.site.organization if line else None)
    if line is None or not OutsideOrderLine.objects.for_viewer(by).filter(pk=line.pk).exists():
        raise NotYourOrder(
            _("%(person)s may bring certificates for orders of %(organization)s only. Choose one.")
            % {"person": by.printed_name, "organization": by.organization}
        )
    return by.organization


def _propose(
    certificate: Certificate, line: OutsideOrderLine | None, replaces: Certificate | None
) -> list[str]:
    """Write down what the certificate is brought for; quality may correct it before deciding."""
    if replaces:
        for old in replaces.coverages.all():
            CertificateCoverage.objects.create(
                certificate=certificate,
                material_lot=old.material_lot,
                traveler=old.traveler,
                step=old.step,
                quantity=old.quantity,
            )
    elif line:
        for step, quantity in steps_of_line(line):
            CertificateCoverage.objects.create(
                certificate=certificate, traveler=step.traveler, step=step, quantity=quantity
            )
    return [
        each.traveler.number for each in certificate.coverages.select_related("traveler") if each.traveler
    ]


def steps_of_line(line: OutsideOrderLine) -> list[tuple[TravelerStep, int]]:
    """Return the steps worked on under one line, with their pieces: the lot's and those of lots split from it.

    What was split off before the line left never was on it: it stays here, or goes out on a line of its own.
    """
    root = line.traveler.number
    stayed = _stayed_behind(line, root)
    steps = (
        TravelerStep.objects.filter(operation=line.step.operation, pass_number=line.step.pass_number)
        .filter(traveler__number__regex=rf"^{root}(/[0-9]+)*$")
        .select_related("traveler")
        .order_by("traveler__number")
    )
    sized = [
        (step, step.quantity_out if step.quantity_out is not None else quantity_of(step.traveler))
        for step in steps
        if not stayed.intersection([step.traveler.number, *ancestor_numbers(step.traveler.number)])
    ]
    return [(step, quantity) for step, quantity in sized if quantity > 0]


def _stayed_behind(line: OutsideOrderLine, root: str) -> set[str]:
    """Return the lots that were split off the lot of a line before the line left."""
    left = CustodyMove.objects.filter(line=line).order_by("pk").first()
    if left is None:
        return set()
    before = Traveler.objects.filter(number__startswith=f"{root}/", split_at__lte=left.recorded_at)
    return set(before.values_list("number", flat=True))


@transaction.atomic
def enter_fields(*, by: Person, certificate: Certificate, **fields) -> Certificate:
    """Write down what the paper says. What is typed proves nothing until it agrees with the records.

    fields: any of `FIELDS`; those not given stay as they are.
    Raises:  NotYourOrder for another organisation's certificate; NotTheMoment once it is decided;
             Incomplete when the days of the process are reversed.
    """
    require_role(by, BRINGERS, "enter what certificates say")
    if strange := set(fields) - set(FIELDS):
        raise TypeError(_("A certificate has no %(list)s.") % {"list": ", ".join(sorted(strange))})
    if by.is_vendor and certificate.issuer_id != by.organization_id:
        raise NotYourOrder(
            _("Certificate %(number)s is not of %(organization)s.")
            % {"number": certificate.number, "organization": by.organization}
        )
    begun, ended = fields.get("process_from"), fields.get("process_to")
    if begun and ended and ended < begun:
        raise Incomplete(
            _(
                "The work of certificate %(number)s would end on %(ended)s, before it begins on "
                "%(begun)s. Type the days as the paper has them."
            )
            % {"number": certificate.number, "ended": ended, "begun": begun}
        )
    data = {key: str(value) for key, value in fields.items() if value not in (None, "")}
    return move(certificate, "enter", by=by, lots=lots_of(certificate), data=data, entered_by=by, **fields)


@transaction.atomic
def cover(
    *,
    by: Person,
    certificate: Certificate,
    quantity: int,
    material_lot: MaterialLot | None = None,
    step: TravelerStep | None = None,
    traveler: Traveler | None = None,
) -> CertificateCoverage:
    """Say that a certificate is for so many pieces of a heat, or of one outside step of one lot.

    Saying it again for the same heat or step puts another quantity in its place.

    Units:   quantity in pieces.
    Raises:  NotTheMoment once it is decided; WrongKindOfCertificate; OverAllocated; Incomplete.
    Source:  release rule 31 (allocated never exceeds the certificate's quantity).
    """
    require_role(by, COVERERS, "say what certificates are for")
    if (material_lot is None) == (step is None) or quantity <= 0:
        raise Incomplete(
            f"Certificate {certificate.number} is for pieces of one heat or of one step: choose one of them and a "
            "quantity above zero."
        )
    traveler = step.traveler if step else traveler
    lock_lots([traveler.number] if traveler else _lots_of_material(material_lot))
    certificate = lock(certificate)
    if certificate.state not in OPEN_STATES:
        raise NotTheMoment(
            f"Certificate {certificate.number} is {certificate.get_state_display().lower()}; what it covers is fixed. "
            "Bring in another one."
        )
    _require_kind(certificate, step)
    target = {"material_lot": material_lot, "traveler": traveler, "step": step}
    _require_enough(certificate, target, quantity)
    coverage, _ = CertificateCoverage.objects.update_or_create(
        certificate=certificate, **target, defaults={"quantity": quantity}
    )
    record_event(
        by=by,
        verb="cover",
        noun="certificate",
        number=certificate.number,
        lots=[traveler.number] if traveler else _lots_of_material(material_lot),
        data={"for": step.number if step else material_lot.number, "quantity": quantity},
    )
    return coverage


def _require_kind(certificate: Certificate, step: TravelerStep | None) -> None:
    if step is None and certificate.kind == Certificate.PROCESS:
        raise WrongKindOfCertificate(
            f"Certificate {certificate.number} is of a process; it proves an outside step, not a heat."
        )
    if step is not None and certificate.kind == Certificate.MATERIAL:
        raise WrongKindOfCertificate(
            f"Certificate {certificate.number} is of material; it proves a heat, not step {step.number}."
        )
    if step is not None and step.state == TravelerStep.ELSEWHERE:
        raise WrongKindOfCertificate(
            f"Step {step.number} {step.operation.name} was done before lot {step.traveler.number} was brought in. "
            "Add its certificate to the lot as a scan of what was recorded elsewhere."
        )
    if step is not None and step.operation.kind != Operation.OUTSIDE:
        raise WrongKindOfCertificate(
            f"Step {step.number} {step.operation.name} is done in the house; no certificate is asked for it."
        )


def _require_enough(certificate: Certificate, target: dict, quantity: int) -> None:
    if certificate.quantity is None:
        return
    others = certificate.coverages.exclude(**target).aggregate(total=Sum("quantity"))["total"] or 0
    if others + quantity > certificate.quantity:
        raise OverAllocated(
            f"Certificate {certificate.number} is for {certificate.quantity} pieces and {others} are allocated; "
            f"{quantity} more would be too many. Ask for a certificate for the rest."
        )


def _lots_of_material(material_lot: MaterialLot) -> list[str]:
    return list(material_lot.travelers.values_list("number", flat=True))


def lots_of(certificate: Certificate) -> list[str]:
    """Return the numbers of the lots a certificate is about."""
    lots = []
    for coverage in certificate.coverages.select_related("traveler", "material_lot"):
        lots += [coverage.traveler.number] if coverage.traveler else _lots_of_material(coverage.material_lot)
    return sorted(set(lots))
