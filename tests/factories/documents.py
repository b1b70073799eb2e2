"""Shipments and packages at any state, made by walking the real moves."""

from __future__ import annotations

from django.db import transaction
from django.test import override_settings

from documents.domain import packages, shipments
from documents.models import ReleasePackage, Review, Shipment
from portal import queue
from portal.models import Person
from routes.models import OrderLine, Traveler
from tests.cast import Cast, reauth
from tests.factories.certificates import make_ready_lot
from tests.factories.inspection import make_first_article

# in the order in which a shipment reaches them; the last two part ways after `shared`
STAGES = ("draft", "certified", "released", "sealed", "shared", "accepted", "dispatched")


def make_shippable_lot(cast: Cast, **facts) -> Traveler:
    """Return a complete lot with every link closed: certificates accepted, first article approved."""
    lot = make_ready_lot(cast, **facts)
    make_first_article(cast, lot=lot, at="approved")
    lot.refresh_from_db()
    return lot


def make_shipment(
    cast: Cast, *, at: str = "draft", lot: Traveler | None = None, needs_approval: bool = False, **facts
) -> Shipment:
    """Return a shipment of one lot: draft, certified, released, sealed, shared, accepted or dispatched."""
    lot = lot or make_shippable_lot(cast, **facts)
    if needs_approval:
        OrderLine.objects.filter(pk=lot.order_line_id).update(needs_package_approval=True)
    shipment = shipments.draft_shipment(
        by=cast.quality, customer=cast.customer, lots=[lot], carrier="Ridge Freight"
    )
    return walk_shipment(cast, shipment, to=at)


def walk_shipment(cast: Cast, shipment: Shipment, *, to: str) -> Shipment:
    """Take a draft shipment to a stage. `dispatched` skips the buyer unless the order asks for the acceptance."""
    skipped = ("shared", "accepted") if to == "dispatched" and not shipments.needs_approval(shipment) else ()
    for stage in STAGES[1 : STAGES.index(to) + 1]:
        if stage not in skipped:
            STEPS[stage](cast, shipment)
            shipment.refresh_from_db()
    return shipment


def certify(cast: Cast, shipment: Shipment, *, by: Person | None = None, **facts):
    """Sign the certificate of conformity as the quality engineer."""
    person = by or cast.quality
    return shipments.certify(by=person, shipment=shipment, token=reauth(person), **facts)


def release(cast: Cast, shipment: Shipment, *, by: Person | None = None, **facts) -> ReleasePackage:
    """Ask the gate as the second quality engineer."""
    person = by or cast.second_quality
    return shipments.release(by=person, shipment=shipment, token=reauth(person), **facts)


def render(cast: Cast | None = None, shipment: Shipment | None = None) -> None:
    """Let a worker draw every package that waits.

    The lease outlives any drawing: its heartbeat has a connection of its own, to which a job written in the
    test's transaction does not exist.
    """
    block = transaction.atomic()
    # the log is written in a transaction of its own; inside a test's this says that the test is the outermost
    block._from_testcase = True
    with override_settings(PORTAL_JOB_LEASE_SECONDS=900), block:
        queue.work_off(["render_package"])


def share(cast: Cast, shipment: Shipment) -> ReleasePackage:
    """Show the shipment's package to the buyer."""
    return packages.share(by=cast.quality, package=shipments.current_package(shipment))


def review(
    cast: Cast, package: ReleasePackage, *, decision: str = Review.ACCEPTED, words: str = ""
) -> Review:
    """Decide on a package as the customer's quality person."""
    by = cast.customer_quality
    return packages.review(by=by, package=package, decision=decision, words=words, token=reauth(by))


def accept(cast: Cast, shipment: Shipment) -> Review:
    """Accept the shipment's package as the customer."""
    return review(cast, shipments.current_package(shipment))


def dispatch(cast: Cast, shipment: Shipment, *, by: Person | None = None) -> Shipment:
    """Let the goods go as the second quality engineer."""
    person = by or cast.second_quality
    return shipments.dispatch(by=person, shipment=shipment, token=reauth(person))


STEPS = {
    "certified": certify,
    "released": release,
    "sealed": render,
    "shared": share,
    "accepted": accept,
    "dispatched": dispatch,
}


def make_package(cast: Cast, *, at: str = "sealed", **facts) -> ReleasePackage:
    """Return the package of a shipment at a stage from `released` on."""
    return make_shipment(cast, at=at, **facts).packages.get()
