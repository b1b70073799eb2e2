"""Words nobody expects in a name, and what a page must not become because of them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from lxml import html

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SCRIPTS = "=1+1 מחזיק قوس 托架 ブラケット ☃"
# a word without a blank, as a thoughtless system sends it
UNBROKEN = "W" * 200
BASE = "http://testserver"
LEADING = {"href", "src", "action", "formaction"}
SCRIPTED = ("javascript:", "data:", "vbscript:")


def payloads(shared_data: Path) -> list[str]:
    """Return the strings that are words at all: text fields take no blanks and no NUL."""
    said = json.loads((shared_data / "payload-strings" / "blns_even.json").read_text(encoding="utf-8"))
    return [text for text in said if text.strip() and "\0" not in text]


def strange_marks(content: bytes) -> list[str]:
    """Return every mark of a page that none of our templates writes: what words became that should be text."""
    page = html.fromstring(content)
    found = []
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        found += [
            f"<{element.tag} {name}={value!r}>"
            for name, value in element.attrib.items()
            if name.startswith("on") or (name in LEADING and value.strip().lower().startswith(SCRIPTED))
        ]
        foreign = element.get("src") or (element.get("href") if element.tag == "link" else "")
        if foreign and urlsplit(foreign).netloc:
            found.append(f"<{element.tag} {foreign}>")
        if element.tag == "script" and (element.text or not element.get("src")):
            found.append(f"<script>{element.text}")
        if element.tag in {"plaintext", "marquee", "foo", "u", "base", "object", "embed"}:
            found.append(f"<{element.tag}>")
    return found


def pages_of(client: Client, *, start: str = "/", most: int = 1) -> dict[str, bytes]:
    """Return every page the links of a signed-in person lead to, a few of each kind, by address."""
    pages, kinds, seen, waiting = {}, {}, {start}, [start]
    while waiting:
        address = waiting.pop(0)
        name = resolve(urlsplit(address).path).view_name
        if kinds.get(name, 0) >= most:
            continue
        kinds[name] = kinds.get(name, 0) + 1
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{address} answers {response.status_code}."
        if not response["Content-Type"].startswith("text/html"):
            continue
        pages[address] = response.content
        for link in html.fromstring(response.content).iter("a"):
            target = urlsplit(urljoin(BASE + address, urldefrag(link.get("href") or "").url))
            path = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc == "testserver" and path not in seen and not link.get("download"):
                seen.add(path)
                waiting.append(path)
    return pages


class Shelf:
    """Pages that were fetched before, handed to a browser as if a server had them; nothing else is answered."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages

    def answer(self, route) -> None:
        """Answer one request of the browser: a kept page, one of our static files, or nothing."""
        at = urlsplit(route.request.url)
        path = at.path + (f"?{at.query}" if at.query else "")
        if path in self.pages:
            route.fulfill(body=self.pages[path], content_type="text/html; charset=utf-8")
        elif at.path.startswith("/static/") and (found := finders.find(at.path.removeprefix("/static/"))):
            route.fulfill(path=found)
        else:
            route.fulfill(status=404, body="")
