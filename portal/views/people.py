"""The people of the portal: who they are, what they may sign, how they come and go."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.domain import accounts, authorities, passwords, roles
from portal.forms import (
    AuthorityGrantForm,
    AuthorityWithdrawForm,
    EligibilityForm,
    InvitationForm,
    PasswordChangeForm,
    ReasonForm,
    RoleForm,
    TitleForm,
)
from portal.models import Event, Person
from portal.permissions import MANAGERS, SHOP, may_manage_people
from portal.views.authority_words import authority_state, deputy_context
from portal.views.doors import LIST, SELF, Door
from portal.views.verbs import RecordListView, RecordView, VerbView

EVENTS_SHOWN = 20
COLUMNS = [
    {"key": "printed_name", "label": "Name", "url_key": "url", "note_key": "title"},
    {"key": "role", "label": "Role"},
    {"key": "organization", "label": "Organization"},
    {"key": "email", "label": "E-mail"},
    {"key": "state", "label": "Account", "kind": "state"},
]


def person_url(person: Person, verb: str = "person-detail") -> str:
    """Return the address of a person's page, or of an act upon it."""
    return reverse(f"portal:{verb}", kwargs={"email": person.email})


def pin_url(person: Person) -> str:
    """Return where badge and PIN of a person are set anew, when that page is there."""
    try:
        return person_url(person, "person-pin")
    except NoReverseMatch:
        return ""


def account_state(person: Person) -> str:
    return "active" if person.is_active else "disabled"


class PersonList(RecordListView):
    """Show everybody who has an account."""

    roles = SHOP
    model = Person
    template_name = "portal/list.html"
    ordering = ("-is_active", "organization__kind", "organization__name", "printed_name")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("organization")

    def context(self, rows):
        acts = [
            {"label": "Invite a person", "url": reverse("portal:person-invite"), "is_main": True},
        ]
        return {
            "heading": "People",
            "lead": "Everybody with an account. Nobody is deleted: who leaves is disabled and stays on records.",
            "columns": COLUMNS,
            "rows": [self.row(person) for person in rows],
            "acts": acts if may_manage_people(self.request.user) else [],
        }

    def row(self, person: Person) -> dict[str, str]:
        return {
            "printed_name": person.printed_name,
            "title": person.title,
            "url": person_url(person),
            "role": person.get_role_display(),
            "organization": person.organization.name,
            "email": person.email,
            "state": account_state(person),
        }


def person_facts(person: Person) -> list[dict[str, str]]:
    """Return what a page tells about a person."""
    return [
        {"label": _("Title"), "value": person.title or _("none")},
        {"label": _("Role"), "value": gettext(person.get_role_display())},
        {"label": _("Organization"), "value": person.organization.name},
        {"label": _("E-mail"), "value": person.email, "is_wide": True},
        {
            "label": _("Export-controlled data"),
            "value": _("may see it") if person.is_export_eligible else _("may not see it"),
        },
        {"label": _("Account"), "state": account_state(person)},
    ]


def authority_rows(person: Person) -> list[dict[str, object]]:
    """Return a person's authorities, those in force first, each with the word for how it stands today."""
    held = person.authorities.select_related("customer", "deputy_for__person").order_by("act", "valid_from")
    rows = [{"authority": authority, "state": authority_state(authority)} for authority in held]
    return sorted(rows, key=lambda row: row["state"] != "active")


class PersonRecord(RecordView):
    """What every page about one person shares: they are known by their e-mail address."""

    model = Person
    lookup = {"email": "email"}

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("organization")


class PersonDetail(PersonRecord):
    """Show one person, what they may sign, and what happened to their account."""

    roles = SHOP
    template_name = "portal/person_detail.html"

    def context(self, record):
        return {
            "facts": person_facts(record),
            "authorities": authority_rows(record),
            **deputy_context(record, self.request.user),
            "may_manage": may_manage_people(self.request.user),
            "events": Event.objects.filter(noun__in=("person", "authority"), number=record.email).order_by(
                "-id"
            )[:EVENTS_SHOWN],
            "pin_url": pin_url(record),
            "crumbs": [{"label": "People", "url": reverse("portal:person-list")}],
        }


class PersonVerb(PersonRecord, VerbView):
    """An act of a manager upon one person."""

    roles = MANAGERS

    def context(self, record):
        return {
            "crumbs": [
                {"label": "People", "url": reverse("portal:person-list")},
                {"label": record.printed_name, "url": person_url(record)},
            ]
        }

    def cancel_url(self) -> str:
        return person_url(self.record)

    def success_url(self, result) -> str:
        return person_url(self.record)


class PersonInvite(VerbView):
    """Invite one person; the link is shown once."""

    scope = LIST
    roles = MANAGERS
    form_class = InvitationForm
    heading = "Invite a person"
    lead = "They choose their own password. The link works once, within fourteen days."
    submit_label = "Make the link"

    def form_kwargs(self):
        return {"viewer": self.request.user}

    def act(self, record, data, *, by, token=None):
        return accounts.invite(by=by, **data)

    def cancel_url(self) -> str:
        return reverse("portal:person-list")

    def answer(self, result) -> HttpResponse:
        invitation, token = result
        address = reverse("portal:invitation-accept", kwargs={"token": token})
        words = {"invitation": invitation, "link": self.request.build_absolute_uri(address)}
        return render(self.request, "portal/invitation_made.html", words)


class PersonDisable(PersonVerb):
    """End an account."""

    form_class = ReasonForm
    heading = "Disable {record.printed_name}"
    lead = "They are signed out at once and cannot come back. Their name stays on everything they signed."
    submit_label = "Disable"
    is_danger = True
    done = "{result.printed_name} is disabled."

    def act(self, record, data, *, by, token=None):
        return accounts.disable_person(by=by, person=record, reason=data["reason"])


class PersonEnable(PersonVerb):
    """Open a disabled account again."""

    form_class = ReasonForm
    heading = "Enable {record.printed_name}"
    lead = "The account opens again with its old password and its old authorities."
    submit_label = "Enable"
    done = "{result.printed_name} may sign in again."

    def act(self, record, data, *, by, token=None):
        return accounts.enable_person(by=by, person=record, reason=data["reason"])


class PersonEligibility(PersonVerb):
    """Say whether a person may see export-controlled data."""

    form_class = EligibilityForm
    heading = "Export eligibility of {record.printed_name}"
    lead = "Name the evidence. Nobody decides this about themselves."
    done = "The eligibility of {result.printed_name} is written down."

    def get_initial(self):
        return {"is_eligible": self.record.is_export_eligible}

    def act(self, record, data, *, by, token=None):
        return accounts.set_export_eligibility(by=by, person=record, **data)


class PersonRole(PersonVerb):
    """Let a person work in another role."""

    form_class = RoleForm
    heading = "Role of {record.printed_name}"
    submit_label = "Change the role"
    done = "The role of {result.printed_name} is changed; they sign in again."

    def get_lead(self):
        return (
            f"Now {self.record.get_role_display().lower()}. Every session of theirs ends. Authorities stay as they "
            "were granted: look through them afterwards."
        )

    def form_kwargs(self):
        return {"person": self.record}

    def act(self, record, data, *, by, token=None):
        return roles.change_role(by=by, person=record, **data)


class PersonTitle(PersonVerb):
    """Write down the title a person signs with."""

    form_class = TitleForm
    heading = "Title of {record.printed_name}"
    lead = "What was signed before keeps the title it was signed with."
    submit_label = "Change the title"
    done = "{result.printed_name} signs as {result.title} from now on."

    def get_initial(self):
        return {"title": self.record.title}

    def act(self, record, data, *, by, token=None):
        return roles.change_title(by=by, person=record, **data)


class AuthorityGrant(PersonVerb):
    """Let a person sign one kind of act."""

    form_class = AuthorityGrantForm
    heading = "Grant {record.printed_name} an authority"
    lead = "An authority says what somebody may sign, for whom, and from when until when."
    submit_label = "Grant"
    done = "{result.person.printed_name} holds the authority."

    def form_kwargs(self):
        return {"viewer": self.request.user}

    def get_initial(self):
        return {"valid_from": timezone.localdate()}

    def act(self, record, data, *, by, token=None):
        return authorities.grant_authority(by=by, person=record, **data)


class AuthorityWithdraw(PersonVerb):
    """End an authority at once."""

    form_class = AuthorityWithdrawForm
    heading = "Withdraw an authority of {record.printed_name}"
    lead = "It ends at once. What was signed before stays signed."
    submit_label = "Withdraw"
    is_danger = True
    done = "The authority of {result.person.printed_name} is withdrawn."

    def form_kwargs(self):
        return {"person": self.record}

    def act(self, record, data, *, by, token=None):
        return authorities.withdraw_authority(by=by, **data)


class Me(Door):
    """Show somebody their own account."""

    scope = SELF
    roles = None

    def get(self, request) -> HttpResponse:
        me = request.user
        words = {"facts": person_facts(me), "authorities": authority_rows(me), **deputy_context(me, me)}
        return render(request, "portal/me.html", words)


class PasswordChange(VerbView):
    """Replace one's own password."""

    scope = SELF
    roles = None
    form_class = PasswordChangeForm
    heading = _("Change your password")
    lead = _("Your other sessions end.")
    submit_label = _("Change")
    done = _("Your new password holds.")

    def act(self, record, data, *, by, token=None):
        person = passwords.change_password(by=by, old=data["old_password"], new=data["new_password"])
        update_session_auth_hash(self.request, person)
        return person

    def cancel_url(self) -> str:
        return reverse("portal:me")

    def success_url(self, result) -> str:
        return reverse("portal:me")
