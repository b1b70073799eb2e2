"""Readings of a gauge found out of tolerance: listed, inherited, judged by somebody else; release rule 45."""

from datetime import timedelta
from decimal import Decimal

import pytest

from documents.domain import chain
from documents.domain.chain.facts import read_facts
from inspection.domain import gauge_doubts, measurements
from inspection.domain.gauge_doubts import NotMeasuredAgain, findings_of, lots_in_doubt, readings_in_doubt
from inspection.models import ReadingsJudgement
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.domain import gauges, lots
from tests.days import in_days, settle
from tests.factories.findings import find_bad, judge
from tests.factories.inspection import make_final_inspection
from tests.factories.measuring import measure
from tests.factories.routes import make_gauge, today

YESTERDAY = in_days(-1)


@pytest.fixture
def measured(cast):
    """An open final inspection with two values of one gauge, good for a month."""
    record = make_final_inspection(cast)
    gauge = make_gauge(cast)
    record.values = [measure(cast, record, "1", serial, gauge=gauge) for serial in ("1", "2")]
    record.gauge = gauge
    return record


def results_of(lot):
    slots = chain.judge(read_facts([lot.pk])[lot.number])
    return next(slot for slot in slots if (slot.code, slot.subject) == ("RESULTS", "50/1"))


def only(gauge):
    [finding] = findings_of(gauge)
    return finding


def test_every_result_since_the_last_good_calibration_is_listed(cast, measured):
    gauge = measured.gauge
    assert findings_of(gauge) == []
    find_bad(cast, gauge)
    finding = only(gauge)
    assert (finding.since, finding.found_on) == (today() - timedelta(days=30), today())
    assert list(readings_in_doubt(finding)) == measured.values
    assert [(each.lot, len(each.undecided)) for each in lots_in_doubt(finding)] == [(measured.traveler, 2)]


def test_a_good_calibration_between_ends_the_doubt(cast):
    record, gauge = make_final_inspection(cast), make_gauge(cast)
    early = measure(cast, record, "1", "1", gauge=gauge, measured_on=today() - timedelta(days=20))
    gauges.record_calibration(
        by=cast.inspector,
        gauge=gauge,
        certificate_number="MID",
        calibrated_on=today() - timedelta(days=10),
        due_on=today() + timedelta(days=90),
    )
    late = measure(cast, record, "1", "2", gauge=gauge, measured_on=settle(YESTERDAY))
    find_bad(cast, gauge)
    assert (list(readings_in_doubt(only(gauge))), early.pk < late.pk) == ([late], True)


def test_a_withdrawn_reading_and_one_of_another_gauge_are_in_no_doubt(cast, measured):
    measurements.void_measurement(by=cast.inspector, measurement=measured.values[0], reason="Wrong piece.")
    measure(cast, measured, "1", "3", gauge=make_gauge(cast))
    find_bad(cast, measured.gauge)
    assert list(readings_in_doubt(only(measured.gauge))) == measured.values[1:]


@pytest.mark.parametrize("is_left_good", [True, False])
def test_readings_in_doubt_stop_the_lot_until_somebody_else_judges_them(cast, measured, is_left_good):
    lot, gauge = measured.traveler, measured.gauge
    find_bad(cast, gauge, on=today() if is_left_good else settle(YESTERDAY), is_left_good=is_left_good)
    if not is_left_good:
        # nothing was read that day or before it
        assert results_of(lot).state == "rejected"
        return
    slot = results_of(lot)
    assert (slot.state, slot.url_name, slot.waived_by) == ("rejected", "inspection:readings-detail", "nobody")
    assert slot.sentence == (
        f"Operation 50 Final inspection of lot {lot.number}: readings of gauge {gauge.number}, found out of tolerance "
        f"on {today():%-d %b %Y}, are in doubt. Measure again with a good gauge and withdraw them, or have quality "
        "judge them."
    )
    judge(cast, gauge, lot)
    assert results_of(lot).state == "missing"
    event = Event.objects.get(verb="judge readings of")
    assert (event.noun, event.number, event.lots) == ("gauge", gauge.number, [lot.number])


def test_a_reading_entered_after_the_judgement_is_in_doubt_anew(cast, measured):
    find_bad(cast, measured.gauge)
    judge(cast, measured.gauge, measured.traveler)
    measure(cast, measured, "1", "3", gauge=measured.gauge, measured_on=settle(YESTERDAY))
    assert results_of(measured.traveler).state == "rejected"
    assert [len(each.undecided) for each in lots_in_doubt(only(measured.gauge))] == [1]


def test_a_lot_split_off_before_the_judgement_needs_its_own(cast, measured):
    lot = measured.traveler
    find_bad(cast, measured.gauge)
    before = lots.split(by=cast.operator, traveler=lot, quantity=1, reason="Partial delivery.")
    judge(cast, measured.gauge, lot)
    after = lots.split(by=cast.operator, traveler=lot, quantity=1, reason="Partial delivery.")
    finding = only(measured.gauge)
    assert {each.lot.number: len(each.undecided) for each in lots_in_doubt(finding)} == {
        lot.number: 0,
        before.number: 2,
        after.number: 0,
    }
    states = [results_of(each).state == "rejected" for each in (lot, before, after)]
    assert states == [False, True, False]


def test_who_may_judge_and_what_it_needs(cast, measured):
    gauge, lot = measured.gauge, measured.traveler
    with pytest.raises(NotTheMoment, match="was not found out of tolerance"):
        judge(cast, gauge, lot)
    find_bad(cast, gauge)
    with pytest.raises(NotEntitled, match="may not judge readings"):
        judge(cast, gauge, lot, by=cast.inspector)
    with pytest.raises(Incomplete, match="Say what was looked at"):
        judge(cast, gauge, lot, reason=" ")
    assert judge(cast, gauge, lot).measurements == [each.pk for each in measured.values]
    with pytest.raises(NotTheMoment, match="No reading of gauge"):
        judge(cast, gauge, lot)


def test_whoever_took_a_reading_does_not_judge_it(cast):
    record, gauge = make_final_inspection(cast), make_gauge(cast)
    measurements.record_value(
        by=cast.quality,
        record=record,
        characteristic=record.traveler.route_revision.part_revision.characteristics.get(balloon="1"),
        serial="1",
        value=Decimal(10),
        unit="mm",
        measured_on=today(),
        gauge=gauge,
    )
    find_bad(cast, gauge)
    with pytest.raises(NotEntitled, match="took readings of gauge"):
        judge(cast, gauge, record.traveler)
    assert judge(cast, gauge, record.traveler, by=cast.second_quality).signature.person == cast.second_quality


def test_measured_again_asks_for_a_later_good_value_of_every_piece(cast):
    first = make_final_inspection(cast)
    gauge, lot = make_gauge(cast), first.traveler
    measure(cast, first, "1", "1", gauge=gauge)
    find_bad(cast, gauge)
    facts = {"outcome": ReadingsJudgement.REMEASURED, "reason": "Measured on the machine."}
    with pytest.raises(NotMeasuredAgain, match="Characteristic 1 of piece 1 in I-"):
        judge(cast, gauge, lot, **facts)
    second = first
    second.pk, second.number, second._state.adding = None, "I-999999", True
    second.save()
    measure(cast, second, "1", "1", gauge=make_gauge(cast))
    assert judge(cast, gauge, lot, **facts).outcome == "remeasured"


def test_readings_of_lots_names_those_of_one_lot(cast, measured):
    find_bad(cast, measured.gauge)
    found = gauge_doubts.readings_of(only(measured.gauge), measured.traveler)
    assert (found.readings, found.undecided, found.has_left) == (measured.values, measured.values, False)
