"""How long somebody stays signed in: thirty minutes without work, twelve hours at most."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 60 * 60
# the moment of the last request is kept to the minute, so that most requests write nothing
NOTED_EVERY_SECONDS = 60
BEGAN, SEEN = "began_at", "seen_at"
AFTER_IDLING = _("You were signed out after thirty minutes without work. Sign in to go on.")
AFTER_A_SHIFT = _("You were signed out after twelve hours. Sign in to go on.")


def begin_session(request: HttpRequest, person: Person) -> None:
    """Begin the session of a person whose credential was checked by the domain."""
    login(request, person, backend=BACKEND)
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class SessionLimits:
    """End sessions that were left alone or have lasted a whole shift, by the server's clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session, now = request.session, int(time.time())
        if BEGAN in session:
            is_idle = now - session[SEEN] > IDLE_SECONDS
            if is_idle or now - session[BEGAN] > LONGEST_SECONDS:
                logout(request)
                messages.info(request, AFTER_IDLING if is_idle else AFTER_A_SHIFT)
            elif now - session[SEEN] >= NOTED_EVERY_SECONDS:
                session[SEEN] = now
        return self.get_response(request)
