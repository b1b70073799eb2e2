"""Every page of the sample shop, as each person finds it: it answers, fits its screen, and can be read by everybody.

Axe-core judges each page on a phone in the light theme and at a desk in the dark one.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from documents.demo.people import PASSWORD
from tests.browser.tour import Found, find_pages, sign_in

# one worker builds the sample shop once for all of them
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sample shop")]
PEOPLE = (
    "amara@kestrel.example",
    "helen@kestrel.example",
    "josefa@kestrel.example",
    "tom@kestrel.example",
    "claire@meridian.example",
    "owen@ardent.example",
    "ray@bluewater.example",
)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


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
