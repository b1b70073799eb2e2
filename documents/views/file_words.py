"""What a look inside a file found, in words: who signed it, what it carries, which photographs it was made of."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.domain.photo_papers import photos_of
from documents.models import Certificate
from portal.intake.media import KIND_WORDS

SIGNATURE_WORDS = {
    "intact": gettext_lazy("Unchanged since it was signed"),
    "extended": gettext_lazy("What was signed is unchanged; something was added behind it"),
    "changed": gettext_lazy("Changed since it was signed, or it is unclear what was signed"),
    "unread": gettext_lazy("The signature cannot be checked here"),
}


def file_facts(certificate: Certificate) -> list[dict]:
    """Return signatures, files inside and photographs as label and value; nothing where there are none."""
    look = certificate.file.look
    rows = [
        {"label": _("Digital signature"), "value": _signer(each), "note": SIGNATURE_WORDS[each["state"]]}
        for each in look.get("signatures", [])
    ]
    rows += [
        {
            "label": _("File inside"),
            "value": each["name"],
            "note": each["problem"]
            or _("%(kind)s, %(size)s bytes; not taken over")
            % {"kind": KIND_WORDS.get(each["media_type"], ""), "size": f"{each['size_bytes']:,}"},
        }
        for each in look.get("carried", [])
    ]
    return rows + [
        {
            "label": _("Photograph"),
            "value": each.original.original_name,
            "note": _("page %(page)s; sha256 %(hash)s…")
            % {"page": each.page_from, "hash": each.original.sha256[:16]},
        }
        for each in photos_of(certificate)
    ]


def _signer(signature: dict) -> str:
    """Name the signer as the file claims; no list of trusted issuers is kept, so nobody vouches for the name."""
    name = signature["signer"] or _("unnamed")
    if not signature["claimed_at"]:
        return _("%(name)s, as the file says") % {"name": name}
    day = datetime.fromisoformat(signature["claimed_at"])
    return _("%(name)s, %(day)s, as the file says") % {"name": name, "day": f"{day:%-d %b %Y}"}
