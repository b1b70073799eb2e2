"""Roles and titles: a manager changes them, never one's own, and the last manager stays."""

import pytest
from django.test import Client

from portal.domain import roles
from portal.domain.accounts import LastManager, RoleDoesNotFit, disable_person
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event, Person

pytestmark = pytest.mark.django_db


def change(cast, **changes):
    facts = {
        "by": cast.manager,
        "person": cast.operator,
        "role": Person.INSPECTOR,
        "reason": "Passed the course",
    }
    return roles.change_role(**facts | changes)


def test_a_manager_changes_a_role_and_it_is_written_down(cast):
    assert change(cast).role == Person.INSPECTOR
    event = Event.objects.get(verb="change_role")
    assert (event.number, event.data) == (
        cast.operator.email,
        {"from": "operator", "to": "inspector", "reason": "Passed the course"},
    )


def test_a_new_role_ends_every_session_of_that_person_and_of_nobody_else(cast):
    clients = {}
    for name in ("operator", "inspector"):
        clients[name] = Client()
        clients[name].force_login(getattr(cast, name))
    change(cast)
    assert clients["operator"].get("/me/").url == "/sign-in/?next=/me/"
    assert clients["inspector"].get("/me/").status_code == 200


def test_a_new_key_of_the_portal_keeps_sessions_and_a_new_role_still_ends_them(cast, sign_in, settings):
    client = sign_in(cast.operator)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 6, [settings.SECRET_KEY]
    assert client.get("/me/").status_code == 200
    change(cast)
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize(
    ("who", "refusal", "sentence"),
    [
        ("quality", NotEntitled, "Maud Ferreira may not change roles; ask a manager."),
        (
            "operator",
            NotEntitled,
            "Sami Okonjo may not change roles; ask a manager.",
        ),
    ],
)
def test_only_a_manager_changes_roles(cast, who, refusal, sentence):
    with pytest.raises(refusal) as refused:
        change(cast, by=getattr(cast, who))
    assert refused.value.sentence == sentence


def test_nobody_changes_their_own_role(cast):
    with pytest.raises(NotEntitled) as refused:
        change(cast, person=cast.manager, role=Person.QUALITY)
    assert refused.value.sentence == (
        "Ines Calloway may not change a role of their own; ask another manager."
    )


@pytest.mark.parametrize("role", [Person.VENDOR, Person.BUYER, "king"])
def test_a_role_of_another_kind_of_organization_does_not_fit(cast, role):
    with pytest.raises(RoleDoesNotFit):
        change(cast, role=role)
    assert Person.objects.get(pk=cast.operator.pk).role == Person.OPERATOR


def test_the_present_role_and_a_disabled_account_are_refused(cast):
    with pytest.raises(NotTheMoment) as refused:
        change(cast, role=Person.OPERATOR)
    assert refused.value.sentence == "Sami Okonjo works as operator already."
    disable_person(by=cast.manager, person=cast.operator, reason="Left")
    with pytest.raises(NotTheMoment) as refused:
        change(cast)
    assert refused.value.sentence == ("Sami Okonjo is disabled. Enable the account before its role changes.")


def test_a_manager_who_was_disabled_changes_nothing(cast):
    disable_person(by=cast.second_manager, person=cast.manager, reason="Left")
    with pytest.raises(NotEntitled):
        change(cast)


def test_one_manager_may_become_something_else_while_another_stays(cast):
    demoted = change(cast, person=cast.second_manager, role=Person.QUALITY)
    assert demoted.role == Person.QUALITY
    with pytest.raises(LastManager):
        disable_person(by=cast.manager, person=cast.manager, reason="Quarrel")


def test_a_title_is_changed_by_a_manager_and_never_emptied(cast):
    titled = roles.change_title(by=cast.manager, person=cast.operator, title=" Lead machinist ")
    assert titled.title == "Lead machinist"
    assert Event.objects.get(verb="change_title").data == {"from": "Machinist", "to": "Lead machinist"}
    with pytest.raises(Incomplete):
        roles.change_title(by=cast.manager, person=cast.operator, title="  ")
    with pytest.raises(NotEntitled):
        roles.change_title(by=cast.quality, person=cast.operator, title="Chief")


def test_the_page_offers_the_other_roles_of_the_organization(cast, sign_in):
    page = sign_in(cast.manager).get(f"/people/{cast.operator.email}/role/")
    assert [code for code, _ in page.context["form"].fields["role"].choices] == [
        "inspector",
        "quality",
        "manager",
    ]
    page = sign_in(cast.manager).get(f"/people/{cast.vendor.email}/role/")
    assert page.context["form"].fields["role"].choices == []


def test_a_manager_changes_role_and_title_on_the_page(cast, sign_in):
    client = sign_in(cast.manager)
    page = f"/people/{cast.operator.email}/"
    answer = client.post(f"{page}role/", {"role": "inspector", "reason": "Passed"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "The role of Sami Okonjo is changed; they sign in again."
    ]
    client.post(f"{page}title/", {"title": "Inspector, second shift"})
    current = Person.objects.get(pk=cast.operator.pk)
    assert (current.role, current.title) == ("inspector", "Inspector, second shift")


def test_ones_own_page_does_not_offer_ones_own_role(cast, sign_in):
    client = sign_in(cast.manager)
    links = [
        f'href="/people/{person.email}/role/"' in client.get(f"/people/{person.email}/").content.decode()
        for person in (cast.manager, cast.second_manager)
    ]
    assert links == [False, True]
