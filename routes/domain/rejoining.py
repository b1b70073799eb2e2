"""Putting pieces back together that were parted, while nothing has happened to either since."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import move
from portal.look.events import sentence
from portal.models import Event, Person
from routes.domain.holds import open_holds
from routes.domain.lots import lock_lots, quantity_of, require_in_house
from routes.domain.words import require_text
from routes.models import QuantityMove, Traveler
from routes.permissions import PLANNERS, require_role

# a lot parted again or put together leaves its pieces as they were; so does a hold that was let go
LEAVES_EQUAL = {("split", "lot"), ("rejoin", "lot"), ("place", "hold"), ("release", "hold")}


class LotsDiffer(Refused):
    """Something is true of the pieces of one lot and not of the other's."""

    code = "lots-differ"


@transaction.atomic
def rejoin(*, by: Person, traveler: Traveler, reason: str) -> Traveler:
    """Put the pieces of a lot back into the lot it was split from, and return that one.

    1. both lots are here, in the same state, and no hold stops either;
    2. since they parted nothing was recorded of either but further splits, their end, and holds that were let go:
       whatever else was recorded is a fact of some of the pieces only;
    3. the pieces leave the child as a quantity move and come in at the parent by another; serials move back;
    4. the child is closed.

    Units:   pieces.
    Raises:  NotEntitled; NotTheMoment for a lot that was never split off; LotHasLeft; LotsDiffer naming what differs;
             Incomplete without a reason.
    Source:  the rule of the lot: a set of pieces that share every fact.
    """
    require_role(by=by, roles=PLANNERS, act="rejoin lots")
    if traveler.parent is None:
        raise NotTheMoment(
            f"Lot {traveler.number} was not split off another lot, so there is none to rejoin."
        )
    parent, child = lock_lots([traveler.parent.number, traveler.number])
    for lot in (parent, child):
        require_in_house(lot, "rejoining")
    reason = require_text(reason, f"Say why lot {child.number} goes back to lot {parent.number}.")
    _require_equal(parent, child)
    quantity = quantity_of(child)
    _move_pieces(by, parent, child, quantity, reason)
    child = move(child, "close", by=None, lots=[child.number], data={"quantity": 0})
    record_event(
        by=by,
        verb="rejoin",
        noun="lot",
        number=child.number,
        lots=[parent.number, child.number],
        data={"parent": parent.number, "quantity": quantity, "reason": reason},
    )
    return parent


def _require_equal(parent: Traveler, child: Traveler) -> None:
    if parent.state != child.state:
        raise LotsDiffer(
            f"Lot {parent.number} is {parent.get_state_display().lower()} and lot {child.number} is "
            f"{child.get_state_display().lower()}. They go on apart."
        )
    for lot in (parent, child):
        if held := open_holds(lot):
            raise LotsDiffer(
                f"Hold {held[0].number} stops lot {lot.number}. Decide on it, then rejoin the lots."
            )
    since = Event.objects.filter(lots__overlap=[parent.number, child.number], at__gt=child.split_at)
    for event in since.order_by("pk").only("verb", "noun", "number", "lots", "actor", "at"):
        if (event.verb, event.noun) not in LEAVES_EQUAL:
            raise LotsDiffer(
                f"Since lot {child.number} was split off lot {parent.number}, {event.actor or 'the portal'} "
                f"{sentence(event)} on {event.at:%-d %b %Y}. That is true of some of the pieces only, so they go on "
                "apart."
            )


def _move_pieces(by: Person, parent: Traveler, child: Traveler, quantity: int, reason: str) -> None:
    pieces = list(child.pieces.select_for_update().filter(is_gone=False))
    serials = [piece.serial for piece in pieces]
    for lot, leaving in ((child, quantity), (parent, -quantity)):
        QuantityMove.objects.create(
            traveler=lot,
            kind=QuantityMove.REJOINED,
            quantity=leaving,
            serials=serials,
            reason=reason,
            recorded_by=by,
            recorded_at=timezone.now(),
        )
    for piece in pieces:
        piece.traveler = parent
        piece.save()
