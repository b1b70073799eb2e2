"""On how many pieces a check is planned: what each rule must name, and which characteristics may not be sampled."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from portal.domain.errors import Incomplete, Refused
from routes.models import Characteristic, PlannedCheck
from routes.models.operations import AQLS, LEVELS

FINDS_NOTHING = (PlannedCheck.ISOLATED, PlannedCheck.SKIP_LOT)
FIELDS = (
    "sampling_rule",
    "sample_size",
    "ltpd_percent",
    "beta_percent",
    "inspection_level",
    "aql_percent",
    "skip_one_in",
    "defect_class",
)


class KeyCharacteristic(Refused):
    """A marked characteristic is neither skipped nor accepted with a bad piece in the sample."""

    code = "key-characteristic"


@dataclass(frozen=True)
class SamplingRule:
    """How many pieces a check asks for, as it was planned.

    Units:   `sample_size` in pieces; limiting quality, risk and AQL in percent; `skip_one_in` in lots.
    """

    sampling_rule: str = PlannedCheck.ALL
    sample_size: int | None = None
    ltpd_percent: Decimal | None = None
    beta_percent: Decimal | None = None
    inspection_level: str = ""
    aql_percent: str = ""
    skip_one_in: int | None = None
    defect_class: str = PlannedCheck.MAJOR


def settled(rule: SamplingRule, characteristic: Characteristic) -> dict[str, Any]:
    """Return the fields of a planned check, the shop's own figures where none were given.

    Raises:  Incomplete when the rule lacks a figure, or names one that is another rule's;
             KeyCharacteristic for a marked one on skip-lot or on a plan that accepts with bad pieces.
    Source:  release rules 47 and 49; AS9138 on key characteristics.
    """
    balloon = f"The check of balloon {characteristic.balloon}"
    fields = asdict(rule) | {"sample_size": rule.sample_size or None}
    if rule.sampling_rule not in dict(PlannedCheck.RULES):
        raise Incomplete(f"{balloon} names no rule of sampling we know. Choose one of the list.")
    if rule.defect_class not in dict(PlannedCheck.DEFECT_CLASSES):
        raise Incomplete(f"{balloon} names no class of defect we know. Choose critical, major or minor.")
    _require_size(rule, balloon)
    _require_nothing_foreign(rule, balloon)
    require_may_be_sampled(rule.sampling_rule, characteristic)
    if rule.sampling_rule in FINDS_NOTHING:
        fields["ltpd_percent"] = _percent(
            rule.ltpd_percent, settings.PORTAL_SAMPLING_LTPD_PERCENT, balloon, 100
        )
        fields["beta_percent"] = _percent(
            rule.beta_percent, settings.PORTAL_SAMPLING_BETA_PERCENT, balloon, 99
        )
    if rule.sampling_rule == PlannedCheck.Z14:
        fields["inspection_level"] = rule.inspection_level or "II"
        if fields["inspection_level"] not in LEVELS or rule.aql_percent not in AQLS:
            raise Incomplete(f"{balloon} by Z1.4 needs a level and an AQL of the tables. Choose both.")
    if rule.sampling_rule == PlannedCheck.SKIP_LOT and rule.skip_one_in not in (2, 3, 4, 5):
        raise Incomplete(f"{balloon} by skip-lot looks at one lot in two, three, four or five. Choose which.")
    return fields


def require_may_be_sampled(sampling_rule: str, characteristic: Characteristic, ac: int | None = None) -> None:
    """Refuse to skip lots of a marked characteristic, or to accept its lots with bad pieces in the sample.

    ac: the acceptance number where it is known; before, every plan that may have one above zero is refused.
    Raises:  KeyCharacteristic.
    """
    if not characteristic.designator:
        return
    is_accepting = sampling_rule == PlannedCheck.Z14 and (ac is None or ac > 0)
    if sampling_rule == PlannedCheck.SKIP_LOT or is_accepting:
        what = (
            "skip its lots"
            if sampling_rule == PlannedCheck.SKIP_LOT
            else "accept a lot with a bad piece in it"
        )
        raise KeyCharacteristic(
            f"Balloon {characteristic.balloon} is marked {characteristic.designator}, so no plan may {what}. Check "
            "every piece, or sample it with c=0."
        )


def _require_size(rule: SamplingRule, balloon: str) -> None:
    if (rule.sampling_rule == PlannedCheck.SAMPLE) != bool(rule.sample_size):
        raise Incomplete(
            f"{balloon} needs a sample size exactly when it is by sample. "
            "Give the number of pieces, or choose every piece or first piece."
        )


def _require_nothing_foreign(rule: SamplingRule, balloon: str) -> None:
    given = {
        "a limiting quality or risk": (rule.ltpd_percent or rule.beta_percent)
        and rule.sampling_rule not in FINDS_NOTHING,
        "a level or an AQL": (rule.inspection_level or rule.aql_percent)
        and rule.sampling_rule != PlannedCheck.Z14,
        "a fraction of lots": rule.skip_one_in and rule.sampling_rule != PlannedCheck.SKIP_LOT,
    }
    for words, is_foreign in given.items():
        if is_foreign:
            chosen = dict(PlannedCheck.RULES)[rule.sampling_rule].lower()
            raise Incomplete(
                f"{balloon} is by “{chosen}” and names {words}, which is another rule's. Leave it empty."
            )


def _percent(given: Decimal | None, default: int, balloon: str, most: int) -> Decimal:
    percent = Decimal(default) if given is None else given
    if not percent.is_finite() or not 0 < percent <= most:
        raise Incomplete(f"{balloon} names {percent} %. Give more than 0 and at most {most} %.")
    return percent


def words_of(check: PlannedCheck) -> str:
    """Return on how many pieces a check is planned, as a few words for a list."""
    match check.sampling_rule:
        case PlannedCheck.SAMPLE:
            return f"{check.sample_size} pieces"
        case PlannedCheck.ISOLATED:
            return f"c=0, LTPD {plain(check.ltpd_percent)} %, beta {plain(check.beta_percent)} %"
        case PlannedCheck.Z14:
            return f"Z1.4 level {check.inspection_level}, AQL {check.aql_percent}, {check.defect_class}"
        case PlannedCheck.SKIP_LOT:
            return f"1 lot in {check.skip_one_in} once qualified, c=0, LTPD {plain(check.ltpd_percent)} %"
    return check.get_sampling_rule_display().lower()


def plain(number: Decimal) -> str:
    """Return a number without zeros at its end."""
    return f"{number.normalize():f}"
