"""What does this touch? One page for a heat, certificate, outside order, gauge, program or approval, and its table."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from documents.domain import blast
from documents.domain.blast import KINDS, PLACES, Cause, Touched, tally, touched_by
from portal.permissions import SHOP
from portal.views.downloads import csv_download
from portal.views.verbs import RecordView

COLUMNS = [
    {"key": "lot", "label": "Lot", "kind": "code", "url_key": "lot_url", "note_key": "how"},
    {"key": "place", "label": "Where", "note_key": "at"},
    {"key": "quantity", "label": "Pieces", "kind": "num"},
    {"key": "part", "label": "Part", "note_key": "part_name"},
    {"key": "customer", "label": "Customer", "note_key": "order"},
    {
        "key": "shipment",
        "label": "Shipment",
        "kind": "code",
        "url_key": "shipment_url",
        "empty": "not shipped",
    },
    {"key": "package", "label": "Package", "kind": "code", "url_key": "package_url", "empty": "none"},
]
TITLES = (
    "Lot",
    "Where",
    "At",
    "Pieces",
    "Part",
    "Revision",
    "Name",
    "Customer",
    "Customer's name",
    "Order",
    "PO",
)
TITLES += ("Shipment", "Dispatched", "Package", "Built from lots")


class DaysForm(forms.Form):
    """The days whose links count."""

    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class OfCause(RecordView):
    """A page about one thing that may touch many lots."""

    roles = SHOP

    def get_record(self, person) -> Cause:
        cause = blast.cause_of(
            person=person,
            noun=self.kwargs["noun"],
            number=self.kwargs["number"],
            since=self._day("since"),
            until=self._day("until"),
        )
        if cause is None:
            raise Http404("There is nothing here by that number.")
        return cause

    def _day(self, name: str) -> date | None:
        try:
            return parse_date(self.request.GET.get(name, ""))
        except ValueError:
            return None


class Blast(OfCause):
    """Show every lot that one thing touches, those that left first."""

    template_name = "portal/list.html"

    def context(self, record: Cause):
        lots = by_place(touched_by(record))
        has_days = KINDS[record.noun].has_days
        download = reverse("documents:reach-csv", args=[record.noun, record.number])
        query = self.request.GET.urlencode()
        return {
            "heading": f"What {record.name} touches",
            "lead": f"{days_words(record)} {tally_words(lots)}".strip(),
            "filter_form": DaysForm({"since": record.since, "until": record.until}) if has_days else None,
            "columns": COLUMNS,
            "rows": [row_of(lot) for lot in lots],
            "acts": [{"label": "Download as CSV", "url": f"{download}?{query}" if query else download}],
            "crumbs": [{"label": record.name, "url": record.url}] if record.url else [],
            "empty_heading": "No lot is touched",
            "empty_sentence": "No lot that holds pieces has a link to it, and none was built from one that has.",
        }


class BlastCsv(OfCause):
    """Hand out the same as a table."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        rows = [
            (
                lot.lot,
                PLACES[lot.place],
                lot.holder,
                lot.quantity,
                lot.part_number,
                lot.part_revision,
                lot.part_name,
                lot.customer_number,
                lot.customer,
                lot.order,
                lot.po_number,
                lot.shipment,
                lot.dispatched_on,
                lot.package,
                " ".join(lot.brought_by),
            )
            for lot in by_place(touched_by(self.record))
        ]
        return csv_download(name=f"touched-{timezone.localdate()}.csv", titles=TITLES, rows=rows)


def by_place(lots: list[Touched]) -> list[Touched]:
    """Return the lots that left first, since others still stand at the gate."""
    order = list(PLACES)
    return sorted(lots, key=lambda each: (order.index(each.place), each.customer, each.lot))


def days_words(cause: Cause) -> str:
    if cause.noun == blast.GAUGE and cause.since is None and cause.until is None:
        return "It was never found in tolerance, so every reading counts."
    since = f"from {cause.since:%-d %b %Y}" if cause.since else ""
    until = f"to {cause.until:%-d %b %Y}" if cause.until else ""
    return f"Counted {' '.join(filter(None, (since, until)))}." if since or until else ""


def tally_words(lots: list[Touched]) -> str:
    """Say in one sentence how many lots, pieces and customers."""
    if not lots:
        return "No lot has a link to it."
    counts = [f"{count} {PLACES[place].lower()}" for place, count in tally(lots).items() if count]
    customers = sorted({lot.customer for lot in lots if lot.place == blast.SHIPPED})
    gone = f" Pieces are with {', '.join(customers)}." if customers else ""
    return f"Lots: {'; '.join(counts)}. {sum(lot.quantity for lot in lots)} pieces in all.{gone}"


def row_of(lot: Touched) -> dict:
    """Return a row of the table, each record with its page."""
    return {
        "lot": lot.lot,
        "lot_url": reverse("routes:traveler-detail", kwargs={"number": lot.lot}),
        "how": f"built from {', '.join(lot.brought_by)}" if lot.brought_by else "",
        "place": PLACES[lot.place],
        "at": f"{lot.dispatched_on:%-d %b %Y}" if lot.dispatched_on else lot.holder,
        "quantity": lot.quantity,
        "part": f"{lot.part_number} {lot.part_revision}",
        "part_name": lot.part_name,
        "customer": lot.customer,
        "order": lot.po_number,
        "shipment": lot.shipment,
        "shipment_url": _page("documents:shipment-detail", lot.shipment),
        "package": lot.package,
        "package_url": _page("documents:package-detail", lot.package),
        "tone": "bad" if lot.place == blast.SHIPPED else "",
    }


def _page(name: str, number: str) -> str:
    return reverse(name, args=[number]) if number else ""
