"""Chromium for tests that must see what a person sees; it fails, rather than skips, where CI has none."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connections
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser.tour import launch


@pytest.fixture
def chromium(monkeypatch) -> Iterator[Browser]:
    """Start Chromium; without one skip, but fail where CI must have it."""
    # Playwright runs a loop in this thread, which Django takes for asynchronous code; it is not
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except Error as failure:
            if os.environ.get("CI", "").lower() in {"1", "true"}:
                pytest.fail(f"Chromium does not start: {failure}")
            pytest.skip("Chromium is not installed: apt-get install chromium")
        yield browser
        # while the loop runs, Django keeps this thread's connections where only such code finds them
        connections.close_all()
        browser.close()
