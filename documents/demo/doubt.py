"""Proof in doubt in the sample shop: a gauge was found out of tolerance after the first lot had left."""

from __future__ import annotations

from datetime import timedelta

from documents.demo.parts import HOUSING
from documents.demo.scenes import Shelf
from documents.domain import notices
from routes.domain import gauges

GOOD_FOR = timedelta(days=365)


def gauge_found_out_of_tolerance(shelf: Shelf) -> None:
    """The probe of the measuring machine read too wide; it was put right the same day, and a notice waits."""
    story = shelf.stories[HOUSING.number]
    for number, is_in_tolerance in (("KAL-2291", False), ("KAL-2292", True)):
        gauges.record_calibration(
            by=story.people.quality,
            gauge=story.plan.gauge,
            certificate_number=number,
            calibrated_on=story.today,
            due_on=story.today + GOOD_FOR,
            is_in_tolerance=is_in_tolerance,
        )
    notices.start_over()
