"""Releases of a part side by side: what each measured of one characteristic, in the order they were inspected.

A release is a lot with everything split off from it. What the customer measured, voided inspections and withdrawn
values are left out; of a piece measured twice the latest value counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from inspection.domain.spc.capability import Capability, capability
from inspection.domain.spc.charts import Chart, chart_of, individuals, mean_and_deviation, mean_and_range
from inspection.domain.spc.drift import Baseline, Point, baseline_of, drift
from inspection.domain.spc.release_rules import release_signals
from inspection.domain.spc.run_rules import BEYOND, WORDS
from inspection.models import DriftAlarm, FirstArticle, InspectionRecord, Measurement, RunRuleChoice
from routes.models import Characteristic, Part

DRAWN = {"i_mr": individuals, "xbar_r": mean_and_range, "xbar_s": mean_and_deviation}


@dataclass(frozen=True)
class Release:
    """The values of one release. Units: as the characteristic; `at` is the end of its last inspection."""

    lot: str
    values: tuple[Decimal, ...]
    at: datetime

    @cached_property
    def floats(self) -> list[float]:
        return [float(value) for value in self.values]


@dataclass(frozen=True)
class History:
    """One characteristic on one side of the finish, over all releases; revisions that kept it are one history."""

    characteristic: Characteristic
    side: str
    releases: tuple[Release, ...]
    first_article: FirstArticle | None = None
    alarms: tuple[DriftAlarm, ...] = field(default=())
    choice: RunRuleChoice | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the run rules that mark its charts: points beyond the limits, and what was chosen beside."""
        return (BEYOND, *self.choice.rules) if self.choice else (BEYOND,)

    @cached_property
    def values(self) -> list[float]:
        return [value for release in self.releases for value in release.floats]

    @property
    def limits(self) -> tuple[float | None, float | None]:
        own = (self.characteristic.lower, self.characteristic.upper)
        return tuple(None if limit is None else float(limit) for limit in own)

    @cached_property
    def resolution(self) -> float:
        """Return the step the gauge is taken to see: the finest written, at most a tenth of the tolerance."""
        digits = [
            -value.normalize().as_tuple().exponent for release in self.releases for value in release.values
        ]
        step = 10.0 ** -max(digits, default=0)
        lower, upper = self.limits
        return step if lower is None or upper is None or lower == upper else min(step, (upper - lower) / 10)

    @cached_property
    def chart(self) -> Chart | None:
        """Return the control chart that fits the data; None below two values."""
        return (
            None
            if len(self.values) < 2
            else chart_of([each.floats for each in self.releases], rules=self.rules)
        )

    def get_side_label(self) -> str:
        return "Before finish" if self.side == "before" else "After finish"

    def drawn_as(self, kind: str) -> Chart | None:
        """Return the chart a person asks for; None where the releases do not allow it."""
        groups = [each.floats for each in self.releases]
        try:
            if kind == "i_mr":
                return individuals(self.values, rules=self.rules)
            return DRAWN[kind](groups, rules=self.rules)
        except (KeyError, ValueError):
            return None

    @cached_property
    def capability(self) -> Capability | None:
        """Return the indices of all values; None without limits, or where nothing differs."""
        lower, upper = self.limits
        if self.chart is None or self.chart.sigma <= 0 or (lower is None and upper is None):
            return None
        return capability(
            self.values,
            lower=lower,
            upper=upper,
            sigma_within=self.chart.sigma,
            is_in_control=self.chart.is_in_control,
        )

    @cached_property
    def base_until(self) -> int:
        """Return how many releases, from the first article's on, make the baseline; 0 without one.

        Releases join until there are five values; those before the first article are shown and not judged.
        """
        start = self.starts_at
        if start is None:
            return 0
        count = 0
        for at in range(start, len(self.releases)):
            count += len(self.releases[at].values)
            if count >= 5:
                return at + 1
        return 0

    @cached_property
    def starts_at(self) -> int | None:
        """Return the place of the release the approved first article was measured on."""
        if self.first_article is None:
            return None
        root = root_of(self.first_article.traveler.number)
        return next((at for at, release in enumerate(self.releases) if release.lot == root), None)

    @cached_property
    def baseline(self) -> Baseline | None:
        if not self.base_until:
            return None
        pooled = [value for each in self.releases[self.starts_at : self.base_until] for value in each.floats]
        return baseline_of(pooled, resolution=self.resolution)

    @property
    def judged(self) -> tuple[Release, ...]:
        """Return the releases after the baseline, which its limits judge."""
        return self.releases[self.base_until :] if self.baseline else ()

    @cached_property
    def restarts(self) -> frozenset[int]:
        """Return the places among the judged releases after which the charts begin anew: where an alarm ended."""
        found = set()
        for alarm in self.alarms:
            if alarm.is_standing:
                continue
            ended = alarm.close_signature.signed_at if alarm.recovered_at is None else None
            last = root_of((alarm.lot if ended else alarm.recovered_lot).number)
            places = [
                at
                for at, release in enumerate(self.judged)
                if release.lot == last or (ended is not None and release.at <= ended)
            ]
            found |= {places[-1]} if places else set()
        return frozenset(found)

    @cached_property
    def points(self) -> list[Point]:
        """Return the drift charts of the judged releases."""
        if self.baseline is None:
            return []
        return drift([release.floats for release in self.judged], self.baseline, restarts=self.restarts)

    @cached_property
    def broken_rules(self) -> dict[int, list[str]]:
        """Return, by the place of the judged release that completes them, the chosen run rules its mean breaks.

        Empty while no rule was chosen: then only the drift charts raise alarms.
        """
        found: dict[int, list[str]] = defaultdict(list)
        if self.baseline is not None and self.choice and self.choice.rules:
            judged = [release.floats for release in self.judged]
            for each in release_signals(judged, self.baseline, rules=self.rules, restarts=self.restarts):
                found[each.at].append(WORDS[each.rule])
        return dict(found)

    @property
    def standing_alarm(self) -> DriftAlarm | None:
        return next((alarm for alarm in self.alarms if alarm.is_standing), None)

    @property
    def pressure(self) -> float:
        """Return how near its drift limit the latest release stands: 1 at the limit, 0 at the centre or unjudged."""
        return self.points[-1].pressure if self.points else 0.0


def root_of(number: str) -> str:
    """Return the number of the lot a lot was split from at last."""
    return number.partition("/")[0]


def histories_of(part: Part, *, only: Iterable[int] | None = None) -> list[History]:
    """Return every measured characteristic of a part with its releases; five statements, however many there are.

    only: keys of characteristics; those of other revisions with the same requirement come along.
    """
    rows = list(
        Characteristic.objects.filter(part_revision__part=part)
        .select_related("part_revision__part")
        .order_by("part_revision_id", "position")
    )
    identity = {row.pk: requirement_of(row) for row in rows}
    if only is not None:
        wanted = {identity[key] for key in only if key in identity}
        rows = [row for row in rows if identity[row.pk] in wanted]
    latest = {identity[row.pk]: row for row in rows}
    values = values_of([row.pk for row in rows], identity)
    articles = {
        each.part_revision_id: each
        for each in FirstArticle.objects.filter(part_revision__part=part, state__in=FirstArticle.STANDING)
        .select_related("traveler", "approved_signature__person")
        .defer("forms")
        .order_by("pk")
    }
    alarms = defaultdict(list)
    for alarm in DriftAlarm.objects.filter(characteristic__in=[row.pk for row in rows]).select_related(
        "lot", "recovered_lot", "close_signature", "owner"
    ):
        alarms[identity[alarm.characteristic_id], alarm.side].append(alarm)
    # in the order they were made, so that the latest stays
    choices = {
        (identity[choice.characteristic_id], choice.side): choice
        for choice in RunRuleChoice.objects.filter(characteristic__in=[row.pk for row in rows])
        .select_related("chosen_by")
        .order_by("pk")
    }
    revisions = defaultdict(list)
    for row in rows:
        revisions[identity[row.pk]].append(row.part_revision_id)
    return [
        History(
            latest[key],
            side,
            releases,
            _standing_for(revisions[key], articles, releases),
            tuple(alarms[key, side]),
            choices.get((key, side)),
        )
        for (key, side), releases in values.items()
    ]


def _standing_for(
    revisions: list[int], articles: dict[int, FirstArticle], releases: tuple[Release, ...]
) -> FirstArticle | None:
    """Return the approved first article of the latest revision that measured this characteristic on its lot."""
    lots = {release.lot for release in releases}
    found = [articles[each] for each in revisions if each in articles]
    return next((each for each in reversed(found) if root_of(each.traveler.number) in lots), None)


def requirement_of(row: Characteristic) -> tuple:
    """Return what makes two rows of different revisions the same requirement."""
    return (row.balloon, row.name.casefold(), row.unit, row.nominal, row.lower, row.upper)


def values_of(keys: list[int], identity: dict[int, tuple]) -> dict[tuple, tuple[Release, ...]]:
    """Return the releases of each (identity, side), in the order of the keys; one statement."""
    rows = (
        Measurement.objects.standing()
        .filter(characteristic__in=keys, record__state=InspectionRecord.COMPLETED, value__isnull=False)
        .exclude(record__kind=InspectionRecord.CUSTOMER)
        .order_by("record__completed_at", "pk")
        .values_list(
            "characteristic_id",
            "side",
            "record__traveler__number",
            "serial",
            "value",
            "record__completed_at",
            "record__traveler__route_revision__part_revision__part__is_serialized",
        )
    )
    pieces: dict[tuple, dict[str, dict[tuple, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    ends: dict[tuple, datetime] = {}
    for key, side, number, serial, value, at, is_serialized in rows:
        what, lot = (identity[key], side), root_of(number)
        piece = (serial,) if is_serialized else (number, serial)
        # a piece measured again moves to its later place
        pieces[what][lot].pop(piece, None)
        pieces[what][lot][piece] = value
        ends[what, lot] = at
    order = {identity[key]: place for place, key in enumerate(keys)}
    return {
        what: tuple(
            Release(lot, tuple(found.values()), ends[what, lot])
            for lot, found in sorted(lots.items(), key=lambda each: (ends[what, each[0]], each[0]))
        )
        for what, lots in sorted(pieces.items(), key=lambda each: (order[each[0][0]], each[0][1]))
    }
