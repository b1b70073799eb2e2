"""The verdict on one value."""

from decimal import Decimal

import pytest

from inspection.domain.verdicts import verdict


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("value", "lower", "upper", "expected"),
    [
        ("10", "9.8", "10.1", "PASS"),
        ("9.8", "9.8", "10.1", "PASS"),
        ("10.1", "9.8", "10.1", "PASS"),
        ("10.10", "9.8", "10.1", "PASS"),
        ("9.7999999", "9.8", "10.1", "FAIL"),
        ("10.1000001", "9.8", "10.1", "FAIL"),
        ("0.078", None, "0.05", "FAIL"),
        ("0.05", None, "0.05", "PASS"),
        ("-0.02", None, "0.05", "PASS"),
        ("58", "60", None, "FAIL"),
        ("60", "60", None, "PASS"),
        ("1", None, None, "NONE"),
        (None, "1", "2", "NONE"),
        ("1", "2", "0", "FAIL"),
    ],
)
def test_verdict_by_limits(value, lower, upper, expected):
    assert verdict(number(value), number(lower), number(upper)) == expected


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_not_judged(text):
    with pytest.raises(ValueError, match="cannot be judged"):
        verdict(Decimal(text), None, Decimal(1))


def test_a_float_is_not_a_measurement():
    with pytest.raises(TypeError, match="never floats"):
        verdict(0.05, None, Decimal(1))
