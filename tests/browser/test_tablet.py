"""The floor at a real tablet: a scan, a badge, a PIN for every signature, and the papers as they are printed."""

from __future__ import annotations

import pypdfium2
import pytest
from django.urls import reverse

from portal.domain.pins import set_pin
from routes.models import TravelerStep
from tests.browser.tour import sign_in
from tests.cast import PASSWORD, make_cast
from tests.factories import routes as made

pytestmark = pytest.mark.browser

BADGE, PIN = "B-0417", "580213"
# what a gloved finger needs, in pixels; links inside a sentence are exempt (WCAG 2.5.5)
FINGER = 44
TOO_SMALL = """finger => Array.from(document.querySelectorAll(
  ".floor :is(.act, input:not([type=hidden]), select, .step-card a)"))
  .filter(each => each.offsetParent && each.getBoundingClientRect().height < finger)
  .map(each => each.outerHTML.slice(0, 80))"""


@pytest.fixture
def people(served_portal):
    people = make_cast()
    set_pin(by=people.operator, badge_number=BADGE, pin=PIN, password=PASSWORD)
    return people


@pytest.fixture
def tablet(served_portal, chromium, people):
    """A shared tablet, signed in as the inspector."""
    context = chromium.new_context(
        base_url=served_portal, viewport={"width": 820, "height": 1180}, has_touch=True
    )
    page = sign_in(context, served_portal, people.inspector.email, PASSWORD)
    yield page
    context.close()


def scan(tablet, words: str) -> None:
    """Do what a scanner does: type into the field that waits for it, and end the line."""
    tablet.goto("/floor/")
    tablet.keyboard.type(words)
    tablet.keyboard.press("Enter")
    tablet.wait_for_url("**/floor/steps/*/")


def test_steps_are_signed_with_badge_and_pin_and_then_with_the_pin(tablet, people):
    first, second = (made.make_open_traveler(people, up_to=20) for _ in range(2))
    scan(tablet, f"https://portal.example/floor/lots/{first.number}/")
    assert tablet.evaluate(TOO_SMALL, FINGER) == []
    assert tablet.evaluate("document.documentElement.scrollWidth") == 820
    tablet.get_by_label("Your badge").fill(BADGE)
    tablet.get_by_label("Your PIN").fill("111111")
    tablet.get_by_role("button", name="Sign the step").click()
    assert "do not belong together" in tablet.get_by_role("alert").inner_text()
    tablet.get_by_label("Your PIN").fill(PIN)
    tablet.get_by_role("button", name="Sign the step").click()
    tablet.wait_for_url("**/floor/steps/*-30-1/")
    scan(tablet, second.number)
    assert tablet.get_by_label("Your badge").count() == 0
    tablet.get_by_label("Your PIN").fill(PIN)
    tablet.get_by_role("button", name="Sign the step").click()
    tablet.wait_for_url("**/floor/steps/*-30-1/")
    signed = TravelerStep.objects.filter(state=TravelerStep.SIGNED, operation__sequence=20)
    assert {step.signature.person for step in signed} == {people.operator}
    assert signed.count() == 2
    tablet.get_by_role("button", name="Put the badge away").click()
    tablet.wait_for_url("**/floor/")
    assert "No badge read." in tablet.get_by_role("main").inner_text()


def printed(tablet, name: str, lot) -> pypdfium2.PdfDocument:
    tablet.goto(reverse(f"routes:{name}", kwargs={"number": lot.number}))
    assert tablet.locator("img.square").evaluate("each => each.complete && each.naturalWidth > 0") is True
    return pypdfium2.PdfDocument(tablet.pdf(prefer_css_page_size=True))


def millimetres(document: pypdfium2.PdfDocument) -> list[tuple[int, int]]:
    return [tuple(round(points / 72 * 25.4) for points in page.get_size()) for page in document]


def words_of(document: pypdfium2.PdfDocument) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_the_papers_of_a_lot_fit_their_paper(tablet, people):
    lot = made.make_open_traveler(people, is_serialized=True, quantity=12, up_to=20)
    sheet, label = printed(tablet, "traveler-print", lot), printed(tablet, "traveler-label", lot)
    assert (millimetres(sheet), millimetres(label)) == ([(210, 297)], [(100, 62)])
    for words in (lot.number, lot.material_lot.identifier, "0001–0012"):
        assert words in words_of(sheet) and words in words_of(label)
    assert "Sami Okonjo" in words_of(sheet)
    # the frame of the page stays on the screen
    assert "Sign out" not in words_of(sheet) + words_of(label)
