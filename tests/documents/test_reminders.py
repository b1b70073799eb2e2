"""Reminders: once for each due day and kind, on the clock of the vendor's site, until what is owed has come."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from documents import tasks
from documents.domain.reminders import Owed, owed_on, remind
from portal import queue
from portal.domain.mail_wishes import choose, send_digests
from portal.models import Job, MailEntry
from tests.factories.certificates import make_process_certificate
from tests.factories.findings import make_action
from tests.factories.routes import today
from tests.factories.subcontract import make_outside_order, receive


def noon(days: int) -> datetime:
    return datetime.combine(today() + timedelta(days=days), time(12), tzinfo=UTC)


def subjects(cast) -> list[str]:
    jobs = Job.objects.filter(kind="send_mail", arguments__to=cast.vendor.email).order_by("pk")
    return [job.arguments["subject"] for job in jobs]


def test_an_order_is_reminded_of_once_before_and_once_after_its_day(cast):
    order = make_outside_order(cast, at="shipped")
    for days in (10, 11, 12, 14, 15, 16):
        remind(at=noon(days))
    day = f"{order.due_on:%-d %b %Y}"
    assert subjects(cast) == [
        f"Order {order.number} is due on {day}",
        f"Order {order.number} is overdue since {day}",
    ]
    soon = Job.objects.filter(kind="send_mail").order_by("pk").first()
    assert soon.not_before == noon(11)
    assert [(fact["label"], fact["value"]) for fact in soon.arguments["context"]["facts"]] == [
        ("Due", day),
        ("Pieces to send back", str(order.lines.get().quantity)),
        ("Certificates to send", order.lines.get().step.operation.name),
    ]


def test_the_day_is_that_of_the_vendors_site(cast):
    cast.vendor_site.time_zone = "Pacific/Kiritimati"
    cast.vendor_site.save()
    make_outside_order(cast, at="shipped")
    # noon UTC is two in the morning of the next day there: three days before is there already
    assert remind(at=noon(9)) == 0
    assert remind(at=noon(10)) == 1


def test_what_has_come_is_not_asked_for_again(cast):
    order = make_outside_order(cast, at="shipped")
    quantity = order.lines.get().quantity
    name = order.lines.get().step.operation.name
    assert owed_on(order) == Owed(quantity, (name,))
    receive(cast, order, quantity - 2)
    order.refresh_from_db()
    assert owed_on(order) == Owed(2, (name,))
    receive(cast, order, 2)
    make_process_certificate(cast, lot=order.lines.get().traveler, at="received")
    order.refresh_from_db()
    assert owed_on(order) == Owed(0, ())
    assert remind(at=noon(20)) == 0


def test_an_answer_that_is_owed_is_reminded_of(cast):
    action = make_action(cast, vendor=cast.vendor_organization)
    for days in (10, 11, 13, 15, 16):
        remind(at=noon(days))
    day = f"{action.due_on:%-d %b %Y}"
    assert subjects(cast) == [
        f"The answer to corrective action {action.number} is due on {day}",
        f"The answer to corrective action {action.number} is overdue since {day}",
    ]
    answered = make_action(cast, vendor=cast.vendor_organization, at="answered")
    assert answered.number not in "".join(subjects(cast))


def test_quality_reads_in_its_daily_mail_what_waits(cast):
    make_process_certificate(cast)
    choose(by=cast.quality, time_zone="UTC", digest_at=time(7))
    assert remind(at=noon(0)) == 4
    assert MailEntry.objects.get(person=cast.quality).subject == "Waiting for you: 1 certificate to decide on"
    assert remind(at=noon(0)) == 4
    assert MailEntry.objects.count() == 4
    assert send_digests(at=noon(0)) == 4


def test_beat_asks_once_a_day_for_reminders_and_for_frozen_months(cast):
    for _ in range(2):
        tasks.remind_daily()
    asked = Job.objects.filter(kind__in=(tasks.REMIND, tasks.FREEZE)).order_by("pk")
    assert [(job.kind, job.unique_key) for job in asked] == [
        (kind, f"{kind} {today().isoformat()}") for kind in (tasks.REMIND, tasks.FREEZE)
    ]
    assert [queue.run_job(job.pk).state for job in asked] == [Job.DONE, Job.DONE]
