"""Parked work: who may have it tried again, and what a page says about a job."""

from __future__ import annotations

import pytest

from portal import queue
from portal.domain.errors import NotEntitled
from portal.models import Event, Job
from portal.queue import waking


@pytest.fixture
def parked(db) -> Job:
    job = queue.enqueue("make-package", unique_key="package:P-000001:1", arguments={})
    Job.objects.filter(pk=job.pk).update(
        state=Job.PARKED, errors=5, deaths=1, last_error="The glyph for flatness is missing."
    )
    job.refresh_from_db()
    return job


@pytest.mark.parametrize("role", ["quality", "manager"])
def test_retry_lets_parked_work_wait_again(cast, parked, role):
    person = cast.people[role]
    job = queue.retry(parked, by=person)
    assert (job.state, job.errors, job.deaths, job.last_error, job.finished_at) == (
        Job.WAITING,
        0,
        0,
        "",
        None,
    )
    assert queue.claim_next(["make-package"]).job_id == parked.pk
    event = Event.objects.get(noun="job")
    assert (event.verb, event.number, event.person) == ("retry", "package:P-000001:1", person)
    assert event.data["reason"] == "The glyph for flatness is missing."


@pytest.mark.parametrize("role", ["operator", "inspector", "buyer", "vendor"])
def test_retry_is_refused_to_other_people(cast, parked, role):
    person = cast.people[role]
    with pytest.raises(NotEntitled) as refused:
        queue.retry(parked, by=person)
    assert refused.value.sentence == (
        f"{person.printed_name} may not restart background work; ask a quality engineer of the shop."
    )
    parked.refresh_from_db()
    assert (parked.state, Event.objects.count()) == (Job.PARKED, 0)


def test_retry_is_refused_while_the_work_is_not_parked(cast, parked):
    queue.retry(parked, by=cast.quality)
    with pytest.raises(queue.JobIsNotParked) as refused:
        queue.retry(parked, by=cast.quality)
    assert refused.value.sentence == (
        "The work package:P-000001:1 is waiting, so there is nothing to try again. "
        "Reload the page to see how it stands now."
    )


def test_retry_wakes_a_worker_after_commit(cast, parked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        queue.retry(parked, by=cast.quality)
    woken = [(each.func, each.args) for each in callbacks if each.func is waking.wake]
    assert woken == [(waking.wake, (parked.pk,))]


def test_progress_shows_the_reason_to_the_shop_only(cast, parked):
    to_shop = queue.progress_context(parked, viewer=cast.quality)
    assert (to_shop["state"], to_shop["last_error"], to_shop["is_moving"], to_shop["may_retry"]) == (
        "parked",
        "The glyph for flatness is missing.",
        False,
        True,
    )
    to_operator = queue.progress_context(parked, viewer=cast.operator)
    assert (to_operator["last_error"], to_operator["may_retry"]) == (to_shop["last_error"], False)
    to_vendor = queue.progress_context(parked, viewer=cast.vendor)
    assert (to_vendor["last_error"], to_vendor["may_retry"]) == (
        "This could not be finished. The shop can see why and start it again.",
        False,
    )


def test_progress_of_every_state(cast, db):
    assert queue.progress_context(None)["progress_sentence"] == "It is about to be started."
    job = queue.enqueue("make-package", unique_key="package:P-000002:1", arguments={})
    assert _said(job) == ("waiting", 0, 0, "", "", True)
    claim = queue.claim_next(["make-package"])
    job.refresh_from_db()
    assert _said(job) == ("working", 0, 0, "A worker has taken it up.", "", True)
    claim.progress(2, 7, "Section 2 of 7, inspection report.")
    job.refresh_from_db()
    assert _said(job) == ("working", 2, 7, "Section 2 of 7, inspection report.", "", True)
    Job.objects.filter(pk=job.pk).update(
        state=Job.WAITING, lease_until=None, errors=1, last_error="OSError: no"
    )
    job.refresh_from_db()
    assert _said(job) == (
        "waiting",
        2,
        7,
        "Section 2 of 7, inspection report.",
        "This takes longer than usual.",
        True,
    )
    Job.objects.filter(pk=job.pk).update(state=Job.DONE, last_error="")
    job.refresh_from_db()
    assert _said(job)[0::5] == ("done", False)


def _said(job: Job) -> tuple:
    said = queue.progress_context(job)
    names = ("state", "progress_done", "progress_total", "progress_sentence", "last_error", "is_moving")
    return tuple(said[name] for name in names)
