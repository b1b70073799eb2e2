"""The limits of one QIF characteristic, made absolute, with a question wherever they read oddly."""

from __future__ import annotations

from decimal import Decimal

from portal.intake.unreadable import FileNotReadable
from routes.formats.numbers import NotANumber, exact
from routes.formats.qif_elements import RawTolerance

MOST_PROBLEMS = 200


class Problems:
    """Collects questions; beyond 200 it only counts, since nobody reads more."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._left_out = 0

    def add(self, sentence: str) -> None:
        if len(self._found) < MOST_PROBLEMS:
            self._found.append(sentence)
        else:
            self._left_out += 1

    def sentences(self) -> tuple[str, ...]:
        more = (
            (f"{self._left_out} further questions of these kinds are not listed.",) if self._left_out else ()
        )
        return (*self._found, *more)


def number_of(text: str, place: str) -> Decimal | None:
    """Return the number of one element, None when it is empty.

    Raises:  FileNotReadable naming the place when it is NaN, infinite or no number.
    """
    if not text:
        return None
    try:
        return exact(text)
    except NotANumber as error:
        raise FileNotReadable(
            f"The file cannot be taken over: {place}: {error}. Correct it in the program that made the file."
        ) from error


def absolute_limits(
    name: str, target: Decimal | None, tolerance: RawTolerance, problems: Problems
) -> tuple[Decimal | None, Decimal | None]:
    """Return absolute limits, lower first, and name what reads oddly about them."""
    if tolerance.geometric is not None:
        upper = number_of(tolerance.geometric, f"the tolerance of {name}")
        if upper is not None and upper < 0:
            problems.add(
                f"The tolerance of {name} is written as {upper}; a {tolerance.kind.lower()} tolerance cannot be "
                "negative. It was read as written: decide the tolerance by the drawing."
            )
        return None, upper
    if tolerance.shared_definition:
        problems.add(
            f"The limits of {name} stand in a shared tolerance table, which is not read. Enter them."
        )
    lower = number_of(tolerance.lower or "", f"the lower limit of {name}")
    upper = number_of(tolerance.upper or "", f"the upper limit of {name}")
    if lower is None and upper is None:
        return None, None
    if not tolerance.defined_as_limit:
        lower, upper = _from_offsets(name, target, lower, upper, problems)
    _question_limits(name, target, lower, upper, tolerance.defined_as_limit, problems)
    return lower, upper


def _from_offsets(
    name: str, target: Decimal | None, lower: Decimal | None, upper: Decimal | None, problems: Problems
) -> tuple[Decimal | None, Decimal | None]:
    if target is None:
        problems.add(
            f"{name} has tolerances but no nominal to add them to. Enter its limits from the drawing."
        )
        return None, None
    if lower is not None and upper is not None and 0 < lower <= target <= upper:
        problems.add(
            f"{name} gives {lower} and {upper} as offsets from {target}, which makes the limits {target + lower} "
            f"and {target + upper}; they read like limits themselves. Decide which they are by the drawing."
        )
    return (
        None if lower is None else target + lower,
        None if upper is None else target + upper,
    )


def _question_limits(
    name: str,
    target: Decimal | None,
    lower: Decimal | None,
    upper: Decimal | None,
    as_limit: bool | None,
    problems: Problems,
) -> None:
    if lower is not None and upper is not None and lower > upper:
        problems.add(
            f"The limits of {name} read reversed: lower {lower}, upper {upper}. Decide them by the drawing."
        )
    elif as_limit and target is not None and not (_above(target, lower) and _above(upper, target)):
        problems.add(f"The nominal {target} of {name} lies outside its own limits {lower} to {upper}.")


def _above(value: Decimal | None, bound: Decimal | None) -> bool:
    return value is None or bound is None or value >= bound
