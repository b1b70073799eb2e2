"""Build-up learnt: what each vendor's coatings really added to a face, beside what is assumed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inspection.domain import build_up
from inspection.domain.build_up import FIRM, Learnt
from inspection.permissions import READERS
from portal.views.doors import LIST, Door

COLUMNS = [
    {"key": "vendor", "label": "Vendor", "note_key": "what"},
    {"key": "n", "label": "Pieces", "kind": "num", "note_key": "firmness"},
    {"key": "mean", "label": "A face grew by"},
    {"key": "interval", "label": "95 % interval of the mean", "empty": "needs two pieces"},
    {"key": "assumed", "label": "Assumed", "note_key": "numbers", "empty": "nothing signed"},
    {"key": "says", "label": "What it says"},
]


class BuildUpList(Door):
    """Show what was learnt, each vendor and coating."""

    scope = LIST
    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "portal/list.html", self.context())

    def context(self) -> dict[str, Any]:
        return {
            "heading": "Build-up learnt",
            "lead": "From pieces measured before and after one finish of one vendor. It stands beside what is signed "
            "and changes nothing by itself.",
            "columns": COLUMNS,
            "rows": [shown(each) for each in build_up.learnt()],
            "empty_heading": "Nothing was measured on both sides of a finish yet",
            "empty_sentence": "Plan a characteristic before and after its finish, and say how the finish moves it.",
        }


def shown(each: Learnt) -> dict[str, Any]:
    """Return what one row shows."""
    grown, assumed = each.grown, each.assumed
    return {
        "vendor": each.vendor.name,
        "what": f"{each.specification} {each.spec_type}".strip(),
        "n": grown.n,
        "firmness": f"provisional below {FIRM}" if grown.is_provisional else "",
        "mean": f"{grown.mean:.5f} {each.unit}",
        "interval": "" if grown.lower is None else f"{grown.lower:.5f} to {grown.upper:.5f} {each.unit}",
        "assumed": f"{assumed.growth.least:g} to {assumed.growth.most:g} {each.unit}" if assumed else "",
        "numbers": ", ".join(row.number for row in assumed.rows) if assumed else "",
        "says": each.warning or "",
        "tone": "owed" if each.warning else "",
    }
