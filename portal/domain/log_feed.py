"""Who follows the feed for the log: whatever happened gets its place within a second or two."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from portal.domain.event_log import sequence_now
from portal.domain.log_keys import LogKeyRefused
from portal.models import Event

logger = logging.getLogger(__name__)


def follow(events: Sequence[Event]) -> None:
    """Give every event its place; the feed calls it."""
    start_over()


def start_over() -> None:
    """Give every event its place.

    A key that may not sign is told of where the process speaks and on the page of the log; to try again and again
    changes nothing, and the next event asks anyway.
    """
    try:
        sequence_now()
    except LogKeyRefused as refused:
        logger.error("%s", refused)
