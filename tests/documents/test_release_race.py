"""Two people release at the same moment: one shipment, one package, one sentence for the other."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction

from documents.domain import packages, shipments
from documents.models import ReleasePackage, Shipment
from portal.domain.errors import NotTheMoment
from portal.models import Job, Signature
from tests.cast import make_cast, reauth
from tests.factories.documents import make_shipment


@pytest.fixture
def certified(committed_db):
    with transaction.atomic():
        cast = make_cast()
        shipment = make_shipment(cast, at="certified")
    return cast, shipment


def race(acts) -> list:
    """Do the acts at once, each in a thread with a connection of its own; return results and refusals."""
    start = threading.Barrier(len(acts))
    found: list = [None] * len(acts)

    def run(place: int, act) -> None:
        try:
            start.wait(timeout=20)
            found[place] = act()
        except NotTheMoment as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def test_two_people_releasing_at_once_make_one_package(certified):
    cast, shipment = certified
    people = (cast.quality, cast.second_quality)
    tokens = [reauth(person) for person in people]
    found = race(
        [
            lambda by=person, token=token: shipments.release(
                by=by, shipment=Shipment.objects.get(pk=shipment.pk), token=token
            )
            for person, token in zip(people, tokens, strict=True)
        ]
    )
    [package] = [each for each in found if isinstance(each, ReleasePackage)]
    [refusal] = [each for each in found if isinstance(each, NotTheMoment)]
    winner = Shipment.objects.get().release_signature
    moment = f"{winner.signed_at:%-d %b %Y %H:%M} UTC"
    assert refusal.sentence == f"{shipment.number} was released by {winner.printed_name} on {moment}."
    assert (ReleasePackage.objects.get(), Job.objects.filter(kind=packages.RENDER).count()) == (package, 1)
    assert Signature.objects.filter(noun="shipment", meaning=Signature.RELEASED).count() == 1


def test_two_drafts_of_one_lot_at_once_make_one_shipment(certified):
    cast, shipment = certified
    lot = shipment.lines.get().traveler
    shipments.cancel(by=cast.quality, shipment=shipment)
    found = race(
        [
            lambda by=person: shipments.draft_shipment(by=by, customer=cast.customer, lots=[lot])
            for person in (cast.quality, cast.second_quality)
        ]
    )
    [draft] = [each for each in found if isinstance(each, Shipment)]
    [refusal] = [each for each in found if isinstance(each, NotTheMoment)]
    assert refusal.sentence == f"Lot {lot.number} is on shipment {draft.number} already."
    assert Shipment.objects.exclude(state=Shipment.CANCELLED).get() == draft
    connections.close_all()
