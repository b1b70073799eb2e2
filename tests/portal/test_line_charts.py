"""Charts as SVG: everything drawn, every word escaped, bounded however many points there are."""

import xml.etree.ElementTree as tree

import pytest

from portal.look.line_charts import ChartPicture, Line, Series, svg_of, ticks


def picture(points, **facts):
    wanted = {
        "title": "Bore <1>",
        "words": 'five & "more"',
        "series": [Series(points, out=frozenset({1}))],
        "lines": [Line(10.5, "upper <limit>"), Line(10.0, "nominal", "nominal")],
        "groups": [("T-1", 2), ("T-2", len(points) - 2)],
        "unit": "mm",
    }
    return ChartPicture(**{**wanted, **facts})


def test_a_chart_is_well_formed_named_and_carries_no_style():
    drawn = svg_of(picture([10.0, 10.6, 9.9]), is_standalone=True)
    root = tree.fromstring(drawn)
    names = [each.tag.rpartition("}")[2] for each in root]
    assert names[:2] == ["title", "desc"]
    assert [root[0].text, root[1].text] == ["Bore <1>", 'five & "more"']
    assert "style=" not in drawn
    assert "<limit>" not in drawn
    # each mark has ink of its own for paper
    assert all("stroke=" in part or "fill=" in part for part in drawn.split("<path")[1:])


def test_a_point_outside_is_a_diamond_and_no_dot():
    root = tree.fromstring(svg_of(picture([10.0, 10.6, 9.9]), is_standalone=True))
    paths = {each.get("class"): each.get("d") for each in root if each.get("class")}
    assert paths["c-out"].count("z") == 1
    assert paths["c-series c-dots"].count("M") == 2


@pytest.mark.parametrize("count", [1, 2, 1200, 1201, 100_000])
def test_a_chart_stays_small_however_many_points_it_has(count):
    points = [10 + (at % 7) / 10 for at in range(count)]
    drawn = svg_of(picture(points, series=[Series(points, is_joined=False)], groups=[]))
    assert len(drawn) < 40_000
    assert drawn.endswith("</svg>")


def test_points_that_do_not_differ_and_no_points_at_all_are_drawn():
    assert svg_of(picture([3.0, 3.0], lines=[])).count("<path") > 1
    assert "NaN" not in svg_of(picture([], series=[], lines=[], groups=[]))


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [(0, 10, [0, 2.5, 5, 7.5, 10]), (9.89, 10.11, [9.9, 10.0, 10.1]), (-5.5, 5.5, [-5, 0, 5])],
)
def test_levels_are_round(low, high, levels):
    assert ticks(low, high) == pytest.approx(levels)


def test_a_nominal_on_a_limit_does_not_stand_on_its_word():
    lines = [Line(40.0, "nominal 40", "nominal"), Line(40.0, "lower limit 40", "limit")]
    drawn = svg_of(ChartPicture("Bore", "Values.", [Series([40.01, 40.02])], lines))
    assert ("lower limit 40" in drawn, "nominal 40" in drawn) == (True, False)
    lines[0] = Line(40.01, "nominal 40.01", "nominal")
    assert "nominal 40.01" in svg_of(ChartPicture("Bore", "Values.", [Series([40.01, 40.02])], lines))


def test_names_of_narrow_groups_do_not_stand_on_each_other():
    groups = [("72-41806-3 13", 3), ("SV-881-07 2", 1), ("AR-2207-31 3", 16)]
    drawn = svg_of(picture([10.0] * 20, groups=groups, lines=[]))
    assert [name in drawn for name, _ in groups] == [True, False, True]
