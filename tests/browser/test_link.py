"""The link on an order's paper on a telephone: four acts to the verdict, and a broken connection that loses nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from documents.domain import upload_links
from documents.models import Certificate
from portal.models import Person
from subcontract.models import OutsideOrder, OutsideOrderLine
from tests.documents.test_link_pages import text_pdf

pytestmark = pytest.mark.browser
FILE = "input[name=file]"


@pytest.fixture
def phone(sample_shop, chromium):
    """A telephone that has just read the square on the order at the anodizer, and what its pages complain about."""
    line = OutsideOrderLine.objects.get(order__state=OutsideOrder.SHIPPED)
    by = Person.objects.get(email="tom@kestrel.example")
    _link, token = upload_links.make_link(by=by, order=line.order)
    context = chromium.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.goto(f"{sample_shop}{reverse('documents:link-send', args=[token])}")
    yield page, line
    assert complaints == []
    context.close()


def choose(page, *words: str) -> None:
    content = text_pdf(*words)
    page.set_input_files(FILE, {"name": "BA 1.pdf", "mimeType": "application/pdf", "buffer": content})


def test_four_acts_lead_to_the_verdict_on_a_telephone(phone):
    page, line = phone
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    choose(page, line.order.number)
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url("**/certificates/**")
    certificate = Certificate.objects.latest("pk")
    assert page.url.endswith(f"/certificates/{certificate.number}/")
    assert page.locator("#verdict").inner_text() == "Received. It is being read."
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_broken_connection_loses_no_file(phone):
    page, line = phone
    before = Certificate.objects.count()
    choose(page, line.order.number)
    page.wait_for_timeout(500)
    page.reload()
    page.get_by_text("The file you chose before is still here. Press Send.").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("There is no connection.").wait_for()
    page.context.set_offline(False)
    page.wait_for_url("**/certificates/**")
    assert Certificate.objects.count() == before + 1
