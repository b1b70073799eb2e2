"""What an assembly is made of, and which lots its pieces were really built from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.models import Person
from portal.models.scoping import ScopedQuerySet
from routes.models.materials import MaterialLot
from routes.models.parts import PartRevision
from routes.models.specifications import SpecificationRevision
from routes.models.travelers import Traveler


class ComponentQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(assembly__part__customer_id=person.organization_id)


class Component(models.Model):
    """One line of an assembly's parts list: a part made here, or a bought one by its specification.

    Units:   `quantity_each` pieces for one assembly.
    Source:  AS9102 Form 1 fields 15-18 (index of detail parts and sub-assemblies).
    """

    STANDARD, COTS, SOFTWARE = "standard", "cots", "software"
    BOUGHT_AS = [
        (STANDARD, "Standard catalogue item"),
        (COTS, "COTS"),
        (SOFTWARE, "Software"),
    ]

    assembly = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="components")
    item_number = models.CharField(max_length=20, help_text="The find number of the drawing.")
    part_number = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    made = models.ForeignKey(
        PartRevision, null=True, blank=True, on_delete=models.PROTECT, related_name="used_in"
    )
    specification = models.ForeignKey(
        SpecificationRevision, null=True, blank=True, on_delete=models.PROTECT, related_name="components"
    )
    quantity_each = models.PositiveIntegerField(default=1)
    # AS9102 Rev C field 17; a part made here is a detail part or a sub-assembly by what it is made of
    bought_as = models.CharField(max_length=8, choices=BOUGHT_AS, default=STANDARD)

    objects = ComponentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["assembly", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "item_number"], name="component_once_an_assembly"),
            models.CheckConstraint(
                name="component_is_made_or_bought",
                condition=Q(made__isnull=False, specification__isnull=True)
                | Q(made__isnull=True, specification__isnull=False),
            ),
            models.CheckConstraint(name="component_quantity_above_zero", condition=Q(quantity_each__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.item_number} {self.part_number}"


class ComponentUse(models.Model):
    """Pieces of a lot or of a receipt that were built into an assembly lot. Evidence: rows are only added.

    A negative quantity takes pieces out again. Children of a split assembly lot inherit by lineage. Where both carry
    serial numbers, `into_serials` names for each of `serials` the assembly it was built into.
    Units:   pieces.
    """

    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="components_used")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="uses")
    source_lot = models.ForeignKey(
        Traveler, null=True, blank=True, on_delete=models.PROTECT, related_name="built_into"
    )
    material_lot = models.ForeignKey(
        MaterialLot, null=True, blank=True, on_delete=models.PROTECT, related_name="built_into"
    )
    quantity = models.IntegerField()
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    into_serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="component_comes_from_one_place",
                condition=Q(source_lot__isnull=False, material_lot__isnull=True)
                | Q(source_lot__isnull=True, material_lot__isnull=False),
            ),
            models.CheckConstraint(
                name="component_taken_out_has_a_reason",
                condition=Q(quantity__gt=0) | Q(quantity__lt=0) & ~Q(reason=""),
            ),
        ]
