"""The page of a grid of values: typed or laid in, marked before it is kept, nothing lost on a refusal."""

from __future__ import annotations

import pytest
from django.urls import reverse

from inspection.models import Measurement
from tests.factories.findings import make_ranged_gauge
from tests.factories.inspection import make_final_inspection
from tests.factories.routes import today


@pytest.fixture
def record(cast):
    return make_final_inspection(cast, quantity=3, is_serialized=True)


@pytest.fixture
def send(sign_in, cast, record):
    client = sign_in(cast.inspector)
    address = reverse("inspection:value-grid", args=[record.number])

    def post(cells: dict[tuple[str, str], str], **changes):
        sent = {f"v {balloon} {serial}": text for (balloon, serial), text in cells.items()}
        return client.post(address, {"measured_on": today().isoformat(), "from": "0"} | sent | changes)

    return post


def kept(record) -> list[tuple[str, str, str]]:
    found = Measurement.objects.filter(record=record).order_by("pk")
    return [(each.characteristic.balloon, each.serial, f"{each.value.normalize():f}") for each in found]


def shown(answer) -> dict[tuple[str, str], str]:
    return {
        (row["characteristic"].balloon, cell["serial"]): cell["text"]
        for row in answer.context["rows"]
        for cell in row["cells"]
        if cell["text"]
    }


def test_grid_is_kept_and_shown_as_kept(send, record):
    answer = send({("1", "0001"): "10,02", ("3", "0001"): "80,01"})
    assert (answer.status_code, kept(record)) == (302, [("1", "0001", "10.02"), ("3", "0001", "80.01")])
    # a kept cell is no input any more
    assert send({("1", "0001"): "10.05"}).context["form"].non_field_errors() == [
        "Nothing was typed. Fill in at least one value."
    ]


def test_value_out_of_limits_is_marked_before_it_is_kept(send, record):
    cells = {("1", "0001"): "10.4", ("1", "0002"): "10"}
    marked = send(cells)
    assert (marked.status_code, marked.context["failing"], kept(record)) == (200, ["1 on 0001"], [])
    seen = marked.context["form"]["seen"].value()
    # another failing value than the one that was seen is marked first too
    assert send({("1", "0001"): "10.5"}, seen=seen).status_code == 200
    assert send(cells, seen=seen).status_code == 302
    assert kept(record) == [("1", "0001", "10.4"), ("1", "0002", "10")]


def test_block_is_laid_in_and_nothing_is_kept_by_it(send, record):
    answer = send({("3", "0003"): "80"}, do="fill", block="\t0002\t0001\n1\t10.02\t10.01\n")
    assert (answer.status_code, answer.context["laid_in"], kept(record)) == (200, 2, [])
    expected = {("1", "0001"): "10.01", ("1", "0002"): "10.02", ("3", "0003"): "80"}
    assert (shown(answer), answer.context["form"]["block"].value()) == (expected, "")


@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        ({("1", "0001"): "ten"}, {}),
        ({("1", "0001"): "10"}, {"measured_on": "3026-01-01"}),
        ({("1", "0001"): "10"}, {"do": "fill", "block": "1\t2\t3\t4"}),
        ({("1", "0001"): "10"}, {"measured_on": ""}),
    ],
)
def test_refusal_keeps_what_was_typed(send, record, cells, changes):
    answer = send(cells, **changes)
    assert (answer.status_code, shown(answer), kept(record)) == (422, cells, [])
    assert answer.context["form"].errors


def test_coarse_gauge_is_kept_with_the_reason_why_it_will_do(cast, send, record):
    gauge = make_ranged_gauge(cast, "0", "25", "1").number
    refused = send({("1", "0001"): "10.02"}, gauge=gauge)
    assert (refused.status_code, kept(record)) == (422, [])
    assert "coarser than a tenth of the tolerance" in shown_problem(refused, "1", "0001")
    send({("1", "0001"): "10.02"}, gauge=gauge, gauge_note="Compared with a block.")
    assert Measurement.objects.get(record=record).gauge_note == "Compared with a block."


def shown_problem(answer, balloon: str, serial: str) -> str:
    [row] = [row for row in answer.context["rows"] if row["characteristic"].balloon == balloon]
    return next(cell["problem"] for cell in row["cells"] if cell["serial"] == serial)
