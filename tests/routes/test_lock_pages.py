"""The pages of setups, lock policies and handoffs, as the people who use them walk them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from routes.domain import setups
from routes.models import LockPolicy, ProductionHandoff, Setup
from tests.cast import PASSWORD
from tests.factories import routes as made
from tests.factories.locks import (
    COMMENTED,
    draft_lock_policy,
    make_lock_policy,
    make_prototype,
    make_second_setup,
    propose_setup,
)


def url(name, **kwargs):
    return reverse(f"routes:{name}", kwargs=kwargs)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def route(cast):
    return made.make_released_route(cast)


def test_setup_is_proposed_and_approved_by_another(cast, sign_in, route):
    client = sign_in(cast.quality)
    page = client.get(route.get_absolute_url())
    address = url("setup-propose", number=route.number, sequence=20)
    assert address in page.content.decode()
    asked = {
        "name": "Cell 2",
        "reason": "Cell 1 is full.",
        "fixture": "FX-30",
        "fixture_revision": "A",
        "program_of": route.operations.get(sequence=20).setups.get().pk,
        "machine": "VF-4",
    }
    answer = client.post(address, asked, follow=True)
    setup = Setup.objects.get(name="Cell 2")
    assert setup.nc_program_name == "O1001.nc"
    assert said(answer) == [f"Setup {setup.number} is proposed; another quality engineer approves it."]
    # whoever proposed it sees why it cannot be approved here
    assert answer.context["acts"][-1]["closed"] == (
        "You proposed this setup; another quality engineer approves it."
    )
    client = sign_in(cast.second_quality)
    address = url("setup-sign", number=setup.number)
    assert client.get(address).context["lead"] == (
        "Maud Ferreira: Cell 1 is full. To be approved: fixture FX-30 A; program O1001.nc; machine VF-4; "
        "site every site of the shop."
    )
    answer = client.post(address, {"password": PASSWORD}, follow=True)
    assert said(answer) == [f"Setup {setup.number} is approved; a run that equals it asks nothing."]
    answer = client.post(url("setup-withdraw", number=setup.number), {"reason": "Worn."}, follow=True)
    assert said(answer) == [f"Setup {setup.number} is withdrawn."]
    page = client.get(setup.get_absolute_url()).content.decode()
    assert "Worn." in page


def test_refused_proposal_keeps_what_was_typed(cast, sign_in, route):
    client = sign_in(cast.quality)
    address = url("setup-propose", number=route.number, sequence=20)
    assert client.get(address).context["form"].initial["fixture"] == "FX-12"
    typed = {"name": "Cell 2", "reason": "Full.", "fixture": "FX-12", "fixture_revision": "B"}
    program = SimpleUploadedFile("O1001.nc", made.NC_PROGRAM)
    answer = client.post(address, typed | {"nc_program": program})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        f"{Setup.objects.get().number} has this fixture, program, site and machine already. Run it; nothing is to "
        "approve."
    ]
    assert answer.context["form"]["reason"].value() == "Full."
    assert client.get(url("setup-propose", number=route.number, sequence=30)).status_code == 404


def test_proposal_is_declined_with_its_reason(cast, sign_in, route):
    setup = propose_setup(cast, route.operations.get(sequence=20))
    client = sign_in(cast.second_quality)
    answer = client.post(url("setup-decline", number=setup.number), {"reason": "Not measured."}, follow=True)
    assert said(answer) == [f"Setup {setup.number} is declined."]
    assert "Not measured." in answer.content.decode()


def test_policy_is_drafted_signed_and_listed(cast, sign_in):
    client = sign_in(cast.quality)
    address = url("lock-policy-draft")
    typed = {
        "customer": "",
        "routine": ["nc_program_comments", "machine"],
        "reason": "Nothing is cut otherwise.",
    }
    answer = client.post(address, typed, follow=True)
    policy = LockPolicy.objects.get()
    assert said(answer) == [f"{policy.number} is drafted; it changes nothing until it is signed."]
    assert [row["is_routine"] for row in answer.context["rows"]] == [
        False,
        True,
        False,
        False,
        False,
        True,
        False,
    ]
    client = sign_in(cast.second_quality)
    answer = client.post(url("lock-policy-sign", number=policy.number), {"password": PASSWORD}, follow=True)
    assert said(answer) == [f"{policy.number} is in force; it classes every difference recorded from now on."]
    page = client.get(url("lock-policy-list"))
    assert [(row.number, row.said) for row in page.context["rows"]] == [
        (policy.number, "Comments, dates and blank lines of the program; Machine")
    ]


def test_draft_policy_is_dropped(cast, sign_in):
    policy = draft_lock_policy(cast, "machine")
    answer = sign_in(cast.second_quality).post(
        url("lock-policy-drop", number=policy.number), {"reason": "Not agreed."}, follow=True
    )
    assert said(answer) == [f"{policy.number} is dropped."]


def test_lot_shows_routine_and_open_differences_with_the_setup_they_are_from(cast, sign_in):
    policy = make_lock_policy(cast, "nc_program_comments")
    step = made.step_at(made.make_open_traveler(cast, up_to=20), 20)
    client = sign_in(cast.operator)
    answer = client.post(
        url("step-setup", number=step.number),
        {
            "fixture": "FX-12",
            "fixture_revision": "B",
            "nc_program": SimpleUploadedFile("O1001.nc", COMMENTED),
        },
        follow=True,
    )
    number = Setup.objects.get().number
    assert said(answer) == [
        f"The setup of step {step.number} differs from {number} in 1 place, all routine by policy."
    ]
    assert [(row["state"], row["act"]) for row in answer.context["differences"]] == [("routine", None)]
    assert policy.get_absolute_url() in answer.content.decode()
    setups.record_run(
        by=cast.operator, step=step, fixture="FX-13", fixture_revision="B", nc_program=made.NC_PROGRAM
    )
    page = sign_in(cast.quality).get(step.traveler.get_absolute_url())
    assert [row["state"] for row in page.context["differences"]] == ["routine", "undecided"]


def test_floor_shows_every_approved_setup(cast, sign_in, route):
    make_second_setup(cast, route.operations.get(sequence=20), machine="VF-4")
    lot = made.make_open_traveler(cast, route_revision=route, up_to=20)
    page = sign_in(cast.operator).get(url("floor-step", number=made.step_at(lot, 20).number))
    assert [each["locked"].machine for each in page.context["setups"]] == ["", "VF-4"]
    assert "one of 2 approved" in page.content.decode()


def test_part_is_handed_over_on_the_page_of_its_route(cast, sign_in, route):
    address = url("handoff-sign", number=route.number)
    assert address not in sign_in(cast.second_quality).get(route.get_absolute_url()).content.decode()
    tried = make_prototype(cast, made.make_order_line(cast, route.part_revision), route)
    closed = sign_in(cast.quality).get(route.get_absolute_url()).context["acts"]
    assert [act["closed"] for act in closed] == [
        "You wrote this route; another quality engineer hands the part over to it."
    ]
    client = sign_in(cast.second_quality)
    assert address in client.get(route.get_absolute_url()).content.decode()
    typed = {"prototypes": [tried.pk], "learnt": "It chatters.", "changed": "Slower.", "password": PASSWORD}
    answer = client.post(address, typed, follow=True)
    handoff = ProductionHandoff.objects.get()
    assert said(answer) == [
        f"{handoff.number} hands {route.part_revision} over to production on {route.number}."
    ]
    assert tried.get_absolute_url() in answer.content.decode()
    assert handoff.get_absolute_url() in client.get(route.get_absolute_url()).content.decode()
