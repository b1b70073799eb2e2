"""Every component in every variant on one page, fed with made-up rows and nothing from the database."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.languages import ENGLISH, tag_of
from portal.look.chain import CHAIN
from portal.look.states import LINK_LOOKS, STATES
from portal.views.doors import SELF, opens

MEANINGS = {
    "accepted": "Closed: a person accepted the evidence.",
    "missing": "Somebody owes it; there is a hole in the chain.",
    "stale": "It was accepted, then a fact under it changed.",
    "received": "It is here and kept; nobody has looked yet.",
    "review": "It waits for a decision of ours.",
    "rejected": "It is wrong and must be sent again.",
    "waived": "Closed by a named person who may.",
    "na": "Closed by rule: nothing asks for it here.",
}
OPEN_LINKS = {
    "STEPS": ("missing", "Operation 80 is not signed.", "Ines Moreau", date(2026, 11, 24), False),
    "PROCESS": (
        "rejected",
        "Certificate HV-20931 covers 46 pieces; lot T-000412 carries 48.",
        "Harbor Valley Plating",
        date(2026, 11, 19),
        True,
    ),
    "INCOMING": ("review", "The count is entered and waits for a signature.", "Ines Moreau", None, False),
    "RESULTS": (
        "received",
        "The results file is here; 3 of 27 ids match nothing.",
        "Ruth Adeyemi",
        None,
        False,
    ),
    "FAI": ("stale", "First article FA-000031 was approved for revision C.", "Ruth Adeyemi", None, False),
    "COC": (
        "missing",
        "The certificate of conformity is not signed.",
        "Ruth Adeyemi",
        date(2026, 11, 26),
        False,
    ),
}
NOT_IN_FORCE = ("TRAIL",)


class SampleForm(forms.Form):
    """Ask one question of each kind."""

    heat = forms.CharField(label="Heat number", help_text="As it is printed on the tag of the bar.")
    pieces = forms.IntegerField(
        label="Pieces counted",
        help_text="Count before you sign.",
        # a number input would drop what it cannot read; a text input keeps it for correction
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    received_on = forms.DateField(label="Came back on", widget=forms.DateInput(attrs={"type": "date"}))
    vendor = forms.ChoiceField(label="Vendor", choices=[("hv", "Harbor Valley Plating")])
    verdict = forms.ChoiceField(
        label="Verdict",
        choices=[("accept", "Accept"), ("reject", "Reject and ask again")],
        widget=forms.RadioSelect,
    )
    is_sound = forms.BooleanField(label="The packaging is undamaged", required=False)
    remark = forms.CharField(label="Remark", required=False, widget=forms.Textarea)
    certificate = forms.FileField(
        label="Certificate", required=False, help_text="The original file, unchanged."
    )
    password = forms.CharField(label="Your password", widget=forms.PasswordInput)


def sample_slots() -> list[dict]:
    """Return a chain with a link in every state but the last three in force."""
    slots = []
    for code, _, name in (link for links in CHAIN.values() for link in links):
        if code in NOT_IN_FORCE:
            continue
        slot = {
            "code": code,
            "state": "accepted",
            "sentence": "The evidence is accepted.",
            "url": "#findings",
        }
        if code in OPEN_LINKS:
            state, sentence, owner, due_on, is_late = OPEN_LINKS[code]
            slot |= {
                "state": state,
                "sentence": sentence,
                "owner": owner,
                "due_on": due_on,
                "is_late": is_late,
            }
        if code == "COC":
            slot["waits_for"] = ["PROCESS"]
        if code in ("CLAUSES", "EXPORT"):
            slot["state"] = "waived" if code == "CLAUSES" else "na"
        slots.append(slot | {"label": name})
    return slots


def sample_findings() -> list[dict]:
    """Return one finding per open link but those that only wait."""
    acts = {"PROCESS": "Remind the vendor", "INCOMING": "Verify and sign", "STEPS": "Open the traveler"}
    return [
        {
            "code": code,
            "state": state,
            "sentence": sentence,
            "owner": owner,
            "due_on": due_on,
            "is_late": is_late,
        }
        | {"url": "#findings", "act": acts.get(code, "Open"), "is_mine": code == "INCOMING"}
        for code, (state, sentence, owner, due_on, is_late) in OPEN_LINKS.items()
        if code != "COC"
    ]


def sample_jobs() -> list[dict]:
    """Return a job in each of its states."""
    working = {
        "progress_done": 7,
        "progress_total": 12,
        "progress_sentence": "Renders the inspection report.",
    }
    return [
        {"state": "waiting"},
        {"state": "working"} | working,
        {"state": "done", "progress_sentence": "12 sections, 64 pages."},
        {"state": "parked", "last_error": "Section 7 was not rendered: no font has the sign U+232D."},
    ]


SAMPLE_PAPER = {
    "number": 1,
    "url": "/static/portal/mark.svg",
    "alt": "Page 1 of a certificate",
    "summary": "What was read on page 1",
    "height": 1000,
    "boxes": [
        {"mark": 1, "name": "sample", "x": 180, "y": 160, "width": 640, "height": 120, "number_x": 180,
         "number_y": 158, "words": "P.O. No.: PO-2211"},
    ],
}  # fmt: skip
SAMPLE_DATA = {
    "facts": [{"label": "HeatNumber", "value": "H-10987", "name": ""}],
    "rows": [{"property_name": "C", "value": "0.18", "unit": "%", "minimum": "", "maximum": "0.2"}],
}
SAMPLE_READ_NOTE = {
    "proposal": {
        "read": {"key": "sample", "words": "P.O. No.: PO-2211", "page": 1},
        "is_from_a_picture": False,
    },
    "mark": 1,
}


def sample_rows() -> list[dict]:
    states = ("open", "on_hold", "in_review", "released", "dispatched", "superseded")
    return [
        {
            "number": f"T-{412 + place:06}",
            "url": "#tables",
            "part": "Bracket, sensor mount",
            "revision": "30-4471-2 revision C",
            "quantity": 48 - place,
            "ships_on": date(2026, 11, 24 + place),
            "state": state,
            "tone": "bad" if state == "on_hold" else "",
        }
        for place, state in enumerate(states)
    ]


TABLE_COLUMNS = [
    {"key": "number", "label": "Lot", "kind": "code", "url_key": "url"},
    {"key": "part", "label": "Part", "note_key": "revision"},
    {"key": "quantity", "label": "Pieces", "kind": "num"},
    {"key": "ships_on", "label": "Ships", "kind": "day"},
    {"key": "heat", "label": "Heat", "empty": "not issued yet"},
    {"key": "state", "label": "State", "kind": "state"},
]
FACTS = [
    {"label": "Lot", "value": "T-000412", "is_code": True},
    {"label": "Part", "value": "Bracket, sensor mount", "url": "#facts"},
    {"label": "Pieces", "value": 48, "note": "all alike"},
    {"label": "State", "state": "open"},
]
SIGNATURE = {
    "printed_name": "Ruth Adeyemi",
    "title": "Quality engineer",
    "signed_at": datetime(2026, 11, 20, 14, 3, 22, tzinfo=UTC),
    "meaning": "Approved",
    "content_sha256": "9f2c4e0b7a61d3855c1e8ab04f3372d9160ce5b8a7f49d210b6e3c8d75fa1124",
}
REVERSAL = {
    "number": "RV-000004",
    "get_absolute_url": "#c-events",
    "noun": "step",
    "record": "T-000412-40-1",
    "undone": SIGNATURE,
    "signature": {"printed_name": "Tomas Reyes"},
    "reversed_at": SIGNATURE["signed_at"],
    "reason": "Signed for the lot on the next cart.",
    "judged_anew": "The pieces are counted again.",
}
AUTHORITY = {
    "get_act_display": "Accept or reject certificates",
    "stamp": "Q7",
    "valid_from": date(2026, 1, 5),
    "valid_to": date(2026, 12, 31),
    "basis": "Training record TR-118.",
}
EVENTS = [
    {
        "at": SIGNATURE["signed_at"],
        "actor": "Ruth Adeyemi, Quality engineer",
        "verb": "approve",
        "noun": "first article",
        "number": "FA-000031",
        "lots": ["T-000412"],
        "data": {},
    },
    {
        "at": datetime(2026, 11, 19, 7, 41, tzinfo=UTC),
        "actor": "Ines Moreau, Inspector",
        "verb": "place",
        "noun": "hold",
        "number": "H-000007",
        "lots": ["T-000412"],
        "data": {"reason": "the count differs from the delivery note"},
    },
]
PARTS = [
    {"count": 46, "label": "here"},
    {"count": 2, "label": "scrapped"},
    {"count": 1, "label": "retained sample"},
]


@opens(scope=SELF)
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every variant."""
    answers = {"heat": "7C2290", "pieces": "forty", "vendor": "hv", "verdict": "accept"}
    shown = {
        "link_states": [(code, MEANINGS[code]) for code in LINK_LOOKS],
        "record_states": [code for code in STATES if code not in LINK_LOOKS],
        "slots": sample_slots(),
        "findings": sample_findings(),
        "waiting": ["COC"],
        "themes": ["light", "dark"],
        "languages": [
            {"code": code, "tag": tag_of(code), "name": name, "is_current": code == ENGLISH}
            for code, name in settings.LANGUAGES
        ],
        "jobs": sample_jobs(),
        "paper": SAMPLE_PAPER,
        "read_note": SAMPLE_READ_NOTE,
        "paper_data": SAMPLE_DATA,
        "columns": TABLE_COLUMNS,
        "rows": sample_rows(),
        "facts": FACTS,
        "signature": SIGNATURE,
        "reversals": [REVERSAL],
        "signer": request.user,
        "parts": PARTS,
        "authorities": [{"authority": AUTHORITY, "state": "in_force"}],
        "events": EVENTS,
        "form": SampleForm(auto_id="sample-%s"),
        "wrong_form": SampleForm(answers, {}, auto_id="wrong-%s"),
        "crumbs": [{"label": "Travelers", "url": "#main"}, {"label": "T-000412", "url": "#main"}],
        "notes": [
            Message(constants.SUCCESS, "Receipt RC-000077 is signed: 48 pieces."),
            Message(constants.ERROR, "Lot T-000412 cannot ship: certificate HV-20931 is rejected."),
            Message(constants.WARNING, "Gauge G-0031 is due for calibration on Fri 27 Nov."),
        ],
    }
    return render(request, "portal/components.html", shown)
