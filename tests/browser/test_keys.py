"""The keys a page answers to, pressed at a real browser; without script every page does without them."""

from __future__ import annotations

import pytest

from tests.browser.tour import sign_in
from tests.cast import PASSWORD, make_cast

pytestmark = pytest.mark.browser


@pytest.fixture
def page(served_portal, chromium):
    """Chromium with a quality engineer signed in, at a desk."""
    cast = make_cast()
    context = chromium.new_context(base_url=served_portal, viewport={"width": 1440, "height": 900})
    yield sign_in(context, served_portal, cast.quality.email, PASSWORD)
    context.close()


def focused(page, what="textContent"):
    return page.evaluate(f"document.activeElement.{what}").strip()


def test_keys_search_walk_rows_and_open_one(page):
    page.goto("/people/")
    names = page.locator("main tbody th a").all_text_contents()
    seen = []
    for key in ("j", "j", "k", "k"):
        page.keyboard.press(key)
        seen.append(focused(page))
    assert seen == [names[0], names[1], names[0], names[0]]
    page.keyboard.press("/")
    assert focused(page, "id") == "find"
    page.keyboard.type("j/f?")
    assert page.locator("#find").input_value() == "j/f?"
    page.goto("/people/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*@*/")
    assert page.locator("h1").text_content() == names[0]


def test_the_list_of_keys_opens_closes_and_switches_them_off(page):
    page.goto("/people/")
    is_open = "document.getElementById('keys').matches(':popover-open')"
    assert page.evaluate(is_open) is False
    page.keyboard.press("?")
    assert page.evaluate(is_open) is True
    page.get_by_label("Keys of one letter act on their own").uncheck()
    page.keyboard.press("Escape")
    assert page.evaluate(is_open) is False
    page.goto("/people/")
    page.keyboard.press("j")
    assert focused(page, "tagName") == "BODY"


def test_arrows_walk_a_chain_and_escape_hushes_its_sentence(page):
    page.goto("/components/")
    chain = page.locator("main .chain").first
    stops = chain.locator("a.link-face")
    stops.first.focus()
    tip = chain.locator("li:has(a:focus) .tip")
    assert tip.is_visible() is True
    page.keyboard.press("Escape")
    assert chain.locator("li:has(a:focus) .tip").is_visible() is False
    page.keyboard.press("ArrowRight")
    assert chain.locator("li:has(a:focus) .tip").is_visible() is True
    assert stops.nth(1).evaluate("link => link === document.activeElement") is True
    page.keyboard.press("End")
    assert stops.last.evaluate("link => link === document.activeElement") is True
    page.keyboard.press("Home")
    assert stops.first.evaluate("link => link === document.activeElement") is True
