"""Readings of certificates: kept beside the typed fields, and read back as they were."""

from documents.domain import certificates
from documents.domain.readings import keep_reading, reading_of
from documents.formats.paper import Box, ReadField, Reading, ReadRow
from tests.factories.certificates import pdf

READING = Reading(
    found=(
        ReadField("po_number", "P.O. No.: 4500-1", "4500-1", 1, Box(0.1, 0.2, 0.3, 0.22), label="P.O. No."),
        ReadField("stated_on", "03/04/26", "", 1, None, others=("2026-03-04", "2026-04-03")),
        ReadField("po_number", "4500-2", "4500-2", 2, None),
    ),
    rows=(ReadRow("chemistry", "Cu", "1.6", "%", "1.2", "2.0", page=2),),
    language="en",
    pages_read=2,
    doubts=("Page 2 is a picture.",),
)


def make_certificate(cast):
    return certificates.upload(by=cast.inspector, content=pdf(2), name="mill.pdf", kind="material")


def test_a_reading_comes_back_as_it_was_kept(cast):
    certificate = make_certificate(cast)
    assert reading_of(certificate) is None
    keep_reading(certificate=certificate, reading=READING, reader="words 1")
    assert reading_of(certificate) == READING
    assert reading_of(certificate).first("po_number").value == "4500-1"
    assert [each.page for each in READING.of("po_number")] == [1, 2]


def test_the_last_reading_counts(cast):
    certificate = make_certificate(cast)
    keep_reading(certificate=certificate, reading=READING, reader="words 1")
    keep_reading(certificate=certificate, reading=Reading(pages_read=1), reader="words 2")
    assert reading_of(certificate) == Reading(pages_read=1)
    assert certificate.readings.count() == 2


def test_a_name_of_a_later_version_is_left_out():
    data = READING.as_data() | {"colour": "blue"}
    data["found"][0]["colour"] = "blue"
    assert Reading.from_data(data) == READING
