"""Results by machine: a whole file or nothing, under a key; values read back as they were measured."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inspection.models import Measurement
from routes.domain.lots import serials_of
from tests.factories.inspection import make_final_inspection, make_first_article, make_nonconformance
from tests.factories.result_files import make_qif
from tests.factories.routes import today
from tests.machine import Machine, refusal

pytestmark = pytest.mark.django_db
ITEMS = {"81": "BORE", "82": "LENGTH"}


@pytest.fixture
def record(cast):
    return make_final_inspection(cast, quantity=2, is_serialized=True)


def results_of(record, *, items=ITEMS, bore="10.02"):
    values = [("81", bore, "PASS"), ("82", "80.03", "PASS")]
    content = make_qif(dict.fromkeys(serials_of(record.traveler), values), items=items)
    return {"file": SimpleUploadedFile("final.qif", content), "measured_on": str(today())}


def test_a_result_file_is_kept_whole_and_its_values_are_read(cast, record):
    machine = Machine(cast.inspector)
    answer = machine.send(f"inspections/{record.number}/results/", results_of(record))
    report = answer.json()
    assert (answer.status_code, report["saved"], report["stated"], report["inspection"]) == (
        201,
        4,
        {"PASS": 4},
        record.number,
    )
    rows = machine.get("measurements/", inspection=record.number, balloon="1").json()["results"]
    assert [(each["value"], each["unit"], each["verdict"], each["void_reason"]) for each in rows] == [
        ("10.02", "mm", "PASS", None)
    ] * 2
    assert (
        machine.get(f"inspections/{record.number}/").json()["source_file_sha256"]
        == (rows[0]["source_file_sha256"])
    )


def test_a_file_that_does_not_fit_is_refused_whole_with_every_name(cast, record):
    machine, before = Machine(cast.inspector), Measurement.objects.count()
    refused = machine.send(
        f"inspections/{record.number}/results/", results_of(record, items={"81": "BORE", "82": "WIDTH"})
    )
    status, code, sentence = refusal(refused)
    assert (status, code, Measurement.objects.count()) == (422, "results-do-not-fit", before)
    assert f"final.qif does not fit {record.number}, so nothing was saved." in sentence


def test_the_same_file_sent_again_under_its_key_is_kept_once(cast, record):
    machine = Machine(cast.inspector)
    address = f"inspections/{record.number}/results/"
    first = machine.send(address, results_of(record), key="final-1")
    again = machine.send(address, results_of(record), key="final-1")
    kept = Measurement.objects.filter(record=record).count()
    assert (again.status_code, again.json(), kept) == (201, first.json(), 4)
    other = machine.send(address, results_of(record, bore="10.03"), key="final-1")
    assert refusal(other)[:2] == (409, "key-used-otherwise")


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4", b"<QIFDocument", b"\x00" * 50], ids=["empty", "pdf", "cut off", "nul"]
)
def test_a_file_that_cannot_be_read_is_a_sentence(cast, record, content):
    broken = {"file": SimpleUploadedFile("final.qif", content), "measured_on": str(today())}
    status, code, sentence = refusal(
        Machine(cast.inspector).send(f"inspections/{record.number}/results/", broken)
    )
    kept = Measurement.objects.filter(record=record).count()
    assert (status, bool(code), sentence.endswith("."), kept) == (422, True, True, 0)


def test_results_are_brought_by_who_inspects(cast, record):
    address = f"inspections/{record.number}/results/"
    assert refusal(Machine(cast.operator).send(address, results_of(record)))[:2] == (403, "not-entitled")
    assert refusal(Machine(cast.inspector).post(address, {}))[:2] == (415, "unsupported-media-type")


def test_findings_are_read_and_decided_by_nobodys_token(cast):
    found = make_nonconformance(cast)
    machine = Machine(cast.quality)
    shown = machine.get(f"nonconformances/{found.number}/").json()
    assert (shown["state"], shown["quantity"], shown["concessions"]) == ("open", found.quantity, [])
    assert refusal(machine.post(f"nonconformances/{found.number}/"))[0] == 405


def test_a_customer_reads_a_first_article_once_it_is_approved(cast):
    draft = make_first_article(cast)
    buyer, shop = Machine(cast.buyer), Machine(cast.quality)
    assert refusal(buyer.get(f"first-articles/{draft.number}/"))[0] == 404
    assert shop.get(f"first-articles/{draft.number}/").json()["forms"] == {}
    approved = make_first_article(cast, at="approved")
    shown = buyer.get(f"first-articles/{approved.number}/").json()
    assert (shown["state"], sorted(shown["forms"]) != []) == ("approved", True)
    assert refusal(Machine(cast.stranger_buyer).get(f"first-articles/{approved.number}/"))[0] == 404
