"""Events are recorded as commands and read as what somebody did; numbers lead to their pages."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from portal.look.events import OF_NOUN, PHRASES, particulars, plain, sentence
from portal.look.pages import PAGES, page_of
from portal.models import Person

APPS = ("portal", "routes", "subcontract", "inspection", "documents")
FILES = [
    file
    for app in APPS
    for file in sorted((Path(settings.BASE_DIR) / app).rglob("*.py"))
    if "migrations" not in file.parts
]


def words_in(node):
    """Return every word an expression can be: a constant, or either side of a choice."""
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def verbs_of(call):
    """Return the verbs a call records: named `verb=`, or standing second in a move, a table or a recorder."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    found = set()
    for keyword in call.keywords:
        if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant | ast.IfExp):
            found |= words_in(keyword.value)
    if name in ("Move", "move", "_record", "_move") and len(call.args) > 1:
        second = call.args[1]
        found |= words_in(second) if isinstance(second, ast.Constant | ast.IfExp) else set()
    return found


def recorded_verbs():
    return {
        plain(verb): file.name
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for verb in verbs_of(node)
    }


def test_every_recorded_verb_has_a_phrase():
    verbs = recorded_verbs()
    assert len(verbs) > 60
    spoken = PHRASES.keys() | {verb for verb, _ in OF_NOUN}
    assert {verb: file for verb, file in verbs.items() if verb not in spoken} == {}


@pytest.mark.parametrize(
    ("verb", "noun", "number", "lots", "said"),
    [
        ("sign", "step", "T-000002-50-1", (), "signed step T-000002-50-1"),
        ("add_operation", "route", "R-000001-1", (), "added an operation to route R-000001-1"),
        ("place", "hold", "H-000001", ("T-000002",), "placed hold H-000001 on lot T-000002"),
        ("grant", "authority", "a@x.example", (), "granted an authority to a@x.example"),
        ("rework", "lot", "T-000002/1", (), "sent lot T-000002/1 to rework"),
        ("receive", "outside order", "PO-000001", (), "took pieces back from outside order PO-000001"),
        ("open", "lot", "T-{it}", (), "opened lot T-{it}"),
        ("juggle", "lot", "T-000001", (), "did this to lot T-000001: juggle"),
    ],
)
def test_an_event_is_told_in_the_past(verb, noun, number, lots, said):
    assert sentence({"verb": verb, "noun": noun, "number": number, "lots": lots}) == said


def test_the_facts_people_ask_for_follow():
    data = {"quantity": 3, "reason": "a scratch", "from": "open", "kind": "count_correction", "note": ""}
    assert particulars({"data": data}) == "count correction, pieces 3, because: a scratch"


@pytest.mark.parametrize(
    ("number", "role", "url"),
    [
        ("T-000412/1", "operator", "/travelers/T-000412/1/"),
        ("T-000412/1-50-1", "operator", "/travelers/T-000412/1/"),
        ("O-000003/2", "buyer", "/orders/O-000003/"),
        ("P-000001-1", "buyer", "/packages/P-000001-1/"),
        ("PO-000009/1", "vendor", "/outside-orders/PO-000009/"),
        ("T-000412", "vendor", ""),
        ("PO-000009", "buyer", ""),
        ("T-000412", "", ""),
        ("SN-0017", "quality", ""),
        ("QX-000001", "quality", ""),
    ],
)
def test_a_number_leads_to_its_page_for_those_it_is_for(number, role, url):
    assert page_of(number, role=role) == url


def test_every_page_named_is_there():
    assert {
        beginning: page_of(f"{beginning}-000001", role="quality") != "" for beginning in PAGES
    } == dict.fromkeys(PAGES, True)


def linked(text, *, role, at="/"):
    request = RequestFactory().get(at)
    request.user = Person(role=role)
    return Template("{% load portal_ui %}{% linked text %}").render(RequestContext(request, {"text": text}))


def test_numbers_in_a_sentence_are_links_and_the_rest_is_escaped():
    assert linked("<b> C-000001 & T-000002", role="quality") == (
        '&lt;b&gt; <a class="unbroken" href="/certificates/C-000001/">C-000001</a> &amp; '
        '<a class="unbroken" href="/travelers/T-000002/">T-000002</a>'
    )


def test_numbers_that_are_not_for_this_reader_stay_plain():
    assert linked("C-000001 covers T-000002", role="vendor") == (
        '<a class="unbroken" href="/certificates/C-000001/">C-000001</a> covers '
        '<span class="unbroken">T-000002</span>'
    )


def test_a_page_does_not_lead_to_itself():
    assert linked("T-000002", role="quality", at="/travelers/T-000002/") == (
        '<span class="unbroken">T-000002</span>'
    )


def test_links_reach_into_a_component_that_is_given_its_words_only():
    request = RequestFactory().get("/")
    request.user = Person(role="quality")
    event = {"verb": "sign", "noun": "step", "number": "T-000002-50-1", "actor": "Tom Ashdown", "at": None}
    template = Template('{% include "components/events.html" with events=events only %}')
    page = template.render(RequestContext(request, {"events": [event]}))
    assert 'Signed step <a class="unbroken" href="/travelers/T-000002/">T-000002-50-1</a>' in page


def test_without_a_request_nothing_is_linked():
    template = Template("{% load portal_ui %}{% linked text %}")
    assert template.render(Context({"text": "T-000002"})) == '<span class="unbroken">T-000002</span>'


def test_operation_told_by_its_number_alone_says_what_it_is():
    assert particulars({"data": {"operation": 10, "note": 1}}) == "operation 10, note 1"
    assert particulars({"data": {"operation": "Mill side 1", "quantity_in": 8}}) == "Mill side 1, in 8"
