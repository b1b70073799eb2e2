"""What does this touch? From one heat, certificate, outside order, gauge, program or approval to lots and buyers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from documents.domain import blast_statements as statements
from documents.models import Certificate, Shipment
from portal.models import Person
from routes.models import Calibration, Gauge, MaterialLot, SetupRun, Traveler
from subcontract.domain.approval_reach import lines_resting_on
from subcontract.models import ApprovalScope, OutsideOrder

MATERIAL, HEAT, CERTIFICATE, OUTSIDE_ORDER = "material", "heat", "certificate", "outside-order"
GAUGE, PROGRAM, APPROVAL = "gauge", "program", "approval"

IN_PROCESS, AWAY, ON_SHIPMENT, SHIPPED, CLOSED = "in_process", "away", "on_shipment", "shipped", "closed"
PLACES = {
    SHIPPED: "Shipped",
    ON_SHIPMENT: "On a shipment",
    AWAY: "Outside",
    IN_PROCESS: "In process",
    CLOSED: "Closed",
}


@dataclass(frozen=True)
class Cause:
    """The one thing that is asked about: what it is, its number, and the days that count where days do.

    Both days are included; none sets no bound.
    """

    noun: str
    number: str
    name: str
    url: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Touched:
    """One lot that something touches, where its pieces are and whose they are.

    `brought_by` are the lots whose pieces were built into it; a lot may be touched both ways.
    Units:   `quantity` in pieces it holds now, or shipped with.
    """

    lot: str
    state: str
    quantity: int
    is_direct: bool
    brought_by: list[str]
    part_number: str
    part_name: str
    part_revision: str
    customer_number: str
    customer: str
    order: str
    po_number: str
    holder: str
    shipment: str
    shipment_state: str
    dispatched_on: date | None
    package: str

    @property
    def place(self) -> str:
        """Where its pieces are, as one of `PLACES`."""
        if self.state == Traveler.SHIPPED or self.shipment_state == Shipment.DISPATCHED:
            return SHIPPED
        if self.state == Traveler.CLOSED:
            return CLOSED
        if self.shipment:
            return ON_SHIPMENT
        return AWAY if self.holder else IN_PROCESS


@dataclass(frozen=True)
class Kind:
    """One kind of thing that can be asked about: how its record is found and which statement reads its links."""

    label: str
    seed: str
    find: Callable[[Person, str], object | None]
    name: Callable[[object], str]
    has_days: bool = False


def _by_number(model) -> Callable[[Person, str], object | None]:
    return lambda person, number: model.objects.for_viewer(person).filter(number=number).first()


def _heat(person: Person, identifier: str) -> MaterialLot | None:
    return MaterialLot.objects.for_viewer(person).filter(identifier=identifier).order_by("pk").first()


def _program(person: Person, sha256: str) -> SetupRun | None:
    same = Q(nc_raw_sha256=sha256) | Q(nc_cutting_sha256=sha256)
    return SetupRun.objects.for_viewer(person).filter(same).order_by("pk").first() if sha256 else None


KINDS = {
    MATERIAL: Kind("Material", statements.MATERIAL, _by_number(MaterialLot), str),
    HEAT: Kind(
        "Heat",
        statements.HEAT,
        _heat,
        lambda lot: f"{lot.get_identifier_kind_display().lower()} {lot.identifier}",
    ),
    CERTIFICATE: Kind(
        "Certificate", statements.CERTIFICATE, _by_number(Certificate), lambda made: f"certificate {made}"
    ),
    OUTSIDE_ORDER: Kind(
        "Outside order",
        statements.OUTSIDE_ORDER,
        _by_number(OutsideOrder),
        lambda order: f"outside order {order.number}",
    ),
    GAUGE: Kind(
        "Gauge", statements.GAUGE, _by_number(Gauge), lambda gauge: f"gauge {gauge.number}", has_days=True
    ),
    PROGRAM: Kind("Program", statements.PROGRAM, _program, str),
    APPROVAL: Kind(
        "Approval",
        statements.APPROVAL,
        _by_number(ApprovalScope),
        lambda approval: f"approval {approval}",
        has_days=True,
    ),
}


def cause_of(
    *, person: Person, noun: str, number: str, since: date | None = None, until: date | None = None
) -> Cause | None:
    """Return what a person asks about, or nothing where there is no such thing for them.

    Readings of a gauge are in doubt since its last good calibration, unless a day is given.
    """
    kind = KINDS.get(noun)
    record = kind.find(person, number) if kind else None
    if record is None:
        return None
    if noun == GAUGE and since is None:
        since = last_good_calibration(record)
    page = getattr(record, "get_absolute_url", None)
    # a program has no number but the hash of its words
    name = f"program {number[:12]}" if noun == PROGRAM else kind.name(record)
    return Cause(noun, number, name, page() if page else "", since, until)


def last_good_calibration(gauge: Gauge, *, before: date | None = None) -> date | None:
    """Return the day of the last calibration that left a gauge in tolerance, before a day where one is given.

    None says that it was never good, so every reading of it is in doubt.
    Source:  ISO 9001:2015 7.1.5.2 (the validity of previous results is determined).
    """
    good = Calibration.objects.filter(gauge=gauge, is_in_tolerance=True)
    if before is not None:
        good = good.filter(calibrated_on__lt=before)
    return good.order_by("-calibrated_on").values_list("calibrated_on", flat=True).first()


def touched_by(cause: Cause) -> list[Touched]:
    """Return every lot that still holds pieces one thing touches, in number order.

    The links are read and walked in one statement, whatever their number; an approval first finds its order lines.

    Units:   pieces; both days of the cause are included.
    Source:  AS9100D 8.5.2 (traceability of all products of a batch, and of its destination).
    """
    arguments = {"number": cause.number, "since": cause.since, "until": cause.until}
    if cause.noun == APPROVAL:
        approval = ApprovalScope.objects.select_related("site__organization").get(number=cause.number)
        arguments["lines"] = [line.pk for line in lines_resting_on(approval)]
    with connection.cursor() as cursor:
        cursor.execute(KINDS[cause.noun].seed + statements.WALK, arguments)
        names = [column.name for column in cursor.description]
        return [Touched(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def tally(lots: list[Touched]) -> dict[str, int]:
    """Count touched lots by where they are."""
    return {place: sum(each.place == place for each in lots) for place in PLACES}
