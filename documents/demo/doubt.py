"""Proof in doubt in the sample shop: a gauge was found out of tolerance after the first lot had left."""

from __future__ import annotations

from datetime import timedelta

from documents.demo.parts import HOUSING
from documents.demo.people import token
from documents.demo.scenes import Shelf
from documents.domain import notices
from inspection.domain import gauge_doubts
from inspection.models import ReadingsJudgement
from routes.domain import gauges
from routes.models import Traveler

JUDGED = "The probe read 3 µm too wide. With every value corrected by that, no verdict of this lot changes."
GOOD_FOR = timedelta(days=365)


def gauge_found_out_of_tolerance(shelf: Shelf) -> None:
    """The probe of the measuring machine read too wide; it was put right the same day, and a notice waits.

    What is still here was judged by somebody who measured none of it; what has left is the customer's to hear of.
    """
    story = shelf.stories[HOUSING.number]
    gauge, judge = story.plan.gauge, story.people.second_quality
    for number, is_in_tolerance in (("KAL-2291", False), ("KAL-2292", True)):
        gauges.record_calibration(
            by=story.people.quality,
            gauge=gauge,
            certificate_number=number,
            calibrated_on=story.today,
            due_on=story.today + GOOD_FOR,
            is_in_tolerance=is_in_tolerance,
        )
    finding = gauge_doubts.finding_of(gauge, story.today)
    for each in gauge_doubts.lots_in_doubt(finding):
        if each.undecided and each.lot.state in (Traveler.OPEN, Traveler.COMPLETE):
            gauge_doubts.judge_readings(
                by=judge,
                gauge=gauge,
                found_on=story.today,
                traveler=each.lot,
                outcome=ReadingsJudgement.STILL_VALID,
                reason=JUDGED,
                token=token(judge),
            )
    notices.start_over()
