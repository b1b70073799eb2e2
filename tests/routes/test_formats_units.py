"""Units of length and angle."""

from decimal import Decimal

import pytest

from routes.formats.units import UnknownUnit, convert, unit_of


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("1", "in", "mm", "25.4"),
        ("0.0005", "inch", "mm", "0.0127"),
        ("25.4", "mm", "in", "1"),
        ("12.5", "um", "mm", "0.0125"),
        ("0.001", "in", "µm", "25.4"),
        ("0.2", "m", "mm", "200"),
        ("30", "degree", "deg", "30"),
        ("1.10", "mm", "mm", "1.10"),
    ],
)
def test_conversion_is_exact(value, source, target, result):
    assert convert(Decimal(value), source=source, target=target) == Decimal(result)


def test_an_inch_goes_to_mm_and_back_unchanged():
    value = Decimal("0.9423")
    assert convert(convert(value, source="in", target="mm"), source="mm", target="in") == value


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("", "mm", "The unit is missing. Say whether it is mm, um, m, in or deg."),
        ("thou", "mm", "The unit “thou” is not known. Use mm, um, m, in or deg."),
        ("mm", "deg", "A value in mm cannot be given in deg: one is a length, the other an angle."),
    ],
)
def test_unknown_units_are_refused(source, target, sentence):
    with pytest.raises(UnknownUnit) as refusal:
        convert(Decimal(1), source=source, target=target)
    assert refusal.value.sentence == sentence


def test_spellings_are_one_unit():
    assert {unit_of(text) for text in ("in", "IN", "inch", '"', " Inches ")} == {"in"}
