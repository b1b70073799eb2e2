"""Results without a head over them: Tensile strength | 985 MPa | (895 min), in one column or in several side by side.

A name that is known leads; what stands right of it says by itself what it is: limits stand in brackets, as a range or
behind a word, a unit is a unit. Where one plain figure is left it is the result; where two are, none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.formats.paper import ReadRow
from documents.formats.reading.layout import Cell, Line, box_of
from documents.formats.reading.numbers import Limits, read_limits, read_value
from documents.formats.reading.properties import CHEMISTRY, ELEMENTS, is_known, kind_of, role_in_a_sentence

# a letter alone names an element only where others stand on the page
FEWEST_ELEMENTS = 3
LONGEST_NAME, MOST_PARTS = 60, 7
# a name of more words than these before its figure is a sentence
MOST_WORDS = 4
_BRACKETS = re.compile(r"^[(\[（].*[)\]）]\W*$")
_IS_UNIT = re.compile(
    r"[(\[]?(?:%|MPa|N/mm²|N/mm2|ksi|psi|µm|μm|mm|mils?|in\.?|HRC|HRB|HBW?|HV\d*|% ?IACS|MS/m|J)[)\]]?"
)
_RANGE = re.compile(
    r"\d\s*(?:-|–|—|~|～|\.\.\.?|…|\bto\b|\bbis\b|\ba\b|至|÷|/)\s*[-+]?\d|^[≤≥<>]|^\D*(?:min|max|mín|máx|mind|höchst|least|most)|(?:min|max|mín|máx)\.?\W*$",
    re.I,
)
_UNIT_TOLD = re.compile(rf"(?:uom|units?|u/m|einheit|unidad|单位)\W*({_IS_UNIT.pattern})\W*$", re.I)
_LOWER, _UPPER = (
    re.compile(r"\b(?:lsl|ll|lower(?: limit)?)\W+", re.I),
    re.compile(r"\b(?:usl|ul|upper(?: limit)?)\W+", re.I),
)
_LEADING_WORD = re.compile(r"^\W*([^\W\d_]+)\W")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FIGURE = re.compile(r"^\s*[<≤≥>=~±]*\s*[-+−]?(?:\d|[.,]\d)")
# how many were looked at, which is no result: Coating thickness, 5 pieces
_IS_A_COUNT = re.compile(
    r"\d+\s*(?:pieces?|pcs|parts|samples?|specimens?|readings?|measurements?|points|places|stück|teile|proben|messungen"
    r"|messpunkte|piezas|muestras|mediciones|puntos|件|个|点|处)\W*$",
    re.I,
)
# the word before a name; what begins behind a name; what begins a further part
_HAS_FIGURE = re.compile(r"\d")
_TEST = re.compile(r"(?:test|check|prueba|ensayo|prüfung|项目)[:：]", re.I)
# a word behind a name that makes a sentence of it
_TELLS = re.compile(r"was|is|were|are|be|at|of|to|found|betrug|beträgt|ist|war|fue|es|de", re.I)
_BEGINS = re.compile(
    r"[<>≤≥=]?\d|[(\[（]\d|(?:min|max|mín|máx|act|actual|result|spec|req|soll|ist)\w*\.?[:：]", re.I
)
_BEGINS_A_PART = re.compile(
    r"[^\W\d_]+\.?[:：]|(?:min|max|mín|máx|soll|ist|actual|result|spec|req|allowed|limits?)\b", re.I
)


@dataclass
class Said:
    """What stands right of a name, part by part."""

    values: list[str] = field(default_factory=list)
    led: list[str] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    unit: str = ""
    cells: list[Cell] = field(default_factory=list)


def named_rows(lines: list[Line], how: str, comma: bool) -> list[tuple[Line, list[ReadRow]]]:
    """Return the results of lines no head stands over, each line with its own."""
    found = [(line, list(_of_line(line, how, comma))) for line in lines]
    elements = {row.property_name for _, rows in found for row in rows if row.property_name in ELEMENTS}
    is_analysis = len(elements) >= FEWEST_ELEMENTS
    return [
        (line, [row for row in rows if is_analysis or row.property_name not in ELEMENTS])
        for line, rows in found
    ]


def _of_line(line: Line, how: str, comma: bool) -> Iterator[ReadRow]:
    """Yield the results of a line: each begins at a name and ends before the next."""
    if not any(_HAS_FIGURE.search(cell.text) for cell in line.cells):
        return
    cells = [part for cell in line.cells for part in _apart(cell)]
    starts = [at for at, cell in enumerate(cells) if _is_name(cell.text)]
    for start, end in zip(starts, [*starts[1:], len(cells)], strict=False):
        parts = cells[start + 1 : end]
        if not 1 <= len(parts) <= MOST_PARTS:
            continue
        said = _said(parts, comma)
        if said is not None and (row := _row(cells[start], said, how, comma)):
            yield row


def _apart(cell: Cell) -> list[Cell]:
    """Part a cell such as C 0.036 (0.070 max) or TEST: HARDNESS MIN: 40 RESULT: 44 UOM: HRC where parts begin."""
    if len(cell.words) < 2 or not _HAS_FIGURE.search(cell.text) and not _TEST.match(cell.text):
        return [cell]
    lead = 1 if _TEST.fullmatch(cell.words[0].text) else 0
    words = cell.words[lead:]
    if lead and _is_name(" ".join(word.text for word in words)):
        return [Cell(words, cell.page)]
    at = next((at for at, word in enumerate(words) if at and _BEGINS.match(word.text)), 0)
    name = " ".join(word.text for word in words[:at])
    is_told = at and (_TELLS.fullmatch(words[at - 1].text) or role_in_a_sentence(words[at - 1].text))
    if not 0 < at <= MOST_WORDS or is_told or ":" in name or not _is_name(name):
        return [cell]
    parts = [[*words[:at]]]
    is_open = False
    for word in words[at:]:
        begins = (
            len(parts) == 1 or not is_open and (word.text[0] in "([（" or _BEGINS_A_PART.match(word.text))
        )
        parts += [[]] if begins else []
        parts[-1].append(word)
        is_open = (is_open or word.text[0] in "([（") and word.text[-1] not in ")]）"
    return [Cell(part, cell.page) for part in parts]


def _is_name(text: str) -> bool:
    if _IS_UNIT.fullmatch(text.strip()) or _UNIT_TOLD.match(text):
        return False
    bare = re.sub(r"[(\[（][^)\]）]*[)\]）]|\s*[:：.]+\s*$", "", text).strip(" .·")
    if bare.rstrip("%").strip() in ELEMENTS:
        return True
    has_figures = re.search(r"\d", bare.replace("0,2", "").replace("0.2", "").replace("A5", ""))
    return len(bare) <= LONGEST_NAME and len(bare) > 2 and not has_figures and is_known(bare)


def _said(parts: list[Cell], comma: bool) -> Said | None:
    """Sort what stands right of a name; nothing where a part is neither a figure nor a limit nor a unit."""
    said = Said(cells=parts)
    for part in parts:
        text = part.text.strip(" |;,")
        if _IS_UNIT.fullmatch(text):
            said.unit = said.unit or text.strip("()[]")
            continue
        if unit := _UNIT_TOLD.match(text):
            said.unit = said.unit or unit[1]
            continue
        word = _LEADING_WORD.match(text)
        role = role_in_a_sentence(word[1]) if word else ""
        rest = text[word.end() :].strip() if role else text
        if not re.search(r"\d", text) or role == "other" or _IS_A_COUNT.match(text):
            continue
        limits = _limits_in(rest, comma)
        if role == "value" and _FIGURE.match(rest):
            said.led.append(rest)
        elif (
            role == "limits"
            or (limits.minimum or limits.maximum)
            and (_BRACKETS.match(text) or _RANGE.search(rest) or _LOWER.match(text) or _UPPER.match(text))
        ):
            said.limits = Limits(
                limits.minimum or said.limits.minimum,
                limits.maximum or said.limits.maximum,
                limits.unit or said.limits.unit,
            )
        elif _FIGURE.match(text):
            said.values.append(text)
        elif len(_WORD.findall(text)) > 2:
            return None
    return said


def _limits_in(text: str, comma: bool) -> Limits:
    bare = _UPPER.sub("max ", _LOWER.sub("min ", text.strip(" ()[]（）")))
    found = read_limits(bare, comma=comma)
    if found.minimum or found.maximum:
        return found
    # a word such as required or allowed leads them
    begin = re.search(r"(?=\bmin|\bmax|\bmín|\bmáx|[<>≤≥\d])", bare, re.I)
    return read_limits(bare[begin.start() :], comma=comma) if begin else found


def _row(name: Cell, said: Said, how: str, comma: bool) -> ReadRow | None:
    figures = said.led or said.values
    if len(figures) != 1:
        return None
    number, unit = read_value(figures[0], comma=comma)
    if not number or re.match(r"\D*[\d.,]+\s*(?:of|von|de|/)\s*\d", figures[0]):
        return None
    in_name = re.search(r"(?:[(\[（]|,)\s*([^)\]）\d,]{1,12})\s*[)\]）]?[\s:：]*$", name.text)
    unit = (
        unit
        or said.unit
        or (in_name[1] if in_name and _IS_UNIT.fullmatch(in_name[1]) else "")
        or said.limits.unit
    )
    plain = re.sub(r"\s*[(\[（][^)\]）]*[)\]）]|[\s:：.·]+$", "", name.text).strip()
    plain = plain.removesuffix(f", {unit}").strip()
    kind = kind_of(plain)
    if kind == CHEMISTRY:
        unit = unit or "%"
    elif not unit and not (said.limits.minimum or said.limits.maximum):
        # a figure with nothing beside it may count anything
        return None
    return ReadRow(
        test=kind,
        property_name=plain[:80],
        value=number,
        unit=unit[:20],
        minimum=said.limits.minimum,
        maximum=said.limits.maximum,
        page=name.page,
        box=box_of(word for cell in (name, *said.cells) for word in cell.words),
        how=how,
    )
