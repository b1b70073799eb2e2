"""What a person may answer about their own mails."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.domain.mail_wishes import DAILY, IMMEDIATE, OFF, kinds_for, way_of, wishes_of
from portal.models import MailSettings, Person

KIND = "kind_"
WAYS = ((IMMEDIATE, _("At once")), (DAILY, _("Once a day, together")), (OFF, _("Not at all")))
NEEDED = _("It asks something of you, so it comes at least once a day.")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MailSettingsForm(forms.Form):
    """One's time zone, quiet hours, the hour of the daily mail, and each kind of mail."""

    time_zone = forms.ChoiceField(
        label=_("Your time zone"), help_text=_("Quiet hours and the daily mail go by it.")
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=ClockInput())
    quiet_to = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=ClockInput(),
        help_text=_("What comes in between waits until then."),
    )
    digest_at = forms.TimeField(label=_("The daily mail comes at"), widget=ClockInput())

    def __init__(self, *args, person: Person, **kwargs) -> None:
        wishes = wishes_of(person)
        kinds = kinds_for(person)
        kwargs["initial"] = {**self.known(wishes, kinds), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [(name, name) for name in sorted(available_timezones())]
        for kind in kinds:
            if not kind.is_urgent:
                self.fields[f"{KIND}{kind.code}"] = forms.ChoiceField(
                    label=kind.words,
                    choices=WAYS[:2] if kind.is_needed else WAYS,
                    help_text=NEEDED if kind.is_needed else "",
                )

    def known(self, wishes: MailSettings, kinds) -> dict:
        ways = {f"{KIND}{kind.code}": way_of(kind, wishes) for kind in kinds}
        fields = ("time_zone", "quiet_from", "quiet_to", "digest_at")
        return {**{name: getattr(wishes, name) for name in fields}, **ways}
