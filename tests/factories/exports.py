"""Hand-made facts of a controlled lot, and real labels, agreements, registrations and reviews."""

from __future__ import annotations

from datetime import date, timedelta

from documents.domain.chain.export_facts import ExportFacts, LabelFacts, RecipientFacts
from portal.domain.exports import Holding
from portal.models import Agreement, Label, Organization, Person, Registration
from subcontract.domain import register
from subcontract.domain.vendor_reviews import review_vendor
from subcontract.models import VendorReview
from tests.cast import Cast, reauth
from tests.factories.lot_facts import day
from tests.factories.routes import today

ITAR = LabelFacts("ITAR", "Export controlled (ITAR)", 90, True, ("US",))
NDA = Holding("AG-000001", "nda", 90, date(2025, 1, 1), date(2027, 1, 1))


def controlled(*, labels=(ITAR,), files=(), vendor=None, customer=None, not_eligible=()) -> ExportFacts:
    """Make what is known of a controlled lot whose vendor and customer may receive it."""
    at_vendor = {
        "subject": "PO-000041/1",
        "name": "Brightwater Finishing, Main works",
        "organization": "BRIGHTWATER",
        "country": "US",
        "days": (day(6), day(9)),
        "holdings": (NDA,),
    }
    at_customer = {
        "subject": "customer",
        "name": "Orrin Aerospace, Main works",
        "organization": "ORRIN",
        "country": "US",
        "holdings": (NDA,),
    }
    recipients = tuple(
        RecipientFacts(**usual | changed)
        for usual, changed in ((at_customer, customer or {}), (at_vendor, vendor or {}))
    )
    return ExportFacts(labels, files, recipients, not_eligible)


def make_label(**facts) -> Label:
    """Return the label of controlled goods, for sites in the United States."""
    wanted = {
        "code": "ITAR",
        "name": "Export controlled (ITAR)",
        "strictness": 90,
        "needs_eligibility": True,
        "allowed_countries": ["US"],
    }
    return Label.objects.create(**wanted | facts)


def make_agreement(cast: Cast, organization: Organization, label: Label | None, **facts) -> Agreement:
    """Return an agreement that lets an organization receive a label, begun a year ago and without an end."""
    wanted = {
        "kind": Agreement.NDA,
        "reference": "NDA 2025-14",
        "label": label,
        "valid_from": today() - timedelta(days=365),
    }
    return register.record_agreement(by=cast.quality, organization=organization, **wanted | facts)


def let_everybody_receive(cast: Cast, label: Label) -> None:
    """Close EXPORT under a label: agreements with the customer and the vendor, and eligible people of the shop."""
    for organization in (cast.customer, cast.vendor_organization):
        make_agreement(cast, organization, label)
    Person.objects.filter(organization=cast.shop).update(is_export_eligible=True)


def make_registration(cast: Cast, organization: Organization, **facts) -> Registration:
    """Return a registration begun a year ago that holds for another year."""
    wanted = {
        "kind": Registration.NADCAP,
        "reference": "12345",
        "valid_from": today() - timedelta(days=365),
        "valid_to": today() + timedelta(days=365),
    }
    return register.record_registration(by=cast.quality, organization=organization, **wanted | facts)


def make_review(cast: Cast, **facts) -> VendorReview:
    """Return a review of the vendor of today that leaves it approved for a year."""
    wanted = {
        "vendor": cast.vendor_organization,
        "reviewed_on": today(),
        "next_due_on": today() + timedelta(days=365),
        "outcome": VendorReview.APPROVED,
        "findings": "Two late deliveries, no reject.",
    }
    return review_vendor(by=cast.quality, token=reauth(cast.quality), **wanted | facts)
