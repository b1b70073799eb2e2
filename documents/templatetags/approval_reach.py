"""What rests on an approval, on the pages of an earlier room that change one."""

from __future__ import annotations

from typing import Any

from django import template

from documents.domain.approval_reach import reach_of
from documents.views.approval_reach import COLUMNS, reach_rows, reach_words

register = template.Library()


@register.simple_tag
def resting_on(approval) -> dict[str, Any]:
    """Return words, columns and rows of what rests on it: `{% resting_on record as resting %}`."""
    lines = reach_of(approval)
    return {"words": reach_words(lines), "columns": COLUMNS, "rows": reach_rows(lines)}
