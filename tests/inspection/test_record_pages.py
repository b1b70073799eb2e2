"""Pages of inspections: the desk, the grid, values from the keyboard, the signature."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspection.models import InspectionRecord, Measurement, Nonconformance
from routes.domain.lots import current_step, serials_of
from routes.models import TravelerStep
from tests.cast import PASSWORD
from tests.factories.inspection import make_final_inspection, make_lot
from tests.factories.measuring import measure, measure_all
from tests.factories.routes import make_gauge, today
from tests.factories.subcontract import line_of, make_outside_order


def page(name: str, *args: object) -> str:
    return reverse(f"inspection:{name}", args=args)


@pytest.fixture
def record(cast) -> InspectionRecord:
    """An open final inspection of three serialised pieces: bore 10 ± 0.1, length 80 ± 0.1."""
    return make_final_inspection(cast, quantity=3, is_serialized=True)


@pytest.fixture
def inspector(sign_in, cast):
    return sign_in(cast.inspector)


def entry(**changes) -> dict[str, str]:
    """Return what the value form sends, the bore of the first piece unless changed."""
    sent = {"characteristic": "1", "serial": "0001", "value": "10.02", "unit": "mm", "found": "measured"}
    return sent | {"gauge": "", "measured_on": today().isoformat()} | changes


def test_desk_shows_what_waits_and_opens_it(inspector, cast):
    step = current_step(make_lot(cast, quantity=2))
    desk = inspector.get(page("record-list"))
    assert [row["step"] for row in desk.context["waiting"]] == [step]
    assert [row["act"]["url"] for row in desk.context["waiting"]] == [page("record-open", step.number)]
    form = inspector.get(page("record-open", step.number))
    assert form.context["form"]["kind"].value() == "final"
    answer = inspector.post(page("record-open", step.number), {"kind": "final"})
    opened = InspectionRecord.objects.get(step=step)
    assert (answer.status_code, answer.url) == (302, page("record-detail", opened.number))
    assert inspector.get(page("record-list")).context["waiting"] == []


def test_desk_shows_pieces_that_came_back(inspector, cast):
    shipped = make_outside_order(cast, at="shipped")
    assert inspector.get(page("record-list")).context["waiting"] == []
    from tests.factories.subcontract import take_back

    take_back(cast, shipped)
    [row] = inspector.get(page("record-list")).context["waiting"]
    assert (row["what"], row["step"]) == ("Incoming verification", line_of(shipped).step)


def test_desk_takes_as_many_statements_for_thirty_rows_as_for_one(inspector, cast, record):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            inspector.get(page("record-list"))
        return len(captured)

    one = statements()
    InspectionRecord.objects.bulk_create(
        InspectionRecord(
            number=f"I-9{place:05d}",
            kind="final",
            traveler=record.traveler,
            step=record.step,
            lot_size=3,
            inspector=cast.inspector,
            opened_at=record.opened_at,
            state="voided",
        )
        for place in range(29)
    )
    assert statements() == one


def test_grid_takes_as_many_statements_for_every_value_as_for_one(inspector, cast, record):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            inspector.get(page("record-detail", record.number))
        return len(captured)

    gauge = make_gauge(cast)
    measure(cast, record, "1", "0001", gauge=gauge)
    one = statements()
    measure_all(cast, record, gauge=gauge)
    assert statements() == one


def test_grid_says_what_is_missing_and_with_what_it_was_measured(inspector, cast, record):
    gauge = make_gauge(cast, number="MIC-7")
    measure(cast, record, "1", "0001", "10.02", gauge=gauge)
    answer = inspector.get(page("record-detail", record.number))
    rows = answer.context["grid"].rows
    assert [(row.characteristic.balloon, row.there, row.wanted, row.missing) for row in rows] == [
        ("1", 1, 3, 2),
        ("3", 0, 3, 3),
    ]
    assert rows[0].gauges == [f"MIC-7, {today():%-d %b %Y}"]
    assert [cell["value"] and cell["value"].text for cell in rows[0].cells] == ["10.02", None, None]
    assert "Values are missing" in answer.content.decode()


def test_stated_verdict_stands_beside_ours_where_they_differ(inspector, cast, record):
    measure(cast, record, "1", "0001", "10.02", stated="FAIL")
    measure(cast, record, "1", "0002", "10.02", stated="PASS")
    text = inspector.get(page("record-detail", record.number)).content.decode()
    assert '<small class="late">the file states FAIL</small>' in text
    assert text.count("the file states") == 2
    assert "Characteristic 1 on 0001: the file states FAIL; 10.02 mm against Bore 10 ±0.1 is PASS." in text


def test_piece_shows_each_value_with_gauge_and_day(inspector, cast, record):
    measure(cast, record, "1", "0002", "10.02", gauge=make_gauge(cast, number="MIC-8"))
    answer = inspector.get(page("record-detail", record.number), {"piece": "0002"})
    assert [(v.characteristic.balloon, v.text, v.gauge.number) for v in answer.context["piece_values"]] == [
        ("1", "10.02", "MIC-8")
    ]
    assert page("value-void", record.number, "1", "0002") in answer.content.decode()


def test_value_is_taken_and_the_form_goes_on_to_the_next_place(inspector, cast, record):
    gauge = make_gauge(cast)
    address = page("value-enter", record.number)
    answer = inspector.post(address, entry(value="10,02", gauge=gauge.number))
    kept = Measurement.objects.get(record=record)
    assert (f"{kept.value:.2f}", kept.serial, kept.verdict, kept.gauge) == ("10.02", "0001", "PASS", gauge)
    form = inspector.get(answer.url).context["form"]
    assert [form[name].value() for name in ("characteristic", "serial", "unit", "gauge")] == [
        "1",
        "0002",
        "mm",
        gauge.number,
    ]


def test_failing_value_says_its_nonconformance(inspector, record):
    answer = inspector.post(page("value-enter", record.number), entry(value="10.4"), follow=True)
    raised = Nonconformance.objects.get()
    assert [str(each) for each in answer.context["messages"]] == [
        f"1 on 0001: 10.4 fails. {raised.number} is open for it."
    ]
    detail = inspector.get(page("record-detail", record.number))
    [first, *_] = detail.context["grid"].pieces
    assert (first["serial"], first["is_apart"], first["nonconformance"]) == ("0001", True, raised)
    assert list(detail.context["nonconformances"]) == [raised]
    earlier = InspectionRecord.objects.exclude(pk=record.pk).filter(traveler=record.traveler).first()
    assert list(inspector.get(page("record-detail", earlier.number)).context["nonconformances"]) == []


def test_attribute_is_taken_with_the_gauge_that_decided_it(inspector, cast, record):
    gauge = make_gauge(cast, kind="plug gauge")
    inspector.post(
        page("value-enter", record.number), entry(value="", found="conforms", unit="", gauge=gauge.number)
    )
    kept = Measurement.objects.get(record=record)
    assert (kept.value, kept.verdict, kept.gauge) == (None, "PASS", gauge)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": ""}, "Type the measured value"),
        ({"value": "ten"}, "Enter a number."),
        ({"value": "NaN"}, "Enter a number."),
        ({"serial": "0099"}, "0099 is not a piece of lot"),
        ({"unit": "deg"}, "cannot be given in mm"),
        ({"measured_on": "2199-01-01"}, "a day to come"),
        ({"characteristic": "77"}, "Select a valid choice"),
        ({"value": "", "found": "conforms"}, "has limits: enter the measured value"),
    ],
)
def test_bad_value_is_refused_and_nothing_typed_is_lost(inspector, record, changes, sentence):
    answer = inspector.post(page("value-enter", record.number), entry(**changes))
    form = answer.context["form"]
    assert (answer.status_code, record.measurements.count()) == (422, 0)
    assert sentence in answer.content.decode()
    sent = entry(**changes)
    assert {name: form[name].value() for name in sent} == sent
    assert inspector.post(page("value-enter", record.number), entry()).status_code == 302


def test_value_is_withdrawn_with_a_reason_and_stays_readable(inspector, cast, record):
    measure(cast, record, "1", "0001", "10.02")
    address = page("value-void", record.number, "1", "0001")
    assert inspector.post(address, {"reason": " "}).status_code == 422
    answer = inspector.post(address, {"reason": "Wrong piece on the table."}, follow=True)
    assert [value.void.reason for value in answer.context["withdrawn"]] == ["Wrong piece on the table."]
    assert inspector.get(address).status_code == 404


def test_signature_takes_every_value_and_the_password(inspector, cast, record):
    address = page("record-complete", record.number)
    lacking = inspector.post(address, {"password": PASSWORD})
    assert (lacking.status_code, "lacks values by its plan" in lacking.content.decode()) == (422, True)
    measure_all(cast, record)
    assert inspector.post(address, {"password": "wrong"}).status_code == 422
    answer = inspector.post(address, {"password": PASSWORD})
    record.refresh_from_db()
    step = TravelerStep.objects.get(pk=record.step_id)
    assert (answer.status_code, record.state, step.state) == (302, "completed", "signed")


def test_incoming_asks_for_count_identity_and_damage(inspector, cast):
    lot = line_of(make_outside_order(cast, at="returned")).traveler
    inspector.post(page("record-open", current_step(lot).number), {"kind": "incoming"})
    address = page("record-complete", InspectionRecord.objects.get(kind="incoming").number)
    right = {"is_count_right": "on", "is_identity_right": "on", "password": PASSWORD}
    refused = inspector.post(address, right)
    assert "The condition of the return" in refused.content.decode()
    assert inspector.post(address, right | {"is_undamaged": "on"}).status_code == 302


def test_inspection_is_set_aside_by_quality(sign_in, cast, record):
    address = page("record-void", record.number)
    assert sign_in(cast.inspector).post(address, {"reason": "Wrong lot."}).status_code == 403
    answer = sign_in(cast.quality).post(address, {"reason": "Wrong lot."}, follow=True)
    assert (answer.context["record"].state, answer.context["acts"]) == ("voided", [])


def test_operator_reads_and_may_only_report(sign_in, cast, record):
    answer = sign_in(cast.operator).get(page("record-detail", record.number), {"from": "²", "piece": "\x00"})
    labels = [act["label"] for act in answer.context["acts"]]
    assert (answer.status_code, labels) == (200, ["Report a nonconformance"])


def test_long_lot_is_shown_a_dozen_pieces_at_a_time(inspector, cast):
    long = make_final_inspection(cast, quantity=14, is_serialized=True)
    first = inspector.get(page("record-detail", long.number))
    second = inspector.get(page("record-detail", long.number) + first.context["next_url"])
    shown = [piece["serial"] for answer in (first, second) for piece in answer.context["grid"].pieces]
    assert shown == serials_of(long.traveler)
