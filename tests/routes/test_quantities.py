import pytest

from portal.domain.errors import Incomplete, NotEntitled
from portal.models import Event
from routes.domain import lots, quantities
from routes.domain.lots import LotHasLeft, SerialsDoNotFit
from routes.domain.quantities import WitnessNeeded
from routes.domain.words import QuantityNotPossible
from tests.factories import routes as made


def record(cast, lot, **changes):
    facts = {"by": cast.operator, "traveler": lot, "kind": "scrapped", "quantity": 2, "reason": "Tool broke"}
    return quantities.record_quantity_move(**{**facts, "witness": cast.inspector, **changes})


def test_pieces_leave_at_the_step_the_lot_stands_at(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    moved = record(cast, lot)
    assert (moved.step.number, lots.quantity_of(lot)) == (f"{lot.number}-20-1", 48)
    event = Event.objects.get(verb="record_quantity")
    assert (event.lots, event.data["witness"]) == ([lot.number], "Lotte Brandvold")


@pytest.mark.parametrize("kind", ["scrapped", "correction"])
def test_scrap_and_corrections_are_seen_by_another_person_of_the_shop(cast, kind):
    lot = made.make_open_traveler(cast)
    for witness in (None, cast.operator, cast.buyer):
        with pytest.raises(WitnessNeeded):
            record(cast, lot, kind=kind, witness=witness)
    assert record(cast, lot, kind=kind).witness == cast.inspector


@pytest.mark.parametrize("kind", ["destroyed", "retained"])
def test_samples_need_no_witness(cast, kind):
    assert record(cast, made.make_open_traveler(cast), kind=kind, witness=None).kind == kind


@pytest.mark.parametrize(
    ("kind", "quantity"),
    [("scrapped", 0), ("scrapped", -1), ("retained", -2), ("correction", 0), ("scrapped", 51)],
)
def test_only_pieces_that_are_there_leave(cast, kind, quantity):
    lot = made.make_open_traveler(cast)
    with pytest.raises(QuantityNotPossible):
        record(cast, lot, kind=kind, quantity=quantity)
    assert lots.quantity_of(lot) == 50


def test_found_pieces_are_a_negative_correction(cast):
    lot = made.make_open_traveler(cast)
    record(cast, lot, kind="correction", quantity=-3)
    assert lots.quantity_of(lot) == 53


def test_a_change_needs_a_reason_and_somebody_of_the_shop(cast):
    lot = made.make_open_traveler(cast)
    with pytest.raises(Incomplete):
        record(cast, lot, reason="")
    with pytest.raises(NotEntitled):
        record(cast, lot, by=cast.vendor)


def test_an_empty_lot_is_closed_and_stays_so(cast):
    lot = made.make_open_traveler(cast)
    record(cast, lot, quantity=50)
    lot.refresh_from_db()
    assert lot.state == "closed"
    with pytest.raises(LotHasLeft):
        record(cast, lot, kind="correction", quantity=-1)


def test_serialised_pieces_are_named_when_they_leave_and_come_back(cast):
    lot = made.make_open_traveler(cast, is_serialized=True, quantity=3, serials=["1", "2", "3"])
    for serials in ([], ["1"], ["1", "7"]):
        with pytest.raises(SerialsDoNotFit):
            record(cast, lot, serials=serials)
    assert record(cast, lot, serials=["1", "3"]).serials == ["1", "3"]
    assert lots.serials_of(lot) == ["2"]
    with pytest.raises(SerialsDoNotFit):
        record(cast, lot, kind="correction", quantity=-1, serials=["2"])
    record(cast, lot, kind="correction", quantity=-1, serials=["3"])
    assert (lots.serials_of(lot), lots.quantity_of(lot)) == (["2", "3"], 2)
