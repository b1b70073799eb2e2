"""Every form of the house, filled in by clumsy and by hostile hands: it answers with a sentence, never breaks.

The forms come from the resolver, so a new one is tried without anybody remembering to. Each is filled in as
well as its own fields allow, then again with one thing wrong; what it leads to is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.views.doors import PUBLIC
from portal.views.verbs import VerbView
from tests.architecture.walks.test_strangers import ADDRESSES, NAMED, Address
from tests.cast import PASSWORD
from tests.routes.examples import PDF

ANSWERS = {200, 302, 403, 404, 422}
# the first of these who may open the form fills it in
PEOPLE = ("quality", "second_quality", "manager", "inspector", "operator", "vendor", "customer_quality")
MARKUP = "<script>alert(1)</script>\"'{{ 7*7 }}{% x %}"
WORDS = ("a\x00b", "\u202e" + MARKUP, "x" * 10_000)
# what no column holds is refused for every smaller column with it
WHOLE_NUMBERS = ("-1", str(2**63))
NUMBERS = (*WHOLE_NUMBERS, "NaN", "0.123456789012345")
DAYS = ("0001-01-01", "9999-12-31")
RECORD, CHOICE = str(2**63), "no such thing\x00"
FILES = (
    ("short.pdf", b"%PDF-1.7\n"),
    ("../../\u202efdp.csv", b"\xff\xfe=cmd|'/c calc'!A0,\x00"),
)


def is_form(address: Address) -> bool:
    return isinstance(address.rule, type) and issubclass(address.rule, VerbView) and address.scope != PUBLIC


def plain_value(name: str, field: forms.Field, shown: object) -> object:
    """Return a value a careful person could have given."""
    if name == "password":
        return PASSWORD
    if shown not in (None, ""):
        return getattr(shown, "pk", shown)
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("paper.pdf", PDF, content_type="application/pdf")
    if isinstance(field, forms.ChoiceField):  # choices of records are choices too
        flat = [code for code, words in field.choices if str(code) and not isinstance(words, list | tuple)]
        flat = flat or [
            inner[0] for _, group in field.choices if isinstance(group, list | tuple) for inner in group
        ]
        first = str(flat[0]) if flat else ""
        return (
            [first]
            if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
            else first
        )
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.DateField):
        return str(timezone.localdate())
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return "1"
    if isinstance(field, forms.EmailField):
        return "someone.new@works.example"
    return "W-1"[: getattr(field, "max_length", None) or 3]


def plain_post(form: forms.BaseForm) -> dict[str, object]:
    filled = {
        form.add_prefix(name): plain_value(name, field, form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
    }
    return {name: value for name, value in filled.items() if value not in ("", [""], False, {}, [])}


def full(field: forms.CharField) -> str:
    """Return the longest word the field takes, each letter more than one byte."""
    return "\u00df" * min(field.max_length or 5_000, 60_000)


def clumsy_posts(form: forms.BaseForm) -> Iterator[tuple[str, dict[str, object]]]:
    """Return the form filled in well, then with one kind of thing wrong at a time."""
    good = plain_post(form)
    yield "filled in", good
    yield "empty", {}
    yield (
        "filled in twice",
        {name: [value, value] for name, value in good.items() if not hasattr(value, "read")},
    )
    words = [n for n, f in form.fields.items() if isinstance(f, forms.CharField) and n != "password"]
    for word in WORDS if words else ():
        yield f"words {word[:12]!r}", good | dict.fromkeys(words, word)
    if words:
        yield "words as long as they may be", good | {name: full(form.fields[name]) for name in words}
    for name, field in form.fields.items():
        for value in values_for(field):
            if hasattr(value, "seek"):
                value.seek(0)
            yield f"{name} = {getattr(value, 'name', value)!r}", good | {name: value}


def values_for(field: forms.Field) -> Iterator[object]:
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        yield from NUMBERS if isinstance(field, forms.DecimalField) else WHOLE_NUMBERS
        for most in {getattr(field, "max_value", None), getattr(field, "min_value", None)} - {None}:
            yield str(most)
        if getattr(field, "max_digits", None):
            yield "9" * (field.max_digits - field.decimal_places)
    elif isinstance(field, forms.DateField):
        yield from DAYS
    elif isinstance(field, forms.ModelChoiceField):
        yield RECORD
    elif isinstance(field, forms.ChoiceField):
        yield CHOICE
    elif isinstance(field, forms.FileField):
        for name, content in FILES:
            yield SimpleUploadedFile(name, content)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def rewound(post: dict[str, object]) -> dict[str, object]:
    for value in post.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return post


def wrong_answer(client: Client, url: str, post: dict[str, object]) -> str:
    """Post it, look at the page it leads to, undo it; return what was wrong with that."""
    try:
        with rolled_back():
            answer = client.post(url, rewound(post))
            if answer.status_code not in ANSWERS:
                return f"status {answer.status_code}"
            if answer.status_code == 302:
                answer = client.get(answer.url)
                if answer.status_code not in ANSWERS:
                    return f"status {answer.status_code} at {answer.request['PATH_INFO']}"
            if MARKUP in answer.content.decode("utf-8", "replace"):
                return "shows markup as it was typed"
    except Exception as error:  # the report names every form that breaks, not the first alone
        return f"{type(error).__name__}: {str(error).splitlines()[:1]}"
    return ""


def open_form(url: str, people) -> tuple[Client, forms.BaseForm] | None:
    """Return the form as the first of these people sees it."""
    for person in people:
        client = Client()
        client.force_login(person)
        answer = client.get(url)
        if answer.status_code == 200 and answer.context and "form" in answer.context:
            return client, answer.context["form"]
    return None


APPS = ("portal", "routes", "subcontract", "inspection", "documents")


@pytest.mark.parametrize("app", APPS)
def test_no_form_breaks_in_clumsy_hands(app, stage):
    wrong = {}
    for address in (each for each in ADDRESSES if is_form(each) and each.name.startswith(f"{app}:")):
        url = reverse(address.name, kwargs=stage.keywords_of(address))
        found = open_form(url, [stage.cast.people[name] for name in PEOPLE])
        if found:
            client, form = found
            tried = {words: wrong_answer(client, url, post) for words, post in clumsy_posts(form)}
            wrong |= {f"{address.name}: {words}": answer for words, answer in tried.items() if answer}
    assert wrong == {}


def test_every_form_wants_the_token_of_its_own_page(stage):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stage.cast.manager)
    without_records = [each for each in ADDRESSES if is_form(each) and not each.keywords]
    answers = {each.name: client.post(reverse(each.name)).status_code for each in without_records}
    assert answers == dict.fromkeys(answers, 403)
    # a call of the API carries its token itself; no cookie opens it
    exempt = [each.name for each in ADDRESSES if getattr(each.view, "csrf_exempt", False)]
    assert [name for name in exempt if "api:" not in name] == []


def test_a_number_too_large_for_a_certificate_is_named_and_the_rest_is_kept(stage):
    keywords = stage.keywords_of(NAMED["documents:certificate-enter"])
    client = Client()
    client.force_login(stage.cast.quality)
    url = reverse("documents:certificate-enter", kwargs=keywords)
    answer = client.post(url, {"stated_number": "KEPT-1", "quantity": str(2**31), "stated_on": "9999-12-31"})
    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {
            "quantity": ["Ensure this value is less than or equal to 1000000."],
            "stated_on": ["Give a day before 2200; the year has four figures."],
        },
    )
    assert answer.context["form"]["stated_number"].value() == "KEPT-1"
