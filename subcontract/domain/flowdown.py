"""The flow-down review: what an order line passes on to its vendor, decided item by item before it is issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from portal.permissions import require_quality
from routes.domain.lots import lock_lots
from subcontract.domain.flowdown_demands import FlowdownDemand, demands_of
from subcontract.models import FlowdownItem, OutsideOrder, OutsideOrderLine

# what may change after the order was issued and then is no longer what the vendor was told
FROM_THE_CUSTOMER = (FlowdownItem.NOTE, FlowdownItem.CLAUSE, FlowdownItem.ORDER)
LONGEST_KEY = FlowdownItem._meta.get_field("key").max_length
LONGEST_ORIGIN = FlowdownItem._meta.get_field("origin").max_length


class FlowdownIncomplete(Refused):
    """Something an order must pass on to its vendor is not decided, or not said."""

    code = "flowdown-incomplete"


class OrderAmendedSince(Refused):
    """What the vendor was told is no longer what the customer asks."""

    code = "order-amended-since"


@dataclass(frozen=True)
class Decision:
    """What somebody decided on one item: it is passed on, or why it does not apply."""

    key: str
    state: str
    reason: str = ""


def review_of(line: OutsideOrderLine) -> list[FlowdownItem]:
    """Return the items of a line in reading order, writing nothing.

    A draft shows what is asked today: an item whose words changed since is undecided again. An order that was
    issued shows what was signed.
    """
    if line.order.state != OutsideOrder.DRAFT:
        return list(line.flowdown_items.filter(is_withdrawn=False).select_related("decided_by"))
    known = {item.key: item for item in line.flowdown_items.select_related("decided_by")}
    return [
        _as_asked(line, demand, known.get(demand.key), place)
        for place, demand in enumerate(demands_of(line), start=1)
    ]


def _as_asked(
    line: OutsideOrderLine, demand: FlowdownDemand, item: FlowdownItem | None, position: int
) -> FlowdownItem:
    """Return an item as it is asked now, in memory: what was decided holds for the same words only."""
    if item is None:
        item = FlowdownItem(line=line, key=demand.key[:LONGEST_KEY], state=demand.first_state)
    elif item.words != demand.words or item.is_withdrawn:
        item.state, item.reason, item.decided_by = demand.first_state, "", None
        item.decided_before_on = ""
    item.position, item.source, item.origin = position, demand.source, demand.origin[:LONGEST_ORIGIN]
    item.words, item.is_by_rule, item.is_withdrawn = demand.words, demand.is_by_rule, False
    return item


def derive(line: OutsideOrderLine) -> list[FlowdownItem]:
    """Write down what a draft's line passes on as it is asked today; the caller holds a transaction.

    What was decided stays for the same words. New words take the decision of the last order of the same operation
    to the same site, if they were decided there; else they wait for one. What is asked no more is withdrawn. What
    stands as it stood is not written again, so the history of an item tells of changes only.
    """
    items, stored = review_of(line), {item.pk: _columns_of(item) for item in line.flowdown_items.all()}
    before = _decided_before(line) if any(item.pk is None for item in items) else {}
    for item in items:
        earlier = before.get((item.key, item.words))
        if item.pk is None and earlier and not item.is_by_rule:
            item.state, item.reason, item.decided_by = earlier.state, earlier.reason, earlier.decided_by
            item.decided_before_on = str(earlier.line)
        if stored.get(item.pk) != _columns_of(item):
            item.save()
    for gone in line.flowdown_items.filter(is_withdrawn=False).exclude(key__in=[each.key for each in items]):
        gone.is_withdrawn = True
        gone.save()
    return items


def _columns_of(item: FlowdownItem) -> list[object]:
    return [getattr(item, column.attname) for column in item._meta.concrete_fields]


def _decided_before(line: OutsideOrderLine) -> dict[tuple[str, str], FlowdownItem]:
    """Return what was last decided for the same operation of the same part revision at the same site, by words."""
    operation = line.step.operation
    issued = FlowdownItem.objects.filter(
        line__order__site=line.order.site_id,
        line__order__issue_signature__isnull=False,
        line__step__operation__sequence=operation.sequence,
        line__step__operation__route_revision__part_revision=operation.route_revision.part_revision_id,
        decided_by__isnull=False,
        is_withdrawn=False,
    )
    return {(item.key, item.words): item for item in issued.select_related("line__order").order_by("pk")}


@transaction.atomic
def decide(*, by: Person, line: OutsideOrderLine, decisions: Sequence[Decision]) -> OutsideOrderLine:
    """Decide items of a draft's line: each is passed on to the vendor, or does not apply for a reason.

    Raises:  NotEntitled; NotTheMoment when the order is no draft; FlowdownIncomplete for "does not apply" without
             its reason, or for what every order says; Incomplete for an item that is not asked (any more).
    Source:  AS9100D 8.4.3 (requirements are adequate before they are communicated).
    """
    require_quality(by, "review what orders pass on to vendors")
    lock_lots([line.traveler.number])
    order = lock(line.order)
    if order.state != OutsideOrder.DRAFT:
        raise NotTheMoment(
            f"Outside order {order.number} is {order.get_state_display().lower()}; what it passes on is signed. "
            "Cancel it and draft a new order to change that."
        )
    items = {item.key: item for item in derive(line)}
    decided = [_decide_item(by, line, items, decision) for decision in decisions]
    if not decided:
        raise Incomplete(
            f"Nothing was decided on line {line.line_number} of {order.number}. Choose an answer."
        )
    record_event(
        by=by,
        verb="review flowdown of",
        noun="outside order",
        number=order.number,
        lots=[line.traveler.number],
        data={"line": line.line_number, "decided": {item.origin: item.state for item in decided}},
    )
    return line


@transaction.atomic
def review(
    *, by: Person, line: OutsideOrderLine, decisions: Sequence[Decision], is_rest_passed_on: bool
) -> OutsideOrderLine:
    """Decide some items of a draft's line, and pass on whatever is left where that is wished; all of it or nothing.

    Raises:  what `decide` raises.
    """
    if decisions or not is_rest_passed_on:
        decide(by=by, line=line, decisions=decisions)
    return pass_on_the_rest(by=by, line=line) if is_rest_passed_on else line


def pass_on_the_rest(*, by: Person, line: OutsideOrderLine) -> OutsideOrderLine:
    """Pass on whatever of a draft's line nobody has decided yet; a line without a question stays as it is.

    Raises:  NotEntitled; NotTheMoment when the order is no draft.
    """
    require_quality(by, "review what orders pass on to vendors")
    asked = [item.key for item in review_of(line) if item.state == FlowdownItem.UNDECIDED]
    if asked:
        decide(by=by, line=line, decisions=[Decision(key, FlowdownItem.INCLUDED) for key in asked])
    return line


def _decide_item(
    by: Person, line: OutsideOrderLine, items: dict[str, FlowdownItem], decision: Decision
) -> FlowdownItem:
    item, reason = items.get(decision.key), decision.reason.strip()
    name = f"line {line.line_number} of {line.order.number}"
    if item is None or decision.state not in (FlowdownItem.INCLUDED, FlowdownItem.NOT_APPLICABLE):
        raise Incomplete(f"{decision.key} is nothing to decide on {name}. Reload the page.")
    is_left_out = decision.state == FlowdownItem.NOT_APPLICABLE
    if is_left_out and item.is_by_rule:
        raise FlowdownIncomplete(f"“{item.origin}” stands on every order; it cannot be left off {name}.")
    if is_left_out and not reason:
        raise FlowdownIncomplete(
            f"Say why {item.origin} does not apply to the vendor's work on {name}: who meets it instead, and where."
        )
    item.state, item.reason, item.decided_by = decision.state, reason if is_left_out else "", by
    item.decided_before_on = ""
    item.save()
    return item


def require_reviewed(line: OutsideOrderLine) -> list[FlowdownItem]:
    """Return the items of a line as they stand today, all decided.

    Raises:  FlowdownIncomplete naming the first that is not; then nothing is kept of the new derivation.
    """
    items = derive(line)
    if gap := next((item for item in items if item.state == FlowdownItem.UNDECIDED), None):
        raise FlowdownIncomplete(
            f"Line {line.line_number} of {line.order.number} ({line.traveler.number}): nobody decided whether "
            f"{gap.origin}, “{_short(gap.words)}”, is passed on to {line.order.site.organization}. Review what the "
            "line passes on."
        )
    return items


def amended_since(line: OutsideOrderLine) -> list[FlowdownDemand]:
    """Return what drawing and customer ask of a line now and the issued order does not say."""
    signed = {(item.key, item.words) for item in line.flowdown_items.all() if not item.is_withdrawn}
    return [
        demand
        for demand in demands_of(line)
        if demand.source in FROM_THE_CUSTOMER and (demand.key[:LONGEST_KEY], demand.words) not in signed
    ]


def require_not_amended(line: OutsideOrderLine) -> None:
    """Refuse to send pieces on an order that does not say what the customer asks by now.

    Raises:  OrderAmendedSince naming the first thing the vendor was never told.
    Source:  AS9100D 8.2.4 (changes to requirements reach those who work by them).
    """
    if new := amended_since(line):
        raise OrderAmendedSince(
            f"Since {line.order.number} was issued, {new[0].origin} of lot {line.traveler.number} says "
            f"“{_short(new[0].words)}”, and {line.order.site.organization} was not told. Cancel the order, draft "
            "it again and review what it passes on."
        )


def content_of_flowdown(line: OutsideOrderLine) -> list[dict]:
    """Return what of the review the issue signature covers, in reading order."""
    return [
        {
            "source": item.source,
            "origin": item.origin,
            "words": item.words,
            "state": item.state,
            "reason": item.reason,
        }
        for item in line.flowdown_items.filter(is_withdrawn=False).order_by("position", "pk")
    ]


def _short(words: str) -> str:
    return words if len(words) <= 120 else f"{words[:117].rstrip()}…"
