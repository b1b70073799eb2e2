import pytest
from django.db import connection
from django.urls import NoReverseMatch, reverse

from portal.views import home


def first_that_exists(names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return "/me/"


@pytest.mark.parametrize(
    ("name", "desk"), [("operator", "shop"), ("manager", "shop"), ("vendor", "vendor"), ("buyer", "customer")]
)
def test_home_sends_each_to_their_own_desk(sign_in, cast, name, desk):
    answer = sign_in(getattr(cast, name)).get("/")
    assert (answer.status_code, answer.url) == (302, first_that_exists(home.DESKS[desk]))


def test_home_falls_back_to_ones_own_account(sign_in, cast, monkeypatch):
    monkeypatch.setitem(home.DESKS, "vendor", ("nowhere:at-all",))
    assert sign_in(cast.vendor).get("/").url == "/me/"


def test_health_is_told_to_anybody(client, db, settings):
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": "ok", "redis": "ok", "version": settings.SPECTACULAR_SETTINGS["VERSION"]},
    )


def test_without_redis_the_portal_is_still_well(client, db, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["redis"]) == (200, "down")


def test_without_the_database_it_is_not(client, committed_db, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["database"]) == (503, "down")
