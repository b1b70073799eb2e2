"""The results of one lot, summed up a characteristic: how many values, between what, which pieces fail."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q

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


def of_lot(traveler: Traveler) -> Q:
    """Return the condition under which a measurement counts for the pieces a lot holds now.

    Its own records and its ancestors' up to the split count. A serialised lot counts its own serials; elsewhere the
    pieces a nonconformance set apart go with the lot they stand in.
    """
    line = lineage(traveler)
    condition = Q()
    for lot, cutoff in line:
        until = {} if cutoff is None else {"recorded_at__lte": cutoff}
        condition |= Q(record__traveler=lot, **until)
    if traveler.route_revision.part_revision.part.is_serialized:
        return condition & Q(serial__in=traveler.pieces.filter(is_gone=False).values("serial"))
    return condition & _not_set_apart(traveler, [lot.pk for lot, _ in line])


def _not_set_apart(traveler: Traveler, line: list[int]) -> Q:
    apart = Nonconformance.objects.filter(measurement__record__traveler__in=line).exclude(
        traveler=F("found_on_traveler")
    )
    here, gone = Q(), Q()
    for record, serial, stands_in in apart.values_list(
        "measurement__record_id", "measurement__serial", "traveler_id"
    ):
        piece = Q(record=record, serial=serial)
        if stands_in in line:
            here |= piece
        else:
            gone |= piece
    # a lot made of pieces set apart inherits the values of those pieces only
    inherited = (Q(record__traveler=traveler) | here) if here else Q()
    return (~gone if gone else Q()) & inherited


def results_of(traveler: Traveler) -> list[CharacteristicResults]:
    """Return what was measured and what is planned on a lot, in the order of the drawing.

    The latest standing value of each piece counts. The customer's own values are not ours and are left out.
    """
    latest = (
        Measurement.objects.standing()
        .filter(of_lot(traveler))
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
    planned = set(
        PlannedCheck.objects.filter(operation__route_revision_id=traveler.route_revision_id).values_list(
            "characteristic", "side"
        )
    )
    known = {
        each.pk: each
        for each in Characteristic.objects.filter(pk__in={key for key, _ in (*measured, *planned)})
    }
    keys = sorted({*measured, *planned}, key=lambda key: (known[key[0]].position, key[0], key[1] != "before"))
    return [_result(known[key], side, measured.get((key, side))) for key, side in keys]


def _result(characteristic: Characteristic, side: str, row: dict | None) -> CharacteristicResults:
    if row is None:
        return CharacteristicResults(characteristic, side)
    return CharacteristicResults(
        characteristic, side, row["count"], row["lowest"], row["highest"], tuple(row["failing"] or ())
    )
