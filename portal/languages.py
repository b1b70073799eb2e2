"""Which language a page is written in: English for the shop and its customers, the reader's own for vendors.

What a vendor may read goes through gettext; what only the shop reads stays plain English. A person's own choice comes
first, then that of the browser they chose in, then what the browser asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

ENGLISH = settings.LANGUAGE_CODE
CODES = tuple(code for code, _ in settings.LANGUAGES)
# the tag a browser, a screen reader and a font chain know a language by
TAGS = {ENGLISH: "en", "zh-hans": "zh-Hans"}
# machines read one language, whatever their library sends along
ALWAYS_ENGLISH = ("/api/", "/health/")


def tag_of(code: str | None) -> str:
    """Return the language tag of a page written in this language."""
    return TAGS.get(code or ENGLISH, code or ENGLISH)


def may_choose(person: Any) -> bool:
    """Say whether a reader has a choice: vendors do, and whoever has not signed in."""
    return person is None or not person.is_authenticated or person.is_vendor


def language_of(person: Any) -> str:
    """Return the language in which a person is written to, away from any browser."""
    return person.language if person.is_vendor and person.language in CODES else ENGLISH


def language_for(request: HttpRequest) -> str:
    """Return the language of the answer to a request."""
    if request.path.startswith(ALWAYS_ENGLISH):
        return ENGLISH
    person = getattr(request, "user", None)
    if not may_choose(person):
        return ENGLISH
    chosen = getattr(person, "language", "")
    return chosen if chosen in CODES else translation.get_language_from_request(request)


class ReaderLanguage:
    """Write each answer in the language of its reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_for(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", tag_of(language))
        return response
