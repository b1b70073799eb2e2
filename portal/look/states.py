"""One word, one shape and one tone for every state, on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TONES = ("good", "owed", "ours", "bad", "excused", "quiet")


@dataclass(frozen=True)
class StateLook:
    """The one word, shape and tone by which a state is known on every page."""

    word: str
    shape: str
    tone: str


# The eight states of a chain link. A shape belongs to one of them and says it without its colour.
LINK_LOOKS = {
    "accepted": StateLook("Accepted", "tick", "good"),
    "missing": StateLook("Missing", "gap", "owed"),
    "stale": StateLook("Stale", "clock", "owed"),
    "received": StateLook("Received", "half", "ours"),
    "review": StateLook("In review", "eye", "ours"),
    "rejected": StateLook("Rejected", "stop", "bad"),
    "waived": StateLook("Waived", "diamond", "excused"),
    "na": StateLook("Not applicable", "bar", "quiet"),
}

# Other codes for the same eight.
SAME_AS = {"in_review": "review", "under_review": "review", "not_applicable": "na"}

# tone, shape: the records that look so, by stored code and word.
_RECORD_LOOKS = {
    ("quiet", "dot"): {"not_in_force": "Not in force"},
    ("quiet", "pen"): {"draft": "Draft", "preview": "Preview", "authored": "Authored", "planned": "Planned"},
    ("quiet", "waves"): {"routine": "Routine"},
    ("quiet", "ring"): {
        "waiting": "Waiting",
        "not_started": "Not started",
        "to_come": "Begins later",
        "invited": "Invited",
    },
    ("quiet", "layers"): {
        "superseded": "Superseded",
        "split": "Split",
        "replaced": "Replaced",
        "elsewhere": "Recorded elsewhere",
    },
    ("quiet", "bar"): {
        "closed": "Closed",
        "set_aside": "Set aside",
        "ended": "Ended",
        "cancelled": "Cancelled",
        "withdrawn": "Withdrawn",
        "disabled": "Disabled",
        "retired": "Retired",
        "consumed": "Consumed",
        "skipped": "Skipped",
        "void": "Void",
        "not_required": "Not required",
        "rejoined": "Rejoined",
        "dropped": "Dropped",
    },
    ("ours", "ring"): {
        "open": "Open",
        "ready": "Ready",
        "placed": "Placed",
        "issued": "Issued",
        "normal": "Normal",
        "reduced": "Reduced",
    },
    ("ours", "half"): {
        "expiring": "Expires soon",
        "working": "Working",
        "in_progress": "In progress",
        "in_work": "In work",
        "rendering": "Rendering",
        "started": "Started",
        "partly_returned": "Partly returned",
        "uploaded": "Uploaded",
        "stated_only": "Stated by vendor only",
        "in_rework": "In rework",
        "implemented": "Implemented",
    },
    ("ours", "eye"): {
        "submitted": "Submitted",
        "inspected": "Inspected",
        "asked": "Asked",
        "answered": "Answered",
        "proposed": "Waits for a decision",
        "requested": "Asked for",
        "looked_at": "Looked at",
        "recorded": "Waits for review",
        "acknowledged": "Acknowledged",
    },
    ("ours", "away"): {"shipped": "Shipped", "sent": "Sent", "away": "Away", "at_vendor": "At vendor"},
    ("ours", "lock"): {"frozen": "Frozen", "sealed": "Sealed", "locked": "Locked"},
    ("owed", "back"): {"returned": "Returned", "reopened": "Reopened"},
    ("owed", "clock"): {"due": "Due", "expired": "Expired", "overdue": "Overdue", "evaluate": "Evaluate"},
    ("owed", "eye"): {"tightened": "Tightened", "conditionally_fit": "Conditional"},
    ("owed", "gap"): {
        "not_found": "Not found",
        "unmapped": "Unmapped",
        "undecided": "Undecided",
    },
    ("owed", "waves"): {"drifting": "Drifts"},
    ("bad", "pause"): {
        "on_hold": "On hold",
        "suspended": "Suspended",
        "quarantined": "Quarantined",
    },
    ("bad", "stop"): {
        "failed": "Failed",
        "fail": "Fail",
        "parked": "Failed, parked",
        "mismatch": "Mismatch",
        "scrapped": "Scrapped",
        "refused": "Refused",
        "revoked": "Revoked",
        "blocked": "Blocked",
        "discontinued": "Every piece",
        "contradicts": "Contradicts",
        "out_of_calibration": "Out of calibration",
        "late": "Late",
        "unfit": "Unfit",
    },
    ("good", "tick"): {
        "approved": "Approved",
        "customer_approved": "Approved by the customer",
        "done": "Done",
        "pass": "Pass",
        "passed": "Passed",
        "match": "Match",
        "complete": "Complete",
        "completed": "Complete",
        "signed": "Signed",
        "reviewed": "Reviewed",
        "in_service": "In service",
        "in_force": "In force",
        "effective": "Effective",
        "active": "Active",
        "valid": "Valid",
        "ready_to_ship": "Ready to ship",
        "received_back": "Back and accepted",
        "mapped": "Mapped",
        "included": "Passed on",
        "saved": "Saved",
        "certified": "Certified",
        "recovered": "Recovered",
        "decided": "Decided",
        "good": "Good",
        "agreed": "Agreed",
        "counted": "Counted",
        "noted": "Noted",
    },
    ("good", "waves"): {"same": "Same after normalising"},
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
    return STATES.get(code) or StateLook(code.replace("_", " ").capitalize() or "Unknown", "dot", "quiet")
