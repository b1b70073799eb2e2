"""Shipments whose proof may end, and the rules, holds and disposals about them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from documents.domain import disposals, legal_holds, retention
from documents.models import Disposal, LegalHold, RetentionRule, Shipment
from tests.cast import Cast, reauth
from tests.factories.documents import make_shipment


def draft_rule(cast: Cast, **facts) -> RetentionRule:
    facts = {"years": 1, "starts": "shipment", "reason": "Clause Q-12.", "customer": cast.customer} | facts
    return retention.draft(by=cast.quality, **facts)


def put_rule(cast: Cast, **facts) -> RetentionRule:
    return retention.sign(by=cast.manager, rule=draft_rule(cast, **facts), token=reauth(cast.manager))


def make_old_shipment(cast: Cast, **rule) -> Shipment:
    """Return a shipment that left two years ago, under a rule of one year."""
    made = make_shipment(cast, at="dispatched")
    Shipment.objects.filter(pk=made.pk).update(dispatched_at=timezone.now() - timedelta(days=2 * 366))
    made.refresh_from_db()
    put_rule(cast, **{"order": made.lines.get().order_line.order} | rule)
    return made


def place_hold(cast: Cast, **over) -> LegalHold:
    facts = {"reason": "Claim 77 of Orrin.", "token": reauth(cast.quality)}
    return legal_holds.place(by=cast.quality, **facts, **over)


def make_disposal(cast: Cast, *, at: str = "proposed", **rule) -> Disposal:
    made = disposals.propose(by=cast.quality, shipment=make_old_shipment(cast, **rule), reason="Over.")
    if at != "proposed":
        made = disposals.approve(by=cast.manager, disposal=made, token=reauth(cast.manager))
    if at == "disposed":
        made = disposals.carry_out(by=cast.quality, disposal=made, token=reauth(cast.quality))
    return made
