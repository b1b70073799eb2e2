"""Quality clauses: what a customer demands on its orders, and what answers it on each line."""

from __future__ import annotations

from django.db import transaction

from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature
from routes.domain.lots import lock_lots
from routes.domain.orders import NotACustomer
from routes.domain.words import only_once, require_text
from routes.models import LineClause, Operation, OrderLine, QualityClause, RouteRevision, Traveler
from routes.permissions import PLANNERS, require_role


class ClauseOfAnotherCustomer(Refused):
    """An order line would carry the clause of another customer."""

    code = "clause-of-another-customer"


class PointDoesNotFit(Refused):
    """A point names an operation that is not there, or a clause that is no point names one."""

    code = "point-does-not-fit"


@transaction.atomic
def add_clause(
    *,
    by: Person,
    customer: Organization,
    number: str,
    revision: str,
    title: str,
    text: str,
    kind: str = QualityClause.EVIDENCE,
) -> QualityClause:
    """Keep one clause of a customer's quality terms, word for word, in one revision.

    kind: what it takes: evidence with the lot, or somebody of the customer at a point.
    Raises:  NotEntitled; NotACustomer; Incomplete without number, title or a known kind; AlreadyThere.
    Source:  AS9100D 8.2.2 (requirements of the customer are determined).
    """
    require_role(by=by, roles=PLANNERS, act="add quality clauses")
    if customer.kind != Organization.CUSTOMER or not customer.is_active:
        raise NotACustomer(f"{customer.name} is not an active customer, so it has no clauses on orders.")
    number = require_text(number, "The clause has no number. Copy it from the customer's terms, as in Q-17.")
    title = require_text(title, f"Clause {number} has no title. Say in a few words what it demands.")
    if kind not in dict(QualityClause.KINDS):
        raise Incomplete(
            f"Say what clause {number} takes: evidence, a hold, a witness or a source inspection."
        )
    revision = revision.strip()
    name = f"{number} {revision}".strip()
    with only_once(f"{customer.name} has clause {name} already. Give the next revision or use that one."):
        clause = QualityClause.objects.create(
            customer=customer, number=number, revision=revision, title=title, text=text.strip(), kind=kind
        )
    record_event(
        by=by,
        verb="add",
        noun="clause",
        number=name,
        data={"customer": customer.number, "name": title},
    )
    return clause


@transaction.atomic
def put_on_line(
    *, by: Person, order_line: OrderLine, clause: QualityClause, point_at: int | None = None
) -> LineClause:
    """Say that an order line carries a clause; until it is answered nothing of the line ships.

    point_at: the operation whose signature waits for a hold or witness point.
    Raises:  NotEntitled; ClauseOfAnotherCustomer; PointDoesNotFit when a hold or witness point names no operation
             of the released route, or another clause names one; AlreadyThere.
    """
    require_role(by=by, roles=PLANNERS, act="put clauses on order lines")
    lots = _lots_of(order_line)
    lock_lots(lots)
    line = lock(order_line)
    if clause.customer_id != line.order.customer_id:
        raise ClauseOfAnotherCustomer(
            f"Clause {clause} is of {clause.customer.name}, order line {line} of {line.order.customer.name}. "
            "Choose a clause of that customer."
        )
    _require_point(line, clause, point_at)
    with only_once(f"Order line {line} carries clause {clause} already."):
        carried = LineClause.objects.create(order_line=line, clause=clause, point_at=point_at)
    record_event(
        by=by,
        verb="put clause on",
        noun="order",
        number=line.order.number,
        lots=lots,
        data={"line": line.line_number, "name": str(clause), "sequence": point_at or ""},
    )
    return carried


def _require_point(line: OrderLine, clause: QualityClause, point_at: int | None) -> None:
    needs_one = clause.kind in (QualityClause.HOLD, QualityClause.WITNESS)
    if not needs_one and point_at is not None:
        raise PointDoesNotFit(
            f"Clause {clause} stops no operation ({clause.get_kind_display().lower()}). Leave the operation empty."
        )
    if not needs_one:
        return
    if point_at is None:
        raise PointDoesNotFit(
            f"Clause {clause} is a {clause.get_kind_display().lower()}. Say which operation waits for it."
        )
    released = Operation.objects.filter(
        route_revision__part_revision=line.part_revision_id, route_revision__state=RouteRevision.RELEASED
    )
    known = sorted(set(released.values_list("sequence", flat=True)))
    if known and point_at not in known:
        raise PointDoesNotFit(
            f"The released route of {line.part_revision} has no operation {point_at} for clause {clause} to stop. "
            f"Choose one of {', '.join(str(each) for each in known)}."
        )


@transaction.atomic
def answer_clause(
    *, by: Person, line_clause: LineClause, answer: str, answered_by: str, token: str | None = None
) -> LineClause:
    """Say what answers a clause: an operation, a document, or a signed "does not apply" with its reason.

    Answering again puts the new answer in its place; history keeps the old one.

    Raises:  NotEntitled; Incomplete without a kind of answer, its words, or the signature of "does not apply";
             CredentialRefused.
    Source:  AS9100D 8.2.3 (review of requirements).
    """
    require_role(by=by, roles=PLANNERS, act="answer quality clauses")
    lots = _lots_of(line_clause.order_line)
    lock_lots(lots)
    current = lock(line_clause)
    name = f"Clause {current.clause} on order line {current.order_line}"
    if answer not in dict(LineClause.ANSWERS):
        raise Incomplete(
            f"{name} is answered by an operation, by a document, or does not apply. Choose one of them."
        )
    words = require_text(
        answered_by, f"{name}: say which operation, which document, or why it does not apply."
    )
    signature = None
    if answer == LineClause.NOT_APPLICABLE:
        signature = _sign_not_applicable(by, current, words, token, name)
    was = f"{current.get_answer_display().lower()}: {current.answered_by}" if current.answer else ""
    current.answer, current.answered_by, current.mapped_by = answer, words, by
    current.signature = signature
    current.save()
    record_event(
        by=by,
        verb="answer clause of",
        noun="order",
        number=current.order_line.order.number,
        lots=lots,
        data={
            "line": current.order_line.line_number,
            "name": str(current.clause),
            "kind": answer,
            "reason": words,
            **({"was": was} if was else {}),
        },
    )
    return current


def _sign_not_applicable(
    by: Person, line_clause: LineClause, reason: str, token: str | None, name: str
) -> Signature:
    if not token:
        raise Incomplete(f"{name} is said not to apply: this is signed. Give your password.")
    line = line_clause.order_line
    return sign(
        by=by,
        token=token,
        meaning=Signature.REVIEWED,
        noun="clause",
        number=str(line_clause.clause),
        content={
            "order_line": str(line),
            "customer": line.order.customer.number,
            "clause": str(line_clause.clause),
            "text": line_clause.clause.text,
            "does_not_apply_because": reason,
        },
        act=Authority.APPROVE_ROUTE,
        customer=line.order.customer,
    )


def _lots_of(order_line: OrderLine) -> list[str]:
    """Return the lots of a line that are still here: their chain opens and closes with its clauses."""
    return list(Traveler.objects.open().filter(order_line=order_line).values_list("number", flat=True))
