"""The same facts by plain loops over all rows: slow, obvious, and written without a look at the statements."""

from __future__ import annotations

from datetime import UTC, date, datetime

from documents.domain.scorecards.facts import Came, FindingFact, LineFact, MonthFacts, PaperFact, ReturnFact
from documents.models import Certificate, CertificateCoverage, DelayRecord
from inspection.models import FindingRecord, Nonconformance
from portal.models import Event, Organization
from routes.models import PlannedCheck, Traveler
from subcontract.models import CustodyMove, OutsideOrderLine, Receipt


def day_of(at: datetime) -> date:
    return at.astimezone(UTC).date()


def facts_of(vendor: Organization, year: int, month: int, as_of: datetime) -> MonthFacts:
    """Return the facts of one vendor and month as known at a moment."""

    def is_in(day: date) -> bool:
        return (day.year, day.month) == (year, month)

    lines, returns = [], []
    for line in OutsideOrderLine.objects.order_by("order_id", "line_number"):
        order = line.order
        signed = order.issue_signature
        if order.site.organization_id != vendor.pk or signed is None or signed.signed_at > as_of:
            continue
        came = [
            r
            for r in Receipt.objects.filter(line=line).order_by("received_on", "pk")
            if r.recorded_at <= as_of
        ]
        for receipt in came:
            if is_in(receipt.received_on) and receipt.quantity_returned:
                returns.append((receipt.pk, return_of(line, receipt, as_of)))
        if any(event.at <= as_of for event in events("outside order", order.number, "cancel")):
            continue
        if is_in(order.due_on) or any(is_in(receipt.received_on) for receipt in came):
            lines.append(line_of(line, came, as_of))
    papers = [
        PaperFact(each.number, day_of(each.uploaded_at), decision(each, as_of), is_again(each))
        for each in Certificate.objects.filter(issuer=vendor).order_by("pk")
        if is_in(day_of(each.uploaded_at)) and each.uploaded_at <= as_of
    ]
    return MonthFacts(
        date(year, month, 1),
        tuple(lines),
        tuple(fact for _, fact in sorted(returns, key=lambda pair: pair[0])),
        tuple(papers),
        tuple(findings_of(vendor, is_in, as_of)),
    )


def events(noun: str, number: str, *verbs: str) -> list[Event]:
    return list(Event.objects.filter(noun=noun, number=number, verb__in=verbs).order_by("pk"))


def decision(certificate: Certificate, as_of: datetime) -> str:
    said = [
        e.verb
        for e in events("certificate", certificate.number, "accept", "reject", "revoke")
        if e.at <= as_of
    ]
    return said[-1] if said else ""


def is_again(certificate: Certificate) -> bool:
    if certificate.replaces_id:
        return True
    mine = {each.step_id for each in certificate.coverages.all()}
    for before in Certificate.objects.filter(issuer=certificate.issuer, pk__lt=certificate.pk):
        rejected = any(
            e.at <= certificate.uploaded_at for e in events("certificate", before.number, "reject")
        )
        if rejected and mine & {each.step_id for each in before.coverages.all()}:
            return True
    return False


def line_of(line: OutsideOrderLine, came: list[Receipt], as_of: datetime) -> LineFact:
    sent = [
        move.moved_on
        for move in CustodyMove.objects.filter(line=line, to_site=line.order.site)
        if move.recorded_at <= as_of
    ]
    delays = [
        each
        for each in DelayRecord.objects.filter(line=line).order_by("pk")
        if each.recorded_at <= as_of and not (each.withdrawn_at and each.withdrawn_at <= as_of)
    ]
    return LineFact(
        str(line),
        line.traveler.number,
        line.quantity,
        line.order.due_on,
        min(sent, default=None),
        tuple(Came(r.received_on, r.quantity_returned, r.quantity_scrapped, r.quantity_short) for r in came),
        delays[-1].number if delays else "",
        delays[-1].cause if delays else "",
    )


def left_with(coverage: CertificateCoverage, lot: Traveler) -> bool:
    """Say whether a lot is the one a certificate covers, or was part of it when that one left the house."""
    branch = None
    while lot is not None and lot.pk != coverage.traveler_id:
        branch, lot = lot, lot.parent
    if lot is None or branch is None:
        return lot is not None
    left = [move.recorded_at for move in CustodyMove.objects.filter(line__step=coverage.step)]
    return not left or branch.split_at > min(left)


def return_of(line: OutsideOrderLine, receipt: Receipt, as_of: datetime) -> ReturnFact:
    brought, accepted = [], []
    lot = receipt.traveler.number
    for coverage in CertificateCoverage.objects.filter(step__isnull=False):
        step, certificate = coverage.step, coverage.certificate
        same = (step.operation_id, step.pass_number) == (line.step.operation_id, line.step.pass_number)
        if not same or not left_with(coverage, receipt.traveler) or certificate.uploaded_at > as_of:
            continue
        brought.append(day_of(certificate.uploaded_at))
        if decision(certificate, as_of) == "accept":
            [*_, last] = [e for e in events("certificate", certificate.number, "accept") if e.at <= as_of]
            accepted.append(day_of(last.at))
    return ReturnFact(
        str(line),
        lot,
        receipt.received_on,
        receipt.quantity_returned,
        min(brought, default=None),
        min(accepted, default=None),
    )


def findings_of(vendor: Organization, is_in, as_of: datetime):
    for found in Nonconformance.objects.order_by("pk"):
        if not is_in(day_of(found.opened_at)) or found.opened_at > as_of:
            continue
        written = [
            each
            for each in FindingRecord.history.filter(nonconformance=found).order_by("history_id")
            if each.history_date <= as_of
        ]
        if not written or written[-1].party != "vendor" or written[-1].organization_id != vendor.pk:
            continue
        characteristic = found.characteristic
        is_critical = characteristic is not None and (
            bool(characteristic.designator)
            or PlannedCheck.objects.filter(characteristic=characteristic, defect_class="critical").exists()
        )
        at_customer = written[-1].detected_at == FindingRecord.CUSTOMER
        yield FindingFact(found.number, day_of(found.opened_at), found.quantity, at_customer, is_critical)
