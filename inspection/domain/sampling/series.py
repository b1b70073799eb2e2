"""Series of lots: how strictly the next one is looked at, changed by how they fare and by signed decisions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from inspection.domain.sampling.judging import Judgement
from inspection.domain.sampling.skip_lot import FRACTIONS, ended_by, lots_to_qualify
from inspection.domain.sampling.switching import Outcome, lots_to_reduce, switch_after
from inspection.models import InspectionRecord, SamplingOutcome, SamplingState
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature
from portal.permissions import require_quality
from routes.domain.lots import lineage
from routes.models import Part, PlannedCheck, RouteRevision, TravelerStep

FOLLOWED = (PlannedCheck.Z14, PlannedCheck.SKIP_LOT)


class NotQualified(Refused):
    """The lots of the series so far do not carry what is asked for."""

    code = "not-qualified"


def series_for(*, part: Part, vendor: Organization | None, defect_class: str) -> SamplingState:
    """Return the series of a part, of whoever did the work, of a class of defect; begin it with normal inspection."""
    key = {"part": part, "vendor": vendor, "defect_class": defect_class}
    found = SamplingState.objects.filter(**key).first()
    if found is not None:
        return found
    facts = {"number": next_number("SS"), "since_at": timezone.now()}
    return SamplingState.objects.get_or_create(**key, defaults=facts)[0]


def outcomes_since(series: SamplingState, *, moment=None) -> list[Outcome]:
    """Return how the original lots fared since this severity began, or since a moment, the last one last."""
    rows = series.outcomes.filter(is_original=True, recorded_at__gt=moment or series.since_at)
    if moment is None:
        rows = rows.filter(severity=series.state)
    return [Outcome(each.is_accepted, each.is_between) for each in rows.order_by("pk")]


@transaction.atomic
def ready_for(*, series: SamplingState, route: RouteRevision) -> SamplingState:
    """Return a series as the next lot finds it: a qualification that a change or a pause ended is ended."""
    current = lock(series)
    if current.skip_one_in is None:
        return current
    last = current.outcomes.filter(is_original=True).order_by("-pk").first()
    last_at = max(filter(None, (last and last.recorded_at, current.skip_since_at)))
    why = ended_by(
        series=outcomes_since(current, moment=current.skip_since_at),
        route=route.number,
        route_then=current.skip_route.number,
        last_on=timezone.localdate(last_at),
        today=timezone.localdate(),
    )
    return _end_skip(current, by=None, why=why) if why else current


@transaction.atomic
def note_outcomes(
    *, record: InspectionRecord, judged: Iterable[tuple[dict, Judgement]]
) -> list[SamplingState]:
    """Keep how a completed inspection's lot fared in each series it belongs to, and switch severities by it.

    Raises:  nothing; a lot nobody had to look at says nothing about the series.
    Source:  release rule 48; MIL-STD-105E 4.7: lots offered again do not count.
    """
    by_series: dict[str, list[tuple[dict, Judgement]]] = {}
    for planned, result in judged:
        if planned["rule"] in FOLLOWED and planned["n"] > 0:
            by_series.setdefault(planned["series"], []).append((planned, result))
    return [_note(record, number, results) for number, results in sorted(by_series.items())]


def _note(record: InspectionRecord, number: str, results: list[tuple[dict, Judgement]]) -> SamplingState:
    series = lock(SamplingState.objects.get(number=number))
    SamplingOutcome.objects.create(
        series=series,
        record=record,
        severity=results[0][0]["severity"],
        n=max(planned["n"] for planned, _ in results),
        found=sum(result.found for _, result in results),
        is_accepted=not any(result.is_rejected for _, result in results),
        is_between=any(result.is_between for _, result in results),
        is_original=_is_original(record, series),
        recorded_at=timezone.now(),
    )
    if series.skip_one_in and outcomes_since(series, moment=series.skip_since_at)[-1:] != [Outcome(True)]:
        series = _end_skip(series, by=None, why="a lot was rejected")
    switch = switch_after(series.state, outcomes_since(series))
    if switch is None:
        return series
    data = {"reason": switch.why}
    return move(series, switch.verb, by=None, data=data, since_at=timezone.now(), why=switch.why)


def _is_original(record: InspectionRecord, series: SamplingState) -> bool:
    """A first offer: no rework pass, and neither the lot nor one it was split from had a word here before."""
    if record.step.pass_number > 1:
        return False
    lots = [lot.pk for lot, _ in lineage(record.traveler)]
    before = series.outcomes.filter(record__traveler__in=lots, record__step__operation=record.step.operation)
    return not before.exists()


def work_of(
    step: TravelerStep, vendor: Organization | None, defect_class: str, route: RouteRevision
) -> SamplingState:
    """Return the series the lot of a step belongs to, ready for it."""
    part = step.traveler.route_revision.part_revision.part
    return ready_for(series=series_for(part=part, vendor=vendor, defect_class=defect_class), route=route)


@transaction.atomic
def resume(*, by: Person, series: SamplingState, token: str, corrective_action: str) -> SamplingState:
    """Accept the corrective action of a discontinued series: it begins again, tightened.

    Raises:  NotEntitled; Incomplete without the corrective action; NotTheMoment unless discontinued; CredentialRefused.
    Source:  MIL-STD-105E 4.8.
    """
    require_quality(by, f"resume sampling of {series.number}")
    series = lock(series)
    named = corrective_action.strip()
    if not named:
        raise Incomplete(f"Name the corrective action that {series.number} begins again with.")
    if series.state != SamplingState.DISCONTINUED:
        raise NotTheMoment(
            f"{series.number} is {series.get_state_display().lower()}; there is nothing to resume."
        )
    signature = _sign(by, series, token, {"act": "resume tightened", "corrective action": named})
    why = f"corrective action accepted: {named}"[:300]
    return _decide(series, "resume", by, signature, why)


@transaction.atomic
def reduce(
    *, by: Person, series: SamplingState, token: str, is_within_limit_number: bool, is_production_steady: bool
) -> SamplingState:
    """Let a series that fared well be looked at less.

    Raises:  NotEntitled; NotQualified while lots are missing, or where the two answers are not yes; NotTheMoment
             unless on normal inspection; CredentialRefused.
    Source:  MIL-STD-105E 4.7.3: ten lots accepted, total nonconforming within the limit number of its table VIII,
             steady production, reduced inspection wanted by the responsible authority.
    """
    require_quality(by, f"reduce sampling of {series.number}")
    series = lock(series)
    if series.state != SamplingState.NORMAL:
        raise NotTheMoment(
            f"{series.number} is {series.get_state_display().lower()}; only normal inspection is reduced."
        )
    if lots := lots_to_reduce(outcomes_since(series)):
        raise NotQualified(
            f"{series.number} needs {lots} more {'lot' if lots == 1 else 'lots'} accepted in a row before it is "
            "reduced."
        )
    if not (is_within_limit_number and is_production_steady):
        raise NotQualified(
            f"{series.number} is reduced only when its nonconforming pieces are within the limit number and production "
            "is steady. Keep it on normal inspection."
        )
    content = {"act": "reduce", "within limit number": True, "production steady": True}
    return _decide(
        series, "reduce", by, _sign(by, series, token, content), "ten lots accepted, production steady"
    )


@transaction.atomic
def restore(*, by: Person, series: SamplingState, reason: str) -> SamplingState:
    """Put a reduced series back to normal inspection, as irregular production asks.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment unless reduced.
    """
    require_quality(by, f"put {series.number} back to normal inspection")
    if not reason.strip():
        raise Incomplete(f"Say why {series.number} goes back to normal inspection.")
    changes = {"since_at": timezone.now(), "why": reason.strip()[:300]}
    return move(series, "restore", by=by, data={"reason": reason.strip()}, **changes)


@transaction.atomic
def qualify(
    *, by: Person, series: SamplingState, token: str, one_in: int, route_revision: RouteRevision
) -> SamplingState:
    """Let lots of a series go by without measuring, all but one in so many, drawn by chance.

    Raises:  NotEntitled; NotTheMoment on tightened inspection or once qualified; NotQualified while accepted lots are
             missing; Incomplete for another fraction or another part's route; CredentialRefused.
    Source:  ISO 2859-3; release rule 49 keeps marked characteristics out of it.
    """
    require_quality(by, f"qualify {series.number} for skip-lot")
    series = lock(series)
    if one_in not in FRACTIONS:
        raise Incomplete("Skip-lot looks at one lot in two, three, four or five. Choose which.")
    if (
        route_revision.part_revision.part_id != series.part_id
        or route_revision.state != RouteRevision.RELEASED
    ):
        raise Incomplete(f"Route {route_revision.number} is no released route of part {series.part.number}.")
    if series.skip_one_in or series.state not in (SamplingState.NORMAL, SamplingState.REDUCED):
        stands = "qualified already" if series.skip_one_in else series.get_state_display().lower()
        raise NotTheMoment(f"{series.number} is {stands}; it cannot be qualified for skip-lot now.")
    if lots := lots_to_qualify(outcomes_since(series)):
        raise NotQualified(
            f"{series.number} needs {lots} more {'lot' if lots == 1 else 'lots'} accepted in a row before lots of it "
            "may "
            "be skipped."
        )
    content = {"act": "skip-lot", "one in": one_in, "route": route_revision.number}
    series.signature = _sign(by, series, token, content)
    series.skip_one_in, series.skip_since_at, series.skip_route = one_in, timezone.now(), route_revision
    series.draw = secrets.token_hex(16)
    series.save()
    data = {"one_in": one_in, "route": route_revision.number}
    record_event(by=by, verb="qualify", noun="sampling", number=series.number, data=data)
    return series


@transaction.atomic
def end_skip(*, by: Person, series: SamplingState, reason: str) -> SamplingState:
    """Go back to looking at every lot.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment unless qualified.
    """
    require_quality(by, f"end the skip-lot of {series.number}")
    series = lock(series)
    if not reason.strip():
        raise Incomplete(f"Say why every lot of {series.number} is looked at again.")
    if series.skip_one_in is None:
        raise NotTheMoment(f"Every lot of {series.number} is looked at already.")
    return _end_skip(series, by=by, why=reason.strip()[:300])


def _end_skip(series: SamplingState, *, by: Person | None, why: str) -> SamplingState:
    series.skip_one_in = series.skip_since_at = series.skip_route = None
    series.draw = ""
    series.save()
    record_event(by=by, verb="end_skip", noun="sampling", number=series.number, data={"reason": why})
    return series


def _decide(series: SamplingState, verb: str, by: Person, signature: Signature, why: str) -> SamplingState:
    return move(
        series, verb, by=by, data={"reason": why}, since_at=timezone.now(), why=why, signature=signature
    )


def _sign(by: Person, series: SamplingState, token: str, content: dict) -> Signature:
    outcomes = (
        series.outcomes.filter(is_original=True).order_by("-pk").values_list("record__number", "is_accepted")
    )
    facts = {
        "part": series.part.number,
        "work of": series.vendor.number if series.vendor else None,
        "class": series.defect_class,
        "lots": [list(row) for row in outcomes[:10]],
    }
    return sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="sampling",
        number=series.number,
        content=facts | content,
        act=Authority.DISPOSITION,
    )
