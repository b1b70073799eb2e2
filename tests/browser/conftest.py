"""Chromium for tests that must see what a person sees; it fails, rather than skips, where CI has none."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, Error, sync_playwright
from pytest_django.live_server_helper import LiveServer

from documents.demo import shop
from tests import conftest, early
from tests.browser.tour import launch


@pytest.fixture(scope="session")
def _shop_built_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """Build the sample shop once a worker; the value is its database, kept as it is, and its folder of files."""
    folder = tmp_path_factory.mktemp("sample_shop")
    name = f"{early.DATABASE}_{uuid.uuid4().hex[:8]}"
    conftest.create_database(name, template=early.TEMPLATE)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAL_FILES_DIR", str(folder))
        with conftest.pointed_at(name, patch), override_settings(MEDIA_ROOT=folder):
            shop.build(say=lambda line: None)
    yield name, folder
    conftest.drop_database(name)


@pytest.fixture
def sample_shop(_shop_built_once, django_db_blocker, files_folder, settings, monkeypatch) -> Iterator[str]:
    """Serve a copy of the sample shop, in which a test may do what it likes; the value is its address."""
    built, folder = _shop_built_once
    # files are known by their content, so copies of the shop may share them
    settings.MEDIA_ROOT = folder
    monkeypatch.setenv("PORTAL_FILES_DIR", str(folder))
    name = f"{early.DATABASE}_{uuid.uuid4().hex[:8]}"
    conftest.create_database(name, template=built)
    with django_db_blocker.unblock(), conftest.pointed_at(name, monkeypatch):
        server = LiveServer("127.0.0.1")
        try:
            yield server.url
        finally:
            server.stop()
    conftest.drop_database(name)


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
