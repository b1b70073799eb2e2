import pytest

from inspection.domain.joining import match_serial


@pytest.mark.parametrize(
    ("carried", "serial"),
    [
        ("0007", "0007"),
        ("7", "0007"),
        ("00007", "0007"),
        ("8", None),
        ("A-1", "A-1"),
        ("", None),
        ("9" * 9_000, None),
    ],
)
def test_a_sample_is_joined_by_its_text_or_its_number(carried, serial):
    assert match_serial(carried, ["0007", "0012", "A-1"]) == serial
