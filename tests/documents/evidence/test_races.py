"""Races at the gate: two release, release against a revoked certificate, dispatch against an edit.

Every round is two people with a connection of their own, let go by one barrier. Afterwards the two acts must read as
if one had come first and the other after it: what left or was released stood on a chain that was closed when it did.
`pytest --race-rounds 500` runs as many; two dozen over the three kinds unless told.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection, connections, transaction

from documents.domain import certificates, gate, packages, shipments, trail
from documents.models import Certificate, ReleasePackage, Shipment
from portal.domain.errors import Refused
from portal.domain.reauthentication import issue
from portal.models import Event, Reversal, Signature
from routes.domain import holds
from routes.domain.reversals import undo_step
from routes.models import Hold, Traveler
from tests.cast import Cast, make_cast
from tests.documents.evidence.walks import make_proven
from tests.factories.certificates import make_process_certificate, make_ready_lot
from tests.factories.documents import certify, make_shipment
from tests.factories.routes import make_order_line, make_released_route, sign_step, step_at

pytestmark = pytest.mark.serial
KINDS = 3


@dataclass
class Scene:
    """One certified shipment in a database where commits are real."""

    cast: Cast
    shipment: Shipment
    lot: Traveler


@pytest.fixture
def rounds(request) -> int:
    """How many rounds one kind of race takes."""
    return -(-request.config.getoption("--race-rounds") // KINDS)


@pytest.fixture
def scene(committed_db, rounds) -> Scene:
    with transaction.atomic():
        cast = make_cast()
        route = make_released_route(cast)
        line = make_order_line(cast, route.part_revision, quantity=rounds)
        lot = make_ready_lot(cast, route_revision=route, order_line=line, quantity=1)
        shipment = make_shipment(cast, at="certified", lot=lot)
    return Scene(cast, shipment, shipment.lines.get().traveler)


def race(*acts: Callable[[], object]) -> list[object]:
    """Do the acts at once; return what each returned, or how it was refused. Anything else is an error."""
    start = threading.Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=60)
            found[place] = act()
        except Refused as refusal:
            found[place] = refusal
        except Exception as error:  # told to the test, which fails with it
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    strange = [each for each in found if isinstance(each, Exception) and not isinstance(each, Refused)]
    assert strange == []
    return found


def fresh(scene: Scene) -> Shipment:
    return Shipment.objects.get(pk=scene.shipment.pk)


def releasing(scene: Scene, by) -> Callable[[], ReleasePackage]:
    token = issue(person=by)
    return lambda: shipments.release(by=by, shipment=fresh(scene), token=token, reason="Again.")


def revoking(scene: Scene) -> Callable[[], Certificate]:
    by, paper = scene.cast.quality, Certificate.objects.get(kind="process", state=Certificate.ACCEPTED)
    token = issue(person=by)
    return lambda: certificates.revoke(by=by, certificate=paper, reason="Another bath.", token=token)


def dispatching(scene: Scene) -> Callable[[], Shipment]:
    by = scene.cast.second_quality
    token = issue(person=by)
    return lambda: shipments.dispatch(by=by, shipment=fresh(scene), token=token)


def holding(scene: Scene) -> Callable[[], Hold]:
    lot = Traveler.objects.get(pk=scene.lot.pk)
    return lambda: holds.place_hold(by=scene.cast.operator, traveler=lot, reason="A call.")


def test_two_release_one_package(scene, rounds):
    people = (scene.cast.quality, scene.cast.second_quality)
    for round_number in range(1, rounds + 1):
        found = race(*(releasing(scene, by) for by in people))
        made = [each for each in found if isinstance(each, ReleasePackage)]
        assert len(made) == 1, (round_number, found)
        assert ReleasePackage.objects.filter(state=ReleasePackage.FROZEN).count() == 1
        assert Signature.objects.filter(meaning=Signature.RELEASED, noun="shipment").count() == round_number
        shipments.withdraw_release(by=scene.cast.quality, shipment=fresh(scene), reason="Once more.")
    connections.close_all()


def test_release_against_a_revoked_certificate_is_never_stale(scene, rounds):
    for _ in range(rounds):
        released, revoked = race(releasing(scene, scene.cast.second_quality), revoking(scene))
        assert isinstance(revoked, Certificate)
        if isinstance(released, ReleasePackage):
            # it came first; what it froze is out of date now and may not leave
            assert _order("release", "revoke") == ["release", "revoke"]
            assert not packages.is_unchanged(released)
            make_proven(released)
            refused = race(dispatching(scene))[0]
            assert isinstance(refused, packages.PackageIsStale)
        else:
            assert isinstance(released, gate.ChainIsOpen)
            assert [slot.code for slot in released.facts["slots"]][0] == "PROCESS"
            assert fresh(scene).state == Shipment.CERTIFIED
        assert Traveler.objects.get(pk=scene.lot.pk).state == Traveler.COMPLETE
        _heal(scene)
    connections.close_all()


def _order(*verbs: str) -> list[str]:
    """Return the last event of each verb, in the order they were written under the locks of the lot."""
    last = [
        Event.objects.filter(verb=verb, noun__in=["shipment", "certificate", "hold"]).latest("pk")
        for verb in verbs
    ]
    return [event.verb for event in sorted(last, key=lambda event: event.pk)]


def _heal(scene: Scene) -> None:
    """Bring another certificate, have the edit looked at, and certify anew."""
    with transaction.atomic():
        make_process_certificate(scene.cast, lot=scene.lot, at="accepted")
        by = scene.cast.second_quality
        trail.review(by=by, traveler=scene.lot, remarks="Seen.", token=issue(person=by))
        certify(scene.cast, fresh(scene), reason="Another certificate.")


def test_dispatch_against_a_hold_never_ships_what_is_held(scene, rounds):
    for _ in range(rounds):
        if fresh(scene).state == Shipment.DISPATCHED:
            scene = _another(scene)
        package = releasing(scene, scene.cast.second_quality)()
        make_proven(package)
        left, held = race(dispatching(scene), holding(scene))
        shipment, lot = fresh(scene), Traveler.objects.get(pk=scene.lot.pk)
        if isinstance(left, Shipment):
            # it left first, so there was nothing to hold any more
            assert isinstance(held, Refused)
            assert (shipment.state, lot.state) == (Shipment.DISPATCHED, Traveler.SHIPPED)
            assert not Hold.objects.filter(traveler=lot, state=Hold.PLACED).exists()
        else:
            assert isinstance(left, packages.PackageIsStale)
            assert isinstance(held, Hold)
            assert (shipment.state, lot.state) == (Shipment.CERTIFIED, Traveler.COMPLETE)
            by = scene.cast.quality
            holds.release_hold(by=by, hold=held, reason="Answered.", token=issue(person=by))
    dispatched = Shipment.objects.filter(state=Shipment.DISPATCHED).count()
    assert Signature.objects.filter(meaning=Signature.DISPATCHED).count() == dispatched
    assert Traveler.objects.filter(state=Traveler.SHIPPED).count() == dispatched
    connections.close_all()


def undoing(scene: Scene) -> Callable[[], Reversal]:
    by = scene.cast.manager
    step = step_at(scene.lot, 60)
    token = issue(person=by)
    return lambda: undo_step(
        by=by, step=step, token=token, reason="Another lot.", judged_anew="Packed and counted again."
    )


def test_release_against_a_signature_undone_is_never_stale(scene, rounds):
    for _ in range(-(-rounds // 2)):
        released, undone = race(releasing(scene, scene.cast.second_quality), undoing(scene))
        assert isinstance(undone, Reversal)
        if isinstance(released, ReleasePackage):
            assert not packages.is_unchanged(released)
            make_proven(released)
            assert isinstance(race(dispatching(scene))[0], packages.PackageIsStale)
        else:
            assert released.facts["slots"][0].code == "STEPS"
        assert Traveler.objects.get(pk=scene.lot.pk).state == Traveler.OPEN
        assert fresh(scene).state == Shipment.CERTIFIED
        with transaction.atomic():
            sign_step(scene.cast, step_at(scene.lot, 60))
            by = scene.cast.second_quality
            trail.review(by=by, traveler=scene.lot, remarks="Seen.", token=issue(person=by))
    assert Reversal.objects.count() == -(-rounds // 2)
    connections.close_all()


def _another(scene: Scene) -> Scene:
    """Set up the next lot of the same order and its shipment."""
    with transaction.atomic():
        shipment = make_shipment(scene.cast, at="certified", lot=_ready_like(scene))
    return Scene(scene.cast, shipment, shipment.lines.get().traveler)


def _ready_like(scene: Scene) -> Traveler:
    same = {"route_revision": scene.lot.route_revision, "order_line": scene.lot.order_line}
    return make_ready_lot(scene.cast, quantity=1, **same)
