"""What a person wants to be told, and when: kinds of mail, quiet hours, the daily mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.domain.errors import Incomplete
from portal.domain.events import record_event
from portal.domain.mails import language_of, send_mail
from portal.models import Job, MailEntry, MailSettings, Person
from portal.permissions import CUSTOMER, QUALITY, VENDORS

IMMEDIATE, DAILY, OFF = MailSettings.IMMEDIATE, MailSettings.DAILY, MailSettings.OFF


@dataclass(frozen=True)
class MailKind:
    """One kind of mail. A needed one may come once a day, not be switched off; an urgent one always comes at once."""

    code: str
    words: str
    roles: tuple[str, ...]
    is_needed: bool = False
    is_urgent: bool = False
    default: str = IMMEDIATE


KINDS = (
    MailKind("order_issued", _("An order for you"), VENDORS, is_needed=True),
    MailKind("due_soon", _("Something of yours is due within days"), VENDORS),
    MailKind("overdue", _("Something of yours is overdue"), VENDORS, is_needed=True),
    MailKind("certificate_rejected", _("A certificate you sent was rejected"), VENDORS, is_needed=True),
    MailKind("certificate_accepted", _("A certificate you sent was accepted"), VENDORS),
    MailKind("corrective_action", _("A corrective action is asked of you"), VENDORS, is_needed=True),
    MailKind("statement_answered", _("We answered what you said of an order"), VENDORS, is_needed=True),
    MailKind("scorecard", _("Your scorecard of the month"), VENDORS),
    MailKind("decision_waits", _("Something waits for your decision"), CUSTOMER),
    MailKind("package_shown", _("A release package is there for you"), CUSTOMER),
    MailKind("notice", _("Proof of goods delivered to you no longer holds"), CUSTOMER, is_urgent=True),
    MailKind("disposal", "Files of a shipment to you are to be disposed of", CUSTOMER, is_needed=True),
    MailKind("proof_fell", _("Proof of goods we delivered no longer holds"), QUALITY, is_urgent=True),
    MailKind("vendor_said", "A vendor disputes an order, or found something wrong", QUALITY, is_needed=True),
    MailKind("drift", "A characteristic you answer for drifts", QUALITY, is_needed=True),
    MailKind("what_waits", _("What waits for you this morning"), QUALITY, default=DAILY),
)
BY_CODE = {kind.code: kind for kind in KINDS}


def kinds_for(person: Person) -> list[MailKind]:
    """Return the kinds of mail a person can get."""
    return [kind for kind in KINDS if person.role in kind.roles]


def wishes_of(person: Person) -> MailSettings:
    """Return a person's wishes, or those of somebody who never said any."""
    found = MailSettings.objects.filter(person=person).first()
    return found or MailSettings(person=person, time_zone=_zone_of(person))


def _zone_of(person: Person) -> str:
    site = person.organization.sites.order_by("pk").first()
    return site.time_zone if site and site.time_zone in available_timezones() else "UTC"


def way_of(kind: MailKind, wishes: MailSettings) -> str:
    """Return how a kind comes: urgent ones at once whatever was wished, needed ones at least once a day."""
    if kind.is_urgent:
        return IMMEDIATE
    way = wishes.choices.get(kind.code, kind.default)
    return DAILY if way == OFF and kind.is_needed else way


def not_in_quiet_hours(at: datetime, wishes: MailSettings) -> datetime:
    """Return the moment itself, or the end of the quiet hours it falls into.

    The clock is the person's: the hours move with daylight saving.
    """
    begin, end = wishes.quiet_from, wishes.quiet_to
    if begin is None or end is None or begin == end:
        return at
    zone = ZoneInfo(wishes.time_zone)
    here = at.astimezone(zone)
    now = here.time().replace(tzinfo=None)
    over_midnight = begin > end
    is_quiet = (now >= begin or now < end) if over_midnight else begin <= now < end
    if not is_quiet:
        return at
    day = here.date() + timedelta(days=1 if over_midnight and now >= begin else 0)
    return datetime.combine(day, end, tzinfo=zone).astimezone(UTC)


@transaction.atomic
def tell(
    *,
    person: Person,
    kind: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    key: str,
    about: models.Model | None = None,
    noun: str = "",
    path: str = "",
    at: datetime | None = None,
    reply_scope: str = "",
) -> Job | MailEntry | None:
    """Tell a person something in the way they wish: a mail now or after quiet hours, a line of the daily mail, nothing.

    about: the record it is of; one this person may not open is not told of.
    path:  the page where it is read or answered.
    reply_scope: what a mail of its own may be answered about; the daily mail is about many things and takes no answer.
    """
    which = BY_CODE[kind]
    if not person.is_active or person.role not in which.roles:
        return None
    if about is not None and not type(about).objects.for_viewer(person).filter(pk=about.pk).exists():
        return None
    at, wishes = at or timezone.now(), wishes_of(person)
    way = way_of(which, wishes)
    if way == OFF:
        return None
    if way == DAILY:
        return _put_aside(person, which, subject, context, f"{key} {person.email}"[:200], path, at)
    when = at if which.is_urgent else not_in_quiet_hours(at, wishes)
    return send_mail(
        to=person,
        subject=subject,
        template=template,
        context={**context, "path": path, "reader": person.printed_name},
        key=key,
        about=(noun, str(about)) if about is not None else None,
        at=when,
        reply_scope=reply_scope,
    )


def _put_aside(
    person: Person, kind: MailKind, subject: str, context: dict, key: str, path: str, at: datetime
) -> MailEntry:
    with translation.override(language_of(person) or None):
        words = str(subject) % context if "%(" in str(subject) else str(subject)
    entry, _made = MailEntry.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "kind": kind.code,
            "subject": words[:200],
            "path": path,
            "made_at": at,
        },
    )
    return entry


@transaction.atomic
def choose(
    *,
    by: Person,
    time_zone: str,
    quiet_from: time | None = None,
    quiet_to: time | None = None,
    digest_at: time = time(7, 0),
    choices: dict[str, str] | None = None,
) -> MailSettings:
    """Write down what a person wishes for themselves.

    Raises:  Incomplete for a time zone nobody knows, quiet hours with one end, a kind that is not theirs, a needed
             one switched off, or an urgent one put off.
    """
    if time_zone not in available_timezones():
        raise Incomplete(
            gettext("There is no time zone called %(name)s. Choose one of the list.")
            % {"name": time_zone[:60]}
        )
    if (quiet_from is None) != (quiet_to is None):
        raise Incomplete(gettext("Quiet hours need both ends. Give from when and until when, or neither."))
    mine = {kind.code: kind for kind in kinds_for(by)}
    for code, way in (choices or {}).items():
        _require_choice(mine.get(code), code, way)
    kept = {code: way for code, way in (choices or {}).items() if way != mine[code].default}
    wishes, _made = MailSettings.objects.update_or_create(
        person=by,
        defaults={
            "time_zone": time_zone,
            "quiet_from": quiet_from,
            "quiet_to": quiet_to,
            "digest_at": digest_at,
            "choices": kept,
        },
    )
    record_event(by=by, verb="choose mails of", noun="person", number=by.email, data={"choices": kept})
    return wishes


def _require_choice(kind: MailKind | None, code: str, way: str) -> None:
    if kind is None or way not in (IMMEDIATE, DAILY, OFF):
        raise Incomplete(gettext("There is no such mail for you: %(name)s.") % {"name": code[:40]})
    if kind.is_urgent and way != IMMEDIATE:
        raise Incomplete(
            gettext("“%(name)s” stops goods from being used and always comes at once.") % {"name": kind.words}
        )
    if kind.is_needed and way == OFF:
        raise Incomplete(
            gettext(
                "“%(name)s” asks something of you and cannot be switched off. Have it once a day instead."
            )
            % {"name": kind.words}
        )


@transaction.atomic
def send_digest(*, person: Person, at: datetime) -> Job | None:
    """Send a person's waiting lines in one mail once their hour of the day has come; nothing waits, nothing is sent.

    At most one a day of the person's clock.
    """
    wishes = wishes_of(person)
    here = at.astimezone(ZoneInfo(wishes.time_zone))
    if here.time().replace(tzinfo=None) < wishes.digest_at:
        return None
    waiting = MailEntry.objects.select_for_update(skip_locked=True).filter(
        person=person, mailed_at__isnull=True, made_at__lte=at
    )
    entries = list(waiting)
    key = f"digest {here.date().isoformat()}"
    if not entries or MailEntry.objects.filter(person=person, mailed_at__gte=_midnight(here)).exists():
        return None
    job = send_mail(
        to=person,
        subject=_("Today: %(count)s things from the supplier quality portal"),
        template="digest",
        context={
            "count": len(entries),
            "reader": person.printed_name,
            "lines": [{"subject": each.subject, "path": each.path} for each in entries],
        },
        key=key,
        at=not_in_quiet_hours(at, wishes),
    )
    for entry in entries:
        entry.mailed_at = at
        entry.save()
    return job


def _midnight(here: datetime) -> datetime:
    return here.replace(hour=0, minute=0, second=0, microsecond=0)


def send_digests(*, at: datetime | None = None) -> int:
    """Send the daily mail of everybody whose hour has come, and return how many were put down."""
    at = at or timezone.now()
    waiting = MailEntry.objects.filter(mailed_at__isnull=True)
    people = Person.objects.filter(is_active=True, mail_entries__in=waiting).distinct().order_by("pk")
    return sum(send_digest(person=each, at=at) is not None for each in people.select_related("organization"))
