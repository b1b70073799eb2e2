"""The terms scorecards are reckoned by: data in force from a month on, set by a manager with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from documents.models import Scorecard, ScorecardTerms
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.models import Person
from portal.permissions import MANAGERS, require_role
from routes.domain.words import only_once

ON_TIME, QUALITY, PAPER = "on_time", "ppm", "paper"
PAPER_DAYS, WORK_DAYS = "paper_days", "work_days"
FIGURES = (ON_TIME, QUALITY, PAPER, PAPER_DAYS, WORK_DAYS)
HOUSE_WEIGHTS = {ON_TIME: 35, QUALITY: 30, PAPER: 15, PAPER_DAYS: 10, WORK_DAYS: 10}


@dataclass(frozen=True)
class Terms:
    """Window around the due day, least numbers, weights, grades.

    Units:   days; `early_days` empty: coming early is never a miss; grades in points of a hundred.
    """

    number: str = "house"
    early_days: int | None = None
    late_days: int = 0
    least_lines: int = 5
    freeze_after_days: int = 5
    weights: Mapping[str, int] = field(default_factory=lambda: dict(HOUSE_WEIGHTS))
    ppm_at_zero: int = 10_000
    grade_a: int = 90
    grade_b: int = 75

    def plain(self) -> dict:
        """Return the terms as they are kept with a scorecard."""
        return asdict(self)


def terms_for(month: date, *, as_of: datetime | None = None) -> Terms:
    """Return the terms in force for a month, as they were known at a moment; the house's own where none were set."""
    found = ScorecardTerms.objects.filter(from_month__lte=month)
    if as_of is not None:
        found = found.filter(set_at__lte=as_of)
    record = found.order_by("-from_month").first()
    if record is None:
        return Terms()
    names = (each for each in Terms.__dataclass_fields__)
    return Terms(**{name: getattr(record, name) for name in names})


@transaction.atomic
def set_terms(
    *,
    by: Person,
    from_month: date,
    reason: str,
    weights: Mapping[str, int],
    early_days: int | None = None,
    late_days: int = 0,
    least_lines: int = 5,
    freeze_after_days: int = 5,
    ppm_at_zero: int = 10_000,
    grade_a: int = 90,
    grade_b: int = 75,
    at: datetime | None = None,
) -> ScorecardTerms:
    """Set the terms for a month and all that follow, until others are set.

    Raises:  NotEntitled unless a manager; NotTheMoment for a month that is frozen already, or has terms; Incomplete
             without a reason, weights, or grades in order.
    """
    require_role(by, MANAGERS, "set the terms of scorecards")
    first = from_month.replace(day=1)
    _require_free(first)
    if not reason.strip():
        raise Incomplete("Say why the terms change; vendors will read it beside their figures.")
    if (
        set(weights) != set(FIGURES)
        or any(each < 0 for each in weights.values())
        or not sum(weights.values())
    ):
        raise Incomplete(
            "Give every figure a weight of nought or more, and at least one a weight above nought."
        )
    if not 0 <= grade_b < grade_a <= 100 or ppm_at_zero < 1 or least_lines < 1:
        raise Incomplete(
            "Grade A must begin above grade B, both within a hundred points; the least number of lines and the "
            "parts per million that earn nothing are one or more."
        )
    if freeze_after_days < late_days:
        raise Incomplete(
            "A month cannot be frozen before the window of its last day is over. Freeze it later."
        )
    with only_once(f"Terms from {first:%B %Y} on were set a moment ago. Choose a later month."):
        record = ScorecardTerms.objects.create(
            number=next_number("ST"),
            from_month=first,
            early_days=early_days,
            late_days=late_days,
            least_lines=least_lines,
            freeze_after_days=freeze_after_days,
            weights=dict(weights),
            ppm_at_zero=ppm_at_zero,
            grade_a=grade_a,
            grade_b=grade_b,
            reason=reason.strip()[:300],
            author=by,
            set_at=at or timezone.now(),
        )
    data = {"number": record.number, "from": first, "reason": record.reason, "weights": dict(weights)}
    record_event(by=by, verb="set terms of", noun="scorecard", number=record.number, data=data)
    return record


def _require_free(first: date) -> None:
    if frozen := Scorecard.objects.filter(month__gte=first).order_by("-month").first():
        raise NotTheMoment(
            f"The scorecards of {frozen.month:%B %Y} are frozen. Set terms for a later month than that."
        )
    if there := ScorecardTerms.objects.filter(from_month=first).first():
        raise NotTheMoment(f"{there.number} sets terms from {first:%B %Y} on already. Choose a later month.")
