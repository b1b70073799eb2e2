"""Values: converted exactly, judged by us, added and withdrawn, never changed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from inspection.domain import measurements
from inspection.domain.measurements import NotPlanned
from inspection.models import Nonconformance
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain.gauges import GaugeOutOfCalibration, record_calibration
from routes.formats.units import UnknownUnit
from tests.factories.inspection import make_final_inspection
from tests.factories.measuring import characteristic_of, measure
from tests.factories.routes import make_gauge, today


@pytest.fixture
def record(cast):
    """An open final inspection of five pieces; balloon 1 asks for 9.9 to 10.1 mm."""
    return make_final_inspection(cast)


@pytest.mark.parametrize(
    ("value", "verdict"), [("9.9", "PASS"), ("10.1", "PASS"), ("10.1001", "FAIL"), ("9.8999", "FAIL")]
)
def test_value_is_judged_by_its_limits(cast, record, value, verdict):
    assert measure(cast, record, "1", "1", value).verdict == verdict


def test_value_is_converted_exactly_and_kept_as_stated(cast, record):
    taken = measure(cast, record, "1", "1", "0.3937", unit="in")
    assert (taken.value, taken.stated_value, taken.stated_unit) == (Decimal("9.99998"), "0.3937", "in")


@pytest.mark.parametrize("unit", ["", "furlong", "deg"])
def test_value_without_a_unit_of_its_kind_is_refused(cast, record, unit):
    with pytest.raises(UnknownUnit):
        measure(cast, record, "1", "1", unit=unit)
    assert record.measurements.count() == 0


def test_stated_verdict_stays_beside_ours(cast, record):
    taken = measure(cast, record, "1", "1", "10.4", stated="PASS")
    assert (taken.stated, taken.verdict) == ("PASS", "FAIL")


def test_gauge_must_be_calibrated_on_the_day(cast, record):
    gauge = make_gauge(cast)
    assert measure(cast, record, "1", "1", gauge=gauge).gauge == gauge
    with pytest.raises(GaugeOutOfCalibration, match=f"Gauge {gauge.number} has no good calibration"):
        measure(cast, record, "1", "2", gauge=gauge, measured_on=today() - timedelta(days=31))


def test_gauge_found_out_of_tolerance_measures_no_more(cast, record):
    gauge = make_gauge(cast)
    record_calibration(
        by=cast.inspector,
        gauge=gauge,
        certificate_number="CAL-BAD",
        calibrated_on=today(),
        due_on=today() + timedelta(days=1),
        is_in_tolerance=False,
    )
    with pytest.raises(GaugeOutOfCalibration):
        measure(cast, record, "1", "1", gauge=gauge)


def test_piece_must_be_of_the_lot(cast, record):
    with pytest.raises(Incomplete, match="6 is not a piece of lot .*; its pieces are 1 to 5"):
        measure(cast, record, "1", "6")
    assert measure(cast, record, "1", "5").serial == "5"


def test_characteristic_must_be_planned_here(cast, record):
    with pytest.raises(NotPlanned, match="does not plan characteristic 2 Width"):
        measure(cast, record, "2", "1")


def test_failing_value_opens_a_nonconformance_at_once(cast, record):
    taken = measure(cast, record, "1", "3", "10.4")
    nonconformance = Nonconformance.objects.get()
    assert (nonconformance.measurement, nonconformance.serials, nonconformance.quantity) == (taken, ["3"], 1)
    assert nonconformance.description == (
        "Serial 3: characteristic 1 Bore is 10.4 mm; required Bore 10 ±0.1."
    )


def test_attribute_needs_a_gauge_where_there_are_limits(cast, record):
    facts = {
        "by": cast.inspector,
        "record": record,
        "characteristic": characteristic_of(record, "1"),
        "serial": "1",
        "is_conforming": True,
        "measured_on": today(),
    }
    with pytest.raises(Incomplete, match="name the go/no-go gauge"):
        measurements.record_attribute(**facts)
    taken = measurements.record_attribute(**facts, gauge=make_gauge(cast, kind="plug gauge"))
    assert (taken.value, taken.verdict) == (None, "PASS")


def test_withdrawn_value_stays_readable_and_counts_no_more(cast, record):
    taken = measure(cast, record, "1", "1")
    with pytest.raises(Incomplete, match="Say why"):
        measurements.void_measurement(by=cast.inspector, measurement=taken, reason=" ")
    void = measurements.void_measurement(by=cast.inspector, measurement=taken, reason="Chip under the anvil.")
    assert (void.measurement.value, record.measurements.standing().count()) == (Decimal("10"), 0)
    with pytest.raises(NotTheMoment, match="withdrawn already"):
        measurements.void_measurement(by=cast.inspector, measurement=taken, reason="Again.")


def test_completed_inspection_takes_no_value(cast):
    record = make_final_inspection(cast, at="completed")
    with pytest.raises(NotTheMoment, match="is completed; open another inspection"):
        measure(cast, record, "1", "1")


def test_value_of_a_completed_inspection_is_not_withdrawn(cast):
    record = make_final_inspection(cast, at="completed")
    with pytest.raises(NotTheMoment, match="is signed"):
        measurements.void_measurement(
            by=cast.inspector, measurement=record.measurements.first(), reason="Second thoughts."
        )


def test_operator_records_no_result(cast, record):
    with pytest.raises(NotEntitled):
        measurements.record_value(
            by=cast.operator,
            record=record,
            characteristic=characteristic_of(record, "1"),
            serial="1",
            value=Decimal("10"),
            unit="mm",
            measured_on=today(),
        )


def test_value_of_a_day_to_come_is_refused(cast, record):
    with pytest.raises(Incomplete, match="a day to come"):
        measure(cast, record, "1", "1", measured_on=today() + timedelta(days=1))


def test_second_value_of_a_piece_needs_the_first_withdrawn(cast, record):
    first = measure(cast, record, "1", "1")
    with pytest.raises(NotTheMoment, match="has a value on 1 already"):
        measure(cast, record, "1", "1", "10.05")
    measurements.void_measurement(by=cast.inspector, measurement=first, reason="Misread.")
    assert measure(cast, record, "1", "1", "10.05").value == Decimal("10.05")


def test_value_out_of_any_measure_is_refused(cast, record):
    with pytest.raises(Incomplete, match="too large"):
        measure(cast, record, "1", "1", "99999999999")
