"""Corrective action: opened, answered, accepted, carried out, and proved effective by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspection.models import CorrectiveAction, CorrectiveStep, FirstArticle, Nonconformance
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.look import days
from portal.models import Authority, Organization, Person, Signature
from portal.permissions import require_quality
from routes.models import Part, Traveler

NOUN = "corrective action"


class TooEarlyToJudge(Refused):
    """The time, or the lots, by which the effect was to be judged have not come."""

    code = "too-early-to-judge"


class SomebodyElseNeeded(NotEntitled):
    """Who did the work does not judge it."""

    code = "somebody-else-needed"


@transaction.atomic
def open_action(
    *,
    by: Person,
    problem: str,
    due_on: date,
    origin_noun: str = CorrectiveAction.BY_HAND,
    origin_number: str = "",
    nonconformances: Iterable[Nonconformance] = (),
    vendor: Organization | None = None,
    owner: Person | None = None,
    part: Part | None = None,
    first_article: FirstArticle | None = None,
) -> CorrectiveAction:
    """Open a corrective action for the shop itself, or as a request to a vendor.

    due_on:        the last day for the answer.
    first_article: the report that stays incomplete until the cause is gone.
    Raises:  NotEntitled; Incomplete without a problem, with a day that has passed, an origin without its number, an
             owner who is not of the shop or given beside a vendor, or a vendor that is none.
    Source:  AS9100D 10.2.1; AS9102 Rev C 4.6 (corrective action on a nonconformance of a first article).
    """
    require_quality(by, "open corrective actions")
    found = list(nonconformances)
    if found:
        origin_noun, origin_number = "nonconformance", found[0].number
        part = part or found[0].traveler.route_revision.part_revision.part
    _require_openable(problem, due_on, origin_noun, origin_number.strip(), vendor, owner)
    action = CorrectiveAction.objects.create(
        number=next_number("CA"),
        vendor=vendor,
        origin_noun=origin_noun,
        origin_number=origin_number.strip(),
        part=part,
        first_article=first_article,
        problem=problem.strip(),
        owner=owner if vendor is None else None,
        due_on=due_on,
        opened_by=by,
        opened_at=timezone.now(),
    )
    action.nonconformances.set(found)
    record_event(
        by=by,
        verb="open",
        noun=NOUN,
        number=action.number,
        data={
            "reference": action.origin_number,
            "to": vendor.name if vendor else "the shop",
            "due_on": due_on,
            "nonconformances": [each.number for each in found],
        },
    )
    return action


def _require_openable(
    problem: str,
    due_on: date,
    origin_noun: str,
    origin_number: str,
    vendor: Organization | None,
    owner: Person | None,
) -> None:
    if not problem.strip():
        raise Incomplete("Say what the problem is: what was found, where, how often.")
    if due_on < timezone.localdate():
        raise Incomplete(f"An answer cannot be due on {due_on:%-d %b %Y}, a day that has passed.")
    if origin_noun not in dict(CorrectiveAction.ORIGINS):
        raise Incomplete("Say what it is opened from: a finding, a certificate, a package, or by hand.")
    if origin_noun != CorrectiveAction.BY_HAND and not origin_number:
        words = dict(CorrectiveAction.ORIGINS)[origin_noun].lower()
        raise Incomplete(f"It is opened from “{words}”; give the number of that record.")
    if vendor is not None and vendor.kind != Organization.VENDOR:
        raise Incomplete(f"{vendor.name} is no vendor; leave the vendor empty for the shop's own action.")
    if vendor is not None and owner is not None:
        raise Incomplete(f"{vendor.name} answers it; name no person of the shop beside it.")
    if owner is not None and not (owner.is_shop and owner.is_active):
        raise Incomplete(f"{owner.printed_name} is not of the shop and cannot answer its corrective action.")


@transaction.atomic
def add_step(*, by: Person, action: CorrectiveAction, text: str, owner: str, due_on: date) -> CorrectiveStep:
    """Say one thing that is to be done, by whom, until when.

    Raises:  NotEntitled for whoever does not answer it; NotTheMoment once the answer was given; Incomplete.
    """
    current = _locked(by, action, "add to")
    if current.state not in CorrectiveAction.TO_ANSWER:
        raise NotTheMoment(
            _("%(number)s is %(state)s; its actions stand. It must be returned first.")
            % {"number": current.number, "state": _(current.get_state_display()).lower()}
        )
    if not (text.strip() and owner.strip()):
        raise Incomplete(
            _("Say what is to be done for %(number)s, and who does it.") % {"number": current.number}
        )
    if due_on < timezone.localdate(current.opened_at):
        raise Incomplete(
            _("%(due_on)s lies before %(number)s was opened. Correct the day.")
            % {"due_on": days.say(due_on, "j M Y"), "number": current.number}
        )
    step = CorrectiveStep.objects.create(
        corrective_action=current, text=text.strip(), owner=owner.strip(), due_on=due_on
    )
    record_event(
        by=by, verb="add to", noun=NOUN, number=current.number, data={"name": step.text, "due_on": due_on}
    )
    return step


@transaction.atomic
def answer(
    *,
    by: Person,
    action: CorrectiveAction,
    containment: str,
    occurrence_cause: str,
    escape_cause: str,
    systemic_cause: str = "",
    check_on: date | None = None,
    check_after_lots: int | None = None,
) -> CorrectiveAction:
    """Answer: what was contained, why it happened, why it was not found, and when to look whether it helped.

    Units:   lots of the part, counted from the day everything was done.
    Raises:  NotEntitled for whoever does not answer it; NotTheMoment; Incomplete without containment, either cause, an
             action, or a day or number of lots to look again.
    Source:  AS9100D 10.2.1 b (causes), d (effectiveness).
    """
    current = _locked(by, action, "answer")
    _require_moment(current, "answer")
    said = {
        _("what was contained"): containment,
        _("why it happened"): occurrence_cause,
        _("why it was not found"): escape_cause,
    }
    if missing := [words for words, text in said.items() if not text.strip()]:
        raise Incomplete(
            _("The answer to %(number)s lacks: %(list)s.")
            % {"number": current.number, "list": ", ".join(missing)}
        )
    if not current.steps.exists():
        raise Incomplete(
            _("%(number)s has no action yet. Add what is to be done, by whom, until when.")
            % {"number": current.number}
        )
    if check_on is None and not check_after_lots:
        raise Incomplete(
            _("Say when to look whether %(number)s helped: on a day, or after so many lots.")
            % {"number": current.number}
        )
    if check_after_lots and current.part is None:
        raise Incomplete(
            _("%(number)s names no part, so lots cannot be counted. Give a day instead.")
            % {"number": current.number}
        )
    return move(
        current,
        "answer",
        by=by,
        containment=containment.strip(),
        occurrence_cause=occurrence_cause.strip(),
        escape_cause=escape_cause.strip(),
        systemic_cause=systemic_cause.strip(),
        check_on=check_on,
        check_after_lots=check_after_lots,
        answered_by=by,
        answered_at=timezone.now(),
    )


@transaction.atomic
def return_answer(*, by: Person, action: CorrectiveAction, reason: str) -> CorrectiveAction:
    """Send an answer back: its causes or actions do not convince.

    Raises:  NotEntitled; NotTheMoment; Incomplete without a reason.
    """
    return _say(by, action, "return", reason, "Say what is missing in the answer to {number}.")


@transaction.atomic
def accept_answer(*, by: Person, action: CorrectiveAction, reason: str = "") -> CorrectiveAction:
    """Accept an answer: its actions are carried out now.

    Raises:  NotEntitled; SomebodyElseNeeded for whoever answered it; NotTheMoment.
    """
    current = lock(action)
    require_quality(by, "accept answers")
    if current.answered_by_id == by.pk:
        raise SomebodyElseNeeded(
            f"{by.printed_name} answered {current.number}; somebody else of quality accepts it."
        )
    return move(current, "accept", by=by, said=reason.strip(), data={"reason": reason.strip()})


@transaction.atomic
def finish_step(
    *, by: Person, action: CorrectiveAction, step: CorrectiveStep, done_on: date, evidence: str
) -> CorrectiveStep:
    """Say that one action is done, on which day, and what shows it.

    Raises:  NotEntitled for whoever does not answer it; NotTheMoment unless the answer is accepted, or when it is done
             already; Incomplete without evidence or with a day to come.
    """
    current = _locked(by, action, "carry out")
    if current.state != CorrectiveAction.ACCEPTED:
        raise NotTheMoment(
            _("%(number)s is %(state)s; its actions are carried out once its answer is accepted.")
            % {"number": current.number, "state": _(current.get_state_display()).lower()}
        )
    step = CorrectiveStep.objects.select_for_update().get(pk=step.pk, corrective_action=current)
    if step.done_on is not None:
        raise NotTheMoment(
            _("“%(text)s” of %(number)s was done on %(done_on)s already.")
            % {"text": step.text, "number": current.number, "done_on": days.say(step.done_on, "j M Y")}
        )
    if not evidence.strip():
        raise Incomplete(
            _("Say what shows that “%(text)s” of %(number)s is done.")
            % {"text": step.text, "number": current.number}
        )
    if done_on > timezone.localdate():
        raise Incomplete(
            _("“%(text)s” cannot be done on %(done_on)s, a day to come.")
            % {"text": step.text, "done_on": days.say(done_on, "j M Y")}
        )
    step.done_on, step.done_by, step.evidence = done_on, by, evidence.strip()
    step.save()
    record_event(
        by=by,
        verb="finish action of",
        noun=NOUN,
        number=current.number,
        data={"name": step.text, "done_on": done_on},
    )
    return step


@transaction.atomic
def implement(*, by: Person, action: CorrectiveAction) -> CorrectiveAction:
    """Say that everything is done; from now on its effect is watched.

    Raises:  NotEntitled for whoever does not answer it; NotTheMoment; Incomplete naming an action that is not done.
    """
    current = _locked(by, action, "implement")
    _require_moment(current, "implement")
    waiting = current.steps.filter(done_on__isnull=True).first()
    if waiting:
        raise Incomplete(
            _("“%(text)s” of %(number)s, by %(owner)s until %(due_on)s, is not done.")
            % {
                "text": waiting.text,
                "number": current.number,
                "owner": waiting.owner,
                "due_on": days.say(waiting.due_on, "j M Y"),
            }
        )
    return move(current, "implement", by=by, implemented_at=timezone.now())


@transaction.atomic
def prove_effective(*, by: Person, action: CorrectiveAction, token: str, reason: str) -> CorrectiveAction:
    """Sign that it helped, after the day or the lots that were agreed, as somebody who did not do the work.

    Raises:  NotEntitled; SomebodyElseNeeded for whoever answered, owns or carried it out; TooEarlyToJudge naming the
             day or the lots still to come; NotTheMoment; Incomplete without what was looked at; CredentialRefused.
    Source:  AS9100D 10.2.1 d (review the effectiveness of any corrective action taken).
    """
    require_quality(by, "judge corrective actions")
    current = lock(action)
    _require_moment(current, "prove")
    workers = {current.answered_by_id, current.owner_id}
    workers |= set(current.steps.values_list("done_by_id", flat=True))
    if by.pk in workers:
        raise SomebodyElseNeeded(
            f"{by.printed_name} worked on {current.number}; somebody else judges whether it helped."
        )
    _require_ripe(current)
    if not reason.strip():
        raise Incomplete(f"Say what was looked at to know that {current.number} helped.")
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.VERIFIED,
        noun=NOUN,
        number=current.number,
        content={
            "problem": current.problem,
            "causes": [current.occurrence_cause, current.escape_cause, current.systemic_cause],
            "actions": list(current.steps.values_list("text", flat=True)),
            "looked_at": reason.strip(),
        },
        act=Authority.DISPOSITION,
        made_by=[current.answered_by, current.owner],
    )
    return move(
        current, "prove", by=by, said=reason.strip(), data={"reason": reason.strip()}, signature=signature
    )


@transaction.atomic
def reopen(*, by: Person, action: CorrectiveAction, reason: str) -> CorrectiveAction:
    """Say that it did not help: it is answered anew.

    Raises:  NotEntitled; NotTheMoment; Incomplete without a reason.
    """
    return _say(by, action, "reopen", reason, "Say how {number} is seen not to have helped.")


@transaction.atomic
def drop(*, by: Person, action: CorrectiveAction, reason: str) -> CorrectiveAction:
    """Give an unanswered action up, with the reason.

    Raises:  NotEntitled; NotTheMoment once it is answered; Incomplete without a reason.
    """
    return _say(by, action, "drop", reason, "Say why {number} is dropped.")


def lots_since(action: CorrectiveAction) -> int:
    """Return how many lots of its part were opened since everything was done, and have been worked to their end.

    Units:   lots; pieces split off are no lot of their own.
    """
    if action.part is None or action.implemented_at is None:
        return 0
    return Traveler.objects.filter(
        route_revision__part_revision__part=action.part,
        parent__isnull=True,
        opened_at__gte=action.implemented_at,
        state__in=(Traveler.COMPLETE, Traveler.SHIPPED),
    ).count()


def findings_since(action: CorrectiveAction) -> list[Nonconformance]:
    """Return the nonconformances of its part opened since everything was done: whether it came back."""
    if action.part is None or action.implemented_at is None:
        return []
    return list(
        Nonconformance.objects.filter(
            traveler__route_revision__part_revision__part=action.part, opened_at__gte=action.implemented_at
        ).order_by("pk")
    )


def owed_on(action: CorrectiveAction) -> date | None:
    """Return the next day on which this action owes something, or None once it has ended."""
    if action.state in (*CorrectiveAction.TO_ANSWER, CorrectiveAction.ANSWERED):
        return action.due_on
    if action.state == CorrectiveAction.ACCEPTED:
        waiting = [each.due_on for each in action.steps.all() if each.done_on is None]
        return min(waiting, default=action.due_on)
    return action.check_on if action.state == CorrectiveAction.IMPLEMENTED else None


def may_answer(person: Person, action: CorrectiveAction) -> bool:
    """Say whether a corrective action is this person's to answer: the vendor's people, or the shop's."""
    if not person.is_active:
        return False
    if action.vendor_id is not None:
        return person.is_vendor and person.organization_id == action.vendor_id
    return person.role in (Person.INSPECTOR, Person.QUALITY, Person.MANAGER) or person.pk == action.owner_id


def _locked(by: Person, action: CorrectiveAction, act: str) -> CorrectiveAction:
    current = lock(action)
    if not may_answer(by, current):
        who = current.vendor.name if current.vendor else "its owner, an inspector or quality"
        raise NotEntitled(
            _("%(person)s may not %(act)s %(number)s; that is for %(who)s.")
            % {"person": by.printed_name, "act": act, "number": current.number, "who": who}
        )
    return current


def _require_moment(action: CorrectiveAction, verb: str) -> None:
    if CorrectiveAction.MOVES.find(action.state, verb) is None:
        states = dict(CorrectiveAction.STATES)
        needed = " or ".join(states[each].lower() for each in CorrectiveAction.MOVES.sources_of(verb))
        raise NotTheMoment(
            f"{action.number} is {action.get_state_display().lower()}; for this it must be {needed}. Reload the page."
        )


def _say(by: Person, action: CorrectiveAction, verb: str, reason: str, missing: str) -> CorrectiveAction:
    require_quality(by, f"{verb} corrective actions")
    current = lock(action)
    _require_moment(current, verb)
    if not reason.strip():
        raise Incomplete(missing.format(number=current.number))
    return move(current, verb, by=by, said=reason.strip(), data={"reason": reason.strip()})


def _require_ripe(action: CorrectiveAction) -> None:
    if action.check_on and action.check_on > timezone.localdate():
        raise TooEarlyToJudge(
            f"{action.number} is to be judged on {action.check_on:%-d %b %Y}. Wait for the day, or reopen it."
        )
    if action.check_after_lots and (seen := lots_since(action)) < action.check_after_lots:
        raise TooEarlyToJudge(
            f"{action.number} is to be judged after {action.check_after_lots} lots of {action.part.number}; {seen} "
            "were finished since it was implemented. Wait for the others, or reopen it."
        )
