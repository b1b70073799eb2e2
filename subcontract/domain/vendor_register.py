"""The register of vendors on one page: approvals, registrations, reviews, and what is overdue, first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.standing import EXPIRING, IN_FORCE, OVER, SOON_DAYS, latest_of_each_kind, standing_of
from portal.models import Organization, Person, Registration
from subcontract.models import ApprovalScope, VendorReview

NOT_REVIEWED = "Never reviewed"


@dataclass(frozen=True)
class VendorLine:
    """One vendor: how many approvals stand today, its registrations of today, its last review.

    `standing` is the worst word of all: overdue, expired, expiring, in force.
    """

    vendor: Organization
    approvals: int
    approvals_until: date | None
    registrations: tuple[tuple[Registration, str], ...]
    review: VendorReview | None
    is_review_late: bool
    today: date

    @property
    def over(self) -> list[Registration]:
        """The registrations that hold no more and were not renewed."""
        return [each for each, standing in self.registrations if standing in OVER]

    @property
    def next_expiry(self) -> date | None:
        """The next last day of what holds today: an approval or a registration."""
        days = [each.valid_to for each, standing in self.registrations if standing in (IN_FORCE, EXPIRING)]
        return min([*days, *([self.approvals_until] if self.approvals_until else [])], default=None)

    @property
    def standing(self) -> str:
        if self.over:
            return "expired"
        if self.is_review_late:
            return "overdue"
        soon = [standing for _, standing in self.registrations if standing == EXPIRING]
        until = self.approvals_until
        if soon or (until and (until - self.today).days <= SOON_DAYS):
            return EXPIRING
        return IN_FORCE if self.approvals or self.registrations else "not_started"

    @property
    def rank(self) -> tuple:
        """What is overdue stands first, then what ends first."""
        order = ("expired", "overdue", EXPIRING, IN_FORCE, "not_started")
        return order.index(self.standing), self.next_expiry or date.max, self.vendor.name


def register_of(person: Person, *, today: date) -> list[VendorLine]:
    """Return a line for each vendor a person may see, overdue first, in four statements for any number."""
    vendors = list(Organization.objects.for_viewer(person).vendors())
    approvals, registrations, reviews = defaultdict(list), defaultdict(list), {}
    standing = ApprovalScope.objects.for_viewer(person).filter(
        state=ApprovalScope.APPROVED, state_since__lte=today, valid__contains=today
    )
    for organization, until in standing.values_list("site__organization_id", "valid__endswith"):
        approvals[organization].append(until - timedelta(days=1))
    for each in Registration.objects.for_viewer(person).filter(organization__in=vendors):
        registrations[each.organization_id].append(each)
    for review in VendorReview.objects.for_viewer(person).order_by("reviewed_on", "pk"):
        reviews[review.vendor_id] = review
    lines = [
        _line(each, approvals[each.pk], registrations[each.pk], reviews.get(each.pk), today)
        for each in vendors
    ]
    return sorted(lines, key=lambda line: line.rank)


def _line(
    vendor: Organization,
    approvals: list[date],
    registrations: list[Registration],
    review: VendorReview | None,
    today: date,
) -> VendorLine:
    latest = latest_of_each_kind(registrations)
    # whoever does approved work is reviewed; a vendor nothing is ordered from yet owes no review
    is_late = review.next_due_on < today if review else bool(approvals)
    return VendorLine(
        vendor=vendor,
        approvals=len(approvals),
        approvals_until=min(approvals, default=None),
        registrations=tuple((each, standing_of(each, today)) for each in latest),
        review=review,
        is_review_late=is_late,
        today=today,
    )
