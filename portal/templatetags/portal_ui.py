"""What the page components need: one look per state, the chain in its order, the way between desks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.template.defaultfilters import date as say_date
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

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
    ("quiet", "pen"): {"draft": "Draft", "preview": "Preview", "authored": "Authored", "planned": "Planned"},
    ("quiet", "ring"): {
        "waiting": "Waiting",
        "not_started": "Not started",
        "invited": "Invited",
    },
    ("quiet", "layers"): {"superseded": "Superseded", "split": "Split", "replaced": "Replaced"},
    ("quiet", "bar"): {
        "closed": "Closed",
        "cancelled": "Cancelled",
        "withdrawn": "Withdrawn",
        "disabled": "Disabled",
        "retired": "Retired",
        "consumed": "Consumed",
        "skipped": "Skipped",
        "void": "Void",
        "not_required": "Not required",
        "rejoined": "Rejoined",
    },
    ("ours", "ring"): {
        "open": "Open",
        "ready": "Ready",
        "placed": "Placed",
        "issued": "Issued",
    },
    ("ours", "half"): {
        "working": "Working",
        "in_progress": "In progress",
        "in_work": "In work",
        "rendering": "Rendering",
        "started": "Started",
        "partly_returned": "Partly returned",
        "uploaded": "Uploaded",
        "stated_only": "Stated by vendor only",
        "in_rework": "In rework",
    },
    ("ours", "eye"): {"submitted": "Submitted", "inspected": "Inspected", "asked": "Asked"},
    ("ours", "away"): {"shipped": "Shipped", "sent": "Sent", "away": "Away", "at_vendor": "At vendor"},
    ("ours", "lock"): {"frozen": "Frozen", "sealed": "Sealed", "locked": "Locked"},
    ("owed", "back"): {"returned": "Returned"},
    ("owed", "clock"): {"due": "Due", "expired": "Expired", "overdue": "Overdue", "evaluate": "Evaluate"},
    ("owed", "gap"): {
        "not_found": "Not found",
        "unmapped": "Unmapped",
        "undecided": "Undecided",
    },
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
        "contradicts": "Contradicts",
        "out_of_calibration": "Out of calibration",
        "late": "Late",
    },
    ("good", "tick"): {
        "approved": "Approved",
        "done": "Done",
        "pass": "Pass",
        "passed": "Passed",
        "match": "Match",
        "complete": "Complete",
        "completed": "Complete",
        "signed": "Signed",
        "in_service": "In service",
        "in_force": "In force",
        "active": "Active",
        "valid": "Valid",
        "ready_to_ship": "Ready to ship",
        "received_back": "Back and accepted",
        "mapped": "Mapped",
        "certified": "Certified",
    },
    ("good", "waves"): {"same": "Same after normalising"},
    ("good", "lock"): {"released": "Released"},
    ("good", "away"): {"dispatched": "Dispatched", "delivered": "Delivered"},
    ("excused", "diamond"): {
        "concession": "Concession",
        "dispositioned": "Dispositioned",
        "use_as_is": "Use as is",
        "conditional": "Accepted with condition",
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


@register.simple_tag
def state_pill(state: Any) -> StateLook:
    """Return word, shape and tone of a state: `{% state_pill record.state as look %}`."""
    return look_of(state)


@register.simple_tag
def link_states() -> list[StateLook]:
    """Return the eight looks a link of the chain can have, for the legend."""
    return list(LINK_LOOKS.values())


# --- the chain -------------------------------------------------------------------------------------------

# group: (code, head of a narrow column, name in a sentence), in the order of the chain of proof.
CHAIN = {
    "Planned and made": (
        ("NOTES", "NTS", "Notes"),
        ("ROUTE", "RTE", "Route"),
        ("STEPS", "STP", "Steps"),
        ("LOCK", "LCK", "Setup lock"),
    ),
    "Bought and sent out": (
        ("MATERIAL", "MAT", "Material"),
        ("COMPONENTS", "CMP", "Components"),
        ("APPROVAL", "APR", "Vendor approval"),
        ("CUSTODY", "CUS", "Custody"),
        ("PROCESS", "PRC", "Process certificates"),
        ("DATES", "DAT", "Dates"),
        ("INCOMING", "INC", "Incoming verification"),
    ),
    "Measured": (
        ("FINISH", "FIN", "Finish"),
        ("RESULTS", "RES", "Results"),
        ("FAI", "FAI", "First article"),
        ("NC", "NC", "Nonconformances"),
    ),
    "Shipped": (
        ("CLAUSES", "CLS", "Clauses"),
        ("COC", "COC", "Certificate of conformity"),
        ("PACK", "PCK", "Packing"),
        ("FILES", "FIL", "Files"),
        ("EXPORT", "EXP", "Export"),
        ("TRAIL", "TRL", "Audit trail"),
    ),
}
CLOSED = ("accepted", "waived", "na")
WORST_FIRST = ("rejected", "missing", "stale", "review", "received", "waived", "accepted", "na")


@dataclass(frozen=True)
class Link:
    """One link of the strip as a page shows it; `spoken` is the whole of it in words."""

    code: str
    short: str
    name: str
    look: StateLook
    sentence: str = ""
    owner: str = ""
    due_on: date | None = None
    is_late: bool = False
    is_closed: bool = False
    in_force: bool = True
    waits_for: str = ""
    url: str = ""

    @property
    def owner_mark(self) -> str:
        """Return two or three letters of the owner, for a column too narrow for the name."""
        words = [word for word in self.owner.replace(",", " ").split() if word[0].isalnum()]
        return "".join(word[0] for word in words[:3]).upper() if len(words) > 1 else self.owner[:3].upper()

    @property
    def spoken(self) -> str:
        owed = f" Owed by {self.owner}" if self.owner and not self.is_closed else ""
        if self.due_on and not self.is_closed:
            due = f"due {say_date(self.due_on, 'j M')}{', late' if self.is_late else ''}"
            owed = f"{owed}, {due}" if owed else f" {due.capitalize()}"
        said = f"{self.name}: {self.look.word.lower()}.{owed}{'.' if owed else ''} {self.sentence}".rstrip()
        return said if said.endswith((".", "!", "?")) else f"{said}."


@dataclass(frozen=True)
class LinkGroup:
    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Chain:
    groups: tuple[LinkGroup, ...]

    @property
    def links(self) -> list[Link]:
        return [link for group in self.groups for link in group.links]

    @property
    def counted(self) -> int:
        return sum(link.in_force for link in self.links)

    @property
    def closed(self) -> int:
        return sum(link.in_force and link.is_closed for link in self.links)


def _read(slot: Any, name: str, default: Any = "") -> Any:
    value = slot.get(name) if isinstance(slot, dict) else getattr(slot, name, None)
    return default if value is None else value


def _state_code(slot: Any) -> str:
    code = str(_read(slot, "state")).lower()
    return SAME_AS.get(code, code)


def _severity(slot: Any) -> int:
    code = _state_code(slot)
    return WORST_FIRST.index(code) if code in WORST_FIRST else 0


def _link(code: str, short: str, name: str, slots: list[Any]) -> Link:
    if not slots:
        dormant = StateLook("Not in force yet", "dot", "quiet")
        return Link(code, short, name, dormant, is_closed=False, in_force=False)
    worst = min(slots, key=_severity)
    state = _state_code(worst)
    is_closed = state in CLOSED
    open_count = sum(_state_code(slot) not in CLOSED for slot in slots)
    more = f" And {open_count - 1} more in this link." if open_count > 1 else ""
    waits_for = _read(worst, "waits_for")
    return Link(
        code=code,
        short=short,
        name=str(_read(worst, "label") or name),
        look=look_of(state),
        sentence=f"{_read(worst, 'sentence')}{more}",
        owner=str(_read(worst, "owner")),
        due_on=_read(worst, "due_on", None) or None,
        is_late=bool(_read(worst, "is_late", False)) and not is_closed,
        is_closed=is_closed,
        waits_for=waits_for if isinstance(waits_for, str) else ", ".join(map(str, waits_for)),
        url=str(_read(worst, "url")),
    )


@register.simple_tag
def chain_of(slots: Iterable[Any] | None = None) -> Chain:
    """Return the 21 links in order, in four groups; of several slots of one code the worst speaks.

    A code without a slot is a link that is not in force for this customer: shown flat, never counted.
    """
    by_code: dict[str, list[Any]] = {}
    for slot in slots or ():
        by_code.setdefault(str(_read(slot, "code")).upper(), []).append(slot)
    return Chain(
        tuple(
            LinkGroup(group, tuple(_link(*names, by_code.get(names[0], [])) for names in links))
            for group, links in CHAIN.items()
        )
    )


# --- the way between desks -------------------------------------------------------------------------------

# (label, URL name, begins a new group), in the order of the chain of proof.
SHOP_DESKS = (
    ("Board", "documents:board", False),
    ("Orders", "routes:order-list", True),
    ("Parts", "routes:part-list", False),
    ("Routes", "routes:route-list", False),
    ("Travelers", "routes:traveler-list", True),
    ("Material", "routes:material-list", False),
    ("Gauges", "routes:gauge-list", False),
    ("Outside work", "subcontract:order-list", True),
    ("Inspection", "inspection:record-list", True),
    ("First articles", "inspection:first-article-list", False),
    ("Nonconformances", "inspection:nonconformance-list", False),
    ("Certificates", "documents:certificate-list", True),
    ("Shipments", "documents:shipment-list", False),
    ("People", "portal:person-list", True),
)
VENDOR_DESKS = (
    ("Orders", "subcontract:order-list", False),
    ("Certificates", "documents:certificate-list", False),
)
BUYER_DESKS = (("Packages", "documents:package-list", False), ("Orders", "routes:order-list", False))
DESKS_BY_ROLE = {"vendor": VENDOR_DESKS, "buyer": BUYER_DESKS, "customer_quality": BUYER_DESKS}


@dataclass(frozen=True)
class Desk:
    label: str
    url: str
    current: bool
    starts_group: bool


def _is_under(path: str, url: str) -> bool:
    # A desk that stands at the root would otherwise be current on every page.
    return path == url or (url != "/" and path.startswith(url))


@register.simple_tag(takes_context=True)
def desk_nav(context: template.Context) -> list[Desk]:
    """Return the desks of the signed-in person that have an address: `{% desk_nav as nav %}`."""
    request = context.get("request")
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    found = []
    for label, name, starts_group in DESKS_BY_ROLE.get(person.role, SHOP_DESKS):
        try:
            found.append((label, reverse(name), starts_group))
        except NoReverseMatch:
            continue
    # The board stands at the root of some addresses; it is current only on its own page.
    under = (
        url for _, url, _ in found if request.path == url or (url != "/" and request.path.startswith(url))
    )
    here = max(under, key=len, default=None)
    return [Desk(label, url, url == here, starts_group) for label, url, starts_group in found]


# --- words and numbers -----------------------------------------------------------------------------------


@register.filter
def marked_against(shown: Any, expected: Any) -> SafeString:
    """Return a number with the signs marked that differ from another: 7T44<mark>81</mark> against 7T4418."""
    shown, expected = str(shown), str(expected)
    if shown == expected:
        return conditional_escape(shown)
    runs: list[tuple[bool, str]] = []
    for place, sign in enumerate(shown):
        differs = expected[place : place + 1] != sign
        if runs and runs[-1][0] == differs:
            runs[-1] = (differs, runs[-1][1] + sign)
        else:
            runs.append((differs, sign))
    return format_html_join(
        "",
        "{}",
        ((format_html('<span class="differs">{}</span>', run) if differs else run,) for differs, run in runs),
    )


def _walk(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = _read(row, name, None)
        if row is None:
            return None
    return row() if callable(row) else row


@register.filter
def cell(row: Any, column: dict) -> Any:
    """Return what a row says in a column of the table component, by key or by attribute path."""
    return _walk(row, column["key"])


@register.filter
def cell_url(row: Any, column: dict) -> Any:
    """Return the address behind a cell, if its column names one."""
    return _walk(row, column["url_key"]) if column.get("url_key") else None


@register.filter
def cell_note(row: Any, column: dict) -> Any:
    """Return the quiet second line of a cell, if its column names one."""
    return _walk(row, column["note_key"]) if column.get("note_key") else None
