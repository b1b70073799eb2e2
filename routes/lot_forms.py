"""Forms of lots: opening, splitting, rejoining, what became of pieces, material, signing a step."""

from __future__ import annotations

from django import forms

from portal.models import Person
from routes.domain.rejoining import targets_of
from routes.forms import MOST, ListField, ShopForm, count_field, words_field
from routes.models import (
    MaterialLot,
    QuantityMove,
    RouteRevision,
    Traveler,
)


class TravelerForm(ShopForm):
    route_revision = forms.ModelChoiceField(label="Route", queryset=RouteRevision.objects.none())
    quantity = count_field("Pieces")
    serials = ListField(
        required=False,
        max_length=60_000,
        help_text="For serialised parts; left empty, they are numbered on.",
    )
    purpose = forms.ChoiceField(choices=Traveler.PURPOSES)

    def offer(self):
        self.fields["route_revision"].queryset = (
            RouteRevision.objects.for_viewer(self.person)
            .filter(part_revision_id=self.record.part_revision_id, state=RouteRevision.RELEASED)
            .select_related("route")
        )
        self.fields["quantity"].initial = self.record.quantity


class SplitForm(ShopForm):
    quantity = count_field("Pieces to split off")
    serials = ListField(required=False, max_length=60_000, help_text="For serialised parts: which ones.")
    reason = words_field("Reason")


class RejoinForm(ShopForm):
    into = forms.ModelChoiceField(
        queryset=Traveler.objects.none(),
        empty_label=None,
        help_text="The lot it was split from, or another split off the same.",
    )
    reason = words_field("Reason")

    def offer(self):
        self.fields["into"].queryset = targets_of(self.record)


class QuantityForm(ShopForm):
    kind = forms.ChoiceField(
        label="What became of them",
        choices=[each for each in QuantityMove.KINDS if each[0] not in QuantityMove.BY_THEIR_OWN_VERBS],
    )
    quantity = forms.IntegerField(
        label="Pieces",
        min_value=-MOST,
        max_value=MOST,
        help_text="A correction is positive for missing pieces, negative for pieces found.",
    )
    serials = ListField(required=False, max_length=60_000, help_text="For serialised parts: which ones.")
    witness = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        help_text="Scrap and corrections are seen by a second person.",
    )
    reason = words_field("Reason")

    def offer(self):
        self.fields["witness"].queryset = (
            Person.objects.for_viewer(self.person)
            .filter(role__in=Person.SHOP_ROLES, is_active=True)
            .exclude(pk=self.person.pk)
        )


class IssueForm(ShopForm):
    material_lot = forms.ModelChoiceField(label="Material", queryset=MaterialLot.objects.none())

    def offer(self):
        self.fields["material_lot"].queryset = MaterialLot.objects.for_viewer(self.person).select_related(
            "specification"
        )


class SignStepForm(ShopForm):
    quantity_out = count_field("Good pieces", min_value=0)
