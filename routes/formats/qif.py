"""QIF (ISO 23952) 2.0, 2.1 and 3.0: characteristics with their limits, and measured values by piece.

The reader says what the file says. What reads oddly (reversed limits, a negative geometric tolerance, offsets
that look like limits, values of unknown items) is named in a sentence for a person to decide, never mended.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from portal.intake import child
from routes.formats.qif_elements import RawQif, RawSample, RawTolerance, harvest
from routes.formats.qif_limits import Problems, absolute_limits, number_of

READER = "routes.formats.qif:read_qif"

# QIF 3.0 Characteristics.xsd: the kinds whose values are angles, and those whose values are not lengths.
ANGULAR = frozenset({"Angle", "AngleFrom", "AngleBetween", "AngularCoordinate", "UserDefinedAngular"})
NEITHER = re.compile(
    r"Temperature|Area|Force|Mass|Pressure|Speed|Time|Attribute|UserDefinedUnit|Unitless|Thread"
)
_IDENTITY = re.compile(
    r"(part|serial|piece|sample|unit)[ _]*(number|num|no\.?|nr\.?|id|#)?|s/?n", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class QifPart:
    name: str
    number: str
    version: str
    qpid: str


@dataclass(frozen=True, slots=True)
class QifCharacteristic:
    """One characteristic item with its limits.

    `occurrence` counts items of the same name in file order, from 1. Limits are absolute, already added to
    the nominal where the file gives offsets; a geometric tolerance has an upper limit only, its natural lower
    limit being zero. `is_pseudo_dimension`: not a dimension but the number of the piece. `balloon`: the number the
    drawing gives it, where the file says so.

    Units: as the file says in `unit`; empty when it does not.
    """

    item_id: str
    name: str
    occurrence: int
    kind: str
    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    defined_as_limit: bool | None
    qpid: str
    designator: str
    zone: str
    is_pseudo_dimension: bool
    part: str = ""
    balloon: str = ""

    @property
    def is_oddly_limited(self) -> bool:
        """Say whether its limits read reversed, or are a tolerance below zero: a person decides those."""
        if self.lower is not None and self.upper is not None:
            return self.lower > self.upper
        return self.is_geometric and self.upper < 0

    @property
    def is_geometric(self) -> bool:
        """Say whether it has an upper limit only, as a tolerance of form or position has."""
        return self.lower is None and self.upper is not None and self.defined_as_limit is None

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Return the limits a value is judged by where nobody can be asked.

        A tolerance below zero counts by its size; limits that read reversed bound nothing.
        """
        if not self.is_oddly_limited:
            return self.lower, self.upper
        return (None, -self.upper) if self.lower is None else (None, None)


@dataclass(frozen=True, slots=True)
class QifValue:
    """One value. `occurrence` counts values of the same name within the sample, in file order, from 1."""

    item_id: str
    name: str
    occurrence: int
    value: Decimal | None
    unit: str
    stated_status: str


@dataclass(frozen=True, slots=True)
class QifSample:
    """What was measured on one piece; `label` is the number the file gives it, empty when it gives none."""

    index: int
    label: str
    values: tuple[QifValue, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class QifDocument:
    """What one result file holds, of whatever kind.

    `problems` ask for a decision, `notes` only tell. `facts` are counts of the file's own kind. `part` of an item or
    a sample is the number of its part, where a file holds several.
    """

    version: str
    parts: tuple[QifPart, ...]
    characteristics: tuple[QifCharacteristic, ...]
    samples: tuple[QifSample, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)


def read_qif_file(source: str | Path | bytes) -> QifDocument:
    """Read a QIF file in a limited child process.

    Raises:  FileNotReadable with the reason when it cannot be read.
    """
    given = {"content": source} if isinstance(source, bytes) else {"path": source}
    return document_from(child.run(reader=READER, **given))


def read_qif(content: bytes) -> QifDocument:
    """Read one QIF file; called inside the child process.

    1. Collect the four layers of characteristics, the units and the values.
    2. Join each item with its nominal and definition, and make limits absolute.
    3. Join each value with its item; number equal names.

    Raises:  FileNotReadable for a file that is not QIF, has a DOCTYPE, or carries NaN or infinity.
    Source:  ISO 23952:2020; QIF 2.x names results Actual, 3.0 names them Measurement.
    """
    raw = harvest(content)
    problems = Problems()
    characteristics = _characteristics(raw, problems)
    samples = _samples(raw, characteristics, problems)
    if raw.tolerances and not raw.items:
        problems.add(
            f"The file defines {len(raw.tolerances)} characteristics but lists no items for them: nothing can be "
            "planned or measured against it. Export it with its characteristic items."
        )
    return QifDocument(
        version=raw.version,
        parts=tuple(QifPart(**part) for part in raw.parts),
        characteristics=tuple(characteristics),
        samples=tuple(samples),
        problems=problems.sentences(),
    )


def _characteristics(raw: RawQif, problems: Problems) -> list[QifCharacteristic]:
    seen: Counter[str] = Counter()
    found = []
    for item in raw.items:
        nominal = raw.nominals.get(item["nominal_id"], {})
        tolerance = raw.tolerances.get(nominal.get("definition_id", "")) or RawTolerance(item["kind"], "")
        name = item["name"] or tolerance.name or item["designator"]
        if not name:
            problems.add(
                "A characteristic in the file has no name. Name it before its values are taken over."
            )
        seen[name] += 1
        target = number_of(nominal.get("target", ""), f"the nominal of {name}")
        lower, upper = absolute_limits(name, target, tolerance, problems)
        found.append(
            QifCharacteristic(
                item_id=item["id"],
                name=name,
                occurrence=seen[name],
                kind=item["kind"],
                nominal=target,
                lower=lower,
                upper=upper,
                unit=_unit_of(name, item["kind"], raw, nominal.get("unit", ""), tolerance.unit, problems),
                defined_as_limit=tolerance.defined_as_limit,
                qpid=item["qpid"],
                designator=item["designator"],
                zone=item["zone"],
                is_pseudo_dimension=_is_identity(item["kind"], name),
            )
        )
    return found


def _is_identity(kind: str, name: str) -> bool:
    """Some systems carry the number of the piece as a dimension of their own making."""
    return kind.startswith("UserDefined") and _IDENTITY.fullmatch(name.strip()) is not None


def _unit_of(
    name: str, kind: str, raw: RawQif, nominal_unit: str, tolerance_unit: str, problems: Problems
) -> str:
    if NEITHER.search(kind):
        return nominal_unit or tolerance_unit
    default = raw.units.get("AngularUnit" if kind in ANGULAR else "LinearUnit", "")
    stated = {nominal_unit or default, tolerance_unit or default} - {""}
    if len(stated) > 1:
        problems.add(
            f"{name} gives its nominal and its tolerance in different units ({' and '.join(sorted(stated))}). "
            "Enter its limits in one unit."
        )
        return ""
    return stated.pop() if stated else ""


def _samples(raw: RawQif, characteristics: list[QifCharacteristic], problems: Problems) -> list[QifSample]:
    items = _items_by_id(characteristics, problems)
    strangers: Counter[str] = Counter()
    samples = []
    for index, sample in enumerate(raw.samples, start=1):
        values = _values(sample, items, index, strangers)
        samples.append(QifSample(index=index, label=_label(raw, sample, values, items), values=tuple(values)))
    shared = [
        label for label, count in Counter(sample.label for sample in samples).items() if label and count > 1
    ]
    for label in shared:
        problems.add(f"Several samples carry the number {label}. Decide which values belong to which piece.")
    if strangers:
        problems.add(
            f"Values whose characteristic is not in this file: {strangers.total()}. "
            "Send the plan they were measured by, or map them by hand."
        )
    return samples


def _items_by_id(
    characteristics: list[QifCharacteristic], problems: Problems
) -> dict[str, QifCharacteristic]:
    """Return the items by id, without those that share one: nobody can tell whose a value would be."""
    counts = Counter(item.item_id for item in characteristics)
    for item_id, count in counts.items():
        if count > 1:
            problems.add(
                f"{count} characteristics carry the id {item_id or 'of nothing'}: their values cannot be told apart. "
                "Export the file again with an id for each."
            )
    return {item.item_id: item for item in characteristics if counts[item.item_id] == 1}


def _values(
    sample: RawSample, items: dict[str, QifCharacteristic], index: int, strangers: Counter[str]
) -> list[QifValue]:
    seen: Counter[str] = Counter()
    values = []
    for raw in sample.values:
        item = items.get(raw.item_id)
        if item is None:
            strangers[raw.item_id] += 1
        name = item.name if item else ""
        key = name or raw.item_id
        seen[key] += 1
        is_number = "Attribute" not in raw.kind
        place = f"a value of {name or 'an unnamed characteristic'} in sample {index}"
        values.append(
            QifValue(
                item_id=raw.item_id,
                name=name,
                occurrence=seen[key],
                value=number_of(raw.text or "", place) if is_number else None,
                unit=raw.unit or (item.unit if item else ""),
                stated_status=raw.status,
            )
        )
    return values


def _label(
    raw: RawQif, sample: RawSample, values: list[QifValue], items: dict[str, QifCharacteristic]
) -> str:
    serials = [raw.serials[number] for number in sample.component_ids if raw.serials.get(number)]
    if serials:
        return serials[0]
    for value in values:
        item = items.get(value.item_id)
        if item and item.is_pseudo_dimension and value.value is not None:
            whole = value.value == value.value.to_integral_value()
            return str(int(value.value)) if whole else str(value.value)
    return ""


def document_from(data: dict) -> QifDocument:
    """Rebuild the document from what came out of the child process."""
    return QifDocument(
        version=data["version"],
        parts=tuple(QifPart(**part) for part in data["parts"]),
        characteristics=tuple(_with_decimals(QifCharacteristic, row) for row in data["characteristics"]),
        samples=tuple(
            QifSample(
                index=sample["index"],
                label=sample["label"],
                values=tuple(_with_decimals(QifValue, row) for row in sample["values"]),
                part=sample["part"],
            )
            for sample in data["samples"]
        ),
        problems=tuple(data["problems"]),
        notes=tuple(data["notes"]),
        facts=data["facts"],
    )


def _with_decimals(kind: type, row: dict) -> object:
    for key in ("nominal", "lower", "upper", "value"):
        if row.get(key) is not None:
            row[key] = Decimal(row[key])
    return kind(**row)
