"""Numbers of one file, with a point or with a comma, but never with both."""

from __future__ import annotations

import re
from decimal import Decimal

from portal.intake.unreadable import FileNotReadable
from routes.formats.numbers import NotANumber, exact

_COMMA = re.compile(r"[+-]?\d*,\d*([eE][+-]?\d{1,3})?")


class Numbers:
    """Reads the numbers of one file and remembers by which sign they are divided.

    Where some have a comma and others a point, “1,234” may be a thousand or a little more than one, so the file is
    refused rather than guessed at.
    """

    def __init__(self, what: str = "table") -> None:
        self.what = what
        self._first: dict[str, str] = {}

    def read(self, text: str | None, place: str) -> Decimal | None:
        """Return the number a cell shows, None for an empty one.

        Raises:  FileNotReadable naming the place of what is no number, or of the first number divided otherwise.
        """
        text = (text or "").strip()
        if not text:
            return None
        shown = text
        if _COMMA.fullmatch(text):
            self._note(",", place)
            text = text.replace(",", ".")
        elif "." in text:
            self._note(".", place)
        try:
            return exact(text)
        except NotANumber as error:
            raise FileNotReadable(
                f"The {self.what} cannot be taken over: {place}: {error}. Correct it in the program that made the file."
                if text == shown
                else f"The {self.what} cannot be taken over: {place}: “{shown[:30]}” is not a number. "
                "Correct it in the program that made the file."
            ) from error

    def _note(self, sign: str, place: str) -> None:
        if sign in self._first:
            return
        self._first[sign] = place
        if len(self._first) == 2:
            raise FileNotReadable(
                f"The {self.what} writes numbers with a decimal comma ({self._first[',']}) and with a decimal point "
                f"({self._first['.']}). Export it with one of them throughout."
            )
