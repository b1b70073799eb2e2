"""Lots brought in mid-way, at any state of their scans, made by walking the real moves."""

from __future__ import annotations

from datetime import timedelta

from portal.models import Organization
from routes.domain import elsewhere
from routes.domain.proofs import proofs_of
from routes.models import RecordedElsewhere, Traveler
from tests.cast import Cast, reauth
from tests.factories.certificates import pdf
from tests.factories.routes import make_order_line, make_part_revision, make_released_route, today


def make_brought_in_lot(
    cast: Cast,
    *,
    at_sequence: int = 50,
    scans: str = "none",
    quantity: int = 5,
    is_serialized: bool = False,
    fai_regime: str = "none",
    serials=None,
    customer: Organization | None = None,
) -> Traveler:
    """Return a lot that came in at an operation; its scans are none, recorded or reviewed."""
    part_revision = make_part_revision(cast, is_serialized=is_serialized, customer=customer)
    route = make_released_route(cast, part_revision=part_revision)
    line = make_order_line(cast, part_revision, quantity=quantity, fai_regime=fai_regime)
    lot = elsewhere.bring_in(
        by=cast.quality,
        order_line=line,
        route_revision=route,
        quantity=quantity,
        at_sequence=at_sequence,
        reason="Begun before the portal; kept on paper in folder 118.",
        serials=serials,
    )
    if scans in ("recorded", "reviewed"):
        scan_all(cast, lot)
    if scans == "reviewed":
        review_all(cast, lot)
    return lot


def scan(cast: Cast, lot: Traveler, proves: str, sequence: int | None = None, **facts) -> RecordedElsewhere:
    """Add one scan as the inspector."""
    operation = lot.route_revision.operations.get(sequence=sequence) if sequence else None
    wanted = {
        "description": "Paper traveler 118, page 1.",
        "reference": "TRV-118",
        "done_on": today() - timedelta(days=2),
        "content": pdf(),
        "name": "traveler 118.pdf",
    }
    return elsewhere.record_elsewhere(
        by=cast.inspector, traveler=lot, proves=proves, operation=operation, **{**wanted, **facts}
    )


def scan_all(cast: Cast, lot: Traveler) -> list[RecordedElsewhere]:
    """Add one scan, as the inspector, that proves everything the lot owes and nobody has shown."""
    owed = [(each.proves, each.operation) for each in proofs_of(lot) if each.record is None]
    return elsewhere.record_paper(
        by=cast.inspector,
        traveler=lot,
        proofs=owed,
        description="Paper traveler 118 with its certificates.",
        reference="TRV-118",
        done_on=today() - timedelta(days=2),
        content=pdf(2),
        name="traveler 118.pdf",
    )


def review_all(cast: Cast, lot: Traveler) -> list[RecordedElsewhere]:
    """Review every scan that waits, with one signature of the quality engineer."""
    waiting = [each for each in lot.recorded_elsewhere.all() if each.state == RecordedElsewhere.RECORDED]
    return elsewhere.review_paper(by=cast.quality, records=waiting, token=reauth(cast.quality))
