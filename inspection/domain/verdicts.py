"""The verdict on one value: ours, recomputed, whatever a file or a gauge states."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Verdict = Literal["PASS", "FAIL", "NONE"]


def verdict(value: Decimal | None, lower: Decimal | None, upper: Decimal | None) -> Verdict:
    """Judge a value by its limits.

    A value on a limit passes. Without a value, or without any limit, there is nothing to judge: NONE. A limit
    that is not given does not bound; the natural zero of a geometric tolerance needs no limit.

    Units:   value and limits in the same unit.
    Raises:  ValueError for NaN or infinity, which no reader lets through; TypeError for a float.
    Source:  ISO 14253-1 puts uncertainty to the prover; house rule: limits are inclusive, nothing is rounded.
    """
    for given in (value, lower, upper):
        if given is not None and not isinstance(given, Decimal):
            raise TypeError(f"{given!r} is not a Decimal; measurements are never floats.")
        if given is not None and not given.is_finite():
            raise ValueError(f"{given} cannot be judged: it is not a finite number.")
    if value is None or (lower is None and upper is None):
        return "NONE"
    if lower is not None and value < lower:
        return "FAIL"
    return "FAIL" if upper is not None and value > upper else "PASS"
