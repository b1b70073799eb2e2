"""Stopping a lot, and letting it go on."""

from __future__ import annotations

from django.db import transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from portal.domain.errors import NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from routes.domain.lots import lineage, lock_lots, require_in_house
from routes.domain.words import require_text
from routes.models import Hold, Traveler
from routes.permissions import FLOOR, PLANNERS, require_role


class LotOnHold(NotTheMoment):
    """A hold stops the lot."""

    code = "lot-on-hold"


@transaction.atomic
def place_hold(*, by: Person, traveler: Traveler, reason: str) -> Hold:
    """Stop a lot: none of its steps is signed until the hold is let go.

    To stop some pieces only, split them off first.
    Raises:  NotEntitled; LotHasLeft; Incomplete without a reason.
    """
    require_role(by=by, roles=FLOOR, act="hold lots")
    return stop(by=by, traveler=traveler, reason=reason)


def stop(*, by: Person, traveler: Traveler, reason: str) -> Hold:
    """Stop a lot on the word of somebody the caller let speak, such as the vendor that has its pieces."""
    [lot] = lock_lots([traveler.number])
    require_in_house(lot, "a hold")
    hold = Hold.objects.create(
        number=next_number("H"),
        traveler=lot,
        reason=require_text(reason, f"Say why lot {lot.number} is held."),
        placed_by=by,
        placed_at=timezone.now(),
    )
    record_event(
        by=by, verb="place", noun="hold", number=hold.number, lots=[lot.number], data={"reason": hold.reason}
    )
    return hold


@transaction.atomic
def release_hold(*, by: Person, hold: Hold, reason: str, token: str) -> Hold:
    """Let a held lot go on, with a reason and a signature.

    Raises:  NotEntitled; NotTheMoment when it was let go before; Incomplete without a reason;
             CredentialRefused.
    """
    require_role(by=by, roles=PLANNERS, act="release holds")
    [lot] = lock_lots([hold.traveler.number])
    current = lock(hold)
    reason = require_text(reason, f"Say why hold {hold.number} on lot {lot.number} ends.")
    if current.state != Hold.PLACED:
        raise NotTheMoment(f"Hold {current.number} on lot {lot.number} was let go before. Reload the page.")
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.DISPOSITIONED,
        noun="hold",
        number=current.number,
        content={"lot": lot.number, "held_because": current.reason, "released_because": reason},
        act=Authority.DISPOSITION,
        customer=lot.order_line.order.customer,
    )
    return move(
        current,
        "release",
        by=by,
        lots=[lot.number],
        data={"reason": reason},
        release_signature=signature,
        release_reason=reason,
    )


def open_holds(traveler: Traveler) -> list[Hold]:
    """Return the holds that stop this lot: its own, and those placed on an ancestor before it was split off.

    A split takes no piece out of a hold.
    """
    return list(_reaching(traveler).filter(state=Hold.PLACED))


def holds_of(traveler: Traveler) -> list[Hold]:
    """Return every hold that reached this lot, those let go among them, the first placed first."""
    return list(_reaching(traveler).select_related("placed_by", "traveler", "release_signature"))


def _reaching(traveler: Traveler) -> QuerySet[Hold]:
    wanted = Q()
    for lot, cutoff in lineage(traveler):
        own = Q(traveler=lot)
        wanted |= own if cutoff is None else own & Q(placed_at__lte=cutoff)
    return Hold.objects.filter(wanted).select_related("placed_by", "traveler").order_by("pk")


def is_held(path: str = "") -> Q:
    """Return the question of `open_holds` for a whole list: to annotate lots, or records with a `path` to one."""
    lot = f"{path}__" if path else ""
    placed = Hold.objects.filter(state=Hold.PLACED)
    own = placed.filter(traveler=OuterRef(f"{lot}pk"))
    # an ancestor's hold reaches the lots split off after it was placed, and whatever was split off those
    inherited = placed.filter(traveler__children__split_at__gte=F("placed_at")).annotate(
        lot=Concat(ExpressionWrapper(OuterRef(f"{lot}number"), output_field=CharField()), Value("/")),
        branch=Concat(F("traveler__children__number"), Value("/")),
    )
    return Q(Exists(own)) | Q(Exists(inherited.filter(lot__startswith=F("branch"))))


def require_no_hold(traveler: Traveler) -> None:
    """Refuse a lot that is on hold.

    Raises:  LotOnHold naming each hold and its reason.
    """
    if holds := open_holds(traveler):
        named = "; ".join(f"{hold.number} ({hold.reason.rstrip('.')})" for hold in holds)
        raise LotOnHold(
            f"Lot {traveler.number} is on hold: {named}. A quality engineer must release the hold before it goes on."
        )
