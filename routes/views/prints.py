"""What goes with the pieces on paper: the traveler and the label, both with a square that leads back here."""

from __future__ import annotations

import io

import segno
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from portal.models import Organization
from portal.views.verbs import RecordView
from routes.domain import holds, lots, serials
from routes.domain.amended import amendments_of, redlines_by_step, skipped_or_added_by
from routes.models import Traveler, TravelerAmendment
from routes.permissions import FLOOR
from routes.views.finish import windows_of


class OfPrintedLot(RecordView):
    """One lot with everything its papers name."""

    roles = FLOOR
    model = Traveler

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "order_line__order__customer",
                "route_revision__part_revision__part",
                "material_lot__specification",
                "parent",
            )
        )

    def context(self, record):
        line, revision = record.order_line, record.route_revision.part_revision
        return {
            "shop": Organization.objects.filter(kind=Organization.SHOP).first(),
            "line": line,
            "revision": revision,
            "part": revision.part,
            "pieces": lots.quantity_of(record),
            "serials": serials.as_ranges(lots.serials_of(record)),
            "holds": holds.open_holds(record),
            "printed_at": timezone.now(),
        }


class TravelerPrint(OfPrintedLot):
    """Show a lot's traveler as a sheet of paper."""

    template_name = "routes/traveler_print.html"

    def context(self, record):
        steps, amendments = lots.steps_of(record), amendments_of(record)
        prefetch_related_objects(steps, "operation__setups")
        redlines = redlines_by_step(steps, amendments)
        return {
            **super().context(record),
            "steps": [
                {
                    "step": step,
                    "redlines": redlines[step.pk],
                    "amended": skipped_or_added_by(step, amendments),
                }
                for step in steps
            ],
            "open_amendments": [each for each in amendments if each.state == TravelerAmendment.PROPOSED],
            "notes": record.route_revision.part_revision.notes.order_by("id"),
            "windows": windows_of(record.route_revision),
        }


class TravelerLabel(OfPrintedLot):
    """Show the label of a lot's box."""

    template_name = "routes/traveler_label.html"


class TravelerCode(RecordView):
    """Draw the square that leads to a lot's page on the floor."""

    roles = FLOOR
    model = Traveler

    def get(self, request, *args, **kwargs) -> HttpResponse:
        address = reverse("routes:floor-lot", kwargs={"number": self.record.number})
        # a quarter of the square may be oily or torn and it is still read
        square = segno.make_qr(request.build_absolute_uri(address), error="q")
        drawn = io.BytesIO()
        square.save(drawn, kind="svg", scale=4, dark="#000", light="#fff", xmldecl=False, svgns=True)
        return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
