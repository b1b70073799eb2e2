"""Results told in words: Hardness (HRC), and below it Required 40 to 47, Obtained 45; or all of that in one sentence.

A name that is known leads; behind it, or on the next lines, words such as required and obtained say which figure is
which. A figure no such word leads is never taken for the result.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from documents.formats.paper import ReadRow
from documents.formats.reading.layout import Cell, Line, box_of
from documents.formats.reading.numbers import Limits, read_limits, read_value
from documents.formats.reading.properties import is_known, kind_of, role_in_a_sentence
from portal.intake.words import Word

VALUE, LIMITS = "value", "limits"
# lines below a name that may still tell of it, and how far apart they stand in heights of the letters
MOST_LINES, APART = 4, 1.6
LONGEST_NAME = 60
# words whose left edges are this near begin in one column, in shares of the width of the page
SAME_EDGE = 0.012
_NAME = re.compile(
    r"^(?:[A-Z]\d\d\s+)?(?P<name>[^\W\d][^\d:：;(\[（]{1,50}+)"
    r"(?:[(\[（]\s*(?P<unit>[^)\]）\d]{1,12}|HV\s?\d+|HBW\s?[\d/]+)\s*[)\]）])?\s*(?:[:：]\s*|$)"
)
# names plain enough to be told inside a sentence
_PLAIN_NAME = re.compile(
    r"(?:coating|film|plating|layer) thickness|(?:case |surface |core )?hardness|(?:electrical )?conductivity"
    r"|(?:ultimate )?tensile strength|yield strength|elongation|schichtdicke|(?:oberflächen|kern)?härte|zugfestigkeit"
    r"|streckgrenze|dehngrenze|bruchdehnung|leitfähigkeit|espesor(?: del? recubrimiento| de capa)?|dureza|conductividad"
    r"|resistencia a la tracción|límite elástico|alargamiento|(?:涂层|膜层|镀层)厚度"
    r"|膜厚|硬度|电导率|抗拉强度|屈服强度|伸长率",
    re.I,
)
# between such a name and its figure: a few words that say that it was measured
_FIRST_FIGURE = re.compile(
    r"\W*(?:(?:was|is|were|of|at|found|to|be|measured|averaged|average|avg|mean|read|as|betrug|beträgt|liegt|bei|von|wurde|mit"
    r"|gemessen|fue|es|de|promedio|resultó|medido|medida|是|为|实测|平均)\W*){0,5}(?=[<>≤≥=]?\s*\d)",
    re.I,
)
# a figure with one of these behind it is a limit
_LIMIT_BEHIND = re.compile(
    r"\W*(?:min|max|mín|máx|or (?:more|less)|at (?:least|most)|mind|höchst|to \d|-\s?\d|bis \d|以上|以下)",
    re.I,
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
        found = _in_columns(lines, at, how, comma)
        return found, 1 if found else 0
    rest, used = lines[at].text[head.end() :], 1
    if not rest.strip():
        below = list(_lines_below(lines, at))
        rest, used = " ; ".join(line.text for line in below), 1 + len(below)
    words = [word for line in lines[at : at + used] for cell in line.cells for word in cell.words]
    row = _row(head["name"], head["unit"], _told(rest), words, lines[at].page, how, comma)
    if row is None:
        found = _in_columns(lines, at, how, comma)
        return found, 1 if found else 0
    return [row], used


def _in_columns(lines: list[Line], at: int, how: str, comma: bool) -> list[ReadRow]:
    """Return the results told under a name in its own column, where other columns stand beside it."""
    found = []
    for cell in lines[at].cells:
        head = _NAME.fullmatch(cell.text)
        if not head or len(head["name"]) > LONGEST_NAME or not is_known(head["name"]):
            continue
        below = list(_cells_below(lines, at, cell))
        told = _told(" ; ".join(each.text for each in below))
        words = [word for each in (cell, *below) for word in each.words]
        row = _row(head["name"], head["unit"], told, words, cell.page, how, comma)
        found += [row] if row else []
    return found


def _cells_below(lines: list[Line], at: int, cell: Cell) -> Iterator[Cell]:
    """Yield the cells under a name that begin where it does and with a word that leads a figure."""
    above = cell
    for line in lines[at + 1 : at + 1 + 2 * MOST_LINES]:
        height = above.box.bottom - above.box.top
        if line.page != cell.page or line.top - above.box.bottom > 2 * APART * height:
            return
        for other in line.cells:
            first = _WORD.match(other.text)
            if abs(other.box.left - cell.box.left) < SAME_EDGE:
                if not first or not role_in_a_sentence(first[0]):
                    return
                yield other
                above = other


def in_a_sentence(line: Line, how: str, comma: bool) -> Iterator[ReadRow]:
    """Yield the results of a sentence: Gemessen wurde: Schichtdicke 18 µm (gefordert 15 bis 25 µm)."""
    names = list(_PLAIN_NAME.finditer(line.text))
    for number, name in enumerate(names):
        if name.end() == len(line.text) or is_asked(line.text[: name.start()]):
            continue
        end = names[number + 1].start() if number + 1 < len(names) else len(line.text)
        behind = unicodedata.normalize("NFKC", line.text[name.end() : end])
        figure = _FIRST_FIGURE.match(behind)
        value, unit = read_value(behind[figure.end() :], comma=comma) if figure else ("", "")
        rest = behind[figure.end() :].partition(unit)[2] if unit else ""
        if not unit or _LIMIT_BEHIND.match(rest):
            continue
        told = Told(behind[figure.end() :], _told(rest).limits)
        words = [word for cell in line.cells for word in cell.words]
        row = _row(name[0], None, told, words, line.page, how, comma)
        if row is not None and row.value == value:
            yield row


def is_asked(before: str) -> bool:
    """Say whether the words before a name in its sentence say what is asked, not what was found."""
    words = _WORD.findall(re.split(r"[.;。；]\s", before)[-1])
    roles = [role for word in words if (role := role_in_a_sentence(word))]
    return bool(roles) and roles[-1] == LIMITS


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


def _row(
    name: str, in_name: str | None, told: Told, words: list[Word], page: int, how: str, comma: bool
) -> ReadRow | None:
    number, unit = read_value(told.value, comma=comma)
    if not number:
        return None
    limits = read_limits(told.limits, comma=comma) if told.limits else Limits()
    if not told.limits and told.lead:
        # the limits stand first, with no word of their own
        limits = read_limits(told.lead, comma=comma)
    name = name.strip(" ,-–")
    return ReadRow(
        test=kind_of(name),
        property_name=name[:80],
        value=number,
        unit=(unit or in_name or limits.unit or "").strip()[:20],
        minimum=limits.minimum,
        maximum=limits.maximum,
        page=page,
        box=box_of(words),
        how=how,
    )
