"""What is read off a table, row by row, brought to the shape all result files have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from portal.intake.unreadable import FileNotReadable
from routes.formats.identities import with_identities
from routes.formats.qif import QifCharacteristic, QifDocument, QifPart, QifSample, QifValue
from routes.formats.written_numbers import Numbers


@dataclass
class TableRead:
    """What was read so far: items by key, values by sample."""

    layout: str
    numbers: Numbers = field(default_factory=Numbers)
    items: dict[str, QifCharacteristic] = field(default_factory=dict)
    samples: dict[object, list[QifValue]] = field(default_factory=dict)
    labels: dict[object, str] = field(default_factory=dict)
    parts: dict[str, None] = field(default_factory=dict)
    seen: Counter = field(default_factory=Counter)
    named: Counter = field(default_factory=Counter)
    unsigned: dict[str, None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add_item(
        self,
        name: str,
        *,
        kind: str,
        nominal: Decimal | None,
        lower: Decimal | None,
        upper: Decimal | None,
        unit: str,
        key: str = "",
        balloon: str = "",
    ) -> None:
        """Take an item over the first time it is met; `key` tells items of one name apart."""
        key = key or name
        if key in self.items:
            return
        self.named[name] += 1
        self.items[key] = QifCharacteristic(
            item_id=key,
            name=name,
            occurrence=self.named[name],
            kind=kind,
            nominal=nominal,
            lower=lower,
            upper=upper,
            unit=unit.lower(),
            defined_as_limit=None if lower is None else True,
            qpid="",
            designator="",
            zone="",
            is_pseudo_dimension=False,
            balloon=balloon,
        )

    def add_value(self, sample: object, key: str, value: Decimal | None, stated: str = "") -> None:
        item = self.items[key]
        self.seen[sample, item.name] += 1
        found = QifValue(
            item_id=key,
            name=item.name,
            occurrence=self.seen[sample, item.name],
            value=value,
            unit=item.unit,
            stated_status=stated,
        )
        self.samples.setdefault(sample, []).append(found)

    def limits(
        self, name: str, nominal: Decimal | None, plus: Decimal | None, minus: Decimal | None
    ) -> tuple[Decimal | None, Decimal | None]:
        """Return absolute limits; a lower tolerance without its sign may be either, so it is no limit."""
        if minus is not None and minus > 0:
            self.unsigned[name] = None
            return None, None
        if nominal is None:
            return None, None
        return (
            None if minus is None else nominal + minus,
            None if plus is None else nominal + plus,
        )

    def document(self) -> QifDocument:
        if not self.items:
            raise FileNotReadable("The table has a head and no rows. Export the results again and send that.")
        return with_identities(
            QifDocument(
                version=self.layout,
                parts=tuple(QifPart(name="", number=number, version="", qpid="") for number in self.parts),
                characteristics=tuple(self.items.values()),
                samples=tuple(
                    QifSample(index=index, label=self.labels.get(key, str(key)), values=tuple(values))
                    for index, (key, values) in enumerate(self.samples.items(), start=1)
                ),
                problems=(*self._unsigned(), *self.problems),
                notes=tuple(self.notes),
            )
        )

    def _unsigned(self) -> tuple[str, ...]:
        if not self.unsigned:
            return ()
        names = ", ".join(list(self.unsigned)[:3])
        return (
            f"The lower tolerances of {len(self.unsigned)} characteristics ({names}) carry no minus sign: "
            "whether they lie below or above the nominal is not said. Decide by the drawing.",
        )


def refuse_deviations(names: list[str]) -> None:
    """Refuse a report that says how far each value lies from its nominal, and not the value.

    Raises:  FileNotReadable with the list of characteristics.
    Source:  a deviation without its nominal and unit proves nothing; the nominal of the program may be another one.
    """
    shown = ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
    raise FileNotReadable(
        f"The file gives deviations and no measured values for {len(names)} characteristics: {shown}. "
        "A report of deviations alone cannot be taken over: export it with the measured values."
    )
