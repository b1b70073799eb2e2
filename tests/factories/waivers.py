"""Demands that can be waived, and waivers at any state, made by walking the real moves."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from documents.domain import decisions, waivers
from documents.models import Certificate, Waiver
from portal.domain.files import take_in
from portal.models import Person, StoredFile
from routes.models import Traveler, TravelerStep
from tests.cast import Cast, reauth
from tests.factories.certificates import pdf

# the customer's demand and the house's own, each with what opens it
PROCESS, OWNERS = ("PROCESS", "40/1"), ("ROUTE", "owners")


def open_process(cast: Cast) -> None:
    """Take back the anodizer's certificate: a demand the customer may let pass is open."""
    by = cast.quality
    for certificate in Certificate.objects.filter(kind=Certificate.PROCESS, state=Certificate.ACCEPTED):
        decisions.revoke(by=by, certificate=certificate, reason="Another bath.", token=reauth(by))


def open_owners(lot: Traveler) -> None:
    """Take the timing owners off the steps: a demand the house may let pass is open."""
    TravelerStep.objects.filter(traveler=lot).update(timing_owner=None)


def ask(
    cast: Cast,
    lot: Traveler,
    named: tuple[str, str] = PROCESS,
    *,
    by: Person | None = None,
    quantity_limit: int = 5,
    reason: str = "The bath is known from the last order.",
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


def make_waiver(cast: Cast, lot: Traveler, named: tuple[str, str] = PROCESS, **facts) -> Waiver:
    """Open the demand, ask for a waiver of it and have it granted."""
    open_process(cast) if named == PROCESS else open_owners(lot)
    return decide(cast, ask(cast, lot, named, **facts))


def letter(cast: Cast) -> StoredFile:
    """Keep a customer's letter."""
    return take_in(content=pdf(), name="DEV-9.pdf", by=cast.second_quality)
