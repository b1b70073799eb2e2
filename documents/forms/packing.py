"""The form by which somebody says how a lot was packed."""

from __future__ import annotations

from django import forms

from portal.forms import DayField
from routes.models import PackingDemand

MET, NOT_MET = "met", "not_met"


class PackingRecordForm(forms.Form):
    is_met = forms.ChoiceField(
        label="Is it so?",
        choices=[(MET, "Yes, as demanded"), (NOT_MET, "No")],
        widget=forms.RadioSelect,
    )
    expires_on = DayField(
        label="Last day of use", required=False, help_text="Read from the pieces or their label."
    )
    note = forms.CharField(
        label="Remarks",
        max_length=300,
        required=False,
        help_text="When it is not so: why, and what is missing.",
    )
    photo = forms.FileField(
        label="A photo that shows it",
        required=False,
        max_length=255,
        allow_empty_file=True,
        help_text="PNG or JPEG; it goes with the proof.",
    )

    def __init__(self, *args, demand: PackingDemand, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if demand.kind != PackingDemand.SHELF_LIFE:
            del self.fields["expires_on"]

    def clean_is_met(self) -> bool:
        return self.cleaned_data["is_met"] == MET
