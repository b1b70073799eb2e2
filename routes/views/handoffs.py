"""From prototype to production: the record that hands a part over, and the act that makes it."""

from __future__ import annotations

from portal.models import Signature
from portal.permissions import SHOP
from portal.views.verbs import RecordView
from routes.domain import handoffs
from routes.lock_forms import HandoffForm
from routes.models import ProductionHandoff, RouteRevision
from routes.views.pages import ShopVerb, crumb, history_of


class HandoffDetail(RecordView):
    """Show one handoff: what was tried, what it showed, what production does otherwise, who signed."""

    roles = SHOP
    model = ProductionHandoff
    template_name = "routes/handoff_detail.html"

    def queryset_for(self, person):
        return (
            super().queryset_for(person).select_related("part_revision__part", "route_revision", "signature")
        )

    def context(self, record):
        route, revision = record.route_revision, record.part_revision
        return {
            "facts": [
                {"label": "Part and revision", "value": str(revision), "url": revision.get_absolute_url()},
                {"label": "Made in production on", "value": route.number, "url": route.get_absolute_url()},
                {"label": "Signed by", "value": record.signature.printed_name},
            ],
            "prototypes": record.prototypes.order_by("number"),
            "signatures": Signature.objects.filter(noun="handoff", number=record.number),
            "events": history_of(self.request.user, "handoff", record.number),
            "crumbs": [
                crumb("Routes", "route-list"),
                {"label": route.number, "url": route.get_absolute_url()},
            ],
        }


class HandoffSign(ShopVerb):
    """Hand a part over to the production on one route."""

    model = RouteRevision
    form_class = HandoffForm
    heading = "Hand {record.part_revision} over to production"
    lead = (
        "Sign that what the prototypes taught is in route {record.number}. Without it no production lot made after a "
        "prototype ships."
    )
    submit_label = "Sign: hand over to production"
    needs_reauth = True
    meaning = "Approved"
    done = "{result.number} hands {record.part_revision} over to production on {record.number}."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part_revision__part__customer", "route")

    def act(self, record, data, *, by, token=None):
        return handoffs.hand_over(by=by, route_revision=record, token=token, **data)
