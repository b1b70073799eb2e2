"""Who is mailed what when something happens: numbers and what to do, never what is labelled or of somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from documents.domain import mailings
from documents.domain.decisions import reject
from documents.domain.letters import say_day
from portal import feed
from portal.domain.mail_wishes import choose
from portal.domain.mails import compose
from portal.models import Event, Job, Label, Person
from portal.permissions import QUALITY
from subcontract.domain import vendor_statements
from tests.cast import reauth
from tests.factories.certificates import accept, make_process_certificate
from tests.factories.documents import make_package
from tests.factories.findings import make_action, make_request
from tests.factories.inspection import make_lot
from tests.factories.notices import make_notice
from tests.factories.routes import today
from tests.factories.subcontract import make_lot_to_send, make_outside_order


def mails(noun: str, verb: str) -> list[dict]:
    """Let the reader meet the events twice, and return what is in the outbox for them."""
    events = Event.objects.filter(noun=noun, verb=verb)
    for _ in range(2):
        mailings.follow(events)
    return [job.arguments for job in Job.objects.filter(kind="send_mail").order_by("pk")]


def heads(sent: list[dict]) -> list[tuple[str, str]]:
    return [(mail["to"], mail["subject"]) for mail in sent]


def text_of(mail: dict) -> str:
    made = compose(key="proof", arguments=mail)
    return made.body + made.alternatives[0][0]


def test_an_issued_order_goes_to_the_people_of_its_vendor_without_the_customers_name(cast):
    order = make_outside_order(cast)
    sent = mails("outside order", "issue")
    assert heads(sent) == [(cast.vendor.email, f"Order {order.number} for you")]
    assert {fact["label"]: fact["value"] for fact in sent[0]["context"]["facts"]} == {
        "Order": order.number,
        "Due back": say_day(order.due_on),
        "Pieces": str(order.lines.get().quantity),
        "Work": str(order.lines.get().specification),
        "The certificate states": order.certificate_content,
    }
    assert sent[0]["context"]["path"] == order.get_absolute_url()
    assert "orrin" not in text_of(sent[0]).lower()


def test_of_a_labelled_part_a_mail_says_the_number_alone(cast):
    lot = make_lot_to_send(cast)
    revision = lot.route_revision.part_revision
    revision.label = Label.objects.create(code="NDA-7", name="Under NDA", strictness=7)
    revision.save()
    order = make_outside_order(cast, lot=lot)
    [mail] = mails("outside order", "issue")
    assert [fact["label"] for fact in mail["context"]["facts"]] == ["Order", "Due back", "Pieces"]
    text = text_of(mail)
    said = (order.certificate_content, str(order.lines.get().specification), revision.part.number)
    assert [words for words in said if words in text] == []


def test_a_rejected_certificate_is_told_with_its_reason_and_an_accepted_one_too(cast):
    lot = make_lot(cast, at=50)
    first = make_process_certificate(cast, lot=lot)
    reject(by=cast.quality, certificate=first, reason="The class is missing.", token=reauth(cast.quality))
    [mail] = mails("certificate", "reject")
    assert (mail["to"], mail["subject"]) == (cast.vendor.email, f"Certificate {first.number} was rejected")
    assert mail["context"]["facts"] == [{"label": "Why", "value": "The class is missing."}]
    second = accept(cast, make_process_certificate(cast, lot=lot))
    assert heads(mails("certificate", "accept"))[1:] == [
        (cast.vendor.email, f"Certificate {second.number} is accepted")
    ]


def test_the_reason_about_a_labelled_file_stays_behind_sign_in(cast):
    lot = make_lot(cast, at=50)
    revision = lot.route_revision.part_revision
    revision.label = Label.objects.create(code="NDA-7", name="Under NDA", strictness=7)
    revision.save()
    certificate = make_process_certificate(cast, lot=lot)
    reject(by=cast.quality, certificate=certificate, reason="Bore 10.4 mm.", token=reauth(cast.quality))
    [mail] = mails("certificate", "reject")
    assert (mail["context"]["facts"], "10.4" in text_of(mail)) == ([], False)


def test_a_vendors_corrective_action_is_told_with_its_day_and_the_shops_own_is_not(cast):
    make_action(cast)
    action = make_action(cast, vendor=cast.vendor_organization, due_on=today() + timedelta(days=9))
    assert heads(mails("corrective action", "open")) == [
        (
            cast.vendor.email,
            f"Corrective action {action.number}: your answer is due on {say_day(action.due_on)}",
        )
    ]


def test_what_a_vendor_disputes_is_told_to_quality_and_the_answer_to_the_vendor(cast):
    line = make_outside_order(cast).lines.get()
    made = vendor_statements.dispute(
        by=cast.vendor, line=line, subject="requirement", words="The tank is too short."
    )
    subject = f"{made.number}: {line.order.site.organization.name}, disputed on {line}"
    quality = Person.objects.filter(role__in=QUALITY).values_list("email", flat=True)
    sent = mails("vendor statement", "make")
    assert sorted(heads(sent)) == sorted((to, subject) for to in quality)
    assert cast.quality.email in quality
    assert "too short" not in text_of(sent[0])
    vendor_statements.answer_dispute(
        by=cast.quality, statement=made, is_agreed=False, answer="Use the long tank."
    )
    answered = [mail for mail in mails("vendor statement", "refuse") if mail["to"] == cast.vendor.email]
    assert heads(answered) == [(cast.vendor.email, f"Answer to {made.number}")]
    assert answered[0]["context"]["facts"] == [{"label": "Our answer", "value": "Use the long tank."}]


def test_an_order_that_is_only_taken_is_mailed_to_nobody(cast):
    vendor_statements.acknowledge(by=cast.vendor, line=make_outside_order(cast).lines.get())
    assert mails("vendor statement", "make") == []


def test_a_customer_learns_what_waits_for_its_decision(cast):
    request = make_request(cast)
    assert heads(mails("concession request", "request")) == [
        (cast.customer_quality.email, f"Request {request.number} asks you to let pieces pass")
    ]


def test_an_answered_question_is_not_mailed_any_more(cast):
    make_request(cast, at="withdrawn")
    assert mails("concession request", "request") == []


def test_a_package_is_told_to_the_customers_people_with_its_seal(cast):
    package = make_package(cast, at="shared")
    sent = mails("package", "release")
    subject = f"Release package {package.number} is there for you"
    assert heads(sent) == [(person.email, subject) for person in (cast.buyer, cast.customer_quality)]
    assert sent[0]["context"]["facts"][0]["value"] == package.manifest_sha256


def test_fallen_proof_is_told_to_quality_at_once_whatever_they_wished(cast):
    notice = make_notice(cast)
    choose(by=cast.quality, time_zone="UTC", choices={"what_waits": "off"})
    sent = mails("notice", "draft")
    words = f"Notice {notice.number}: proof of goods we delivered no longer holds"
    wanted = (cast.manager, cast.second_manager, cast.quality, cast.second_quality)
    assert sorted(heads(sent)) == sorted((person.email, words) for person in wanted)


def test_nothing_is_mailed_of_the_time_before_anybody_followed(cast):
    make_action(cast, vendor=cast.vendor_organization)
    mailings.start_over()
    assert Job.objects.filter(kind="send_mail").count() == 0
    assert feed.readers()["mails"] is mailings


@pytest.mark.parametrize("language", ["", "de"])
def test_a_mail_is_put_down_in_the_language_of_its_reader(cast, language):
    Person.objects.filter(pk=cast.vendor.pk).update(language=language)
    make_action(cast, vendor=cast.vendor_organization)
    [mail] = mails("corrective action", "open")
    assert mail["language"] == language
