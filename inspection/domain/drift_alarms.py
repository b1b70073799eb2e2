"""Drift alarms: opened by themselves when a release crosses a limit, answered, recovered, closed by a second person."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from inspection.domain.releases import History, histories_of, requirement_of
from inspection.domain.spc.release_rules import direction_of
from inspection.models import DriftAlarm, InspectionRecord
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from portal.permissions import QUALITY, require_quality
from portal.queue import enqueue
from routes.models import Characteristic, PlannedCheck, Traveler

REVIEW = "review_drift"
DAYS_TO_ANSWER = 5
# so many releases one after another inside the limits of the average end an alarm
RELEASES_TO_RECOVER = 3
RULES = "rules"


class SecondPersonNeeded(Refused):
    """Who answered the alarm would close it as well."""

    code = "second-person-needed"


def ask_for_review(record: InspectionRecord) -> None:
    """Have the drift of everything this completed inspection measured looked at, after the commit."""
    enqueue(
        REVIEW,
        unique_key=f"{REVIEW} {record.number} {record.completion_signature_id}",
        arguments={"inspection": record.number},
    )


@transaction.atomic
def review_inspection(*, record: InspectionRecord, at: datetime | None = None) -> list[DriftAlarm]:
    """Open and end the alarms that the releases up to now call for; looking twice changes nothing more.

    Only what this inspection measured is looked at. Returns the alarms that were opened or ended.
    """
    measured = sorted(set(record.measurements.standing().values_list("characteristic_id", flat=True)))
    if not measured:
        return []
    # one at a time for a characteristic, so that two releases never open it twice
    list(Characteristic.objects.select_for_update(of=("self",)).filter(pk__in=measured).order_by("pk"))
    part = record.traveler.route_revision.part_revision.part
    found = [_review(history, at or timezone.now()) for history in histories_of(part, only=measured)]
    return [alarm for alarm in found if alarm is not None]


def _review(history: History, at: datetime) -> DriftAlarm | None:
    if not history.points:
        return None
    standing = history.standing_alarm
    if standing is not None:
        return _recover(standing, history, at)
    since = max(history.restarts, default=-1) + 1
    crossed = next(
        (
            place
            for place in range(since, len(history.points))
            if history.points[place].crossed or place in history.broken_rules
        ),
        None,
    )
    return None if crossed is None else _open(history, crossed, at)


def _open(history: History, place: int, at: datetime) -> DriftAlarm:
    point, release = history.points[place], history.judged[place]
    chart, direction = point.crossed or (RULES, direction_of(release.floats, history.baseline))
    alarm = DriftAlarm.objects.create(
        number=next_number("DA"),
        characteristic=history.characteristic,
        side=history.side,
        chart=chart,
        direction=direction,
        lot=Traveler.objects.get(number=release.lot),
        figures=_figures(history, place),
        opened_at=at,
        owner=_owner(history),
        due_on=timezone.localdate(at) + timedelta(days=DAYS_TO_ANSWER),
    )
    record_event(
        by=None,
        verb="raise",
        noun="drift alarm",
        number=alarm.number,
        lots=[release.lot],
        data={"characteristic": history.characteristic.balloon, "changes": sentence_of(alarm)},
    )
    return alarm


def _figures(history: History, place: int) -> dict:
    point, baseline = history.points[place], history.baseline
    numbers = {
        "baseline_mean": baseline.mean,
        "baseline_sigma": baseline.sigma,
        "mean": point.mean,
        "average": point.ewma,
        "lower": point.lower,
        "upper": point.upper,
        "sum_high": point.sum_high,
        "sum_low": point.sum_low,
    }
    return {name: f"{number:.6g}" for name, number in numbers.items()} | {
        "baseline_n": baseline.n,
        "broken": "; ".join(history.broken_rules.get(place, [])),
        "first_article": history.first_article.number,
        "assumption": baseline.assumption,
    }


def _owner(history: History) -> Person | None:
    """Return who answers: whoever approved the first article, else a quality engineer, else a manager."""
    approver = history.first_article.approved_signature.person
    if approver.is_active and approver.role in QUALITY:
        return approver
    engineers_first = Case(
        When(role=Person.QUALITY, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return Person.objects.filter(role__in=QUALITY, is_active=True).order_by(engineers_first, "pk").first()


def _recover(alarm: DriftAlarm, history: History, at: datetime) -> DriftAlarm | None:
    root = alarm.lot.number
    place = next((place for place, release in enumerate(history.judged) if release.lot == root), None)
    if place is None:
        return None
    run = 0
    for later in range(place + 1, len(history.points)):
        is_quiet = history.points[later].is_average_in and later not in history.broken_rules
        run = run + 1 if is_quiet else 0
        if run == RELEASES_TO_RECOVER:
            release = history.judged[later]
            return move(
                alarm,
                "recover",
                by=None,
                lots=[release.lot],
                recovered_lot=Traveler.objects.get(number=release.lot),
                recovered_at=at,
                releases_to_recover=later - place,
                data={"changes": f"{RELEASES_TO_RECOVER} releases running inside the limits"},
            )
    return None


def sentence_of(alarm: DriftAlarm) -> str:
    """Return in one sentence what crossed which limit."""
    figures, unit = alarm.figures, alarm.characteristic.unit
    what = f"{alarm.characteristic.balloon} {alarm.characteristic.name}".strip()
    if alarm.chart == "ewma":
        limit = figures["upper"] if alarm.direction == "high" else figures["lower"]
        word = "above" if alarm.direction == "high" else "below"
        return (
            f"The moving average of {what}, {figures['average']} {unit}, is {word} its drift limit {limit} {unit} "
            f"since lot {alarm.lot.number}."
        )
    if alarm.chart == RULES:
        return (
            f"With lot {alarm.lot.number} the release means of {what} break a run rule chosen for it: "
            f"{figures['broken']}. The latest is {figures['mean']} {unit}, the first article's mean "
            f"{figures['baseline_mean']} {unit}."
        )
    return (
        f"Release after release of {what} lies {'above' if alarm.direction == 'high' else 'below'} the first "
        f"article's {figures['baseline_mean']} {unit}; the sum of it crossed its limit with lot {alarm.lot.number}."
    )


@transaction.atomic
def acknowledge(*, by: Person, alarm: DriftAlarm, cause: str) -> DriftAlarm:
    """Answer an alarm: what moved the characteristic, and what is done about it.

    Raises:  Incomplete without a cause; NotEntitled for whoever is not of quality; NotTheMoment once it is closed.
    """
    require_quality(by, "answer drift alarms")
    if not cause.strip():
        raise Incomplete(f"Say what moved the characteristic of {alarm.number}, and what is done about it.")
    alarm = lock(alarm)
    if alarm.acknowledged_by_id is not None:
        raise NotTheMoment(f"{alarm.number} was answered by {alarm.acknowledged_by.printed_name} already.")
    return move(
        alarm,
        "acknowledge",
        by=by,
        lots=[alarm.lot.number],
        cause=cause.strip(),
        acknowledged_by=by,
        acknowledged_at=timezone.now(),
        data={"reason": cause.strip()},
    )


@transaction.atomic
def close(*, by: Person, alarm: DriftAlarm, reason: str, token: str) -> DriftAlarm:
    """Close an answered alarm by signature; from the next release on its charts begin anew.

    Raises:  Incomplete without a reason; NotTheMoment before it is answered;
             SecondPersonNeeded for whoever answered it; NotEntitled.
    """
    require_quality(by, "close drift alarms")
    if not reason.strip():
        raise Incomplete(f"Say why {alarm.number} is closed; the reason is signed with it.")
    alarm = lock(alarm)
    if alarm.acknowledged_by_id is None:
        raise NotTheMoment(f"Nobody has answered {alarm.number} yet. Answer it with its cause first.")
    if alarm.acknowledged_by_id == by.pk:
        raise SecondPersonNeeded(
            f"{by.printed_name} answered {alarm.number} and may not close it as well. Ask somebody else of quality."
        )
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.ACCEPTED,
        noun="drift alarm",
        number=alarm.number,
        content={
            "characteristic": str(alarm.characteristic.uuid),
            "side": alarm.side,
            "lot": alarm.lot.number,
            "figures": alarm.figures,
            "cause": alarm.cause,
            "recovered": alarm.recovered_lot.number if alarm.recovered_lot else "",
            "reason": reason.strip(),
        },
        act=Authority.DISPOSITION,
        made_by=[alarm.acknowledged_by],
    )
    return move(
        alarm,
        "close",
        by=by,
        lots=[alarm.lot.number],
        close_reason=reason.strip(),
        close_signature=signature,
        data={"reason": reason.strip()},
    )


def standing() -> QuerySet[DriftAlarm]:
    """Return the alarms that tighten sampling now."""
    return DriftAlarm.objects.filter(state__in=DriftAlarm.STANDING)


def pieces_to_measure(*, characteristic: Characteristic, side: str, planned: int, lot_size: int) -> int:
    """Return how many pieces of a lot are measured: all of them while an alarm stands, else what is planned.

    Units:   pieces.
    """
    is_tightened = standing().filter(characteristic__in=_same(characteristic), side=side).exists()
    return lot_size if is_tightened else planned


def _same(characteristic: Characteristic) -> QuerySet[Characteristic]:
    """Return the rows of all revisions of the part that state this requirement."""
    return Characteristic.objects.filter(
        part_revision__part=characteristic.part_revision.part_id,
        balloon=characteristic.balloon,
        name__iexact=characteristic.name,
        unit=characteristic.unit,
        nominal=characteristic.nominal,
        lower=characteristic.lower,
        upper=characteristic.upper,
    )


def tightened(plan: list[dict], *, part_id: int) -> list[dict]:
    """Return an inspection plan with every piece asked for where an alarm stands; each such row names its alarm."""
    alarms = {
        (alarm.side, *requirement_of(alarm.characteristic)): alarm.number
        for alarm in standing()
        .filter(characteristic__part_revision__part=part_id)
        .select_related("characteristic")
    }
    if not alarms:
        return plan
    rows = {
        str(each.uuid): requirement_of(each)
        for each in Characteristic.objects.filter(uuid__in=[row["characteristic"] for row in plan])
    }
    found = []
    for row in plan:
        alarm = alarms.get((row["side"], *rows[row["characteristic"]]))
        if alarm and row["rule"] != PlannedCheck.ALL:
            row = {**row, "rule": PlannedCheck.ALL, "sample_size": None, "tightened_by": alarm}
            if "n" in row:
                row |= _every_piece(row["lot_size"], alarm)
        found.append(row)
    return found


def _every_piece(lot_size: int, alarm: str) -> dict:
    """Return what takes the place of a sampling plan that was settled already."""
    why = f"every piece of {lot_size}: {alarm} stands"
    return {"n": lot_size, "ac": 0, "re": 1, "inspect_all": True, "why": why}
