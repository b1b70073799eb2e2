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
    "notes",
]
QIF_KEYS = [*KEYS, "schema"]


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
    assert list(found) == QIF_KEYS
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
        "notes": ["The file was not validated against a schema: none is set up here."],
        "schema": "not validated",
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
    assert [list(line) for line in lines] == [KEYS, KEYS, QIF_KEYS]
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
        "  The file was not validated against a schema: none is set up here.\n"
    )


def test_every_aqdef_file_counts_as_its_table_says(shared_data):
    rows = table(shared_data / "aqdef" / "EXPECTED.csv")
    found = read(*(shared_data / "aqdef" / row["file"] for row in rows))
    columns = ("K0100", "parts", "characteristics", "value_lines", "has_hierarchy", "encoding")
    assert [[str(each[column]) for column in columns] for each in found] == [
        [row[column] for column in columns] for row in rows
    ]
    assert {each["format"] for each in found} == {"AQDEF"}


def test_every_report_of_a_measuring_machine_counts_as_its_table_says(shared_data):
    folder = shared_data / "cmm-exports"
    rows = table(folder / "EXPECTED_cover.csv")
    for layout in ("axis_table", "chr"):
        found = read(*(folder / f"cover_sample{int(row['sample']):02}_{layout}.txt" for row in rows))
        assert [(each["values"], each["recomputed"]["FAIL"]) for each in found] == [
            (int(row["lines"]), int(row["out_of_limits"])) for row in rows
        ]
    comma, wide = read(
        folder / "cover_sample01_decimal_comma.txt", folder / "cover_all_samples_wide_semicolon.csv"
    )
    assert (comma["values"], comma["recomputed"]["FAIL"]) == (27, 0)
    assert (wide["samples"], wide["values"], wide["recomputed"]["FAIL"]) == (20, 541, 0)


def test_values_are_read_with_the_description_beside_them(tmp_path):
    (tmp_path / "a.dfd").write_text("K0100 1\nK2001/1 BORE\n")
    (tmp_path / "a.dfx").write_text("10.1\n10.2\n")
    for name in ("a.dfx", "a.dfd"):
        (found,) = read(tmp_path / name)
        assert (found["format"], found["values"], found["value_lines"]) == ("AQDEF", 2, 2)
    (tmp_path / "a.dfd").unlink()
    with pytest.raises(CommandError, match="Could not be read"):
        read(tmp_path / "a.dfx")
