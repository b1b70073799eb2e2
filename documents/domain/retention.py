"""How long proof is kept: rules drafted by one and signed by another, the longest that covers a shipment counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from documents.models import RetentionRule, Shipment, ShipmentLine
from documents.permissions import RETENTION_SIGNERS
from portal.domain.errors import Incomplete, NotEntitled, Refused
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.signed_terms import Kind, TermsWait, drop_draft, put_in_force, take_to_sign
from portal.models import Organization, Person
from portal.permissions import require_quality, require_role
from routes.domain.terms import NotACustomer
from routes.domain.words import only_once
from routes.models import CustomerOrder, Part

KIND = Kind("retention rule", "retention rule {}", changes="how long proof is kept")
MOST_YEARS = 100


class AuthorMayNotSign(NotEntitled):
    """Whoever drafted a retention rule does not put it in force."""

    code = "author-may-not-sign"


class RetentionUnclear(Refused):
    """A rule that does not say from when, how long or for which parts."""

    code = "retention-unclear"


@dataclass(frozen=True)
class Carried:
    """What one line of a shipment was: whose, by which order, which part, and when it and its part last left."""

    customer_id: int
    order_id: int
    part_number: str
    shipped_on: date
    part_last_shipped_on: date


@dataclass(frozen=True)
class Kept:
    """How long the proof of a shipment is kept, and why.

    until: the last day; nothing while no rule covers it or a contract has not ended: then it is kept on.
    """

    until: date | None
    because: str
    notice_days: int = 0

    def is_over(self, on: date) -> bool:
        return self.until is not None and on > self.until


def years_after(start: date, years: int) -> date:
    """Return the same day so many years later; from 29 February it is the first of March."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def kept_until(rules: Iterable[RetentionRule], carried: Iterable[Carried]) -> Kept:
    """Return how long proof is kept: the longest that any rule says of anything it carried.

    Each part of it must be covered; a rule whose contract has not ended keeps it on without an end.
    Source:  AS9100D 7.5.3 (retention of documented information), contract clauses: whichever is longest.
    """
    latest, notice = Kept(None, ""), 0
    for line in carried:
        covering = [rule for rule in rules if covers(rule, line)]
        if not covering:
            return Kept(None, f"No retention rule in force covers part {line.part_number}: it is kept on.")
        for rule in covering:
            start = _start(rule, line)
            if start is None:
                return Kept(None, f"{rule.number}: the contract has not ended, so it is kept on.")
            notice = max(notice, rule.notice_days)
            until = years_after(start, rule.years)
            if latest.until is None or until > latest.until:
                event = rule.get_starts_display().lower()
                latest = Kept(until, f"{rule.number}: {rule.span} after {event}, {start:%-d %b %Y}.")
    if latest.until is None:
        return Kept(None, "Nothing was shipped, so nothing has begun.")
    return Kept(latest.until, latest.because, notice)


def covers(rule: RetentionRule, line: Carried) -> bool:
    """Say whether a rule is about this."""
    return (
        rule.customer_id in (None, line.customer_id)
        and rule.order_id in (None, line.order_id)
        and (not rule.class_name or line.part_number in rule.part_numbers)
    )


def _start(rule: RetentionRule, line: Carried) -> date | None:
    if rule.starts == RetentionRule.CONTRACT_END:
        # what is shipped after its contract ended is not over before it left
        return rule.contract_ended_on and max(rule.contract_ended_on, line.shipped_on)
    return line.part_last_shipped_on if rule.starts == RetentionRule.LAST_SHIPMENT else line.shipped_on


def kept_of(shipments: Iterable[Shipment]) -> dict[int, Kept]:
    """Return for each dispatched shipment how long its proof is kept; as many statements for fifty as for one."""
    rules = list(RetentionRule.objects.filter(state=RetentionRule.IN_FORCE).order_by("pk"))
    dispatched = {each.pk: each for each in shipments if each.state == Shipment.DISPATCHED}
    lines = ShipmentLine.objects.filter(shipment__in=dispatched, is_active=True).values_list(
        "shipment_id", "order_line__order_id", "order_line__part_revision__part__number"
    )
    lines = list(lines.order_by("pk"))
    last = _last_shipped({part for _, _, part in lines})
    carried: dict[int, list[Carried]] = {pk: [] for pk in dispatched}
    for pk, order_id, part in lines:
        shipment = dispatched[pk]
        day = timezone.localtime(shipment.dispatched_at).date()
        carried[pk].append(Carried(shipment.customer_id, order_id, part, day, last[part]))
    return {pk: kept_until(rules, each) for pk, each in carried.items()}


def _last_shipped(parts: set[str]) -> dict[str, date]:
    name = "order_line__part_revision__part__number"
    rows = ShipmentLine.objects.filter(
        **{f"{name}__in": parts}, is_active=True, shipment__state=Shipment.DISPATCHED
    )
    latest = rows.order_by(name).values_list(name).annotate(Max("shipment__dispatched_at"))
    return {part: timezone.localtime(moment).date() for part, moment in latest}


@transaction.atomic
def draft(
    *,
    by: Person,
    years: int,
    starts: str,
    reason: str,
    customer: Organization | None = None,
    order: CustomerOrder | None = None,
    class_name: str = "",
    part_numbers: Iterable[str] = (),
    contract_ended_on: date | None = None,
    notice_days: int = 0,
) -> RetentionRule:
    """Draft how long proof is kept; nothing changes until a manager signs it.

    Raises:  NotEntitled; NotACustomer; RetentionUnclear when order, parts or contract do not fit; Incomplete without
             a reason; TermsWait.
    """
    require_quality(by, "draft retention rules")
    rule = RetentionRule(
        customer=order.customer if order else customer,
        order=order,
        class_name=class_name.strip(),
        part_numbers=sorted({each.strip() for each in part_numbers if each.strip()}),
        years=years,
        starts=starts,
        contract_ended_on=contract_ended_on,
        notice_days=notice_days,
        author=by,
        drafted_at=timezone.now(),
    )
    _require_clear(rule, customer)
    if not reason.strip():
        raise Incomplete(f"Say which clause or law keeps the proof of {rule.whose} so long.")
    rule.reason = reason.strip()
    rule.whose_key = f"{rule.customer_id or ''}|{rule.order_id or ''}|{rule.class_name.lower()}"
    if waiting := RetentionRule.objects.filter(whose_key=rule.whose_key, state=RetentionRule.DRAFT).first():
        raise TermsWait(
            f"{waiting.number} for {rule.whose} waits for a signature. Sign or drop it before drafting another."
        )
    rule.number = next_number("RT")
    with only_once(f"A rule for {rule.whose} was drafted a moment ago. Sign or drop that one first."):
        rule.save()
    record_event(by=by, verb="draft", noun="retention rule", number=rule.number, data=_content(rule))
    return rule


def _require_clear(rule: RetentionRule, customer: Organization | None) -> None:
    if customer and (customer.kind != Organization.CUSTOMER or not customer.is_active):
        raise NotACustomer(f"{customer.name} is not an active customer. Choose a customer, or none for all.")
    if rule.order and customer and rule.order.customer_id != customer.pk:
        raise RetentionUnclear(f"Order {rule.order.number} is not of {customer.name}. Choose one of the two.")
    if not 1 <= rule.years <= MOST_YEARS:
        raise RetentionUnclear(f"Proof is kept 1 to {MOST_YEARS} years, not {rule.years}. Correct the years.")
    if bool(rule.class_name) != bool(rule.part_numbers):
        raise RetentionUnclear("A class of parts has a name and its part numbers. Give both, or neither.")
    known = set(Part.objects.filter(number__in=rule.part_numbers).values_list("number", flat=True))
    if unknown := [each for each in rule.part_numbers if each not in known]:
        raise RetentionUnclear(f"There is no part {', '.join(unknown)}. Correct the part numbers.")
    if rule.contract_ended_on and rule.starts != RetentionRule.CONTRACT_END:
        raise RetentionUnclear(
            "A day the contract ended is given, but the years do not begin there. Choose one."
        )


@transaction.atomic
def sign(*, by: Person, rule: RetentionRule, token: str) -> RetentionRule:
    """Put a rule in force from now on, also for what was shipped before; the one before is superseded.

    Raises:  NotEntitled for whoever is not a manager; AuthorMayNotSign; NotTheMoment; CredentialRefused.
    """
    require_role(by, RETENTION_SIGNERS, f"sign retention rule {rule.number}")
    rule = take_to_sign(
        KIND, rule, by=by, refusal=AuthorMayNotSign, otherwise="cannot sign it. Another manager must."
    )
    standing = RetentionRule.objects.filter(whose_key=rule.whose_key, state=RetentionRule.IN_FORCE).first()
    content = _content(rule)
    return put_in_force(KIND, rule, by=by, token=token, before=standing, content=content, data=content)


@transaction.atomic
def drop(*, by: Person, rule: RetentionRule, reason: str) -> RetentionRule:
    """Give up a draft; nothing changes.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once it is signed or dropped.
    """
    require_quality(by, f"drop retention rule {rule.number}")
    return drop_draft(KIND, rule, by=by, reason=reason)


def _content(rule: RetentionRule) -> dict:
    return {
        "customer": rule.customer.number if rule.customer else None,
        "order": rule.order.number if rule.order else None,
        "class": rule.class_name,
        "parts": rule.part_numbers,
        "years": rule.years,
        "starts": rule.starts,
        "contract_ended_on": rule.contract_ended_on.isoformat() if rule.contract_ended_on else None,
        "notice_days": rule.notice_days,
        "reason": rule.reason,
    }
