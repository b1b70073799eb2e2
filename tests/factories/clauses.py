"""Clauses on order lines of every kind, and what shows that they were met."""

from __future__ import annotations

from routes.domain import clause_evidence, clauses
from routes.models import ClauseEvidence, LineClause, OrderLine, Traveler
from tests.cast import Cast, reauth
from tests.factories.routes import today

TITLES = {
    "evidence": "Records of foreign object prevention",
    "hold": "First piece is approved before anodize",
    "witness": "Witness of the milling",
    "source": "Source inspection before shipment",
}


def carry(
    cast: Cast, line: OrderLine, kind: str = "evidence", *, number: str = "", point_at: int | None = None
) -> LineClause:
    """Put a clause of a kind on an order line, answered by a document."""
    clause = clauses.add_clause(
        by=cast.quality,
        customer=line.order.customer,
        number=number or f"Q-{kind}",
        revision="B",
        title=TITLES[kind],
        text="",
        kind=kind,
    )
    carried = clauses.put_on_line(by=cast.quality, order_line=line, clause=clause, point_at=point_at)
    return clauses.answer_clause(
        by=cast.quality, line_clause=carried, answer="document", answered_by="FOD log of the cell"
    )


def show(cast: Cast, carried: LineClause, lot: Traveler, **facts) -> ClauseEvidence:
    """Record by the inspector that a clause was met."""
    by = facts.pop("by", cast.inspector)
    wanted = {
        "reference": "Letter OA-77",
        "present": "" if carried.clause.kind == "evidence" else "Anton Belisle",
        "done_on": today(),
    }
    return clause_evidence.record(
        by=by, line_clause=carried, traveler=lot, token=reauth(by), **{**wanted, **facts}
    )


def let_go(cast: Cast, carried: LineClause, lot: Traveler, **facts) -> ClauseEvidence:
    """Let a point go by the customer's quality person."""
    by = facts.pop("by", cast.customer_quality)
    return clause_evidence.let_go(by=by, line_clause=carried, traveler=lot, token=reauth(by), **facts)
