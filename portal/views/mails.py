"""One's own mails: which, when, and on whose clock."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.domain import mail_wishes
from portal.mail_forms import KIND, MailSettingsForm
from portal.views.doors import SELF
from portal.views.verbs import VerbView

OWN = ("time_zone", "quiet_from", "quiet_to", "digest_at")


class MailSettingsChange(VerbView):
    """Say which mails one wants, and when."""

    scope = SELF
    roles = None
    form_class = MailSettingsForm
    template_name = "portal/mail_settings.html"

    def get_heading(self) -> str:
        return _("Your mails")

    def get_lead(self) -> str:
        return _("A mail names the record and what to do. Files and drawings never travel by mail.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"person": self.request.user}

    def act(self, record, data, *, by, token=None):
        choices = {name.removeprefix(KIND): value for name, value in data.items() if name.startswith(KIND)}
        own = {name: data[name] for name in OWN}
        return mail_wishes.choose(by=by, choices=choices, **own)

    def message(self, result) -> str:
        return _("Your mails come as you asked from now on.")

    def context(self, record):
        urgent = [kind.words for kind in mail_wishes.kinds_for(self.request.user) if kind.is_urgent]
        return {
            "urgent": urgent,
            "submit_label": _("Keep this"),
            "crumbs": [{"label": _("Your account"), "url": reverse("portal:me")}],
        }

    def cancel_url(self) -> str:
        return reverse("portal:me")

    def success_url(self, result) -> str:
        return reverse("portal:mail-settings")
