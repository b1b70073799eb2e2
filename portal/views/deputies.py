"""Deputies of one person: who signs for them, from when until when."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from portal.deputy_forms import DeputyEndForm, DeputyNameForm
from portal.domain import deputies
from portal.permissions import SHOP
from portal.views.people import PersonVerb, person_url


class DeputyVerb(PersonVerb):
    """An act upon the deputies of one person, by themselves or by a manager."""

    roles = SHOP

    def success_url(self, result) -> str:
        is_own = self.record.pk == self.request.user.pk
        return reverse("portal:me") if is_own else person_url(self.record)


class DeputyName(DeputyVerb):
    """Let somebody sign for a person who is away."""

    form_class = DeputyNameForm
    heading = "Name a deputy of {record.printed_name}"
    lead = (
        "The deputy signs with both names, between these days, and never what the other one made. It ends when the "
        "authority itself ends."
    )
    submit_label = "Name the deputy"

    def form_kwargs(self):
        return {"viewer": self.request.user, "holder": self.record}

    def get_initial(self):
        return {"valid_from": timezone.localdate()}

    def act(self, record, data, *, by, token=None):
        return deputies.name_deputy(by=by, **data)

    def message(self, result) -> str:
        first = result[0]
        return (
            f"{first.person.printed_name} is deputy of {self.record.printed_name} from {first.valid_from:%-d %b %Y} to "
            f"{first.valid_to:%-d %b %Y}."
        )


class DeputyEnd(DeputyVerb):
    """End what a deputy may sign."""

    form_class = DeputyEndForm
    heading = "End a deputy of {record.printed_name}"
    lead = "It ends at once. What the deputy signed stays signed."
    submit_label = "End it"
    is_danger = True
    done = "{result.person.printed_name} signs no more for {record.printed_name} in this."

    def form_kwargs(self):
        return {"holder": self.record}

    def act(self, record, data, *, by, token=None):
        return deputies.end_deputy(by=by, **data)
