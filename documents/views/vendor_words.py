"""What a vendor owes on its outside orders, for pages of the earlier room: certificates line by line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from documents.domain.certificates import OPEN_STATES, compare
from documents.models import Certificate, CertificateCoverage
from documents.views.certificate_verdicts import progress_url
from documents.views.certificate_words import advice_to_vendor
from portal.models import Person
from subcontract.models import OutsideOrder, OutsideOrderLine

# from the day the pieces are at the vendor
CERTIFIED = (OutsideOrder.SHIPPED, OutsideOrder.RETURNED, OutsideOrder.CLOSED)


def certificates_of(lines: Iterable[OutsideOrderLine], person: Person) -> dict[int, list[Certificate]]:
    """Return the certificates brought for each line by its key, the newest first, in one statement for all.

    A certificate answers a line when it covers the line's operation and pass on its lot or on one split from it.
    """
    lines = list(lines)
    coverages = (
        CertificateCoverage.objects.filter(
            certificate__in=Certificate.objects.for_viewer(person),
            step__operation__in={line.step.operation_id for line in lines},
        )
        .select_related("certificate", "step", "traveler")
        .order_by("-certificate_id")
    )
    found: dict[int, list[Certificate]] = {line.pk: [] for line in lines}
    for coverage in coverages:
        for line in lines:
            if _answers(coverage, line) and coverage.certificate not in found[line.pk]:
                found[line.pk].append(coverage.certificate)
    return found


def _answers(coverage: CertificateCoverage, line: OutsideOrderLine) -> bool:
    root, lot = line.traveler.number, coverage.traveler.number
    same_step = (coverage.step.operation_id, coverage.step.pass_number) == (
        line.step.operation_id,
        line.step.pass_number,
    )
    return same_step and (lot == root or lot.startswith(f"{root}/"))


def owed_on(order: OutsideOrder, line: OutsideOrderLine, brought: list[Certificate]) -> list[dict]:
    """Return what is owed and what was given on one line: the pieces, then the certificate."""
    today = timezone.localdate()
    return [_pieces(order, line, today), _certificate(order, line, brought, today)]


def _pieces(order: OutsideOrder, line: OutsideOrderLine, today: date) -> dict:
    number = {"n": line.quantity}
    what = ngettext("%(n)s piece to send back", "%(n)s pieces to send back", line.quantity) % number
    if order.state == OutsideOrder.ISSUED:
        return {"what": what, "state": "waiting", "words": _("They have not left the shop yet.")}
    if order.state == OutsideOrder.SHIPPED:
        return {"what": what, "state": "missing", "owed": True, **_due(order.due_on, today)}
    return {
        "what": ngettext("%(n)s piece back", "%(n)s pieces back", line.quantity) % number,
        "state": "done",
        "words": _("Returned."),
    }


def _certificate(
    order: OutsideOrder, line: OutsideOrderLine, brought: list[Certificate], today: date
) -> dict:
    what = gettext("Certificate of %(work)s") % {"work": line.step.operation.name}
    if order.state not in CERTIFIED:
        return {"what": what, "state": "waiting", "words": _("Needed once the pieces are with you.")}
    latest = next(iter(brought), None)
    if latest is None or latest.state == Certificate.WITHDRAWN:
        return {
            "what": what,
            "state": "missing",
            "owed": True,
            "act": _("Send it"),
            **_due(order.due_on, today),
        }
    url = latest.get_absolute_url()
    row = {"what": what, "state": latest.state, "number": latest.stated_number or latest.number, "url": url}
    if latest.state == Certificate.RECEIVED:
        return row | {"owed": True, "act": _("Say what it states"), **_due(order.due_on, today)}
    if latest.state in (Certificate.REJECTED, Certificate.REVOKED):
        words = latest.decision_reason
        return row | {"owed": True, "act": _("Correct it"), "words": words, **_due(order.due_on, today)}
    words = _("A person of the shop reads it.") if latest.state == Certificate.IN_REVIEW else ""
    return row | {"words": words}


def _due(day: date, today: date) -> dict:
    late = (today - day).days
    return {"due_on": day, "days_late": max(late, 0), "is_today": late == 0}


def sending_of(order: OutsideOrder, line: OutsideOrderLine, brought: list[Certificate]) -> dict | None:
    """Return how the certificate of a line is sent now: the verdict on the latest, and what the next one replaces."""
    if order.state not in CERTIFIED:
        return None
    latest = next(iter(brought), None)
    is_gone = latest is None or latest.state == Certificate.WITHDRAWN
    may_send = is_gone or latest.state in (Certificate.REJECTED, Certificate.REVOKED)
    keys = compare(latest) if latest is not None and latest.state in OPEN_STATES else []
    upload = reverse("documents:certificate-upload")
    advice = None
    if not is_gone:
        advice = advice_to_vendor(latest, keys) | {"again_url": f"{upload}?line={line}"}
    return {
        "latest": latest,
        "advice": advice,
        "progress_url": progress_url(latest, hides_act=may_send) if advice else "",
        "may_send": may_send,
        "replaces": latest if may_send and not is_gone else None,
        "url": upload,
        "earlier": brought[1:],
    }
