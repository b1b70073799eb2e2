"""Our values and the customer's side by side, piece by piece, with the bias between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, localcontext

from django.db.models import Q

from inspection.models import InspectionRecord, Measurement
from portal.models import Person
from routes.domain.lots import lineage
from routes.models import Characteristic, Traveler


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
    """One characteristic over all pieces measured by both. Units: the characteristic's; `pieces` counts pairs."""

    characteristic: Characteristic
    pieces: int
    mean_bias: Decimal | None
    largest_bias: Decimal | None
    disputed: tuple[str, ...]


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
    values = _values(traveler, viewer)
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


def _standing(traveler: Traveler, viewer: Person):
    ancestors = [lot.pk for lot, _ in lineage(traveler)]
    family = Q(record__traveler__in=ancestors) | Q(record__traveler__number__startswith=f"{traveler.number}/")
    return (
        Measurement.objects.for_viewer(viewer)
        .standing()
        .filter(family)
        .exclude(record__state=InspectionRecord.VOIDED)
    )


def _values(traveler: Traveler, viewer: Person) -> dict[tuple[int, str, bool], Reading]:
    """Return the latest value by characteristic, serial, and whose it is; after the finish counts before before."""
    rows = (
        _standing(traveler, viewer)
        # "before" sorts after "after": read first, it is replaced by what was measured after the finish
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
                mean_bias=_mean(biases),
                largest_bias=max(biases, key=abs, default=None),
                disputed=tuple(pair.serial for pair in own if pair.is_disputed),
            )
        )
    return found


def _mean(values: list[Decimal]) -> Decimal | None:
    """Return the mean with six digits after the point, beyond what any gauge resolves."""
    if not values:
        return None
    with localcontext() as context:
        context.prec = 28
        return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.000001")).normalize()


def _as_number(serial: str) -> tuple[int, int, str]:
    return (0, int(serial), serial) if serial.isdecimal() and len(serial) < 18 else (1, 0, serial)
