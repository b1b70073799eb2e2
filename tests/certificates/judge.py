"""Reading and comparing made certificates without a database, and counting what was seen of what was put there."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from documents.domain.comparison import Asked, KeyComparison, compare_reading
from documents.domain.result_limits import Limit
from documents.formats.certificate_reading import read_certificate
from documents.formats.paper import Reading
from tests.certificates.facts import PROCESS, Order
from tests.certificates.maker import Made

# where each fault must be seen: an alarm about something else has not seen it
SEEN_AT = {
    "specification revision other": {"specification revision"},
    "specification revision missing": {"specification revision"},
    "specification other": {"specification"},
    "detail specification other": {"specification"},
    "type missing": {"type"},
    "type other": {"type"},
    "class other": {"class"},
    "heat other": {"heat or batch"},
    "lot other": {"lot"},
    "condition other": {"condition"},
    "part other": {"part"},
    "part revision other": {"part revision"},
    "order other": {"order"},
    "quantity below": {"quantity", "quantity received"},
    "signature missing": {"signed by"},
    "number missing": {"certificate number"},
    "issued before process": {"process dates"},
    "process outside": {"process dates"},
    "site other": {"site"},
    "value outside": {"results"},
    "element missing": {"required results"},
    "unit other": {"results"},
    "page missing": {"pages"},
    "type of certificate lower": {"certificate type"},
    "used for another lot": {"same number"},
    "statement vague": {"statement"},
}

# what is left out cannot be contradicted: a question that names it has seen it; every other fault must be stopped
LEFT_OUT = frozenset(
    (
        "specification revision missing",
        "type missing",
        "signature missing",
        "number missing",
        "element missing",
    )
)


@dataclass
class Count:
    """How many papers were made, and what was said of them.

    alarmed    clean papers that something stopped
    asked      clean papers that nothing stopped and about which a person was asked at least one thing
    questions  how many such questions about clean papers there were
    caught     faults seen: stopped, or asked about by name where something was left out
    stopped    faults that were stopped
    `said` keeps a few sentences of each kind of mistake for the person who looks for its cause.
    """

    clean: int = 0
    alarmed: int = 0
    asked: int = 0
    questions: int = 0
    faulty: int = 0
    caught: int = 0
    stopped: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return _share(self.caught, self.faulty, 1.0)

    @property
    def recall_by_stops(self) -> float:
        return _share(self.stopped, self.faulty, 1.0)

    @property
    def false_alarms(self) -> float:
        return _share(self.alarmed, self.clean)

    @property
    def asking(self) -> float:
        return _share(self.asked, self.clean)


def _share(part: int, whole: int, of_none: float = 0.0) -> float:
    return part / whole if whole else of_none


@dataclass
class Judgement:
    """The counts over all papers, by layout and by kind of fault."""

    overall: Count = field(default_factory=Count)
    layouts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    faults: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def add(self, made: Made, keys: list[KeyComparison]) -> None:
        """Count one paper: a clean one is stopped by any key, a fault is seen only at its own key."""
        wanted = set().union(*(SEEN_AT[each] for each in made.faults))
        stops, asks = ([key for key in keys if key.stops], [key for key in keys if key.asks])
        is_stopped = any(key.key in wanted for key in stops)
        is_seen = is_stopped or bool(LEFT_OUT & set(made.faults)) and any(key.key in wanted for key in asks)
        kinds = [self.overall, self.layouts[made.layout.name], *(self.faults[each] for each in made.faults)]
        for count in kinds:
            if made.faults:
                count.faulty += 1
                count.caught += is_seen
                count.stopped += is_stopped
            else:
                count.clean += 1
                count.alarmed += bool(stops)
                count.asked += bool(asks and not stops)
                count.questions += len(asks)
        if made.faults and not is_seen or (stops or asks) and not made.faults:
            what = (
                f"not seen: {made.faults[0]}"
                if made.faults
                else "; ".join(
                    f"{'STOP' if key.stops else 'asks'} {key.key}: {key.sentence}" for key in (*stops, *asks)
                )
            )
            self.layouts[made.layout.name].said.append(what)

    def lines(self) -> list[str]:
        """Return the figures as lines for a person, the layouts and faults that fall short first."""
        shown = [_line("all", self.overall)]
        for name, count in sorted(
            self.layouts.items(),
            key=lambda pair: (pair[1].recall, -pair[1].false_alarms, -pair[1].asking),
        ):
            shown.append(_line(name, count))
            shown += [f"    {each[:220]}" for each in count.said[:4]]
        for name, count in sorted(self.faults.items(), key=lambda pair: pair[1].recall):
            shown.append(f"fault {name}: {count.caught} of {count.faulty} seen")
        return shown


def _line(name: str, count: Count) -> str:
    return (
        f"{name}: {count.caught} of {count.faulty} faults seen ({count.recall:.1%}; {count.stopped} stopped), "
        f"{count.alarmed} of {count.clean} clean papers stopped ({count.false_alarms:.1%}), "
        f"{count.asked} more ask ({count.asking:.1%}, {count.questions} questions)"
    )


def judge(certificates: Iterable[Made]) -> Judgement:
    """Read and compare each certificate, and count."""
    judgement = Judgement()
    for made in certificates:
        judgement.add(made, keys_of(made, read(made)))
    return judgement


def read(made: Made) -> Reading:
    return read_certificate(made.pdf, country=made.order.country, tesseract=shutil.which("tesseract") or "")


def keys_of(made: Made, reading: Reading) -> list[KeyComparison]:
    """Return the keys that stop a paper or ask a person, nothing having been typed."""
    keys = compare_reading(reading, demand_of(made.order, len(made.truth_pages)))
    return [key for key in keys if key.stops or key.asks]


def stops_of(made: Made, reading: Reading) -> list[KeyComparison]:
    return [key for key in keys_of(made, reading) if key.stops]


def demand_of(order: Order, pages: int):
    """Return what the shop asks of the certificate of one order."""
    limits = tuple(
        Limit(row.name, row.unit, _number(row.minimum), _number(row.maximum), "order", row.test)
        for row in order.limits
    )
    asked = Asked(limits=limits, pages=pages, used=order.used)
    if order.kind != PROCESS:
        return replace(order.material_demand(), asked=asked)
    return replace(
        order.process_demand(),
        asked=asked,
        order_line=int(order.po_line),
        site_others=(order.site.partition(", ")[0], order.site_address),
        lots=(order.lot_number,),
        shipped_on=order.shipped_on,
        received_on=order.received_on,
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
