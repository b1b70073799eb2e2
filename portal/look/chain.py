"""The chain of proof as a strip: 21 links in four groups, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.template.defaultfilters import date as say_date

from portal.look.states import SAME_AS, StateLook, look_of

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
DORMANT = StateLook("Not in force yet", "dot", "quiet")
NOT_IN_FORCE = "not_in_force"
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
        """Return the whole link as it is read aloud."""
        owed = f" Owed by {self.owner}" if self.owner and not self.is_closed else ""
        if self.due_on and not self.is_closed:
            due = f"due {say_date(self.due_on, 'j M')}{', late' if self.is_late else ''}"
            owed = f"{owed}, {due}" if owed else f" D{due[1:]}"
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


def read(slot: Any, name: str, default: Any = "") -> Any:
    """Return a named value of a dictionary or of a record; nothing there is the default."""
    value = slot.get(name) if isinstance(slot, dict) else getattr(slot, name, None)
    return default if value is None else value


def _state_code(slot: Any) -> str:
    return _known_by(str(read(slot, "state")))


# asked for some thousand links of one board
@cache
def _known_by(state: str) -> str:
    code = state.lower()
    return SAME_AS.get(code, code)


@cache
def _rank(code: str) -> int:
    return WORST_FIRST.index(code) if code in WORST_FIRST else 0


def _severity(slot: Any) -> tuple[bool, bool, int]:
    code = _state_code(slot)
    # what only waits for another link speaks for its own only when nothing else in it needs an act
    is_waiting = code not in CLOSED and bool(read(slot, "waits_for"))
    return (code in CLOSED, is_waiting, _rank(code))


def _link(code: str, short: str, name: str, slots: list[Any]) -> Link:
    if not slots:
        return Link(code, short, name, DORMANT, is_closed=False, in_force=False)
    judged = [slot for slot in slots if _state_code(slot) != NOT_IN_FORCE]
    if not judged:
        return _left_out(code, short, name, slots[0])
    worst = min(judged, key=_severity) if len(judged) > 1 else judged[0]
    state = _state_code(worst)
    is_closed = state in CLOSED
    open_count = 0 if is_closed else sum(_state_code(slot) not in CLOSED for slot in judged)
    more = f" And {open_count - 1} more in this link." if open_count > 1 else ""
    waits_for = read(worst, "waits_for")
    url = str(read(worst, "url"))
    if waits_for and "#" in url:
        # what only waits has no finding of its own; one line names all of it
        url = f"{url.partition('#')[0]}#waiting"
    return Link(
        code=code,
        short=short,
        name=str(read(worst, "label") or name),
        look=look_of(state),
        sentence=f"{read(worst, 'sentence')}{more}",
        owner=str(read(worst, "owner")),
        due_on=read(worst, "due_on", None) or None,
        is_late=bool(read(worst, "is_late", False)) and not is_closed,
        is_closed=is_closed,
        waits_for=waits_for if isinstance(waits_for, str) else ", ".join(map(str, waits_for)),
        url=url,
    )


def _left_out(code: str, short: str, name: str, slot: Any) -> Link:
    """Return a link that a signed policy leaves out for the customer; it leads to that policy."""
    return Link(
        code,
        short,
        name,
        look_of(NOT_IN_FORCE),
        sentence=str(read(slot, "sentence")),
        in_force=False,
        url=str(read(slot, "url")),
    )


def arrange(slots: Iterable[Any] | None = None) -> Chain:
    """Return the 21 links in order, in four groups; of several slots of one code the worst speaks.

    A link that is not in force for this customer, or has no slot at all, is shown flat and never counted.
    """
    by_code: dict[str, list[Any]] = {}
    for slot in slots or ():
        by_code.setdefault(str(read(slot, "code")).upper(), []).append(slot)
    return Chain(
        tuple(
            LinkGroup(group, tuple(_link(*names, by_code.get(names[0], [])) for names in links))
            for group, links in CHAIN.items()
        )
    )
