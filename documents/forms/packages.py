"""The shape of a buyer's word on a package."""

from __future__ import annotations

from django import forms


class AcceptForm(forms.Form):
    words = forms.CharField(
        label="Comment", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(forms.Form):
    words = forms.CharField(
        label="What must be put right",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what must be put right; the shop works from these words."},
    )
