"""Putting pieces back together that were parted, while nothing has happened to either since."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
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
def rejoin(*, by: Person, traveler: Traveler, reason: str, into: Traveler | None = None) -> Traveler:
    """Put the pieces of a lot into the lot it was split from, or into a sibling, and return that one.

    1. both lots are here, in the same state, and no hold stops either;
    2. since they parted nothing was recorded of either but further splits, their end, and holds that were let go:
       whatever else was recorded is a fact of some of the pieces only. What was recorded of the parent between the
       splits of two siblings is a fact of the later one only;
    3. the pieces leave the lot as a quantity move and come in at the other by another; serials move along;
    4. the emptied lot is closed.

    Units:   pieces.
    into:    the parent when left out.
    Raises:  NotEntitled; NotTheMoment for a lot that was never split off, or one of another family; LotHasLeft;
             LotsDiffer naming what differs; Incomplete without a reason.
    Source:  the rule of the lot: a set of pieces that share every fact.
    """
    require_role(by=by, roles=PLANNERS, act="rejoin lots")
    if traveler.parent is None:
        raise NotTheMoment(
            f"Lot {traveler.number} was not split off another lot, so there is none to rejoin."
        )
    target = into or traveler.parent
    if target.pk not in {traveler.parent_id, *_siblings_of(traveler).values_list("pk", flat=True)}:
        raise NotTheMoment(
            f"Lot {traveler.number} was split off lot {traveler.parent.number}. Rejoin it with that lot, or with "
            f"another split off it; lot {target.number} is neither."
        )
    target, lot = lock_lots([target.number, traveler.number])
    for each in (target, lot):
        require_in_house(each, "rejoining")
    reason = require_text(reason, f"Say why lot {lot.number} goes back to lot {target.number}.")
    _require_equal(target, lot)
    quantity = quantity_of(lot)
    _move_pieces(by, target, lot, quantity, reason)
    lot = move(lot, "close", by=None, lots=[lot.number], data={"quantity": 0})
    record_event(
        by=by,
        verb="rejoin",
        noun="lot",
        number=lot.number,
        lots=[target.number, lot.number],
        data={"into": target.number, "quantity": quantity, "reason": reason},
    )
    return target


def targets_of(traveler: Traveler) -> QuerySet[Traveler]:
    """Return the lots a lot could be put back into, its parent first; whether they are equal is not judged."""
    family = Traveler.objects.filter(pk=traveler.parent_id) | _siblings_of(traveler)
    return family.exclude(state__in=[Traveler.SHIPPED, Traveler.CLOSED]).order_by("pk")


def _siblings_of(traveler: Traveler) -> QuerySet[Traveler]:
    return Traveler.objects.filter(parent_id=traveler.parent_id).exclude(pk=traveler.pk)


def _require_equal(target: Traveler, lot: Traveler) -> None:
    if target.state != lot.state:
        raise LotsDiffer(
            f"Lot {target.number} is {target.get_state_display().lower()} and lot {lot.number} is "
            f"{lot.get_state_display().lower()}. They go on apart."
        )
    for each in (target, lot):
        if held := open_holds(each):
            raise LotsDiffer(
                f"Hold {held[0].number} stops lot {each.number}. Decide on it, then rejoin the lots."
            )
    for event in _recorded_since_they_parted(target, lot):
        if (event.verb, event.noun) not in LEAVES_EQUAL:
            raise LotsDiffer(
                f"Since lot {lot.number} was split off lot {lot.parent.number}, {event.actor or 'the portal'} "
                f"{sentence(event)} on {event.at:%-d %b %Y}. That is true of some of the pieces only, so they go on "
                "apart."
            )


def _recorded_since_they_parted(target: Traveler, lot: Traveler) -> QuerySet[Event]:
    """Return the events of either since they had the same facts, and of the parent between two splits."""
    parted = [each.split_at for each in (target, lot) if each.parent_id == lot.parent_id]
    of_both = Q(lots__overlap=[target.number, lot.number], at__gt=min(parted))
    between = Q(lots__contains=[lot.parent.number], at__gt=min(parted), at__lt=max(parted))
    return Event.objects.filter(of_both | between).order_by("pk")


def _move_pieces(by: Person, target: Traveler, emptied: Traveler, quantity: int, reason: str) -> None:
    pieces = list(emptied.pieces.select_for_update().filter(is_gone=False))
    serials = [piece.serial for piece in pieces]
    for lot, leaving in ((emptied, quantity), (target, -quantity)):
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
        piece.traveler = target
        piece.save()
