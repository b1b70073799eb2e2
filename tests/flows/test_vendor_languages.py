"""Every page a vendor can open, read in Chinese: no English sentence is left, but for what stands in records."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from lxml import html

from portal.views.files import FileView
from tests.architecture.examples import all_examples
from tests.architecture.walks.test_strangers import PAGES
from tests.cast import Cast

# the catalogue of rules and of components are read by developers; set-up is the shop's; pictures have no words
NOT_READ_BY_VENDORS = {
    "documents:rule-list",
    "portal:components",
    "portal:health",
    "portal:set-up",
    "portal:home",
    "portal:sign-out",
    "portal:language",
    "subcontract:custody-csv",
    "documents:certificate-page",
}
# names of things: standards, formats, programs, keys on a keyboard, labels of the interface of machines
NAMES = tuple(
    "PDF PNG JPEG TIFF CSV API UTC ERP MTR HRC ASTM E18 PIN ISO AS9100 Nadcap ITAR Authorization Bearer process "  # noqa: SIM905
    "sha256 English Deutsch Español QIF Home End Esc Type Class".split()
)
# two words of a sentence side by side; one alone may be a name
SENTENCE = re.compile(r"[A-Za-z]{2,} (?:[a-z]{2,}|[a-z] [a-z]{2,})")


def is_a_vendors(rule) -> bool:
    roles = getattr(rule, "roles", ())
    return (roles is None or "vendor" in roles) and not (
        isinstance(rule, type) and issubclass(rule, FileView)
    )


VENDOR_PAGES = [each for each in PAGES if is_a_vendors(each.rule) and each.name not in NOT_READ_BY_VENDORS]


def words_of_records() -> list[str]:
    """Return every text that stands in a record, the longest first: it is shown as it was written."""
    found: set[str] = set()
    for model in apps.get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]
        if names and not model.__name__.startswith("Historical"):
            found |= {str(each) for row in model._base_manager.values_list(*names) for each in row if each}
    return sorted((" ".join(each.split()) for each in found if len(each) > 2), key=len, reverse=True)


def shown(page: html.HtmlElement) -> list[str]:
    """Return every text and every attribute somebody reads or hears."""
    for unread in page.xpath("//script | //style | //select[@name='time_zone']"):
        unread.drop_tree()
    read = page.xpath("//text() | //@aria-label | //@placeholder | //@alt | //@title | //@data-head")
    return [" ".join(str(each).split()) for each in read]


def english_in(page: html.HtmlElement, kept: list[str]) -> list[str]:
    left = []
    for said in shown(page):
        bare = said
        if not SENTENCE.search(bare):
            continue
        for word in kept:
            bare = bare.replace(word, "")
        for name in NAMES:
            bare = re.sub(rf"\b{re.escape(name)}\b", "", bare)
        if SENTENCE.search(bare):
            left.append(said)
    return left


def addresses_of(cast: Cast) -> dict[str, str]:
    """Return the address of each page of a vendor, with a record of its own to show."""
    needed = {all_examples()[each.name] for each in VENDOR_PAGES if each.keywords}
    made = {make: make(cast) for make in needed}
    return {
        each.name: reverse(each.name, kwargs=made[all_examples()[each.name]] if each.keywords else {})
        for each in VENDOR_PAGES
    }


def test_no_page_of_a_vendor_says_an_english_sentence_in_chinese(cast):
    addresses = addresses_of(cast)
    type(cast.vendor).objects.filter(pk=cast.vendor.pk).update(language="zh-hans")
    client = Client()
    client.force_login(cast.vendor, backend="django.contrib.auth.backends.ModelBackend")
    stranger = Client(headers={"accept-language": "zh-CN"})
    kept, found, read = words_of_records(), {}, 0
    for address in VENDOR_PAGES:
        reader = stranger if address.scope == "public" else client
        answer = reader.get(addresses[address.name])
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        read += 1
        assert answer["Content-Language"] == "zh-Hans", address.name
        if left := english_in(html.fromstring(answer.content), kept):
            found[address.name] = left
    assert found == {}
    assert read > 25


def test_what_is_refused_is_said_in_chinese_too(cast):
    client = Client(headers={"accept-language": "zh-CN"})
    answer = client.post("/sign-in/", {"email": "nobody@nowhere.example", "password": "not this one"})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        ["电子邮件地址与密码不匹配。请重试，或申请新密码。"],
    )
    missing = client.get("/outside-orders/PO-999999/", follow=True)
    assert missing.redirect_chain[0][0].startswith("/sign-in/")
