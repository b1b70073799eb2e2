"""A letter to some people about one record: each reads it in their language, in the way they wish."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import translation

from documents.domain.reply_links import reply_scope
from portal.domain.errors import Refused
from portal.domain.mail_wishes import tell
from portal.domain.mails import language_of
from portal.look import days
from portal.models import Organization, Person
from subcontract.models import OutsideOrder

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """What one mail says, in the language that is active while it is made."""

    subject: str
    sentence: str
    facts: tuple[tuple[str, str], ...] = ()
    todo: str = ""


@dataclass(frozen=True)
class Letter:
    """One mail to some people: of which kind, about which record, where it is read, what it says.

    order     whose certificates may be sent as the answer to it
    """

    kind: str
    key: str
    noun: str
    about: Model
    to: Iterable[Person]
    path: str
    words: Callable[[], Words]
    context: dict[str, Any] = field(default_factory=dict)
    order: OutsideOrder | None = None


def post(letter: Letter, *, at: datetime | None = None) -> int:
    """Tell each of its people in their language; return how many were told. One that is refused stops no other."""
    told = 0
    scope = reply_scope(letter.order) if letter.order else ""
    for person in letter.to:
        with translation.override(language_of(person) or None):
            words = letter.words()
            context = {
                "sentence": words.sentence,
                "facts": [{"label": label, "value": value} for label, value in words.facts],
                "todo": words.todo,
                **letter.context,
            }
            try:
                made = tell(
                    person=person,
                    kind=letter.kind,
                    subject=words.subject.replace("%", "%%") if "%(" in words.subject else words.subject,
                    template="plain",
                    context=context,
                    key=letter.key,
                    about=letter.about,
                    noun=letter.noun,
                    path=letter.path,
                    at=at,
                    reply_scope=scope,
                )
            except Refused as refusal:
                logger.warning("No mail to %s: %s", person.email, refusal.sentence)
                continue
        told += made is not None
    return told


def people_of(organization: Organization | None, roles: tuple[str, ...]) -> Iterable[Person]:
    """Return the people of an organization in these roles who are here."""
    if organization is None:
        return []
    found = Person.objects.filter(organization=organization, role__in=roles, is_active=True)
    return found.select_related("organization").order_by("pk")


def say_day(day: date) -> str:
    """Return a day as a mail of this language says it."""
    return days.say(day, "j M Y")
