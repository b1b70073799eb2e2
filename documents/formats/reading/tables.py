"""Tables of results: a property a row, or elements side by side; and results written out in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from documents.formats.paper import ReadRow
from documents.formats.reading.columns import Column, by_role, columns_of, groups_of
from documents.formats.reading.layout import Cell, Line, box_of
from documents.formats.reading.named_rows import named_rows
from documents.formats.reading.numbers import read_limits, read_value, writes_comma
from documents.formats.reading.properties import (
    CHEMISTRY,
    ELEMENTS,
    is_known,
    kind_of,
    row_head_of,
)
from documents.formats.reading.told_results import in_a_sentence, is_asked, told_at

# an element table has at least so many elements side by side
FEWEST_ELEMENTS = 3
LONGEST_SYMBOL = 4
# a name of more words than these is a sentence
MOST_WORDS = 5
# rows without a value in a row end a table
MOST_GAPS = 2
_UNIT_IN_NAME = re.compile(
    r"[(\[（]\s*([^)\]）]{1,14})\s*[)\]）]\s*$|(?:,\s*|\s/?\s*|\sin\s)(%|MPa|N/mm²|N/mm2|mm|µm|μm|ksi|psi|mils?|HRC|HRB|J)\s*$"
)
_UNIT = re.compile(r"%|MPa|N/mm|ksi|psi|µm|μm|mm|mil|in\b|HRC|HRB|HV|HB|IACS|J\b|°C|MS/m|ppm|kN")
_PROPERTY = re.compile(
    r"(?:ultimate )?tensile(?: strength| stress)?"
    r"|yield(?: strength| stress| point)?|proof (?:stress|strength)|elongation"
    r"|reduction of area|hardness|zugfestigkeit|streckgrenze|dehngrenze|bruchdehnung|抗拉强度|屈服强度|(?:断后)?伸长率",
    re.I,
)
_RESULT = re.compile(r"^(?P<name>[^\d:：]*?(?:\d[.,]?\d?%?\s?[^\d:：]+?)??)\s*[:：]?\s+(?=[<>≤≥=]*\s*[\d.,])")
# a figure with nothing but such a word behind it is a limit
_LONE_LIMIT = re.compile(
    r"^[\d.,]+\s*\S{0,6}\s*(?:min|max|mín|máx|minimum|maximum|mindestens|höchstens|or (?:more|less))\W*$",
    re.I,
)
_LIMITS_BEHIND = re.compile(
    r"(?:[(\[（]|\b(?:spec(?:ification)?|req(?:uired|uirement)?|limits?|soll|requisito|min|max|mín|máx|要求|标准)\b)[.:：]?\s*(.*)$",
    re.I,
)


def rows_of(lines: list[Line], how: str, taken: set[int]) -> list[ReadRow]:
    """Return the rows of every table on a page; the lines they came from are added to `taken`."""
    comma = writes_comma(" ".join(line.text for line in lines))
    rows: list[ReadRow] = []
    others: list[Line] = []
    at = 0
    while at < len(lines):
        used = 0
        elements = _elements(lines[at])
        columns = [] if elements else columns_of(lines[at])
        if elements := elements or (not columns and _properties(lines[at])) or []:
            found, used = _element_table(lines, at, elements, how, comma)
        elif columns:
            found, used = _property_table(lines, at, columns, how, comma)
        else:
            found, used = told_at(lines, at, how, comma)
            others += [] if found else [lines[at]]
        rows += found
        if found and used > 1:
            taken.update(id(line) for line in lines[at : at + used])
        at += max(1, used)
    return rows + _without_heads(others, how, comma)


def _without_heads(lines: list[Line], how: str, comma: bool) -> list[ReadRow]:
    """Return the results no head stands over: named in cells of their own, or written out in a line."""
    return [
        row
        for line, named in named_rows(lines, how, comma)
        for row in named or _written_out(line, how, comma) or in_a_sentence(line, how, comma)
    ]


# --- elements side by side ---


def _elements(line: Line) -> list[tuple[str, float]]:
    """Return the elements of a line with the middle of each, when the line is a head of a chemistry table."""
    words = [word for cell in line.cells for word in cell.words]
    found = [
        (name, (word.left + word.right) / 2)
        for word in words
        if (name := re.sub(r"[%\[\]()*]+", "", word.text)) in ELEMENTS
    ]
    rest = line.cells[1:] if line.cells[0].text.capitalize() not in ELEMENTS else line.cells
    if rest and all(cell.text.isupper() for cell in rest):
        # some write every letter large
        large = [(word.text.capitalize(), (word.left + word.right) / 2) for word in words]
        large = [each for each in large if each[0] in ELEMENTS]
        found = large if len(large) > max(FEWEST_ELEMENTS, len(found)) else found
    others = [word for word in words if re.search(r"\d", word.text)]
    if len({name for name, _ in found}) < max(FEWEST_ELEMENTS, len(found)):
        return []
    # sums of elements such as F1 may stand among many
    few = len(others) <= max(1, len(words) // 6)
    is_head = len(found) >= FEWEST_ELEMENTS and few and len(found) * 2 >= len(words)
    if not is_head and (len(found) <= FEWEST_ELEMENTS or others):
        return []
    # strengths may stand beside the elements in the same head
    beside = [
        (cell.text, (cell.box.left + cell.box.right) / 2)
        for cell in line.cells
        if is_known(cell.text)
        and len(cell.text) > LONGEST_SYMBOL
        and not any(name in cell.text.split() for name, _ in found)
    ]
    return sorted([*found, *beside], key=lambda each: each[1])


def _properties(line: Line) -> list[tuple[str, float]]:
    """Return the properties of a line with the middle of each, when they stand side by side as heads."""
    if len(line.cells) == 1 and not re.search(r"[\d:.]", line.text):
        return _run_together(line.cells[0])
    if len(line.cells) < 2 or any(re.search(r"[\d:]", cell.text) for cell in line.cells):
        return []
    known = [cell for cell in line.cells if is_known(cell.text) and len(cell.text) < 40]
    if len(known) < 2 or len(known) < len(line.cells) - 1:
        return []
    return [(cell.text, (cell.box.left + cell.box.right) / 2) for cell in known]


def _run_together(cell: Cell) -> list[tuple[str, float]]:
    """Return the properties of heads that stand so close that they look like one."""
    found = list(_PROPERTY.finditer(cell.text))
    if len(found) < 2 or len(_PROPERTY.sub("", cell.text).strip()) > 4:
        return []
    boxes = [(each[0].strip(), box_of(cell.words_at(each.start(), each.end()))) for each in found]
    return [(name, (box.left + box.right) / 2) for name, box in boxes]


def _element_table(
    lines: list[Line], at: int, elements: list[tuple[str, float]], how: str, comma: bool
) -> tuple[list[ReadRow], int]:
    reach = min(b[1] - a[1] for a, b in zip(elements, elements[1:], strict=False)) * 0.6
    # a head of words is wider than its numbers, so its column begins where it does
    heads = [
        cell for cell in lines[at].cells if cell.text == elements[0][0] and len(cell.text) > LONGEST_SYMBOL
    ]
    begin = heads[0].box.left - 0.01 if heads else None
    parts: list[tuple[str, str, dict[str, list]]] = []
    at_row = end = at + 1
    while at_row < len(lines) and lines[at_row].page == lines[at].page:
        line = lines[at_row]
        if _elements(line) or columns_of(line) or _properties(line):
            break
        name, values = _spread(line, elements, reach, begin)
        if not values and row_head_of(name):
            # a row of limits nobody filled
            at_row += 1
            continue
        if not values:
            if parts and at_row - at > MOST_GAPS:
                break
            at_row += 1
            if at_row - at > MOST_GAPS + 1 and not parts:
                break
            continue
        role = row_head_of(name)
        if role in ("", "value") and len(values) * 5 < len(elements) * 2:
            at_row += 1
            continue
        parts.append((role, name, values))
        at_row += 1
        end = at_row
    # what was passed over below the last row is no part of the table
    return _of_elements(parts, lines[at].page, how, comma), end - at


def _spread(
    line: Line, elements: list[tuple[str, float]], reach: float, begin: float | None
) -> tuple[str, dict[str, list]]:
    """Return the words before the first column, and the words of each column."""
    first = elements[0][1] - reach if begin is None else begin
    name, values = [], {}
    for word in (word for cell in line.cells for word in cell.words):
        middle = (word.left + word.right) / 2
        if middle < first:
            name.append(word.text)
            continue
        element, centre = min(elements, key=lambda each: abs(each[1] - middle))
        if abs(centre - middle) <= reach * 1.4:
            values.setdefault(element, []).append(word)
    has_figures = sum(any(re.search(r"\d|%", word.text) for word in words) for words in values.values())
    is_of_units = row_head_of(" ".join(name)) == "unit"
    return " ".join(name), values if is_of_units or has_figures * 2 >= max(1, len(values)) else {}


def _of_elements(parts: list[tuple[str, str, dict]], page: int, how: str, comma: bool) -> list[ReadRow]:
    units, lows, highs, actual = {}, {}, {}, []
    for role, name, values in parts:
        said = {element: " ".join(word.text for word in words) for element, words in values.items()}
        if role == "unit" or all(_UNIT.fullmatch(text) for text in said.values()):
            units |= said
        elif role == "minimum":
            lows |= {element: read_value(text, comma=comma)[0] for element, text in said.items()}
        elif role == "maximum":
            highs |= {element: read_value(text, comma=comma)[0] for element, text in said.items()}
        elif role == "limits":
            for element, text in said.items():
                limits = read_limits(text, comma=comma)
                lows[element], highs[element] = limits.minimum, limits.maximum
        else:
            actual.append((name if not role else "", values))
    rows = []
    for name, values in actual:
        for element, words in values.items():
            number, unit = read_value(" ".join(word.text for word in words), comma=comma)
            plain, in_name = name_and_unit(element)
            if number:
                rows.append(
                    ReadRow(
                        test=kind_of(element),
                        property_name=plain,
                        value=number,
                        unit=unit
                        or in_name
                        or units.get(element, "%" if kind_of(element) == CHEMISTRY else ""),
                        minimum=lows.get(element, ""),
                        maximum=highs.get(element, ""),
                        specimen=name[:80],
                        page=page,
                        box=box_of(words),
                        how=how,
                    )
                )
    return rows


# --- a property a row ---


def _property_table(
    lines: list[Line], at: int, columns: list[Column], how: str, comma: bool
) -> tuple[list[ReadRow], int]:
    rows: list[ReadRow] = []
    groups = groups_of(columns)
    gaps, at_row, end = 0, at + 1, at + 1
    while at_row < len(lines) and lines[at_row].page == lines[at].page and gaps <= MOST_GAPS:
        line = lines[at_row]
        if columns_of(line) or _elements(line):
            break
        held = [by_role(line, columns, group) for group in groups]
        found = [row for each in held if (row := _row(each, line.page, how, comma))]
        at_row += 1
        if not found:
            gaps += 1
            continue
        rows += found
        gaps, end = 0, at_row
    return rows, (end - at) if rows else 1


def _row(held: dict[str, list[Cell]], page: int, how: str, comma: bool) -> ReadRow | None:
    said = {role: " ".join(cell.text for cell in cells) for role, cells in held.items()}
    number, unit = read_value(said.get("value", ""), comma=comma)
    name = said.get("property", "").strip()
    if not number or not name or not re.search(r"[^\W\d]", name):
        return None
    limits = read_limits(said.get("limits", ""), comma=comma)
    name, in_name = name_and_unit(name)
    unit = unit or in_name
    return ReadRow(
        test=kind_of(name),
        property_name=name[:80],
        value=number,
        unit=(said.get("unit", "") or unit or limits.unit).strip("[]() ")[:20],
        minimum=read_value(said.get("minimum", ""), comma=comma)[0] or limits.minimum,
        maximum=read_value(said.get("maximum", ""), comma=comma)[0] or limits.maximum,
        method=said.get("method", "")[:80],
        specimen=said.get("specimen", "")[:80],
        page=page,
        box=box_of(word for cells in held.values() for cell in cells for word in cell.words),
        how=how,
    )


def name_and_unit(name: str) -> tuple[str, str]:
    """Part a name from the unit in brackets behind it."""
    in_name = _UNIT_IN_NAME.search(name)
    if not in_name or not _UNIT.search(in_name[0]):
        return name, ""
    return name[: in_name.start()].strip(" ,"), (in_name[1] or in_name[2] or "").strip()


# --- written out ---


def _written_out(line: Line, how: str, comma: bool) -> list[ReadRow]:
    """Return the result of a line such as: Hardness: 45 HRC (44-48)."""
    match = _RESULT.match(line.text)
    if not match or not match["name"][:1].isupper() and ord(match["name"][:1] or "a") < 0x2E80:
        return []
    is_sentence = len(match["name"].split()) > MOST_WORDS or is_asked(match["name"])
    if not is_known(match["name"]) or len(match["name"]) > 60 or is_sentence:
        return []
    rest = line.text[match.end() :]
    if _LONE_LIMIT.search(rest):
        return []
    number, unit = read_value(rest, comma=comma)
    behind = re.sub(r"^[<>≤≥=]*\s*[\d.,]+", "", rest)
    if not number or not (unit or re.match(rf"\s*(?:{_UNIT.pattern})", behind)):
        return []
    limits = _LIMITS_BEHIND.search(behind)
    found = _limits(behind if limits and limits[0][0].isalpha() else (limits[1] if limits else ""), comma)
    name = re.sub(r"^[A-Z]\d\d\s+", "", match["name"]).strip(" :：-")
    name = re.sub(
        r"\s+(?:(?:is|was|were|has been|have been)\s+)?"
        r"(?:measured|found to be|found|measured at|result|actual|averaged|"
        r"gemessen|beträgt|betrug|medid[oa]|fue de|es de|istwert|is|was|were)$",
        "",
        name,
        flags=re.I,
    )
    return [
        ReadRow(
            test=kind_of(name),
            property_name=name[:80],
            value=number,
            unit=unit[:20],
            minimum=found.minimum,
            maximum=found.maximum,
            page=line.page,
            box=box_of(word for cell in line.cells for word in cell.words),
            how=how,
        )
    ]


def _limits(text: str, comma: bool):
    """Return the limits of the words behind a value: in brackets, after a word, or as min and max."""
    words: Iterable[str] = (text, re.sub(r"^\D*?(?=min|max|mín|máx|[<>≤≥\d])", "", text, flags=re.I))
    best = read_limits(text, comma=comma)
    for each in words:
        best = read_limits(each.strip(" ()[]（）:"), comma=comma)
        if best.minimum or best.maximum:
            return best
    return best
