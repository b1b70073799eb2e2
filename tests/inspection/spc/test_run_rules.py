"""Each run rule on a pattern that breaks it, and on the same pattern one point short."""

import pytest

from inspection.domain.spc import run_rules as rules
from inspection.domain.spc.run_rules import Signal, signals

PATTERNS = {
    rules.BEYOND: [3.01],
    rules.TWO_OF_THREE: [2.1, 0.0, 2.2],
    rules.FOUR_OF_FIVE: [-1.1, -1.2, 0.3, -1.4, -1.1],
    rules.EIGHT_ONE_SIDE: [0.1] * 8,
    rules.NINE_ONE_SIDE: [-0.1] * 9,
    rules.SIX_TREND: [-0.9, -0.5, -0.1, 0.2, 0.6, 0.9],
    rules.FOURTEEN_ALTERNATING: [0.5, -0.5] * 7,
    rules.FIFTEEN_WITHIN: [0.9, -0.9, 0.2] * 5,
    rules.EIGHT_OUTSIDE: [1.1, -1.2] * 4,
}


@pytest.mark.parametrize("rule", PATTERNS)
def test_a_pattern_breaks_its_rule_at_its_last_point_and_not_before(rule):
    points = PATTERNS[rule]
    assert signals(points, 0, [1] * len(points), rules=(rule,)) == [Signal(len(points) - 1, rule)]
    assert signals(points[:-1], 0, [1] * (len(points) - 1), rules=(rule,)) == []


def test_only_points_beyond_the_limits_count_unless_more_is_asked():
    points = [0.5] * 12 + [3.5]
    assert signals(points, 0, [1] * 13) == [Signal(12, rules.BEYOND)]
    found = signals(points, 0, [1] * 13, rules=rules.WESTERN_ELECTRIC)
    assert [each.at for each in found if each.rule == rules.EIGHT_ONE_SIDE] == [7, 8, 9, 10, 11, 12]


def test_both_sides_of_two_sigmas_do_not_make_two_of_three():
    assert signals([2.1, 0.0, -2.2], 0, [1] * 3, rules=(rules.TWO_OF_THREE,)) == []


def test_every_rule_has_words():
    assert set(rules.WORDS) == {*rules.WESTERN_ELECTRIC, *rules.NELSON}
