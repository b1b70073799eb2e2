"""Whole numbers as people read them; files and forms keep their plain figures."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format

# a number of four figures is read at a glance
GROUPED_FROM = 10_000


def thousands(value: Any) -> Any:
    """Return a whole number of 10,000 or more in groups, in the reader's way; anything else as it is."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) < GROUPED_FROM:
        return value
    grouped = number_format(value, use_l10n=True, force_grouping=True)
    # Django knows no groups for Chinese; its papers write them with a comma
    return f"{value:,}" if grouped == str(value) else grouped
