"""One answer of the chain check: what is demanded, of which lot, how it stands, who owes it, where to act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

MISSING, RECEIVED, REVIEW, REJECTED = "missing", "received", "review", "rejected"
ACCEPTED, STALE, WAIVED, NA = "accepted", "stale", "waived", "na"
# the whole check is left out for the customer by a signed policy; shown, never counted
NOT_IN_FORCE = "not_in_force"
CLOSED = (ACCEPTED, WAIVED, NA, NOT_IN_FORCE)
# who may let a demand pass follows its source: our own rule, the customer's paper, or law and truth
HOUSE, CUSTOMER, NOBODY = "house", "customer", "nobody"


def start(words: str) -> str:
    """Return words as they begin a sentence; names within them keep their letters."""
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Slot:
    """One demand on one lot.

    subject   what it is about within its check, the same for as long as the demand stands: "40/1", "note 3"
    demand    what must be there, in one sentence
    source    who says so: drawing note, order line, operation, standard and clause
    evidence  the record that closes it, by number
    reason    why it is open (or why it is not applicable), in one sentence that says what to do
    waived_by who may let it pass: the house, the customer, nobody
    waits     open only because an earlier link is; nobody can do anything here yet
    """

    code: str
    lot: str
    demand: str
    source: str
    state: str
    owner: str = ""
    due_on: date | None = None
    since: date | None = None
    evidence: str = ""
    reason: str = ""
    waits: bool = False
    subject: str = ""
    waived_by: str = CUSTOMER
    url_name: str = "routes:traveler-detail"
    url_kwargs: dict[str, str] = field(default_factory=dict)

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is asked: accepted, waived by somebody who may, not applicable, or not in force."""
        return self.state in CLOSED

    @property
    def stops(self) -> bool:
        """Whether somebody can and must act here now."""
        return not self.is_closed and not self.waits

    @property
    def sentence(self) -> str:
        """What to say about it: the reason where there is one, else the demand."""
        return self.reason or self.demand


@dataclass(frozen=True)
class Demand:
    """What one check asks of one subject; the ways to answer it make slots."""

    code: str
    lot: str
    text: str
    source: str
    owner: str = ""
    due_on: date | None = None
    subject: str = ""
    waived_by: str = CUSTOMER
    url_name: str = "routes:traveler-detail"
    url_kwargs: dict[str, str] = field(default_factory=dict)

    def _slot(self, state: str, **answer) -> Slot:
        facts = {"owner": self.owner, "due_on": self.due_on} | answer
        return Slot(
            code=self.code,
            lot=self.lot,
            demand=self.text,
            source=self.source,
            state=state,
            subject=self.subject,
            waived_by=self.waived_by,
            url_name=facts.pop("url_name", self.url_name),
            url_kwargs=facts.pop("url_kwargs", self.url_kwargs or {"number": self.lot}),
            **facts,
        )

    def accepted(self, evidence: str) -> Slot:
        """Close it with the record that proves it."""
        return self._slot(ACCEPTED, evidence=evidence, owner="")

    def not_applicable(self, reason: str) -> Slot:
        """Close it by rule."""
        return self._slot(NA, reason=reason, owner="", due_on=None)

    def open(self, state: str, reason: str, **answer) -> Slot:
        """Leave it open: somebody must act."""
        return self._slot(state, reason=reason, **answer)

    def waiting(self, reason: str, **answer) -> Slot:
        """Leave it open behind an earlier link."""
        return self._slot(MISSING, reason=reason, waits=True, **answer)
