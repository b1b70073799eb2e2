"""What the drawing demands, one row a characteristic."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from portal.models.scoping import ScopedQuerySet
from routes.models.parts import SIDES, UNSPECIFIED, PartRevision


class Characteristic(models.Model):
    """One characteristic of one revision of a part.

    `uuid` names this row; `identity` is the same in every revision that asks for it, whatever its balloon.

    Units:   `nominal`, `lower` and `upper` in `unit` as the drawing says; one-sided limits leave the other empty.
    """

    # before `uuid`, which hides the module of that name from what follows
    identity = models.UUIDField(
        default=uuid.uuid4, editable=False, help_text="The same in every revision of the part."
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    part_revision = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="characteristics")
    balloon = models.CharField(max_length=20)
    position = models.PositiveIntegerField(help_text="Order on the drawing and on forms.")
    zone = models.CharField(max_length=20, blank=True, help_text="Sheet and zone, as in 1 B4.")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, blank=True, help_text="Diameter, flatness, note…")
    requirement = models.CharField(max_length=300, help_text="As it is printed in field 8 of Form 3.")
    nominal = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    lower = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    upper = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    designator = models.CharField(max_length=20, blank=True, help_text="KC, CI or the customer's sign.")
    applies_to = models.CharField(max_length=12, choices=SIDES, default=UNSPECIFIED)
    is_reference = models.BooleanField(default=False)
    source_id = models.CharField(max_length=80, blank=True, help_text="Item id in the file it came from.")
    source_name = models.CharField(max_length=120, blank=True, help_text="Name in result files.")
    source_occurrence = models.PositiveSmallIntegerField(default=1, help_text="Which one among equal names.")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["part_revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["part_revision", "balloon"], name="balloon_once_a_part_revision"),
            models.UniqueConstraint(
                fields=["part_revision", "identity"], name="identity_once_a_part_revision"
            ),
            models.CheckConstraint(
                name="characteristic_limits_in_order",
                condition=Q(lower__isnull=True) | Q(upper__isnull=True) | Q(lower__lte=F("upper")),
            ),
            models.CheckConstraint(
                name="characteristic_limits_have_a_unit",
                condition=Q(lower__isnull=True, upper__isnull=True) | ~Q(unit=""),
            ),
        ]

    def __str__(self) -> str:
        return f"characteristic {self.balloon}"

    @property
    def has_limits(self) -> bool:
        return self.lower is not None or self.upper is not None

    @property
    def side(self) -> str:
        """Where it must hold: its own word, else the drawing's default."""
        return self.part_revision.default_applies_to if self.applies_to == UNSPECIFIED else self.applies_to
