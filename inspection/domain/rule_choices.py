"""Which run rules watch a characteristic: chosen one by one, as each more gives more false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inspection.domain.releases import requirement_of
from inspection.domain.short_runs import key_of
from inspection.domain.spc.run_rules import BEYOND, EIGHT_ONE_SIDE, NINE_ONE_SIDE, WORDS
from inspection.models import RunRuleChoice
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.models import Person
from portal.permissions import require_quality
from routes.models import Characteristic

CHOICES = [(rule, words) for rule, words in WORDS.items() if rule != BEYOND]
SIDES = {"before": "before finish", "after": "after finish"}


class RunRulesDoNotFit(Refused):
    """Rules that do not exist, or do not go together."""

    code = "run-rules-do-not-fit"


@transaction.atomic
def choose_run_rules(
    *,
    by: Person,
    characteristic: Characteristic,
    side: str,
    rules: Sequence[str],
    reason: str,
    at: datetime | None = None,
) -> RunRuleChoice:
    """Choose which run rules watch a characteristic on one side of the finish; none ends an earlier choice.

    The rule “beyond the limits” marks every chart and is never chosen away. Once any rule is chosen, a release whose
    mean breaks one raises a drift alarm.

    Raises:  NotEntitled for whoever is not of quality; Incomplete without a reason; RunRulesDoNotFit for an unknown
             rule, or for 8 and 9 points on one side together; NotTheMoment where these rules hold already.
    """
    require_quality(by, "choose run rules")
    name = f"{characteristic.balloon} {characteristic.name}".strip()
    if not reason.strip():
        raise Incomplete(f"Say why the run rules of {name} are chosen; the reason is kept with them.")
    if side not in SIDES:
        raise RunRulesDoNotFit(f"“{side}” is no side of a finish. Choose before or after.")
    unknown = [rule for rule in rules if rule not in dict(CHOICES)]
    if unknown:
        raise RunRulesDoNotFit(
            f"There is no run rule “{unknown[0]}”. Choose among: {', '.join(dict(CHOICES))}."
        )
    if {EIGHT_ONE_SIDE, NINE_ONE_SIDE} <= set(rules):
        raise RunRulesDoNotFit(
            f"8 and 9 points on one side are the same rule of two schools. Choose one of them for {name}."
        )
    # one at a time for a characteristic, as its alarms are
    characteristic = Characteristic.objects.select_for_update(of=("self",)).get(pk=characteristic.pk)
    chosen = [rule for rule, _ in CHOICES if rule in rules]
    standing = standing_choice(characteristic, side)
    if chosen == (standing.rules if standing else []):
        raise NotTheMoment(f"{name} is watched by exactly these run rules {SIDES[side]} already.")
    choice = RunRuleChoice.objects.create(
        characteristic=characteristic,
        side=side,
        rules=chosen,
        reason=reason.strip(),
        chosen_by=by,
        chosen_at=at or timezone.now(),
    )
    record_event(
        by=by,
        verb="choose",
        noun="run rules",
        number=f"{key_of(characteristic)} {SIDES[side]}",
        data={"changes": words_of(chosen), "reason": choice.reason},
    )
    return choice


def standing_choice(characteristic: Characteristic, side: str) -> RunRuleChoice | None:
    """Return the choice that holds for a characteristic, whichever revision it was made on."""
    rows = Characteristic.objects.filter(
        part_revision__part=characteristic.part_revision.part_id, balloon=characteristic.balloon
    )
    same = [row.pk for row in rows if requirement_of(row) == requirement_of(characteristic)]
    found = RunRuleChoice.objects.filter(characteristic__in=same, side=side).select_related("chosen_by")
    return found.order_by("pk").last()


def words_of(rules: Sequence[str]) -> str:
    """Return chosen rules as a sentence lists them."""
    return "; ".join(WORDS[rule] for rule in rules) or "none beside points beyond the limits"
