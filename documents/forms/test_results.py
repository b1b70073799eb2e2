"""The shape of one row of a test certificate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import TestResult
from inspection.forms import NumberField
from portal.look.stored_words import offered


class TestResultForm(forms.Form):
    """A property with its value or finding, its limits and where they come from."""

    __test__ = False

    test = forms.ChoiceField(choices=offered(TestResult.TESTS))
    property_name = forms.CharField(
        label=_("Property"), max_length=80, help_text=_("As printed: HRC, Cu %, hours to white rust.")
    )
    value = NumberField(max_digits=18, decimal_places=8, required=False, help_text=_("Or a finding below."))
    finding = forms.ChoiceField(
        choices=[("", _("It states a value")), *offered(TestResult.FINDINGS)], required=False
    )
    unit = forms.CharField(max_length=20, required=False)
    minimum = NumberField(max_digits=18, decimal_places=8, required=False)
    maximum = NumberField(max_digits=18, decimal_places=8, required=False)
    limit_source = forms.ChoiceField(label=_("Limits taken from"), choices=offered(TestResult.SOURCES))
    method = forms.CharField(max_length=80, required=False, help_text=_("As in ASTM E18."))
    specimen = forms.CharField(max_length=80, required=False, help_text=_("Piece, bar or coupon."))
