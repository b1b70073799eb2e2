"""Certificates the machine has read: decided without typing, and what is asked where page and typist differ."""

import pytest

from documents.domain import certificates, decisions, sightings
from documents.domain.readings import keep_reading
from documents.formats.paper import OCR, ReadField, Reading
from documents.views.certificate_words import advice_to_vendor
from portal.domain.errors import Incomplete
from tests.cast import reauth
from tests.factories.certificates import accept, make_process_certificate, what_the_paper_says
from tests.factories.inspection import make_lot


def read(cast, *, how="text", typed=False, **wrong):
    """Return a certificate whose page says what the order asks, but for what is `wrong`."""
    lot = make_lot(cast, at=50)
    says = {**what_the_paper_says(lot), **wrong}
    certificate = make_process_certificate(cast, lot=lot, at="in_review" if typed else "received")
    words = {key: value if isinstance(value, str) else str(value) for key, value in says.items()}
    found = tuple(ReadField(key, value, value, 1, None, how) for key, value in words.items() if value)
    keep_reading(certificate=certificate, reading=Reading(found=found, pages_read=1), reader="words 1")
    return certificate


def verdicts(certificate):
    return {key.key: key for key in certificates.compare(certificate)}


def test_read_in_full_it_is_accepted_without_typing_and_says_what_the_page_says(cast):
    certificate = read(cast)
    assert [key.key for key in certificates.compare(certificate) if key.stops or key.asks] == []
    decided = certificates.accept(by=cast.quality, certificate=certificate, token=reauth(cast.quality))
    line = certificate.coverages.get().step
    assert (decided.state, decided.spec_revision, decided.quantity, decided.entered_by) == (
        "accepted",
        "F",
        5,
        None,
    )
    assert decided.site is not None and line is not None
    assert decided.excused == []


def test_typed_as_ordered_but_printed_otherwise_is_a_question_to_a_person(cast):
    certificate = read(cast, typed=True, part_revision="Z")
    key = verdicts(certificate)["part revision"]
    assert (key.verdict, key.typed, key.read, key.stops, key.asks) == ("mismatch", "A", "Z", False, True)
    token = reauth(cast.quality)
    with pytest.raises(sightings.NobodyHasLooked, match="part revision"):
        certificates.accept(by=cast.quality, certificate=certificate, token=token)
    assert certificate.sightings.count() == 0
    seen = {"part_revision": 1, "stated_number": 1}
    kept = certificates.accept(by=cast.quality, certificate=certificate, token=token, seen=seen)
    assert kept.state == "accepted"
    assert {(each.field, each.words, each.seen_by) for each in certificate.sightings.all()} >= {
        ("part_revision", "A", cast.quality)
    }


def test_page_that_differs_stops_whoever_looks(cast):
    certificate = read(cast, part_revision="Z")
    with pytest.raises(decisions.CertificateDoesNotMatch, match="says part revision Z"):
        accept(cast, certificate)


def test_what_the_machine_missed_is_found_by_the_person_who_decides(cast):
    certificate = read(cast, po_number="", site="")
    asked = [key.key for key in certificates.compare(certificate) if key.asks]
    assert asked == ["order", "site"]
    token = reauth(cast.quality)
    with pytest.raises(sightings.NobodyHasLooked, match="order, site"):
        certificates.accept(by=cast.quality, certificate=certificate, token=token)
    decided = certificates.accept(
        by=cast.quality, certificate=certificate, token=token, seen={"po_number": 1, "site": 1}
    )
    assert (decided.state, decided.excused) == ("accepted", [])
    assert decided.po_number and decided.site is not None


@pytest.mark.parametrize("field", ["stated_number", "stated_on", "signed_name", "quantity"])
def test_what_only_the_page_can_say_is_typed_before_anybody_accepts(cast, field):
    certificate = read(cast, **{field: ""})
    token = reauth(cast.quality)
    with pytest.raises(sightings.NobodyHasLooked, match="type what only the page can say"):
        certificates.accept(by=cast.quality, certificate=certificate, token=token, seen={field: 1})
    assert certificate.sightings.count() == 0
    says = what_the_paper_says(certificate.coverages.get().traveler)
    typed = certificates.enter_fields(by=cast.inspector, certificate=certificate, **{field: says[field]})
    assert accept(cast, typed).state == "accepted"


def test_the_sender_is_asked_about_what_the_machine_missed(cast):
    certificate = read(cast, po_number="", signed_name="")
    advice = advice_to_vendor(certificate, certificates.compare(certificate))
    assert (advice["state"], advice["missed"]) == ("asked", ["order", "signed by"])
    assert advice["heading"] == "Received. We did not find 2 things on the page."
    one = read(cast, po_number="")
    heading = advice_to_vendor(one, certificates.compare(one))["heading"]
    assert heading == "Received. We did not find one thing on the page."


def test_words_off_a_picture_ask_a_person_who_sees_them(cast):
    certificate = read(cast, how=OCR)
    asked = [key.key for key in certificates.compare(certificate) if key.asks]
    assert "order" in asked and "specification" in asked
    decided = accept(cast, certificate)
    assert (decided.state, decided.spec_number) == ("accepted", "MIL-PRF-8625")


def test_a_page_that_is_not_of_it_is_refused(cast):
    certificate = read(cast, how=OCR)
    with pytest.raises(Incomplete, match="nothing of it can be seen on page 9"):
        accept(cast, certificate, seen={"po_number": 9})


def test_the_sender_is_told_what_differs_with_the_page_and_never_that_it_is_accepted(cast):
    right, wrong = read(cast), read(cast, part_revision="Z")
    passed, differs = (advice_to_vendor(each, certificates.compare(each)) for each in (right, wrong))
    assert (passed["heading"], passed["sentence"]) == (
        "Received. Pre-check passed.",
        "A person decides; you will be told.",
    )
    assert differs["heading"] == "1 item does not fit the order."
    assert [(key.page, key.read, key.on_record) for key in differs["differences"]] == [(1, "Z", "A")]
    assert "accept" not in f"{passed}{differs}".lower()


def test_what_was_only_typed_is_no_fault_of_the_sender(cast):
    certificate = make_process_certificate(cast)
    assert advice_to_vendor(certificate, certificates.compare(certificate))["state"] == "match"


def test_same_number_with_other_content_asks_for_a_revision(cast):
    first = make_process_certificate(cast, stated_number="BW-7")
    second = make_process_certificate(cast, stated_number="BW-7", po_number="other")
    key = verdicts(second)["same number"]
    assert (key.stops, key.on_record) == (True, first.number)
    assert "po number" in key.sentence
    assert "same number" not in verdicts(first)
