"""The way of a lot's pieces from holder to holder, for the lot's own page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.models import Organization, Site
from routes.models import Traveler
from subcontract.domain.custody import moves_of


def path_of(traveler: Traveler) -> dict[str, Any] | None:
    """Return who holds the pieces now and every holder before, each with its days; None before any move.

    Units:   days are days at the shop.
    """
    moves = moves_of(traveler)
    if not moves:
        return None
    stops = [_stop(moves[0].from_site, traveler.opened_at.date(), moves[0].quantity)]
    for move in moves:
        stops[-1]["until"] = move.moved_on
        stops.append(_stop(move.to_site, move.moved_on, move.quantity, document=move.document))
    today = timezone.localdate()
    for stop in stops:
        stop["days"] = max(((stop["until"] or today) - stop["since"]).days, 0)
    return {"stops": stops, "now": stops[-1], "is_home": stops[-1]["is_shop"]}


def _stop(site: Site, since, quantity: int, document: str = "") -> dict[str, Any]:
    return {
        "organization": site.organization.name,
        "site": site.name,
        "is_shop": site.organization.kind == Organization.SHOP,
        "since": since,
        "until": None,
        "quantity": quantity,
        "document": document,
    }
