"""How a lot is packed on its shipment: recorded demand by demand, and the photos that show it."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from documents.domain import packing
from documents.forms.packing import PackingRecordForm
from documents.models import Shipment
from portal.permissions import INSPECTORS, SHOP
from portal.views.files import FileView
from portal.views.verbs import VerbView
from routes.models import PackingDemand


class OfShipmentDemand:
    """How an address names one packing demand of one lot on a shipment."""

    model = Shipment
    lookup = {"number": "number"}

    def get_record(self, person):
        record = super().get_record(person)
        lines = record.lines.select_related("traveler", "order_line__order")
        line = lines.filter(traveler__number=self.kwargs["lot"]).first()
        demands = PackingDemand.objects.filter(position=self.kwargs["position"], is_withdrawn=False)
        self.demand = demands.filter(order_line=line.order_line).first() if line else None
        if self.demand is None:
            raise Http404("This shipment has no such lot, or its order no such demand.")
        self.lot = line.traveler
        return record


class PackingRecordAdd(OfShipmentDemand, VerbView):
    """Sign whether a packing demand is met."""

    roles = INSPECTORS
    form_class = PackingRecordForm
    submit_label = "Sign it"
    done = "How lot {result.traveler} is packed on {record.number} is recorded."
    needs_reauth = True
    meaning = "Verified"

    def form_kwargs(self):
        return {"demand": self.demand}

    def get_heading(self):
        return f"{self.demand.get_kind_display()} of lot {self.lot} on {self.record.number}"

    def get_lead(self):
        days = self.demand.least_days_left
        left = f" At least {days} days of shelf life are left when it leaves." if days is not None else ""
        again = (
            " The shipment is released already: what is recorded now puts its package out of date."
            if self.record.state == Shipment.RELEASED
            else ""
        )
        return f"The order demands: {self.demand.text}{left}{again}"

    def act(self, record, data, *, by, token=None):
        photo = data.pop("photo")
        content = {"photo": photo.read(), "photo_name": photo.name} if photo else {}
        return packing.record(
            by=by,
            shipment=record,
            traveler=self.lot,
            demand=self.demand,
            token=token,
            **data,
            **content,
        )

    def get_crumbs(self):
        return [
            {"label": "Shipments", "url": reverse("documents:shipment-list")},
            {"label": self.record.number, "url": self.record.get_absolute_url()},
        ]

    def success_url(self, result):
        return f"{self.record.get_absolute_url()}#packing"


class PackingPhoto(OfShipmentDemand, FileView):
    """Show the photo of the last record of one demand."""

    roles = SHOP
    is_inline = True

    def stored_file(self, record):
        shown = record.packing_records.filter(traveler=self.lot, demand=self.demand).order_by("-pk").first()
        if shown is None or shown.photo is None:
            raise Http404("No photo is kept of this.")
        return shown.photo
