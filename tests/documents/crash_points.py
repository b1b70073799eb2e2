"""A process of its own that is killed at a named step."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable

from django.conf import settings
from django.db import connections


def dies_at(point: str, work: Callable[[], object]) -> int:
    """Do the work in a process that is killed at this point, and return the signal that ended it; 0 for none."""
    connections.close_all()
    with warnings.catch_warnings():
        # a worker of the test run has threads; the child uses none of theirs
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        settings.PORTAL_CRASH_AT = point
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)
