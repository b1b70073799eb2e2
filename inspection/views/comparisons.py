"""The customer's inspection of a lot: opened beside ours, and both side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.urls import reverse

from inspection.domain.comparison import Agreement, Comparison, Pair, Reading, compare
from inspection.domain.customer_inspections import open_customer_inspection
from inspection.models import InspectionRecord, Nonconformance, ValueSetAside
from inspection.permissions import MEASURERS, READERS, REPORTERS
from inspection.views.pages import act, acts_for, crumb
from portal.views.verbs import RecordView
from routes.forms import ShopForm
from routes.models import Traveler
from routes.views.pages import ShopVerb

MINUS = "\N{MINUS SIGN}"


class CustomerInspectionOpen(ShopVerb):
    """Open the record of what the customer measured on a lot."""

    roles = MEASURERS
    model = Traveler
    form_class = ShopForm
    heading = "Take in the customer's results of lot {record.number}"
    lead = (
        "What the customer measured stands beside our values. It signs no step, closes no link and opens no "
        "nonconformance; what differs is shown."
    )
    submit_label = "Go on to the file"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("route_revision__part_revision__part")

    def act(self, record, data, *, by, token=None):
        return open_customer_inspection(by=by, traveler=record)

    def message(self, result):
        return f"Inspection {result.number} holds the customer's results. Choose their file."

    def success_url(self, result):
        return reverse("inspection:results-preview", args=[result.number])


class ComparisonDetail(RecordView):
    """Show ours and the customer's values side by side: one piece, and the mean bias of each characteristic."""

    roles = READERS
    model = Traveler
    template_name = "inspection/comparison_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("route_revision__part_revision__part")

    def context(self, record):
        person = self.request.user
        found = compare(traveler=record, viewer=person)
        serial = self.chosen(found)
        theirs = InspectionRecord.objects.for_viewer(person).filter(
            kind=InspectionRecord.CUSTOMER, traveler=record
        )
        theirs = list(theirs.exclude(state=InspectionRecord.VOIDED).select_related("source_file"))
        return {
            "found": found,
            "serial": serial,
            "pieces": self.pieces(found, serial),
            "rows": [pair_row(pair) for pair in found.pairs.get(serial, [])],
            "agreements": [agreement_row(each) for each in found.agreements],
            "disputed": [pair_row(pair) for pair in found.disputed],
            "failing": [pair_row(pair) for pair in found.failing],
            "nonconformances": self.nonconformances(person, record, found),
            "theirs": theirs,
            "set_aside": self.set_aside(theirs),
            "acts": self.acts(record, theirs, has_failing=bool(found.failing)),
            "crumbs": [
                crumb("Inspection", "record-list"),
                {"label": record.number, "url": record.get_absolute_url()},
            ],
        }

    def chosen(self, found: Comparison) -> str:
        """Return the piece asked for, else the first one with a dispute, else the first."""
        asked = self.request.GET.get("piece", "")
        if asked in found.pairs:
            return asked
        disputed = found.disputed
        return disputed[0].serial if disputed else next(iter(found.serials), "")

    def pieces(self, found: Comparison, serial: str) -> list[dict[str, Any]]:
        disputed = {pair.serial for pair in found.disputed}
        return [
            {"serial": each, "is_here": each == serial, "is_disputed": each in disputed}
            for each in found.serials
        ]

    def nonconformances(self, person, record: Traveler, found: Comparison) -> list[Nonconformance]:
        """Return our nonconformances about the disputed pieces: what the customer passes does not close them."""
        pieces = sorted({pair.serial for pair in found.disputed})
        if not pieces:
            return []
        ours = Nonconformance.objects.for_viewer(person).filter(
            found_on_traveler=record, serials__overlap=pieces
        )
        return list(ours.order_by("pk"))

    def set_aside(self, theirs: list[InspectionRecord]) -> list[dict[str, Any]]:
        found = ValueSetAside.objects.filter(record__in=theirs)
        return list(
            found.values("item_name", "item_occurrence", "reason")
            .annotate(count=Count("pk"))
            .order_by("item_name", "item_occurrence", "reason")
        )

    def acts(self, record: Traveler, theirs: list[InspectionRecord], *, has_failing: bool) -> list[dict]:
        there = next((each for each in theirs if each.state == InspectionRecord.OPEN), None)
        bring = (
            act("Import more of the customer's results", "results-preview", number=there.number)
            if there
            else act(
                "Take in the customer's results",
                "customer-inspection-open",
                number=record.number,
                is_main=True,
            )
        )
        report = act(
            "Report a nonconformance", "nonconformance-open", number=record.number, is_main=has_failing
        )
        return acts_for(self.request.user, (REPORTERS, report), (MEASURERS, bring))


def pair_row(pair: Pair) -> dict[str, Any]:
    """Return one pair as a row of the page, its numbers with equally many digits."""
    digits = _digits(*(each.value for each in (pair.ours, pair.theirs) if each))
    return {
        "pair": pair,
        "ours": reading_cell(pair.ours, digits),
        "theirs": reading_cell(pair.theirs, digits),
        "bias": signed(pair.bias, digits),
    }


def reading_cell(reading: Reading | None, digits: int) -> dict[str, Any] | None:
    if reading is None:
        return None
    if reading.value is None:
        text = "conforms" if reading.verdict == "PASS" else "does not conform"
    else:
        text = f"{reading.value:.{digits}f}".replace("-", MINUS)
    return {"text": text, "reading": reading, "state": reading.verdict.lower()}


def agreement_row(each: Agreement) -> dict[str, Any]:
    return {
        "agreement": each,
        "mean": signed(each.mean_bias, _digits(each.mean_bias)),
        "largest": signed(each.largest_bias, _digits(each.largest_bias)),
    }


def signed(value: Decimal | None, digits: int) -> str:
    """Return a difference with its sign, as people write it; empty when there is none."""
    if value is None:
        return ""
    return f"{value:+.{digits}f}".replace("-", MINUS) if value else f"{0:.{digits}f}"


def _digits(*values: Decimal | None) -> int:
    """Return the digits after the point that the most exact of some numbers needs, at least one."""
    return max([1, *(-int(value.normalize().as_tuple().exponent) for value in values if value is not None)])
