"""The approval of a first article that the customer keeps in its own system."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from inspection.models import HeldApproval
from portal.domain.events import record_event
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature, StoredFile
from portal.permissions import require_quality
from routes.domain.words import DatesDoNotFit, only_once, require_text
from routes.models import PartRevision


@transaction.atomic
def record_held_approval(
    *,
    by: Person,
    part_revision: PartRevision,
    customer_reference: str,
    approved_on: date,
    token: str,
    file: StoredFile | None = None,
) -> HeldApproval:
    """Record, signed, that the customer approved the first article of a part revision and where it keeps it.

    Raises:  NotEntitled; Incomplete without the customer's reference; DatesDoNotFit for a day to come; AlreadyThere
             when the reference is recorded for this revision.
    Source:  docs/decisions/0011 (the regime "held by the customer").
    """
    require_quality(by, "record approvals the customer holds")
    customer = part_revision.part.customer
    reference = require_text(
        customer_reference,
        f"Give the number under which {customer.name} keeps its approval of {part_revision}.",
    )
    if approved_on > timezone.localdate():
        raise DatesDoNotFit(
            f"{customer.name} cannot have approved {part_revision} on {approved_on}, a day to come. Correct the day."
        )
    content = {
        "part_revision": str(part_revision),
        "customer_reference": reference,
        "approved_on": approved_on,
        "file": file.sha256 if file else "",
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
    with only_once(f"{reference} is recorded for {part_revision} already."):
        held = HeldApproval.objects.create(
            part_revision=part_revision,
            customer_reference=reference,
            approved_on=approved_on,
            file=file,
            recorded_by=by,
            signature=signature,
        )
    record_event(by=by, verb="record", noun="held approval", number=str(part_revision), data=content)
    return held
