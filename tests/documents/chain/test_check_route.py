from dataclasses import replace

import pytest

from documents.domain.chain.check_route import check
from tests.factories.lot_facts import good_lot, with_step


def states(lot):
    return [slot.state for slot in check(lot)]


def test_released_route_of_the_ordered_revision_closes():
    assert states(good_lot()) == ["accepted", "accepted", "accepted"]


def test_superseded_route_still_counts_for_its_lots():
    assert states(replace(good_lot(), route_state="superseded")) == ["accepted", "accepted", "accepted"]


def test_draft_route_is_missing():
    slot = check(replace(good_lot(), route_state="draft"))[0]
    assert (slot.state, slot.sentence) == (
        "missing",
        "Route R-000004-2 of lot T-000412 is not released. Submit and release it.",
    )


def test_route_released_by_its_author_is_rejected():
    assert states(replace(good_lot(), is_released_by_author=True)) == ["rejected", "accepted", "accepted"]


def test_namesakes_are_two_people():
    assert states(replace(good_lot(), route_released_by="Tomas Wray")) == ["accepted", "accepted", "accepted"]


def test_other_revision_than_ordered_is_rejected():
    slot = check(replace(good_lot(), part_revision="B"))[1]
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Lot T-000412 is made to 30-4471-2 revision B; order O-000003/1 asks for revision C. "
        "Amend the order or make the lot to its revision.",
    )


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        ("quality_owner", "quality"),
        ("timing_owner", "timing"),
        ("incoming_owner", "incoming verification"),
    ],
)
def test_outside_operation_needs_each_owner(owner, words):
    slot = check(with_step(good_lot(), 60, **{owner: ""}))[2]
    assert (slot.state, slot.sentence) == (
        "missing",
        f"Lot T-000412: operation 60 Anodize has no owner of {words}. Name a person for each.",
    )


def test_inside_operation_needs_no_incoming_owner():
    assert states(with_step(good_lot(), 20, incoming_owner=""))[2] == "accepted"


def prototype_slots(**facts):
    return check(replace(good_lot(), **facts))[3:]


def test_prototype_ships_only_where_prototypes_are_ordered():
    (slot,) = prototype_slots(purpose="prototype")
    assert (slot.state, slot.subject, slot.waived_by) == ("rejected", "purpose", "nobody")
    assert slot.sentence == (
        "Lot T-000412 is a prototype and order O-000003/1 orders production parts, so it cannot ship on it. "
        "Make a production lot, or have the customer amend the line to prototypes."
    )
    (slot,) = prototype_slots(purpose="prototype", order_purpose="prototype")
    assert (slot.state, slot.evidence) == ("accepted", "Order O-000003/1 orders prototypes")


def test_production_after_a_prototype_stands_on_a_handoff():
    (slot,) = prototype_slots(prototype="T-000400")
    assert (slot.state, slot.subject, slot.waived_by, slot.url_kwargs) == (
        "missing",
        "handoff",
        "house",
        {"number": "R-000004-2"},
    )
    assert slot.sentence == (
        "Prototype lot T-000400 was made before lot T-000412, and nobody has signed what it taught. "
        "Hand the part over to production on route R-000004-2."
    )
    (slot,) = prototype_slots(prototype="T-000400", handoff="PH-000001, signed by Edda Rauch")
    assert (slot.state, slot.evidence) == ("accepted", "PH-000001, signed by Edda Rauch")


def test_production_lot_on_a_line_of_prototypes_asks_nothing_more():
    assert prototype_slots(order_purpose="prototype") == []
