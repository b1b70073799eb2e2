"""The lot: which records are its own, how many pieces it holds, and how it splits.

A child's number is its parent's with a further part: T-000312 → T-000312/1 → T-000312/1/2. The records of its
ancestors up to the moment it was split off are its own; nothing is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import move
from portal.models import Person
from routes.domain.words import DatesDoNotFit, QuantityNotPossible, require_text
from routes.models import Piece, QuantityMove, Traveler, TravelerAmendment, TravelerStep
from routes.permissions import FLOOR, require_role


class LotHasLeft(NotTheMoment):
    """The lot is shipped or closed."""

    code = "lot-has-left"


class SerialsDoNotFit(Refused):
    """Serial numbers given are too many, too few, unknown or not needed."""

    code = "serials-do-not-fit"


def lock_lots(numbers: Sequence[str]) -> list[Traveler]:
    """Return these lots under row locks, always taken in number order so that two acts never wait in a ring.

    Raises:  Incomplete naming the numbers that are no lots.
    """
    wanted = sorted(set(numbers))
    found = list(
        Traveler.objects.filter(number__in=wanted)
        .order_by("number")
        .select_for_update(of=("self",))
        .select_related("order_line__order__customer", "route_revision__part_revision__part", "material_lot")
    )
    if len(found) != len(wanted):
        missing = set(wanted) - {lot.number for lot in found}
        raise Incomplete(f"There is no lot {', '.join(sorted(missing))}. Check the number.")
    return found


def require_in_house(lot: Traveler, act: str) -> None:
    """Refuse a lot that is shipped or closed; `act` completes "no … is possible".

    Raises:  LotHasLeft.
    """
    if lot.state in (Traveler.SHIPPED, Traveler.CLOSED):
        raise LotHasLeft(
            f"Lot {lot.number} is {lot.get_state_display().lower()}; {act} is not possible any more."
        )


def ancestor_numbers(number: str) -> list[str]:
    """Return the numbers of a lot's ancestors, the nearest first."""
    parts = number.split("/")
    return ["/".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]


def lineage(traveler: Traveler) -> list[tuple[Traveler, datetime | None]]:
    """Return the lot and its ancestors, each with the moment until which its records count for this lot.

    The lot itself comes first, with None; an ancestor's records count until the earliest split on the way.
    """
    line: list[tuple[Traveler, datetime | None]] = [(traveler, None)]
    cutoff, current = None, traveler
    while current.parent_id is not None:
        cutoff = min(moment for moment in (cutoff, current.split_at) if moment is not None)
        if not Traveler.parent.is_cached(current):
            _read_ancestors(current)
        current = current.parent
        line.append((current, cutoff))
    return line


def _read_ancestors(traveler: Traveler) -> None:
    """Give a lot its parent, that one its own and so on, in one statement; a split is never undone."""
    by_id = {lot.pk: lot for lot in Traveler.objects.filter(number__in=ancestor_numbers(traveler.number))}
    while traveler.parent_id is not None:
        traveler.parent = by_id[traveler.parent_id]
        traveler = traveler.parent


def steps_of(traveler: Traveler) -> list[TravelerStep]:
    """Return the lot's steps in order: its own and those inherited, each operation in its latest pass."""
    line = lineage(traveler)
    wanted = Q(traveler=traveler)
    for ancestor, cutoff in line[1:]:
        wanted |= Q(traveler=ancestor, state=TravelerStep.SIGNED, signed_at__lte=cutoff)
        wanted |= Q(traveler=ancestor, state=TravelerStep.SKIPPED, skipped_at__lte=cutoff)
        # done before the ancestor came in, so before any split
        wanted |= Q(traveler=ancestor, state=TravelerStep.ELSEWHERE)
    rows = TravelerStep.objects.filter(wanted).select_related(
        "traveler",
        "operation__specification",
        "quality_owner",
        "timing_owner",
        "incoming_owner",
        "signature",
    )
    nearness = {lot.pk: place for place, (lot, _) in enumerate(line)}
    latest: dict[int, TravelerStep] = {}
    # the latest pass counts; of one pass the row nearest to this lot does
    for step in sorted(rows, key=lambda row: (row.pass_number, -nearness[row.traveler_id])):
        latest[step.operation_id] = step
    return sorted(latest.values(), key=lambda step: step.operation.sequence)


def current_step(traveler: Traveler) -> TravelerStep | None:
    """Return the first step that is not done, or None when all are."""
    return next((step for step in steps_of(traveler) if step.state == TravelerStep.WAITING), None)


def quantity_of(traveler: Traveler) -> int:
    """Return how many pieces the lot holds now.

    Units:   pieces: started − left for good − split off into children.
    """
    gone = QuantityMove.objects.filter(traveler=traveler).aggregate(total=Sum("quantity"))["total"] or 0
    split_off = traveler.children.aggregate(total=Sum("quantity_started"))["total"] or 0
    return traveler.quantity_started - gone - split_off


def serials_of(traveler: Traveler) -> list[str]:
    """Return the serials of the pieces the lot holds now, in their order; empty when the part has none."""
    here = Piece.objects.filter(traveler=traveler, is_gone=False).order_by("position", "pk")
    return list(here.values_list("serial", flat=True))


def require_serials(
    lot: Traveler, serials: Sequence[str], quantity: int, *, is_gone: bool = False
) -> list[Piece]:
    """Return the pieces named, checked to be as many as the quantity and of this lot.

    Raises:  SerialsDoNotFit with the serials that do not.
    """
    named = [serial.strip() for serial in serials if serial.strip()]
    part = lot.route_revision.part_revision.part
    if not part.is_serialized:
        if named:
            raise SerialsDoNotFit(
                f"Part {part.number} carries no serial numbers. Leave them out and give the quantity."
            )
        return []
    if len(set(named)) != len(named) or len(named) != quantity:
        raise SerialsDoNotFit(
            f"{quantity} pieces of lot {lot.number} are meant and {len(set(named))} different serials are named. "
            "Name the serial of each piece once."
        )
    pieces = list(Piece.objects.select_for_update().filter(traveler=lot, serial__in=named, is_gone=is_gone))
    if len(pieces) != len(named):
        strangers = sorted(set(named) - {piece.serial for piece in pieces})
        raise SerialsDoNotFit(
            f"Lot {lot.number} does not hold {', '.join(strangers)}. Look at the pieces on its page."
        )
    return pieces


def _child_number(parent: Traveler) -> str:
    """Return the next number below the parent; each split of a split makes it longer."""
    number = f"{parent.number}/{parent.children.count() + 1}"
    if len(number) > Traveler._meta.get_field("number").max_length:
        raise QuantityNotPossible(
            f"Lot {parent.number} comes from so many splits that a number below it would be too long to write. "
            "Split an earlier lot instead."
        )
    return number


@transaction.atomic
def split(
    *,
    by: Person,
    traveler: Traveler,
    quantity: int,
    reason: str,
    serials: Sequence[str] = (),
    at: datetime | None = None,
) -> Traveler:
    """Split pieces off into a child lot that goes on by itself.

    1. the parent keeps at least one piece;
    2. the child gets rows of its own for every step not yet signed, with the same owners;
    3. signed steps, the material and open holds are inherited by lineage; serialised pieces move over.

    Units:   pieces.
    Raises:  NotEntitled; LotHasLeft; QuantityNotPossible; SerialsDoNotFit; DatesDoNotFit for a moment to
             come or before the last signature; Incomplete without a reason.
    Source:  the rule of the lot: a set of pieces that share every fact.
    """
    require_role(by=by, roles=FLOOR, act="split lots")
    [parent] = lock_lots([traveler.number])
    require_in_house(parent, "a split")
    reason = require_text(reason, f"Say why lot {parent.number} is split.")
    held = quantity_of(parent)
    if not 0 < quantity < held:
        raise QuantityNotPossible(
            f"Lot {parent.number} holds {held} pieces; {quantity} cannot be split off. "
            f"Split off at least 1 and leave at least 1."
        )
    pieces = require_serials(parent, serials, quantity)
    moment = _split_moment(parent, at)
    child = Traveler.objects.create(
        number=_child_number(parent),
        route_revision=parent.route_revision,
        order_line=parent.order_line,
        purpose=parent.purpose,
        quantity_started=quantity,
        parent=parent,
        split_at=moment,
        split_reason=reason,
        material_lot=parent.material_lot,
        brought_in_at=parent.brought_in_at,
        opened_at=parent.opened_at,
    )
    _give_open_steps(parent, child)
    for piece in pieces:
        piece.traveler = child
        piece.save()
    if parent.state == Traveler.COMPLETE:
        child = move(child, "complete", by=by, lots=[parent.number, child.number])
    record_event(
        by=by,
        verb="split",
        noun="lot",
        number=parent.number,
        lots=[parent.number, child.number],
        data={
            "child": child.number,
            "quantity": quantity,
            "reason": reason,
            "serials": sorted(serials),
            "at": moment,
        },
    )
    return child


def _split_moment(parent: Traveler, at: datetime | None) -> datetime:
    now = timezone.now()
    last = (
        TravelerStep.objects.filter(traveler=parent, state=TravelerStep.SIGNED)
        .order_by("-signed_at")
        .values_list("signed_at", flat=True)
        .first()
    )
    # whatever is added or skipped for the pieces of both was approved before they part
    amended = parent.amendments.filter(state=TravelerAmendment.APPROVED).aggregate(last=Max("decided_at"))
    known = (parent.opened_at, parent.split_at, last, amended["last"])
    earliest = max(moment for moment in known if moment is not None)
    if at is not None and not earliest <= at <= now:
        raise DatesDoNotFit(
            f"Lot {parent.number} cannot be split at {at:%-d %b %Y %H:%M} UTC: its last step was signed, or it was "
            f"opened or amended, at {earliest:%-d %b %Y %H:%M} UTC, and a moment to come is no split. "
            "Give a moment between."
        )
    return at or now


def _give_open_steps(parent: Traveler, child: Traveler) -> None:
    for step in steps_of(parent):
        if step.state == TravelerStep.WAITING:
            TravelerStep.objects.create(
                traveler=child,
                operation=step.operation,
                number=f"{child.number}-{step.operation.sequence}-{step.pass_number}",
                pass_number=step.pass_number,
                quality_owner=step.quality_owner,
                timing_owner=step.timing_owner,
                incoming_owner=step.incoming_owner,
            )
