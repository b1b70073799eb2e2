"""The shape of a check policy: which checks are in force for a customer, and why."""

from __future__ import annotations

from django import forms

from documents.domain.chain import CHECKS, demand_of
from documents.domain.chain.policy import ALWAYS
from documents.domain.policies import OPTIONAL
from routes.forms import ShopForm, words_field


class PolicyForm(ShopForm):
    """The checks that may be left out, each ticked while it is in force; the others always are."""

    checks = forms.MultipleChoiceField(
        label="In force for this customer",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, f"{code}: {demand_of(check)}") for code, check in CHECKS if code in OPTIONAL],
        help_text=f"{', '.join(ALWAYS)} are always in force.",
    )
    reason = words_field(
        "Why",
        length=2000,
        help_text="Signed with the policy; the customer reads it, and every package names it.",
    )

    def clean_checks(self):
        return [*self.cleaned_data["checks"], *ALWAYS]


class PolicyDropForm(ShopForm):
    reason = words_field("Why", length=2000, help_text="Whoever drafted it reads this.")
