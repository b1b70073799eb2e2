"""What an operation of a draft makes."""

from __future__ import annotations

from django import forms

from routes.domain import making
from routes.forms import ShopForm
from routes.models import Characteristic
from routes.views.route_revisions import OfOperation


class MakesForm(ShopForm):
    characteristics = forms.ModelMultipleChoiceField(
        queryset=Characteristic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What is named nowhere may be made by any operation before its last check.",
    )

    def offer(self):
        field = self.fields["characteristics"]
        revision = self.record.route_revision.part_revision_id
        field.queryset = Characteristic.objects.for_viewer(self.person).filter(part_revision=revision)
        field.label_from_instance = lambda each: f"{each.balloon} {each.name}: {each.requirement}"


class OperationMakes(OfOperation):
    """Say which characteristics an operation makes."""

    form_class = MakesForm
    heading = "What operation {record.sequence} {record.name} makes"
    lead = "When its setup changes later, a partial first article measures exactly these and what is checked here."
    submit_label = "Save"
    done = "It is said what operation {record.sequence} makes."

    def get_initial(self):
        return {"characteristics": list(self.record.makes.all())}

    def act(self, record, data, *, by, token=None):
        return making.say_makes(by=by, operation=record, **data)
