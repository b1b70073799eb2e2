"""Work to be done in the background; PostgreSQL holds the truth about it."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from portal.models.scoping import ScopedQuerySet


class JobQuerySet(ScopedQuerySet):
    """Questions about work, all asked of the database clock."""

    def due(self) -> JobQuerySet:
        """Return the jobs that wait and may start, the one that has been due longest first."""
        return self.filter(state=Job.WAITING, not_before__lte=Now()).order_by("not_before", "pk")

    def lapsed(self) -> JobQuerySet:
        """Return the jobs whose worker has not been heard of since its lease ran out."""
        return self.filter(state=Job.WORKING, lease_until__lt=Now()).order_by("lease_until", "pk")

    def unfinished(self) -> JobQuerySet:
        """Return the jobs that are not done: first those that wait for a person, then by when they are due."""
        return self.exclude(state=Job.DONE).order_by(
            models.Case(
                models.When(state=Job.PARKED, then=0), models.When(state=Job.WORKING, then=1), default=2
            ),
            "not_before",
            "pk",
        )


class Job(models.Model):
    """One piece of background work, from asked for to finished.

    `lease_until` is by the database clock. `token` fences out a worker whose lease was taken over: only the
    holder of the present token may report progress or finish.
    """

    WAITING, WORKING, DONE, PARKED = "waiting", "working", "done", "parked"
    STATES = [(WAITING, "Waiting"), (WORKING, "Working"), (DONE, "Done"), (PARKED, "Parked")]

    kind = models.CharField(max_length=60)
    unique_key = models.CharField(
        max_length=200, unique=True, help_text="What is to be done, and of which revision."
    )
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    errors = models.PositiveSmallIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0, help_text="Leases that ran out: the worker died.")
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    token = models.UUIDField(null=True, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_sentence = models.CharField(max_length=300, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="job_lease_only_while_working",
                condition=models.Q(state="working", lease_until__isnull=False, token__isnull=False)
                | ~models.Q(state="working") & models.Q(lease_until__isnull=True),
            )
        ]
        indexes = [
            # serves the claim and the sweep
            models.Index(fields=["state", "not_before"], name="jobs_to_do"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unique_key}: {self.state}"
