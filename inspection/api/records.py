"""Inspections and their values, and results brought in from a measuring machine's file."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.parsers import MultiPartParser

from inspection.domain import results
from inspection.models import InspectionRecord, Measurement
from inspection.permissions import MEASURERS, READERS
from portal.api.doors import ApiList, ApiRecord, ApiVerb
from portal.api.fields import Input, Named, Plain, Reading, day, named, text
from portal.api.filters import days, moments, one_of, truth
from portal.api.filters import text as word
from routes.models import Gauge

UNITS = [("mm", "mm"), ("in", "in"), ("um", "µm"), ("deg", "degrees")]


class InspectionReading(Reading):
    lot = named("traveler.number")
    step = named("step.number")
    inspector = named("inspector.printed_name")
    completed_by = named("completion_signature.printed_name")
    source_file_sha256 = named("source_file.sha256")

    class Meta:
        model = InspectionRecord
        fields = (
            "number",
            "kind",
            "lot",
            "step",
            "state",
            "lot_size",
            "inspector",
            "opened_at",
            "completed_by",
            "completed_at",
            "source_file_sha256",
            "void_reason",
        )


class InspectionWithPlan(InspectionReading):
    plan = serializers.ListField(
        child=serializers.DictField(), read_only=True, help_text="What was to be measured, frozen with it."
    )

    class Meta:
        model = InspectionRecord
        fields = (*InspectionReading.Meta.fields, "plan")


class MeasurementReading(Reading):
    inspection = named("record.number")
    lot = named("record.traveler.number")
    characteristic = serializers.UUIDField(source="characteristic.uuid")
    balloon = named("characteristic.balloon")
    name = named("characteristic.name")
    value = Plain()
    unit = named("characteristic.unit")
    gauge = named("gauge.number")
    recorded_by = named("recorded_by.printed_name")
    source_file_sha256 = named("source_file.sha256")
    void_reason = serializers.SerializerMethodField(help_text="Null while the value stands.")

    class Meta:
        model = Measurement
        fields = (
            "inspection",
            "lot",
            "characteristic",
            "balloon",
            "name",
            "side",
            "serial",
            "value",
            "unit",
            "stated_value",
            "stated_unit",
            "stated",
            "verdict",
            "gauge",
            "gauge_note",
            "measured_on",
            "recorded_by",
            "recorded_at",
            "source_file_sha256",
            "void_reason",
        )

    def get_void_reason(self, measurement) -> str | None:
        void = getattr(measurement, "void", None)
        return void.reason if void else None


class Inspections(ApiList):
    """Inspections, the latest first."""

    roles = READERS
    model = InspectionRecord
    serializer_class = InspectionReading
    filters = {
        "number": word("number"),
        "lot": word("traveler__number"),
        "kind": one_of("kind", InspectionRecord.KINDS),
        "state": one_of("state", InspectionRecord.STATES),
        **moments("opened_at"),
    }

    def fetched(self, queryset):
        joined = ("traveler", "step", "inspector", "completion_signature", "source_file")
        return queryset.select_related(*joined).defer("plan")


class InspectionDetail(ApiRecord):
    """One inspection with the plan it is made by; its values are a list of their own."""

    roles = READERS
    model = InspectionRecord
    serializer_class = InspectionWithPlan

    def fetched(self, queryset):
        joined = ("traveler", "step", "inspector", "completion_signature", "source_file")
        return queryset.select_related(*joined)


class Measurements(ApiList):
    """Measured values; one has no number, it is known by inspection, balloon and serial."""

    roles = READERS
    model = Measurement
    serializer_class = MeasurementReading
    filters = {
        "inspection": word("record__number"),
        "lot": word("record__traveler__number"),
        "characteristic_name": word("characteristic__name"),
        "balloon": word("characteristic__balloon"),
        "serial": word("serial"),
        "verdict": one_of("verdict", Measurement.VERDICTS),
        "gauge": word("gauge__number"),
        "is_voided": truth("void__isnull"),
        **days("measured_on"),
    }

    def fetched(self, queryset):
        return queryset.select_related(
            "record__traveler", "characteristic", "gauge", "recorded_by", "source_file", "void"
        )


class ResultsInput(Input):
    file = serializers.FileField(
        help_text="QIF 2.x or 3.0, AQDEF, a table or a workbook, as the machine wrote it.",
        allow_empty_file=True,
    )
    measured_on = day()
    unit = serializers.ChoiceField(
        UNITS, default="", allow_blank=True, help_text="Of values whose file says none."
    )
    gauge = Named(model=Gauge, required=False, allow_null=True)
    gauge_note = text(
        200, required=False, help_text="Why a gauge coarser than a tenth of the tolerance will do."
    )
    source = text(
        160,
        required=False,
        help_text="Whose names the file uses; what was decided for it before is used again.",
    )
    serial_map = serializers.DictField(
        child=serializers.CharField(max_length=60),
        required=False,
        help_text="Sample as the file names it → serial of ours; as JSON.",
    )
    by_hand = serializers.ListField(
        child=serializers.CharField(max_length=20),
        required=False,
        help_text="Balloons of the plan that are measured otherwise and need not be in the file.",
    )
    keep_there = serializers.BooleanField(
        default=False,
        help_text="Values that stand there already with the same figures stay, and only the others are added.",
    )


class ReportReading(serializers.Serializer):
    """What a file brought."""

    inspection = serializers.CharField()
    file_name = serializers.CharField()
    samples = serializers.IntegerField()
    saved = serializers.IntegerField()
    stated = serializers.DictField(child=serializers.IntegerField())
    recomputed = serializers.DictField(child=serializers.IntegerField())
    contradictions = serializers.ListField(child=serializers.CharField())
    remarks = serializers.ListField(child=serializers.CharField())


class ResultsImport(ApiVerb):
    """Keep every value of a result file on an open inspection, or none of them.

    What the file leaves open is answered on the page, by a person; here it is a refusal that names it.
    """

    roles = READERS
    write_roles = MEASURERS
    model = InspectionRecord
    input_class = ResultsInput
    parser_classes = [MultiPartParser]
    output_class = ReportReading

    def fetched(self, queryset):
        return queryset.select_related("traveler")

    def act(self, record, data, *, by):
        file = data.pop("file")
        report = results.import_results(by=by, record=record, content=file.read(), name=file.name, **data)
        return vars(report) | {"inspection": record.number}
