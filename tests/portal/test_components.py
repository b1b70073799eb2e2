"""The pieces pages are made of: no inline script or style, one look per state, a chain that can be heard."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path

from portal.look.chain import CHAIN, CLOSED
from portal.look.states import LINK_LOOKS, STATES, TONES, look_of
from portal.models import Event, Organization, Person
from portal.templatetags import portal_ui
from portal.views.components import components, sample_slots

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STYLESHEET = Path(settings.BASE_DIR) / "portal/static/portal/portal.css"
# Sheets of the release package are paper, and mails are read in mailboxes, which take no style sheet of ours.
NO_PAGES = {"package", "mail"}
PAGES = [file for file in sorted(TEMPLATES.rglob("*.html")) if not NO_PAGES & set(file.parts)]
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
CODES = [code for links in CHAIN.values() for code, _, _ in links]


def nowhere(request, **kwargs):
    raise AssertionError("Only the address is asked for.")


urlpatterns = [
    path("", include(([path("", nowhere, name="board")], "documents"))),
    path("", include(([path("orders/", nowhere, name="order-list")], "routes"))),
    path("", include(([path("outside-orders/", nowhere, name="order-list")], "subcontract"))),
]


class Heard(HTMLParser):
    """What a screen reader says in each list item: text that is not aria-hidden."""

    def __init__(self, html):
        super().__init__()
        self.items, self.depth, self.hidden_from, self.is_in_item = [], 0, None, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag in ("use", "path", "input"):
            return
        self.depth += 1
        if tag == "li":
            self.items.append("")
            self.is_in_item = True
        if ("aria-hidden", "true") in attributes and self.hidden_from is None:
            self.hidden_from = self.depth

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if self.hidden_from == self.depth:
            self.hidden_from = None
        self.depth -= 1
        if tag == "li":
            self.is_in_item = False

    def handle_data(self, text):
        if self.hidden_from is None and self.is_in_item and text.strip():
            self.items[-1] += text.strip()


def heard(html):
    return [item for item in Heard(html).items if item]


def strip(slots, **more):
    return render_to_string(
        "components/chain_strip.html", {"lot_number": "T-000412", "slots": slots, "size": "compact", **more}
    )


def request_of(role, at="/"):
    request = RequestFactory().get(at)
    request.user = Person(
        printed_name="Ruth Adeyemi",
        title="Quality engineer",
        role=role,
        organization=Organization(name="Fairlead Precision", kind="shop"),
    )
    return request


@pytest.mark.parametrize("template", PAGES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_template_has_no_inline_script_or_style(template):
    text = template.read_text()
    inline = r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|\shx-on"
    assert re.findall(inline, text, re.IGNORECASE) == []


@pytest.mark.parametrize("template", COMPONENTS, ids=lambda file: file.name)
def test_component_begins_by_saying_what_it_accepts(template):
    comment = re.match(r"\{% comment %\}(.*?)\{% endcomment %\}|\{#(.*?)#\}", template.read_text(), re.DOTALL)
    assert (comment is not None, "Accepts" in (comment.group(0) if comment else "")) == (True, True)


def test_states_have_a_word_a_drawn_shape_and_a_styled_tone():
    drawn = set(re.findall(r'id="shape-([a-z]+)"', (TEMPLATES / "components/icons.html").read_text()))
    styled = set(re.findall(r"\.tone-([a-z]+) \{", STYLESHEET.read_text()))
    assert {code for code, look in STATES.items() if not look.word.strip()} == set()
    assert {look.shape for look in STATES.values()} - drawn == set()
    assert {look.tone for look in STATES.values()} - styled == set()
    assert styled == set(TONES)


def test_link_states_differ_in_shape_and_not_only_in_colour():
    assert len({look.shape for look in LINK_LOOKS.values()}) == len(LINK_LOOKS) == 8


@pytest.mark.parametrize("state", sorted(STATES))
def test_pill_says_its_state_in_word_shape_and_tone(state):
    look = STATES[state]
    pill = render_to_string("components/pill.html", {"state": state}).strip()
    assert pill == (
        f'<span class="pill tone-{look.tone}"><svg class="icon" aria-hidden="true">'
        f'<use href="#shape-{look.shape}"/></svg>{look.word}</span>'
    )


@pytest.mark.parametrize(
    ("code", "word"),
    [("under_review", "In review"), ("not_applicable", "Not applicable"), ("In-Review", "In review")],
)
def test_other_codes_of_a_state_share_its_look(code, word):
    assert look_of(code).word == word


def test_unknown_state_keeps_its_own_word_and_stays_neutral():
    look = look_of("at_third_party")
    assert (look.word, look.shape, look.tone) == ("At third party", "dot", "quiet")


def test_chain_strip_says_every_link_in_order():
    slots = [
        {
            "code": "PROCESS",
            "label": "Process certificates",
            "state": "rejected",
            "sentence": "Certificate HV-20931 covers 46 pieces; lot T-000412 carries 48.",
            "owner": "Harbor Valley Plating",
            "due_on": date(2026, 11, 19),
            "is_late": True,
            "url": "/certificates/HV-20931/",
        },
        {"code": "NOTES", "state": "accepted", "sentence": "All 14 notes are mapped.", "owner": "Nobody"},
    ]
    says = heard(strip(slots))
    assert len(says) == len(CODES) == 21
    assert says[0] == "Notes: accepted. All 14 notes are mapped."
    assert says[CODES.index("PROCESS")] == (
        "Process certificates: rejected. Owed by Harbor Valley Plating, due 19 Nov, late. "
        "Certificate HV-20931 covers 46 pieces; lot T-000412 carries 48."
    )
    assert says[CODES.index("TRAIL")] == "Audit trail: not in force yet."


@pytest.mark.parametrize("size", ["compact", "large"])
def test_chain_strip_says_the_same_in_both_sizes(size):
    assert heard(strip(sample_slots(), size=size)) == heard(strip(sample_slots()))


def test_the_compact_strip_is_one_list_of_links_in_four_groups():
    page = strip(sample_slots(), size="compact")
    assert (page.count("<ol"), page.count("<ul"), page.count("<li")) == (1, 0, 21)
    assert re.findall(r'starts-group" data-code="([A-Z]+)"', page) == [
        "NOTES",
        "MATERIAL",
        "FINISH",
        "CLAUSES",
    ]


def test_a_link_that_only_waits_points_to_the_waiting_line():
    slot = {"code": "COC", "state": "missing", "sentence": "Not signed.", "url": "/travelers/T-000412/#coc"}
    addresses = [
        re.findall(r'href="(/[^"]*)"', strip([slot | {"waits_for": waits}])) for waits in ([], ["PROCESS"])
    ]
    assert addresses == [["/travelers/T-000412/#coc"], ["/travelers/T-000412/#waiting"]]


def test_chain_strip_counts_only_links_in_force():
    slots = [{"code": "NOTES", "state": "accepted"}, {"code": "ROUTE", "state": "na"}]
    slots += [{"code": "STEPS", "state": "missing"}]
    label = re.search(r'aria-label="(Chain[^"]*)"', strip(slots)).group(1)
    assert label == "Chain of lot T-000412: 2 of 3 links closed"


@pytest.mark.parametrize("state", sorted(LINK_LOOKS))
def test_only_open_links_lead_somewhere(state):
    page = strip([{"code": "FAI", "state": state, "sentence": "So.", "url": "/first-articles/FA-000031/"}])
    addresses = re.findall(r'href="(/[^"]*)"', page)
    assert addresses == ([] if state in CLOSED else ["/first-articles/FA-000031/"])


def test_what_needs_an_act_speaks_before_what_only_waits():
    waiting = {"code": "LOCK", "state": "missing", "sentence": "Not run yet.", "waits_for": ["STEPS"]}
    asked = {
        "code": "LOCK",
        "state": "review",
        "sentence": "Decide on the difference.",
        "owner": "Amara Nwosu",
    }
    [said] = [item for item in heard(strip([waiting, asked])) if item.startswith("Setup lock")]
    assert (
        said
        == "Setup lock: in review. Owed by Amara Nwosu. Decide on the difference. And 1 more in this link."
    )


def test_of_several_slots_of_one_code_the_worst_speaks():
    slots = [
        {"code": "PROCESS", "state": "accepted", "sentence": "Operation 40 is proven."},
        {"code": "PROCESS", "state": "rejected", "sentence": "Operation 60 names another heat."},
        {"code": "PROCESS", "state": "missing", "sentence": "Operation 70 has no certificate."},
    ]
    assert heard(strip(slots))[CODES.index("PROCESS")] == (
        "Process certificates: rejected. Operation 60 names another heat. And 1 more in this link."
    )


def test_chain_strip_escapes_what_people_typed():
    page = strip([{"code": "NC", "state": "missing", "sentence": "<script>x</script>", "url": "/nc/"}])
    assert ("<script>" in page, "&lt;script&gt;x&lt;/script&gt;" in page) == (False, True)


@pytest.mark.parametrize(
    ("shown", "expected", "marked"),
    [
        ("7T4418", "7T4418", "7T4418"),
        ("7T4481", "7T4418", '7T44<span class="differs">81</span>'),
        ("7T4", "7T44", "7T4"),
        ("<b>", "", '<span class="differs">&lt;b&gt;</span>'),
    ],
)
def test_differing_signs_are_marked(shown, expected, marked):
    template = Template("{% load portal_ui %}{{ shown|marked_against:expected }}")
    assert template.render(Context({"shown": shown, "expected": expected})) == marked


def test_record_numbers_are_not_broken_over_lines():
    page = Template("{% load portal_ui %}{{ sentence|with_numbers }}").render(
        Context({"sentence": "Lot T-000412/1 & bore 25-H7 stop."})
    )
    assert page == 'Lot <span class="unbroken">T-000412/1</span> &amp; bore 25-H7 stop.'


class Question(forms.Form):
    pieces = forms.IntegerField(label="Pieces", help_text="Count first.")
    password = forms.CharField(label="Your password", widget=forms.PasswordInput)


def test_field_names_its_help_and_its_error_for_the_control():
    page = render_to_string("components/field.html", {"field": Question({"pieces": "x"})["pieces"]})
    named = re.search(r'aria-describedby="([^"]*)"', page).group(1).split()
    assert (named, re.findall(r' id="(id_pieces_[^"]*)"', page)) == (
        ["id_pieces_helptext", "id_pieces_error"],
        ["id_pieces_helptext", "id_pieces_error"],
    )


def test_verb_page_shows_who_signs_and_asks_the_password_once(settings):
    settings.ROOT_URLCONF = __name__
    shown = {"heading": "Sign", "form": Question(), "submit_label": "Sign", "needs_reauth": True}
    page = render_to_string(
        "portal/verb.html", shown | {"meaning": "I counted them."}, request=request_of("quality")
    )
    signing = re.search(r'class="signing">\s*<p>(.*?)</p>', page, re.DOTALL).group(1)
    assert signing == "Signing as <strong>Ruth Adeyemi, Quality engineer</strong>: I counted them."
    assert page.count('type="password"') == 1


def test_refused_form_keeps_its_answers_and_says_the_sentence():
    form = Question({"pieces": "51", "password": "p"})
    form.add_error(None, "Outside order OW-000031 sent 48 pieces.")
    page = render_to_string("components/form.html", {"form": form, "submit_label": "Receive"})
    sentence = '<p>Outside order <span class="unbroken">OW-000031</span> sent 48 pieces.</p>'
    assert (page.count(sentence), page.count('value="51"')) == (1, 1)


@pytest.mark.parametrize(
    ("job", "polls", "retries"),
    [
        ({"state": "waiting"}, 1, 0),
        ({"state": "working", "progress_done": 7, "progress_total": 12}, 1, 0),
        ({"state": "done"}, 0, 0),
        ({"state": "parked", "last_error": "No font has the sign U+232D."}, 0, 1),
    ],
    ids=lambda value: value["state"] if isinstance(value, dict) else None,
)
def test_progress_polls_while_it_runs_and_offers_a_retry_when_it_failed(job, polls, retries):
    page = render_to_string(
        "components/progress.html",
        {"job": job, "heading": "Package", "poll_url": "/poll/", "retry_url": "/retry/"},
    )
    assert (page.count('hx-get="/poll/"'), page.count('action="/retry/"')) == (polls, retries)
    assert page.count(job.get("last_error", "no error")) == retries


def test_signature_shows_name_title_meaning_hash_and_the_moment_in_utc():
    signature = {
        "printed_name": "Ruth Adeyemi",
        "title": "Quality engineer",
        "signed_at": datetime(2026, 11, 20, 9, 3, 22, tzinfo=timezone(timedelta(hours=-5))),
        "meaning": "Approved",
        "content_sha256": "9f2c4e0b",
    }
    page = render_to_string("components/signature.html", {"signature": signature})
    said = [line.strip() for line in re.sub(r"<[^>]*>", "", page).splitlines() if line.strip()]
    assert said == [
        "Approved",
        "Ruth Adeyemi, Quality engineer",
        "Fri 20 Nov 2026, 14:03:22 UTC",
        "sha256 9f2c4e0b",
    ]


def test_table_says_each_cell_by_its_kind():
    columns = [
        {"key": "number", "label": "Lot", "kind": "code", "url_key": "url"},
        {"key": "line.part", "label": "Part", "note_key": "line.revision"},
        {"key": "ships_on", "label": "Ships", "kind": "day"},
        {"key": "heat", "label": "Heat", "empty": "not issued yet"},
        {"key": "pieces", "label": "Pieces", "kind": "num"},
    ]
    line = {"part": "Bracket <left>", "revision": "revision C"}
    row = {"number": "T-000412", "url": "/travelers/T-000412/", "line": line, "pieces": 0}
    page = render_to_string(
        "components/table.html",
        {"caption": "Lots", "columns": columns, "rows": [row | {"ships_on": date(2019, 11, 26)}]},
    )
    cells = re.findall(r"<t[hd][^>]*data-head[^>]*><span[^>]*>(.*?)</span></t[hd]>", page)
    assert cells == [
        '<a href="/travelers/T-000412/">T-000412</a>',
        "Bracket &lt;left&gt;<small>revision C</small>",
        "Tue 26 Nov 2019",
        '<span class="soft">not issued yet</span>',
        "0",
    ]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_read_in_both_themes(theme):
    """Source: WCAG 2.2, 1.4.3 (text 4.5:1) and 1.4.11 (edges of controls 3:1)."""
    pairs = re.findall(r"--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\);", STYLESHEET.read_text())
    colour = {name: values[theme] for name, *values in pairs}
    text = [(ink, ground) for ink in ("text", "soft") for ground in ("floor", "sheet", "lift", "well")]
    text += [(tone, ground) for tone in TONES for ground in ("sheet", "floor", f"{tone}-wash")]
    text += [(ink, f"{tone}-wash") for tone in TONES for ink in ("text", "soft")]
    text += [("on-sign", tone) for tone in TONES]
    edges = [(edge, ground) for edge in ("line-input", "ring") for ground in ("sheet", "floor")]
    dim = [pair for pair in text if contrast(colour[pair[0]], colour[pair[1]]) < 4.5]
    faint = [pair for pair in edges if contrast(colour[pair[0]], colour[pair[1]]) < 3]
    assert (dim, faint) == ([], [])


def test_components_page_shows_every_component_and_every_state(settings):
    settings.ROOT_URLCONF = __name__
    response = components(request_of("quality"))
    page = response.content.decode()
    assert response.status_code == 200
    assert {look.word for look in STATES.values() if f"</svg>{look.word}</span>" not in page} == set()
    text = "".join((TEMPLATES / f"portal/{name}.html").read_text() for name in ("base", "components"))
    used = set(re.findall(r'"components/([a-z_]+\.html)"', text))
    parts = {"link.html", "field.html", "field_notes.html"}  # shown through the component they are parts of
    assert used | parts == {file.name for file in COMPONENTS}


@pytest.mark.parametrize(
    "on, said",
    [(date(2026, 11, 20), "Fri 20 Nov"), (date(2027, 1, 4), "Mon 4 Jan 2027"), (None, "")],
)
def test_day_names_its_year_only_when_it_is_another(on, said, monkeypatch):
    monkeypatch.setattr(portal_ui.timezone, "localdate", lambda: date(2026, 11, 2))
    assert portal_ui.day(on) == said


def test_events_keep_eight_in_sight_and_fold_the_rest():
    def shown(count):
        rows = [Event(at=datetime(2026, 11, 20, 9, 3, tzinfo=UTC), noun="x", verb="y") for _ in range(count)]
        page = render_to_string("components/events.html", {"events": rows})
        sight, _, folded = page.partition("<details")
        return sight.count("<time"), folded.count("<time"), re.findall(r"<summary>(.*?)</summary>", page)

    assert shown(8) == (8, 0, [])
    assert shown(11) == (8, 3, ["3 earlier"])
