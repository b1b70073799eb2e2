"""The link on an order's paper on a telephone: four acts to the verdict, and a broken connection that loses nothing."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from documents.domain import upload_links
from documents.models import Certificate
from portal.models import Person
from subcontract.models import OutsideOrder, OutsideOrderLine
from tests.documents.test_link_pages import text_pdf

pytestmark = pytest.mark.browser
FILE = "input[name=file]"
# the language of the telephone, the word on the button, the verdict while the paper is being read
READERS = (("en-GB", "Send it", "Received. It is being read."), ("zh-CN", "发送", "已收到，正在读取。"))


@pytest.fixture
def phone(sample_shop, chromium, request):
    """A telephone that has just read the square on the order at the anodizer, and what its pages complain about."""
    line = OutsideOrderLine.objects.get(order__state=OutsideOrder.SHIPPED)
    by = Person.objects.get(email="tom@kestrel.example")
    _link, token = upload_links.make_link(by=by, order=line.order)
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        locale=getattr(request, "param", "en-GB"),
    )
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


def barriers(page) -> list[str]:
    """Return what shuts somebody out of the page."""
    page.evaluate(Axe().axe_script)
    judged = page.evaluate("axe.run({resultTypes: ['violations']}).then(judged => judged.violations)")
    return [f"{each['id']}: {[node['target'] for node in each['nodes'][:3]]}" for each in judged]


@pytest.mark.parametrize(
    ("phone", "send", "verdict"), READERS, indirect=["phone"], ids=[each[0] for each in READERS]
)
def test_three_acts_lead_to_the_verdict_on_a_telephone(phone, send, verdict):
    # the first act was to point the camera at the square
    page, line = phone
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert barriers(page) == []
    choose(page, line.order.number)
    page.get_by_role("button", name=send, exact=True).click()
    page.wait_for_url("**/certificates/**")
    certificate = Certificate.objects.latest("pk")
    assert page.url.endswith(f"/certificates/{certificate.number}/")
    assert page.locator("#verdict").inner_text() == verdict
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert barriers(page) == []


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
