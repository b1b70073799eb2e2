"""What papers say in sentences: what was done by which specification, what is certified, who signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.formats.reading.captions import is_bare, near_in_column
from documents.formats.reading.days import find_days
from documents.formats.reading.labels import begins_with_label
from documents.formats.reading.layout import Cell, Line, shares_column
from documents.formats.reading.names import TITLE
from documents.formats.reading.pairs import Candidate, field_of
from documents.formats.reading.properties import is_known
from documents.formats.reading.specifications import find_specifications
from documents.formats.reading.statements import statements
from documents.formats.reading.values import ADDRESS, Place, Value, read_value_of, specification_values

BY_WORDS, BESIDE_OTHERS = 0.75, 0.3
_BY = re.compile(
    r"(?:in accordance with|accordance to|according to|conform(?:s|ing)? to|requirements of|\bper\b|"
    r"\bto\b|i\.?a\.?w\.?|gemäß|gemaess"
    r"|\bnach\b|\blt\.|laut|según|conforme a|de acuerdo con|按照|按|依据|根据|符合)\s*(?:the\s+)?(?:der|la|el|"
    r"specification|spezifikation|norma)?\s*$", re.I
)  # fmt: skip
_PAGE = re.compile(
    r"(?:\b(?:page|pg\.?|sheet|sht\.?|seite|blatt|hoja|p[áa]gina|p[áa]g\.?)\s*(?:no\.?|nr\.?)?\s*|第\s*)(\d{1,3})\s*(?:/|of|von|de|"
    r"页?\s*,?\s*/?\s*共)\s*(\d{1,3})",
    re.I,
)
_PAGE_ALONE = re.compile(r"^[–—-]?\s*(\d{1,3})\s*/\s*(\d{1,3})\s*[–—-]?$")
# at the edge of a page that says it in words: 1 of 3
_PAGE_IN_WORDS, EDGE = re.compile(r"^(\d{1,3})\s+(?:of|von|de)\s+(\d{1,3})$", re.I), 0.14
MOST_PAGES = 60
_SIGNED_BY = re.compile(
    r"(?:signed|certified|approved|validated|released|authori[sz]ed|unterzeichnet|freigegeben|"
    r"firmado|aprobado|签发人|签字)"
    r"\s*(?:electronically\s*)?(?:by|von|durch|por)?\s*[:：]?\s+", re.I
)  # fmt: skip
# For Harrow Alloys: Fiona Marsh
_SIGNED_FOR = re.compile(
    r"^(?:for(?: and)?(?: on behalf of)?|on behalf of|für|i\. ?a\.|p\. ?p\.|por)\s[^:\d]{3,60}[:：]\s*", re.I
)
_TYPE = re.compile(
    r"(?:EN\s*(?:ISO\s*)?10204\D{0,14}(?:\b2004\b)?\D{0,10})(?<![\d.])([23]\.[12])(?![\d.])", re.I
)
_TYPE_FIRST = re.compile(r"(?<![\d.])([23]\.[12])(?![\d.])[^\d]{0,16}EN\s*10204", re.I)
# the two choices of a specification in a cell of their own: Type II Class 1
_CHOICES = re.compile(
    r"(?:type|typ|ty\.|tipo|类型|类别)\s*[:.]?\s*([IV]{1,4}[A-Z]?|\d[A-Z]?)\s*[,;/|·–-]?\s*"
    r"(?:class|cl\.|klasse|kl\.|clase|等级|级别)\s*[:.]?\s*(\d[A-Z]?|[A-Z]|[IV]{1,4})",
    re.I,
)
# a type beside the word for such a paper, or in a cell of its own
_TYPE_ALONE = re.compile(
    r"(?:certificate|cert|document|report|type|typ|\w*zeugnis|bescheinigung|certificado|documento|tipo|证书|证明书|类型)"
    r"\D{0,20}(?<![\d.])([23]\.[12])(?![\d.])",
    re.I,
)
# the number of a paper behind its title, or behind the bare word for number
_NUMBER_ALONE = re.compile(
    r"^(?:.{0,60}(?:certificate|certification|conformity|conformance|compliance|zeugnis|bescheinigung|erklärung"
    r"|certificado|conformidad|cumplimiento|calidad|inspección|证书|证明书?|合格证)\W{0,3}(?:no|nr|nº|n°|num|number|#|№|编号)?|(?:no|nr|nº|n°|n\.º|núm|№|#|编号))"
    r"[.:：]?\s*(?<![\w-])((?=[A-Z\d/-]*\d{3})[A-Z]{1,5}[-/]\d[\w/-]{2,})$",
    re.I,
)
# the number of a paper in a sentence about it
_NUMBER_TOLD = re.compile(
    r"\b(?:certificate|statement|declaration|report|document|letter|zeugnis|bescheinigung|erklärung|certificado|constancia|carta|informe)"
    r"\b[^.;:\d]{0,30}?\b(?:number|no\.?|nr\.?|nummer|número|núm\.?|folio)\s*((?=[A-Z\d/-]*\d{3})[A-Z]{1,5}[-/]\d[\w/-]{2,})",
    re.I,
)
# the day a paper was made, before the day
_MADE_ON = re.compile(
    r"\b(?:made|issued|signed|given|released|prepared|written|certified|drawn up)(?: out)?"
    r" (?:on|at [A-Z]\w+,? on|this)\s*$"
    r"|\b(?:ausgestellt|ausgefertigt|erstellt|unterzeichnet) am\s*$"
    r"|\b(?:expedid|emitid|firmad|elaborad)[oa] el(?: día)?\s*$",
    re.I,
)
# a bare word for number at the head of a paper
HEAD = 0.15
_ID_AT_HEAD = re.compile(
    r"(?:ID|No|Nr|Nº|N°|Núm|Ref|Folio|Serial|Certificate|Cert|№|编号)\s?[.:：#]?\s*((?=[\w/-]*\d)(?=[\w/-]*[A-Z/-])[A-Z0-9][\w/-]{3,40})(?![\w/])",
)
# a condition before its word or behind it, told by its shape: in the H900 condition, im Zustand T651
_TEMPER = (
    r"(?P<temper{}>H\d{{3,4}}M?|T\d{{1,5}}|STA|annealed|normali[sz]ed|solution treated|geglüht|vergütet|recocido"
    r"|退火|正火)"
)
_IN_CONDITION = re.compile(
    rf"\b(?:condition|temper|zustand|estado|condición|temple)\s*(?:of|de)?\s*{_TEMPER.format(1)}(?![\w-])"
    rf"|\b(?:in|as)\s+(?:the\s+)?{_TEMPER.format(2)}\s+(?:condition|temper|state)\b",
    re.I,
)
_PIECES = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d{1,6})\s*(?:pcs?\.?|pieces|parts|ea\.?|stück|stk\.?|teile|"
    r"piezas|pzas?\.?|件|只)(?![A-Za-z])",
    re.I,
)
# what stands behind a number of pieces that are certified, and not behind one of a packing
_OF_A_PART = re.compile(
    r"\s*(?:$|[,.;()]|of\b|con\b|with\b|bearing\b|mit\b|fueron\b|have\b|haben\b|has\b|were\b|was\b|del?\b|der\b|des\b|von\b|wurden\b|fueron\b|P/?N\b|[一-鿿])",
    re.I,
)
# before it, where the sentence says what the paper is about: This certificate covers 48 pieces ...
_IS_ABOUT = re.compile(r"\b(?:covers?|covering|sind|umfasst|betrifft|ampara|cubre)\s*$", re.I)
_ELECTRONIC = re.compile(
    r"valid without (?:a )?signature|ohne unterschrift gültig|válido sin firma|"
    r"electronically (?:signed|generated)|无需签字",
    re.I,
)


def sentences(lines: list[Line], place: Place, how: str) -> Iterator[Candidate]:
    """Yield what is said in sentences and in words without a label."""
    for row, line in enumerate(lines):
        for cell in line.cells:
            yield from _specifications(lines, row, cell, how)
            yield from _short(cell, place, how)
            yield from _pieces(lines, row, cell, how)
    yield from alone(lines, place, how)
    yield from statements(lines, how)


# so many letters in a line are a sentence
LONG_LINE = 60
# a word that asks for what stands on the next line
_DANGLING = re.compile(
    r"(?:\b(?:rev|revision|issue|type|typ|ty|tipo|class|cl|klasse|kl|clase|ausgabe)\b|版本|类型|等级)\.?\s*$",
    re.I,
)


def _goes_on(lines: list[Line], row: int, cell: Cell) -> str:
    """Return the beginning of the words below when a value runs on into them."""
    below = lines[row + 1] if row + 1 < len(lines) else None
    if below is None or below.page != cell.page:
        return ""
    return next((each.text[:40] for each in below.cells if abs(each.box.left - cell.box.left) <= 0.02), "")


def _specifications(lines: list[Line], row: int, cell: Cell, how: str) -> Iterator[Candidate]:
    behind = _goes_on(lines, row, cell)
    for found in find_specifications(cell.text):
        if not found.is_of_a_process:
            continue
        reaches_end = max(found.end, found.start + len(found.number)) + 25 > len(cell.text)
        is_open = not (found.revision or found.spec_type or found.spec_class) or _DANGLING.search(cell.text)
        # a sentence may be broken anywhere
        is_open = is_open or len(cell.text) > LONG_LINE
        if behind and reaches_end and is_open:
            # the revision stands at the beginning of the next line
            whole = [
                each for each in find_specifications(f"{cell.text} {behind}") if each.start == found.start
            ]
            found = replace(whole[0], end=len(cell.text)) if whole else found
        before = cell.text[: found.start]
        if not before.strip() and row and lines[row - 1].page == cell.page:
            before = lines[row - 1].cells[-1].text
        sure = BY_WORDS if _BY.search(before) else BESIDE_OTHERS
        for value in specification_values(found):
            yield Candidate(field_of(cell, 0, value, how), sure)


_DAYS_OF_WORK = re.compile(
    r"(?:processed|treated|plated|anodi[sz]ed|coated|heat[- ]treated|passivated|inspected|performed|"
    r"carried out|bearbeitet|behandelt|verarbeitet"
    r"|procesad[ao]s?|tratad[ao]s?|between|zwischen|entre|from|vom|加工|处理)\b", re.I
)  # fmt: skip
NEAR_A_TITLE, ALONE, BELOW_ALL = 0.55, 0.35, 0.2


# who signs stands below this share of the page
LOWER_PART = 0.4


def _runs_on(lines: list[Line], row: int, cell: Cell) -> bool:
    """Say whether a cell is the end of the sentence above it."""
    above = lines[row - 1].cells[0] if row else None
    if above is None or above.page != cell.page or abs(above.box.left - cell.box.left) > 0.02:
        return False
    height = cell.box.bottom - cell.box.top
    if cell.box.top - above.box.bottom > height:
        return False
    return len(above.text) > 60 and not above.text.rstrip().endswith((".", "。", ":"))


def alone(lines: list[Line], place: Place, how: str) -> Iterator[Candidate]:
    """Yield what needs no label: a day on a line of its own, a name above its title, an address, a letterhead."""
    head = True
    for row, line in enumerate(lines):
        for cell in line.cells:
            days = find_days(cell.text, country=place.country, language=place.language)
            is_all = len(days) == 1 and days[0][1] - days[0][0] >= len(cell.text.strip()) - 3
            if is_all and not _runs_on(lines, row, cell):
                start, end, day, ways = days[0]
                value = Value("stated_on", start, end, day, ways if len(ways) > 1 else ())
                yield Candidate(field_of(cell, 0, value, how), ALONE)
            elif len(days) == 1 and re.search(r"[·•|]\s*$", cell.text[: days[0][0]]):
                start, end, day, ways = days[0]
                value = Value("stated_on", start, end, day, ways if len(ways) > 1 else ())
                yield Candidate(field_of(cell, 0, value, how), ALONE / 2)
            elif len(days) == 1 and (
                _PLACE_BEFORE.fullmatch(cell.text[: days[0][0]])
                or _MADE_ON.search(cell.text[: days[0][0]])
                or _NUMBER_BEFORE.match(cell.text[: days[0][0]])
            ):
                start, end, day, ways = days[0]
                value = Value("stated_on", start, end, day, ways if len(ways) > 1 else ())
                yield Candidate(field_of(cell, 0, value, how), ALONE)
            above = lines[row - 1].text if row and lines[row - 1].page == line.page else ""
            yield from _days_of_work(cell, days, how, above)
            if match := ADDRESS.search(cell.text):
                value = Value("site_address", match.start(), match.end(), match[0])
                yield Candidate(field_of(cell, 0, value, how), ALONE)
                if head:
                    yield from _letterhead(lines, row, cell, match.start(), how)
                    head = False
        for column in range(len(line.cells)):
            yield from _signature(lines, row, column, place, how)


_BEGAN = re.compile(
    r"\b(?:began|begun|started|commenced|begonnen|begann|gestartet|inici(?:ó|ado|aron)|comenzó)\D{0,12}$",
    re.I,
)
_ENDED = re.compile(
    r"\b(?:completed|finished|concluded|ended|abgeschlossen|beendet|terminó|terminado|concluy(?:ó|eron)|finalizó)"
    r"\D{0,12}$",
    re.I,
)
# between the two ends of a stretch of days
_AND = re.compile(
    r"\s*(?:to|and|thru|through|until|till|bis|bis zum|und|al?|y|y el|hasta|hasta el|[–—~-]|至|到)\s*", re.I
)
# Wichita, 5 May 2026; Kempten, den 5. Mai 2026; Querétaro, Qro., a 5 de mayo de 2026
_PLACE_BEFORE = re.compile(
    r"\W*[A-ZÄÖÜÁÉÍÓÚÑ][^\d:]{2,40}[,.]\s*(?:den|dated|the|a|el|am|a los|al día)?\s*(?:día)?\s*|[一-鿿]{2,8}[,,]?\s*"
)
# Nr. 4711 vom 5. Mai 2026, behind the title of a paper or without it; of an order it is the day of the order
_NUMBER_BEFORE = re.compile(
    r"(?:.{0,40}(?:certificate|zeugnis|bescheinigung|certificado|informe|report|证书)\W{0,3})?(?:no|nr|nº|n°|núm|num|№|编号)\W{1,3}"
    r"[\w/-]*\d[\w/-]*\W{1,3}(?:vom|of|dated|de fecha|del?|fechad[oa] el)\s*$|(?:vom|dated|de fecha)\s*$"
    r"|(?:certificate|zeugnis|bescheinigung|certificado|informe|report|证书)\s+[A-Z]{1,5}[-/]?\d[\w/-]*\W{1,3}"
    r"(?:vom|of|dated|de fecha|del?)\s*$",
    re.I,
)


def _days_of_work(cell: Cell, days: list, how: str, above: str) -> Iterator[Candidate]:
    for start, end, day, ways in days:
        for key, words in (("process_from", _BEGAN), ("process_to", _ENDED)):
            # the words may stand at the end of the line above
            if words.search(cell.text[:start] if start > 2 else f"{above} "):
                value = Value(key, start, end, day, ways if len(ways) > 1 else ())
                yield Candidate(field_of(cell, 0, value, how), 0.65)
    is_range = len(days) == 2 and _AND.fullmatch(cell.text[days[0][1] : days[1][0]])
    if not days or not is_range and not _DAYS_OF_WORK.search(cell.text[: days[0][0]]):
        return
    first, last = days[0], days[min(1, len(days) - 1)]
    ends = (("process_from", first), ("process_to", last))
    if len(days) == 1 and _BEGAN.search(cell.text[: first[0]]):
        ends = ends[:1]
    for key, (start, end, day, ways) in ends:
        value = Value(key, start, end, day, ways if len(ways) > 1 else ())
        yield Candidate(field_of(cell, 0, value, how), 0.6)


def _letterhead(lines: list[Line], row: int, cell: Cell, start: int, how: str) -> Iterator[Candidate]:
    """The name in front of the first address of a paper, or on the line above it, is who issued it."""
    name, at = cell.text[:start].strip(" ,.;:·|-"), cell
    if not name and row:
        at = lines[row - 1].cells[0]
        name = at.text.strip()
    if len(name) < 3 or len(name) > 80 or begins_with_label(name) or is_bare(name):
        return
    begin = at.text.find(name)
    for key in ("issuer_name", "site"):
        yield Candidate(field_of(at, 0, Value(key, begin, begin + len(name), name), how), 0.4)


def _signature(lines: list[Line], row: int, column: int, place: Place, how: str) -> Iterator[Candidate]:
    """A name on a line of its own with a title behind or below it is who signed; the last name alone may be."""
    cell = lines[row].cells[column]
    found = read_value_of("signed_name", cell.text, place)
    if not found or found[0].start > 3 or begins_with_label(cell.text):
        return
    title = next((each for each in found if each.key == "signed_title"), None)
    if title and TITLE.search(title.value):
        for each in found:
            yield Candidate(field_of(cell, 0, each, how), NEAR_A_TITLE)
        return
    if found[0].end < len(cell.text) - 2:
        return
    below = _title_below(lines, row, cell)
    if below is not None:
        yield Candidate(field_of(cell, 0, found[0], how), NEAR_A_TITLE)
        name = below.text.strip()
        if not begins_with_label(name) or TITLE.match(name):
            yield Candidate(field_of(below, 0, Value("signed_title", 0, len(name), name), how), NEAR_A_TITLE)
    elif cell.box.top > LOWER_PART and not cell.text.isupper():
        yield Candidate(field_of(cell, 0, found[0], how), BELOW_ALL)


def _title_below(lines: list[Line], row: int, cell: Cell) -> Cell | None:
    """Return the words below a name where they are a title."""
    below = lines[row + 1].cells if row + 1 < len(lines) and lines[row + 1].page == cell.page else []
    near = [each for each in below if shares_column(cell.box, each.box)]
    return next((each for each in near if TITLE.search(each.text) and len(each.text) < 60), None)


def _pieces(lines: list[Line], row: int, cell: Cell, how: str) -> Iterator[Candidate]:
    """Yield a number of pieces in words, but not how many were tested: Coating thickness, 5 pieces."""
    match = _PIECES.search(cell.text)
    if not match:
        return
    before = cell.text[: match.start()]
    if not _OF_A_PART.match(cell.text[match.end() :]) and not _IS_ABOUT.search(before):
        return
    if re.search(r",\s*$", before):
        above = near_in_column(lines, row, cell, -1)
        height = cell.box.bottom - cell.box.top
        runs_on = above is not None and cell.box.top - above.box.bottom < height
        if is_known(f"{above.text if runs_on else ''} {before}".partition(",")[0]):
            return
    value = Value("quantity", match.start(), match.end(), match[1].replace(",", ""))
    yield Candidate(field_of(cell, 0, value, how), 0.4)


def _at_the_edge(cell: Cell) -> re.Match | None:
    """Return the bare count of pages, which elsewhere on a page counts pieces."""
    match = _PAGE_ALONE.match(cell.text) or _PAGE_IN_WORDS.match(cell.text)
    is_count = match and 1 <= int(match[1]) <= int(match[2]) <= MOST_PAGES
    return match if is_count and not EDGE < cell.box.top < 1 - EDGE else None


def _short(cell: Cell, place: Place, how: str) -> Iterator[Candidate]:
    text = cell.text
    if match := _PAGE.search(text):
        value = Value("page_of", match.start(), match.end(), f"{match[1]}/{match[2]}")
        yield Candidate(field_of(cell, 0, value, how), 0.9)
    elif match := _at_the_edge(cell):
        value = Value("page_of", 0, len(text), f"{match[1]}/{match[2]}")
        yield Candidate(field_of(cell, 0, value, how), 0.4)
    if match := _TYPE.search(text):
        value = Value("certificate_type", match.start(), match.end(), match[1])
        yield Candidate(field_of(cell, 0, value, how), 0.9)
    elif match := _TYPE_ALONE.search(text):
        value = Value("certificate_type", match.start(1), match.end(1), match[1])
        yield Candidate(field_of(cell, 0, value, how), 0.45)
    if match := _NUMBER_ALONE.search(text):
        value = Value("stated_number", match.start(1), match.end(1), match[1])
        yield Candidate(field_of(cell, 0, value, how), 0.3)
    if match := _NUMBER_TOLD.search(text):
        value = Value("stated_number", match.start(1), match.end(1), match[1])
        yield Candidate(field_of(cell, 0, value, how), 0.45)
    if match := _CHOICES.fullmatch(text.strip()):
        for key, place in (("spec_type", 1), ("spec_class", 2)):
            value = Value(key, match.start(place), match.end(place), match[place].upper())
            yield Candidate(field_of(cell, 0, value, how), 0.6)
    if match := _TYPE_FIRST.search(text):
        value = Value("certificate_type", match.start(1), match.end(1), match[1])
        yield Candidate(field_of(cell, 0, value, how), 0.9)
    if cell.page == 1 and cell.box.top < HEAD and (match := _ID_AT_HEAD.match(text)):
        value = Value("stated_number", match.start(1), match.end(1), match[1])
        yield Candidate(field_of(cell, 0, value, how), 0.25)
    if match := _IN_CONDITION.search(text):
        group = "temper1" if match["temper1"] else "temper2"
        value = Value("condition", match.start(group), match.end(group), match[group])
        yield Candidate(field_of(cell, 0, value, how), 0.4)
    if match := _SIGNED_BY.search(text) or _SIGNED_FOR.match(text):
        for value in read_value_of("signed_name", text[match.end() :], place):
            yield Candidate(field_of(cell, match.end(), value, how), 0.7)
    if match := _ELECTRONIC.search(text):
        value = Value("signature_mark", match.start(), match.end(), "electronic")
        yield Candidate(field_of(cell, 0, value, how), 0.5)
