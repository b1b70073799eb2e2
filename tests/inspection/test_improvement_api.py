"""What a machine may do about findings without a signature: ask, answer, correct; and see how lots fared."""

from datetime import timedelta

import pytest

from inspection.domain.sampling.series import series_for
from inspection.models import ConcessionRequest, CorrectiveAction, CorrectiveStep, FirstArticle
from tests.factories.findings import make_action
from tests.factories.inspection import make_first_article, make_nonconformance
from tests.factories.routes import make_part, today
from tests.machine import Machine, refusal

pytestmark = pytest.mark.django_db
ANSWER = {
    "containment": "All bores of the week measured again.",
    "occurrence_cause": "Insert worn.",
    "escape_cause": "Only the first piece was measured.",
}


def test_a_vendor_answers_and_carries_out_a_corrective_action(cast):
    action = make_action(cast, vendor=cast.vendor_organization)
    vendor, at = Machine(cast.vendor), f"corrective-actions/{action.number}/"
    answered = {**ANSWER, "check_on": str(today())}
    status, code, sentence = refusal(vendor.post(f"{at}answer/", answered))
    assert (status, code) == (422, "incomplete")
    step = {"text": "Change the insert every 200 bores.", "owner": "Lead hand", "due_on": str(today())}
    added = vendor.post(f"{at}actions/", step, key="once")
    assert (added.status_code, added.json()) == (
        201,
        step | {"done_on": None, "done_by": None, "evidence": ""},
    )
    # the same call again is the same act
    assert vendor.post(f"{at}actions/", step, key="once").json() == added.json()
    assert CorrectiveStep.objects.count() == 1
    shown = vendor.post(f"{at}answer/", answered).json()
    assert (shown["state"], shown["containment"]) == ("answered", ANSWER["containment"])
    done = {"done_on": str(today()), "evidence": "Work instruction 12 rev C."}
    assert refusal(vendor.post(f"{at}actions/1/finish/", done))[:2] == (409, "not-the-moment")
    CorrectiveAction.objects.update(state=CorrectiveAction.ACCEPTED)
    assert vendor.post(f"{at}actions/2/finish/", done).status_code == 404
    assert vendor.post(f"{at}actions/1/finish/", done).json()["done_by"] == cast.vendor.printed_name
    assert vendor.post(f"{at}implement/").json()["state"] == "implemented"
    # another vendor does not know of it
    assert Machine(cast.stranger_vendor).post(f"{at}implement/").status_code == 404


def test_a_concession_is_asked_for_and_taken_back(cast):
    found = make_nonconformance(cast)
    machine, at = Machine(cast.quality), f"nonconformances/{found.number}/request-concession/"
    asked = {"proposal": "use_as_is", "justification": "The mating bore is larger."}
    assert refusal(machine.post(at, asked | {"justification": " "}))[0] == 422
    shown = machine.post(at, asked).json()
    request = ConcessionRequest.objects.get()
    assert (shown["number"], shown["nonconformance"], shown["description"], shown["state"]) == (
        request.number,
        found.number,
        found.description,
        request.state,
    )
    assert refusal(machine.post(at, asked))[1] == "not-the-moment"
    assert Machine(cast.inspector).post(at, asked).status_code == 403
    withdrawn = machine.post(f"concession-requests/{request.number}/withdraw/", {"reason": "Reworked."})
    assert withdrawn.json()["state"] == "withdrawn"


def test_a_permit_is_asked_for_before_making(cast):
    line = make_nonconformance(cast).traveler.order_line
    at = f"orders/{line.order.number}/lines/{line.line_number}/request-permit/"
    asked = {
        "proposal": "use_as_is",
        "quantity": 2,
        "description": "Radius 2 as 3.",
        "justification": "No stress.",
    }
    shown = Machine(cast.quality).post(at, asked).json()
    assert (shown["order"], shown["line_number"], shown["quantity"], shown["nonconformance"]) == (
        line.order.number,
        line.line_number,
        2,
        None,
    )


def test_a_correction_is_started_and_approved_by_people(cast):
    earlier = make_first_article(cast, at="approved")
    machine, at = Machine(cast.inspector), f"first-articles/{earlier.number}/correct/"
    shown = machine.post(at, {"reason": "Serial was misread"}).json()
    made = FirstArticle.objects.get(corrects=earlier)
    assert (shown["number"], shown["corrects"], shown["state"]) == (made.number, earlier.number, "draft")
    assert refusal(machine.post(at, {"reason": "Again"}))[1] == "not-the-moment"
    assert Machine(cast.customer_quality).post(at, {"reason": "No"}).status_code == 403


def test_series_and_their_outcomes_are_read(cast):
    series = series_for(part=make_part(cast), vendor=cast.vendor_organization, defect_class="major")
    machine = Machine(cast.inspector)
    [row] = machine.get("sampling/", part=series.part.number).json()["results"]
    assert (row["number"], row["vendor"], row["state"], row["skip_one_in"]) == (
        series.number,
        cast.vendor_organization.number,
        "normal",
        None,
    )
    assert machine.get(f"sampling/{series.number}/").json() == row
    assert machine.get("sampling-outcomes/", series=series.number).json()["results"] == []
    moved = today() + timedelta(days=1)
    assert machine.get("sampling-outcomes/", recorded_at_from=str(moved)).json()["results"] == []
