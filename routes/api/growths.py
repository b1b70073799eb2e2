"""Growth of coatings: read, drafted and dropped; another person signs it on its page."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import Acting, ApiList, ApiRecord, ApiVerb
from portal.api.fields import Input, Named, Plain, Reading, named, text
from portal.api.filters import one_of
from portal.api.filters import text as word
from portal.models import Organization
from portal.permissions import SHOP
from routes.domain import coating_growths
from routes.models import CoatingGrowth, SpecificationRevision
from routes.models.finish import FEATURES
from routes.permissions import PLANNERS

JOINS = ("specification", "vendor", "author", "signature")


class GrowthReading(Reading):
    specification = named("specification.number")
    revision = named("specification.revision")
    vendor = named("vendor.number")
    thickness_min = Plain()
    thickness_max = Plain()
    ratio_min = Plain()
    ratio_max = Plain()
    author = named("author.email")
    signed_by = named("signature.printed_name")

    class Meta:
        model = CoatingGrowth
        fields = (
            "number",
            "specification",
            "revision",
            "spec_type",
            "spec_class",
            "vendor",
            "material",
            "feature",
            "thickness_min",
            "thickness_max",
            "unit",
            "ratio_min",
            "ratio_max",
            "source",
            "state",
            "author",
            "drafted_at",
            "signed_by",
        )


def _thickness() -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=12, decimal_places=8, min_value=0)


def _ratio() -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=6, decimal_places=5, min_value=0, help_text="The share that stands out, 0 to 1."
    )


class GrowthInput(Input):
    specification = text(80)
    revision = text(40, required=False)
    spec_type = text(30, required=False)
    spec_class = text(30, required=False)
    vendor = Named(model=Organization, noun="vendor", required=False, allow_null=True, default=None)
    material = text(60, required=False, help_text="How the alloy begins; empty stands for every one.")
    feature = serializers.ChoiceField(FEATURES, required=False, allow_blank=True, default="")
    unit = serializers.ChoiceField(CoatingGrowth.UNITS, help_text="Of the thickness.")
    thickness_min = _thickness()
    thickness_max = _thickness()
    ratio_min = _ratio()
    ratio_max = _ratio()
    source = text(300, help_text="Whose figures these are.")

    def validate(self, attrs):
        number, revision = attrs["specification"], attrs.pop("revision")
        found = SpecificationRevision.objects.for_viewer(self.context["request"].user)
        found = found.filter(number=number, revision=revision, kind=SpecificationRevision.PROCESS)
        attrs["specification"] = found.filter(superseded_by=None).first()
        if attrs["specification"] is None:
            named_so = f"{number} {revision}".strip()
            raise serializers.ValidationError(
                {"specification": f"There is no process specification {named_so} in force here."}
            )
        return attrs


class CoatingGrowths(Acting, ApiList):
    """How coatings grow, each from least to most; a POST drafts one, which another person signs on its page."""

    roles = SHOP
    write_roles = PLANNERS
    model = CoatingGrowth
    serializer_class = output_class = GrowthReading
    input_class = GrowthInput
    filters = {
        "specification": word("specification__number"),
        "vendor": word("vendor__number"),
        "state": one_of("state", CoatingGrowth.STATES),
    }

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)

    def act(self, record, data, *, by):
        return coating_growths.draft(by=by, **data)


class CoatingGrowthRecord(ApiRecord):
    """One growth of a coating."""

    roles = SHOP
    model = CoatingGrowth
    serializer_class = GrowthReading

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)


class DropInput(Input):
    reason = text(300)


class CoatingGrowthDrop(ApiVerb):
    """Give up a draft; nothing changes."""

    roles = SHOP
    write_roles = PLANNERS
    model = CoatingGrowth
    input_class = DropInput
    output_class = GrowthReading

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)

    def act(self, record, data, *, by):
        return coating_growths.drop(by=by, growth=record, **data)
