"""The outbox: one job a mail and reader, the same bytes each time, nothing that writes headers of its own."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from portal import queue
from portal.domain.mails import MailRefused, compose, send_mail
from portal.models import Event, Job
from tests.portal.smtp_server import mail_server

SENTENCE = "Certificate C-000001 was rejected: <b>wrong & heat</b>."


def put_down(cast, *, key="rejected C-000001", to=None, **facts) -> Job:
    wanted = {
        "subject": "Certificate %(number)s was rejected",
        "template": "plain",
        "context": {
            "number": "C-000001",
            "reader": "Vera",
            "sentence": SENTENCE,
            "facts": [{"label": "Order", "value": "PO-000001"}],
            "path": "/certificates/C-000001/",
        },
        "about": ("certificate", "C-000001"),
    }
    return send_mail(to=to or cast.vendor, key=key, **{**wanted, **facts})


@pytest.fixture
def smtp(settings):
    with mail_server() as (port, taken):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        settings.DEFAULT_FROM_EMAIL = "Halden Precision <portal@halden.example>"
        settings.PORTAL_ADDRESS = "https://portal.halden.example"
        yield taken


def test_a_mail_is_one_job_a_key_and_reader(cast):
    first, again, other = put_down(cast), put_down(cast), put_down(cast, to=cast.quality)
    assert first.pk == again.pk != other.pk
    assert first.arguments["subject"] == "Certificate C-000001 was rejected"
    assert Job.objects.filter(kind="send_mail").count() == 2


def test_a_worker_sends_it_through_a_real_mail_server(cast, smtp):
    job = queue.run_job(put_down(cast).pk)
    assert (job.state, job.last_error) == (Job.DONE, "")
    [mail] = smtp
    text, page = (mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert {name: mail[name] for name in ("To", "Subject", "Auto-Submitted", "List-Unsubscribe")} == {
        "To": cast.vendor.email,
        "Subject": "Certificate C-000001 was rejected",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://portal.halden.example/me/mails/>",
    }
    assert re.fullmatch(r"<[0-9a-f]{40}@halden\.example>", mail["Message-ID"])
    assert re.fullmatch(r"<[0-9a-f]{40}@halden\.example>", mail["References"])
    assert (
        f"Hello Vera,\n\n{SENTENCE}\nOrder: PO-000001\n\nOpen it: https://portal.halden.example/cer" in text
    )
    assert "Certificate C-000001 was rejected: &lt;b&gt;wrong &amp; heat&lt;/b&gt;." in page
    assert re.findall(r"<(?:img|link|script)", page) == []
    assert [part.get_content_type() for part in mail.iter_attachments()] == []


def test_sent_again_after_a_crash_it_has_the_same_message_id(cast, smtp):
    job = put_down(cast)
    for _ in range(2):
        compose(key=job.unique_key, arguments=job.arguments).send()
    assert smtp[0]["Message-ID"] == smtp[1]["Message-ID"]
    other = put_down(cast, key="rejected C-000002")
    assert (
        compose(key=other.unique_key, arguments=other.arguments).extra_headers["Message-ID"]
        != smtp[0]["Message-ID"]
    )


def test_an_address_the_server_refuses_for_good_is_parked_at_once(cast, smtp):
    job = queue.run_job(put_down(cast, to="gone@brightwater.example").pk)
    assert (job.state, job.last_error) == (
        Job.PARKED,
        "The mail server refuses mail for gone@brightwater.example. Correct the address in the person's account.",
    )
    assert Event.objects.filter(noun="job", verb="park", number=job.unique_key).count() == 1


def test_a_server_that_is_away_is_tried_five_times_and_then_parked(cast, smtp, settings):
    settings.EMAIL_PORT = 9
    job = put_down(cast)
    states = []
    for _ in range(5):
        Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
        states.append(queue.run_job(job.pk).state)
    assert states == [Job.WAITING] * 4 + [Job.PARKED]


def test_who_has_left_gets_none(cast, smtp):
    job = put_down(cast)
    cast.vendor.is_active, cast.vendor.disabled_at = False, timezone.now()
    cast.vendor.save()
    assert (queue.run_job(job.pk).state, smtp) == (Job.DONE, [])


@pytest.mark.parametrize("line", ["Two\r\nBcc: all@evil.example", "Two\nlines", "\x00", "", "a\u2028b"])
def test_a_subject_that_writes_headers_is_refused(cast, line):
    with pytest.raises(MailRefused) as refusal:
        put_down(cast, subject=line)
    assert refusal.value.sentence == (
        f"The mail to {cast.vendor.email} has no subject of one line. Write it on one line."
    )
    assert Job.objects.filter(kind="send_mail").count() == 0


def test_a_name_of_two_lines_stands_on_one_in_the_subject(cast):
    job = put_down(cast, context={"number": "C-000001\r\nBcc: all@evil.example"})
    assert job.arguments["subject"] == "Certificate C-000001 Bcc: all@evil.example was rejected"


@pytest.mark.parametrize(
    "address", ["a@b.example\nBcc: x@y.example", "nobody", "A <a@b.example>", "a@b.example,c@d.example"]
)
def test_what_is_no_address_is_refused(cast, address):
    with pytest.raises(MailRefused):
        put_down(cast, to=address)


def test_a_template_outside_the_folder_of_mails_is_refused(cast):
    with pytest.raises(MailRefused) as refusal:
        put_down(cast, template="../portal/me")
    assert refusal.value.sentence == "There is no mail called ../portal/me."
