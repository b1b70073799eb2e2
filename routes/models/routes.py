"""The route of a part: drafted, reviewed, released, then frozen."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models.parts import Part, PartRevision


class Route(models.Model):
    """How one part is made; its revisions say how exactly."""

    number = models.CharField(max_length=40, unique=True)
    part = models.OneToOneField(Part, on_delete=models.PROTECT, related_name="route")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class RouteRevision(models.Model):
    """One revision of a route for one part revision. Released means frozen: a change is a new revision."""

    DRAFT, IN_REVIEW, RELEASED, SUPERSEDED = "draft", "in_review", "released", "superseded"
    STATES = [
        (DRAFT, "Draft"),
        (IN_REVIEW, "In review"),
        (RELEASED, "Released"),
        (SUPERSEDED, "Superseded"),
    ]
    MOVES = Moves(
        "route",
        Move(DRAFT, "submit", IN_REVIEW, QUALITY),
        Move(IN_REVIEW, "return", DRAFT, QUALITY),
        Move(IN_REVIEW, "release", RELEASED, QUALITY),
        Move(RELEASED, "supersede", SUPERSEDED, QUALITY),
    )

    number = models.CharField(
        max_length=50, unique=True, help_text="Route number and revision, as in R-000004-2."
    )
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    part_revision = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="route_revisions")
    state = models.CharField(max_length=12, choices=STATES, default=DRAFT)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="routes_authored")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    release_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)
    return_reason = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["route", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["route", "revision"], name="route_revision_once"),
            models.UniqueConstraint(
                fields=["route", "part_revision"],
                condition=models.Q(state="released"),
                name="one_released_route_a_part_revision",
            ),
            models.CheckConstraint(
                name="released_route_is_signed",
                condition=~models.Q(state__in=["released", "superseded"])
                | models.Q(release_signature__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route.number} revision {self.revision}"

    def get_absolute_url(self) -> str:
        return reverse("routes:route-detail", args=[self.number])

    @property
    def is_frozen(self) -> bool:
        return self.state in (self.RELEASED, self.SUPERSEDED)
