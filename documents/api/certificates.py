"""Certificates: brought in with the file and what it says, said what they cover. Decided by people, on the page."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Prefetch
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser

from documents.domain import certificates
from documents.domain.standing_comparisons import waiting
from documents.formats.paper import FIELDS
from documents.models import Certificate, CertificateCoverage
from documents.permissions import BRINGERS, COVERERS
from portal.api.doors import Acting, ApiList, ApiRecord, ApiVerb
from portal.api.fields import Input, Named, Reading, count, day, named, text
from portal.api.filters import days, moments, one_of, truth
from portal.api.filters import text as word
from portal.models import Organization, Site
from routes.models import MaterialLot, TravelerStep
from subcontract.models import OutsideOrderLine

JOINS = (
    "file",
    "issuer",
    "site",
    "uploaded_by",
    "entered_by",
    "decision_signature",
    "replaces",
)


class CoverageReading(Reading):
    material_lot = named("material_lot.number")
    lot = named("traveler.number")
    step = named("step.number")

    class Meta:
        model = CertificateCoverage
        fields = ("material_lot", "lot", "step", "quantity")


class CertificateReading(Reading):
    issuer = named("issuer.number")
    site = named("site.code")
    sha256 = named("file.sha256")
    file_name = named("file.original_name")
    uploaded_by = named("uploaded_by.printed_name")
    entered_by = named("entered_by.printed_name")
    decided_by = named("decision_signature.printed_name")
    replaces = named("replaces.number")

    class Meta:
        model = Certificate
        fields = (
            "number",
            "kind",
            "state",
            "issuer",
            "file_name",
            "sha256",
            "page_from",
            "page_to",
            "uploaded_by",
            "uploaded_at",
            "door",
            "sent_name",
            "entered_by",
            *FIELDS,
            "decided_by",
            "decision_reason",
            "replaces",
        )


class CertificateWithCoverage(CertificateReading):
    coverages = CoverageReading(many=True)

    class Meta:
        model = Certificate
        fields = (*CertificateReading.Meta.fields, "coverages")


class StatedInput(Input):
    """What the paper says; a field that is left out stays as it is."""

    stated_number = serializers.CharField(max_length=80, required=False, allow_blank=True)
    stated_on = day(required=False, allow_null=True)
    certificate_type = serializers.CharField(max_length=20, required=False, allow_blank=True)
    site = serializers.CharField(
        max_length=40, required=False, allow_blank=True, help_text="Code of the issuer's site."
    )
    po_number = serializers.CharField(max_length=40, required=False, allow_blank=True)
    part_number = serializers.CharField(max_length=80, required=False, allow_blank=True)
    part_revision = serializers.CharField(max_length=20, required=False, allow_blank=True)
    spec_number = serializers.CharField(max_length=60, required=False, allow_blank=True)
    spec_revision = serializers.CharField(max_length=20, required=False, allow_blank=True)
    spec_type = serializers.CharField(max_length=30, required=False, allow_blank=True)
    spec_class = serializers.CharField(max_length=30, required=False, allow_blank=True)
    condition = serializers.CharField(max_length=60, required=False, allow_blank=True)
    identifier = serializers.CharField(max_length=80, required=False, allow_blank=True)
    quantity = count(min_value=0, required=False, allow_null=True)
    process_from = day(required=False, allow_null=True)
    process_to = day(required=False, allow_null=True)
    signed_name = serializers.CharField(max_length=120, required=False, allow_blank=True)


class UploadInput(StatedInput):
    file = serializers.FileField(
        help_text="The original, unchanged: PDF, PNG, JPEG or TIFF.", allow_empty_file=True
    )
    kind = serializers.ChoiceField(Certificate.KINDS, default=Certificate.PROCESS)
    order = text(40, required=False, help_text="Outside order it answers; a vendor always names one.")
    order_line = count(default=1)
    issuer = Named(model=Organization, noun="organization", required=False, allow_null=True)
    page_from = count(default=1)
    page_to = count(required=False, allow_null=True)

    def to_internal_value(self, data):
        found = super().to_internal_value(data)
        number, line_number = found.pop("order"), found.pop("order_line")
        found["line"] = None
        if number:
            lines = OutsideOrderLine.objects.for_viewer(self.context["request"].user)
            found["line"] = (
                lines.filter(order__number=number, line_number=line_number)
                .select_related("order__site__organization", "traveler__route_revision__part_revision__label")
                .first()
            )
            if found["line"] is None:
                words = f"There is no outside order {number} with a line {line_number} here."
                raise serializers.ValidationError({"order": [words]})
        return found


def with_coverage(queryset):
    """Fetch what a certificate's answer shows."""
    coverages = CertificateCoverage.objects.select_related("material_lot", "traveler", "step")
    return queryset.select_related(*JOINS).prefetch_related(Prefetch("coverages", coverages))


def site_named(certificate: Certificate, code: str, viewer) -> Site | None:
    """Return the site of the certificate's issuer that a code names; nothing for no code.

    Raises:  ValidationError when the issuer has no such site.
    """
    if not code:
        return None
    sites = Site.objects.for_viewer(viewer).filter(code=code, organization_id=certificate.issuer_id)
    if (found := sites.select_related("organization").first()) is None:
        raise serializers.ValidationError({"site": [f"The issuer has no site {code} here."]})
    return found


def enter(certificate: Certificate, stated: dict, *, by) -> Certificate:
    """Write down what the paper says."""
    if "site" in stated:
        stated["site"] = site_named(certificate, stated["site"], by)
    return certificates.enter_fields(by=by, certificate=certificate, **stated)


class Certificates(Acting, ApiList):
    """Certificates; a new one is brought in as a form with the file, and what it says beside it."""

    roles = write_roles = BRINGERS
    model = Certificate
    serializer_class = CertificateReading
    input_class = UploadInput
    parser_classes = [MultiPartParser]
    output_class = CertificateWithCoverage
    filters = {
        "waits": truth("waits"),
        "number": word("number"),
        "stated_number": word("stated_number"),
        "kind": one_of("kind", Certificate.KINDS),
        "state": one_of("state", Certificate.STATES),
        "issuer": word("issuer__number"),
        "po_number": word("po_number"),
        "identifier": word("identifier"),
        "sha256": word("file__sha256"),
        **moments("uploaded_at"),
        **days("stated_on"),
    }

    def scoped(self, person):
        return super().scoped(person).annotate(waits=ExpressionWrapper(waiting(), BooleanField()))

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)

    def act(self, record, data, *, by):
        file = data.pop("file")
        stated = {name: data.pop(name) for name in FIELDS if name in data}
        made = certificates.upload(
            by=by,
            content=file.read(),
            name=file.name,
            sent=certificates.Sent(door=Certificate.API),
            **data,
        )
        return enter(made, stated, by=by) if stated else made

    def shown(self, result):
        return with_coverage(Certificate.objects.filter(pk=result.pk)).get()


class CertificateRecord(ApiRecord):
    """One certificate, what it says and what it covers."""

    roles = BRINGERS
    model = Certificate
    serializer_class = CertificateWithCoverage

    def fetched(self, queryset):
        return with_coverage(queryset)


class CertificateVerb(ApiVerb):
    """An act on one certificate, answered with the certificate."""

    roles = BRINGERS
    model = Certificate
    output_class = CertificateWithCoverage
    done_status = 200

    def shown(self, result):
        return with_coverage(Certificate.objects.filter(pk=self.record.pk)).get()


class CertificateEnter(CertificateVerb):
    """Write down what the paper says; it proves nothing until a person accepts it."""

    write_roles = BRINGERS
    input_class = StatedInput

    def act(self, record, data, *, by):
        return enter(record, data, by=by)


class CoverInput(Input):
    material_lot = Named(model=MaterialLot, noun="material", required=False, allow_null=True)
    step = Named(model=TravelerStep, noun="step", required=False, allow_null=True)
    quantity = count()


class CertificateCover(CertificateVerb):
    """Say what the certificate is for: so many pieces of one heat, or of one outside step of one lot."""

    write_roles = COVERERS
    input_class = CoverInput

    def act(self, record, data, *, by):
        return certificates.cover(by=by, certificate=record, **data)
