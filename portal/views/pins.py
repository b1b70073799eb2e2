"""Badges and PINs: chosen by their owner, handed out and taken away by a manager."""

from __future__ import annotations

from django.urls import reverse

from portal.domain import pins
from portal.forms import BadgeForm, PinForm
from portal.permissions import SHOP
from portal.views.doors import SELF
from portal.views.people import PersonVerb
from portal.views.verbs import VerbView


class PinSet(VerbView):
    """Choose one's own PIN."""

    scope = SELF
    roles = SHOP
    form_class = PinForm
    heading = "Badge and PIN"
    lead = (
        "With both you sign production steps on a shared tablet. Everything else you sign with your password. "
        "Nobody else learns your PIN; a new one replaces the old."
    )
    submit_label = "Set the PIN"
    done = "Your PIN holds for badge {result.badge_number}."

    def get_initial(self):
        return {"badge_number": self.request.user.badge_number}

    def act(self, record, data, *, by, token=None):
        return pins.set_pin(
            by=by, badge_number=data["badge_number"], pin=data["new_pin"], password=data["password"]
        )

    def context(self, record):
        return {"crumbs": [{"label": "Your account", "url": self.cancel_url()}]}

    def cancel_url(self) -> str:
        return reverse("portal:me")

    def success_url(self, result) -> str:
        return reverse("portal:me")


class BadgeGive(PersonVerb):
    """Hand out a badge, or take it away."""

    form_class = BadgeForm
    heading = "Badge of {record.printed_name}"
    lead = "The PIN of the badge before ends at once; its owner chooses a new one with the password."
    submit_label = "Write it down"

    def get_initial(self):
        return {"badge_number": self.record.badge_number}

    def act(self, record, data, *, by, token=None):
        return pins.give_badge(by=by, person=record, **data)

    def message(self, result):
        if result.badge_number:
            return f"{result.printed_name} wears badge {result.badge_number} and chooses a PIN for it."
        return f"{result.printed_name} wears no badge any more."
