"""Delegations in writing: who verifies or ships in our place, shown to all who are party to it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.permissions import EVERYBODY
from portal.views.doors import LIST
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from subcontract.delegation_forms import DelegationForm
from subcontract.domain import delegations
from subcontract.forms import EndForm
from subcontract.models import Delegation
from subcontract.permissions import BUYERS
from subcontract.views.pages import PersonVerb, act, crumb, history_of, say_day


def standing_of(delegation: Delegation, today) -> str:
    """Return the code of how a delegation stands on a day."""
    if delegation.holds_on(today):
        return "in_force"
    if delegation.ended_on and delegation.ended_on <= today:
        return "ended"
    return "to_come" if today < delegation.valid_from else "expired"


def what_of(delegation: Delegation) -> str:
    """Say in a few words what is delegated."""
    if delegation.is_verification and delegation.is_shipping:
        return gettext("verifies and ships to the customer")
    return gettext("verifies") if delegation.is_verification else gettext("ships to the customer")


class DelegationList(RecordListView):
    """Show the delegations a person may see: to a vendor those to its sites, to a customer those of its parts."""

    roles = EVERYBODY
    model = Delegation
    template_name = "portal/list.html"
    ordering = ("-pk",)

    def queryset_for(self, person):
        joins = ("site__organization", "customer", "part", "order_line__order")
        return super().queryset_for(person).select_related(*joins)

    def context(self, rows):
        person, today = self.request.user, timezone.localdate()
        may_act = person.is_shop and person.role in BUYERS
        whose = [] if person.is_vendor else [{"key": "customer", "label": _("Customer")}]
        return {
            "heading": _("Delegations"),
            "lead": _("Which vendor's site verifies or ships in our place, by which writing and until when."),
            "columns": [
                {"key": "number", "label": _("Delegation"), "kind": "code", "url_key": "url"},
                {"key": "site", "label": _("Site")},
                *whose,
                {"key": "what", "label": _("In our place it")},
                {"key": "valid_to", "label": _("Valid to"), "kind": "day"},
                {"key": "standing", "label": _("Standing"), "kind": "state"},
            ],
            "rows": [
                {
                    "number": each.number,
                    "url": each.get_absolute_url(),
                    "site": str(each.site),
                    "customer": each.customer.name,
                    "what": what_of(each),
                    "valid_to": each.valid_to,
                    "standing": standing_of(each, today),
                }
                for each in rows
            ],
            "acts": [act(_("Record a delegation"), "subcontract:delegation-sign", is_main=True)]
            if may_act
            else [],
            "empty_heading": _("Nothing is delegated"),
            "empty_sentence": _("Pieces come home to be verified and leave for the customer from here."),
        }


class DelegationDetail(RecordView):
    """Show one delegation: what, for whose parts, by which writings, and how it stands."""

    roles = EVERYBODY
    model = Delegation
    template_name = "subcontract/delegation_detail.html"

    def queryset_for(self, person):
        joins = ("site__organization", "customer", "part", "order_line__order", "signature")
        return super().queryset_for(person).select_related(*joins)

    def context(self, record):
        person, today = self.request.user, timezone.localdate()
        is_open = record.ended_on is None and today <= record.valid_to
        is_named = not person.is_vendor or record.customer.is_shown_to_vendors
        accepted = f"{record.accepted_reference}, {say_day(record.accepted_on)}" if record.accepted_on else ""
        facts = [
            {"label": _("State"), "state": standing_of(record, today), "note": record.ended_reason},
            {"label": _("Site"), "value": str(record.site), "note": record.site.address},
            {"label": _("In our place it"), "value": what_of(record)},
            *([{"label": _("Customer"), "value": record.customer.name}] if is_named else []),
            {"label": _("Part"), "value": record.part.number if record.part else _("every part")},
            {"label": _("Order"), "value": str(record.order_line) if record.order_line else _("every order")},
            {"label": _("Our writing"), "value": record.reference},
            *([{"label": _("The customer's writing"), "value": accepted}] if is_named and accepted else []),
            {"label": _("From"), "value": say_day(record.valid_from)},
            {"label": _("Last day"), "value": say_day(record.valid_to)},
        ]
        if record.ended_on:
            facts.append({"label": _("Ended"), "value": say_day(record.ended_on)})
        return {
            "facts": facts,
            "files": self.files(record, person, is_named),
            "acts": [act(_("End it"), "subcontract:delegation-end", number=record.number)]
            if is_open and person.role in BUYERS and person.is_shop
            else [],
            "is_shop": person.is_shop,
            "events": history_of(person, "delegation", record.number) if person.is_shop else [],
            "crumbs": [crumb(_("Delegations"), "subcontract:delegation-list")],
        }

    def files(self, record, person, is_named):
        kept = [(_("Our writing"), record.file_id, "delegation-file")]
        kept += (
            [(_("The customer's writing"), record.accepted_file_id, "delegation-acceptance")]
            if is_named
            else []
        )
        return [
            {"label": label, "url": reverse(f"subcontract:{name}", args=[record.number])}
            for label, key, name in kept
            if key
        ]


class DelegationSign(PersonVerb):
    """Record and sign a delegation."""

    scope = LIST
    roles = BUYERS
    form_class = DelegationForm
    heading = "Record a delegation"
    lead = "What a vendor's site does in our place is written down before it does it. We stay responsible."
    submit_label = "Sign the delegation"
    done = "{result.number} is signed; it holds to {result.valid_to}."
    needs_reauth = True
    meaning = "I delegate this, by the writings named, to this site."

    def act(self, record, data, *, by, token=None):
        return delegations.delegate(by=by, token=token, **data)

    def cancel_url(self):
        return reverse("subcontract:delegation-list")


class DelegationEnd(PersonVerb):
    """End a delegation."""

    roles = BUYERS
    model = Delegation
    form_class = EndForm
    heading = "End {record}"
    lead = "From that day the site acts in our place no more; what it did from that day on is open again."
    submit_label = "End"
    done = "{result} ended on {result.ended_on}."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return delegations.end_delegation(by=by, delegation=record, **data)


class DelegationFile(FileView):
    """Serve our writing of a delegation."""

    roles = EVERYBODY
    model = Delegation
    is_inline = True

    def stored_file(self, record):
        return record.file


class DelegationAcceptance(FileView):
    """Serve the customer's writing of a delegation; a vendor reads it only where it may know the customer."""

    roles = EVERYBODY
    model = Delegation
    is_inline = True

    def queryset_for(self, person):
        seen = super().queryset_for(person)
        return seen.filter(customer__is_shown_to_vendors=True) if person.is_vendor else seen

    def stored_file(self, record):
        return record.accepted_file
