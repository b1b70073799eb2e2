"""Kinds of work that only the tests and bench of the queue know; a worker learns them by importing this module."""

from __future__ import annotations

import os
import signal
import time

from django.conf import settings

from portal.domain.events import record_event
from portal.queue import Claim, work

STEP_SECONDS = 0.05
# a worker of the tests may be told where to end itself; a worker of a shop never asks
settings.PORTAL_CRASH_AT = os.environ.get("TESTS_CRASH_AT", settings.PORTAL_CRASH_AT)


@work("leave-proof")
def leave_proof(claim: Claim):
    """Be busy for the seconds asked for, then add one event: two events would mean that it was done twice."""
    steps = max(1, round(claim.arguments["seconds"] / STEP_SECONDS))
    for step in range(steps):
        time.sleep(STEP_SECONDS)
        claim.progress(step + 1, steps, f"Step {step + 1} of {steps}.")
    return lambda: record_event(
        by=None, verb="prove", noun="proof", number=claim.unique_key, data={"attempt": claim.attempt}
    )


@work("kill-own-process")
def kill_own_process(claim: Claim):
    """End as a process ends that the system kills for its memory."""
    os.kill(os.getpid(), signal.SIGKILL)
