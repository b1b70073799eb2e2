"""What a customer is told of a disposal: that it is to come, that it will not, and that it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from documents.models import Disposal
from portal.look import days
from portal.models import Event

STATES = {"approve": Disposal.APPROVED, "drop": Disposal.DROPPED, "carry out": Disposal.DONE}


class Told(NamedTuple):
    """One disposal and what is said of it: subject, sentence, facts, what to do. No file is named."""

    disposal: Disposal
    key: str
    said: tuple[str, str, tuple[tuple[str, str], ...], str]


def told_by(event: Event) -> Iterator[Told]:
    """Yield what an event tells the customer: nothing where its contract asks for no notice, or it moved on since."""
    found = Disposal.objects.filter(
        number=event.number, state=STATES[event.verb], told_at__isnull=False
    ).select_related("shipment__customer")
    for each in found:
        yield Told(each, f"disposal {event.verb} {each.number}", _said(each))


def _said(disposal: Disposal) -> tuple[str, str, tuple[tuple[str, str], ...], str]:
    shipment = disposal.shipment.number
    facts = (("Shipment", shipment), ("Kept until", _day(disposal.kept_until)))
    if disposal.state == Disposal.APPROVED:
        return (
            f"Disposal {disposal.number}: the files of shipment {shipment} are to be erased",
            "Their retention has ended. As your contract asks, we tell you before we erase them.",
            (*facts, ("Not before", _day(disposal.not_before))),
            "Save what you still need by then. If they must be kept longer, say so to your contact at the shop.",
        )
    if disposal.state == Disposal.DROPPED:
        return (
            f"Disposal {disposal.number}: the files of shipment {shipment} stay",
            "We told you that they were to be erased. They are not; nothing was.",
            facts,
            "There is nothing to do.",
        )
    return (
        f"Disposal {disposal.number}: the files of shipment {shipment} were disposed of",
        "Your days have passed. The certificate of disposal names each file with its sha256.",
        facts,
        "Read or save the certificate there.",
    )


def _day(day) -> str:
    return days.say(day, "j M Y")
