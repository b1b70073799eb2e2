"""A gauge is asked whether it can read a value, and how finely."""

from decimal import Decimal

import pytest

from inspection.domain.gauge_fitness import GaugeTooCoarse, OutsideGaugeRange, require_fit
from inspection.models import Measurement
from routes.domain import gauges
from routes.domain.gauges import RangeDoesNotFit
from routes.models import Characteristic, Gauge, GaugeRange
from tests.factories.findings import make_ranged_gauge
from tests.factories.inspection import make_final_inspection
from tests.factories.measuring import measure
from tests.factories.routes import make_gauge

BORE = Characteristic(
    balloon="1", requirement="10.00 +0.10", lower=Decimal("10"), upper=Decimal("10.1"), unit="mm"
)
GAUGE = Gauge(number="MIC-07")


def in_range(low="0", high="25", resolution=None, unit="mm"):
    return GaugeRange(
        low=Decimal(low),
        high=Decimal(high),
        unit=unit,
        resolution=Decimal(resolution) if resolution else None,
    )


def ask(value, *ranges, unit="mm", note="", characteristic=BORE):
    require_fit(
        GAUGE,
        characteristic=characteristic,
        value=None if value is None else Decimal(value),
        unit=unit,
        note=note,
        ranges=ranges,
    )


@pytest.mark.parametrize(
    ("value", "unit", "is_fit"),
    [
        ("0", "mm", True),
        ("25", "mm", True),
        ("25.001", "mm", False),
        ("-0.001", "mm", False),
        ("0.984", "in", True),
        ("0.985", "in", False),
        ("25000", "um", True),
        # an angle says nothing about a range of lengths
        ("90", "deg", True),
        (None, "mm", True),
    ],
)
def test_a_value_outside_the_range_is_refused_in_any_unit(value, unit, is_fit):
    if is_fit:
        ask(value, in_range(), unit=unit)
        return
    with pytest.raises(OutsideGaugeRange):
        ask(value, in_range(), unit=unit)


def test_a_gauge_with_two_ranges_reads_in_both_and_not_between():
    two = (in_range("0", "25"), in_range("50", "75"))
    ask("60", *two)
    with pytest.raises(OutsideGaugeRange) as refusal:
        ask("30", *two)
    assert refusal.value.sentence == (
        "Gauge MIC-07 reads from 0 to 25 mm and 50 to 75 mm; 30 mm of characteristic 1 is outside it. Correct the "
        "value or its unit, or name the gauge that was used."
    )


@pytest.mark.parametrize(
    ("resolution", "is_fine"), [("0.01", True), ("0.0101", False), ("0.001", True), (None, True)]
)
def test_steps_coarser_than_a_tenth_of_the_tolerance_ask_for_a_reason(resolution, is_fine):
    if is_fine:
        ask("10.05", in_range(resolution=resolution))
        return
    with pytest.raises(GaugeTooCoarse, match="coarser than a tenth of the tolerance"):
        ask("10.05", in_range(resolution=resolution))
    ask("10.05", in_range(resolution=resolution), note="Compared with a gauge block.")


def test_a_one_sided_limit_has_no_tolerance_to_divide():
    one_sided = Characteristic(balloon="2", requirement="max 10", upper=Decimal("10"), unit="mm")
    ask("9", in_range(resolution="5"), characteristic=one_sided)


def test_by_hand_a_value_outside_the_range_saves_nothing(cast):
    record = make_final_inspection(cast)
    with pytest.raises(OutsideGaugeRange):
        measure(cast, record, "1", "1", gauge=make_ranged_gauge(cast, "0", "5"))
    assert Measurement.objects.filter(record=record).count() == 0
    coarse = make_ranged_gauge(cast, "0", "25", "1")
    with pytest.raises(GaugeTooCoarse):
        measure(cast, record, "1", "1", gauge=coarse)
    kept = measure(cast, record, "1", "1", gauge=coarse, gauge_note="Go and no-go by gauge block.")
    assert kept.gauge_note == "Go and no-go by gauge block."


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"low": Decimal(5), "high": Decimal(5)}, "Give the lower end first"),
        ({"resolution": Decimal(0)}, "does not fit a range"),
        ({"resolution": Decimal(30)}, "does not fit a range"),
    ],
)
def test_a_range_that_cannot_be_is_refused(cast, facts, words):
    gauge = make_gauge(cast)
    wanted = {"low": Decimal(0), "high": Decimal(25), "unit": "mm"}
    with pytest.raises(RangeDoesNotFit, match=words):
        gauges.add_range(by=cast.inspector, gauge=gauge, **{**wanted, **facts})
    gauges.add_range(by=cast.inspector, gauge=gauge, **wanted)
    assert [str(each) for each in gauge.ranges.all()] == ["0 to 25 mm"]
