"""Places where a test ends the process as a failing machine would, to see that the work is taken up again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from django.conf import settings


def passed(name: str) -> None:
    """End this process here, if a test asked for it: by the name of the place, or by a file with the name in it."""
    if settings.PORTAL_TESTS and settings.PORTAL_CRASH_AT and _is_next(name, settings.PORTAL_CRASH_AT):
        os.kill(os.getpid(), signal.SIGKILL)


def _is_next(name: str, wanted: str) -> bool:
    """A file is taken away when its place is reached: whoever waits for that sees that a process dies there."""
    if not wanted.startswith("/"):
        return name == wanted
    file = Path(wanted)
    if not file.exists() or file.read_text(encoding="utf-8") != name:
        return False
    file.unlink()
    return True
