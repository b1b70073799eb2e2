"""The register of the sample shop: who holds what until when, who agreed to what, who was reviewed."""

from __future__ import annotations

from datetime import date, timedelta

from documents.demo.people import People, token
from portal.models import Agreement, Label, Registration
from subcontract.domain import register
from subcontract.domain.vendor_reviews import review_vendor
from subcontract.models import VendorReview

# the Nadcap certificate the approvals of a vendor rest on
NADCAP = {"BLUEWATER": "N-20418", "CINDERHILL": "N-33107", "LOWELL": "N-27790"}
# vendor, kind, number, what it covers, who issued it, days since it began, days until its last one
REGISTRATIONS = (
    ("BLUEWATER", Registration.NADCAP, NADCAP["BLUEWATER"], "AC7108/8 anodizing", "PRI", 320, 45),
    (
        "BLUEWATER",
        Registration.AS9100,
        "AS-7714",
        "Anodizing of aerospace parts",
        "Harbour Registrar",
        700,
        390,
    ),
    ("BLUEWATER", Registration.ITAR, "M-48213", "Manufacturer", "DDTC", 200, 165),
    ("CINDERHILL", Registration.NADCAP, NADCAP["CINDERHILL"], "AC7102 heat treating", "PRI", 260, 470),
    (
        "CINDERHILL",
        Registration.ISO_9001,
        "Q-5520",
        "Heat treatment of metals",
        "Harbour Registrar",
        640,
        120,
    ),
    (
        "LOWELL",
        Registration.NADCAP,
        NADCAP["LOWELL"],
        "AC7108/11 conversion coating, passivation",
        "PRI",
        230,
        500,
    ),
    ("LOWELL", Registration.ISO_9001, "Q-4108", "Electroplating", "Harbour Registrar", 1107, -12),
    ("TOLLGATE", Registration.ISO_9001, "Q-6001", "Stockholding of metals", "Northern Quality", 300, 795),
)
# organization, kind, name, the label it lets through
AGREEMENTS = (
    ("BLUEWATER", Agreement.NDA, "KR-BW-2025", "ITAR"),
    ("LOWELL", Agreement.NDA, "KR-LPW-2025", "PROPRIETARY"),
    ("MERIDIAN", Agreement.QUALITY, "MQ-12", ""),
    ("MERIDIAN", Agreement.NDA, "MFC-T-2025", "ITAR"),
)
# vendor, days since the review, days until the next one, outcome, what was found
REVIEWS = (
    (
        "BLUEWATER",
        90,
        275,
        VendorReview.APPROVED,
        "Eleven orders, one certificate corrected, none late. Tank logs seen at the audit.",
    ),
    (
        "CINDERHILL",
        377,
        -12,
        VendorReview.APPROVED,
        "Nine orders, furnace charts complete. Pyrometry records seen.",
    ),
    (
        "LOWELL",
        40,
        140,
        VendorReview.CONDITIONAL,
        "Two certificates without solution temperature. ISO 9001 renewal is under way; see the new certificate by the "
        "next review.",
    ),
)


def fill_register(people: People, today: date) -> None:
    """Record what vendors and customers of the sample shop hold: one expires soon, one has, one review is overdue."""
    by, there = people.quality, people.organizations
    labels = {label.code: label for label in Label.objects.all()}
    for vendor, kind, reference, scope, issuer, since, left in REGISTRATIONS:
        register.record_registration(
            by=by,
            organization=there[vendor],
            kind=kind,
            reference=reference,
            scope=scope,
            issued_by=issuer,
            valid_from=today - timedelta(days=since),
            valid_to=today + timedelta(days=left),
        )
    for organization, kind, name, label in AGREEMENTS:
        register.record_agreement(
            by=by,
            organization=there[organization],
            kind=kind,
            reference=name,
            label=labels.get(label),
            valid_from=today - timedelta(days=420),
        )
    for vendor, since, left, outcome, findings in REVIEWS:
        review_vendor(
            by=by,
            token=token(by),
            vendor=there[vendor],
            reviewed_on=today - timedelta(days=since),
            next_due_on=today + timedelta(days=left),
            outcome=outcome,
            findings=findings,
        )
