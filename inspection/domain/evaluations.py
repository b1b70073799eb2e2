"""Evaluations: what differs from an approved first article opens one by itself, a quality engineer decides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inspection.domain.evaluation_scopes import scope_of_decision
from inspection.domain.trigger_reading import Pair, change_of, read_pair, read_pairs, row_of
from inspection.domain.triggers import Change, reported
from inspection.domain.triggers.kinds import KINDS, REPORTED
from inspection.models import TriggerEvaluation
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from portal.permissions import require_inspector, require_quality
from routes.domain.lots import lock_lots
from routes.domain.words import require_text
from routes.models import Characteristic, Operation, Part, Traveler

# as much as field 14 holds
LONGEST_REASON = 300


class NothingApproved(Refused):
    """Without an approved first article there is nothing a change could invalidate."""

    code = "nothing-approved"


class NoSuchChange(Refused):
    """People report events and corrective actions; everything else is found by comparing."""

    code = "no-such-change"


def open_found(lots: Iterable[int]) -> list[TriggerEvaluation]:
    """Open or reopen the evaluation of every lot that differs in what nobody has decided; return those that changed.

    Run twice it does nothing the second time. Splits of one lot share its evaluation.
    Source:  release rules 17 and 18; AS9102 Rev C 4.6.
    """
    found: dict[tuple[str, int], list[Change]] = {}
    for pair in read_pairs(lots).values():
        if changes := pair.untold():
            found.setdefault((pair.root, pair.baseline_id), []).extend(changes)
    opened = [_open(root, baseline, changes) for (root, baseline), changes in sorted(found.items())]
    return [each for each in opened if each is not None]


@transaction.atomic
def _open(
    root: str, baseline_id: int, changes: Iterable[Change], *, by: Person | None = None
) -> TriggerEvaluation | None:
    """Put changes onto the evaluation of a lot: a new one, the one that waits, or the decided one reopened."""
    lot = lock_lots([root])[0]
    rows = {each.key: row_of(each) for each in changes}
    standing = TriggerEvaluation.objects.filter(traveler=lot, baseline=baseline_id).first()
    if standing is None:
        return _create(lot, baseline_id, list(rows.values()), by=by)
    standing = lock(standing)
    known = {change_of(row).key for row in standing.changes}
    new = [row for key, row in rows.items() if key not in known]
    if not new:
        return None
    told = {"changes": _told(new)}
    if standing.state == TriggerEvaluation.DECIDED:
        return move(
            standing,
            "reopen",
            by=by,
            lots=[lot.number],
            data={"was": standing.decision} | told,
            changes=[*standing.changes, *new],
            decision="",
            justification="",
            scope=[],
            signature=None,
        )
    standing.changes = [*standing.changes, *new]
    standing.save()
    record_event(
        by=by, verb="add change to", noun="evaluation", number=standing.number, lots=[lot.number], data=told
    )
    return standing


def _told(rows: Iterable[dict]) -> str:
    return "; ".join(change_of(row).words for row in rows)


def _create(lot: Traveler, baseline_id: int, rows: list[dict], *, by: Person | None) -> TriggerEvaluation:
    opened = TriggerEvaluation.objects.create(
        number=next_number("EV"),
        traveler=lot,
        part_revision=lot.route_revision.part_revision,
        baseline_id=baseline_id,
        changes=rows,
        opened_at=timezone.now(),
        opened_by=by,
    )
    record_event(
        by=by,
        verb="open",
        noun="evaluation",
        number=opened.number,
        lots=[lot.number],
        data={"baseline": opened.baseline.number, "changes": _told(rows)},
    )
    return opened


@transaction.atomic
def evaluate(*, by: Person, traveler: Traveler) -> TriggerEvaluation:
    """Open the evaluation of one lot now, where the reader of the feed has not come by yet.

    Raises:  NotEntitled; NothingApproved; NotTheMoment when the lot differs in nothing undecided.
    """
    require_inspector(by, "open evaluations")
    pair = _require_pair(traveler)
    changes = pair.untold()
    if changes and (opened := _open(pair.root, pair.baseline_id, changes, by=by)) is not None:
        return opened
    if waiting := pair.open_evaluation():
        return TriggerEvaluation.objects.get(number=waiting.number)
    raise NotTheMoment(
        f"Lot {traveler.number} differs in nothing that is to be evaluated from what {pair.baseline.number} "
        "represented. Report an event or a corrective action if there was one."
    )


@transaction.atomic
def report(
    *,
    by: Person,
    traveler: Traveler,
    kind: str,
    what: str,
    subject: str = "",
    operations: Iterable[Operation] = (),
    characteristics: Iterable[Characteristic] = (),
    at: datetime | None = None,
) -> TriggerEvaluation:
    """Report what no record shows: an event that may have hurt the process, or a corrective action.

    Without operations and characteristics it touches all of them.
    Raises:  NotEntitled; NoSuchChange; Incomplete without words; NothingApproved.
    Source:  AS9102 Rev C 4.6 f (natural or man-made event; corrective action of an earlier first article).
    """
    require_inspector(by, "report events that may have hurt the process")
    if kind not in REPORTED:
        words = " and ".join(KINDS[each][0].lower() for each in REPORTED)
        raise NoSuchChange(f"People report a {words}; other changes are found by themselves. Choose one.")
    what = require_text(what, f"Say what happened to lot {traveler.number}; whoever decides reads it.")
    pair = _require_pair(traveler)
    change = reported(
        kind,
        subject.strip(),
        what,
        sequences=tuple(sorted(each.sequence for each in operations)),
        identities=tuple(str(each.identity) for each in characteristics),
        at=at or timezone.now(),
    )
    opened = _open(pair.root, pair.baseline_id, [change], by=by)
    if opened is None:
        raise NotTheMoment(f"That is on the evaluation of lot {pair.root} already. Decide it there.")
    return opened


def _require_pair(traveler: Traveler, *, whole: bool = False) -> Pair:
    pair = read_pair(traveler.pk, whole=whole)
    if pair is None:
        raise NothingApproved(
            f"No first article of {traveler.route_revision.part_revision.part.number} is approved, or lot "
            f"{traveler.number} is a prototype, so there is nothing to compare it with. Open a first article."
        )
    return pair


@transaction.atomic
def decide(
    *,
    by: Person,
    evaluation: TriggerEvaluation,
    decision: str,
    justification: str,
    token: str,
    taken_out: Mapping[str, str] | None = None,
    added: Mapping[str, str] | None = None,
) -> TriggerEvaluation:
    """Decide an evaluation, signed: no first article, a partial one of the scope, or a full one.

    1. the open lots of the part are locked in number order, as the decision holds for each that shows the change;
    2. what differs meanwhile is added first, so that nobody signs less than there is;
    3. the scope is what the changes touch, less what is `taken_out` and more what is `added`, with a reason each
       (balloon: reason). Results of what is added are from the last of the changes on.

    Raises:  NotEntitled; NotTheMoment once decided, or when something was added just now; Incomplete without
             justification or reason; NotInScope for a balloon that is not touched, or to be added and touched
             already; OnlyAPartialOneIsWidened; NothingToMeasure for a partial first article of nothing.
    Source:  AS9102 Rev C 4.6; release rules 16 to 18.
    """
    require_quality(by, f"decide evaluation {evaluation.number}")
    lots = _lock_lots_of(evaluation.part_revision.part)
    evaluation = lock(evaluation)
    _require_open(evaluation)
    words = require_text(justification, f"Say why; {evaluation.number} is signed with the justification.")
    if decision not in dict(TriggerEvaluation.DECISIONS):
        raise Incomplete("Choose no, a partial or a full first article.")
    _require_all_told(evaluation)
    scope = scope_of_decision(evaluation, decision, taken_out=taken_out or {}, added=added or {})
    customer = evaluation.part_revision.part.customer
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="evaluation",
        number=evaluation.number,
        content={
            "lot": evaluation.traveler.number,
            "baseline": evaluation.baseline.number,
            "changes": evaluation.changes,
            "decision": decision,
            "justification": words,
            "scope": scope,
        },
        act=Authority.APPROVE_FIRST_ARTICLE,
        customer=customer,
    )
    return move(
        evaluation,
        "decide",
        by=by,
        lots=lots,
        data={"decision": decision, "scope": [row["balloon"] for row in scope if not row["taken_out"]]},
        decision=decision,
        justification=words,
        scope=scope,
        signature=signature,
    )


def _require_open(evaluation: TriggerEvaluation) -> None:
    if evaluation.state != TriggerEvaluation.OPEN:
        raise NotTheMoment(
            f"{evaluation.number} is decided: {evaluation.get_decision_display()}. A further change opens it again."
        )


def _require_all_told(evaluation: TriggerEvaluation) -> None:
    """Refuse a decision on less than there is; the reader of the feed may be a second behind.

    Raises:  NotTheMoment naming what is not on the evaluation yet.
    """
    family = Traveler.objects.filter(number__startswith=f"{evaluation.traveler.number}/").values_list(
        "pk", flat=True
    )
    known = {change_of(row).key for row in evaluation.changes}
    missing = {
        each.key: each.words
        for pair in read_pairs([evaluation.traveler_id, *family]).values()
        if pair.baseline_id == evaluation.baseline_id
        for each in pair.untold()
        if each.key not in known
    }
    if missing:
        raise NotTheMoment(
            f"{evaluation.number} does not show yet: {'; '.join(missing.values())}. Reload the page in a moment, or "
            f"evaluate lot {evaluation.traveler.number} anew."
        )


def reason_of(evaluation: TriggerEvaluation) -> str:
    """Return field 14 of the first article an evaluation asks for: its number and what changed."""
    words = "; ".join(change_of(row).words for row in evaluation.changes)
    text = f"{evaluation.number}: {words}"
    return text if len(text) <= LONGEST_REASON else f"{text[: LONGEST_REASON - 1]}…"


def _lock_lots_of(part: Part) -> list[str]:
    """Lock every open lot of a part in number order; return their numbers."""
    lots = Traveler.objects.open().filter(route_revision__part_revision__part=part)
    numbers = list(lots.order_by("number").values_list("number", flat=True))
    return [lot.number for lot in lock_lots(numbers)] if numbers else []
