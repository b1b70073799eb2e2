"""Days as papers write them, in four languages; what can mean two days is said to."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# where the day stands first, the month first, the year first; elsewhere 03/04/26 is asked
DAY_FIRST = frozenset(
    [
        "DE",
        "AT",
        "CH",
        "ES",
        "FR",
        "IT",
        "NL",
        "BE",
        "PL",
        "CZ",
        "SE",
        "DK",
        "NO",
        "FI",
        "PT",
        "GB",
        "IE",
        "IN",
        "AU",
        "NZ",
        "MX",
        "AR",
        "BR",
        "CL",
        "CO",
        "TR",
    ]
)
MONTH_FIRST = frozenset({"US"})
YEAR_FIRST = frozenset({"CN", "TW", "JP", "KR", "HU"})
DAY_FIRST_LANGUAGES = frozenset({"de", "es"})

_MONTHS = {
    1: "january jan januar jän enero ene janvier",
    2: "february feb februar febrero fev",
    3: "march mar märz mrz maerz marzo",
    4: "april apr abril abr",
    5: "may mai mayo",
    6: "june jun juni junio",
    7: "july jul juli julio",
    8: "august aug agosto ago",
    9: "september sep sept septiembre setiembre",
    10: "october oct oktober okt octubre",
    11: "november nov noviembre",
    12: "december dec dezember dez diciembre dic",
}
MONTHS = {name: month for month, names in _MONTHS.items() for name in names.split()}
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))

_SHAPES = (
    # the year of one day and the next day behind a dash are no day
    *(
        ("ymd", re.compile(rf"(?<!\d)(?<!\d[-/.])(\d{{4}})\s*{sign}\s*(\d{{1,2}})\s*{sign}\s*(\d{{1,2}})(?!\d)"))
        for sign in ("-", "/", r"\.")
    ),
    ("ymd", re.compile(r"(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")),
    ("ymd", re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")),
    ("dny", re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s.\-/]*(?:de\s+)?({_NAME})\b[\s.,\-/]*(?:de[l]?\s+)?(\d{{4}}|\d\d)(?!\d)", re.I)),  # noqa: E501
    ("ndy", re.compile(rf"\b({_NAME})\b[\s.\-]*(\d{{1,2}})(?:st|nd|rd|th)?[\s,.\-]+(\d{{4}}|\d\d)(?!\d)", re.I)),
    ("dmy", re.compile(r"(?<!\d)(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(\d{4}|\d\d)(?!\d)")),
    ("???", re.compile(r"(?<!\d)(\d{1,2})\s?[/-]\s?(\d{1,2})\s?[/-]\s?(\d{4}|\d\d)(?!\d)")),
)  # fmt: skip


def find_days(
    text: str, *, country: str = "", language: str = ""
) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """Return every day a text names: where it stands, its ISO form, and the ways it can be read if not plain.

    Units:   ISO 8601 days; empty where the words can mean two days and nothing says which.
    """
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) != len(text):
        plain = text
    found: list[tuple[int, int, str, tuple[str, ...]]] = []
    for order, shape in _SHAPES:
        for match in shape.finditer(plain):
            if any(match.start() < end and match.end() > start for start, end, *_ in found):
                continue
            ways = _ways(order, match.groups(), country, language)
            if ways:
                found.append((match.start(), match.end(), ways[0] if len(ways) == 1 else "", tuple(ways)))
    return sorted(found)


def read_day(text: str, *, country: str = "", language: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the first day a text names, and the ways it can be read where it is not plain."""
    for _, _, day, ways in find_days(text, country=country, language=language):
        return day, ways if len(ways) > 1 else ()
    return "", ()


def _ways(order: str, parts: tuple[str, ...], country: str, language: str) -> list[str]:
    one, two, three = parts
    if order == "ymd":
        return _days((one, two, three))
    if order == "dny":
        return _days((three, MONTHS[two.lower()], one))
    if order == "ndy":
        return _days((three, MONTHS[one.lower()], two))
    if order == "dmy":
        return _days((three, two, one))
    day_first, month_first = (three, two, one), (three, one, two)
    year_first = (one, two, three)
    if country in MONTH_FIRST:
        return _days(month_first) or _days(day_first)
    if country in DAY_FIRST or (not country and language in DAY_FIRST_LANGUAGES):
        return _days(day_first) or _days(month_first)
    if country in YEAR_FIRST and len(three) == 2:
        return _days(year_first) or _days(day_first, month_first)
    return _days(day_first, month_first)


def _days(*orders: tuple) -> list[str]:
    """Return the days that exist, each once."""
    days = []
    for year, month, day in orders:
        whole = int(year) + (2000 if len(str(year)) == 2 else 0)
        if not 1950 <= whole <= 2100:
            continue
        try:
            iso = date(whole, int(month), int(day)).isoformat()
        except ValueError:
            continue
        if iso not in days:
            days.append(iso)
    return days
