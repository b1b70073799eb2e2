"""AQDEF, the transfer format of Q-DAS (.dfq, or .dfd with .dfx): characteristics with limits, and values.

What a value says of its piece (K0014) joins it with the others of that piece; a line of values is one piece. Where
neither is there and the characteristics have different numbers of values, nobody can tell which belong together, so
each stands alone and a person says which piece it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from portal.intake.unreadable import FileNotReadable
from routes.formats.aqdef_lines import COUNTED_KINDS, RawAqdef, RawEntry, RawItem, harvest
from routes.formats.identities import with_identities
from routes.formats.qif import QifCharacteristic, QifDocument, QifPart, QifSample, QifValue
from routes.formats.qif_limits import Problems
from routes.formats.written_numbers import Numbers

COUNTED = "Attribute"
NATURAL = "2"
# what is said about values besides themselves: code, and the words of the remark
_ABOUT = {"K0006": "batch", "K0008": "operator", "K0010": "machine", "K0012": "gauge", "K0053": "order"}
_MOST_NAMED = 5


def read_aqdef(text: str, *, encoding: str = "") -> QifDocument:
    """Read one AQDEF file; called inside the child process.

    1. Collect fields and values.  2. Make limits absolute.  3. Put together what was measured on one piece.

    Raises:  FileNotReadable for a file that is damaged, has values without characteristics, or numbers that are none.
    """
    raw = harvest(text)
    if not raw.items:
        raise FileNotReadable(
            "The file describes no characteristic (K2…). Send the description (.dfd) together with the values (.dfx)."
        )
    numbers, problems = Numbers("file"), Problems()
    for item in raw.items.values():
        item.fields = {**raw.for_all_items, **item.fields}
    characteristics = _characteristics(raw, numbers, problems)
    samples = _samples(raw, characteristics, numbers, problems)
    _question_counts(raw, problems)
    document = QifDocument(
        version="",
        parts=tuple(_part(fields) for _, fields in sorted(raw.parts.items())),
        characteristics=tuple(characteristics.values()),
        samples=tuple(samples),
        problems=problems.sentences(),
        notes=_about(raw),
        facts={
            "K0100": int(raw.announced) if raw.announced.isdecimal() else None,
            "value_lines": raw.value_lines,
            "has_hierarchy": raw.has_hierarchy,
            "encoding": encoding,
        },
    )
    return with_identities(document)


def _part(fields: dict[str, str]) -> QifPart:
    return QifPart(
        name=fields.get("K1002", ""),
        number=fields.get("K1001", ""),
        version=fields.get("K1004", "") or fields.get("K1042", ""),
        qpid="",
    )


def _characteristics(raw: RawAqdef, numbers: Numbers, problems: Problems) -> dict[int, QifCharacteristic]:
    seen: Counter[tuple[int, str]] = Counter()
    found = {}
    for index, item in sorted(raw.items.items()):
        fields = item.fields
        name = fields.get("K2001", "") or fields.get("K2002", "") or fields.get("K2000", "") or str(index)
        seen[item.part, name] += 1
        is_counted = fields.get("K2004", "").strip() in COUNTED_KINDS
        nominal, lower, upper = _limits(name, fields, numbers, problems)
        found[index] = QifCharacteristic(
            item_id=str(index),
            name=name,
            occurrence=seen[item.part, name],
            kind=COUNTED if is_counted else fields.get("K2002", ""),
            nominal=nominal,
            lower=lower,
            upper=upper,
            unit=fields.get("K2142", "").lower(),
            defined_as_limit=None if lower is None else True,
            qpid="",
            designator="",
            zone="",
            is_pseudo_dimension=False,
            part=raw.parts[item.part].get("K1001", ""),
            balloon=fields.get("K2001", ""),
        )
    return found


def _limits(
    name: str, fields: dict[str, str], numbers: Numbers, problems: Problems
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return nominal and absolute limits; an allowance is added to the nominal, a natural limit bounds nothing."""
    nominal, lower, upper, below, above = (
        numbers.read(fields.get(code), f"{code} of {name}")
        for code in ("K2101", "K2110", "K2111", "K2112", "K2113")
    )
    if nominal is None and (below is not None or above is not None) and lower is None and upper is None:
        problems.add(
            f"{name} has allowances but no nominal to add them to. Enter its limits from the drawing."
        )
    if nominal is not None:
        lower = _agreed(name, "lower", lower, nominal, below, problems)
        upper = _agreed(name, "upper", upper, nominal, above, problems)
    if lower is not None and upper is not None and lower > upper:
        problems.add(
            f"The limits of {name} read reversed: lower {lower}, upper {upper}. Decide them by the drawing."
        )
    if fields.get("K2120", "").strip() == NATURAL:
        lower = None
        nominal = nominal or None
    if fields.get("K2121", "").strip() == NATURAL:
        upper = None
    return nominal, lower, upper


def _agreed(
    name: str,
    which: str,
    limit: Decimal | None,
    nominal: Decimal,
    allowance: Decimal | None,
    problems: Problems,
) -> Decimal | None:
    """Return the limit as stated, else as nominal and allowance make it; name it where they differ."""
    if allowance is None:
        return limit
    made = nominal + allowance
    if limit is None:
        return made
    if limit != made:
        problems.add(
            f"The {which} limit of {name} is stated as {limit}; its nominal and allowance make {made}. "
            "Decide it by the drawing."
        )
    return limit


def _samples(
    raw: RawAqdef, items: dict[int, QifCharacteristic], numbers: Numbers, problems: Problems
) -> list[QifSample]:
    """Return what was measured on each piece, part after part, in file order."""
    found: list[QifSample] = []
    not_valid = Counter()
    for part in sorted(raw.parts):
        own = {index: item for index, item in sorted(raw.items.items()) if item.part == part}
        pieces: dict[tuple, list[QifValue]] = defaultdict(list)
        seen: Counter[tuple] = Counter()
        for index, item in own.items():
            for key, entry in zip(_keys(item, index, own, problems), item.entries, strict=True):
                seen[key, items[index].name] += 1
                value = _value(items[index], entry, seen[key, items[index].name], numbers, not_valid)
                pieces[key].append(value)
        for key, values in pieces.items():
            label = key[1] if key[0] == "id" else ""
            number = raw.parts[part].get("K1001", "")
            found.append(QifSample(index=len(found) + 1, label=label, values=tuple(values), part=number))
    if not_valid:
        codes = ", ".join(f"{code} ({count})" for code, count in sorted(not_valid.items()))
        problems.add(
            f"{not_valid.total()} values are marked as not valid by the measuring program (K0002: {codes}). "
            "They are not taken over."
        )
    return found


def _keys(item: RawItem, index: int, own: dict[int, RawItem], problems: Problems) -> list[tuple]:
    """Return which piece each value of a characteristic belongs to."""
    loose = _way_of_loose(own, problems) if any(_is_loose(entry) for entry in item.entries) else ""
    keys: list[tuple] = []
    for place, entry in enumerate(item.entries, start=1):
        if entry.fields.get("K0014"):
            keys.append(("id", entry.fields["K0014"].lstrip("#")))
        elif entry.line:
            keys.append(("line", entry.line))
        elif loose == "time":
            keys.append(("time", entry.fields["K0004"]))
        else:
            keys.append(("nth", place) if loose == "nth" else ("alone", index, place))
    return keys


def _is_loose(entry: RawEntry) -> bool:
    return not entry.line and not entry.fields.get("K0014")


def _way_of_loose(own: dict[int, RawItem], problems: Problems) -> str:
    """Say how values that name no piece belong together: by their place, by their time, or not at all."""
    rows = [[entry for entry in item.entries if _is_loose(entry)] for item in own.values()]
    rows = [row for row in rows if row]
    if len({len(row) for row in rows}) == 1:
        return "nth"
    if all(len({entry.fields.get("K0004", "") for entry in row} - {""}) == len(row) for row in rows):
        return "time"
    sentence = (
        "Some characteristics have more values than others, and neither a piece (K0014) nor a moment (K0004) says "
        "which belong together. Each stands alone: say which piece it is."
    )
    if sentence not in problems.sentences():
        problems.add(sentence)
    return ""


def _value(
    item: QifCharacteristic, entry: RawEntry, occurrence: int, numbers: Numbers, not_valid: Counter
) -> QifValue:
    """Return one value; what the measuring program marks as not valid has no number."""
    fields = entry.fields
    mark = fields.get("K0002", "").strip()
    stated, value = "", None
    if item.kind == COUNTED:
        stated = f"{fields.get('K0021') or '0'} of {fields.get('K0020') or '?'} faulty"
    elif mark and mark.strip("0"):
        not_valid[mark[:10]] += 1
        stated = f"not valid ({mark[:10]})"
    else:
        place = f"a value of {item.name}" + (f" in line {entry.line}" if entry.line else "")
        value = numbers.read(fields.get("K0001"), place)
    return QifValue(
        item_id=item.item_id,
        name=item.name,
        occurrence=occurrence,
        value=value,
        unit=item.unit,
        stated_status=stated,
    )


def _question_counts(raw: RawAqdef, problems: Problems) -> None:
    if raw.announced.isdecimal() and int(raw.announced) != len(raw.items):
        problems.add(
            f"The file announces {raw.announced} characteristics (K0100) and describes {len(raw.items)}: it may be "
            "cut off. Export it again, or see that nothing is missing."
        )
    counted = sum(item.fields.get("K2004", "").strip() in COUNTED_KINDS for item in raw.items.values())
    if counted:
        problems.add(
            f"{counted} characteristics count faulty pieces of a sample instead of measuring them (K2004). "
            "Enter what they say by hand."
        )


def _about(raw: RawAqdef) -> tuple[str, ...]:
    """Return what the file says about gauges, people, batches and times of its values."""
    said: dict[str, dict[str, None]] = {code: {} for code in _ABOUT}
    for item in raw.items.values():
        for entry in item.entries:
            for code, named in said.items():
                if text := entry.fields.get(code, "").lstrip("#"):
                    named[text[:40]] = None
    sentences = []
    for code, named in said.items():
        if named:
            more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
            sentences.append(f"{_ABOUT[code]} {', '.join(list(named)[:_MOST_NAMED])}{more}")
    return (f"The file names {'; '.join(sentences)}.",) if sentences else ()
