"""Where a shipment leaves from: the site that holds its pieces, ours or a vendor's that ships in our place."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from documents.models import Shipment
from portal.domain.errors import NotTheMoment
from portal.models import Organization, Site
from routes.models import Traveler
from subcontract.domain.custody import last_move, moves_of
from subcontract.domain.delegations import SHIPPING, delegations_for
from subcontract.models import Delegation


def leaves_from(traveler: Traveler) -> Site | None:
    """Return the vendor's site from which a lot leaves or left for its customer; None when it is our own house."""
    moves = [each for each in moves_of(traveler) if each.to_site.organization.kind != Organization.CUSTOMER]
    held = moves[-1].to_site if moves else None
    return held if held and held.organization.kind == Organization.VENDOR else None


def require_one_place(lots: Iterable[Traveler]) -> None:
    """Refuse lots that are not together: what leaves at once leaves from one place.

    Raises:  NotTheMoment naming who has which lot.
    """
    places: dict[str, str] = {}
    for lot in lots:
        last = last_move(lot)
        is_away = last is not None and last.to_site.organization.kind == Organization.VENDOR
        places.setdefault(f"at {last.to_site}" if is_away else "in the house", lot.number)
    if len(places) > 1:
        named = ", ".join(f"lot {number} is {place}" for place, number in sorted(places.items()))
        raise NotTheMoment(f"A shipment leaves from one place, and {named}. Draft a shipment for each place.")


def ships_from(shipment: Shipment) -> tuple[Site | None, Delegation | None]:
    """Return the vendor's site a shipment leaves from with the latest writing that lets it; nothing for our own."""
    line = shipment.lines.select_related(
        "traveler__order_line", "traveler__route_revision__part_revision"
    ).first()
    site = leaves_from(line.traveler) if line else None
    if site is None:
        return None, None
    found = delegations_for(site=site, traveler=line.traveler, what=SHIPPING)
    gone = shipment.dispatched_at
    on = timezone.localdate(gone) if gone else timezone.localdate()
    return site, next((each for each in found if each.holds_on(on)), None)
