"""How parts are made: specifications, routes and their operations, gauges."""

from __future__ import annotations

from django.db.models import Prefetch
from rest_framework import serializers

from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import number, one_of, truth
from portal.api.filters import text as word
from portal.permissions import SHOP
from routes.domain.sampling_rules import FIELDS
from routes.models import (
    Calibration,
    Gauge,
    NoteMapping,
    Operation,
    PlannedCheck,
    RouteRevision,
    SpecificationRevision,
)


class SpecificationReading(Reading):
    superseded_by = serializers.SerializerMethodField()
    types = serializers.ListField(child=serializers.CharField(), read_only=True)
    classes = serializers.ListField(child=serializers.CharField(), read_only=True)
    same_as = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = SpecificationRevision
        fields = (
            "number",
            "revision",
            "title",
            "kind",
            "process",
            "types",
            "classes",
            "same_as",
            "superseded_by",
            "effective_on",
        )

    def get_superseded_by(self, specification) -> str | None:
        return str(specification.superseded_by) if specification.superseded_by_id else None


class CheckReading(Reading):
    balloon = named("characteristic.balloon")
    characteristic = serializers.UUIDField(source="characteristic.uuid")

    class Meta:
        model = PlannedCheck
        fields = ("characteristic", "balloon", "side", *FIELDS, "gauge_kind")


class OperationReading(Reading):
    route = named("route_revision.number")
    specification = named("specification.number")
    spec_revision = named("specification.revision")

    class Meta:
        model = Operation
        fields = (
            "route",
            "sequence",
            "kind",
            "name",
            "instructions",
            "work_center",
            "quality_owner",
            "timing_owner",
            "incoming_owner",
            "specification",
            "spec_revision",
            "spec_type",
            "spec_class",
            "material_condition",
            "certificate_type",
            "is_irreversible",
            "changes_surface",
        )


class OperationWithChecks(OperationReading):
    planned_checks = CheckReading(many=True)

    class Meta:
        model = Operation
        fields = (*OperationReading.Meta.fields, "planned_checks")


class RouteReading(Reading):
    part = named("part_revision.part.number")
    part_revision = named("part_revision.revision")
    author = named("author.email")
    replaces = named("replaces.number")

    class Meta:
        model = RouteRevision
        fields = (
            "number",
            "revision",
            "part",
            "part_revision",
            "state",
            "author",
            "replaces",
            "return_reason",
        )


class MappingReading(Reading):
    note = named("note.note_number")
    operation = serializers.IntegerField(source="operation.sequence", allow_null=True)

    class Meta:
        model = NoteMapping
        fields = ("note", "operation", "document", "not_applicable_reason")


class RouteWithOperations(RouteReading):
    operations = OperationWithChecks(many=True)
    note_mappings = MappingReading(many=True)

    class Meta:
        model = RouteRevision
        fields = (*RouteReading.Meta.fields, "operations", "note_mappings")


class CalibrationReading(Reading):
    class Meta:
        model = Calibration
        fields = (
            "certificate_number",
            "calibrated_on",
            "due_on",
            "was_found_in_tolerance",
            "is_in_tolerance",
            "uncertainty",
        )


class GaugeReading(Reading):
    class Meta:
        model = Gauge
        fields = ("number", "kind", "description", "location", "owner", "interval_days", "is_active")


class GaugeWithCalibrations(Reading):
    calibrations = CalibrationReading(many=True)

    class Meta:
        model = Gauge
        fields = (*GaugeReading.Meta.fields, "calibrations")


class Specifications(ApiList):
    """Specification revisions and the choices an order must name."""

    roles = SHOP
    model = SpecificationRevision
    serializer_class = SpecificationReading
    filters = {
        "number": word("number"),
        "revision": word("revision"),
        "kind": one_of("kind", SpecificationRevision.KINDS),
        "process": word("process"),
    }

    def fetched(self, queryset):
        return queryset.select_related("superseded_by")


class SpecificationRecord(ApiRecord):
    """One revision of a specification."""

    roles = SHOP
    model = SpecificationRevision
    lookup = {"number": "number", "revision": "revision"}
    serializer_class = SpecificationReading
    fetched = Specifications.fetched


class Routes(ApiList):
    """Route revisions."""

    roles = SHOP
    model = RouteRevision
    serializer_class = RouteReading
    filters = {
        "number": word("number"),
        "part": word("part_revision__part__number"),
        "part_revision": word("part_revision__revision"),
        "state": one_of("state", RouteRevision.STATES),
    }

    def fetched(self, queryset):
        return queryset.select_related("part_revision__part", "author", "replaces")


class RouteRecord(ApiRecord):
    """One route revision with its operations, their checks, and what answers each drawing note."""

    roles = SHOP
    model = RouteRevision
    serializer_class = RouteWithOperations

    def fetched(self, queryset):
        operations = Operation.objects.select_related("route_revision", "specification")
        checks = PlannedCheck.objects.select_related("characteristic")
        mappings = NoteMapping.objects.select_related("note", "operation")
        return queryset.select_related("part_revision__part", "author", "replaces").prefetch_related(
            Prefetch("operations", operations),
            Prefetch("operations__planned_checks", checks),
            Prefetch("note_mappings", mappings),
        )


class Operations(ApiList):
    """The operations of all route revisions."""

    roles = SHOP
    model = Operation
    serializer_class = OperationReading
    filters = {
        "route": word("route_revision__number"),
        "sequence": number("sequence"),
        "kind": one_of("kind", Operation.KINDS),
        "specification": word("specification__number"),
    }

    def fetched(self, queryset):
        # what was added to one lot alone is of no route
        return queryset.filter(route_revision__isnull=False).select_related("route_revision", "specification")


class OperationRecord(ApiRecord):
    """One operation of a route revision with its checks."""

    roles = SHOP
    model = Operation
    lookup = {"number": "route_revision__number", "sequence": "sequence"}
    serializer_class = OperationWithChecks

    def fetched(self, queryset):
        checks = PlannedCheck.objects.select_related("characteristic")
        return queryset.select_related("route_revision", "specification").prefetch_related(
            Prefetch("planned_checks", checks)
        )


class Gauges(ApiList):
    """Measuring instruments."""

    roles = SHOP
    model = Gauge
    serializer_class = GaugeReading
    filters = {
        "number": word("number"),
        "kind": word("kind"),
        "is_active": truth("is_active"),
    }


class GaugeRecord(ApiRecord):
    """One gauge with its calibrations."""

    roles = SHOP
    model = Gauge
    serializer_class = GaugeWithCalibrations

    def fetched(self, queryset):
        return queryset.prefetch_related("calibrations")
