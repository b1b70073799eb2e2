"""Numbers as papers write them: comma or point, limits in words and signs, units behind."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = r"[-+−]?\d[\d.,'’]*\d|[-+−]?\d|[-+−]?[.,]\d+"
_SIGN = {"<": "maximum", "≤": "maximum", "<=": "maximum", "≦": "maximum", ">": "minimum", "≥": "minimum",
         ">=": "minimum", "≧": "minimum"}  # fmt: skip
_MIN = r"min(?:imum|destens|\.)?|mín(?:imo|\.)?|at least|mind\.|最小值?|不小于"
_MAX = r"max(?:imum|imal|\.)?|máx(?:imo|\.)?|at most|höchstens|最大值?|不大于"
_RANGE = re.compile(rf"^({_PLAIN})\s*(?:-|–|—|~|～|…|\.\.\.?|to|bis|a|至|÷|/)\s*({_PLAIN})")
_SIGNED = re.compile(rf"^(<=|>=|[<>≤≥≦≧])\s*({_PLAIN})")
_WORD_FIRST = re.compile(rf"^(?:(?P<low>{_MIN})|(?P<high>{_MAX}))\s*:?\s*(?P<number>{_PLAIN})", re.I)
_WORD_LAST = re.compile(
    rf"^(?P<number>{_PLAIN})\s*(?P<unit>[^\d\s]*?)\s*(?:(?P<low>{_MIN})|(?P<high>{_MAX}))", re.I
)
NUMBER = re.compile(_PLAIN)

UNITS = (
    "MPa|N/mm²|N/mm2|N/mm|GPa|ksi|psi|kN|µm|μm|um|mm|cm|in\\.?|inch|mils?|mil|%\\s?IACS|MS/m|HRC|HRB|HRA|HV\\d*|HBW?\\d*"
    "|HB|J|ft[·\\-. ]?lbs?|°C|°F|ºC|ppm|wt\\.?\\s?-?%|%|mg/ft²|g/m²|h|hrs?|hours?|min|s|kg|lbs?|g|t"
)
_UNIT = re.compile(rf"^\s*({UNITS})(?![A-Za-z])")
COUNT_WORDS = (
    r"pcs?\.?|pieces?|parts?|ea\.?|each|units?|nos?\.|stk\.?|stück|stueck|teile|st\.|piezas?|pzas?\.?|pz\.?|uds?\.?"
    r"|unidades|件|个|只|片|支"
)
WEIGHT = re.compile(r"(\d[\d.,' ]*)\s*(kg|kgs|lbs?|t|to|tons?|g)(?![A-Za-z])", re.I)
_QUANTITY = re.compile(
    rf"^\W*(\d{{1,3}}(?:[ .,'’]\d{{3}})+|\d+)(?:[.,]0+)?\s*(?:{COUNT_WORDS})?(?=$|[\s,;)（(/]|\D)", re.I
)


@dataclass(frozen=True)
class Limits:
    """What a cell says of a value's limits, as plain numbers; empty where it says nothing."""

    minimum: str = ""
    maximum: str = ""
    unit: str = ""


def plain(text: str, *, comma: bool | None = None) -> str:
    """Return a number with a decimal point, or nothing when the text is none.

    comma: whether this paper writes a decimal comma; None lets the shape of the number decide.
    """
    kept = unicodedata.normalize("NFKC", text).strip().replace("−", "-").lstrip("=+~≈ ")
    kept = re.sub(r"[\s'’]", "", kept)
    if not re.fullmatch(r"-?\d*(?:[.,]\d*)*", kept) or not any(letter.isdigit() for letter in kept):
        return ""
    points, commas = kept.count("."), kept.count(",")
    if points and commas:
        decimal = max(kept.rfind("."), kept.rfind(","))
        kept = re.sub(r"[.,]", "", kept[:decimal]) + "." + kept[decimal + 1 :]
    elif commas == 1 and (comma or not re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", kept)):
        kept = kept.replace(",", ".")
    elif points == 1 and comma and re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", kept):
        kept = kept.replace(".", "")
    elif commas or points > 1:
        kept = re.sub(r"[.,]", "", kept)
    kept = kept.rstrip(".")
    return (
        ("0" + kept if kept.startswith(".") else kept.replace("-.", "-0.")) if kept not in ("", "-") else ""
    )


def writes_comma(text: str) -> bool:
    """Say whether a paper writes a decimal comma, by the numbers that leave no doubt."""
    commas = len(re.findall(r"(?<![\d.,])\d*,(?:\d{1,2}|\d{4,}|0\d\d)(?![\d.,])", text))
    points = len(re.findall(r"(?<![\d.,])\d*\.(?:\d{1,2}|\d{4,}|0\d\d)(?![\d.,])", text))
    return commas > points


def read_value(text: str, *, comma: bool | None = None) -> tuple[str, str]:
    """Return the first number of a cell and its unit; a measured value may carry a sign such as ≤."""
    text = unicodedata.normalize("NFKC", text).strip()
    match = re.match(rf"^(?:<=|>=|[<>≤≥=≈~])?\s*({_PLAIN})", text)
    if not match:
        return "", ""
    unit = _UNIT.match(text[match.end() :])
    return plain(match.group(1), comma=comma), unit.group(1).strip() if unit else ""


def read_limits(text: str, *, comma: bool | None = None) -> Limits:
    """Return the limits a cell states: 1.2-2.0, ≤ 0.05, min 470, 44 HRC max."""
    text = unicodedata.normalize("NFKC", text).strip().strip("()[] ")
    if match := _RANGE.match(text):
        unit = _UNIT.match(text[match.end() :])
        return Limits(plain(match[1], comma=comma), plain(match[2], comma=comma), unit[1] if unit else "")
    if match := _SIGNED.match(text):
        unit = _UNIT.match(text[match.end() :])
        return Limits(**{_SIGN[match[1]]: plain(match[2], comma=comma)}, unit=unit[1] if unit else "")
    low = high = unit_text = ""
    for match in (_WORD_FIRST.match(text), _WORD_LAST.match(text)):
        if match:
            number = plain(match["number"], comma=comma)
            low, high = (number, "") if match["low"] else ("", number)
            rest = _UNIT.match(text[match.end() :]) or _UNIT.match(text[match.end("number") :])
            unit_text = rest[1] if rest else ""
            break
    if low:
        further = re.search(rf"(?:{_MAX})\s*:?\s*({_PLAIN})", text, re.I)
        high = plain(further[1], comma=comma) if further else ""
    return Limits(low, high, unit_text)


def read_quantity(text: str) -> str:
    """Return a number of pieces; nothing for a weight, a length or words."""
    text = unicodedata.normalize("NFKC", text)
    match = _QUANTITY.match(text)
    if not match:
        return ""
    # a number that goes on is no count: 8192-389, 05/26/2026
    if re.match(r"[-–/.]\d", text[match.end(1) :]) and not re.match(r"\.0+(?!\d)", text[match.end(1) :]):
        return ""
    behind = text[match.end(1) :].strip().lower()
    if re.match(r"(?:[.,]\d*[1-9])|(?:kg|kgs|lbs?|g|t|to|tons?|mm|cm|m|ft|in|inch|%|hrs?|h)\b", behind):
        return ""
    return re.sub(r"\D", "", match[1])
