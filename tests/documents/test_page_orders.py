"""A stack of certificates comes apart by the order numbers read on its pages."""

import pytest

from documents.domain.page_orders import PageRange, orders_on, ranges_of

NUMBERS = ["PO-000016", "PO-000017", "PO-00001"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your order: PO-000016, line 1", ["PO-000016"]),
        ("your order po-000016", ["PO-000016"]),
        ("PO 000016 and PO000017", ["PO-000016", "PO-000017"]),
        ("ＰＯ－０００１６", []),
        ("ＰＯ－００００１６", ["PO-000016"]),
        ("PO\u2013000016", ["PO-000016"]),
        ("PO-000016-A2", ["PO-000016"]),
        ("PO-0000167", []),
        ("XPO-000016", []),
        ("PO-00001", ["PO-00001"]),
        ("", []),
    ],
)
def test_numbers_are_found_as_they_are_written(text, expected):
    assert orders_on(text, NUMBERS) == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (["PO-000016", "", "PO-000017"], [(1, 2, "PO-000016"), (3, 3, "PO-000017")]),
        (["letter", "PO-000016"], [(1, 1, ""), (2, 2, "PO-000016")]),
        (
            ["PO-000016", "PO-000017", "PO-000016"],
            [(1, 1, "PO-000016"), (2, 2, "PO-000017"), (3, 3, "PO-000016")],
        ),
        (["PO-000016 PO-000017", ""], [(1, 2, "PO-000016"), (1, 2, "PO-000017")]),
        (["", ""], [(1, 2, "")]),
        (["PO-000099"], [(1, 1, "")]),
    ],
)
def test_pages_belong_to_the_last_number_before_them(pages, expected):
    assert ranges_of(pages, NUMBERS) == [PageRange(*each) for each in expected]


def test_pages_whose_text_was_not_read_are_counted_too():
    assert ranges_of(["PO-000016"], NUMBERS, page_count=4) == [PageRange(1, 4, "PO-000016")]
    assert ranges_of([], NUMBERS, page_count=3) == [PageRange(1, 3)]
