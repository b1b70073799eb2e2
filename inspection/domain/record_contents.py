"""What the signature of an inspection covers, and whether it is still so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from inspection.domain.measurements import record_serials
from inspection.models import InspectionRecord, Measurement
from portal.domain.canonical import plain
from portal.domain.signatures import altered, read_signed
from routes.domain.lots import lineage, steps_of

# of one value, as it is signed
SIGNED = ("characteristic__uuid", "serial", "side", "value", "verdict")

# how people call what is signed, where its name does not say it
CALLED = {
    "plan": "the checks it was planned with",
    "plan.*": "the {name} of a planned check",
    "values": "its measured values",
}


def values_of(record: InspectionRecord) -> QuerySet[Measurement]:
    """Return the standing values that count for an inspection.

    Its own; and those its pieces were given at the same operation before they were set apart into this lot, as
    long as no work was done on them since.
    """
    own = Q(record=record)
    if record.step is None:
        return Measurement.objects.standing().filter(own)
    ancestors = [lot.pk for lot, _ in lineage(record.traveler)[1:]]
    if ancestors:
        signed = [step.signed_at for step in steps_of(record.traveler) if step.signed_at]
        inherited = Q(
            record__traveler__in=ancestors,
            record__step__operation=record.step.operation_id,
            record__step__pass_number=record.step.pass_number,
            serial__in=record_serials(record),
        )
        own |= (inherited & Q(recorded_at__gt=max(signed))) if signed else inherited
    return Measurement.objects.standing().filter(own)


def content_of(record: InspectionRecord) -> dict:
    """Return what the completion signature covers: the plan and every standing value."""
    return _content(record, [_plain(row) for row in values_of(record).order_by("pk").values_list(*SIGNED)])


def altered_since_completion(record: InspectionRecord) -> str:
    """Return what of a completed inspection is no longer as it was signed, in a sentence; nothing otherwise."""
    return altered_inspections([record.number]).get(record.number, "")


def altered_inspections(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each completed inspection by number what is no longer as it was signed; an intact one is left out.

    A value of an inspection of the lot its pieces were set apart from stays signed, whatever is done with them since.
    """
    signed = InspectionRecord.objects.filter(number__in=set(numbers)).exclude(completion_signature=None)
    records = list(signed.select_related("completion_signature", "traveler", "step"))
    own = defaultdict(list)
    values = Measurement.objects.standing().filter(record__in=records).order_by("pk")
    for key, *row in values.values_list("record_id", *SIGNED):
        own[key].append(_plain(row))
    said = {
        record.number: altered(
            record.completion_signature,
            noun="inspection",
            number=record.number,
            content=_content(record, _still_standing(record, own[record.pk])),
            words=CALLED,
        )
        for record in records
    }
    return {number: words for number, words in said.items() if words}


def _still_standing(record: InspectionRecord, own: list[list]) -> list[list]:
    """Return the signed values that still stand, in the order they were signed, then those nobody signed."""
    if record.traveler.parent_id is None or record.step is None:
        return own
    signed = ((read_signed(record.completion_signature) or {}).get("content") or {}).get("values")
    if not isinstance(signed, list) or signed == own:
        return own
    inherited = Measurement.objects.standing().filter(
        record__traveler__in=[lot.pk for lot, _ in lineage(record.traveler)[1:]],
        record__step__operation=record.step.operation_id,
        record__step__pass_number=record.step.pass_number,
    )
    there = Counter(map(tuple, own)) + Counter(tuple(_plain(row)) for row in inherited.values_list(*SIGNED))
    kept = []
    for row in signed:
        if isinstance(row, list) and there[tuple(row)]:
            there[tuple(row)] -= 1
            kept.append(row)
    return kept + [row for row in own if row not in signed]


def _content(record: InspectionRecord, values: list[list]) -> dict:
    return {"lot": record.traveler.number, "kind": record.kind, "plan": record.plan, "values": values}


def _plain(row: Iterable) -> list:
    uuid, *rest = row
    return plain([str(uuid), *rest])
