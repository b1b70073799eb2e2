"""Material received: a heat, batch or date code, and the certificate that proves it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Organization
from portal.models.scoping import ScopedQuerySet
from routes.models.specifications import SpecificationRevision


class MaterialLot(models.Model):
    """One receipt of one heat.

    Units:   quantities in pieces the blanks are for (`received_pieces`).
    The certificate fields are written by the acceptance of a certificate, never by hand; AS9102 Form 2 reads them.
    """

    HEAT, BATCH, DATE_CODE = "heat", "batch", "date_code"
    IDENTIFIERS = [(HEAT, "Heat"), (BATCH, "Batch"), (DATE_CODE, "Date code")]

    number = models.CharField(max_length=40, unique=True)
    identifier_kind = models.CharField(max_length=10, choices=IDENTIFIERS, default=HEAT)
    identifier = models.CharField(max_length=80)
    specification = models.ForeignKey(
        SpecificationRevision, on_delete=models.PROTECT, related_name="material_lots"
    )
    condition = models.CharField(max_length=60, help_text="Alloy and temper, as in 6061-T6.")
    form = models.CharField(max_length=60, help_text="Bar, plate, sheet… with size.")
    mill = models.CharField(max_length=120, blank=True)
    supplier = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT)
    is_customer_furnished = models.BooleanField(default=False)
    received_pieces = models.PositiveIntegerField()
    received_on = models.DateField()
    certificate_number = models.CharField(max_length=80, blank=True)
    certificate_on = models.DateField(null=True, blank=True)
    certificate_state = models.CharField(max_length=12, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        # serves what a heat touches
        indexes = [models.Index(fields=["identifier"], name="receipts_of_a_heat")]
        constraints = [
            models.CheckConstraint(name="material_above_zero", condition=models.Q(received_pieces__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_identifier_kind_display().lower()} {self.identifier}"

    def get_absolute_url(self) -> str:
        return reverse("routes:material-detail", args=[self.number])
