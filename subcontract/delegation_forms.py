"""The shape of what comes in about custody beyond the shop: delegations, pieces sent on, pieces too many."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from portal.models import Organization, Person, Site
from routes.forms import ListField, count_field, day_field, file_field, words_field
from routes.models import OrderLine, Part, Traveler
from subcontract.forms import PersonForm, vendor_sites
from subcontract.models import OverReturn


class DelegationForm(PersonForm):
    site = forms.ModelChoiceField(
        queryset=Site.objects.none(), label="Vendor's site", empty_label="Choose a site"
    )
    customer = forms.ModelChoiceField(queryset=Organization.objects.none(), empty_label="Choose a customer")
    part = forms.ModelChoiceField(queryset=Part.objects.none(), required=False, empty_label="Every part")
    order_line = forms.ModelChoiceField(
        queryset=OrderLine.objects.none(), required=False, empty_label="Every order"
    )
    is_verification = forms.BooleanField(label="Verifies count, identity and damage", required=False)
    is_shipping = forms.BooleanField(label="Ships to the customer", required=False)
    reference = forms.CharField(
        label="Our writing",
        max_length=120,
        help_text="Its number or name, as in quality agreement QA-12, 4.2.",
    )
    file = file_field("Our writing as a file", required=False)
    valid_from = day_field("Valid from", initial=timezone.localdate)
    valid_to = day_field("Valid to", help_text="The last day on which it holds.")
    accepted_reference = forms.CharField(
        label="The customer's writing",
        max_length=120,
        required=False,
        help_text="By which it accepts that pieces ship to it from there. Needed for shipping.",
    )
    accepted_on = day_field("Day of the customer's writing", required=False)
    accepted_file = file_field("The customer's writing as a file", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = vendor_sites(self.person)
        self.fields["customer"].queryset = Organization.objects.for_viewer(self.person).customers()
        self.fields["part"].queryset = Part.objects.for_viewer(self.person).select_related("customer")
        lines = OrderLine.objects.for_viewer(self.person).select_related("order")
        self.fields["order_line"].queryset = lines.order_by("-pk")


class SendOnForm(PersonForm):
    moved_on = day_field("Left the other vendor on", initial=timezone.localdate)
    document = forms.CharField(label="Packing slip or waybill", max_length=80)


class BringHomeForm(PersonForm):
    traveler = forms.ModelChoiceField(
        queryset=Traveler.objects.none(), label="Lot", empty_label="Choose a lot"
    )
    moved_on = day_field("Came home on", initial=timezone.localdate)
    document = forms.CharField(label="Packing slip or waybill", max_length=80, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        root = self.record.traveler.number
        lots = Traveler.objects.for_viewer(self.person)
        family = lots.filter(number=root) | lots.filter(number__startswith=f"{root}/")
        self.fields["traveler"].queryset = family.order_by("number")


class CountElsewhereForm(PersonForm):
    quantity_returned = count_field("Pieces counted as good", min_value=0)
    quantity_scrapped = count_field("Scrapped", min_value=0, initial=0)
    quantity_short = count_field("Missing from the count", min_value=0, initial=0)
    counted_on = day_field("Counted on", initial=timezone.localdate)
    reference = forms.CharField(
        label="Paper of the count", max_length=120, help_text="The number of what the vendor's site signed."
    )
    serials = ListField(
        label="Serials counted as good",
        required=False,
        max_length=20_000,
        help_text="For a serialised part of which only some were counted.",
    )
    lost_serials = ListField(label="Serials scrapped, then those missing", required=False, max_length=20_000)
    witness = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        empty_label="Nobody",
        help_text="Who read the paper too, when pieces were scrapped or are missing.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness"].queryset = colleagues_of(self.person)
        if not self.record.traveler.route_revision.part_revision.part.is_serialized:
            del self.fields["serials"], self.fields["lost_serials"]


class PutAsideForm(PersonForm):
    quantity = count_field("Pieces beyond those sent", min_value=1)
    found_on = day_field("Found on", initial=timezone.localdate)
    put_aside_at = forms.CharField(
        label="Where they are kept apart", max_length=120, help_text="As in quarantine shelf Q2."
    )
    document = forms.CharField(label="Packing slip or waybill", max_length=80, required=False)


class OverReturnForm(PersonForm):
    decision = forms.ChoiceField(
        label="What they were", choices=OverReturn.DECISIONS, widget=forms.RadioSelect
    )
    reason = words_field("How you know", help_text="The vendor's answer, the waybill back, the second count.")
    witness = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        empty_label="Nobody",
        help_text="Who saw the second count, when it was counted wrongly.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness"].queryset = colleagues_of(self.person)


def colleagues_of(person: Person):
    """Return who of the shop may witness what a person does."""
    active = Person.objects.filter(role__in=Person.SHOP_ROLES, is_active=True)
    return active.exclude(pk=person.pk)
