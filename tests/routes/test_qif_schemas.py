"""QIF files by the published schemas: findings to read, never a refusal."""

from __future__ import annotations

import csv

from routes.formats.qif_schemas import schema_findings
from routes.formats.result_files import read_results
from tests.factories.result_files import make_qif


def test_published_files_are_as_valid_as_published(shared_data):
    folder = shared_data / "qif"
    with open(folder / "EXPECTED.csv", newline="", encoding="utf-8") as opened:
        rows = [row for row in csv.DictReader(opened) if row["valid_qif3_xsd"]]
    found = [
        schema_findings((folder / row["file"]).read_bytes(), row["version_attr"], str(folder))[1]["schema"]
        for row in rows
    ]
    assert found == ["valid" if row["valid_qif3_xsd"] == "True" else "invalid" for row in rows]


def test_what_the_schema_finds_is_said_by_line_and_refuses_nothing(shared_data):
    content = make_qif({"1": [("81", "10", "PASS")]}, items={"81": "BORE"})
    kind, found = read_results(content, str(shared_data / "qif"))
    assert (kind, found.facts, len(found.samples)) == ("QIF", {"schema": "invalid"}, 1)
    assert [sentence[:23] for sentence in found.notes] == ["By the schema, line 1: "] * len(found.notes)
    assert "{" not in "".join(found.notes)


def test_without_a_schema_it_says_so(shared_data, tmp_path):
    content = make_qif({"1": [("81", "10", "PASS")]}, items={"81": "BORE"})
    not_validated = "The file was not validated against a schema: "
    assert schema_findings(content, "3.0.0", "")[0] == (f"{not_validated}none is set up here.",)
    assert schema_findings(content, "2.1.0", str(shared_data / "qif"))[0] == (
        f"{not_validated}there is none for version 2.1.0.",
    )
    (tmp_path / "QIFDocument.xsd").write_text("<broken")
    assert schema_findings(content, "3.0.0", str(tmp_path))[0] == (
        f"{not_validated}the one in {tmp_path.name} cannot be read.",
    )
    large = content + b" " * (8 * 1024 * 1024)
    assert schema_findings(large, "3.0.0", str(shared_data / "qif"))[0] == (
        f"{not_validated}it is larger than 8 MiB.",
    )
