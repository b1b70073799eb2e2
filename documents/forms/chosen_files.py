"""The file of a certificate, or photos of its pages: chosen or taken, as one row in the order they were given."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.intake.photos import MOST_PHOTOS

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif")
TAKES_PICTURES = {"accept": "image/*", "capture": "environment"}


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


class ChosenFiles(forms.Form):
    """Two inputs, `file` and `photo`, of which either is enough; `cleaned_data["files"]` holds what both gave."""

    # which a browser's own "required" cannot say
    use_required_attribute = False

    def clean(self) -> dict:
        """Take both inputs as one row of files; several can only be photos of the pages of one certificate."""
        data = super().clean()
        files = [*data.pop("file", []), *data.pop("photo", [])]
        if not files and not self.has_error("file") and not self.has_error("photo"):
            self.add_error("file", _("Choose the file of the certificate, or take a photo of it."))
        elif len(files) > MOST_PHOTOS:
            words = _("%(count)s files were chosen; at most %(most)s pages are taken at once.")
            self.add_error("file", words % {"count": len(files), "most": MOST_PHOTOS})
        elif len(files) > 1 and any(not each.name.lower().endswith(PICTURES) for each in files):
            words = _(
                "Several files can only be photos of the pages of one certificate. Send each PDF by itself."
            )
            self.add_error("file", words)
        data["files"] = files
        return data
