import time
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.domain.accounts import disable_person
from portal.domain.attempts import LIMIT, TooManyFailures, account_key
from portal.domain.reauthentication import CredentialRefused, confirm, spend
from portal.domain.sign_in import SignInRefused, sign_in
from portal.models import Event, SignInAttempt
from tests.cast import PASSWORD

WRONG = "This e-mail address and password do not belong together. Try again, or ask for a new password."
SPENT = "The password or PIN was wrong ten times within five minutes. Wait five minutes, then try again."


class CountingHasher(PBKDF2PasswordHasher):
    """Count how often a password was worked on, which is what takes the time."""

    algorithm = "counting"
    iterations = 1
    times = 0

    def encode(self, password, salt, iterations=None):
        type(self).times += 1
        return super().encode(password, salt, iterations)


def fail(email: str, *, times: int, address: str | None = "192.0.2.1") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused, match=WRONG.replace(".", r"\.")):
            sign_in(email=email, password="wrong", address=address)


def test_the_right_pair_comes_in_in_any_letter_case_and_is_written_down(cast):
    person = sign_in(email=cast.operator.email.upper(), password=PASSWORD, address="192.0.2.1")
    assert person == cast.operator
    event = Event.objects.latest("id")
    assert (event.verb, event.noun, event.number) == ("sign_in", "person", cast.operator.email)
    assert SignInAttempt.objects.count() == 0


@pytest.mark.parametrize("email", ["nobody@halden.example", "", "\x00", "x" * 300])
def test_an_unknown_account_is_refused_in_the_same_words(cast, email):
    fail(email, times=1)


def test_a_disabled_person_is_refused_in_the_same_words(cast):
    disable_person(by=cast.manager, person=cast.operator, reason="Left the shop")
    with pytest.raises(SignInRefused) as refusal:
        sign_in(email=cast.operator.email, password=PASSWORD, address=None)
    assert refusal.value.sentence == WRONG


def test_an_unknown_and_a_disabled_account_cost_as_much_as_a_known_one(cast, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    for person in (cast.operator, cast.inspector):
        person.set_password(PASSWORD)
        person.save()
    disable_person(by=cast.manager, person=cast.inspector, reason="Left the shop")
    cost = {}
    for email in (cast.operator.email, cast.inspector.email, "nobody@halden.example"):
        CountingHasher.times = 0
        fail(email, times=1)
        cost[email] = CountingHasher.times
    assert list(cost.values()) == [1, 1, 1]


def test_ten_failures_spend_the_budget_of_an_account(cast):
    fail(cast.operator.email, times=LIMIT - 1)
    assert sign_in(email=cast.operator.email, password=PASSWORD, address="192.0.2.9") == cast.operator
    fail(cast.operator.email, times=1)
    with pytest.raises(TooManyFailures) as refusal:
        sign_in(email=cast.operator.email, password=PASSWORD, address="192.0.2.9")
    assert refusal.value.sentence == SPENT
    assert sign_in(email=cast.inspector.email, password=PASSWORD, address="192.0.2.9") == cast.inspector


def test_ten_failures_spend_the_budget_of_an_address(cast):
    for number in range(LIMIT):
        fail(f"guess{number}@halden.example", times=1)
    with pytest.raises(TooManyFailures):
        sign_in(email=cast.operator.email, password=PASSWORD, address="192.0.2.1")
    assert sign_in(email=cast.operator.email, password=PASSWORD, address="192.0.2.2") == cast.operator


def test_the_budget_comes_back_after_five_minutes(cast):
    fail(cast.operator.email, times=LIMIT)
    SignInAttempt.objects.update(at=timezone.now() - timedelta(minutes=5, seconds=1))
    assert sign_in(email=cast.operator.email, password=PASSWORD, address="192.0.2.1") == cast.operator


def test_tries_against_a_spent_budget_do_not_lengthen_it(cast):
    fail(cast.operator.email, times=LIMIT)
    with pytest.raises(TooManyFailures):
        sign_in(email=cast.operator.email, password="wrong", address="192.0.2.1")
    assert SignInAttempt.objects.count() == LIMIT


@pytest.mark.parametrize(
    "variant",
    ["SAMI@halden.example", "ｓａｍｉ@halden.example", "sámi@halden.example", " sami@halden.example"],
)
def test_variants_of_an_account_share_its_budget(db, variant):
    assert account_key(variant) == account_key("sami@halden.example")


def test_a_wrong_password_at_a_signature_counts_too(cast):
    for _ in range(LIMIT):
        with pytest.raises(CredentialRefused, match="so nothing was signed"):
            confirm(person=cast.quality, password="wrong")
    with pytest.raises(TooManyFailures):
        confirm(person=cast.quality, password=PASSWORD)


def test_a_credential_is_spent_once_by_its_own_person(cast):
    token = confirm(person=cast.quality, password=PASSWORD)
    with pytest.raises(CredentialRefused, match="must give the password again"):
        spend(person=cast.manager, token=token)
    spend(person=cast.quality, token=token)
    with pytest.raises(CredentialRefused, match="must give the password again"):
        spend(person=cast.quality, token=token)


def test_the_page_lets_in_and_leads_back_to_where_somebody_wanted_to_go(client, cast):
    page = client.get("/sign-in/?next=/people/")
    assert page.status_code == 200
    answer = client.post("/sign-in/?next=/people/", {"email": cast.operator.email, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/people/")
    assert client.get("/people/").status_code == 200


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_the_page_leads_nowhere_else(client, cast, wanted):
    answer = client.post(
        "/sign-in/", {"email": cast.operator.email, "password": PASSWORD}, query_params={"next": wanted}
    )
    assert (answer.status_code, answer.url) == (302, "/")


def test_the_page_says_why_it_let_nobody_in_and_keeps_the_address(client, cast):
    answer = client.post("/sign-in/", {"email": cast.operator.email, "password": "wrong"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [WRONG]
    assert answer.context["form"]["email"].value() == cast.operator.email
    assert "_auth_user_id" not in client.session


def test_a_forwarding_header_opens_no_new_budget(client, cast):
    for number in range(LIMIT):
        client.post(
            "/sign-in/",
            {"email": f"guess{number}@halden.example", "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        )
    answer = client.post(
        "/sign-in/",
        {"email": cast.operator.email, "password": PASSWORD},
        headers={"X-Forwarded-For": "198.51.100.99"},
    )
    assert answer.context["form"].non_field_errors() == [SPENT]


def test_a_session_gets_a_new_key_at_sign_in_and_dies_at_sign_out(client, cast):
    client.get("/sign-in/")
    client.post("/sign-in/", {"email": cast.operator.email, "password": PASSWORD})
    key = client.session.session_key
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/sign-in/"
    assert Session.objects.filter(session_key=key).count() == 0
    assert client.get("/me/").url == "/sign-in/?next=/me/"


@pytest.mark.parametrize(
    ("began", "seen", "status", "sentence"),
    [
        (0, 0, 200, None),
        (60 * 60, 29 * 60, 200, None),
        (60 * 60, 31 * 60, 302, "You were signed out after thirty minutes without work. Sign in to go on."),
        (12 * 60 * 60 + 60, 60, 302, "You were signed out after twelve hours. Sign in to go on."),
    ],
)
def test_a_session_ends_when_left_alone_and_after_a_shift(client, cast, began, seen, status, sentence):
    client.post("/sign-in/", {"email": cast.operator.email, "password": PASSWORD})
    session = client.session
    session["began_at"], session["seen_at"] = int(time.time()) - began, int(time.time()) - seen
    session.save()
    assert client.get("/me/").status_code == status
    shown = [str(each) for each in client.get("/sign-in/", follow=True).context["messages"]]
    assert shown == ([sentence] if sentence else [])


def test_a_disabled_person_is_out_at_the_next_request(client, cast):
    client.post("/sign-in/", {"email": cast.operator.email, "password": PASSWORD})
    assert client.get("/me/").status_code == 200
    disable_person(by=cast.manager, person=cast.operator, reason="Left the shop")
    assert client.get("/me/").url == "/sign-in/?next=/me/"
    token_refused = pytest.raises(CredentialRefused)
    cast.operator.refresh_from_db()
    with token_refused:
        confirm(person=cast.operator, password=PASSWORD)
