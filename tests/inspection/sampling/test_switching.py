"""How strictly the next lot is looked at: the switching rules, lot by lot."""

import pytest

from inspection.domain.sampling.switching import Outcome, lots_to_reduce, switch_after


def series(text):
    """A for accepted, R for rejected, B for accepted between the two numbers."""
    return [Outcome(is_accepted=letter != "R", is_between=letter == "B") for letter in text]


@pytest.mark.parametrize(
    "severity, lots, verb",
    [
        ("normal", "", None),
        ("normal", "R", None),
        ("normal", "RR", "tighten"),
        ("normal", "RAAAR", "tighten"),
        ("normal", "RAAAAR", None),
        ("normal", "AAAAAAAAAAAA", None),
        ("tightened", "AAAA", None),
        ("tightened", "AAAAA", "relax"),
        ("tightened", "RAAAAA", "relax"),
        ("tightened", "AAAAR", None),
        ("tightened", "RARARAR", None),
        ("tightened", "RARARARAR", "discontinue"),
        ("reduced", "AAAA", None),
        ("reduced", "AAB", "restore"),
        ("reduced", "AR", "restore"),
        ("discontinued", "AAAAA", None),
    ],
)
def test_switches(severity, lots, verb):
    switch = switch_after(severity, series(lots))
    assert (switch.verb if switch else None) == verb


def test_a_switch_says_why():
    assert switch_after("normal", series("AR" + "AR")).why == "2 of the last 4 lots were rejected"
    assert switch_after("tightened", series("RRRRR")).why == "5 lots were rejected on tightened inspection"


def test_reducing_takes_ten_lots_accepted_in_a_row():
    assert [
        lots_to_reduce(series(lots)) for lots in ("", "A" * 9, "A" * 10, "A" * 9 + "R", "R" + "A" * 12)
    ] == [
        10,
        1,
        0,
        10,
        0,
    ]
