"""Values typed or pasted into a grid: what is understood, what is refused, and that all or nothing is kept."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspection.domain.entry_grid import (
    BlockDoesNotFit,
    EntriesRefused,
    Entry,
    look_over,
    place_block,
    record_entries,
)
from inspection.models import Measurement, Nonconformance
from routes.models import Characteristic
from tests.factories.inspection import make_final_inspection
from tests.factories.routes import make_gauge, today

BORE = Characteristic(
    balloon="1", name="BORE", lower=Decimal("9.9"), upper=Decimal("10.1"), nominal=Decimal(10), unit="mm"
)
MARK = Characteristic(balloon="2", name="MARKING")
PIECES = ["0001", "0002", "0003"]


def looked(*texts: str) -> list[tuple]:
    return [(each.value, each.verdict) for each in look_over(Entry(BORE, "1", text) for text in texts)]


def test_every_cell_is_judged_at_once():
    assert looked("10.05", " 10.2 ", "9.8", "1e1") == [
        (Decimal("10.05"), "PASS"),
        (Decimal("10.2"), "FAIL"),
        (Decimal("9.8"), "FAIL"),
        (Decimal(10), "PASS"),
    ]
    assert [each.is_conforming for each in look_over([Entry(MARK, "1", "OK"), Entry(MARK, "2", "nok")])] == [
        True,
        False,
    ]


def test_comma_is_understood_only_where_all_have_it():
    assert looked("10,05", "10", "9,8") == [
        (Decimal("10.05"), "PASS"),
        (Decimal(10), "PASS"),
        (Decimal("9.8"), "FAIL"),
    ]
    mixed = look_over([Entry(BORE, "1", "10,05"), Entry(BORE, "2", "10.05")])
    assert [each.problem for each in mixed] == [
        "Some values have a decimal comma and others a decimal point, so 10,05 can be read in two ways. "
        "Write all of them with one.",
        "",
    ]


def place(text: str, **start) -> dict:
    return place_block(text, characteristics=[BORE, MARK], serials=PIECES, **start)


def test_block_is_placed_by_its_heads_whatever_their_order():
    expected = {("1", "0003"): "10.3", ("1", "0001"): "10.1", ("2", "0003"): "ok"}
    assert place("\t0003\t0001\nMARKING\tok\t\nbore\t10.3\t10.1\n") == expected
    assert place("piece\t2\t1\n0003\tok\t10.3\n0001\t\t10.1") == expected


def test_block_without_heads_is_laid_down_from_where_it_is_said():
    assert place("10.1;10.2\nok;nok") == {
        ("1", "0001"): "10.1",
        ("1", "0002"): "10.2",
        ("2", "0001"): "ok",
        ("2", "0002"): "nok",
    }
    assert place("ok\tnok", start=("2", "0002")) == {("2", "0002"): "ok", ("2", "0003"): "nok"}


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("  \n", None, "The block is empty"),
        ("\t0001\t0002\t0009\nBORE\t1\t2\t3", None, "These are not in the grid: 0009"),
        ("1\t2\t3\t4", None, "has 1 rows and 4 columns; .* there are 2 characteristics and 3 pieces"),
        (
            "1\n2",
            ("2", "0003"),
            "from characteristic 2 on piece 0003 there are 1 characteristics and 1 pieces",
        ),
    ],
)
def test_block_that_does_not_fit_is_refused(text, start, words):
    with pytest.raises(BlockDoesNotFit, match=words):
        place(text, start=start)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "10", "9,9", "x", "0001", "BORE"]), min_size=1, max_size=4), max_size=4
    )
)
def test_no_block_breaks_the_grid(rows):
    try:
        found = place("\n".join("\t".join(row) for row in rows))
    except BlockDoesNotFit as refusal:
        assert refusal.sentence.endswith(".")
    else:
        assert {serial for _, serial in found} <= set(PIECES)


@pytest.fixture
def record(cast):
    return make_final_inspection(cast, quantity=3, is_serialized=True)


def entries(record, *cells: tuple[str, str, str]) -> list[Entry]:
    planned = {
        each.balloon: each
        for each in Characteristic.objects.filter(uuid__in=[r["characteristic"] for r in record.plan])
    }
    return [Entry(planned[balloon], serial, text) for balloon, serial, text in cells]


def test_grid_is_kept_whole_and_sets_a_failing_piece_apart(cast, record):
    kept = record_entries(
        by=cast.inspector,
        record=record,
        entries=entries(record, ("1", "0001", "10,02"), ("3", "0001", "80"), ("1", "0002", "10,4")),
        measured_on=today(),
    )
    assert [(each.value, each.verdict) for each in kept] == [
        (Decimal("10.02"), "PASS"),
        (Decimal(80), "PASS"),
        (Decimal("10.4"), "FAIL"),
    ]
    assert [each.serials for each in Nonconformance.objects.filter(measurement__record=record)] == [["0002"]]


def test_one_bad_cell_keeps_nothing_and_every_bad_one_is_named(cast, record):
    def keep(*cells, **facts):
        given = {"by": cast.inspector, "record": record, "measured_on": today()} | facts
        return record_entries(entries=entries(record, *cells), **given)

    with pytest.raises(EntriesRefused) as refused:
        keep(("1", "0001", "10.02"), ("1", "0009", "10.02"), ("3", "0001", "eighty"), ("1", "0002", "ok"))
    assert sorted(refused.value.facts["cells"]) == [("1", "0002"), ("1", "0009"), ("3", "0001")]
    assert refused.value.sentence.startswith("3 of 4 values cannot be kept, so none was. ")
    with pytest.raises(EntriesRefused, match="1 on 0001: .* no day|1 on 0001: Gauge"):
        gauge = make_gauge(cast)
        keep(("1", "0001", "10.02"), gauge=gauge, measured_on=today() - timedelta(days=4000))
    with pytest.raises(EntriesRefused, match="Nothing was typed"):
        keep()
    assert Measurement.objects.filter(record=record).count() == 0
    keep(("1", "0001", "10.02"))
    with pytest.raises(EntriesRefused, match="has a value on 0001 already"):
        keep(("1", "0001", "10.03"))
