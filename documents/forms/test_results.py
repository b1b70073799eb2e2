"""The shape of one row of a test certificate."""

from __future__ import annotations

from django import forms

from documents.models import TestResult
from inspection.forms import NumberField


class TestResultForm(forms.Form):
    """A property with its value or finding, its limits and where they come from."""

    __test__ = False

    test = forms.ChoiceField(choices=TestResult.TESTS)
    property_name = forms.CharField(
        label="Property", max_length=80, help_text="As printed: HRC, Cu %, hours to white rust."
    )
    value = NumberField(max_digits=18, decimal_places=8, required=False, help_text="Or a finding below.")
    finding = forms.ChoiceField(choices=[("", "It states a value"), *TestResult.FINDINGS], required=False)
    unit = forms.CharField(max_length=20, required=False)
    minimum = NumberField(max_digits=18, decimal_places=8, required=False)
    maximum = NumberField(max_digits=18, decimal_places=8, required=False)
    limit_source = forms.ChoiceField(label="Limits taken from", choices=TestResult.SOURCES)
    method = forms.CharField(max_length=80, required=False, help_text="As in ASTM E18.")
    specimen = forms.CharField(max_length=80, required=False, help_text="Piece, bar or coupon.")
