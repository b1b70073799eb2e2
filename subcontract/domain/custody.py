"""Who has my parts: every piece has exactly one holder."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from portal.domain.errors import Incomplete
from portal.models import Organization, Person, Site
from routes.domain.lots import lineage
from routes.models import Traveler
from subcontract.models import CustodyMove, OutsideOrderLine


def shop_site() -> Site:
    """Return the shop's own first site, where pieces are unless a move says otherwise.

    Raises:  Incomplete when the shop has no site yet.
    """
    site = Site.objects.filter(organization__kind=Organization.SHOP).order_by("pk").first()
    if site is None:
        raise Incomplete("The shop has no site with an address yet. Add one before sending pieces out.")
    return site


def last_move(traveler: Traveler) -> CustodyMove | None:
    """Return the move that brought the pieces of a lot where they are; None if they never left the shop.

    A split-off lot inherits the moves its ancestors made before the split.
    """
    for lot, cutoff in lineage(traveler):
        moves = CustodyMove.objects.filter(traveler=lot)
        if cutoff is not None:
            moves = moves.filter(recorded_at__lte=cutoff)
        last = moves.select_related("to_site__organization").order_by("-pk").first()
        if last is not None:
            return last
    return None


def moves_of(traveler: Traveler) -> list[CustodyMove]:
    """Return every move of the pieces a lot holds now, first to last: its own, its ancestors' before the split."""
    counted = Q()
    for lot, cutoff in lineage(traveler):
        counted |= Q(traveler=lot) if cutoff is None else Q(traveler=lot, recorded_at__lte=cutoff)
    sites = ("from_site__organization", "to_site__organization")
    return list(CustodyMove.objects.filter(counted).select_related(*sites).order_by("pk"))


def holder_of(traveler: Traveler) -> Site:
    """Return the site that holds the pieces of a lot now: where its last move went, else the shop."""
    last = last_move(traveler)
    return last.to_site if last else shop_site()


def hand_over(
    *,
    by: Person,
    line: OutsideOrderLine,
    traveler: Traveler,
    to_site: Site,
    quantity: int,
    moved_on: date,
    document: str = "",
    serials: tuple[str, ...] = (),
) -> CustodyMove:
    """Write down that the pieces of a lot went from their holder to `to_site`, in the caller's transaction."""
    return CustodyMove.objects.create(
        line=line,
        traveler=traveler,
        from_site=holder_of(traveler),
        to_site=to_site,
        quantity=quantity,
        serials=list(serials),
        moved_on=moved_on,
        document=document,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
