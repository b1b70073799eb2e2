"""Pieces built into a lot of an assembly, and out of it again."""

import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.domain import component_uses, holds, lots, quantities
from routes.domain.component_counts import read_counts
from routes.domain.components import ComponentDoesNotFit
from routes.domain.holds import LotOnHold
from routes.domain.lots import LotHasLeft, SerialsDoNotFit, quantity_of, serials_of
from routes.domain.materials import MaterialTooLittle, balance
from routes.domain.words import QuantityNotPossible
from routes.models import Traveler
from tests.factories.components import (
    add_made,
    build,
    make_assembly,
    make_bushings,
    make_plain_revision,
    make_short_lot,
    take_out,
)
from tests.factories.routes import make_material


def recorded(lot):
    """Return what of each item a lot has and needs."""
    return [(each.recorded, each.needed) for each in read_counts([lot.pk])[lot.pk]]


def test_pieces_leave_their_lot_and_both_lots_are_told(cast):
    lot, made, bought, source, bushings = make_assembly(cast)
    build(cast, lot, made, source, 6)
    build(cast, lot, bought, bushings, 5)
    assert (quantity_of(source), balance(bushings), recorded(lot)) == (24, 95, [(6, 10), (5, 5)])
    told = Event.objects.filter(verb="build into").order_by("pk").first()
    assert (told.number, told.lots) == (lot.number, [lot.number, source.number])


def test_emptied_lot_closes_and_opens_when_a_piece_comes_back(cast):
    lot, made, _, _, _ = make_assembly(cast)
    few = make_short_lot(cast, made.made, quantity=4)
    build(cast, lot, made, few, 4)
    few.refresh_from_db()
    assert (few.state, quantity_of(few)) == (Traveler.CLOSED, 0)
    take_out(cast, lot, made, few, 1)
    few.refresh_from_db()
    assert (few.state, quantity_of(few), recorded(lot)[0]) == (Traveler.COMPLETE, 1, (3, 10))


def test_taking_out_says_why_and_not_more_than_is_in(cast):
    lot, made, _, source, _ = make_assembly(cast)
    build(cast, lot, made, source, 4)
    with pytest.raises(Incomplete, match="Say why"):
        take_out(cast, lot, made, source, 1, reason=" ")
    with pytest.raises(QuantityNotPossible, match="has 4 pieces of item 1"):
        take_out(cast, lot, made, source, 5)
    assert take_out(cast, lot, made, source, 4).quantity == -4


def test_no_more_than_the_parts_list_asks_for(cast):
    lot, made, _, source, _ = make_assembly(cast)
    build(cast, lot, made, source, 8)
    with pytest.raises(QuantityNotPossible, match="needs 10 of item 1"):
        build(cast, lot, made, source, 3)
    build(cast, lot, made, source, 2)
    with pytest.raises(QuantityNotPossible):
        build(cast, lot, made, source, 0)


def test_no_more_than_the_lot_holds(cast):
    lot, made, bought, _, _ = make_assembly(cast)
    with pytest.raises(QuantityNotPossible, match="holds 3 pieces; 4 cannot be built in"):
        build(cast, lot, made, make_short_lot(cast, made.made, quantity=3), 4)
    with pytest.raises(MaterialTooLittle, match="has 3 pieces left; 4 cannot be built in"):
        build(cast, lot, bought, make_bushings(cast, pieces=3), 4)


def test_source_is_of_the_parts_list(cast):
    lot, made, bought, source, bushings = make_assembly(cast)
    stranger = make_short_lot(cast, make_plain_revision(cast), quantity=10)
    for component, wrong in (
        (made, stranger),
        (bought, source),
        (made, bushings),
        (bought, make_material(cast)),
    ):
        with pytest.raises(ComponentDoesNotFit):
            build(cast, lot, component, wrong, 1)
    with pytest.raises(ComponentDoesNotFit, match="of its own parts list"):
        build(cast, source, made, stranger, 1)
    with pytest.raises(ComponentDoesNotFit, match="into itself"):
        build(cast, lot, made, lot, 1)


def test_source_is_named_once(cast):
    lot, made, _, source, bushings = make_assembly(cast)
    for sources in ({}, {"source_lot": source, "material_lot": bushings}):
        with pytest.raises(Incomplete, match="come from"):
            component_uses.build_in(by=cast.operator, traveler=lot, component=made, quantity=1, **sources)
        with pytest.raises(Incomplete, match="came: a lot, or a receipt"):
            component_uses.take_out(
                by=cast.operator, traveler=lot, component=made, quantity=1, reason="Scored.", **sources
            )


def test_open_and_held_lots_are_not_built_in(cast):
    lot, made, _, source, _ = make_assembly(cast)
    open_lot = make_short_lot(cast, made.made, quantity=4, is_complete=False)
    with pytest.raises(NotTheMoment, match="is open; only pieces of a lot whose last step is signed"):
        build(cast, lot, made, open_lot, 1)
    holds.place_hold(by=cast.quality, traveler=source, reason="Bore looks wide.")
    with pytest.raises(LotOnHold):
        build(cast, lot, made, source, 1)
    holds.place_hold(by=cast.quality, traveler=lot, reason="Wrong torque.")
    with pytest.raises(LotOnHold):
        build(cast, lot, made, make_short_lot(cast, made.made, quantity=4), 1)


def test_prototype_is_not_built_into_production(cast):
    lot, made, _, source, _ = make_assembly(cast)
    Traveler.objects.filter(pk=source.pk).update(purpose=Traveler.PROTOTYPE)
    with pytest.raises(ComponentDoesNotFit, match="is a prototype"):
        build(cast, lot, made, source, 1)


def test_shipped_lots_change_no_more(cast):
    lot, made, _, source, _ = make_assembly(cast)
    build(cast, lot, made, source, 2)
    Traveler.objects.filter(pk=source.pk).update(state=Traveler.SHIPPED)
    with pytest.raises(LotHasLeft, match="giving pieces back"):
        take_out(cast, lot, made, source, 1)
    Traveler.objects.filter(pk=lot.pk).update(state=Traveler.SHIPPED)
    with pytest.raises(LotHasLeft, match="building in"):
        build(cast, lot, made, source, 1)
    with pytest.raises(LotHasLeft, match="taking a component out"):
        take_out(cast, lot, made, source, 1)


def test_only_the_floor_builds_in(cast):
    lot, made, _, source, _ = make_assembly(cast)
    with pytest.raises(NotEntitled):
        component_uses.build_in(by=cast.buyer, traveler=lot, component=made, quantity=1, source_lot=source)
    with pytest.raises(NotEntitled):
        component_uses.take_out(
            by=cast.buyer, traveler=lot, component=made, quantity=1, reason="x", source_lot=source
        )


def test_built_in_is_not_recorded_as_another_quantity(cast):
    lot, _, _, source, _ = make_assembly(cast)
    with pytest.raises(QuantityNotPossible, match="recorded on the lot of the assembly"):
        quantities.record_quantity_move(
            by=cast.operator, traveler=source, kind="built_in", quantity=1, reason="Into the assembly."
        )


def test_child_has_its_share_only_when_all_had_enough(cast):
    lot, made, bought, source, bushings = make_assembly(cast)
    build(cast, lot, made, source, 10)
    build(cast, lot, bought, bushings, 3)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two go first.")
    assert (recorded(lot), recorded(child)) == ([(6, 6), (1, 3)], [(4, 4), (0, 2)])
    build(cast, child, bought, bushings, 2)
    assert (recorded(lot), recorded(child)) == ([(6, 6), (3, 3)], [(4, 4), (2, 2)])


def test_what_a_sibling_has_helps_nobody_else(cast):
    lot, made, _, source, _ = make_assembly(cast)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two go first.")
    other = lots.split(by=cast.operator, traveler=lot, quantity=1, reason="One waits.")
    build(cast, child, made, source, 4)
    assert [recorded(each)[0] for each in (lot, child, other)] == [(0, 4), (4, 4), (0, 2)]


def test_assemblies_built_into_a_larger_one_still_need_their_parts(cast):
    lot, made, _, source, _ = make_assembly(cast)
    larger = make_plain_revision(cast)
    item = add_made(cast, larger, lot.route_revision.part_revision, quantity_each=1)
    top = make_short_lot(cast, larger, quantity=4)
    build(cast, top, item, lot, 4)
    assert recorded(lot)[0] == (0, 10)
    build(cast, lot, made, source, 10)
    assert recorded(lot)[0] == (10, 10)


def serial_assembly(cast):
    """Return an assembly lot of two serials, its made component of one each, and a lot of three serials."""
    assembly, made = (make_plain_revision(cast, is_serialized=True) for _ in range(2))
    item = add_made(cast, assembly, made, quantity_each=1)
    lot = make_short_lot(cast, assembly, quantity=2, serials=["A1", "A2"])
    return lot, item, make_short_lot(cast, made, quantity=3, serials=["B1", "B2", "B3"])


def short_serials(lot):
    [count] = read_counts([lot.pk])[lot.pk]
    return count.short_serials


def test_serial_goes_into_serial(cast):
    lot, item, source = serial_assembly(cast)
    assert short_serials(lot) == ("A1", "A2")
    build(cast, lot, item, source, 1, serials=["B2"], into_serials=["A1"])
    assert (short_serials(lot), serials_of(source)) == (("A2",), ["B1", "B3"])
    take_out(cast, lot, item, source, 1, serials=["B2"], into_serials=["A1"])
    assert (short_serials(lot), serials_of(source)) == (("A1", "A2"), ["B1", "B2", "B3"])


@pytest.mark.parametrize(
    ("serials", "into", "sentence"),
    [
        (["B2"], [], "1 pieces of item 1 are meant and 0 assemblies are named"),
        (["B2"], ["A7"], "does not hold A7"),
        ([], ["A2"], "Name the serial of each piece once"),
        (["B9"], ["A2"], "does not hold B9"),
        (["B2"], ["A1"], "takes 1 of item 1 and would have 2"),
    ],
)
def test_serials_must_fit(cast, serials, into, sentence):
    lot, item, source = serial_assembly(cast)
    build(cast, lot, item, source, 1, serials=["B1"], into_serials=["A1"])
    with pytest.raises(SerialsDoNotFit, match=sentence):
        build(cast, lot, item, source, 1, serials=serials, into_serials=into)
    build(cast, lot, item, source, 1, serials=["B2"], into_serials=["A2"])
    assert short_serials(lot) == ()


def test_plain_parts_take_no_serials(cast):
    lot, made, bought, source, bushings = make_assembly(cast)
    with pytest.raises(SerialsDoNotFit, match="Leave the assemblies out"):
        build(cast, lot, made, source, 1, into_serials=["A1"])
    with pytest.raises(SerialsDoNotFit, match="carry no serial numbers here"):
        build(cast, lot, bought, bushings, 1, serials=["B1"])


def test_lists_to_choose_from_offer_what_is_left(cast):
    lot, made, bought, source, bushings = make_assembly(cast)
    make_short_lot(cast, made.made, quantity=4, is_complete=False)
    assert component_uses.lots_to_take(made) == [source]
    assert component_uses.receipts_to_take(bought) == [bushings]
    assert component_uses.receipts_to_take(made) == []


def test_history_of_both_sides(cast):
    lot, made, _, source, _ = make_assembly(cast)
    build(cast, lot, made, source, 4)
    take_out(cast, lot, made, source, 1)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two go first.")
    build(cast, lot, made, source, 1)
    assert [use.quantity for use in component_uses.uses_of(lot)] == [4, -1, 1]
    assert [use.quantity for use in component_uses.uses_of(child)] == [4, -1]
    assert [use.traveler.number for use in component_uses.built_into(source)] == [lot.number] * 3
