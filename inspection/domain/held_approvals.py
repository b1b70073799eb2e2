"""What the customer decided about a first article or a PPAP in its own system."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from inspection.models import HeldApproval
from portal.domain.errors import Incomplete
from portal.domain.events import record_event
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature, StoredFile
from portal.permissions import require_quality
from routes.domain.lots import lock_lots
from routes.domain.words import DatesDoNotFit, QuantityNotPossible, only_once, require_text
from routes.models import PartRevision, Traveler


@transaction.atomic
def record_held_approval(
    *,
    by: Person,
    part_revision: PartRevision,
    customer_reference: str,
    approved_on: date,
    token: str,
    file: StoredFile | None = None,
    kind: str = HeldApproval.FAIR,
    level: int | None = None,
    status: str = HeldApproval.APPROVED,
    valid_to: date | None = None,
    quantity_limit: int | None = None,
) -> HeldApproval:
    """Record, signed, what the customer decided about a part revision and where it keeps it; the latest day counts.

    kind, level: what was submitted there; only an AIAG PPAP has a level. approved_on: the day of the decision,
    whichever it was. valid_to, quantity_limit: of an interim approval, at least one of them.
    Units:   `quantity_limit` pieces of the part revision over all shipments since the decision.
    Raises:  NotEntitled; Incomplete without the customer's reference, the level of an AIAG PPAP, the file behind a PPAP
             or the limit of an interim approval; DatesDoNotFit for a day to come, or a limit before the decision;
             QuantityNotPossible; AlreadyThere when this decision is recorded for this revision.
    Source:  docs/decisions/0011 (the regime "held by the customer") and 0036; AIAG PPAP 4th edition; AS9145.
    """
    require_quality(by, "record approvals the customer holds")
    # a rejection opens what an approval closed: a shipment is judged before or after, never in between
    made = Traveler.objects.filter(route_revision__part_revision=part_revision)
    here = made.filter(state__in=(Traveler.OPEN, Traveler.COMPLETE)).values_list("number", flat=True)
    lock_lots(sorted(here))
    customer = part_revision.part.customer
    reference = require_text(
        customer_reference,
        f"Give the number under which {customer.name} keeps its approval of {part_revision}.",
    )
    if approved_on > timezone.localdate():
        raise DatesDoNotFit(
            f"{customer.name} cannot have approved {part_revision} on {approved_on}, a day to come. Correct the day."
        )
    limits = _limits(status, approved_on, valid_to, quantity_limit)
    level = _level(kind, level)
    if kind != HeldApproval.FAIR and file is None:
        raise Incomplete(
            f"A PPAP is recorded with the file that shows it, such as the signed warrant of {reference}. Choose it."
        )
    content = {
        "part_revision": str(part_revision),
        "customer_reference": reference,
        "approved_on": approved_on,
        "file": file.sha256 if file else "",
        "kind": kind,
        "level": level,
        "status": status,
        **limits,
    }
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.VERIFIED,
        noun="held approval",
        number=str(part_revision),
        content=content,
        act=Authority.APPROVE_FIRST_ARTICLE,
        customer=customer,
    )
    words = dict(HeldApproval.STATUSES)[status].lower()
    with only_once(f"{reference} is recorded for {part_revision} already, as {words}."):
        held = HeldApproval.objects.create(
            part_revision=part_revision,
            customer_reference=reference,
            approved_on=approved_on,
            file=file,
            kind=kind,
            level=level,
            status=status,
            **limits,
            recorded_by=by,
            signature=signature,
        )
    record_event(by=by, verb="record", noun="held approval", number=str(part_revision), data=content)
    return held


def _level(kind: str, level: int | None) -> int | None:
    """Return the level that belongs to a kind; AS9145 and a first article report have none."""
    if kind not in dict(HeldApproval.KINDS):
        raise Incomplete("Say what was submitted: a first article report, an AIAG PPAP or an AS9145 PPAP.")
    if kind != HeldApproval.AIAG_PPAP:
        return None
    if level not in range(1, 6):
        raise Incomplete("Give the level of the AIAG PPAP, 1 to 5; 3 is the usual one.")
    return level


def _limits(status: str, on: date, valid_to: date | None, quantity: int | None) -> dict:
    """Return what an interim approval is limited to; other decisions have no limits."""
    if status not in dict(HeldApproval.STATUSES):
        raise Incomplete("Say what the customer decided: approved, interim approval or rejected.")
    if status != HeldApproval.INTERIM:
        return {"valid_to": None, "quantity_limit": None}
    if valid_to is None and quantity is None:
        raise Incomplete("An interim approval ends: give its last day, its quantity, or both.")
    if valid_to is not None and valid_to < on:
        raise DatesDoNotFit(
            f"The interim approval would end on {valid_to:%-d %b %Y}, before it was given on {on:%-d %b %Y}."
        )
    if quantity is not None and quantity < 1:
        raise QuantityNotPossible(f"An interim approval is for at least 1 piece, not for {quantity}.")
    return {"valid_to": valid_to, "quantity_limit": quantity}
