"""Work in the background. PostgreSQL holds the truth; Celery is only woken, and Redis may be wiped at any moment.

`asking`    put a job down in the caller's transaction and wake a worker after commit
`kinds`     which handler does which kind of work
`claims`    hold a job by lease and token, report progress, keep the lease alive
`running`   claim, work, and commit the result together with the state
`parking`   set aside what failed too often, show it, let a person try again
`showing`   what a page says about a job
`sweeping`  take back what dead workers held and wake whatever waits
`waking`    the only place that talks to the broker
"""

from portal.queue.asking import enqueue
from portal.queue.claims import Claim, LeaseLost, claim_next
from portal.queue.kinds import UnknownKind, work
from portal.queue.parking import JobIsNotParked, retry
from portal.queue.running import run_job, work_off
from portal.queue.showing import progress_context
from portal.queue.sweeping import Swept, sweep

__all__ = [
    "Claim",
    "JobIsNotParked",
    "LeaseLost",
    "Swept",
    "UnknownKind",
    "claim_next",
    "enqueue",
    "progress_context",
    "retry",
    "run_job",
    "sweep",
    "work",
    "work_off",
]
