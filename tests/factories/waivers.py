"""Demands that can be waived, and waivers at any state, made by walking the real moves."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from documents.domain import waivers
from documents.models import Waiver
from portal.domain.files import take_in
from portal.models import Person, StoredFile
from routes.models import OrderLine, Traveler, TravelerStep
from tests.cast import Cast, reauth
from tests.factories.certificates import pdf

# the customer's demand and the house's own, each with what opens it
FIRST_ARTICLE, OWNERS = ("FAI", ""), ("ROUTE", "owners")


def open_first_article(lot: Traveler) -> None:
    """Ask on the order for the customer's approval before dispatch: a demand the customer may let pass is open."""
    OrderLine.objects.filter(pk=lot.order_line_id).update(fai_regime=OrderLine.BEFORE_DISPATCH)


def open_owners(lot: Traveler) -> None:
    """Take the timing owners off the steps: a demand the house may let pass is open."""
    TravelerStep.objects.filter(traveler=lot).update(timing_owner=None)


def ask(
    cast: Cast,
    lot: Traveler,
    named: tuple[str, str] = FIRST_ARTICLE,
    *,
    by: Person | None = None,
    quantity_limit: int = 5,
    reason: str = "The drawing changed in its title block only.",
    days: int = 10,
    serials: tuple[str, ...] = (),
) -> Waiver:
    """Ask for a waiver as the quality engineer."""
    code, subject = named
    return waivers.request(
        by=by or cast.quality,
        traveler=lot,
        code=code,
        subject=subject,
        reason=reason,
        quantity_limit=quantity_limit,
        valid_to=timezone.localdate() + timedelta(days=days),
        serials=serials,
    )


def decide(cast: Cast, waiver: Waiver, *, by: Person | None = None, verb: str = "grant", **facts) -> Waiver:
    """Grant (or refuse, or withdraw) a waiver as whoever may."""
    if by is None:
        by = cast.customer_quality if waiver.authority == Waiver.CUSTOMER else cast.manager
    facts = {"reason": "Ship them with the test bars.", **facts}
    return getattr(waivers, verb)(by=by, waiver=waiver, token=reauth(by), **facts)


def make_waiver(cast: Cast, lot: Traveler, named: tuple[str, str] = FIRST_ARTICLE, **facts) -> Waiver:
    """Open the demand, ask for a waiver of it and have it granted."""
    open_first_article(lot) if named == FIRST_ARTICLE else open_owners(lot)
    return decide(cast, ask(cast, lot, named, **facts))


def letter(cast: Cast) -> StoredFile:
    """Keep a customer's letter."""
    return take_in(content=pdf(), name="DEV-9.pdf", by=cast.second_quality)
