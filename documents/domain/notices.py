"""Notices: proof of goods already shipped no longer holds; the portal drafts, a person sends or drops.

A revoked certificate drafts in its own transaction. What happens in earlier rooms is read from the log of events: a
gauge found out of tolerance, an approval or a registration that ended. Meeting the same event twice drafts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from documents.domain.doubts import DOUBTS, Doubt
from documents.models import Notice, Shipment, ShipmentLine
from documents.permissions import DECIDERS
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Event, Person, Signature
from portal.permissions import require_role

# proof is in doubt from the draft on; only a dropped notice says that it was not
STANDING = (Notice.DRAFT, Notice.SENT)


def follow(events: Iterable[Event]) -> None:
    """Draft what these events put in doubt; the feed calls it."""
    for event in events:
        doubt_of = DOUBTS.get((event.noun, event.verb))
        for doubt in doubt_of(event) if doubt_of else ():
            draft_for(doubt, at=event.at)


def start_over() -> None:
    """Look at every event that ever put proof in doubt; what was drafted for one is not drafted again."""
    wanted = Q(pk__isnull=True)
    for noun, verb in DOUBTS:
        wanted |= Q(noun=noun, verb=verb)
    follow(Event.objects.filter(wanted).order_by("pk").iterator(chunk_size=500))


@transaction.atomic
def draft_for(doubt: Doubt, *, at: datetime) -> list[Notice]:
    """Draft a notice for each shipment that carried a lot in doubt, and return those that are new or grew.

    A lot is in doubt once for one cause: not again while a notice stands, nor where one was dropped since.

    at: when the cause happened.
    Source:  AS9100D 8.7.1 (timely report of delivered nonconforming product to the customer).
    """
    lines: dict[Shipment, list[ShipmentLine]] = defaultdict(list)
    shipments = Shipment.objects.filter(state=Shipment.DISPATCHED, lines__traveler__number__in=doubt.lots)
    locked = {
        each.pk: each
        for each in Shipment.objects.filter(pk__in=shipments.values("pk"))
        .order_by("number")
        .select_for_update()
    }
    for line in _lines_of(locked, doubt):
        lines[locked[line.shipment_id]].append(line)
    drafted = [_draft(doubt, shipment, carried, at) for shipment, carried in lines.items()]
    return [notice for notice in drafted if notice]


def _lines_of(shipments: Iterable[int], doubt: Doubt) -> QuerySet[ShipmentLine]:
    return (
        ShipmentLine.objects.filter(shipment__in=shipments, traveler__number__in=doubt.lots, is_active=True)
        .select_related("traveler", "order_line__order", "order_line__part_revision__part")
        .order_by("shipment__number", "traveler__number")
    )


def _draft(doubt: Doubt, shipment: Shipment, lines: list[ShipmentLine], at: datetime) -> Notice | None:
    known = Notice.objects.filter(shipment=shipment, cause_noun=doubt.noun, cause_number=doubt.number)
    told = known.filter(Q(state__in=STANDING) | Q(drafted_at__gte=at))
    said = {lot for notice in told for lot in notice.lots}
    lines = [line for line in lines if line.traveler.number not in said]
    lots = [line.traveler.number for line in lines]
    if not lots:
        return None
    notice = known.filter(state=Notice.DRAFT).select_for_update().first()
    if notice:
        notice.lots = sorted({*notice.lots, *lots})
        notice.text = f"{notice.text}\n\nOf the same shipment also:\n{_pieces(lines)}"
        notice.save()
    else:
        notice = Notice.objects.create(
            number=next_number("N"),
            customer_id=shipment.customer_id,
            shipment=shipment,
            cause_noun=doubt.noun,
            cause_number=doubt.number,
            cause=doubt.cause[:500],
            lots=lots,
            text=_text(doubt, shipment, lines),
            drafted_at=timezone.now(),
        )
    record_event(
        by=None,
        verb="draft",
        noun="notice",
        number=notice.number,
        lots=notice.lots,
        data={"cause": doubt.cause, "shipment": shipment.number},
    )
    return notice


def _text(doubt: Doubt, shipment: Shipment, lines: list[ShipmentLine]) -> str:
    """Return the first words of a notice; a person changes them at will."""
    return (
        f"With shipment {shipment.number} of {shipment.dispatched_at:%-d %b %Y} we delivered to you:\n"
        f"{_pieces(lines)}\n\n"
        f"{doubt.told} Please keep these pieces apart and use no more of them until you hear from us. We are finding "
        "out what it means for them and will write again."
    )


def _pieces(lines: list[ShipmentLine]) -> str:
    return "\n".join(
        f"- {line.quantity} pieces of {line.order_line.part_revision}, lot {line.traveler.number}, your order "
        f"{line.order_line.order.po_number} line {line.order_line.line_number}"
        for line in lines
    )


@transaction.atomic
def change(*, by: Person, notice: Notice, text: str) -> Notice:
    """Change the words of a draft.

    Raises:  NotEntitled; NotTheMoment once it is sent or dropped; Incomplete without words.
    """
    require_role(by, DECIDERS, "change notices")
    notice = _drafted(notice, "changed")
    notice.text = _words(
        text, f"Notice {notice.number} would say nothing. Write what the customer must know."
    )
    notice.save()
    record_event(
        by=by,
        verb="change",
        noun="notice",
        number=notice.number,
        lots=notice.lots,
        data={"text": notice.text},
    )
    return notice


@transaction.atomic
def send(*, by: Person, notice: Notice, token: str) -> Notice:
    """Sign a notice and show it to its customer, who finds it on its desk and on the package.

    Raises:  NotEntitled; NotTheMoment once it is sent or dropped; CredentialRefused.
    """
    require_role(by, DECIDERS, "send notices")
    notice = _drafted(notice, "sent")
    content = {"shipment": notice.shipment.number, "lots": notice.lots, "text": notice.text}
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.RELEASED,
        noun="notice",
        number=notice.number,
        content=content,
    )
    return move(notice, "send", by=by, lots=notice.lots, signature=signature)


@transaction.atomic
def drop(*, by: Person, notice: Notice, reason: str) -> Notice:
    """Decide that the proof holds after all; the shipped lots are in doubt no more.

    Raises:  NotEntitled; NotTheMoment once it is sent or dropped; Incomplete without a reason.
    """
    require_role(by, DECIDERS, "drop notices")
    notice = _drafted(notice, "dropped")
    reason = _words(reason, f"Say why the proof holds although {notice.number} was drafted.")
    return move(
        notice, "drop", by=by, lots=notice.lots, data={"reason": reason}, decision_reason=reason[:300]
    )


def _drafted(notice: Notice, done: str) -> Notice:
    notice = lock(notice)
    if notice.state != Notice.DRAFT:
        raise NotTheMoment(
            f"Notice {notice.number} is {notice.get_state_display().lower()} and cannot be {done} any more. Reload the "
            "page to see how it stands now."
        )
    return notice


def _words(text: str, sentence: str) -> str:
    if not text.strip():
        raise Incomplete(sentence)
    return text.strip()


def standing_for(person: Person) -> QuerySet[Notice]:
    """Return the notices a person may see that put proof in doubt, the oldest first."""
    return Notice.objects.for_viewer(person).filter(state__in=STANDING).order_by("pk")
