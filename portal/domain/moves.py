"""States move by table: one table beside each model, one function that walks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.domain.errors import NotEntitled, NotTheMoment
from portal.domain.events import record_event
from portal.models import Person
from portal.permissions import QUALITY, SHOP

__all__ = ["QUALITY", "SHOP", "SYSTEM", "Move", "Moves", "lock", "move", "say"]

SYSTEM = "system"


@dataclass(frozen=True)
class Move:
    """One allowed step: from a state, by a verb, to a state, for these roles."""

    source: str
    verb: str
    target: str
    roles: tuple[str, ...]


class Moves:
    """The table of one state machine; it stands beside its model as `MOVES`."""

    def __init__(self, noun: str, *moves: Move) -> None:
        self.noun = noun
        self.moves = moves

    def find(self, source: str, verb: str) -> Move | None:
        return next((m for m in self.moves if m.source == source and m.verb == verb), None)

    def sources_of(self, verb: str) -> list[str]:
        return [m.source for m in self.moves if m.verb == verb]

    def __iter__(self):
        return iter(self.moves)


def lock(record: models.Model) -> models.Model:
    """Return the record read again under a row lock; the caller holds a transaction."""
    # the person of a request is a lazy stand-in whose own type is not the model
    return record._meta.model._base_manager.select_for_update(of=("self",)).get(pk=record.pk)


def _wrong_moment(record: models.Model, table: Moves, verb: str) -> str:
    words = dict(type(record)._meta.get_field("state").choices or ())
    allowed = _(" or ").join(_(str(words.get(code, code))).lower() for code in table.sources_of(verb)) or _(
        "in no state"
    )
    return _(
        "%(noun)s %(number)s is %(state)s; to %(verb)s it, it must be %(allowed)s. Reload "
        "the page to see how it stands now."
    ) % {
        "noun": capfirst(_(table.noun)),
        "number": record.number,
        "state": _(record.get_state_display()).lower(),
        "verb": _(say(verb)),
        "allowed": allowed,
    }


def _wrong_person(
    record: models.Model, table: Moves, verb: str, *, by: Person | None, roles: tuple[str, ...]
) -> str:
    who = by.printed_name if by else _("The portal")
    if by and not by.is_active:
        return _("%(who)s has left and may not %(verb)s %(noun)s %(number)s.") % {
            "who": who,
            "verb": _(say(verb)),
            "noun": _(table.noun),
            "number": record.number,
        }
    return _("%(who)s may not %(verb)s %(noun)s %(number)s; this takes one of: %(list)s.") % {
        "who": who,
        "verb": _(say(verb)),
        "noun": _(table.noun),
        "number": record.number,
        "list": ", ".join(_(say(role)) for role in roles),
    }


def say(code: str) -> str:
    """Return a stored code as words."""
    return code.replace("_", " ")


@transaction.atomic
def move(
    record: models.Model,
    verb: str,
    *,
    by: Person | None,
    lots: Iterable[str] = (),
    data: dict | None = None,
    **changes,
) -> models.Model:
    """Lock the record, walk its table by `verb`, save with `changes`, record the event, return it.

    Raises:  NotTheMoment when the table has no such step from the present state;
             NotEntitled when the step is not this person's role (None acts for the portal itself).
    """
    current = lock(record)
    table: Moves = type(record).MOVES
    step = table.find(current.state, verb)
    if step is None:
        raise NotTheMoment(_wrong_moment(current, table, verb))
    role = by.role if by else SYSTEM
    if role not in step.roles or (by and not by.is_active):
        raise NotEntitled(_wrong_person(current, table, verb, by=by, roles=step.roles))
    current.state = step.target
    for field, value in changes.items():
        setattr(current, field, value)
    current.save()
    record_event(
        by=by,
        verb=verb,
        noun=table.noun,
        number=current.number,
        lots=list(lots),
        data={"from": step.source, "to": step.target, **(data or {})},
    )
    return current
