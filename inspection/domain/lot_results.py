"""The results of one lot, summed up a characteristic: how many values, between what, which pieces fail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from inspection.models import InspectionRecord, Measurement, Nonconformance
from routes.domain.lots import lineage
from routes.models import Characteristic, PlannedCheck, Traveler


@dataclass(frozen=True)
class CharacteristicResults:
    """What is known of one characteristic on one side of the finish.

    Units:   limits and values in the unit of the characteristic; `values` counts pieces.
    """

    characteristic: Characteristic
    side: str
    values: int = 0
    lowest: Decimal | None = None
    highest: Decimal | None = None
    failing: tuple[str, ...] = ()

    @property
    def is_measured(self) -> bool:
        return self.values > 0


def of_lot(traveler: Traveler, *, nonconformances: Iterable[Nonconformance] | None = None) -> Q:
    """Return the condition under which a measurement counts for the pieces a lot holds now.

    Its own records and its ancestors' up to the split count. A serialised lot counts its own serials; elsewhere the
    pieces a nonconformance set apart go with the lot they stand in. Who has read the nonconformances of these
    measurements, each with its measurement, hands them in.
    """
    line = lineage(traveler)
    condition = Q()
    for lot, cutoff in line:
        until = {} if cutoff is None else {"recorded_at__lte": cutoff}
        condition |= Q(record__traveler=lot, **until)
    if traveler.route_revision.part_revision.part.is_serialized:
        return condition & Q(serial__in=traveler.pieces.filter(is_gone=False).values("serial"))
    own = [lot.pk for lot, _ in line]
    if nonconformances is None:
        nonconformances = Nonconformance.objects.filter(measurement__record__traveler__in=own).select_related(
            "measurement"
        )
    return condition & _not_set_apart(traveler, own, nonconformances)


def _not_set_apart(traveler: Traveler, line: list[int], nonconformances: Iterable[Nonconformance]) -> Q:
    here, gone = Q(), Q()
    for each in nonconformances:
        if each.measurement is None or each.traveler_id == each.found_on_traveler_id:
            continue
        piece = Q(record=each.measurement.record_id, serial=each.measurement.serial)
        if each.traveler_id in line:
            here |= piece
        else:
            gone |= piece
    # a lot made of pieces set apart inherits the values of those pieces only
    inherited = (Q(record__traveler=traveler) | here) if here else Q()
    return (~gone if gone else Q()) & inherited


def results_of(
    traveler: Traveler, *, nonconformances: Iterable[Nonconformance] | None = None
) -> list[CharacteristicResults]:
    """Return what was measured and what is planned on a lot, in the order of the drawing.

    The latest standing value of each piece counts. The customer's own values are not ours and are left out.
    """
    latest = (
        Measurement.objects.standing()
        .filter(of_lot(traveler, nonconformances=nonconformances))
        .exclude(record__state=InspectionRecord.VOIDED)
        .exclude(record__kind=InspectionRecord.CUSTOMER)
        .order_by("characteristic_id", "side", "serial", "-pk")
        .distinct("characteristic_id", "side", "serial")
        .values("pk")
    )
    measured = {
        (row["characteristic"], row["side"]): row
        for row in Measurement.objects.filter(pk__in=latest)
        .order_by()
        .values("characteristic", "side")
        .annotate(
            count=Count("pk"),
            lowest=Min("value"),
            highest=Max("value"),
            failing=ArrayAgg("serial", filter=Q(verdict=Measurement.FAIL), order_by="serial"),
        )
    }
    known = _known(traveler, {key for key, _ in measured})
    planned = {(each.pk, side) for each in known.values() for side in each.planned_sides}
    keys = sorted({*measured, *planned}, key=lambda key: (known[key[0]].position, key[0], key[1] != "before"))
    return [_result(known[key], side, measured.get((key, side))) for key, side in keys]


def _known(traveler: Traveler, measured: set[int]) -> dict[int, Characteristic]:
    """Return what is measured or planned on a lot by its key, each with the sides planned on the lot's route."""
    checks = PlannedCheck.objects.filter(
        characteristic=OuterRef("pk"), operation__route_revision_id=traveler.route_revision_id
    )
    return {
        each.pk: each
        for each in Characteristic.objects.filter(Q(pk__in=measured) | Q(Exists(checks)))
        .select_related("part_revision")
        .annotate(planned_sides=ArraySubquery(checks.order_by().values("side").distinct()))
    }


def _result(characteristic: Characteristic, side: str, row: dict | None) -> CharacteristicResults:
    if row is None:
        return CharacteristicResults(characteristic, side)
    return CharacteristicResults(
        characteristic, side, row["count"], row["lowest"], row["highest"], tuple(row["failing"] or ())
    )
