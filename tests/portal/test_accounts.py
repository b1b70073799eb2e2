from datetime import timedelta

import pytest
from django.utils import timezone

from portal.domain import accounts
from portal.domain.errors import NotEntitled, NotTheMoment
from portal.domain.passwords import PasswordTooWeak
from portal.domain.roles import change_role
from portal.models import Event, Invitation, Organization, Person, Site
from tests.cast import PASSWORD, make_person

STRONG = "four quiet herons at dawn"
SET_UP = {
    "shop_number": "halden",
    "shop_name": "Halden Precision",
    "site_name": "Main works",
    "country": "us",
    "time_zone": "America/Chicago",
    "printed_name": "Ines Calloway",
    "title": "General manager",
    "email": "Ines@Halden.example",
    "new_password": STRONG,
    "repeated": STRONG,
}
USED = "This invitation was used before, is too old or was replaced. Ask whoever invited you for a new one."


def invite(cast, **changes):
    facts = {
        "by": cast.manager,
        "email": "nell@halden.example",
        "printed_name": "Nell Comer",
        "organization": cast.shop,
        "role": Person.INSPECTOR,
    }
    return accounts.invite(**facts | changes)


def test_the_first_page_sets_up_shop_site_and_manager_and_then_closes(client, db):
    assert client.get("/sign-in/").url == "/set-up/"
    assert client.get("/set-up/").status_code == 200
    answer = client.post("/set-up/", SET_UP)
    assert (answer.status_code, answer.url) == (302, "/")
    person, site = Person.objects.get(), Site.objects.get()
    assert (person.email, person.role, person.organization.number) == (
        "ines@halden.example",
        "manager",
        "HALDEN",
    )
    assert (site.country, site.time_zone, site.organization) == ("US", "America/Chicago", person.organization)
    assert [event.verb for event in Event.objects.order_by("id")] == ["add", "add_site", "set_up"]
    client.post("/sign-out/")
    assert client.get("/set-up/").url == "/sign-in/"
    again = client.post("/set-up/", SET_UP | {"email": "other@halden.example"})
    assert again.context["form"].non_field_errors() == [
        "The portal is set up already. Sign in, or ask a manager for an invitation."
    ]
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"country": "U1"}, "'U1' is not a country code of two letters, as in US or DE."),
        (
            {"shop_number": "a b"},
            "'a b' is not a short code. Use letters A to Z, digits and hyphens, as in NORTH-1.",
        ),
        (
            {"new_password": "passwordpassword", "repeated": "passwordpassword"},
            None,
        ),
        (
            {"new_password": "short", "repeated": "short"},
            "This password is too short. It must contain at least 12 characters.",
        ),
    ],
)
def test_a_set_up_that_is_refused_leaves_nothing_behind(client, db, change, sentence):
    answer = client.post("/set-up/", SET_UP | change)
    if sentence is None:
        assert (answer.status_code, Organization.objects.count()) == (302, 1)
        return
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [sentence]
    assert (Organization.objects.count(), Person.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_two_different_passwords_are_told_apart(client, db):
    answer = client.post("/set-up/", SET_UP | {"repeated": "something else entirely"})
    assert answer.context["form"].errors["repeated"] == ["The two new passwords differ. Type both again."]


def test_an_invitation_makes_one_account_once(client, cast):
    invitation, token = invite(cast)
    assert token not in str(Invitation.objects.values())
    page = client.get(f"/invitations/{token}/")
    assert "Ines Calloway invited you for Halden Precision." in page.content.decode()
    answer = client.post(f"/invitations/{token}/", {"new_password": STRONG, "repeated": STRONG})
    assert (answer.status_code, answer.url) == (302, "/")
    person = Person.objects.get(email="nell@halden.example")
    assert (person.role, person.organization, person.check_password(STRONG)) == ("inspector", cast.shop, True)
    assert client.get("/me/").context["request"].user == person
    again = client.post(f"/invitations/{token}/", {"new_password": STRONG, "repeated": STRONG})
    assert (again.status_code, again.context["sentence"]) == (410, USED)


@pytest.mark.parametrize("how", ["too old", "replaced", "altered"])
def test_a_link_that_holds_no_more_is_refused(client, cast, how):
    at = timezone.now() - timedelta(days=14, seconds=1) if how == "too old" else None
    _, token = invite(cast, at=at)
    if how == "replaced":
        invite(cast)
    if how == "altered":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    answer = client.get(f"/invitations/{token}/")
    assert (answer.status_code, answer.context["sentence"]) == (410, USED)


@pytest.mark.parametrize("how", ["disabled", "no manager any more"])
def test_a_link_ends_with_the_rights_of_whoever_sent_it(client, cast, how):
    _, token = invite(cast)
    assert client.get(f"/invitations/{token}/").status_code == 200
    if how == "disabled":
        accounts.disable_person(by=cast.second_manager, person=cast.manager, reason="Left")
    else:
        change_role(by=cast.second_manager, person=cast.manager, role="operator", reason="Back to the floor")
    answer = client.post(f"/invitations/{token}/", {"new_password": STRONG, "repeated": STRONG})
    assert (answer.status_code, answer.context["sentence"]) == (410, USED)


def test_a_link_replaced_while_it_is_taken_up_makes_no_account(cast, monkeypatch):
    _, token = invite(cast)
    lock = accounts.lock

    def replaced_meanwhile(invitation):
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
        return lock(invitation)

    monkeypatch.setattr(accounts, "lock", replaced_meanwhile)
    with pytest.raises(accounts.InvitationRefused):
        accounts.accept_invitation(token=token, password=STRONG)
    assert not Person.objects.filter(email="nell@halden.example").exists()


def test_a_weak_password_leaves_the_invitation_open(cast):
    invitation, token = invite(cast)
    with pytest.raises(PasswordTooWeak, match="too similar to the printed name|too short|too common"):
        accounts.accept_invitation(token=token, password="password1234"[:8])
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert accounts.accept_invitation(token=token, password=STRONG).email == "nell@halden.example"


def test_only_a_manager_invites(cast):
    with pytest.raises(NotEntitled, match="Maud Ferreira may not invite people; ask a manager."):
        invite(cast, by=cast.quality)
    assert invite(cast)[0].invited_by == cast.manager


def test_a_role_must_fit_the_organization(cast):
    with pytest.raises(accounts.RoleDoesNotFit) as refusal:
        invite(cast, organization=cast.vendor_organization)
    assert refusal.value.sentence == (
        "Inspector is not a role of Brightwater Finishing, which is a vendor. Choose one of: Vendor."
    )
    assert invite(cast, organization=cast.vendor_organization, role=Person.VENDOR)[0].role == "vendor"


def test_an_address_has_one_account(cast):
    with pytest.raises(accounts.AddressTaken, match="has an account already"):
        invite(cast, email=cast.operator.email.upper())


def test_disabling_ends_an_account_and_enabling_opens_it_again(cast):
    with pytest.raises(NotEntitled, match="may not disable people"):
        accounts.disable_person(by=cast.quality, person=cast.operator, reason="Left")
    person = accounts.disable_person(by=cast.manager, person=cast.operator, reason="Left")
    assert (person.is_active, person.disabled_at is None) == (False, False)
    with pytest.raises(NotTheMoment, match="Sami Okonjo is disabled already."):
        accounts.disable_person(by=cast.manager, person=person, reason="Left")
    with pytest.raises(NotEntitled, match="may not enable people"):
        accounts.enable_person(by=cast.quality, person=person, reason="Back")
    person = accounts.enable_person(by=cast.manager, person=person, reason="Back")
    assert (person.is_active, person.disabled_at, person.check_password(PASSWORD)) == (True, None, True)
    with pytest.raises(NotTheMoment, match="Sami Okonjo is not disabled."):
        accounts.enable_person(by=cast.manager, person=person, reason="Back")


def test_the_last_manager_stays(cast):
    accounts.disable_person(by=cast.manager, person=cast.second_manager, reason="Left")
    with pytest.raises(accounts.LastManager, match="Ines Calloway is the only manager."):
        accounts.disable_person(by=cast.manager, person=cast.manager, reason="Left")
    make_person(printed_name="Otto Lind", title="Manager", organization=cast.shop, role=Person.MANAGER)
    assert not accounts.disable_person(by=cast.manager, person=cast.manager, reason="Left").is_active


def test_nobody_decides_their_own_export_eligibility(cast):
    with pytest.raises(NotEntitled, match="or another one about yourself"):
        accounts.set_export_eligibility(
            by=cast.manager, person=cast.manager, is_eligible=True, basis="Passport"
        )
    with pytest.raises(NotEntitled, match="may not decide this"):
        accounts.set_export_eligibility(
            by=cast.quality, person=cast.operator, is_eligible=True, basis="Passport"
        )
    person = accounts.set_export_eligibility(
        by=cast.second_manager, person=cast.manager, is_eligible=True, basis="Passport"
    )
    assert person.is_export_eligible
