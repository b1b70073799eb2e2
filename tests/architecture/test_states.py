"""Every state machine of the house: its table is whole, its walk is guarded, its drawing is fresh."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.postgres.fields import ArrayField, ranges
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import fields
from django.utils import timezone

from portal.domain.errors import NotEntitled, NotTheMoment
from portal.domain.moves import SYSTEM, move
from portal.management.commands.states import machines, page, starts_at
from portal.models import Event, Person
from tests.cast import make_cast

MACHINES = machines()
ROLES = [role for role, _ in Person.ROLES]
IDS = [moves.noun for _, moves in MACHINES]


@pytest.mark.parametrize(("model", "moves"), MACHINES, ids=IDS)
def test_the_table_knows_exactly_the_states_of_its_model(model, moves):
    choices = {code for code, _ in model._meta.get_field("state").choices}
    used = {each.source for each in moves} | {each.target for each in moves} | {starts_at(model)}
    assert used == choices


@pytest.mark.parametrize(("model", "moves"), MACHINES, ids=IDS)
def test_every_state_can_be_reached(model, moves):
    reached = {starts_at(model)}
    for _ in moves:
        reached |= {each.target for each in moves if each.source in reached}
    assert reached == {code for code, _ in model._meta.get_field("state").choices}


@pytest.mark.parametrize(("model", "moves"), MACHINES, ids=IDS)
def test_a_verb_leads_from_one_state_to_one_state_for_known_roles(model, moves):
    steps = [(each.source, each.verb) for each in moves]
    assert sorted(set(steps)) == sorted(steps)
    assert {role for each in moves for role in each.roles} <= {*ROLES, SYSTEM}
    assert [each for each in moves if not each.roles] == []


class Undone(Exception):
    """Ends one try, so that the next begins from the same row."""


def free_table(model) -> None:
    """Let a table take bare rows: only the walk is tried here, and the database is thrown away afterwards."""
    tables = [model._meta.db_table, model.history.model._meta.db_table] if hasattr(model, "history") else []
    with connections["owner"].cursor() as cursor:
        for table in tables or [model._meta.db_table]:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'u', 'x')",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            # one that holds for some states only is an index
            cursor.execute(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass "
                "AND indisunique AND indpred IS NOT NULL",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX {name}")


def bare_row(model, *, state: str):
    """Make a row that has little more than its state."""
    now = timezone.now()
    by_type = [
        (fields.DateTimeField, now),
        (fields.DateField, now.date()),
        (ranges.DateRangeField, DateRange(now.date(), now.date() + timedelta(days=9))),
        (fields.BinaryField, b""),
        (fields.DecimalField, Decimal(1)),
        (fields.IntegerField, 1),
        (fields.UUIDField, uuid.uuid4()),
        (ArrayField, []),
    ]
    facts = {"state": state}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.null or field.has_default() or field.name == "state":
            continue
        if field.is_relation:
            facts[field.attname] = 1
        else:
            facts[field.name] = next((value for kind, value in by_type if isinstance(field, kind)), "bare")
    return model.objects.create(**facts)


def outcome(row, verb: str, by) -> str:
    """Try one step, undo it, and say in one word what came of it."""
    try:
        with transaction.atomic():
            moved = move(row, verb, by=by)
            last = Event.objects.latest("id")
            assert (last.verb, last.person, last.data) == (verb, by, {"from": row.state, "to": moved.state})
            raise Undone(moved.state)
    except Undone as undone:
        return str(undone)
    except NotTheMoment:
        return "not the moment"
    except NotEntitled:
        return "not entitled"


def expected(moves, state: str, verb: str, role: str) -> str:
    step = moves.find(state, verb)
    if step is None:
        return "not the moment"
    return step.target if role in step.roles else "not entitled"


@pytest.mark.parametrize(("model", "moves"), MACHINES, ids=IDS)
def test_the_full_grid_of_state_and_verb_and_role(model, moves, committed_db):
    free_table(model)
    people = {person.role: person for person in make_cast().people.values()} | {SYSTEM: None}
    grid, found = {}, {}
    for state, _ in model._meta.get_field("state").choices:
        row = bare_row(model, state=state)
        for verb in sorted({each.verb for each in moves}):
            for role, person in people.items():
                grid[state, verb, role] = expected(moves, state, verb, role)
                found[state, verb, role] = outcome(row, verb, person)
    assert set(people) == {*ROLES, SYSTEM}
    assert found == grid


def test_the_drawing_is_fresh():
    call_command("states", "--check", stdout=StringIO())


def test_a_stale_drawing_is_refused_with_the_verb_that_mends_it(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="docs/states.md is stale. Run: make states"):
        call_command("states", "--check")
    call_command("states", stdout=StringIO())
    assert (tmp_path / "docs" / "states.md").read_text() == page()
    call_command("states", "--check", stdout=StringIO())
