"""The order on paper, in the language of the vendor it goes to."""

from __future__ import annotations

import pypdfium2
import pytest

from documents.domain import order_papers
from documents.package.fonts import refuse_missing_glyphs
from tests.factories.subcontract import make_outside_order


@pytest.fixture
def order(cast):
    return make_outside_order(cast)


def words_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize(
    ("language", "heading"),
    [("", "Order {}"), ("zh-hans", "订单 {}"), ("de", "Bestellung {}")],
)
def test_the_paper_is_written_in_the_language_its_vendor_chose(cast, order, language, heading):
    type(cast.vendor).objects.filter(pk=cast.vendor.pk).update(language=language)
    words = words_of(order_papers.draw(order))
    assert heading.format(order.number) in words
    refuse_missing_glyphs(words, where="The paper of an order")
