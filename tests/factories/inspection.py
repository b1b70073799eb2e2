"""Inspected lots, nonconformances and first articles at any state, made by walking the real moves."""

from __future__ import annotations

from inspection.domain import customer_reviews, first_articles, nonconformances
from inspection.models import Concession, FirstArticle, InspectionRecord, Nonconformance
from routes.domain.lots import current_step, serials_of
from routes.models import Operation, Traveler
from tests.cast import Cast, reauth
from tests.factories.measuring import make_inspection, measure, pass_inspection
from tests.factories.routes import make_open_traveler, sign_step, sign_up_to, today
from tests.factories.subcontract import accept, make_outside_order

FINAL = 50


def walk(cast: Cast, lot: Traveler, *, to: int = 999) -> Traveler:
    """Do every step of a lot below a sequence: sign, inspect, send out and take back."""
    while (step := current_step(lot)) is not None and step.operation.sequence < to:
        if step.operation.kind == Operation.INSPECT:
            pass_inspection(cast, lot)
        elif step.operation.kind == Operation.OUTSIDE:
            accept(cast, make_outside_order(cast, lot=lot, at="returned"))
        elif step.operation.kind == Operation.MATERIAL:
            sign_up_to(cast, lot, step.operation.sequence + 1)
        else:
            sign_step(cast, step)
    lot.refresh_from_db()
    return lot


def make_lot(cast: Cast, *, at: int = FINAL, quantity: int = 5, **facts) -> Traveler:
    """Return a lot that stands at a sequence, by default at its final inspection; 999 is its end."""
    return walk(cast, make_open_traveler(cast, quantity=quantity, **facts), to=at)


def make_final_inspection(
    cast: Cast, *, lot: Traveler | None = None, at: str = "open", **facts
) -> InspectionRecord:
    """Return the final inspection of a lot, open and without values, or completed."""
    lot = lot or make_lot(cast, **facts)
    return make_inspection(cast, lot) if at == "open" else pass_inspection(cast, lot)


def make_nonconformance(
    cast: Cast, *, record: InspectionRecord | None = None, serial: str = ""
) -> Nonconformance:
    """Return the open nonconformance of one piece whose bore was measured too wide at final inspection."""
    record = record or make_final_inspection(cast)
    serial = serial or (serials_of(record.traveler) or ["2"])[-1]
    failing = measure(cast, record, "1", serial, "10.4")
    return Nonconformance.objects.get(measurement=failing)


def concede(cast: Cast, nonconformance: Nonconformance, **facts) -> Concession:
    """Record the customer's permission for every piece of a nonconformance."""
    wanted = {
        "customer_reference": "ORR-DEV-118",
        "decided_by": "Anton Belisle, Orrin Aerospace design office",
        "decided_on": today(),
        "quantity_limit": nonconformance.quantity,
        "serials": tuple(nonconformance.serials),
    }
    return nonconformances.add_concession(
        by=cast.quality, nonconformance=nonconformance, **{**wanted, **facts}
    )


def decide(cast: Cast, nonconformance: Nonconformance, disposition: str, **facts) -> Nonconformance:
    """Disposition a nonconformance as the quality engineer; leaving pieces are witnessed by the inspector."""
    if disposition in (Nonconformance.SCRAP, Nonconformance.RETURN):
        facts.setdefault("witness", cast.inspector)
    return nonconformances.disposition(
        by=cast.quality,
        nonconformance=nonconformance,
        disposition=disposition,
        reason="Looked at on the bench.",
        token=reauth(cast.quality),
        **facts,
    )


def make_first_article(
    cast: Cast, *, lot: Traveler | None = None, serial: str = "", at: str = "draft", **facts
) -> FirstArticle:
    """Return the FAIR of a lot's first piece by the inspector: draft, submitted, approved or customer_approved."""
    lot = lot or make_lot(cast, at=999)
    first_article = first_articles.open_first_article(
        by=cast.inspector,
        traveler=lot,
        serial=serial or (serials_of(lot) or ["1"])[0],
        reason="First production run",
        **facts,
    )
    if at in ("submitted", "approved", "customer_approved"):
        first_article = first_articles.submit(
            by=cast.inspector, first_article=first_article, token=reauth(cast.inspector)
        )
    if at in ("approved", "customer_approved"):
        first_article = first_articles.approve(
            by=cast.quality, first_article=first_article, token=reauth(cast.quality)
        )
    if at == "customer_approved":
        first_article = customer_reviews.approve_for_customer(
            by=cast.customer_quality, first_article=first_article, token=reauth(cast.customer_quality)
        )
    return first_article
