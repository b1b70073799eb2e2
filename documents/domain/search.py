"""One question for any number: lot, order, part, heat, serial, certificate, whatever is printed on a paper.

Every kind of record is asked only through `for_viewer`, so that another organization's number and one that does
not exist get the same answer. A question takes one statement for an exact number, at most one more for parts
of numbers, and one for each kind that was found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Func,
    IntegerField,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Upper

from documents.domain.findable import KINDS, MADE_UP, Kind
from portal.models import Person
from routes.models.parts import PartRevision

SHORTEST = 2
LONGEST = 80
SHOWN = 10
# beyond this nobody counts; one more tells that there are more
COUNTED = 100
# signs that people leave out or write differently
FILLERS = " -/._#"
SQUEEZED = re.compile(rf"[{re.escape(FILLERS)}]+")
SAME, BEGINS, WITHIN = 0, 1, 2


@dataclass(frozen=True)
class Hit:
    """One record: the number by which it was found, what it is, and the record whose page shows it."""

    number: str
    words: str
    page: Model
    is_exact: bool = False


@dataclass(frozen=True)
class Group:
    heading: str
    hits: tuple[Hit, ...]
    more: int
    is_capped: bool = False


@dataclass(frozen=True)
class Found:
    """What a question brought: `record` when one number answers it exactly, else what comes near."""

    record: Model | None = None
    groups: tuple[Group, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(group.hits) + group.more for group in self.groups)


def squeeze(text: str) -> str:
    """Return a number as it is compared: capitals, without spaces, dashes and the like."""
    return SQUEEZED.sub("", text).upper()


def search(*, viewer: Person, text: str) -> Found:
    """Return the record a number names, or what comes near it, among what the viewer may see.

    One record with exactly this number is the answer. Otherwise come numbers that are the same once spaces,
    dashes and letter case are forgotten, numbers that begin so, and numbers that contain it; ten of a kind.
    """
    asked = text.replace("\x00", "").strip()[:LONGEST]
    squeezed = squeeze(asked)
    if len(squeezed) < SHORTEST:
        return Found()
    kinds = [kind for kind in KINDS if viewer.role in kind.roles]
    if record := _the_one(kinds, _with_number(kinds, viewer, asked)):
        return Found(record=record)
    near = _union([_near(kind, place, viewer, squeezed) for place, kind in enumerate(kinds)])
    if record := _the_one(kinds, [row for row in near if row["nearness"] == SAME]):
        return Found(record=record)
    return Found(groups=_groups(kinds, near))


def _union(parts: list[QuerySet]) -> list[dict]:
    return list(parts[0].union(*parts[1:], all=True)) if parts else []


def _in_scope(kind: Kind, viewer: Person) -> QuerySet:
    records = kind.model.objects.for_viewer(viewer).order_by().annotate(**MADE_UP.get(kind.model, {}))
    return records.filter(is_the_part=False) if kind.model is PartRevision else records


def _row(records: QuerySet, place: int, nearness: Value | Case) -> QuerySet:
    """Return rows of one shape for every kind, so that they can stand in one statement."""
    marked = records.annotate(place=Value(place, IntegerField()), nearness=nearness)
    return marked.values("place", "pk", "nearness")


def _with_number(kinds: list[Kind], viewer: Person, asked: str) -> list[dict]:
    """Return the records whose own number it is, as typed or in capitals; unique indexes answer this."""
    spelled = {asked, asked.upper()}
    return _union(
        [
            _row(_in_scope(kind, viewer).filter(**{f"{kind.own_number}__in": spelled}), place, Value(SAME))
            for place, kind in enumerate(kinds)
            if kind.own_number
        ]
    )


def _the_one(kinds: list[Kind], rows: list[dict]) -> Model | None:
    """Return the record whose page all rows lead to; none when they lead to several, or there is none."""
    if not 1 <= len(rows) <= SHOWN:
        return None
    pages = [_records(kinds[row["place"]], [row["pk"]])[row["pk"]] for row in rows]
    found = {kinds[row["place"]].page(record) for row, record in zip(rows, pages, strict=True)}
    return found.pop() if len(found) == 1 else None


def _squeezed(name: str) -> Func:
    shorn = Func(Upper(name), Value(FILLERS), Value(""), function="translate", output_field=CharField())
    return Coalesce(shorn, Value(""))


def _near(kind: Kind, place: int, viewer: Person, squeezed: str) -> QuerySet:
    """Return the nearest records of a kind: the same number first, then those that begin so."""
    marks = {f"squeezed_{name}": _squeezed(name) for name in kind.fields}

    def any_of(lookup: str) -> Q:
        return Q(*((f"{mark}{lookup}", squeezed) for mark in marks), _connector=Q.OR)

    nearness = Case(
        When(any_of(""), then=Value(SAME)),
        When(any_of("__startswith"), then=Value(BEGINS)),
        default=Value(WITHIN),
    )
    rows = _in_scope(kind, viewer).annotate(**marks).filter(any_of("__contains"))
    return _row(rows, place, nearness).order_by("nearness", "-pk")[: COUNTED + 1]


def _records(kind: Kind, keys: list[int]) -> dict[int, Model]:
    # the keys were read in the viewer's scope a moment ago
    return kind.model._base_manager.select_related(*kind.related).in_bulk(keys)


def _groups(kinds: list[Kind], rows: list[dict]) -> tuple[Group, ...]:
    """Return the found rows as groups, those with the nearest number first; one statement a kind."""
    by_kind: dict[int, list[dict]] = {}
    for row in sorted(rows, key=lambda row: (row["nearness"], row["place"], -row["pk"])):
        by_kind.setdefault(row["place"], []).append(row)
    return tuple(_group(kinds[place], found) for place, found in by_kind.items())


def _group(kind: Kind, found: list[dict]) -> Group:
    shown = found[:SHOWN]
    records = _records(kind, [row["pk"] for row in shown])
    hits = tuple(
        Hit(kind.name(record), kind.words(record), kind.page(record), row["nearness"] == SAME)
        for row in shown
        if (record := records.get(row["pk"]))
    )
    return Group(kind.heading, hits, min(len(found), COUNTED) - len(shown), len(found) > COUNTED)
