"""The trigger policy of the house: which changes ask nothing, drafted by one and signed by another."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from inspection.domain.triggers.kinds import ALWAYS_EVALUATED, KINDS, Policy
from inspection.models import TriggerPolicy
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.signed_terms import Kind, drop_draft, put_in_force, take_to_sign
from portal.models import Authority, Person
from portal.permissions import require_quality
from routes.domain.words import ANOTHER, AuthorMayNotApprove, only_once, require_text

KIND = Kind("trigger policy", "trigger policy {}", changes="what is routine")
LONGEST_REST = 120


class NotRoutine(Refused):
    """What touches a requirement or the whole process is always evaluated."""

    code = "not-routine"


class RestNotPossible(Refused):
    """A number of months that cannot be."""

    code = "rest-not-possible"


@transaction.atomic
def draft(*, by: Person, routine: Iterable[str], lapse_months: int, reason: str) -> TriggerPolicy:
    """Draft which changes are routine; nothing changes until somebody else signs it.

    Units:   `lapse_months` calendar months.
    Raises:  NotEntitled; NotRoutine; RestNotPossible; Incomplete without a reason; AlreadyThere while a draft waits;
             NotTheMoment when nothing would change.
    Source:  AS9102 Rev C 4.6; release rule 17 (the policy is data, and changes to it are signed).
    """
    require_quality(by, "draft trigger policies")
    wanted = set(routine)
    if unknown := sorted(wanted - set(KINDS)):
        raise NotRoutine(f"Nothing called {', '.join(unknown)} is compared. Choose among the kinds listed.")
    if never := [KINDS[kind][0].lower() for kind in KINDS if kind in wanted and kind in ALWAYS_EVALUATED]:
        raise NotRoutine(f"Always evaluated, whatever a policy says: {', '.join(never)}. Take it out.")
    if not 1 <= lapse_months <= LONGEST_REST:
        raise RestNotPossible(f"Production may rest between 1 and {LONGEST_REST} months, not {lapse_months}.")
    named = [kind for kind in KINDS if kind in wanted]
    words = require_text(reason, "Say why these changes are routine; whoever signs reads it.")
    _require_change(named, lapse_months)
    with only_once("A trigger policy waits for a signature already. Sign or drop that one first."):
        policy = TriggerPolicy.objects.create(
            number=next_number("TP"),
            routine=named,
            lapse_months=lapse_months,
            reason=words,
            author=by,
            drafted_at=timezone.now(),
        )
    data = {"routine": named, "lapse_months": lapse_months, "reason": words}
    record_event(by=by, verb="draft", noun="trigger policy", number=policy.number, data=data)
    return policy


@transaction.atomic
def sign(*, by: Person, policy: TriggerPolicy, token: str) -> TriggerPolicy:
    """Put a policy in force; the one before is superseded. What is decided stays decided.

    Raises:  NotEntitled; AuthorMayNotApprove; NotTheMoment once signed or dropped; CredentialRefused.
    """
    require_quality(by, f"sign trigger policy {policy.number}")
    policy = take_to_sign(KIND, policy, by=by, refusal=AuthorMayNotApprove, otherwise=ANOTHER)
    return put_in_force(
        KIND,
        policy,
        by=by,
        token=token,
        before=TriggerPolicy.objects.filter(state=TriggerPolicy.IN_FORCE).first(),
        data={"routine": policy.routine},
        content={
            "routine": policy.routine,
            "evaluate": [kind for kind in KINDS if kind not in policy.routine],
            "lapse_months": policy.lapse_months,
            "reason": policy.reason,
        },
        act=Authority.APPROVE_FIRST_ARTICLE,
    )


@transaction.atomic
def drop(*, by: Person, policy: TriggerPolicy, reason: str) -> TriggerPolicy:
    """Give up a draft; nothing changes.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once signed or dropped.
    """
    require_quality(by, f"drop trigger policy {policy.number}")
    return drop_draft(KIND, policy, by=by, reason=reason)


def in_force() -> Policy:
    """Return what is routine now: by the signed policy, or by default without one."""
    signed = TriggerPolicy.objects.filter(state=TriggerPolicy.IN_FORCE).first()
    return Policy(tuple(signed.routine), signed.lapse_months, signed.number) if signed else Policy()


def _require_change(routine: list[str], lapse_months: int) -> None:
    standing = in_force()
    same = [kind for kind in KINDS if kind in standing.routine]
    if (routine, lapse_months) == (same, standing.lapse_months):
        by = f"by policy {standing.number}" if standing.number else "without any policy"
        raise NotTheMoment(f"It is so already, {by}. Change one kind or the months, or leave it as it is.")
