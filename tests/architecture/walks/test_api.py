"""Every address of the API, called with the token of everybody: what is not theirs does not exist, reading changes
nothing, and the statements do not grow with the rows.

The addresses come from the resolver and the records are those of the page test, so that a new address is tried
without anybody remembering to.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.api.doors import ApiList
from portal.views.doors import RECORD
from tests.architecture.walks.test_strangers import (
    ADDRESSES,
    LEFT_BY_READING,
    SECRETS,
    STRANGERS,
    Address,
    absent,
    by_name,
)
from tests.cast import PASSWORD
from tests.machine import Machine

API = [address for address in ADDRESSES if address.is_api]
# read by a signed-in person's browser, too
OPEN_TO_SESSIONS = {"portal-api:schema"}
# known by the secret of a link; a token of a person opens nothing there
OPENED_BY_LINKS = {"documents-api:link-send"}
OF_PEOPLE = [address for address in API if address.name not in OPENED_BY_LINKS]
# nothing is ever there, for anybody
NOWHERE = "api:nowhere"
WORDS = {401: "no token", 403: "forbidden", 404: "not found"}
# a call without a key, or by a method the address does not know, has passed everything that is tried here
OPEN = {200, 201, 400, 405, 409, 410, 415, 422}


def has(address: Address, method: str) -> bool:
    return hasattr(address.rule, method) and method in address.rule.http_method_names


def kind_of(answer) -> str:
    return WORDS.get(answer.status_code, "open" if answer.status_code in OPEN else str(answer.status_code))


def expected_of(address: Address, person_name: str, person, *, is_write: bool) -> set[str]:
    """Return what an answer to this person may mean."""
    may_read = address.roles is None or person.role in address.roles
    may_write = person.role in (address.rule.write_roles or ())
    if address.name == NOWHERE or address.scope == RECORD and person_name in STRANGERS:
        return {"not found"}
    if not may_read:
        return {"forbidden"} if person.is_shop else {"not found", "forbidden"}
    entitled = {"open"} if may_write or not is_write else {"forbidden"}
    if address.scope == RECORD and not person.is_shop:
        # the cast's own buyer and vendor see some records of theirs and not others
        return entitled | {"not found"}
    return entitled


@pytest.mark.parametrize("address", by_name(OF_PEOPLE))
def test_no_machine_reaches_what_is_not_its_persons(address, stage):
    url = reverse(address.name, kwargs=stage.keywords_of(address))
    wrong = {}
    for name, person in stage.cast.people.items():
        machine = Machine(person)
        calls = [("get", machine.get(url))] if has(address, "get") else []
        calls += [("post", machine.post(url, key=None))] if has(address, "post") else []
        for method, answer in calls:
            expected = expected_of(address, name, person, is_write=method == "post")
            if kind_of(answer) not in expected:
                wrong[name, method] = f"{answer.status_code}, not {expected}: {answer.content[:200]}"
            shown = answer.content.decode("latin-1").lower()
            if name in STRANGERS and any(secret in shown for secret in SECRETS):
                wrong[name, method] = "shows a name of the cast"
    assert wrong == {}, f"{url}, roles {address.roles}"


@pytest.mark.parametrize("address", by_name(API))
def test_no_machine_enters_without_a_token_or_by_a_cookie(address, stage):
    url = reverse(address.name, kwargs=stage.keywords_of(address))
    stranger, signed_in = Client(), Client()
    assert signed_in.login(username=stage.cast.manager.email, password=PASSWORD)
    answers = [stranger.get(url), stranger.post(url)]
    if address.name not in OPEN_TO_SESSIONS:
        answers += [signed_in.get(url), signed_in.post(url)]
    assert {(each.status_code, each.headers.get("WWW-Authenticate")) for each in answers} == {
        (401, 'Bearer realm="api"')
    }


@pytest.mark.parametrize("address", by_name([each for each in API if each.keywords]))
def test_a_record_that_is_not_there_is_not_found_by_machines(address, stage):
    kwargs = {key: absent(value) for key, value in stage.keywords_of(address).items()}
    url = reverse(address.name, kwargs=kwargs)
    machine = Machine(stage.cast.manager)
    answers = {machine.get(url).status_code, machine.post(url).status_code}
    assert answers == {404}


@pytest.mark.parametrize("address", by_name([each for each in API if has(each, "get")]))
def test_reading_by_machine_changes_nothing(address, stage):
    url = reverse(address.name, kwargs=stage.keywords_of(address))
    machine = Machine(stage.cast.manager)
    machine.get("me/")  # keeps the minute of the token's last use
    with CaptureQueriesContext(connection) as captured:
        machine.get(url)
    written = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")
    ]
    if getattr(address.rule, "is_reading", False):
        written = [sql for sql in written if not sql.startswith(LEFT_BY_READING)]
    assert written == []


@pytest.mark.parametrize("address", by_name([each for each in OF_PEOPLE if has(each, "post")]))
def test_a_token_that_reads_writes_nothing(address, stage):
    url = reverse(address.name, kwargs=stage.keywords_of(address))
    may_write = [each for each in stage.cast.people.values() if each.role in address.rule.write_roles]
    manager = stage.cast.manager
    answer = Machine(manager if manager in may_write else may_write[0], can_write=False).post(url)
    assert (answer.status_code, answer.json()["code"]) == (403, "token-only-reads")


def test_a_token_of_a_person_opens_nothing_that_links_open(stage):
    addresses = [address for address in API if address.name in OPENED_BY_LINKS]
    assert {address.name for address in addresses} == OPENED_BY_LINKS
    # no more than a few: wrong secrets are counted against the address they come from
    people = (stage.cast.manager, stage.cast.vendor, stage.cast.stranger_vendor)
    for address in addresses:
        assert {Machine(each).post(reverse(address.name)).status_code for each in people} == {401}


def test_every_act_names_who_may_do_it():
    acts = [address for address in API if has(address, "post")]
    assert [each.name for each in acts if not each.rule.write_roles] == []
    assert len(acts) == len({each.name for each in acts}) > 8


def statements(machine: Machine, url: str) -> tuple[int, int]:
    """Return how many statements a call takes, and how many rows it shows."""
    with CaptureQueriesContext(connection) as captured:
        answer = machine.get(url)
    return len(captured), len(answer.json().get("results", [answer.json()]))


LISTS = [each for each in API if isinstance(each.rule, type) and issubclass(each.rule, ApiList)]
RECORDS = [each for each in API if each.keywords and has(each, "get") and not each.rule.file_type]


@pytest.mark.parametrize("address", by_name(LISTS))
def test_a_list_takes_as_few_statements_for_all_rows_as_for_one(address, stage):
    machine, url = Machine(stage.cast.manager), reverse(address.name)
    machine.get("me/")
    (one, _), (all_rows, count) = (
        statements(machine, f"{url}?limit=1"),
        statements(machine, f"{url}?limit=200"),
    )
    assert (all_rows, count > 0) == (one, True)
    assert all_rows <= 5


# the chain check reads every noun of the lot once; a comparison besides what stands on the paper
JUDGED = {
    "documents-api:chain-detail": 30,
    "documents-api:lot-clauses": 30,
    "documents-api:lot-matrix": 30,
    "documents-api:certificate-comparison": 40,
}


@pytest.mark.parametrize("address", by_name(RECORDS))
def test_a_record_takes_few_statements(address, stage):
    machine = Machine(stage.cast.manager)
    machine.get("me/")
    count, _ = statements(machine, reverse(address.name, kwargs=stage.keywords_of(address)))
    assert count <= JUDGED.get(address.name, 15)
