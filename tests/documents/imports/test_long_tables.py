"""A long table is worked through in the background, and stays all or nothing there."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from documents.domain.imports import tables
from documents.models import MasterImport
from portal import queue
from portal.domain.errors import NotTheMoment
from portal.models import Event, Job
from routes.domain.gauges import add_gauge
from routes.models import Gauge
from tests.cast import make_cast
from tests.factories.tables import csv_of

LONG = csv_of("Number,Kind", *(f"G-{n:04},micrometer" for n in range(250)))


@pytest.fixture
def people(committed_db):
    return make_cast()


def jobs():
    """Return the jobs of imports; readers of the feed have theirs beside them."""
    return Job.objects.filter(kind__in=[tables.LOOK, tables.SAVE])


def bring(people, content: bytes = LONG) -> MasterImport:
    return tables.bring(by=people.quality, noun="gauges", content=content, name="gauges.csv")


def test_a_long_table_is_looked_at_and_saved_by_a_worker(people):
    record = bring(people)
    assert (record.state, record.report, jobs().get().state) == (MasterImport.RECEIVED, {}, Job.WAITING)
    with pytest.raises(NotTheMoment, match="is being worked on"):
        tables.ask_to_save(by=people.quality, record=record)
    assert queue.work_off([tables.LOOK]) == 1
    record.refresh_from_db()
    assert (record.state, record.report["counts"], Gauge.objects.count()) == (
        MasterImport.LOOKED_AT,
        {"new": 250},
        0,
    )
    job = jobs().get()
    assert (job.progress_done, job.progress_total, job.progress_sentence) == (250, 250, "Rows looked at.")
    asked = tables.ask_to_save(by=people.quality, record=record)
    assert (asked.state, Gauge.objects.count()) == (MasterImport.LOOKED_AT, 0)
    assert queue.work_off([tables.SAVE]) == 1
    record.refresh_from_db()
    assert (record.state, Gauge.objects.count()) == (MasterImport.SAVED, 250)
    assert Event.objects.filter(noun="gauge", verb="add").count() == 250


def test_what_stops_a_long_table_only_since_its_look_becomes_its_report(people):
    record = bring(people)
    queue.work_off([tables.LOOK])
    record.refresh_from_db()
    tables.ask_to_save(by=people.quality, record=record)
    add_gauge(by=people.quality, number="G-0100", kind="caliper")
    assert queue.work_off([tables.SAVE]) == 1
    record.refresh_from_db()
    assert (record.state, record.report["counts"]) == (MasterImport.LOOKED_AT, {"new": 249, "differs": 1})
    assert (Gauge.objects.count(), jobs().exclude(state=Job.DONE).count()) == (1, 0)


def test_saving_twice_leaves_what_the_first_saved(people):
    record = bring(people)
    queue.work_off([tables.LOOK])
    record.refresh_from_db()
    asked = tables.ask_to_save(by=people.quality, record=record)
    queue.work_off([tables.SAVE])
    # a worker that died after its transaction is followed by another with the same job
    Job.objects.filter(pk=asked.job_id).update(state=Job.WAITING, finished_at=None)
    assert queue.work_off([tables.SAVE]) == 1
    assert (Gauge.objects.count(), jobs().exclude(state=Job.DONE).count()) == (250, 0)


def test_a_file_that_changed_in_the_store_is_not_saved(people):
    record = bring(people)
    queue.work_off([tables.LOOK])
    record.refresh_from_db()
    tables.ask_to_save(by=people.quality, record=record)
    default_storage.delete(record.file.storage_name)
    queue.work_off([tables.SAVE])
    job = Job.objects.get(kind=tables.SAVE)
    assert (job.state, Gauge.objects.count()) == (Job.PARKED, 0)
    assert "is not in the store" in job.last_error
