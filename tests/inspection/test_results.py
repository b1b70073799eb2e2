"""Results from files: joined by id or name, never by order; all or nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from inspection.domain import results
from inspection.domain.results import ResultsDoNotFit
from inspection.models import InspectionRecord, Measurement, Nonconformance
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain.gauges import GaugeOutOfCalibration
from routes.formats.units import UnknownUnit
from routes.models import Characteristic
from tests.factories.inspection import make_final_inspection
from tests.factories.measuring import complete
from tests.factories.result_files import make_qif
from tests.factories.routes import make_gauge, today

ITEMS = {"81": "BORE", "82": "LENGTH"}
SERIALS = ("0001", "0002", "0003")


@pytest.fixture
def record(cast) -> InspectionRecord:
    """An open final inspection of three serialised pieces: bore 9.9 to 10.1 mm, length 79.9 to 80.1 mm."""
    return make_final_inspection(cast, quantity=3, is_serialized=True)


def good(bore: str = "10.02", length: str = "80.03") -> list[tuple[str, str, str]]:
    return [("81", bore, "PASS"), ("82", length, "PASS")]


def take(cast, record, content: bytes, **facts):
    wanted = {"by": cast.inspector, "name": "final.qif", "measured_on": today()}
    return results.import_results(record=record, content=content, **{**wanted, **facts})


def samples(**changes) -> dict[str, list]:
    """Return good values for every serial, with changes by serial such as s0002=[…]."""
    return {serial: changes.get(f"s{serial}", good()) for serial in SERIALS}


def test_whole_file_is_taken_and_completes_the_inspection(cast, record):
    report = take(cast, record, make_qif(samples(), items=ITEMS))
    assert (report.saved, report.is_complete, dict(report.stated), dict(report.recomputed)) == (
        6,
        True,
        {"PASS": 6},
        {"PASS": 6},
    )
    record.refresh_from_db()
    assert record.source_file.original_name == "final.qif"
    assert complete(cast, record).state == "completed"


def test_preview_keeps_nothing(record):
    report = results.preview_results(
        record=record, content=make_qif(samples(), items=ITEMS), name="final.qif"
    )
    assert (report.is_complete, len(report.rows), report.saved) == (True, 6, 0)
    assert Measurement.objects.filter(record=record).count() == 0


def test_order_of_rows_means_nothing(cast, record):
    mixed = {"0003": good(bore="10.03")[::-1], "0001": good(bore="10.01"), "0002": good(bore="10.02")[::-1]}
    take(cast, record, make_qif(mixed, items=dict(reversed(ITEMS.items()))))
    bores = Measurement.objects.filter(characteristic__balloon="1").order_by("serial")
    assert list(bores.values_list("serial", "value")) == [
        ("0001", Decimal("10.01")),
        ("0002", Decimal("10.02")),
        ("0003", Decimal("10.03")),
    ]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"s0002": [("81", "10", "PASS")]}, "characteristic 3 on 1 pieces"),
        ({"s0002": [*good(), ("83", "1", "PASS")]}, "match no planned characteristic: STRANGER (1)"),
        ({"s0002": [*good(), ("81", "10.01", "PASS")]}, "Characteristic 1 has two values on 0002"),
    ],
)
def test_one_bad_row_saves_nothing(cast, record, bad, words):
    content = make_qif(samples(**bad), items={**ITEMS, "83": "STRANGER"})
    with pytest.raises(ResultsDoNotFit) as refused:
        take(cast, record, content)
    assert words in refused.value.sentence
    assert f"does not fit {record.number}, so nothing was saved" in refused.value.sentence
    assert Measurement.objects.filter(record=record).count() == 0


def test_unit_nobody_states_is_asked_and_not_guessed(cast, record):
    content = make_qif(samples(), items=ITEMS, unit="")
    with pytest.raises(ResultsDoNotFit, match="does not say the unit of 2 characteristics .*: say mm or in"):
        take(cast, record, content)
    report = take(cast, record, content, unit="mm")
    assert report.saved == 6


def test_file_in_inches_is_converted_exactly(cast, record):
    inches = {serial: [("81", "0.3937", "PASS"), ("82", "3.1496", "PASS")] for serial in SERIALS}
    take(cast, record, make_qif(inches, items=ITEMS, unit="inch"))
    first = Measurement.objects.get(characteristic__balloon="1", serial="0001")
    assert (first.value, first.stated_value) == (Decimal("9.99998"), "0.3937")


def test_unit_nobody_knows_is_refused(cast, record):
    with pytest.raises(UnknownUnit, match="furlong"):
        take(cast, record, make_qif(samples(), items=ITEMS, unit="furlong"))


@pytest.mark.parametrize(("label", "serial"), [("0002", "0002"), ("2", "0002")])
def test_sample_is_joined_with_its_piece(cast, record, label, serial):
    take(cast, record, make_qif({label: good()}, items=ITEMS))
    assert set(Measurement.objects.filter(record=record).values_list("serial", flat=True)) == {serial}


def test_sample_without_a_number_of_ours_is_asked(cast, record):
    content = make_qif({"A01_SCAN": good(), "": good(bore="9.95")}, items=ITEMS)
    with pytest.raises(ResultsDoNotFit) as refused:
        take(cast, record, content)
    assert "Sample 1 carries “A01_SCAN”: say which piece of the lot it is." in refused.value.sentence
    assert "Sample 2 carries no number: say which piece of the lot it is." in refused.value.sentence
    take(cast, record, content, serial_map={"A01_SCAN": "0001", "#2": "0003"})
    bores = Measurement.objects.filter(characteristic__balloon="1").order_by("serial")
    assert list(bores.values_list("serial", "value")) == [
        ("0001", Decimal("10.02")),
        ("0003", Decimal("9.95")),
    ]


def test_two_samples_of_one_piece_are_asked(cast, record):
    content = make_qif({"1": good(), "0001": good()}, items=ITEMS)
    with pytest.raises(ResultsDoNotFit, match="Two samples carry the number 0001"):
        take(cast, record, content)


def test_stated_verdict_is_kept_and_contradicted(cast, record):
    content = make_qif(samples(s0003=[("81", "10.4", "PASS"), ("82", "80", "PASS")]), items=ITEMS)
    report = take(cast, record, content)
    assert report.contradictions == [
        "Characteristic 1 on 0003: the file states PASS, value and limits say FAIL."
    ]
    assert (dict(report.stated), dict(report.recomputed)) == ({"PASS": 6}, {"PASS": 5, "FAIL": 1})
    assert Nonconformance.objects.get().serials == ["0003"]


def test_what_a_file_states_is_kept_to_the_letter(cast, record):
    odd = ["\\N", '"PASS", he said', "", "Pass\n\\."]
    values = [("81", "10.02", odd[0]), ("82", "80.03", odd[1])]
    others = [("81", "10.02", odd[2]), ("82", "80.03", odd[3])]
    take(cast, record, make_qif({"0001": values, "0002": others}, items=ITEMS))
    kept = Measurement.objects.filter(record=record).order_by("serial", "characteristic__position")
    assert list(kept.values_list("stated", flat=True)) == odd


def test_piece_failing_twice_opens_one_nonconformance(cast, record):
    bad = [("81", "10.4", "FAIL"), ("82", "81", "FAIL")]
    take(cast, record, make_qif(samples(s0003=bad), items=ITEMS))
    assert Nonconformance.objects.get().description.count("Serial 0003") == 2


def test_id_is_believed_only_where_the_name_agrees(cast, record):
    Characteristic.objects.filter(balloon="3").update(source_id="81")
    take(cast, record, make_qif(samples(), items=ITEMS))
    first = Measurement.objects.get(characteristic__balloon="1", serial="0001")
    assert first.value == Decimal("10.02")


def test_id_with_its_name_joins_among_equal_names(cast, record):
    Characteristic.objects.filter(balloon="1").update(source_name="HOLE", source_id="81")
    Characteristic.objects.filter(balloon="3").update(source_name="HOLE", source_id="82", source_occurrence=2)
    one = {serial: [("82", "80.03", "PASS")] for serial in SERIALS}
    report = results.preview_results(
        record=record, content=make_qif(one, items={"82": "HOLE"}), name="x.qif", by_hand={"1"}
    )
    assert {(row.characteristic.balloon, row.joined_by) for row in report.rows} == {("3", "id")}
    assert report.is_complete


@pytest.mark.parametrize(("count_in_file", "unknown"), [(2, []), (1, ["HOLE (1)"])])
def test_equal_names_are_told_apart_only_when_all_are_there(record, count_in_file, unknown):
    Characteristic.objects.filter(balloon="1").update(source_name="HOLE")
    Characteristic.objects.filter(balloon="3").update(source_name="HOLE", source_occurrence=2)
    items = dict(list({"1": "HOLE", "2": "HOLE"}.items())[:count_in_file])
    values = [("1", "10", "PASS"), ("2", "80", "PASS")][:count_in_file]
    content = make_qif(dict.fromkeys(SERIALS, values), items=items)
    report = results.preview_results(record=record, content=content, name="x.qif")
    assert report.unknown_items == unknown


def test_missing_value_does_not_shift_its_namesake(record):
    Characteristic.objects.filter(balloon="1").update(source_name="HOLE")
    Characteristic.objects.filter(balloon="3").update(source_name="HOLE", source_occurrence=2)
    content = make_qif({"0001": [("2", "80", "PASS")]}, items={"1": "HOLE", "2": "HOLE"})
    report = results.preview_results(record=record, content=content, name="x.qif")
    assert [(row.characteristic.balloon, row.value) for row in report.rows] == [("3", Decimal("80"))]
    assert report.unmeasured == ["characteristic 1 on 1 pieces"]


def test_what_is_measured_by_hand_is_named(cast, record):
    content = make_qif({serial: [("81", "10", "PASS")] for serial in SERIALS}, items=ITEMS)
    with pytest.raises(ResultsDoNotFit, match="characteristic 3 on 3 pieces"):
        take(cast, record, content)
    assert take(cast, record, content, by_hand={"3"}).saved == 3


def test_same_file_is_imported_once(cast, record):
    content = make_qif({"0001": good()}, items=ITEMS)
    take(cast, record, content)
    with pytest.raises(NotTheMoment, match="was imported into .* already"):
        take(cast, record, content)
    assert take(cast, record, make_qif({"0002": good()}, items=ITEMS)).saved == 2
    with pytest.raises(NotTheMoment, match="was imported into .* already"):
        take(cast, record, content)


def test_values_there_already_are_not_doubled(cast, record):
    take(cast, record, make_qif({"0001": good()}, items=ITEMS))
    whole = make_qif(samples(), items=ITEMS)
    with pytest.raises(ResultsDoNotFit) as asked:
        take(cast, record, whole)
    assert asked.value.facts["report"].sentences() == [
        "2 values stand in this inspection already with the same figures (1 on 0001, 3 on 0001): say that they stay as "
        "they are, and only the others are added."
    ]
    report = take(cast, record, whole, keep_there=True)
    assert (report.saved, len(report.already)) == (4, 2)
    assert Measurement.objects.filter(record=record).count() == 6


def test_other_figures_than_those_there_are_asked_about_one_by_one(cast, record):
    take(cast, record, make_qif({"0001": good()}, items=ITEMS))
    content = make_qif({"0001": good(bore="10.03"), "0002": good()}, items=ITEMS)
    with pytest.raises(ResultsDoNotFit) as asked:
        take(cast, record, content, keep_there=True)
    assert asked.value.facts["report"].sentences() == [
        "Characteristic 1 has another value on 0001 (10.02 there, 10.03 in the file) already: withdraw it first."
    ]


def test_file_that_brings_nothing_new_says_so(cast, record):
    take(cast, record, make_qif({"0001": good()}, items=ITEMS))
    # the same figures in other bytes
    again = make_qif({"0001": good(bore="10.020")}, items=ITEMS)
    with pytest.raises(ResultsDoNotFit, match="stands in this inspection already; there is nothing to add"):
        take(cast, record, again, keep_there=True)


def test_import_asks_gauge_day_and_person(cast, record):
    content = make_qif(samples(), items=ITEMS)
    gauge = make_gauge(cast)
    with pytest.raises(GaugeOutOfCalibration):
        take(cast, record, content, gauge=gauge, measured_on=today() - timedelta(days=40))
    with pytest.raises(Incomplete, match="a day to come"):
        take(cast, record, content, measured_on=today() + timedelta(days=1))
    with pytest.raises(NotEntitled):
        take(cast, record, content, by=cast.operator)
    assert Measurement.objects.filter(record=record).count() == 0
    assert take(cast, record, content, gauge=gauge).saved == 6


def test_completed_inspection_takes_no_file(cast):
    record = make_final_inspection(cast, at="completed", quantity=3, is_serialized=True)
    with pytest.raises(NotTheMoment, match="is completed"):
        take(cast, record, make_qif(samples(), items=ITEMS))
