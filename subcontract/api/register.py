"""The register: registrations, agreements and reviews of vendors."""

from __future__ import annotations

from django.utils import timezone
from rest_framework import serializers

from portal.api.doors import Acting, ApiList
from portal.api.fields import Input, Named, Reading, day, named, text
from portal.api.filters import days, one_of
from portal.api.filters import text as word
from portal.domain.standing import standing_of
from portal.models import Agreement, Organization, Registration, Site
from portal.permissions import SHOP
from subcontract.domain import register
from subcontract.models import VendorReview
from subcontract.permissions import BUYERS

STANDING = "in_force, expiring (within sixty days), expired, to_come, withdrawn or ended, as of today."


class Standing(Reading):
    organization = named("organization.number")
    standing = serializers.SerializerMethodField(help_text=STANDING)

    def get_standing(self, record) -> str:
        return standing_of(record, timezone.localdate())


class RegistrationReading(Standing):
    site = named("site.code")

    class Meta:
        model = Registration
        fields = (
            "number",
            "organization",
            "site",
            "kind",
            "reference",
            "scope",
            "issued_by",
            "valid_from",
            "valid_to",
            "withdrawn_on",
            "withdrawn_reason",
            "standing",
        )


class AgreementReading(Standing):
    label = named("label.code")

    class Meta:
        model = Agreement
        fields = (
            "number",
            "organization",
            "kind",
            "reference",
            "label",
            "valid_from",
            "valid_to",
            "ended_on",
            "ended_reason",
            "standing",
        )


class VendorReviewReading(Reading):
    vendor = named("vendor.number")
    signed_by = named("signature.printed_name")

    class Meta:
        model = VendorReview
        fields = ("number", "vendor", "reviewed_on", "next_due_on", "outcome", "findings", "signed_by")


class RegistrationInput(Input):
    organization = Named(model=Organization, noun="organization")
    site = text(40, required=False, help_text="Code of the organization's site it is for; empty for all.")
    kind = serializers.ChoiceField(choices=Registration.KINDS)
    reference = text(80)
    scope = text(300, required=False)
    issued_by = text(120, required=False)
    valid_from = day()
    valid_to = day(help_text="The last day it holds.")

    def validate(self, attrs):
        if code := attrs.pop("site"):
            attrs["site"] = Site.objects.filter(organization=attrs["organization"], code__iexact=code).first()
            if attrs["site"] is None:
                raise serializers.ValidationError(
                    {"site": [f"There is no site {code} of this organization."]}
                )
        return attrs


class Registrations(Acting, ApiList):
    """Registrations with their days: to the shop of everybody, to others their own."""

    roles = None
    write_roles = BUYERS
    model = Registration
    serializer_class = output_class = RegistrationReading
    input_class = RegistrationInput
    filters = {
        "number": word("number"),
        "organization": word("organization__number"),
        "kind": one_of("kind", Registration.KINDS),
        **days("valid_to"),
    }

    def fetched(self, queryset):
        return queryset.select_related("organization", "site")

    def act(self, record, data, *, by):
        return register.record_registration(by=by, **data)


class Agreements(ApiList):
    """Agreements with the label each lets through: to the shop of everybody, to others their own."""

    roles = None
    model = Agreement
    serializer_class = AgreementReading
    filters = {
        "number": word("number"),
        "organization": word("organization__number"),
        "kind": one_of("kind", Agreement.KINDS),
        **days("valid_to"),
    }

    def fetched(self, queryset):
        return queryset.select_related("organization", "label")


class VendorReviews(ApiList):
    """Signed reviews of vendors."""

    roles = SHOP
    model = VendorReview
    serializer_class = VendorReviewReading
    filters = {
        "number": word("number"),
        "vendor": word("vendor__number"),
        "outcome": one_of("outcome", VendorReview.OUTCOMES),
        **days("next_due_on"),
    }

    def fetched(self, queryset):
        return queryset.select_related("vendor", "signature")
