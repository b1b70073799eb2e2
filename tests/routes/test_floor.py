import pytest

from routes.domain import floor, holds, lots, travelers
from routes.domain.floor import NotOnTheFloor, find_scanned, next_steps, what_stops
from routes.domain.holds import is_held, open_holds
from routes.models import Traveler
from tests.cast import reauth
from tests.factories import routes as made


def numbers(steps) -> list[str]:
    return [step.number for step in steps.order_by("number")]


def test_the_floor_lists_the_next_step_of_every_open_lot(cast):
    new = made.make_open_traveler(cast)
    begun = made.make_open_traveler(cast, up_to=20)
    at_inspection = made.make_open_traveler(cast, up_to=30)
    assert lots.current_step(at_inspection).operation.sequence == 30
    assert numbers(next_steps(cast.operator)) == [f"{new.number}-10-1", f"{begun.number}-20-1"]


def test_a_held_lot_says_so_on_the_floor(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    assert [step.is_held for step in next_steps(cast.operator)] == [False]
    holds.place_hold(by=cast.operator, traveler=lot, reason="Burr on the bore")
    assert [step.is_held for step in next_steps(cast.operator)] == [True]


def test_a_list_knows_the_holds_that_reach_split_lots(cast):
    """The question asked of a list gives the same answer as the one asked of a lot."""
    root = made.make_open_traveler(cast, up_to=20)
    early = lots.split(by=cast.operator, traveler=root, quantity=10, reason="Two heats")
    hold = holds.place_hold(by=cast.operator, traveler=root, reason="Wrong heat")
    late = lots.split(by=cast.operator, traveler=root, quantity=10, reason="Sort")
    grandchild = lots.split(by=cast.operator, traveler=late, quantity=3, reason="Sort")
    of_early = lots.split(by=cast.operator, traveler=early, quantity=3, reason="Sort")

    def held():
        listed = Traveler.objects.annotate(held=is_held()).filter(held=True)
        asked = [lot for lot in Traveler.objects.all() if open_holds(lot)]
        assert set(listed) == set(asked)
        return set(listed)

    assert held() == {root, late, grandchild}
    assert of_early not in held()
    holds.release_hold(by=cast.quality, hold=hold, reason="Heat proved", token=reauth(cast.quality))
    assert held() == set()


def test_the_next_steps_are_one_statement_however_many(cast, django_assert_num_queries):
    for _ in range(3):
        made.make_open_traveler(cast, up_to=20)
    with django_assert_num_queries(1):
        for step in next_steps(cast.operator):
            assert step.operation.name and step.traveler.route_revision.part_revision.part.name


@pytest.mark.parametrize(
    "scanned",
    [
        "{number}",
        " {number} ",
        "https://portal.example/floor/lots/{number}/",
        "http://127.0.0.1:8000/floor/lots/{number}/?from=label",
    ],
)
def test_a_scan_finds_its_lot(cast, scanned):
    lot = made.make_open_traveler(cast)
    for text in (scanned, scanned.lower()):
        assert find_scanned(by=cast.operator, scanned=text.format(number=lot.number)) == lot


def test_a_scan_finds_children_steps_and_bare_numbers(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    child = lots.split(by=cast.operator, traveler=lot, quantity=5, reason="Two heats")
    step = lots.current_step(child)
    assert find_scanned(by=cast.operator, scanned=f"/floor/lots/{child.number}/") == child
    assert find_scanned(by=cast.operator, scanned=step.number) == step
    assert find_scanned(by=cast.operator, scanned=lot.number.removeprefix("T-").lstrip("0")) == lot


@pytest.mark.parametrize("scanned", ["", "hello", "T-", "T-999999", "0", "T-000001-10-1-9", "٣١٢"])
def test_a_scan_that_names_nothing_is_told_so(cast, scanned):
    with pytest.raises(NotOnTheFloor, match="is no lot and no step of this shop"):
        find_scanned(by=cast.operator, scanned=scanned)


def test_outsiders_find_nothing(cast):
    lot = made.make_open_traveler(cast)
    with pytest.raises(NotOnTheFloor):
        find_scanned(by=cast.vendor, scanned=lot.number)


def test_the_floor_says_what_stops_a_step(cast):
    lot = made.make_open_traveler(cast)
    material, machine, inspect = (made.step_at(lot, sequence) for sequence in (10, 20, 30))
    assert what_stops(material) == f"Lot {lot.number} has no material yet. Issue a heat to it first."
    assert what_stops(machine) == (
        f"Step {machine.number} {machine.operation.name} comes after {material.number} "
        f"{material.operation.name}, which is not signed."
    )
    assert what_stops(inspect) == (
        f"Step {inspect.number} {inspect.operation.name} is not signed by hand. "
        f"{travelers.BY_LATER_ROOMS['inspect']}"
    )
    made.sign_up_to(cast, lot, 20)
    assert what_stops(made.step_at(lot, 10)) == (
        f"Step {material.number} {material.operation.name} is signed already."
    )
    machine = made.step_at(lot, 20)
    assert what_stops(machine) == ""
    hold = holds.place_hold(by=cast.operator, traveler=lot, reason="Burr on the bore.")
    assert what_stops(machine) == (
        f"Lot {lot.number} is on hold: {hold.number}, Burr on the bore. A quality engineer lets it go."
    )


def test_what_stops_a_step_is_what_its_signing_refuses(cast):
    """The page and the signature agree, for each step of a lot."""
    lot = made.make_open_traveler(cast, up_to=20)
    for step in lots.steps_of(lot):
        stops = floor.what_stops(step)
        if not stops:
            continue
        with pytest.raises(travelers.NotTheMoment):
            travelers.sign_step(by=cast.operator, step=step, token=reauth(cast.operator))
    assert [floor.what_stops(step) == "" for step in lots.steps_of(lot)].count(True) == 1
