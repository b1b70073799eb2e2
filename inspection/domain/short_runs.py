"""Characteristics of one family on one chart: a contract shop makes too few of each to chart it alone.

A family is what the same process makes or the same kind of gauge reads, in one unit: parts, features and revisions
may differ. Values stand in the order their releases were inspected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from inspection.domain.releases import Release, requirement_of, values_of
from inspection.domain.spc.charts import ShortRunValue
from inspection.domain.spc.short_runs import ShortRun, short_run
from inspection.models import InspectionRecord, Measurement
from routes.models import Characteristic, Operation, PlannedCheck

# a chart of more is unreadable, and each is read whole
MOST_MEMBERS = 12
MOST_OFFERED = 40
BY_GAUGE, BY_MACHINE = "gauge", "machine"


@dataclass(frozen=True)
class Kin:
    """What makes a family: the kind of gauge that reads it, or the work center that makes it."""

    code: str
    name: str

    @property
    def words(self) -> str:
        if self.code == BY_GAUGE:
            return f"read with: {self.name}"
        return f"made at: {self.name}"


@dataclass(frozen=True)
class Member:
    """One characteristic of the family on one side of the finish. Units: as the characteristic."""

    characteristic: Characteristic
    side: str
    releases: tuple[Release, ...]
    target: float
    name: str


@dataclass(frozen=True)
class Place:
    """One plotted value: which characteristic of which lot. Units: as the characteristic."""

    member: Member
    lot: str
    value: float
    at: datetime

    @property
    def deviation(self) -> float:
        return self.value - self.member.target


def name_of(row: Characteristic) -> str:
    """Return how a member is called on the chart: part and balloon."""
    return f"{row.part_revision.part.number} {row.balloon}"


def key_of(row: Characteristic) -> str:
    """Return the word a page names a member by."""
    return f"{row.part_revision.part.number} {row.part_revision.revision} {row.balloon}"


def target_of(row: Characteristic) -> float | None:
    """Return what deviations are counted from: the middle of both limits, else the nominal; None without either.

    A shop aims at the middle: of a slot 12 +0.05/0 the nominal is a limit, and every good piece lies above it.
    """
    if row.lower is not None and row.upper is not None:
        return float((row.lower + row.upper) / 2)
    return None if row.nominal is None else float(row.nominal)


def kins_of(row: Characteristic) -> list[Kin]:
    """Return the families a characteristic belongs to: by its kinds of gauge, then by the work centers that make it."""
    same = Characteristic.objects.filter(
        part_revision__part=row.part_revision.part_id, identity=row.identity
    ).values("pk")
    gauges = PlannedCheck.objects.filter(characteristic__in=same).exclude(gauge_kind="")
    centers = Operation.objects.filter(makes__in=same).exclude(work_center="")
    found: dict[tuple[str, str], Kin] = {}
    for code, names in (
        (BY_GAUGE, gauges.order_by("gauge_kind").values_list("gauge_kind", flat=True)),
        (BY_MACHINE, centers.order_by("work_center").values_list("work_center", flat=True)),
    ):
        for name in names:
            found.setdefault((code, name.casefold()), Kin(code, name))
    return list(found.values())


def relatives_of(row: Characteristic, kin: Kin) -> list[Characteristic]:
    """Return what may share a chart with it, itself left out: the same kind first, then the nearest target.

    Only what was measured in the same unit and has a target; of revisions that kept a requirement the latest.
    """
    measured = Measurement.objects.filter(
        characteristic=OuterRef("pk"), value__isnull=False, record__state=InspectionRecord.COMPLETED
    ).exclude(record__kind=InspectionRecord.CUSTOMER)
    if kin.code == BY_GAUGE:
        kept = Q(planned_checks__gauge_kind__iexact=kin.name)
    else:
        kept = Q(made_at__work_center__iexact=kin.name)
    keys = Characteristic.objects.filter(kept, unit=row.unit).values("pk")
    rows = (
        Characteristic.objects.filter(Exists(measured), pk__in=keys)
        .filter(Q(nominal__isnull=False) | Q(lower__isnull=False, upper__isnull=False))
        .select_related("part_revision__part")
        .order_by("-part_revision_id", "position")
    )
    seen, found = {_identity(row)}, []
    for each in rows[: 4 * MOST_OFFERED]:
        if _identity(each) not in seen:
            seen.add(_identity(each))
            found.append(each)
    return sorted(found[:MOST_OFFERED], key=lambda each: _distance(row, each))


def _distance(row: Characteristic, other: Characteristic) -> tuple[bool, float]:
    """Return how little alike two characteristics are: of another kind, and how far apart their targets are."""
    own, theirs = target_of(row), target_of(other)
    apart = 0.0 if own is None or theirs is None else abs(own - theirs)
    return other.kind.casefold() != row.kind.casefold(), apart


def _identity(row: Characteristic) -> tuple:
    return (row.part_revision.part_id, *requirement_of(row))


def members_of(rows: Sequence[Characteristic], *, side: str) -> list[Member]:
    """Return the measured values of each row over all revisions that kept its requirement; two statements.

    Raises:  ValueError for more rows than a chart can hold.
    """
    if len(rows) > MOST_MEMBERS:
        raise ValueError(f"{len(rows)} characteristics were chosen; a chart holds at most {MOST_MEMBERS}.")
    wanted = {_identity(row): row for row in rows}
    kept = Characteristic.objects.filter(
        part_revision__part__in={row.part_revision.part_id for row in rows},
        balloon__in={row.balloon for row in rows},
    ).select_related("part_revision")
    identity = {each.pk: _identity(each) for each in kept if _identity(each) in wanted}
    releases = values_of(list(identity), identity)
    called = Counter(name_of(row) for row in rows)
    return [
        Member(
            row, side, releases[key, side], target, name_of(row) if called[name_of(row)] == 1 else key_of(row)
        )
        for key, row in wanted.items()
        if (key, side) in releases and (target := target_of(row)) is not None
    ]


def places_of(members: Sequence[Member]) -> list[Place]:
    """Return the values of all members in the order their releases were inspected."""
    found = [
        Place(member, release.lot, value, release.at)
        for member in members
        for release in member.releases
        for value in release.floats
    ]
    # the sort keeps the order of pieces within a release
    return sorted(found, key=lambda each: (each.at, each.lot, each.member.name))


def drawn(places: Sequence[Place], *, chart: str = "") -> ShortRun:
    """Return the chart of these places; ValueError says why there is none."""
    return short_run(
        [ShortRunValue(each.member.name, each.value, each.member.target) for each in places], chart=chart
    )
