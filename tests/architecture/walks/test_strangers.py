"""Every address, tried by everybody: what is not theirs does not exist, and no address lacks a rule.

The addresses come from the resolver, so a new one is tried without anybody remembering to.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from portal.api.doors import ApiDoor
from portal.views.doors import PUBLIC, RECORD, SCOPES, SELF
from tests.architecture.examples import all_examples

STRANGERS = ("stranger_vendor", "stranger_buyer")
OPEN = (200, 302, 405, 410)
# reading a file is written down, and a page drawn for it is kept, as is a chain judged for the first time; nothing
# else may come of a look
LEFT_BY_READING = (
    'INSERT INTO "portal_event"',
    'INSERT INTO "portal_storedfile"',
    'INSERT INTO "documents_renderedsection"',
    'INSERT INTO "documents_standingchain"',
)
# what a stranger of another company may never read on any page
SECRETS = ("orrin", "brightwater")
MAY_OPEN_WITHOUT_SIGNING_IN = {
    "documents:link-also",
    "documents:link-certificate",
    "documents:link-photo",
    "documents:link-photos",
    "documents:link-progress",
    "documents:link-prove",
    "documents:link-send",
    "documents:link-sender",
    "documents:verifier",
    "portal:health",
    "portal:invitation-accept",
    "portal:language",
    "portal:log-checkpoint",
    "portal:log-consistency",
    "portal:log-consistency-file",
    "portal:log-keys",
    "portal:password-reset",
    "portal:password-reset-confirm",
    "portal:set-up",
    "portal:sign-in",
    "portal:sign-out",
}


@dataclass(frozen=True)
class Address:
    """One address of the house with its view and the keywords it takes."""

    name: str
    view: object
    keywords: tuple[str, ...]

    @property
    def rule(self) -> object:
        """The object that declares scope and roles: a class view, a view set, or the function itself."""
        return getattr(self.view, "view_class", None) or getattr(self.view, "cls", None) or self.view

    @property
    def is_api(self) -> bool:
        """Whether machines call it; those are tried by `test_api.py`."""
        return isinstance(self.rule, type) and issubclass(self.rule, ApiDoor)

    @property
    def scope(self) -> str | None:
        return getattr(self.rule, "scope", None)

    @property
    def roles(self) -> tuple[str, ...] | None:
        return getattr(self.rule, "roles", "undeclared")


def walk(patterns, namespace: str = "", keywords: tuple[str, ...] = ()) -> list[Address]:
    """Return every address below `patterns`."""
    found = []
    for each in patterns:
        taken = keywords + tuple(each.pattern.converters)
        if isinstance(each, URLPattern):
            found.append(Address(f"{namespace}{each.name}", each.callback, taken))
        else:
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            found += walk(each.url_patterns, inner, taken)
    return found


ADDRESSES = walk(get_resolver().url_patterns)
PAGES = [address for address in ADDRESSES if not address.is_api]
NAMED = {address.name: address for address in ADDRESSES}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda each: each.name)
def test_every_address_declares_its_rule(address):
    assert address.scope in SCOPES, f"{address.name} must declare scope: one of {', '.join(SCOPES)}."
    assert address.roles != "undeclared", (
        f"{address.name} must declare roles: a tuple, or None for everybody."
    )


def test_every_address_has_a_name_of_its_own():
    assert sorted(NAMED) == sorted(address.name for address in ADDRESSES)
    assert [name for name in NAMED if name.endswith("None")] == []


def test_only_the_known_addresses_open_without_signing_in():
    assert {address.name for address in ADDRESSES if address.scope == PUBLIC} == MAY_OPEN_WITHOUT_SIGNING_IN


def test_every_address_with_keywords_has_an_example_record():
    needed = {address.name for address in ADDRESSES if address.keywords}
    assert sorted(needed - set(all_examples())) == []
    assert sorted(set(all_examples()) - set(NAMED)) == []


def by_name(addresses: list[Address]) -> list:
    """Return the addresses as parameters."""
    return [pytest.param(each, id=each.name) for each in addresses]


def kind_of(answer) -> str:
    """Return in one word what an answer means."""
    if answer.status_code == 302 and answer.url.startswith("/sign-in/?next="):
        return "sign in first"
    words = {403: "forbidden", 404: "not found"}
    return words.get(answer.status_code, "open" if answer.status_code in OPEN else str(answer.status_code))


def expected_of(address: Address, person_name: str, person) -> set[str]:
    """Return what an answer to this person may mean."""
    is_entitled = address.roles is None or person.role in address.roles
    if address.scope == PUBLIC:
        return {"open"}
    if address.scope == RECORD and person_name in STRANGERS:
        return {"not found"}
    if address.scope == RECORD and not person.is_shop:
        # the cast's own buyer and vendor see some records of theirs and not others
        return {"open", "not found", "forbidden"} if is_entitled else {"not found", "forbidden"}
    if not is_entitled:
        return {"forbidden"} if person.is_shop or address.scope == SELF else {"not found"}
    # a named permission may ask for more than the role
    return {"open", "forbidden"} if getattr(address.rule, "permission", None) else {"open"}


@pytest.mark.parametrize("address", by_name(PAGES))
def test_nobody_opens_what_is_not_theirs(address, stage):
    url = reverse(address.name, kwargs=stage.keywords_of(address))
    wrong = {}
    if address.scope != PUBLIC and {kind_of(Client().get(url)), kind_of(Client().post(url))} != {
        "sign in first"
    }:
        wrong["nobody"] = "is not asked to sign in"
    for name, person in stage.cast.people.items():
        client, expected = Client(), expected_of(address, name, person)
        client.force_login(person)
        answers = [client.get(url)]
        if "open" not in expected:
            answers.append(client.post(url))
        for answer in answers:
            if kind_of(answer) not in expected:
                wrong[name] = f"{answer.request['REQUEST_METHOD']} {kind_of(answer)}"
            if name in STRANGERS and any(
                secret in answer.content.decode("latin-1").lower() for secret in SECRETS
            ):
                wrong[name] = f"{answer.request['REQUEST_METHOD']} shows a name of the cast"
    assert wrong == {}, f"{url}, roles {address.roles}"


@pytest.mark.parametrize(
    "address", by_name([each for each in PAGES if each.keywords and each.scope == RECORD])
)
def test_a_record_that_is_not_there_is_not_found(address, stage):
    kwargs = {key: absent(value) for key, value in stage.keywords_of(address).items()}
    url = reverse(address.name, kwargs=kwargs)
    client = Client()
    client.force_login(stage.cast.manager)
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def absent(value: object) -> object:
    """Return a value of the same form that names nothing."""
    if isinstance(value, int):
        return value + 900_000
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    return f"{value}9"


@pytest.mark.parametrize("address", by_name(PAGES))
def test_looking_changes_nothing(address, stage):
    url = reverse(address.name, kwargs=stage.keywords_of(address))
    client = Client()
    client.force_login(stage.cast.manager)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    statements = [query["sql"] for query in captured.captured_queries]
    written = [
        sql
        for sql in statements
        if sql.split()[0] in ("INSERT", "UPDATE", "DELETE") and '"django_session"' not in sql
    ]
    if getattr(address.rule, "is_reading", False):
        written = [sql for sql in written if not sql.startswith(LEFT_BY_READING)]
    assert written == []
