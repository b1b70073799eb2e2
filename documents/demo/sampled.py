"""What the inspections of the sample shop look at: the sampling of some checks, and a tool that wears."""

from __future__ import annotations

from decimal import Decimal

from documents.demo.parts import COVER, HOUSING
from routes.models import PlannedCheck, Traveler

# (part, balloon) → how many pieces are looked at; every other check looks at all of them
SAMPLED = {
    (COVER.number, "4"): {"sampling_rule": PlannedCheck.ISOLATED},
    (COVER.number, "6"): {"sampling_rule": PlannedCheck.Z14, "inspection_level": "II", "aql_percent": "1.0"},
}
# (part, balloon) → where the first lot stands from the middle, and how far each lot moves from the one before, in mm
WEARS = {(HOUSING.number, "13"): (Decimal("-0.008"), Decimal("0.0065"))}


def worn(lot: Traveler) -> dict[str, Decimal]:
    """Return by balloon how far a characteristic of this lot has moved from the middle of its limits.

    Units:   millimetres.
    """
    part_number = lot.route_revision.part_revision.part.number
    if not any(part == part_number for part, _ in WEARS):
        return {}
    before = Traveler.objects.filter(
        route_revision=lot.route_revision_id, parent=None, pk__lt=lot.parent_id or lot.pk
    ).count()
    return {
        balloon: start + step * before
        for (part, balloon), (start, step) in WEARS.items()
        if part == part_number
    }
