"""The results a certificate prints, held against limits; units are converted with the factor shown. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from documents.domain.key_verdicts import MATCH, MISMATCH, NORMALISED, NOT_FOUND, KeyComparison
from documents.formats.paper import OCR, ReadRow

# unit → what it measures, and how many of the first unit of its kind it is
UNITS: dict[str, tuple[str, Decimal]] = {
    "um": ("length", Decimal(1)),
    "µm": ("length", Decimal(1)),
    "micron": ("length", Decimal(1)),
    "microns": ("length", Decimal(1)),
    "mm": ("length", Decimal(1000)),
    "mil": ("length", Decimal("25.4")),
    "mils": ("length", Decimal("25.4")),
    "in": ("length", Decimal(25400)),
    "inch": ("length", Decimal(25400)),
    '"': ("length", Decimal(25400)),
    "mpa": ("stress", Decimal(1)),
    "n/mm2": ("stress", Decimal(1)),
    "n/mm²": ("stress", Decimal(1)),
    "ksi": ("stress", Decimal("6.894757")),
    "psi": ("stress", Decimal("0.006894757")),
    "%": ("share", Decimal(1)),
    "wt%": ("share", Decimal(1)),
    "wt.%": ("share", Decimal(1)),
    "ppm": ("share", Decimal("0.0001")),
    "%iacs": ("conductivity", Decimal(1)),
    "ms/m": ("conductivity", Decimal("1.724138")),
    "h": ("time", Decimal(1)),
    "hr": ("time", Decimal(1)),
    "hrs": ("time", Decimal(1)),
    "hours": ("time", Decimal(1)),
    "min": ("time", Decimal(1) / Decimal(60)),
    "hrc": ("HRC", Decimal(1)),
    "hrb": ("HRB", Decimal(1)),
    "hb": ("HB", Decimal(1)),
    "hbw": ("HB", Decimal(1)),
    "hv": ("HV", Decimal(1)),
    "j": ("energy", Decimal(1)),
    "ft-lb": ("energy", Decimal("1.355818")),
    "ft.lb": ("energy", Decimal("1.355818")),
}
# what a test can be measured in; a test that is not named takes any unit
KINDS_OF_TEST = {
    "chemistry": ("share",),
    "tensile": ("stress", "share"),
    "hardness": ("HRC", "HRB", "HB", "HV"),
    "conductivity": ("conductivity",),
    "thickness": ("length",),
    "salt_spray": ("time",),
}

# a result so many times beyond its limit is doubted: pieces fail by less
FAR = 5


@dataclass(frozen=True)
class Limit:
    """What a specification or an order asks of one property; not `is_asked`, it counts only where a paper states it.

    Units:   both limits in `unit`.
    """

    property_name: str
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    source: str = ""
    test: str = ""
    is_asked: bool = True


def number_of(text: str) -> Decimal | None:
    """Return the number a text is, or nothing."""
    try:
        found = Decimal(unicodedata.normalize("NFKC", text).strip().lstrip("<>≤≥=~ ").replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def unit_of(text: str) -> tuple[str, Decimal] | None:
    """Return what a unit measures and its factor; nothing for a unit that is not known."""
    return UNITS.get(unicodedata.normalize("NFC", text).strip().casefold().replace(" ", "").replace("μ", "µ"))


def convert(value: Decimal, unit: str, into: str) -> tuple[Decimal, str] | None:
    """Return a value in another unit and the words that show the factor; nothing where they measure other things."""
    if unit.strip().casefold() == into.strip().casefold() or not unit.strip() or not into.strip():
        return value, ""
    ours, theirs = unit_of(unit), unit_of(into)
    if ours is None or theirs is None or ours[0] != theirs[0]:
        return None
    factor = ours[1] / theirs[1]
    if factor == 1:
        return value, ""
    shown = _short(factor)
    return value * factor, _("%(value)s %(unit)s × %(factor)s = %(result)s %(into)s") % {
        "value": value, "unit": unit, "factor": shown, "result": _short(value * factor), "into": into,
    }  # fmt: skip


def _short(number: Decimal) -> str:
    """Return a number with six digits that count, without a power of ten."""
    return f"{Decimal(f'{number:.6g}').normalize():f}"


def compare_results(
    rows: Sequence[ReadRow],
    limits: Iterable[Limit] = (),
    required: Iterable[str] = (),
    typed: Iterable[str] = (),
) -> list[KeyComparison]:
    """Hold each printed result against its printed limits and against those that are known; name what is missing.

    typed  names of results a person typed off the page: they are stated, though the machine did not read them
    Source:  release rule 34; every limit says where it is from.
    """
    known = {_plain(each.property_name): each for each in limits}
    answered = {_plain(name) for name in typed}
    found = []
    for row in rows:
        keys = (_unit(row), _printed(row), _against(row, known.get(_plain(row.property_name))))
        # what was asked about a figure is answered by whoever typed it off the page
        is_answered = _plain(row.property_name) in answered
        found += [key for key in keys if key and not (key.is_question and is_answered)]
    given = {_plain(name) for name in (*(row.property_name for row in rows if row.value.strip()), *typed)}
    asked = dict.fromkeys([*required, *(each.property_name for each in known.values() if each.is_asked)])
    missing = [name for name in asked if _plain(name) not in given]
    if missing:
        sentence = _("The certificate states no %(names)s; it is asked for.") % {"names": ", ".join(missing)}
        found.append(KeyComparison("required results", "", ", ".join(missing), NOT_FOUND, sentence))
    return found


# what houses call one property; a name that holds one of these words is that property
CALLED = {
    "yield": r"yield|proof|^re[hl]?\b|^rp\s?0|0[.,]2\s?%|streckgrenze|dehngrenze"
    r"|l[íi]mite el[áa]stico|fluencia|cedencia|屈服",
    "elongation": r"elong|bruchdehnung|alargamiento|^a5?\b(?! ?-)|伸长",
    "hardness": r"hardness|härte|dureza|硬度",
    "thickness": r"thickness|schichtdicke|espesor|厚度|膜厚",
    "conductivity": r"conductiv|leitfähigkeit|conductividad|电导",
    # last: the test is called so, too, and stands before the names of what it measures
    "tensile": r"tensile|ultimate|\buts\b|^rm\b|zugfestigkeit|tracci[óo]n|抗拉",
}
_CALLED = {called: re.compile(shape, re.IGNORECASE) for called, shape in CALLED.items()}


def _plain(name: str) -> str:
    """Return a property's name as it is compared: "Cu %" is Cu, and Rm is the tensile strength."""
    bare = name.strip(" %()[]")
    if len(bare) > 2 or bare == "Rm" or len(bare) == 2 and not bare.isascii():
        said = next((called for called, shape in _CALLED.items() if shape.search(name.strip())), "")
        if said:
            return said
    words = unicodedata.normalize("NFKC", name).casefold()
    for noise in ("wt.%", "wt%", "%", "(", ")", "[", "]", ".", ":"):
        words = words.replace(noise, " ")
    return "".join(words.split())


def _key(row: ReadRow, on_record: str, verdict: str, sentence: str, value: str = "") -> KeyComparison:
    return KeyComparison(
        "results",
        value or f"{row.property_name} {row.value} {row.unit}".strip(),
        on_record,
        verdict,
        sentence,
        read=f"{row.value} {row.unit}".strip(),
        page=row.page,
        box=row.box,
        how=row.how,
        # a picture may be misread; the rows a person typed are judged on their own
        is_must=row.how != OCR,
    )


def _unit(row: ReadRow) -> KeyComparison | None:
    """Name a unit that cannot be the unit of such a test."""
    kinds, unit = KINDS_OF_TEST.get(row.test), unit_of(row.unit)
    if not row.unit.strip() or kinds is None or unit is None or unit[0] in kinds:
        return None
    sentence = _("Page %(page)s gives %(name)s in %(unit)s, which is no unit of it.")
    return _key(
        row, _("a unit of %(test)s") % {"test": row.test}, MISMATCH,
        sentence % {"page": row.page, "name": row.property_name, "unit": row.unit},
    )  # fmt: skip


def _printed(row: ReadRow) -> KeyComparison | None:
    limit = Limit(
        row.property_name,
        row.unit,
        number_of(row.minimum),
        number_of(row.maximum),
        _("printed on the certificate"),
    )
    return _judged(row, limit) if limit.minimum is not None or limit.maximum is not None else None


def _against(row: ReadRow, limit: Limit | None) -> KeyComparison | None:
    if limit is None or (limit.minimum is None and limit.maximum is None):
        return None
    return _judged(row, limit)


def _judged(row: ReadRow, limit: Limit) -> KeyComparison | None:
    value = number_of(row.value)
    if value is None:
        return None
    wanted = words_of(limit)
    place = {
        "page": row.page,
        "name": row.property_name,
        "value": f"{row.value} {row.unit}".strip(),
        "limits": wanted,
    }
    converted = convert(value, row.unit, limit.unit)
    if converted is None:
        sentence = _(
            "Page %(page)s gives %(name)s %(value)s, which cannot be held against %(limits)s: other units."
        )
        return _key(row, wanted, MISMATCH, sentence % place)
    number, shown = converted
    is_out = (limit.minimum is not None and number < limit.minimum) or (
        limit.maximum is not None and number > limit.maximum
    )
    if shown and not is_out and _is_another_unit(row, value, number, limit):
        sentence = _(
            "Page %(page)s gives %(name)s %(value)s; the limit is %(limits)s. The figures fit each other and the "
            "units do not: ask which unit is meant."
        )
        return _key(row, wanted, MISMATCH, f"{sentence % place} {shown}.")
    if is_out and not shown and _is_far(value, limit):
        sentence = _(
            "Page %(page)s seems to give %(name)s %(value)s; the limit is %(limits)s. So far off it may be another "
            "figure. A person looks and types the result."
        )
        return replace(_key(row, wanted, MISMATCH, sentence % place), is_question=True)
    if is_out:
        sentence = _("Page %(page)s gives %(name)s %(value)s; the limit is %(limits)s.")
        words = " ".join(part for part in (sentence % place, shown and f"{shown}.") if part)
        return _key(row, wanted, MISMATCH, words)
    return _key(row, wanted, NORMALISED if shown else MATCH, shown)


def _is_far(value: Decimal, limit: Limit) -> bool:
    """Say whether a figure is so far from its limits that it was more likely taken from another place."""
    too_low = limit.minimum is not None and value * FAR < limit.minimum
    too_high = bool(limit.maximum) and limit.maximum > 0 and value > FAR * limit.maximum
    return too_low or too_high


def _is_another_unit(row: ReadRow, value: Decimal, converted: Decimal, limit: Limit) -> bool:
    """Say whether a figure was written in one unit and the other one printed: 895 MPa as 895 ksi.

    The printed limit is then the known figure in the other unit; or the value lies near the only limit as it stands and
    several times away from it when it is converted.
    """
    printed, known = (number_of(row.minimum), number_of(row.maximum)), (limit.minimum, limit.maximum)
    if any(ours is not None and ours == theirs and ours for ours, theirs in zip(printed, known, strict=True)):
        return True
    bounds = [bound for bound in known if bound]
    if len(bounds) != 1 or not value:
        return False
    near, far = (max(number / bounds[0], bounds[0] / number) for number in (value, converted))
    return near <= 2 and far >= 4


def words_of(limit: Limit) -> str:
    """Return a limit in words, with its source."""
    low = "" if limit.minimum is None else f"{limit.minimum:f}"
    high = "" if limit.maximum is None else f"{limit.maximum:f}"
    if low and high:
        words = _("%(low)s to %(high)s %(unit)s") % {"low": low, "high": high, "unit": limit.unit}
    elif low:
        words = _("at least %(low)s %(unit)s") % {"low": low, "unit": limit.unit}
    else:
        words = _("at most %(high)s %(unit)s") % {"high": high, "unit": limit.unit}
    return f"{words.strip()} ({limit.source})" if limit.source else words.strip()
