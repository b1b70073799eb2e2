"""Every page of the sample shop, as each person finds it: it answers, fits its screen, and can be read by everybody.

Axe-core judges each page on a phone in the light theme and at a desk in the dark one.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.models import Count
from playwright.sync_api import Page

from documents.demo.people import PASSWORD
from documents.models import Certificate, ReleasePackage
from inspection.models import FirstArticle
from portal.models import Organization
from routes.models import Hold, Part, Traveler
from subcontract.models import OutsideOrder
from tests.browser.tour import Found, find_pages, sign_in

# one worker builds the sample shop once for all of them
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sample shop")]
# outsiders see few pages; a shop person's take minutes, and `make screenshots` walks them all
PEOPLE = ("claire@meridian.example", "ray@bluewater.example")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def test_a_lot_stands_at_every_stage(sample_shop):
    kinds = Organization.objects.values_list("kind").annotate(Count("pk")).order_by("kind")
    assert dict(kinds) == {"customer": 3, "shop": 1, "vendor": 4}
    assert Part.objects.count() == 6
    assert Traveler.objects.filter(parent=None).count() == 14
    assert Traveler.objects.filter(parent__isnull=False).count() == 1
    assert set(Certificate.objects.values_list("state", flat=True)) == {"accepted", "in_review", "rejected"}
    assert set(ReleasePackage.objects.values_list("state", flat=True)) == {"accepted", "released", "returned"}
    assert "returned" in FirstArticle.objects.values_list("state", flat=True)
    assert Hold.objects.filter(state="placed").count() == 1
    assert Traveler.objects.get(brought_in_at__isnull=False).brought_in_at == 50
    assert OutsideOrder.objects.filter(state="draft").count() == 1


@pytest.mark.parametrize("email", PEOPLE)
def test_every_page_is_sound_for_everybody(sample_shop, chromium, email):
    context = chromium.new_context()
    page = sign_in(context, sample_shop, email, PASSWORD)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    found, wrong = find_pages(context, sample_shop, most=1), []
    for each in found:
        wrong += _judge(page, sample_shop, each)
        wrong += [f"{each.path} complains: {text}" for text in said]
        said.clear()
    context.close()
    assert len(found) > 3
    assert "\n".join(wrong) == ""


def _judge(page: Page, base: str, each: Found) -> list[str]:
    """Return what is wrong with one page, in words."""
    wrong = []
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    page.goto(f"{base}{each.path}")
    for size, theme in ((PHONE, "light"), (DESK, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            wrong.append(f"{each.path} is {wide} px wide on a screen of {size['width']} px.")
        wrong += _not_for_everybody(page, f"{each.path} at {size['width']} px, {theme}")
    return wrong


def _not_for_everybody(page: Page, where: str) -> list[str]:
    judged = Axe().run(page)
    return [
        f"{where}: {violation['id']}, {violation['help']}: "
        + "; ".join(str(node["target"]) for node in violation["nodes"][:3])
        for violation in judged.response["violations"]
    ]
