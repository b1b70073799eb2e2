"""A month frozen as it stood, and held against what its facts say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.domain.scorecards.facts import MonthFacts, next_month, read_facts
from documents.domain.scorecards.figures import RULES, Card, reckon
from documents.domain.scorecards.terms import Terms, terms_for
from documents.models import Scorecard
from portal.domain.canonical import plain
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.models import Organization

# a month nobody froze because nothing ran is made up for, as far back as this
MONTHS_BACK = 3


def card_of(vendor: Organization, month: date, *, at: datetime | None = None) -> Card:
    """Return a vendor's card as it stands now, frozen or not."""
    at, first = at or timezone.now(), month.replace(day=1)
    facts = read_facts(first, as_of=at, vendors=[vendor.pk]).get(vendor.pk, MonthFacts(first))
    return reckon(facts, terms_for(first), today=_day(at))


def content_of(card: Card, terms: Terms) -> dict:
    """Return what is kept of a card: figures with their records, score, grade, escapes, the terms."""
    return plain(
        {
            "figures": [asdict(figure) for figure in card.figures],
            "score": card.score,
            "grade": card.grade,
            "escapes": card.escapes,
            "terms": terms.plain(),
        }
    )


def freeze_due(*, at: datetime | None = None) -> list[Scorecard]:
    """Freeze every month whose days of grace are over and that is not frozen yet; beat asks for it each day."""
    at = at or timezone.now()
    today = _day(at)
    frozen, month = [], today.replace(day=1)
    for _ in range(MONTHS_BACK):
        month = (month - timedelta(days=1)).replace(day=1)
        if today >= next_month(month) + timedelta(days=terms_for(month).freeze_after_days):
            frozen += freeze_month(month, at=at)
    return frozen


@transaction.atomic
def freeze_month(month: date, *, at: datetime | None = None) -> list[Scorecard]:
    """Freeze the cards of a month for every vendor with facts in it; those that are frozen stay as they are."""
    at, first = at or timezone.now(), month.replace(day=1)
    terms = terms_for(first, as_of=at)
    done = set(Scorecard.objects.filter(month=first).values_list("vendor_id", flat=True))
    made = []
    for vendor, facts in read_facts(first, as_of=at).items():
        if vendor not in done:
            made += _freeze(vendor, facts, terms, at)
    return made


def _freeze(vendor: int, facts: MonthFacts, terms: Terms, at: datetime) -> list[Scorecard]:
    card = reckon(facts, terms, today=_day(at))
    try:
        with transaction.atomic():
            record = Scorecard.objects.create(
                number=next_number("SC"),
                vendor_id=vendor,
                month=facts.month,
                grade=card.grade,
                score=card.score,
                content=content_of(card, terms),
                facts_sha256=facts.sha256,
                rules=RULES,
                frozen_at=at,
            )
    except IntegrityError:
        return []  # another worker froze it in this moment
    data = {"month": facts.month, "grade": card.grade, "facts_sha256": facts.sha256}
    record_event(by=None, verb="freeze", noun="scorecard", number=record.number, data=data)
    return [record]


@dataclass(frozen=True)
class Check:
    """One frozen card held against its facts: as they were known then, and as they are known now.

    `is_as_frozen` is false only when what is kept cannot be reckoned again; `changed` names the figures that later
    records would change, as (code, frozen, now).
    """

    card: Scorecard
    is_as_frozen: bool
    changed: tuple[tuple[str, str, str], ...]


def check_cards(cards: Iterable[Scorecard], *, at: datetime | None = None) -> list[Check]:
    """Reckon frozen cards again and return how each compares; it writes nothing."""
    at = at or timezone.now()
    return [_check(card, at) for card in cards]


def _check(card: Scorecard, at: datetime) -> Check:
    terms = Terms(**card.content["terms"])
    then = _facts(card, card.frozen_at)
    again = content_of(reckon(then, terms, today=_day(card.frozen_at)), terms)
    is_same = again == card.content and then.sha256 == card.facts_sha256
    now = content_of(reckon(_facts(card, at), terms, today=_day(at)), terms)
    return Check(card, is_same, tuple(_changes(card.content, now)))


def _facts(card: Scorecard, as_of: datetime) -> MonthFacts:
    return read_facts(card.month, as_of=as_of, vendors=[card.vendor_id]).get(
        card.vendor_id, MonthFacts(card.month)
    )


def _changes(frozen: dict, now: dict) -> Iterable[tuple[str, str, str]]:
    for before, after in zip(frozen["figures"], now["figures"], strict=True):
        pair = [f"{each['numerator']} of {each['denominator']}" for each in (before, after)]
        if pair[0] != pair[1]:
            yield before["code"], pair[0], pair[1]
    if frozen["grade"] != now["grade"]:
        yield "grade", frozen["grade"] or "none", now["grade"] or "none"


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
