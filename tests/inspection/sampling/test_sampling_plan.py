"""The command that prints sampling plans."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from inspection.domain.sampling import z14


def printed(*asked):
    out = io.StringIO()
    call_command("sampling_plan", *asked, stdout=out)
    return out.getvalue()


def test_one_lot_as_json():
    asked = ("--lot", "500", "--level", "II", "--aql", "1.0", "--severity", "normal", "--json")
    assert json.loads(printed(*asked)) == {
        "code_letter": "H",
        "n": 50,
        "ac": 1,
        "re": 2,
        "inspect_all": False,
    }
    assert json.loads(printed("--lot", "12", "--json")) == {
        "code_letter": "B",
        "n": 12,
        "ac": 0,
        "re": 1,
        "inspect_all": True,
    }


def test_one_lot_in_words():
    assert (
        printed("--lot", "500")
        == "Letter H: inspect 50 of 500; accept with 1, reject with 2 nonconforming.\n"
    )
    assert printed("--lot", "50", "--ltpd", "10") == (
        "Inspect 18 of 50; accept with 0, reject with 1 nonconforming. A lot with 5 nonconforming pieces passes with "
        "a chance of 9.5044 %.\n"
    )


def test_every_row_of_a_file_has_its_line(tmp_path):
    file = tmp_path / "lots.csv"
    rows = [
        ("aql", "severity", "lot", "level"),
        ("1", "Tightened", "500", "II"),
        ("0.65", "normal", "40", "II"),
    ]
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)
    lines = [json.loads(line) for line in printed("--csv", str(file)).splitlines()]
    assert lines == [
        {"code_letter": "H", "n": 80, "ac": 1, "re": 2, "inspect_all": False},
        {"code_letter": "D", "n": 20, "ac": 0, "re": 1, "inspect_all": False},
    ]


def test_a_row_without_a_plan_says_why_in_its_place(tmp_path):
    file = tmp_path / "lots.csv"
    file.write_text("lot,level,aql,severity\n500,II,1.0,normal\nmany,II,1.0,normal\n", encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("sampling_plan", "--csv", str(file), stdout=out)
    assert (ended.value.returncode, str(ended.value)) == (
        2,
        f"{file}: 1 row has no sampling plan; each line says why.",
    )
    assert json.loads(out.getvalue().splitlines()[1]) == {
        "error": "A lot of 'many' pieces cannot be read. Give a whole number, as in --lot 500."
    }


@pytest.mark.parametrize(
    "asked, sentence",
    [
        ((), "A lot of '' pieces cannot be read. Give a whole number, as in --lot 500."),
        (("--lot", "5", "--aql", "2"), f"The tables have no AQL '2'. Choose {', '.join(z14.AQLS)}."),
        (("--lot", "5", "--ltpd", "x"), "'x' is no percentage. Give a number, as in 10."),
        (("--csv", "not-there.csv"), "not-there.csv cannot be read: No such file or directory."),
    ],
)
def test_what_does_not_exist_is_refused_with_two(asked, sentence):
    with pytest.raises(CommandError) as ended:
        printed(*asked)
    assert (ended.value.returncode, str(ended.value)) == (2, sentence)


def test_a_file_without_its_columns_or_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "lots.csv"
    file.write_text("lot,aql\n5,1.0\n", encoding="utf-8")
    with pytest.raises(CommandError) as ended:
        printed("--csv", str(file))
    assert str(ended.value) == f"{file} lacks the column level, severity."
    file.write_bytes(b"lot,level,aql,severity\n\xff\xfe")
    with pytest.raises(CommandError) as ended:
        printed("--csv", str(file))
    assert str(ended.value) == f"{file} is not UTF-8 text. Save it as CSV in UTF-8."
