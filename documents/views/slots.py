"""The slots of the chain as pages show them: a strip for each lot, findings with one act each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from documents.domain.chain.slots import Slot
from portal.models import Person


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
            "url": f"#{slot.code.lower()}",
            # with every other link closed only the shipment itself is awaited
            "waits_for": (causes or ["a shipment"]) if slot.waits else [],
        }
        for slot in slots
    ]


def findings_of(slots: Iterable[Slot], *, viewer: Person, several_lots: bool) -> dict[str, list]:
    """Return what can be acted on now, each with its page, and the codes that only wait for it."""
    slots = list(slots)
    today = timezone.localdate()
    causes = [slot for slot in slots if slot.stops]
    seen: dict[str, int] = {}
    findings = []
    for slot in causes:
        seen[slot.code] = seen.get(slot.code, 0) + 1
        findings.append(
            {
                "code": slot.code,
                "key": seen[slot.code] if seen[slot.code] > 1 else "",
                "state": slot.state,
                "sentence": f"{slot.lot}: {slot.sentence}" if several_lots else slot.sentence,
                "owner": slot.owner,
                "due_on": slot.due_on,
                "since": slot.since,
                "is_late": is_late(slot, today),
                "url": slot_url(slot),
                "act": "Open",
                "is_mine": bool(slot.owner) and slot.owner == viewer.printed_name,
            }
        )
    waiting = [slot.code for slot in slots if not slot.is_closed and slot.waits]
    codes = {slot.code for slot in causes}
    return {"findings": findings, "waiting": [code for code in dict.fromkeys(waiting) if code not in codes]}
