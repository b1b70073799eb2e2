"""Two lots of one family are released at the same moment: together they never take more than the waiver has."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction

from documents.domain import shipments, waiver_uses
from documents.domain.waiver_uses import WaiverUsedUp, pieces_used
from documents.models import ReleasePackage, Shipment, Waiver
from portal.domain.errors import Refused
from routes.domain import lots
from tests.cast import make_cast, reauth
from tests.documents.test_release_race import race
from tests.factories.documents import certify, make_shippable_lot
from tests.factories.waivers import make_waiver


@pytest.fixture
def siblings(committed_db):
    """Two lots of one family on two certified shipments, and a waiver that lets either of them pass, not both."""
    with transaction.atomic():
        cast = make_cast()
        lot = make_shippable_lot(cast)
        waiver = make_waiver(cast, lot, quantity_limit=4)
        child = lots.split(by=cast.quality, traveler=lot, quantity=2, reason="Partial delivery.")
        drafts = [
            shipments.draft_shipment(by=cast.quality, customer=cast.customer, lots=[each])
            for each in (lot, child)
        ]
        for draft in drafts:
            certify(cast, draft)
    return cast, waiver, drafts


def test_sibling_lots_released_at_once_do_not_overdraw(siblings, monkeypatch):
    cast, waiver, drafts = siblings
    people = (cast.quality, cast.second_quality)
    tokens = [reauth(person) for person in people]
    # both have read the chain, in which either fits, before one of them takes its pieces
    judged = threading.Barrier(2)
    taken = waiver_uses.use_waivers

    def after_both_judged(**facts):
        judged.wait(timeout=60)
        return taken(**facts)

    monkeypatch.setattr("documents.domain.gate.use_waivers", after_both_judged)

    def release(by, draft, token):
        try:
            return shipments.release(by=by, shipment=Shipment.objects.get(pk=draft.pk), token=token)
        except Refused as refusal:
            return refusal

    found = race(
        [
            lambda by=by, draft=draft, token=token: release(by, draft, token)
            for by, draft, token in zip(people, drafts, tokens, strict=True)
        ]
    )
    [package] = [each for each in found if isinstance(each, ReleasePackage)]
    [refusal] = [each for each in found if isinstance(each, WaiverUsedUp)]
    shipped = package.shipment.lines.get()
    assert (pieces_used(waiver), Waiver.objects.get().uses.get().traveler) == (
        shipped.quantity,
        shipped.traveler,
    )
    loser = next(draft for draft in drafts if draft.pk != package.shipment_id)
    line = loser.lines.get()
    assert refusal.sentence == (
        f"{loser.number} needs {waiver.number} for {line.quantity} pieces ({line.quantity} of "
        f"{line.traveler.number}), and {4 - shipped.quantity} of 4 are left. Ship fewer of them, or ask for a wider "
        "waiver."
    )
    assert Shipment.objects.get(pk=loser.pk).state == Shipment.CERTIFIED
    connection.close()
    connections.close_all()
