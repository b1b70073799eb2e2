"""Forms of the shared tablet: a badge says who acts, a PIN proves it."""

from __future__ import annotations

from django import forms

from portal.models import Person
from routes.forms import ListField, ReasonForm, ShopForm, count_field, words_field
from routes.lock_forms import SetupRunForm
from routes.lot_forms import IssueForm, SignStepForm


class TabletForm(ShopForm):
    """An act at a shared tablet: the badge says who, unless it was read before; the PIN proves it."""

    badge_number = forms.CharField(
        label="Your badge",
        max_length=40,
        help_text="Scan it, or type its number.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Scan your badge: none was read here, or ten minutes have passed since the tablet was used."
        },
    )
    pin = forms.CharField(
        label="Your PIN",
        max_length=12,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Type your PIN: it says that it is you."},
    )

    def __init__(self, *args, is_badge_needed: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        badge, pin = self.fields.pop("badge_number"), self.fields.pop("pin")
        if is_badge_needed:
            self.fields["badge_number"] = badge
        self.fields["pin"] = pin


class TabletSignForm(TabletForm, SignStepForm):
    """Sign a step at a tablet."""


class TabletReasonForm(TabletForm, ReasonForm):
    """Stop a lot at a tablet."""


class TabletIssueForm(TabletForm, IssueForm):
    """Issue material at a tablet."""


class TabletSetupForm(TabletForm, SetupRunForm):
    """Record a setup at a tablet."""


class TabletScrapForm(TabletForm):
    """Pieces scrapped, and who saw it."""

    quantity = count_field("Pieces scrapped")
    serials = ListField(required=False, max_length=60_000, help_text="Which ones.")
    reason = words_field("What is wrong with them")
    witness = forms.ModelChoiceField(
        label="Seen by", queryset=Person.objects.none(), help_text="Another person of the shop."
    )

    def offer(self):
        shop = Person.objects.for_viewer(self.person).filter(role__in=Person.SHOP_ROLES, is_active=True)
        self.fields["witness"].queryset = shop
        if not self.record.traveler.route_revision.part_revision.part.is_serialized:
            del self.fields["serials"]
