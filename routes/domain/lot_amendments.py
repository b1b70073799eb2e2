"""Changing one lot's way: proposed on the floor, signed by a second person, and only then true.

The route stays as released. A proposal already stops: what it touches is not signed before somebody has decided.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from routes.domain.amended import AmendmentUndecided, open_amendments_before, what_it_changes
from routes.domain.amendment_limits import require_addable, require_redlinable, require_skippable
from routes.domain.lots import lock_lots, require_in_house, steps_of
from routes.domain.owners import find_owners
from routes.domain.travelers import complete_when_done, repeat_operations, require_rework_possible
from routes.domain.words import AlreadyThere, AuthorMayNotApprove, require_text
from routes.models import Operation, Traveler, TravelerAmendment, TravelerStep
from routes.permissions import FLOOR, PLANNERS, require_role

MOST_WORDS = 2_000


@transaction.atomic
def propose_redline(
    *, by: Person, traveler: Traveler, sequence: int, words: str, reason: str
) -> TravelerAmendment:
    """Propose words that hold for this lot at one operation, beside those of the route.

    Raises:  NotEntitled; LotHasLeft; NotTheMoment for an operation not on the lot or done already; MayNotBeRedlined
             for outside work; AlreadyThere for the same words; Incomplete without words or a reason.
    """
    lot, reason = _begin(by, traveler, reason)
    words = _require_words(lot, words)
    step = _waiting_step(lot, sequence)
    amendment = TravelerAmendment(
        kind=TravelerAmendment.REDLINE, traveler=lot, step=step, words=words, reason=reason
    )
    _require_possible(lot, amendment)
    same = TravelerAmendment.objects.filter(traveler=lot, step=step, words=words)
    if known := same.exclude(state__in=(TravelerAmendment.REFUSED, TravelerAmendment.WITHDRAWN)).first():
        raise AlreadyThere(
            f"{known.number} says the same at operation {sequence} of lot {lot.number} already."
        )
    return _keep(amendment, by)


@transaction.atomic
def propose_skip(*, by: Person, traveler: Traveler, sequence: int, reason: str) -> TravelerAmendment:
    """Propose to pass one operation over, for this lot alone.

    Raises:  NotEntitled; LotHasLeft; NotTheMoment for an operation not on the lot or done already; MayNotBeSkipped
             naming what rests on it; AlreadyThere while another proposal to skip it waits; Incomplete without a reason.
    """
    lot, reason = _begin(by, traveler, reason)
    step = _waiting_step(lot, sequence)
    amendment = TravelerAmendment(kind=TravelerAmendment.SKIP, traveler=lot, step=step, reason=reason)
    _require_possible(lot, amendment)
    waiting = TravelerAmendment.objects.filter(
        step=step, kind=TravelerAmendment.SKIP, state=TravelerAmendment.PROPOSED
    )
    if known := waiting.first():
        raise AlreadyThere(
            f"{known.number} proposes to skip operation {sequence} of lot {lot.number} already. Decide it first."
        )
    return _keep(amendment, by)


@transaction.atomic
def propose_add(
    *, by: Person, traveler: Traveler, sequence: int, name: str, kind: str, words: str, reason: str
) -> TravelerAmendment:
    """Propose an operation of this lot alone, between two of its own.

    Raises:  NotEntitled; LotHasLeft; DoesNotFitTheWay for a kind that needs a plan, a number in use or not between
             two operations, or where nobody would inspect it; NotTheMoment once the lot has passed the place;
             AlreadyThere while another proposal for that number waits; Incomplete without name, words or a reason.
    """
    lot, reason = _begin(by, traveler, reason)
    name = require_text(name, f"Name the operation that is added to lot {lot.number}.")[:120]
    amendment = TravelerAmendment(
        kind=TravelerAmendment.ADD,
        traveler=lot,
        sequence=sequence,
        name=name,
        operation_kind=kind,
        words=_require_words(lot, words),
        reason=reason,
    )
    _require_possible(lot, amendment)
    waiting = TravelerAmendment.objects.filter(traveler=lot, sequence=sequence)
    if known := waiting.filter(state=TravelerAmendment.PROPOSED).first():
        raise AlreadyThere(
            f"{known.number} proposes an operation {sequence} of lot {lot.number} already. Decide it first."
        )
    return _keep(amendment, by)


@transaction.atomic
def propose_repeat(
    *, by: Person, traveler: Traveler, operation_sequences: Sequence[int], reason: str
) -> TravelerAmendment:
    """Propose that operations are done again in a further pass.

    Raises:  NotEntitled; LotHasLeft; NotTheMoment for an operation not on the lot or not done yet; ReworkNotVerified
             when nobody would inspect it again; Incomplete without a reason.
    """
    lot, reason = _begin(by, traveler, reason)
    amendment = TravelerAmendment(
        kind=TravelerAmendment.REPEAT,
        traveler=lot,
        repeated=sorted(set(operation_sequences)),
        reason=reason,
    )
    _require_possible(lot, amendment)
    return _keep(amendment, by)


@transaction.atomic
def approve(*, by: Person, amendment: TravelerAmendment, token: str) -> TravelerAmendment:
    """Sign an amendment; from then on it is the lot's way.

    1. somebody else than who proposed it, who may approve routes for this customer;
    2. everything asked at the proposal is asked again, because the lot went on since;
    3. the step is skipped, the operation added or the further pass opened, in the same transaction.

    Raises:  NotEntitled; AuthorMayNotApprove; NotTheMoment once decided or once the step is done; LotHasLeft; what
             the proposal raises; AmendmentUndecided while a redline of a step to be skipped waits; CredentialRefused.
    Source:  AS9100D 8.5.6 (who authorised the change is kept); house rule "the second look is another person's".
    """
    require_role(by=by, roles=PLANNERS, act="approve amendments of lots")
    lot, current = _locked(by, amendment, "approve")
    _require_possible(lot, current)
    _require_nothing_else_open(lot, current)
    signature = _sign(by, token, lot, current, Signature.APPROVED, "")
    current = move(
        current,
        "approve",
        by=by,
        lots=[lot.number],
        data={**_told(current), "reason": current.reason},
        signature=signature,
        decided_at=signature.signed_at,
        operation=_add_operation(lot, current) if current.kind == TravelerAmendment.ADD else None,
    )
    _carry_out(by, lot, current)
    return current


@transaction.atomic
def refuse(*, by: Person, amendment: TravelerAmendment, reason: str, token: str) -> TravelerAmendment:
    """Sign that an amendment does not hold; the lot goes on as its route says.

    Raises:  NotEntitled; AuthorMayNotApprove, because who proposed it withdraws it; NotTheMoment once decided;
             Incomplete without a reason; CredentialRefused.
    """
    require_role(by=by, roles=PLANNERS, act="refuse amendments of lots")
    lot, current = _locked(by, amendment, "refuse")
    reason = require_text(reason, f"Say why {current.number} is refused; the reason is signed with it.")
    signature = _sign(by, token, lot, current, Signature.DISPOSITIONED, reason)
    return move(
        current,
        "refuse",
        by=by,
        lots=[lot.number],
        data={**_told(current), "reason": reason},
        signature=signature,
        decided_at=signature.signed_at,
        decision_reason=reason,
    )


@transaction.atomic
def withdraw(*, by: Person, amendment: TravelerAmendment, reason: str) -> TravelerAmendment:
    """Take a proposal back before anybody decided it.

    Raises:  NotEntitled for anybody but who proposed it; NotTheMoment once decided; Incomplete without a reason.
    """
    require_role(by=by, roles=FLOOR, act="withdraw amendments of lots")
    [lot] = lock_lots([amendment.traveler.number])
    current = lock(amendment)
    if current.proposed_by_id != by.pk:
        raise NotEntitled(
            f"{current.number} was proposed by {current.proposed_by.printed_name}, who alone may withdraw it. "
            "A quality engineer refuses it instead."
        )
    reason = require_text(reason, f"Say why {current.number} is withdrawn.")
    return move(
        current,
        "withdraw",
        by=by,
        lots=[lot.number],
        data={**_told(current), "reason": reason},
        decided_at=timezone.now(),
        decision_reason=reason,
    )


def content_of(amendment: TravelerAmendment, *, refused_because: str = "") -> dict:
    """Return exactly what is signed when an amendment is decided."""
    content = {
        "lot": amendment.traveler.number,
        "route": amendment.traveler.route_revision.number,
        "kind": amendment.kind,
        "changes": what_it_changes(amendment),
        "step": amendment.step.number if amendment.step else "",
        "sequence": amendment.sequence,
        "operation_kind": amendment.operation_kind,
        "repeated": list(amendment.repeated),
        "words": amendment.words,
        "reason": amendment.reason,
        "proposed_by": amendment.proposed_by.printed_name,
        "proposed_at": amendment.proposed_at,
    }
    return content | ({"refused_because": refused_because} if refused_because else {})


def _begin(by: Person, traveler: Traveler, reason: str) -> tuple[Traveler, str]:
    require_role(by=by, roles=FLOOR, act="propose amendments of lots")
    [lot] = lock_lots([traveler.number])
    require_in_house(lot, "an amendment")
    return lot, require_text(reason, f"Say why lot {lot.number} is amended.")


def _require_words(lot: Traveler, words: str) -> str:
    words = require_text(words, f"Write the words that hold for lot {lot.number}.")
    if len(words) > MOST_WORDS:
        raise Incomplete(
            f"The words for lot {lot.number} are {len(words)} characters long and at most {MOST_WORDS:,} fit on its "
            "traveler. Write less, or put a document beside it."
        )
    return words


def _waiting_step(lot: Traveler, sequence: int) -> TravelerStep:
    step = next((each for each in steps_of(lot) if each.operation.sequence == sequence), None)
    if step is None:
        raise NotTheMoment(
            f"Lot {lot.number} has no operation {sequence}. Choose one that is still to be done."
        )
    _require_waiting(lot, step)
    return step


def _require_waiting(lot: Traveler, step: TravelerStep) -> None:
    if step.state != TravelerStep.WAITING:
        raise NotTheMoment(
            f"Operation {step.operation.sequence} {step.operation.name} of lot {lot.number} is "
            f"{step.get_state_display().lower()} already, so nothing of it is amended any more. "
            "To have it done again, propose a repeat."
        )


def _require_possible(lot: Traveler, amendment: TravelerAmendment) -> None:
    """Ask everything that must hold both when it is proposed and when it is signed."""
    steps = steps_of(lot)
    if amendment.kind == TravelerAmendment.REPEAT:
        require_rework_possible(lot, {step.operation.sequence: step for step in steps}, amendment.repeated)
    elif amendment.kind == TravelerAmendment.ADD:
        require_addable(lot, steps, amendment.sequence, amendment.operation_kind)
    else:
        step = next(each for each in steps if each.operation_id == amendment.step.operation_id)
        _require_waiting(lot, step)
        demand = require_skippable if amendment.kind == TravelerAmendment.SKIP else require_redlinable
        demand(lot, step)


def _require_nothing_else_open(lot: Traveler, amendment: TravelerAmendment) -> None:
    if amendment.kind != TravelerAmendment.SKIP:
        return
    others = [
        each
        for each in open_amendments_before(lot, amendment.step)
        if each.step_id and each.pk != amendment.pk
    ]
    if others:
        named = ", ".join(each.number for each in others)
        raise AmendmentUndecided(
            f"{amendment.number} would skip {what_it_changes(amendment)} of lot {lot.number}, to which {named} "
            f"is open. Decide {named} first."
        )


def _locked(by: Person, amendment: TravelerAmendment, verb: str) -> tuple[Traveler, TravelerAmendment]:
    """Lock lot and amendment, in that order, for somebody who decides it."""
    [lot] = lock_lots([amendment.traveler.number])
    current = lock(amendment)
    if current.state != TravelerAmendment.PROPOSED:
        raise NotTheMoment(
            f"Amendment {current.number} of lot {lot.number} is {current.get_state_display().lower()} already. "
            "Reload the page to see who decided it."
        )
    if current.proposed_by_id == by.pk:
        raise AuthorMayNotApprove(
            f"{by.printed_name} proposed {current.number} and may not {verb} it. Ask another quality engineer."
        )
    require_in_house(lot, "an amendment")
    return lot, current


def _sign(
    by: Person, token: str, lot: Traveler, amendment: TravelerAmendment, meaning: str, refused_because: str
) -> Signature:
    return sign(
        by=by,
        token=token,
        meaning=meaning,
        noun="amendment",
        number=amendment.number,
        content=content_of(amendment, refused_because=refused_because),
        act=Authority.APPROVE_ROUTE,
        customer=lot.order_line.order.customer,
    )


def _keep(amendment: TravelerAmendment, by: Person) -> TravelerAmendment:
    amendment.number = next_number("AM")
    amendment.proposed_by, amendment.proposed_at = by, timezone.now()
    amendment.save()
    lot = amendment.traveler.number
    record_event(
        by=by,
        verb="propose",
        noun="amendment",
        number=amendment.number,
        lots=[lot],
        data={**_told(amendment), "reason": amendment.reason},
    )
    return amendment


def _told(amendment: TravelerAmendment) -> dict:
    words = f": {amendment.words}" if amendment.words else ""
    return {"kind": amendment.kind, "changes": f"{what_it_changes(amendment)}{words}"}


def _add_operation(lot: Traveler, amendment: TravelerAmendment) -> Operation:
    """Make the operation of an approved addition; its owners are those of the operation before it."""
    before = [step for step in steps_of(lot) if step.operation.sequence < amendment.sequence][-1].operation
    return Operation.objects.create(
        sequence=amendment.sequence,
        kind=amendment.operation_kind,
        name=amendment.name,
        instructions=amendment.words,
        quality_owner=before.quality_owner,
        timing_owner=before.timing_owner,
    )


def _carry_out(by: Person, lot: Traveler, amendment: TravelerAmendment) -> None:
    if amendment.kind == TravelerAmendment.SKIP:
        data = {"operation": amendment.step.operation.name, "reason": amendment.number}
        move(
            amendment.step,
            "skip",
            by=by,
            lots=[lot.number],
            data=data,
            skipped_at=amendment.decided_at,
        )
        complete_when_done(by=by, lot=lot)
    elif amendment.kind == TravelerAmendment.ADD:
        operation = amendment.operation
        TravelerStep.objects.create(
            traveler=lot,
            operation=operation,
            number=f"{lot.number}-{operation.sequence}-1",
            **find_owners(
                operation=operation, customer=lot.order_line.order.customer, on=timezone.localdate()
            ),
        )
    elif amendment.kind == TravelerAmendment.REPEAT:
        repeat_operations(by=by, lot=lot, operation_sequences=amendment.repeated, reason=amendment.number)
