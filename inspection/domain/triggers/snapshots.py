"""What one lot was made from, by and how: the side of a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Feature:
    """One characteristic; `identity` is the same in every revision of the drawing, the balloon is not."""

    identity: str
    balloon: str
    name: str
    requirement: str
    nominal: str = ""
    lower: str = ""
    upper: str = ""
    unit: str = ""
    kind: str = ""
    designator: str = ""
    side: str = "unspecified"
    zone: str = ""
    is_reference: bool = False

    @property
    def demands(self) -> tuple:
        """What the drawing asks for, without where it is drawn and how it is called."""
        limits = (self.requirement, self.nominal, self.lower, self.upper, self.unit)
        return (*limits, self.kind, self.designator, self.side, self.is_reference)

    @property
    def words(self) -> str:
        return f"balloon {self.balloon} {self.name}"


@dataclass(frozen=True)
class Note:
    """A drawing note, and the operation that answers it."""

    number: str
    text: str
    sequence: int | None = None


@dataclass(frozen=True)
class Operation:
    """One operation of a route; `makes` are the identities of the characteristics somebody said it makes."""

    sequence: int
    kind: str
    name: str
    specification: str = ""
    choices: str = ""
    condition: str = ""
    work_center: str = ""
    instructions: str = ""
    changes_surface: bool = False
    makes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return f"operation {self.sequence} {self.name}"


@dataclass(frozen=True)
class Amended:
    """One approved amendment of a lot's own way: an operation skipped, added, done again, or told in other words."""

    ADD, SKIP, REPEAT, REDLINE = "add", "skip", "repeat", "redline"

    number: str
    kind: str
    sequence: int = 0
    name: str = ""
    operation_kind: str = ""
    words: str = ""
    repeated: tuple[int, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Check:
    """One characteristic checked at one operation."""

    identity: str
    balloon: str
    sequence: int
    side: str = ""
    gauge_kind: str = ""
    rule: str = "all"


@dataclass(frozen=True)
class Run:
    """The setup as it was run at one operation, the last time."""

    sequence: int
    fixture: str = ""
    fixture_revision: str = ""
    cutting_sha256: str = ""
    raw_sha256: str = ""
    machine: str = ""
    site: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """Where one outside operation was done."""

    sequence: int
    vendor: str
    site: str
    at: datetime | None = None


@dataclass(frozen=True)
class Used:
    """The gauges one characteristic was measured with, as (kind, number)."""

    identity: str
    balloon: str
    gauges: tuple[tuple[str, str], ...] = ()
    at: datetime | None = None

    @property
    def kinds(self) -> set[str]:
        return {kind.casefold() for kind, _ in self.gauges}


@dataclass(frozen=True)
class Material:
    specification: str
    condition: str = ""
    form: str = ""
    mill: str = ""
    supplier: str = ""
    is_customer_furnished: bool = False

    @property
    def source(self) -> str:
        owner = "customer-furnished" if self.is_customer_furnished else "bought"
        return ", ".join(each for each in (self.mill, self.supplier, owner) if each)


@dataclass(frozen=True)
class Snapshot:
    """What one lot used, as far as it is on record.

    `route` and `part_revision` name the plan; where two lots share one, its contents need not be read, unless an
    operation was skipped or added for one of them alone: `amended`, in the order in which it was proposed.
    `last_production_at` is the end of the last production operation of the part before this lot began again,
    `restarted_at` the first operation signed on it, or its opening.
    """

    part_revision: str
    drawing_revision: str
    route: str
    opened_at: datetime | None = None
    features: tuple[Feature, ...] = ()
    notes: tuple[Note, ...] = ()
    operations: tuple[Operation, ...] = ()
    checks: tuple[Check, ...] = ()
    runs: tuple[Run, ...] = ()
    sent: tuple[Sent, ...] = ()
    used: tuple[Used, ...] = ()
    amended: tuple[Amended, ...] = ()
    material: Material | None = None
    last_production_at: datetime | None = None
    restarted_at: datetime | None = None
