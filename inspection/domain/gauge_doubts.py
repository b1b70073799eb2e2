"""Readings in doubt: taken with a gauge that was found out of tolerance, since its last good calibration.

They stop their lot until they are measured again or somebody who took none of them judges them still valid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from inspection.models import InspectionRecord, Measurement, ReadingsJudgement
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from portal.permissions import require_quality
from routes.domain.lots import lineage, lock_lots, require_in_house
from routes.models import Calibration, ComponentUse, Gauge, Traveler


class NotMeasuredAgain(Refused):
    """A reading in doubt has no later one beside it."""

    code = "not-measured-again"


@dataclass(frozen=True)
class Finding:
    """One day on which a gauge was found out of tolerance; `since` is the day of its last good calibration.

    Without a good one before, everything it ever read up to that day is in doubt.
    """

    gauge: Gauge
    found_on: date
    since: date | None

    @property
    def days(self) -> str:
        since = f"since {self.since:%-d %b %Y}" if self.since else "at any time before"
        return f"{since}, up to {self.found_on:%-d %b %Y}"


@dataclass
class DoubtedLot:
    """One lot with readings of a finding: how many, and how many nobody has decided on."""

    lot: Traveler
    readings: list[Measurement] = field(default_factory=list)
    undecided: list[Measurement] = field(default_factory=list)

    @property
    def has_left(self) -> bool:
        return self.lot.state == Traveler.SHIPPED


def findings_of(gauge: Gauge) -> list[Finding]:
    """Return the days a gauge was found out of tolerance, the latest first.

    Source:  ISO 9001:2015 7.1.5.2; release rule 45.
    """
    known = list(Calibration.objects.filter(gauge=gauge).order_by("calibrated_on", "pk"))
    bad = sorted({each.calibrated_on for each in known if not each.was_found_in_tolerance}, reverse=True)
    good = [each.calibrated_on for each in known if each.is_in_tolerance]
    return [Finding(gauge, day, max((each for each in good if each < day), default=None)) for day in bad]


def finding_of(gauge: Gauge, found_on: date) -> Finding | None:
    """Return the finding of one day, or nothing where the gauge was not found bad that day."""
    return next((each for each in findings_of(gauge) if each.found_on == found_on), None)


def readings_in_doubt(finding: Finding) -> QuerySet[Measurement]:
    """Return every standing result of a gauge since its last good calibration, both days included.

    Withdrawn results and those of inspections without effect are none. Judged ones stay on the list.
    Source:  release rule 45.
    """
    found = (
        Measurement.objects.standing()
        .filter(gauge=finding.gauge, measured_on__lte=finding.found_on)
        .exclude(record__state=InspectionRecord.VOIDED)
    )
    if finding.since is not None:
        found = found.filter(measured_on__gte=finding.since)
    return found.order_by("pk")


def lots_in_doubt(finding: Finding) -> list[DoubtedLot]:
    """Return every lot that has readings of a finding, its own or inherited, shipped ones too, in number order."""
    readings = list(readings_in_doubt(finding).select_related("record__traveler"))
    roots = {each.record.traveler.number for each in readings}
    family = Q(pk__in=[])
    for number in roots:
        family |= Q(number=number) | Q(number__startswith=f"{number}/")
    lots = Traveler.objects.filter(family).select_related(
        "order_line__order__customer", "route_revision__part_revision__part"
    )
    judged = _judged(finding)
    found = []
    for lot in lots.order_by("number"):
        own = _inherited(lot, readings)
        if own:
            done = _decided_for(lot, judged)
            found.append(DoubtedLot(lot, own, [each for each in own if each.pk not in done]))
    return found


def readings_of(finding: Finding, lot: Traveler) -> DoubtedLot:
    """Return the readings of a finding that count for one lot."""
    numbers = [each.number for each, _ in lineage(lot)]
    readings = readings_in_doubt(finding).filter(record__traveler__number__in=numbers)
    own = _inherited(lot, list(readings.select_related("record", "characteristic", "recorded_by")))
    done = _decided_for(lot, _judged(finding))
    return DoubtedLot(lot, own, [each for each in own if each.pk not in done])


def _inherited(lot: Traveler, readings: list[Measurement]) -> list[Measurement]:
    until = {each.pk: moment for each, moment in lineage(lot)}
    return [
        each
        for each in readings
        if each.record.traveler_id in until
        and (until[each.record.traveler_id] is None or each.recorded_at <= until[each.record.traveler_id])
    ]


def _judged(finding: Finding) -> list[ReadingsJudgement]:
    return list(ReadingsJudgement.objects.filter(gauge=finding.gauge, found_on=finding.found_on))


def _decided_for(lot: Traveler, judged: list[ReadingsJudgement]) -> set[int]:
    until = {each.pk: moment for each, moment in lineage(lot)}
    return {
        key
        for each in judged
        if each.traveler_id in until
        and (until[each.traveler_id] is None or each.decided_at <= until[each.traveler_id])
        for key in each.measurements
    }


@transaction.atomic
def judge_readings(
    *,
    by: Person,
    gauge: Gauge,
    found_on: date,
    traveler: Traveler,
    outcome: str,
    reason: str,
    token: str,
) -> ReadingsJudgement:
    """Decide on the readings of one bad finding in one lot: still valid, or measured again.

    It covers the readings there are now; one entered later is in doubt anew.

    Raises:  NotEntitled for whoever is not of quality, or took one of the readings; NotTheMoment when the gauge was not
             found bad that day or nothing is undecided; LotHasLeft; Incomplete without a reason; NotMeasuredAgain
             naming the first reading without a good one after it; CredentialRefused.
    Source:  ISO 9001:2015 7.1.5.2; release rule 45.
    """
    require_quality(by, "judge readings in doubt")
    [lot] = lock_lots([traveler.number])
    if not is_built_into_what_is_here(lot):
        require_in_house(lot, "a judgement of its readings")
    finding = finding_of(gauge, found_on)
    if finding is None:
        raise NotTheMoment(f"Gauge {gauge.number} was not found out of tolerance on {found_on:%-d %b %Y}.")
    undecided = readings_of(finding, lot).undecided
    _require_judgeable(by, finding, lot, undecided, reason)
    if outcome == ReadingsJudgement.REMEASURED:
        _require_measured_again(lot, undecided)
    judgement = ReadingsJudgement(
        gauge=gauge,
        found_on=found_on,
        traveler=lot,
        outcome=outcome,
        reason=reason.strip(),
        measurements=[each.pk for each in undecided],
        decided_at=timezone.now(),
    )
    judgement.signature = sign(
        by=by,
        token=token,
        meaning=Signature.DISPOSITIONED,
        noun="gauge",
        number=gauge.number,
        content={
            "lot": lot.number,
            "found_on": found_on,
            "outcome": outcome,
            "reason": judgement.reason,
            "readings": [_words(each) for each in undecided],
        },
        act=Authority.DISPOSITION,
        customer=lot.order_line.order.customer,
        made_by=[each.recorded_by for each in undecided],
    )
    judgement.save()
    record_event(
        by=by,
        verb="judge readings of",
        noun="gauge",
        number=gauge.number,
        lots=[lot.number],
        data={
            "found_on": found_on,
            "outcome": outcome,
            "reason": judgement.reason,
            "readings": len(undecided),
        },
    )
    return judgement


def is_built_into_what_is_here(lot: Traveler) -> bool:
    """Say whether pieces of a lot are in an assembly that has not left: they are judged even where others left."""
    used = ComponentUse.objects.filter(source_lot=lot)
    into = used.exclude(traveler__state__in=[Traveler.SHIPPED, Traveler.CLOSED]).values("traveler")
    return any(row["pieces"] > 0 for row in into.annotate(pieces=Sum("quantity")))


def _require_judgeable(
    by: Person, finding: Finding, lot: Traveler, undecided: list[Measurement], reason: str
) -> None:
    if not undecided:
        raise NotTheMoment(
            f"No reading of gauge {finding.gauge.number} in lot {lot.number} is undecided. Reload the page."
        )
    if any(each.recorded_by_id == by.pk for each in undecided):
        raise NotEntitled(
            f"{by.printed_name} took readings of gauge {finding.gauge.number} in lot {lot.number}; somebody else of "
            "quality judges whether they still hold."
        )
    if not reason.strip():
        raise Incomplete(
            f"Say what was looked at to decide on the readings of gauge {finding.gauge.number} in lot {lot.number}; "
            "the reason is signed with it."
        )


def _require_measured_again(lot: Traveler, doubted: list[Measurement]) -> None:
    """Refuse unless each piece has a later good value of the same characteristic, taken with a gauge not in doubt."""
    until = {each.pk: moment for each, moment in lineage(lot)}
    later = Measurement.objects.standing().filter(
        record__traveler__in=list(until), verdict=Measurement.PASS, gauge__isnull=False
    )
    bad = {each.pk for each in doubted}
    suspects: dict[int, list[Finding]] = {}
    good: dict[tuple[int, str], int] = {}
    for each in later.exclude(record__state=InspectionRecord.VOIDED).select_related("gauge").order_by("pk"):
        found = suspects.setdefault(each.gauge_id, findings_of(each.gauge))
        if each.pk not in bad and not any(_is_within(finding, each.measured_on) for finding in found):
            good[each.characteristic_id, each.serial] = each.pk
    for each in doubted:
        if good.get((each.characteristic_id, each.serial), 0) <= each.pk:
            raise NotMeasuredAgain(
                f"{_words(each)} has no later good value in lot {lot.number} taken with another gauge. Measure it "
                "again, or say why the reading still holds."
            )


def _is_within(finding: Finding, day: date) -> bool:
    return day <= finding.found_on and (finding.since is None or day >= finding.since)


def _words(reading: Measurement) -> str:
    return f"Characteristic {reading.characteristic.balloon} of piece {reading.serial} in {reading.record.number}"
