"""The form around a grid of values: what holds for all of them, and a block from a sheet."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from inspection.forms import gauge_note_field
from routes.forms import ShopForm, day_field
from routes.models import Gauge

LARGEST_BLOCK = 40_000


class GridForm(ShopForm):
    """Day and gauge of a grid of values, and a block to lay into it."""

    measured_on = day_field("Measured on")
    gauge = forms.ModelChoiceField(
        label="Measured with",
        queryset=Gauge.objects.none(),
        to_field_name="number",
        required=False,
        empty_label="not given",
    )
    gauge_note = gauge_note_field()
    block = forms.CharField(
        label="Cells from a sheet",
        required=False,
        strip=False,
        max_length=LARGEST_BLOCK,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Paste them as you copied them. With serials above and balloons beside they find their place by "
        "these; without heads they are laid down from the cell below.",
    )
    begin_characteristic = forms.ChoiceField(label="Begin at characteristic", required=False)
    begin_piece = forms.ChoiceField(label="Begin at piece", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, balloons: list[tuple[str, str]], pieces: list[str], **kwargs) -> None:
        self.balloons, self.pieces = balloons, pieces
        super().__init__(*args, **kwargs)

    def offer(self):
        self.fields["gauge"].queryset = Gauge.objects.for_viewer(self.person).filter(is_active=True)
        self.fields["measured_on"].initial = timezone.localdate()
        self.fields["begin_characteristic"].choices = [("", "the first"), *self.balloons]
        self.fields["begin_piece"].choices = [("", "the first"), *((piece, piece) for piece in self.pieces)]
