"""Forms around charts and studies: run rules of a characteristic, a repeatability study of a gauge."""

from __future__ import annotations

from django import forms

from inspection.domain.rule_choices import CHOICES
from inspection.models import RunRuleChoice
from routes.forms import UNITS, ShopForm, day_field, file_field, words_field


class RunRulesForm(ShopForm):
    side = forms.ChoiceField(choices=RunRuleChoice._meta.get_field("side").choices)
    rules = forms.MultipleChoiceField(
        label="Beside points beyond the limits, an alarm is raised by",
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each further rule finds a shift sooner and gives more false alarms. None ends an earlier choice.",
    )
    reason = words_field("Why these", length=2000)


class GaugeStudyForm(ShopForm):
    measured_on = day_field("Measured on")
    feature = forms.CharField(label="What was measured", max_length=120, help_text="As in bore 10 mm.")
    unit = forms.ChoiceField(choices=UNITS[1:])
    tolerance = forms.DecimalField(
        label="Width of its tolerance",
        max_digits=18,
        decimal_places=8,
        required=False,
        help_text="From the lower to the upper limit, in the same unit; left empty, it is not compared.",
    )
    table = forms.CharField(
        label="The runs",
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Laid in from a sheet: a row a run with the heads part, operator, value; or a row for each part and "
        "operator with a column for every run.",
    )
    sheet = file_field("Or a CSV file of them", required=False)
    remark = words_field("Remarks", length=2000, required=False)
