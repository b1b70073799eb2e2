"""The shape of what comes in by a link without account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.intake.photos import MOST_PHOTOS
from routes.forms import MOST
from subcontract.models import OutsideOrderLine

TAKEN = "application/pdf,image/*,.heic,.heif"
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif")
MOST_FILES = MOST_PHOTOS


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, in the order in which they were chosen."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not given and not self.required:
            return []
        return [super(FilesField, self).clean(each, initial) for each in given or [None]]


class LineOfOrder(forms.ModelChoiceField):
    def label_from_instance(self, line: OutsideOrderLine) -> str:
        words = _("Line %(line)s: %(pieces)s pieces of %(lot)s, %(operation)s")
        return words % {
            "line": line.line_number,
            "pieces": line.quantity,
            "lot": line.traveler.number,
            "operation": line.step.operation.name,
        }


class SendForm(forms.Form):
    """The certificate of one line: a file, or photos of its pages."""

    use_required_attribute = False

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
        widget=ManyFiles(attrs={"accept": "image/*", "capture": "environment"}),
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

    def clean(self) -> dict:
        """Take both inputs as one row of files."""
        data = super().clean()
        files = [*data.pop("file", []), *data.pop("photo", [])]
        if not files and not self.has_error("file") and not self.has_error("photo"):
            self.add_error("file", _("Choose the file of the certificate, or take a photo of it."))
        elif len(files) > MOST_FILES:
            words = _("%(count)s files were chosen; at most %(most)s pages are taken at once.")
            self.add_error("file", words % {"count": len(files), "most": MOST_FILES})
        elif len(files) > 1 and any(not each.name.lower().endswith(PICTURES) for each in files):
            words = _(
                "Several files can only be photos of the pages of one certificate. Send each PDF by itself."
            )
            self.add_error("file", words)
        data["files"] = files
        return data


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
