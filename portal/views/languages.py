"""Choosing the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from portal.domain.errors import Refused
from portal.domain.languages import choose_language, require_known
from portal.views.doors import PUBLIC, opens


def _back(request: HttpRequest) -> str:
    """Return the page the choice was made on, if it is one of ours."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("portal:home")


@require_POST
@opens(scope=PUBLIC)
def choose(request: HttpRequest) -> HttpResponse:
    """Take a language: for the account of whoever is signed in, and for this browser."""
    language, response = request.POST.get("language", ""), HttpResponseRedirect(_back(request))
    try:
        require_known(language)
        if request.user.is_authenticated:
            choose_language(by=request.user, language=language)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
