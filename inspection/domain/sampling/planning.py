"""One planned check on one lot, settled: how many pieces, how many may fail, by which standard, and why.

What is returned here is frozen with the inspection and never computed again.
"""

from __future__ import annotations

from typing import Any

from inspection.domain.sampling import isolated, switching, z14
from inspection.domain.sampling.skip_lot import is_drawn
from inspection.models import SamplingState
from routes.domain.sampling_rules import plain, require_may_be_sampled
from routes.models import PlannedCheck


def settle(check: PlannedCheck, *, lot: str, lot_size: int, series: SamplingState | None) -> dict[str, Any]:
    """Return the plan of a check whose number of pieces depends on the lot.

    series: whose severity and qualification count; a lot on its own (c=0) has none.
    Units:   pieces; `n` is never more than the lot.
    Raises:  KeyCharacteristic; NoSuchPlan or NoIsolatedPlan for figures without a plan.
    Source:  release rules 47 to 49.
    """
    if series is not None and series.state == SamplingState.DISCONTINUED:
        plan = _every_piece(lot_size, series)
    elif check.sampling_rule == PlannedCheck.Z14:
        plan = _by_tables(check, lot_size, series)
    else:
        plan = _finding_nothing(check, lot_size)
    if check.sampling_rule == PlannedCheck.SKIP_LOT and series is not None:
        plan = _of_series(plan, lot, series)
    require_may_be_sampled(check.sampling_rule, check.characteristic, ac=plan["ac"])
    named = {"series": series.number, "severity": series.state} if series else {}
    return {**plan, "lot_size": lot_size, "defect_class": check.defect_class, **named}


def _every_piece(lot_size: int, series: SamplingState) -> dict[str, Any]:
    return {
        "standard": z14.STANDARD,
        "edition": z14.EDITION,
        "n": lot_size,
        "ac": 0,
        "re": 1,
        "inspect_all": True,
        "why": f"every piece of {lot_size}: {series.number} is discontinued until its corrective action is accepted",
    }


def _by_tables(check: PlannedCheck, lot_size: int, series: SamplingState) -> dict[str, Any]:
    level, aql = check.inspection_level, check.aql_percent
    plan = z14.plan_for(lot=lot_size, level=level, aql=aql, severity=series.state)
    pieces = f"every piece of {lot_size}" if plan.inspect_all else f"{plan.n} of {lot_size}"
    return {
        "standard": z14.STANDARD,
        "edition": z14.EDITION,
        "level": plan.level,
        "aql": plan.aql,
        "code_letter": plan.code_letter,
        "n": plan.n,
        "ac": plan.ac,
        "re": plan.re,
        "inspect_all": plan.inspect_all,
        "why": f"{pieces}: Z1.4 level {plan.level}, AQL {plan.aql}, letter {plan.code_letter}, {series.state}; "
        f"accept {plan.ac}, reject {plan.re}",
    }


def _finding_nothing(check: PlannedCheck, lot_size: int) -> dict[str, Any]:
    plan = isolated.plan_for(lot=lot_size, ltpd_percent=check.ltpd_percent, beta_percent=check.beta_percent)
    ltpd, beta = plain(check.ltpd_percent), plain(check.beta_percent)
    pieces = f"every piece of {lot_size}" if plan.inspect_all else f"{plan.n} of {lot_size}"
    return {
        "standard": isolated.STANDARD,
        "edition": isolated.EDITION,
        "ltpd": ltpd,
        "beta": beta,
        "n": plan.n,
        "ac": 0,
        "re": 1,
        "inspect_all": plan.inspect_all,
        "why": f"{pieces}: c=0, LTPD {ltpd} %, beta {beta} %",
    }


def _of_series(plan: dict[str, Any], lot: str, series: SamplingState) -> dict[str, Any]:
    """Return the plan of a lot of a series that may be qualified: nothing is measured on a lot not drawn."""
    if series.skip_one_in is None or series.state == switching.DISCONTINUED:
        return plan | {"why": f"{plan['why']}; not qualified for skip-lot ({series.number})"}
    one_in = f"1 lot in {series.skip_one_in} by {series.number}"
    if is_drawn(lot=lot, draw=series.draw, one_in=series.skip_one_in):
        return plan | {"why": f"{plan['why']}; drawn, {one_in}", "one_in": series.skip_one_in}
    return plan | {
        "n": 0,
        "inspect_all": False,
        "why": f"none: not drawn, {one_in}",
        "one_in": series.skip_one_in,
    }
