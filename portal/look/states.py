"""One word, one shape and one tone for every state, on every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

TONES = ("good", "owed", "ours", "bad", "excused", "quiet")


@dataclass(frozen=True)
class StateLook:
    """The one word, shape and tone by which a state is known on every page."""

    word: str
    shape: str
    tone: str


# The eight states of a chain link. A shape belongs to one of them and says it without its colour.
LINK_LOOKS = {
    "accepted": StateLook(_("Accepted"), "tick", "good"),
    "missing": StateLook(_("Missing"), "gap", "owed"),
    "stale": StateLook(_("Stale"), "clock", "owed"),
    "received": StateLook(_("Received"), "half", "ours"),
    "review": StateLook(_("In review"), "eye", "ours"),
    "rejected": StateLook(_("Rejected"), "stop", "bad"),
    "waived": StateLook(_("Waived"), "diamond", "excused"),
    "na": StateLook(_("Not applicable"), "bar", "quiet"),
}

# Other codes for the same eight.
SAME_AS = {"in_review": "review", "under_review": "review", "not_applicable": "na"}

# tone, shape: the records that look so, by stored code and word.
_RECORD_LOOKS = {
    ("quiet", "dot"): {"not_in_force": "Not in force"},
    ("quiet", "pen"): {"draft": "Draft", "preview": "Preview", "authored": "Authored", "planned": "Planned"},
    ("quiet", "waves"): {"routine": "Routine"},
    ("quiet", "ring"): {
        "waiting": _("Waiting"),
        "not_started": _("Not started"),
        "to_come": _("Begins later"),
        "invited": "Invited",
    },
    ("quiet", "layers"): {
        "superseded": _("Superseded"),
        "split": "Split",
        "replaced": "Replaced",
        "elsewhere": "Recorded elsewhere",
    },
    ("quiet", "bar"): {
        "closed": _("Closed"),
        "set_aside": "Set aside",
        "ended": _("Ended"),
        "cancelled": _("Cancelled"),
        "withdrawn": _("Withdrawn"),
        "disabled": _("Disabled"),
        "retired": "Retired",
        "consumed": "Consumed",
        "skipped": "Skipped",
        "void": _("Void"),
        "not_required": "Not required",
        "rejoined": "Rejoined",
        "dropped": _("Dropped"),
    },
    ("ours", "ring"): {
        "open": _("Open"),
        "ready": "Ready",
        "placed": "Placed",
        "issued": _("Issued"),
        "normal": "Normal",
        "reduced": "Reduced",
    },
    ("ours", "half"): {
        "expiring": _("Expires soon"),
        "working": _("Working"),
        "in_progress": _("In progress"),
        "in_work": "In work",
        "rendering": "Rendering",
        "started": "Started",
        "partly_returned": "Partly returned",
        "uploaded": _("Uploaded"),
        "stated_only": _("Stated by vendor only"),
        "in_rework": "In rework",
        "implemented": _("Implemented"),
    },
    ("ours", "eye"): {
        "submitted": _("Submitted"),
        "inspected": "Inspected",
        "asked": _("Asked"),
        "answered": _("Answered"),
        "proposed": "Waits for a decision",
        "requested": "Asked for",
        "looked_at": "Looked at",
        "recorded": "Waits for review",
        "acknowledged": "Acknowledged",
    },
    ("ours", "away"): {
        "shipped": _("Shipped"),
        "sent": _("Sent"),
        "away": _("Away"),
        "at_vendor": _("At vendor"),
    },
    ("ours", "lock"): {"frozen": "Frozen", "sealed": "Sealed", "locked": "Locked"},
    ("owed", "back"): {"returned": _("Returned"), "reopened": _("Reopened")},
    ("owed", "clock"): {
        "due": _("Due"),
        "expired": _("Expired"),
        "overdue": _("Overdue"),
        "evaluate": "Evaluate",
    },
    ("owed", "eye"): {"tightened": "Tightened", "conditionally_fit": "Conditional"},
    ("owed", "gap"): {
        "not_found": _("Not found"),
        "unmapped": "Unmapped",
        "undecided": "Undecided",
    },
    ("owed", "waves"): {"drifting": "Drifts"},
    ("bad", "pause"): {
        "on_hold": "On hold",
        "suspended": _("Suspended"),
        "quarantined": "Quarantined",
    },
    ("bad", "stop"): {
        "failed": _("Failed"),
        "fail": _("Fail"),
        "parked": _("Failed, parked"),
        "mismatch": _("Mismatch"),
        "scrapped": _("Scrapped"),
        "refused": _("Refused"),
        "revoked": _("Revoked"),
        "blocked": "Blocked",
        "discontinued": "Every piece",
        "contradicts": "Contradicts",
        "out_of_calibration": "Out of calibration",
        "late": _("Late"),
        "unfit": "Unfit",
    },
    ("good", "tick"): {
        "approved": _("Approved"),
        "customer_approved": "Approved by the customer",
        "done": _("Done"),
        "pass": _("Pass"),
        "passed": "Passed",
        "match": _("Match"),
        "complete": "Complete",
        "completed": "Complete",
        "signed": "Signed",
        "reviewed": "Reviewed",
        "in_service": "In service",
        "in_force": _("In force"),
        "effective": _("Effective"),
        "active": _("Active"),
        "valid": _("Valid"),
        "ready_to_ship": "Ready to ship",
        "received_back": _("Back and accepted"),
        "mapped": "Mapped",
        "included": _("Passed on"),
        "saved": "Saved",
        "certified": "Certified",
        "recovered": "Recovered",
        "decided": "Decided",
        "good": "Good",
        "agreed": _("Agreed"),
        "counted": _("Counted"),
        "noted": _("Noted"),
    },
    ("good", "waves"): {"same": _("Same after normalising")},
    ("good", "lock"): {"released": "Released"},
    ("good", "away"): {"dispatched": "Dispatched", "delivered": "Delivered"},
    ("excused", "diamond"): {
        "concession": "Concession",
        "granted": "Granted",
        "dispositioned": "Dispositioned",
        "use_as_is": "Use as is",
        "conditional": "Accepted with condition",
        "on_condition": "Approved on a condition",
    },
}

STATES: dict[str, StateLook] = LINK_LOOKS | {
    code: StateLook(word, shape, tone)
    for (tone, shape), words in _RECORD_LOOKS.items()
    for code, word in words.items()
}


def look_of(state: Any) -> StateLook:
    """Return the look of a stored state code; a code without one keeps its own word, flat and neutral."""
    code = str(state or "").strip().lower().replace("-", "_").replace(" ", "_")
    code = SAME_AS.get(code, code)
    look = STATES.get(code) or StateLook(code.replace("_", " ").capitalize() or "Unknown", "dot", "quiet")
    said = gettext(look.word)
    return look if said == look.word else replace(look, word=said)
