"""Pages around findings: the customer decides in the browser, the vendor answers, quality judges readings."""

from __future__ import annotations

import pytest
from django.urls import reverse

from inspection.models import Concession, CorrectiveAction, FindingRecord, ReadingsJudgement
from tests.cast import PASSWORD
from tests.factories.findings import find_bad, make_action, make_code, make_record, make_request
from tests.factories.inspection import make_final_inspection, make_nonconformance
from tests.factories.measuring import measure
from tests.factories.routes import make_gauge, today
from tests.inspection import examples


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_customer_lets_pieces_pass_from_its_desk(sign_in, cast):
    found = make_nonconformance(cast)
    shop = sign_in(cast.quality)
    asked = shop.post(
        reverse("inspection:concession-ask", args=[found.number]),
        {"proposal": "use_as_is", "description": "", "justification": "A clearance hole."},
    )
    request = found.concession_requests.get()
    assert (asked.status_code, asked.url) == (302, request.get_absolute_url())
    buyer = sign_in(cast.customer_quality)
    assert request.number in words(buyer.get(reverse("documents:package-list")))
    page = words(buyer.get(request.get_absolute_url()))
    assert ("This waits for you" in page, "A clearance hole." in page) == (True, True)
    assert buyer.get(found.get_absolute_url()).status_code == 200
    address = reverse("inspection:concession-request-grant", args=[request.number])
    sent = {
        "quantity": "9",
        "valid_to": "",
        "conditions": "",
        "reference": "DEV-7",
        "reason": "",
        "password": PASSWORD,
    }
    if request.serials:
        sent["serials"] = ", ".join(request.serials)
    refused = buyer.post(address, sent)
    assert (refused.status_code, "9 cannot be granted" in words(refused)) == (422, True)
    assert buyer.post(address, sent | {"quantity": "1"}).status_code == 302
    assert Concession.objects.get().customer_reference == "DEV-7"


@pytest.mark.parametrize("who", ["stranger_buyer", "vendor", "stranger_vendor"])
def test_nobody_else_sees_a_request_or_its_finding(sign_in, cast, who):
    request = make_request(cast)
    client = sign_in(getattr(cast, who))
    assert client.get(request.get_absolute_url()).status_code == 404
    assert client.get(request.nonconformance.get_absolute_url()).status_code == 404


def test_a_finding_nobody_asked_about_is_the_shops_own(sign_in, cast):
    found = make_nonconformance(cast)
    assert sign_in(cast.customer_quality).get(found.get_absolute_url()).status_code == 404


def test_vendor_answers_what_is_asked_of_it(sign_in, cast):
    action = make_action(cast, vendor=cast.vendor_organization)
    vendor = sign_in(cast.vendor)
    assert action.number in words(vendor.get(reverse("inspection:corrective-action-list")))

    def page(verb, *more):
        return reverse(f"inspection:corrective-action-{verb}", args=[action.number, *more])

    vendor.post(
        page("add-step"), {"text": "New racks.", "owner": "Plating lead", "due_on": today().isoformat()}
    )
    said = {"containment": "Sorted.", "occurrence_cause": "Worn.", "escape_cause": "", "systemic_cause": ""}
    said |= {"check_on": today().isoformat(), "check_after_lots": ""}
    assert vendor.post(page("answer"), said).status_code == 422
    assert vendor.post(page("answer"), said | {"escape_cause": "Not looked at."}).status_code == 302
    quality = sign_in(cast.quality)
    assert "New racks." in words(quality.get(action.get_absolute_url()))
    quality.post(page("accept"), {"reason": ""})
    done = {"done_on": today().isoformat(), "evidence": "Photo."}
    vendor = sign_in(cast.vendor)
    assert vendor.post(page("finish", 1), done).status_code == 302
    vendor.post(page("implement"))
    by = sign_in(cast.second_quality)
    by.post(page("prove"), {"reason": "Ten lots without one.", "password": PASSWORD})
    assert CorrectiveAction.objects.get().state == "effective"
    stranger = sign_in(cast.stranger_vendor)
    assert stranger.get(action.get_absolute_url()).status_code == 404


def test_an_action_opened_from_a_finding_is_filled_in(sign_in, cast):
    found = make_nonconformance(cast)
    quality = sign_in(cast.quality)
    address = f"{reverse('inspection:corrective-action-open')}?noun=nonconformance&number={found.number}"
    form = quality.get(address).context["form"]
    assert form.get_initial_for_field(form.fields["problem"], "problem") == found.description
    quality.post(
        address,
        {
            "problem": "Bores drift.",
            "due_on": today().isoformat(),
            "nonconformances": [found.number],
            "origin_noun": "nonconformance",
            "origin_number": found.number,
        },
    )
    action = CorrectiveAction.objects.get()
    assert list(action.nonconformances.all()) == [found]
    assert action.number in words(quality.get(found.get_absolute_url()))


def test_readings_in_doubt_are_shown_handed_out_and_judged(sign_in, cast):
    record, gauge = make_final_inspection(cast), make_gauge(cast)
    measure(cast, record, "1", "1", gauge=gauge)
    find_bad(cast, gauge)
    quality = sign_in(cast.quality)
    day, lot = today().isoformat(), record.traveler.number
    page = words(quality.get(reverse("inspection:readings-detail", args=[gauge.number, day])))
    assert ("Lots wait for a decision" in page, lot in page) == (True, True)
    table = quality.get(reverse("inspection:readings-csv", args=[gauge.number, day]))
    lines = b"".join(table.streaming_content if table.streaming else [table.content]).decode().splitlines()
    assert (len(lines), lines[1].split(",")[:3]) == (2, [record.number, lot, "1"])
    judge = reverse("inspection:readings-judge", args=[gauge.number, day, lot])
    sent = {"outcome": "still_valid", "reason": "", "password": PASSWORD}
    assert quality.post(judge, sent).status_code == 422
    assert quality.post(judge, sent | {"reason": "Far from both limits."}).status_code == 302
    assert ReadingsJudgement.objects.get().traveler.number == lot
    assert (
        quality.get(reverse("inspection:readings-detail", args=[gauge.number, "2020-01-01"])).status_code
        == 404
    )


def test_record_of_a_finding_is_written_contained_printed_and_counted(sign_in, cast):
    found, code = make_nonconformance(cast), make_code(cast)
    inspector = sign_in(cast.inspector)
    sent = {
        "detected_at": "final",
        "requirement": "10.0 to 10.1",
        "actual": "10.4",
        "quantity_checked": "5",
        "defect": code.code,
        "process": "",
        "cause": "",
        "party": "vendor",
        "organization": "",
        "customer_reference": "",
    }
    address = reverse("inspection:finding-record-write", args=[found.number])
    refused = inspector.post(address, sent)
    assert (refused.status_code, "Name the vendor" in words(refused)) == (422, True)
    assert inspector.post(address, sent | {"party": "shop"}).status_code == 302
    contain = reverse("inspection:containment-record", args=[found.number])
    looked = {"place": "stock", "found": "40 pieces, all good.", "quantity_found": "0"}
    assert inspector.post(contain, looked | {"checked_on": today().isoformat()}).status_code == 302
    paper = words(inspector.get(reverse("inspection:nonconformance-print", args=[found.number])))
    assert ("10.0 to 10.1" in paper, "40 pieces, all good." in paper) == (True, True)
    counts = words(inspector.get(reverse("inspection:finding-counts")))
    assert (f"{code.code} {code.words}" in counts, FindingRecord.objects.count()) == (True, 1)


def test_gauges_due_and_their_facts(sign_in, cast):
    gauge = make_gauge(cast)
    inspector = sign_in(cast.inspector)
    change = reverse("routes:gauge-change", args=[gauge.number])
    sent = {
        "kind": "micrometer",
        "location": "Bench 2",
        "owner": "Lotte",
        "interval_days": "365",
        "is_active": "on",
    }
    assert inspector.post(change, sent).status_code == 302
    ranged = reverse("routes:gauge-add-range", args=[gauge.number])
    assert inspector.post(ranged, {"low": "25", "high": "0", "unit": "mm"}).status_code == 422
    assert inspector.post(ranged, {"low": "0", "high": "25", "unit": "mm"}).status_code == 302
    page = words(inspector.get(gauge.get_absolute_url()))
    assert ("Bench 2" in page, "0 to 25 mm" in page) == (True, True)
    never = make_gauge(cast)
    never.calibrations.update(due_on=today())
    listed = words(inspector.get(reverse("routes:gauge-due")))
    assert (never.number in listed, f">{gauge.number}<" in listed) == (True, False)


def test_made_record_of_the_factory_carries_its_code(cast):
    assert make_record(cast, make_nonconformance(cast)).defect.code == "D-10"


def test_what_is_attached_to_a_request_is_named_and_read(sign_in, cast):
    number = examples.concession_request(cast)["number"]
    buyer = sign_in(cast.customer_quality)
    page = words(buyer.get(reverse("inspection:concession-request-detail", args=[number])))
    assert "study.pdf" in page
    paper = buyer.get(reverse("inspection:concession-request-paper", args=[number]))
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
