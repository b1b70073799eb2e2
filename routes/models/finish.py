"""What a finish adds to a surface: growth of coatings as data, and which feature a plan finishes how."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Organization, Person
from portal.models.scoping import ScopedQuerySet
from portal.models.signed_terms import SignedTerms, life_of, signed_in_force
from routes.models.characteristics import Characteristic
from routes.models.routes import RouteRevision
from routes.models.specifications import SpecificationRevision

EXTERNAL, INTERNAL, STEP_OUT, STEP_IN = "external", "internal", "step_out", "step_in"
THREAD_EXTERNAL, THREAD_INTERNAL, MASKED, UNMOVED = "thread_external", "thread_internal", "masked", "unmoved"
FEATURES = [
    (EXTERNAL, "Outside, both faces coated (diameter, thickness)"),
    (INTERNAL, "Inside, both faces coated (bore, slot)"),
    (STEP_OUT, "One coated face, grows"),
    (STEP_IN, "One coated face, shrinks"),
    (THREAD_EXTERNAL, "External 60° thread, pitch diameter"),
    (THREAD_INTERNAL, "Internal 60° thread, pitch diameter"),
    (MASKED, "Masked"),
    (UNMOVED, "Not moved (both ends grow alike)"),
]


class CoatingGrowth(SignedTerms):
    """How much a coating builds up, for one specification, of one vendor or of any.

    Coating thickness counts what grows into the metal too: build-up per surface = `ratio` × thickness.
    An empty type, class, material or feature stands for every one; the row that names more is used.
    Units: thickness in `unit`; ratio without unit, 0 (all inwards) to 1 (all outwards).
    """

    UNITS = [("in", "in"), ("mm", "mm"), ("um", "µm")]
    MOVES = life_of("coating growth")

    specification = models.ForeignKey(SpecificationRevision, on_delete=models.PROTECT, related_name="growths")
    spec_type = models.CharField(max_length=30, blank=True)
    spec_class = models.CharField(max_length=30, blank=True)
    vendor = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="growths",
        limit_choices_to={"kind": "vendor"},
    )
    material = models.CharField(max_length=60, blank=True, help_text="How the alloy begins, as in 6061.")
    feature = models.CharField(max_length=20, choices=FEATURES, blank=True)
    thickness_min = models.DecimalField(max_digits=12, decimal_places=8)
    thickness_max = models.DecimalField(max_digits=12, decimal_places=8)
    unit = models.CharField(max_length=10, choices=UNITS)
    ratio_min = models.DecimalField(max_digits=6, decimal_places=5)
    ratio_max = models.DecimalField(max_digits=6, decimal_places=5)
    source = models.CharField(max_length=300, help_text="Where the figures come from.")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="growths_authored")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    KEY = ("specification", "spec_type", "spec_class", "vendor", "material", "feature")

    class Meta(SignedTerms.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["specification", "spec_type", "spec_class", "vendor", "material", "feature", "state"],
                condition=Q(state__in=["draft", "in_force"]),
                name="one_growth_a_vendor",
            ),
            # two empty vendors are not equal to the database
            models.UniqueConstraint(
                fields=["specification", "spec_type", "spec_class", "material", "feature", "state"],
                condition=Q(state__in=["draft", "in_force"], vendor__isnull=True),
                name="one_growth_of_any_vendor",
            ),
            models.CheckConstraint(
                name="growth_figures_in_order",
                condition=Q(thickness_min__gte=0, thickness_min__lte=F("thickness_max"))
                & Q(ratio_min__gte=0, ratio_min__lte=F("ratio_max"), ratio_max__lte=1),
            ),
            signed_in_force("growth_in_force_is_signed"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("routes:growth-detail", args=[self.number])

    @property
    def whose(self) -> str:
        """The vendor it is for, or any."""
        return self.vendor.name if self.vendor else "any vendor"

    @property
    def what(self) -> str:
        """Specification, type and class in one line."""
        words = [str(self.specification)]
        for word, choice in (("type", self.spec_type), ("class", self.spec_class)):
            # some specifications write the word into the choice
            if choice:
                words.append(choice if choice.lower().startswith(word) else f"{word} {choice}")
        return " ".join(words)


class FinishFeature(models.Model):
    """How the finishes of one plan move one characteristic, and the window it is machined to.

    The window is written when the route is released, and is what the inspection before the finish judges by.
    Units: window in the characteristic's unit; an end the drawing leaves open stays open.
    """

    route_revision = models.ForeignKey(
        RouteRevision, on_delete=models.PROTECT, related_name="finish_features"
    )
    characteristic = models.ForeignKey(
        Characteristic, on_delete=models.PROTECT, related_name="finish_features"
    )
    kind = models.CharField(max_length=20, choices=FEATURES)
    window_lower = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    window_upper = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    computed_from = models.CharField(
        max_length=300, blank=True, help_text="The growths the window came from."
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["route_revision", "characteristic__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["route_revision", "characteristic"], name="feature_once_a_route_revision"
            ),
            models.CheckConstraint(
                name="window_in_order",
                condition=Q(window_lower__isnull=True)
                | Q(window_upper__isnull=True)
                | Q(window_lower__lte=F("window_upper")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.get_kind_display()}"
