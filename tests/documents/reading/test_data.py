"""Data certificates: known by the schema they name, refused with the place that is wrong, read as fields and rows."""

import json

import pytest

from documents.formats.certificate_reading import read_certificate
from documents.formats.reading.data import read_data
from portal.intake.unreadable import FileNotReadable

PASSPORT = {
    "RefSchemaUrl": "https://schemas.materialidentity.org/metals-schemas/v0.1.1/schema.json",
    "DigitalMaterialPassport": {
        "Id": "DMP-7",
        "IssueDate": "2026-05-14",
        "Languages": ["EN"],
        "TransactionData": {
            "Parties": {"Manufacturer": {"Name": "Works SE", "Street": ["Road 1"], "ZipCode": "4040", "City": "Linz"}},
            "BusinessTransaction": {"Order": {"Id": "PO-7", "Position": "10"},
                                    "Delivery": {"Quantity": 48, "QuantityUnit": "pcs"}},
        },
        "Product": {"Name": "Bar", "ProductNorms": [{"Standard": "EN 10025-2", "Year": "2019"}], "BatchId": "H-1"},
        "ChemicalAnalysis": {
            "HeatNumber": "H-1",
            "Elements": [{"PropertySymbol": "C", "Actual": {"Value": 0.18}, "Maximum": {"Value": 0.2}, "Unit": "%"}],
        },
        "Validation": {"CertificateType": {"Type": "3.1"}, "Validators": [{"Name": "Ana Weber", "Title": "Inspector"}]},
    },
}  # fmt: skip


def without(*path: str) -> bytes:
    """Return the passport without what stands at a path."""
    data = json.loads(json.dumps(PASSPORT))
    at = data
    for name in path[:-1]:
        at = at[name]
    del at[path[-1]]
    return json.dumps(data).encode()


def test_a_passport_is_read_as_fields_and_rows():
    reading = read_certificate(json.dumps(PASSPORT).encode())
    said = {field.key: field.value for field in reversed(reading.found)}
    assert said == {
        "stated_number": "DMP-7",
        "stated_on": "2026-05-14",
        "certificate_type": "3.1",
        "po_number": "PO-7",
        "po_line": "10",
        "issuer_name": "Works SE",
        "site_address": "Road 1, 4040 Linz",
        "spec_number": "EN 10025-2",
        "spec_revision": "2019",
        "grade": "Bar",
        "identifier": "H-1",
        "quantity": "48",
        "signed_name": "Ana Weber",
        "signed_title": "Inspector",
    }
    (row,) = reading.rows
    assert (row.test, row.property_name, row.value, row.maximum, row.unit) == (
        "chemistry",
        "C",
        "0.18",
        "0.2",
        "%",
    )
    assert (reading.how, reading.language, {field.box for field in reading.found}) == ("data", "en", {None})
    assert reading.doubts == (
        "The parts of this Metals certificate are there; its whole shape was not checked.",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            without("DigitalMaterialPassport", "IssueDate"),
            "This Metals certificate has nothing at DigitalMaterialPassport/IssueDate. Export it again with that part "
            "filled.",
        ),
        (
            without("RefSchemaUrl"),
            "RefSchemaUrl names no schema; only certificates of EN 10168, CoA, E-CoC and Metals are read as data. "
            "Send the certificate as a PDF, or export it in one of these.",
        ),
        (
            b'{"RefSchemaUrl": ',
            "The file is named as data, but it is not whole JSON. Export the certificate again and send that.",
        ),
        (
            b'{"RefSchemaUrl": NaN}',
            "The file is named as data, but it is not whole JSON. Export the certificate again and send that.",
        ),
        (b"[1]", "The JSON file is a list or a word, not a certificate. Send the certificate itself."),
    ],
)
def test_a_certificate_that_is_not_whole_is_refused_with_its_place(content, sentence):
    with pytest.raises(FileNotReadable) as refusal:
        read_data(content)
    assert refusal.value.sentence == sentence


def test_a_schema_of_the_folder_is_held_and_never_fetched(tmp_path):
    schema = {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "properties": {"DigitalMaterialPassport": {"properties": {"Id": {"type": "integer"}}}},
    }
    (tmp_path / "Metals-v0.1.1.schema.json").write_text(json.dumps(schema))
    with pytest.raises(FileNotReadable) as refusal:
        read_data(json.dumps(PASSPORT).encode(), str(tmp_path))
    assert refusal.value.sentence == (
        "This Metals certificate does not follow its schema at DigitalMaterialPassport/Id: 'DMP-7' is not of type "
        "'integer'. Export it again."
    )


def certificates(shared_data):
    return sorted((shared_data / "material-certificates").glob("*.json"))


@pytest.mark.parametrize("is_checked", [True, False])
def test_published_certificates_are_taken_and_broken_ones_refused(shared_data, is_checked):
    schemas = str(shared_data / "material-certificates" / "schemas") if is_checked else ""
    refused = set()
    for path in certificates(shared_data):
        try:
            assert read_data(path.read_bytes(), schemas).found
        except FileNotReadable:
            refused.add(path.name)
    marked = {each.name for each in certificates(shared_data) if "__valid_" not in each.name}
    assert refused == marked


def same(key: str, one: str, other: str) -> bool:
    one, other = ("".join(text.split()).casefold() for text in (one, other))
    return one == other or (key in ("weight", "quantity") and one.rstrip("0.") == other.rstrip("0."))


def test_papers_say_what_their_data_says(shared_data):
    """Print the rate of each field of the PDF against its twin of data; the floor is what holds today, rounded down."""
    hits, asked, rows_hit, rows_asked = {}, {}, 0, 0
    for path in certificates(shared_data):
        paper = path.with_suffix(".pdf")
        if not paper.exists():
            continue
        truth, reading = read_data(path.read_bytes()), read_certificate(paper.read_bytes())
        for key in {field.key for field in truth.found}:
            read = [field.value for field in reading.of(key)]
            asked[key] = asked.get(key, 0) + 1
            hits[key] = hits.get(key, 0) + any(
                same(key, value, field.value) for value in read for field in truth.of(key)
            )
        known = {(row.property_name.casefold()[:6], float(row.value)) for row in reading.rows}
        rows_asked += len(truth.rows)
        rows_hit += sum((row.property_name.casefold()[:6], float(row.value)) in known for row in truth.rows)
    print({key: f"{hits[key]}/{asked[key]}" for key in sorted(asked)})
    print(f"fields {sum(hits.values())}/{sum(asked.values())}, rows {rows_hit}/{rows_asked}")
    assert (sum(hits.values()) / sum(asked.values()) >= 0.78, rows_hit / rows_asked >= 0.8) == (True, True)
