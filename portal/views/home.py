"""The first page of everybody, and the answer to whoever watches the portal's health."""

from __future__ import annotations

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import NoReverseMatch, reverse

from portal.views.doors import PUBLIC, SELF, opens

# desks belong to later rooms, so they are known here by name only; the first that exists is the one
DESKS = {
    "shop": ("documents:board", "routes:traveler-list", "portal:person-list"),
    "vendor": ("subcontract:order-list",),
    "customer": ("documents:package-list", "routes:order-list"),
}
PATIENCE_SECONDS = 1


@opens(scope=SELF)
def home(request: HttpRequest) -> HttpResponse:
    """Send each to their own desk."""
    for name in DESKS[request.user.organization.kind]:
        try:
            return HttpResponseRedirect(reverse(name))
        except NoReverseMatch:
            continue
    return HttpResponseRedirect(reverse("portal:me"))


@opens(scope=PUBLIC)
def health(request: HttpRequest) -> JsonResponse:
    """Say whether the portal can work: without the database it cannot, without Redis it is only slower."""
    database, broker = _database(), _redis()
    answer = {"database": database, "redis": broker, "version": settings.SPECTACULAR_SETTINGS["VERSION"]}
    return JsonResponse(answer, status=200 if database == "ok" else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _redis() -> str:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS
        ) as broker:
            broker.ping()
    except (redis.RedisError, OSError):
        return "down"
    return "ok"
