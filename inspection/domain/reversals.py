"""Undoing what inspection accepted: a completed inspection, a disposition, the approval of a first article."""

from __future__ import annotations

from django.db import transaction

from inspection.models import FirstArticle, InspectionRecord, Nonconformance
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.moves import lock, move
from portal.domain.reversals import undo_signature
from portal.models import Authority, Person, Reversal
from portal.permissions import require_quality
from routes.domain.lots import lock_lots, quantity_of
from routes.domain.reversals import open_again, require_step_can_open, step_name
from routes.models import Traveler
from subcontract.domain.reversals import (
    lots_on,
    require_unshared,
    return_name,
    take_back_acceptance,
    verified_by,
)
from subcontract.models import Receipt


class PiecesHaveLeft(Refused):
    """What was decided is done: the pieces are gone."""

    code = "pieces-have-left"


@transaction.atomic
def undo_completion(
    *, by: Person, record: InspectionRecord, token: str, reason: str, judged_anew: str
) -> Reversal:
    """Undo a completed inspection: it is open again, and so are its step and the return it verified.

    Its values stay; a wrong one is withdrawn and measured anew before the inspection is completed again.

    Raises:  NotEntitled; NotTheMoment when it is not completed; LotHasLeft; NotTheLastStep; StepIsShared;
             ReturnIsShared; SignerMayNotUndo; Incomplete; CredentialRefused.
    Source:  AS9100D 8.6 (evidence of conformity and who released); docs/decisions/0034.
    """
    require_quality(by, "undo inspections")
    lot, numbers, current, returns = _locked(record)
    step = require_step_can_open(lot, current.step)
    require_unshared(returns, lot)
    opened = [f"inspection {current.number}", step_name(step), *(return_name(each) for each in returns)]
    reversal = undo_signature(
        by=by,
        token=token,
        undone=current.completion_signature,
        what=f"inspection {current.number}",
        opened=opened,
        lots=numbers,
        reason=reason,
        judged_anew=judged_anew,
        act=Authority.DISPOSITION,
        customer=lot.order_line.order.customer,
    )
    said = {"reversal": reversal.number, "reason": reversal.reason}
    move(current, "undo", by=by, lots=[lot.number], data=said, completion_signature=None, completed_at=None)
    for each in returns:
        take_back_acceptance(by=by, receipt=each, reversal=reversal)
    open_again(by=by, lot=lot, step=step, reversal=reversal)
    return reversal


def _locked(record: InspectionRecord) -> tuple[Traveler, list[str], InspectionRecord, list[Receipt]]:
    """Lock the lots an inspection and the returns it verified are about, then itself."""
    seen = InspectionRecord.objects.select_related("traveler", "completion_signature").get(pk=record.pk)
    returns = verified_by(seen.completion_signature) if seen.completion_signature else []
    numbers = sorted({seen.traveler.number, *lots_on(returns)})
    lot = next(lot for lot in lock_lots(numbers) if lot.pk == seen.traveler_id)
    current = lock(seen)
    if current.state != InspectionRecord.COMPLETED:
        raise NotTheMoment(
            f"Inspection {current.number} is {current.get_state_display().lower()}; only a completed one is undone."
        )
    if current.completion_signature_id != seen.completion_signature_id:
        raise NotTheMoment(
            f"Inspection {current.number} was undone and completed again meanwhile. Reload the page to see it."
        )
    return lot, numbers, current, returns


@transaction.atomic
def undo_disposition(
    *, by: Person, nonconformance: Nonconformance, token: str, reason: str, judged_anew: str
) -> Reversal:
    """Undo the decision on a nonconformance: its pieces are undecided again, also where they have left.

    Operations that were ordered again stay on the lot. Pieces that were scrapped must be back in it first.

    Raises:  NotEntitled; NotTheMoment when nothing was decided; PiecesHaveLeft for scrap and returns whose pieces are
             not in the lot; SignerMayNotUndo; Incomplete; CredentialRefused.
    Source:  AS9100D 8.7.1 and 8.7.2 (who decided, and under which authority); docs/decisions/0034.
    """
    require_quality(by, "undo dispositions")
    [lot] = lock_lots([nonconformance.traveler.number])
    current = lock(nonconformance)
    if current.state == Nonconformance.OPEN:
        raise NotTheMoment(f"Nothing is decided about {current.number}, so there is nothing to undo.")
    _require_pieces_here(current, lot)
    reversal = undo_signature(
        by=by,
        token=token,
        undone=current.disposition_signature,
        what=f"nonconformance {current.number}",
        opened=[f"nonconformance {current.number}"],
        lots=[lot.number],
        reason=reason,
        judged_anew=judged_anew,
        act=Authority.DISPOSITION,
        customer=lot.order_line.order.customer,
    )
    move(
        current,
        "undo",
        by=by,
        lots=[lot.number],
        data={
            "reversal": reversal.number,
            "was": current.get_disposition_display(),
            "reason": reversal.reason,
        },
        disposition="",
        disposition_reason="",
        disposition_signature=None,
    )
    return reversal


def _require_pieces_here(nonconformance: Nonconformance, lot: Traveler) -> None:
    if nonconformance.disposition not in (Nonconformance.SCRAP, Nonconformance.RETURN):
        return
    held = quantity_of(lot)
    if held < nonconformance.quantity:
        words = nonconformance.get_disposition_display().lower()
        raise PiecesHaveLeft(
            f"{nonconformance.number} says {words}, and lot {lot.number} holds {held} of its "
            f"{nonconformance.quantity} pieces. If they are still in the house, bring them back with a count "
            "correction and a witness first; a lot left empty is closed for good."
        )


@transaction.atomic
def withdraw_approval(
    *, by: Person, first_article: FirstArticle, token: str, reason: str, judged_anew: str
) -> Reversal:
    """Undo the approval of a first article: it proves nothing any more, for any lot, and stays readable.

    The report itself stays frozen; what takes its place is a new one. A customer's approval in field 24 falls with
    ours, because it was given on it.

    Raises:  NotEntitled; NotTheMoment when it is not approved; SignerMayNotUndo; Incomplete; CredentialRefused.
    Source:  AS9102 Rev C 4.6 and field 22; docs/decisions/0034.
    """
    require_quality(by, "withdraw approvals of first articles")
    numbers = lots_it_stands_for(first_article)
    lock_lots(numbers)
    current = lock(first_article)
    if current.state not in FirstArticle.STANDING:
        raise NotTheMoment(
            f"{current.number} is {current.get_state_display().lower()}; only an approval can be withdrawn."
        )
    reversal = undo_signature(
        by=by,
        token=token,
        undone=current.approved_signature,
        what=f"first article {current.number}",
        opened=[f"first article {current.number}"],
        lots=numbers,
        reason=reason,
        judged_anew=judged_anew,
        act=Authority.APPROVE_FIRST_ARTICLE,
        customer=current.order_line.order.customer,
    )
    move(
        current,
        "withdraw approval of",
        by=by,
        lots=[current.traveler.number],
        data={"reversal": reversal.number, "reason": reversal.reason},
    )
    return reversal


def lots_it_stands_for(first_article: FirstArticle) -> list[str]:
    """Return the numbers of the lots still here that are made by the route of a first article, and its own."""
    made = Traveler.objects.filter(route_revision=first_article.route_revision_id)
    here = made.filter(state__in=(Traveler.OPEN, Traveler.COMPLETE)).values_list("number", flat=True)
    return sorted({first_article.traveler.number, *here})
