"""Each reader in their own language: vendors and strangers choose, the shop and its customers read English."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation

from portal.domain.errors import NotEntitled
from portal.domain.languages import UnknownLanguage, choose_language
from portal.languages import language_of
from portal.models import Event
from tests.flows.pages import Visitor

CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9,en;q=0.5"}


def test_somebody_unknown_reads_what_the_browser_asks_for(client, cast):
    answer = client.get("/sign-in/", **CHINESE)
    assert answer["Content-Language"] == "zh-Hans"
    assert '<html lang="zh-Hans">' in answer.text
    assert client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="fr")["Content-Language"] == "en"


def test_a_choice_at_the_door_stays_with_the_browser(cast):
    visitor = Visitor()
    visitor.open("/sign-in/").send("Deutsch")
    assert (visitor.address, visitor.page.get("lang")) == ("/sign-in/", "de")
    assert visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "de"
    visitor.client.get("/sign-in/", **CHINESE)
    assert visitor.open("/sign-in/").page.get("lang") == "de"


def test_a_vendor_chooses_for_the_account(sign_in, cast):
    client = sign_in(cast.vendor)
    answer = client.post("/language/", {"language": "es", "next": "/me/"})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    cast.vendor.refresh_from_db()
    assert (cast.vendor.language, language_of(cast.vendor)) == ("es", "es")
    del client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert client.get("/me/", **CHINESE)["Content-Language"] == "es"
    written = Event.objects.get(verb="choose_language")
    assert (written.number, written.data) == (cast.vendor.email, {"from": "", "to": "es"})


def test_the_same_choice_again_writes_nothing(cast):
    choose_language(by=cast.vendor, language="de")
    choose_language(by=cast.vendor, language="de")
    assert Event.objects.filter(verb="choose_language").count() == 1


@pytest.mark.parametrize("who", ["quality", "buyer"])
def test_the_shop_and_its_customers_read_english(sign_in, cast, who):
    person = getattr(cast, who)
    answer = sign_in(person).get("/me/", **CHINESE)
    assert (answer["Content-Language"], 'name="language"' in answer.text) == ("en", False)
    with pytest.raises(NotEntitled) as refused:
        choose_language(by=person, language="de")
    assert refused.value.sentence == (
        f"{person.printed_name} reads the pages of the shop, which are in English."
    )


def test_a_language_nobody_wrote_is_refused(sign_in, cast):
    with pytest.raises(UnknownLanguage) as refused:
        choose_language(by=cast.vendor, language="tlh")
    assert refused.value.sentence == (
        "The portal is not written in “tlh”. Choose one of: en-gb, zh-hans, de, es."
    )
    answer = sign_in(cast.vendor).post("/language/", {"language": "tlh"}, follow=True)
    assert [str(each) for each in answer.context["messages"]] == [refused.value.sentence]


def test_nobody_is_sent_elsewhere_by_a_choice(client, cast):
    answer = client.post("/language/", {"language": "de", "next": "//evil.example/"})
    assert answer["Location"] == "/"


def test_machines_are_answered_in_english(client, cast):
    assert client.get("/api/v1/me/", **CHINESE)["Content-Language"] == "en"


def test_a_sentence_is_translated_with_what_is_filled_in(cast):
    with translation.override("de"), pytest.raises(UnknownLanguage) as refused:
        choose_language(by=cast.vendor, language="tlh")
    assert refused.value.sentence == (
        "Das Portal gibt es nicht in „tlh“. Wählen Sie eine dieser Sprachen: en-gb, zh-hans, de, es."
    )
