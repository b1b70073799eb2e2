"""Work of this room that is done in the background."""

from __future__ import annotations

import logging
from collections.abc import Callable

from inspection.domain import drift_alarms
from inspection.models import InspectionRecord
from portal.queue import Claim, work

logger = logging.getLogger(__name__)


@work(drift_alarms.REVIEW)
def review_drift(claim: Claim) -> Callable[[], None] | None:
    """Look at the drift of what one inspection measured; asked twice it opens nothing twice."""
    number = claim.arguments["inspection"]
    record = InspectionRecord.objects.filter(number=number).first()
    if record is None:
        logger.info("Inspection %s is gone; nothing to look at.", number)
        return None

    def finish() -> None:
        drift_alarms.review_inspection(record=record)

    return finish
