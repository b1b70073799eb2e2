"""Drift alarms: opened by themselves, never twice, answered, recovered, closed by a second person."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from inspection.domain import drift_alarms
from inspection.domain.drift_alarms import SecondPersonNeeded, pieces_to_measure, review_inspection, tightened
from inspection.domain.records import plan_of
from inspection.domain.releases import histories_of
from inspection.models import DriftAlarm
from portal import queue
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event, Job
from routes.domain.lots import quantity_of
from routes.models import Characteristic, PlannedCheck
from tests.cast import reauth
from tests.factories.inspection import make_lot
from tests.factories.measuring import complete, make_inspection, measure, measure_all
from tests.factories.releases import make_baseline, make_release
from tests.factories.routes import make_part_revision, step_at

SHIFTED = ["10.02"] * 5
GOOD = ["9.99", "10.01", "10.00", "10.005", "9.995"]

pytestmark = pytest.mark.django_db


def bore(first_article):
    return first_article.part_revision.characteristics.get(balloon="1")


def history(first_article):
    found = histories_of(first_article.part_revision.part, only=[bore(first_article).pk])
    return next(each for each in found if each.side == "after")


@pytest.fixture
def baseline(cast):
    return make_baseline(cast)


@pytest.fixture
def alarm(cast, baseline):
    return drift_until_alarm(cast, baseline)


def drift_until_alarm(cast, baseline):
    for _ in range(10):
        found = review_inspection(record=make_release(cast, baseline, SHIFTED))
        if found:
            return found[0]
    raise AssertionError("ten shifted releases raised no alarm")


def test_shifted_releases_raise_one_alarm_while_every_piece_is_good(cast, baseline, alarm):
    found = history(baseline)
    assert [found.base_until, found.baseline.n] == [1, 10]
    assert [point.crossed for point in found.points[:-1]] == [None] * (len(found.points) - 1)
    assert found.points[-1].crossed == (alarm.chart, "high")
    assert [alarm.state, alarm.direction, alarm.side, alarm.owner] == ["open", "high", "after", cast.quality]
    assert alarm.lot.number == found.releases[-1].lot
    assert "estimated from 10 values" in alarm.figures["assumption"]
    event = Event.objects.get(noun="drift alarm", verb="raise", number=alarm.number)
    assert [event.person, event.lots] == [None, [alarm.lot.number]]
    assert event.data["changes"] == drift_alarms.sentence_of(alarm)


def test_looking_again_opens_nothing_and_another_shifted_release_neither(cast, baseline, alarm):
    record = alarm.lot.inspections.get()
    assert review_inspection(record=record) == []
    assert review_inspection(record=make_release(cast, baseline, SHIFTED)) == []
    assert DriftAlarm.objects.count() == 1


def test_releases_like_the_first_article_raise_nothing(cast, baseline):
    for _ in range(6):
        assert review_inspection(record=make_release(cast, baseline, GOOD)) == []
    assert history(baseline).pressure < 0.5


def test_without_an_approved_first_article_nothing_is_judged(cast, baseline):
    record = make_release(cast, baseline, SHIFTED)
    type(baseline).objects.filter(pk=baseline.pk).update(state="withdrawn")
    assert review_inspection(record=record) == []
    found = history(baseline)
    assert [found.baseline, found.points, found.first_article] == [None, [], None]


def test_a_baseline_of_few_values_takes_the_next_releases_in(cast):
    baseline = make_baseline(cast, ["10.00", "10.01"])
    make_release(cast, baseline, ["9.99", "10.00"])
    make_release(cast, baseline, ["10.01", "10.00"])
    make_release(cast, baseline, ["10.00"])
    found = history(baseline)
    assert [found.base_until, found.baseline.n, len(found.points)] == [3, 6, 1]


def test_what_the_customer_measured_and_what_was_withdrawn_is_left_out(cast, baseline):
    record = make_release(cast, baseline, SHIFTED)
    type(record).objects.filter(pk=record.pk).update(state="voided")
    assert len(history(baseline).releases) == 1


def test_completing_an_inspection_has_its_drift_looked_at_in_the_background(cast, baseline):
    for _ in range(10):
        make_release(cast, baseline, SHIFTED)
    lot = make_lot(cast, quantity=5, route_revision=baseline.route_revision)
    record = make_inspection(cast, lot)
    for piece in range(1, 6):
        measure(cast, record, "1", str(piece), "10.02")
    measure_all(cast, record)
    complete(cast, record)
    job = Job.objects.get(kind=drift_alarms.REVIEW, arguments={"inspection": record.number})
    queue.work_off([drift_alarms.REVIEW])
    job.refresh_from_db()
    assert job.state == Job.DONE
    assert DriftAlarm.objects.get().characteristic == bore(baseline)


def test_a_job_of_an_inspection_that_is_gone_ends_quietly(cast):
    queue.enqueue(drift_alarms.REVIEW, unique_key="x", arguments={"inspection": "I-000000"})
    assert queue.work_off([drift_alarms.REVIEW]) == 1
    assert Job.objects.get(unique_key="x").state == Job.DONE


def test_while_an_alarm_stands_every_piece_is_measured(cast, baseline, alarm):
    step = step_at(alarm.lot, 50)
    PlannedCheck.objects.filter(operation=step.operation, characteristic=bore(baseline)).update(
        sampling_rule="sample", sample_size=2
    )
    plan = plan_of(step)
    part = baseline.part_revision.part
    rows = {row["balloon"]: row for row in tightened(plan, part_id=part.pk)}
    assert [rows["1"]["rule"], rows["1"]["tightened_by"]] == ["all", alarm.number]
    assert all("tightened_by" not in row for balloon, row in rows.items() if balloon != "1")
    wanted = {"characteristic": bore(baseline), "planned": 2, "lot_size": 9}
    assert pieces_to_measure(side="after", **wanted) == 9
    assert pieces_to_measure(side="before", **wanted) == 2
    DriftAlarm.objects.update(state="recovered")
    assert tightened(plan, part_id=part.pk) == plan
    assert pieces_to_measure(side="after", **wanted) == 2


def test_the_next_inspection_opens_with_the_tightened_plan(cast, baseline, alarm):
    operation = step_at(alarm.lot, 50).operation
    PlannedCheck.objects.filter(operation=operation, characteristic=bore(baseline)).update(
        sampling_rule="first"
    )
    lot = make_lot(cast, quantity=4, route_revision=baseline.route_revision)
    row = next(row for row in make_inspection(cast, lot).plan if row["balloon"] == "1")
    assert [row["rule"], row["tightened_by"]] == ["all", alarm.number]


def test_a_sampling_plan_that_was_settled_gives_way_to_every_piece(cast, baseline, alarm):
    step = step_at(alarm.lot, 50)
    PlannedCheck.objects.filter(operation=step.operation, characteristic=bore(baseline)).update(
        sampling_rule="c0", ltpd_percent="60", beta_percent="10"
    )
    settled, now = (
        next(row for row in plan if row["balloon"] == "1")
        for plan in (plan_of(step), tightened(plan_of(step), part_id=baseline.part_revision.part_id))
    )
    assert settled["n"] < settled["lot_size"] == quantity_of(alarm.lot)
    assert [now[key] for key in ("rule", "n", "ac", "re", "inspect_all", "why")] == [
        "all",
        settled["lot_size"],
        0,
        1,
        True,
        f"every piece of {settled['lot_size']}: {alarm.number} stands",
    ]


def test_three_good_releases_end_it_and_say_how_long_it_took(cast, baseline, alarm):
    drift_alarms.acknowledge(by=cast.quality, alarm=alarm, cause="Insert worn; changed.")
    last = None
    for _ in range(12):
        last = make_release(cast, baseline, GOOD)
        if found := review_inspection(record=last):
            break
    recovered = found[0]
    assert [recovered.pk, recovered.state, recovered.recovered_lot] == [alarm.pk, "recovered", last.traveler]
    places = [release.lot for release in history(baseline).judged]
    assert recovered.releases_to_recover == places.index(last.traveler.number) - places.index(
        alarm.lot.number
    )
    assert recovered.releases_to_recover >= 3
    assert recovered.days_to_recover == 0
    # the charts begin anew, so what crossed before does not cross again
    assert review_inspection(record=make_release(cast, baseline, GOOD)) == []
    assert history(baseline).points[-1].sum_high < 1


def test_an_alarm_is_answered_once_and_with_a_cause(cast, alarm):
    with pytest.raises(Incomplete, match="Say what moved the characteristic"):
        drift_alarms.acknowledge(by=cast.quality, alarm=alarm, cause=" ")
    with pytest.raises(NotEntitled, match="may not answer drift alarms"):
        drift_alarms.acknowledge(by=cast.inspector, alarm=alarm, cause="Insert worn.")
    answered = drift_alarms.acknowledge(by=cast.quality, alarm=alarm, cause="Insert worn.")
    assert [answered.state, answered.acknowledged_by, answered.cause] == [
        "acknowledged",
        cast.quality,
        "Insert worn.",
    ]
    with pytest.raises(NotTheMoment, match=f"{alarm.number} was answered by"):
        drift_alarms.acknowledge(by=cast.second_quality, alarm=alarm, cause="Again.")


def test_a_second_person_closes_it_with_a_reason_and_a_signature(cast, alarm):
    def close(by, reason="Offset corrected, first pieces checked."):
        return drift_alarms.close(by=by, alarm=alarm, reason=reason, token=reauth(by))

    with pytest.raises(NotTheMoment, match="Nobody has answered"):
        close(cast.second_quality)
    drift_alarms.acknowledge(by=cast.quality, alarm=alarm, cause="Insert worn.")
    with pytest.raises(SecondPersonNeeded, match="may not close it as well"):
        close(cast.quality)
    with pytest.raises(Incomplete, match="Say why"):
        close(cast.second_quality, reason="")
    with pytest.raises(NotEntitled):
        close(cast.inspector)
    closed = close(cast.second_quality)
    assert [closed.state, closed.close_signature.person] == ["closed", cast.second_quality]
    with pytest.raises(NotTheMoment, match="is closed"):
        close(cast.second_quality)


def test_after_closing_the_charts_begin_anew_and_a_lasting_shift_raises_another(cast, baseline, alarm):
    drift_alarms.acknowledge(by=cast.quality, alarm=alarm, cause="Insert worn.")
    drift_alarms.close(
        by=cast.second_quality, alarm=alarm, reason="Said to be mended.", token=reauth(cast.second_quality)
    )
    again = drift_until_alarm(cast, baseline)
    assert again.pk != alarm.pk


def test_the_database_holds_one_standing_alarm_a_characteristic_and_side(cast, alarm):
    twin = DriftAlarm.objects.get(pk=alarm.pk)
    twin.pk, twin.number = None, "DA-999999"
    with pytest.raises(IntegrityError, match="one_standing_drift_alarm"), transaction.atomic():
        twin.save()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"state": "closed"}, "closed_alarm_is_signed"),
        ({"releases_to_recover": 3}, "recovered_alarm_says_where_and_when"),
    ],
)
def test_the_database_refuses_half_told_alarms(alarm, changes, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DriftAlarm.objects.filter(pk=alarm.pk).update(**changes)


def test_histories_take_five_statements_however_many(cast, baseline, django_assert_num_queries):
    make_release(cast, baseline, GOOD)
    part = baseline.part_revision.part
    with django_assert_num_queries(5):
        found = histories_of(part)
    assert {each.characteristic.balloon for each in found} == {"1", "2", "3"}


def test_a_revision_that_keeps_the_requirement_keeps_its_history(cast, baseline):
    part = baseline.part_revision.part
    row = bore(baseline)
    later = make_part_revision(cast, part=part, revision="B")
    Characteristic.objects.filter(Q(part_revision=later) & ~Q(balloon="1")).delete()
    found = next(each for each in histories_of(part, only=[row.pk]) if each.side == "after")
    assert [found.characteristic.part_revision.revision, found.first_article] == ["B", baseline]
