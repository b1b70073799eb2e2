"""A process killed between any two steps of a release: whoever comes next goes on, and nothing is done twice."""

from __future__ import annotations

import os
import signal
import warnings

import pytest
from django.conf import settings
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
from tests.factories.documents import make_shipment, release

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


def ends_by(point: str) -> int:
    """Work in a process of its own that dies at this point, and return the signal that ended it."""
    connections.close_all()
    with warnings.catch_warnings():
        # a worker of the test run has threads; the child uses none of theirs
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        settings.PORTAL_CRASH_AT = point
        try:
            queue.work_off(["render_package"])
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


@pytest.mark.serial
def test_a_process_killed_between_any_two_steps_leaves_one_sealed_package(committed_db):
    with transaction.atomic():
        cast = make_cast()
        shipment = make_shipment(cast, at="certified")
    package = release(cast, shipment)
    for point in POINTS:
        assert (point, ends_by(point)) == (point, signal.SIGKILL)
        # the lease runs out, and a person forgives the deaths: three would park the job
        Job.objects.filter(pk=package.job_id).update(lease_until=Now())
        queue.sweep()
        Job.objects.filter(pk=package.job_id).update(deaths=0)
    assert queue.work_off(["render_package"]) == 1
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
    assert shipments.may_dispatch(Shipment.objects.get(pk=shipment.pk)) is True
    connections.close_all()
