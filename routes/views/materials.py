"""Material in stock and what it went into."""

from __future__ import annotations

from django.db.models import Sum
from django.urls import reverse

from portal.permissions import SHOP
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.domain import materials
from routes.forms import MaterialForm
from routes.models import MaterialLot
from routes.permissions import FLOOR
from routes.views.pages import ShopVerb, act, acts_for, crumb, find_words, history_of, touches


class MaterialList(RecordListView):
    """Show the material received, the latest first, with what is left of it."""

    roles = SHOP
    model = MaterialLot
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("specification")
            .annotate(issued=Sum("travelers__material_pieces", default=0))
        )

    def narrow(self, queryset):
        heat = self.asked("q")
        return queryset.filter(identifier__icontains=heat) if heat else queryset

    def context(self, rows):
        for row in rows:
            row.left = row.received_pieces - row.issued
            row.certificate = row.certificate_state or "missing"
        return {
            "heading": "Material",
            "lead": "Heats, batches and date codes received, with the certificate that proves each.",
            "columns": [
                {"key": "number", "label": "Material", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "identifier", "label": "Heat or batch", "kind": "code"},
                {"key": "specification", "label": "Specification", "note_key": "condition"},
                {"key": "form", "label": "Form"},
                {"key": "left", "label": "Pieces left", "kind": "num"},
                {"key": "certificate", "label": "Certificate", "kind": "state"},
            ],
            "acts": acts_for(
                self.request.user, FLOOR, act("Receive material", "material-receive", is_main=True)
            ),
            **find_words(
                self.request,
                "Heat or batch contains",
                "No material yet",
                "Material is received by heat, batch or date code, then issued to lots.",
            ),
        }


class MaterialDetail(RecordView):
    """Show one heat: where it came from, what proves it, which lots were cut from it."""

    roles = SHOP
    model = MaterialLot
    template_name = "routes/material_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("specification", "supplier")

    def context(self, record):
        lots = record.travelers.for_viewer(self.request.user).with_quantity().order_by("number")
        left, identifier = materials.balance(record), record.get_identifier_kind_display()
        issued = [lot for lot in lots if lot.material_pieces]
        return {
            "facts": [
                {"label": record.get_identifier_kind_display(), "value": record.identifier, "is_code": True},
                {"label": "Specification", "value": str(record.specification)},
                {"label": "Condition", "value": record.condition},
                {"label": "Form", "value": record.form},
                {"label": "Mill", "value": record.mill or "not stated"},
                {"label": "From", "value": self.origin(record)},
                {"label": "Received", "value": record.received_on.strftime("%a %-d %b %Y")},
                {"label": "Certificate", "state": record.certificate_state or "missing"},
                {
                    "label": "Certificate number",
                    "value": record.certificate_number or "none",
                    "is_code": True,
                },
            ],
            "sum_parts": [
                {"count": left, "label": "left"},
                *({"count": lot.material_pieces, "label": f"to {lot.number}"} for lot in issued),
            ],
            "lots": lots,
            "acts": [
                touches("material", record.number),
                touches("heat", record.identifier) | {"label": f"The whole {identifier.lower()}"},
            ],
            "events": history_of(self.request.user, "material", record.number),
            "crumbs": [crumb("Material", "material-list")],
        }

    def origin(self, record):
        name = record.supplier.name if record.supplier else "not stated"
        return f"{name}, furnished by the customer" if record.is_customer_furnished else name


class MaterialReceive(ShopVerb):
    """Take material into stock."""

    scope = LIST
    roles = FLOOR
    form_class = MaterialForm
    heading = "Receive material"
    lead = "One heat, batch or date code at a time, as on its tag. Its certificate is uploaded separately."
    submit_label = "Receive"
    done = "{result} is in stock for {result.received_pieces} pieces."

    def act(self, record, data, *, by, token=None):
        return materials.receive_material(by=by, **data)

    def cancel_url(self):
        return reverse("routes:material-list")
