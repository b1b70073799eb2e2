"""What came in and is no certificate yet: a scanned stack, photos to be put in order, a mail nobody could place."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from documents.models.upload_links import UploadLink
from portal.domain.moves import SHOP, SYSTEM, Move, Moves
from portal.models import Organization, Person, StoredFile
from portal.models.scoping import ScopedQuerySet


class ArrivalQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        """Return the photos this person brought and has not sent off; a colleague's are not theirs to send."""
        return self.filter(door=Arrival.PAGE, state=Arrival.WAITING, brought_by=person)


class Arrival(models.Model):
    """Files that came in together. A person says what each is, or the files are set aside with a reason.

    `sha256` is of what came in as a whole (the file, the mail): the same thing arriving again is the same row.
    """

    STACK, FOLDER, MAIL, LINK, PAGE = "stack", "folder", "mail", "link", "page"
    DOORS = [
        (STACK, "Scanned stack"),
        (FOLDER, "Watched folder"),
        (MAIL, "Mail"),
        (LINK, "Link"),
        (PAGE, "An account"),
    ]
    WAITING, PLACED, SET_ASIDE = "waiting", "placed", "set_aside"
    STATES = [(WAITING, "Waiting"), (PLACED, "Placed"), (SET_ASIDE, "Set aside")]
    MOVES = Moves(
        "arrival",
        Move(WAITING, "place", PLACED, (*SHOP, Person.VENDOR, SYSTEM)),
        Move(WAITING, "set aside", SET_ASIDE, SHOP),
        Move(SET_ASIDE, "take up", WAITING, SHOP),
    )

    number = models.CharField(max_length=40, unique=True)
    door = models.CharField(max_length=10, choices=DOORS)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    sha256 = models.CharField(max_length=64)
    sender = models.CharField(
        max_length=254, blank=True, help_text="As the mail says; nobody has checked it."
    )
    subject = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True, help_text="Why it waits, in a sentence for the clerk.")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT)
    link = models.ForeignKey(
        UploadLink, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    brought_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    arrived_at = models.DateTimeField()
    set_aside_reason = models.CharField(max_length=300, blank=True)

    objects = ArrivalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            # a stack or photos may be brought again by hand; what comes by itself comes once
            models.UniqueConstraint(
                fields=["door", "sha256"],
                condition=Q(door__in=["folder", "mail"]),
                name="arrival_by_itself_once",
            ),
            models.CheckConstraint(
                name="set_aside_arrival_says_why",
                condition=~Q(state="set_aside") | ~Q(set_aside_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:arrival-detail", args=[self.number])


class ArrivalFile(models.Model):
    """One file of an arrival, or the name of one that was refused with the sentence that says why.

    `proposals` are page ranges with the order read on them: [{"page_from", "page_to", "order"}].
    """

    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=255)
    refusal = models.TextField(blank=True)
    proposals = models.JSONField(default=list, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["arrival", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrival", "position"],
                name="arrival_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="arrival_file_is_kept_or_refused",
                condition=Q(file__isnull=False, refusal="") | (Q(file__isnull=True) & ~Q(refusal="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrival.number}: {self.name}"
