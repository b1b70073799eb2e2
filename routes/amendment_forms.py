"""Forms about changing one lot's way: which operation, which words, and why."""

from __future__ import annotations

from django import forms

from routes.domain.amendment_limits import MAY_BE_ADDED
from routes.domain.lot_amendments import MOST_WORDS
from routes.domain.lots import steps_of
from routes.forms import ShopForm, count_field, words_field
from routes.models import Operation, TravelerStep

WHY = "As in: the brush is worn and the new one comes on Friday."


class OfWaitingStep(ShopForm):
    """An amendment of one operation that is still to be done."""

    sequence = forms.TypedChoiceField(
        label="Operation",
        coerce=int,
        error_messages={"required": "Choose an operation that is still to be done."},
    )

    def offer(self):
        waiting = [step for step in steps_of(self.record) if step.state == TravelerStep.WAITING]
        self.fields["sequence"].choices = [("", "choose")] + [
            (step.operation.sequence, f"{step.operation.sequence} {step.operation.name}") for step in waiting
        ]


class RedlineForm(OfWaitingStep):
    words = words_field(
        "What holds for this lot",
        length=MOST_WORDS,
        help_text="Shown beside the words of the route; it does not replace drawing or specification.",
    )
    reason = words_field("Why", help_text=WHY)


class SkipForm(OfWaitingStep):
    reason = words_field("Why it is not needed", help_text="As in: these blanks came deburred from the saw.")


class AddForm(ShopForm):
    sequence = count_field("Number", help_text="A free one between two operations, as in 25.")
    name = forms.CharField(label="Operation", max_length=120)
    kind = forms.ChoiceField(
        choices=[choice for choice in Operation.KINDS if choice[0] in MAY_BE_ADDED],
        help_text="Anything that needs a setup, a specification or checks of its own goes into the route.",
    )
    words = words_field("What to do", length=MOST_WORDS)
    reason = words_field("Why", help_text=WHY)


class RepeatForm(ShopForm):
    operation_sequences = forms.TypedMultipleChoiceField(
        label="Operations to repeat",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one operation."},
    )
    reason = words_field("Reason")

    def offer(self):
        done = [step for step in steps_of(self.record) if step.state in TravelerStep.DONE]
        self.fields["operation_sequences"].choices = [
            (step.operation.sequence, f"{step.operation.sequence} {step.operation.name}") for step in done
        ]


class DecisionReasonForm(ShopForm):
    reason = words_field("Why")
