"""Undoing what planning decided about a lot that is here: the look at a scan, and a difference of setup."""

from __future__ import annotations

from django.db import transaction

from portal.domain.errors import NotTheMoment
from portal.domain.moves import lock, move
from portal.domain.reversals import undo_signature
from portal.models import Authority, Person, Reversal
from routes.domain.lots import lock_lots, require_in_house
from routes.models import LockDifference, RecordedElsewhere, Traveler
from routes.permissions import PLANNERS, require_role


@transaction.atomic
def undo_review(
    *, by: Person, record: RecordedElsewhere, token: str, reason: str, judged_anew: str
) -> Reversal:
    """Undo the decision on a scan, whichever it was: everything decided by that signature waits for review again.

    Raises:  NotEntitled; LotHasLeft; NotTheMoment when nothing is decided; SignerMayNotUndo; Incomplete;
             CredentialRefused.
    Source:  the second look is independent, AS9100D 8.6; docs/decisions/0034.
    """
    require_role(by=by, roles=PLANNERS, act="undo decisions on scans")
    lot, numbers = _locked_family(record.traveler, f"undoing the decision on {record.number}")
    current = lock(record)
    if current.state == RecordedElsewhere.RECORDED:
        raise NotTheMoment(f"Nobody has decided about {current.number} yet, so there is nothing to undo.")
    decided = RecordedElsewhere.objects.filter(review_signature=current.review_signature_id).order_by("pk")
    together = [lock(each) for each in decided]
    reversal = undo_signature(
        by=by,
        token=token,
        undone=current.review_signature,
        what=f"record from elsewhere {', '.join(each.number for each in together)}",
        opened=[f"record from elsewhere {each.number}" for each in together],
        lots=numbers,
        reason=reason,
        judged_anew=judged_anew,
        act=Authority.ACCEPT_CERTIFICATE,
        customer=lot.order_line.order.customer,
        signers=[each.recorded_by for each in together],
    )
    for each in together:
        move(
            each,
            "undo",
            by=by,
            lots=[lot.number],
            data={"reversal": reversal.number, "reason": reversal.reason},
            review_signature=None,
            review_reason="",
        )
    return reversal


@transaction.atomic
def undo_difference(
    *, by: Person, difference: LockDifference, token: str, reason: str, judged_anew: str
) -> Reversal:
    """Undo the decision on a difference from the locked setup: it waits for a decision again.

    Raises:  NotEntitled; LotHasLeft; NotTheMoment when nothing is decided; SignerMayNotUndo; Incomplete;
             CredentialRefused.
    Source:  AS9100D 8.5.1.2 (control of process changes); docs/decisions/0034.
    """
    require_role(by=by, roles=PLANNERS, act="undo decisions on setups")
    step = difference.run.step
    lot, numbers = _locked_family(step.traveler, f"undoing a decision on the setup of step {step.number}")
    current = lock(difference)
    what = f"setup difference {current.field.replace('_', ' ')} at {step.number}"
    if current.disposition_signature_id is None:
        raise NotTheMoment(f"Nobody has decided about the {what}, so there is nothing to undo.")
    reversal = undo_signature(
        by=by,
        token=token,
        undone=current.disposition_signature,
        what=what,
        opened=[what],
        lots=numbers,
        reason=reason,
        judged_anew=judged_anew,
        act=Authority.APPROVE_ROUTE,
        customer=lot.order_line.order.customer,
    )
    current.disposition_signature, current.reason = None, ""
    current.save()
    return reversal


def _locked_family(traveler: Traveler, act: str) -> tuple[Traveler, list[str]]:
    """Lock a lot and those split off it, which stand on what was decided about it; all of them are still here.

    Raises:  LotHasLeft.
    """
    below = Traveler.objects.filter(number__startswith=f"{traveler.number}/")
    # a child left empty or closed carries no pieces that stand on anything
    below = below.exclude(state=Traveler.CLOSED).values_list("number", flat=True)
    lots = lock_lots([traveler.number, *below])
    for each in lots:
        require_in_house(each, act)
    lot = next(each for each in lots if each.number == traveler.number)
    return lot, [each.number for each in lots]
