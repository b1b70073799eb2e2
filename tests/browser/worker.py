"""Somebody doing a day's work: starts at the home page, really clicks, and every click is counted."""

from __future__ import annotations

from lxml import html
from playwright.sync_api import Browser, Locator, Response

from documents.demo.people import PASSWORD
from tests.browser.visitor import BrowserVisitor

SIGNED = {"Your password": PASSWORD}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


class Worker(BrowserVisitor):
    """One person of the sample shop at Chromium, signed in and at the page they see first.

    clicks: links followed, buttons pressed and folds opened since then; typing is free.
    """

    def __init__(self, browser: Browser, base: str, email: str, *, screen: dict[str, int] = DESK) -> None:
        super().__init__(browser, base)
        self.window.set_viewport_size(screen)
        self.clicks = 0
        self.sign_in(email, PASSWORD)
        self.clicks = 0

    def follow(self, label: str, *, beside: str = "") -> Worker:
        """Click the one link of these words that can be seen; with `beside`, the one in the row that says this."""
        found = self._places(beside).get_by_role("link", name=label, exact=True)
        links = [each for each in found.all() if each.is_visible()]
        addresses = {each.get_attribute("href") for each in links}
        shown = [each.inner_text() for each in self._places(beside).get_by_role("link").all()]
        assert len(addresses) == 1, f"{self.address} shows {len(addresses)} links “{label}” of {shown}."
        with self.window.expect_navigation() as going:
            links[0].click()
        self.clicks += 1
        return self.arrived(going.value)

    def send(self, button: str, answers: dict[str, object] | None = None, *, status: int = 200) -> Worker:
        super().send(button, answers, status=status)
        self.clicks += 1
        return self

    def unfold(self, words: str) -> Worker:
        """Open a part of the page that is folded away."""
        self.window.get_by_text(words, exact=True).click()
        self.clicks += 1
        return self

    def search(self, words: str) -> Worker:
        """Type into the search field of the page's head and press Enter; that is one click."""
        self.window.get_by_role("searchbox").first.fill(words)
        with self.window.expect_navigation() as going:
            self.window.keyboard.press("Enter")
        self.clicks += 1
        return self.arrived(going.value)

    def _places(self, beside: str) -> Locator:
        if not beside:
            return self.window.locator("body")
        rows = self.window.locator("main :is(tr, li:not(tr li), section)").filter(has_text=beside)
        return rows.last

    def arrived(self, response: Response | None) -> Worker:
        """Read the page that a click or a key has led to."""
        # a link down the same page brings no answer from the server
        if response is not None:
            self._seen(response, 200)
        self.page = html.fromstring(self.window.content())
        return self
