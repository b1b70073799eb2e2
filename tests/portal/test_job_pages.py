"""Background work on pages: the polled fragment, the list of what is not done, trying again."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import queue
from portal.models import Event, Job
from portal.views.jobs import progress_fragment, retry_url_of

REASON = "The sign ⏤ has no picture in the fonts."


def put_down(key: str = "package:P-000001:1", **changes) -> Job:
    job = queue.enqueue("make-package", unique_key=key, arguments={})
    Job.objects.filter(pk=job.pk).update(**changes)
    job.refresh_from_db()
    return job


@pytest.fixture
def parked(db) -> Job:
    return put_down(state=Job.PARKED, errors=5, last_error=REASON)


@pytest.fixture
def ask(rf):
    """Ask for the fragment as somebody, the way the page of a record does."""

    def ask_as(person, job, **words):
        request = rf.get("/packages/P-000001/progress/")
        request.user = person
        return progress_fragment(request, job, heading="Package P-000001", poll_url=request.path, **words)

    return ask_as


def test_fragment_shows_how_far_the_work_is_and_asks_again(cast, ask):
    job = put_down()
    queue.claim_next(["make-package"]).progress(2, 7, "Section 2 of 7, inspection report.")
    job.refresh_from_db()
    answer = ask(cast.buyer, job)
    text = answer.content.decode()
    assert '<progress max="7" value="2"' in text
    assert "2 of 7. Section 2 of 7, inspection report." in text
    assert 'hx-get="/packages/P-000001/progress/"' in text
    assert "HX-Refresh" not in answer.headers


def test_fragment_of_finished_work_asks_for_the_whole_page(cast, ask):
    answer = ask(
        cast.buyer, put_down(state=Job.DONE), url="/packages/P-000001/file/", label="Open the package"
    )
    text = answer.content.decode()
    assert answer.headers["HX-Refresh"] == "true"
    assert '<a class="act act-main" href="/packages/P-000001/file/">Open the package</a>' in text
    assert "hx-get" not in text


def test_fragment_of_failed_work_tells_the_shop_why_and_offers_to_try_again(cast, ask, parked):
    text = ask(cast.quality, parked).content.decode()
    assert REASON in text
    assert f'action="{retry_url_of(parked)}"' in text
    text = ask(cast.inspector, parked).content.decode()
    assert (REASON in text, "<form" in text) == (True, False)


def test_fragment_of_failed_work_keeps_the_reason_from_outsiders(cast, ask, parked):
    for outsider in (cast.buyer, cast.vendor):
        text = ask(outsider, parked).content.decode()
        assert "This could not be finished. The shop can see why and start it again." in text
        assert (REASON in text, "<form" in text) == (False, False)


def test_list_shows_parked_work_first_and_leaves_out_what_is_done(cast, sign_in, parked):
    put_down("package:P-000002:1", not_before="2020-01-01T00:00:00Z")
    put_down("package:P-000003:1", state=Job.DONE)
    answer = sign_in(cast.operator).get(reverse("portal:job-list"))
    assert [row["key"] for row in answer.context["rows"]] == ["package:P-000001:1", "package:P-000002:1"]
    assert [row["url"] for row in answer.context["rows"]] == ["", ""]  # an operator cannot try it again
    assert REASON in answer.content.decode()


def test_list_takes_the_same_statements_for_one_and_thirty_jobs(cast, sign_in, parked):
    client = sign_in(cast.quality)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as statements:
            client.get(reverse("portal:job-list"))
        counts.append(len(statements))
        for n in range(29):
            put_down(f"package:P-{n + 100:06d}:1")
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["vendor", "buyer", "stranger_vendor", "stranger_buyer"])
def test_outsiders_find_no_background_work(cast, sign_in, parked, who):
    client = sign_in(cast.people[who])
    assert client.get(reverse("portal:job-list")).status_code == 404
    assert client.get(retry_url_of(parked)).status_code == 404
    assert client.post(retry_url_of(parked)).status_code == 404


def test_retry_page_says_why_it_was_set_aside_and_changes_nothing(cast, sign_in, parked):
    answer = sign_in(cast.quality).get(retry_url_of(parked))
    assert f"It was set aside: {REASON}" in answer.content.decode()
    parked.refresh_from_db()
    assert (answer.status_code, parked.state) == (200, Job.PARKED)


def test_retry_lets_the_work_wait_again_and_returns_where_one_came_from(cast, sign_in, parked):
    client = sign_in(cast.manager)
    answer = client.post(retry_url_of(parked), headers={"Referer": "http://testserver/packages/P-000001/"})
    parked.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "http://testserver/packages/P-000001/")
    assert (parked.state, parked.errors) == (Job.WAITING, 0)
    assert Event.objects.get(noun="job").person == cast.manager


@pytest.mark.parametrize("came_from", ["", "https://elsewhere.example/", "http://testserver{own}"])
def test_retry_returns_to_the_list_from_anywhere_else(cast, sign_in, parked, came_from):
    headers = {"Referer": came_from.format(own=retry_url_of(parked))}
    answer = sign_in(cast.quality).post(retry_url_of(parked), headers=headers)
    assert (answer.status_code, answer.url) == (302, reverse("portal:job-list"))


def test_retry_is_forbidden_to_those_who_may_only_see(cast, sign_in, parked):
    answer = sign_in(cast.operator).post(retry_url_of(parked))
    parked.refresh_from_db()
    assert (answer.status_code, parked.state) == (403, Job.PARKED)


def test_retry_twice_is_refused_in_words(cast, sign_in, parked):
    client = sign_in(cast.quality)
    client.post(retry_url_of(parked))
    answer = client.post(retry_url_of(parked))
    assert answer.status_code == 422
    assert "is waiting, so there is nothing to try again." in answer.content.decode()
