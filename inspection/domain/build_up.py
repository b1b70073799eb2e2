"""What coatings really build up, learnt per vendor from pieces measured before and after the same finish.

A piece tells when one characteristic of it was measured on both sides: the difference, by the feature's factor, is the
growth of one face. What is learnt stands beside what was signed and never replaces it by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum, sqrt

from inspection.models import InspectionRecord, Measurement
from portal.models import Organization
from routes.domain.coating_growths import FoundGrowth, growth_of
from routes.domain.finish_growth import FACTORS
from routes.models import FinishFeature, Operation, SpecificationRevision
from subcontract.models import Receipt

# below this a mean says little about the next lot
FIRM = 20
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """The mean of a few values with its two-sided interval; without one below two values.

    Source: Student's t with n - 1 degrees of freedom.
    """

    n: int
    mean: float
    lower: float | None
    upper: float | None

    @property
    def is_provisional(self) -> bool:
        return self.n < FIRM


@dataclass(frozen=True)
class Learnt:
    """What one vendor's coating built up on one face, beside what is assumed. Units: `unit`."""

    vendor: Organization
    specification: SpecificationRevision
    spec_type: str
    unit: str
    grown: Interval
    assumed: FoundGrowth | None

    @property
    def warning(self) -> str:
        """What the pieces say against the assumption; empty when they agree or say nothing yet."""
        if self.assumed is None or self.grown.lower is None:
            return ""
        least, most = float(self.assumed.growth.least), float(self.assumed.growth.most)
        if self.grown.upper >= least and self.grown.lower <= most:
            return ""
        numbers = ", ".join(row.number for row in self.assumed.rows)
        return (
            f"{self.vendor.name} builds up {self.grown.lower:.5f} to {self.grown.upper:.5f} {self.unit} a face; "
            f"{numbers} assumes {least:g} to {most:g}. Draft a growth of {self.vendor.name}'s own."
        )


def interval_of(values: Sequence[float]) -> Interval:
    """Return mean and 95 % interval of values; exact sums, so that equal values have no width."""
    n = len(values)
    mean = fsum(values) / n
    if n < 2:
        return Interval(n, mean, None, None)
    from scipy.stats import t  # loaded only here: the web process starts without it

    spread = sqrt(fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = float(t.ppf(0.5 + CONFIDENCE / 2, n - 1)) * spread / sqrt(n)
    return Interval(n, mean, mean - half, mean + half)


def learnt() -> list[Learnt]:
    """Return what each vendor's coatings built up, by specification, type and unit, the vendors in order."""
    growths: dict[tuple, list[float]] = defaultdict(list)
    finishes: dict[tuple, tuple] = {}
    for finish, vendor, unit, kind, before, after in _pairs():
        key = (vendor.pk, finish.specification_id, finish.spec_type, unit)
        growths[key].append(float((after - before) / FACTORS[kind]))
        finishes.setdefault(key, (vendor, finish, unit, kind))
    found = []
    for key, values in growths.items():
        vendor, finish, unit, kind = finishes[key]
        found.append(
            Learnt(
                vendor=vendor,
                specification=finish.specification,
                spec_type=finish.spec_type,
                unit=unit,
                grown=interval_of(values),
                assumed=growth_of(finish, kind, unit=unit),
            )
        )
    return sorted(
        found, key=lambda each: (each.vendor.name, str(each.specification), each.spec_type, each.unit)
    )


def _pairs() -> Iterable[tuple[Operation, Organization, str, str, Decimal, Decimal]]:
    """Yield each piece measured on both sides of a single finish that a single vendor did.

    A lot with two finishes between the sides, or sent to two vendors, says nothing about either.
    """
    kinds = {
        (row.route_revision_id, row.characteristic_id): row.kind
        for row in FinishFeature.objects.all()
        if FACTORS[row.kind]
    }
    values = (
        Measurement.objects.standing()
        .filter(
            characteristic__in={characteristic for _, characteristic in kinds},
            value__isnull=False,
            record__state=InspectionRecord.COMPLETED,
            record__step__isnull=False,
        )
        .select_related("characteristic", "record__traveler", "record__step__operation")
        .order_by("pk")
    )
    sides: dict[tuple, dict[str, Measurement]] = defaultdict(dict)
    for value in values:
        lot = value.record.traveler
        sides[lot.pk, lot.route_revision_id, value.characteristic_id, value.serial][value.side] = value
    both = {key: pair for key, pair in sides.items() if len(pair) == 2 and key[1:3] in kinds}
    done = _finishes_of({key[0] for key in both})
    for (lot, route, characteristic, _), pair in both.items():
        if (found := done.get(lot)) is not None:
            unit, kind = pair["after"].characteristic.unit, kinds[route, characteristic]
            yield *found, unit, kind, pair["before"].value, pair["after"].value


def _finishes_of(lots: set[int]) -> dict[int, tuple[Operation, Organization]]:
    """Return the finish and its vendor of each lot that had exactly one, at one vendor."""
    receipts = Receipt.objects.filter(
        traveler__in=lots, line__step__operation__changes_surface=True
    ).select_related("line__order__site__organization", "line__step__operation__specification")
    done: dict[int, set] = defaultdict(set)
    for receipt in receipts:
        step = receipt.line.step
        done[receipt.traveler_id].add(
            (step.operation, step.pass_number, receipt.line.order.site.organization)
        )
    return {
        lot: (operation, vendor)
        for lot, found in done.items()
        if len(found) == 1
        for operation, _, vendor in found
    }
