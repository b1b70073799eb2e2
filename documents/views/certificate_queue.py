"""The certificates that wait for a person of the shop: for what, until when, and what the comparison found."""

from __future__ import annotations

from datetime import date

from django.db.models import Min
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone

from documents.domain.reading_jobs import key_of
from documents.domain.standing_comparisons import waiting
from documents.forms.certificates import QueueFilter
from documents.models import Certificate, StandingComparison
from documents.views.certificate_words import waiting_for
from portal.models import Job
from portal.permissions import SHOP
from portal.views.verbs import RecordListView

COLUMNS = [
    {
        "key": "number",
        "label": "Certificate",
        "kind": "code",
        "url_key": "get_absolute_url",
        "note_key": "stated_number",
    },
    {"key": "issuer.name", "label": "From", "note_key": "came_by", "empty": "not on our list"},
    {"key": "covers", "label": "For", "kind": "code", "note_key": "work", "empty": "nothing yet"},
    {"key": "verdict", "label": "Compared", "kind": "state", "note_key": "verdict_words"},
    {"key": "due_on", "label": "Due", "kind": "due", "empty": "no lot yet"},
    {"key": "uploaded_at", "label": "Waits since", "kind": "moment"},
]
BY_DUE = "due"


class CertificateQueue(RecordListView):
    """Show what waits, the oldest first; each is decided on its own page."""

    roles = SHOP
    model = Certificate
    template_name = "portal/list.html"

    def queryset_for(self, person):
        fetched = super().queryset_for(person).filter(waiting())
        fetched = fetched.annotate(
            due_on=Least(
                Min("coverages__traveler__order_line__due_on"),
                Min("coverages__material_lot__travelers__order_line__due_on"),
            )
        )
        return fetched.select_related("issuer", "standing_comparison").prefetch_related(
            "coverages__material_lot", "coverages__traveler", "coverages__step__operation"
        )

    def narrow(self, queryset):
        order = ("due_on", "uploaded_at", "pk") if self.asked("order") == BY_DUE else ("uploaded_at", "pk")
        return queryset.order_by(*order)

    def context(self, rows):
        being_read = numbers_being_read(rows)
        today = timezone.localdate()
        for row in rows:
            describe(row, is_being_read=row.number in being_read, today=today)
        acts = []
        if mine := waiting_for(self.request.user):
            first = reverse("documents:certificate-detail", kwargs={"number": mine[0]})
            acts.append({"label": "Decide on the oldest", "url": first, "is_main": True})
        return {
            "heading": "Certificates that wait",
            "lead": "Each is decided by itself, on its own page. What is compared here is from when it last changed.",
            "columns": COLUMNS,
            "filter_form": QueueFilter(self.request.GET),
            "acts": acts,
            "empty_heading": "Nothing waits",
            "empty_sentence": "Every certificate that came in is decided.",
        }


def numbers_being_read(rows: list[Certificate]) -> set[str]:
    """Return which of these are still read by the machine, in one statement."""
    keys = {key_of(row): row.number for row in rows if row.state == Certificate.RECEIVED}
    working = Job.objects.filter(unique_key__in=keys).exclude(state__in=(Job.DONE, Job.PARKED))
    return {keys[key] for key in working.values_list("unique_key", flat=True)}


def describe(row: Certificate, *, is_being_read: bool, today: date) -> None:
    """Say of one row what it is for and how it compares, from what was fetched with it."""
    covered = list(row.coverages.all())
    row.covers = ", ".join(
        each.material_lot.number if each.material_lot else each.traveler.number for each in covered
    )
    steps = [f"{each.step.operation.sequence} {each.step.operation.name}" for each in covered if each.step]
    heats = [f"heat {each.material_lot.identifier}" for each in covered if each.material_lot]
    row.work = ", ".join(dict.fromkeys([*steps, *heats]))
    row.came_by = row.get_door_display().lower()
    standing = getattr(row, "standing_comparison", None)
    row.verdict, row.verdict_words = verdict_of(standing, is_being_read=is_being_read)
    row.is_late = bool(row.due_on and row.due_on < today)


def verdict_of(standing: StandingComparison | None, *, is_being_read: bool) -> tuple[str, str]:
    """Return the state whose look the comparison has, and its counts in words."""
    if is_being_read:
        return "working", "being read"
    if standing is None:
        return "waiting", "not compared yet"
    found = []
    if standing.stops:
        found.append(f"{standing.stops} must agree first: {', '.join(standing.stopping)}")
    if standing.asks:
        found.append(f"{standing.asks} to be looked at")
    found.append(f"{standing.agrees} agree, {standing.compared_at:%-d %b %H:%M} UTC")
    if standing.differs_since:
        found.insert(0, "differs since the pieces came back")
    state = "mismatch" if standing.stops else "asked" if standing.asks else "match"
    return state, "; ".join(found)
