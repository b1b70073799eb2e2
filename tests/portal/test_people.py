from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import Authority, Person
from tests.cast import make_person

GRANT = {"act": "certify", "valid_from": "2026-01-01", "basis": "Delegation letter 3"}


def address(person: Person, verb: str = "") -> str:
    return f"/people/{person.email}/{verb}"


def test_the_list_shows_everybody_and_offers_invitations_to_managers(sign_in, cast):
    answer = sign_in(cast.manager).get("/people/")
    shown = [row["printed_name"] for row in answer.context["rows"]]
    assert sorted(shown) == sorted(person.printed_name for person in cast.people.values())
    assert [act["label"] for act in answer.context["acts"]] == ["Invite a person"]
    answer = sign_in(cast.operator).get("/people/")
    assert [act["label"] for act in answer.context["acts"]] == []


@pytest.mark.parametrize("place", ["/people/", "/organizations/"])
def test_a_list_costs_the_same_for_more_rows(sign_in, cast, django_assert_num_queries, place):
    client = sign_in(cast.manager)
    for turn in range(2):
        with django_assert_num_queries(4):
            client.get(place)
        make_person(printed_name=f"New {turn}", title="", organization=cast.shop, role=Person.OPERATOR)


def test_a_page_shows_how_each_authority_stands(sign_in, cast):
    today = timezone.localdate()
    cast.operator.authorities.all().delete()
    facts = {"person": cast.operator, "basis": "Training"}
    Authority.objects.create(act="inspect", valid_from=today - timedelta(9), valid_to=today, **facts)
    Authority.objects.create(
        act="certify", valid_from=today - timedelta(9), valid_to=today - timedelta(1), **facts
    )
    Authority.objects.create(act="release", valid_from=today + timedelta(1), **facts)
    Authority.objects.create(act="sign_step", valid_from=today, withdrawn_at=timezone.now(), **facts)
    answer = sign_in(cast.quality).get(address(cast.operator))
    assert [(row["authority"].act, row["state"]) for row in answer.context["authorities"]] == [
        ("inspect", "active"),
        ("certify", "expired"),
        ("release", "planned"),
        ("sign_step", "withdrawn"),
    ]


def test_a_manager_grants_and_withdraws_on_the_page(sign_in, cast):
    client = sign_in(cast.manager)
    answer = client.post(address(cast.operator, "authorities/grant/"), GRANT, follow=True)
    assert [str(each) for each in answer.context["messages"]] == ["Sami Okonjo holds the authority."]
    granted = cast.operator.authorities.get(act="certify")
    assert (str(granted.valid_from), granted.customer, granted.basis) == (
        "2026-01-01",
        None,
        "Delegation letter 3",
    )
    gone = {"authority": granted.pk, "reason": "Left the line"}
    answer = client.post(address(cast.operator, "authorities/withdraw/"), gone, follow=True)
    assert [str(each) for each in answer.context["messages"]] == [
        "The authority of Sami Okonjo is withdrawn."
    ]
    granted.refresh_from_db()
    assert granted.withdrawn_at is not None


def test_an_authority_of_somebody_else_cannot_be_withdrawn_through_this_page(sign_in, cast):
    other = cast.quality.authorities.first()
    answer = sign_in(cast.manager).post(
        address(cast.operator, "authorities/withdraw/"), {"authority": other.pk, "reason": "Mistake"}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["authority"])
    other.refresh_from_db()
    assert other.withdrawn_at is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"valid_from": "31/31/2026"}, "valid_from"),
        ({"act": "fly"}, "act"),
        ({"customer": "nobody"}, "customer"),
        ({"basis": "x\x00y"}, "basis"),
        ({"valid_to": "2025-01-01"}, "__all__"),
    ],
)
def test_a_grant_that_cannot_be_comes_back_with_what_was_typed(sign_in, cast, change, field):
    answer = sign_in(cast.manager).post(address(cast.operator, "authorities/grant/"), GRANT | change)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert form["valid_from"].value() == (GRANT | change)["valid_from"]
    assert cast.operator.authorities.filter(act="certify").count() == 0


def test_a_manager_disables_and_enables_on_the_page(sign_in, cast):
    client = sign_in(cast.manager)
    client.post(address(cast.operator, "disable/"), {"reason": "Left"})
    cast.operator.refresh_from_db()
    assert not cast.operator.is_active
    page = client.get(address(cast.operator)).content.decode()
    assert f"Left on {timezone.localdate():%-d %b %Y}; the name stays on what was signed." in page
    client.post(address(cast.operator, "enable/"), {"reason": "Back"})
    cast.operator.refresh_from_db()
    assert cast.operator.is_active


def test_a_manager_writes_down_an_eligibility(sign_in, cast):
    client = sign_in(cast.manager)
    client.post(address(cast.operator, "eligibility/"), {"is_eligible": "on", "basis": "Passport seen"})
    cast.operator.refresh_from_db()
    assert cast.operator.is_export_eligible
    own = client.post(address(cast.manager, "eligibility/"), {"is_eligible": "on", "basis": "Passport seen"})
    assert own.status_code == 422


def test_an_invitation_shows_its_link_once(sign_in, cast, client):
    words = {
        "printed_name": "Nell Comer",
        "email": "nell@brightwater.example",
        "organization": cast.vendor_organization.pk,
        "role": "vendor",
    }
    answer = sign_in(cast.manager).post("/people/invite/", words)
    link = answer.context["link"]
    assert link.startswith("http://testserver/invitations/")
    client.logout()
    assert client.get(link).status_code == 200


def test_an_address_with_a_slash_has_a_page(sign_in, cast):
    person = make_person(printed_name="Odd/One", title="", organization=cast.shop, role=Person.OPERATOR)
    assert sign_in(cast.manager).get("/people/").status_code == 200
    assert sign_in(cast.manager).get(address(person)).context["record"] == person


def test_everybody_sees_their_own_account(sign_in, cast):
    for person in cast.people.values():
        answer = sign_in(person).get("/me/")
        assert answer.status_code == 200
        assert person.email in answer.content.decode()
