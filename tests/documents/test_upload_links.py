"""Links without an account: made once, asked for the paper later, ended, and good for one order's certificates only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.domain import certificates, upload_links
from documents.models import Certificate, UploadLink
from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.letterboxes import letterbox_of
from portal.domain.sign_in import SignInRefused, sign_in
from portal.models import Event, Person
from subcontract.models import OutsideOrder
from tests.cast import PASSWORD
from tests.factories.certificates import line_of, make_process_certificate, pdf
from tests.factories.inspection import make_lot
from tests.factories.subcontract import make_outside_order

HERE = "203.0.113.7"
NOTHING = (
    "Nothing can be sent by this link. Look whether the whole address was copied, or ask whoever sent you the parts "
    "for a new one."
)


@pytest.fixture
def cast(linked):
    return linked.cast


@pytest.fixture
def line(linked):
    return linked.line


@pytest.fixture
def link(linked):
    return linked.link


@pytest.fixture
def made(linked):
    return linked.link, linked.token


def send(link, line, **facts):
    wanted = {"content": pdf(), "name": "BW 1.pdf"}
    return upload_links.send(link=link, line=line, **{**wanted, **facts})


def refused(act, **facts) -> str:
    with pytest.raises(upload_links.LinkOpensNothing) as refusal:
        act(address=HERE, **facts)
    return refusal.value.sentence


def test_the_secret_is_kept_as_its_hash_alone(made):
    link, token = made
    assert len(token) == 22  # 128 bits
    kept = UploadLink.objects.values().get()
    assert kept["token_sha256"] == sha256_of(token.encode())
    assert [key for key, value in kept.items() if token in str(value)] == []
    assert [event.data for event in Event.objects.filter(noun="upload link")] == [{"made_for": "paper"}]
    assert upload_links.find_link(token, address=HERE) == link


def test_each_paper_has_a_link_of_its_own(cast, line, made):
    second, token = upload_links.make_link(by=cast.operator, order=line.order, made_for="hand")
    assert (second.link_number, token != made[1]) == (2, True)


@pytest.mark.parametrize("at", ["draft", "cancelled"])
def test_an_order_the_vendor_does_not_have_gets_no_link(cast, at):
    order = make_outside_order(cast, at="draft")
    OutsideOrder.objects.filter(pk=order.pk).update(state=at)
    with pytest.raises(NotTheMoment, match=f"{order.number} is {at}; a link is made"):
        upload_links.make_link(by=cast.operator, order=order)


def test_outsiders_make_and_revoke_no_links(cast, line, link):
    with pytest.raises(NotEntitled):
        upload_links.make_link(by=cast.vendor, order=line.order)
    with pytest.raises(NotEntitled):
        upload_links.revoke_link(by=cast.buyer, link=link, reason="x")


def test_a_wrong_a_revoked_and_a_late_link_are_refused_in_the_same_words(cast, made):
    link, token = made
    assert refused(upload_links.find_link, token=token[:-1] + "~") == NOTHING
    upload_links.revoke_link(by=cast.operator, link=link, reason="The paper was lost.")
    assert refused(upload_links.find_link, token=token) == NOTHING


def test_revoking_asks_why_and_happens_once(cast, link):
    with pytest.raises(Incomplete):
        upload_links.revoke_link(by=cast.operator, link=link, reason=" ")
    revoked = upload_links.revoke_link(by=cast.operator, link=link, reason="Lost.")
    assert (revoked.revoked_by, revoked.revoked_reason) == (cast.operator, "Lost.")
    with pytest.raises(NotTheMoment):
        upload_links.revoke_link(by=cast.operator, link=link, reason="Again.")


def test_a_link_holds_until_thirty_days_after_its_order_is_closed(cast, made, line):
    link, token = made
    make_process_certificate(cast, lot=line.traveler, at="accepted")
    order = OutsideOrder.objects.get(pk=line.order_id)
    assert (order.state, upload_links.ends_at(order)) == ("closed", closed_at(order) + timedelta(days=30))
    late = closed_at(order) + timedelta(days=30)
    assert upload_links.find_link(token, address=HERE, at=late - timedelta(seconds=1)) == link
    assert refused(upload_links.find_link, token=token, at=late) == NOTHING


def closed_at(order):
    return Event.objects.get(noun="outside order", number=order.number, verb="close").at


def test_an_open_order_ends_no_link(cast):
    link, token = upload_links.make_link(by=cast.operator, order=make_outside_order(cast))
    far = timezone.now() + timedelta(days=900)
    assert upload_links.find_link(token, address=HERE, at=far) == link


def test_wrong_links_are_counted_by_address(cast, made):
    for _ in range(10):
        refused(upload_links.find_link, token="guess")
    with pytest.raises(upload_links.LinkIsBusy):
        upload_links.find_link("guess", address=HERE)
    # whoever holds a right one is not kept out by a neighbour who guesses
    assert upload_links.find_link(made[1], address=HERE) == made[0]


def test_after_fourteen_days_the_paper_is_asked_for(link):
    assert upload_links.asks_for_paper(link, at=link.made_at + timedelta(days=13, hours=23)) is False
    assert upload_links.asks_for_paper(link, at=link.made_at + timedelta(days=14)) is True


@pytest.mark.parametrize(("number", "quantity", "is_right"), [("", 5, True), ("", 6, False), ("9", 5, False)])
def test_the_paper_is_proved_by_number_and_quantity(link, number, quantity, is_right):
    typed = {"number": f" {link.order.number.lower()}{number}", "quantity": quantity}
    if is_right:
        assert upload_links.prove_paper(link=link, address=HERE, **typed) is None
        return
    with pytest.raises(upload_links.NotOnThePaper):
        upload_links.prove_paper(link=link, address=HERE, **typed)


def test_guessing_the_paper_ends_after_ten_tries(link):
    for _ in range(10):
        with pytest.raises(upload_links.NotOnThePaper):
            upload_links.prove_paper(link=link, number=link.order.number, quantity=99, address=HERE)
    with pytest.raises(upload_links.LinkIsBusy):
        upload_links.prove_paper(link=link, number=link.order.number, quantity=5, address=HERE)


def test_what_is_sent_belongs_to_the_vendor_and_says_who_sent_it(cast, link, line):
    certificate = send(link, line, sender_name=" Jo Hale ", sender_email="jo@bw.example")
    assert (certificate.door, certificate.link, certificate.issuer) == (
        "link",
        link,
        cast.vendor_organization,
    )
    assert (certificate.sent_name, certificate.sent_email) == ("Jo Hale", "jo@bw.example")
    assert certificate.coverages.get().traveler == line.traveler
    event = Event.objects.get(noun="certificate", verb="upload")
    assert (event.data["door"], event.data["sent_by"]) == ("link", "Jo Hale")
    assert Certificate.objects.for_viewer(cast.vendor).get() == certificate
    assert UploadLink.objects.get().last_used_at == certificate.uploaded_at


def test_the_same_file_sent_twice_is_one_certificate(link, line):
    content = pdf()
    assert send(link, line, content=content) == send(link, line, content=content)
    assert send(link, line).number != Certificate.objects.earliest("pk").number
    assert Certificate.objects.count() == 2


def test_one_link_takes_so_many_files_an_hour(link, line, monkeypatch):
    monkeypatch.setattr(upload_links, "MOST_AN_HOUR", 1)
    send(link, line)
    with pytest.raises(upload_links.LinkIsBusy):
        send(link, line)
    hour_later = timezone.now() + timedelta(hours=1, minutes=1)
    assert send(link, line, at=hour_later).state == "received"


def test_a_link_sends_nothing_for_another_vendors_order(cast, link):
    other = line_of(make_lot(cast, at=50))
    OutsideOrder.objects.filter(pk=other.order_id).update(site=other_site(cast))
    other.refresh_from_db()
    with pytest.raises(certificates.NotYourOrder):
        send(link, other)


def other_site(cast):
    return cast.stranger_vendor_organization.sites.get()


def test_the_sender_is_named_once(link, line):
    certificate = send(link, line)
    with pytest.raises(Incomplete):
        upload_links.note_sender(link=link, certificate=certificate, name="", email="")
    named = upload_links.note_sender(link=link, certificate=certificate, name="Jo", email="jo@bw.example")
    assert (named.sent_name, named.sent_email) == ("Jo", "jo@bw.example")
    with pytest.raises(NotTheMoment):
        upload_links.note_sender(link=link, certificate=certificate, name="Al", email="")


def test_the_letterbox_is_one_person_who_can_neither_sign_in_nor_decide(cast):
    letterbox = letterbox_of(cast.vendor_organization)
    assert letterbox_of(cast.vendor_organization) == letterbox
    assert (letterbox.role, letterbox.has_usable_password()) == (Person.VENDOR, False)
    with pytest.raises(SignInRefused):
        sign_in(email=letterbox.email, password=PASSWORD, address=None)
    with pytest.raises(SignInRefused):
        sign_in(email=letterbox.email, password="", address=None)
