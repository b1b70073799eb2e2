"""What a vendor's sites are approved for, with the days on which each approval stood."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from documents.domain.chain import statements
from subcontract.domain.standing_days import Gap, Rest, gaps_of, rests_on

if TYPE_CHECKING:
    from documents.domain.chain.lot_facts import OutsideFacts


@dataclass(frozen=True)
class ScopeFacts:
    """One approval of a vendor; `valid_until` is the first day it no longer holds.

    `gaps` are the days between on which it was suspended, or from which it was withdrawn; `rests_on` the
    registrations its basis names. `passed` are the days up to today, at the site, on which it began or ceased to
    hold: the only fact that changes by itself, and only on such a day.
    """

    number: str
    site: str
    process: str
    spec_number: str
    spec_revision: str
    spec_type: str
    spec_class: str
    material: str
    customer: str
    valid_from: date
    valid_until: date
    gaps: tuple[Gap, ...] = ()
    rests_on: tuple[Rest, ...] = ()
    passed: tuple[date, ...] = ()

    @property
    def turns(self) -> tuple[date, ...]:
        """Every day on which it begins or ceases to hold: between two of them nothing changes."""
        days = {self.valid_from, self.valid_until}
        days |= {day for gap in self.gaps for day in gap if day}
        days |= {day for _, first, after in self.rests_on for day in (first, after)}
        return tuple(sorted(days))


def read_scopes(vendors: list[int]) -> dict[int, tuple[ScopeFacts, ...]]:
    """Return the approvals of vendors by the vendor's key, in one statement."""
    from documents.domain.chain.facts import make, rows

    by_vendor: dict[int, tuple[ScopeFacts, ...]] = {}
    for row in rows(statements.SCOPES, vendors=vendors):
        states = [*zip(row["states"] or (), row["sinces"] or (), strict=True)]
        held = zip(row["held_references"] or (), row["held_from"] or (), row["held_until"] or (), strict=True)
        scope = make(
            ScopeFacts,
            row,
            gaps=gaps_of([*states, (row["state"], row["state_since"])]),
            rests_on=rests_on(row["basis"], held),
        )
        scope = replace(scope, passed=tuple(day for day in scope.turns if day <= row["today"]))
        by_vendor[row["organization_id"]] = (*by_vendor.get(row["organization_id"], ()), scope)
    return by_vendor


def scopes_of_lot(
    scopes: Iterable[ScopeFacts], lines: Iterable[OutsideFacts], received: Collection[tuple[int, int]]
) -> tuple[ScopeFacts, ...]:
    """Return the approvals as facts of one lot: what passes with the days counts only while its pieces are away.

    received: the places, operation and pass, from which the lot is back.
    """
    is_away = any(line.shipped_on and line.place not in received for line in lines)
    return tuple(scope if is_away else replace(scope, passed=()) for scope in scopes)
