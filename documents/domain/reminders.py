"""What is due soon or overdue, told once for each due day; and each morning, what waits for the shop's quality people.

It stops by itself once what is owed has come: nothing is kept but the mail that was sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.domain.letters import Letter, Words, people_of, post, say_day
from documents.models import Certificate, CertificateCoverage, Notice, Waiver
from inspection.models import CorrectiveAction
from portal.models import Job, Organization, Person, Site
from portal.permissions import QUALITY, VENDORS
from subcontract.models import OutsideOrder, OutsideOrderLine

SOON = timedelta(days=3)
# brought, and neither rejected nor revoked since
STANDING = (Certificate.RECEIVED, Certificate.IN_REVIEW, Certificate.ACCEPTED)


@dataclass(frozen=True)
class Owed:
    """What one order still owes: pieces to send back, operations without a certificate."""

    pieces: int
    certificates: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.pieces or self.certificates)


def day_at(site: Site, at: datetime) -> date:
    """Return the day it is at a site."""
    zone = site.time_zone if site.time_zone in available_timezones() else "UTC"
    return at.astimezone(ZoneInfo(zone)).date()


def remind(*, at: datetime | None = None) -> int:
    """Remind of everything due within days or overdue, and tell what waits; return how many were told."""
    at = at or timezone.now()
    letters = [*_orders(at), *_actions(at), *_mornings(at)]
    return sum(post(letter, at=at) for letter in letters)


def owed_on(order: OutsideOrder) -> Owed:
    """Return what an order still owes: what did not come back, and each line whose certificate nobody brought."""
    lines = list(order.lines.select_related("step__operation", "traveler").prefetch_related("receipts"))
    pieces = 0
    if order.state == OutsideOrder.SHIPPED:
        counted = sum(
            each.quantity_returned + each.quantity_scrapped + each.quantity_short
            for line in lines
            for each in line.receipts.all()
        )
        pieces = max(sum(line.quantity for line in lines) - counted, 0)
    names = tuple(line.step.operation.name for line in lines if not _has_certificate(line))
    return Owed(pieces, names)


def _has_certificate(line: OutsideOrderLine) -> bool:
    root = line.traveler.number
    of_family = Q(traveler__number=root) | Q(traveler__number__startswith=f"{root}/")
    found = CertificateCoverage.objects.filter(
        of_family,
        step__operation=line.step.operation_id,
        step__pass_number=line.step.pass_number,
        certificate__state__in=STANDING,
    )
    return found.exists()


def _orders(at: datetime) -> Iterable[Letter]:
    near = (at + SOON + timedelta(days=1)).date()
    found = OutsideOrder.objects.filter(
        state__in=(OutsideOrder.SHIPPED, OutsideOrder.RETURNED), due_on__lte=near
    )
    for order in found.select_related("site__organization").order_by("due_on", "number"):
        today = day_at(order.site, at)
        if order.due_on > today + SOON or not (owed := owed_on(order)):
            continue
        kind = "overdue" if order.due_on < today else "due_soon"
        yield Letter(
            kind,
            f"{kind} {order.number} {order.due_on.isoformat()}",
            "outside order",
            order,
            people_of(order.site.organization, VENDORS),
            order.get_absolute_url(),
            lambda order=order, owed=owed, today=today: _order_words(order, owed, today),
            order=order,
        )


def _order_words(order: OutsideOrder, owed: Owed, today: date) -> Words:
    named = {"number": order.number, "day": say_day(order.due_on)}
    is_late = order.due_on < today
    facts = [(_("Due"), say_day(order.due_on))]
    if owed.pieces:
        facts.append((_("Pieces to send back"), str(owed.pieces)))
    if owed.certificates:
        facts.append((_("Certificates to send"), ", ".join(dict.fromkeys(owed.certificates))))
    return Words(
        (
            _("Order %(number)s is overdue since %(day)s")
            if is_late
            else _("Order %(number)s is due on %(day)s")
        )
        % named,
        _("Of this order we still wait for what is named here."),
        tuple(facts),
        _("Send what is missing, or write to us on the order's page if the day cannot hold."),
    )


def _actions(at: datetime) -> Iterable[Letter]:
    near = (at + SOON).date()
    found = CorrectiveAction.objects.filter(
        state__in=CorrectiveAction.TO_ANSWER, vendor__isnull=False, due_on__lte=near
    )
    for action in found.select_related("vendor").order_by("due_on", "number"):
        is_late = action.due_on < at.date()
        kind = "overdue" if is_late else "due_soon"

        def words(action=action, is_late=is_late) -> Words:
            named = {"number": action.number, "day": say_day(action.due_on)}
            late = _("The answer to corrective action %(number)s is overdue since %(day)s")
            soon = _("The answer to corrective action %(number)s is due on %(day)s")
            return Words(
                (late if is_late else soon) % named,
                _("We still wait for the cause and for what you do against it."),
                ((_("Answer by"), say_day(action.due_on)),),
            )

        yield Letter(
            kind,
            f"{kind} {action.number} {action.due_on.isoformat()}",
            "corrective action",
            action,
            people_of(action.vendor, VENDORS),
            action.get_absolute_url(),
            words,
        )


def waiting_for(person: Person) -> list[str]:
    """Return what waits for a person of quality: how many of what, first what stops goods."""
    notices = Notice.objects.for_viewer(person).filter(state=Notice.DRAFT).count()
    certificates = Certificate.objects.for_viewer(person).filter(state=Certificate.IN_REVIEW)
    certificates = certificates.exclude(uploaded_by=person).exclude(entered_by=person).count()
    waivers = Waiver.objects.waiting_for(person).count()
    answers = CorrectiveAction.objects.for_viewer(person).filter(state=CorrectiveAction.ANSWERED)
    parked = Job.objects.for_viewer(person).filter(state=Job.PARKED).count()
    counted = (
        (notices, lambda n: ngettext("%d notice to send", "%d notices to send", n)),
        (certificates, lambda n: ngettext("%d certificate to decide on", "%d certificates to decide on", n)),
        (waivers, lambda n: ngettext("%d waiver to decide on", "%d waivers to decide on", n)),
        (
            answers.exclude(answered_by=person).count(),
            lambda n: ngettext("%d answer to judge", "%d answers to judge", n),
        ),
        (
            parked,
            lambda n: ngettext(
                "%d piece of background work set aside", "%d pieces of background work set aside", n
            ),
        ),
    )
    return [words(n) % n for n, words in counted if n]


def _mornings(at: datetime) -> Iterable[Letter]:
    shop = Organization.objects.shops().first()
    for person in people_of(shop, QUALITY):
        if not waiting_for(person):
            continue

        def words(person=person) -> Words:
            waiting = "; ".join(waiting_for(person))
            return Words(
                _("Waiting for you: %(things)s") % {"things": waiting}, _("Open your desk to see each.")
            )

        key = f"what waits {at.date().isoformat()}"
        yield Letter("what_waits", key, "organization", shop, [person], "/", words)
