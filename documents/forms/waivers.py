"""The shape of a waiver asked for, and of the answer to it."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone

from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.chain.slots import NOBODY, Slot
from portal.permissions import QUALITY
from routes.domain.lots import quantity_of, serials_of
from routes.forms import ListField, ShopForm, count_field, day_field, file_field, words_field

SEPARATOR = "|"
# as long as an order takes to leave; whoever asks says otherwise
USUAL_DAYS = 30
NOTHING = "Nothing that stops this lot may be let pass: do what the findings ask for."


def name_of(slot: Slot) -> str:
    """Return the name of a demand as forms and addresses carry it."""
    return f"{slot.code}{SEPARATOR}{slot.subject}"


class WaiverForm(ShopForm):
    """What is to be let pass on a lot, why, and how far; only what somebody may let pass is offered."""

    demand = forms.ChoiceField(label="What is to be let pass")
    reason = words_field("Why", length=2000, help_text="Whoever decides reads it.")
    quantity_limit = count_field("For at most so many pieces")
    serials = ListField(
        required=False, max_length=60_000, help_text="Left empty, it is for any of its pieces."
    )
    valid_to = day_field("Shipped no later than")

    def offer(self):
        slots = judge(read_facts_as_placed([self.record.pk])[self.record.number])
        open_ones = [slot for slot in slots if not slot.is_closed and slot.waived_by != NOBODY]
        self.fields["demand"].choices = [(name_of(slot), f"{slot.code}: {slot.demand}") for slot in open_ones]
        if not open_ones:
            self.fields["demand"].help_text = NOTHING
        if not serials_of(self.record):
            del self.fields["serials"]
        self.fields["quantity_limit"].initial = quantity_of(self.record)
        self.fields["valid_to"].initial = timezone.localdate() + timedelta(days=USUAL_DAYS)

    def clean(self):
        data = super().clean()
        if "demand" in data:
            data["code"], _, data["subject"] = data.pop("demand").partition(SEPARATOR)
        return data


class WaiverAnswerForm(ShopForm):
    """Why it is decided so; a quality engineer who records the customer's answer gives its letter, too."""

    takes_letter = True

    def offer(self):
        waiver = self.record
        if waiver.authority == waiver.CUSTOMER and self.person.role in QUALITY:
            customer = waiver.traveler.order_line.order.customer
            self.fields["reference"] = forms.CharField(
                label=f"Number of the letter of {customer}", max_length=160
            )
            if self.takes_letter:
                self.fields["letter"] = file_field(
                    "The letter", help_text="PDF or picture; kept byte for byte."
                )
        self.fields["reason"] = words_field(
            "Why", length=2000, help_text="Signed and printed with the waiver."
        )


class WaiverRefusalForm(WaiverAnswerForm):
    takes_letter = False


class WaiverWithdrawForm(ShopForm):
    reason = words_field("Why", length=2000, help_text="Signed with it.")
