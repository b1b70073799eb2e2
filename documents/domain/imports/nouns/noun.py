"""What makes a noun one that can be brought in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import QuerySet

from documents.domain.imports.cells import Habits
from documents.domain.imports.columns import Table
from documents.domain.imports.outcome import Outcome
from documents.domain.imports.rows import Row
from portal.models import Person


def nothing_more(row: Row, habits: Habits) -> None:
    """Most rows say all there is to say."""


def never(values: SimpleNamespace) -> bool:
    """Hold for no row: each one is meant."""
    return False


@dataclass(frozen=True)
class Noun:
    """One noun: its table, what takes one row of it, the records there are, and the page that lists them.

    `take(row, by)` works through the verbs of the noun's own room alone and returns what it did. It raises their
    refusals; the caller keeps each row in a savepoint and undoes a look. `prepare(row, habits)` works out what a
    row says in other words, before it is taken. `is_empty(values)` knows the printed lines of a form that nobody
    filled in, and what stands below them.
    """

    table: Table
    take: Callable[[SimpleNamespace, Person], Outcome]
    records: Callable[[], QuerySet]
    list_url: str
    prepare: Callable[[Row, Habits], None] = nothing_more
    is_empty: Callable[[SimpleNamespace], bool] = never

    @property
    def code(self) -> str:
        return self.table.code

    @property
    def title(self) -> str:
        return self.table.title
