"""What an AQDEF file literally says, line by line: K fields of parts and characteristics, and sets of values.

A line is either one field (`K2101/3 12.5`: nominal of characteristic 3) or a line of values, one characteristic after
the other. The index 0, or none, speaks of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.intake.unreadable import FileNotReadable

MOST_LINES = 2_000_000
MOST_VALUES = 1_000_000
BETWEEN_CHARACTERISTICS, BETWEEN_FIELDS = "\x0f", "\x14"
# the order of the fields within a line of values, of a measured and of a counted characteristic
_MEASURED = ["K0001", "K0002", "K0004", "K0005", "K0006", "K0007", "K0008", "K0010", "K0011", "K0012"]
_COUNTED = ["K0020", "K0021", "", *_MEASURED[1:]]
_FIELD = re.compile(r"K(\d{3,4})(?:/(\d{1,9}))?(?:[ \t]+(.*))?$", re.DOTALL)
_FIRST_FIELDS = frozenset({"K0001", "K0020"})
COUNTED_KINDS = frozenset({"1", "5", "6"})


@dataclass(slots=True)
class RawEntry:
    """One value of one characteristic with all that is said about it; `line` is 0 unless it is a line of values."""

    fields: dict[str, str]
    line: int = 0


@dataclass(slots=True)
class RawItem:
    """One characteristic: its fields, the part it belongs to, its values in file order."""

    part: int
    fields: dict[str, str] = field(default_factory=dict)
    entries: list[RawEntry] = field(default_factory=list)


@dataclass
class RawAqdef:
    announced: str = ""
    parts: dict[int, dict[str, str]] = field(default_factory=dict)
    items: dict[int, RawItem] = field(default_factory=dict)
    for_all_items: dict[str, str] = field(default_factory=dict)
    value_lines: int = 0
    value_count: int = 0
    has_hierarchy: bool = False
    _part: int = 1

    def take(self, code: str, index: int | None, text: str) -> None:
        """Take one field over, by what its code is about."""
        if code in ("K0100", "K0101"):
            self.announced = self.announced or (text if code == "K0100" else "")
        elif code.startswith("K1"):
            self._take_part(code, index, text)
        elif code.startswith(("K2", "K8")):
            if index:
                self._item(index).fields[code] = text
            else:
                self.for_all_items[code] = text
        elif code.startswith("K5"):
            self.has_hierarchy = True
        elif code.startswith("K0"):
            self._take_about_value(code, index, text)

    def _take_part(self, code: str, index: int | None, text: str) -> None:
        self._part = index or self._part
        self.parts.setdefault(self._part, {})[code] = text

    def _item(self, index: int) -> RawItem:
        if index not in self.items:
            self.parts.setdefault(self._part, {})
            self.items[index] = RawItem(self._part)
        return self.items[index]

    def _take_about_value(self, code: str, index: int | None, text: str) -> None:
        """Begin a value, or add what is said about the one before."""
        about = [self._item(index)] if index else list(self.items.values())
        for item in about:
            if code in _FIRST_FIELDS:
                self._begin(item, RawEntry({code: text}))
            elif item.entries:
                last = item.entries[-1].fields
                if index:
                    last[code] = text
                else:
                    last.setdefault(code, text)

    def _begin(self, item: RawItem, entry: RawEntry) -> None:
        self.value_count += 1
        if self.value_count > MOST_VALUES:
            raise FileNotReadable(
                f"The file holds more than {MOST_VALUES:,} values. Export it in several files."
            )
        item.entries.append(entry)

    def take_values(self, line: str, number: int) -> None:
        """Take a line of values over: one characteristic after the other, in the order of their numbers."""
        cells = line.split(BETWEEN_CHARACTERISTICS)
        if len(cells) > 1 and not cells[-1].strip():
            cells.pop()
        items = self._items_of_line(len(cells), number)
        self.value_lines += 1
        for item, cell in zip(items, cells, strict=True):
            names = _COUNTED if item.fields.get("K2004", "").strip() in COUNTED_KINDS else _MEASURED
            texts = cell.split(BETWEEN_FIELDS)
            fields = {name: text.strip() for name, text in zip(names, texts, strict=False) if name}
            if any(fields.values()):
                self._begin(item, RawEntry(fields, number))

    def _items_of_line(self, count: int, number: int) -> list[RawItem]:
        everything = [self.items[index] for index in sorted(self.items)]
        if not everything:
            raise FileNotReadable(
                f"Line {number} of the file holds values, and no characteristic is described before it. Send the "
                "description (.dfd) together with the values (.dfx), or both in one .dfq file."
            )
        for items in (everything, [item for item in everything if item.part == self._part]):
            if len(items) == count:
                return items
        raise FileNotReadable(
            f"Line {number} of the file holds {count} values, and {len(everything)} characteristics are described. "
            "Export the file again; nobody can tell whose these values are."
        )


def harvest(text: str) -> RawAqdef:
    """Collect the fields and values of one AQDEF file.

    Raises:  FileNotReadable naming the line that is neither, or when there is more than anybody measured.
    """
    raw = RawAqdef()
    for number, line in _lines(text):
        found = _FIELD.match(line)
        if found:
            index = int(found[2]) if found[2] is not None else None
            raw.take(f"K{found[1]:>04}", index, (found[3] or "").strip())
        elif _is_values(line):
            raw.take_values(line, number)
        else:
            raise FileNotReadable(
                f"Line {number} of the file is neither a K field nor a line of values: “{line.strip()[:30]}”. "
                "Export it again."
            )
    return raw


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty; only line ends divide them, since the separators are controls too."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if number > MOST_LINES:
            raise FileNotReadable(f"The file has more than {MOST_LINES:,} lines. Export it in several files.")
        if line.strip(" \t\x1a"):
            yield number, line


def _is_values(line: str) -> bool:
    first = re.split(f"[{BETWEEN_CHARACTERISTICS}{BETWEEN_FIELDS}]", line, maxsplit=1)
    return len(first) > 1 or re.fullmatch(r"\s*[+-]?[\d.,]+([eE][+-]?\d+)?\s*", line) is not None


def is_aqdef(text: str) -> bool:
    """Say whether a text begins as an AQDEF file does."""
    first = text.lstrip("\ufeff \t\r\n")[:200]
    return re.match(r"K(0?100|1\d{3}|2\d{3}|0\d{3})(/\d+)?[ \t\r\n]", first) is not None
