"""Two inspections of the same pieces: bias with its interval, and the values on opposite sides of a limit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from inspection.domain.agreement import half_width, is_bias, mean_of
from inspection.domain.comparison import NotComparable, comparable_with, compare_records
from inspection.domain.customer_inspections import open_customer_inspection
from tests.factories.inspection import make_final_inspection
from tests.factories.measuring import measure


def numbers(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


def test_interval_is_students():
    # t of 0.975 with 1 and with 4 degrees of freedom is 12.7062 and 2.7764 in every table
    assert half_width(numbers("0.03", "-0.01")) == Decimal("0.254124")
    assert half_width(numbers("1", "2", "3", "4", "5")) == Decimal("1.963243")
    assert (half_width(numbers("1")), mean_of([]), mean_of(numbers("1", "2", "2"))) == (
        None,
        None,
        Decimal("1.666667"),
    )


def test_bias_is_named_only_where_the_interval_leaves_zero_out():
    assert [
        is_bias(numbers(*each)) for each in (("0.010", "0.011", "0.009"), ("0.01", "-0.01", "0.02"), ("0.5",))
    ] == [
        True,
        False,
        False,
    ]
    assert is_bias(numbers("0.01", "0.01")) is True


@pytest.fixture
def ours(cast):
    return make_final_inspection(cast, quantity=3, is_serialized=True)


@pytest.fixture
def theirs(cast, ours):
    found = open_customer_inspection(by=cast.inspector, traveler=ours.traveler)
    for serial, own, other in (
        ("0001", "10.02", "10.05"),
        ("0002", "10.04", "10.08"),
        ("0003", "10.4", "10.05"),
    ):
        measure(cast, ours, "1", serial, own)
        measure(cast, found, "1", serial, other)
    return found


def test_any_two_stand_side_by_side_either_way_round(cast, ours, theirs):
    found = compare_records(first=ours, second=theirs, viewer=cast.quality)
    (bore,) = [each for each in found.agreements if each.pieces]
    assert (bore.pieces, bore.mean_bias, bore.disputed) == (3, Decimal("-0.093333"), ("0003",))
    turned = compare_records(first=theirs, second=ours, viewer=cast.quality)
    (bore,) = [each for each in turned.agreements if each.pieces]
    assert (bore.mean_bias, bore.disputed) == (Decimal("0.093333"), ("0003",))
    assert list(comparable_with(ours, cast.quality))[-1] == theirs


def test_other_pieces_are_refused(cast, ours, theirs):
    with pytest.raises(NotComparable, match="agrees with itself"):
        compare_records(first=ours, second=ours, viewer=cast.quality)
    other = make_final_inspection(cast, quantity=1, is_serialized=True)
    measure(cast, other, "1", "0001")
    with pytest.raises(NotComparable, match="Only inspections of the same pieces"):
        compare_records(first=ours, second=other, viewer=cast.quality)


def test_page_says_what_differs(cast, sign_in, ours, theirs):
    client = sign_in(cast.quality)
    address = reverse("inspection:record-beside", args=[ours.number])
    page = client.get(address)
    assert (page.status_code, page.context["other"], page.context["both"]) == (200, theirs, 3)
    assert [row["pair"].serial for row in page.context["disputed"]] == ["0003"]
    assert client.get(f"{address}?with=I-999999").status_code == 404
    assert address in client.get(ours.get_absolute_url()).content.decode()
