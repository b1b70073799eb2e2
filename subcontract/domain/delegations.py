"""Delegation in writing: which vendor's site verifies or ships in our place, for whose parts, until when."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature, Site, StoredFile
from portal.permissions import require_quality
from routes.models import OrderLine, Part, Traveler
from subcontract.domain.lots_touched import lock_touched
from subcontract.models import Delegation

VERIFICATION, SHIPPING = "verification", "shipping"
WORDS = {
    VERIFICATION: "verifies count, identity and damage in our place",
    SHIPPING: "ships to the customer in our place",
}


class NotDelegated(Refused):
    """A vendor's site would do in our place what nobody delegated to it in writing."""

    code = "not-delegated"


@transaction.atomic
def delegate(
    *,
    by: Person,
    token: str,
    site: Site,
    customer: Organization,
    is_verification: bool,
    is_shipping: bool,
    reference: str,
    valid_from: date,
    valid_to: date,
    part: Part | None = None,
    order_line: OrderLine | None = None,
    accepted_reference: str = "",
    accepted_on: date | None = None,
    file: UploadedFile | None = None,
    accepted_file: UploadedFile | None = None,
) -> Delegation:
    """Record and sign what a vendor's site does in our place for one customer's parts.

    An empty part or order line delegates it for all of them. Shipping to the customer needs the customer's writing.

    Raises:  NotEntitled unless quality signs with the authority to issue outside orders; Incomplete for a site that
             is no vendor's, without what is delegated, its reference, days in order, or the customer's acceptance;
             CredentialRefused; FileRefused.
    Source:  AS9100D 8.4.2 (delegated verification: scope, requirements and a register of delegations), 8.6.
    """
    require_quality(by, "delegate verification and shipping")
    reference, accepted = reference.strip(), accepted_reference.strip()
    _require_parties(site, customer, part, order_line)
    _require_words(site, is_verification or is_shipping, reference, valid_from, valid_to)
    if is_shipping and not (accepted and accepted_on):
        raise Incomplete(
            f"{site} ships to {customer} in our place only when {customer} accepted that in writing. Give the number "
            "and the day of its writing."
        )
    touched = lock_touched(site.organization)
    number = next_number("DL")
    facts = {
        "is_verification": is_verification,
        "is_shipping": is_shipping,
        "reference": reference,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "accepted_reference": accepted,
        "accepted_on": accepted_on,
    }
    kept, theirs = _kept(file, by), _kept(accepted_file, by)
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="delegation",
        number=number,
        content=facts | _named(site, customer, part, order_line, kept, theirs),
        act=Authority.ORDER_OUTSIDE,
    )
    made = Delegation.objects.create(
        number=number,
        site=site,
        customer=customer,
        part=part,
        order_line=order_line,
        file=kept,
        accepted_file=theirs,
        signature=signature,
        **facts,
    )
    record_event(
        by=by,
        verb="sign",
        noun="delegation",
        number=number,
        lots=touched,
        data={"site": str(site), "customer": customer.number, "reference": reference},
    )
    return made


def _require_parties(
    site: Site, customer: Organization, part: Part | None, order_line: OrderLine | None
) -> None:
    if site.organization.kind != Organization.VENDOR:
        raise Incomplete(f"{site} is not a vendor's site. Choose the site that acts in our place.")
    if customer.kind != Organization.CUSTOMER:
        raise Incomplete(f"{customer} is not a customer. Choose whose parts it is about.")
    if part is not None and part.customer_id != customer.pk:
        raise Incomplete(f"Part {part.number} is of {part.customer}, not of {customer}. Choose another part.")
    if order_line is not None and order_line.order.customer_id != customer.pk:
        raise Incomplete(f"Order line {order_line} is of {order_line.order.customer}, not of {customer}.")


def _require_words(site: Site, is_something: bool, reference: str, first: date, last: date) -> None:
    if not is_something:
        raise Incomplete(
            f"Say what {site} does in our place: verify what comes back, ship to the customer, or both."
        )
    if not reference:
        raise Incomplete(f"Name the writing by which {site} acts in our place; a word on the phone is none.")
    if last < first:
        raise Incomplete(f"The delegation to {site} would end on {last}, before it begins on {first}.")


def _named(
    site: Site,
    customer: Organization,
    part: Part | None,
    order_line: OrderLine | None,
    file: StoredFile | None,
    accepted: StoredFile | None,
) -> dict:
    return {
        "site": str(site),
        "customer": customer.number,
        "part": part.number if part else "",
        "order_line": str(order_line) if order_line else "",
        "file": file.sha256 if file else "",
        "accepted_file": accepted.sha256 if accepted else "",
    }


def _kept(file: UploadedFile | None, by: Person) -> StoredFile | None:
    return take_in(content=file.read(), name=file.name, by=by) if file else None


@transaction.atomic
def end_delegation(*, by: Person, delegation: Delegation, on: date, reason: str) -> Delegation:
    """Say from which day on a delegation held no more, and why; what rested on it from that day is open again.

    Raises:  NotEntitled; Incomplete without a reason or for a day outside its days; NotTheMoment when it has ended.
    """
    require_quality(by, "end delegations")
    touched = lock_touched(delegation.site.organization)
    current = lock(delegation)
    if current.ended_on:
        raise NotTheMoment(f"{current} ended on {current.ended_on} already.")
    if not reason.strip():
        raise Incomplete(f"Say why {current} ends; the reason is kept with it.")
    if not current.valid_from <= on <= current.valid_to:
        raise Incomplete(
            f"{current} holds from {current.valid_from} to {current.valid_to}; it cannot end on {on}. Choose a day "
            "between."
        )
    current.ended_on, current.ended_reason = on, reason.strip()
    current.save()
    record_event(
        by=by,
        verb="end",
        noun="delegation",
        number=current.number,
        lots=touched,
        data={"on": on, "reason": reason.strip()},
    )
    return current


def delegations_for(*, site: Site, traveler: Traveler, what: str) -> QuerySet[Delegation]:
    """Return what was ever delegated to a site for the part and order of a lot, the latest first."""
    line = traveler.order_line
    found = Delegation.objects.filter(site=site, customer=line.order.customer_id, **{f"is_{what}": True})
    of_part = Q(part__isnull=True) | Q(part=traveler.route_revision.part_revision.part_id)
    return found.filter(of_part, Q(order_line__isnull=True) | Q(order_line=line)).order_by("-pk")


def require_delegated(*, site: Site, traveler: Traveler, what: str, on: date) -> Delegation:
    """Return the delegation by which a site acts in our place for a lot on a day.

    what: VERIFICATION or SHIPPING.
    Raises:  NotDelegated naming what is missing, or the one that did not hold on that day.
    """
    found = list(delegations_for(site=site, traveler=traveler, what=what))
    if holding := next((each for each in found if each.holds_on(on)), None):
        return holding
    last = f" {found[0].number} did not hold on {on}." if found else ""
    raise NotDelegated(
        f"Nothing in writing says that {site} {WORDS[what]} for {traveler.order_line.order.customer} and lot "
        f"{traveler.number}.{last} Record the delegation, or bring the pieces home."
    )
