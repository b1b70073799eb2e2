"""Who has the pieces: every move from holder to holder."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.models import Person, Site
from portal.models.scoping import ScopedQuerySet
from routes.models import Traveler
from subcontract.models.outside_orders import OutsideOrder, OutsideOrderLine


class CustodyMoveQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(line__order__in=OutsideOrder.objects.for_viewer(person))


class CustodyMove(models.Model):
    """Pieces handed from one site to another. Evidence: rows are only added.

    `traveler` is the lot the pieces belong to after the move (a partial return splits the lot first).
    """

    line = models.ForeignKey(OutsideOrderLine, on_delete=models.PROTECT, related_name="custody_moves")
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="custody_moves")
    from_site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="custody_out")
    to_site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="custody_in")
    quantity = models.PositiveIntegerField()
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    moved_on = models.DateField()
    document = models.CharField(max_length=80, blank=True, help_text="Packing slip or waybill number.")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    objects = CustodyMoveQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="custody_above_zero", condition=models.Q(quantity__gt=0)),
            models.CheckConstraint(
                name="custody_changes_holder", condition=~models.Q(from_site=models.F("to_site"))
            ),
        ]
