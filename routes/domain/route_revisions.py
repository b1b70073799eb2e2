"""Planning a route: draft, review, release. What was released is frozen."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from routes.domain.drafts import require_draft
from routes.domain.finish_plans import freeze_windows
from routes.domain.route_contents import content_of, copy_plan
from routes.domain.route_gaps import gaps_before_release
from routes.domain.sampling_rules import SamplingRule, settled, words_of
from routes.domain.words import AlreadyThere, AuthorMayNotApprove, only_once, require_text
from routes.models import (
    Characteristic,
    DrawingNote,
    NoteMapping,
    Operation,
    PartRevision,
    PlannedCheck,
    Route,
    RouteRevision,
    SpecificationRevision,
)
from routes.permissions import PLANNERS, require_role


class RouteIncomplete(Refused):
    """A link of the plan is missing; the sentences name each."""

    code = "route-incomplete"


class WrongSide(Refused):
    """A check would stand on the wrong side of the finish."""

    code = "wrong-side"


class NotOfThisRoute(Refused):
    """Two records of different parts or routes were put together."""

    code = "not-of-this-route"


class SpecificationNeeded(Refused):
    """An outside operation without its specification."""

    code = "specification-needed"


@transaction.atomic
def draft_revision(
    *, by: Person, part_revision: PartRevision, copy_from: RouteRevision | None = None
) -> RouteRevision:
    """Begin the next revision of a part's route, from another revision or empty.

    What is copied: operations, setups, checks of characteristics with the same balloon, answers to notes of
    the same words. A "not applicable" is signed anew, so it is not copied.
    Raises:  NotEntitled; AlreadyThere while another revision for this part revision is not released yet;
             NotOfThisRoute when `copy_from` is another part's.
    """
    require_role(by=by, roles=PLANNERS, act="draft routes")
    part = lock(part_revision.part)
    route = Route.objects.filter(part=part).first()
    if route is None:
        route = Route.objects.create(number=next_number("R"), part=part)
    if copy_from is not None and copy_from.route_id != route.pk:
        raise NotOfThisRoute(
            f"Route {copy_from.number} makes another part than {part.number}. Copy a route of this part."
        )
    unfinished = route.revisions.filter(
        part_revision=part_revision, state__in=[RouteRevision.DRAFT, RouteRevision.IN_REVIEW]
    ).first()
    if unfinished is not None:
        raise AlreadyThere(
            f"Route {unfinished.number} for {part_revision} is {unfinished.get_state_display().lower()}. "
            "Work on that one."
        )
    revision = (route.revisions.order_by("-revision").values_list("revision", flat=True).first() or 0) + 1
    draft = RouteRevision.objects.create(
        number=f"{route.number}-{revision}",
        route=route,
        revision=revision,
        part_revision=part_revision,
        author=by,
        replaces=route.revisions.filter(part_revision=part_revision, state=RouteRevision.RELEASED).first(),
    )
    if copy_from is not None:
        copy_plan(source=copy_from, target=draft)
    record_event(
        by=by,
        verb="draft",
        noun="route",
        number=draft.number,
        data={"part_revision": str(part_revision), "copied_from": copy_from.number if copy_from else ""},
    )
    return draft


@transaction.atomic
def add_operation(
    *,
    by: Person,
    route_revision: RouteRevision,
    sequence: int,
    kind: str,
    name: str,
    quality_owner: str,
    timing_owner: str,
    incoming_owner: str = "",
    specification: SpecificationRevision | None = None,
    spec_type: str = "",
    spec_class: str = "",
    material_condition: str = "",
    certificate_type: str = "",
    is_irreversible: bool = False,
    changes_surface: bool = False,
    instructions: str = "",
    work_center: str = "",
) -> Operation:
    """Add an operation to a draft.

    Owners may stay open while drafting; release names every one that is missing.
    Raises:  NotEntitled; RevisionIsFrozen; NotTheMoment in review; Incomplete; SpecificationNeeded for an
             outside operation without one; AlreadyThere when the sequence is taken.
    """
    require_role(by=by, roles=PLANNERS, act="plan operations")
    draft = require_draft(route_revision)
    name = require_text(name, f"Operation {sequence} of route {draft.number} has no name. Give it one.")
    if sequence < 1:
        raise Incomplete(
            f"An operation of route {draft.number} needs a sequence of at least 1, as in 10, 20, 30."
        )
    if kind == Operation.OUTSIDE and specification is None:
        raise SpecificationNeeded(
            f"Operation {sequence} {name} leaves the house, so it must name the specification it is done to. "
            "Choose one; add it to the specifications first if it is not there."
        )
    with only_once(f"Route {draft.number} has an operation {sequence} already. Choose a free sequence."):
        operation = Operation.objects.create(
            route_revision=draft,
            sequence=sequence,
            kind=kind,
            name=name,
            instructions=instructions,
            work_center=work_center.strip(),
            quality_owner=quality_owner,
            timing_owner=timing_owner,
            incoming_owner=incoming_owner,
            specification=specification,
            spec_type=spec_type.strip(),
            spec_class=spec_class.strip(),
            material_condition=material_condition.strip(),
            certificate_type=certificate_type.strip(),
            is_irreversible=is_irreversible,
            changes_surface=changes_surface,
        )
    record_event(
        by=by,
        verb="add_operation",
        noun="route",
        number=draft.number,
        data={"sequence": sequence, "kind": kind, "name": name},
    )
    return operation


@transaction.atomic
def plan_check(
    *,
    by: Person,
    operation: Operation,
    characteristic: Characteristic,
    side: str,
    sampling_rule: str = PlannedCheck.ALL,
    sample_size: int | None = None,
    gauge_kind: str = "",
    **sampling: Any,
) -> PlannedCheck:
    """Plan to check a characteristic at an operation, on one side of the finish.

    sampling: further fields of `SamplingRule`, as its rule asks for them.

    Raises:  NotEntitled; RevisionIsFrozen; NotTheMoment; NotOfThisRoute for another part revision's
             characteristic or an operation nobody inspects at; WrongSide; Incomplete without what the rule of
             sampling asks for; KeyCharacteristic; AlreadyThere.
    Source:  drawing note "dimensions apply before/after finish"; ASME Y14.5-2018 4.1 (n).
    """
    require_role(by=by, roles=PLANNERS, act="plan checks")
    draft = require_draft(operation.route_revision)
    _require_inspected_here(operation, characteristic, draft)
    _require_side(operation, characteristic, side, draft)
    rule = SamplingRule(sampling_rule=sampling_rule, sample_size=sample_size, **sampling)
    fields = settled(rule, characteristic)
    with only_once(f"Balloon {characteristic.balloon} is planned at operation {operation.sequence} already."):
        check = PlannedCheck.objects.create(
            operation=operation,
            characteristic=characteristic,
            side=side,
            gauge_kind=gauge_kind.strip(),
            **fields,
        )
    record_event(
        by=by,
        verb="plan_check",
        noun="route",
        number=draft.number,
        data={
            "sequence": operation.sequence,
            "balloon": characteristic.balloon,
            "side": side,
            "rule": sampling_rule,
            "size": sample_size,
            "sampling": words_of(check),
        },
    )
    return check


def _require_inspected_here(
    operation: Operation, characteristic: Characteristic, draft: RouteRevision
) -> None:
    if characteristic.part_revision_id != draft.part_revision_id:
        raise NotOfThisRoute(
            f"Balloon {characteristic.balloon} belongs to {characteristic.part_revision}, route {draft.number} makes "
            f"{draft.part_revision}. Choose a characteristic of that revision."
        )
    if operation.kind not in (Operation.INSPECT, Operation.OUTSIDE):
        raise NotOfThisRoute(
            f"Operation {operation.sequence} {operation.name} is neither an inspection nor outside work, so no "
            "results are taken there. Plan the check at an inspection, or at the verification of returned work."
        )


def _require_side(
    operation: Operation, characteristic: Characteristic, side: str, draft: RouteRevision
) -> None:
    finishes = list(
        draft.operations.filter(changes_surface=True).order_by("sequence").values_list("sequence", flat=True)
    )
    if not finishes:
        return
    if side == PlannedCheck.AFTER and operation.sequence < finishes[-1]:
        raise WrongSide(
            f"Balloon {characteristic.balloon} cannot be checked after finish at operation {operation.sequence}: "
            f"operation {finishes[-1]} still changes the surface. Plan it at that operation or later."
        )
    if side == PlannedCheck.BEFORE and operation.sequence >= finishes[-1]:
        raise WrongSide(
            f"Balloon {characteristic.balloon} cannot be checked before finish at operation {operation.sequence}: "
            f"operation {finishes[-1]} has changed the surface by then. Plan it at an earlier inspection."
        )


@transaction.atomic
def map_note(
    *,
    by: Person,
    route_revision: RouteRevision,
    note: DrawingNote,
    operation: Operation | None = None,
    document: str = "",
    not_applicable_reason: str = "",
    token: str | None = None,
) -> NoteMapping:
    """Say what answers a drawing note: an operation, a document, or a signed "not applicable".

    Mapping a note again replaces the answer while the route is a draft.
    Raises:  NotEntitled; RevisionIsFrozen; NotTheMoment; NotOfThisRoute; Incomplete unless exactly one
             answer is given; CredentialRefused when "not applicable" is not signed.
    """
    require_role(by=by, roles=PLANNERS, act="map drawing notes")
    draft = require_draft(route_revision)
    document, reason = document.strip(), not_applicable_reason.strip()
    if note.part_revision_id != draft.part_revision_id:
        raise NotOfThisRoute(
            f"Note {note.note_number} belongs to {note.part_revision}, route {draft.number} makes "
            f"{draft.part_revision}. Map the notes of that revision."
        )
    if operation is not None and operation.route_revision_id != draft.pk:
        raise NotOfThisRoute(
            f"Operation {operation.sequence} {operation.name} is not of route {draft.number}."
        )
    if sum((operation is not None, bool(document), bool(reason))) != 1:
        raise Incomplete(
            f"Note {note.note_number} needs exactly one answer: an operation, a document, or the reason why it does "
            "not apply."
        )
    signature = None
    if reason:
        signature = _sign_not_applicable(by=by, draft=draft, note=note, reason=reason, token=token)
    mapping, _ = NoteMapping.objects.update_or_create(
        route_revision=draft,
        note=note,
        defaults={
            "operation": operation,
            "document": document,
            "not_applicable_reason": reason,
            "not_applicable_signature": signature,
        },
    )
    record_event(
        by=by,
        verb="map_note",
        noun="route",
        number=draft.number,
        data={
            "note": note.note_number,
            "operation": operation.sequence if operation else None,
            "document": document,
            "not_applicable": reason,
        },
    )
    return mapping


def _sign_not_applicable(
    *, by: Person, draft: RouteRevision, note: DrawingNote, reason: str, token: str | None
) -> Signature:
    return sign(
        by=by,
        token=token or "",
        meaning=Signature.REVIEWED,
        noun="route",
        number=draft.number,
        content={"note": note.note_number, "text": note.text, "not_applicable": reason},
        act=Authority.APPROVE_ROUTE,
        customer=draft.route.part.customer,
    )


@transaction.atomic
def submit(*, by: Person, route_revision: RouteRevision) -> RouteRevision:
    """Hand a draft to review.

    Raises:  NotEntitled; NotTheMoment unless it is a draft; RouteIncomplete without any operation.
    """
    current = lock(route_revision)
    if current.state == RouteRevision.DRAFT and not current.operations.exists():
        raise RouteIncomplete(
            f"Route {current.number} has no operation yet. Add its operations, then submit it."
        )
    return move(current, "submit", by=by, return_reason="")


@transaction.atomic
def return_to_author(*, by: Person, route_revision: RouteRevision, reason: str) -> RouteRevision:
    """Give a route in review back to its author with the reason.

    Raises:  NotEntitled; NotTheMoment unless it is in review; Incomplete without a reason.
    """
    reason = require_text(reason, f"Say why route {route_revision.number} goes back to its author.")
    return move(route_revision, "return", by=by, return_reason=reason, data={"reason": reason})


@transaction.atomic
def release(*, by: Person, route_revision: RouteRevision, token: str) -> RouteRevision:
    """Release a route for production; the revision released before it is superseded.

    1. the author does not release his own work;
    2. every gap of the plan is named, and one is enough to refuse;
    3. the whole plan is signed, and frozen from then on.

    Raises:  AuthorMayNotApprove; RouteIncomplete; NotTheMoment unless in review; NotEntitled;
             CredentialRefused.
    Source:  AS9100D 8.5.1 (control of production), house rule "outside work is part of the route".
    """
    require_role(by=by, roles=PLANNERS, act="release routes")
    part = lock(route_revision.part_revision.part)
    current = lock(route_revision)
    if current.state != RouteRevision.IN_REVIEW:
        raise NotTheMoment(
            f"Route {current.number} is {current.get_state_display().lower()}; only a route in review is released. "
            "Submit it first."
        )
    if current.author_id == by.pk:
        raise AuthorMayNotApprove(
            f"{by.printed_name} wrote route {current.number} and may not release it. Ask another quality engineer."
        )
    if gaps := gaps_before_release(current):
        raise RouteIncomplete(f"Route {current.number} cannot be released yet. " + " ".join(gaps), gaps=gaps)
    freeze_windows(current)
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="route",
        number=current.number,
        content=content_of(current),
        act=Authority.APPROVE_ROUTE,
        customer=part.customer,
        made_by=(current.author,),
    )
    before = RouteRevision.objects.filter(
        route=current.route, part_revision=current.part_revision, state=RouteRevision.RELEASED
    ).first()
    if before is not None:
        move(before, "supersede", by=by, data={"by_route": current.number})
    return move(current, "release", by=by, release_signature=signature, replaces=before)
