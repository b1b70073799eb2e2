"""The customer's inspection of a lot: opened beside ours, and both side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.http import Http404
from django.urls import reverse

from inspection.domain.comparison import (
    Agreement,
    Comparison,
    Pair,
    Reading,
    comparable_with,
    compare,
    compare_records,
)
from inspection.domain.customer_inspections import open_customer_inspection
from inspection.models import InspectionRecord, Nonconformance, ValueSetAside
from inspection.permissions import MEASURERS, READERS, REPORTERS
from inspection.views.pages import act, acts_for, crumb
from portal.views.verbs import RecordView
from routes.forms import ShopForm
from routes.models import Traveler
from routes.views.pages import ShopVerb

# values shown one by one; the means below count all of them
MOST_PAIRS = 400
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


class RecordBeside(RecordView):
    """Show two inspections of the same pieces side by side, whoever measured."""

    roles = READERS
    model = InspectionRecord
    template_name = "inspection/record_beside.html"

    def queryset_for(self, person):
        found = super().queryset_for(person)
        return found.select_related("traveler__route_revision__part_revision__part", "step__operation")

    def context(self, record):
        person = self.request.user
        others = list(comparable_with(record, person).select_related("traveler", "step__operation"))
        other = self.chosen(others)
        found = compare_records(first=record, second=other, viewer=person) if other else None
        pairs = [pair for serial in found.serials for pair in found.pairs[serial]] if found else []
        # what is disputed comes first
        shown = sorted(
            (pair for pair in pairs if pair.ours and pair.theirs), key=lambda pair: not pair.is_disputed
        )
        return {
            "other": other,
            "others": [{"record": each, "is_here": each == other} for each in others],
            "found": found,
            "both": len(shown),
            "rows": [pair_row(pair) for pair in shown[:MOST_PAIRS]],
            "left_out": max(len(shown) - MOST_PAIRS, 0),
            "agreements": [agreement_row(each) for each in found.agreements] if found else [],
            "biased": [each for each in found.agreements if each.is_biased] if found else [],
            "disputed": [pair_row(pair) for pair in found.disputed] if found else [],
            "crumbs": [
                crumb("Inspection", "record-list"),
                {"label": record.number, "url": record.get_absolute_url()},
            ],
        }

    def chosen(self, others: list[InspectionRecord]) -> InspectionRecord | None:
        """Return the inspection asked for, else the latest one."""
        asked = self.request.GET.get("with", "")
        if asked:
            found = next((each for each in others if each.number == asked), None)
            if found is None:
                raise Http404("There is no such inspection of these pieces.")
            return found
        return others[-1] if others else None


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
        "interval": "" if each.interval is None else f"± {each.interval:.{_digits(each.interval)}f}",
    }


def signed(value: Decimal | None, digits: int) -> str:
    """Return a difference with its sign, as people write it; empty when there is none."""
    if value is None:
        return ""
    return f"{value:+.{digits}f}".replace("-", MINUS) if value else f"{0:.{digits}f}"


def _digits(*values: Decimal | None) -> int:
    """Return the digits after the point that the most exact of some numbers needs, at least one."""
    return max([1, *(-int(value.normalize().as_tuple().exponent) for value in values if value is not None)])
