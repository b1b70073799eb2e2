"""Whose a delay was, and the terms scorecards are reckoned by."""

from __future__ import annotations

from django import forms

from documents.domain.scorecards.terms import HOUSE_WEIGHTS, ON_TIME, PAPER, PAPER_DAYS, QUALITY, WORK_DAYS
from documents.models import DelayRecord
from portal.forms import DayField
from routes.forms import ShopForm, words_field

WEIGHT = "weight_"
SHORT = {
    ON_TIME: "Weight of delivery on time",
    QUALITY: "Weight of parts per million",
    PAPER: "Weight of paper right first time",
    PAPER_DAYS: "Weight of certificates in time",
    WORK_DAYS: "Weight of work in time",
}


def number_field(label: str, *, low: int = 0, high: int = 1000, **facts) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, **facts)


class DelayForm(ShopForm):
    cause = forms.ChoiceField(label="Who delayed it", choices=DelayRecord.CAUSES, widget=forms.RadioSelect)
    reason = words_field("What happened", length=300)


class DelayWithdrawForm(ShopForm):
    reason = words_field("Why it does not hold", length=300)


class TermsForm(ShopForm):
    from_month = DayField(label="From", help_text="Any day of the first month they are for.")
    early_days = number_field(
        "Days early that are still on time",
        required=False,
        high=365,
        help_text="Empty: coming early is never a miss.",
    )
    late_days = number_field("Days late that are still on time", initial=0, high=365)
    least_lines = number_field("Least number for a figure", initial=5, low=1)
    freeze_after_days = number_field("Days after its end a month is frozen", initial=5, high=60)
    ppm_at_zero = number_field("Parts per million that earn nothing", initial=10_000, low=1, high=1_000_000)
    grade_a = number_field("Points for grade A", initial=90, high=100)
    grade_b = number_field("Points for grade B", initial=75, high=100)
    reason = words_field("Why", length=300)

    def offer(self):
        for code, words in SHORT.items():
            self.fields[f"{WEIGHT}{code}"] = number_field(words, initial=HOUSE_WEIGHTS[code])
        self.order_fields([name for name in self.fields if name != "reason"])
