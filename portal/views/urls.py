"""The portal's own addresses: entrance, people, organizations."""

from __future__ import annotations

from django.urls import path, register_converter

from portal.views import (
    deputies,
    entrance,
    home,
    jobs,
    labels,
    languages,
    log,
    mails,
    organizations,
    people,
    pins,
    reversals,
    settings,
    store,
    tokens,
)
from portal.views.components import components
from portal.views.converters import EmailConverter

app_name = "portal"
register_converter(EmailConverter, "email")

PERSON = "people/<email:email>/"
ORGANIZATION = "organizations/<str:number>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("health/", home.health, name="health"),
    path("components/", components, name="components"),
    path("sign-in/", entrance.SignIn.as_view(), name="sign-in"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("language/", languages.choose, name="language"),
    path("set-up/", entrance.SetUp.as_view(), name="set-up"),
    path("password-reset/", entrance.PasswordReset.as_view(), name="password-reset"),
    path(
        "password-reset/<str:uid>/<str:token>/",
        entrance.PasswordResetConfirm.as_view(),
        name="password-reset-confirm",
    ),
    path("invitations/<str:token>/", entrance.InvitationAccept.as_view(), name="invitation-accept"),
    path("me/", people.Me.as_view(), name="me"),
    path("me/pin/", pins.PinSet.as_view(), name="pin-set"),
    path("me/password/", people.PasswordChange.as_view(), name="password-change"),
    path("me/mails/", mails.MailSettingsChange.as_view(), name="mail-settings"),
    path("me/tokens/", tokens.TokenList.as_view(), name="token-list"),
    path("me/tokens/make/", tokens.TokenMake.as_view(), name="token-make"),
    path("me/tokens/<str:prefix>/revoke/", tokens.TokenRevoke.as_view(), name="token-revoke"),
    path("people/", people.PersonList.as_view(), name="person-list"),
    path("people/invite/", people.PersonInvite.as_view(), name="person-invite"),
    path(f"{PERSON}disable/", people.PersonDisable.as_view(), name="person-disable"),
    path(f"{PERSON}enable/", people.PersonEnable.as_view(), name="person-enable"),
    path(f"{PERSON}eligibility/", people.PersonEligibility.as_view(), name="person-eligibility"),
    path(f"{PERSON}badge/", pins.BadgeGive.as_view(), name="person-pin"),
    path(f"{PERSON}authorities/grant/", people.AuthorityGrant.as_view(), name="authority-grant"),
    path(f"{PERSON}authorities/withdraw/", people.AuthorityWithdraw.as_view(), name="authority-withdraw"),
    path(f"{PERSON}deputies/name/", deputies.DeputyName.as_view(), name="deputy-name"),
    path(f"{PERSON}deputies/end/", deputies.DeputyEnd.as_view(), name="deputy-end"),
    path(f"{PERSON}role/", people.PersonRole.as_view(), name="person-role"),
    path(f"{PERSON}title/", people.PersonTitle.as_view(), name="person-title"),
    path(PERSON, people.PersonDetail.as_view(), name="person-detail"),
    path("organizations/", organizations.OrganizationList.as_view(), name="organization-list"),
    path("organizations/create/", organizations.OrganizationCreate.as_view(), name="organization-create"),
    path(f"{ORGANIZATION}sites/create/", organizations.SiteCreate.as_view(), name="site-create"),
    path(ORGANIZATION, organizations.OrganizationDetail.as_view(), name="organization-detail"),
    path("settings/", settings.settings, name="settings"),
    path("reversals/", reversals.ReversalList.as_view(), name="reversal-list"),
    path("reversals/<str:number>/", reversals.ReversalDetail.as_view(), name="reversal-detail"),
    path("store/", store.StoreFindingList.as_view(), name="store-finding-list"),
    path("labels/", labels.LabelList.as_view(), name="label-list"),
    path("labels/add/", labels.LabelAdd.as_view(), name="label-add"),
    path("labels/<str:code>/change/", labels.LabelChange.as_view(), name="label-change"),
    path("log/", log.log, name="log"),
    path("log/checkpoint/", log.checkpoint, name="log-checkpoint"),
    path("log/keys/", log.keys, name="log-keys"),
    path("log/consistency/<int:old>/<int:new>/", log.consistency, name="log-consistency"),
    path("log/consistency/<int:old>/<int:new>/proof/", log.consistency_file, name="log-consistency-file"),
    path("log/entries/<str:leaf>/", log.LogEntryDetail.as_view(), name="log-entry"),
    path("log/entries/<str:leaf>/proof/", log.LogEntryProof.as_view(), name="log-proof"),
    path("log/entries/<str:leaf>/bytes/", log.LogEntryBytes.as_view(), name="log-bytes"),
    path("jobs/", jobs.JobList.as_view(), name="job-list"),
    path("jobs/<path:key>/retry/", jobs.JobRetry.as_view(), name="job-retry"),
]
