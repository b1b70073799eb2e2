from datetime import timedelta

import pytest
from django.utils import timezone

from portal.domain.accounts import disable_person
from portal.domain.errors import NotEntitled, NotTheMoment
from portal.domain.moves import SYSTEM, Move, Moves, move, say
from portal.models import Event, Job

# the walk is the same for every table; a job has a state and needs nothing else
TABLE = Moves(
    "job",
    Move("waiting", "send_home", "done", ("manager",)),
    Move("parked", "send_home", "done", ("manager",)),
    Move("done", "wake", "waiting", ("quality", SYSTEM)),
)


@pytest.fixture
def job(db, monkeypatch):
    monkeypatch.setattr(Job, "MOVES", TABLE, raising=False)
    monkeypatch.setattr(Job, "number", property(lambda job: job.unique_key), raising=False)
    return Job.objects.create(kind="none", unique_key="J-1", not_before=timezone.now() + timedelta(days=1))


def test_a_move_saves_the_state_and_the_changes_and_writes_it_down(cast, job):
    moved = move(job, "send_home", by=cast.manager, lots=["T-2", "T-1"], data={"why": "late"}, errors=3)
    stored, event = Job.objects.get(), Event.objects.latest("id")
    assert (moved.state, stored.state, stored.errors) == ("done", "done", 3)
    assert (event.verb, event.noun, event.number, event.lots) == ("send_home", "job", "J-1", ["T-1", "T-2"])
    assert event.data == {"from": "waiting", "to": "done", "why": "late"}


def test_a_move_looks_at_the_row_and_not_at_what_the_caller_read_long_ago(cast, job):
    stale = Job.objects.get()
    move(job, "send_home", by=cast.manager)
    with pytest.raises(NotTheMoment) as refusal:
        move(stale, "send_home", by=cast.manager)
    assert refusal.value.sentence == (
        "Job J-1 is done; to send home it, it must be waiting or parked. Reload the page to see how it stands now."
    )


def test_a_move_takes_the_role_of_its_table(cast, job):
    with pytest.raises(NotEntitled) as refusal:
        move(job, "send_home", by=cast.quality)
    assert refusal.value.sentence == "Maud Ferreira may not send home job J-1; this takes one of: manager."
    with pytest.raises(NotEntitled, match="The portal may not send home job J-1"):
        move(job, "send_home", by=None)
    done = move(job, "send_home", by=cast.manager)
    assert move(done, "wake", by=None).state == "waiting"


def test_a_person_who_left_moves_nothing(cast, job):
    person = disable_person(by=cast.second_manager, person=cast.manager, reason="Left")
    with pytest.raises(NotEntitled, match="Ines Calloway has left and may not send home job J-1."):
        move(job, "send_home", by=person)
    assert Job.objects.get().state == "waiting"


def test_an_unknown_verb_is_no_move(cast, job):
    with pytest.raises(NotTheMoment, match="it must be in no state"):
        move(job, "vanish", by=cast.manager)


def test_a_code_is_said_in_words():
    assert say("send_home") == "send home"
