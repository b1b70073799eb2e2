"""Pieces that were parted go back together only while every fact is still true of all of them."""

from __future__ import annotations

import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.domain import holds, lots, rejoining, travelers
from routes.domain.lots import LotHasLeft, quantity_of, serials_of
from routes.domain.materials import issue_material
from routes.domain.quantities import record_quantity_move
from routes.domain.rejoining import LotsDiffer
from routes.domain.words import QuantityNotPossible
from routes.models import QuantityMove, Traveler
from tests.cast import reauth
from tests.factories.routes import make_material, make_open_traveler, make_part_revision, make_released_route


def parted(cast, *, quantity: int = 4, serials=(), lot: Traveler | None = None) -> tuple[Traveler, Traveler]:
    lot = lot or make_open_traveler(cast, quantity=10)
    child = lots.split(by=cast.operator, traveler=lot, quantity=quantity, reason="Two boxes", serials=serials)
    return lot, child


def rejoin(cast, child, **facts) -> Traveler:
    wanted = {
        "by": cast.quality,
        "traveler": Traveler.objects.get(pk=child.pk),
        "reason": "One box after all.",
    }
    return rejoining.rejoin(**wanted | facts)


def counts(*found: Traveler) -> list[tuple[str, int]]:
    return [
        (each.state, quantity_of(each)) for each in Traveler.objects.filter(pk__in=[lot.pk for lot in found])
    ][::-1]


def hold_and_let_go(cast, lot) -> None:
    hold = holds.place_hold(by=cast.operator, traveler=lot, reason="Look again.")
    holds.release_hold(by=cast.quality, hold=hold, reason="Good.", token=reauth(cast.quality))


def test_pieces_go_back_and_none_is_lost(cast):
    parent, child = parted(cast)
    assert rejoin(cast, child) == parent
    assert counts(parent, child) == [("open", 10), ("closed", 0)]
    moves = QuantityMove.objects.order_by("pk").values_list("traveler__number", "kind", "quantity")
    assert list(moves) == [(child.number, "rejoined", 4), (parent.number, "rejoined", -4)]
    event = Event.objects.get(verb="rejoin")
    assert (event.number, event.lots, event.data["quantity"]) == (
        child.number,
        [parent.number, child.number],
        4,
    )


def test_serials_go_back(cast):
    route = make_released_route(cast, part_revision=make_part_revision(cast, is_serialized=True))
    lot = make_open_traveler(cast, route_revision=route, quantity=5)
    before = serials_of(lot)
    parent, child = parted(cast, lot=lot, quantity=2, serials=before[1:3])
    rejoin(cast, child)
    assert (sorted(serials_of(parent)), serials_of(child)) == (sorted(before), [])


def test_two_children_and_a_hold_that_was_let_go_leave_the_pieces_equal(cast):
    parent, first = parted(cast)
    _, second = parted(cast, lot=parent, quantity=3)
    hold_and_let_go(cast, first)
    rejoin(cast, first)
    rejoin(cast, second)
    assert counts(parent, first, second) == [("open", 10), ("closed", 0), ("closed", 0)]


def test_grandchild_goes_back_to_its_own_parent_first(cast):
    parent, child = parted(cast)
    _, grandchild = parted(cast, lot=child, quantity=1)
    assert rejoin(cast, grandchild) == child
    assert rejoin(cast, child) == parent
    assert quantity_of(parent) == 10


def two_children(cast, *, between=lambda lot: None) -> list[Traveler]:
    lot = make_open_traveler(cast, quantity=10)
    issue_material(by=cast.operator, traveler=lot, material_lot=make_material(cast))
    _, first = parted(cast, lot=lot)
    between(lot)
    _, second = parted(cast, lot=Traveler.objects.get(pk=lot.pk), quantity=3)
    return [lot, first, second]


def test_siblings_join_while_their_parent_goes_on(cast):
    parent, first, second = two_children(cast)
    sign_next(cast, parent)
    assert rejoin(cast, second, into=first) == first
    assert [quantity_of(lot) for lot in (parent, first, second)] == [3, 7, 0]
    assert Event.objects.get(verb="rejoin").lots == [first.number, second.number]


def test_what_their_parent_went_through_between_two_splits_keeps_siblings_apart(cast):
    _, first, second = two_children(cast, between=lambda lot: scrap_one(cast, lot))
    for lot, into in ((first, second), (second, first)):
        with pytest.raises(LotsDiffer, match="true of some of the pieces only"):
            rejoin(cast, lot, into=into)


def test_lots_of_two_families_never_join(cast):
    _, first, _ = two_children(cast)
    stranger, child = parted(cast)
    for into in (stranger, child, first):
        with pytest.raises(NotTheMoment, match=f"lot {into.number} is neither"):
            rejoin(cast, first, into=into)


def sign_next(cast, lot) -> None:
    travelers.sign_step(
        by=cast.operator,
        step=lots.current_step(lot),
        quantity_out=quantity_of(lot),
        token=reauth(cast.operator),
    )


def scrap_one(cast, lot) -> None:
    record_quantity_move(
        by=cast.operator, traveler=lot, kind="scrapped", quantity=1, reason="Dent", witness=cast.inspector
    )


@pytest.mark.parametrize("which", [0, 1], ids=["parent", "child"])
@pytest.mark.parametrize("act", [sign_next, scrap_one])
def test_whatever_happened_to_one_of_them_keeps_them_apart(cast, act, which):
    lot = make_open_traveler(cast, quantity=10)
    issue_material(by=cast.operator, traveler=lot, material_lot=make_material(cast))
    found = parted(cast, lot=lot)
    act(cast, Traveler.objects.get(pk=found[which].pk))
    with pytest.raises(LotsDiffer, match=r"true of some of the pieces only") as refusal:
        rejoin(cast, found[1])
    assert found[which].number in refusal.value.sentence


def test_hold_that_stands_keeps_them_apart(cast):
    parent, child = parted(cast)
    hold = holds.place_hold(by=cast.operator, traveler=child, reason="Look again.")
    with pytest.raises(LotsDiffer, match=rf"Hold {hold.number} stops lot {child.number}"):
        rejoin(cast, child)


def test_who_may_and_what_may(cast):
    parent, child = parted(cast)
    with pytest.raises(NotEntitled):
        rejoin(cast, child, by=cast.operator)
    with pytest.raises(Incomplete, match=f"Say why lot {child.number} goes back"):
        rejoin(cast, child, reason=" ")
    with pytest.raises(NotTheMoment, match="was not split off another lot"):
        rejoin(cast, parent)
    rejoin(cast, child)
    with pytest.raises(LotHasLeft):
        rejoin(cast, child)


def test_pieces_are_not_rejoined_by_hand(cast):
    lot = make_open_traveler(cast)
    with pytest.raises(QuantityNotPossible, match="by rejoining it, on its page"):
        record_quantity_move(by=cast.operator, traveler=lot, kind="rejoined", quantity=1, reason="Back")


def test_page_offers_it_on_a_child_only_and_does_it(cast, sign_in):
    parent, child = parted(cast)
    client = sign_in(cast.quality)
    pages = [client.get(f"/travelers/{each.number}/").content.decode() for each in (parent, child)]
    assert [f"/travelers/{child.number}/rejoin/" in page for page in pages] == [False, True]
    assert client.get(f"/travelers/{parent.number}/rejoin/").status_code == 404
    _, sibling = parted(cast, lot=parent, quantity=1)
    form = client.get(f"/travelers/{child.number}/rejoin/").context["form"]
    assert [each.number for each in form.fields["into"].queryset] == [parent.number, sibling.number]
    client.post(f"/travelers/{sibling.number}/rejoin/", {"into": child.pk, "reason": "One box."})
    client.post(f"/travelers/{child.number}/rejoin/", {"into": parent.pk, "reason": "One box after all."})
    assert counts(parent, child) == [("open", 10), ("closed", 0)]
