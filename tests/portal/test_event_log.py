"""The sequencer: a place for every event, one root a size, whatever commits late, races or is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import IntegrityError, connection, connections, transaction

from portal.domain import event_log
from portal.domain.event_log import (
    LogIsDamaged,
    NoSuchCheckpoint,
    NotYetInTheLog,
    consistency_of,
    latest_checkpoint,
    leaf_bytes,
    log_verifier_keys,
    proof_of,
    sequence_now,
)
from portal.domain.events import record_event
from portal.domain.log_check import check_log
from portal.domain.log_keys import LogKeyRefused
from portal.log.merkle import leaf_hash, root_of, verify_consistency
from portal.log.notes import SigningKey, VerifierKey, decoded, open_checkpoint
from portal.log.proofs import ProofRefused, check_proof
from portal.models import Checkpoint, Event, LogEntry, LogKey, LogNode


def happen(*numbers: str) -> list[Event]:
    return [record_event(by=None, verb="prove", noun="proof", number=number) for number in numbers]


def keys() -> list[VerifierKey]:
    return [VerifierKey.read(text) for text in log_verifier_keys()]


def told() -> list[str]:
    """Return the numbers of the events in the order of the log."""
    return list(LogEntry.objects.order_by("index").values_list("event__number", flat=True))


def assert_log_is_whole() -> None:
    """Every event has one place, no place is left open, and the checkpoint covers them all."""
    leaves = [bytes(leaf) for leaf in LogEntry.objects.order_by("index").values_list("leaf", flat=True)]
    places = LogEntry.objects.order_by("index").values_list("index", flat=True)
    assert list(places) == list(range(Event.objects.count()))
    assert (latest_checkpoint().size, latest_checkpoint().root) == (len(leaves), root_of(leaves))
    assert LogNode.objects.count() == len(leaves) - len(leaves).bit_count()


def test_before_the_first_checkpoint_there_is_none(db):
    [event] = happen("P-1")
    assert (latest_checkpoint(), log_verifier_keys()) == (None, [])
    with pytest.raises(NotYetInTheLog, match="What happened to proof P-1 at .* has no place in the log yet"):
        proof_of(event)


def test_first_checkpoint_begins_the_log_and_takes_in_what_was_there(db):
    happen("P-1", "P-2")
    checkpoint = sequence_now()
    assert told() == ["P-1", "P-2", "tests.example/log"]
    head, signers = open_checkpoint(checkpoint.text, keys())
    assert signers == keys()
    assert (head.origin, head.size, head.root) == ("tests.example/log", 3, checkpoint.root)
    assert_log_is_whole()


def test_sequencing_twice_signs_nothing_anew(db):
    first = sequence_now()
    assert sequence_now() == first
    assert Checkpoint.objects.count() == 1


def test_every_event_is_proved_under_every_size_the_log_grows_to(db):
    sequence_now()
    for portion in range(1, 12):
        happen(*(f"P-{portion}-{one}" for one in range(portion)))
        head, _ = open_checkpoint(sequence_now().text, keys())
        for event in Event.objects.all():
            proved = check_proof(proof_of(event), content=leaf_bytes(event), keys=keys())
            assert proved == head
    assert_log_is_whole()
    event, other = Event.objects.all()[:2]
    with pytest.raises(ProofRefused, match="These bytes are not entry 0 of the log"):
        check_proof(proof_of(event), content=leaf_bytes(other), keys=keys())


def test_log_of_one_checkpoint_begins_with_that_of_every_earlier_one(db):
    for portion in (3, 1, 9, 2):
        happen(*map(str, range(portion)))
        sequence_now()
    kept = list(Checkpoint.objects.all())
    assert [one.size for one in kept] == [4, 5, 14, 16]
    for place, new in enumerate(kept):
        for old in kept[: place + 1]:
            path = [decoded(line) for line in consistency_of(old=old.size, new=new.size)]
            assert verify_consistency(
                old_size=old.size, new_size=new.size, old_root=old.root, new_root=new.root, path=path
            )
    for old, new in [(0, 4), (5, 4), (4, 17)]:
        with pytest.raises(NoSuchCheckpoint, match=f"The log has 16 signed entries.* from {old} to {new}"):
            consistency_of(old=old, new=new)


def test_many_events_are_taken_in_portions(db, monkeypatch):
    monkeypatch.setattr(event_log, "AT_ONCE", 3)
    happen(*map(str, range(10)))
    assert sequence_now().size == 11
    assert [one.size for one in Checkpoint.objects.all()] == [3, 6, 9, 11]
    assert_log_is_whole()


def test_a_second_root_for_the_same_size_is_impossible(db):
    checkpoint = sequence_now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Checkpoint.objects.create(size=checkpoint.size, root_sha256="0" * 64, text="another", horizon=0)


def test_equal_events_differ_in_their_leaf(db):
    one, two = happen("P-1", "P-1")
    assert one.leaf_sha256 != two.leaf_sha256


def test_damaged_tree_is_said_and_not_proved(db, monkeypatch):
    happen("P-1", "P-2", "P-3")
    sequence_now()
    event = Event.objects.get(number="P-1")
    monkeypatch.setattr(event_log, "leaf_bytes", lambda event: b"something else")
    with pytest.raises(LogIsDamaged, match="Entry 0 of the log, proof P-1, does not lead to the signed root"):
        proof_of(event)
    with pytest.raises(LogIsDamaged, match="Node 7 of level 9 of the log is missing"):
        event_log._hashes([[(9, 7)]])


# keys


@pytest.fixture
def successor() -> SigningKey:
    return SigningKey("tests.example/log", bytes(range(32, 64)))


def test_new_key_signs_from_its_change_on_and_the_change_is_signed_by_both(db, settings, successor):
    sequence_now()
    settings.PORTAL_LOG_OLD_KEY, settings.PORTAL_LOG_KEY = settings.PORTAL_LOG_KEY, successor.text
    changed = sequence_now()
    old, new = keys()
    assert new == successor.verifier
    assert open_checkpoint(changed.text, [old])[1] == [old]
    assert open_checkpoint(changed.text, [new])[1] == [new]
    event = Event.objects.get(verb="change key of")
    assert (event.noun, event.data) == ("log", {"from": old.text, "to": new.text})
    assert LogKey.objects.last().from_size == 1
    settings.PORTAL_LOG_OLD_KEY = ""
    happen("P-1")
    assert open_checkpoint(sequence_now().text, [old, new])[1] == [new]


def test_key_that_may_not_sign_is_refused_and_nothing_is_written(db, settings, successor):
    first, before = settings.PORTAL_LOG_KEY, sequence_now()
    happen("P-1")
    stranger = SigningKey("elsewhere.example/log", bytes(32)).text
    for key, old, words in [
        ("elsewhere", "", "This process holds no key of the event log"),
        ("nonsense", "", "PORTAL_LOG_KEY: This is not a signing key"),
        (successor.text, "", "has to sign the change too: name its file in PORTAL_LOG_OLD_KEY_FILE"),
        (successor.text, successor.text, "has to sign the change too"),
        (successor.text, "nonsense", "PORTAL_LOG_OLD_KEY: This is not a signing key"),
        (stranger, first, "belongs to the log elsewhere.example/log, and this log is tests.example/log"),
    ]:
        settings.PORTAL_LOG_KEY, settings.PORTAL_LOG_OLD_KEY = key, old
        with pytest.raises(LogKeyRefused, match=words):
            sequence_now()
    assert (latest_checkpoint(), LogKey.objects.count(), LogEntry.objects.count()) == (before, 1, 1)
    settings.PORTAL_LOG_KEY, settings.PORTAL_LOG_OLD_KEY = successor.text, first
    assert sequence_now().size == 3


def test_retired_key_signs_no_more(db, settings, successor):
    sequence_now()
    settings.PORTAL_LOG_OLD_KEY, settings.PORTAL_LOG_KEY = settings.PORTAL_LOG_KEY, successor.text
    sequence_now()
    settings.PORTAL_LOG_KEY = settings.PORTAL_LOG_OLD_KEY
    happen("P-1")
    with pytest.raises(LogKeyRefused, match="was retired when a later one began to sign"):
        sequence_now()


@pytest.mark.parametrize("has_begun", [True, False])
def test_key_somebody_put_in_is_passed_over_and_named(db, settings, successor, client, has_begun):
    if has_begun:
        sequence_now()
    LogKey.objects.create(name=successor.name, verifier_key=successor.verifier.text, from_size=int(has_begun))
    happen("P-1")
    signed = sequence_now()
    own = SigningKey.read(settings.PORTAL_LOG_KEY).verifier
    assert open_checkpoint(signed.text, keys())[1] == [own] == keys()
    assert client.get("/log/keys/").content.decode() == f"{own.text}\n"
    assert [fault.sentence for fault in check_log().faults] == [
        f"The database names {successor.verifier.text} as a key of the log, and it signed nothing: somebody put it "
        "there. Nothing is signed with it, and nobody is told to trust it."
    ]


# commits that are real


@pytest.mark.serial
def test_sequencing_inside_a_transaction_is_a_mistake(committed_db):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        sequence_now()


@pytest.mark.serial
def test_what_commits_late_comes_later_and_is_not_lost(committed_db):
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            happen("older")
            written.set()
            may_commit.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(20)
    happen("younger")
    sequence_now()
    assert told() == ["younger", "tests.example/log"]
    may_commit.set()
    thread.join()
    happen("youngest")
    sequence_now()
    assert told() == ["younger", "tests.example/log", "older", "youngest"]
    assert_log_is_whole()


@pytest.mark.serial
def test_events_of_another_life_of_the_database_are_taken_in(committed_db):
    """Restored into a new server, old events bear transactions this server has yet to come to."""
    happen("P-1")
    sequence_now()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE portal_checkpoint DISABLE TRIGGER USER")
        cursor.execute("UPDATE portal_checkpoint SET horizon = horizon + 1000000000")
        cursor.execute("ALTER TABLE portal_checkpoint ENABLE TRIGGER USER")
    connections["owner"].close()
    happen("P-2")
    sequence_now()
    assert told() == ["P-1", "tests.example/log", "P-2"]
    assert_log_is_whole()


@pytest.mark.serial
def test_two_sequencers_among_writers_leave_no_gap_and_no_double(committed_db):
    stop, failures = threading.Event(), []

    def write(name: str) -> None:
        for one in range(40):
            with transaction.atomic():
                happen(f"{name}-{one}", f"{name}-{one}-again")
        connection.close()

    def sequence() -> None:
        try:
            while not stop.is_set():
                sequence_now()
        except Exception as error:
            failures.append(error)
        connection.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in "ABCD"]
    sequencers = [threading.Thread(target=sequence) for _ in range(2)]
    for thread in writers + sequencers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sequencers:
        thread.join()
    sequence_now()
    assert failures == []
    assert Event.objects.count() == 4 * 40 * 2 + 1
    assert_log_is_whole()


KILLED = """
import django; django.setup()
from portal.domain.event_log import sequence_now
from portal.domain.events import record_event
while True:
    for one in range(7):
        record_event(by=None, verb="prove", noun="proof", number="K")
    print(sequence_now().text, end="", flush=True)
"""


@pytest.mark.serial
def test_killed_sequencer_leaves_a_whole_log_and_no_second_history(committed_db):
    """Whatever checkpoint it told the world before it died is one the log still has."""
    seen: set[str] = set()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_LOG_LEVEL": "ERROR"}
    for pause in (0.02, 0.11, 0.23, 0.31):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True, env=environment
        )
        first = process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        output = first + process.communicate()[0]
        whole = [
            text for text in output.replace("=\ntests.", "=\n\0tests.").split("\0") if text.count("\n") == 5
        ]
        assert whole
        seen |= set(whole)
        sequence_now()
        assert_log_is_whole()
    assert seen <= set(Checkpoint.objects.values_list("text", flat=True))


def test_leaf_hash_of_an_event_is_that_of_its_bytes(db):
    [event] = happen("P-1")
    event.refresh_from_db()
    assert leaf_hash(leaf_bytes(event)).hex() == event.leaf_sha256
