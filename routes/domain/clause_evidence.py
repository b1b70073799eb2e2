"""What shows that a clause was met for one lot, and the points where work waits for the customer.

A hold point stops the signature of one operation until the customer lets it go; a witness point until somebody of
the customer was there, or was asked and did not come; a source inspection stops the shipment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature, StoredFile
from routes.domain.lots import lineage, lock_lots, require_in_house, steps_of
from routes.domain.own_papers import require_own_customer
from routes.domain.words import AlreadyThere, DatesDoNotFit, require_text
from routes.models import ClauseEvidence, LineClause, QualityClause, Traveler, TravelerStep
from routes.permissions import EVIDENCE_BRINGERS, PLANNERS, POINT_RELEASERS, require_role

TAKEN = ("application/pdf", "image/png", "image/jpeg", "image/tiff")
# a witness who was asked and did not come holds nothing up; for these two somebody must have said so
NEEDS_PRESENCE = (QualityClause.HOLD, QualityClause.SOURCE)
STOPS_A_STEP = (QualityClause.HOLD, QualityClause.WITNESS)


class PointNotReleased(NotTheMoment):
    """A hold or witness point of the customer stands before this operation."""

    code = "point-not-released"


class ClauseOfAnotherOrder(Refused):
    """The clause is carried by another order line than the lot was made for."""

    code = "clause-of-another-order"


class NoPoint(Refused):
    """The clause asks for a paper, not for the customer's presence."""

    code = "no-point"


@transaction.atomic
def record(
    *,
    by: Person,
    line_clause: LineClause,
    traveler: Traveler,
    reference: str,
    done_on: date,
    token: str,
    present: str = "",
    content: bytes | None = None,
    name: str = "",
) -> ClauseEvidence:
    """Sign that a clause was met for a lot: by which paper, or by whose presence of the customer.

    present: who of the customer was there or let it go; a witness who did not come leaves it empty, and the
             reference names the notice given.
    content: the bytes of the paper, `name` its name; a clause may be met by a reference alone.
    Raises:  NotEntitled; LotHasLeft; ClauseOfAnotherOrder; NotTheMoment for a clause signed not to apply; Incomplete
             without a reference or, at a hold or source inspection, without who let it go; DatesDoNotFit for a day
             to come or after the operation was signed; AlreadyThere for a point let go before; FileOfAnotherCustomer;
             FileRefused; CredentialRefused.
    Source:  AS9100D 8.6 (evidence of conformity), 8.4.3 (verification at source).
    """
    require_role(by=by, roles=EVIDENCE_BRINGERS, act="record what shows that a clause was met")
    lot, current = _locked(line_clause, traveler)
    kind, what = current.clause.kind, f"Clause {current.clause} for lot {lot.number}"
    reference = require_text(
        reference, f"{what}: say which document, report or letter shows that it was met."
    )
    present = present.strip()
    if kind in NEEDS_PRESENCE and not present:
        raise Incomplete(f"{what}: say who of {lot.order_line.order.customer.name} was there or let it go.")
    _require_day(lot, current, done_on)
    _require_still_open(lot, current)
    stored = None
    if content is not None:
        label = lot.route_revision.part_revision.label
        stored = take_in(content=content, name=name, by=by, allowed=TAKEN, label=label)
        require_own_customer(lot=lot, sha256=stored.sha256, name=stored.original_name)
    return _keep(
        lot,
        current,
        by=by,
        token=token,
        meaning=Signature.VERIFIED,
        act=Authority.INSPECT,
        reference=reference,
        present=present,
        done_on=done_on,
        file=stored,
    )


@transaction.atomic
def let_go(
    *, by: Person, line_clause: LineClause, traveler: Traveler, token: str, remarks: str = ""
) -> ClauseEvidence:
    """Let a hold point, a witness point or a source inspection go, signed by the customer itself.

    Raises:  NotEntitled for anybody but the quality people of the customer who ordered the lot; NoPoint for a
             clause that asks for a paper; LotHasLeft; ClauseOfAnotherOrder; NotTheMoment once the operation is
             signed or the clause does not apply; AlreadyThere; CredentialRefused.
    Source:  AS9100D 8.6 (release with the approval of the customer where it is asked for).
    """
    require_role(by=by, roles=POINT_RELEASERS, act="let inspection points go")
    customer = line_clause.order_line.order.customer
    if by.organization_id != customer.pk:
        raise NotEntitled(
            f"{by.printed_name} may not let points of {customer.name} go; its quality people may."
        )
    lot, current = _locked(line_clause, traveler)
    if current.clause.kind not in QualityClause.POINTS:
        raise NoPoint(
            f"Clause {current.clause} asks for evidence with the lot, so there is no point to let go."
        )
    step = _step_of(lot, current)
    if step is not None and step.state == TravelerStep.SIGNED:
        raise NotTheMoment(
            f"Operation {step.operation.sequence} {step.operation.name} of lot {lot.number} is signed already, so "
            f"clause {current.clause} cannot be let go before it any more. Ask the shop how that came about."
        )
    _require_still_open(lot, current)
    words = remarks.strip()
    return _keep(
        lot,
        current,
        by=by,
        token=token,
        meaning=meaning_of(current.clause),
        reference=(words or f"Let go in this portal by {customer.name}")[:160],
        present=f"{by.printed_name}, {by.title}".rstrip(", ")[:160],
        done_on=timezone.localdate(),
        file=None,
    )


def meaning_of(clause: QualityClause) -> str:
    """Return what the customer's signature at a point means: a source inspection accepts, others let work go on."""
    return Signature.ACCEPTED if clause.kind == QualityClause.SOURCE else Signature.RELEASED


@transaction.atomic
def withdraw(*, by: Person, evidence: ClauseEvidence, reason: str) -> ClauseEvidence:
    """Take back evidence that was wrong; it stays readable with the reason, and the clause is open again.

    Also after the lot has left: what was shown wrongly must be known.
    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment when it was withdrawn before.
    """
    require_role(by=by, roles=PLANNERS, act="withdraw evidence of clauses")
    reason = require_text(reason, f"Say why {evidence.number} is withdrawn; the reason is kept with it.")
    reached = _reached_by(evidence)
    lock_lots(reached)
    current = lock(evidence)
    if current.withdrawn_at is not None:
        raise NotTheMoment(f"{current.number} was withdrawn before. Reload the page to see why.")
    current.withdrawn_at, current.withdrawn_by, current.withdrawn_reason = timezone.now(), by, reason
    current.save()
    record_event(
        by=by,
        verb="withdraw",
        noun="clause evidence",
        number=current.number,
        lots=reached,
        data={"name": f"clause {current.line_clause.clause}", "was": current.reference, "reason": reason},
    )
    return current


def evidence_of(traveler: Traveler) -> list[ClauseEvidence]:
    """Return what was recorded for a lot, withdrawn ones too: its own and what it inherits, the first first."""
    wanted = Q()
    for lot, cutoff in lineage(traveler):
        own = Q(traveler=lot)
        wanted |= own if cutoff is None else own & Q(recorded_at__lte=cutoff)
    found = ClauseEvidence.objects.filter(wanted).select_related(
        "line_clause__clause", "traveler", "file", "signature", "withdrawn_by"
    )
    return list(found.order_by("pk"))


def require_points_released(traveler: Traveler, step: TravelerStep) -> None:
    """Refuse the signature of a step while a hold or witness point of the order stands before it.

    Raises:  PointNotReleased naming each clause and whom to ask.
    """
    points = list(
        LineClause.objects.filter(
            order_line=traveler.order_line_id,
            clause__kind__in=STOPS_A_STEP,
            point_at=step.operation.sequence,
        )
        .exclude(answer=LineClause.NOT_APPLICABLE)
        .select_related("clause")
        .order_by("clause__number", "pk")
    )
    if not points:
        return
    standing = _standing(traveler, points)
    waiting = [point for point in points if point.pk not in standing]
    if waiting:
        customer = traveler.order_line.order.customer.name
        named = "; ".join(f"{each.clause} ({each.clause.title.rstrip('.')})" for each in waiting)
        raise PointNotReleased(
            f"Operation {step.operation.sequence} {step.operation.name} of lot {traveler.number} waits for "
            f"{customer}: {named}. Ask {customer} to let it go, or record who was there, then sign."
        )


def _locked(line_clause: LineClause, traveler: Traveler) -> tuple[Traveler, LineClause]:
    [lot] = lock_lots([traveler.number])
    require_in_house(lot, "evidence of a clause")
    current = lock(line_clause)
    if current.order_line_id != lot.order_line_id:
        raise ClauseOfAnotherOrder(
            f"Clause {current.clause} is carried by order line {current.order_line}; lot {lot.number} was made for "
            f"{lot.order_line}. Choose a clause of that line."
        )
    if current.answer == LineClause.NOT_APPLICABLE:
        raise NotTheMoment(
            f"Clause {current.clause} is signed not to apply to order line {current.order_line}, so it asks for "
            "nothing. Answer it anew first."
        )
    return lot, current


def _step_of(lot: Traveler, point: LineClause) -> TravelerStep | None:
    if point.point_at is None:
        return None
    return next((step for step in steps_of(lot) if step.operation.sequence == point.point_at), None)


def _require_day(lot: Traveler, line_clause: LineClause, done_on: date) -> None:
    if done_on > timezone.localdate():
        raise DatesDoNotFit(f"Nothing can have been shown on {done_on}, a day to come. Correct the day.")
    step = _step_of(lot, line_clause)
    if step is None or step.signed_at is None:
        return
    if done_on > timezone.localdate(step.signed_at):
        raise DatesDoNotFit(
            f"Operation {step.operation.sequence} {step.operation.name} of lot {lot.number} was signed on "
            f"{timezone.localdate(step.signed_at)}; presence on {done_on} came too late for clause "
            f"{line_clause.clause}. Correct the day, or repeat the operation with the customer present."
        )


def _require_still_open(lot: Traveler, line_clause: LineClause) -> None:
    """Refuse a point that was let go before; any number of papers may show that another clause was met."""
    if line_clause.clause.kind not in QualityClause.POINTS:
        return
    if found := _standing(lot, [line_clause]).get(line_clause.pk):
        raise AlreadyThere(
            f"Clause {line_clause.clause} was let go for lot {lot.number} on {found.done_on}, see {found.number}. "
            "Withdraw that first if it is wrong."
        )


def _standing(lot: Traveler, points: Iterable[LineClause]) -> dict[int, ClauseEvidence]:
    """Return, for each of these points that was let go, the evidence that still stands."""
    found = [each for each in evidence_of(lot) if each.withdrawn_at is None]
    standing = {}
    for point in points:
        since = _repeated_at(lot, point.point_at)
        for each in found:
            if each.line_clause_id == point.pk and (since is None or each.recorded_at > since):
                standing[point.pk] = each
    return standing


def _repeated_at(lot: Traveler, sequence: int | None) -> datetime | None:
    """Return when the pass before the latest was signed; what was shown until then was of that pass.

    sequence: of one operation; None asks for any of the lot's.
    """
    repeated = [
        step for step in steps_of(lot) if step.pass_number > 1 and sequence in (None, step.operation.sequence)
    ]
    wanted = Q(pk=None)
    for step in repeated:
        wanted |= Q(operation=step.operation_id, pass_number=step.pass_number - 1)
    own = Q(traveler=lot)
    for ancestor, cutoff in lineage(lot)[1:]:
        own |= Q(traveler=ancestor, signed_at__lte=cutoff)
    earlier = TravelerStep.objects.filter(wanted & own)
    moments = earlier.exclude(signature=None).values_list("signature__signed_at", flat=True)
    return max(moments, default=None)


def _reached_by(evidence: ClauseEvidence) -> list[str]:
    """Return the lots this evidence stands for: its own and those split off after it was recorded."""
    number = evidence.traveler.number
    below = Traveler.objects.filter(number__startswith=f"{number}/").values_list("number", flat=True)
    return [number, *below]


def _keep(
    lot: Traveler,
    line_clause: LineClause,
    *,
    by: Person,
    token: str,
    meaning: str,
    reference: str,
    present: str,
    done_on: date,
    file: StoredFile | None,
    act: str | None = None,
) -> ClauseEvidence:
    number, clause = next_number("CE"), line_clause.clause
    signature = sign(
        by=by,
        token=token,
        meaning=meaning,
        noun="clause evidence",
        number=number,
        content={
            "lot": lot.number,
            "order_line": str(lot.order_line),
            "clause": str(clause),
            "kind": clause.kind,
            "point_at": line_clause.point_at,
            "reference": reference,
            "present": present,
            "done_on": done_on,
            "sha256": file.sha256 if file else "",
        },
        act=act,
        customer=lot.order_line.order.customer if act else None,
    )
    kept = ClauseEvidence.objects.create(
        number=number,
        line_clause=line_clause,
        traveler=lot,
        reference=reference,
        present=present,
        done_on=done_on,
        file=file,
        signature=signature,
        recorded_at=signature.signed_at,
    )
    record_event(
        by=by,
        verb="record",
        noun="clause evidence",
        number=number,
        lots=[lot.number],
        data={
            "name": f"clause {clause}",
            "kind": clause.kind,
            "done_on": done_on,
            "reference": reference,
            "present": present,
        },
    )
    return kept
