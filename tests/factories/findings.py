"""Gauges found bad and judged, requests to the design authority, corrective actions, at any state."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from inspection.domain import concession_requests, corrective_actions, finding_records, gauge_doubts
from inspection.models import (
    ConcessionRequest,
    CorrectiveAction,
    FindingCode,
    FindingRecord,
    Nonconformance,
    ReadingsJudgement,
)
from routes.domain import gauges
from routes.models import Calibration, Gauge, Traveler
from tests.cast import Cast, reauth
from tests.factories.inspection import make_nonconformance
from tests.factories.routes import make_gauge, today

AFTER = ("answered", "accepted", "implemented", "effective")


def find_bad(cast: Cast, gauge: Gauge, *, on=None, is_left_good: bool = True, **facts) -> Calibration:
    """Record a calibration that found a gauge out of tolerance; it is left good unless said otherwise."""
    on = on or today()
    return gauges.record_calibration(
        by=cast.inspector,
        gauge=gauge,
        certificate_number=f"BAD-{gauge.number}",
        calibrated_on=on,
        due_on=on + timedelta(days=365),
        is_in_tolerance=is_left_good,
        was_found_in_tolerance=False,
        **facts,
    )


def judge(cast: Cast, gauge: Gauge, lot: Traveler, **facts) -> ReadingsJudgement:
    """Judge the readings of a gauge found bad today in one lot still valid."""
    by = facts.pop("by", cast.quality)
    wanted = {
        "found_on": today(),
        "outcome": ReadingsJudgement.STILL_VALID,
        "reason": "The error is a hundredth of the tolerance, and away from both limits.",
    }
    return gauge_doubts.judge_readings(
        by=by, gauge=gauge, traveler=lot, token=reauth(by), **{**wanted, **facts}
    )


def make_ranged_gauge(
    cast: Cast, low: str, high: str, resolution: str | None = None, unit: str = "mm"
) -> Gauge:
    """Return a calibrated gauge with one range."""
    gauge = make_gauge(cast)
    gauges.add_range(
        by=cast.inspector,
        gauge=gauge,
        low=Decimal(low),
        high=Decimal(high),
        unit=unit,
        resolution=Decimal(resolution) if resolution else None,
    )
    return gauge


def make_request(
    cast: Cast, *, nonconformance: Nonconformance | None = None, at: str = "requested", **facts
) -> ConcessionRequest:
    """Return a request for a concession on a nonconformance: requested, granted, refused or withdrawn."""
    request = concession_requests.request_concession(
        by=cast.quality,
        nonconformance=nonconformance or make_nonconformance(cast),
        proposal=Nonconformance.USE_AS_IS,
        justification="The bore is a clearance hole; function is not touched.",
    )
    if at == "granted":
        return grant(cast, request, **facts)
    if at == "refused":
        by = cast.customer_quality
        return concession_requests.refuse(
            by=by, request=request, token=reauth(by), reason="It carries the bearing."
        )
    if at == "withdrawn":
        return concession_requests.withdraw(by=cast.quality, request=request, reason="Reworked instead.")
    return request


def grant(cast: Cast, request: ConcessionRequest, *, by=None, **facts) -> ConcessionRequest:
    """Grant a request as the customer's quality reviewer, whole unless said otherwise."""
    by = by or cast.customer_quality
    wanted = {"quantity": request.quantity}
    return concession_requests.grant(by=by, request=request, token=reauth(by), **{**wanted, **facts})


def make_code(cast: Cast, code: str = "D-10", kind: str = FindingCode.DEFECT) -> FindingCode:
    """Return a code of the catalogue, added where it is not there yet."""
    there = FindingCode.objects.filter(kind=kind, code=code).first()
    return there or finding_records.add_code(by=cast.quality, kind=kind, code=code, words="Bore too wide")


def make_record(cast: Cast, nonconformance: Nonconformance, **facts) -> FindingRecord:
    """Write the record of a nonconformance, the shop's own unless said otherwise."""
    wanted = {
        "detected_at": FindingRecord.FINAL,
        "requirement": "Bore 10.00 to 10.10 mm",
        "actual": "10.40 mm",
        "quantity_checked": 5,
        "defect": make_code(cast),
        "party": "shop",
    }
    return finding_records.write_record(
        by=cast.inspector, nonconformance=nonconformance, **{**wanted, **facts}
    )


def make_action(cast: Cast, *, at: str = "open", check_on=None, **facts) -> CorrectiveAction:
    """Return a corrective action of the shop, or of the vendor given, at a state."""
    wanted = {
        "problem": "Bores drift wide towards the end of a shift.",
        "due_on": today() + timedelta(days=14),
    }
    action = corrective_actions.open_action(by=cast.quality, **{**wanted, **facts})
    if at not in AFTER:
        return action
    answerer = cast.vendor if action.vendor else cast.inspector
    corrective_actions.add_step(
        by=answerer,
        action=action,
        text="Change the insert every 200 bores.",
        owner="Lead hand",
        due_on=today(),
    )
    action = corrective_actions.answer(
        by=answerer,
        action=action,
        containment="All bores of the week measured again.",
        occurrence_cause="Insert worn.",
        escape_cause="Only the first piece was measured.",
        check_on=check_on or today(),
    )
    if at == "answered":
        return action
    action = corrective_actions.accept_answer(by=cast.quality, action=action)
    if at == "accepted":
        return action
    corrective_actions.finish_step(
        by=answerer,
        action=action,
        step=action.steps.get(),
        done_on=today(),
        evidence="Work instruction 12 rev C.",
    )
    action = corrective_actions.implement(by=answerer, action=action)
    if at == "implemented":
        return action
    by = cast.second_quality
    return corrective_actions.prove_effective(
        by=by, action=action, token=reauth(by), reason="Forty lots without a wide bore."
    )
