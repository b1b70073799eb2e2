"""A worker killed while it draws a release package: another draws it to the end, and it is sealed once."""

from __future__ import annotations

import time

import pytest
from django.db import transaction

from documents.domain import packages
from documents.models import ReleasePackage
from portal.domain.canonical import sha256_of
from portal.domain.files import read_bytes
from portal.models import Event, Job, StoredFile
from tests.cast import make_cast
from tests.factories.documents import make_shipment, release
from tests.portal import test_jobs_kill
from tests.portal.job_crew import BACK_AT_WORK_SECONDS, count, wait_for

pytestmark = pytest.mark.serial

# fixtures: real processes with a lease of two seconds, and the broker that wakes them
broker, crew = test_jobs_kill.broker, test_jobs_kill.crew


@pytest.fixture
def frozen(committed_db, broker) -> ReleasePackage:
    """Give a package that the gate has just frozen; its job waits for a worker."""
    with transaction.atomic():
        cast = make_cast()
        shipment = make_shipment(cast, at="certified")
    return release(cast, shipment)


def test_package_is_sealed_once_though_its_worker_was_killed_in_mid_render(crew, broker, frozen):
    mine = {"pk": frozen.job_id, "kind": packages.RENDER}
    worker = crew.start_worker()
    wait_for(lambda: count(**mine, state=Job.WORKING, progress_done__gte=1) == 1, seconds=60)
    crew.kill(worker)
    killed = time.monotonic()
    broker.flushdb()
    frozen.refresh_from_db()
    assert (count(**mine, state=Job.WORKING, deaths=0), frozen.state, frozen.file) == (1, "frozen", None)

    crew.start_worker()
    crew.start_beat()
    wait_for(lambda: count(**mine, state=Job.DONE) == 1, seconds=BACK_AT_WORK_SECONDS)
    assert time.monotonic() - killed < BACK_AT_WORK_SECONDS
    # completed inspections have their drift looked at in jobs of their own
    assert (count(kind=packages.RENDER), count(**mine, deaths=1, errors=0)) == (1, 1)

    sealed = ReleasePackage.objects.get()
    assert (sealed, sealed.state) == (frozen, ReleasePackage.SEALED)
    assert StoredFile.objects.filter(original_name=f"{sealed.number}.pdf").get() == sealed.file
    told = Event.objects.get(noun="package", verb="seal")
    assert (told.number, told.data["sha256"]) == (sealed.number, sealed.file.sha256)
    content = read_bytes(sealed.file)
    assert (sha256_of(content), content.startswith(packages.draw(sealed))) == (sealed.file.sha256, True)
