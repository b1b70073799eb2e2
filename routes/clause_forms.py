"""Forms about quality clauses."""

from __future__ import annotations

from django import forms

from portal.models import Organization
from routes.forms import OrderForm, ShopForm, words_field
from routes.models import LineClause, QualityClause


class ClauseForm(ShopForm):
    customer = forms.ModelChoiceField(queryset=Organization.objects.none())
    number = forms.CharField(label="Clause", max_length=40, help_text="As the customer writes it: Q-17.")
    revision = forms.CharField(max_length=20, required=False)
    title = forms.CharField(label="What it demands, in a few words", max_length=200)
    text = words_field("Text, word for word", length=8000, required=False)

    offer = OrderForm.offer


class LineClauseForm(ShopForm):
    clause = forms.ModelChoiceField(queryset=QualityClause.objects.none())

    def offer(self):
        self.fields["clause"].queryset = (
            QualityClause.objects.for_viewer(self.person)
            .filter(customer_id=self.record.order.customer_id)
            .exclude(order_lines__order_line=self.record)
        )
        self.fields["clause"].label_from_instance = lambda each: f"{each}: {each.title}"


class AnswerForm(ShopForm):
    answer = forms.ChoiceField(
        label="Answered by",
        choices=[each for each in LineClause.ANSWERS if each[0] != LineClause.NOT_APPLICABLE],
        widget=forms.RadioSelect,
    )
    answered_by = words_field(
        "Which one", help_text="As in: operation 60 Anodize, or certificate of conformity."
    )
