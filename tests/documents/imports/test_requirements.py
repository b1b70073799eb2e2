"""Limits out of words: only where there is one way to read them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from documents.domain.imports.cells import CellAsked, Habits
from documents.domain.imports.requirements import Limits, read_requirement

ASK, COMMA = Habits(), Habits(decimal_sign="comma")


def limits(nominal: str | None, lower: str | None, upper: str | None, unit: str = "") -> Limits:
    return Limits(*(None if text is None else Decimal(text) for text in (nominal, lower, upper)), unit)


@pytest.mark.parametrize(
    ("words", "habits", "read"),
    [
        ("10.0 ±0.1", ASK, limits("10.0", "9.9", "10.1")),
        ("10.0 +/- 0.1 mm", ASK, limits("10.0", "9.9", "10.1", "mm")),
        ("Ø6.6 +0.2/0", ASK, limits("6.6", "6.6", "6.8")),
        ("⌀ 12 0/-0.05", ASK, limits("12", "11.95", "12")),
        ("12 -0.05/-0.10", ASK, limits("12", "11.90", "11.95")),
        ("12 +0.10 +0.05", ASK, limits("12", "12.05", "12.10")),
        (".250 ±.005 in", ASK, limits(".250", ".245", ".255", "in")),
        ("45° ±1°", ASK, limits("45", "44", "46", "deg")),
        ("9.90 - 10.10", ASK, limits(None, "9.90", "10.10")),
        ("9.90 to 10.10", ASK, limits(None, "9.90", "10.10")),
        ("max 1.6", ASK, limits(None, None, "1.6")),
        ("R0.5 MAX", ASK, limits(None, None, "0.5")),
        ("≥ 2", ASK, limits(None, "2", None)),
        ("0.8 min.", ASK, limits(None, "0.8", None)),
        ("10,0 ±0,1", COMMA, limits("10.0", "9.9", "10.1")),
    ],
)
def test_plain_tolerances_are_read(words, habits, read):
    assert read_requirement(words, habits) == read


@pytest.mark.parametrize(
    "words",
    [
        "Anodize per MIL-PRF-8625 Type III",
        "⌖ Ø0.1 A B C",
        "10.0",
        "(10.0)",
        "4X Ø6.6 ±0.1",
        "M6x1 - 6H",
        "4-40 UNC",
        "4-40",
        "Ra 1.6 max",
        "10 - 0.1",
        "min 1 max 2",
        "10 ±0.1 ±0.2",
        "1/4",
    ],
)
def test_what_only_a_person_can_read_stays_words(words):
    assert read_requirement(words, ASK) is None


def test_a_comma_is_asked_about():
    with pytest.raises(CellAsked) as asked:
        read_requirement("10,0 ±0,1", ASK)
    assert asked.value.question == "decimal_sign"
