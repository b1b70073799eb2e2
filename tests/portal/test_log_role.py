"""Somebody who stole the application's own way into the database, and no key: he may add rows and change none.

What he adds is never signed over in silence, and the check of the log names it.
"""

from __future__ import annotations

import pytest
from django.db import connection

from portal.domain.event_log import LogIsDamaged, latest_checkpoint, log_verifier_keys, sequence_now
from portal.domain.events import record_event
from portal.domain.log_check import check_log
from portal.log.merkle import leaf_hash
from portal.log.notes import SigningKey, TreeHead, VerifierKey, open_checkpoint, sign_note
from portal.models import Event

THIEF = SigningKey("tests.example/log", bytes(range(60, 92)))
STOPPED = "is not one this portal signed"


@pytest.fixture
def log(db) -> list[Event]:
    """Give a log of seven entries, the first of which is the beginning of the log itself, and one event that waits."""
    for number in range(6):
        happen(number)
    sequence_now()
    return [happen(6)]


def happen(number: int) -> Event:
    return record_event(by=None, verb="prove", noun="proof", number=f"P-{number}")


def insert(table: str, **values) -> None:
    columns = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO portal_{table} ({columns}) VALUES ({marks})", list(values.values()))


def forged_checkpoint(size: int, text: str = "", root: bytes = bytes(32)) -> None:
    insert("checkpoint", size=size, root_sha256=root.hex(), text=text, horizon=9_000_000_000)


def says(*words: str) -> bool:
    told = " ".join(fault.sentence for fault in check_log().faults)
    return all(word in told for word in words)


def test_the_role_can_change_and_delete_nothing(log):
    from django.db import DatabaseError, transaction

    for table in ("event", "logentry", "lognode", "logkey", "checkpoint"):
        for act in (f"DELETE FROM portal_{table}", f"TRUNCATE portal_{table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE portal_checkpoint SET text = ''")


@pytest.mark.parametrize("signed", [False, True])
def test_nothing_is_signed_on_top_of_a_checkpoint_of_somebody_else(log, signed):
    size = latest_checkpoint().size + 1
    insert("logentry", index=size - 1, event_id=log[0].pk, leaf=leaf_hash(b"what never happened"))
    body = TreeHead(THIEF.name, size, bytes(32)).body
    forged_checkpoint(size, sign_note(body, [THIEF]) if signed else body)
    with pytest.raises(LogIsDamaged, match=STOPPED):
        sequence_now()
    assert says(
        f"The checkpoint of {size} entries: Nobody whose key is known" if signed else "no signed note"
    )


def test_a_genuine_checkpoint_copied_to_a_larger_size_is_not_built_on(log):
    latest = latest_checkpoint()
    forged_checkpoint(latest.size + 5, latest.text, latest.root)
    with pytest.raises(LogIsDamaged, match=STOPPED):
        sequence_now()
    assert says("the end was cut off")


def test_an_event_with_a_place_far_away_is_not_hidden_from_the_log(log):
    insert("logentry", index=1_000_000, event_id=log[0].pk, leaf=leaf_hash(bytes(log[0].canonical)))
    with pytest.raises(LogIsDamaged, match="Somebody else gave events a place"):
        sequence_now()
    assert says("it goes on with entry 1000000")


def test_a_place_at_the_end_given_by_somebody_else_stops_the_log(log):
    insert("logentry", index=latest_checkpoint().size, event_id=log[0].pk, leaf=leaf_hash(b"other"))
    with pytest.raises(LogIsDamaged, match="Somebody else gave events a place"):
        sequence_now()
    assert says("stand under no checkpoint", "is not the one this place was given to")


def test_a_node_that_stands_for_nothing_is_named(log):
    insert("lognode", level=40, index=0, hash=bytes(32))
    sequence_now()
    assert says("There are nodes in the tree that stand for no entries")


@pytest.mark.parametrize("from_size", [0, 3, 10_000])
def test_a_key_that_was_only_written_down_is_not_published_and_signs_nothing(log, from_size):
    before = log_verifier_keys()
    insert("logkey", name=THIEF.name, verifier_key=THIEF.verifier.text, from_size=from_size)
    assert log_verifier_keys() == before
    record_event(by=None, verb="prove", noun="proof", number="P-1")
    signed = sequence_now()
    assert open_checkpoint(signed.text, [VerifierKey.read(before[-1])])[0].size == signed.size
    assert log_verifier_keys() == before
    assert says(THIEF.verifier.text, "somebody put it there")


def test_a_key_that_cannot_be_read_takes_no_page_away_and_is_named(log):
    before = log_verifier_keys()
    insert("logkey", name="x", verifier_key="no key", from_size=0)
    assert log_verifier_keys() == before
    assert says("The database names no key as a key of the log")


def test_an_event_written_past_the_portal_is_logged_and_found_to_be_strange(log):
    """It has a place and a signature like any other: what the portal never said is told by its bytes."""
    insert(
        "event", at="2020-01-01T00:00:00Z", actor="Amara", verb="accept", noun="certificate", number="C-1", lots=[],
        data="{}", canonical=b'{"noun":"certificate"}', leaf_sha256=leaf_hash(b'{"noun":"certificate"}').hex(),
    )  # fmt: skip
    sequence_now()
    assert says("the bytes that were logged are not an event")
