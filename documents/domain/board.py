"""What stands on the release board: open lots with their chains as last judged, filtered and counted by the database.

Days are compared when it is read, so a lot grows late by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from documents.domain.standing import CUSTOMERS, READER, US, VENDORS
from documents.models import ShipmentLine, StandingChain
from portal import feed
from portal.models import FeedCursor, Organization, Person
from routes.models import Traveler

ORDER = ("order_line__due_on", "number")
# an event older than this that nobody has read says that the background work stands still
PATIENCE = timedelta(seconds=30)

COUNTS = ("counted", "ready", "stopped", US, VENDORS, CUSTOMERS, "late")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see of the board; empty asks for everything."""

    customer: str = ""
    owners: tuple[str, ...] = ()
    owed_by: str = ""
    link: str = ""
    ships_by: date | None = None
    is_ready: bool | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Freshness:
    """When the kept chains were last brought up to date, and since when something waits to be read."""

    read_at: datetime | None = None
    unread_since: datetime | None = None

    @property
    def is_behind(self) -> bool:
        """Whether nobody seems to work in the background."""
        return self.unread_since is not None and self.unread_since < timezone.now() - PATIENCE


def on_board(person: Person) -> QuerySet[Traveler]:
    """Return the open lots a person may see, with whether each is on a shipment that has not left."""
    return (
        Traveler.objects.for_viewer(person)
        .open()
        .filter(standing_chain__isnull=False)
        .alias(placed=FilteredRelation("shipment_lines", condition=Q(shipment_lines__is_active=True)))
    )


def narrowed(lots: QuerySet[Traveler], asked: Asked, today: date) -> QuerySet[Traveler]:
    """Return the lots that answer."""
    wanted = Q()
    if asked.customer:
        wanted &= Q(order_line__order__customer__name=asked.customer)
    if asked.owners:
        wanted &= Q(standing_chain__owners__overlap=list(asked.owners))
    if asked.owed_by:
        wanted &= Q(standing_chain__sides__contains=[asked.owed_by])
    if asked.link:
        wanted &= Q(standing_chain__open_codes__contains=[asked.link])
    if asked.ships_by:
        wanted &= Q(order_line__due_on__lte=asked.ships_by)
    if asked.is_ready is not None:
        wanted &= READY if asked.is_ready else STOPPED
    if asked.is_late:
        wanted &= late_by(today)
    return lots.filter(wanted)


STOPPED = Q(standing_chain__stops__gt=0)
# what is on a shipment already is not offered to another
READY = Q(standing_chain__stops=0, placed__id__isnull=True)


def late_by(today: date) -> Q:
    """Say of a lot whether it should have shipped, or somebody should have acted on it, before today."""
    return Q(order_line__due_on__lt=today) | Q(standing_chain__first_due_on__lt=today)


def counts_by_day(lots: QuerySet[Traveler], today: date) -> dict[date, dict[str, int]]:
    """Return for each day of shipment how many lots there are, are ready, stopped, owed by whom, late."""
    found = (
        lots.order_by()
        .values(due_on=F("order_line__due_on"))
        .annotate(
            counted=Count("pk"),
            ready=Count("pk", filter=READY),
            stopped=Count("pk", filter=STOPPED),
            late=Count("pk", filter=late_by(today)),
            **{
                side: Count("pk", filter=Q(standing_chain__sides__contains=[side]))
                for side in (US, VENDORS, CUSTOMERS)
            },
        )
    )
    return {row["due_on"]: row for row in found}


def total(counts: dict[date, dict[str, int]]) -> dict[str, int]:
    """Add up the counts of all days."""
    return {name: sum(row[name] for row in counts.values()) for name in COUNTS}


def page_of(lots: QuerySet[Traveler], start: int, length: int) -> list[Traveler]:
    """Return the lots of one page in the order of the board, with all that a row says; keys first, then the rest."""
    keys = list(lots.order_by(*ORDER).values_list("pk", flat=True)[start : start + length])
    rows = (
        Traveler.objects.filter(pk__in=keys)
        .with_quantity()
        .select_related(
            "standing_chain",
            "order_line__order__customer",
            "route_revision__part_revision__part",
        )
    )
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def shipments_of(lots: list[Traveler]) -> dict[int, object]:
    """Return the shipment each of these lots is on."""
    lines = ShipmentLine.objects.filter(traveler__in=lots, is_active=True).select_related("shipment")
    return {line.traveler_id: line.shipment for line in lines}


def customer_names() -> list[str]:
    """Return the customers a board can be asked for."""
    found = Organization.objects.filter(kind=Organization.CUSTOMER)
    return list(found.order_by("name").values_list("name", flat=True))


def freshness() -> Freshness:
    """Say up to when everything that happened is in the kept chains."""
    cursor = FeedCursor.objects.filter(consumer=READER).first()
    if cursor is None:
        oldest = StandingChain.objects.order_by("judged_at").values_list("judged_at", flat=True).first()
        return Freshness(oldest)
    return Freshness(cursor.read_at, feed.unread_since(cursor))
