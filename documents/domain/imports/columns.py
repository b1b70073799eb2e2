"""What a table of master data may hold: one declaration that makes the reading, the template and the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TEXT, DAY, WHOLE, NUMBER, TRUTH, CHOICE, LIST = "text", "day", "whole", "number", "truth", "choice", "list"

ACCEPTED = {
    TEXT: "text",
    DAY: "year-month-day, as in 2026-03-31; other orders are asked about",
    WHOLE: "a whole number",
    NUMBER: "a number; a comma in it is asked about",
    TRUTH: "yes or no",
    LIST: "several, separated by | or ;",
}


@dataclass(frozen=True)
class Column:
    """One column: its keyword, its title, what it means, an example, and how its cells are read.

    `choices` pairs a stored code with the words that stand for it, the first of them shown to people.
    Units:   `most` in characters.
    """

    name: str
    title: str
    meaning: str
    example: str = ""
    is_required: bool = False
    kind: str = TEXT
    most: int = 200
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def accepted(self) -> str:
        """Say which forms a cell may have."""
        if self.kind == CHOICE:
            return "one of: " + ", ".join(words[0] for _, words in self.choices)
        return (
            f"{ACCEPTED[self.kind]}, at most {self.most} characters"
            if self.kind == TEXT
            else ACCEPTED[self.kind]
        )

    @property
    def titles(self) -> set[str]:
        return {bare(title) for title in (self.title, self.name, *self.synonyms)}


@dataclass(frozen=True)
class Table:
    """The table of one noun: its columns in order, and those that tell one row from another.

    `asks` names the choices a person may give for a whole file, beside the order of dates and the decimal sign.
    """

    code: str
    title: str
    lead: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    asks: tuple[str, ...] = ()
    by_title: dict[str, str] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for column in self.columns:
            for title in column.titles:
                self.by_title.setdefault(title, column.name)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_required)


def bare(title: str) -> str:
    """Return a title as it is compared: no case, no punctuation; a sign of its own is a word."""
    spelled = re.sub(r"(?<!\w)-|-(?!\w)", " minus ", title.casefold()).replace("+", " plus ")
    return " ".join(re.sub(r"[\W_]+", " ", spelled).split())
