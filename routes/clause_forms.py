"""Forms about quality clauses."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from portal.models import Organization
from routes.domain.clause_evidence import NEEDS_PRESENCE
from routes.forms import OrderForm, ShopForm, count_field, day_field, file_field, words_field
from routes.models import LineClause, Operation, QualityClause, RouteRevision


class ClauseForm(ShopForm):
    customer = forms.ModelChoiceField(queryset=Organization.objects.none())
    number = forms.CharField(label="Clause", max_length=40, help_text="As the customer writes it: Q-17.")
    revision = forms.CharField(max_length=20, required=False)
    title = forms.CharField(label="What it demands, in a few words", max_length=200)
    kind = forms.TypedChoiceField(
        label="What it takes",
        choices=QualityClause.KINDS,
        initial=QualityClause.EVIDENCE,
        empty_value=QualityClause.EVIDENCE,
        required=False,
    )
    text = words_field("Text, word for word", length=8000, required=False)

    offer = OrderForm.offer


class LineClauseForm(ShopForm):
    clause = forms.ModelChoiceField(queryset=QualityClause.objects.none())
    point_at = forms.TypedChoiceField(
        label="Operation that waits",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="For a hold or witness point; other clauses stop no operation.",
    )

    def offer(self):
        self.fields["clause"].queryset = (
            QualityClause.objects.for_viewer(self.person)
            .filter(customer_id=self.record.order.customer_id)
            .exclude(order_lines__order_line=self.record)
        )
        self.fields["clause"].label_from_instance = clause_words
        planned = Operation.objects.filter(
            route_revision__part_revision=self.record.part_revision_id,
            route_revision__state=RouteRevision.RELEASED,
        ).order_by("sequence")
        choices = {each.sequence: f"{each.sequence} {each.name}" for each in planned}
        if choices:
            self.fields["point_at"].choices = [("", "none"), *choices.items()]
        else:
            self.fields["point_at"] = count_field(
                "Operation that waits", required=False, help_text="For a hold or witness point: its number."
            )


def clause_words(clause: QualityClause) -> str:
    """Return a clause as it is offered: what it demands and, at a point, what it stops."""
    point = f" ({clause.get_kind_display()})" if clause.kind in QualityClause.POINTS else ""
    return f"{clause}: {clause.title}{point}"


class AnswerForm(ShopForm):
    answer = forms.ChoiceField(
        label="Answered by",
        choices=[each for each in LineClause.ANSWERS if each[0] != LineClause.NOT_APPLICABLE],
        widget=forms.RadioSelect,
    )
    answered_by = words_field(
        "Which one",
        help_text="As in: operation 60 Anodize. A certificate of conformity, material certificate, process "
        "certificate, first article or inspection report is on record anyway; begin with its name. Any other document "
        "is recorded for each lot.",
    )


class EvidenceForm(ShopForm):
    """What shows that a clause was met for one lot."""

    reference = forms.CharField(
        label="What shows it", max_length=160, help_text="Document, report or letter, as in FOD log 118."
    )
    present = forms.CharField(
        label="Who of the customer was there or let it go", max_length=160, required=False
    )
    done_on = day_field("On the day", initial=timezone.localdate)
    file = file_field(
        "The paper",
        required=False,
        help_text="PDF, PNG, JPEG or TIFF; it goes into the release package whole.",
    )

    def offer(self):
        kind = self.record.clause.kind
        if kind not in QualityClause.POINTS:
            del self.fields["present"]
            return
        present = self.fields["present"]
        present.required = present.widget.is_required = kind in NEEDS_PRESENCE
        present.error_messages["required"] = "Say who of the customer was there or let it go."
        if kind == QualityClause.WITNESS:
            present.help_text = "Left empty: asked and did not come; name the notice above."


class LetGoForm(ShopForm):
    remarks = words_field("Remarks", length=160, required=False, help_text="Printed in the release package.")
