"""A form that arrives more than once: pressed twice, sent again after a broken connection, brought back by Back."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.models import RepeatedCall
from subcontract.models import OutsideOrder
from tests.cast import make_cast
from tests.factories.routes import today

CROWD = 8


def asked(client, cast) -> dict[str, object]:
    """Return the form of a new outside order as the page shows it, its key included, filled in."""
    page = client.get(reverse("subcontract:order-draft")).content.decode()
    key = re.search(r'name="once" value="([\w-]{20,})"', page).group(1)
    days = {"ordered_on": str(today()), "due_on": str(today())}
    return {"once": key, "site": cast.vendor_site.pk, "certificate_content": "Type and class.", **days}


def sent(client, words):
    answer = client.post(reverse("subcontract:order-draft"), words)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def test_the_same_form_sent_again_leads_to_what_it_made(cast, sign_in):
    client = sign_in(cast.quality)
    words = asked(client, cast)
    assert sent(client, words) == sent(client, words)
    assert OutsideOrder.objects.count() == 1


def test_other_words_under_the_same_key_are_an_act_of_their_own(cast, sign_in):
    client = sign_in(cast.quality)
    words = asked(client, cast)
    first = sent(client, words)
    assert sent(client, words | {"certificate_content": "Thickness."}) != first
    assert OutsideOrder.objects.count() == 2


def test_a_page_shown_again_has_a_key_of_its_own(cast, sign_in):
    client = sign_in(cast.quality)
    assert sent(client, asked(client, cast)) != sent(client, asked(client, cast))


def test_a_refused_form_is_not_remembered(cast, sign_in):
    client = sign_in(cast.quality)
    words = asked(client, cast)
    refused = client.post(reverse("subcontract:order-draft"), words | {"site": ""})
    assert (refused.status_code, RepeatedCall.objects.count()) == (422, 0)
    assert 'name="once"' in refused.content.decode()


def test_the_key_of_one_person_is_nothing_to_another(cast, sign_in):
    words = asked(sign_in(cast.quality), cast)
    assert sent(sign_in(cast.quality), words) != sent(sign_in(cast.second_quality), words)


def test_a_crowd_of_the_same_form_makes_one_record(committed_db):
    cast = make_cast()
    client = Client()
    client.force_login(cast.quality)
    words = asked(client, cast)

    def send(_number: int) -> str:
        mine = Client()
        mine.cookies = client.cookies
        try:
            return sent(mine, words)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        answers = set(crowd.map(send, range(CROWD)))
    assert (len(answers), OutsideOrder.objects.count()) == (1, 1)
