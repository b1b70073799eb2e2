"""What a lot's page says of its inspections: results as bars, first articles, nonconformances."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse

from inspection.domain.first_articles import STANDING
from inspection.domain.lot_results import CharacteristicResults, results_of
from inspection.models import FirstArticle, InspectionRecord, Nonconformance
from inspection.permissions import MEASURERS
from portal.models import Person
from routes.domain.lots import lineage
from routes.models import Traveler
from routes.templatetags.routes_words import plain_number

# places on the drawing of one bar; the limits stand at the same place on every bar, so rows compare at a glance
WIDTH, LOW, HIGH = 140, 30, 110
EDGE = 4


@dataclass(frozen=True)
class Bar:
    """One range of values against its limits, as places on a line. Units: of the drawing, 0 to WIDTH."""

    start: int
    end: int
    has_lower: bool
    has_upper: bool
    is_out: bool

    @property
    def length(self) -> int:
        return max(self.end - self.start, 3)


def bar_of(result: CharacteristicResults) -> Bar | None:
    """Return the bar of a measured characteristic with limits; nothing to draw is None."""
    each = result.characteristic
    if result.lowest is None or not each.has_limits:
        return None
    lower, upper = _limits(each.lower, each.upper, result)
    if lower == upper:
        return None

    def place(value: Decimal) -> int:
        on_scale = LOW + (value - lower) / (upper - lower) * (HIGH - LOW)
        return min(max(round(on_scale), EDGE), WIDTH - EDGE)

    return Bar(
        place(result.lowest),
        place(result.highest),
        each.lower is not None,
        each.upper is not None,
        bool(result.failing),
    )


def _limits(
    lower: Decimal | None, upper: Decimal | None, result: CharacteristicResults
) -> tuple[Decimal, Decimal]:
    """Return both ends of the scale; where the drawing leaves one open, zero or the values give it."""
    if lower is None:
        lower = min(Decimal(0), result.lowest) if upper != 0 else result.lowest
    if upper is None:
        upper = max(result.highest, lower + abs(lower) / 10)
    return lower, upper


def panel_of(traveler: Traveler, person: Person) -> dict[str, Any]:
    """Return results, inspections, first articles and nonconformances of one lot, and what this reader may do."""
    line = [lot.pk for lot, _ in lineage(traveler)]
    nonconformances = _nonconformances(line)
    rows = [_row(each) for each in results_of(traveler, nonconformances=nonconformances)]
    first_articles = list(
        FirstArticle.objects.filter(Q(traveler__in=line) | Q(route_revision_id=traveler.route_revision_id))
        .select_related("traveler", "author", "approved_signature")
        .order_by("pk")
    )
    attention = [row for row in rows if row["failing"]]
    return {
        "comparison_url": reverse("inspection:comparison-detail", args=[traveler.number]),
        "drift_url": reverse(
            "inspection:part-drift", args=[traveler.route_revision.part_revision.part.number]
        ),
        "attention": attention,
        "others": [row for row in rows if not row["failing"]],
        "measured": sum(row["values"] > 0 for row in rows),
        "planned": len(rows),
        "records": InspectionRecord.objects.filter(traveler__in=line)
        .exclude(state=InspectionRecord.VOIDED)
        .select_related("step__operation", "inspector")
        .order_by("pk"),
        "first_articles": first_articles,
        "may_report": person.role in MEASURERS
        and traveler.state in (Traveler.OPEN, Traveler.COMPLETE)
        and any(each.state in STANDING for each in first_articles),
        "nonconformances": [
            each for each in nonconformances if {each.traveler_id, each.found_on_traveler_id} & set(line)
        ],
    }


def _nonconformances(line: list[int]) -> list[Nonconformance]:
    """Return what the panel lists and what results are judged by: those of these lots and of their values."""
    about = Q(traveler__in=line) | Q(found_on_traveler__in=line) | Q(measurement__record__traveler__in=line)
    return list(
        Nonconformance.objects.filter(about)
        .select_related("traveler", "measurement", "characteristic", "disposition_signature")
        .order_by("pk")
    )


def _row(result: CharacteristicResults) -> dict[str, Any]:
    each = result.characteristic
    return {
        "characteristic": each,
        "side": result.side,
        "values": result.values,
        "lowest": plain_number(result.lowest),
        "highest": plain_number(result.highest),
        "lower": plain_number(each.lower),
        "upper": plain_number(each.upper),
        "failing": result.failing,
        "bar": bar_of(result),
        "is_attribute": result.values > 0 and result.lowest is None,
    }
