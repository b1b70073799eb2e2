"""The pages of certificates through the browser's door: who sees what, what a refusal looks like."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Certificate
from portal.models import Event
from tests.cast import PASSWORD
from tests.factories.certificates import line_of, make_material_certificate, make_process_certificate, pdf
from tests.factories.inspection import make_lot
from tests.factories.routes import make_material

LIST = "/certificates/"


def paper(content: bytes | None = None, name: str = "bw.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


def at(certificate: Certificate, verb: str = "") -> str:
    return f"{certificate.get_absolute_url()}{verb + '/' if verb else ''}"


def test_vendor_brings_in_its_certificate(cast, sign_in):
    lot = make_lot(cast, at=50)
    client = sign_in(cast.vendor)
    answer = client.post(
        f"{LIST}bring-in/", {"file": paper(), "line": line_of(lot).pk, "page_from": 1}, follow=True
    )
    certificate = Certificate.objects.get()
    assert answer.redirect_chain == [(at(certificate, "enter"), 302)]
    said = [str(message) for message in answer.context["messages"]]
    assert said == [f"Certificate {certificate.number} is here. Enter what it says."]
    assert certificate.issuer == cast.vendor_organization


def test_vendor_is_offered_its_own_lines_only(cast, sign_in):
    lot = make_lot(cast, at=50)
    mine = sign_in(cast.vendor).get(f"{LIST}bring-in/").context["form"].fields["line"].queryset
    assert [line.traveler for line in mine] == [lot]
    client = sign_in(cast.stranger_vendor)
    theirs = client.get(f"{LIST}bring-in/").context["form"].fields["line"].queryset
    assert list(theirs) == []
    answer = client.post(f"{LIST}bring-in/", {"file": paper(), "line": line_of(lot).pk, "page_from": 1})
    assert (answer.status_code, Certificate.objects.count()) == (422, 0)


def test_vendor_comes_with_its_line_chosen(cast, sign_in):
    line = line_of(make_lot(cast, at=50))
    page = sign_in(cast.vendor).get(f"{LIST}bring-in/", {"line": str(line)})
    assert page.context["form"].initial == {"line": line}


def test_vendor_is_not_urged_to_mend_what_it_took_back(cast, sign_in):
    certificate = make_process_certificate(cast, po_number="PO-000077")
    client = sign_in(cast.vendor)
    assert "does not fit the order" in client.get(at(certificate)).content.decode()
    client.post(at(certificate, "withdraw"), {"reason": "It names another order."})
    page = client.get(at(certificate)).content.decode()
    assert "You took it back. Nobody decides on it any more." in page
    assert [
        words for words in ("not fit the order", "Correct what was typed", "What to do") if words in page
    ] == []


def test_each_desk_reads_its_own_words(cast, sign_in):
    certificate = make_process_certificate(cast)
    read = {}
    for person in (cast.vendor, cast.inspector):
        client = sign_in(person)
        listed = client.get(LIST).context
        shown = client.get(at(certificate)).context
        read[person] = (
            [act["label"] for act in listed["acts"]][-1],
            [listed["columns"][place]["label"] for place in (1, -1)],
            client.get(f"{LIST}bring-in/").context["submit_label"],
            [fact["label"] for fact in shown["facts"]][3:8:3] + [shown["acts"][0]["label"]],
        )
    vendor = ("Send a certificate", ["Your number", "Sent"], "Send it")
    shop = ("Bring in a certificate", ["Their number", "Brought in"], "Bring it in")
    typed = "Correct what was typed"
    assert read[cast.vendor] == (*vendor, ["Your number", "sha256", typed])
    assert read[cast.inspector] == (*shop, ["Their number", "sha256", typed])


def test_process_certificate_is_of_the_type_process_without_being_asked(cast, sign_in):
    process = make_process_certificate(cast, at="received")
    form = sign_in(cast.vendor).get(at(process, "enter")).context["form"]
    assert form["certificate_type"].value() == "process"
    material = make_material_certificate(cast, material=make_material(cast))
    form = sign_in(cast.inspector).get(at(material, "enter")).context["form"]
    assert form["certificate_type"].value() == material.certificate_type


@pytest.mark.parametrize("asked", ["PO-1/x", "PO-1/99999999999", "\x00/1", "/"])
def test_unknown_line_chooses_nothing(cast, sign_in, asked):
    page = sign_in(cast.vendor).get(f"{LIST}bring-in/", {"line": asked})
    assert (page.status_code, page.context["form"].initial.get("line")) == (200, None)


@pytest.mark.parametrize("content", [b"", b"not a paper", pdf()[:200]])
def test_unreadable_file_is_refused_with_a_sentence(cast, sign_in, content):
    client = sign_in(cast.inspector)
    data = {"file": paper(content), "kind": "material", "page_from": 1}
    answer = client.post(f"{LIST}bring-in/", data)
    assert (answer.status_code, Certificate.objects.count()) == (422, 0)


def test_fields_are_typed_and_compared(cast, sign_in):
    certificate = make_process_certificate(cast, at="received")
    client = sign_in(cast.inspector)
    answer = client.post(at(certificate, "enter"), {"stated_number": "BW-7", "quantity": "4"}, follow=True)
    certificate.refresh_from_db()
    assert (certificate.stated_number, certificate.quantity, certificate.state) == ("BW-7", 4, "in_review")
    keys = {key.key: key.verdict for key in answer.context["keys"]}
    assert (keys["quantity"], keys["certificate number"]) == ("mismatch", "stated_only")
    assert keys["order"] == "not_found"


def test_wrong_day_is_asked_again_and_nothing_is_lost(cast, sign_in):
    certificate = make_process_certificate(cast, at="received")
    data = {"stated_number": "BW-7", "stated_on": "tomorrow"}
    answer = sign_in(cast.inspector).post(at(certificate, "enter"), data)
    assert (answer.status_code, answer.context["form"]["stated_number"].value()) == (422, "BW-7")


def test_cover_page_offers_what_the_kind_proves(cast, sign_in):
    material = make_material(cast)
    certificate = make_material_certificate(cast, material=material)
    client = sign_in(cast.inspector)
    assert list(client.get(at(certificate, "cover")).context["form"].fields) == ["material_lot", "quantity"]
    client.post(at(certificate, "cover"), {"material_lot": material.pk, "quantity": 7})
    assert certificate.coverages.get().quantity == 7


def test_acceptance_takes_password_and_another_person(cast, sign_in):
    certificate = make_process_certificate(cast)
    client = sign_in(cast.quality)
    wrong = client.post(at(certificate, "accept"), {"password": "wrong"})
    assert (wrong.status_code, Certificate.objects.get().state) == (422, "in_review")
    unseen = client.post(at(certificate, "accept"), {"password": PASSWORD})
    assert (unseen.status_code, Certificate.objects.get().state) == (422, "in_review")
    looked = {name: "on" for name in unseen.context["form"].fields if name.startswith("seen_")}
    client.post(at(certificate, "accept"), {"password": PASSWORD, **looked})
    assert Certificate.objects.get().state == "accepted"
    assert {each.seen_by for each in certificate.sightings.all()} == {cast.quality}


def test_mismatch_comes_back_as_a_sentence(cast, sign_in):
    certificate = make_process_certificate(cast, spec_revision="E")
    answer = sign_in(cast.quality).post(at(certificate, "accept"), {"password": PASSWORD})
    assert answer.status_code == 422
    assert "names specification revision E" in answer.content.decode()


def test_same_file_asks_for_a_reason(cast, sign_in):
    content = pdf()
    make_process_certificate(cast, content=content)
    second = make_process_certificate(cast, content=content)
    page = sign_in(cast.quality).get(at(second, "accept"))
    asked = [name for name in page.context["form"].fields if not name.startswith("seen_")]
    assert asked == ["reason", "password"]


def test_rejection_and_revocation_through_the_page(cast, sign_in):
    first, second = make_process_certificate(cast), make_process_certificate(cast, at="accepted")
    client = sign_in(cast.quality)
    for certificate, verb in ((first, "reject"), (second, "revoke")):
        assert client.post(at(certificate, verb), {"password": PASSWORD}).status_code == 422
        client.post(at(certificate, verb), {"reason": "Wrong class.", "password": PASSWORD})
    states = set(Certificate.objects.values_list("state", "decision_reason"))
    assert states == {("rejected", "Wrong class."), ("revoked", "Wrong class.")}


@pytest.mark.parametrize("verb", ["", "enter", "file", "pages/1"])
@pytest.mark.parametrize(("who", "status"), [("vendor", 200), ("stranger_vendor", 404), ("buyer", 404)])
def test_certificate_is_its_vendors_and_the_shops(cast, sign_in, verb, who, status):
    certificate = make_process_certificate(cast)
    assert sign_in(getattr(cast, who)).get(at(certificate, verb)).status_code == status


def test_list_holds_a_vendors_own_only(cast, sign_in):
    certificate = make_process_certificate(cast)
    make_material_certificate(cast, material=make_material(cast))
    assert [row.number for row in sign_in(cast.vendor).get(LIST).context["rows"]] == [certificate.number]
    assert list(sign_in(cast.stranger_vendor).get(LIST).context["rows"]) == []


def test_vendor_never_reads_the_customers_name(cast, sign_in):
    certificate = make_process_certificate(cast)
    client = sign_in(cast.vendor)
    for page in (LIST, at(certificate), at(certificate, "enter"), f"{LIST}bring-in/"):
        assert cast.customer.name not in client.get(page).content.decode()


def test_page_picture_and_original_are_read_through_the_record(cast, sign_in):
    certificate = make_process_certificate(cast)
    client = sign_in(cast.inspector)
    picture, original = client.get(at(certificate, "pages/1")), client.get(at(certificate, "file"))
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert (original["Content-Type"], original.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(at(certificate, "pages/2")).status_code == 404
    assert Event.objects.filter(noun="certificate", verb="read", number=certificate.number).count() == 2


def test_list_takes_as_many_statements_for_many_as_for_one(cast, sign_in):
    client = sign_in(cast.inspector)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    make_material_certificate(cast, material=make_material(cast))
    alone = statements()
    for _ in range(4):
        make_material_certificate(cast, material=make_material(cast))
    assert statements() == alone


@pytest.mark.parametrize("asked", ["received", "in_review", "nonsense", "\x00"])
def test_list_can_be_narrowed_by_state(cast, sign_in, asked):
    certificate = make_process_certificate(cast)
    rows = sign_in(cast.inspector).get(LIST, {"state": asked}).context["rows"]
    assert [row.number for row in rows] == ([] if asked == "received" else [certificate.number])


def test_page_offers_the_decision_the_verdict_calls_for(cast, sign_in):
    good, bad = make_process_certificate(cast), make_process_certificate(cast, spec_revision="E")
    client = sign_in(cast.quality)
    accepts, rejects = (client.get(at(each)).context["decision"] for each in (good, bad))
    assert (accepts["closed"], accepts["reason"], accepts["rejects_first"]) == ("", "", False)
    assert (rejects["closed"], rejects["rejects_first"]) == (
        "Accept is closed: specification revision must agree first.",
        True,
    )
    assert "names specification revision E" in rejects["reason"]


@pytest.mark.parametrize("who", ["inspector", "vendor"])
def test_whoever_does_not_decide_is_offered_no_decision(cast, sign_in, who):
    certificate = make_process_certificate(cast)
    assert sign_in(getattr(cast, who)).get(at(certificate)).context["decision"] is None


def test_rejection_from_the_page_takes_its_reason(cast, sign_in):
    certificate = make_process_certificate(cast, spec_revision="E")
    client = sign_in(cast.quality)
    decision = client.get(at(certificate)).context["decision"]
    client.post(decision["reject_url"], {"reason": decision["reason"], "password": PASSWORD})
    certificate.refresh_from_db()
    assert (certificate.state, certificate.decision_reason) == ("rejected", decision["reason"])


def test_waiting_ones_are_walked_oldest_first_without_ones_own(cast, sign_in):
    first, second = make_process_certificate(cast), make_process_certificate(cast)
    own = make_process_certificate(cast)
    Certificate.objects.filter(pk=own.pk).update(entered_by=cast.quality)
    client = sign_in(cast.quality)
    places = [client.get(at(each)).context["place"] for each in (first, second, own)]
    assert [(place["at"], place["count"], place["previous_url"], place["next_url"]) for place in places] == [
        (1, 2, "", at(second)),
        (2, 2, at(first), ""),
        (0, 2, "", at(first)),
    ]


def test_nothing_waits_for_those_who_do_not_decide(cast, sign_in):
    certificate = make_process_certificate(cast)
    assert sign_in(cast.vendor).get(at(certificate)).context["place"] is None
