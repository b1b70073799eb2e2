"""The record of a nonconformance: where, against what, how many, by which code, whose, and what was contained."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from inspection.models import ContainmentCheck, FindingCode, FindingRecord, Nonconformance
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Organization, Person
from portal.permissions import require_quality, require_shop
from routes.domain.lots import lock_lots
from routes.domain.words import only_once
from routes.models import Traveler
from subcontract.models import OutsideOrderLine

LONGEST_CODE = FindingCode._meta.get_field("code").max_length


@transaction.atomic
def add_code(*, by: Person, kind: str, code: str, words: str) -> FindingCode:
    """Add a code to the shop's catalogue.

    Raises:  NotEntitled; Incomplete without kind, code or words; AlreadyThere.
    """
    require_quality(by, "change the catalogue of codes")
    code, words = code.strip().upper(), words.strip()
    if kind not in dict(FindingCode.KINDS) or not code or not words:
        raise Incomplete("A code needs its kind (defect, process or cause), a short code and its words.")
    if len(code) > LONGEST_CODE:  # capitals may be longer than what was typed
        raise Incomplete(f"{code} is longer than {LONGEST_CODE} letters. Choose a shorter code.")
    with only_once(f"The catalogue has {kind} code {code} already. Choose another, or use that one."):
        made = FindingCode.objects.create(kind=kind, code=code, words=words)
    record_event(by=by, verb="add", noun="finding code", number=code, data={"kind": kind, "name": words})
    return made


@transaction.atomic
def retire_code(*, by: Person, code: FindingCode) -> FindingCode:
    """Offer a code no more; records that carry it keep it.

    Raises:  NotEntitled; NotTheMoment when it is retired already.
    """
    require_quality(by, "change the catalogue of codes")
    code = lock(code)
    if not code.is_active:
        raise NotTheMoment(f"Code {code.code} is retired already.")
    code.is_active = False
    code.save()
    record_event(by=by, verb="retire", noun="finding code", number=code.code, data={"kind": code.kind})
    return code


@transaction.atomic
def write_record(
    *,
    by: Person,
    nonconformance: Nonconformance,
    detected_at: str,
    requirement: str,
    actual: str,
    quantity_checked: int,
    defect: FindingCode,
    party: str,
    process: FindingCode | None = None,
    cause: FindingCode | None = None,
    organization: Organization | None = None,
    customer_reference: str = "",
) -> FindingRecord:
    """Write the record behind a nonconformance, or write it anew while it is not closed; history keeps the old words.

    Units:   pieces.
    Raises:  NotEntitled; NotTheMoment once it is closed; Incomplete for words, a code or a party that is missing or
             does not fit, or fewer pieces checked than found.
    Source:  AS9131 (data of a nonconformance); AS9100D 8.7.2.
    """
    require_shop(by, "write records of nonconformances")
    [lot] = lock_lots([nonconformance.traveler.number])
    current = lock(nonconformance)
    if current.state == Nonconformance.CLOSED:
        raise NotTheMoment(f"{current.number} is closed; its record stands. Undo the decision to change it.")
    _require_words(current, detected_at, requirement, actual, quantity_checked)
    _require_code(defect, FindingCode.DEFECT)
    _require_code(process, FindingCode.PROCESS)
    _require_code(cause, FindingCode.CAUSE)
    _require_party(current, party, organization)
    said = {
        "detected_at": detected_at,
        "requirement": requirement.strip(),
        "actual": actual.strip(),
        "quantity_checked": quantity_checked,
        "defect": defect,
        "process": process,
        "cause": cause,
        "party": party,
        "organization": organization if party != "shop" else None,
        "customer_reference": customer_reference.strip(),
        "written_by": by,
        "written_at": timezone.now(),
    }
    record, _ = FindingRecord.objects.update_or_create(nonconformance=current, defaults=said)
    record_event(
        by=by,
        verb="write record of",
        noun="nonconformance",
        number=current.number,
        lots=[lot.number],
        data={"defect": defect.code, "reference": record.customer_reference},
    )
    return record


@transaction.atomic
def record_containment(
    *,
    by: Person,
    nonconformance: Nonconformance,
    place: str,
    found: str,
    checked_on: date,
    quantity_found: int = 0,
) -> ContainmentCheck:
    """Say where else the same finding was looked for, and what was found there.

    Units:   pieces.
    Raises:  NotEntitled; Incomplete without a place or words, or with a day to come.
    Source:  AS9100D 8.7.1 (action appropriate to nonconforming product detected after delivery).
    """
    require_shop(by, "record containment")
    [lot] = lock_lots([nonconformance.traveler.number])
    if place not in dict(ContainmentCheck.PLACES) or not found.strip():
        raise Incomplete(
            f"Say where the finding of {nonconformance.number} was looked for (other stock, work in progress, shipped "
            "product), and what was found."
        )
    if checked_on > timezone.localdate():
        raise Incomplete(f"Nothing can have been looked at on {checked_on:%-d %b %Y}, a day to come.")
    check = ContainmentCheck.objects.create(
        nonconformance=nonconformance,
        place=place,
        found=found.strip(),
        quantity_found=quantity_found,
        checked_by=by,
        checked_on=checked_on,
    )
    record_event(
        by=by,
        verb="contain",
        noun="nonconformance",
        number=nonconformance.number,
        lots=[lot.number],
        data={"place": check.get_place_display(), "quantity": quantity_found},
    )
    return check


def _require_words(
    nonconformance: Nonconformance, detected_at: str, requirement: str, actual: str, checked: int
) -> None:
    if detected_at not in dict(FindingRecord.PLACES):
        raise Incomplete(f"Say where {nonconformance.number} was detected.")
    if not (requirement.strip() and actual.strip()):
        raise Incomplete(f"Say what {nonconformance.number} requires and what was found instead.")
    if checked < nonconformance.quantity:
        raise Incomplete(
            f"{nonconformance.number} found {nonconformance.quantity} pieces; not fewer than that were checked. "
            "Correct the pieces checked."
        )


def _require_code(code: FindingCode | None, kind: str) -> None:
    if code is None:
        return
    if code.kind != kind:
        raise Incomplete(f"{code.code} is a {code.get_kind_display().lower()} code, not a {kind} code.")


def _require_party(nonconformance: Nonconformance, party: str, organization: Organization | None) -> None:
    if party not in dict(FindingRecord.PARTIES):
        raise Incomplete(f"Say who answers for {nonconformance.number}: the shop, a vendor or the customer.")
    if party != "shop" and (organization is None or organization.kind != party):
        raise Incomplete(f"Name the {party} that answers for {nonconformance.number}.")


@dataclass(frozen=True)
class RepeatFinding:
    """How often something was found, of how much: no share without a denominator.

    Units:   findings and pieces found; `of` in lots of the part, lots sent to the vendor, or findings.
    """

    name: str
    findings: int
    pieces: int
    of: int
    what: str


def counts_by_code(since: date) -> list[RepeatFinding]:
    """Return how often each defect code was found since a day, of all findings that carry one."""
    found = FindingRecord.objects.filter(nonconformance__opened_at__date__gte=since)
    total = found.count()
    rows = found.values("defect__code", "defect__words").annotate(
        findings=Count("pk"), pieces=Sum("nonconformance__quantity")
    )
    return _most_first(
        RepeatFinding(
            f"{row['defect__code']} {row['defect__words']}", row["findings"], row["pieces"], total, "findings"
        )
        for row in rows
    )


def counts_by_part(since: date) -> list[RepeatFinding]:
    """Return how often something was found on each part since a day, of the lots of it opened since."""
    part = "traveler__route_revision__part_revision__part__number"
    rows = (
        Nonconformance.objects.filter(opened_at__date__gte=since)
        .values(part)
        .annotate(findings=Count("pk"), pieces=Sum("quantity"))
    )
    lots = Counter(
        Traveler.objects.filter(parent__isnull=True)
        .filter(Q(opened_at__date__gte=since) | Q(pk__in=_roots_found(since)))
        .values_list("route_revision__part_revision__part__number", flat=True)
    )
    return _most_first(
        RepeatFinding(row[part], row["findings"], row["pieces"], lots[row[part]], "lots") for row in rows
    )


def counts_by_vendor(since: date) -> list[RepeatFinding]:
    """Return how often each vendor answered for a finding since a day, of the lots sent to it since."""
    rows = (
        FindingRecord.objects.filter(party="vendor", nonconformance__opened_at__date__gte=since)
        .values("organization__name", "organization_id")
        .annotate(findings=Count("pk"), pieces=Sum("nonconformance__quantity"))
    )
    sent = OutsideOrderLine.objects.filter(order__ordered_on__gte=since).exclude(
        order__state__in=("draft", "cancelled")
    )
    lots = Counter(sent.values_list("order__site__organization_id", flat=True))
    return _most_first(
        RepeatFinding(
            row["organization__name"],
            row["findings"],
            row["pieces"],
            lots[row["organization_id"]],
            "lots sent",
        )
        for row in rows
    )


def _roots_found(since: date) -> list[int]:
    """Return the lots, before any split, on which something was found since a day though they are older."""
    numbers = Nonconformance.objects.filter(opened_at__date__gte=since).values_list(
        "found_on_traveler__number", flat=True
    )
    roots = {number.split("/")[0] for number in numbers}
    return list(Traveler.objects.filter(number__in=roots).values_list("pk", flat=True))


def _most_first(found) -> list[RepeatFinding]:
    return sorted(found, key=lambda each: (-each.findings, each.name))
