"""Deciding on a certificate: accepted, rejected or revoked by a person, never by a comparison."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.domain.certificate_contents import signed_content
from documents.domain.chain.certificate_states import excuse_of
from documents.domain.cross_check import compare, typed_alone
from documents.domain.doubts import of_certificate
from documents.domain.drawn_before import ask_for_pages
from documents.domain.duplicates import STOP, offered_before
from documents.domain.lab_reports import lab_results, record_lab_report
from documents.domain.notices import draft_for
from documents.domain.readings import reading_of
from documents.domain.sightings import keep_sightings, require_looked, taken_over
from documents.domain.test_results import require_inside, results_of
from documents.models import Certificate
from documents.permissions import DECIDERS
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.files import one_use_at_a_time
from portal.domain.moves import lock, move
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature
from portal.permissions import VENDORS, require_role
from routes.domain.lots import lock_lots
from routes.domain.materials import record_certificate as record_on_material
from routes.domain.words import AuthorMayNotApprove
from routes.models import Traveler
from subcontract.domain.receipts import record_certificate as record_on_receipt
from subcontract.models import Receipt


class CertificateDoesNotMatch(Refused):
    """Keys of the certificate disagree with the records; the sentence names each."""

    code = "certificate-does-not-match"


class CertificateCoversTooLittle(Refused):
    """More pieces are allocated than the certificate states."""

    code = "certificate-covers-too-little"


class FileUsedElsewhere(Refused):
    """The same file was offered for another lot and nobody has said why."""

    code = "file-used-elsewhere"


class SamePageElsewhere(Refused):
    """The same page was accepted for other pieces as a certificate of its own."""

    code = "same-page-elsewhere"


@transaction.atomic
def accept(
    *,
    by: Person,
    certificate: Certificate,
    token: str,
    reason: str = "",
    seen: Mapping[str, int] | None = None,
) -> Certificate:
    """Accept a certificate for everything it covers, and write it onto the heats and returns it proves.

    seen: the page on which the deciding person found what the machine did not, by field of the key.

    1. another person than who brought it and who typed it;
    2. every must-key agrees with the records and was found on the page, by the machine or by the deciding person;
       every stated result is inside its limits, and no more pieces are allocated than it states;
    3. the pieces of an outside step are back, so that the return can carry the certificate;
    4. the same file used elsewhere is answered with a reason.

    Raises:  NotEntitled; AuthorMayNotApprove; CertificateDoesNotMatch naming each key; NobodyHasLooked;
             CertificateCoversTooLittle; ResultOutOfLimits; FileUsedElsewhere; SamePageElsewhere; NotTheMoment.
    Source:  release rules 22, 30, 31, 33 and 34; AS9100D 8.4.2.
    """
    require_role(by, DECIDERS, "decide on certificates")
    certificate, lots, customer = _locked(certificate)
    _require_another_person(by, certificate)
    stated = _require_match(by, certificate, seen or {})
    require_inside(certificate)
    _require_enough(certificate)
    _require_returned(certificate)
    _require_single_use(certificate, reason)
    brought = (certificate.uploaded_by, certificate.entered_by)
    signature = _sign(by, token, certificate, Signature.ACCEPTED, reason, customer, brought)
    decided = move(
        certificate,
        "accept",
        by=by,
        lots=lots,
        decision_signature=signature,
        decision_reason=reason.strip(),
        **stated,
    )
    _write_down(by, decided)
    ask_for_pages(decided)
    return decided


@transaction.atomic
def reject(*, by: Person, certificate: Certificate, reason: str, token: str) -> Certificate:
    """Reject a certificate with the reason its sender needs to correct it.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once it is decided.
    """
    require_role(by, DECIDERS, "decide on certificates")
    certificate, lots, customer = _locked(certificate)
    reason = _require_reason(certificate, reason, "rejected")
    signature = _sign(by, token, certificate, Signature.REJECTED, reason, customer)
    return move(
        certificate,
        "reject",
        by=by,
        lots=lots,
        data={"reason": reason},
        decision_signature=signature,
        decision_reason=reason,
    )


@transaction.atomic
def revoke(*, by: Person, certificate: Certificate, reason: str, token: str) -> Certificate:
    """Take back an acceptance; every lot it proved is open again, and for those that have left notices are drafted.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment when it is not accepted.
    """
    require_role(by, DECIDERS, "decide on certificates")
    certificate, lots, customer = _locked(certificate)
    reason = _require_reason(certificate, reason, "revoked")
    signature = _sign(by, token, certificate, Signature.REJECTED, reason, customer)
    decided = move(
        certificate,
        "revoke",
        by=by,
        lots=lots,
        data={"reason": reason},
        decision_signature=signature,
        decision_reason=reason,
    )
    _write_down(by, decided)
    draft_for(of_certificate(decided), at=timezone.now())
    return decided


@transaction.atomic
def withdraw(*, by: Person, certificate: Certificate, reason: str) -> Certificate:
    """Take back a certificate one has sent, before anybody decided on it; file and fields are kept.

    Raises:  NotEntitled for anybody but its vendor; Incomplete without a reason; NotTheMoment once it is decided.
    """
    require_role(by, VENDORS, _("withdraw certificates"))
    certificate, lots, _customer = _locked(certificate)
    if not reason.strip():
        raise Incomplete(
            _("Say why certificate %(number)s is withdrawn.")
            % {"number": certificate.stated_number or certificate.number}
        )
    reason = reason.strip()
    return move(certificate, "withdraw", by=by, lots=lots, data={"reason": reason}, decision_reason=reason)


def _locked(certificate: Certificate) -> tuple[Certificate, list[str], Organization | None]:
    """Lock the lots a certificate is about, then itself; name the customer when they all have the same."""
    about = Q(coverages__certificate=certificate) | Q(material_lot__coverages__certificate=certificate)
    numbers = set(Traveler.objects.filter(about).values_list("number", flat=True))
    lots = lock_lots(sorted(numbers))
    customers = {lot.order_line.order.customer for lot in lots}
    customer = customers.pop() if len(customers) == 1 else None
    return lock(certificate), sorted(numbers), customer


def _require_another_person(by: Person, certificate: Certificate) -> None:
    for person, did in (
        (certificate.uploaded_by, "brought it in"),
        (certificate.entered_by, "typed its fields"),
        *((each.entered_by, "typed its results") for each in results_of(certificate)),
    ):
        if person and person.pk == by.pk:
            raise AuthorMayNotApprove(
                f"{by.printed_name} {did}: certificate {certificate.number} is accepted by another person. "
                "Ask a colleague of quality."
            )


def _require_match(by: Person, certificate: Certificate, seen: Mapping[str, int]) -> dict:
    """Require every must-key; return the fields taken over from the page, and the keys a customer's rules let pass."""
    keys = compare(certificate)
    if keep_sightings(by=by, certificate=certificate, keys=keys, seen=seen):
        keys = compare(certificate)
    stops = [key.sentence for key in keys if key.stops]
    if stops:
        raise CertificateDoesNotMatch(
            f"Certificate {certificate.number} cannot be accepted. {' '.join(stops)} Reject it and ask for a corrected "
            "one, or correct what was typed."
        )
    require_looked(certificate, keys)
    stated = taken_over(certificate, reading_of(certificate), keys)
    for field, value in stated.items():
        setattr(certificate, field, value)
    excused = sorted({excuse_of(key) for key in typed_alone(certificate) if key.stops})
    certificate.excused = excused
    return {**stated, "excused": excused}


def _require_enough(certificate: Certificate) -> None:
    allocated = sum(certificate.coverages.values_list("quantity", flat=True))
    if certificate.quantity is not None and allocated > certificate.quantity:
        raise CertificateCoversTooLittle(
            f"Certificate {certificate.number} states {certificate.quantity} pieces and {allocated} are allocated. "
            "Take lots off it or ask for a certificate for the rest."
        )


def _require_returned(certificate: Certificate) -> None:
    for coverage in certificate.coverages.filter(step__isnull=False).select_related("traveler", "step"):
        if not _receipts(coverage).exists():
            raise NotTheMoment(
                f"The pieces of lot {coverage.traveler.number} certificate {certificate.number} is for are not back "
                "yet. Receive them first, then accept it."
            )


def _require_single_use(certificate: Certificate, reason: str) -> None:
    one_use_at_a_time(certificate.file.sha256)
    for reuse in offered_before(certificate):
        if reuse.weight == STOP and reuse.certificate.state == Certificate.ACCEPTED:
            raise SamePageElsewhere(reuse.sentence)
        if not reason.strip():
            raise FileUsedElsewhere(reuse.sentence)


def _require_reason(certificate: Certificate, reason: str, done: str) -> str:
    if not reason.strip():
        raise Incomplete(
            f"Say why certificate {certificate.number} is {done}; whoever sent it must know what to correct."
        )
    return reason.strip()


def _sign(
    by: Person,
    token: str,
    certificate: Certificate,
    meaning: str,
    reason: str,
    customer: Organization | None,
    made_by: tuple[Person | None, ...] = (),
) -> Signature:
    return sign(
        by=by,
        token=token,
        meaning=meaning,
        noun="certificate",
        number=certificate.number,
        content=signed_content(certificate, reason),
        act=Authority.ACCEPT_CERTIFICATE,
        customer=customer,
        made_by=made_by,
    )


def _receipts(coverage):
    """Return the returns a covered step came back by."""
    return Receipt.objects.filter(
        traveler=coverage.traveler,
        line__step__operation=coverage.step.operation_id,
        line__step__pass_number=coverage.step.pass_number,
    )


def _write_down(by: Person, certificate: Certificate) -> None:
    """Write number, day and state onto the heats and returns, and what was tested beside; AS9102 Form 2 reads both.

    A test report is not what proves a heat or a process, so it leaves their certificate as it is.
    """
    said = {
        "number": certificate.stated_number or certificate.number,
        "on": certificate.stated_on,
        "state": certificate.state,
    }
    tested = lab_results(certificate)
    for coverage in certificate.coverages.select_related("material_lot", "traveler", "step"):
        if tested:
            record_lab_report(certificate, coverage, tested)
        if certificate.kind == Certificate.TEST:
            continue
        if coverage.material_lot_id:
            record_on_material(by=by, material_lot=coverage.material_lot, **said)
            continue
        for receipt in _receipts(coverage):
            record_on_receipt(by=by, receipt=receipt, **said)
