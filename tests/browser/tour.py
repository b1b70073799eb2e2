"""Walking through the portal as one person: sign in, follow every link, look at every page.

Pages are found by their links, so what nobody can reach is not found and what is new is found by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml import etree, html
from lxml.html import HtmlElement
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

# where Debian keeps it; Playwright's own browser serves where this one is not installed
CHROMIUM = Path("/usr/bin/chromium")
ALONE = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
# each photographed page of one kind beyond this many looks like the last
MOST_OF_A_KIND = 3
# a lot, a package or a certificate looks different at every stage, so all of them are looked at; their tabs and
# leaves, which have a query, are a kind of their own
EVERY_ONE = {
    "routes:traveler-detail",
    "documents:certificate-detail",
    "documents:package-detail",
    "documents:shipment-detail",
    "inspection:first-article-detail",
}
NO_PAGES = {"portal:sign-out", "portal:job-retry"}
# shows every piece of the look with made-up records, whose links lead nowhere
SAMPLES = "portal:components"


HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# attributes whose value changes what an element is to a reader
TELLING = ("role", "type", "tabindex", "disabled", "hidden", "open", "data-theme")


@dataclass(frozen=True)
class Found:
    """One page one person can reach: its path with query, the name of its address, and what it is built of."""

    path: str
    name: str
    shapes: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def file_name(self) -> str:
        """A name a file may have, from which the page can be recognised."""
        words = "".join(sign if sign.isalnum() else "-" for sign in self.path.lower())
        return "-".join(word for word in words.split("-") if word)[:120] or "home"


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window, and without calls to the world outside."""
    path = str(CHROMIUM) if CHROMIUM.exists() else None
    return playwright.chromium.launch(executable_path=path, args=ALONE)


def sign_in(context: BrowserContext, base: str, email: str, password: str) -> Page:
    """Sign one person in, through the page."""
    page = context.new_page()
    page.goto(f"{base}/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


def find_pages(
    context: BrowserContext, base: str, start: str = "/", most: int = MOST_OF_A_KIND
) -> list[Found]:
    """Return every page that links lead to, a few of each kind, in the order they are met.

    Raises:  AssertionError naming the page and the link when a link leads to a page that is not there or breaks.
    """
    seen, kinds, found = {start}, Counter(), []
    waiting = [(start, "the beginning")]
    while waiting:
        path, met_on = waiting.pop(0)
        name = _name_of(path)
        kind = _kind_of(path, name)
        if name in NO_PAGES or kinds[kind] >= most:
            continue
        answer = context.request.get(f"{base}{path}")
        assert answer.status == 200, f"{path}, linked from {met_on}, answers {answer.status}."
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        kinds[kind] += 1
        tree = html.fromstring(answer.body())
        found.append(Found(path, name, frozenset(_shapes(tree))))
        if name == SAMPLES:
            continue
        for link in _links(tree, answer.url, base):
            if link not in seen:
                seen.add(link)
                waiting.append((link, path))
    return found


def _name_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path


def _kind_of(path: str, name: str) -> str:
    if name not in EVERY_ONE:
        return name
    return f"{name}?" if "?" in path else path


def _shapes(tree: HtmlElement) -> Iterator[str]:
    """Yield how each element is written and stands: all that colours, names and order depend on, without its words."""
    above = "nothing"
    for element in tree.iter(etree.Element):
        around = element.getparent()
        said = [element.tag, *_classes(element)]
        said += [f"{key}={element.get(key)}" for key in TELLING if element.get(key) is not None]
        said += [key for key in element.attrib if key.startswith("aria-")]
        said += ["in", *([] if around is None else [around.tag, *_classes(around)])]
        if element.tag in HEADINGS:
            said += ["after", above]
            above = element.tag
        yield " ".join(said)


def _classes(element: HtmlElement) -> list[str]:
    return sorted((element.get("class") or "").split())


def _links(tree: HtmlElement, address: str, base: str) -> Iterator[str]:
    for link in tree.iter("a"):
        target = urljoin(address, urldefrag(link.get("href") or "").url)
        if target.startswith(f"{base}/") and not link.get("download"):
            parts = urlsplit(target)
            yield parts.path + (f"?{parts.query}" if parts.query else "")
