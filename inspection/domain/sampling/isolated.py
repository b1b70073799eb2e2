"""A lot on its own: the smallest sample that must find nothing, by exact hypergeometric arithmetic.

Switching between severities needs a continuing series; contract lots are mostly single ones. So the default asks what
protects the customer of this very lot: were it as bad as the limiting quality, the sample would let it through with a
chance of beta at most.

Source:  AS9138 (formerly ARP9013), isolated lots; MIL-STD-105E 4.11 on limiting quality.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, comb

from portal.domain.errors import Refused

STANDARD, EDITION = "c=0 for isolated lots", "exact hypergeometric, AS9138 practice"
LARGEST_LOT = 10**7


class NoIsolatedPlan(Refused):
    """The figures give no plan for a lot on its own."""

    code = "no-isolated-plan"


@dataclass(frozen=True)
class IsolatedPlan:
    """One plan with acceptance number zero.

    Units: pieces; `defectives` is how many bad pieces a lot at the limiting quality has; `risk` the exact chance that
    the sample misses all of them.
    """

    lot: int
    defectives: int
    n: int
    risk: Fraction
    inspect_all: bool


def plan_for(*, lot: int, ltpd_percent: Decimal, beta_percent: Decimal) -> IsolatedPlan:
    """Return the smallest sample of a lot that, finding nothing, limits the risk of a lot at the limiting quality.

    Units:   lot in pieces; limiting quality and risk in percent.
    Raises:  NoIsolatedPlan for an empty lot, or figures outside 0 to 100 percent.
    """
    if not 1 <= lot <= LARGEST_LOT:
        raise NoIsolatedPlan(f"A lot of {lot} pieces has no sampling plan. Give 1 to {LARGEST_LOT} pieces.")
    for words, figure, most in (("limiting quality", ltpd_percent, 100), ("risk", beta_percent, 99)):
        if not figure.is_finite() or not 0 < figure <= most:
            raise NoIsolatedPlan(
                f"The {words} of {figure} % is not usable. Give more than 0 and at most {most} %."
            )
    defectives = max(ceil(Fraction(ltpd_percent) * lot / 100), 1)
    allowed = Fraction(beta_percent) / 100
    n = _smallest(lot, defectives, allowed)
    return IsolatedPlan(lot, defectives, n, chance_of_none(lot, defectives, n), n >= lot)


def _smallest(lot: int, defectives: int, allowed: Fraction) -> int:
    low, high = 0, 1
    while high < lot and chance_of_none(lot, defectives, high) > allowed:
        low, high = high, min(high * 2, lot)
    while high - low > 1:
        middle = (low + high) // 2
        if chance_of_none(lot, defectives, middle) > allowed:
            low = middle
        else:
            high = middle
    return high


def chance_of_none(lot: int, defectives: int, n: int) -> Fraction:
    """Return the exact chance that a sample without replacement holds no defective piece."""
    # both forms are equal; the one with fewer factors is quicker
    if n <= defectives:
        return Fraction(comb(lot - defectives, n), comb(lot, n))
    return Fraction(comb(lot - n, defectives), comb(lot, defectives))


def chance_in_lot(*, lot: int, defectives: int, n: int, ac: int) -> Fraction:
    """Return the exact chance that a lot with so many defectives passes: at most `ac` in a sample of `n`."""
    ways = sum(comb(defectives, found) * comb(lot - defectives, n - found) for found in range(min(ac, n) + 1))
    return Fraction(ways, comb(lot, n))


def chance_in_series(*, fraction: Fraction, n: int, ac: int) -> Fraction:
    """Return the chance of passing when each piece is bad with a fixed chance: one point of the OC curve."""
    return sum(
        (comb(n, found) * fraction**found * (1 - fraction) ** (n - found) for found in range(min(ac, n) + 1)),
        Fraction(0),
    )
