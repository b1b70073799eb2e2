"""How many calls a minute one caller may make: counted in Redis for all web processes, by each while it is away."""

from __future__ import annotations

import logging
import time
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from redis import Redis, RedisError
from rest_framework.throttling import BaseThrottle

from portal.api.repeats import caller_of

logger = logging.getLogger(__name__)
MINUTE = 60
# a call does not wait for a counter; while it is away nobody asks it
PATIENCE_SECONDS = 0.1
LEFT_ALONE_SECONDS = 30
_away_until = 0.0


class CallsOfToken(BaseThrottle):
    """Count the calls of a token, or of what else opens a door, within the running minute."""

    def allow_request(self, request, view) -> bool:
        if request.auth is None:
            return True
        key = f"api-calls:{caller_of(request)}:{int(time.time()) // MINUTE}"
        return counted(key) <= settings.PORTAL_API_CALLS_A_MINUTE

    def wait(self) -> float:
        return MINUTE - time.time() % MINUTE + 1


def counted(key: str) -> int:
    """Count one more under a key and return how many there are by now.

    Redis may vanish at any moment: the bound then holds for each process by itself, and no call fails for it.
    """
    global _away_until
    if time.monotonic() >= _away_until:
        try:
            return _counted_by_all(key)
        except RedisError as away:
            _away_until = time.monotonic() + LEFT_ALONE_SECONDS
            logger.warning("Calls are counted by each process alone for a while: %s", away)
    cache.add(key, 0, 2 * MINUTE)
    return cache.incr(key)


def _counted_by_all(key: str) -> int:
    # one Redis may serve several portals
    key = f"{connection.settings_dict['NAME']}:{key}"
    pipe = _store().pipeline(transaction=False)
    pipe.incr(key)
    pipe.expire(key, 2 * MINUTE)
    count, _expires = pipe.execute()
    return count


@lru_cache(maxsize=1)
def _store() -> Redis:
    patience = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    return Redis.from_url(settings.REDIS_URL, **patience)
