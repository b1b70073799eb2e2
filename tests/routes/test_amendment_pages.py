"""Changing one lot's way, as people meet it: pages of lot, tablet and paper, and the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routes.domain.amendment_limits import MayNotBeSkipped
from routes.models import TravelerAmendment
from tests.cast import PASSWORD
from tests.factories import routes as made
from tests.factories.amendments import WORDS, make_amendable_lot, make_amendment, propose
from tests.factories.measuring import make_inspection
from tests.machine import Machine, refusal

REASON = "The brush is worn."
REDLINE = {"sequence": 25, "words": WORDS, "reason": REASON}
SKIP = {"sequence": 25, "reason": REASON}
ADD = {"sequence": 27, "name": "Deburr the bore", "kind": "deburr", "words": WORDS, "reason": REASON}
REPEAT = {"operation_sequences": [20], "reason": REASON}


def url(name, **keywords):
    return reverse(f"routes:{name}", kwargs=keywords)


def error_of(answer):
    return " ".join(" ".join(each) for each in answer.context["form"].errors.values())


@pytest.mark.parametrize(
    ("name", "data", "changes"),
    [
        ("amendment-redline", REDLINE, ("redline", "operation 25 Deburr edges")),
        ("amendment-skip", SKIP, ("skip", "operation 25 Deburr edges")),
        ("amendment-add", ADD, ("add", "operation 27 Deburr the bore")),
        ("traveler-rework", REPEAT, ("repeat", "operation 20")),
    ],
)
def test_the_floor_proposes_from_the_page_of_the_lot(cast, sign_in, name, data, changes):
    lot = make_amendable_lot(cast)
    client = sign_in(cast.operator)
    listed = url("traveler-amendments", number=lot.number)
    assert listed in client.get(lot.get_absolute_url()).content.decode()
    address = url(name, number=lot.number)
    assert address in client.get(listed).content.decode()
    assert client.get(address).status_code == 200
    answer = client.post(address, data)
    amendment = TravelerAmendment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{listed}#{amendment.number}")
    (row,) = client.get(listed).context["rows"]
    assert ((row["amendment"].kind, row["changes"]), row["decide"]) == (changes, None)
    assert row["withdraw"]["url"] == url("amendment-withdraw", number=amendment.number)


def test_a_refused_proposal_keeps_what_was_typed(cast, sign_in):
    lot = make_amendable_lot(cast)
    answer = sign_in(cast.operator).post(url("amendment-skip", number=lot.number), SKIP | {"sequence": 40})
    assert (answer.status_code, answer.context["form"]["reason"].value()) == (422, REASON)
    assert error_of(answer).startswith(f"Operation 40 Anodize of lot {lot.number} may not be skipped: ")
    assert TravelerAmendment.objects.count() == 0


def test_the_second_person_signs_on_the_page(cast, sign_in):
    lot = make_amendable_lot(cast)
    amendment = propose(cast, lot, "redline")
    client = sign_in(cast.second_quality)
    address = url("amendment-approve", number=amendment.number)
    assert address in client.get(lot.get_absolute_url()).content.decode()
    page = client.get(address)
    assert (WORDS in page.content.decode(), page.context["is_own"]) == (True, False)
    assert error_of(client.post(address, {"password": "wrong"})) == (
        "The password is not right, so nothing was signed. Type it again."
    )
    assert client.post(address, {"password": PASSWORD}).status_code == 302
    amendment.refresh_from_db()
    assert (amendment.state, amendment.signature.person) == ("approved", cast.second_quality)
    assert client.get(address).context["is_decided"] is True


def test_a_refusal_and_a_withdrawal_are_signed_or_given_a_reason(cast, sign_in):
    lot = make_amendable_lot(cast)
    refused, withdrawn = propose(cast, lot, "redline"), propose(cast, lot, "skip")
    sign_in(cast.second_quality).post(
        url("amendment-refuse", number=refused.number), {"reason": "Use the scraper.", "password": PASSWORD}
    )
    client = sign_in(cast.operator)
    client.post(url("amendment-withdraw", number=withdrawn.number), {"reason": "Not needed."})
    rows = client.get(url("traveler-amendments", number=lot.number)).context["rows"]
    told = [(row["amendment"].state, row["amendment"].decision_reason, row["withdraw"]) for row in rows]
    assert told == [("refused", "Use the scraper.", None), ("withdrawn", "Not needed.", None)]


def test_who_proposed_it_is_shown_no_form(cast, sign_in):
    amendment = propose(cast, make_amendable_lot(cast), "skip", by=cast.quality)
    client = sign_in(cast.quality)
    address = url("amendment-approve", number=amendment.number)
    page = client.get(address)
    assert (page.context["is_own"], "Another quality engineer decides it." in page.content.decode()) == (
        True,
        True,
    )
    assert client.post(address, {"password": PASSWORD}).status_code == 422


def test_redlines_stand_beside_the_route_wherever_the_work_is_read(cast, sign_in):
    lot = make_amendable_lot(cast)
    amendment, step = make_amendment(cast, lot, "redline"), made.step_at(lot, 25)
    client = sign_in(cast.operator)
    for address in (
        lot.get_absolute_url(),
        url("traveler-print", number=lot.number),
        url("floor-step", number=step.number),
        url("step-sign", number=step.number),
    ):
        page = client.get(address).content.decode()
        assert (WORDS in page, amendment.number in page) == (True, True)


def test_the_inspector_reads_the_redline(cast, sign_in):
    lot = make_amendable_lot(cast, up_to=30, quantity=2)
    amendment = make_amendment(cast, lot, "redline", sequence=30)
    page = sign_in(cast.inspector).get(make_inspection(cast, lot).get_absolute_url())
    assert (page.context["redlines"], WORDS in page.content.decode()) == ([amendment], True)


def test_an_open_amendment_is_printed_as_a_stop(cast, sign_in):
    lot = make_amendable_lot(cast)
    amendment = propose(cast, lot, "redline")
    page = sign_in(cast.operator).get(url("traveler-print", number=lot.number))
    assert ([each.number for each in page.context["open_amendments"]], WORDS in page.content.decode()) == (
        [amendment.number],
        False,
    )


def test_skipped_and_added_steps_name_their_amendment(cast, sign_in):
    lot = make_amendable_lot(cast)
    skip, added = (
        make_amendment(cast, lot, "skip"),
        make_amendment(cast, lot, "add", sequence=27),
    )
    client = sign_in(cast.operator)
    page = client.get(lot.get_absolute_url())
    named = {row["operation"].sequence: row["amended"] for row in page.context["steps"] if row["amended"]}
    assert named == {25: skip, 27: added}
    printed = client.get(url("traveler-print", number=lot.number))
    assert {
        row["step"].operation.sequence: row["amended"] for row in printed.context["steps"] if row["amended"]
    } == (named)
    skipped, new = made.step_at(lot, 25), made.step_at(lot, 27)
    assert "skipped already" in client.get(url("floor-step", number=skipped.number)).context["stops"]
    tablet = client.get(url("floor-step", number=new.number))
    assert ("Added to this lot alone" in tablet.content.decode(), tablet.status_code) == (True, 200)
    assert client.get(url("step-sign", number=new.number)).status_code == 200


def test_amendments_of_a_lot_take_as_many_statements_for_three_as_for_one(cast, sign_in):
    lot = make_amendable_lot(cast)
    client = sign_in(cast.quality)
    propose(cast, lot, "redline")

    def statements(address) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    pages = (url("traveler-amendments", number=lot.number), lot.get_absolute_url())
    before = [statements(address) for address in pages]
    propose(cast, lot, "skip")
    propose(cast, lot, "redline", sequence=55)
    assert [statements(address) for address in pages] == before


# ------------------------------------------------------------------------------------------------ machines


@pytest.mark.parametrize(
    ("verb", "data"), [("redline", REDLINE), ("skip", SKIP), ("add", ADD), ("repeat", REPEAT)]
)
def test_a_machine_proposes_and_reads(cast, verb, data):
    lot = make_amendable_lot(cast)
    machine = Machine(cast.operator)
    answer = machine.post(f"travelers/{lot.number}/{verb}/", data)
    assert (answer.status_code, answer.json()["kind"], answer.json()["state"]) == (201, verb, "proposed")
    number = answer.json()["number"]
    assert machine.get(f"amendments/{number}/").json() == answer.json()
    rows = machine.get(f"amendments/?lot={lot.number}&state=proposed").json()["results"]
    assert [row["number"] for row in rows] == [number]
    taken_back = machine.post(f"amendments/{number}/withdraw/", {"reason": "Found another brush."})
    assert (taken_back.json()["number"], taken_back.json()["state"]) == (number, "withdrawn")


def test_a_machine_is_refused_in_the_words_of_the_page(cast):
    lot = make_amendable_lot(cast)
    answer = Machine(cast.operator).post(f"travelers/{lot.number}/skip/", SKIP | {"sequence": 40})
    with pytest.raises(MayNotBeSkipped) as refused:
        propose(cast, lot, "skip", sequence=40)
    assert refusal(answer) == (422, "may-not-be-skipped", refused.value.sentence)


def test_an_added_operation_is_of_no_route(cast):
    lot = make_amendable_lot(cast)
    make_amendment(cast, lot, "add", sequence=27)
    machine = Machine(cast.quality)
    rows = machine.get("operations/?kind=deburr").json()["results"]
    assert [row["sequence"] for row in rows] == [25]
    steps = machine.get(f"steps/?lot={lot.number}&kind=deburr").json()["results"]
    assert sorted(step["sequence"] for step in steps) == [25, 27]
