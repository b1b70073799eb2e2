"""Shipments and release packages: how they stand, and the package itself. Released by signatures, on the page."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from rest_framework import serializers

from documents.domain import packages
from documents.models import ReleasePackage, Review, Shipment, ShipmentLine
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import moments, one_of
from portal.api.filters import text as word
from portal.domain.events import record_event
from portal.domain.files import FileRefused, may_see_label, open_for
from portal.permissions import CUSTOMER, SHOP

READERS = SHOP + CUSTOMER


class ShipmentLineReading(Reading):
    lot = named("traveler.number")
    order = named("order_line.order.number")
    po_number = named("order_line.order.po_number")
    line_number = serializers.IntegerField(source="order_line.line_number")
    part = named("order_line.part_revision.part.number")
    revision = named("order_line.part_revision.revision")
    serials = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ShipmentLine
        fields = ("lot", "order", "po_number", "line_number", "part", "revision", "quantity", "serials")


class ShipmentReading(Reading):
    customer = named("customer.number")
    author = named("author.printed_name")
    released_by = named("release_signature.printed_name")
    dispatched_by = named("dispatch_signature.printed_name")

    class Meta:
        model = Shipment
        fields = (
            "number",
            "customer",
            "state",
            "author",
            "drafted_at",
            "carrier",
            "released_by",
            "dispatched_by",
            "dispatched_at",
        )


class ShipmentWithLines(ShipmentReading):
    lines = ShipmentLineReading(many=True)
    packages = serializers.SerializerMethodField(help_text="Numbers of its packages, the latest first.")

    class Meta:
        model = Shipment
        fields = (*ShipmentReading.Meta.fields, "lines", "packages")

    def get_packages(self, shipment) -> list[str]:
        return [package.number for package in shipment.packages_shown]


class ReviewReading(Reading):
    by = named("signature.printed_name")
    at = serializers.DateTimeField(source="signature.signed_at")

    class Meta:
        model = Review
        fields = ("decision", "words", "by", "at")


class PackageReading(Reading):
    shipment = named("shipment.number")
    customer = named("shipment.customer.number")
    pdf_sha256 = named("file.sha256")
    pdf_bytes = serializers.IntegerField(source="file.size_bytes", allow_null=True)
    archive_sha256 = named("archive.sha256")

    class Meta:
        model = ReleasePackage
        fields = (
            "number",
            "shipment",
            "customer",
            "revision",
            "reason",
            "state",
            "manifest_sha256",
            "facts_digest",
            "frozen_at",
            "pdf_sha256",
            "pdf_bytes",
            "archive_sha256",
            "page_count",
            "shared_at",
            "outdated_reason",
        )


class RenderingReading(serializers.Serializer):
    """How the rendering of a package stands."""

    key = serializers.CharField(source="unique_key")
    state = serializers.CharField()
    progress_done = serializers.IntegerField()
    progress_total = serializers.IntegerField()
    progress_sentence = serializers.CharField()


class PackageWithSections(PackageReading):
    sections = serializers.ListField(
        child=serializers.DictField(), read_only=True, help_text="code, title, first page, pages, sha256"
    )
    rendering = RenderingReading(source="job", allow_null=True)
    reviews = ReviewReading(many=True)

    class Meta:
        model = ReleasePackage
        fields = (*PackageReading.Meta.fields, "sections", "rendering", "reviews")


class Shipments(ApiList):
    """Shipments; a customer sees its own once they are released."""

    roles = READERS
    model = Shipment
    serializer_class = ShipmentReading
    filters = {
        "number": word("number"),
        "customer": word("customer__number"),
        "state": one_of("state", Shipment.STATES),
        **moments("drafted_at"),
        **moments("dispatched_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related("customer", "author", "release_signature", "dispatch_signature")


class ShipmentRecord(ApiRecord):
    """One shipment with its lines and the packages of it that the caller may see."""

    roles = READERS
    model = Shipment
    serializer_class = ShipmentWithLines

    def fetched(self, queryset):
        lines = ShipmentLine.objects.select_related(
            "traveler", "order_line__order", "order_line__part_revision__part"
        )
        shown = ReleasePackage.objects.for_viewer(self.request.user).only("number", "shipment_id")
        return queryset.select_related(
            "customer", "author", "release_signature", "dispatch_signature"
        ).prefetch_related(
            Prefetch("lines", lines), Prefetch("packages", shown.order_by("-pk"), to_attr="packages_shown")
        )


class Packages(ApiList):
    """Release packages; a customer sees those released to it."""

    roles = READERS
    model = ReleasePackage
    serializer_class = PackageReading
    filters = {
        "number": word("number"),
        "shipment": word("shipment__number"),
        "customer": word("shipment__customer__number"),
        "state": one_of("state", ReleasePackage.STATES),
        **moments("frozen_at"),
        **moments("shared_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related("shipment__customer", "file", "archive").defer(
            "manifest_bytes", "sections"
        )


class PackageRecord(ApiRecord):
    """One package: its state, how its rendering stands, its sections, the buyer's word."""

    roles = READERS
    model = ReleasePackage
    serializer_class = PackageWithSections

    def fetched(self, queryset):
        return (
            queryset.select_related("shipment__customer", "file", "archive", "job")
            .defer("manifest_bytes")
            .prefetch_related(Prefetch("reviews", Review.objects.select_related("signature")))
        )


class PackagePdf(ApiRecord):
    """The sealed package itself, byte for byte; each reading is written down."""

    roles = READERS
    model = ReleasePackage
    is_reading = True
    file_type = "application/pdf"

    def fetched(self, queryset):
        return queryset.select_related("file__label")

    def stored(self, record):
        """Return the file this address stands for, or None while there is none."""
        return record.file

    def get(self, request, *args, **kwargs):
        stored = self.stored(self.record)
        if stored is None:
            raise Http404(f"Package {self.record.number} does not have this file yet.")
        try:
            content = open_for(stored=stored, by=request.user, noun="package", number=self.record.number)
        except FileRefused:
            if request.user.is_shop:
                raise
            raise Http404("This package holds no such file.") from None
        return HttpResponse(content, content_type=self.file_type)


class PackageArchive(PackagePdf):
    """The ZIP that proves a package without the portal, byte for byte; each reading is written down."""

    file_type = "application/zip"

    def fetched(self, queryset):
        return queryset.select_related("archive__label")

    def stored(self, record):
        return record.archive


class PackageManifest(ApiRecord):
    """The manifest: the very bytes the gate froze."""

    roles = READERS
    model = ReleasePackage
    is_reading = True
    file_type = "application/json"

    def get(self, request, *args, **kwargs):
        label = packages.label_of(self.record)
        if not may_see_label(request.user, label):
            if request.user.is_shop:
                raise FileRefused(
                    f"{self.record.number} is held under {label.name}; eligible people read it."
                )
            raise Http404("This package holds no such file.")
        number, digest = self.record.number, self.record.manifest_sha256
        record_event(by=request.user, verb="read", noun="package", number=number, data={"manifest": digest})
        return HttpResponse(bytes(self.record.manifest_bytes), content_type=self.file_type)
