"""What one row does to what is there: adds, changes, agrees, or differs where nothing may be changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

NEW, CHANGED, SAME, DIFFERS, WRONG, ASKED = "new", "changed", "same", "differs", "wrong", "asked"
VERDICTS = {
    NEW: "New",
    CHANGED: "Changes what is there",
    SAME: "Same as there",
    DIFFERS: "Differs from what is there",
    WRONG: "Wrong",
    ASKED: "Asked",
}


@dataclass(frozen=True)
class Difference:
    """One field: what the portal has and what the file says."""

    field: str
    there: str
    given: str


@dataclass
class Outcome:
    """What the rows' noun did, or would do, with one row."""

    made: list[str] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    differs: list[Difference] = field(default_factory=list)

    def compare(self, title: str, there: object, given: object) -> None:
        """Note a difference that nothing may settle; an empty cell says nothing."""
        if given is not None and not is_same(there, given):
            self.differs.append(Difference(title, shown(there), shown(given)))

    def change(self, title: str, there: object, given: object) -> bool:
        """Note a difference that a verb settles, and say whether there is one."""
        if given is None or is_same(there, given):
            return False
        self.changed.append(Difference(title, shown(there), shown(given)))
        return True

    @property
    def verdict(self) -> str:
        if self.differs:
            return DIFFERS
        if self.made:
            return NEW
        return CHANGED if self.changed else SAME


def is_same(there: object, given: object) -> bool:
    """Say whether two values are the same; text is compared without blanks at its ends."""
    if isinstance(there, str) and isinstance(given, str):
        return there.strip() == given.strip()
    return there == given


def shown(value: object) -> str:
    """Return a value as people read it."""
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list | tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
