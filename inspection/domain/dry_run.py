"""What a result file would bring to an inspection: matched, set aside, and everything it leaves open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from inspection.domain.file_parts import of_part
from inspection.domain.joining import (
    NOT_OF_THE_LOT,
    Answers,
    Decision,
    ItemKey,
    Joiner,
    Layout,
    Place,
    keys_of_samples,
    match_serial,
    suggest_characteristic,
    suggest_serials,
)
from inspection.domain.measurements import record_serials
from inspection.domain.records import pieces_wanted
from inspection.domain.verdicts import verdict
from inspection.domain.windows import Limits, limits_for, windows_of
from inspection.models import InspectionRecord, Measurement, ResultMapping
from routes.formats.qif import QifCharacteristic, QifDocument
from routes.formats.units import convert
from routes.models import Characteristic

SAMPLE_LEFT_OUT = "The sample is no piece of this lot, said the person who imported the file."
# contradictions and set-aside values are shown one by one only as far as anybody reads
MOST_SHOWN = 200
# digits after the point that a value is kept with
KEPT_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One value ready to be kept: which characteristic of ours, which piece, what the file says."""

    characteristic: Characteristic
    serial: str
    value: Decimal
    unit: str
    stated: str
    joined_by: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """One value of the file that is not taken, with the reason."""

    key: ItemKey
    sample: str
    value: str
    stated: str
    reason: str


@dataclass
class OpenItem:
    """One item that matches nothing: a person says which characteristic it is, or why it is set aside."""

    key: ItemKey
    item: QifCharacteristic | None
    suggestion: Characteristic | None = None
    count: int = 0
    samples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OpenValue:
    """One value nobody can place: a person sets it aside with a reason, or takes it out of the file."""

    sample: int
    position: int
    words: str


@dataclass(frozen=True)
class OddLimits:
    """Limits of the file that read oddly, beside those of the drawing that are ours."""

    name: str
    written: str
    ours: Characteristic


@dataclass
class ImportReport:
    """What a file would bring, or brought: matched, unmatched both ways, questions."""

    file_name: str
    samples: int = 0
    rows: list[Row] = field(default_factory=list)
    unknown_items: list[str] = field(default_factory=list)
    unmeasured: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    stated: Counter = field(default_factory=Counter)
    recomputed: Counter = field(default_factory=Counter)
    contradictions: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    sample_numbers: dict[str, str] = field(default_factory=dict)
    suggested_serials: dict[str, str] = field(default_factory=dict)
    open_items: dict[ItemKey, OpenItem] = field(default_factory=dict)
    open_values: list[OpenValue] = field(default_factory=list)
    odd_limits: dict[str, OddLimits] = field(default_factory=dict)
    joined: dict[ItemKey, Decision] = field(default_factory=dict)
    to_remember: dict[ItemKey, Decision] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    mapping: ResultMapping | None = None
    windows: dict[str, Limits] = field(default_factory=dict)
    is_unit_asked: bool = False
    already: list[Row] = field(default_factory=list)
    is_already_asked: bool = False
    saved: int = 0

    @property
    def is_complete(self) -> bool:
        return bool(self.rows) and not (self.unknown_items or self.unmeasured or self.questions)

    def sentences(self) -> list[str]:
        """Return every reason why the file cannot be taken as it is."""
        reasons = list(self.questions)
        if self.unknown_items:
            reasons.append(
                f"These items of the file match no planned characteristic: {_listed(self.unknown_items)}."
            )
        if self.unmeasured:
            reasons.append(f"These planned values are not in the file: {_listed(self.unmeasured)}.")
        if not self.rows and not reasons and self.already:
            reasons.append(
                "Every value of the file stands in this inspection already; there is nothing to add."
            )
        elif not self.rows and not reasons:
            reasons.append("The file holds no values.")
        return reasons


def _listed(names: list[str], most: int = 12) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def look_at(
    *,
    record: InspectionRecord,
    document: QifDocument,
    name: str,
    answers: Answers,
    mapping: ResultMapping | None = None,
) -> ImportReport:
    """Join a file with the plan of an inspection and name all it leaves open.

    The plan is not asked of the customer's own inspection: what they measured is theirs to choose.
    """
    document, left_out = of_part(document, record.traveler.route_revision.part_revision.part.number)
    report = ImportReport(
        windows=windows_of(record),
        file_name=name,
        samples=len(document.samples),
        remarks=[*document.problems, *left_out, *document.notes],
        mapping=mapping,
    )
    planned = list(
        Characteristic.objects.filter(uuid__in=[row["characteristic"] for row in record.plan]).order_by(
            "position"
        )
    )
    layout = Layout(document)
    decided = decided_in(mapping)
    joiner = Joiner.of(layout, planned, answers, decided, mapping.unit if mapping else "")
    serials = _serials_of_samples(report, document, record_serials(record), answers)
    _Joining(report, joiner, answers, decided).run(document, serials)
    _suggest(report, joiner, planned)
    _name_doubled(report, record, answers)
    if record.kind != InspectionRecord.CUSTOMER:
        _name_unmeasured(report, record, planned, answers)
    _compare_verdicts(report)
    return report


def decided_in(mapping: ResultMapping | None) -> dict[ItemKey, Decision]:
    """Return what was decided about the items of a source, by item."""
    if mapping is None:
        return {}
    return {
        ItemKey(item.item_name, item.item_occurrence): Decision(item.characteristic, item.set_aside_reason)
        for item in mapping.items.select_related("characteristic")
    }


def _serials_of_samples(
    report: ImportReport, document: QifDocument, serials: list[str], answers: Answers
) -> dict[int, str]:
    """Join each sample with one piece; ask about those that carry no number of ours."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    keys = keys_of_samples(document)
    unjoined: dict[str, str] = {}
    by_text = {serial: serial for serial in serials}
    for index, (key, carried) in keys.items():
        said = answers.serial_map.get(key, "")
        if said == NOT_OF_THE_LOT:
            report.sample_numbers[key] = found[index] = NOT_OF_THE_LOT
            continue
        wanted = said or carried
        serial = by_text.get(wanted) or match_serial(wanted, serials if wanted.isdecimal() else ())
        report.sample_numbers[key] = serial or ""
        if serial is None:
            unjoined[key] = carried
            named = f"“{carried}”" if carried else "no number"
            report.questions.append(f"Sample {index} carries {named}: say which piece of the lot it is.")
        elif serial in taken:
            report.questions.append(f"Two samples carry the number {serial}: say which pieces they are.")
        else:
            found[index] = serial
            taken.add(serial)
    report.suggested_serials = suggest_serials(unjoined, serials, taken)
    return found


class _Joining:
    """One walk over the values of a file, filling the report."""

    def __init__(
        self, report: ImportReport, joiner: Joiner, answers: Answers, decided: dict[ItemKey, Decision]
    ) -> None:
        self.report, self.joiner, self.answers, self.decided = report, joiner, answers, decided
        self.taken: set[tuple[int, str]] = set()
        self.silent: dict[str, None] = {}
        self.without_number = 0

    def run(self, document: QifDocument, serials: dict[int, str]) -> None:
        keys = keys_of_samples(document)
        for sample in document.samples:
            places = self.joiner.layout.places(sample)
            self.without_number += sum(value.value is None for value in sample.values)
            key, _ = keys[sample.index]
            for place in places:
                self._take(place, key, serials.get(sample.index, ""))
        self._ask_unit()
        if self.without_number:
            self.report.remarks.append(
                f"{self.without_number} results have no number and are not taken over: enter them by hand."
            )

    def _take(self, place: Place, sample: str, serial: str) -> None:
        reason = self.answers.values.get((place.sample, place.position), "")
        if serial == NOT_OF_THE_LOT or reason:
            return self._set_aside(place, sample, reason or SAMPLE_LEFT_OUT)
        if place.key is None:
            return self._ask_value(
                place,
                f"{place.value.name} = {place.value.value} in sample {place.sample}: the other samples have another "
                "number of such values, so nobody can tell which one this is. Set it aside with a reason.",
            )
        decision, joined_by = self.joiner.join(place.value.item_id, place.key)
        if decision is None:
            return self._ask_item(place, sample)
        if decision.characteristic is None:
            return self._set_aside(place, sample, decision.reason)
        self.report.joined[place.key] = decision
        self._remember(place, decision)
        if serial:
            self._keep(place, decision.characteristic, sample, serial, joined_by)
        return None

    def _keep(self, place: Place, ours: Characteristic, sample: str, serial: str, joined_by: str) -> None:
        if reason := self.answers.cells.get((serial, ours.balloon)):
            return self._set_aside(place, sample, reason)
        unit = self.joiner.unit_of(place)
        if (ours.pk, serial) in self.taken:
            self._ask_value(
                place,
                f"Characteristic {ours.balloon} has two values on {serial}: keep one in the file, or set this one, "
                f"{place.value.value}, aside with a reason.",
            )
        self.taken.add((ours.pk, serial))
        if ours.unit and not unit:
            self.silent[place.key.name] = None
        stated = place.value.stated_status
        self.report.rows.append(Row(ours, serial, place.value.value, unit, stated, joined_by))
        return None

    def _remember(self, place: Place, decision: Decision) -> None:
        """Ask about limits that read oddly, once a source; keep what a person says of an item."""
        if place.key in self.answers.items:
            self.report.to_remember[place.key] = decision
        if place.key in self.decided or not (place.item and place.item.is_oddly_limited):
            return
        name = place.key.name
        if name in self.answers.odd_limits:
            self.report.to_remember[place.key] = decision
        elif name not in self.report.odd_limits:
            ours = decision.characteristic
            odd = OddLimits(name, limits_text(place.item), ours)
            self.report.odd_limits[name] = odd
            self.report.questions.append(
                f"The file writes the limits of {name or 'an unnamed value'} as {odd.written}; the drawing says "
                f"{ours.requirement} for characteristic {ours.balloon}. Say that the drawing's count, or set the "
                "item aside."
            )

    def _set_aside(self, place: Place, sample: str, reason: str) -> None:
        key = place.key or ItemKey(place.value.name, place.value.occurrence)
        if place.key in self.answers.items:
            self.report.to_remember[place.key] = self.answers.items[place.key]
        value = place.value
        self.report.set_aside.append(SetAside(key, sample, f"{value.value:f}", value.stated_status, reason))

    def _ask_item(self, place: Place, sample: str) -> None:
        found = self.report.open_items.get(place.key)
        if found is None:
            found = self.report.open_items[place.key] = OpenItem(place.key, place.item)
            self.report.unknown_items.append(str(place.key))
        found.count += 1
        if len(found.samples) < 3:
            found.samples.append(sample)

    def _ask_value(self, place: Place, words: str) -> None:
        self.report.questions.append(words)
        self.report.open_values.append(OpenValue(place.sample, place.position, words))

    def _ask_unit(self) -> None:
        if self.silent:
            self.report.is_unit_asked = True
            self.report.questions.append(
                f"The file does not say the unit of {len(self.silent)} characteristics "
                f"({_listed(list(self.silent), 3)}): say mm or in."
            )


def limits_text(item: QifCharacteristic) -> str:
    """Return the limits of an item as the file has them, in words."""
    unit = f" {item.unit}" if item.unit else ""
    if item.lower is None and item.upper is None:
        return "no limits" if item.nominal is None else f"{_shown(item.nominal)}{unit}, no limits"
    if item.lower is None:
        return f"{_shown(item.upper)}{unit}"
    if item.upper is None:
        return f"from {_shown(item.lower)}{unit}"
    return f"{_shown(item.lower)} to {_shown(item.upper)}{unit}"


def _shown(number: Decimal) -> str:
    """Return a number for people: programs write 25.05 as 25.050000000000001."""
    short = round(number, 9)
    return f"{short.normalize():f}" if short else "0"


def _suggest(report: ImportReport, joiner: Joiner, planned: list[Characteristic]) -> None:
    joined = {decision.characteristic for decision in report.joined.values()}
    free = [characteristic for characteristic in planned if characteristic not in joined]
    for found in report.open_items.values():
        found.suggestion = suggest_characteristic(found.key, found.item, joiner, free)
    taken = Counter(found.suggestion for found in report.open_items.values() if found.suggestion)
    for found in report.open_items.values():
        if taken[found.suggestion] > 1:
            found.suggestion = None


def _name_doubled(report: ImportReport, record: InspectionRecord, answers: Answers) -> None:
    """Name what stands in the inspection already: the same figures are asked about once, others one by one."""
    standing = Measurement.objects.standing().filter(record=record)
    there = {
        (pk, serial): value
        for pk, serial, value in standing.values_list("characteristic_id", "serial", "value")
    }
    if not there:
        return
    differing: dict[str, list[str]] = {}
    new: list[Row] = []
    for row in report.rows:
        place = (row.characteristic.pk, row.serial)
        if place not in there:
            new.append(row)
        elif there[place] is not None and _in_our_unit(row) == there[place]:
            report.already.append(row)
        else:
            differing.setdefault(row.characteristic.balloon, []).append(
                f"{row.serial} ({_there(there[place])} there, {_shown(row.value)} in the file)"
            )
    report.questions += [
        f"Characteristic {balloon} has another value on {_listed(serials)} already: withdraw it first."
        if len(serials) == 1
        else f"Characteristic {balloon} has other values on {_listed(serials)} already: withdraw them first."
        for balloon, serials in differing.items()
    ]
    if report.already:
        report.rows = [row for row in report.rows if (row.characteristic.pk, row.serial) not in there]
        report.is_already_asked = True
        if not answers.keep_there:
            report.questions.append(_words_of_already(report.already))


def _words_of_already(rows: list[Row]) -> str:
    named = list(dict.fromkeys(f"{row.characteristic.balloon} on {row.serial}" for row in rows))
    return (
        f"{len(rows)} values stand in this inspection already with the same figures ({_listed(named, 6)}): say that "
        "they stay as they are, and only the others are added."
    )


def _there(value: Decimal | None) -> str:
    return "no number" if value is None else _shown(value)


def _in_our_unit(row: Row) -> Decimal | None:
    """Return a value as it would be kept; nothing where nobody knows its unit yet."""
    limits = row.characteristic
    if limits.unit and not row.unit:
        return None
    own = convert(row.value, source=row.unit, target=limits.unit) if limits.unit else row.value
    return round(own, KEPT_DIGITS)


def _name_unmeasured(
    report: ImportReport, record: InspectionRecord, planned: list[Characteristic], answers: Answers
) -> None:
    """Name what the plan asks of these pieces and neither the file nor an earlier entry has.

    What has no limits has no number in a file; what a person measures otherwise is named in `by_hand`; a value set
    aside is entered later or measured again.
    """
    pieces = {serial for serial in report.sample_numbers.values() if serial and serial != NOT_OF_THE_LOT}
    balloons = {characteristic.balloon: characteristic.pk for characteristic in planned}
    measured = {(row.characteristic.pk, row.serial) for row in (*report.rows, *report.already)}
    measured |= {(balloons[balloon], serial) for serial, balloon in answers.cells if balloon in balloons}
    standing = Measurement.objects.standing().filter(record=record, serial__in=pieces)
    measured |= set(standing.values_list("characteristic_id", "serial"))
    counts = Counter(pk for pk, serial in measured if serial in pieces)
    plans = {row["characteristic"]: row for row in record.plan}
    for characteristic in planned:
        if not characteristic.has_limits or characteristic.balloon in answers.by_hand:
            continue
        lacking = pieces_wanted(plans[str(characteristic.uuid)], len(pieces)) - counts[characteristic.pk]
        if lacking > 0:
            report.unmeasured.append(f"characteristic {characteristic.balloon} on {lacking} pieces")


def _judged(report: ImportReport) -> Iterator[tuple[Row, str]]:
    for row in report.rows:
        limits = row.characteristic
        if limits.unit and not row.unit:
            continue
        own = convert(row.value, source=row.unit, target=limits.unit) if limits.unit else row.value
        yield row, verdict(own, *limits_for(limits, report.windows))


def _compare_verdicts(report: ImportReport) -> None:
    for row, ours in _judged(report):
        report.stated[row.stated or "none"] += 1
        report.recomputed[ours] += 1
        if row.stated in ("PASS", "FAIL") and ours in ("PASS", "FAIL") and row.stated != ours:
            report.contradictions.append(
                f"Characteristic {row.characteristic.balloon} on {row.serial}: the file states {row.stated}, value and "
                f"limits say {ours}."
            )
