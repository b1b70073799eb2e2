"""A process killed between any two steps of a release: whoever comes next goes on, and nothing is done twice."""

from __future__ import annotations

import signal

import pytest
from django.db import connections, transaction
from django.db.models.functions import Now

from documents import verify_package
from documents.domain import shipments
from documents.domain.seal_keys import fingerprint, seal_key
from documents.models import ReleasePackage, Shipment
from portal import queue
from portal.domain import event_log
from portal.domain.canonical import sha256_of
from portal.domain.files import read_bytes
from portal.models import Event, Job, LogEntry, StoredFile
from tests.cast import make_cast
from tests.documents.crash_points import dies_at
from tests.factories.documents import make_shipment, release
from tests.portal import test_jobs_kill
from tests.portal.job_crew import BACK_AT_WORK_SECONDS, wait_for

# fixtures: real processes with a lease of two seconds, and the broker that wakes them
broker, crew = test_jobs_kill.broker, test_jobs_kill.crew

POINTS = (
    "manifest logged",
    "drawn",
    "sealed",
    "seal written down",
    "seal committed",
    "seal logged",
    "archive kept",
    "archive written down",
)


@pytest.mark.serial
def test_a_process_killed_between_any_two_steps_leaves_one_sealed_package(committed_db):
    with transaction.atomic():
        cast = make_cast()
        shipment = make_shipment(cast, at="certified")
    package = release(cast, shipment)
    for point in POINTS:
        assert (point, dies_at(point, lambda: queue.work_off(["render_package"]))) == (point, signal.SIGKILL)
        # the lease runs out, and a person forgives the deaths: three would park the job
        Job.objects.filter(pk=package.job_id).update(lease_until=Now())
        queue.sweep()
        Job.objects.filter(pk=package.job_id).update(deaths=0)
    assert queue.work_off(["render_package"]) == 1
    assert_sealed_once(package)
    connections.close_all()


@pytest.mark.serial
def test_a_worker_killed_at_each_step_leaves_one_sealed_package(
    committed_db, broker, crew, tmp_path, monkeypatch
):
    """The same with processes of Celery: each is killed by number nine, and beat gives the job to the next."""
    point = tmp_path / "point"
    monkeypatch.setenv("TESTS_CRASH_AT", str(point))
    with transaction.atomic():
        cast = make_cast()
        shipment = make_shipment(cast, at="certified")
    point.write_text(POINTS[0], encoding="utf-8")
    package = release(cast, shipment)
    crew.start_worker()
    crew.start_beat()
    job = Job.objects.filter(pk=package.job_id)
    for following in (*POINTS[1:], ""):
        wait_for(lambda: not point.exists(), seconds=60)
        # written while the lease of the dead still runs, so nobody works without it
        draft = point.with_suffix(".draft")
        draft.write_text(following, encoding="utf-8")
        draft.rename(point)
        assert job.get().state == Job.WORKING
        job.update(deaths=0)
    wait_for(lambda: job.get().state == Job.DONE, seconds=BACK_AT_WORK_SECONDS)
    assert (point.read_text(encoding="utf-8"), job.get().deaths) == ("", 1)
    assert_sealed_once(package)


def assert_sealed_once(package: ReleasePackage) -> None:
    """One file, one seal, one archive, one place in the log each; and the archive holds."""
    package.refresh_from_db()
    job = Job.objects.get(pk=package.job_id)
    assert (job.state, package.state) == (Job.DONE, ReleasePackage.SEALED)
    told = Event.objects.filter(noun="package", number=package.number).values_list("verb", flat=True)
    assert sorted(told) == ["archive", "freeze", "seal"]
    assert StoredFile.objects.filter(original_name=f"{package.number}.pdf").get() == package.file
    assert StoredFile.objects.filter(pk=package.archive_id).count() == 1
    events = Event.objects.filter(noun="package", verb__in=["freeze", "seal"])
    assert LogEntry.objects.filter(event__in=events).count() == 2
    trusted = {"keys": event_log.log_verifier_keys(), "certificates": [fingerprint(seal_key())]}
    assert verify_package.verify_zip(read_bytes(package.archive), **trusted).codes == []
    assert sha256_of(read_bytes(package.file)) == package.file.sha256
    assert shipments.may_dispatch(Shipment.objects.get(pk=package.shipment_id)) is True
