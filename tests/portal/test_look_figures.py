"""Whole numbers as people of each language read them."""

from __future__ import annotations

import pytest
from django.utils import translation

from portal.look.figures import thousands


@pytest.mark.parametrize(
    ("language", "figure", "read"),
    [
        ("en", 9_999, 9_999),
        ("en", 10_000, "10,000"),
        ("en", -1_234_567, "-1,234,567"),
        ("de", 64_404, "64.404"),
        ("es", 64_404, "64\xa0404"),
        ("zh-hans", 64_404, "64,404"),
        ("en", True, True),
        ("en", "12000", "12000"),
        ("en", None, None),
    ],
)
def test_big_numbers_are_read_in_groups_and_nothing_else_is(language, figure, read):
    with translation.override(language):
        assert thousands(figure) == read
