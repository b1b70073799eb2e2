"""Which act is told to whom by mail; the feed of events calls it, so an act is never held up by a mail.

A mail names records by their number and says what to do. What is labelled, and what another organization may not
read, stays behind sign-in. Meeting the same event twice mails once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.domain.difference_letters import deciders_of, differing
from documents.domain.disposal_letters import STATES as DISPOSAL_STATES
from documents.domain.disposal_letters import told_by
from documents.domain.letters import Letter, Words, people_of, post, say_day
from documents.domain.reply_links import order_answered_by
from documents.domain.sender_mails import language_at, tell_sender
from documents.models import Certificate, Notice, ReleasePackage, Scorecard, Waiver
from inspection.models import ConcessionRequest, CorrectiveAction, DriftAlarm, FirstArticle
from portal.models import Event, Organization, Person
from portal.permissions import CUSTOMER, QUALITY, VENDORS
from routes.models import OrderLine
from subcontract.models import OutsideOrder, VendorStatement

DECIDES = (Person.CUSTOMER_QUALITY,)
ANSWERED = (VendorStatement.AGREED, VendorStatement.REFUSED)
WAITS_FOR_QUALITY = (VendorStatement.DISPUTE, VendorStatement.FINDING, VendorStatement.STRIP)


def follow(events: Iterable[Event]) -> None:
    """Mail what these events tell somebody; the feed calls it."""
    for event in events:
        letters = LETTERS.get((event.noun, event.verb))
        for letter in letters(event) if letters else ():
            post(letter)


def start_over() -> None:
    """Mail nothing: what happened before anybody followed was told by other ways, or long ago."""


def _issued(event: Event) -> Iterable[Letter]:
    order = OutsideOrder.objects.select_related("site__organization").filter(number=event.number).first()
    if order is None or order.state not in (OutsideOrder.ISSUED, OutsideOrder.SHIPPED):
        return
    lines = list(order.lines.select_related("specification", "traveler__route_revision__part_revision"))
    # what a labelled part needs is read behind sign-in only
    is_labelled = any(line.traveler.route_revision.part_revision.label_id for line in lines)

    def words() -> Words:
        facts = [
            (_("Order"), order.number),
            (_("Due back"), say_day(order.due_on)),
            (_("Pieces"), str(sum(line.quantity for line in lines))),
        ]
        if not is_labelled:
            names = dict.fromkeys(str(line.specification) for line in lines)
            facts += [(_("Work"), "; ".join(names)), (_("The certificate states"), order.certificate_content)]
        return Words(
            _("Order %(number)s for you") % {"number": order.number},
            _("We have issued an order to %(site)s.") % {"site": order.site.name},
            tuple(facts),
            _("Read what it passes on, and send the certificate there once the work is done."),
        )

    yield Letter(
        "order_issued",
        f"order issued {order.number}",
        "outside order",
        order,
        people_of(order.site.organization, VENDORS),
        order.get_absolute_url(),
        words,
        order=order,
    )


def _certificate(event: Event, state: str) -> Certificate | None:
    found = Certificate.objects.select_related("issuer", "file").filter(number=event.number, state=state)
    return found.first()


def _rejected(event: Event) -> Iterable[Letter]:
    certificate = _certificate(event, Certificate.REJECTED)
    if certificate is None:
        return

    def words() -> Words:
        name = certificate.stated_number or certificate.number
        why = () if certificate.file.label_id else ((_("Why"), certificate.decision_reason),)
        return Words(
            _("Certificate %(number)s was rejected") % {"number": certificate.number},
            _("We cannot use your certificate %(name)s as it is.") % {"name": name},
            why,
            _("Send a corrected one in its place. Nothing it is for ships before."),
        )

    _tell_sender("certificate_rejected", event, certificate, words, wants_answer=True)
    order = order_answered_by(certificate)
    yield _of_certificate("certificate_rejected", event, certificate, words, order=order)


def _accepted(event: Event) -> Iterable[Letter]:
    certificate = _certificate(event, Certificate.ACCEPTED)
    if certificate is None:
        return

    def words() -> Words:
        name = certificate.stated_number or certificate.number
        return Words(
            _("Certificate %(number)s is accepted") % {"number": certificate.number},
            _("A person of ours has read and accepted your certificate %(name)s.") % {"name": name},
            todo=_("You need do nothing more."),
        )

    _tell_sender("certificate_accepted", event, certificate, words)
    yield _of_certificate("certificate_accepted", event, certificate, words)


def _tell_sender(
    kind: str,
    event: Event,
    certificate: Certificate,
    words: Callable[[], Words],
    *,
    wants_answer: bool = False,
) -> None:
    if certificate.link_id is None:
        return
    language = language_at(certificate.link.order, certificate.sent_email)
    with translation.override(language or settings.LANGUAGE_CODE):
        said = words()
    context = {
        "sentence": said.sentence,
        "facts": [{"label": label, "value": value} for label, value in said.facts],
        "todo": said.todo,
    }
    key = f"{kind} {certificate.number} {event.pk}"
    tell_sender(
        certificate,
        subject=said.subject,
        context=context,
        key=key,
        language=language,
        wants_answer=wants_answer,
    )


def _differs(event: Event) -> Iterable[Letter]:
    certificate = differing(event)
    if certificate is None:
        return

    def words() -> Words:
        # of the shop only, so in English
        return Words(
            f"Certificate {certificate.number} differs since its pieces came back",
            "It was compared with what came back, and no longer agrees.",
            (("Differs in", ", ".join(event.data.get("keys", []))), ("Lots", ", ".join(event.lots))),
            "Look at the count and the days, then revoke or reject it, or correct the receipt.",
        )

    key = f"certificate differs {certificate.number} {event.pk}"
    to, path = deciders_of(certificate), certificate.get_absolute_url()
    yield Letter("what_waits", key, "certificate", certificate, to, path, words)


def _of_certificate(
    kind: str,
    event: Event,
    certificate: Certificate,
    words: Callable[[], Words],
    *,
    order: OutsideOrder | None = None,
) -> Letter:
    return Letter(
        kind,
        f"{kind} {certificate.number} {event.pk}",
        "certificate",
        certificate,
        people_of(certificate.issuer, VENDORS),
        certificate.get_absolute_url(),
        words,
        order=order,
    )


def _action(event: Event) -> Iterable[Letter]:
    found = CorrectiveAction.objects.select_related("vendor").filter(number=event.number)
    action = found.filter(state__in=CorrectiveAction.TO_ANSWER).first()
    if action is None:
        return

    def words() -> Words:
        again = _("Your answer to %(number)s is not enough yet.") % {"number": action.number}
        first = _("We ask you for the cause of a problem, and for what you do against it.")
        return Words(
            _("Corrective action %(number)s: your answer is due on %(day)s")
            % {"number": action.number, "day": say_day(action.due_on)},
            again if action.state == CorrectiveAction.REOPENED else first,
            ((_("Answer by"), say_day(action.due_on)),),
            _("Read the problem there and answer it."),
        )

    yield Letter(
        "corrective_action",
        f"corrective action {action.number} {event.pk}",
        "corrective action",
        action,
        people_of(action.vendor, VENDORS),
        action.get_absolute_url(),
        words,
    )


def _waits(
    record: Model, noun: str, customer: Organization, event: Event, subject: Callable[[], str]
) -> Letter:
    def words() -> Words:
        return Words(
            subject() % {"number": record.number},
            _("It waits for your decision; nothing it holds ships before."),
            ((_("Record"), record.number),),
        )

    return Letter(
        "decision_waits",
        f"decision {record.number} {event.pk}",
        noun,
        record,
        people_of(customer, DECIDES),
        record.get_absolute_url(),
        words,
    )


def _concession(event: Event) -> Iterable[Letter]:
    found = ConcessionRequest.objects.waiting().select_related("customer").filter(number=event.number)
    for record in found:
        yield _waits(
            record,
            "concession request",
            record.customer,
            event,
            lambda: _("Request %(number)s asks you to let pieces pass"),
        )


def _waiver(event: Event) -> Iterable[Letter]:
    found = Waiver.objects.filter(number=event.number, state=Waiver.REQUESTED, authority=Waiver.CUSTOMER)
    for record in found.select_related("traveler__order_line__order__customer"):
        customer = record.traveler.order_line.order.customer
        yield _waits(
            record,
            "waiver",
            customer,
            event,
            lambda: _("Waiver %(number)s asks you to drop one of your demands"),
        )


def _first_article(event: Event) -> Iterable[Letter]:
    found = FirstArticle.objects.filter(
        number=event.number, state=FirstArticle.APPROVED, order_line__fai_regime=OrderLine.BEFORE_DISPATCH
    )
    for record in found.select_related("order_line__order__customer"):
        yield _waits(
            record,
            "first article",
            record.order_line.order.customer,
            event,
            lambda: _("First article %(number)s waits for your signature"),
        )


def _package(event: Event) -> Iterable[Letter]:
    found = ReleasePackage.objects.filter(number=event.number, state=ReleasePackage.RELEASED)
    for package in found.defer("manifest_bytes", "sections").select_related("shipment__customer"):

        def words(package=package) -> Words:
            return Words(
                _("Release package %(number)s is there for you") % {"number": package.number},
                _("The proof of shipment %(shipment)s is complete.") % {"shipment": package.shipment.number},
                ((_("Seal of the content (sha256)"), package.manifest_sha256),),
                _("Read it there, then accept it or return it with words."),
            )

        yield Letter(
            "package_shown",
            f"package {package.number} {event.pk}",
            "package",
            package,
            people_of(package.shipment.customer, CUSTOMER),
            package.get_absolute_url(),
            words,
        )


def _notice_drafted(event: Event) -> Iterable[Letter]:
    shop = Organization.objects.shops().first()
    for notice in Notice.objects.filter(number=event.number, state=Notice.DRAFT):

        def words(notice=notice) -> Words:
            return Words(
                _("Notice %(number)s: proof of goods we delivered no longer holds")
                % {"number": notice.number},
                _("The portal has drafted what the customer must know."),
                ((_("Lots"), ", ".join(notice.lots)),),
                _("Send it, or decide that the proof holds after all."),
            )

        key = f"notice drafted {notice.number} {event.pk}"
        to = people_of(shop, QUALITY)
        yield Letter("proof_fell", key, "notice", notice, to, notice.get_absolute_url(), words)


def _notice_sent(event: Event) -> Iterable[Letter]:
    for notice in Notice.objects.select_related("customer", "shipment").filter(
        number=event.number, state=Notice.SENT
    ):

        def words(notice=notice) -> Words:
            return Words(
                _("Notice %(number)s: please use no more of shipment %(shipment)s")
                % {"number": notice.number, "shipment": notice.shipment.number},
                _("Proof of goods we delivered to you no longer holds."),
                ((_("Shipment"), notice.shipment.number),),
                _("Keep these pieces apart and read there which they are."),
            )

        key = f"notice sent {notice.number}"
        to = people_of(notice.customer, CUSTOMER)
        yield Letter("notice", key, "notice", notice, to, notice.get_absolute_url(), words)


def _scorecard(event: Event) -> Iterable[Letter]:
    for card in Scorecard.objects.select_related("vendor").filter(number=event.number):

        def words(card=card) -> Words:
            month = date_format(card.month, "YEAR_MONTH_FORMAT")
            return Words(
                _("Your scorecard of %(month)s") % {"month": month},
                _("The figures of the month are fixed, each with the records it comes from."),
                todo=_("Tell us where a delay was not yours; it is then recorded and shown beside."),
            )

        yield Letter(
            "scorecard",
            f"scorecard {card.number}",
            "scorecard",
            card,
            people_of(card.vendor, VENDORS),
            reverse("documents:scorecard-detail", args=[card.number]),
            words,
        )


def _vendor_said(event: Event) -> Iterable[Letter]:
    shop = Organization.objects.shops().first()
    found = VendorStatement.objects.filter(
        number=event.number, state=VendorStatement.OPEN, kind__in=WAITS_FOR_QUALITY
    )
    for made in found.select_related("line__order__site__organization"):

        def words(made=made) -> Words:
            vendor = made.line.order.site.organization.name
            holds = "The lot is held until you answer." if made.hold_id else "The line does not leave before."
            return Words(
                f"{made.number}: {vendor}, {made.get_kind_display().lower()} on {made.line}",
                f"{vendor} waits for your answer. {holds}",
                (("Order and line", str(made.line)),),
                "Read there what was said, and answer it.",
            )

        path = made.get_absolute_url()
        key = f"vendor said {made.number}"
        yield Letter("vendor_said", key, "vendor statement", made, people_of(shop, QUALITY), path, words)


def _vendor_answered(event: Event) -> Iterable[Letter]:
    found = VendorStatement.objects.filter(number=event.number, state__in=ANSWERED)
    for made in found.select_related(
        "made_by__organization", "line__order", "line__traveler__route_revision__part_revision"
    ):
        # what a labelled part needs is read behind sign-in only
        is_labelled = made.line.traveler.route_revision.part_revision.label_id is not None

        def words(made=made, is_labelled=is_labelled) -> Words:
            agreed = _("We agree with what you said of %(line)s.") % {"line": made.line}
            refused = _("We do not agree with what you said of %(line)s.") % {"line": made.line}
            return Words(
                _("Answer to %(number)s") % {"number": made.number},
                agreed if made.state == VendorStatement.AGREED else refused,
                () if is_labelled else ((_("Our answer"), made.answer),),
                _("Read there what follows for the order."),
            )

        path = made.get_absolute_url()
        key = f"vendor answered {made.number}"
        to = people_of(made.made_by.organization, VENDORS)
        yield Letter("statement_answered", key, "vendor statement", made, to, path, words)


def _drift(event: Event) -> Iterable[Letter]:
    found = DriftAlarm.objects.filter(number=event.number, state=DriftAlarm.OPEN, owner__isnull=False)
    for alarm in found.select_related("owner__organization", "lot"):

        def words(alarm=alarm) -> Words:
            return Words(
                f"Drift alarm {alarm.number}: say by {say_day(alarm.due_on)} what moved it",
                "A characteristic has moved since its first article; every piece of it is measured until it ends.",
                (("Crossed with lot", alarm.lot.number), ("Answer by", say_day(alarm.due_on))),
                "Look at the chart there, and say what moved it and what is done.",
            )

        key = f"drift {alarm.number}"
        yield Letter("drift", key, "drift alarm", alarm, [alarm.owner], alarm.get_absolute_url(), words)


def _disposal(event: Event) -> Iterable[Letter]:
    for made, key, said in told_by(event):
        to, path = people_of(made.shipment.customer, CUSTOMER), made.get_absolute_url()
        yield Letter("disposal", key, "disposal", made, to, path, lambda said=said: Words(*said))


LETTERS: dict[tuple[str, str], Callable[[Event], Iterable[Letter]]] = {
    ("outside order", "issue"): _issued,
    ("certificate", "reject"): _rejected,
    ("certificate", "accept"): _accepted,
    ("certificate", "differ"): _differs,
    ("corrective action", "open"): _action,
    ("corrective action", "return"): _action,
    ("corrective action", "reopen"): _action,
    ("concession request", "request"): _concession,
    ("waiver", "request"): _waiver,
    ("first article", "approve"): _first_article,
    ("package", "release"): _package,
    ("notice", "draft"): _notice_drafted,
    ("notice", "send"): _notice_sent,
    ("scorecard", "freeze"): _scorecard,
    **{("disposal", verb): _disposal for verb in DISPOSAL_STATES},
    ("vendor statement", "make"): _vendor_said,
    ("vendor statement", "agree to"): _vendor_answered,
    ("vendor statement", "refuse"): _vendor_answered,
    ("drift alarm", "raise"): _drift,
}
