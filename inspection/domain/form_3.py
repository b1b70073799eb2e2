"""Form 3 of a first article: one row a characteristic, one more for each value that is not to the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from inspection.domain.as9102 import EDITIONS
from inspection.domain.evaluated import scope_of, young_enough
from inspection.domain.windows import windows_of
from inspection.models import FirstArticle, InspectionRecord, Measurement, Nonconformance
from routes.domain.lots import lineage
from routes.models import Characteristic, Operation, PlannedCheck

SIDES = ("before", "after")


@dataclass(frozen=True)
class _Added:
    """What stands beside the values: what a person added, where it was checked, what was reported."""

    tooling: str
    comment: str
    number: str


def form_3(first_article: FirstArticle) -> list[dict]:
    """Return the rows of Form 3: its numbered fields, and what the page draws beside them.

    A characteristic that holds before and after finish shows both values in one row; a value that is not to the
    drawing has a row of its own with its nonconformance. A partial FAIR shows what was measured since its trigger.

    Units:   values in the unit of the requirement, to the resolution of its limits or finer.
    Source:  AS9102 Form 3: fields 5 to 11 of both editions, comments in 12 of Rev C and 14 of Rev B; release rules 7,
             9, 16.
    """
    comment = EDITIONS[first_article.form_revision].comment
    added = {line.characteristic_id: line for line in first_article.lines.all()}
    results = results_of(first_article)
    reported = _nonconformances_of(first_article)
    checked_at = _operations_of_checks(first_article)
    rows = []
    for characteristic in _characteristics_of(first_article, results, added):
        line = added.get(characteristic.pk)
        words = _Added(
            tooling=line.tooling if line else "",
            comment=(line.comment if line else "") or checked_at.get(characteristic.pk, ""),
            number=reported.by_characteristic.get(characteristic.pk, ""),
        )
        rows += _rows_of(characteristic, results.get(characteristic.pk, []), words, reported)
    for row in rows:
        # both editions tell their comments; only the number of the field differs
        row[comment] = row.pop("comment")
    return rows


def _characteristics_of(first_article: FirstArticle, results: dict, added: dict) -> list[Characteristic]:
    """Return what the form accounts for: everything but reference dimensions; of a partial one, what is affected."""
    found = Characteristic.objects.filter(part_revision=first_article.part_revision, is_reference=False)
    if first_article.extent == FirstArticle.FULL:
        return list(found)
    if first_article.evaluation_id is not None:
        scope = scope_of(first_article)
        return [each for each in found if str(each.identity) in scope]
    return [each for each in found if each.pk in results or each.pk in added]


def _rows_of(
    characteristic: Characteristic, values: list[Measurement], words: _Added, reported: Reported
) -> list[dict]:
    failing = [value for value in values if value.verdict == Measurement.FAIL]
    conforming = [value for value in values if value not in failing]
    rows = [_row(characteristic, conforming, words, words.number)] if conforming or not failing else []
    rows += [_row(characteristic, [value], words, reported.of(value)) for value in failing]
    for place, row in enumerate(rows, start=1):
        row["row"] = characteristic.balloon if place == 1 else f"{characteristic.balloon}/{place}"
    return rows


def _row(characteristic: Characteristic, values: list[Measurement], words: _Added, number: str) -> dict:
    return {
        "5": characteristic.balloon,
        "6": characteristic.zone,
        "7": characteristic.designator,
        "8": characteristic.requirement,
        "9": " / ".join(result_text(value, characteristic) for value in values),
        "10": words.tooling,
        "11": number,
        "comment": words.comment,
        "is_failing": any(value.verdict == Measurement.FAIL for value in values),
        "is_attribute_of_limits": bool(values)
        and characteristic.has_limits
        and all(value.value is None for value in values),
        "scale": _scale(characteristic, values),
    }


def _scale(characteristic: Characteristic, values: list[Measurement]) -> dict | None:
    """Return the limits and values as text, for the bar that shows where a value lies; None without them."""
    numbers = [value.value for value in values if value.value is not None]
    if not numbers or not characteristic.has_limits:
        return None
    limits = {name: getattr(characteristic, name) for name in ("lower", "nominal", "upper")}
    return {
        **{name: plain(number) for name, number in limits.items() if number is not None},
        "values": [plain(number) for number in numbers],
    }


def plain(number: Decimal) -> str:
    """Return a number without trailing zeros and without exponent."""
    return f"{number.normalize():f}"


def result_text(measurement: Measurement, characteristic: Characteristic) -> str:
    """Return field 9 of one value: the number to the resolution of the limits, or what an attribute check found.

    Source: AS9102 Rev C field 9; digits beyond the limits' own stay, as rounding could hide a value out of limits.
    """
    if measurement.value is None:
        return "Accept" if measurement.verdict == Measurement.PASS else "Reject"
    digits = max(_decimals(measurement.value), resolution_of(characteristic))
    return f"{measurement.value:.{digits}f}"


def resolution_of(characteristic: Characteristic) -> int:
    """Return the decimals of the finest of nominal and limits."""
    numbers = (characteristic.nominal, characteristic.lower, characteristic.upper)
    return max((_decimals(number) for number in numbers if number is not None), default=0)


def _decimals(number: Decimal) -> int:
    return max(0, -number.normalize().as_tuple().exponent)


def trigger_of(first_article: FirstArticle) -> datetime | None:
    """Return the moment after which a partial FAIR takes results: the approval its baseline rests on.

    Source:  release rule 16: a result that was on record when the baseline was approved is a copy of it.
    """
    if first_article.extent == FirstArticle.FULL or first_article.baseline is None:
        return None
    signature = first_article.baseline.approved_signature
    return signature.signed_at if signature else None


def results_of(first_article: FirstArticle) -> dict[int, list[Measurement]]:
    """Return the standing measurements of the piece by characteristic: before the finish, then after it.

    What the customer measured stands beside ours and fills no field; neither does what was held to a window before a
    finish, because the drawing's limits are another matter.
    """
    lots = [lot.pk for lot, _ in lineage(first_article.traveler)]
    lots += list(first_article.traveler.children.values_list("pk", flat=True))
    values = (
        Measurement.objects.standing()
        .filter(
            record__traveler__in=lots,
            serial=first_article.serial,
            record__state__in=[InspectionRecord.OPEN, InspectionRecord.COMPLETED],
        )
        .exclude(record__kind=InspectionRecord.CUSTOMER)
        .select_related("record", "recorded_by", "characteristic")
    )
    if (trigger := trigger_of(first_article)) is not None:
        values = values.filter(recorded_at__gt=trigger)
    found: dict[int, dict[str, Measurement]] = {}
    for value in young_enough(first_article, values.order_by("pk")):
        if value.side == PlannedCheck.BEFORE and str(value.characteristic.uuid) in windows_of(value.record):
            continue
        found.setdefault(value.characteristic_id, {})[value.side] = value
    return {pk: [sides[side] for side in SIDES if side in sides] for pk, sides in found.items()}


@dataclass(frozen=True)
class Reported:
    """The nonconformances of the piece: by the value they were opened on, by characteristic, and the last of them.

    Several failing values of one piece may stand in one nonconformance, which is filed under the first of them.
    """

    by_value: dict[int, str]
    by_characteristic: dict[int, str]
    last: str = ""

    def of(self, value: Measurement) -> str:
        """Return the number that belongs to one failing value."""
        return self.by_value.get(value.pk) or self.by_characteristic.get(value.characteristic_id) or self.last


def _nonconformances_of(first_article: FirstArticle) -> Reported:
    lots = [lot.pk for lot, _ in lineage(first_article.traveler)]
    found = list(
        Nonconformance.objects.filter(
            found_on_traveler__in=lots, serials__contains=[first_article.serial]
        ).order_by("pk")
    )
    return Reported(
        by_value={each.measurement_id: each.number for each in found if each.measurement_id},
        by_characteristic={each.characteristic_id: each.number for each in found if each.characteristic_id},
        last=found[-1].number if found else "",
    )


def _operations_of_checks(first_article: FirstArticle) -> dict[int, str]:
    """Say for each characteristic at which operations it was verified, as features are lost later."""
    checks = PlannedCheck.objects.filter(
        operation__route_revision=first_article.route_revision, operation__kind=Operation.INSPECT
    ).select_related("operation")
    found: dict[int, list[str]] = {}
    for check in checks.order_by("operation__sequence", "pk"):
        words = f"{check.side} finish, operation {check.operation.sequence}"
        found.setdefault(check.characteristic_id, []).append(words)
    return {pk: "; ".join(words) for pk, words in found.items()}
