"""The slots of the chain as pages show them: a strip for each lot, findings with one act each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import NOBODY, NOT_IN_FORCE, REVIEW, Slot
from documents.domain.chain.waiving import waivers_for
from documents.domain.slot_acts import CERTIFICATE_PAGE, act_on
from documents.models import StandingComparison
from documents.permissions import WAIVER_REQUESTERS
from portal.domain.deputies import deputies_today
from portal.models import Person


def owner_words(name: str, viewer: Person, deputies: dict[str, tuple[str, ...]]) -> str:
    """Return who owes something as one reader reads it, with who stands in for them today."""
    if name == viewer.printed_name:
        return "You"
    if is_owed_by(viewer, name, deputies):
        return f"You for {name}"
    return f"{name} (deputy {' and '.join(deputies[name])})" if name in deputies else name


def is_owed_by(viewer: Person, name: str, deputies: dict[str, tuple[str, ...]]) -> bool:
    """Say whether a demand is the reader's: in their own name, or as a deputy of its owner today."""
    return bool(name) and (name == viewer.printed_name or viewer.printed_name in deputies.get(name, ()))


def slot_url(slot: Slot) -> str:
    """Return the page where to act on a slot, or nothing where that page does not exist."""
    try:
        return reverse(slot.url_name, kwargs=slot.url_kwargs)
    except NoReverseMatch:
        return ""


def is_late(slot: Slot, today: date) -> bool:
    """Say whether somebody should have acted on a slot before today."""
    return bool(slot.due_on and not slot.is_closed and not slot.waits and slot.due_on < today)


def strip_of(slots: Iterable[Slot]) -> list[dict]:
    """Return the slots of one lot as its chain strip takes them."""
    slots = list(slots)
    today = timezone.localdate()
    causes = list(dict.fromkeys(slot.code for slot in slots if slot.stops))
    return [
        {
            "code": slot.code,
            "state": slot.state,
            "sentence": slot.sentence,
            "owner": slot.owner,
            "due_on": slot.due_on,
            "is_late": is_late(slot, today),
            "url": slot_url(slot) if slot.state == NOT_IN_FORCE else f"#{slot.code.lower()}",
            # with every other link closed only the shipment itself is awaited
            "waits_for": (causes or ["a shipment"]) if slot.waits else [],
        }
        for slot in slots
    ]


# what is wrong before what is not there yet, what waits for us last
WORST_FIRST = ("rejected", "stale", "missing", "review", "received")


def left_out_of(slots: Iterable[Slot]) -> list[dict]:
    """Return the checks that are not in force for the customer, each once, with the policy that says so."""
    found = {slot.code: slot for slot in slots if slot.state == NOT_IN_FORCE}
    return [
        {"code": code, "demand": slot.demand, "sentence": slot.sentence, "url": slot_url(slot)}
        for code, slot in found.items()
    ]


def findings_of(
    slots: Iterable[Slot],
    *,
    facts: dict[str, LotFacts],
    viewer: Person,
    several_lots: bool,
    deputies: dict[str, tuple[str, ...]] | None = None,
) -> dict[str, list]:
    """Return what can be acted on now, the most overdue first, and the codes that only wait for it.

    deputies: who stands in for whom today, where it was read already.

    The first act that is the viewer's own is the one that stands out; a page has one such button.
    """
    slots = list(slots)
    today = timezone.localdate()
    causes = sorted((slot for slot in slots if slot.stops), key=lambda slot: urgency(slot, today))
    if deputies is None:
        deputies = deputies_today({slot.owner for slot in causes}, today)
    looks = _looks_of(causes)
    seen: dict[str, int] = {}
    findings = []
    for slot in causes:
        seen[slot.code] = seen.get(slot.code, 0) + 1
        findings.append(
            {
                "code": slot.code,
                "rule_url": f"{reverse('documents:rule-list')}#{slot.code.lower()}",
                "key": seen[slot.code] if seen[slot.code] > 1 else "",
                "state": slot.state,
                "sentence": f"{slot.lot}: {slot.sentence}" if several_lots else slot.sentence,
                "note": looks.get(slot.url_kwargs.get("number"), "") if _is_review(slot) else "",
                "owner": owner_words(slot.owner, viewer, deputies),
                "due_on": slot.due_on,
                "since": slot.since,
                "is_late": is_late(slot, today),
                "is_mine": is_owed_by(viewer, slot.owner, deputies),
                **act_on(slot, facts[slot.lot], viewer),
                **_waiver_of(slot, facts[slot.lot], viewer),
            }
        )
    _one_stands_out(findings)
    waiting = [slot.code for slot in slots if not slot.is_closed and slot.waits]
    codes = {slot.code for slot in causes}
    return {"findings": findings, "waiting": [code for code in dict.fromkeys(waiting) if code not in codes]}


def _is_review(slot: Slot) -> bool:
    return slot.state == REVIEW and slot.url_name == CERTIFICATE_PAGE


def _looks_of(slots: Iterable[Slot]) -> dict[str, str]:
    """Return what the last comparison leaves to a person, by the number of each certificate that waits for one."""
    numbers = {slot.url_kwargs["number"] for slot in slots if _is_review(slot)}
    if not numbers:
        return {}
    standing = StandingComparison.objects.filter(certificate__number__in=numbers).select_related(
        "certificate"
    )
    return {each.certificate.number: _look(each) for each in standing}


def _look(standing: StandingComparison) -> str:
    said = []
    if standing.stopping:
        said.append(f"In its way: {', '.join(standing.stopping)}.")
    if standing.asking:
        said.append(f"A person has to look at the page for: {', '.join(standing.asking)}.")
    return " ".join(said) or "What was read agrees with what is expected."


def _waiver_of(slot: Slot, facts: LotFacts, viewer: Person) -> dict[str, str]:
    """Return the way to let a demand pass beside the act that answers it: its waiver, or asking for one."""
    for waiver in waivers_for(facts, slot):
        url = reverse("documents:waiver-detail", args=[waiver.number])
        return {"waiver_act": f"Open {waiver.number}", "waiver_url": url}
    if slot.waived_by == NOBODY or viewer.role not in WAIVER_REQUESTERS:
        return {}
    query = urlencode({"code": slot.code, "subject": slot.subject})
    url = f"{reverse('documents:waiver-request', args=[slot.lot])}?{query}"
    return {"waiver_act": "Ask for a waiver", "waiver_url": url}


def urgency(slot: Slot, today: date) -> tuple:
    """Return the place of an open link among others: the most overdue first, then what is wrong before what lacks."""
    late = is_late(slot, today)
    return (not late, slot.due_on if late else today, WORST_FIRST.index(slot.state))


def _one_stands_out(findings: list[dict]) -> None:
    mine = [finding for finding in findings if finding["is_mine"] and finding["url"]]
    for finding in mine[1:]:
        finding["is_mine"] = False
