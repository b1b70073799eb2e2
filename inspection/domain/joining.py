"""Which value of a foreign file is which value of ours, and what a person still has to say.

An item of a file is known by our own id or balloon where it carries one, else by its name and its place among equal
names, since two files agree on neither ids nor order. What matches nothing is asked: the sample for its piece, the item
for its characteristic or the reason why it is set aside, limits that read oddly, a unit nobody states. Nothing here is
saved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from routes.formats.qif import ANGULAR, QifCharacteristic, QifDocument, QifSample, QifValue
from routes.formats.units import DEG, UnknownUnit, convert
from routes.models import Characteristic

# what a person answers for a sample that is none of the lot's pieces
NOT_OF_THE_LOT = "not of this lot"
# of a name as long as a page only its beginning is kept
LONGEST_NAME = 200


@dataclass(frozen=True, order=True)
class ItemKey:
    """One item of a file: its name, and its place among the values of that name within a sample, from 1."""

    name: str
    occurrence: int = 1

    def __str__(self) -> str:
        return f"{self.name or 'an unnamed value'} ({self.occurrence})"


@dataclass(frozen=True)
class Decision:
    """What a person says of one item: the characteristic it is, or why it is set aside."""

    characteristic: Characteristic | None = None
    reason: str = ""


@dataclass(frozen=True)
class Answers:
    """Everything a person says about one file.

    unit:        of the values whose file states none.
    serial_map:  number of a sample as the file has it, or #1 for the first without one → serial of ours.
    by_hand:     balloons of the plan that are measured otherwise and need not be in the file.
    items:       what the items are that match nothing by themselves.
    values:      single values set aside: (sample, place in the sample), both from 1 → reason.
    cells:       single values set aside by what they would be: (serial, balloon) → reason.
    odd_limits:  names of items whose limits read oddly in the file, to be judged by our limits.
    keep_there:  values that stand in the inspection already with the same figures stay as they are.
    """

    unit: str = ""
    serial_map: Mapping[str, str] = field(default_factory=dict)
    by_hand: Collection[str] = ()
    items: Mapping[ItemKey, Decision] = field(default_factory=dict)
    values: Mapping[tuple[int, int], str] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    odd_limits: Collection[str] = ()
    keep_there: bool = False


@dataclass(frozen=True)
class Place:
    """One value of a file in its place; without a key nobody can tell which of its namesakes it is."""

    sample: int
    position: int
    key: ItemKey | None
    value: QifValue
    item: QifCharacteristic | None


class Layout:
    """The values of a file by sample, each with the key of its item.

    An item may have several values on each sample, as one feature measured ten times has: they are told apart by
    their place, which holds only on samples that have as many of them as the others.
    """

    def __init__(self, document: QifDocument) -> None:
        self.items = {item.item_id: item for item in document.characteristics}
        self.balloons = Counter(item.balloon.casefold() for item in document.characteristics if item.balloon)
        counts = self._counts(document.samples)
        self.repeats = {item_id: _usual(found) for item_id, found in counts.items()}
        self.in_file: Counter[str] = Counter()
        self._before: dict[str, int] = {}
        for item_id in [*self.items, *(key for key in counts if key not in self.items)]:
            name = self.name_of(item_id)
            self._before[item_id] = self.in_file[name]
            self.in_file[name] += self.repeats.get(item_id, 1)

    @staticmethod
    def _counts(samples: Iterable[QifSample]) -> dict[str, Counter[int]]:
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for sample in samples:
            for item_id, count in Counter(value.item_id for value in sample.values).items():
                found[item_id][count] += 1
        return found

    def name_of(self, item_id: str) -> str:
        """Return an item's name; one that stands in another file is known by its id alone."""
        item = self.items.get(item_id)
        return (item.name if item else f"id {item_id}")[:LONGEST_NAME]

    def places(self, sample: QifSample) -> list[Place]:
        """Return the values of one sample with their keys, those without a number left out."""
        there = Counter(value.item_id for value in sample.values)
        seen: Counter[str] = Counter()
        found = []
        for position, value in enumerate(sample.values, start=1):
            seen[value.item_id] += 1
            item = self.items.get(value.item_id)
            if (item and item.is_pseudo_dimension) or value.value is None:
                continue
            key = self._key(value.item_id, seen[value.item_id], there[value.item_id])
            found.append(Place(sample.index, position, key, value, item))
        return found

    def _key(self, item_id: str, nth: int, there: int) -> ItemKey | None:
        usual = self.repeats[item_id]
        if usual == 1:
            # a second value of the item is a double of the first, asked about where it is joined
            nth = 1
        elif there != usual:
            return None
        return ItemKey(self.name_of(item_id), self._before[item_id] + nth)


def _usual(counts: Counter[int]) -> int:
    """Return how many values an item usually has on a sample.

    Where two numbers are as usual a second value is more likely a double than the first one a gap.
    """
    most = max(counts.values())
    usual = {count for count, times in counts.items() if times == most}
    return 1 if 1 in usual else max(usual)


@dataclass
class Joiner:
    """What a file's values are joined with: a person's answers, what was decided before, ids, names."""

    layout: Layout
    by_id: dict[str, Characteristic]
    by_name: dict[tuple[str, int], Characteristic]
    decided: Mapping[ItemKey, Decision]
    answers: Answers
    unit: str
    by_uuid: dict[str, Characteristic] = field(default_factory=dict)
    by_balloon: dict[str, Characteristic] = field(default_factory=dict)
    _known: dict[tuple[str, ItemKey], tuple[Decision | None, str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        layout: Layout,
        planned: list[Characteristic],
        answers: Answers,
        decided: Mapping[ItemKey, Decision],
        unit: str,
    ) -> Joiner:
        return cls(
            layout=layout,
            by_id={c.source_id: c for c in planned if c.source_id},
            by_name={(c.source_name or c.name, c.source_occurrence): c for c in planned},
            decided=decided,
            answers=answers,
            unit=answers.unit or unit,
            by_uuid={str(c.uuid): c for c in planned},
            by_balloon={c.balloon.casefold(): c for c in planned},
        )

    def join(self, item_id: str, key: ItemKey) -> tuple[Decision | None, str]:
        """Return what an item is and by what it was joined.

        1. as a person says now; 2. as a person decided for this source before; 3. by id where the name agrees too,
        since ids of two files may be equal by chance; 4. by name and occurrence, where the file has as many items
        of that name as the plan, else nobody can tell which is which.
        """
        if (item_id, key) not in self._known:
            self._known[item_id, key] = self._join(item_id, key)
        return self._known[item_id, key]

    def _join(self, item_id: str, key: ItemKey) -> tuple[Decision | None, str]:
        if key in self.answers.items:
            return self.answers.items[key], "your answer"
        if key in self.decided:
            return self.decided[key], "an earlier decision"
        item = self.layout.items.get(item_id)
        is_single = self.layout.repeats.get(item_id, 1) == 1
        if item and is_single and item.qpid and (ours := self.by_uuid.get(item.qpid.lower())):
            return Decision(ours), "uuid"
        if is_single and (ours := self._by_balloon(item)):
            return Decision(ours), "balloon"
        candidate = self.by_id.get(item_id)
        if candidate and is_single and (candidate.source_name or candidate.name) == key.name:
            return Decision(candidate), "id"
        in_file = self.layout.in_file[key.name]
        in_plan = sum(name == key.name for name, _ in self.by_name)
        found = self.by_name.get((key.name, key.occurrence))
        if (
            found is None
            or item_id not in self.layout.items
            or (max(in_file, in_plan) > 1 and in_file != in_plan)
        ):
            return None, ""
        return Decision(found), "name and occurrence"

    def _by_balloon(self, item: QifCharacteristic | None) -> Characteristic | None:
        """Return the characteristic whose balloon an item carries, unless its name is that of another one."""
        if item is None or not item.balloon or self.layout.balloons[item.balloon.casefold()] > 1:
            return None
        ours = self.by_balloon.get(item.balloon.casefold())
        if ours is None or item.name.casefold() == item.balloon.casefold():
            return ours
        others = {c for (name, _), c in self.by_name.items() if name.casefold() == item.name.casefold()}
        return ours if not others or ours in others else None

    def unit_of(self, place: Place) -> str:
        """Return the unit of a value as stated, else as a person said; of an angle there is only one."""
        stated = place.value.unit or (place.item.unit if place.item else "")
        if stated:
            return stated
        return DEG if place.item and place.item.kind in ANGULAR else self.unit


def keys_of_samples(document: QifDocument) -> dict[int, tuple[str, str]]:
    """Return what each sample is called in questions, and the number it carries, empty without one."""
    pseudo = {item.item_id for item in document.characteristics if item.is_pseudo_dimension}
    carried = {sample.index: _number_carried(sample, pseudo) for sample in document.samples}
    counts = Counter(carried.values())
    return {
        index: (_sample_key(number, index, is_shared=counts[number] > 1), number)
        for index, number in carried.items()
    }


def _sample_key(number: str, index: int, *, is_shared: bool) -> str:
    if not number:
        return f"#{index}"
    return f"{number} #{index}" if is_shared else number


def _number_carried(sample: QifSample, pseudo: set[str]) -> str:
    for value in sample.values:
        if value.item_id in pseudo and value.value is not None:
            return f"{value.value.normalize():f}"
    return sample.label


def match_serial(carried: str, serials: Iterable[str]) -> str | None:
    """Return the serial that is the same text, else the only one that is the same number (7 and 0007)."""
    serials = list(serials)
    if carried in serials:
        return carried
    # compared as text: a label of thousands of figures is no number a machine may turn into one
    bare = carried.lstrip("0")
    same = [s for s in serials if carried.isdecimal() and s.isdecimal() and s.lstrip("0") == bare]
    return same[0] if len(same) == 1 else None


def suggest_serials(samples: Mapping[str, str], serials: list[str], taken: set[str]) -> dict[str, str]:
    """Return a likely piece for each sample that names none, for a person to confirm.

    Labels of one program differ in their number only: what is left of each without its common beginning and end.
    The one sample left takes the one piece left.
    """
    labels = [carried for carried in samples.values() if carried]
    free = [serial for serial in serials if serial not in taken]
    found: dict[str, str] = {}
    for key, carried in samples.items():
        numbers = re.findall(r"\d+", _own_part(carried, labels))
        serial = match_serial(numbers[0], free) if len(numbers) == 1 else None
        if serial and serial not in found.values():
            found[key] = serial
    left = [serial for serial in free if serial not in found.values()]
    unnamed = [key for key in samples if key not in found]
    if len(left) == len(unnamed) == 1:
        found[unnamed[0]] = left[0]
    return found


def _own_part(label: str, labels: list[str]) -> str:
    """Return what a label has of its own among others, whole numbers kept whole."""
    parts = re.findall(r"\d+|\D+", label)
    shared = Counter(part for each in labels for part in set(re.findall(r"\d+|\D+", each)))
    return " ".join(part for part in parts if len(labels) == 1 or shared[part] < len(labels))


def suggest_characteristic(
    key: ItemKey, item: QifCharacteristic | None, joiner: Joiner, free: list[Characteristic]
) -> Characteristic | None:
    """Return the only characteristic a name or its limits can mean, for a person to confirm."""
    if item is None:
        return None
    if key.name and joiner.layout.in_file[key.name] == 1:
        same = [c for c in free if _bare(c.source_name or c.name) == _bare(key.name)]
        if len(same) == 1:
            return same[0]
    same = [c for c in free if c.has_limits and _limits_in(item, c.unit) == (c.nominal, c.lower, c.upper)]
    return same[0] if len(same) == 1 else None


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _limits_in(item: QifCharacteristic, unit: str) -> tuple[Decimal | None, ...] | None:
    """Return nominal and limits of an item in a unit, None where nobody can tell."""
    if not item.unit:
        return (item.nominal, *item.bounds)
    try:
        return tuple(
            None if each is None else convert(each, source=item.unit, target=unit)
            for each in (item.nominal, *item.bounds)
        )
    except UnknownUnit:
        return None
