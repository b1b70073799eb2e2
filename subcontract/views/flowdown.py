"""The review of what an order line passes on to its vendor."""

from __future__ import annotations

from django.http import Http404

from subcontract.domain import flowdown
from subcontract.flowdown_forms import FlowdownReviewForm
from subcontract.models import FlowdownItem, OutsideOrder, OutsideOrderLine
from subcontract.permissions import BUYERS
from subcontract.views.pages import PersonVerb

HIGHEST_LINE = 1_000_000


class LineFlowdown(PersonVerb):
    """Decide item by item what a draft's line passes on to its vendor."""

    roles = BUYERS
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = FlowdownReviewForm
    template_name = "subcontract/line_flowdown.html"
    heading = "What {record} passes on"
    lead = "Each requirement reaches the vendor word for word, or you say why it does not apply to its work."
    submit_label = "Save the review"

    def get_record(self, person):
        if self.kwargs["line_number"] > HIGHEST_LINE:
            raise Http404("There is no line of that number.")
        return super().get_record(person)

    def queryset_for(self, person):
        lots = (
            "order__site__organization",
            "step__operation",
            "specification",
            "traveler__order_line__order",
        )
        return super().queryset_for(person).select_related(*lots)

    def form_kwargs(self):
        self.items = flowdown.review_of(self.record)
        return {**super().form_kwargs(), "items": self.items}

    def context(self, record):
        return {
            "by_rule": [item for item in self.items if item.is_by_rule],
            "is_draft": record.order.state == OutsideOrder.DRAFT,
            "open_count": sum(item.state == FlowdownItem.UNDECIDED for item in self.items),
        }

    def act(self, record, data, *, by, token=None):
        return flowdown.review(
            by=by, line=record, decisions=data["decisions"], is_rest_passed_on=data["pass_on_the_rest"]
        )

    def message(self, result):
        left = sum(item.state == FlowdownItem.UNDECIDED for item in flowdown.review_of(result))
        name = f"line {result.line_number} of {result.order.number}"
        return (
            f"What {name} passes on is decided." if not left else f"Saved. {left} still to decide on {name}."
        )

    def success_url(self, result):
        return result.order.get_absolute_url()
