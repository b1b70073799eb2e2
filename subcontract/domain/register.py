"""The register: registrations and agreements of vendors and customers, with their days and why they ended."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.models import Agreement, Label, Organization, Person, Registration, Site, StoredFile
from portal.permissions import require_quality
from subcontract.domain.lots_touched import lock_touched


@transaction.atomic
def record_registration(
    *,
    by: Person,
    organization: Organization,
    kind: str,
    reference: str,
    valid_from: date,
    valid_to: date,
    site: Site | None = None,
    scope: str = "",
    issued_by: str = "",
    file: UploadedFile | None = None,
) -> Registration:
    """Record one certificate or registration of an organization; a renewal is another one.

    Raises:  NotEntitled unless quality records it; Incomplete without a reference, with its days reversed, or for a
             site of somebody else; FileRefused.
    Source:  AS9100D 8.4.1.1 (register of external providers with status and scope).
    """
    require_quality(by, "keep the register")
    what = f"{dict(Registration.KINDS)[kind]} of {organization.name}"
    _require_facts(what, reference, valid_from, valid_to)
    if site is not None and site.organization_id != organization.pk:
        raise Incomplete(f"{site} is not a site of {organization.name}. Choose one of its own, or none.")
    touched = lock_touched(organization)
    made = Registration.objects.create(
        number=next_number("RG"),
        organization=organization,
        site=site,
        kind=kind,
        reference=reference.strip(),
        scope=scope.strip(),
        issued_by=issued_by.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        file=_kept(file, by, None),
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _tell(by, "record", "registration", made, touched, kind=kind, valid_from=valid_from, valid_to=valid_to)
    return made


@transaction.atomic
def withdraw_registration(*, by: Person, registration: Registration, on: date, reason: str) -> Registration:
    """Say from which day on a registration held no more, and why.

    Raises:  NotEntitled; Incomplete without a reason or for a day outside its days; NotTheMoment when it is withdrawn.
    """
    require_quality(by, "keep the register")
    touched = lock_touched(registration.organization)
    current = lock(registration)
    if current.withdrawn_on:
        raise NotTheMoment(
            f"{current} of {current.organization.name} is withdrawn since {current.withdrawn_on} already."
        )
    _require_end(str(current), on, reason, current.valid_from, current.valid_to)
    current.withdrawn_on, current.withdrawn_reason = on, reason.strip()
    current.save()
    _tell(by, "withdraw", "registration", current, touched, on=on, reason=reason.strip())
    return current


@transaction.atomic
def record_agreement(
    *,
    by: Person,
    organization: Organization,
    kind: str,
    reference: str,
    valid_from: date,
    valid_to: date | None = None,
    label: Label | None = None,
    file: UploadedFile | None = None,
) -> Agreement:
    """Record what an organization agreed to; with a label, the strictest it may receive by it.

    Raises:  NotEntitled unless quality records it; Incomplete without a reference, with its days reversed, or an
             export licence without the label it is for; FileRefused.
    """
    require_quality(by, "keep the register")
    what = f"{dict(Agreement.KINDS)[kind]} of {organization.name}"
    _require_facts(what, reference, valid_from, valid_to)
    if kind == Agreement.EXPORT and label is None:
        raise Incomplete(f"The {what} does not say which label it lets through. Choose the strictest one.")
    touched = lock_touched(organization)
    made = Agreement.objects.create(
        number=next_number("AG"),
        organization=organization,
        kind=kind,
        reference=reference.strip(),
        label=label,
        valid_from=valid_from,
        valid_to=valid_to,
        file=_kept(file, by, None),
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _tell(by, "record", "agreement", made, touched, kind=kind, label=label.code if label else "")
    return made


@transaction.atomic
def end_agreement(*, by: Person, agreement: Agreement, on: date, reason: str) -> Agreement:
    """Say from which day on an agreement held no more, and why.

    Raises:  NotEntitled; Incomplete without a reason or for a day outside its days; NotTheMoment when it has ended.
    """
    require_quality(by, "keep the register")
    touched = lock_touched(agreement.organization)
    current = lock(agreement)
    if current.ended_on:
        raise NotTheMoment(f"{current} of {current.organization.name} ended on {current.ended_on} already.")
    _require_end(str(current), on, reason, current.valid_from, current.valid_to)
    current.ended_on, current.ended_reason = on, reason.strip()
    current.save()
    _tell(by, "end", "agreement", current, touched, on=on, reason=reason.strip())
    return current


def _require_facts(what: str, reference: str, valid_from: date, valid_to: date | None) -> None:
    if not reference.strip():
        raise Incomplete(f"The {what} needs the number or name printed on it.")
    if valid_to and valid_to < valid_from:
        raise Incomplete(f"The {what} would end on {valid_to}, before it begins on {valid_from}.")


def _require_end(what: str, on: date, reason: str, first: date, last: date | None) -> None:
    if not reason.strip():
        raise Incomplete(f"Say why {what} ends; the reason is kept with it.")
    if on < first or (last and on > last):
        until = f" to {last}" if last else ""
        raise Incomplete(f"{what} holds from {first}{until}; it cannot end on {on}. Choose a day between.")


def _kept(file: UploadedFile | None, by: Person, label: Label | None) -> StoredFile | None:
    return take_in(content=file.read(), name=file.name, by=by, label=label) if file else None


def _tell(by: Person, verb: str, noun: str, record, touched: list[str], **data) -> None:
    data = {"organization": record.organization.number, "reference": record.reference} | data
    record_event(by=by, verb=verb, noun=noun, number=record.number, lots=touched, data=data)
