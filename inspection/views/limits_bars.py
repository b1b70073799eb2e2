"""Where the values of one requirement lie between its limits, as the few numbers a small drawing needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

LEFT, RIGHT = Decimal(10), Decimal(110)
# beyond the rail there is room for a value out of limits, and no more
LEAST, MOST = Decimal(4), Decimal(116)


def limits_bar(scale: dict | None) -> dict[str, Any] | None:
    """Return the places of limits, nominal and values on a rail from 10 to 110, with the words for who hears it.

    scale: lower, nominal, upper (those there are) and values, as text; None draws nothing.
    """
    if not scale:
        return None
    values = [Decimal(value) for value in scale["values"]]
    lower, upper = (Decimal(scale[name]) if name in scale else None for name in ("lower", "upper"))
    low, high = _ends(lower, upper, values)
    if high <= low:
        return None

    def place(number: Decimal) -> str:
        at = LEFT + (number - low) / (high - low) * (RIGHT - LEFT)
        return f"{min(max(at, LEAST), MOST):.1f}"

    def is_out(number: Decimal) -> bool:
        return (lower is not None and number < lower) or (upper is not None and number > upper)

    nominal = scale.get("nominal")
    return {
        "inside": [place(value) for value in values if not is_out(value)],
        "outside": [place(value) for value in values if is_out(value)],
        "nominal": place(Decimal(nominal)) if nominal and low <= Decimal(nominal) <= high else "",
        "has_lower": lower is not None,
        "has_upper": upper is not None,
        "words": _words(scale, any(is_out(value) for value in values)),
    }


def _ends(lower: Decimal | None, upper: Decimal | None, values: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the ends of the rail; where there is one limit only, the other end leaves the values room."""
    if lower is None:
        return min([Decimal(0), *values]) if upper > 0 else min(values) - 1, upper
    if upper is None:
        return lower, max(*values, lower + abs(lower) / 2 + Decimal("0.001"))
    return lower, upper


def _words(scale: dict, is_out: bool) -> str:
    limits = [f"{name} limit {scale[name]}" for name in ("lower", "upper") if name in scale]
    where = "outside" if is_out else "within"
    return f"{' and '.join(scale['values'])}, {where} the {' and '.join(limits)}."
