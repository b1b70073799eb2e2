"""Single sampling plans for attributes by code letter and AQL: normal, tightened and reduced inspection.

The master tables follow one structure: a letter further down meets the same plan one AQL column further left. So the
tables are made here from that structure, and only the cells of reduced inspection that break it are kept as data.

Two cells of tightened inspection are read differently by the sources we could compare: next to the acceptance number
zero we follow the arrow up (the structure, and two sources of three), and letter A at AQL 10 has no plan of its own
(two packages agree, the structure would give 2 pieces, 0/1).

Units:   AQL in percent nonconforming, or nonconformities in 100 units above 10; sizes in pieces.
Source:  MIL-STD-105E tables I and II-A to II-C, which ANSI/ASQ Z1.4 carries on; sections 4.9 and 4.10 on arrows.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from portal.domain.errors import Refused
from routes.models.operations import AQLS, LEVELS

STANDARD, EDITION = "ANSI/ASQ Z1.4", "single plans of MIL-STD-105E, 1989"
NORMAL, TIGHTENED, REDUCED = "normal", "tightened", "reduced"
SEVERITIES = (NORMAL, TIGHTENED, REDUCED)
LETTERS = "ABCDEFGHJKLMNPQRS"
LARGEST_LOT = 10**9

# the largest lot of each row, then one letter a level
_LAST_OF_ROW = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10000, 35000, 150000, 500000)
_ROWS = (
    "AAAAAAB", "AAAAABC", "AABBBCD", "ABBCCDE", "BBCCCEF", "BBCDDFG", "BCDEEGH", "BCDEFHJ",
    "CCEFGJK", "CDEGHKL", "CDFGJLM", "CDFHKMN", "DEGJLNP", "DEGJMPQ", "DEHKNQR",
)  # fmt: skip
_SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
_REDUCED_SIZES = (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)

# acceptance and rejection numbers from the third column right of the zero plan on; the last two for A to E only
_NORMAL = tuple((ac, ac + 1) for ac in (1, 2, 3, 5, 7, 10, 14, 21, 30, 44))
_TIGHTENED = tuple((ac, ac + 1) for ac in (1, 2, 3, 5, 8, 12, 18, 27, 41))
_REDUCED = ((0, 2), (1, 3), (1, 4), (2, 5), (3, 6), (5, 8), (7, 10), (10, 13), (14, 17), (21, 24))
_LAST_TWO_UP_TO = LETTERS.index("E")
_UP, _DOWN = -1, 1

# letters A and B of reduced inspection from AQL 4.0 on, and the last cell of C, follow no rule
_FOURTH = AQLS.index("4.0")
_IRREGULAR = {
    "A": ((0, 1), (0, 1), (0, 2), (0, 2), (1, 2), (2, 3), (3, 4), (5, 6), (7, 8), (10, 11), (14, 15), (21, 22),
          (30, 31)),
    "B": ((0, 1), (0, 1), (0, 2), (0, 2), (1, 3), (2, 4), (3, 5), (5, 6), (7, 8), (10, 11), (14, 15), (21, 22),
          (30, 31)),
}  # fmt: skip


class NoSuchPlan(Refused):
    """The tables have no row, column or kind of inspection of this name."""

    code = "no-such-sampling-plan"


@dataclass(frozen=True)
class Z14Plan:
    """One plan: the letter of the lot before any arrow, the sample of the plan the arrow leads to.

    Units: pieces; `n` is never more than the lot.
    """

    lot: int
    level: str
    aql: str
    severity: str
    code_letter: str
    n: int
    ac: int
    re: int
    inspect_all: bool


def plan_for(*, lot: int, level: str = "II", aql: str | Decimal = "1.0", severity: str = NORMAL) -> Z14Plan:
    """Return the single sampling plan of a lot.

    Units:   lot in pieces; AQL in percent.
    Raises:  NoSuchPlan for an empty lot, a level, an AQL or a severity the tables do not have.
    Source:  MIL-STD-105E 4.9; a sample as large as the lot is every piece.
    """
    letter = code_letter(lot=lot, level=level)
    column = aql_of(aql)
    n, ac, re = master_plan(letter=letter, aql=column, severity=severity)
    return Z14Plan(
        lot,
        level.strip().upper(),
        column,
        severity,
        letter,
        n=min(n, lot),
        ac=ac,
        re=re,
        inspect_all=n >= lot,
    )


def code_letter(*, lot: int, level: str) -> str:
    """Return the letter of a lot size; a lot of one piece is read with the smallest.

    Raises:  NoSuchPlan.
    """
    if not 1 <= lot <= LARGEST_LOT:
        raise NoSuchPlan(
            f"A lot of {lot} pieces has no sampling plan. Give a lot from 1 to {LARGEST_LOT} pieces."
        )
    named = level.strip().upper()
    if named not in LEVELS:
        raise NoSuchPlan(f"There is no inspection level {level!r}. Choose {', '.join(LEVELS)}.")
    return _ROWS[bisect_left(_LAST_OF_ROW, lot)][LEVELS.index(named)]


def aql_of(aql: str | Decimal) -> str:
    """Return an AQL as the head of its column says it.

    Raises:  NoSuchPlan when no column has it.
    """
    try:
        wanted = Decimal(str(aql).strip())
        if wanted.is_finite():
            for column in AQLS:
                if Decimal(column) == wanted:
                    return column
    except InvalidOperation:
        pass
    raise NoSuchPlan(f"The tables have no AQL {str(aql)[:40]!r}. Choose {', '.join(AQLS)}.")


def master_plan(*, letter: str, aql: str, severity: str) -> tuple[int, int, int]:
    """Return sample size, acceptance and rejection number of a cell, arrows followed.

    An arrow leads to the first plan in its direction, with its own sample size; where there is none, to the first the
    other way.
    """
    if severity not in SEVERITIES:
        raise NoSuchPlan(f"There is no {severity!r} inspection. Choose {', '.join(SEVERITIES)}.")
    column, start = AQLS.index(aql), LETTERS.index(letter)
    own, direction = _cell(severity, start, column)
    for way in (direction, -direction):
        at = start
        while own is None and 0 <= at + way < _letters_of(severity):
            at += way
            own, _ = _cell(severity, at, column)
        if own is not None:
            sizes = _REDUCED_SIZES if severity == REDUCED else _SIZES
            return sizes[at], *own
    raise NoSuchPlan(f"Letter {letter} has no plan at AQL {aql}.")


def _letters_of(severity: str) -> int:
    # the last letter exists for tightened inspection only
    return len(LETTERS) if severity == TIGHTENED else len(LETTERS) - 1


def _cell(severity: str, letter: int, column: int) -> tuple[tuple[int, int] | None, int]:
    """Return the numbers of a cell, or None; and which way its arrow points."""
    if severity == REDUCED and (found := _irregular(letter, column)):
        return found, _UP
    if severity == TIGHTENED and (letter, AQLS[column]) == (0, "10"):
        return None, _DOWN
    right_of_zero = column - ((15 if severity == TIGHTENED else 14) - letter)
    if right_of_zero == 0:
        return (None, _DOWN) if severity == REDUCED and letter < 2 else ((0, 1), _UP)
    if right_of_zero < 0:
        return None, _DOWN
    if right_of_zero < 3:
        return None, _UP if right_of_zero == 1 else _DOWN
    series = {NORMAL: _NORMAL, TIGHTENED: _TIGHTENED, REDUCED: _REDUCED}[severity]
    usable = series if letter <= _LAST_TWO_UP_TO else series[:-2]
    place = right_of_zero - 3
    return (usable[place], _UP) if place < len(usable) else (None, _UP)


def _irregular(letter: int, column: int) -> tuple[int, int] | None:
    if LETTERS[letter] == "C" and AQLS[column] == "1000":
        return 30, 31
    row = _IRREGULAR.get(LETTERS[letter], ())
    return row[column - _FOURTH] if row and column >= _FOURTH else None
