"""The door for machines itself: tokens, pages by cursor, filters, keys of acts, and every refusal as a problem."""

import json
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from redis import RedisError

from portal import queue
from portal.api import throttles
from portal.domain.accounts import disable_person
from portal.domain.numbers import next_number
from portal.domain.tokens import revoke_token
from portal.models import Event, Job, RepeatedCall
from portal.tasks import tidy_up_daily
from routes.models import CustomerOrder
from tests.cast import make_cast
from tests.factories.routes import make_order, make_part_revision, today
from tests.machine import Machine, at, refusal

ORDER = {"customer": "ORRIN", "po_number": "PO-77", "received_on": "2026-01-05"}


@pytest.fixture
def machine(cast):
    return Machine(cast.quality)


def make_orders(cast, count: int) -> list[str]:
    """Add orders in bulk, the last one last."""
    made = CustomerOrder.objects.bulk_create(
        CustomerOrder(
            number=next_number("O"), customer=cast.customer, po_number=f"PO-{place}", received_on=today()
        )
        for place in range(count)
    )
    return [order.number for order in made]


# tokens


def test_a_token_tells_whose_it_is(cast, machine):
    answer = machine.get("me/").json()
    assert answer == {
        "prefix": machine.token.prefix,
        "purpose": "Tests",
        "can_write": True,
        "can_sign": False,
        "expires_at": answer["expires_at"],
        "person": cast.quality.email,
        "printed_name": "Maud Ferreira",
        "role": "quality",
        "organization": "HALDEN",
    }


def test_a_call_without_a_token_is_told_how_to_send_one(cast):
    nobody = Machine(None)
    assert refusal(nobody.get("orders/")) == (
        401,
        "token-needed",
        "This call carries no token. Send Authorization: Bearer, a space, and a token of yours.",
    )


@pytest.mark.parametrize(
    ("header", "begins"),
    [
        ("Bearer", "The Authorization header is not of the form"),
        ("Bearer a b", "The Authorization header is not of the form"),
        ("Basic abc", "The Authorization header is not of the form"),
        ("Bearer sqp_0_x", "This token opens nothing"),
        ("Bearer \u00e9", "The Authorization header is not of the form"),
    ],
)
def test_a_token_that_is_none_is_refused(cast, header, begins):
    machine = Machine(None)
    machine.headers = {"Authorization": header}
    status, code, sentence = refusal(machine.get("orders/"))
    assert (status, code, sentence.startswith(begins)) == (401, "token-needed", True)


def test_a_revoked_token_and_one_of_a_disabled_person_are_refused_at_once(cast):
    revoked, left = Machine(cast.quality), Machine(cast.operator)
    assert (revoked.get("me/").status_code, left.get("me/").status_code) == (200, 200)
    revoke_token(by=cast.quality, api_token=revoked.token)
    disable_person(by=cast.manager, person=cast.operator, reason="Left the company")
    assert (revoked.get("me/").status_code, left.get("me/").status_code) == (401, 401)


def test_a_token_makes_so_many_calls_a_minute_and_no_more(cast, settings, time_machine_at_noon):
    settings.PORTAL_API_CALLS_A_MINUTE = 3
    machine, other = Machine(cast.quality), Machine(cast.quality)
    answers = [machine.get("me/") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert (answers[-1].headers["Retry-After"], refusal(answers[-1])[1]) == ("61", "too-many-calls")
    assert other.get("me/").status_code == 200


def test_the_calls_of_all_processes_are_counted_together(cast, settings, time_machine_at_noon, with_redis):
    settings.PORTAL_API_CALLS_A_MINUTE = 2
    machine = Machine(cast.quality)
    answers = []
    for _process in range(3):
        cache.clear()  # what one process counts by itself, another does not know
        answers.append(machine.get("me/").status_code)
    assert answers == [200, 200, 429]


def test_without_redis_each_process_counts_and_no_call_fails(
    cast, settings, time_machine_at_noon, monkeypatch
):
    settings.PORTAL_API_CALLS_A_MINUTE = 2
    asked = []

    def gone(key):
        asked.append(key)
        raise RedisError("Connection refused.")

    monkeypatch.setattr(throttles, "_counted_by_all", gone)
    monkeypatch.setattr(throttles, "_away_until", 0.0)
    machine = Machine(cast.quality)
    assert [machine.get("me/").status_code for _ in range(3)] == [200, 200, 429]
    # while it is away it is left alone: no call waits for it
    assert len(asked) == 1
    monkeypatch.setattr(throttles, "_away_until", 0.0)
    machine.get("me/")
    assert len(asked) == 2


@pytest.fixture
def with_redis(monkeypatch):
    """Let the throttle ask Redis anew, whatever a test before found."""
    monkeypatch.setattr(throttles, "_away_until", 0.0)
    throttles._store.cache_clear()
    throttles._store().ping()


@pytest.fixture
def time_machine_at_noon(monkeypatch):
    """Hold the clock of the throttle still."""
    monkeypatch.setattr("portal.api.throttles.time.time", lambda: 60 * 30_000_000.0)


# pages


def test_pages_by_cursor_show_every_row_once_the_latest_first(cast, machine):
    numbers = make_orders(cast, 7)
    seen, url = [], "/api/v1/orders/?limit=3"
    pages = 0
    while url:
        answer = machine.get(url).json()
        seen += [row["number"] for row in answer["results"]]
        if pages == 0:
            make_orders_later = make_order(cast)  # a row added meanwhile moves no page
        url, pages = answer["next"], pages + 1
    assert (seen, pages) == (numbers[::-1], 3)
    assert make_orders_later.number not in seen


def test_a_list_is_at_most_two_hundred_rows_and_a_hundred_when_not_said(cast, machine):
    make_orders(cast, 201)
    sizes = {each: len(machine.get(f"orders/{each}").json()["results"]) for each in ("", "?limit=200")}
    assert sizes == {"": 100, "?limit=200": 200}


@pytest.mark.parametrize(
    ("query", "code", "sentence"),
    [
        ("limit=201", "bad-limit", "limit is the rows of a page: a whole number from 1 to 200."),
        ("limit=0", "bad-limit", "limit is the rows of a page: a whole number from 1 to 200."),
        ("limit=9" * 40, "bad-limit", "limit is the rows of a page: a whole number from 1 to 200."),
        (
            "cursor=zzz",
            "bad-cursor",
            "This cursor is not one that was handed out here. Begin again without it.",
        ),
        (
            "cursor=%C3%A9",
            "bad-cursor",
            "This cursor is not one that was handed out here. Begin again without it.",
        ),
        (
            "colour=red",
            "unknown-filter",
            "This list cannot be narrowed by colour. It knows: customer, number, po_number, received_on_from, "
            "received_on_to, cursor, limit.",
        ),
        (
            "received_on_from=soon",
            "bad-filter",
            "received_on_from asks for a day as in 2026-03-31, given once.",
        ),
        (
            "received_on_from=2026-02-31",
            "bad-filter",
            "received_on_from asks for a day as in 2026-03-31, given once.",
        ),
        ("number=a&number=b", "bad-filter", "number asks for a text of at most 200 letters, given once."),
        ("number=a%00", "bad-filter", "number asks for a text of at most 200 letters, given once."),
    ],
)
def test_a_list_asked_for_in_strange_words_says_which_it_knows(cast, machine, query, code, sentence):
    assert refusal(machine.get(f"orders/?{query}")) == (400, code, sentence)


def test_filters_narrow_a_list(cast, machine):
    first, second = make_orders(cast, 2)
    found = {
        query: [row["number"] for row in machine.get(f"orders/?{query}").json()["results"]]
        for query in (
            "po_number=PO-1",
            "customer=ORRIN",
            "customer=TESSALY",
            f"received_on_from={today()}",
            "received_on_to=2020-01-01",
        )
    }
    assert found == {
        "po_number=PO-1": [second],
        "customer=ORRIN": [second, first],
        "customer=TESSALY": [],
        f"received_on_from={today()}": [second, first],
        "received_on_to=2020-01-01": [],
    }


def test_the_events_of_a_record_and_of_a_lot_are_read(cast, machine):
    order = machine.post("orders/", ORDER).json()
    rows = machine.get("events/", noun="order", number=order["number"]).json()["results"]
    assert [(row["verb"], row["person"], row["data"]["po_number"]) for row in rows] == [
        ("enter", cast.quality.email, "PO-77")
    ]
    assert machine.get("events/", lot="T-999999").json() == {"results": [], "next": None}


# acts


def test_the_same_call_twice_is_one_act_and_one_answer(cast, machine):
    first = machine.post("orders/", ORDER, key="order-77")
    again = machine.post("orders/", ORDER, key="order-77")
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (
        None,
        "true",
    )
    assert (CustomerOrder.objects.count(), Event.objects.filter(noun="order").count()) == (1, 1)


def test_a_key_is_for_one_request_and_one_token(cast, machine):
    machine.post("orders/", ORDER, key="order-77")
    status, code, sentence = refusal(machine.post("orders/", ORDER | {"po_number": "PO-78"}, key="order-77"))
    assert (status, code) == (409, "key-used-otherwise")
    assert sentence.endswith("UTC for another request. Make a new key.")
    other = Machine(cast.manager).post("orders/", ORDER | {"po_number": "PO-78"}, key="order-77")
    assert (other.status_code, CustomerOrder.objects.count()) == (201, 2)


def test_a_refused_call_may_be_sent_again_under_its_key(cast, machine):
    refused = machine.post("orders/", ORDER | {"received_on": "2199-01-01"}, key="order-77")
    assert (refusal(refused)[:2], RepeatedCall.objects.count()) == ((422, "dates-do-not-fit"), 0)
    assert machine.post("orders/", ORDER, key="order-77").status_code == 201


def test_kept_answers_go_after_their_time_and_no_earlier(cast, machine):
    for days, key in ((31, "old"), (29, "kept")):
        machine.post("orders/", ORDER | {"po_number": f"PO-{key}"}, key=key)
        RepeatedCall.objects.filter(key=key).update(answered_at=timezone.now() - timedelta(days=days))
    tidy_up_daily()
    tidy_up_daily()
    [job] = Job.objects.filter(kind="tidy_up")
    assert queue.run_job(job.pk).state == Job.DONE
    assert list(RepeatedCall.objects.values_list("key", flat=True)) == ["kept"]


@pytest.mark.parametrize("key", [None, " ", "x" * 121, "a\tb"])
def test_an_act_without_a_key_is_told_to_carry_one(cast, machine, key):
    status, code, _ = refusal(machine.post("orders/", ORDER, key=key))
    assert (status, code, CustomerOrder.objects.count()) == (400, "key-needed", 0)


def test_two_calls_at_once_under_one_key_are_one_act(committed_db):
    cast = make_cast()
    machine = Machine(cast.quality)
    answers, ready = [], threading.Barrier(4)

    def call() -> None:
        try:
            ready.wait()
            answers.append(machine.post("orders/", ORDER, key="order-77"))
        finally:
            connections.close_all()

    callers = [threading.Thread(target=call) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert [each.status_code for each in answers] == [201] * 4
    assert len({each.json()["number"] for each in answers}) == 1
    assert sum("Idempotency-Replayed" not in each.headers for each in answers) == 1
    assert CustomerOrder.objects.count() == 1


# refusals


def test_a_refusal_of_the_domain_carries_the_sentence_of_the_page(cast, machine):
    machine.post("orders/", ORDER)
    assert refusal(machine.post("orders/", ORDER)) == (
        422,
        "already-there",
        "Purchase order PO-77 of Orrin Aerospace was entered before. Open it in the orders list.",
    )


def test_fields_that_cannot_be_taken_are_named_one_by_one(cast, machine):
    make_part_revision(cast)
    lines = [{"line_number": 1, "part": "none", "quantity": 0, "due_on": "soon"}, 7]
    answer = machine.post("orders/", {"customer": "NOBODY", "color": "red", "lines": lines})
    assert refusal(answer)[:2] == (422, "fields-refused")
    assert answer.json()["errors"] == [{"field": "color", "detail": "There is no such field here."}]
    answer = machine.post("orders/", {"customer": "NOBODY", "lines": lines})
    assert {each["field"]: each["detail"] for each in answer.json()["errors"]} == {
        "customer": "There is no customer NOBODY here.",
        "po_number": "This field is required.",
        "received_on": "This field is required.",
        "lines.0.quantity": "Ensure this value is greater than or equal to 1.",
        "lines.0.due_on": "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
        "lines.1": "Invalid data. Expected a dictionary, but got int.",
    }
    assert CustomerOrder.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"po_number": NaN}', 400),
        (b'{"po_number": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b"[" * 25 + b"]" * 25, 400),
        (b"9" * 5_000, 400),
        (b"[]", 422),
        (b'"text"', 422),
        (b"null", 422),
        (b'{"po_number": "a\\u0000b"}', 422),
        (b'{"po_number": {"a": 1}, "received_on": 1e400, "customer": []}', 400),
        (b'{"po_number": {"a": 1}, "received_on": 1.5, "customer": []}', 422),
        (json.dumps(ORDER | {"received_on": "10000-01-01"}).encode(), 422),
        (json.dumps(ORDER | {"received_on": "0001-01-01"}).encode(), 422),
        (json.dumps(ORDER | {"lines": [{"line_number": 2**63}]}).encode(), 422),
        (json.dumps(ORDER | {"lines": "all"}).encode(), 422),
        (json.dumps(ORDER | {"po_number": "x" * 100_000}).encode(), 422),
        (b'{"po_number": "' + b"x" * (6 * 1024 * 1024) + b'"}', 413),
    ],
    ids=range(20),
)
def test_a_body_that_cannot_be_taken_is_a_sentence_and_nothing_is_done(cast, machine, body, status):
    headers = machine.headers | {"Idempotency-Key": "broken"}
    answer = machine.client.post(at("orders/"), body, content_type="application/json", headers=headers)
    found, _, sentence = refusal(answer)
    assert (found, bool(sentence), CustomerOrder.objects.count()) == (status, True, 0)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_refused(cast, machine, kind):
    headers = machine.headers | {"Idempotency-Key": "typed"}
    answer = machine.client.post(at("orders/"), b"<a/>", content_type=kind, headers=headers)
    assert refusal(answer)[:2] == (415, "unsupported-media-type")


def test_another_method_or_answer_than_json_is_refused(cast, machine):
    order = make_order(cast)
    answers = {
        "delete": machine.client.delete(at(f"orders/{order.number}/"), headers=machine.headers),
        "put": machine.client.put(at(f"orders/{order.number}/"), headers=machine.headers),
        "options": machine.client.options(at("orders/"), headers=machine.headers),
        "html": machine.client.get(at("orders/"), headers=machine.headers | {"Accept": "text/html"}),
    }
    assert {name: refusal(each)[:2] for name, each in answers.items()} == {
        "delete": (405, "no-such-method"),
        "put": (405, "no-such-method"),
        "options": (405, "no-such-method"),
        "html": (406, "not-acceptable"),
    }


@pytest.mark.parametrize("address", ["orders/O-999999/", "orders", "nowhere/at/all/", "/api/v9/orders/"])
def test_what_is_not_there_is_a_problem_too(cast, machine, address):
    assert refusal(machine.get(address))[:2] == (404, "not-found")


def test_an_outsiders_token_is_not_told_of_what_is_the_shops(cast):
    order = make_order(cast)
    own, strange = Machine(cast.buyer), Machine(cast.stranger_buyer)
    assert (own.get("orders/").json()["results"][0]["number"], strange.get("orders/").json()["results"]) == (
        order.number,
        [],
    )
    assert own.get(f"orders/{order.number}/").status_code == 200
    assert refusal(strange.get(f"orders/{order.number}/")) == (
        404,
        "not-found",
        "There is no customer order here by that number.",
    )
    assert refusal(own.post(f"orders/{order.number}/lines/"))[:2] == (403, "not-entitled")


def test_no_answer_is_kept_by_caches_or_read_as_a_page(cast, machine):
    headers = machine.get("orders/").headers
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"], headers["Content-Type"]) == (
        "no-store",
        "nosniff",
        "application/json",
    )


def test_the_door_takes_no_more_statements_than_the_token_and_the_rows(cast, machine):
    make_orders(cast, 30)
    machine.get("orders/")
    with CaptureQueriesContext(connection) as captured:
        machine.get("orders/")
    assert len(captured) == 3  # the token with its person, the ids of the page, the rows
