"""API tokens: one's own keys for machines, made with the password, shown once, ended at once."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.domain import tokens
from portal.models import ApiToken
from portal.permissions import EVERYBODY, MANAGERS, may_revoke
from portal.views.doors import SELF
from portal.views.verbs import RecordListView, VerbView

COLUMNS = [
    {"key": "prefix", "label": _("Begins with"), "kind": "code"},
    {"key": "purpose", "label": _("Purpose"), "note_key": "person"},
    {"key": "may", "label": _("May")},
    {"key": "expires_at", "label": _("Until"), "kind": "moment"},
    {"key": "last_used_at", "label": _("Last used"), "kind": "moment", "empty": _("never")},
    {"key": "state", "label": _("State"), "kind": "state"},
    {"key": "act", "label": _("Act"), "url_key": "url", "empty": ""},
]


class TokenForm(forms.Form):
    """What the token is for, how long, and whether it may change things."""

    purpose = forms.CharField(max_length=120, help_text=_("What uses it, as in ERP order feed."))
    days = forms.IntegerField(
        label=_("Days it lasts"),
        min_value=1,
        max_value=tokens.LONGEST_DAYS,
        initial=90,
        help_text=_("At most a year; make the next one before it ends."),
    )
    can_write = forms.BooleanField(
        label=_("It may also bring in and change records"),
        required=False,
        help_text=_("Without this it only reads. It never signs."),
    )


def back() -> list[dict[str, str]]:
    return [
        {"label": _("Your account"), "url": reverse("portal:me")},
        {"label": _("API tokens"), "url": reverse("portal:token-list")},
    ]


class TokenList(RecordListView):
    """Show one's own tokens; to a manager everybody's."""

    scope = SELF
    roles = EVERYBODY
    model = ApiToken
    template_name = "portal/list.html"

    def queryset_for(self, person):
        found = super().queryset_for(person).select_related("person")
        return found if person.role in MANAGERS else found.filter(person=person)

    def context(self, rows):
        make = {"label": _("Make a token"), "url": reverse("portal:token-make"), "is_main": True}
        return {
            "heading": _("API tokens"),
            "lead": _("Keys for machines. Each sees what its person sees, and none can sign."),
            "columns": COLUMNS,
            "rows": [self.row(each) for each in rows],
            "acts": [make],
            "crumbs": back()[:1],
            "empty_heading": _("No token yet"),
            "empty_sentence": _("Make one for each program that reads or brings in records for you."),
        }

    def row(self, token: ApiToken) -> dict:
        is_over = token.expires_at <= timezone.now() or not token.person.is_active
        state = "revoked" if token.revoked_at else "expired" if is_over else "active"
        is_open = state == "active" and may_revoke(self.request.user, token)
        return {
            "prefix": token.prefix,
            "purpose": token.purpose,
            "person": token.person.printed_name if token.person_id != self.request.user.pk else "",
            "may": "read and write" if token.can_write else "read",
            "expires_at": token.expires_at,
            "last_used_at": token.last_used_at,
            "state": state,
            "act": _("Revoke") if is_open else "",
            "url": reverse("portal:token-revoke", args=[token.prefix]) if is_open else "",
        }


class TokenMake(VerbView):
    """Make a token; its secret is shown this one time."""

    scope = SELF
    roles = EVERYBODY
    form_class = TokenForm
    heading = _("Make a token")
    lead = _("For one program and one purpose. It sees what you see; it never signs.")
    submit_label = _("Make the token")
    needs_reauth = True
    meaning = _("I give this program what I may see")

    def act(self, record, data, *, by, token=None):
        return tokens.make_token(by=by, token=token, **data)

    def context(self, record):
        return {"crumbs": back()}

    def cancel_url(self) -> str:
        return reverse("portal:token-list")

    def answer(self, result) -> HttpResponse:
        made, secret = result
        words = {"made": made, "secret": secret, "crumbs": back()}
        return render(self.request, "portal/token_made.html", words)


class TokenRevoke(VerbView):
    """End a token."""

    roles = EVERYBODY
    permission = may_revoke
    forbidden = _("A token is revoked by its own person or by a manager.")
    model = ApiToken
    lookup = {"prefix": "prefix"}
    heading = _("Revoke token {record.prefix}")
    lead = _("Used for: {record.purpose}. Its next call is refused.")
    submit_label = _("Revoke it")
    is_danger = True
    done = _("Token {record.prefix} opens nothing any more.")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("person")

    def act(self, record, data, *, by, token=None):
        return tokens.revoke_token(by=by, api_token=record)

    def context(self, record):
        return {"crumbs": back()}

    def cancel_url(self) -> str:
        return reverse("portal:token-list")
