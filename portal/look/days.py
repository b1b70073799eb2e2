"""Days and moments as their reader writes them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import formats, translation

from portal.languages import ENGLISH


def say(value: date | datetime | None, english: str) -> str:
    """Return a day or moment: in English by the format given, otherwise by the custom of the language.

    english: as in Django's `date` filter; what it leaves out, the year or the time, is left out in every language.
    """
    if value is None:
        return ""
    if translation.get_language() in (None, ENGLISH):
        return formats.date_format(value, english)
    if "H" in english:
        return formats.date_format(value, "SHORT_DATETIME_FORMAT")
    return formats.date_format(value, "DATE_FORMAT" if "Y" in english else "MONTH_DAY_FORMAT")
