"""How the packing demands of an order were met for one lot on one shipment: signed, and never taken back.

What was recorded wrongly is recorded again; the last word counts.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from documents.models import PackingRecord, Shipment, ShipmentLine
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from portal.permissions import INSPECTORS, require_role
from routes.domain.lots import lock_lots
from routes.domain.own_papers import require_own_customer
from routes.models import PackingDemand, Traveler

PHOTOS = ("image/png", "image/jpeg")
GONE = (Shipment.DISPATCHED, Shipment.CANCELLED)


@transaction.atomic
def record(
    *,
    by: Person,
    shipment: Shipment,
    traveler: Traveler,
    demand: PackingDemand,
    is_met: bool,
    token: str,
    note: str = "",
    expires_on: date | None = None,
    photo: bytes | None = None,
    photo_name: str = "",
) -> PackingRecord:
    """Sign whether a packing demand is met for a lot on a shipment.

    expires_on: the last day the pieces may be used; needed when a shelf life is met.
    photo: the bytes of a picture that shows it; it goes with the proof.
    Raises:  NotEntitled; NotTheMoment for a shipment that has left or was cancelled, a lot that is not on it, or a
             demand that is withdrawn or of another line; Incomplete when it is not met and nothing says why, or a
             shelf life names no last day; FileOfAnotherCustomer; FileRefused; CredentialRefused.
    Source:  AS9100D 8.5.4 and 8.6.
    """
    require_role(by, INSPECTORS, "record how shipments are packed")
    [lot] = lock_lots([traveler.number])
    shipment = lock(shipment)
    _require_moment(shipment, lot, demand)
    note = note.strip()
    _require_said(demand, is_met, note, expires_on)
    kept = None
    if photo is not None:
        label = lot.route_revision.part_revision.label
        kept = take_in(content=photo, name=photo_name, by=by, allowed=PHOTOS, label=label)
        require_own_customer(lot=lot, sha256=kept.sha256, name=kept.original_name)
    number = f"{shipment.number} {lot.number} {demand.position}"
    said = {
        "shipment": shipment.number,
        "lot": lot.number,
        "demand": str(demand),
        "is_met": is_met,
        "note": note,
        "expires_on": expires_on.isoformat() if expires_on else "",
        "photo": kept.sha256 if kept else "",
    }
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.VERIFIED,
        noun="packing record",
        number=number,
        content=said,
        act=Authority.INSPECT,
        customer=shipment.customer,
    )
    record_event(
        by=by, verb="record packing of", noun="shipment", number=shipment.number, lots=[lot.number], data=said
    )
    return PackingRecord.objects.create(
        shipment=shipment,
        traveler=lot,
        demand=demand,
        is_met=is_met,
        note=note,
        expires_on=expires_on,
        photo=kept,
        signature=signature,
    )


def _require_moment(shipment: Shipment, lot: Traveler, demand: PackingDemand) -> None:
    if shipment.state in GONE:
        raise NotTheMoment(
            f"{shipment.number} is {shipment.get_state_display().lower()}; how it is packed is recorded before it "
            "leaves."
        )
    if not shipment.lines.filter(traveler=lot, is_active=True).exists():
        raise NotTheMoment(f"Lot {lot.number} is not on shipment {shipment.number}. Look at its lines.")
    demand.refresh_from_db()
    if demand.order_line_id != lot.order_line_id or demand.is_withdrawn:
        raise NotTheMoment(
            f"The order of lot {lot.number} does not ask for “{demand.text}” (any more). Reload the page."
        )


def _require_said(demand: PackingDemand, is_met: bool, note: str, expires_on: date | None) -> None:
    if not is_met and not note:
        raise Incomplete(f"Say why “{demand.text}” is not met, so that somebody can put it right.")
    is_shelf_life = demand.kind == PackingDemand.SHELF_LIFE
    if is_shelf_life and is_met and expires_on is None:
        raise Incomplete(f"Name the last day the pieces may be used: “{demand.text}” is about shelf life.")
    if not is_shelf_life and expires_on is not None:
        raise Incomplete(f"“{demand.text}” is not about shelf life. Leave the last day of use out.")


def rows_of(shipment: Shipment) -> list[dict]:
    """Return every live packing demand of every lot on a shipment, each with its last record or None."""
    latest = {
        (each.traveler_id, each.demand_id): each
        for each in shipment.packing_records.select_related("signature", "photo").order_by("pk")
    }
    lines = shipment.lines.filter(is_active=True).select_related("traveler", "order_line")
    demands = PackingDemand.objects.filter(order_line__in=lines.values("order_line"), is_withdrawn=False)
    by_line: dict[int, list[PackingDemand]] = {}
    for demand in demands.order_by("position"):
        by_line.setdefault(demand.order_line_id, []).append(demand)
    return [
        {"lot": line.traveler, "demand": demand, "record": latest.get((line.traveler_id, demand.pk))}
        for line in lines.order_by("traveler__number")
        for demand in by_line.get(line.order_line_id, [])
    ]


def last_days_of_use(line: ShipmentLine) -> list[str]:
    """Return the last day of use of each shelf life the order asks for, as recorded for a line of a shipment."""
    return [
        f"{row['demand'].text.rstrip('.')}: last day of use {row['record'].expires_on.isoformat()}"
        for row in rows_of(line.shipment)
        if row["lot"].pk == line.traveler_id and row["record"] and row["record"].expires_on
    ]
