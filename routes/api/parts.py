"""Parts, their revisions, and what the drawing demands."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Input, Plain, Reading, named
from portal.api.filters import Filter, one_of, truth
from portal.api.filters import text as word
from portal.permissions import CUSTOMER, SHOP
from routes.models import Characteristic, DrawingNote, Part, PartRevision
from routes.models.parts import SIDES

OF_REVISION = {"part": word("part_revision__part__number"), "revision": word("part_revision__revision")}


class RevisionNamed(Input):
    """A part revision named by `part` and `revision`, among those the caller may see."""

    def to_internal_value(self, data):
        found = Input.to_internal_value(self, data)
        part, revision = found.pop("part"), found.pop("revision")
        viewer = self.context["request"].user
        record = (
            PartRevision.objects.for_viewer(viewer)
            .filter(part__number=part, revision=revision)
            .select_related("part__customer")
            .first()
        )
        if record is None:
            raise serializers.ValidationError(
                {"part": [f"There is no part {part} revision {revision} here."]}
            )
        return found | {"part_revision": record}


class PartReading(Reading):
    customer = named("customer.number")

    class Meta:
        model = Part
        fields = ("number", "name", "customer", "is_serialized")


class RevisionReading(Reading):
    part = named("part.number")
    name = named("part.name")
    customer = named("part.customer.number")
    label = named("label.code")
    drawing_sha256 = named("drawing.sha256")

    class Meta:
        model = PartRevision
        fields = (
            "part",
            "revision",
            "name",
            "customer",
            "drawing_number",
            "drawing_revision",
            "drawing_sha256",
            "label",
            "unit",
            "default_applies_to",
        )


class PartWithRevisions(PartReading):
    revisions = serializers.SlugRelatedField(slug_field="revision", many=True, read_only=True)

    class Meta:
        model = Part
        fields = (*PartReading.Meta.fields, "revisions")


class NoteReading(Reading):
    part = named("part_revision.part.number")
    revision = named("part_revision.revision")

    class Meta:
        model = DrawingNote
        fields = ("part", "revision", "note_number", "text")


class CharacteristicReading(Reading):
    part = named("part_revision.part.number")
    revision = named("part_revision.revision")
    nominal, lower, upper = Plain(), Plain(), Plain()

    class Meta:
        model = Characteristic
        fields = (
            "uuid",
            "part",
            "revision",
            "balloon",
            "position",
            "zone",
            "name",
            "kind",
            "requirement",
            "nominal",
            "lower",
            "upper",
            "unit",
            "designator",
            "applies_to",
            "is_reference",
            "source_id",
            "source_name",
            "source_occurrence",
        )


class Parts(ApiList):
    """Part numbers."""

    roles = SHOP + CUSTOMER
    model = Part
    serializer_class = PartReading
    filters = {
        "number": word("number"),
        "customer": word("customer__number"),
        "is_serialized": truth("is_serialized"),
    }

    def fetched(self, queryset):
        return queryset.select_related("customer")


class PartRecord(ApiRecord):
    """One part and the names of its revisions."""

    roles = SHOP + CUSTOMER
    model = Part
    serializer_class = PartWithRevisions

    def fetched(self, queryset):
        return queryset.select_related("customer").prefetch_related("revisions")


class Revisions(ApiList):
    """Part revisions, each with its drawing."""

    roles = SHOP + CUSTOMER
    model = PartRevision
    serializer_class = RevisionReading
    filters = {
        "part": word("part__number"),
        "revision": word("revision"),
        "customer": word("part__customer__number"),
        "label": word("label__code"),
    }

    def fetched(self, queryset):
        return queryset.select_related("part__customer", "label", "drawing")


class RevisionRecord(ApiRecord):
    """One revision of a part."""

    roles = SHOP + CUSTOMER
    model = PartRevision
    lookup = {"number": "part__number", "revision": "revision"}
    serializer_class = RevisionReading
    fetched = Revisions.fetched


class Notes(ApiList):
    """The notes of all drawings, word for word."""

    roles = SHOP
    model = DrawingNote
    serializer_class = NoteReading
    filters = {**OF_REVISION, "note_number": word("note_number")}

    def fetched(self, queryset):
        return queryset.select_related("part_revision__part")


class NoteRecord(ApiRecord):
    """One note of a drawing."""

    roles = SHOP
    model = DrawingNote
    lookup = {
        "number": "part_revision__part__number",
        "revision": "part_revision__revision",
        "note": "note_number",
    }
    serializer_class = NoteReading
    fetched = Notes.fetched


class Characteristics(ApiList):
    """What the drawings demand, one row a characteristic."""

    roles = SHOP
    model = Characteristic
    serializer_class = CharacteristicReading
    filters = {
        **OF_REVISION,
        "balloon": word("balloon"),
        "name": word("name"),
        "designator": word("designator"),
        "source_id": word("source_id"),
        "is_reference": truth("is_reference"),
        "applies_to": one_of("applies_to", SIDES),
        "position": Filter("position", "number"),
    }

    def fetched(self, queryset):
        return queryset.select_related("part_revision__part")


class CharacteristicRecord(ApiRecord):
    """One characteristic, by the identity that outlives a change of its balloon."""

    roles = SHOP
    model = Characteristic
    lookup = {"uuid": "uuid"}
    serializer_class = CharacteristicReading
    fetched = Characteristics.fetched
