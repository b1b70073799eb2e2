"""Having certificates read: asked for at upload, done in the background, proposed on the page for a person."""

import json
import random

import pytest

from documents.domain import certificates, reading_jobs
from documents.domain.proposals import proposals_of
from documents.domain.readings import keep_reading, reading_of
from documents.formats.paper import Box, ReadField, Reading
from documents.models import CertificateReading
from portal import queue
from portal.domain.files import FileRefused
from portal.models import Job
from tests.certificates.maker import TUNE, make_one
from tests.documents.reading.test_data import PASSPORT, without
from tests.factories.certificates import make_process_certificate, pdf
from tests.factories.inspection import make_lot

LAYOUT = next(layout for layout in TUNE.values() if "labels left" in layout.name)
READ = [reading_jobs.READ]


def upload(cast, content=None, name="mill.pdf"):
    return certificates.upload(by=cast.inspector, content=content or pdf(), name=name, kind="material")


def test_a_certificate_is_read_once_after_it_came(cast):
    made = make_one(random.Random("job"), LAYOUT)
    certificate = upload(cast, made.pdf)
    assert reading_of(certificate) is None
    assert queue.work_off(READ) == 1
    assert reading_of(certificate).first("po_number").value == made.truth.first("po_number").value
    kept = CertificateReading.objects.get()
    assert (kept.reader, reading_jobs.job_of(certificate).state) == (reading_jobs.READER, Job.DONE)
    reading_jobs.ask_for_reading(certificate)
    assert (queue.work_off(READ), CertificateReading.objects.count()) == (0, 1)


def test_a_job_done_twice_reads_once(cast):
    certificate = upload(cast)
    keep_reading(certificate=certificate, reading=Reading(pages_read=1), reader=reading_jobs.READER)
    queue.work_off(READ)
    assert CertificateReading.objects.count() == 1


def test_a_paper_that_cannot_be_read_parks_and_stops_nobody(cast, monkeypatch, settings, tmp_path):
    certificate = upload(cast)
    settings.MEDIA_ROOT = tmp_path
    queue.work_off(READ)
    job = reading_jobs.job_of(certificate)
    assert (job.state, job.last_error) == (
        Job.PARKED,
        "The file mill.pdf is not in the store. Restore it from the backup.",
    )
    typed = certificates.enter_fields(by=cast.inspector, certificate=certificate, stated_number="M-7")
    assert (typed.stated_number, typed.state) == ("M-7", "in_review")


def test_the_same_reader_is_not_asked_twice(cast):
    certificate = upload(cast)
    with pytest.raises(reading_jobs.NothingNewToRead) as refusal:
        reading_jobs.read_again(by=cast.inspector, certificate=certificate)
    assert refusal.value.sentence == (
        f"Certificate {certificate.number} is read by the newest reader already, or waits for it. "
        "Type what it could not read."
    )


def test_a_better_reader_reads_again_from_the_page(cast, sign_in, monkeypatch):
    certificate = upload(cast)
    monkeypatch.setattr(reading_jobs, "READER", "paper 99")
    client = sign_in(cast.inspector)
    page = f"{certificate.get_absolute_url()}enter/"
    assert client.get(page).context["read_again_url"] == f"{certificate.get_absolute_url()}read/"
    answer = client.post(f"{certificate.get_absolute_url()}read/")
    assert (answer.status_code, answer.url) == (302, page)
    assert reading_jobs.job_of(certificate).unique_key.endswith("paper 99")


def read_page(cast, sign_in, person, fields):
    certificate = make_process_certificate(cast, at="received")
    keep_reading(
        certificate=certificate, reading=Reading(found=fields, pages_read=1), reader=reading_jobs.READER
    )
    client = sign_in(person)
    return certificate, client, f"{certificate.get_absolute_url()}enter/"


BOX = Box(0.1, 0.2, 0.3, 0.22)
FOUND = (
    ReadField("stated_number", "BW-7", "BW-7", 1, BOX, label="Cert No."),
    ReadField("stated_on", "03/04/26", "", 1, BOX, others=("2026-04-03", "2026-03-04")),
    ReadField("quantity", "48 pcs", "48", 1, None, how="ocr"),
    ReadField("spec_number", "A" * 90, "A" * 90, 1, None),
)


def test_what_was_read_is_proposed_in_the_fields_and_boxed_on_the_page(cast, sign_in):
    certificate, client, address = read_page(cast, sign_in, cast.vendor, FOUND)
    page = client.get(address)
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("stated_number", "stated_on", "quantity", "spec_number")}
    assert shown == {"stated_number": "BW-7", "stated_on": None, "quantity": 48, "spec_number": ""}
    text = page.content.decode()
    assert [
        part in text
        for part in ("Read on page 1:", "Read from the picture of page 1", "3 Apr 2026, 4 Mar 2026")
    ] == [True] * 3
    (paper,) = page.context["papers"]
    assert [(box["name"], box["mark"], box["x"], box["width"]) for box in paper["boxes"]] == [
        ("stated_number", 1, 97, 206),
        ("stated_on", 2, 97, 206),
    ]
    assert 'href="#box-stated_number"' in text


def test_one_press_confirms_and_what_was_typed_stands_beside_the_reading(cast, sign_in):
    certificate, client, address = read_page(cast, sign_in, cast.vendor, FOUND)
    client.post(address, {"stated_number": "BW-70"})
    certificate.refresh_from_db()
    assert (certificate.stated_number, reading_of(certificate).first("stated_number").value) == (
        "BW-70",
        "BW-7",
    )
    page = client.get(address)
    assert page.context["form"]["stated_number"].value() == "BW-70"
    assert page.context["form"].fields["stated_number"].read["proposal"].read.value == "BW-7"


def test_the_site_is_proposed_when_one_fits_only(cast):
    site = cast.vendor_organization.sites.first()
    said = Reading(found=(ReadField("site", f"{site.organization.name}, {site.name}", "x", 1, None),))
    assert proposals_of(said, [site])["site"].value == site
    assert "site" not in proposals_of(said, [site, site])
    assert proposals_of(None, [site]) == {}


def test_a_data_certificate_is_taken_and_shown_as_a_table(cast, sign_in):
    certificate = upload(cast, json.dumps(PASSPORT).encode(), "H-1.json")
    queue.work_off(READ)
    (paper,) = sign_in(cast.inspector).get(f"{certificate.get_absolute_url()}enter/").context["papers"]
    assert {"label": "HeatNumber", "value": "H-1", "name": "identifier"} in paper["data"]["facts"]
    with pytest.raises(FileRefused) as refusal:
        upload(cast, without("DigitalMaterialPassport", "IssueDate"), "H-2.json")
    assert refusal.value.sentence == (
        "H-2.json: This Metals certificate has nothing at DigitalMaterialPassport/IssueDate. Export it again with that "
        "part filled."
    )


def test_days_are_read_as_the_one_country_of_the_issuer_writes_them(cast):
    certificate = make_process_certificate(cast, lot=make_lot(cast, at=50), at="received")
    countries = {site.country for site in cast.vendor_organization.sites.all()}
    assert reading_jobs.country_of(certificate) == (countries.pop() if len(countries) == 1 else "")
    assert reading_jobs.country_of(upload(cast)) == ""
