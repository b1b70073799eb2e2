"""Results told in words: Hardness (HRC), and below it Required 40 to 47, Obtained 45; or all of that in one sentence.

A name that is known leads; behind it, or on the next lines, words such as required and obtained say which figure is
which. A figure no such word leads is never taken for the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.formats.paper import ReadRow
from documents.formats.reading.layout import Line, box_of
from documents.formats.reading.numbers import Limits, read_limits, read_value
from documents.formats.reading.properties import is_known, kind_of, role_in_a_sentence

VALUE, LIMITS = "value", "limits"
# lines below a name that may still tell of it, and how far apart they stand in heights of the letters
MOST_LINES, APART = 4, 1.6
LONGEST_NAME = 60
_NAME = re.compile(
    r"^(?:[A-Z]\d\d\s+)?(?P<name>[^\W\d][^\d:：;(\[（]{1,50}+)"
    r"(?:[(\[（]\s*(?P<unit>[^)\]）\d]{1,12}|HV\s?\d+|HBW\s?[\d/]+)\s*[)\]）])?\s*(?:[:：]\s*|$)"
)
_WORD = re.compile(r"[一-鿿]{2,4}|[^\W\d_]+")
# between the word that leads a figure and the figure
_LEADS = re.compile(
    r"^[\s:：=]*(?:(?:at|of|was|is|to|be|with|de|von|con)\s+){0,2}"
    r"(?=[<>≤≥=~]*\s*[-+−]?[\d.,]|min|max|mín|máx)",
    re.I,
)


@dataclass(frozen=True)
class Told:
    """What the words behind a name say: the text behind each word that leads a figure."""

    value: str = ""
    limits: str = ""
    lead: str = ""


def told_at(lines: list[Line], at: int, how: str, comma: bool) -> tuple[list[ReadRow], int]:
    """Return the result told from a line on, and how many lines tell it; nothing and 0 where none is told."""
    head = _NAME.match(lines[at].text)
    if not head or len(head["name"]) > LONGEST_NAME or not is_known(head["name"]):
        return [], 0
    rest, used = lines[at].text[head.end() :], 1
    if not rest.strip():
        below = list(_lines_below(lines, at))
        rest, used = " ; ".join(line.text for line in below), 1 + len(below)
    row = _row(head, _told(rest), lines[at : at + used], how, comma)
    return ([row], used) if row else ([], 0)


def _lines_below(lines: list[Line], at: int) -> Iterator[Line]:
    """Yield the lines under a name that begin with a word that leads a figure."""
    above = lines[at]
    height = above.bottom - above.top
    for line in lines[at + 1 : at + 1 + MOST_LINES]:
        first = _WORD.match(line.text)
        is_near = line.page == above.page and line.top - above.bottom < APART * height
        if not is_near or not first or not role_in_a_sentence(first[0]):
            return
        yield line
        above = line


def _told(text: str) -> Told:
    """Part a text at the words that lead figures; of two words of one kind the last counts, being the mean."""
    found = [(each, role) for each in _WORD.finditer(text) if (role := role_in_a_sentence(each[0]))]
    said = {}
    for number, (word, role) in enumerate(found):
        end = found[number + 1][0].start() if number + 1 < len(found) else len(text)
        behind = text[word.end() : end]
        if leads := _LEADS.match(behind):
            said[role] = behind[leads.end() :].strip()
    lead = text[: found[0][0].start()].strip() if found else ""
    return Told(said.get(VALUE, ""), said.get(LIMITS, ""), lead)


def _row(head: re.Match, told: Told, lines: list[Line], how: str, comma: bool) -> ReadRow | None:
    number, unit = read_value(told.value, comma=comma)
    if not number:
        return None
    limits = read_limits(told.limits, comma=comma) if told.limits else Limits()
    if not told.limits and told.lead:
        # the limits stand first, with no word of their own
        limits = read_limits(told.lead, comma=comma)
    name = head["name"].strip(" ,-–")
    return ReadRow(
        test=kind_of(name),
        property_name=name[:80],
        value=number,
        unit=(unit or head["unit"] or limits.unit or "").strip()[:20],
        minimum=limits.minimum,
        maximum=limits.maximum,
        page=lines[0].page,
        box=box_of(word for line in lines for cell in line.cells for word in cell.words),
        how=how,
    )
