"""The rehearsal of an order line, as a page."""

from __future__ import annotations

from documents.domain.rehearsal import NothingToRehearse, rehearse
from documents.views.slots import strip_of
from portal.permissions import SHOP
from portal.views.verbs import RecordView
from routes.models import OrderLine


class OrderLineRehearsal(RecordView):
    """Show what will be asked of the lots of a line, by whom, and from when it could ship."""

    roles = SHOP
    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    template_name = "documents/order_line_rehearsal.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__customer", "part_revision__part")

    def context(self, record):
        crumbs = [{"label": f"Order {record.order.number}", "url": record.order.get_absolute_url()}]
        try:
            found = rehearse(order_line=record)
        except NothingToRehearse as refusal:
            return {"refusal": refusal.sentence, "crumbs": crumbs}
        return {
            "found": found,
            "crumbs": crumbs,
            "now": [each.slot for each in found.coming if each.is_due_now],
            "later": [each for each in found.coming if not each.is_due_now],
            "slots": strip_of([each.slot for each in found.coming]),
            "is_too_late": bool(found.ships_from and found.ships_from > record.due_on),
        }
