from dataclasses import replace

import pytest

from documents.domain.chain.check_nc import check
from documents.domain.chain.lot_facts import ConcessionFacts, NonconformanceFacts
from tests.factories.lot_facts import day, good_lot

BORE = NonconformanceFacts("NC-000008", "dispositioned", "Bore large", 2, "Lotte Brandvold", day(15))
CONCESSION = ConcessionFacts("CN-000003", "DEV-118", 2)


def judged(**facts):
    (slot,) = check(replace(good_lot(), nonconformances=(replace(BORE, **facts),)))
    return slot


def test_clean_lot_closes():
    assert [slot.state for slot in check(good_lot())] == ["accepted"]


def test_undecided_is_missing():
    slot = judged(state="open")
    assert (slot.state, slot.since, slot.sentence) == (
        "missing",
        day(15),
        "Nonconformance NC-000008 on 2 pieces of lot T-000412 is not decided. Disposition it.",
    )


@pytest.mark.parametrize("disposition", ["scrap", "return"])
def test_pieces_that_must_not_ship_are_rejected(disposition):
    assert judged(disposition=disposition).state == "rejected"


@pytest.mark.parametrize("disposition", ["use_as_is", "repair"])
def test_use_as_is_and_repair_need_a_concession(disposition):
    slot = judged(disposition=disposition)
    assert (slot.state, slot.owner) == ("missing", "Orrin Aerospace")
    assert judged(disposition=disposition, concessions=(CONCESSION,)).state == "accepted"


def test_rework_closes():
    assert judged(disposition="rework").state == "accepted"


def test_concession_limits_the_quantity():
    slot = judged(disposition="use_as_is", concessions=(replace(CONCESSION, quantity_limit=1),))
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Concession CN-000003 of NC-000008 allows 1 pieces; lot T-000412 carries 2 pieces. "
        "Ask Orrin Aerospace for a wider one or take the pieces out.",
    )


def test_concession_limits_the_serials():
    limited = replace(CONCESSION, serials=("019",))
    assert judged(disposition="use_as_is", serials=("020",), concessions=(limited,)).state == "rejected"
    assert judged(disposition="use_as_is", serials=("019",), concessions=(limited,)).state == "accepted"


def test_concession_that_has_ended_lets_nothing_pass():
    ended = replace(CONCESSION, valid_to="2026-02-28", is_in_force=False)
    slot = judged(disposition="use_as_is", concessions=(ended,))
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Concession CN-000003 of NC-000008 ended on 2026-02-28 and lot T-000412 has not left. Ask Orrin Aerospace for "
        "another one.",
    )
    other = replace(CONCESSION, number="CN-000004")
    assert (
        judged(disposition="use_as_is", concessions=(ended, other)).evidence
        == "NC-000008: use as is by CN-000004"
    )


@pytest.mark.parametrize(("on_shipments", "state"), [(0, "accepted"), (1, "rejected")])
def test_what_other_lots_ship_counts_against_the_limit(on_shipments, state):
    slot = judged(disposition="use_as_is", concessions=(CONCESSION,), on_shipments=on_shipments)
    assert slot.state == state
    if on_shipments:
        assert "carries 2 pieces, and 1 are on shipments under it already" in slot.sentence


def test_serials_that_left_the_lot_ask_for_no_concession():
    lot = replace(
        good_lot(),
        serials=("019",),
        nonconformances=(
            replace(
                BORE,
                disposition="use_as_is",
                serials=("019", "020"),
                quantity=1,
                concessions=(replace(CONCESSION, serials=("019",)),),
            ),
        ),
    )
    assert [slot.state for slot in check(lot)] == ["accepted"]
