"""Doubt: what took the ground from under the proof of goods that have left, and which lots it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from documents.domain import blast
from documents.domain.approval_reach import ACCEPTED, SHIPPED, reach_of
from documents.models import Certificate
from inspection.domain import gauge_doubts
from inspection.domain.first_articles import STANDING
from inspection.models import FirstArticle, Nonconformance
from portal.models import Event, Registration, Reversal
from routes.models import Calibration, Gauge, OrderLine, Traveler
from subcontract.domain.standing_days import rests_on
from subcontract.models import ApprovalScope


@dataclass(frozen=True)
class Doubt:
    """Why proof no longer holds: in our words, in those for a customer, and the lots it is about."""

    noun: str
    number: str
    cause: str
    told: str
    lots: frozenset[str]


def of_certificate(certificate: Certificate) -> Doubt:
    """Return what a revoked certificate puts in doubt: every lot it is for, through heats and assemblies too."""
    name = certificate.stated_number or certificate.number
    issuer = f" of {certificate.issuer.name}" if certificate.issuer else ""
    return Doubt(
        "certificate",
        certificate.number,
        f"Certificate {certificate.number} ({name}{issuer}) was revoked: {certificate.decision_reason}",
        f"The certificate {name}{issuer} that is part of their proof was revoked.",
        _shipped_by(blast.Cause(blast.CERTIFICATE, certificate.number, "")),
    )


def _certificate_revoked(event: Event) -> list[Doubt]:
    found = Certificate.objects.filter(number=event.number, state=Certificate.REVOKED).select_related(
        "issuer"
    )
    return [of_certificate(each) for each in found]


def _gauge_found_bad(event: Event) -> list[Doubt]:
    # what was recorded before the two were told apart says only how it was left
    if event.data.get("was_found_in_tolerance", event.data.get("is_in_tolerance")) is not False:
        return []
    gauge = Gauge.objects.get(number=event.number)
    return [_of_gauge(gauge, date.fromisoformat(event.data["calibrated_on"]))]


def _of_gauge(gauge: Gauge, day: date) -> Doubt:
    """Doubt what was measured since the last good calibration, up to the day the gauge was found out of tolerance."""
    since = blast.last_good_calibration(gauge, before=day)
    left = _shipped_by(blast.Cause(blast.GAUGE, gauge.number, "", since=since, until=day))
    days = f"since {since:%-d %b %Y}" if since else "at any time before"
    return Doubt(
        "gauge",
        gauge.number,
        f"Gauge {gauge.number} was found out of tolerance on {day:%-d %b %Y}; its readings {days} are in doubt.",
        f"A gauge they were measured with was found out of tolerance on {day:%-d %b %Y}; what it read {days} is in "
        "doubt.",
        left - _judged(gauge, day, left),
    )


def _dispatched(event: Event) -> list[Doubt]:
    """Doubt what left although a gauge it was measured with had been found out of tolerance already.

    The chain stops such lots until their readings are judged, so only those leave whose customer's policy leaves the
    check of results out, or whose components were measured so.
    """
    found_bad = (
        Calibration.objects.filter(was_found_in_tolerance=False).select_related("gauge").order_by("pk")
    )
    doubts = [_of_gauge(each.gauge, each.calibrated_on) for each in found_bad]
    return [replace(doubt, lots=doubt.lots & set(event.lots)) for doubt in doubts]


def _judged(gauge: Gauge, day: date, lots: frozenset[str]) -> set[str]:
    """Return those of these lots whose own readings somebody judged before they left, all of them."""
    finding = gauge_doubts.finding_of(gauge, day)
    if finding is None:
        return set()
    found = [
        gauge_doubts.readings_of(finding, lot) for lot in Traveler.objects.filter(number__in=sorted(lots))
    ]
    return {each.lot.number for each in found if each.readings and not each.undecided}


def _approval_ended(event: Event) -> list[Doubt]:
    found = ApprovalScope.objects.filter(number=event.number).select_related("site__organization", "customer")
    return [
        _of_approval(each, "approval", each.number, ended_on=each.state_since)
        for each in found
        if each.state != each.APPROVED
    ]


def _registration_withdrawn(event: Event) -> list[Doubt]:
    """Doubt the work done under the approvals that rest on a registration, from the day it held no more."""
    doubts = []
    for each in Registration.objects.filter(number=event.number, withdrawn_on__isnull=False):
        rest = (each.reference, each.valid_from, each.withdrawn_on)
        approvals = ApprovalScope.objects.filter(site__organization=each.organization_id)
        for approval in approvals.select_related("site__organization", "customer").order_by("pk"):
            if rests_on(approval.basis, [rest]):
                doubts.append(_of_approval(approval, "registration", each.number, ended_on=each.withdrawn_on))
    return doubts


def _of_approval(approval: ApprovalScope, noun: str, number: str, *, ended_on: date) -> Doubt:
    """Doubt the shipped work an approval did not cover, where it went on after the day it ended."""
    touched = frozenset(
        line.lot
        for line in reach_of(approval)
        if line.place in (SHIPPED, ACCEPTED)
        and line.is_touched
        and (line.received_on or ended_on) >= ended_on
    )
    work = f"{approval.process} by {approval.spec_number} at {approval.site}"
    return Doubt(
        noun,
        number,
        f"Approval {approval.number} for {work} did not stand on every day of the work.",
        f"Our approval of {work} did not stand on every day the pieces were worked on there.",
        touched,
    )


def _acceptance_undone(event: Event) -> list[Doubt]:
    """Doubt the shipped lots whose proof stood on an acceptance that was undone; lots still here open by themselves."""
    judge = {"first article": _of_first_article, "nonconformance": _of_nonconformance}
    found = Reversal.objects.filter(number=event.number, noun__in=judge)
    return [doubt for each in found if (doubt := judge[each.noun](each))]


def _of_first_article(reversal: Reversal) -> Doubt | None:
    report = FirstArticle.objects.get(number=reversal.record)
    another = FirstArticle.objects.filter(route_revision=report.route_revision_id, state__in=STANDING)
    if another.exists():
        return None
    made = Traveler.objects.filter(route_revision=report.route_revision_id, state=Traveler.SHIPPED)
    asked = made.exclude(order_line__fai_regime=OrderLine.NONE)
    return Doubt(
        "reversal",
        reversal.number,
        f"The approval of first article {report.number} was withdrawn by {reversal.number}: {reversal.reason}",
        f"Our approval of first article {report.number}, on which they were delivered, was withdrawn.",
        frozenset(asked.values_list("number", flat=True)),
    )


def _of_nonconformance(reversal: Reversal) -> Doubt:
    found = Nonconformance.objects.select_related("traveler").get(number=reversal.record)
    root = found.traveler.number
    carried = Traveler.objects.filter(Q(number=root) | Q(number__startswith=f"{root}/"))
    return Doubt(
        "reversal",
        reversal.number,
        f"The decision on nonconformance {found.number} was undone by {reversal.number}: {reversal.reason}",
        f"The decision on nonconformance {found.number}, which is about these pieces, was taken back.",
        frozenset(carried.values_list("number", flat=True)),
    )


DOUBTS: dict[tuple[str, str], Callable[[Event], list[Doubt]]] = {
    ("certificate", "revoke"): _certificate_revoked,
    ("gauge", "calibrate"): _gauge_found_bad,
    ("approval", "suspend"): _approval_ended,
    ("approval", "withdraw"): _approval_ended,
    ("registration", "withdraw"): _registration_withdrawn,
    ("shipment", "dispatch"): _dispatched,
    ("reversal", "undo"): _acceptance_undone,
}


def _shipped_by(cause: blast.Cause) -> frozenset[str]:
    return frozenset(lot.lot for lot in blast.touched_by(cause) if lot.place == blast.SHIPPED)
