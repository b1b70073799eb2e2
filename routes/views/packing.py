"""How an order line is to be packed."""

from __future__ import annotations

from routes.component_forms import PackingDemandForm
from routes.domain import packing
from routes.forms import ReasonForm
from routes.models import OrderLine, PackingDemand
from routes.views.pages import ShopVerb


class PackingDemandAdd(ShopVerb):
    """Put a packing demand on an order line."""

    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = PackingDemandForm
    heading = "How is order line {record} packed?"
    lead = (
        "Marking, preservation, label or shelf life. Nothing of this line ships before it is recorded as met."
    )
    submit_label = "Put it on the line"
    done = "Order line {record} demands: {result.text}"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__customer")

    def act(self, record, data, *, by, token=None):
        return packing.add_demand(by=by, order_line=record, **data)

    def success_url(self, result):
        return self.cancel_url()


class PackingDemandWithdraw(ShopVerb):
    """Take a packing demand off an order line."""

    model = PackingDemand
    lookup = {
        "number": "order_line__order__number",
        "line_number": "order_line__line_number",
        "position": "position",
    }
    form_class = ReasonForm
    heading = "Order line {record.order_line} demands it no more"
    lead = "{record}. Name the amendment of the order that says so; what was recorded stays on record."
    submit_label = "Withdraw the demand"
    done = "“{result.text}” is asked no more."
    is_danger = True

    def queryset_for(self, person):
        return super().queryset_for(person).filter(is_withdrawn=False).select_related("order_line__order")

    def act(self, record, data, *, by, token=None):
        return packing.withdraw_demand(by=by, demand=record, **data)

    def cancel_url(self):
        return self.record.order_line.get_absolute_url()

    def success_url(self, result):
        return self.cancel_url()
