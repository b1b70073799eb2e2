import re

import pytest
from django.test import Client

from portal import queue
from portal.domain import passwords
from portal.domain.attempts import LIMIT
from portal.domain.errors import NotTheMoment
from portal.domain.moves import lock
from portal.domain.passwords import PasswordTooWeak, change_password, reset_password
from portal.domain.reauthentication import CredentialRefused
from portal.models import Job
from tests.cast import PASSWORD

STRONG = "four quiet herons at dawn"
SENT = "If this address has an account, a link is on its way. It holds for one hour."
USED = "This link was used before or is too old. Ask for a new one."


def mailed_link(mailoutbox) -> str:
    return re.search(r"(/password-reset/\S+)", mailoutbox[-1].body).group(1)


def ask(client, email: str):
    """Ask for a link; a worker sends it."""
    answer = client.post("/password-reset/", {"email": email}, follow=True)
    queue.work_off()
    return answer


def test_a_mailed_link_sets_a_new_password_once(client, cast, mailoutbox):
    answer = ask(client, cast.operator.email.upper())
    assert [str(each) for each in answer.context["messages"]] == [SENT]
    assert [mail.to for mail in mailoutbox] == [[cast.operator.email]]
    link = mailed_link(mailoutbox)
    assert client.get(link).status_code == 200
    answer = client.post(link, {"new_password": STRONG, "repeated": STRONG})
    assert (answer.status_code, answer.url) == (302, "/sign-in/")
    cast.operator.refresh_from_db()
    assert cast.operator.check_password(STRONG)
    again = client.get(link)
    assert (again.status_code, again.context["sentence"]) == (410, USED)


def test_a_link_used_meanwhile_sets_no_second_password(client, cast, mailoutbox, monkeypatch):
    ask(client, cast.quality.email)
    uid, token = mailed_link(mailoutbox).strip("/").split("/")[-2:]

    def locked_after_the_first(person):
        first = lock(person)
        first.set_password("the first of two senders")
        first.save()
        return lock(person)

    monkeypatch.setattr(passwords, "lock", locked_after_the_first)
    with pytest.raises(NotTheMoment):
        reset_password(uid=uid, token=token, password="the second of two senders")


def test_an_old_password_changed_meanwhile_changes_nothing(cast, monkeypatch):
    def locked_after_the_owner(person):
        first = lock(person)
        first.set_password("what the owner chose just now")
        first.save()
        return lock(person)

    monkeypatch.setattr(passwords, "lock", locked_after_the_owner)
    with pytest.raises(NotTheMoment):
        change_password(by=cast.quality, old=PASSWORD, new="what a thief chose by then")


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, cast, mailoutbox):
    answer = ask(client, "nobody@halden.example")
    assert [str(each) for each in answer.context["messages"]] == [SENT]
    assert mailoutbox == []


@pytest.mark.parametrize("words", ["MQ/nothing", "%F0%9F/x-y", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x-y"])
def test_a_link_that_is_none_is_refused(client, cast, words):
    answer = client.get(f"/password-reset/{words}/")
    assert (answer.status_code, answer.context["sentence"]) == (410, USED)


def test_a_reset_ends_every_open_session(client, cast, mailoutbox):
    elsewhere = Client()
    elsewhere.force_login(cast.operator)
    ask(client, cast.operator.email)
    client.post(mailed_link(mailoutbox), {"new_password": STRONG, "repeated": STRONG})
    assert elsewhere.get("/me/").status_code == 302


def test_a_mailbox_is_not_flooded(client, cast, mailoutbox):
    for _ in range(LIMIT):
        ask(client, cast.operator.email)
    answer = ask(client, cast.operator.email)
    assert (answer.status_code, len(mailoutbox)) == (422, LIMIT)


def test_whoever_asks_waits_for_no_mail_server_and_sees_none_fail(client, cast, settings, mailoutbox):
    def asked(email):
        return client.post("/password-reset/", {"email": email}, follow=True)

    # a mail server answers in its own time, and only for addresses with an account
    known, unknown = asked(cast.operator.email), asked("nobody@halden.example")
    assert mailoutbox == []
    assert [str(each) for each in known.context["messages"]] == [SENT]
    assert [str(each) for each in unknown.context["messages"]] == [SENT]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    queue.work_off()
    job = Job.objects.get(kind="mail_reset")
    assert (job.state, job.arguments) == (Job.WAITING, {"person": cast.operator.pk})


def test_a_link_leads_to_the_portal_s_own_address_whatever_host_was_named(client, cast, settings, mailoutbox):
    settings.PORTAL_ADDRESS = "https://portal.halden.example"
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/password-reset/", {"email": cast.operator.email}, headers={"host": "evil.example"})
    queue.work_off()
    assert "https://portal.halden.example/password-reset/" in mailoutbox[-1].body
    assert "evil" not in mailoutbox[-1].body


def test_changing_ones_password_needs_the_old_one_and_keeps_only_this_session(client, cast):
    elsewhere = Client()
    for each in (client, elsewhere):
        each.force_login(cast.operator)
    wrong = client.post(
        "/me/password/", {"old_password": "wrong", "new_password": STRONG, "repeated": STRONG}
    )
    assert wrong.context["form"].non_field_errors() == [
        "The present password is not right, so nothing was changed. Type it again."
    ]
    right = client.post(
        "/me/password/", {"old_password": PASSWORD, "new_password": STRONG, "repeated": STRONG}
    )
    assert (right.status_code, right.url) == (302, "/me/")
    assert (client.get("/me/").status_code, elsewhere.get("/me/").status_code) == (200, 302)


@pytest.mark.parametrize("weak", ["short", "sami.okonjo@halden.example", "1234567890123"])
def test_a_weak_password_is_refused(cast, weak):
    with pytest.raises(CredentialRefused):
        change_password(by=cast.operator, old="wrong", new=weak)
    with pytest.raises(PasswordTooWeak):
        change_password(by=cast.operator, old=PASSWORD, new=weak)
    cast.operator.refresh_from_db()
    assert cast.operator.check_password(PASSWORD)
