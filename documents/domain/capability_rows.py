"""What a package says of the capability of key characteristics, and of alarms that touch what it ships."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from documents.domain.measured import plain_number
from inspection.domain.drift_alarms import sentence_of
from inspection.domain.pictures import figure, short
from inspection.domain.releases import History, histories_of, root_of
from inspection.domain.spc.charts import PROVISIONAL_BELOW
from inspection.models import DriftAlarm
from routes.models import Characteristic, PartRevision, Traveler

# of a long history the latest values are drawn; the figures rest on all of them
MOST_VALUES = 300
# one value has no spread, so there is nothing to draw or to say
LEAST_VALUES = 2


def capability_entries(lots: Iterable[Traveler]) -> list[dict]:
    """Return one entry a key characteristic with its values over all releases, and one where an alarm stands.

    One statement, and five a part that has any. Nothing of a part without key characteristics and without alarms.
    """
    lots = list(lots)
    shipped = {root_of(lot.number) for lot in lots}
    made_by = (
        PartRevision.objects.filter(route_revisions__travelers__in=lots).select_related("part").distinct()
    )
    revisions = {revision.pk: revision.part for revision in made_by.order_by("pk")}
    parts = {part.pk: part for part in revisions.values()}
    found = []
    for part in parts.values():
        own = Characteristic.objects.filter(part_revision__part=part)
        is_key = ~Q(designator="") & Q(part_revision__in=revisions)
        is_told = (
            is_key | Q(drift_alarms__state__in=DriftAlarm.STANDING) | Q(drift_alarms__lot__number__in=shipped)
        )
        wanted = list(own.filter(is_told).distinct().values_list("pk", flat=True))
        if wanted:
            found += [_entry(each, shipped) for each in histories_of(part, only=wanted)]
    return [entry for entry in found if len(entry["values"]) >= LEAST_VALUES]


def _entry(history: History, shipped: set[str]) -> dict:
    each = history.characteristic
    values = [value for release in history.releases for value in release.values]
    return {
        "balloon": each.balloon,
        "name": each.name,
        "requirement": each.requirement,
        "designator": each.designator,
        "unit": each.unit,
        "side": history.get_side_label() if each.side != "unspecified" else "",
        "lower": plain_number(each.lower),
        "nominal": plain_number(each.nominal),
        "upper": plain_number(each.upper),
        "releases": _releases(history),
        "values": [plain_number(value) for value in values[-MOST_VALUES:]],
        "count": len(values),
        "is_provisional": len(values) < PROVISIONAL_BELOW,
        **_figures(history),
        "alarms": [_alarm(alarm) for alarm in _alarms_told(history, shipped)],
    }


def _releases(history: History) -> list[dict]:
    """Return the releases whose values are drawn, each with how many of them are."""
    left, found = MOST_VALUES, []
    for release in reversed(history.releases):
        if left <= 0:
            break
        found.append({"lot": short(release.lot), "pieces": min(left, len(release.values))})
        left -= len(release.values)
    return found[::-1]


def _figures(history: History) -> dict:
    found = history.capability
    if found is None or found.main is None:
        return {}
    return {
        "index": found.main_name,
        "index_value": f"{found.main.value:.2f}",
        "bound": f"{found.main.bound:.2f}",
        "mean": figure(found.mean),
        "sigma": figure(found.sigma_within if found.is_in_control else found.sigma_overall),
        "is_in_control": found.is_in_control,
        "center": figure(history.chart.location.center),
        "normality": ""
        if found.normality is None
        else ("doubtful" if found.normality.is_doubtful else "not contradicted"),
        "baseline": history.baseline.assumption if history.baseline else "",
    }


def _alarms_told(history: History, shipped: set[str]) -> list[DriftAlarm]:
    return [alarm for alarm in history.alarms if alarm.is_standing or root_of(alarm.lot.number) in shipped]


def _alarm(alarm: DriftAlarm) -> dict:
    return {
        "number": alarm.number,
        "state": alarm.get_state_display(),
        "sentence": sentence_of(alarm),
        "cause": alarm.cause,
        "recovered": f"{alarm.releases_to_recover} releases, {alarm.days_to_recover} days"
        if alarm.recovered_at
        else "",
    }
