"""What happens when many come through one door at the same instant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from portal.domain import accounts
from portal.domain.attempts import LIMIT
from portal.domain.errors import Refused
from portal.domain.reauthentication import CredentialRefused, confirm, spend
from portal.domain.sign_in import SignInRefused, sign_in
from portal.models import Organization, Person, SignInAttempt
from tests.cast import PASSWORD, make_cast

CROWD = 12


def at_once(act) -> list[str]:
    """Run `act(number)` in a crowd of threads and return what came of each: its result or its refusal's name."""

    def one(number: int) -> str:
        try:
            return act(number)
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        return sorted(crowd.map(one, range(CROWD)))


def test_a_crowd_of_guesses_does_not_outrun_the_budget(committed_db):
    make_cast()

    def guess(number: int) -> str:
        sign_in(email="sami.okonjo@halden.example", password="wrong", address=f"192.0.2.{number}")
        return "in"

    came_of_it = at_once(guess)
    looked_at = came_of_it.count(SignInRefused.__name__)
    assert set(came_of_it) <= {SignInRefused.__name__, "TooManyFailures"}
    assert looked_at <= LIMIT
    assert SignInAttempt.objects.count() == looked_at


def test_one_of_many_sets_the_portal_up(committed_db):
    def set_up(number: int) -> str:
        accounts.set_up(
            shop={"number": f"SHOP-{number}", "name": "Halden"},
            site={"code": "MAIN", "name": "Main", "country": "US"},
            person={"email": f"m{number}@halden.example", "printed_name": "Ines Calloway", "title": ""},
            password="four quiet herons at dawn",
        )
        return "made"

    assert at_once(set_up) == ["AlreadySetUp"] * (CROWD - 1) + ["made"]
    assert (Organization.objects.count(), Person.objects.count()) == (1, 1)


def test_one_credential_is_spent_once(committed_db):
    person = make_cast().quality
    token = confirm(person=person, password=PASSWORD)

    def use(number: int) -> str:
        spend(person=person, token=token)
        return "spent"

    assert at_once(use) == [CredentialRefused.__name__] * (CROWD - 1) + ["spent"]


def test_two_managers_do_not_disable_each_other(committed_db):
    cast = make_cast()
    pair = (cast.manager, cast.second_manager)

    def disable(number: int) -> str:
        by, person = pair[number % 2], pair[1 - number % 2]
        accounts.disable_person(by=Person.objects.get(pk=by.pk), person=person, reason="Quarrel")
        return "disabled"

    at_once(disable)
    assert Person.objects.filter(role=Person.MANAGER, is_active=True).count() == 1
