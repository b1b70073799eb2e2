"""A stack is kept, its pages proposed, corrected by its clerk, and made certificates of one file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.domain import arrivals
from documents.domain.arrivals import Piece
from documents.domain.certificates import PagesNotThere
from documents.models import Arrival, Certificate
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.files import FileRefused
from portal.models import Event, StoredFile
from subcontract.models import OutsideOrder
from tests.documents.test_link_pages import text_pdf


@pytest.fixture
def cast(linked):
    return linked.cast


@pytest.fixture
def line(linked):
    return linked.line


@pytest.fixture
def arrival(cast, line):
    content = text_pdf(line.order.number, "continued", "an advertisement")
    return arrivals.bring_stack(by=cast.operator, content=content, name="stack.pdf")


def place(cast, arrival, *pieces):
    return arrivals.place(by=cast.operator, arrival=arrival, pieces=pieces)


def test_the_pages_are_proposed_by_the_numbers_on_them(arrival, line):
    assert arrival.files.get().proposals == [{"page_from": 1, "page_to": 3, "order": line.order.number}]
    assert (arrival.state, arrival.words[:33]) == ("waiting", "1 order number could be read. Loo")


def test_many_certificates_come_of_one_file(cast, arrival, line):
    first, second = place(cast, arrival, Piece(1, 1, 2, line), Piece(1, 3, 3, line))
    assert [(each.page_from, each.page_to, each.door) for each in (first, second)] == [
        (1, 2, "stack"),
        (3, 3, "stack"),
    ]
    assert (first.file, second.issuer) == (second.file, cast.vendor_organization)
    assert StoredFile.objects.filter(original_name="stack.pdf").count() == 1
    placed = Event.objects.get(noun="arrival", verb="place")
    assert placed.data["certificates"] == [first.number, second.number]
    with pytest.raises(NotTheMoment):
        place(cast, arrival, Piece(1, 1, 1, line))
    assert Certificate.objects.count() == 2


def test_refused_for_one_piece_nothing_is_placed(cast, arrival, line):
    with pytest.raises(PagesNotThere):
        place(cast, arrival, Piece(1, 1, 2, line), Piece(1, 3, 4, line))
    assert (Certificate.objects.count(), Arrival.objects.get().state) == (0, "waiting")


@pytest.mark.parametrize("pieces", [[], [1, 1], [2]])
def test_pieces_must_name_something_once(cast, arrival, line, pieces):
    with pytest.raises(Incomplete):
        place(cast, arrival, *[Piece(position, 1, 1, line) for position in pieces])
    assert Certificate.objects.count() == 0


def test_a_cancelled_order_takes_no_certificate(cast, arrival, line):
    OutsideOrder.objects.filter(pk=line.order_id).update(state="cancelled")
    line.order.refresh_from_db()
    with pytest.raises(NotTheMoment):
        place(cast, arrival, Piece(1, 1, 1, line))


def test_setting_aside_says_why_and_can_be_undone(cast, arrival):
    with pytest.raises(Incomplete):
        arrivals.set_aside(by=cast.operator, arrival=arrival, reason=" ")
    aside = arrivals.set_aside(by=cast.operator, arrival=arrival, reason="An advertisement.")
    assert (aside.state, aside.set_aside_reason) == ("set_aside", "An advertisement.")
    with pytest.raises(NotTheMoment):
        arrivals.set_aside(by=cast.operator, arrival=arrival, reason="Again.")
    assert arrivals.take_up(by=cast.operator, arrival=arrival).state == "waiting"
    with pytest.raises(NotTheMoment):
        arrivals.take_up(by=cast.operator, arrival=arrival)


def test_outsiders_do_nothing_with_arrivals(cast, arrival, line):
    for act in (
        lambda by: arrivals.bring_stack(by=by, content=b"", name="x.pdf"),
        lambda by: arrivals.place(by=by, arrival=arrival, pieces=[Piece(1, 1, 1, line)]),
        lambda by: arrivals.set_aside(by=by, arrival=arrival, reason="x"),
        lambda by: arrivals.take_up(by=by, arrival=arrival),
    ):
        for by in (cast.vendor, cast.buyer):
            with pytest.raises(NotEntitled):
                act(by)
    assert [Arrival.objects.for_viewer(by).count() for by in (cast.vendor, cast.buyer)] == [0, 0]


def test_what_cannot_be_read_is_no_stack(cast):
    with pytest.raises(FileRefused):
        arrivals.bring_stack(by=cast.operator, content=b"", name="stack.pdf")
    assert Arrival.objects.count() == 0


def test_the_clerk_corrects_the_proposal_on_the_page(cast, line, sign_in):
    client = sign_in(cast.operator)
    content = text_pdf(line.order.number, "an advertisement")
    brought = client.post("/arrivals/bring/", {"file": SimpleUploadedFile("stack.pdf", content)})
    arrival = Arrival.objects.get()
    assert brought.url == f"/arrivals/{arrival.number}/place/"
    page = client.get(brought.url).content.decode()
    assert (f'value="{line.pk}" selected' in page, "/files/1/pages/2/" in page) == (True, True)
    row = {"file_0": "1", "from_0": "1", "to_0": "2", "line_0": line.pk}
    spare = {
        f"{name}_{at}": "1" if name == "file" else ""
        for at in (1, 2)
        for name in ("file", "from", "to", "line")
    }
    lacking = client.post(brought.url, {**row, **spare, "from_0": ""})
    assert (lacking.status_code, "Type the first page" in lacking.content.decode()) == (422, True)
    client.post(brought.url, {**row, **spare, "to_0": "1"})
    made = Certificate.objects.get()
    assert (made.page_from, made.page_to, made.uploaded_by) == (1, 1, cast.operator)
    picture = client.get(f"/arrivals/{arrival.number}/files/1/pages/1/")
    assert (picture.headers["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get(f"/arrivals/{arrival.number}/files/1/original/").content == content
    assert "placed" in client.get("/arrivals/").content.decode().lower()
