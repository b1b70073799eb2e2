"""Certificates as they came, what they claim, and which pieces they cover."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from documents.models.upload_links import UploadLink
from portal.domain.moves import QUALITY, SHOP, Move, Moves
from portal.models import Organization, Person, Signature, Site, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import MaterialLot, Traveler, TravelerStep


class CertificateQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(issuer_id=person.organization_id)


class Certificate(models.Model):
    """One certificate: some pages of one file, the fields it states, and a person's decision on it.

    Fields hold what the paper says, typed by a person; acceptance compares them with the records.
    Units:   quantity in pieces; days are in the time zone of the site that wrote them.
    """

    MATERIAL, PROCESS, TEST, CONFORMITY = "material", "process", "test", "conformity"
    KINDS = [
        (MATERIAL, "Material"),
        (PROCESS, "Process"),
        (TEST, "Test"),
        (CONFORMITY, "Supplier's conformity"),
    ]
    RECEIVED, IN_REVIEW, ACCEPTED, REJECTED, REVOKED, WITHDRAWN = (
        "received",
        "in_review",
        "accepted",
        "rejected",
        "revoked",
        "withdrawn",
    )
    STATES = [
        (RECEIVED, "Received"),
        (IN_REVIEW, "In review"),
        (ACCEPTED, "Accepted"),
        (REJECTED, "Rejected"),
        (REVOKED, "Revoked"),
        (WITHDRAWN, "Withdrawn"),
    ]
    PAGE, LINK, MAIL, FOLDER, STACK, API = "page", "link", "mail", "folder", "stack", "api"
    DOORS = [
        (PAGE, "Page"),
        (LINK, "Link"),
        (MAIL, "Mail"),
        (FOLDER, "Watched folder"),
        (STACK, "Scanned stack"),
        (API, "API"),
    ]
    MOVES = Moves(
        "certificate",
        Move(RECEIVED, "enter", IN_REVIEW, (*SHOP, Person.VENDOR)),
        # read in full by the machine, nothing is left to type
        Move(RECEIVED, "accept", ACCEPTED, QUALITY),
        Move(IN_REVIEW, "enter", IN_REVIEW, (*SHOP, Person.VENDOR)),
        Move(IN_REVIEW, "accept", ACCEPTED, QUALITY),
        Move(IN_REVIEW, "reject", REJECTED, QUALITY),
        Move(RECEIVED, "reject", REJECTED, QUALITY),
        Move(ACCEPTED, "revoke", REVOKED, QUALITY),
        # taken back by its sender before anybody decided on it
        Move(RECEIVED, "withdraw", WITHDRAWN, (Person.VENDOR,)),
        Move(IN_REVIEW, "withdraw", WITHDRAWN, (Person.VENDOR,)),
    )

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    state = models.CharField(max_length=10, choices=STATES, default=RECEIVED)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="certificates")
    page_from = models.PositiveIntegerField(default=1)
    page_to = models.PositiveIntegerField(default=1)
    issuer = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates_uploaded")
    uploaded_at = models.DateTimeField()
    door = models.CharField(max_length=10, choices=DOORS, default=PAGE, help_text="How it came in.")
    link = models.ForeignKey(
        UploadLink, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    sent_name = models.CharField(max_length=120, blank=True, help_text="Who sent it without an account.")
    sent_email = models.EmailField(blank=True)
    entered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates_entered"
    )

    stated_number = models.CharField(max_length=80, blank=True, help_text="The number printed on it.")
    stated_on = models.DateField(null=True, blank=True)
    certificate_type = models.CharField(max_length=20, blank=True, help_text="3.1, 3.2, 2.2, MTR, process.")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, help_text="Did the work.")
    po_number = models.CharField(max_length=40, blank=True)
    part_number = models.CharField(max_length=80, blank=True)
    part_revision = models.CharField(max_length=20, blank=True)
    spec_number = models.CharField(max_length=60, blank=True)
    spec_revision = models.CharField(max_length=20, blank=True)
    spec_type = models.CharField(max_length=30, blank=True)
    spec_class = models.CharField(max_length=30, blank=True)
    condition = models.CharField(max_length=60, blank=True)
    identifier = models.CharField(max_length=80, blank=True, help_text="Heat, batch or lot it names.")
    quantity = models.PositiveIntegerField(null=True, blank=True)
    process_from = models.DateField(null=True, blank=True)
    process_to = models.DateField(null=True, blank=True)
    signed_name = models.CharField(max_length=120, blank=True, help_text="Who signed the paper.")

    decision_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)
    decision_reason = models.TextField(blank=True)
    excused = ArrayField(
        models.CharField(max_length=160),
        default=list,
        blank=True,
        help_text="Keys let pass by the customer's rules, with what was expected.",
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    objects = CertificateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="certificate_pages_in_order", condition=Q(page_from__gte=1, page_to__gte=F("page_from"))
            ),
            models.CheckConstraint(
                name="decided_certificate_is_signed",
                condition=Q(state__in=["received", "in_review", "withdrawn"])
                | Q(decision_signature__isnull=False),
            ),
            models.CheckConstraint(
                name="certificate_by_link_names_the_link",
                condition=~Q(door__in=["link", "mail"]) | Q(link__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:certificate-detail", args=[self.number])


class CertificateCoverage(models.Model):
    """Which pieces a certificate is for: a material lot, or one step of one lot, so many pieces.

    Children of a split lot inherit their parent's coverage by lineage.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="coverages")
    material_lot = models.ForeignKey(
        MaterialLot, null=True, blank=True, on_delete=models.PROTECT, related_name="coverages"
    )
    traveler = models.ForeignKey(
        Traveler, null=True, blank=True, on_delete=models.PROTECT, related_name="coverages"
    )
    step = models.ForeignKey(
        TravelerStep, null=True, blank=True, on_delete=models.PROTECT, related_name="coverages"
    )
    quantity = models.PositiveIntegerField()

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coverage_is_of_one_thing",
                condition=Q(material_lot__isnull=False, traveler__isnull=True, step__isnull=True)
                | Q(material_lot__isnull=True, traveler__isnull=False, step__isnull=False),
            ),
            models.CheckConstraint(name="coverage_above_zero", condition=Q(quantity__gt=0)),
        ]
