"""Clauses with their evidence, points of the customer, and edits with their review, on lots that stand already."""

from __future__ import annotations

from documents.demo.papers import paper
from documents.demo.parts import COVER, HOUSING
from documents.demo.people import token
from documents.demo.scenes import Shelf
from documents.demo.story import Story
from documents.domain import trail
from routes.domain import clause_evidence, clauses
from routes.models import LineClause, QualityClause, Traveler

NUMBERS = {
    QualityClause.HOLD: ("Q-44", "Customer lets the first milling go"),
    QualityClause.WITNESS: ("Q-45", "Customer witnesses the final inspection"),
    QualityClause.SOURCE: ("Q-46", "Customer inspects at the shop before shipment"),
}


def points_and_edits(shelf: Shelf) -> None:
    """A hold point let go by the customer, a witnessed inspection, a source inspection that waits, and two edits."""
    housing, cover = shelf.stories[HOUSING.number], shelf.stories[COVER.number]
    _let_go(housing, _last_lot(housing, Traveler.OPEN))
    packed = _last_lot(cover, Traveler.COMPLETE)
    _carry(cover, packed, QualityClause.SOURCE)
    _witnessed(cover, packed)
    second = cover.people.second_quality
    trail.review(
        by=second,
        traveler=packed,
        remarks="The first record named another lot; the paper at hand is of this one.",
        token=token(second),
    )
    _answer_anew(cover, packed)


def _last_lot(story: Story, state: str) -> Traveler:
    found = Traveler.objects.filter(route_revision=story.plan.route, parent=None, state=state)
    return found.order_by("-pk").first()


def _carry(story: Story, lot: Traveler, kind: str, *, at: int | None = None) -> LineClause:
    """Put a point on the order line of a lot, answered by the letter that shows it."""
    by, customer = story.people.quality, lot.order_line.order.customer
    number, title = NUMBERS[kind]
    clause = clauses.add_clause(
        by=by, customer=customer, number=number, revision="A", title=title, text="", kind=kind
    )
    carried = clauses.put_on_line(by=by, order_line=lot.order_line, clause=clause, point_at=at)
    return clauses.answer_clause(
        by=by, line_clause=carried, answer=LineClause.DOCUMENT, answered_by="Signature of the customer"
    )


def _let_go(story: Story, lot: Traveler) -> None:
    """A hold point before the first milling, let go by the customer's quality person in the portal."""
    carried = _carry(story, lot, QualityClause.HOLD, at=20)
    buyer = story.buyer
    clause_evidence.let_go(
        by=buyer,
        line_clause=carried,
        traveler=lot,
        remarks="Sawn blanks and set-up sheet seen by video.",
        token=token(buyer),
    )


def _witnessed(story: Story, lot: Traveler) -> None:
    """A witnessed final inspection: recorded for the wrong report first, withdrawn, recorded right with its paper."""
    by = story.people.inspector
    sequence = story.sequences("inspect")[-1]
    carried = _carry(story, lot, QualityClause.WITNESS, at=sequence)
    record = {
        "by": by,
        "line_clause": carried,
        "traveler": lot,
        "present": f"{story.buyer.printed_name}, {story.buyer.title}",
        "done_on": story.today,
    }
    wrong = clause_evidence.record(**record, reference="Witness record WR-2207", token=token(by))
    clause_evidence.withdraw(
        by=story.people.quality, evidence=wrong, reason="WR-2207 is of the lot before; this one is WR-2208."
    )
    spec = story.plan.spec
    content = paper(
        "old_record",
        issuer="Kestrel Ridge Machining",
        title="Witness record",
        number="WR-2208",
        on=str(story.today),
        rows=(
            ("Part, revision", f"{spec.number} revision {spec.revision}"),
            ("Lot", lot.number),
            ("Operation", f"{sequence} Final inspection"),
            ("Present", record["present"]),
        ),
        statement="The final inspection was witnessed on two pieces; no remark.",
        signer=story.buyer.printed_name,
    )
    clause_evidence.record(
        **record, reference="Witness record WR-2208", content=content, name="WR-2208.pdf", token=token(by)
    )


def _answer_anew(story: Story, lot: Traveler) -> None:
    """An edit nobody has reviewed yet: a clause answered by another document after the work was done."""
    carried = LineClause.objects.get(order_line=lot.order_line, clause__number="Q-17")
    clauses.answer_clause(
        by=story.people.quality,
        line_clause=carried,
        answer=LineClause.DOCUMENT,
        answered_by="Process certificates, and the processor list of the buyer of this month",
    )
