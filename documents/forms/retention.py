"""The shape of retention rules, legal holds and disposals."""

from __future__ import annotations

from django import forms

from documents.models import RetentionRule
from portal.models import Organization
from routes.forms import ListField, ShopForm, count_field, day_field, words_field
from routes.models import CustomerOrder, Part, Traveler

LOT, PART, ORDER, CUSTOMER = "traveler", "part", "order", "customer"
OVER = {
    LOT: ("A lot", Traveler),
    PART: ("A part", Part),
    ORDER: ("An order", CustomerOrder),
    CUSTOMER: ("Everything of a customer", Organization),
}


class RetentionRuleForm(ShopForm):
    """Whose proof, how many years, from when."""

    customer = forms.ModelChoiceField(
        label="Customer", queryset=Organization.objects.none(), required=False, empty_label="every customer"
    )
    order = forms.ModelChoiceField(
        label="Order, where one contract says it",
        queryset=CustomerOrder.objects.none(),
        required=False,
        empty_label="every order",
    )
    class_name = forms.CharField(
        label="Class of parts",
        required=False,
        max_length=80,
        help_text="Such as flight safety; empty means every part.",
    )
    part_numbers = ListField(label="Parts of the class", required=False)
    years = count_field("Years", max_value=100)
    starts = forms.ChoiceField(label="Counted from", choices=RetentionRule.STARTS)
    contract_ended_on = day_field(
        "The contract ended on", required=False, help_text="Empty while it runs: then proof is kept on."
    )
    notice_days = count_field(
        "Days the customer has before disposal",
        min_value=0,
        max_value=1000,
        initial=0,
        help_text="0: the contract asks for no notice.",
    )
    reason = words_field("Which clause or law says so", length=2000)

    def offer(self) -> None:
        customers = Organization.objects.for_viewer(self.person)
        self.fields["customer"].queryset = customers.filter(kind=Organization.CUSTOMER, is_active=True)
        self.fields["order"].queryset = CustomerOrder.objects.for_viewer(self.person).order_by("number")


class LegalHoldForm(ShopForm):
    """Over what the hold is, and why."""

    over = forms.ChoiceField(label="Over", choices=[(key, words) for key, (words, _) in OVER.items()])
    number = forms.CharField(label="Its number", max_length=80)
    reason = words_field("Why", length=2000, help_text="The case, the claim or the letter that asks for it.")

    def clean(self):
        data = super().clean()
        if data.get("over") and data.get("number"):
            words, model = OVER[data["over"]]
            found = model.objects.for_viewer(self.person).filter(number=data["number"].strip()).first()
            if found is None:
                self.add_error("number", f"Nothing here has the number {data['number']}. Correct it.")
            data[data["over"]] = found
        return {key: value for key, value in data.items() if key not in ("over", "number")}


class DisposalForm(ShopForm):
    reason = words_field("Why now", length=2000, help_text="Printed on the certificate of disposal.")
