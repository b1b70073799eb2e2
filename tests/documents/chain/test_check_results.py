from dataclasses import replace
from datetime import date

import pytest

from documents.domain.chain.check_results import check
from documents.domain.chain.gauge_doubt_facts import GaugeDoubtFacts, doubts_of
from tests.factories.lot_facts import day, good_lot, with_changes, with_step

FINAL = 1


def test_complete_results_close():
    assert [slot.state for slot in check(good_lot())] == ["accepted", "accepted"]


def test_missing_pieces_are_named():
    lot = with_changes(good_lot(), "results", FINAL, complete=0, short=("12 (40 of 48)",))
    slot = check(lot)[FINAL]
    assert (slot.state, slot.owner, slot.sentence) == (
        "missing",
        "Ruben Achterberg",
        "Operation 80 Final inspection of lot T-000412 has 0 of 1 checks complete. Measured so far: "
        "characteristic 12 (40 of 48). Measure the rest.",
    )


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (
            "failing",
            "characteristic 12 is outside its limits and no nonconformance is open for it. Open one and decide.",
        ),
        (
            "contradicted",
            "characteristic 12 contradicts the verdict of its source. Void the value and measure again.",
        ),
        (
            "bad_gauges",
            "gauge 12 had no calibration in force on the day it was used. "
            "Measure again with a calibrated gauge, or record the calibration.",
        ),
    ],
)
def test_bad_values_are_rejected(field, words):
    slot = check(with_changes(good_lot(), "results", FINAL, **{field: ("12",)}))[FINAL]
    assert (slot.state, slot.sentence) == (
        "rejected",
        f"Operation 80 Final inspection of lot T-000412: {words}",
    )


def test_open_inspection_is_owed_by_its_inspector():
    slot = check(with_changes(good_lot(), "inspections", FINAL, state="open"))[FINAL]
    assert (slot.state, slot.owner, slot.url_kwargs) == ("review", "Lotte Brandvold", {"number": "I-000002"})


def test_inspection_of_an_earlier_pass_does_not_count():
    lot = with_changes(good_lot(), "results", FINAL, pass_number=2)
    assert [slot.state for slot in check(lot)] == ["accepted", "review"]


def test_results_not_due_yet_only_wait():
    lot = with_changes(good_lot(), "results", FINAL, complete=0, values=0, short=("12 (0 of 48)",))
    slot = check(with_step(lot, 60, is_signed=False))[FINAL]
    assert (slot.state, slot.waits, slot.sentence) == (
        "missing",
        True,
        "Operation 80 Final inspection waits for operation 60 Anodize.",
    )


def test_long_lists_are_cut():
    short = tuple(f"{n} (0 of 48)" for n in range(1, 8))
    slot = check(with_changes(good_lot(), "results", FINAL, complete=0, short=short))[FINAL]
    assert "5 (0 of 48) and 2 more. Measure" in slot.sentence


def test_route_without_checks_asks_nothing():
    assert [slot.state for slot in check(replace(good_lot(), results=()))] == ["na"]


def test_undecided_readings_of_a_bad_gauge_are_rejected_and_lead_to_their_decision():
    doubts = (GaugeDoubtFacts("MIC-07", day(20)), GaugeDoubtFacts("MIC-09", day(21)))
    slot = check(with_changes(good_lot(), "results", FINAL, doubts=doubts))[FINAL]
    assert (slot.state, slot.waived_by, slot.url_name) == ("rejected", "nobody", "inspection:readings-detail")
    assert dict(slot.url_kwargs) == {"number": "MIC-07", "day": day(20).isoformat()}
    assert slot.sentence == (
        f"Operation 80 Final inspection of lot T-000412: readings of gauge MIC-07, found out of tolerance on "
        f"{day(20):%-d %b %Y}, are in doubt, and those of 1 more. Measure again with a good gauge and withdraw them, "
        "or have quality judge them."
    )


def test_doubts_are_read_each_once_in_order():
    assert doubts_of(None) == ()
    text = "B-1\x1e2026-03-02\x1fA,1\x1e2026-03-04\x1fB-1\x1e2026-03-02"
    assert doubts_of(text) == (
        GaugeDoubtFacts("A,1", date(2026, 3, 4)),
        GaugeDoubtFacts("B-1", date(2026, 3, 2)),
    )
