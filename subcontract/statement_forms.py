"""What a vendor is asked when it says something about a line, and the shop when it answers."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from routes.forms import count_field, day_field, file_field, words_field
from subcontract.forms import PersonForm
from subcontract.models import VendorStatement


class AcknowledgeForm(PersonForm):
    words = words_field(_("A word to the shop"), required=False)


class DisputeForm(PersonForm):
    subject = forms.ChoiceField(label=_("What cannot be done as ordered"), choices=VendorStatement.SUBJECTS)
    named_on = day_field(_("The day by which you can return the pieces"), required=False)
    quantity = count_field(_("The number of pieces you can do"), required=False)
    words = words_field(_("What is wrong, and what you can do instead"), length=1000)


class AnnounceReturnForm(PersonForm):
    quantity = count_field(_("Good pieces"), min_value=0)
    quantity_rejected = count_field(_("Pieces you rejected"), min_value=0, initial=0)
    quantity_short = count_field(_("Pieces missing"), min_value=0, initial=0)
    left_on = day_field(_("Left on"), initial=timezone.localdate)
    carrier = forms.CharField(label=_("Carrier"), max_length=80, required=False)
    document = forms.CharField(label=_("Packing slip or waybill"), max_length=80, required=False)
    words = words_field(_("Why pieces are rejected or missing"), length=1000, required=False)


class FindingForm(PersonForm):
    quantity = count_field(_("Pieces"))
    words = words_field(_("What is wrong with them"), length=1000)
    photo = file_field(_("A photo"), required=False, help_text=_("PNG, JPEG, TIFF or PDF."))


class StripForm(FindingForm):
    words = words_field(_("Why, and how you would strip and recoat them"), length=1000)


class AnswerForm(PersonForm):
    is_agreed = forms.ChoiceField(
        label="Answer", choices=[("yes", "Agree"), ("no", "Refuse")], widget=forms.RadioSelect
    )
    answer = words_field("What the vendor is told", length=1000)

    def clean_is_agreed(self) -> bool:
        return self.cleaned_data["is_agreed"] == "yes"


class ConfirmForm(PersonForm):
    quantity = count_field("Pieces that are set apart")
    answer = words_field("What the vendor is told", length=1000)


class DismissForm(PersonForm):
    answer = words_field("Why it is none, as the vendor is told", length=1000)
