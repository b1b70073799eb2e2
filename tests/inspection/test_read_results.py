"""The command that says what result files hold, against published files and the real case."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from inspection.formats.summaries import summary_of
from tests.factories.result_files import make_qif

KEYS = [
    "file",
    "format",
    "version",
    "parts",
    "samples",
    "characteristics",
    "values",
    "stated",
    "recomputed",
    "pseudo_dimensions",
    "problems",
]


def read(*files) -> list[dict]:
    said = io.StringIO()
    call_command("read_results", *map(str, files), json=True, stdout=said)
    return [json.loads(line) for line in said.getvalue().splitlines()]


def table(path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_every_published_file_counts_as_its_table_says(shared_data):
    rows = table(shared_data / "qif" / "EXPECTED.csv")
    found = read(*(shared_data / "qif" / row["file"] for row in rows))
    columns = ("measurement_results", "characteristic_items", "actuals", "PASS", "FAIL", "other_status")
    assert [
        [
            each["samples"],
            each["characteristics"],
            each["values"],
            each["stated"]["PASS"],
            each["stated"]["FAIL"],
            each["stated"]["other"],
        ]
        for each in found
    ] == [[int(row[column]) for column in columns] for row in rows]
    assert [each["version"] for each in found] == [row["version_attr"] for row in rows]


@pytest.mark.parametrize(
    ("file", "values", "characteristics", "pseudo"),
    [
        ("fair/cover_final_inspection_supplier.qif", "cover_fair_values.csv", 28, ["Part Number"]),
        ("incoming/cover_incoming_inspection_customer.qif", "cover_incoming_values.csv", 12, []),
    ],
)
def test_real_case_is_counted_and_judged_as_expected(shared_data, file, values, characteristics, pseudo):
    case = shared_data / "real-case-A-nist-cover"
    rows = table(case / "expected" / values)
    stated = Counter(row["status_in_file"] for row in rows)
    recomputed = Counter(row["status_recomputed"] for row in rows)
    (found,) = read(case / file)
    assert list(found) == KEYS
    assert found | {"file": "", "problems": []} == {
        "file": "",
        "format": "QIF",
        "version": "2.1.0",
        "parts": 1,
        "samples": 20,
        "characteristics": characteristics,
        "values": len(rows),
        "stated": {"PASS": stated["PASS"], "FAIL": stated["FAIL"], "other": 0},
        "recomputed": {"PASS": recomputed["PASS"], "FAIL": recomputed["FAIL"], "none": 0},
        "pseudo_dimensions": pseudo,
        "problems": [],
    }


def test_unreadable_file_is_named_and_the_others_are_read(tmp_path):
    good, bad, absent = (tmp_path / name for name in ("good.qif", "bad.qif", "absent.qif"))
    good.write_bytes(make_qif({"1": [("81", "10", "PASS"), ("99", "1", "")]}, items={"81": "BORE"}))
    bad.write_bytes(b"<QIFDocument")
    said = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("read_results", str(bad), str(absent), str(good), json=True, stdout=said)
    assert (refused.value.returncode, str(refused.value)) == (1, f"Could not be read: {bad}, {absent}.")
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    assert [list(line) for line in lines] == [KEYS] * 3
    assert [line["format"] for line in lines] == ["", "", "QIF"]
    assert "not well-formed" in lines[0]["problems"][0]
    assert lines[1]["problems"] == ["The file could not be opened: No such file or directory."]
    assert (lines[2]["values"], lines[2]["stated"], lines[2]["recomputed"]) == (
        2,
        {"PASS": 1, "FAIL": 0, "other": 1},
        {"PASS": 0, "FAIL": 0, "none": 2},
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b'<!DOCTYPE q [<!ENTITY a "b">]><QIFDocument versionQIF="3.0.0"/>', "DOCTYPE"),
        (make_qif({"1": [("81", "NaN", "PASS")]}, items={"81": "BORE"}), "NaN is not a finite number"),
        (b'<QIFDocument versionQIF="4.0"/>', "4.0"),
        (b"%PDF-1.7", "none of the result files known here"),
        (b"\x00\x01", "not well-formed"),
    ],
)
def test_what_is_no_result_file_is_refused_with_its_reason(tmp_path, content, words):
    path = tmp_path / "file.qif"
    path.write_bytes(content)
    found = summary_of(path)
    assert (found["format"], found["values"], words in found["problems"][0]) == ("", 0, True)


def test_words_are_for_people(tmp_path):
    path = tmp_path / "a.qif"
    path.write_bytes(make_qif({"1": [("81", "10", "PASS")]}, items={"81": "BORE"}))
    said = io.StringIO()
    call_command("read_results", str(path), stdout=said)
    assert said.getvalue() == (
        f"{path}: QIF 3.0.0, 1 samples, 1 characteristics, 1 values.\n"
        "  stated 1 PASS, 0 FAIL, 0 other; recomputed 0 PASS, 0 FAIL, 1 none.\n"
    )
