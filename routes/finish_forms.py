"""Forms of finishes: growth of a coating, and how a feature is moved."""

from __future__ import annotations

from django import forms

from portal.models import Organization
from routes.forms import ShopForm
from routes.models import CoatingGrowth, SpecificationRevision
from routes.models.finish import FEATURES


def _figure(label: str, digits: int, places: int, words: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=digits, decimal_places=places, min_value=0, help_text=words
    )


class GrowthForm(ShopForm):
    specification = forms.ModelChoiceField(queryset=SpecificationRevision.objects.none())
    spec_type = forms.CharField(
        label="Type", max_length=30, required=False, help_text="Left empty: every type."
    )
    spec_class = forms.CharField(
        label="Class", max_length=30, required=False, help_text="Left empty: every class."
    )
    vendor = forms.ModelChoiceField(
        queryset=Organization.objects.none(), required=False, empty_label="any vendor"
    )
    material = forms.CharField(
        label="Alloy begins with",
        max_length=60,
        required=False,
        help_text="As in 6061. Left empty: every alloy.",
    )
    feature = forms.ChoiceField(label="Only for", choices=[("", "every feature"), *FEATURES], required=False)
    unit = forms.ChoiceField(label="Unit of thickness", choices=CoatingGrowth.UNITS)
    thickness_min = _figure("Thinnest", 12, 8, "Penetration and build-up together.")
    thickness_max = _figure("Thickest", 12, 8)
    ratio_min = _figure("Least build-up", 6, 5, "The share that stands out: plating 1, type III about 0.5.")
    ratio_max = _figure("Most build-up", 6, 5, "Type II: sources say 0.33 to 0.5.")
    source = forms.CharField(
        max_length=300, help_text="Whose figures these are: the vendor's letter, a trial, a data sheet."
    )

    def offer(self):
        self.fields["specification"].queryset = SpecificationRevision.objects.for_viewer(self.person).filter(
            kind=SpecificationRevision.PROCESS, superseded_by=None
        )
        vendors = Organization.objects.for_viewer(self.person).filter(
            kind=Organization.VENDOR, is_active=True
        )
        self.fields["vendor"].queryset = vendors.order_by("name")


class FeatureForm(ShopForm):
    kind = forms.ChoiceField(label="The finish moves it as", choices=FEATURES)
