"""What a certificate of material or of a test found: one row a property, with its limits and where they come from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from documents.models.certificates import Certificate
from portal.models import Person
from portal.models.scoping import ScopedQuerySet


class TestResult(models.Model):
    """One property as the certificate states it. Rows are added and withdrawn, never changed.

    Units:   `value`, `minimum` and `maximum` in `unit`. A requirement without a number has a `finding` instead.
    Source of limits: printed on the certificate itself, or entered by the shop from its licensed copy of the
    specification; a paper held against its own limits only says so.
    """

    __test__ = False  # a model, though its name begins like a test

    TESTS = [
        ("chemistry", "Chemistry"),
        ("tensile", "Tensile"),
        ("hardness", "Hardness"),
        ("conductivity", "Conductivity"),
        ("thickness", "Coating thickness"),
        ("salt_spray", "Salt spray"),
        ("pressure", "Pressure or leak"),
        ("functional", "Functional"),
        ("other", "Other"),
    ]
    PRINTED, LICENSED = "printed", "licensed"
    SOURCES = [
        (PRINTED, "printed on the certificate"),
        (LICENSED, "our licensed copy of the specification"),
    ]
    CONFORMS, FAILS = "conforms", "fails"
    FINDINGS = [(CONFORMS, "Conforms"), (FAILS, "Does not conform")]

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="test_results")
    test = models.CharField(max_length=12, choices=TESTS)
    property_name = models.CharField(max_length=80, help_text="As in HRC, Cu %, hours to white rust.")
    value = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    finding = models.CharField(max_length=8, choices=FINDINGS, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    minimum = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    maximum = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    method = models.CharField(max_length=80, blank=True, help_text="As in ASTM E18.")
    specimen = models.CharField(max_length=80, blank=True, help_text="Piece, bar or coupon that was tested.")
    limit_source = models.CharField(max_length=8, choices=SOURCES, default=PRINTED)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="test_result_is_a_number_or_a_finding",
                condition=Q(value__isnull=False, finding="") | Q(value__isnull=True) & ~Q(finding=""),
            ),
            models.CheckConstraint(
                name="test_limits_in_order",
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(minimum__lte=F("maximum")),
            ),
            models.CheckConstraint(
                name="withdrawn_test_result_says_who_and_when",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
        ]

    @property
    def is_out(self) -> bool:
        """Say whether the paper itself shows a failure: beyond a limit, or found not to conform."""
        if self.value is None:
            return self.finding == self.FAILS
        too_low = self.minimum is not None and self.value < self.minimum
        return too_low or (self.maximum is not None and self.value > self.maximum)
