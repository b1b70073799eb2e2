"""The tasks Celery knows: do one job, go round, look whether a reader of the feed is behind, tidy up by night."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from portal import feed, queue
from portal.api.repeats import forget_old_answers
from portal.domain import mail_wishes, mails, passwords, store_check
from portal.domain.event_log import LogIsDamaged
from portal.domain.log_check import check_log
from portal.domain.store_check import CHECK_STORE
from portal.queue import waking

TIDY_UP = "tidy_up"
CHECK_LOG = "check_log"


@shared_task(name="portal.tasks.run_job", ignore_result=True)
def run_job(*, job_id: int) -> None:
    """Do one job; end quietly when it is gone, done or in other hands."""
    queue.run_job(job_id)


@shared_task(name="portal.tasks.sweep_jobs", ignore_result=True)
def sweep_jobs() -> None:
    """Take back lapsed jobs and wake workers for those that wait; beat asks for it every few seconds."""
    queue.sweep()
    waking.forget_waiting_sweeps()


@shared_task(name="portal.tasks.watch_feed", ignore_result=True)
def watch_feed() -> None:
    """Ask for readers of the feed that are behind; beat asks for it every second."""
    feed.watch()


@shared_task(name="portal.tasks.tidy_up_daily", ignore_result=True)
def tidy_up_daily() -> None:
    """Ask once a day that what nobody needs any more be deleted, and that the event log be checked."""
    today = timezone.localdate().isoformat()
    queue.enqueue(TIDY_UP, unique_key=f"{TIDY_UP} {today}", arguments={"day": today})
    queue.enqueue(CHECK_LOG, unique_key=f"{CHECK_LOG} {today}", arguments={"day": today})


@shared_task(name="portal.tasks.send_digests", ignore_result=True)
def send_digests() -> None:
    """Put down the daily mail of everybody whose hour has come; beat comes by every ten minutes."""
    mail_wishes.send_digests()


@queue.work(mails.SEND)
def send_mail(claim: queue.Claim) -> None:
    """Send one mail of the outbox; sent twice, it has the same Message-ID."""
    mails.deliver(key=claim.unique_key, arguments=claim.arguments)


@queue.work(passwords.MAIL_RESET)
def mail_reset(claim: queue.Claim) -> None:
    """Send the link that sets a new password."""
    passwords.mail_reset(claim.arguments["person"])


@queue.work(TIDY_UP)
def tidy_up(claim: queue.Claim) -> None:
    """Delete kept answers of calls that are past their time, and sessions that have ended."""
    forget_old_answers()
    call_command("clearsessions")


@queue.work(CHECK_LOG)
def check_event_log(claim: queue.Claim) -> None:
    """Work the event log out again; what does not hold is set aside with its sentence, where people see it.

    Raises:  LogIsDamaged naming the first wrong entry.
    """
    found = check_log()
    if not found.is_whole:
        raise LogIsDamaged(f"The event log does not hold. {found.first.sentence}")


@shared_task(name="portal.tasks.check_store_daily", ignore_result=True)
def check_store_daily() -> None:
    """Ask once a day that a slice of the kept files be hashed again."""
    today = timezone.localdate().isoformat()
    queue.enqueue(CHECK_STORE, unique_key=f"{CHECK_STORE} {today}", arguments={"day": today})


@queue.work(CHECK_STORE)
def check_store(claim: queue.Claim) -> None:
    """Hash the files of the day's slice again; what is wrong stands on quality's desk."""
    store_check.look_after(day=date.fromisoformat(claim.arguments["day"]))
