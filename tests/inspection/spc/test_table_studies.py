"""Short-run charts and gauge studies of a file, for people who script."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.inspection.test_gauge_studies import LONG

FAMILY = "part,value,target\n" + "\n".join(
    f"{part},{target + deviation},{target}"
    for part, target, wide in (("A", 10, 1), ("B", 25, 20))
    for deviation in (wide * each / 100 for each in (0, 1, -1, 2, -2, 1, 0, -1))
)


def ask(tmp_path, capsys, text, *arguments):
    path = tmp_path / "table.csv"
    path.write_text(text)
    call_command("capability", *(str(path) if each == "FILE" else each for each in arguments))
    return capsys.readouterr().out


def test_a_gauge_study_prints_every_figure(tmp_path, capsys):
    found = json.loads(ask(tmp_path, capsys, LONG, "--gauge-study", "FILE", "--json"))
    assert [round(found["percent"], 2), round(found["percent_contribution"], 2), found["categories"]] == [
        27.86,
        7.76,
        4,
    ]
    assert {name: round(value, 5) for name, value in found["variances"].items()} == {
        "repeatability": 0.03997,
        "reproducibility": 0.05146,
        "interaction": 0.0,
        "gauge": 0.09143,
        "part": 1.08645,
        "total": 1.17788,
    }
    said = ask(tmp_path, capsys, LONG, "--gauge-study", "FILE")
    assert said.splitlines()[:3] == [
        "10 parts, 3 operators, 3 runs each.",
        "%GRR 27.86: conditional (below 10 good, up to 30 conditional, above unfit).",
        "Classes of parts told apart: 4; 5 are asked for.",
    ]


def test_a_family_gets_the_chart_that_fits_or_the_one_asked_for(tmp_path, capsys):
    found = json.loads(ask(tmp_path, capsys, FAMILY, "FILE", "--chart", "auto", "--json"))
    assert [found["chart"], found["n"], found["location"]["UCL"], round(found["spread"]["UCL"], 3)] == [
        "z_mr",
        16,
        3.0,
        3.686,
    ]
    assert [each["part"] for each in found["parts"]] == ["A", "B"]
    assert "Provisional: 16 values are fewer than 20." in ask(
        tmp_path, capsys, FAMILY, "FILE", "--chart", "z"
    )
    with pytest.raises(CommandError, match="The spreads of A, B are not alike"):
        ask(tmp_path, capsys, FAMILY, "FILE", "--chart", "dnom")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("part,value\nA,1", "has no column target"),
        ("part,value,target\nA,1", "Line 2 has fewer columns"),
        ("part,value,target\nA,inf,1", "Line 2 says “inf” where a number is expected"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path, capsys, text, words):
    with pytest.raises(CommandError, match=words):
        ask(tmp_path, capsys, text, "FILE", "--chart", "z")


def test_a_file_is_named_and_a_gauge_study_is_crossed(tmp_path, capsys):
    with pytest.raises(CommandError, match="Name the file to study"):
        ask(tmp_path, capsys, "", "--chart", "z")
    with pytest.raises(CommandError, match=r"89 runs of table.csv. A crossed study needs"):
        ask(tmp_path, capsys, LONG.rsplit("\n", 1)[0], "--gauge-study", "FILE")
