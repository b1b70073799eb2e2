"""The shape of the answers to what an order line passes on to its vendor."""

from __future__ import annotations

from django import forms

from subcontract.domain.flowdown import Decision
from subcontract.forms import PersonForm
from subcontract.models import FlowdownItem, OutsideOrderLine

ANSWERS = [
    ("", "Not decided"),
    (FlowdownItem.INCLUDED, "Passed on"),
    (FlowdownItem.NOT_APPLICABLE, "Does not apply"),
]


class FlowdownReviewForm(PersonForm):
    """One answer and one reason for each item that may be decided; an answer left as it stands decides nothing."""

    pass_on_the_rest = forms.BooleanField(
        label="Pass on every other item",
        required=False,
        help_text="Whatever is still not decided above goes to the vendor, word for word.",
    )

    def __init__(self, *args, record: OutsideOrderLine, items: list[FlowdownItem], **kwargs) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.items = [item for item in items if not item.is_by_rule]
        for item in self.items:
            answer = forms.ChoiceField(
                label=f"{item.origin}: what becomes of it",
                choices=ANSWERS,
                required=False,
                initial="" if item.state == FlowdownItem.UNDECIDED else item.state,
            )
            reason = forms.CharField(
                label=f"{item.origin}: why it does not apply",
                max_length=300,
                required=False,
                initial=item.reason,
            )
            self.fields[f"answer {item.key}"], self.fields[f"reason {item.key}"] = answer, reason

    def rows(self) -> list[dict]:
        return [
            {"item": item, "answer": self[f"answer {item.key}"], "reason": self[f"reason {item.key}"]}
            for item in self.items
        ]

    def clean(self) -> dict:
        """Gather what was changed: `decisions`, and whether the rest is passed on."""
        given = super().clean()
        decisions = [
            Decision(item.key, state, reason)
            for item in self.items
            if (state := given.get(f"answer {item.key}", ""))
            and (state, reason := given.get(f"reason {item.key}", "")) != (item.state, item.reason)
        ]
        return {"decisions": decisions, "pass_on_the_rest": given.get("pass_on_the_rest", False)}
