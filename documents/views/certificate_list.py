"""The list of certificates: what waits, what is decided, in the words of its reader."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.forms.certificates import CertificateFilter
from documents.models import Certificate
from documents.permissions import BRINGERS
from documents.views.certificate_words import waiting_for
from portal.views.verbs import RecordListView

COLUMNS = [
    {"key": "number", "label": _("Certificate"), "kind": "code", "url_key": "get_absolute_url"},
    {
        "key": "stated_number",
        "label": _("Their number"),
        "kind": "code",
        "note_key": "issuer.name",
        "empty": _("not entered yet"),
    },
    {"key": "kind_words", "label": _("Kind")},
    {"key": "covers", "label": _("Covers"), "kind": "code", "empty": _("nothing yet")},
    {"key": "quantity", "label": _("Pieces"), "kind": "num", "empty": _("not stated")},
    {"key": "state", "label": _("State"), "kind": "state"},
    {"key": "uploaded_at", "label": _("Brought in"), "kind": "moment"},
]


def columns_for(person) -> list[dict]:
    """Return the columns in the words of their reader: the number on the paper is a vendor's own."""
    if not person.is_vendor:
        return COLUMNS
    yours = {
        "stated_number": {"label": _("Your number"), "note_key": ""},
        "uploaded_at": {"label": _("Sent")},
    }
    return [column | yours.get(column["key"], {}) for column in COLUMNS]


def covered(certificate: Certificate) -> str:
    """Name what a certificate covers, from rows fetched before."""
    return ", ".join(
        each.material_lot.number if each.material_lot else each.traveler.number
        for each in certificate.coverages.all()
    )


class CertificateList(RecordListView):
    """Show the certificates of everybody's, or a vendor's own, those that wait first when asked."""

    roles = BRINGERS
    model = Certificate
    template_name = "portal/list.html"

    def queryset_for(self, person):
        fetched = super().queryset_for(person).select_related("issuer")
        return fetched.prefetch_related("coverages__material_lot", "coverages__traveler")

    def narrow(self, queryset):
        wanted = {"state": dict(Certificate.STATES), "kind": dict(Certificate.KINDS)}
        asked = {name: self.asked(name) for name in wanted}
        return queryset.filter(**{name: value for name, value in asked.items() if value in wanted[name]})

    def context(self, rows):
        for row in rows:
            row.covers = covered(row)
            row.kind_words = gettext(row.get_kind_display())
        acts = []
        if waiting := waiting_for(self.request.user):
            label = f"{len(waiting)} wait for you" if len(waiting) > 1 else "One waits for you"
            acts.append({"label": label, "url": reverse("documents:certificate-queue")})
        bring = {"url": reverse("documents:certificate-upload"), "is_main": True}
        return {
            "heading": _("Certificates"),
            "columns": columns_for(self.request.user),
            "filter_form": CertificateFilter(self.request.GET),
            "empty_heading": _("No certificate here"),
            **self._words([*acts, bring]),
        }

    def _words(self, acts: list[dict]) -> dict:
        """Return what differs between who sends certificates and who takes them in."""
        *others, bring = acts
        if self.request.user.is_vendor:
            return {
                "lead": _("Each as you sent it, beside our order. A person of the shop decides on it."),
                "acts": [*others, bring | {"label": _("Send a certificate")}],
                "empty_sentence": _("Send one for an order of yours."),
            }
        return {
            "lead": _("Each as it came, beside what we know. A person decides on it."),
            "acts": [*others, bring | {"label": _("Bring in a certificate")}],
            "empty_sentence": _("Bring one in for a heat, or for an outside order."),
        }
