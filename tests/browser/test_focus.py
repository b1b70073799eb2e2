"""Where the keyboard is: seen on every kind of control in both themes, brought past the frame, given back by a menu.

The components page shows every piece that pages are made of, so each kind of control stands on it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.tour import sign_in
from tests.cast import PASSWORD, make_cast

pytestmark = pytest.mark.browser

# WCAG 1.4.11 and 2.4.13: what shows the focus differs by 3:1 from what was there before
CONTRAST = 3.0
AROUND = 6
# marks the first of each kind of control that can be reached, and returns how many there are
MARK = """() => {
  const kinds = new Set();
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  for (const each of document.querySelectorAll(all)) {
    const is_seen = each.checkVisibility({visibilityProperty: true}) && !each.matches(".skip, [popover] *");
    if (each.disabled || !is_seen) continue;
    const around = each.parentElement;
    const kind = [each.tagName, each.type, each.className, around.tagName, around.className].join(" ");
    if (!kinds.has(kind)) each.setAttribute("data-kind", kinds.add(kind).size - 1);
  }
  return kinds.size;
}"""


@pytest.fixture
def page(served_portal, chromium):
    """Chromium with a quality engineer signed in, at a desk."""
    cast = make_cast()
    context = chromium.new_context(base_url=served_portal, viewport={"width": 1440, "height": 900})
    yield sign_in(context, served_portal, cast.quality.email, PASSWORD)
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_is_seen_on_every_kind_of_control(page, theme):
    page.emulate_media(color_scheme=theme)
    page.goto("/components/")
    kinds = page.evaluate(MARK)
    assert kinds > 30
    # after a key the browser shows where the focus is, as it does for somebody without a mouse
    page.keyboard.press("Tab")
    assert [unseen for kind in range(kinds) if (unseen := unseen_focus(page, kind))] == []


def unseen_focus(page: Page, kind: int) -> str:
    """Return the beginning of a control's markup when its focus cannot be seen; nothing when it can."""
    control = page.locator(f"[data-kind='{kind}']")
    control.evaluate(
        "control => { document.activeElement.blur(); control.scrollIntoView({block: 'center'}); }"
    )
    box = control.bounding_box()
    left, top = max(box["x"] - AROUND, 0), max(box["y"] - AROUND, 0)
    clip = {
        "x": left,
        "y": top,
        "width": min(box["x"] + box["width"] + AROUND, 1440) - left,
        "height": min(box["y"] + box["height"] + AROUND, 900) - top,
    }
    before = picture(page, clip)
    control.evaluate("control => control.focus({preventScroll: true})")
    changed = count_changed(before, picture(page, clip))
    # a line one pixel wide along three of its four sides is the least that is found at a glance
    if changed >= 1.5 * (min(box["width"], 1440) + min(box["height"], 900)):
        return ""
    return control.evaluate("control => control.outerHTML.slice(0, 120)")


def picture(page: Page, clip: dict) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled"))).convert("RGB")


def count_changed(before: Image.Image, after: Image.Image) -> int:
    """Count the pixels that differ enough to be told apart."""
    pairs = zip(colours(before), colours(after), strict=True)
    return sum(was != now and contrast(was, now) >= CONTRAST for was, now in pairs)


def colours(image: Image.Image) -> Iterator[tuple[int, ...]]:
    parts = iter(image.tobytes())
    return zip(parts, parts, parts, strict=True)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast ratio of two colours. Source: WCAG 2.2, definition of contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_first_key_brings_past_the_frame(page):
    page.goto("/people/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("link => link === document.activeElement") is True
    # it slides into sight
    page.wait_for_function("document.querySelector('.skip').getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null") is True


def test_the_menu_of_a_phone_closes_with_escape_and_gives_the_focus_back(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/people/")
    desks = page.get_by_role("navigation", name="Main")
    assert desks.is_visible() is False
    page.get_by_role("button", name="Menu", exact=True).focus()
    page.keyboard.press("Enter")
    assert desks.is_visible() is True
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#desks') !== null") is True
    page.keyboard.press("Escape")
    assert desks.is_visible() is False
    assert page.evaluate("document.activeElement.textContent") == "Menu"


def test_the_list_of_keys_gives_the_focus_back(page):
    page.goto("/people/")
    opener = page.get_by_role("button", name="Keys", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="Keys").is_visible() is True
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog", name="Keys").is_visible() is False
    assert opener.evaluate("button => button === document.activeElement") is True
