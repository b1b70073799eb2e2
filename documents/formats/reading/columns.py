"""The columns of a table of results: what the words at their heads say stands below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from documents.formats.reading.labels import folded
from documents.formats.reading.layout import Cell, Line
from documents.formats.reading.properties import HEAD_OF, head_of

# a column that begins left of this is the first one
LEFT_EDGE = 0.15
# the code of a field or a block before the title of its table: C70, C10-C13
_CODE = re.compile(r"[A-Z]\d\d(?:\s*[-–/]\s*[A-Z]?\d\d)?[.:]?|\d{1,2}[.)]?")
_BOTH = re.compile(r"(?:min|mín|low|untere|最小|下限).*(?:max|máx|höchst|high|upp|obere|最大|上限)", re.I)
# single readings, and how many there were: no result where another column has one
_SINGLE = re.compile(
    r"reading|lectura|einzel|单值|\bn\b|\bno\.? of|count|sample|specimen|pieces|tested|抽检|试样|次数|anzahl|stichprobe"
    r"|número de|\bx\s?\d|\bscatter|spread|streuung|deviation|abweich",
    re.I,
)
_RESULT = re.compile(
    r"mean|average|\bavg|result|obtain|actual|mittel|promedio|media\b|ergebnis|\bist\b|平均|结果|实测", re.I
)
_NUMBERED_PIECE = re.compile(
    r"(?:probe|specimen|sample|test|piece|coupon|bar|pull|muestra|probeta|pieza|试样|样品|样件)\W{0,3}(?:no|nr|nº)?\W{0,2}(?:1|a|i)",
    re.I,
)
# the group of tests a row belongs to, where the property has a column of its own
_GROUP = re.compile(
    r"^\W*(?:test|tests|inspection|check|group|type|prüfung|versuch|prüfart|ensayo|prueba|grupo|tipo|检验|试验|类别)\b",
    re.I,
)
_NAMES_A_PROPERTY = {"property", "minimum", "maximum", "limits", "unit", "method"}


@dataclass
class Column:
    """One column of a table by its head. Units: fractions of the width of the page."""

    role: str
    left: float
    right: float
    head: str = ""


def columns_of(line: Line) -> list[Column]:
    """Return the columns of a line that is the head of a table of results."""
    cells = [each for at, cell in enumerate(line.cells) for each in _heads_apart(cell, is_first=not at)]
    if len(cells) > 3 and _CODE.fullmatch(cells[0].text) and not head_of(cells[1].text):
        # the names stand under the title behind the code
        cells = cells[1:]
    columns = [Column(head_of(cell.text), cell.box.left, cell.box.right, cell.text) for cell in cells]
    heads = [folded(cell.text) for cell in cells]
    roles = {column.role for column in columns if column.role}
    if "value" not in roles and roles & {"minimum", "maximum", "limits"}:
        # the results stand under the specimen they were found on
        for column in [each for each in columns[1:] if _NUMBERED_PIECE.fullmatch(each.head)][:1]:
            column.role = "value"
            roles.add("value")
    is_short = len(columns) < 3 and columns[0].role == ""
    if "value" not in roles or len(roles) < 2 or is_short or not roles & _NAMES_A_PROPERTY:
        return []
    if any(head in ("specmin", "specmax") for head in heads):
        # the plain ones are then the least and the greatest of what was measured
        for column, head in zip(columns, heads, strict=True):
            if head in ("min", "max", "minimum", "maximum"):
                column.role = ""
    if "property" not in roles and columns[0].role and columns[0].left > LEFT_EDGE:
        # the names stand left of all heads
        columns.insert(0, Column("property", 0, columns[0].left - 0.005))
    elif "property" not in roles:
        columns[0] = replace(columns[0], role="property")
    for group in groups_of(columns):
        _keep_one(group, "value", _SINGLE)
        _keep_one(group, "property", _GROUP)
    return columns


def groups_of(columns: list[Column]) -> list[list[Column]]:
    """Part columns that stand twice side by side: a name behind a value begins the next group."""
    groups: list[list[Column]] = [[]]
    for column in columns:
        if column.role == "property" and any(each.role == "value" for each in groups[-1]):
            groups.append([])
        groups[-1].append(column)
    return groups


def _keep_one(columns: list[Column], role: str, lesser: re.Pattern) -> None:
    """Of several columns of one role take the role from those that say less."""
    mine = [column for column in columns if column.role == role]
    less = [each for each in mine if lesser.search(each.head) and not _RESULT.search(each.head)]
    if 0 < len(less) < len(mine):
        for column in less:
            column.role = ""


def _heads_apart(cell: Cell, *, is_first: bool) -> list[Cell]:
    """Part the title of a table from the first head when they stand so close that they look like one."""
    for count in (3, 2, 1) if is_first else ():
        title, head = cell.words[:-count], cell.words[-count:]
        said = folded(" ".join(word.text for word in head))
        if len(title) > 1 and HEAD_OF.get(said) in ("minimum", "maximum", "limits", "value", "unit"):
            return [Cell(title, cell.page), Cell(head, cell.page)]
    for count in range(1, len(cell.words)) if _BOTH.search(cell.text) else ():
        # the least and the greatest in two languages, so wide that they run together
        parts = Cell(cell.words[:count], cell.page), Cell(cell.words[count:], cell.page)
        if tuple(head_of(part.text) for part in parts) == ("minimum", "maximum") and re.match(
            r"\w", parts[1].text
        ):
            return list(parts)
    return [cell]


def by_role(line: Line, columns: list[Column], group: list[Column]) -> dict[str, list[Cell]]:
    """Return the cells of a line by the roles of the columns of one group."""
    held: dict[str, list[Cell]] = {}
    for cell in line.cells:
        column = _column_of(cell, columns)
        if column.role and any(column is each for each in group):
            held.setdefault(column.role, []).append(cell)
    return held


def _column_of(cell: Cell, columns: list[Column]) -> Column:
    def overlap(column: Column) -> float:
        return min(cell.box.right, column.right) - max(cell.box.left, column.left)

    over = [column for column in columns if overlap(column) > 0]
    if over:
        return max(over, key=overlap)
    before = [column for column in columns if column.left <= cell.box.left + 0.01]
    return before[-1] if before else columns[0]
