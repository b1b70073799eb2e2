"""An amended order line is judged anew: what was proved for the revision before proves nothing for the next."""

from documents.domain import chain
from documents.domain.chain.facts import read_facts_as_placed
from routes.domain import orders
from tests.factories import clauses as met
from tests.factories.routes import make_part_revision


def open_codes(lot) -> list[str]:
    slots = chain.judge(read_facts_as_placed([lot.pk])[lot.number])
    return sorted({slot.code for slot in slots if not slot.is_closed})


def test_another_revision_opens_route_and_notes_of_the_lots_of_the_line(ready):
    line = ready.lot.order_line
    met.carry(ready.cast, line)
    before = open_codes(ready.lot)
    later = make_part_revision(ready.cast, part=line.part_revision.part, revision="Z")
    orders.amend_line(
        by=ready.cast.quality,
        order_line=line,
        reference="PO change 2",
        reason="Engineering change 118.",
        part_revision=later,
    )
    # and TRAIL, since an order was edited after the lot's first signature
    assert sorted(set(open_codes(ready.lot)) - set(before)) == ["NOTES", "ROUTE", "TRAIL"]


def test_clause_put_on_the_line_opens_notes_of_its_lots(ready):
    from routes.domain import clauses

    before = open_codes(ready.lot)
    clause = clauses.add_clause(
        by=ready.cast.quality, customer=ready.cast.customer, number="Q-8", revision="A", title="New", text=""
    )
    clauses.put_on_line(by=ready.cast.quality, order_line=ready.lot.order_line, clause=clause)
    assert sorted(set(open_codes(ready.lot)) - set(before)) == ["CLAUSES", "NOTES"]
