"""What a package says of the parts a lot is built from, and of how it is packed: from the facts the gate judged."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from documents.models import Shipment
from portal.models import StoredFile


def component_entries(facts: dict[str, LotFacts]) -> list[dict]:
    """Return the genealogy: every lot and receipt in these lots, down to the last part, with its certificates.

    Certificates of bought components go with the package; those of parts made here are named with their sha256.
    Source:  AS9100D 8.5.2.
    """
    return [
        {
            "lot": source.into,
            "item": source.item,
            "part_number": source.part_number,
            "source": source.source,
            "is_bought": source.is_bought,
            "quantity": source.quantity,
            "serials": list(source.serials),
            "heat": source.heat,
            "certificates": [
                {"number": paper.stated_number, "issuer": paper.issuer, "sha256": paper.sha256}
                for paper in source.papers
            ],
        }
        for lot in facts.values()
        for component in lot.components
        for source in component.sources
    ]


def packing_entries(facts: dict[str, LotFacts]) -> list[dict]:
    """Return every packing demand of these lots with who saw that it is met."""
    return [
        {
            "lot": lot.number,
            "kind": asked.kind.replace("_", " "),
            "demand": asked.text,
            "least_days_left": asked.least_days_left,
            "expires_on": asked.expires_on,
            "note": asked.note,
            "recorded_by": asked.recorded_by,
            "recorded_on": asked.recorded_on,
        }
        for lot in facts.values()
        for asked in lot.packing
    ]


def photos_of(shipment: Shipment) -> list[StoredFile]:
    """Return the photos of how it is packed that count: of the last record of each demand that stands."""
    latest = {
        (each.traveler_id, each.demand_id): each
        for each in shipment.packing_records.filter(demand__is_withdrawn=False)
        .select_related("photo__label")
        .order_by("pk")
    }
    return [each.photo for each in latest.values() if each.photo]
