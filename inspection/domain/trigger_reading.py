"""Reading what lots used and what their first article represented: one statement for any number of lots."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from inspection.domain.trigger_statement import STATEMENT
from inspection.domain.triggers import (
    Amended,
    Change,
    Check,
    Feature,
    Material,
    Note,
    Operation,
    Policy,
    Run,
    Sent,
    Snapshot,
    Used,
    compare,
    differing,
)
from inspection.domain.triggers.kinds import REPORTED

DECIDED, OPEN = "decided", "open"


@dataclass(frozen=True)
class Article:
    """An approved first article, as far as a comparison names it."""

    number: str
    state: str
    route: str
    part_revision: str
    lot: str
    author: str
    approved_by: str = ""
    customer_by: str = ""
    is_approved_by_its_maker: bool = False
    is_partial: bool = False


@dataclass(frozen=True)
class Evaluation:
    """One evaluation against the same baseline, or against one it corrects; `root` is the lot it was opened on."""

    number: str
    state: str
    decision: str
    root: str
    keys: frozenset[str]
    opened_at: datetime
    decided_by: str = ""
    baseline_id: int = 0
    added: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()

    @property
    def has_report(self) -> bool:
        """Whether a person reported something on it, which no comparison shows."""
        return any(key.partition("|")[0] in REPORTED for key in self.keys)


@dataclass(frozen=True)
class Pair:
    """One lot beside the approved first article it stands on."""

    lot_id: int
    number: str
    root: str
    baseline_id: int
    baseline: Article
    represented: Snapshot
    used: Snapshot
    policy: Policy
    evaluations: tuple[Evaluation, ...] = ()
    # the baseline and the first articles it corrects, by key
    editions: frozenset[int] = frozenset()

    @property
    def is_own(self) -> bool:
        """Whether the first article was taken on a piece of this very lot."""
        return self.baseline.lot.partition("/")[0] == self.root

    def changes(self) -> tuple[Change, ...]:
        """Return everything that differs, routine or not."""
        return compare(self.represented, self.used, lapse_months=self.policy.lapse_months)

    def to_evaluate(self) -> tuple[Change, ...]:
        """Return what differs and is not routine."""
        return differing(self.changes(), self.policy)

    def undecided(self) -> tuple[Change, ...]:
        """Return what nobody has evaluated, for this lot or for an earlier one against the same first article."""
        decided = {key for each in self.evaluations if each.state == DECIDED for key in each.keys}
        return tuple(each for each in self.to_evaluate() if each.key not in decided)

    def untold(self) -> tuple[Change, ...]:
        """Return what is undecided and not on an evaluation that waits against a first article corrected since."""
        told = {
            key
            for each in self.evaluations
            if each.state == OPEN and each.root == self.root and each.baseline_id in self._corrected
            for key in each.keys
        }
        return tuple(each for each in self.undecided() if each.key not in told)

    @property
    def _corrected(self) -> frozenset[int]:
        return self.editions - {self.baseline_id}

    def open_evaluation(self) -> Evaluation | None:
        """Return the evaluation of this lot that waits for a decision."""
        waiting = (each for each in self.evaluations if each.state == OPEN and each.root == self.root)
        return next(waiting, None)

    def decisions(self) -> tuple[Evaluation, ...]:
        """Return the decided evaluations this lot stands on: its own, and those that decided a change it shows.

        One against a first article that was corrected since says nothing about a lot that differs no more, unless
        somebody had reported something.
        """
        keys = {each.key for each in self.to_evaluate()}
        return tuple(
            each
            for each in self.evaluations
            if each.state == DECIDED and (self._is_of_it(each) or each.keys & keys)
        )

    def _is_of_it(self, evaluation: Evaluation) -> bool:
        is_current = evaluation.baseline_id == self.baseline_id
        return evaluation.root == self.root and (is_current or evaluation.has_report)


def read_pairs(lots: Iterable[int], *, whole: bool = False) -> dict[int, Pair]:
    """Return each production lot whose part has an approved first article beside it, by the key of the lot.

    The first article is the lot's own, else the last one taken on a lot opened no later, else the first one.
    `whole` reads the contents of a plan both sides share too, which only the reach of a change needs.
    Source:  AS9102 Rev C 4.6: a change since the last first article is evaluated.
    """
    keys = list(lots)
    if not keys:
        return {}
    rows: dict[tuple[str, str], Any] = {}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"lots": keys, "whole": whole})
        for what, owner, data in cursor.fetchall():
            rows[what, owner] = _plain(data)
    plans = _Plans(rows)
    return {lot["lot_id"]: plans.pair(lot) for (what, _), lot in rows.items() if what == "pair"}


def read_pair(lot_id: int, *, whole: bool = False) -> Pair | None:
    """Return one lot beside its first article; None without one."""
    return read_pairs([lot_id], whole=whole).get(lot_id)


def _plain(data: Any) -> Any:
    return json.loads(data) if isinstance(data, str) else data


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


class _Plans:
    """The rows of one reading; what several lots share is made once."""

    def __init__(self, rows: dict[tuple[str, str], Any]) -> None:
        self.rows = rows
        self.features = self._made("feature", lambda row: Feature(**row))
        self.notes = self._made("note", lambda row: Note(**row))
        self.operations = self._made(
            "operation", lambda row: Operation(**row | {"makes": tuple(row["makes"])})
        )
        self.checks = self._made("check", lambda row: Check(**row))

    def _made(self, what: str, make: Callable[[dict], Any]) -> dict[str, tuple]:
        return {
            owner: tuple(make(row) for row in data)
            for (kind, owner), data in self.rows.items()
            if kind == what
        }

    def _of(self, what: str, owner: str) -> list[dict]:
        return self.rows.get((what, owner)) or []

    def pair(self, lot: dict) -> Pair:
        article = lot["article"]
        policy = lot["policy"]
        return Pair(
            lot_id=lot["lot_id"],
            number=lot["number"],
            root=lot["root"],
            baseline_id=lot["article_id"],
            baseline=_article(article),
            represented=self._snapshot(f"article {lot['article_id']}", lot["represented"]),
            used=self._snapshot(
                f"lot {lot['lot_id']}",
                lot["used"],
                last_production_at=_moment(lot["last_production_at"]),
                restarted_at=_moment(lot["restarted_at"]),
            ),
            policy=Policy(tuple(policy["routine"]), policy["lapse_months"], policy["number"])
            if policy
            else Policy(),
            editions=frozenset(lot["editions"]),
            evaluations=tuple(_evaluation(each) for each in lot["evaluations"] or ()),
        )

    def _snapshot(self, side: str, facts: dict, **moments) -> Snapshot:
        route, revision = str(facts["route_id"]), str(facts["revision_id"])
        return Snapshot(
            part_revision=facts["part_revision"],
            drawing_revision=facts["drawing_revision"],
            route=facts["route"],
            opened_at=_moment(facts["opened_at"]),
            features=self.features.get(revision, ()),
            notes=self.notes.get(route, ()),
            operations=self.operations.get(route, ()),
            checks=self.checks.get(route, ()),
            runs=tuple(Run(**each | {"at": _moment(each["at"])}) for each in self._of("run", side)),
            sent=tuple(Sent(**each | {"at": _moment(each["at"])}) for each in self._of("sent", side)),
            used=tuple(_used(each) for each in self._of("used", side)),
            amended=tuple(_amended(each) for each in self._of("amended", side)),
            material=Material(**facts["material"]) if facts["material"] else None,
            **moments,
        )


def _amended(row: dict) -> Amended:
    return Amended(**row | {"repeated": tuple(row["repeated"]), "at": _moment(row["at"])})


def _used(row: dict) -> Used:
    gauges = tuple((kind, number) for kind, number in row["gauges"])
    return Used(row["identity"], row["balloon"], gauges, _moment(row["at"]))


def _article(row: dict) -> Article:
    return Article(**row)


def _evaluation(row: dict) -> Evaluation:
    keys = frozenset(change_of(each).key for each in row["changes"])
    return Evaluation(
        number=row["number"],
        state=row["state"],
        decision=row["decision"],
        root=row["root"],
        keys=keys,
        opened_at=datetime.fromisoformat(row["opened_at"]),
        baseline_id=row["baseline_id"],
        added=tuple(each["balloon"] for each in row["scope"] if each.get("added")),
        decided_by=row["decided_by"],
        articles=tuple(_article(each) for each in row["articles"] or ()),
    )


def change_of(row: dict) -> Change:
    """Return a change as an evaluation keeps it."""
    return Change(
        row["kind"],
        row["subject"],
        row["before"],
        row["after"],
        tuple(row["sequences"]),
        tuple(row["identities"]),
        _moment(row["at"]),
        row.get("basis", ""),
    )


def row_of(change: Change) -> dict:
    """Return a change as plain data to keep."""
    return {
        "kind": change.kind,
        "subject": change.subject,
        "before": change.before,
        "after": change.after,
        "sequences": list(change.sequences),
        "identities": list(change.identities),
        "at": change.at.isoformat() if change.at else None,
        "basis": change.basis,
    }
