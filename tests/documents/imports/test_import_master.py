"""The command: what it prints, what it keeps, and with which word it ends."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.formats.tables import read_table
from documents.models import MasterImport
from routes.models import Gauge
from tests.factories.tables import csv_of

GOOD = csv_of("Number,Kind,Shelf", "G-1,CMM,A")
WRONG = csv_of("Number,Kind", "G-1,CMM", ",CMM")


@pytest.fixture
def bring(cast, tmp_path):
    """Run the command on a file of this content as the quality engineer."""

    def run(content: bytes, *options: str, by: str = "") -> str:
        path = tmp_path / "gauges.csv"
        path.write_bytes(content)
        out = StringIO()
        call_command("import_master", "gauges", path, "--by", by or cast.quality.email, *options, stdout=out)
        return out.getvalue()

    return run


@pytest.mark.parametrize(("options", "kept"), [((), 0), (("--dry-run",), 0), (("--save",), 1)])
def test_only_save_saves(bring, options, kept):
    said = bring(GOOD, *options)
    assert (Gauge.objects.count(), MasterImport.objects.count()) == (kept, kept)
    number = MasterImport.objects.get().number if kept else ""
    assert said.splitlines() == [
        f"{number} is saved." if kept else "Looked at; nothing was saved.",
        "Rows: new 1.",
        "Columns not read: Shelf.",
        "Row 2 G-1: new.",
    ]


def test_the_report_is_one_object(bring):
    report = json.loads(bring(GOOD, "--json"))
    assert (report["number"], report["counts"], report["ignored"]) == ("", {"new": 1}, ["Shelf"])
    assert report["rows"] == [
        {"line": 2, "verdict": "new", "key": "G-1", "sentences": [], "made": ["gauge G-1"], "differences": []}
    ]


@pytest.mark.parametrize("options", [(), ("--save",)])
def test_rows_that_stop_it_end_it_with_one_and_nothing_is_kept(bring, options):
    with pytest.raises(CommandError) as ended:
        bring(WRONG, *options)
    assert (ended.value.returncode, Gauge.objects.count(), MasterImport.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize(
    ("content", "by", "sentence"),
    [
        (b"", "", "The file"),
        (GOOD, "nobody@nowhere.example", "Nobody signs in as nobody@nowhere.example. Check the address."),
        (GOOD, "sami.okonjo@halden.example", "Sami Okonjo may not look at tables of master data"),
    ],
)
def test_a_refusal_ends_it_with_two(bring, content, by, sentence):
    with pytest.raises(CommandError) as ended:
        bring(content, by=by)
    assert ended.value.returncode == 2
    assert str(ended.value).startswith(sentence)


def test_days_are_read_in_the_order_that_is_said(bring):
    content = csv_of("Number,Kind,Certificate,Calibrated on,Due on", "G-1,CMM,C-1,03/04/2026,03/04/2027")
    with pytest.raises(CommandError):
        bring(content)
    assert "Rows: new 1." in bring(content, "--date-order", "mdy")


def test_the_template_is_printed():
    out = StringIO()
    call_command("import_master", "--template", "gauges", stdout=out)
    [sheet] = read_table(out.getvalue().encode())
    assert sheet["rows"][0][1][:3] == ["Number", "Kind", "Description"]


def test_what_is_missing_is_named():
    with pytest.raises(CommandError) as ended:
        call_command("import_master", "gauges")
    assert str(ended.value) == "Name the noun, the file and, with --by, who brings it in."
