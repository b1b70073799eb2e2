"""The list of lots: found by number, part, customer, where they stand, and whether they are late."""

from __future__ import annotations

from django import forms
from django.db.models import OuterRef
from django.utils import timezone

from portal.models import Organization
from portal.permissions import SHOP
from portal.views.verbs import RecordListView
from routes.domain.holds import is_held
from routes.models import Traveler, TravelerStep
from routes.views.pages import empty_words

ON_HOLD = "on_hold"
STATES = [("", "Any"), (ON_HOLD, "On hold"), *Traveler.STATES]


class TravelerFilter(forms.Form):
    """What to look for; an unreadable answer asks for everything."""

    q = forms.CharField(label="Lot begins with", required=False, max_length=60)
    part = forms.CharField(label="Part number", required=False, max_length=80)
    customer = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False, choices=STATES)
    is_late = forms.BooleanField(label="Late only", required=False)

    def __init__(self, *args, customers: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].choices = [("", "All customers"), *((name, name) for name in customers)]


class TravelerList(RecordListView):
    """Show the lots, the latest first."""

    roles = SHOP
    model = Traveler
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        waiting = TravelerStep.objects.filter(traveler=OuterRef("pk"), state=TravelerStep.WAITING)
        waiting = waiting.order_by("operation__sequence")
        return (
            super()
            .queryset_for(person)
            .with_quantity()
            .select_related("order_line__order__customer", "route_revision__part_revision__part")
            .annotate(is_held=is_held(), next_operation=waiting.values("operation__name")[:1])
        )

    def narrow(self, queryset):
        if number := self.asked("q"):
            queryset = queryset.filter(number__startswith=number.upper())
        if part := self.asked("part"):
            queryset = queryset.filter(route_revision__part_revision__part__number__icontains=part)
        if customer := self.asked("customer"):
            queryset = queryset.filter(order_line__order__customer__name=customer)
        state = self.asked("state")
        if state == ON_HOLD:
            queryset = queryset.open().filter(is_held=True)
        elif state in dict(Traveler.STATES):
            queryset = queryset.filter(state=state)
        if self.asked("is_late"):
            queryset = queryset.open().filter(order_line__due_on__lt=timezone.localdate())
        return queryset

    def context(self, rows):
        today, over = timezone.localdate(), (Traveler.SHIPPED, Traveler.CLOSED)
        for row in rows:
            row.stands = ON_HOLD if row.is_held and row.state not in over else row.state
            row.is_late = row.state not in over and row.order_line.due_on < today
        customers = Organization.objects.for_viewer(self.request.user).customers().order_by("name")
        return {
            "heading": "Travelers",
            "lead": "Lots, the latest first. A lot is a set of pieces that share every fact.",
            "filter_form": TravelerFilter(
                self.request.GET, customers=list(customers.values_list("name", flat=True))
            ),
            "columns": [
                {"key": "number", "label": "Lot", "kind": "code", "url_key": "get_absolute_url"},
                {
                    "key": "route_revision.part_revision",
                    "label": "Part and revision",
                    "note_key": "route_revision.part_revision.part.name",
                },
                {"key": "order_line.order.customer.name", "label": "Customer"},
                {"key": "quantity_now", "label": "Pieces", "kind": "num"},
                {"key": "next_operation", "label": "Next step", "empty": "none open"},
                {"key": "order_line.due_on", "label": "Due", "kind": "due"},
                {"key": "stands", "label": "State", "kind": "state"},
            ],
            **empty_words(
                self.request, "No lot yet", "A lot is opened from an order line, on a released route."
            ),
        }
