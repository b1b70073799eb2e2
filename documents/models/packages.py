"""Release packages: frozen, rendered, released, reviewed by the buyer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from documents.models.shipments import Shipment
from portal.domain.moves import QUALITY, SYSTEM, Move, Moves
from portal.models import Job, Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet


class ReleasePackageQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        # once shown it stays to be seen, also when a later revision takes its place
        return self.filter(shipment__customer_id=person.organization_id, shared_at__isnull=False)


class ReleasePackage(models.Model):
    """One revision of the proof of one shipment.

    `manifest_bytes` are the canonical bytes frozen by the gate: everything the package shows and every file in
    it. The rendered PDF is made from them alone. `sections` is the index of the rendered file: code, title, first
    page, number of pages, sha256. `archive` is the ZIP that proves all of it. The buyer sees the package from
    `shared_at` on.
    """

    FROZEN, SEALED, RELEASED = "frozen", "sealed", "released"
    ACCEPTED, RETURNED, STALE = "accepted", "returned", "stale"
    STATES = [
        (FROZEN, "Frozen, being rendered"),
        (SEALED, "Rendered"),
        (RELEASED, "Released to the buyer"),
        (ACCEPTED, "Accepted by the buyer"),
        (RETURNED, "Returned by the buyer"),
        (STALE, "Out of date"),
    ]
    BUYERS = (Person.BUYER, Person.CUSTOMER_QUALITY)
    MOVES = Moves(
        "package",
        Move(FROZEN, "seal", SEALED, (SYSTEM,)),
        Move(SEALED, "release", RELEASED, (*QUALITY, SYSTEM)),
        Move(RELEASED, "accept", ACCEPTED, BUYERS),
        Move(RELEASED, "return", RETURNED, BUYERS),
        Move(FROZEN, "outdate", STALE, (*QUALITY, SYSTEM)),
        Move(SEALED, "outdate", STALE, (*QUALITY, SYSTEM)),
        Move(RELEASED, "outdate", STALE, (*QUALITY, SYSTEM)),
        Move(ACCEPTED, "outdate", STALE, (*QUALITY, SYSTEM)),
        Move(RETURNED, "outdate", STALE, (*QUALITY, SYSTEM)),
    )

    number = models.CharField(max_length=50, unique=True, help_text="P-000012-1: package and revision.")
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="packages")
    revision = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=FROZEN)
    manifest_bytes = models.BinaryField()
    manifest_sha256 = models.CharField(max_length=64)
    facts_digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.PROTECT)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="packages"
    )
    archive = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="archived_packages"
    )
    page_count = models.PositiveIntegerField(null=True, blank=True)
    sections = models.JSONField(default=list, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    outdated_reason = models.CharField(max_length=300, blank=True)

    objects = ReleasePackageQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["manifest_bytes"])

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "revision"], name="package_revision_once_a_shipment"),
            models.CheckConstraint(
                name="sealed_package_has_a_file",
                condition=Q(state__in=["frozen", "stale"]) | Q(file__isnull=False),
            ),
            models.CheckConstraint(
                name="archive_is_of_a_sealed_package",
                condition=Q(archive__isnull=True) | Q(file__isnull=False),
            ),
            models.CheckConstraint(
                name="released_package_was_shared",
                condition=Q(state__in=["frozen", "sealed", "stale"]) | Q(shared_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:package-detail", args=[self.number])


class RenderedSection(models.Model):
    """A section already rendered, found again by the hash of everything it was made from."""

    key = models.CharField(max_length=64, primary_key=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    rendered_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()


class ReviewQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(package__in=ReleasePackage.objects.for_viewer(person))


class Review(models.Model):
    """The buyer's word on a package. Evidence: rows are only added."""

    ACCEPTED, RETURNED = "accepted", "returned"
    DECISIONS = [(ACCEPTED, "Accepted"), (RETURNED, "Returned")]

    package = models.ForeignKey(ReleasePackage, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=10, choices=DECISIONS)
    words = models.TextField(blank=True)
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="returned_package_says_why", condition=Q(decision="accepted") | ~Q(words="")
            )
        ]
