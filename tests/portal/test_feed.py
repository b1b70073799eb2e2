"""The feed: every event reaches its readers, in the order of commits, whatever commits late or is forgotten."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from django.db import connection, connections, transaction

from portal import feed, queue
from portal.domain.events import record_event
from portal.models import Event, FeedCursor, Job
from portal.queue import waking

# any transaction of the cluster that is open holds the horizon back, and tests at its side open many
pytestmark = pytest.mark.serial


class Reader(SimpleNamespace):
    """A reader that remembers the numbers of what it was told."""

    def __init__(self) -> None:
        super().__init__(told=[], started=0)

    def follow(self, events) -> None:
        self.told.append([event.number for event in events])

    def start_over(self) -> None:
        self.started += 1


@pytest.fixture
def reader(settings, monkeypatch) -> Reader:
    settings.PORTAL_FEED_READERS = {"proofs": "not.looked.up"}
    found = Reader()
    monkeypatch.setattr(feed, "readers", lambda: {"proofs": found})
    return found


@pytest.fixture
def woken(monkeypatch) -> list[int]:
    """Collect the messages instead of sending them."""
    sent: list[int] = []
    monkeypatch.setattr(waking, "wake", lambda job_id: sent.append(job_id) or True)
    monkeypatch.setattr(waking, "top_up", lambda due: sent.extend(due) or len(due))
    return sent


def prove(number: str) -> Event:
    return record_event(by=None, verb="prove", noun="proof", number=number)


def feed_jobs() -> list[tuple[str, bool]]:
    """Return the state of each job of readers, and whether it may begin now."""
    due = set(Job.objects.due().values_list("pk", flat=True))
    jobs = Job.objects.filter(kind=feed.KIND).order_by("pk")
    return [(job.state, job.pk in due) for job in jobs]


def test_first_reading_starts_over_and_the_next_goes_on(committed_db, reader, woken):
    prove("P-1")
    assert (feed.drain("proofs"), reader.started, reader.told) == (0, 1, [])
    prove("P-2")
    prove("P-3")
    assert (feed.drain("proofs"), reader.started, reader.told) == (2, 1, [["P-2", "P-3"]])
    assert (feed.drain("proofs"), reader.told) == (0, [["P-2", "P-3"]])


def test_older_transaction_that_commits_later_is_not_lost(committed_db, reader, woken):
    feed.drain("proofs")
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            prove("older")
            written.set()
            may_commit.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(20)
    prove("newer")
    # told at once, since it is certain; but the cursor stays before what may still come
    assert (feed.drain("proofs"), reader.told) == (0, [["newer"]])
    may_commit.set()
    thread.join(20)
    assert (feed.drain("proofs"), reader.told) == (2, [["newer"], ["older", "newer"]])
    assert (feed.drain("proofs"), len(reader.told)) == (0, 2)


def test_cursor_stays_when_the_reader_fails(committed_db, reader, woken, monkeypatch):
    feed.drain("proofs")
    prove("P-1")

    def fail(events) -> None:
        raise RuntimeError("The reader stumbled.")

    monkeypatch.setattr(reader, "follow", fail, raising=False)
    with pytest.raises(RuntimeError, match="stumbled"):
        feed.drain("proofs")
    monkeypatch.undo()
    monkeypatch.setattr(feed, "readers", lambda: {"proofs": reader})
    assert (feed.drain("proofs"), reader.told) == (1, [["P-1"]])


def test_many_events_come_in_batches(committed_db, reader, woken, monkeypatch):
    monkeypatch.setattr(feed, "AT_ONCE", 2)
    feed.drain("proofs")
    for number in "abcde":
        prove(number)
    assert (feed.drain("proofs"), reader.told) == (5, [["a", "b"], ["c", "d"], ["e"]])


def test_database_restored_into_a_new_one_starts_over(committed_db, reader, woken):
    feed.drain("proofs")
    FeedCursor.objects.update(transaction=2**40)
    assert (feed.drain("proofs"), reader.started) == (0, 2)
    prove("P-1")
    assert (feed.drain("proofs"), reader.told) == (1, [["P-1"]])


def test_commit_asks_for_one_job_whatever_it_wrote(committed_db, reader, woken):
    with transaction.atomic():
        prove("P-1")
        prove("P-2")
        assert feed_jobs() == []
    assert (feed_jobs(), len(woken)) == ([("waiting", True)], 1)
    prove("P-3")  # the job that waits will see it
    assert (feed_jobs(), len(woken)) == ([("waiting", True)], 1)


def test_burst_is_read_by_one_job_a_second(committed_db, reader, woken):
    prove("P-1")
    queue.work_off([feed.KIND])
    # the clock may turn between the commits: then the first of them begins a second of its own
    for number in range(5):
        prove(f"P-{number}")
    states = feed_jobs()
    assert (states[0], len(states) <= 3, [state for state, _ in states].count("waiting")) == (
        ("done", False),
        True,
        1,
    )


def test_rolled_back_transaction_asks_for_nothing(committed_db, reader, woken):
    with pytest.raises(RuntimeError), transaction.atomic():
        prove("P-1")
        raise RuntimeError("The caller changed its mind.")
    assert (feed_jobs(), woken) == ([], [])


def test_watch_asks_for_a_reader_nobody_woke(committed_db, reader, woken):
    feed.drain("proofs")
    feed.watch()
    assert feed_jobs() == []
    prove("P-1")
    Job.objects.filter(kind=feed.KIND).delete()  # the process died between its commit and asking
    feed.watch()
    assert feed_jobs() == [("waiting", True)]
    queue.work_off([feed.KIND])
    assert reader.told == [["P-1"]]


def test_job_that_is_done_removes_those_before_it(committed_db, reader, woken):
    for number in range(3):
        prove(f"P-{number}")
        Job.objects.filter(kind=feed.KIND).update(not_before="2020-01-01T00:00Z")
        queue.work_off([feed.KIND])
    assert [state for state, _ in feed_jobs()] == ["done"]


def test_two_processes_read_one_after_the_other(committed_db, reader, woken):
    feed.drain("proofs")
    for number in range(20):
        prove(f"P-{number:02}")

    def read() -> None:
        feed.drain("proofs")
        connections.close_all()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert reader.told == [[f"P-{number:02}" for number in range(20)]]
