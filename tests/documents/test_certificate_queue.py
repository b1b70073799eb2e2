"""The queue of certificates: what waits, how it compares and from when, and what comes back against it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.domain import certificates, mailings, standing_comparisons
from documents.domain.readings import keep_reading
from documents.formats.paper import Reading
from documents.models import Certificate, StandingComparison
from documents.tasks import read_certificate  # noqa: F401  registers the work
from portal import feed, queue
from portal.models import Event, MailEntry
from portal.permissions import QUALITY
from tests.documents.test_list_statements import add_certificates
from tests.factories.certificates import make_process_certificate, pdf, what_the_paper_says
from tests.factories.inspection import make_lot
from tests.factories.routes import today
from tests.factories.subcontract import line_of, make_outside_order, receive
from tests.machine import Machine

pytestmark = pytest.mark.django_db
QUEUE = "/certificates/waiting/"
WORK = [standing_comparisons.COMPARE]


def rows(client, **query) -> list[tuple]:
    return [(row.number, row.verdict, row.verdict_words) for row in client.get(QUEUE, query).context["rows"]]


def follow() -> None:
    standing_comparisons.follow(Event.objects.order_by("pk"))


def test_queue_says_what_is_read_what_is_compared_and_from_when(cast, sign_in):
    first = make_process_certificate(cast, at="received")
    second = make_process_certificate(cast, spec_revision="E")
    client = sign_in(cast.quality)
    assert rows(client) == [
        (first.number, "working", "being read"),
        (second.number, "waiting", "not compared yet"),
    ]
    queue.work_off(["read_certificate"])
    follow()
    kept = StandingComparison.objects.get(certificate=second)
    assert kept.stopping == ["specification revision"]
    said = f"{kept.compared_at:%-d %b %H:%M} UTC"
    assert rows(client)[1] == (
        second.number,
        "mismatch",
        f"1 must agree first: specification revision; {kept.asks} to be looked at; {kept.agrees} agree, {said}",
    )


def test_page_of_the_lot_says_what_the_comparison_leaves_to_a_person(cast, sign_in):
    lot = make_lot(cast, at=50)
    certificate = make_process_certificate(cast, lot=lot, spec_revision="E")
    queue.work_off(["read_certificate"])
    follow()
    page = sign_in(cast.quality).get(lot.get_absolute_url()).content.decode()
    asking = ", ".join(StandingComparison.objects.get(certificate=certificate).asking)
    assert asking.startswith("order, part, ")
    said = f"In its way: specification revision. A person has to look at the page for: {asking}."
    assert page.count(said) == 1


def test_a_decided_certificate_leaves_the_queue(cast, sign_in):
    make_process_certificate(cast, at="accepted")
    follow()
    assert rows(sign_in(cast.inspector)) == []


def test_queue_by_due_date_begins_with_what_is_due_first(cast, sign_in):
    late, soon = make_process_certificate(cast), make_process_certificate(cast)
    for certificate, days in ((late, 30), (soon, -1)):
        line = certificate.coverages.get().traveler.order_line
        line.due_on = today() + timedelta(days=days)
        line.save()
    client = sign_in(cast.quality)
    assert [row[0] for row in rows(client)] == [late.number, soon.number]
    assert [row[0] for row in rows(client, order="due")] == [soon.number, late.number]
    assert [row.is_late for row in client.get(QUEUE, {"order": "due"}).context["rows"]] == [True, False]


def test_queue_takes_as_many_statements_for_thirty_rows_as_for_one(cast, sign_in):
    make_process_certificate(cast)
    client = sign_in(cast.quality)
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        client.get(QUEUE)
    add_certificates(cast)
    with CaptureQueriesContext(connection) as thirty:
        page = client.get(QUEUE)
    assert (len(page.context["rows"]), len(thirty)) == (30, len(one))


def test_machines_ask_for_what_waits(cast):
    waiting = make_process_certificate(cast)
    make_process_certificate(cast, at="accepted")
    answer = Machine(cast.quality).get("/api/v1/certificates/?waits=true")
    assert [row["number"] for row in answer.json()["results"]] == [waiting.number]


@pytest.fixture
def away(cast) -> Certificate:
    """A certificate that came before its pieces; it names tomorrow as the day of the work."""
    order = make_outside_order(cast, at="shipped")
    line = line_of(order)
    certificate = certificates.upload(
        by=cast.vendor, content=pdf(), name="bw.pdf", kind=Certificate.PROCESS, line=line
    )
    tomorrow = today() + timedelta(days=1)
    says = what_the_paper_says(line.traveler) | {"process_to": tomorrow, "stated_on": tomorrow}
    certificate = certificates.enter_fields(by=cast.inspector, certificate=certificate, **says)
    follow()
    return certificate


def differences() -> list[tuple]:
    return list(Event.objects.filter(verb="differ").values_list("number", "lots", "data"))


def test_pieces_that_come_back_are_held_against_their_certificate_once(cast, sign_in, away):
    order = away.coverages.get().traveler.outside_lines.get().order
    receive(cast, order, line_of(order).quantity)
    follow()
    queue.work_off(WORK)
    lot = away.coverages.get().traveler.number
    assert differences() == [(away.number, [lot], {"keys": ["process dates"]})]
    assert rows(sign_in(cast.quality))[0][2].startswith(
        "differs since the pieces came back; 1 must agree first: process dates"
    )
    follow()
    standing_comparisons.compare_returned(away, known=[])
    assert len(differences()) == 1
    mailings.follow(Event.objects.filter(verb="differ"))
    # nobody has accepted it yet, so quality hears of it with what waits in the morning
    told = set(MailEntry.objects.values_list("person__role", "subject"))
    subject = f"Certificate {away.number} differs since its pieces came back"
    assert told == {(role, subject) for role in QUALITY}


def test_pieces_that_fit_their_certificate_are_no_event(cast, away):
    certificates.enter_fields(by=cast.inspector, certificate=away, process_to=today(), stated_on=today())
    follow()
    order = away.coverages.get().traveler.outside_lines.get().order
    receive(cast, order, line_of(order).quantity)
    follow()
    queue.work_off(WORK)
    assert differences() == []


def test_the_feed_keeps_the_comparisons(cast):
    assert feed.readers()["comparisons"] is standing_comparisons
    make_process_certificate(cast)
    standing_comparisons.start_over()
    assert StandingComparison.objects.count() == 1


def test_the_page_that_waits_asks_until_it_is_read(cast, sign_in):
    certificate = make_process_certificate(cast, at="received")
    client = sign_in(cast.vendor)
    address = reverse("documents:certificate-progress", args=[certificate.number])
    order = certificate.coverages.get().traveler.outside_lines.get().order
    pages = (address, certificate.get_absolute_url(), order.get_absolute_url())
    assert [f'hx-get="{address}"' in client.get(page).content.decode() for page in pages] == [
        True,
        True,
        True,
    ]
    keep_reading(certificate=certificate, reading=Reading(pages_read=1), reader="test")
    assert "hx-get" not in client.get(address).content.decode()
