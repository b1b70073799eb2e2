"""A mistake in an approved first article: the report stays as it was signed, a new one takes its place."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from inspection.domain.forms import forms_of
from inspection.domain.submissions import Difference, compare
from inspection.models import FirstArticle, FirstArticleLine
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.models import Person
from portal.permissions import require_inspector

# what a person wrote in the forms is carried over; everything else comes from the records again
CARRIED = (
    "form_revision",
    "part_revision",
    "route_revision",
    "traveler",
    "order_line",
    "serial",
    "extent",
    "baseline",
    "evaluation",
    "additional_changes",
    "comments",
)


@transaction.atomic
def open_correction(*, by: Person, first_article: FirstArticle, reason: str) -> FirstArticle:
    """Open a new FAIR in the place of an approved one, with the words people wrote in it.

    The earlier one goes on standing until the new one is approved; whoever does not want that withdraws its approval
    first. Identifiers are never used again, whatever became of their report.

    Raises:  NotEntitled; NotTheMoment unless it is approved, or its approval withdrawn, and nobody corrects it yet;
             Incomplete without the reason, which stands in field 14.
    Source:  AS9102: an approved FAIR is not edited; release rules 4 and 13; docs/decisions/0036.
    """
    require_inspector(by, "correct first articles")
    earlier = lock(first_article)
    if earlier.state not in (*FirstArticle.STANDING, FirstArticle.WITHDRAWN):
        raise NotTheMoment(
            f"{earlier.number} is {earlier.get_state_display().lower()} and is changed itself; only an approved first "
            "article is corrected by a new one."
        )
    if taken := earlier.corrections.exclude(state=FirstArticle.WITHDRAWN).order_by("pk").last():
        raise NotTheMoment(
            f"{earlier.number} is corrected by {taken.number} already. Go on with that one, or correct it once it is "
            "approved."
        )
    if not reason.strip():
        raise Incomplete(f"Say what was wrong in {earlier.number}; it stands in field 14 of the correction.")
    correction = FirstArticle.objects.create(
        **{name: getattr(earlier, name) for name in CARRIED},
        number=next_number("FA"),
        corrects=earlier,
        reason=f"Corrects {earlier.number}: {reason.strip()}"[:300],
        author=by,
        opened_at=timezone.now(),
    )
    for line in earlier.lines.order_by("pk"):
        FirstArticleLine.objects.create(
            first_article=correction,
            characteristic_id=line.characteristic_id,
            tooling=line.tooling,
            comment=line.comment,
        )
    record_event(
        by=by,
        verb="open",
        noun="first article",
        number=correction.number,
        lots=[correction.traveler.number],
        data={"corrects": earlier.number, "reason": reason.strip()},
    )
    return correction


def differences_of(correction: FirstArticle) -> list[Difference]:
    """Return every field in which a correction says something else than what it corrects, in the order of the forms."""
    return compare(correction.corrects.forms, forms_of(correction)) if correction.corrects else []


def superseded_by(first_article: FirstArticle) -> FirstArticle | None:
    """Return the approved correction that took the place of a first article, if there is one."""
    taken = first_article.corrections.filter(state__in=FirstArticle.STANDING)
    return taken.order_by("pk").last()
