"""How values are written in answers, and how records are named in what comes in: by their own numbers."""

from __future__ import annotations

from copy import copy, deepcopy
from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

# what fits into a column of whole numbers, with room to spare
MOST = 1_000_000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

HOLDERS = (
    serializers.BaseSerializer,
    serializers.ManyRelatedField,
    serializers.ListField,
    serializers.DictField,
)


class Reading(serializers.ModelSerializer):
    """What is read of a record. Everything is read only; other records appear by their numbers."""

    def get_fields(self) -> dict[str, serializers.Field]:
        # built once a class: building them anew costs more than showing a record with them
        built = type(self).__dict__.get("built_fields")
        if built is None:
            built = super().get_fields()
            for field in built.values():
                field.validators = []
            type(self).built_fields = built
        # each reading binds fields of its own; what holds others, such as a list, is copied with them
        own = {
            name: deepcopy(field) if isinstance(field, HOLDERS) else copy(field)
            for name, field in built.items()
        }
        for field in own.values():
            field.read_only = True
        return own


class Input(serializers.Serializer):
    """What a call brings: only what is declared, since a misspelt field would otherwise be overlooked."""

    def to_internal_value(self, data):
        if isinstance(data, dict) and (strange := set(data) - set(self.fields)):
            raise serializers.ValidationError(
                {str(name)[:40]: ["There is no such field here."] for name in sorted(map(str, strange))}
            )
        return super().to_internal_value(data)


def named(source: str, **facts) -> serializers.CharField:
    """Show another record by one of its own words; null where there is none."""
    return serializers.CharField(source=source, read_only=True, allow_null=True, **facts)


@extend_schema_field({"type": "string", "description": "A decimal as text.", "nullable": True})
class Plain(serializers.Field):
    """A decimal as text, without exponent and without idle zeros."""

    def __init__(self, **facts) -> None:
        super().__init__(read_only=True, **facts)

    def to_representation(self, value: Decimal) -> str:
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text


@extend_schema_field({"type": "string"})
class Named(serializers.Field):
    """Another record, named by its number among those the caller may see; nothing is none."""

    default_error_messages = {"absent": "There is no {noun} {number} here."}

    def __init__(self, *, model: type[models.Model], lookup: str = "number", noun: str = "", **facts) -> None:
        self.model, self.lookup = model, lookup
        self.noun = noun or str(model._meta.verbose_name)
        super().__init__(**facts)

    def to_internal_value(self, data):
        number = serializers.CharField(max_length=200, allow_blank=not self.required).run_validation(data)
        if number == "":
            return None
        viewer = self.context["request"].user
        found = self.model.objects.for_viewer(viewer).filter(**{self.lookup: number}).first()
        if found is None:
            self.fail("absent", noun=self.noun, number=number)
        return found


def text(length: int, **facts) -> serializers.CharField:
    """Take a text of at most so many letters; one that is not required may be left empty."""
    if facts.get("required") is False:
        facts = {"default": "", "allow_blank": True} | facts
        facts.pop("required")
    return serializers.CharField(max_length=length, **facts)


def count(**facts) -> serializers.IntegerField:
    """Take a whole number of pieces, pages or the like."""
    return serializers.IntegerField(**{"min_value": 1, "max_value": MOST, **facts})


def day(**facts) -> serializers.DateField:
    """Take a day of this or a near century."""
    bounds = [
        MinValueValidator(FIRST_DAY, "Give a day after 1899; the year has four figures."),
        MaxValueValidator(LAST_DAY, "Give a day before 2200; the year has four figures."),
    ]
    return serializers.DateField(validators=bounds, **facts)
