"""Values of one column from a plain text file, a header allowed."""

from __future__ import annotations

import re
from math import isfinite
from pathlib import Path

LARGEST_BYTES = 20_000_000
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


class NotAColumn(Exception):
    """The file is not one column of numbers; the text says what and where."""


def values_of_column(path: str | Path) -> list[float]:
    """Return the numbers of a one-column file in order; a first line that is no number is its header.

    A decimal comma is read where it cannot be a separator: the column is one, so there is none.
    Raises:  NotAColumn naming the line.
    """
    path = Path(path)
    values = []
    for at, line in enumerate(text_of(path), start=1):
        text = line.strip().strip("\"'").strip().rstrip(",;\t ")
        if not text:
            continue
        if NUMBER.fullmatch(text) is None:
            if any(mark in text for mark in (";", "\t")) or text.count(",") > 1:
                raise NotAColumn(f"Line {at} of {path.name} has several columns; give a file with one.")
            if at == 1:
                continue
            raise NotAColumn(f"Line {at} of {path.name} says “{text[:40]}”, which is not a number.")
        number = float(text.replace(",", "."))
        if not isfinite(number):
            raise NotAColumn(
                f"Line {at} of {path.name} says “{text[:40]}”, which is too large to be a value."
            )
        values.append(number)
    if not values:
        raise NotAColumn(f"{path.name} holds no numbers.")
    return values


def text_of(path: str | Path) -> list[str]:
    """Return the lines of a text file.

    Raises:  NotAColumn for a file that is missing, too large or not text.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NotAColumn(f"There is no file {path}.") from None
    except OSError as error:
        raise NotAColumn(f"{path} cannot be read: {error.strerror or 'unknown cause'}.") from None
    if len(content) > LARGEST_BYTES:
        raise NotAColumn(f"{path.name} is larger than 20 MB; a table of values is not.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise NotAColumn(f"{path.name} is not a text file.")
        return text.splitlines()
    raise NotAColumn(f"{path.name} is not a text file.")
