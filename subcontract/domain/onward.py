"""Pieces that go on from a vendor's site without coming home first: to the next vendor, home later, to the customer."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.models import Organization, Person, Site
from portal.permissions import require_shop
from routes.domain.lots import current_step, lock_lots, quantity_of, serials_of, steps_of
from routes.models import Operation, Traveler
from subcontract.domain.custody import hand_over, last_move, shop_site
from subcontract.domain.delegations import VERIFICATION, require_delegated
from subcontract.domain.outside_orders import require_issued, require_may_leave
from subcontract.domain.receipts import uncounted_on_line
from subcontract.models import CustodyMove, OutsideOrder, OutsideOrderLine


class NotAtAVendor(Refused):
    """The pieces are not where the act would take them from."""

    code = "not-at-a-vendor"


@transaction.atomic
def send_on(*, by: Person, order: OutsideOrder, moved_on: date, document: str) -> OutsideOrder:
    """Hand every line's pieces from the vendor that holds them to the site of this order, without coming home.

    Either the step before is verified there in our place already, or this order's site is the one that verifies it
    when the pieces arrive. The paper that went along is named.

    Raises:  NotAtAVendor for pieces in the house; NotTheMoment when the order is not issued, the outside step before
             is not the one just done or pieces were counted anew; NotDelegated when nobody verifies between the two;
             Incomplete without the paper; whatever stops a shipment from the house.
    Source:  AS9100D 8.4.2 and 8.6 (nothing unverified is worked on); 8.5.4.
    """
    require_shop(by, "send pieces on to the next vendor")
    order = require_issued(lock(order))
    if not document.strip():
        raise Incomplete(
            f"Name the packing slip or waybill by which the pieces of {order.number} went from vendor to vendor."
        )
    lines = list(order.lines.select_related("traveler", "step__operation").order_by("traveler__number"))
    lock_lots([line.traveler.number for line in lines])
    for line in lines:
        _require_at_a_vendor(line, order.site, moved_on)
        _require_verified_between(line, order.site, moved_on)
        require_may_leave(order, line, moved_on)
        hand_over(
            by=by,
            line=line,
            traveler=line.traveler,
            to_site=order.site,
            quantity=line.quantity,
            moved_on=moved_on,
            document=document.strip(),
            serials=tuple(serials_of(line.traveler)),
        )
    lots = [line.traveler.number for line in lines]
    data = {"on": moved_on, "document": document.strip(), "from": "the vendor before"}
    return move(order, "ship", by=by, lots=lots, data=data)


def _require_at_a_vendor(line: OutsideOrderLine, to_site: Site, moved_on: date) -> CustodyMove:
    last = last_move(line.traveler)
    if last is None or last.to_site.organization.kind != Organization.VENDOR:
        raise NotAtAVendor(
            f"The pieces of lot {line.traveler.number} are in the house. Ship them on {line.order.number} from here."
        )
    if last.to_site_id == to_site.pk:
        raise NotAtAVendor(f"The pieces of lot {line.traveler.number} are at {to_site} already.")
    if moved_on < last.moved_on:
        raise NotTheMoment(
            f"Lot {line.traveler.number} came to {last.to_site} on {last.moved_on}; it cannot have left there on "
            f"{moved_on}."
        )
    return last


def _require_verified_between(line: OutsideOrderLine, to_site: Site, moved_on: date) -> None:
    """See that the outside step before is verified, or that the next vendor verifies it on arrival."""
    lot, step = line.traveler, current_step(line.traveler)
    if step is not None and step.pk == line.step_id:
        return
    following = [each for each in steps_of(lot) if step and each.operation.sequence > step.operation.sequence]
    is_next = step is not None and step.operation.kind == Operation.OUTSIDE and following[:1] == [line.step]
    if not is_next:
        at = f"operation {step.operation.sequence} {step.operation.name}" if step else "its end"
        raise NotTheMoment(
            f"Lot {lot.number} stands at {at}; {line.step.operation} is not next. Only from one outside operation to "
            "the next do pieces go on without coming home."
        )
    require_delegated(site=to_site, traveler=lot, what=VERIFICATION, on=moved_on)


@transaction.atomic
def bring_home(*, by: Person, traveler: Traveler, moved_on: date, document: str = "") -> CustodyMove:
    """Bring home pieces that were verified in our place and are still at a vendor.

    Raises:  NotAtAVendor when they are in the house, or still to be received on their line; NotTheMoment for a day
             before they came there.
    """
    require_shop(by, "bring pieces home")
    [lot] = lock_lots([traveler.number])
    last = last_move(lot)
    if last is None or last.to_site.organization.kind != Organization.VENDOR:
        raise NotAtAVendor(f"The pieces of lot {lot.number} are not at a vendor. Look at who has them.")
    if lot in uncounted_on_line(last.line):
        raise NotAtAVendor(
            f"The pieces of lot {lot.number} are still out on {last.line}. Receive them there."
        )
    if moved_on < last.moved_on:
        raise NotTheMoment(
            f"Lot {lot.number} came to {last.to_site} on {last.moved_on}; it cannot have left there on {moved_on}."
        )
    made = hand_over(
        by=by,
        line=last.line,
        traveler=lot,
        to_site=shop_site(),
        quantity=quantity_of(lot),
        moved_on=moved_on,
        document=document.strip(),
        serials=tuple(serials_of(lot)),
    )
    _tell(by, "bring home from", made)
    return made


def leave_for_customer(*, by: Person, traveler: Traveler, on: date, document: str) -> CustodyMove | None:
    """Write down that pieces left for the customer from the vendor that held them; nothing when they left from here.

    The caller has passed the gate and holds a transaction.
    Raises:  Incomplete when the customer has no site to receive them.
    """
    last = last_move(traveler)
    if last is None or last.to_site.organization.kind != Organization.VENDOR:
        return None
    customer = traveler.order_line.order.customer
    to_site = customer.sites.order_by("pk").first()
    if to_site is None:
        raise Incomplete(f"{customer} has no site on record to receive lot {traveler.number}. Add one first.")
    made = hand_over(
        by=by,
        line=last.line,
        traveler=traveler,
        to_site=to_site,
        quantity=quantity_of(traveler),
        moved_on=on,
        document=document,
        serials=tuple(serials_of(traveler)),
    )
    _tell(by, "let go from", made)
    return made


def _tell(by: Person, verb: str, made: CustodyMove) -> None:
    record_event(
        by=by,
        verb=verb,
        noun="outside order",
        number=made.line.order.number,
        lots=[made.traveler.number],
        data={"from": str(made.from_site), "to": str(made.to_site), "on": made.moved_on},
    )
