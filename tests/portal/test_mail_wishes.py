"""Kinds of mail, quiet hours and the daily mail, by clocks that are given."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from portal.domain import mail_wishes
from portal.domain.errors import Incomplete
from portal.models import Job, MailEntry, MailSettings

MORNING = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def tell(person, *, kind="certificate_accepted", key="accepted C-000001", at=MORNING, **facts):
    wanted = {
        "subject": "Certificate %(number)s is accepted",
        "template": "plain",
        "context": {"number": "C-000001"},
    }
    return mail_wishes.tell(person=person, kind=kind, key=key, at=at, **{**wanted, **facts})


def choose(person, **facts) -> MailSettings:
    return mail_wishes.choose(by=person, **{"time_zone": "UTC", **facts})


def test_who_never_chose_is_told_at_once(cast):
    job = tell(cast.vendor)
    assert (job.kind, job.not_before) == ("send_mail", MORNING)


def test_a_kind_switched_off_makes_nothing(cast):
    choose(cast.vendor, choices={"certificate_accepted": "off"})
    assert tell(cast.vendor) is None
    assert (Job.objects.filter(kind="send_mail").count(), MailEntry.objects.count()) == (0, 0)


def test_nobody_is_told_what_is_not_theirs_by_role_or_scope(cast):
    assert tell(cast.buyer) is None
    assert tell(cast.vendor, about=cast.customer) is None
    assert tell(cast.vendor, about=cast.vendor_organization, noun="organization").arguments["about"] == [
        "organization",
        "Brightwater Finishing",
    ]


@pytest.mark.parametrize(
    ("begin", "end", "now", "then"),
    [
        ("20:00", "07:00", "2026-03-10 19:59", "2026-03-10 19:59"),
        ("20:00", "07:00", "2026-03-10 20:00", "2026-03-11 07:00"),
        ("20:00", "07:00", "2026-03-11 06:59", "2026-03-11 07:00"),
        ("20:00", "07:00", "2026-03-11 07:00", "2026-03-11 07:00"),
        ("12:00", "13:00", "2026-03-10 12:30", "2026-03-10 13:00"),
        ("07:00", "07:00", "2026-03-10 07:00", "2026-03-10 07:00"),
    ],
)
def test_quiet_hours_wait_for_their_end(cast, begin, end, now, then):
    wishes = MailSettings(
        time_zone="UTC", quiet_from=time.fromisoformat(begin), quiet_to=time.fromisoformat(end)
    )
    at = datetime.fromisoformat(f"{now}+00:00")
    assert mail_wishes.not_in_quiet_hours(at, wishes) == datetime.fromisoformat(f"{then}+00:00")


def test_quiet_hours_go_by_the_persons_clock_over_daylight_saving():
    wishes = MailSettings(time_zone="America/New_York", quiet_from=time(20), quiet_to=time(7))
    # the clock goes forward in this night: seven in the morning is 11:00 UTC, the day before it was 12:00
    night = datetime(2026, 3, 8, 4, 0, tzinfo=UTC)
    assert mail_wishes.not_in_quiet_hours(night, wishes) == datetime(2026, 3, 8, 11, 0, tzinfo=UTC)
    before = night - timedelta(days=1)
    assert mail_wishes.not_in_quiet_hours(before, wishes) == datetime(2026, 3, 7, 12, 0, tzinfo=UTC)


def test_a_mail_in_quiet_hours_waits_and_an_urgent_one_does_not(cast):
    for person in (cast.vendor, cast.customer_quality):
        choose(person, quiet_from=time(8), quiet_to=time(10))
    assert tell(cast.vendor).not_before == MORNING + timedelta(hours=1)
    assert tell(cast.customer_quality, kind="notice").not_before == MORNING


def test_daily_lines_come_in_one_mail_once_a_day(cast):
    choose(cast.vendor, digest_at=time(10), choices={"certificate_accepted": "daily"})
    for number in ("C-000001", "C-000002", "C-000001"):
        tell(
            cast.vendor, key=f"accepted {number}", context={"number": number}, path=f"/certificates/{number}/"
        )
    assert mail_wishes.send_digests(at=MORNING) == 0
    assert mail_wishes.send_digests(at=MORNING + timedelta(hours=1)) == 1
    job = Job.objects.get(kind="send_mail")
    assert job.arguments["subject"] == "Today: 2 things from the supplier quality portal"
    assert job.arguments["context"]["lines"] == [
        {"subject": f"Certificate {number} is accepted", "path": f"/certificates/{number}/"}
        for number in ("C-000001", "C-000002")
    ]
    tell(cast.vendor, key="accepted C-000003", at=MORNING + timedelta(hours=2))
    assert mail_wishes.send_digests(at=MORNING + timedelta(hours=3)) == 0
    assert mail_wishes.send_digests(at=MORNING + timedelta(hours=25)) == 1
    assert mail_wishes.send_digests(at=MORNING + timedelta(hours=49)) == 0


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"time_zone": "Mars/Base"}, "There is no time zone called Mars/Base. Choose one of the list."),
        ({"quiet_from": time(20)}, "Quiet hours need both ends. Give from when and until when, or neither."),
        ({"choices": {"notice": "off"}}, "There is no such mail for you: notice."),
        (
            {"choices": {"order_issued": "off"}},
            "“An order for you” asks something of you and cannot be switched off. Have it once a day instead.",
        ),
    ],
)
def test_wishes_that_cannot_be_are_refused(cast, facts, sentence):
    with pytest.raises(Incomplete) as refusal:
        choose(cast.vendor, **facts)
    assert refusal.value.sentence == sentence
    assert MailSettings.objects.count() == 0


def test_an_urgent_kind_is_never_put_off(cast):
    with pytest.raises(Incomplete) as refusal:
        choose(cast.customer_quality, choices={"notice": "daily"})
    assert refusal.value.sentence == (
        "“Proof of goods delivered to you no longer holds” stops goods from being used and always comes at once."
    )


def test_the_page_keeps_what_was_chosen(client, cast):
    client.force_login(cast.vendor)
    answers = {f"kind_{kind.code}": "daily" for kind in mail_wishes.kinds_for(cast.vendor)}
    sent = {
        "time_zone": "Asia/Shanghai",
        "quiet_from": "20:00",
        "quiet_to": "07:00",
        "digest_at": "06:30",
        **answers,
    }
    answer = client.post("/me/mails/", sent)
    assert (answer.status_code, answer.url) == (302, "/me/mails/")
    kept = MailSettings.objects.get(person=cast.vendor)
    assert (kept.time_zone, kept.quiet_from, kept.digest_at) == ("Asia/Shanghai", time(20), time(6, 30))
    assert set(kept.choices.values()) == {"daily"}
    shown = client.get("/me/mails/").context["form"]
    assert shown["kind_order_issued"].value() == "daily"
    refused = client.post("/me/mails/", {**sent, "quiet_to": ""})
    assert refused.context["form"].non_field_errors() == [
        "Quiet hours need both ends. Give from when and until when, or neither."
    ]
