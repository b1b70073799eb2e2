"""Forms of sampling: the decisions people sign about a series of lots."""

from __future__ import annotations

from django import forms

from routes.forms import ShopForm
from routes.models import RouteRevision


class ResumeForm(ShopForm):
    corrective_action = forms.CharField(max_length=250, help_text="Its number and what was changed.")


class ReduceForm(ShopForm):
    is_within_limit_number = forms.BooleanField(
        label="The nonconforming pieces of the last ten lots are within the limit number", required=False
    )
    is_production_steady = forms.BooleanField(label="Production is steady", required=False)


class QualifyForm(ShopForm):
    one_in = forms.TypedChoiceField(
        label="Look at one lot in", choices=[(2, "2"), (3, "3"), (4, "4"), (5, "5")], coerce=int
    )
    route_revision = forms.ModelChoiceField(label="On route", queryset=RouteRevision.objects.none())

    def offer(self):
        released = RouteRevision.objects.for_viewer(self.person).filter(
            part_revision__part=self.record.part_id, state=RouteRevision.RELEASED
        )
        self.fields["route_revision"].queryset = released
