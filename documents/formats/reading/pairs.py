"""Labels and the values beside, below or above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.formats.paper import ReadField
from documents.formats.reading.captions import (
    ABOVE as OVER,
)
from documents.formats.reading.captions import (
    BELOW as UNDER,
)
from documents.formats.reading.captions import (
    is_bare,
    key_of_caption,
    near_in_column,
    sides,
)
from documents.formats.reading.labels import ALONE, EN_10168, EN_CODE, KEY_OF, find_labels, folded
from documents.formats.reading.layout import Cell, Line, box_of, shares_column
from documents.formats.reading.names import TITLE
from documents.formats.reading.specifications import find_specifications
from documents.formats.reading.values import READERS, Place, Value, read_value_of

# how sure a value is by where it stands to its label
SAME_CELL, RIGHT, BELOW, ABOVE, IN_PROSE = 1.0, 0.95, 0.8, 0.6, 0.5
# a value below its label stands within so many heights of it
NEAR = 3.2
# columns whose left edges are this far apart are two; words this near to an edge begin there
APART, SAME_EDGE = 0.08, 0.012
# what carries no figure must not be cut out of a sentence
ONLY_BY_LABEL = frozenset(
    [
        "condition",
        "grade",
        "issuer_name",
        "site_address",
        "signed_title",
        "sub_tier",
        "statement",
        "part_revision",
        "spec_revision",
        "spec_type",
        "spec_class",
        "po_line",
    ]
)
# what can be told from other words by its shape
PLAIN_VALUES = frozenset(
    [
        "stated_number",
        "stated_on",
        "po_number",
        "part_number",
        "spec_number",
        "identifier",
        "lot",
        "lot_number",
        "quantity",
        "process_from",
        "process_to",
        "process_on",
        "certificate_type",
    ]
)
PREFIX = re.compile(r"[-_]\w*\d")
SHORT_PREFIX = re.compile(r"[-_/.]?\w*\d")
# the number of a box before its caption
NUMBERED = re.compile(r"^\W*(?:\d{1,2}[a-z]?|[A-DZ]\d\d(?:\.\d)?)[.):\]]?\s+")
# what a caption says of itself before its colon: Class (per spec): 1
_REMARK = re.compile(r"\s*[(（\[][^)）\]\d]{1,30}[)）\]](?=\s*(?:[:：]|$))")
# heat treat load 4711 is no heat
NO_HEAT = re.compile(r"[\s-]*(?:treat|behandl|tratam|处理)", re.I)
# a revision of a form or a procedure of the house
OF_A_FORM = re.compile(
    r"\b(?:forms?|fm|template|procedure|manual|instruction|vordruck|formblatt|formular|arbeitsanweisung|formato|formulario"
    r"|procedimiento|instructivo)\b[^:：]{0,30}$|(?:表单|表格|模板|手册|程序)[^:：]{0,20}$",
    re.I,
)
REVISIONS = frozenset({"?revision", "spec_revision", "part_revision"})
POSSESSED = re.compile(r"['’]s\b")
SHORT = 4
# a value in words without a colon before it begins as a name does
SENTENCE_GOES_ON = re.compile(r"\s*[a-zäöüáéíóúñ]")
CHOICES = frozenset({"spec_type", "spec_class", "spec_revision", "part_revision", "po_line", "quantity"})
UNDER_A_SIGNATURE = frozenset({"signed_name", "signed_title", "stated_on"})
# so many letters in a line are a sentence
SENTENCE = 60
# what a bare word for revision, type or class can belong to; columns begin so near to each other
_OWNERS, SAME_COLUMN = frozenset({"part_number", "spec_number"}), 0.02
AFTER_PART = frozenset({"part_number", "part_revision"})
_GENERIC = {
    "?revision": ("part_revision", "spec_revision"),
    "?type": ("spec_type",) * 2,
    "?class": ("spec_class",) * 2,
}


@dataclass(frozen=True)
class Label:
    """A label in a cell. Units: `start` and `end` count letters of the cell's text."""

    key: str
    start: int
    end: int
    leads: bool
    is_code: bool = False


@dataclass(frozen=True)
class Candidate:
    """One reading of one value, and how sure it is."""

    field: ReadField
    score: float


class Grid:
    """The lines of all pages, with the labels of each cell found once."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.labels: dict[int, list[Label]] = {}
        self.row_of = {id(cell): row for row, line in enumerate(lines) for cell in line.cells}
        context, at, owners = "", -1, []
        for row, line in enumerate(lines):
            for cell in line.cells:
                given = context if at == row else _owner_above(owners, row, cell) or context
                found, told = _labels_in(cell, given)
                self.labels[id(cell)] = found
                if told != given or {label.key for label in found} & _OWNERS:
                    context, at = told, row
                    owners.append((row, cell.box.left, told))
        self.sides = sides(lines, self.is_label, self.fits)

    def of(self, cell: Cell) -> list[Label]:
        return self.labels[id(cell)]

    def is_label(self, cell: Cell) -> bool:
        """Say whether a cell is nothing but a label, so that it is no value."""
        labels = self.of(cell)
        return bool(labels) and labels[0].leads and _rest(cell.text[labels[-1].end :]) == ""

    def fits(self, caption: Cell, cell: Cell) -> bool:
        """Say whether a cell can be the value of a caption whose values are plain."""
        key = self.of(caption)[0].key
        return key in PLAIN_VALUES and bool(read_value_of(key, cell.text, Place()))

    def begins_with_label(self, cell: Cell) -> bool:
        labels = self.of(cell)
        return (
            is_bare(cell.text)
            or EN_CODE.fullmatch(cell.text) is not None
            or (
                bool(labels)
                and labels[0].leads
                and not re.search(r"\w", NUMBERED.sub("", cell.text[: labels[0].start]))
            )
        )


def _owner_above(owners: list[tuple[int, float, str]], row: int, cell: Cell) -> str:
    """Return what was named last above a cell in its own column, where that is near."""
    return next(
        (
            key
            for at, left, key in reversed(owners)
            if row - at <= 2 and abs(left - cell.box.left) < SAME_COLUMN
        ),
        "",
    )


def _rest(text: str) -> str:
    return text.strip(" :：.,#-–—=|/()（）№º°*")


def _labels_in(cell: Cell, context: str) -> tuple[list[Label], str]:
    """Return the labels of a cell, and the key the next label without a meaning of its own belongs to."""
    text, found = cell.text, []
    code = EN_CODE.match(text)
    if code and code[1] in EN_10168:
        found.append(Label(EN_10168[code[1]], 0, code.end(), True, is_code=True))
    begin = code.end() if code else 0
    if code and code[1] not in EN_10168 and not any(each.start == begin for each in find_labels(text, begin)):
        begin = 0
    for match in find_labels(text, begin):
        behind = text[match.end :]
        if PREFIX.match(behind) or (SHORT_PREFIX.match(behind) and len(folded(match.words)) <= SHORT):
            # PO-4711 is a number, not a label with a number behind it
            continue
        key = match.key
        before, near = text[begin : match.start], behind[:2]
        if POSSESSED.match(behind) or key == "identifier" and NO_HEAT.match(behind):
            continue
        if key in REVISIONS and OF_A_FORM.search(before):
            continue
        parted = r"[/|·•(（;]\s*$|\s-\s$" if key in ONLY_BY_LABEL else r"[/|·•(（;,]\s*$|\s-\s$"
        leads = bool(re.fullmatch(r"(?:\W|\d{1,2}[a-z]?(?:[.)]|\s)\s?)*", before)) or bool(
            re.search(parted, before)
        )
        has_colon = bool(re.match(r"\s?[:：#№]", near))
        leads = leads or has_colon
        is_common = folded(match.words) in ALONE
        if is_common and not has_colon and not _is_all_label(text[: match.start] + " " + text[match.end :]):
            if key not in ("po_number", "part_number", "po_line", "other"):
                continue
            leads = leads and match.start == begin
        if key.startswith("?"):
            if any(each.start < match.start for each in find_specifications(text)):
                context = "spec_number"
            key = _GENERIC[key][0 if not context or context in AFTER_PART else 1]
        if found and found[0].is_code and leads and key != found[0].key:
            continue
        found.append(Label(key, match.start, match.end, leads))
        if key in ("part_number", "spec_number"):
            context = key
    key, end = key_of_caption(text)
    if key.startswith("?"):
        key = _GENERIC[key][0 if not context or context in AFTER_PART else 1]
    if key and not (found and found[0].is_code):
        found = [Label(key, 0, end, True), *(each for each in found if each.start >= end)]
        context = key if key in ("part_number", "spec_number") else context
    named = [each.start for each in find_specifications(text) if each.is_of_a_process]
    if named and (
        not found or named[-1] > max((each.start for each in found if each.key == "part_number"), default=-1)
    ):
        # what follows on the next line belongs to the specification
        context = "spec_number"
    return found, context


def _is_all_label(rest: str) -> bool:
    """Say whether what stands beside a common word is nothing, or the same label in another language."""
    rest = NUMBERED.sub("", rest)
    return not re.search(r"\w", rest) or folded(rest) in KEY_OF


def candidates(lines: list[Line], place: Place, how: str) -> Iterator[Candidate]:
    """Yield every value that stands beside a label it fits."""
    grid = Grid(lines)
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            for order, label in enumerate(grid.of(cell)):
                yield from _of_label(grid, row, column, order, label, place, how)


def _of_label(
    grid: Grid, row: int, column: int, order: int, label: Label, place: Place, how: str
) -> Iterator[Candidate]:
    cell = grid.lines[row].cells[column]
    if label.key not in READERS:
        return
    start, end = _room_behind(cell, grid.of(cell), order, label)
    if end == len(cell.text) and (whole := _whole(grid, cell, label)) is not cell:
        cell, end = whole, len(whole.text)
        rest = cell.text[start:end]
        yield from _made(cell, start, end, label, place, how, SAME_CELL, _shown(cell, label))
        return
    rest = cell.text[start:end]
    if _rest(rest):
        sure = SAME_CELL if label.leads else IN_PROSE
        if not label.leads and (label.key in ONLY_BY_LABEL or not _figure_follows(rest)):
            return
        if label.key in ONLY_BY_LABEL and SENTENCE_GOES_ON.match(rest):
            return
        made = list(_made(cell, start, end, label, place, how, sure, _shown(cell, label)))
        yield from made
        if made or not order + 1 >= len(grid.of(cell)):
            return
    if not label.leads and not _rest(rest):
        yield from _on_the_next_line(grid, row, cell, label, place, how)
    if not label.leads or re.search(r"\d\s*$", cell.text[: label.start]):
        return
    yield from _elsewhere(grid, row, column, label, place, how)


def _on_the_next_line(
    grid: Grid, row: int, cell: Cell, label: Label, place: Place, how: str
) -> Iterator[Candidate]:
    """Yield the value of a label that ends a line of a sentence; the sentence goes on below."""
    below = near_in_column(grid.lines, row, cell, 1)
    height = cell.box.bottom - cell.box.top
    if below is None or label.key not in PLAIN_VALUES or len(cell.text) < SENTENCE:
        return
    is_near = below.box.top - cell.box.bottom < height and abs(below.box.left - cell.box.left) < SAME_COLUMN
    if is_near and re.match(r"\S*\d", below.text):
        yield from _made(below, 0, len(below.text), label, place, how, IN_PROSE, _shown(cell, label))


def _figure_follows(rest: str) -> bool:
    # a word such as the heat, or of, may stand between
    return bool(re.match(r"\W*(?:(?:no|nr|number|#)\W{1,2})?\S*\d", rest))


def _room_behind(cell: Cell, labels: list[Label], order: int, label: Label) -> tuple[int, int]:
    """Return the letters between a label, with its other halves in other languages, and the next label."""
    start, end = label.end, len(cell.text)
    if remark := _REMARK.match(cell.text, start):
        start = remark.end()
    for other in labels[order + 1 :]:
        between = cell.text[start : other.start]
        if other.start < start:
            continue
        if other.key == label.key and not re.search(r"\w", between):
            start = other.end
            continue
        if other.leads:
            end = other.start
            break
    rest = cell.text[start:end]
    if re.match(r"\s*/\s*\D", rest) or label.is_code:
        # the other half is in a language without labels here: what carries a figure is the value
        figure = re.search(r"(?<!\S)\S*\d", rest)
        if label.key not in ONLY_BY_LABEL and figure:
            start += figure.start()
        else:
            start = end
    return start, end


def _elsewhere(
    grid: Grid, row: int, column: int, label: Label, place: Place, how: str
) -> Iterator[Candidate]:
    """Yield values in the next cell of the line, in a cell below, or above a line to sign on."""
    line = grid.lines[row]
    cell = line.cells[column]
    said = _shown(cell, label)
    side = grid.sides.get(line.page) if grid.is_label(cell) and cell.text[-1] not in ":：" else None
    if side == UNDER:
        above = near_in_column(grid.lines, row, cell, -1)
        if above is not None and not grid.begins_with_label(above):
            yield from _made(above, 0, len(above.text), label, place, how, BELOW, said)
        return
    for right in line.cells[column + 1 : column + 3]:
        if side == OVER and _is_head(grid, row, cell, right):
            break
        if grid.is_label(right) and grid.of(right)[0].key == label.key:
            # the same caption in another language stands between
            continue
        if not grid.begins_with_label(right) or _is_title(label, right):
            whole = _whole(grid, right, label)
            found = list(_made(whole, 0, len(whole.text), label, place, how, RIGHT, said))
            if found:
                yield from found
                return
        break
    found: list[Candidate] = []
    for below in _column(grid, row, cell, down=True):
        if grid.is_label(below) and grid.of(below)[0].key == label.key:
            # the same caption in another language
            continue
        if grid.begins_with_label(below) and not _is_title(label, below):
            break
        whole = _whole(grid, _under(cell, below), label)
        found = list(_made(whole, 0, len(whole.text), label, place, how, BELOW, said))
        if label.key == "certificate":
            # a title: what stands below is its number only where it is nothing else
            found = [each for each in found if each.field.words == below.text and grid.is_label(cell)]
            yield from found
            return
        if found:
            break
    yield from found
    if not found and label.key in UNDER_A_SIGNATURE:
        for above in _column(grid, row, cell, down=False):
            if found or grid.begins_with_label(above):
                break
            found = list(_made(above, 0, len(above.text), label, place, how, ABOVE, said))
        yield from found


def _is_head(grid: Grid, row: int, cell: Cell, right: Cell) -> bool:
    """Say whether words beside a caption are the next caption of a row of them, each over its own value."""
    under = [near_in_column(grid.lines, row, each, 1) for each in (cell, right)]
    key = grid.of(cell)[0].key
    if key in CHOICES and not re.search(r"[^\W\d_]{4}", right.text):
        # Type | 1 among captions over their values
        return not (
            read_value_of(key, right.text, Place())
            and not (under[0] and read_value_of(key, under[0].text, Place()))
        )
    if under[0] is under[1] or any(each is None or grid.begins_with_label(each) for each in under):
        return False
    height = cell.box.bottom - cell.box.top
    return all(each.box.top - cell.box.bottom < NEAR * height for each in under)


# a value that ends so goes on below
RUNS_ON = re.compile(r"(?:[,–~-]|\s(?:to|thru|through|until|and|bis|und|al?|hasta|y)|[至到])\s*$")
MANY_LINES = frozenset({"process_on", "site", "site_address", "issuer_name", "serials"})


def _whole(grid: Grid, cell: Cell, label: Label) -> Cell:
    """Return a cell with the words below it where its value plainly goes on there."""
    if label.key not in MANY_LINES or not RUNS_ON.search(cell.text):
        return cell
    below = near_in_column(grid.lines, grid.row_of[id(cell)], cell, 1)
    height = cell.box.bottom - cell.box.top
    is_near = below is not None and below.box.top - cell.box.bottom < height
    if not is_near or grid.begins_with_label(below):
        return cell
    return Cell([*cell.words, *below.words], cell.page)


def _under(caption: Cell, cell: Cell) -> Cell:
    """Return the words of a cell from the caption's left edge on, where another column's value runs into them."""
    if cell.box.left > caption.box.left - APART:
        return cell
    at = next((at for at, word in enumerate(cell.words) if abs(word.left - caption.box.left) < SAME_EDGE), 0)
    return Cell(cell.words[at:], cell.page) if at else cell


def _is_title(label: Label, cell: Cell) -> bool:
    """Say whether a word such as Quality Manager, which leads a signature as well, is the title asked for."""
    return label.key == "signed_title" and bool(TITLE.search(cell.text))


def _column(grid: Grid, row: int, cell: Cell, *, down: bool) -> Iterator[Cell]:
    """Yield the cells in the same column, the nearest first, as far as a value may stand from its label."""
    height = cell.box.bottom - cell.box.top
    rows = grid.lines[row + 1 : row + 5] if down else reversed(grid.lines[max(0, row - 3) : row])
    for line in rows:
        if line.page != cell.page:
            return
        distance = line.top - cell.box.bottom if down else cell.box.top - line.bottom
        if distance > NEAR * height:
            return
        for other in line.cells:
            if shares_column(cell.box, other.box):
                yield other


def _shown(cell: Cell, label: Label) -> str:
    return cell.text if label.is_code else cell.text[label.start : label.end]


def _made(
    cell: Cell, start: int, end: int, label: Label, place: Place, how: str, sure: float, said: str
) -> Iterator[Candidate]:
    text = cell.text[start:end]
    for value in read_value_of(label.key, text, place):
        yield Candidate(field_of(cell, start, value, how, said), sure * value.fit)


def field_of(cell: Cell, start: int, value: Value, how: str, label: str = "") -> ReadField:
    """Return one value as a field with the words as they stand and their box."""
    first, last = start + value.start, start + max(value.end, value.start + 1)
    words = cell.words_at(first, last)
    return ReadField(
        key=value.key,
        words=cell.text[first:last].strip(),
        value=value.value,
        page=cell.page,
        box=box_of(words) if words else None,
        how=how,
        label=label,
        others=value.others,
    )
