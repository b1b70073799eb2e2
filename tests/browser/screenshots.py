"""Photograph every page of the sample shop, as every person, at a phone's, a tablet's and a desk's width.

    python -m tests.browser.screenshots [--dark] [--at ADDRESS] [--to FOLDER]

Without an address it builds a sample shop of its own in a temporary folder and stops it afterwards. Beside the
pictures it prints one line for every page that is wider than its screen or complains in the console, and ends
with code 1 if there is one.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import BrowserContext, Page, sync_playwright

CHECKOUT = Path(__file__).resolve().parents[2]
WIDTHS = (390, 820, 1440)
PEOPLE = (
    "amara@kestrel.example",
    "josefa@kestrel.example",
    "claire@meridian.example",
    "ray@bluewater.example",
)


@contextmanager
def sample_shop(folder: Path) -> Iterator[str]:
    """Serve a sample shop whose data is in `folder`; the value is its address."""
    port = 8790
    told = {
        "PORTAL_STATE_DIR": str(folder / "state"),
        "PORTAL_FILES_DIR": str(folder / "files"),
        "PORTAL_DEMO": "1",
        "PORTAL_FAST_HASHER": "1",
    }
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=os.environ | told, stdout=subprocess.PIPE, text=True
    ) as served:
        try:
            for line in served.stdout:
                print(line, end="", flush=True)
                if ready := re.match(r"Ready: (http\S+?)/ ", line):
                    yield ready.group(1)
                    break
            else:
                raise SystemExit("The sample shop did not start.")
        finally:
            served.terminate()
            served.communicate()


def photograph(page: Page, base: str, path: str, width: int, target: Path) -> list[str]:
    """Take one picture and return what is wrong with the page, in words."""
    said: list[str] = []
    listen = lambda message: said.append(message.text) if message.type == "error" else None  # noqa: E731
    page.on("console", listen)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base}{path}")
    page.screenshot(path=target, full_page=True)
    page.remove_listener("console", listen)
    wide = page.evaluate("document.documentElement.scrollWidth")
    wrong = [f"says in the console: {text}" for text in said]
    return wrong + ([f"is {wide} px wide on a screen of {width}"] if wide > width else [])


def tour_of(context: BrowserContext, base: str, email: str, folder: Path, theme: str) -> int:
    """Photograph everything one person can reach; return how many pages have something wrong."""
    from documents.demo.people import PASSWORD
    from tests.browser.tour import find_pages, sign_in

    page = sign_in(context, base, email, PASSWORD)
    folder.mkdir(parents=True, exist_ok=True)
    found, bad = find_pages(context, base), 0
    for each in found:
        for width in WIDTHS:
            target = folder / f"{each.file_name}-{width}-{theme}.png"
            for wrong in photograph(page, base, each.path, width, target):
                bad += 1
                print(f"{email} {each.path} {wrong}", flush=True)
    print(f"{email}: {len(found)} pages at {len(WIDTHS)} widths in {folder}", flush=True)
    return bad


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--at", default="", help="A sample shop that is served already.")
    asked.add_argument("--to", type=Path, default=CHECKOUT / "var" / "screenshots")
    asked.add_argument("--dark", action="store_true")
    asked.add_argument("--as", dest="people", nargs="+", default=PEOPLE)
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        if options.at:
            sys.exit(bool(_all(options.at.rstrip("/"), options)))
        Path(folder).chmod(0o711)
        with sample_shop(Path(folder)) as base:
            bad = _all(base, options)
    sys.exit(bool(bad))


def _all(base: str, options: argparse.Namespace) -> int:
    from tests.browser.tour import launch

    theme = "dark" if options.dark else "light"
    with sync_playwright() as playwright:
        browser = launch(playwright)
        bad = 0
        for email in options.people:
            context = browser.new_context(color_scheme=theme)
            bad += tour_of(context, base, email, options.to / email.split("@")[0], theme)
            context.close()
        browser.close()
    return bad


if __name__ == "__main__":
    main()
