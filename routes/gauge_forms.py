"""Forms of gauges: what they are, what they read, their calibrations."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone

from routes.forms import UNITS, ShopForm, count_field, day_field, file_field


class GaugeForm(ShopForm):
    number = forms.CharField(max_length=40, help_text="As engraved on it.")
    kind = forms.CharField(max_length=60, help_text="As in micrometer 0–25 mm.")
    description = forms.CharField(max_length=200, required=False)
    location = forms.CharField(label="Where it is", max_length=120, required=False)
    owner = forms.CharField(label="Who answers for it", max_length=120, required=False)
    interval_days = count_field(
        "Days between calibrations", required=False, help_text="Proposes the next due day."
    )


class GaugeChangeForm(GaugeForm):
    is_active = forms.BooleanField(label="In service", required=False)

    def offer(self):
        del self.fields["number"]


class GaugeRangeForm(ShopForm):
    low = forms.DecimalField(label="Reads from", max_digits=18, decimal_places=8)
    high = forms.DecimalField(label="Up to", max_digits=18, decimal_places=8)
    unit = forms.ChoiceField(choices=UNITS[1:])
    resolution = forms.DecimalField(
        label="In steps of", max_digits=18, decimal_places=8, required=False, help_text="In the same unit."
    )


class CalibrationForm(ShopForm):
    certificate_number = forms.CharField(label="Calibration certificate", max_length=80)
    calibrated_on = day_field("Calibrated on")
    due_on = day_field("Due on")
    was_found_in_tolerance = forms.BooleanField(
        label="Found in tolerance",
        required=False,
        initial=True,
        help_text="Found out of it, everything it read since its last good calibration is in doubt.",
    )
    is_in_tolerance = forms.BooleanField(label="Left in tolerance", required=False, initial=True)
    uncertainty = forms.CharField(
        max_length=60, required=False, help_text="As the certificate states it, with its unit."
    )
    paper = file_field("The certificate", required=False, help_text="PDF or picture; kept byte for byte.")

    def offer(self):
        if self.record.interval_days:
            self.fields["due_on"].initial = timezone.localdate() + timedelta(days=self.record.interval_days)
