"""The doors anybody may stand before: sign in, set up, accept an invitation, ask for a new password."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal.domain import accounts, passwords
from portal.domain.errors import Refused
from portal.domain.sign_in import sign_in
from portal.forms import NewPasswordForm, ResetAskForm, SetUpForm, SignInForm
from portal.sessions import begin_session
from portal.views.doors import PUBLIC, opens
from portal.views.verbs import VerbView


def address_of(request: HttpRequest) -> str | None:
    """Return the network address of the other side.

    Forwarding headers are written by whoever likes to, so they are not read. Behind a socket there is none.
    """
    return request.META.get("REMOTE_ADDR") or None


class EntranceView(VerbView):
    """A form for somebody who is not signed in."""

    scope = PUBLIC
    roles = None
    template_name = "portal/entrance.html"
    links: tuple[tuple[str, str], ...] = ()

    def context(self, record) -> dict[str, object]:
        return {"links": [{"label": label, "url": reverse(name)} for label, name in self.links]}


class LinkView(EntranceView):
    """A form behind a link that may be used up; the link is looked at before the form is shown."""

    form_class = NewPasswordForm

    def check_link(self) -> object:
        """Return what the link stands for.

        Raises:  Refused when the link opens nothing.
        """
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            self.record = self.check_link()
        except Refused as refusal:
            words = {"heading": _("This link opens nothing"), "sentence": refusal.sentence}
            return render(request, "portal/link_refused.html", words, status=410)
        return super().dispatch(request, *args, **kwargs)


class SignIn(EntranceView):
    """Begin a session."""

    form_class = SignInForm
    heading = _("Sign in")
    submit_label = _("Sign in")
    links = ((_("I do not know my password"), "portal:password-reset"),)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(self.success_url(request.user))
        if not accounts.is_set_up():
            return HttpResponseRedirect(reverse("portal:set-up"))
        return super().get(request, *args, **kwargs)

    def act(self, record, data, *, by, token=None):
        person = sign_in(email=data["email"], password=data["password"], address=address_of(self.request))
        begin_session(self.request, person)
        return person

    def success_url(self, result) -> str:
        wanted = self.request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(
            wanted, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )
        return wanted if is_ours else reverse("portal:home")


@require_POST
@opens(scope=PUBLIC)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("portal:sign-in"))


class SetUp(EntranceView):
    """Make the shop and its first manager, once."""

    form_class = SetUpForm
    heading = _("Set up the portal")
    lead = _(
        "Nobody has an account yet. This page makes your shop and its first manager, then closes for ever."
    )
    submit_label = _("Set up")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if accounts.is_set_up():
            return HttpResponseRedirect(reverse("portal:sign-in"))
        return super().get(request, *args, **kwargs)

    def act(self, record, data, *, by, token=None):
        person = accounts.set_up(
            shop={"number": data["shop_number"], "name": data["shop_name"]},
            site={
                "code": "MAIN",
                "name": data["site_name"],
                "country": data["country"],
                "time_zone": data["time_zone"],
            },
            person={name: data[name] for name in ("email", "printed_name", "title")},
            password=data["new_password"],
        )
        begin_session(self.request, person)
        return person

    def success_url(self, result) -> str:
        return reverse("portal:home")


class InvitationAccept(LinkView):
    """Make the account an invitation offers."""

    heading = _("Welcome, {record.printed_name}")
    lead = _(
        "{record.invited_by.printed_name} invited you for {record.organization.name}. "
        "You will sign in as {record.email}. Choose a password."
    )
    submit_label = _("Open my account")
    done = _("Your account is open.")

    def check_link(self) -> object:
        return accounts.find_invitation(token=self.kwargs["token"])

    def act(self, record, data, *, by, token=None):
        person = accounts.accept_invitation(token=self.kwargs["token"], password=data["new_password"])
        begin_session(self.request, person)
        return person

    def success_url(self, result) -> str:
        return reverse("portal:home")


class PasswordReset(EntranceView):
    """Ask for a link that sets a new password."""

    form_class = ResetAskForm
    heading = _("Ask for a new password")
    lead = _("If the address has an account, a link goes to its mailbox.")
    submit_label = _("Send the link")
    done = _("If this address has an account, a link is on its way. It holds for one hour.")

    def act(self, record, data, *, by, token=None):
        passwords.ask_for_reset(email=data["email"], address=address_of(self.request))

    def success_url(self, result) -> str:
        return reverse("portal:sign-in")


class PasswordResetConfirm(LinkView):
    """Set a new password by a mailed link."""

    heading = _("Set a new password")
    lead = _("For the account {record.email}. Every open session of it ends.")
    submit_label = _("Set the password")
    done = _("The new password holds. Sign in with it.")

    def check_link(self) -> object:
        return passwords.find_reset(uid=self.kwargs["uid"], token=self.kwargs["token"])

    def act(self, record, data, *, by, token=None):
        return passwords.reset_password(**self.kwargs, password=data["new_password"])

    def success_url(self, result) -> str:
        return reverse("portal:sign-in")
