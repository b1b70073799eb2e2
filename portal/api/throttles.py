"""How many calls a minute one token may make, counted by each web process."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

MINUTE = 60


class CallsOfToken(BaseThrottle):
    """Count the calls of a token within the running minute."""

    def allow_request(self, request, view) -> bool:
        if request.auth is None:
            return True
        key = f"api-calls:{request.auth.pk}:{int(time.time()) // MINUTE}"
        cache.add(key, 0, 2 * MINUTE)
        return cache.incr(key) <= settings.PORTAL_API_CALLS_A_MINUTE

    def wait(self) -> float:
        return MINUTE - time.time() % MINUTE + 1
