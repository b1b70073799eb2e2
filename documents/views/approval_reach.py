"""What rests on an approval: for who suspends or withdraws one, and for who asks afterwards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from documents.domain.approval_reach import PLACES, ReachLine, reach_of
from portal.permissions import SHOP
from portal.views.downloads import csv_download
from portal.views.verbs import RecordView
from subcontract.models import ApprovalScope
from subcontract.views.pages import act, crumb, page_of

COLUMNS = [
    {"key": "lot", "label": "Lot", "kind": "code", "url_key": "lot_url"},
    {"key": "place", "label": "Where", "note_key": "touched"},
    {"key": "order", "label": "Outside order", "kind": "code", "url_key": "order_url"},
    {"key": "part", "label": "Part", "note_key": "customer"},
    {"key": "quantity", "label": "Pieces", "kind": "num"},
    {"key": "ordered_on", "label": "Ordered", "kind": "day"},
    {"key": "shipped_on", "label": "Left", "kind": "day", "empty": "not yet"},
    {"key": "received_on", "label": "Back", "kind": "day", "empty": "not yet"},
]
TITLES = ("Lot", "Where", "Not covered on a day", "Order", "Line", "Part", "Customer", "Pieces")
TITLES += ("Ordered", "Due back", "Left", "Back")


def reach_rows(lines: list[ReachLine]) -> list[dict]:
    """Return the rows of the table, each with its pages."""
    return [
        {
            "lot": line.lot,
            "lot_url": page_of("routes:traveler-detail", line.lot),
            "place": PLACES[line.place],
            "touched": "not covered on every day" if line.is_touched else "",
            "order": f"{line.order}/{line.line_number}",
            "order_url": page_of("subcontract:order-detail", line.order),
            "part": line.part,
            "customer": line.customer,
            "quantity": line.quantity,
            "ordered_on": line.ordered_on,
            "shipped_on": line.shipped_on,
            "received_on": line.received_on,
            "tone": "owed" if line.is_touched else "",
        }
        for line in lines
    ]


def reach_words(lines: list[ReachLine]) -> str:
    """Say in one sentence how much rests on it."""
    counts = [
        f"{count} {word.lower()}"
        for place, word in PLACES.items()
        if (count := sum(line.place == place for line in lines))
    ]
    touched = sum(line.is_touched for line in lines)
    told = f" {touched} of them not covered on every day." if touched else ""
    return (
        f"Lots: {'; '.join(counts)}.{told}"
        if counts
        else "No lot rests on it that the customer has not accepted."
    )


class ApprovalReach(RecordView):
    """Show what rests on one approval."""

    roles = SHOP
    model = ApprovalScope
    template_name = "portal/list.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("site__organization", "customer")

    def context(self, record):
        lines = reach_of(record)
        return {
            "heading": f"What rests on approval {record.number}",
            "lead": f"{record.site}: {record.process} by {record.spec_number}. {reach_words(lines)}",
            "columns": COLUMNS,
            "rows": reach_rows(lines),
            "acts": [act("Download as CSV", "documents:approval-reach-csv", number=record.number)],
            "crumbs": [
                crumb("Vendor approvals", "subcontract:approval-list"),
                crumb(record.number, "subcontract:approval-detail", number=record.number),
            ],
            "empty_heading": "Nothing rests on it",
            "empty_sentence": "No outside order of a lot that is not closed matches this approval.",
        }


class ApprovalReachCsv(RecordView):
    """Hand out what rests on one approval as a table."""

    roles = SHOP
    model = ApprovalScope

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        rows = [
            (
                line.lot,
                PLACES[line.place],
                "yes" if line.is_touched else "no",
                line.order,
                line.line_number,
                line.part,
                line.customer,
                line.quantity,
                line.ordered_on,
                line.due_on,
                line.shipped_on,
                line.received_on,
            )
            for line in reach_of(self.record)
        ]
        return csv_download(name=f"{self.record.number}-reach.csv", titles=TITLES, rows=rows)
