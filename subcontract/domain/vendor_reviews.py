"""The periodic review of a vendor: how it did, what was decided, when it is looked at again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature
from portal.permissions import require_quality
from subcontract.models import VendorReview


class NoNewOrders(Refused):
    """The last review of the vendor ended with: no new orders."""

    code = "no-new-orders"


@transaction.atomic
def review_vendor(
    *,
    by: Person,
    token: str,
    vendor: Organization,
    reviewed_on: date,
    next_due_on: date,
    outcome: str,
    findings: str,
) -> VendorReview:
    """Record and sign one review of a vendor.

    Raises:  NotEntitled unless quality signs with the authority to issue outside orders; Incomplete for an
             organization that is no vendor, a review of a day to come, one without findings, or a next one that is
             not later.
    Source:  AS9100D 8.4.1 (re-evaluation of external providers; the results are kept).
    """
    require_quality(by, "review vendors")
    if vendor.kind != Organization.VENDOR:
        raise Incomplete(f"{vendor.name} is not a vendor. Review the vendors the shop orders from.")
    if reviewed_on > timezone.localdate():
        raise Incomplete(
            f"The review of {vendor.name} cannot have been on {reviewed_on}; that day is to come."
        )
    if next_due_on <= reviewed_on:
        raise Incomplete(
            f"The next review of {vendor.name} would be due on {next_due_on}, not after this one of {reviewed_on}."
        )
    if outcome not in dict(VendorReview.OUTCOMES):
        raise Incomplete(
            f"Say how the review of {vendor.name} ended: approved, under conditions, or no new orders."
        )
    if not findings.strip():
        raise Incomplete(f"Say what was looked at and found in the review of {vendor.name}.")
    number = next_number("VR")
    facts = {
        "vendor": vendor.number,
        "reviewed_on": reviewed_on,
        "next_due_on": next_due_on,
        "outcome": outcome,
        "findings": findings.strip(),
    }
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.REVIEWED,
        noun="vendor review",
        number=number,
        content=facts,
        act=Authority.ORDER_OUTSIDE,
    )
    review = VendorReview.objects.create(number=number, signature=signature, **facts | {"vendor": vendor})
    record_event(by=by, verb="review", noun="vendor", number=vendor.number, data=facts | {"review": number})
    return review


def latest_review(vendor: Organization) -> VendorReview | None:
    """Return the last review of a vendor, by its day and then by when it was signed."""
    return vendor.vendor_reviews.order_by("-reviewed_on", "-pk").first()


def require_no_refusal(vendor: Organization) -> None:
    """Refuse a vendor whose last review ended with: no new orders.

    Raises:  NoNewOrders naming the review.
    """
    review = latest_review(vendor)
    if review and review.outcome == VendorReview.REFUSED:
        raise NoNewOrders(
            f"Review {review.number} of {review.reviewed_on} ended with no new orders to {vendor.name}. "
            "Order from another vendor, or review this one again."
        )
