from datetime import date

import pytest

from portal.domain.errors import Incomplete, NotEntitled
from routes.domain import gauges
from routes.domain.words import AlreadyThere, DatesDoNotFit


@pytest.fixture
def gauge(cast):
    return gauges.add_gauge(by=cast.inspector, number="MIC-07", kind="micrometer")


def calibrate(cast, gauge, calibrated_on, due_on, **changes):
    facts = {"by": cast.inspector, "gauge": gauge, "certificate_number": "CAL-1"}
    return gauges.record_calibration(**{**facts, "calibrated_on": calibrated_on, "due_on": due_on, **changes})


@pytest.mark.parametrize(
    ("day", "is_good"),
    [
        (date(2026, 1, 9), False),
        (date(2026, 1, 10), True),
        (date(2026, 7, 10), True),
        (date(2026, 7, 11), False),
        (date(2026, 9, 1), False),
        (date(2026, 12, 1), True),
    ],
)
def test_readings_count_from_the_day_of_calibration_to_its_due_day(cast, gauge, day, is_good):
    calibrate(cast, gauge, date(2026, 1, 10), date(2026, 7, 10))
    calibrate(cast, gauge, date(2026, 9, 1), date(2027, 3, 1), is_in_tolerance=False)
    calibrate(cast, gauge, date(2026, 11, 1), date(2027, 5, 1))
    assert gauges.is_calibrated(gauge, day) is is_good


def test_a_gauge_out_of_calibration_is_refused_by_number_and_day(cast, gauge):
    with pytest.raises(gauges.GaugeOutOfCalibration) as refusal:
        gauges.require_calibrated(gauge, date(2026, 5, 1))
    assert refusal.value.sentence == (
        "Gauge MIC-07 has no good calibration in force on 2026-05-01. "
        "Record its calibration or measure with another gauge."
    )
    calibrate(cast, gauge, date(2026, 4, 1), date(2026, 6, 1))
    gauges.require_calibrated(gauge, date(2026, 5, 1))
    gauge.is_active = False
    with pytest.raises(gauges.GaugeOutOfCalibration):
        gauges.require_calibrated(gauge, date(2026, 5, 1))


def test_what_a_gauge_and_its_calibration_need(cast, gauge):
    with pytest.raises(AlreadyThere):
        gauges.add_gauge(by=cast.inspector, number="MIC-07", kind="micrometer")
    with pytest.raises(Incomplete):
        gauges.add_gauge(by=cast.inspector, number=" ", kind="micrometer")
    with pytest.raises(NotEntitled):
        gauges.add_gauge(by=cast.operator, number="MIC-08", kind="micrometer")
    with pytest.raises(DatesDoNotFit):
        calibrate(cast, gauge, date(2026, 1, 1), date(2026, 1, 1))
    with pytest.raises(Incomplete):
        calibrate(cast, gauge, date(2026, 1, 1), date(2026, 2, 1), certificate_number="")
    with pytest.raises(NotEntitled):
        calibrate(cast, gauge, date(2026, 1, 1), date(2026, 2, 1), by=cast.operator)
    assert gauge.calibrations.count() == 0


@pytest.mark.parametrize(
    ("left", "found", "is_usable", "was_good"),
    [
        (True, None, True, True),
        (False, None, False, False),
        (True, False, True, False),
        (False, True, False, True),
    ],
)
def test_as_found_and_as_left_are_two_answers(cast, gauge, left, found, is_usable, was_good):
    made = calibrate(
        cast,
        gauge,
        date(2026, 1, 10),
        date(2027, 1, 10),
        is_in_tolerance=left,
        was_found_in_tolerance=found,
        uncertainty="0.5 µm",
    )
    assert (gauges.is_calibrated(gauge, date(2026, 2, 1)), made.was_found_in_tolerance) == (
        is_usable,
        was_good,
    )
    assert made.uncertainty == "0.5 µm"


def test_due_list_names_what_is_overdue_and_what_comes_soon(cast, gauge):
    on = date(2026, 6, 1)
    for number, due in (("A", date(2026, 6, 1)), ("B", date(2026, 7, 1)), ("C", date(2026, 7, 2)), ("D", on)):
        made = gauges.add_gauge(by=cast.inspector, number=number, kind="caliper")
        calibrate(cast, made, date(2026, 1, 1), due, is_in_tolerance=number != "D")
    late = gauges.add_gauge(by=cast.inspector, number="E", kind="caliper", owner="Lotte", interval_days=90)
    calibrate(cast, late, date(2026, 1, 1), date(2026, 5, 31))
    gone = gauges.add_gauge(by=cast.inspector, number="F", kind="caliper")
    gauges.change_gauge(by=cast.inspector, gauge=gone, kind="caliper", is_active=False)
    found = gauges.due_within(30, on=on)
    assert {name: [each.number for each in listed] for name, listed in found.items()} == {
        "overdue": ["D", "MIC-07", "E"],
        "soon": ["A", "B"],
    }


def test_a_gauge_is_changed_by_those_who_calibrate(cast, gauge):
    with pytest.raises(NotEntitled):
        gauges.change_gauge(by=cast.operator, gauge=gauge, kind="micrometer")
    with pytest.raises(Incomplete):
        gauges.change_gauge(by=cast.inspector, gauge=gauge, kind=" ")
    changed = gauges.change_gauge(by=cast.inspector, gauge=gauge, kind="micrometer", location="Bench 2")
    assert (changed.location, changed.history.count()) == ("Bench 2", 2)
