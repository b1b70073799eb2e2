"""Two inspections of the same pieces side by side: ours and the customer's, or any two, with the bias between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from inspection.domain.agreement import half_width, is_bias, mean_of
from inspection.models import InspectionRecord, Measurement
from portal.domain.errors import Refused
from portal.models import Person
from routes.domain.lots import lineage
from routes.models import Characteristic, Traveler


class NotComparable(Refused):
    """Two inspections have no pieces in common."""

    code = "not-comparable"


@dataclass(frozen=True)
class Reading:
    """One value as it stands in one inspection. Units: the characteristic's."""

    value: Decimal | None
    verdict: str
    record: str
    stated: str


@dataclass(frozen=True)
class Pair:
    """One characteristic on one piece: ours and theirs; either may be missing."""

    characteristic: Characteristic
    serial: str
    ours: Reading | None
    theirs: Reading | None

    @property
    def bias(self) -> Decimal | None:
        """Return theirs − ours, in the characteristic's unit; None unless both have a number."""
        if not (self.ours and self.theirs) or self.ours.value is None or self.theirs.value is None:
            return None
        return self.theirs.value - self.ours.value

    @property
    def is_disputed(self) -> bool:
        """Say whether one side passes what the other fails."""
        words = {each.verdict for each in (self.ours, self.theirs) if each}
        return {Measurement.PASS, Measurement.FAIL} <= words


@dataclass(frozen=True)
class Agreement:
    """One characteristic over all pieces measured by both. Units: the characteristic's; `pieces` counts pairs.

    `interval` is half of the 95 % interval of the mean bias; `is_biased` where it leaves zero out.
    """

    characteristic: Characteristic
    pieces: int
    mean_bias: Decimal | None
    largest_bias: Decimal | None
    disputed: tuple[str, ...]
    interval: Decimal | None = None
    is_biased: bool = False


@dataclass(frozen=True)
class Comparison:
    """Everything both sides measured on the pieces of a lot."""

    serials: tuple[str, ...]
    pairs: dict[str, list[Pair]]
    agreements: list[Agreement]
    only_ours: int
    only_theirs: int

    @property
    def disputed(self) -> list[Pair]:
        return [pair for serial in self.serials for pair in self.pairs[serial] if pair.is_disputed]

    @property
    def failing(self) -> list[Pair]:
        """Return what fails on the customer's side."""
        return [
            pair
            for serial in self.serials
            for pair in self.pairs[serial]
            if pair.theirs and pair.theirs.verdict == Measurement.FAIL
        ]


def compare(*, traveler: Traveler, viewer: Person) -> Comparison:
    """Return ours and the customer's values of a lot's pieces side by side.

    The latest standing value of each side counts: ours after the finish before ours before it, from the lot, the lots
    it was split from and those split from it. Two statements, however many pieces.

    Units:   each value in its characteristic's unit; bias is theirs − ours.
    """
    return _compared(_values(traveler, viewer), traveler)


def compare_records(*, first: InspectionRecord, second: InspectionRecord, viewer: Person) -> Comparison:
    """Return what two inspections found on the same pieces side by side, the second as theirs.

    Any two of a lot and the lots split from it or it from them: ours and ours, ours and the customer's. Each counts
    with its standing values, after the finish before those before it.

    Units:   each value in its characteristic's unit; bias is the second − the first.
    Raises:  NotComparable for an inspection of another lot, or for one compared with itself.
    """
    if first.pk == second.pk:
        raise NotComparable(
            f"{first.number} agrees with itself. Choose another inspection to compare it with."
        )
    if not comparable_with(first, viewer).filter(pk=second.pk).exists():
        raise NotComparable(
            f"{second.number} is about lot {second.traveler.number}; {first.number} about {first.traveler.number}. "
            "Only inspections of the same pieces can stand side by side."
        )
    found = _readings(_standing(first.traveler, viewer).filter(record__in=[first, second]))
    values = {(pk, serial, number == second.number): each for (pk, serial, number), each in found.items()}
    return _compared(values, first.traveler)


def comparable_with(record: InspectionRecord, viewer: Person):
    """Return the other inspections of the same pieces that a person may see and that hold values."""
    found = InspectionRecord.objects.for_viewer(viewer).filter(_family(record.traveler, "traveler"))
    found = found.exclude(pk=record.pk).exclude(state=InspectionRecord.VOIDED)
    return found.filter(Exists(Measurement.objects.standing().filter(record=OuterRef("pk")))).order_by("pk")


def _compared(values: dict[tuple[int, str, bool], Reading], traveler: Traveler) -> Comparison:
    """Return every place the second side measured, and the first side's value beside it."""
    characteristics = {
        each.pk: each
        for each in Characteristic.objects.filter(part_revision=traveler.route_revision.part_revision)
    }
    by_serial: dict[str, list[Pair]] = defaultdict(list)
    theirs_on = {serial for _, serial, is_theirs in values if is_theirs}
    places = {(pk, serial) for pk, serial, _ in values if serial in theirs_on and pk in characteristics}
    for pk, serial in sorted(places, key=lambda place: characteristics[place[0]].position):
        by_serial[serial].append(
            Pair(
                characteristic=characteristics[pk],
                serial=serial,
                ours=values.get((pk, serial, False)),
                theirs=values.get((pk, serial, True)),
            )
        )
    everything = [pair for pairs in by_serial.values() for pair in pairs]
    return Comparison(
        serials=tuple(sorted(by_serial, key=_as_number)),
        pairs=dict(by_serial),
        agreements=_agreements(everything),
        only_ours=sum(pair.theirs is None for pair in everything),
        only_theirs=sum(pair.ours is None for pair in everything),
    )


def has_customer_values(traveler: Traveler, viewer: Person) -> bool:
    """Say whether there is anything of the customer's to compare with."""
    return _customer_values(traveler, viewer).exists()


def _customer_values(traveler: Traveler, viewer: Person):
    return _standing(traveler, viewer).filter(record__kind=InspectionRecord.CUSTOMER)


def _family(traveler: Traveler, name: str) -> Q:
    """Return the condition for a lot, those it was split from and those split from it."""
    ancestors = [lot.pk for lot, _ in lineage(traveler)]
    return Q(**{f"{name}__in": ancestors}) | Q(**{f"{name}__number__startswith": f"{traveler.number}/"})


def _standing(traveler: Traveler, viewer: Person):
    return (
        Measurement.objects.for_viewer(viewer)
        .standing()
        .filter(_family(traveler, "record__traveler"))
        .exclude(record__state=InspectionRecord.VOIDED)
    )


def _readings(measurements) -> dict[tuple[int, str, str], Reading]:
    """Return the latest value by characteristic, serial and inspection; after the finish counts before before."""
    rows = (
        # "before" sorts after "after": read first, it is replaced by what was measured after the finish
        measurements.order_by("-side", "pk").values_list(
            "characteristic_id", "serial", "record__number", "value", "verdict", "stated"
        )
    )
    return {
        (pk, serial, number): Reading(value, verdict, number, stated)
        for pk, serial, number, value, verdict, stated in rows.iterator(chunk_size=5_000)
    }


def _values(traveler: Traveler, viewer: Person) -> dict[tuple[int, str, bool], Reading]:
    """Return the latest value by characteristic, serial, and whose it is; after the finish counts before before."""
    rows = (
        _standing(traveler, viewer)
        .order_by("-side", "pk")
        .values_list(
            "characteristic_id", "serial", "value", "verdict", "stated", "record__kind", "record__number"
        )
    )
    return {
        (pk, serial, kind == InspectionRecord.CUSTOMER): Reading(value, verdict, number, stated)
        for pk, serial, value, verdict, stated, kind, number in rows.iterator(chunk_size=5_000)
    }


def _agreements(pairs: list[Pair]) -> list[Agreement]:
    by_characteristic: dict[Characteristic, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_characteristic[pair.characteristic].append(pair)
    found = []
    for characteristic, own in sorted(by_characteristic.items(), key=lambda each: each[0].position):
        biases = [pair.bias for pair in own if pair.bias is not None]
        found.append(
            Agreement(
                characteristic=characteristic,
                pieces=len(biases),
                mean_bias=mean_of(biases),
                interval=half_width(biases),
                is_biased=is_bias(biases),
                largest_bias=max(biases, key=abs, default=None),
                disputed=tuple(pair.serial for pair in own if pair.is_disputed),
            )
        )
    return found


def _as_number(serial: str) -> tuple[int, int, str]:
    return (0, int(serial), serial) if serial.isdecimal() and len(serial) < 18 else (1, 0, serial)
