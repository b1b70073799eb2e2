"""What may stand as the value of each key: the words cut to it, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from documents.formats.reading.days import find_days
from documents.formats.reading.names import NAME, is_person
from documents.formats.reading.numbers import WEIGHT, plain, read_quantity
from documents.formats.reading.specifications import find_specifications


@dataclass(frozen=True)
class Place:
    """What is known of the paper as a whole: where its days are written, and its language."""

    country: str = ""
    language: str = ""


@dataclass(frozen=True)
class Value:
    """One value cut out of the words behind a label. Units: `start` and `end` count letters of those words."""

    key: str
    start: int
    end: int
    value: str
    others: tuple[str, ...] = ()
    fit: float = 1.0


_REVISION = re.compile(
    r"[\s,;(/]+(?:rev(?:ision)?|issue|iss|ind(?:ex)?|ausgabe|stand|änderung|änd|chg|change|version|ver|edition|revisión|edición|版本|版次)\.?[\s\-]*(?:level|letter|no|nr)?\.?"
    r"\s*[:.：]?\s*((?-i:[A-Z]{1,3}\d{0,2}|[a-z])|\d{1,3}|-)(?![\w])",
    re.I,
)
# Chinese puts the word behind: E版
_REVISION_FIRST = re.compile(r"[\s,;(/]+([A-Z]{1,2}\d?|\d{1,2})\s*版")
_LINE = re.compile(
    r"[\s,;(/\-]+(?:line|item|pos(?:ition)?|zeile|l[ií]nea|posici[oó]n|partida|行|项)\.?\s*(?:no|nr|"
    r"#)?\.?\s*[:.：]?\s*(\d{1,4})",
    re.I,
)
_SLASH_LINE = re.compile(r"^\W*([\w\-.]{4,})\s*/\s*(\d{1,3})(?![\w/])")
_IDENTIFIER = re.compile(r"\w[^\s,;，；、()（）]*(?:[ ][^\s,;，；、()（）]*\d[^\s,;，；、()（）]*)*")
_TYPE = re.compile(r"(?<![\d.])([23]\.[12])\.?([ABC])?(?![\d.]\d)")
_MILL = re.compile(r"mill (?:test )?(?:report|certificate)|material test report|\bMTR\b|werkszeugnis", re.I)
_DEGREE = re.compile(r"(?:\b(?:Prof|Dr|Dipl|Ing)\.?[\s-]*)+$")
_TAIL_WORDS = re.compile(r"\s+(?:dated|of|vom|de fecha|date|rev|for|para|für|qty|quantity)\b.*$", re.I)


# an address as the four countries' post offices write it
ADDRESS = re.compile(
    r"(?:\d{1,5}\s[^,;|]{3,40}(?:,\s[^,;|]{2,30})?,\s[A-Z]{2}\s\d{5}(?:-\d{4})?"
    r"|(?:Unit\s\d+\w?\s|\d{1,4}\w?\s)[^;|]{4,60}\s[A-Z]{1,2}\d[\dA-Z]?\s\d[A-Z]{2}"
    r"|[A-ZÄÖÜ][\w.\-]*(?:\s[\w.\-]+){0,3}\s\d{1,4}\w?,\s(?:[^,;|"
    r"]{2,30},\s)?(?:[A-Z]\.[A-Z]\.\s)?\d{5}(?:\s[A-ZÄÖÜ][^,;|]{1,40})?"
    r"|(?:Av|Calle|C/|Calz|Blvd|Carretera|Pol)\.?\s[^;|]{4,60}\d{5}"
    r"|[一-鿿]{2,}(?:市|省)[一-鿿]{2,20}(?:路|街|道)\d{1,5}号)"
)
CONDITION = re.compile(
    r"[\s,\-/]\(?((?:H\d{3,4}M?|T\d{1,5}|O|F|STA|Annealed|Normali[sz]ed|Solution treated|Q&T|"
    r"Quenched and tempered|geglüht|vergütet"
    r"|normalisiert|recocido|templado|退火|正火|调质))\)?$", re.I
)  # fmt: skip


def read_value_of(key: str, text: str, place: Place) -> list[Value]:
    """Return what the words behind a label mean for its key, the likeliest first; nothing when they do not fit."""
    return READERS[key](text, place) if text.strip() else []


def _identifier(key: str, *, most: int = 40, needs_figure: bool = True):
    def read(text: str, place: Place) -> list[Value]:
        match = _IDENTIFIER.search(text)
        if not match:
            return []
        words = _TAIL_WORDS.sub("", match[0]).rstrip(".:：").strip()
        is_odd = needs_figure and not any(letter.isdigit() for letter in words)
        if not words or len(words) > most or is_odd or not re.search(r"\w", words):
            return []
        return [Value(key, match.start(), match.start() + len(words), words.strip("\"'“”"))]

    return read


def _order(text: str, place: Place) -> list[Value]:
    line = _LINE.search(" " + text)
    line = _LINE.search(text) if line else None
    head = text[: line.start()] if line else text
    found = _identifier("po_number")(head, place)
    if not found:
        return []
    if slash := _SLASH_LINE.match(head):
        whole = f"{slash[1]}/{slash[2]}"
        values = [
            Value("po_number", slash.start(1), slash.end(1), slash[1], (whole,)),
            Value("po_line", slash.start(2), slash.end(2), slash[2].lstrip("0") or "0"),
        ]
    else:
        values = found
    if line:
        values.append(Value("po_line", line.start(1), line.end(1), line[1].lstrip("0") or "0"))
    return values


def _part(text: str, place: Place) -> list[Value]:
    revision = _REVISION.search(text) or _REVISION_FIRST.search(text)
    head = text[: revision.start()] if revision else text
    found = _identifier("part_number")(head, place)
    if found and revision:
        found.append(Value("part_revision", revision.start(1), revision.end(1), revision[1]))
    return found


def _revision(key: str):
    def read(text: str, place: Place) -> list[Value]:
        # the beginning of a number is no revision
        match = re.match(r"\W*([A-Z]{1,3}\d{0,2}|\d{1,4}|-)(?!\w|[-./]\w)", text)
        # part and revision in one cell, as in 4347-123 / B or 30-4471-2 Rev C
        match = match or _REVISION.search(text) or re.search(r"\w{3,}\s*/\s*([A-Z]{1,2}|\d{1,2})\s*$", text)
        return [Value(key, match.start(1), match.end(1), match[1])] if match else []

    return read


_CHOICE_WORDS = {
    # the word of the choice, and what Chinese puts behind the other one
    "spec_type": (r"type|typ|ty|tipo", "级等"),
    "spec_class": (r"class|cl|klasse|kl|clase", "型类"),
}


def _roman(key: str):
    word, of_the_other = _CHOICE_WORDS[key]

    def read(text: str, place: Place) -> list[Value]:
        both = re.fullmatch(r"\W*((?:[IV]{1,4}|\d)[A-Z]?)\s*[/,;]\s*(\d[A-Z]?|[A-Z])\W*", text)
        if both:
            # type and class in one cell
            place_of = 2 if key == "spec_class" else 1
            return [Value(key, both.start(place_of), both.end(place_of), both[place_of].upper())]
        match = re.match(
            rf"\W*(?:(?:{word}|第)[\s.:]+|第)?"
            rf"((?:SC\s?\d|[IV]{{1,4}}[A-Z]?|\d{{1,2}}[A-Z]?|[A-Z])(?![A-Za-z0-9_]|[-/.,]\d|\s?[{of_the_other}]))",
            text,
            re.I,
        )
        return [Value(key, match.start(1), match.end(1), match[1].upper())] if match else []

    return read


def _day(key: str):
    def read(text: str, place: Place) -> list[Value]:
        days = find_days(text, country=place.country, language=place.language)
        if not days or days[0][0] > 25:
            return []
        start, end, day, ways = days[0]
        found = [Value(key, start, end, day, ways if len(ways) > 1 else ())]
        if key == "process_on":
            last_start, last_end, last, last_ways = (
                days[1] if len(days) > 1 and days[1][0] - end < 12 else days[0]
            )
            return [
                Value("process_from", start, end, day, found[0].others),
                Value("process_to", last_start, last_end, last, last_ways if len(last_ways) > 1 else ()),
            ]
        return found

    return read


def _quantity(text: str, place: Place) -> list[Value]:
    number = read_quantity(text)
    if not number:
        return _weight(text, place)
    match = re.search(r"\d[\d.,'’ ]*", text)
    return [Value("quantity", match.start(), match.start() + len(match[0].rstrip()), number)]


def _weight(text: str, place: Place) -> list[Value]:
    match = WEIGHT.search(text)
    if not match or match.start() > 12:
        return []
    comma = place.language in ("de", "es") or None
    return [Value("weight", match.start(), match.end(), plain(match[1].strip(), comma=comma))]


# behind a label a letter beside the number is its revision: AMS 2700 F, AMS 4027, P
_LETTER_BEHIND = re.compile(
    r"[\s,;/(–-]{1,3}([A-Z]{1,2})(?=\)?\s*(?:$|[,;(/]|(?:type|typ|tipo|class|klasse|clase)\b))", re.A
)


def _specification(text: str, place: Place) -> list[Value]:
    for found in find_specifications(text):
        if found.is_of_a_process:
            letter = None if found.revision else _LETTER_BEHIND.match(text, found.end)
            return specification_values(
                replace(found, revision=letter[1], end=letter.end(1)) if letter else found
            )
    return []


def specification_values(found) -> list[Value]:
    """Return number, revision, type and class of one specification as values of their keys."""
    parts = {
        "spec_number": found.number,
        "spec_revision": found.revision,
        "spec_type": found.spec_type,
        "spec_class": found.spec_class,
    }
    end = max(found.end, found.start + len(found.number))
    return [Value(key, found.start, end, value) for key, value in parts.items() if value]


def _certificate_type(text: str, place: Place) -> list[Value]:
    if match := _TYPE.search(text):
        return [Value("certificate_type", match.start(), match.end(), match[1] + (match[2] or ""))]
    if match := _MILL.search(text):
        return [Value("certificate_type", match.start(), match.end(), "MTR", fit=0.8)]
    return []


def _name(text: str, place: Place) -> list[Value]:
    match = NAME.search(text)
    if not match or match.start() > 20:
        return []
    name = match[1]
    while not is_person(name) and name.count(" ") > 1:
        # the next caption stands right behind the name
        name = name.rpartition(" ")[0]
    if not is_person(name):
        return []
    end = match.start(1) + len(name)
    # a doctor signs as one
    degree = _DEGREE.search(text[: match.start(1)])
    begin = degree.start() if degree else match.start(1)
    found = [Value("signed_name", begin, end, text[begin:end])]
    title = re.match(r"\s*[,，(/–-]+\s*([^\d,，;()]{4,60})", text[end:])
    if title:
        start = end + title.start(1)
        found.append(Value("signed_title", start, start + len(title[1].rstrip()), title[1].strip(" -")))
    return found


def _words(key: str, most: int):
    def read(text: str, place: Place) -> list[Value]:
        words = text.strip(" :：-–|=")
        start = text.find(words) if words else 0
        if len(words) < 2 or not re.search(r"\w", words):
            return []
        return [Value(key, start, start + len(words[:most]), words[:most].strip())]

    return read


def _serials(text: str, place: Place) -> list[Value]:
    from documents.formats.reading.serials import read_serials

    words, value = read_serials(text)
    return [Value("serials", text.find(words), text.find(words) + len(words), value)] if value else []


def _page_of(text: str, place: Place) -> list[Value]:
    match = re.match(r"\s*(\d{1,3})\s*(?:/|of|von|de|共)\s*(\d{1,3})", text, re.I)
    return [Value("page_of", match.start(), match.end(), f"{match[1]}/{match[2]}")] if match else []


def _lot(text: str, place: Place) -> list[Value]:
    """A lot is the pieces in process, and now and then the batch of a material."""
    found = _identifier("lot_number")(text, place)
    return [*found, *(replace(each, key="identifier", fit=0.8) for each in found)]


def _certificate(text: str, place: Place) -> list[Value]:
    """The bare word certificate is a title as often as a label: only a plain number behind it is one."""
    match = re.match(r"\s*(?:no|nr|number|#)?\.?\s*[:.：#]?\s*([A-Z]{0,5}[-/ ]?\d[\w\-/]{2,30})(?!\w)", text)
    if not match or find_days(match[1]):
        return []
    return [Value("stated_number", match.start(1), match.end(1), match[1], fit=0.7)]


def _site(text: str, place: Place) -> list[Value]:
    found = _words("site", 120)(text, place)
    address = ADDRESS.search(text)
    if found and address:
        found.append(Value("site_address", address.start(), address.end(), address[0], fit=0.9))
        name = text[: address.start()].strip(" ,.;:：-–·|")
        if len(name) >= 3:
            start = text.find(name)
            found[0] = Value("site", start, start + len(name), name)
    return found


def _title(text: str, place: Place) -> list[Value]:
    if re.search(r"\d", text) or len(text) > 60:
        return []
    return _words("signed_title", 60)(text, place)


def _grade(text: str, place: Place) -> list[Value]:
    found = _words("grade", 60)(text, place)
    condition = CONDITION.search(text)
    if found and condition and condition.start() > 1:
        grade = text[: condition.start()].strip(" ,-/")
        found = [Value("grade", 0, len(text[: condition.start()].rstrip(" ,-/")), grade)] if grade else found
        found.append(Value("condition", condition.start(1), condition.end(1), condition[1], fit=0.6))
    return found


READERS: dict[str, Callable[[str, Place], list[Value]]] = {
    "stated_number": _identifier("stated_number", most=60),
    "stated_on": _day("stated_on"),
    "certificate_type": _certificate_type,
    "po_number": _order,
    "po_line": lambda text, place: (
        [Value("po_line", match.start(1), match.end(1), match[1].lstrip("0") or "0")]
        if (match := re.match(r"\W*(\d{1,4})(?![\w.]|[-/]\w)", text))
        else []
    ),
    "part_number": _part,
    "part_revision": _revision("part_revision"),
    "spec_number": _specification,
    "spec_revision": _revision("spec_revision"),
    "spec_type": _roman("spec_type"),
    "spec_class": _roman("spec_class"),
    "condition": _words("condition", 60),
    "grade": _grade,
    "identifier": _identifier("identifier", most=60),
    "lot_number": _identifier("lot_number"),
    "lot": _lot,
    "certificate": _certificate,
    "serials": _serials,
    "quantity": _quantity,
    "weight": _weight,
    "process_from": _day("process_from"),
    "process_to": _day("process_to"),
    "process_on": _day("process_on"),
    "issuer_name": _words("issuer_name", 80),
    "site": _site,
    "site_address": _words("site_address", 160),
    "signed_name": _name,
    "signed_title": _title,
    "position": lambda text, place: READERS["po_line"](text, place) or _title(text, place),
    "sub_tier": _words("sub_tier", 80),
    "page_of": _page_of,
}
