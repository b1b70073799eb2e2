"""Packing demands on orders, and how they were met on a shipment."""

from __future__ import annotations

from documents.domain import packing as records
from documents.domain import shipments
from documents.models import PackingRecord, Shipment
from routes.domain import packing
from routes.models import OrderLine, PackingDemand, Traveler
from tests.cast import Cast, reauth
from tests.factories.components import make_plain_revision, make_short_lot

WORDS = {
    "marking": "Ink stamp the part number on face B",
    "preservation": "VCI bag, one piece each",
    "label": "Bar code on each bag",
    "shelf_life": "Cure date on the label",
}
# one picture element, as small as a picture can be
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c63f8cfc0f01f00050001"
    "ff5ac8a4150000000049454e44ae426082"
)  # fmt: skip


def demand(cast: Cast, line: OrderLine, kind: str = "marking", **facts) -> PackingDemand:
    """Put a demand on an order line; a shelf life asks for 90 days."""
    wanted = {"text": WORDS.get(kind, "As ordered"), "least_days_left": 90 if kind == "shelf_life" else None}
    return packing.add_demand(by=cast.quality, order_line=line, kind=kind, **{**wanted, **facts})


def draft(cast: Cast, lot: Traveler) -> Shipment:
    """Draft a shipment of one lot, whatever its chain says."""
    customer = lot.order_line.order.customer
    return shipments.draft_shipment(by=cast.quality, customer=customer, lots=[lot])


def record(
    cast: Cast, shipment: Shipment, lot: Traveler, asked: PackingDemand, is_met: bool = True, **facts
) -> PackingRecord:
    """Sign as the inspector whether a demand is met."""
    by = facts.pop("by", cast.inspector)
    return records.record(
        by=by, shipment=shipment, traveler=lot, demand=asked, is_met=is_met, token=reauth(by), **facts
    )


def make_demanding_shipment(cast: Cast, *kinds: str) -> tuple[Shipment, Traveler, list[PackingDemand]]:
    """Return a draft shipment of a complete lot whose order line has demands of these kinds."""
    lot = make_short_lot(cast, make_plain_revision(cast), quantity=5)
    asked = [demand(cast, lot.order_line, kind) for kind in kinds or ("marking",)]
    return draft(cast, lot), lot, asked


def make_packed_shipment(cast: Cast) -> PackingRecord:
    """Return the record of a marking that is met, with a photo."""
    shipment, lot, [asked] = make_demanding_shipment(cast)
    return record(cast, shipment, lot, asked, photo=PNG, photo_name="stamp.png")
