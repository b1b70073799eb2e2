"""The shape of what comes in by a link without account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms.chosen_files import TAKES_PICTURES, ChosenFiles, FilesField, ManyFiles
from routes.forms import MOST
from subcontract.models import OutsideOrderLine

TAKEN = "application/pdf,image/*,.heic,.heif"


class LineOfOrder(forms.ModelChoiceField):
    def label_from_instance(self, line: OutsideOrderLine) -> str:
        words = _("Line %(line)s: %(pieces)s pieces of %(lot)s, %(operation)s")
        return words % {
            "line": line.line_number,
            "pieces": line.quantity,
            "lot": line.traveler.number,
            "operation": line.step.operation.name,
        }


class SendForm(ChosenFiles):
    """The certificate of one line: a file, or photos of its pages."""

    line = LineOfOrder(
        label=_("For which line?"),
        queryset=OutsideOrderLine.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the line this certificate is for.")},
    )
    file = FilesField(
        label=_("The certificate"),
        required=False,
        help_text=_("PDF, or pictures of its pages. We keep it unchanged."),
        widget=ManyFiles(attrs={"accept": TAKEN}),
    )
    photo = FilesField(
        label=_("Or take photos of its pages"),
        required=False,
        help_text=_("Each page whole, flat and in light."),
        widget=ManyFiles(attrs=TAKES_PICTURES),
    )

    def __init__(self, *args, lines, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines
        # one of the two is asked for, and neither is called optional
        self.fields["file"].is_asked = self.fields["photo"].is_asked = True
        first = lines.first()
        if lines.count() == 1:
            self.fields["line"].widget = forms.HiddenInput()
            self.initial["line"] = first.pk


class PaperForm(forms.Form):
    """What only somebody with the paper in hand knows."""

    number = forms.CharField(label=_("Order number"), max_length=40)
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=MOST)


class SenderForm(forms.Form):
    """Who sent it, so that somebody can be told."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"), required=False, max_length=254)


class RevokeLinkForm(forms.Form):
    reason = forms.CharField(
        label="Why it is revoked", max_length=300, help_text="As in: the paper was lost on the way."
    )
