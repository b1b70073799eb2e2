import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled
from routes.domain import lots, quantities
from routes.domain.lots import LotHasLeft, SerialsDoNotFit
from routes.domain.words import DatesDoNotFit, QuantityNotPossible
from routes.models import QuantityMove, Traveler
from tests.factories import routes as made


def split(cast, lot, quantity, **changes):
    facts = {"by": cast.operator, "traveler": lot, "quantity": quantity, "reason": "Two heats"}
    return lots.split(**{**facts, **changes})


def test_a_child_has_its_parents_past_and_its_own_future(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    child = split(cast, lot, 12)
    made.sign_step(cast, made.step_at(lot, 20))
    assert (child.number, child.quantity_started, lots.quantity_of(lot)) == (f"{lot.number}/1", 12, 38)
    assert [(step.number, step.state) for step in lots.steps_of(child)] == [
        (f"{lot.number}-10-1", "signed"),
        *((f"{child.number}-{sequence}-1", "waiting") for sequence in (20, 30, 40, 50, 60)),
    ]
    made.sign_step(cast, made.step_at(child, 20))
    assert made.step_at(child, 20).quantity_out == 12


def test_a_childs_rework_counts_and_its_parents_later_one_does_not(cast):
    from routes.domain.travelers import add_rework_pass

    lot = made.make_open_traveler(cast, up_to=30)
    child = split(cast, lot, 12)
    add_rework_pass(by=cast.quality, traveler=lot, operation_sequences=[20], reason="Burrs")
    made.sign_step(cast, made.step_at(lot, 20))
    assert (made.step_at(lot, 20).pass_number, made.step_at(child, 20).pass_number) == (2, 1)
    add_rework_pass(by=cast.quality, traveler=child, operation_sequences=[20], reason="Burrs here too")
    assert made.step_at(child, 20).number == f"{child.number}-20-2"


def test_lineage_goes_back_to_the_first_lot_with_the_earliest_split(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    child = split(cast, lot, 12)
    grandchild = split(cast, child, 5)
    sibling = split(cast, lot, 3)
    assert (grandchild.number, sibling.number) == (f"{lot.number}/1/1", f"{lot.number}/2")
    assert lots.lineage(grandchild) == [
        (grandchild, None),
        (child, grandchild.split_at),
        (lot, child.split_at),
    ]
    assert lots.lineage(lot) == [(lot, None)]


def test_a_deep_lineage_is_read_in_as_many_statements_as_a_short_one(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    young = split(cast, lot, 40)
    old = split(cast, split(cast, split(cast, young, 30), 20), 10)

    def statements(traveler):
        with CaptureQueriesContext(connection) as captured:
            assert len(lots.steps_of(Traveler.objects.get(pk=traveler.pk))) == 6
        return len(captured)

    assert statements(old) == statements(young) == 3


def test_a_complete_lot_splits_into_complete_lots(cast):
    lot = made.make_open_traveler(cast)
    Traveler.objects.filter(pk=lot.pk).update(state="complete")
    assert split(cast, lot, 10).state == "complete"


@pytest.mark.parametrize("quantity", [-1, 0, 50, 51])
def test_a_split_leaves_pieces_on_both_sides(cast, quantity):
    lot = made.make_open_traveler(cast)
    with pytest.raises(QuantityNotPossible) as refusal:
        split(cast, lot, quantity)
    assert refusal.value.sentence == (
        f"Lot {lot.number} holds 50 pieces; {quantity} cannot be split off. "
        "Split off at least 1 and leave at least 1."
    )
    assert split(cast, lot, 49).quantity_started == 49


def test_a_lot_is_split_until_its_number_is_too_long_to_write(cast):
    lot = made.make_open_traveler(cast)
    for left in range(49, 23, -1):
        lot = split(cast, lot, left)
    assert len(lot.number) == 60
    with pytest.raises(QuantityNotPossible) as refusal:
        split(cast, lot, 23)
    assert refusal.value.sentence == (
        f"Lot {lot.number} comes from so many splits that a number below it would be too long to write. "
        "Split an earlier lot instead."
    )


def test_a_split_needs_a_reason_a_role_and_a_possible_moment(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    now = timezone.now()
    for changes, refusal in [
        ({"reason": " "}, Incomplete),
        ({"by": cast.buyer}, NotEntitled),
        ({"at": now + timedelta(hours=1)}, DatesDoNotFit),
        ({"at": now - timedelta(hours=1)}, DatesDoNotFit),
    ]:
        with pytest.raises(refusal):
            split(cast, lot, 5, **changes)
    assert split(cast, lot, 5, at=now).split_at == now
    Traveler.objects.filter(pk=lot.pk).update(state="closed")
    with pytest.raises(LotHasLeft):
        split(cast, lot, 5)


def test_serialised_pieces_move_with_the_split(cast):
    lot = made.make_open_traveler(cast, is_serialized=True, quantity=5, serials=["1", "2", "3", "4", "5"])
    for serials in ([], ["1"], ["1", "1"], ["1", "9"]):
        with pytest.raises(SerialsDoNotFit):
            split(cast, lot, 2, serials=serials)
    child = split(cast, lot, 2, serials=["2", "5"])
    assert (lots.serials_of(lot), lots.serials_of(child)) == (["1", "3", "4"], ["2", "5"])


def test_a_lot_that_is_not_there_is_named(cast):
    with pytest.raises(Incomplete) as refusal:
        lots.lock_lots(["T-999999"])
    assert refusal.value.sentence == "There is no lot T-999999. Check the number."


def test_lots_are_locked_in_number_order(cast):
    lot = made.make_open_traveler(cast)
    child = split(cast, lot, 5)
    assert lots.lock_lots([child.number, lot.number, child.number]) == [lot, child]


@pytest.mark.parametrize("seed", range(6))
def test_no_piece_is_lost_or_found_by_any_sequence_of_acts(cast, seed):
    chance = random.Random(seed)
    first = made.make_open_traveler(cast, quantity=50, up_to=20)
    family, gone = [first], 0
    for _ in range(14):
        lot = chance.choice([each for each in family if lots.quantity_of(each) > 0])
        held = lots.quantity_of(lot)
        doing = chance.choice(["split", "scrap", "keep", "sign", "correct"])
        if doing == "split" and held > 1:
            family.append(split(cast, lot, chance.randint(1, held - 1)))
        elif doing == "scrap":
            gone += record(cast, lot, "scrapped", chance.randint(1, min(3, held)))
        elif doing == "keep":
            gone += record(cast, lot, "retained", 1)
        elif doing == "correct" and lot.state == "open":
            gone += record(cast, lot, "correction", chance.choice([-2, -1, 1]))
        elif doing == "sign":
            made.sign_up_to(cast, lot, 30)
        family = list(Traveler.objects.order_by("pk"))
        assert sum(lots.quantity_of(each) for each in family) + gone == 50
        assert {each.number: each.quantity_now for each in Traveler.objects.with_quantity()} == {
            each.number: lots.quantity_of(each) for each in family
        }
    for lot in family:
        for step in lot.steps.filter(state="signed"):
            left = sum(QuantityMove.objects.filter(step=step).values_list("quantity", flat=True))
            assert step.quantity_in == step.quantity_out + left
        assert (lot.state == "closed") is (lots.quantity_of(lot) == 0)


def record(cast, lot, kind, quantity):
    """Record a quantity move and return how many pieces it took away."""
    quantities.record_quantity_move(
        by=cast.operator,
        traveler=lot,
        kind=kind,
        quantity=quantity,
        reason="By chance",
        witness=cast.inspector,
    )
    return quantity
