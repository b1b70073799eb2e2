"""Values of a package that a gauge read which was later found bad: what was decided on them, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence

from documents.domain.measured import SIDES
from inspection.models import Measurement, ReadingsJudgement
from routes.models import Traveler

Values = Sequence[tuple[Traveler, Measurement]]


def judged_readings(values: Values) -> dict[str, list[dict]]:
    """Return what a package says of judged readings among its values, one entry a judgement; nothing without one.

    One statement, whatever the values. A value measured again since is told by its new reading and not here.
    Source:  ISO 9001:2015 7.1.5.2 (action taken on results of a gauge found unfit).
    """
    gauges = {row.gauge_id for _, row in values if row.gauge_id}
    found = (
        ReadingsJudgement.objects.filter(gauge__in=gauges).select_related("gauge", "signature").order_by("pk")
        if gauges
        else []
    )
    entries = [_entry(each, own) for each in found if (own := _named(each, values))]
    return {"judged_readings": entries} if entries else {}


def _named(judgement: ReadingsJudgement, values: Values) -> list[tuple[Traveler, Measurement]]:
    """Return the values a judgement names; each stands in the package once for every lot it counts for."""
    named = set(judgement.measurements)
    return [(lot, row) for lot, row in values if row.pk in named]


def _entry(judgement: ReadingsJudgement, values: Values) -> dict:
    pieces: dict[tuple[str, str, str, str], list[str]] = {}
    for lot, row in values:
        each = row.characteristic
        key = (lot.number, each.balloon, each.name, SIDES.get(row.side, ""))
        pieces.setdefault(key, []).append(row.serial)
    return {
        "gauge": judgement.gauge.number,
        "kind": judgement.gauge.kind,
        "found_on": judgement.found_on.isoformat(),
        "outcome": judgement.get_outcome_display(),
        "reason": judgement.reason,
        "by": judgement.signature.printed_name,
        "title": judgement.signature.title,
        "at": judgement.decided_at.isoformat(),
        # a plain "values" would be the method of a dict in a template
        "values_judged": [
            {"lot": lot, "balloon": balloon, "name": name, "side": side, "pieces": own}
            for (lot, balloon, name, side), own in pieces.items()
        ],
    }
