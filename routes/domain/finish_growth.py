"""How a finish moves a dimension, and the window it is machined to before: exact arithmetic on limits and growth.

A coating grows by g on each coated face. A diameter has two such faces, a step one; on a 60° thread the flanks lie at
30° to the axis, so the pitch diameter moves by g / sin 30° on either side: four times g. What is masked, or grows alike
at both ends, stays.

Units:   limits, thickness and growth in one and the same unit, whichever it is.
Source:  MIL-PRF-8625F 3.8.1 (thickness includes penetration and build-up); release rules 27 and 28.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from routes.models.finish import (
    EXTERNAL,
    INTERNAL,
    MASKED,
    STEP_IN,
    STEP_OUT,
    THREAD_EXTERNAL,
    THREAD_INTERNAL,
    UNMOVED,
)

# by how many growths of one face a feature becomes larger
FACTORS = {
    EXTERNAL: 2,
    INTERNAL: -2,
    STEP_OUT: 1,
    STEP_IN: -1,
    THREAD_EXTERNAL: 4,
    THREAD_INTERNAL: -4,
    MASKED: 0,
    UNMOVED: 0,
}
LARGEST_FACTOR = 4
# products of two columns of the database never need more digits
DIGITS = 60


@dataclass(frozen=True)
class Growth:
    """How much one coated face grows, between two figures."""

    least: Decimal
    most: Decimal

    @classmethod
    def of(
        cls, *, thickness_min: Decimal, thickness_max: Decimal, ratio_min: Decimal, ratio_max: Decimal
    ) -> Growth:
        """Return the growth of a coating: thickness times the share of it that stands out of the metal."""
        with localcontext() as context:
            context.prec = DIGITS
            return cls(thickness_min * ratio_min, thickness_max * ratio_max)


@dataclass(frozen=True)
class Window:
    """What a feature may measure before the finish, so that it lies within its limits afterwards.

    `least` and `most` are by how much the finish makes it larger (smaller below zero); `tolerance_left` is empty when
    the drawing leaves one end open.
    """

    lower: Decimal | None
    upper: Decimal | None
    least: Decimal
    most: Decimal
    tolerance: Decimal | None
    tolerance_left: Decimal | None

    @property
    def is_feasible(self) -> bool:
        """Whether anything is left to machine to; a finish that does not move it takes nothing away."""
        return self.tolerance_left is None or self.tolerance_left > 0 or self.largest_move == 0

    @property
    def largest_move(self) -> Decimal:
        return max(abs(self.least), abs(self.most))

    def uses_more_than(self, percent: int) -> bool:
        """Say whether the finish can use more than that share of the tolerance."""
        if self.tolerance is None:
            return False
        return self.largest_move * 100 > self.tolerance * percent


def window(*, kind: str, lower: Decimal | None, upper: Decimal | None, growths: Iterable[Growth]) -> Window:
    """Return the window of a feature before all of these finishes.

    kind: one of FEATURES. growths: one a finish, of one face each.
    """
    with localcontext() as context:
        context.prec = DIGITS
        factor = FACTORS[kind]
        faces = list(growths)
        ends = [factor * sum((each.least for each in faces), Decimal(0))]
        ends.append(factor * sum((each.most for each in faces), Decimal(0)))
        least, most = min(ends), max(ends)
        is_closed = lower is not None and upper is not None
        return Window(
            lower=None if lower is None else lower - least,
            upper=None if upper is None else upper - most,
            least=least,
            most=most,
            tolerance=upper - lower if is_closed else None,
            tolerance_left=upper - lower - (most - least) if is_closed else None,
        )
