"""Skip-lot: who qualifies, which lots are drawn, what ends it."""

from datetime import date

import pytest

from inspection.domain.sampling.skip_lot import ended_by, is_drawn, lots_to_qualify
from tests.inspection.sampling.test_switching import series


def test_ten_lots_accepted_in_a_row_qualify():
    lots = ("", "A" * 9, "A" * 10, "A" * 10 + "R", "A" * 10 + "B", "R" + "A" * 10)
    assert [lots_to_qualify(series(each)) for each in lots] == [10, 1, 0, 10, 10, 0]


def test_a_lot_is_drawn_the_same_however_often_one_asks():
    drawn = [is_drawn(lot=f"T-{number:06d}", draw="one", one_in=4) for number in range(2000)]
    again = [is_drawn(lot=f"T-{number:06d}", draw="one", one_in=4) for number in range(2000)]
    other = [is_drawn(lot=f"T-{number:06d}", draw="two", one_in=4) for number in range(2000)]
    assert drawn == again
    assert drawn != other
    # a quarter of two thousand, give or take four standard deviations
    assert 422 < sum(drawn) < 578


@pytest.mark.parametrize(
    "lots, route, last_on, words",
    [
        ("AA", "R-000001", date(2026, 1, 1), ""),
        ("", "R-000001", None, ""),
        ("AR", "R-000001", date(2026, 1, 1), "a lot was rejected"),
        ("AA", "R-000002", date(2026, 1, 1), "the route changed from R-000001 to R-000002"),
        ("AA", "R-000001", date(2025, 5, 30), "no lot was looked at since 30 May 2025"),
        ("AA", "R-000001", date(2025, 6, 1), ""),
    ],
)
def test_what_ends_a_qualification(lots, route, last_on, words):
    ended = ended_by(
        series=series(lots), route=route, route_then="R-000001", last_on=last_on, today=date(2026, 6, 1)
    )
    assert ended == words
