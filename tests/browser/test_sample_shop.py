"""Every page of the sample shop, as each person finds it: it answers, fits its screen, and can be read by everybody.

Axe-core judges each page on a phone in the light theme and at a desk in the dark one. Links are followed for
each person, but a page is judged once for all who see it alike: again only when it is built of a shape (an element,
its classes, its part to a reader, what it stands in) that pages of this address have not shown before. So a lot is
judged at each stage that looks different, and a desk for each role that has other things on it. Whoever can open
most comes first, which leaves little for the others; anybody alone is judged whole.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.models import Count
from playwright.sync_api import Page

from documents.demo.people import PASSWORD
from documents.domain import chain
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.chain.slots import Slot
from documents.models import Certificate, ReleasePackage
from inspection.models import FirstArticle
from portal.models import Organization
from routes.models import Hold, Part, Traveler
from subcontract.models import OutsideOrder
from tests.browser.tour import find_pages, sign_in

pytestmark = pytest.mark.browser
# one of each role, and a second outsider where other things wait; Viktor sees what Amara sees, Grace what Dana sees
PEOPLE = (
    "helen@kestrel.example",
    "amara@kestrel.example",
    "josefa@kestrel.example",
    "tom@kestrel.example",
    "owen@ardent.example",
    "claire@meridian.example",
    "sanna@solvane.example",
    "ray@bluewater.example",
    "dana@cinderhill.example",
)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def test_a_lot_stands_at_every_stage(sample_shop):
    kinds = Organization.objects.values_list("kind").annotate(Count("pk")).order_by("kind")
    assert dict(kinds) == {"customer": 3, "shop": 1, "vendor": 4}
    assert Part.objects.count() == 7
    assert Traveler.objects.filter(parent=None).count() == 17
    assert Traveler.objects.filter(parent__isnull=False).count() == 10
    assert set(Certificate.objects.values_list("state", flat=True)) == {"accepted", "in_review", "rejected"}
    assert set(ReleasePackage.objects.values_list("state", flat=True)) == {"accepted", "released", "returned"}
    assert "returned" in FirstArticle.objects.values_list("state", flat=True)
    assert Hold.objects.filter(state="placed").count() == 1
    assert Traveler.objects.get(brought_in_at__isnull=False).brought_in_at == 50
    assert OutsideOrder.objects.filter(state="draft").count() == 1


def test_what_the_readme_begins_with_is_there(sample_shop):
    """Its first acts name records of the sample shop by number."""
    words = Path("README.md").read_text(encoding="utf-8")
    assert all(named in words for named in ("BW-0008 stops T-000003", "T-000015 lacks", "PO-000009 waits"))
    waiting = Certificate.objects.get(stated_number="BW-0008")
    assert (waiting.state, "BW-0008" in " ".join(each.sentence for each in stops_of("T-000003"))) == (
        "in_review",
        True,
    )
    assert {each.code for each in stops_of("T-000015")} == {"COC"}
    order = OutsideOrder.objects.get(number="PO-000009")
    assert (order.site.organization.number, order.state) == ("BLUEWATER", "shipped")
    assert not Certificate.objects.filter(po_number=order.number).exists()


def stops_of(number: str) -> list[Slot]:
    """Return what stops a lot now, as its page says it."""
    lot = Traveler.objects.get(number=number)
    slots = chain.judge(read_facts_as_placed([lot.pk])[number])
    return [each for each in slots if not each.is_closed and not each.waits]


@pytest.fixture(scope="module")
def judged() -> dict[str, set[str]]:
    """What has been judged, for everybody so far: by the name of a page's address, the shapes it was built of."""
    return defaultdict(set)


@pytest.mark.parametrize("email", PEOPLE)
def test_every_page_is_sound_for_everybody(sample_shop, chromium, judged, email):
    context = chromium.new_context()
    page = sign_in(context, sample_shop, email, PASSWORD)
    said = _listen(page)
    found, wrong = find_pages(context, sample_shop, most=1), []
    for each in found:
        if each.name in judged and each.shapes <= judged[each.name]:
            continue
        judged[each.name] |= each.shapes
        wrong += _judge(page, sample_shop, each.path)
        wrong += [f"{each.path} complains: {text}" for text in said]
        said.clear()
    context.close()
    assert len(found) > 3
    assert "\n".join(wrong) == ""


def test_pages_no_link_leads_to_are_sound(sample_shop, chromium):
    """Signing in, being refused, losing one's way and forgetting fields: what nobody sets out to see."""
    context = chromium.new_context()
    page = context.new_page()
    wrong = []
    for path in ("/sign-in/", "/password-reset/", "/nowhere/"):
        wrong += _judge(page, sample_shop, path)
    page.goto(f"{sample_shop}/sign-in/")
    page.get_by_label("E-mail address").fill(PEOPLE[0])
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").first.wait_for()
    wrong += _look_at(page, "A refused sign-in")
    page = sign_in(context, sample_shop, PEOPLE[0], PASSWORD)
    for path in ("/nowhere/", "/parts/add/"):
        wrong += _judge(page, sample_shop, path)
    # the server's own words about empty fields, which the browser would keep away
    page.locator("main form[method=post]").evaluate(
        "form => { form.noValidate = true; form.requestSubmit(); }"
    )
    page.locator("main [aria-invalid=true]").first.wait_for()
    wrong += _look_at(page, "A form sent empty")
    context.close()
    assert "\n".join(wrong) == ""


def _listen(page: Page) -> list[str]:
    """Return a list that fills with every complaint the page makes from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def _judge(page: Page, base: str, path: str) -> list[str]:
    """Return what is wrong with one page, in words."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    page.goto(f"{base}{path}")
    return _look_at(page, path)


def _look_at(page: Page, path: str) -> list[str]:
    """Judge what stands on the page now, loaded once and shown in both ways."""
    wrong = []
    page.evaluate(Axe().axe_script)
    for size, theme in ((PHONE, "light"), (DESK, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            wrong.append(f"{path} is {wide} px wide on a screen of {size['width']} px.")
        wrong += _not_for_everybody(page, f"{path} at {size['width']} px, {theme}")
    return wrong


def _not_for_everybody(page: Page, where: str) -> list[str]:
    violations = page.evaluate("axe.run({resultTypes: ['violations']}).then(judged => judged.violations)")
    return [
        f"{where}: {violation['id']}, {violation['help']}: "
        + "; ".join(str(node["target"]) for node in violation["nodes"][:3])
        for violation in violations
    ]
