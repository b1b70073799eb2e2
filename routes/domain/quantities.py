"""Pieces that leave a lot for good, and counts put right: added, never taken back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.moves import move
from portal.models import Person
from routes.domain.lots import current_step, lock_lots, quantity_of, require_in_house, require_serials
from routes.domain.words import QuantityNotPossible, require_text
from routes.models import Piece, QuantityMove, Traveler, TravelerStep
from routes.permissions import FLOOR, require_role

WITNESSED = (QuantityMove.SCRAPPED, QuantityMove.CORRECTION)


class WitnessNeeded(Refused):
    """A second person must have seen it."""

    code = "witness-needed"


@transaction.atomic
def record_quantity_move(
    *,
    by: Person,
    traveler: Traveler,
    kind: str,
    quantity: int,
    reason: str,
    witness: Person | None = None,
    serials: Sequence[str] = (),
    step: TravelerStep | None = None,
) -> QuantityMove:
    """Record pieces scrapped, destroyed in test, kept as a sample, or a count put right.

    Without `step` it belongs to the step the lot stands at. A lot left empty is closed.
    Units:   pieces; a count correction is positive for missing pieces, negative for pieces found.
    Raises:  NotEntitled; LotHasLeft; Incomplete; QuantityNotPossible; SerialsDoNotFit; WitnessNeeded for scrap
             and corrections without another person of the shop.
    """
    require_role(by=by, roles=FLOOR, act="record quantities")
    [lot] = lock_lots([traveler.number])
    require_in_house(lot, "a change of its quantity")
    reason = require_text(reason, f"Say why the quantity of lot {lot.number} changes.")
    _require_witness(lot, kind, by, witness)
    held = quantity_of(lot)
    _require_possible(lot, kind, quantity, held)
    pieces = require_serials(lot, serials, abs(quantity), is_gone=quantity < 0)
    place = step or current_step(lot)
    moved = QuantityMove.objects.create(
        traveler=lot,
        # a step inherited from an ancestor closed its own sum; only a row of this lot takes the pieces
        step=place if place is not None and place.traveler_id == lot.pk else None,
        kind=kind,
        quantity=quantity,
        serials=[piece.serial for piece in pieces],
        reason=reason,
        witness=witness,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _mark(pieces, is_gone=quantity > 0)
    record_event(
        by=by,
        verb="record_quantity",
        noun="lot",
        number=lot.number,
        lots=[lot.number],
        data={
            "kind": kind,
            "quantity": quantity,
            "serials": moved.serials,
            "reason": reason,
            "witness": witness.printed_name if witness else "",
            "step": moved.step.number if moved.step else "",
            "was": f"{held} pieces",
            "now": f"{held - quantity} pieces",
        },
    )
    if held == quantity:
        _close(lot)
    return moved


def _close(lot: Traveler) -> None:
    # the person is named by the event of the act; that an empty lot closes is the portal's own act
    move(lot, "close", by=None, lots=[lot.number], data={"reason": "No piece is left."})


def move_into_assembly(
    *, by: Person, lot: Traveler, quantity: int, serials: Sequence[str], reason: str
) -> QuantityMove:
    """Count pieces of a locked lot out of it because they were built in, or back in when they came out again.

    Who records it on the assembly has asked everything else before and writes the event. A lot left empty closes; it
    opens again with the first piece that comes back.
    Units:   pieces; negative when they came out again.
    Raises:  QuantityNotPossible; SerialsDoNotFit.
    """
    held = quantity_of(lot)
    if quantity > held:
        raise QuantityNotPossible(
            f"Lot {lot.number} holds {held} piece{'' if held == 1 else 's'}; {quantity} cannot be built in. "
            "Take the rest from another lot."
        )
    pieces = require_serials(lot, serials, abs(quantity), is_gone=quantity < 0)
    moved = QuantityMove.objects.create(
        traveler=lot,
        kind=QuantityMove.BUILT_IN,
        quantity=quantity,
        serials=[piece.serial for piece in pieces],
        reason=reason,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _mark(pieces, is_gone=quantity > 0)
    if held == quantity:
        _close(lot)
    elif lot.state == Traveler.CLOSED:
        move(lot, "get back", by=None, lots=[lot.number], data={"quantity": -quantity})
    return moved


def _require_witness(lot: Traveler, kind: str, by: Person, witness: Person | None) -> None:
    if kind not in WITNESSED and witness is None:
        return
    if witness is None or witness.pk == by.pk or not witness.is_shop or not witness.is_active:
        raise WitnessNeeded(
            f"Scrap and count corrections of lot {lot.number} need a witness: another active person of the shop "
            f"than {by.printed_name}. Choose who saw it."
        )


def _require_possible(lot: Traveler, kind: str, quantity: int, held: int) -> None:
    if kind == QuantityMove.BUILT_IN:
        raise QuantityNotPossible(
            f"What becomes of pieces of lot {lot.number} in an assembly is recorded on the lot of the assembly. "
            "Open its page and build them in there."
        )
    if kind == QuantityMove.REJOINED:
        raise QuantityNotPossible(
            f"Lot {lot.number} goes back to the lot it was split from by rejoining it, on its page."
        )
    if quantity == 0 or (quantity < 0 and kind != QuantityMove.CORRECTION):
        raise QuantityNotPossible(
            f"{quantity} pieces of lot {lot.number} cannot be {dict(QuantityMove.KINDS)[kind].lower()}. Give how many."
        )
    if quantity > held:
        raise QuantityNotPossible(
            f"Lot {lot.number} holds {held} pieces; {quantity} cannot leave it. "
            "Count again, or record pieces found first."
        )


def _mark(pieces: list[Piece], *, is_gone: bool) -> None:
    for piece in pieces:
        piece.is_gone = is_gone
        piece.save()
