"""Places where a test ends the process as a failing machine would, to see that the work is taken up again."""

from __future__ import annotations

import os
import signal

from django.conf import settings


def passed(name: str) -> None:
    """End this process here, if a test asked for it."""
    if settings.PORTAL_TESTS and name == settings.PORTAL_CRASH_AT:
        os.kill(os.getpid(), signal.SIGKILL)
