"""The results of one lot, summed up, and the bars its page draws."""

from decimal import Decimal

import pytest

from inspection.domain.lot_results import CharacteristicResults, results_of
from inspection.views.lot_panel import bar_of
from routes.models import Characteristic
from tests.factories.inspection import make_lot
from tests.factories.measuring import make_inspection, measure, measure_all


def summed(lot) -> list[tuple]:
    return [
        (each.characteristic.balloon, each.side, each.values, each.failing)
        for each in results_of(lot)
        if each.values
    ]


def test_lot_without_values_names_its_planned_checks(cast):
    lot = make_lot(cast)
    found = results_of(lot)
    assert (summed(lot)[:0], any(not each.is_measured for each in found)) == ([], True)


def test_values_are_counted_by_characteristic(cast):
    lot = make_lot(cast)
    record = make_inspection(cast, lot)
    before = dict.fromkeys((row[0], row[1]) for row in summed(lot))
    measure_all(cast, record)
    after = [row for row in summed(lot) if (row[0], row[1]) not in before]
    assert {row[2] for row in after} <= {1, 5}
    assert all(row[3] == () for row in after)


def test_failing_piece_is_named_where_it_stands(cast):
    lot = make_lot(cast)
    record = make_inspection(cast, lot)
    each = record.plan[0]["balloon"]
    measured = measure(cast, record, each, serial="1", value="99")
    child = measured.nonconformances.get().traveler
    failing = {lot.number: [row[3] for row in summed(lot) if row[3]] for lot in (lot, child)}
    assert failing == {lot.number: [], child.number: [("1",)]}


def result(lower, upper, lowest, highest, failing=()):
    limits = [None if each is None else Decimal(each) for each in (lower, upper)]
    characteristic = Characteristic(balloon="1", lower=limits[0], upper=limits[1], unit="mm")
    return CharacteristicResults(
        characteristic, "after", 2, Decimal(lowest), Decimal(highest), tuple(failing)
    )


@pytest.mark.parametrize(
    ("given", "places"),
    [
        (("0", "10", "0", "10"), (30, 110)),
        (("0", "10", "5", "5"), (70, 70)),
        (("0", "10", "-90", "200"), (4, 136)),
        ((None, "0.05", "0", "0.05"), (30, 110)),
    ],
)
def test_bar_stands_between_the_limits(given, places):
    bar = bar_of(result(*given))
    assert (bar.start, bar.end) == places


def test_nothing_is_drawn_without_limits_or_room_between_them():
    assert bar_of(result(None, None, "1", "2")) is None
    assert bar_of(result("1", "1", "1", "1")) is None
