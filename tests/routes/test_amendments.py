"""Amendments of order lines: by the customer's word only; the lots of the line are named, its clauses asked again."""

from __future__ import annotations

import pytest

from portal.domain.errors import Incomplete, NotEntitled
from portal.models import Event
from routes.domain import orders
from routes.domain.words import DatesDoNotFit, QuantityNotPossible
from routes.models import OrderLine, Traveler
from tests.days import in_days
from tests.factories import clauses as met
from tests.factories import routes as made


def amend(cast, line, **changes):
    facts = {"by": cast.quality, "reference": "PO change 2", "reason": "Engineering change 118."}
    return orders.amend_line(order_line=line, **{**facts, **changes})


def fresh(line) -> OrderLine:
    return OrderLine.objects.get(pk=line.pk)


@pytest.fixture
def lot(cast) -> Traveler:
    return made.make_open_traveler(cast)


def test_amendment_names_the_lots_what_was_and_what_is(cast, lot):
    line = lot.order_line
    later = made.make_part_revision(cast, part=line.part_revision.part, revision="B")
    amend(cast, line, part_revision=later, quantity=60)
    assert (fresh(line).part_revision, fresh(line).quantity) == (later, 60)
    event = Event.objects.get(noun="order", verb="amend_line")
    assert (event.lots, event.data["line"], event.data["reference"], event.data["changes"]) == (
        [lot.number],
        line.line_number,
        "PO change 2",
        f"revision {lot.route_revision.part_revision} to {later}; pieces 50 to 60",
    )


def test_line_is_amended_to_prototypes(cast, lot):
    amend(cast, lot.order_line, purpose="prototype")
    assert fresh(lot.order_line).purpose == "prototype"
    event = Event.objects.get(noun="order", verb="amend_line")
    assert (event.lots, event.data["changes"]) == ([lot.number], "orders production to prototype")


def test_another_revision_asks_every_clause_again(cast, lot):
    line = lot.order_line
    carried = met.carry(cast, line)
    amend(cast, line, quantity=60)
    carried.refresh_from_db()
    assert carried.answer == "document"
    later = made.make_part_revision(cast, part=line.part_revision.part, revision="B")
    amend(cast, fresh(line), part_revision=later)
    carried.refresh_from_db()
    assert (carried.answer, carried.answered_by, carried.mapped_by) == ("", "", None)
    assert carried.history.filter(answer="document").exists()


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        (
            {"reference": " ", "quantity": 60},
            Incomplete,
            "is changed by the customer only. Give the number of",
        ),
        ({"reason": "", "quantity": 60}, Incomplete, "Say what the customer changed on line"),
        ({}, orders.NothingAmended, "says all this already. Change what the customer amended."),
        ({"quantity": 50}, orders.NothingAmended, "says all this already. Change what the customer amended."),
        ({"quantity": 0}, QuantityNotPossible, "cannot be cut to 0 pieces: 0 have shipped. Give at least 1."),
        ({"due_on": in_days(-400)}, DatesDoNotFit, "Correct the day."),
        ({"fai_regime": "perhaps"}, Incomplete, "Say which first article line"),
        ({"purpose": "a rig"}, Incomplete, "Say whether the line orders production parts or prototypes."),
    ],
)
def test_amendment_is_refused(cast, lot, changes, error, sentence):
    line = lot.order_line
    with pytest.raises(error) as refused:
        amend(cast, line, **changes)
    assert sentence in str(refused.value)
    assert fresh(line).quantity == 50
    assert amend(cast, line, quantity=60).quantity == 60


def test_line_is_not_cut_below_what_has_shipped(cast, lot):
    line = lot.order_line
    Traveler.objects.filter(pk=lot.pk).update(state=Traveler.SHIPPED)
    with pytest.raises(
        QuantityNotPossible, match="cannot be cut to 49 pieces: 50 have shipped. Give at least 50."
    ):
        amend(cast, line, quantity=49)


def test_another_part_is_a_line_of_its_own(cast, lot):
    strange = made.make_part_revision(cast)
    with pytest.raises(orders.PartOfAnotherLine, match="is another part. Enter it as a line of its own."):
        amend(cast, lot.order_line, part_revision=strange)


def test_operator_amends_nothing(cast, lot):
    with pytest.raises(NotEntitled):
        amend(cast, lot.order_line, by=cast.operator, quantity=60)


def test_revision_is_named_by_machines(cast, lot):
    line = lot.order_line
    later = made.make_part_revision(cast, part=line.part_revision.part, revision="B")
    assert orders.revision_named(order_line=line, revision="B") == later
    with pytest.raises(
        orders.NoSuchRevision, match="has no revision Z. Add the revision with its drawing first."
    ):
        orders.revision_named(order_line=line, revision="Z")
