"""A mail about an order is answered with the certificate attached; the address it goes to does nothing else."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from documents.domain import mail_in, mailings, reminders, upload_links
from documents.domain.decisions import reject
from documents.domain.reply_links import reply_scope
from documents.models import Arrival, Certificate, UploadLink
from portal import queue
from portal.domain.mails import compose
from portal.domain.reply_addresses import address_of, secret_of
from portal.models import Event, Job
from tests.cast import reauth
from tests.documents.test_mail_in import mail
from tests.documents.test_reminders import noon
from tests.factories.certificates import line_of, make_process_certificate, pdf
from tests.factories.inspection import make_lot
from tests.factories.subcontract import make_outside_order

DOMAIN = "shop.example"


@pytest.fixture
def line(cast):
    """The line of an order whose pieces came back."""
    return line_of(make_lot(cast, at=50))


@pytest.fixture
def by_mail(settings):
    settings.PORTAL_MAIL_REPLY_DOMAIN = DOMAIN


def told(noun: str, verb: str) -> None:
    mailings.follow(Event.objects.filter(noun=noun, verb=verb))


def sent_to(person) -> list:
    """Return the mails that wait for a person, as they leave."""
    jobs = Job.objects.filter(kind="send_mail", arguments__to=getattr(person, "email", person)).order_by("pk")
    return [compose(key=job.unique_key, arguments=job.arguments) for job in jobs]


def said_in(made) -> str:
    return made.body + made.alternatives[0][0]


SENTENCE = "You can also answer this mail with the certificate attached: what you attach reaches this order."


def test_the_mail_of_an_order_is_answered_with_its_certificate(cast, by_mail, mailoutbox):
    order = make_outside_order(cast, at="shipped")
    told("outside order", "issue")
    job = Job.objects.get(kind="send_mail", arguments__to=cast.vendor.email)
    assert queue.run_job(job.pk).state == Job.DONE
    [left] = mailoutbox
    [answer_to] = left.reply_to
    validate_email(answer_to)
    assert left.message()["Reply-To"] == answer_to
    assert said_in(left).count(SENTENCE) == 2
    # the address is made when the mail leaves: it stands in no table
    secret = answer_to.partition("+")[2].partition("@")[0]
    assert len(secret) == 32 and secret not in json.dumps(list(Job.objects.values()), default=str)
    assert not UploadLink.objects.filter(token_sha256=secret).exists()
    taken = mail_in.receive(message=mail(answer_to.upper(), ("BW 1.pdf", pdf())))
    certificate = Certificate.objects.get()
    assert (certificate.door, certificate.link.order) == (Certificate.MAIL, order)
    assert taken.arrival.state == Arrival.PLACED
    # the answer to it can be answered in turn, at the same address
    [answer] = sent_to("jo@bw.example")
    assert answer.reply_to == [answer_to]


def test_every_mail_of_an_order_names_the_same_address_and_other_orders_have_others(cast, by_mail):
    order = make_outside_order(cast, at="shipped")
    other = make_outside_order(cast)
    told("outside order", "issue")
    reminders.remind(at=noon(11))
    reminders.remind(at=noon(15))
    by_subject = {each.subject: each.reply_to for each in sent_to(cast.vendor)}
    of_order = {tuple(to) for subject, to in by_subject.items() if order.number in subject}
    assert len([subject for subject in by_subject if order.number in subject]) == 3
    assert of_order == {(address_of(reply_scope(order)),)}
    assert (address_of(reply_scope(other)),) not in of_order
    link = order.upload_links.get()
    assert (link.made_for, link.made_by) == (UploadLink.MAIL, order.issue_signature.person)


def test_it_opens_no_page_and_a_link_on_paper_opens_no_mail(cast, line, by_mail, client):
    _link, token = upload_links.make_link(by=cast.operator, order=line.order)
    secret = secret_of(reply_scope(line.order))
    with pytest.raises(upload_links.LinkOpensNothing):
        upload_links.find_link(secret, address=None)
    assert client.get(f"/send/{secret}/").status_code == 410
    assert client.get(f"/send/{token}/").status_code == 200
    paper = f"certificates+{token}@{DOMAIN}"
    assert mail_in.link_addressed([paper]) is None
    assert mail_in.link_addressed([paper, f"certificates+{secret}@{DOMAIN}"]).order == line.order


def test_a_revoked_address_takes_nothing_and_the_next_mail_names_a_new_one(cast, line, by_mail):
    order = line.order
    old = address_of(reply_scope(order))
    link = order.upload_links.get(made_for=UploadLink.MAIL)
    upload_links.revoke_link(by=cast.operator, link=link, reason="Forwarded to strangers.")
    mail_in.receive(message=mail(old, ("1.pdf", pdf())))
    assert (Certificate.objects.count(), Arrival.objects.get().link) == (0, None)
    new = address_of(reply_scope(order))
    assert new != old
    mail_in.receive(message=mail(new, ("2.pdf", pdf())))
    assert Certificate.objects.get().link.order == order


def test_with_another_key_of_the_portal_old_mails_are_still_answered(line, by_mail, settings):
    old = address_of(reply_scope(line.order))
    settings.SECRET_KEY = "another key, as long as one has to be for this portal to start"
    new = address_of(reply_scope(line.order))
    assert new != old
    assert [mail_in.link_addressed([each]).order for each in (old, new)] == [line.order] * 2


def test_a_shop_without_mail_names_no_address_and_makes_no_link(cast, settings):
    settings.PORTAL_MAIL_REPLY_DOMAIN = ""
    make_outside_order(cast)
    told("outside order", "issue")
    [made] = sent_to(cast.vendor)
    assert (made.reply_to, SENTENCE in said_in(made), UploadLink.objects.count()) == ([], False, 0)


def test_a_cancelled_order_and_an_unissued_one_have_no_address(cast, by_mail):
    draft = make_outside_order(cast, at="draft")
    assert (draft.state, reply_scope(draft)) == ("draft", "")


def test_a_rejected_certificate_is_corrected_by_an_answer(cast, by_mail):
    lot = make_lot(cast, at=50)
    first = make_process_certificate(cast, lot=lot)
    reject(by=cast.quality, certificate=first, reason="The class is missing.", token=reauth(cast.quality))
    told("certificate", "reject")
    [made] = sent_to(cast.vendor)
    [answer_to] = made.reply_to
    mail_in.receive(message=mail(answer_to, ("BW 1 corrected.pdf", pdf(2))))
    assert Certificate.objects.latest("pk").replaces == first


def test_who_typed_an_address_into_the_page_gets_none_to_answer_to(cast, line, by_mail):
    link, _token = upload_links.make_link(by=cast.operator, order=line.order)
    by_link = upload_links.send(
        link=link,
        line=line,
        content=pdf(),
        name="1.pdf",
        sender_name="Jo",
        sender_email="jo@typo.example",
    )
    reject(by=cast.quality, certificate=by_link, reason="No stamp.", token=reauth(cast.quality))
    told("certificate", "reject")
    [made] = sent_to("jo@typo.example")
    assert (made.reply_to, SENTENCE in said_in(made)) == ([], False)


@pytest.mark.parametrize("language", ["de", "es", "zh-hans"])
def test_the_sentence_is_in_the_language_of_its_reader(cast, by_mail, language):
    cast.vendor.language = language
    cast.vendor.save()
    make_outside_order(cast)
    told("outside order", "issue")
    [made] = sent_to(cast.vendor)
    assert SENTENCE not in said_in(made)
    assert len(made.reply_to) == 1


def test_no_address_is_longer_than_mail_allows(cast, by_mail):
    address = address_of(reply_scope(make_outside_order(cast)))
    local = address.partition("@")[0]
    try:
        validate_email(address)
    except ValidationError:
        pytest.fail(address)
    assert (len(local) <= 64, local == local.lower()) == (True, True)
