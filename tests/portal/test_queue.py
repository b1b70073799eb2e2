"""Jobs by the domain: asking, claiming, finishing, failing, parking, trying again."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models.functions import Now

from portal import queue
from portal.domain.errors import Incomplete
from portal.domain.events import record_event
from portal.models import Event, Job
from portal.queue import claims, kinds, running, waking


@pytest.fixture
def woken(monkeypatch) -> list[int]:
    """Collect the messages instead of sending them; what the broker does is tested in test_queue_broker."""
    sent: list[int] = []
    monkeypatch.setattr(waking, "wake", lambda job_id: sent.append(job_id) or True)
    return sent


@pytest.fixture
def kind(monkeypatch) -> str:
    """Give a kind of work that no other test knows, and forget its handler afterwards."""
    kinds.load_handlers()  # into the lasting table: what is loaded into the copy is forgotten with it
    monkeypatch.setattr(kinds, "_handlers", dict(kinds._handlers))
    return f"prove-{uuid.uuid4().hex[:8]}"


def put_down(kind: str, key: str = "prove:1", **arguments) -> Job:
    return queue.enqueue(kind, unique_key=key, arguments=arguments)


def lapse(job_id: int) -> None:
    Job.objects.filter(pk=job_id).update(lease_until=Now() - timedelta(seconds=1))


def make_due(job_id: int) -> None:
    Job.objects.filter(pk=job_id).update(not_before=Now())


def proofs() -> list[str]:
    return list(Event.objects.filter(noun="proof").values_list("number", flat=True))


def prove(number: str):
    return record_event(by=None, verb="prove", noun="proof", number=number)


def wait_until(condition) -> None:
    for _ in range(100):
        if condition():
            return
        threading.Event().wait(0.05)
    pytest.fail("It did not happen within five seconds.")


# asking


def test_enqueue_keeps_one_job_for_a_key(db, kind):
    first = put_down(kind, "prove:T-000001", lot="T-000001")
    second = put_down(kind, "prove:T-000001", lot="another")
    other = put_down(kind, "prove:T-000002")
    assert (second.pk, second.arguments) == (first.pk, {"lot": "T-000001"})
    assert Job.objects.filter(kind=kind).count() == 2
    assert other.pk != first.pk


@pytest.mark.parametrize("state", [Job.DONE, Job.PARKED])
def test_enqueue_of_a_finished_key_starts_nothing(db, kind, woken, django_capture_on_commit_callbacks, state):
    job = put_down(kind)
    Job.objects.filter(pk=job.pk).update(state=state)
    with django_capture_on_commit_callbacks(execute=True):
        again = put_down(kind)
    assert (again.pk, again.state, woken) == (job.pk, state, [])


def test_enqueue_wakes_a_worker_only_after_commit(committed_db, kind, woken):
    with transaction.atomic():
        job = put_down(kind)
        assert woken == []
    assert woken == [job.pk]


def test_enqueue_leaves_no_job_and_no_message_when_the_caller_rolls_back(committed_db, kind, woken):
    with pytest.raises(Incomplete), transaction.atomic():
        put_down(kind)
        raise Incomplete("The caller changed its mind.")
    assert (Job.objects.filter(kind=kind).count(), woken) == (0, [])


def test_enqueue_waits_for_its_moment(db, kind):
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() + interval '1 day'")
        tomorrow = cursor.fetchone()[0]
    later = queue.enqueue(kind, unique_key="prove:later", arguments={}, not_before=tomorrow)
    assert queue.claim_next([kind]) is None
    make_due(later.pk)
    assert queue.claim_next([kind]).job_id == later.pk


# kinds


def test_work_refuses_two_handlers_of_one_kind(kind):
    queue.work(kind)(lambda claim: None)
    with pytest.raises(ValueError, match="claim the work"):
        queue.work(kind)(lambda claim: None)


def test_work_nobody_knows_is_an_error_with_words(db, kind):
    job = queue.run_job(put_down(kind).pk)
    assert (job.state, job.errors) == (Job.WAITING, 1)
    assert job.last_error == (
        f"UnknownKind: This worker does not know the work '{kind}'. "
        "Start the worker of the same version as the web server."
    )


# claiming


def test_claim_next_takes_what_has_been_due_longest(db, kind):
    young, old = put_down(kind, "prove:young"), put_down(kind, "prove:old")
    Job.objects.filter(pk=old.pk).update(not_before=Now() - timedelta(hours=1))
    assert [queue.claim_next([kind]).job_id for _ in range(2)] == [old.pk, young.pk]
    assert queue.claim_next([kind]) is None


def test_claim_next_leaves_other_kinds_alone(db, kind):
    put_down(kind)
    assert queue.claim_next(["another"]) is None
    assert queue.claim_next([kind]).unique_key == "prove:1"


def test_claim_holds_a_lease_by_the_database_clock(db, kind, settings):
    settings.PORTAL_JOB_LEASE_SECONDS = 77
    job = put_down(kind)
    claim = queue.claim_next([kind])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, token, round(extract(epoch FROM lease_until - statement_timestamp())) "
            "FROM portal_job WHERE id = %s",
            [job.pk],
        )
        state, token, seconds = cursor.fetchone()
    assert (state, token, int(seconds)) == (Job.WORKING, claim.token, 77)


def test_two_claimers_at_once_get_one_job_once(committed_db, kind):
    for n in range(12):
        put_down(kind, f"prove:{n}")
    together, taken = threading.Barrier(4), []

    def take():
        together.wait()
        while claim := queue.claim_next([kind]):
            taken.append(claim.job_id)
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(Job.objects.values_list("pk", flat=True))
    assert len(taken) == 12


def test_claim_passes_over_a_row_somebody_is_claiming(committed_db, kind):
    first, second = put_down(kind, "prove:first"), put_down(kind, "prove:second")
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM portal_job WHERE id = %s FOR UPDATE", [first.pk])
        assert queue.claim_next([kind]).job_id == second.pk
        assert queue.run_job(first.pk) is None
    finally:
        other.rollback()
        other.close()


# finishing


def test_run_job_commits_result_and_state_together(db, kind):
    seen = []

    @queue.work(kind)
    def handler(claim):
        seen.append(claim.arguments)
        claim.progress(2, 3, "Section 2 of 3.")
        return lambda: prove("P-000001")

    job = queue.run_job(put_down(kind, package="P-000001").pk)
    assert (job.state, job.lease_until, job.token) == (Job.DONE, None, None)
    assert (job.progress_done, job.progress_total, job.progress_sentence) == (3, 3, "Section 2 of 3.")
    assert job.finished_at is not None
    assert (seen, proofs()) == ([{"package": "P-000001"}], ["P-000001"])


def test_run_job_needs_no_finish(db, kind):
    queue.work(kind)(lambda claim: None)
    assert queue.run_job(put_down(kind).pk).state == Job.DONE


def test_run_job_writes_nothing_when_finish_fails(db, kind):
    def finish():
        prove("P-000001")
        raise RuntimeError("the disk is full")

    queue.work(kind)(lambda claim: finish)
    job = queue.run_job(put_down(kind).pk)
    assert (job.state, job.last_error, proofs()) == (Job.WAITING, "RuntimeError: the disk is full", [])


def test_run_job_ends_quietly_when_there_is_nothing_to_claim(db, kind):
    queue.work(kind)(lambda claim: lambda: prove("once"))
    job = put_down(kind)
    assert queue.run_job(job.pk).state == Job.DONE
    assert queue.run_job(job.pk) is None
    assert queue.run_job(job.pk + 1000) is None
    assert proofs() == ["once"]


def test_work_off_does_all_that_is_due(db, kind):
    queue.work(kind)(lambda claim: lambda: prove(claim.unique_key))
    for n in range(3):
        put_down(kind, f"prove:{n}")
    assert queue.work_off([kind]) == 3
    assert sorted(proofs()) == ["prove:0", "prove:1", "prove:2"]
    assert queue.work_off([kind]) == 0


# the lease


def test_a_late_finisher_is_fenced_out(db, kind):
    @queue.work(kind)
    def handler(claim):
        if claim.attempt == 1:  # freezes until its lease has run out and another worker has done the job
            lapse(claim.job_id)
            queue.sweep()
            assert queue.run_job(claim.job_id).state == Job.DONE
        return lambda: prove(f"attempt {claim.attempt}")

    job = put_down(kind)
    job = queue.run_job(job.pk)
    assert (job.state, job.deaths, job.errors) == (Job.DONE, 1, 0)
    assert proofs() == ["attempt 2"]


def test_a_late_failure_is_not_counted(db, kind):
    @queue.work(kind)
    def handler(claim):
        lapse(claim.job_id)
        queue.sweep()
        raise RuntimeError("too late to matter")

    job = queue.run_job(put_down(kind).pk)
    assert (job.state, job.errors, job.deaths) == (Job.WAITING, 0, 1)


def test_progress_tells_a_fenced_worker_to_stop(db, kind):
    reached = []

    @queue.work(kind)
    def handler(claim):
        claim.progress(1, 2)
        lapse(claim.job_id)
        queue.sweep()
        reached.append("before")
        claim.progress(2, 2)
        reached.append("after")

    job = queue.run_job(put_down(kind).pk)
    assert (reached, job.state, job.progress_done) == (["before"], Job.WAITING, 1)


def test_progress_renews_the_lease(db, kind):
    put_down(kind)
    claim = queue.claim_next([kind])
    lapse(claim.job_id)
    assert Job.objects.lapsed().count() == 1
    claim.progress(1, 2, "Still here.")
    assert Job.objects.lapsed().count() == 0


def test_progress_keeps_a_long_sentence_within_its_column(db, kind):
    put_down(kind)
    claim = queue.claim_next([kind])
    claim.progress(1, 2, "x" * 1000)
    assert Job.objects.get(pk=claim.job_id).progress_sentence == "x" * claims.SENTENCE_LENGTH


def test_heartbeat_keeps_a_silent_handler_its_job(committed_db, kind, settings):
    settings.PORTAL_JOB_LEASE_SECONDS = 1
    silence = threading.Event()
    swept = []

    @queue.work(kind)
    def handler(claim):
        for _ in range(5):
            silence.wait(0.5)
            swept.append(queue.sweep().taken_back)
        return lambda: prove("once")

    job = queue.run_job(put_down(kind).pk)
    assert (job.state, job.deaths, swept, proofs()) == (Job.DONE, 0, [0] * 5, ["once"])


def test_heartbeat_that_failed_beats_again(committed_db, kind, settings, monkeypatch, caplog):
    settings.PORTAL_JOB_LEASE_SECONDS = 1
    monkeypatch.setitem(connections.databases["default"], "OPTIONS", {"options": "-c lock_timeout=50"})
    job = put_down(kind)
    claim = queue.claim_next([kind])
    held_until = Job.objects.get(pk=job.pk).lease_until
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM portal_job WHERE id = %s FOR UPDATE", [job.pk])
    with claims.Heartbeat(claim):
        wait_until(lambda: len(caplog.records) >= 1)
        other.rollback()
        other.close()
        wait_until(lambda: Job.objects.get(pk=job.pk).lease_until > held_until)
    assert caplog.records[0].getMessage() == "The lease of job prove:1 could not be renewed."
    assert not claim.lost.is_set()


def test_heartbeat_notices_that_the_job_was_taken_back(committed_db, kind, settings):
    settings.PORTAL_JOB_LEASE_SECONDS = 1
    put_down(kind)
    claim = queue.claim_next([kind])
    with claims.Heartbeat(claim):
        lapse(claim.job_id)
        queue.sweep()
        assert claim.lost.wait(5)
    with pytest.raises(queue.LeaseLost, match="prove:1 was taken back"):
        claim.progress(1, 1)


# errors


def test_errors_are_tried_again_after_growing_pauses_and_then_parked(db, kind):
    queue.work(kind)(lambda claim: {}["no such section"])
    job = put_down(kind)
    pauses = []
    for errors in range(1, 5):
        assert queue.run_job(job.pk).state == Job.WAITING
        assert queue.run_job(job.pk) is None  # not due yet
        with connection.cursor() as cursor:
            cursor.execute("SELECT not_before - now(), errors FROM portal_job WHERE id = %s", [job.pk])
            pause, counted = cursor.fetchone()
        assert counted == errors
        pauses.append(round(pause.total_seconds()))
        make_due(job.pk)
    assert pauses == [pause.total_seconds() for pause in running.PAUSES]
    job = queue.run_job(job.pk)
    assert (job.state, job.errors, job.last_error) == (Job.PARKED, 5, "KeyError: 'no such section'")
    event = Event.objects.get(noun="job")
    assert (event.verb, event.number, event.actor) == ("park", "prove:1", "the portal")
    assert event.data == {
        "kind": kind,
        "key": "prove:1",
        "errors": 5,
        "deaths": 0,
        "reason": "KeyError: 'no such section'",
    }


def test_a_connection_lost_in_mid_job_is_an_error_like_others(committed_db, kind):
    @queue.work(kind)
    def handler(claim):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    job = queue.run_job(put_down(kind).pk)
    assert (job.state, job.errors) == (Job.WAITING, 1)
    assert job.last_error.startswith("OperationalError: ")


def test_a_result_whose_connection_was_lost_is_written_by_the_next_try(committed_db, kind):
    @queue.work(kind)
    def handler(claim):
        if claim.attempt == 1:
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            other.close()
        return lambda: prove(f"attempt {claim.attempt}")

    job = queue.run_job(put_down(kind).pk)
    assert (job.state, job.errors, proofs()) == (Job.WAITING, 1, [])
    make_due(job.pk)
    assert (queue.run_job(job.pk).state, proofs()) == (Job.DONE, ["attempt 2"])


def test_a_refusal_parks_at_once_with_its_sentence(db, kind):
    @queue.work(kind)
    def handler(claim):
        raise Incomplete("Package P-000001 has no certificate of conformity. Sign one first.")

    job = queue.run_job(put_down(kind).pk)
    assert (job.state, job.errors) == (Job.PARKED, 1)
    assert job.last_error == "Package P-000001 has no certificate of conformity. Sign one first."


# deaths


def test_sweep_takes_back_what_a_dead_worker_held(db, kind):
    job = put_down(kind)
    queue.claim_next([kind])
    assert queue.sweep().taken_back == 0
    lapse(job.pk)
    swept = queue.sweep()
    job.refresh_from_db()
    assert (swept.taken_back, swept.parked) == (1, 0)
    assert (job.state, job.deaths, job.token) == (Job.WAITING, 1, None)
    assert queue.claim_next([kind]).attempt == 2


def test_sweep_gives_a_job_back_its_old_place(db, kind):
    first, second = put_down(kind, "prove:first"), put_down(kind, "prove:second")
    assert queue.claim_next([kind]).job_id == first.pk
    lapse(first.pk)
    queue.sweep()
    assert [queue.claim_next([kind]).job_id for _ in range(2)] == [first.pk, second.pk]


def test_sweep_parks_after_the_third_death(db, kind):
    job = put_down(kind)
    outcomes = []
    for _ in range(3):
        queue.claim_next([kind])
        lapse(job.pk)
        swept = queue.sweep()
        outcomes.append((swept.taken_back, swept.parked))
    job.refresh_from_db()
    assert outcomes == [(1, 0), (1, 0), (0, 1)]
    assert (job.state, job.deaths, queue.claim_next([kind])) == (Job.PARKED, 3, None)
    assert job.last_error == (
        "The process that did this work ended 3 times before it was finished; "
        "it may need more memory than there is, or a file of it may be damaged."
    )
    assert Event.objects.get(noun="job", verb="park").data["deaths"] == 3


def test_sweep_leaves_a_job_that_is_being_finished(committed_db, kind):
    """The finish may take longer than the lease: its row is locked, so nobody takes it back."""
    job = put_down(kind)
    queue.claim_next([kind])
    lapse(job.pk)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM portal_job WHERE id = %s FOR UPDATE", [job.pk])
        assert queue.sweep().taken_back == 0
    finally:
        other.rollback()
        other.close()
    assert queue.sweep().taken_back == 1


def test_a_lease_without_work_is_refused_by_the_database(db, kind):
    job = put_down(kind)
    with pytest.raises(IntegrityError, match="job_lease_only_while_working"), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(lease_until=Now())
    with pytest.raises(IntegrityError, match="job_lease_only_while_working"), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=Job.WORKING)
