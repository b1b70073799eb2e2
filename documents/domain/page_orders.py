"""Which pages of a file name which order: how a stack of certificates comes apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PageRange:
    """Pages that belong together, and the order they name; no order when none was read.

    Units:   pages count from 1, both ends included.
    """

    page_from: int
    page_to: int
    order: str = ""

    def as_data(self) -> dict:
        return {"page_from": self.page_from, "page_to": self.page_to, "order": self.order}


def orders_on(text: str, numbers: Iterable[str]) -> list[str]:
    """Return those of the order numbers that stand in a text.

    Full width, letter case, and spaces or strange dashes where a number has its dash are the same; a longer number
    that only begins alike is another one.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    return sorted(number for number in set(numbers) if _pattern(number).search(plain))


def _pattern(number: str) -> re.Pattern:
    parts = re.split(r"[\s\-]+", number.strip().upper())
    joined = r"[\s\-\u2010-\u2015\u2212]{0,3}".join(re.escape(part) for part in parts)
    return re.compile(rf"(?<![0-9A-Z]){joined}(?![0-9A-Z])")


def ranges_of(page_texts: Sequence[str], numbers: Iterable[str], *, page_count: int = 0) -> list[PageRange]:
    """Return the ranges of pages that name one of these orders, in the order of the pages.

    A page that names none goes on with what the page before it belongs to, as the second page of a certificate does.
    Pages before the first number, or a file without any, belong to no order.
    """
    numbers = list(numbers)
    texts = [*page_texts, *[""] * (page_count - len(page_texts))]
    open_ranges: dict[str, int] = {}
    found: list[PageRange] = []
    for page, text in enumerate(texts, start=1):
        named = set(orders_on(text, numbers)) or set(open_ranges) or {""}
        for ended in open_ranges.keys() - named:
            found.append(PageRange(open_ranges[ended], page - 1, ended))
        open_ranges = {order: open_ranges.get(order, page) for order in named}
    found += [PageRange(begun, len(texts), order) for order, begun in open_ranges.items()]
    return sorted(found, key=lambda each: (each.page_from, each.page_to, each.order))
