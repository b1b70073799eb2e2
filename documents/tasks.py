"""Work of this room that is done in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from celery import shared_task
from celery.signals import worker_process_init
from django.conf import settings
from django.db import connection
from django.utils import timezone

from documents.domain import (
    drawn_ahead,
    drawn_before,
    erasing,
    mailbox,
    packages,
    reading_jobs,
    release_steps,
    reminders,
    standing,
    standing_comparisons,
    watched_folder,
)
from documents.domain.imports import tables
from documents.domain.readings import keep_reading
from documents.domain.scorecards import freezing
from documents.models import Certificate, MasterImport
from documents.package import crew
from portal.domain.moves import move
from portal.models import Person
from portal.queue import Claim, LeaseLost, enqueue, work

JUDGE_ALL = "judge_open_lots"
REMIND = "remind_of_due_days"
FREEZE = "freeze_scorecards"


@worker_process_init.connect
def draw_with_help(**_) -> None:
    """Let a worker draw a package on every processor; a process that answers requests draws alone."""
    crew.allow()


@work(packages.RENDER)
def render_package(claim: Claim) -> Callable[[], None] | None:
    """Take a frozen package through drawing, seal and log to its archive, from wherever it was left.

    Asked twice it does nothing: a package that has its archive, or is out of date by now, is left as it is.
    """
    return release_steps.carry_on(claim)


@work(drawn_ahead.DRAW_AHEAD)
def draw_sections_ahead(claim: Claim) -> None:
    """Draw the sections of a certified shipment that are settled before its release; done twice it finds them drawn."""
    drawn_ahead.draw_sections(claim)


@work(reading_jobs.READ)
def read_certificate(claim: Claim) -> Callable[[], None] | None:
    """Read one certificate; keeping what was read and being done with it happen together at the end."""
    certificate = Certificate.objects.select_related("file", "site", "issuer").get(
        number=claim.arguments["certificate"]
    )
    if certificate.readings.filter(reader=reading_jobs.READER).exists():
        return None

    def tell(done: int, of_all: int) -> None:
        claim.progress(done, of_all, f"Reading the scan, page {min(done + 1, of_all)} of {of_all}.")

    reading = reading_jobs.read_paper(certificate, on_step=tell)

    def finish() -> None:
        keep_reading(certificate=certificate, reading=reading, reader=reading_jobs.READER)
        if certificate.state in standing_comparisons.OPEN_STATES:
            standing_comparisons.refresh(certificate)

    return finish


@work(drawn_before.DRAW)
def draw_pages_of_certificate(claim: Claim) -> None:
    """Draw the pages of a certificate that was accepted; done twice they are drawn once."""
    drawn_before.draw_pages(
        Certificate.objects.select_related("file__label").get(number=claim.arguments["certificate"])
    )


@work(standing_comparisons.COMPARE)
def compare_returned_certificate(claim: Claim) -> None:
    """Compare a certificate with the pieces that came back; done twice it tells once."""
    found = Certificate.objects.filter(number=claim.arguments["certificate"]).first()
    if found is not None:
        standing_comparisons.compare_returned(found, known=claim.arguments["known"])


@work(erasing.ERASE)
def erase_files(claim: Claim) -> None:
    """Erase the bytes of a disposal that was carried out; what is gone already stays gone."""
    erasing.erase(number=claim.arguments["disposal"])


@work(tables.LOOK)
def look_at_import(claim: Claim) -> None:
    """Look at a long table of master data; looking twice finds the same."""
    record, by = _import_and_person(claim)
    with _telling(claim, "Rows looked at.") as tell:
        tables.look(by=by, record=record, tell=tell)


@work(tables.SAVE)
def save_import(claim: Claim) -> None:
    """Save a long table, all of it or nothing; one that is saved already is left as it is.

    What stops it only since it was looked at becomes its report, so that a person sees it on its page.
    """
    record, by = _import_and_person(claim)
    if record.state == MasterImport.SAVED:
        return
    try:
        with _telling(claim, "Rows saved; they count once all of them are.") as tell:
            tables.save(by=by, record=record, tell=tell)
    except tables.NotSaved as refusal:
        move(record, "look", by=by, data={"refused": refusal.sentence}, report=refusal.facts["report"])


@shared_task(name="documents.tasks.begin_the_day", ignore_result=True)
def begin_the_day() -> None:
    """Ask once a day, whenever beat comes by, that every open lot be judged: approvals and waivers lapse by night."""
    today = timezone.localdate().isoformat()
    enqueue(JUDGE_ALL, unique_key=f"{JUDGE_ALL} {today}", arguments={"day": today})


@shared_task(name="documents.tasks.remind_daily", ignore_result=True)
def remind_daily() -> None:
    """Ask once a day, whenever beat comes by, that people be reminded and that a month that is over be frozen."""
    today = timezone.localdate().isoformat()
    for kind in (REMIND, FREEZE):
        enqueue(kind, unique_key=f"{kind} {today}", arguments={"day": today})


@work(REMIND)
def remind_of_due_days(claim: Claim) -> None:
    """Remind of what is due; asked twice nobody is told twice."""
    reminders.remind()


@work(FREEZE)
def freeze_scorecards(claim: Claim) -> None:
    """Freeze the scorecards of a month whose days of grace are over; a frozen one stays as it is."""
    freezing.freeze_due()


@shared_task(name="documents.tasks.watch_folder", ignore_result=True)
def watch_folder() -> None:
    """Take in what a scanner has put into the watched folder, if the shop has one."""
    if settings.PORTAL_WATCHED_FOLDER:
        with _only_one_at("watched folder") as is_free:
            if is_free:
                watched_folder.look()


@shared_task(name="documents.tasks.fetch_mail", ignore_result=True)
def fetch_mail() -> None:
    """Take in the unread mails of the mailbox for certificates, if one is configured."""
    if settings.PORTAL_IMAP_HOST:
        with _only_one_at("mailbox") as is_free:
            if is_free:
                mailbox.fetch()


@contextmanager
def _only_one_at(what: str) -> Iterator[bool]:
    """Say whether no other worker is at it; a worker that dies lets go with its connection."""
    key = [f"only one at the {what}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", key)
        is_free = cursor.fetchone()[0]
    try:
        yield is_free
    finally:
        if is_free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)


@work(JUDGE_ALL)
def judge_open_lots(claim: Claim) -> None:
    """Judge every open lot again; what has not changed is not written."""
    standing.judge_every_open_lot(lambda done, of: claim.progress(done, of, "Open lots judged."))


def _import_and_person(claim: Claim) -> tuple[MasterImport, Person]:
    record = MasterImport.objects.select_related("file").get(number=claim.arguments["import"])
    return record, Person.objects.get(email=claim.arguments["by"])


@contextmanager
def _telling(claim: Claim, sentence: str) -> Iterator[tables.Tell]:
    """Let work inside one transaction say how far it is, from a thread with a connection of its own.

    Raises:  LeaseLost out of `tell` when another worker has the job, so that the transaction is undone.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="progress") as thread:

        def tell(done: int, total: int) -> None:
            if claim.lost.is_set():
                raise LeaseLost(f"The job {claim.unique_key} was taken back; nothing of it is kept.")
            thread.submit(claim.progress, done, total, sentence)

        try:
            yield tell
        finally:
            thread.submit(_close_own_connection)


def _close_own_connection() -> None:
    """Close the connection of the thread that calls this; another thread's is not its to close."""
    connection.close()
