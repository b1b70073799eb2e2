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
        },
    )
    if held == quantity:
        # the person is named by the event above; that an empty lot closes is the portal's own act
        move(lot, "close", by=None, lots=[lot.number], data={"reason": "No piece is left."})
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
