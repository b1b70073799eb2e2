"""The command that studies one column: every figure as JSON, and a sentence and 2 for what cannot be studied."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.inspection.spc.published import expected, piston_rings, trial


def study(path, **options):
    out = io.StringIO()
    call_command("capability", str(path), json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def column(path, values, header=""):
    path.write_text("\n".join([*([header] if header else []), *map(str, values)]))
    return path


def test_piston_rings_are_answered_as_computed(tmp_path, shared_data):
    path = column(
        tmp_path / "rings.csv", [v for group in piston_rings(shared_data) for v in group], "diameter"
    )
    found = study(path, lsl="73.95", usl="74.05", subgroup="5")
    figures = {
        quantity: float(value)
        for (dataset, quantity), value in expected(shared_data).items()
        if "capability" in dataset
    }
    assert {name: found[name] for name in figures} == {
        name: pytest.approx(value, rel=1e-6) for name, value in figures.items()
    }
    assert [found["n"], found["subgroups"], found["provisional"], found["label"]] == [
        125,
        25,
        False,
        "capability",
    ]
    assert found["UCL"] == pytest.approx(74.014304007, rel=1e-6)
    # exact factors differ in the fifth digit
    assert found["exact_factors"]["Cpk"] == pytest.approx(found["Cpk"], rel=5e-5)
    assert found["exact_factors"]["Cpk"] != found["Cpk"]


def test_a_point_outside_makes_it_performance(tmp_path, shared_data):
    path = column(tmp_path / "v.csv", [row[1] for row in trial(shared_data, "viscosity")])
    found = study(path, lsl="30")
    assert [found["in_control"], found["label"]] == [False, "performance"]
    assert found["chart"]["location"]["violating_points"] == [4]
    assert [found["Cp"], found["usl"]] == [None, None]
    assert found["Cp_k lower 95% bound"] < found["Cpk"]


def test_words_say_what_the_json_says(tmp_path):
    out = io.StringIO()
    path = column(tmp_path / "c.csv", ["10", "12", "11", "13", "12"])
    call_command("capability", str(path), lsl="0", usl="20", stdout=out)
    assert "Provisional: 5 values are fewer than 20." in out.getvalue()
    assert "The process is in control." in out.getvalue()
    assert "lower 95 % bound" in out.getvalue()


def test_decimal_commas_blank_lines_and_a_rest_are_read(tmp_path):
    path = column(tmp_path / "c.csv", ["1,5", "", '"1,7"', "1.6", "1,9", "1,8"], "\ufeffDurchmesser")
    found = study(path, lsl="-1", usl="3", subgroup="2")
    assert [found["n"], found["subgroups"], found["left_out_of_chart"], found["maximum"]] == [5, 2, 1, 1.9]


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (None, {"lsl": "1"}, "There is no file"),
        (b"", {"lsl": "1"}, "holds no numbers"),
        (b"a\nb\n1\n", {"lsl": "1"}, "Line 2 of c.csv says “b”, which is not a number"),
        (b"1;2\n3;4\n", {"lsl": "1"}, "has several columns"),
        (b"1\n2\nx\n", {"lsl": "1"}, "Line 3 of c.csv says “x”"),
        (b"1\n1e999\n", {"lsl": "1"}, "too large to be a value"),
        (b"\x00\x01", {"lsl": "1"}, "is not a text file"),
        (b"1\n2\n3\n", {}, "at least one limit"),
        (b"1\n2\n3\n", {"lsl": "2", "usl": "1"}, "is not below the upper"),
        (b"1\n2\n3\n", {"lsl": "nan"}, "--lsl is “nan”, which is not a number"),
        (b"1\n2\n3\n", {"usl": "x"}, "--usl is “x”"),
        (b"1\n2\n3\n", {"usl": "9", "subgroup": "0"}, "holds 1 to 25 values"),
        (b"1\n2\n3\n", {"usl": "9", "subgroup": "two"}, "--subgroup is “two”"),
        (b"1\n2\n3\n", {"usl": "9", "subgroup": "2"}, "fewer than two subgroups of 2"),
        (b"1\n1\n1\n", {"usl": "9"}, "without spread"),
        (b"1\n1\n2\n2\n", {"usl": "9", "subgroup": "2"}, "No subgroup has any spread"),
        (b"1\n2\n3\n", {"usl": "9", "rules": "mine"}, "There are no rules “mine”"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(tmp_path, content, options, sentence):
    path = tmp_path / "c.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence) as refusal:
        study(path, **options)
    assert refusal.value.returncode == 2
