"""Any number leads to its record, for those who may see it; for others it does not exist."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from documents.domain import arrivals, search
from documents.domain.findable import KINDS
from documents.models import Disposal
from portal.models import Person
from routes.models.parts import Part
from routes.models.travelers import Piece, Traveler
from tests.factories.certificates import pdf
from tests.factories.documents import make_package, share
from tests.factories.exports import make_registration
from tests.factories.inspection import make_nonconformance
from tests.factories.retention import make_disposal, place_hold
from tests.factories.routes import make_material, make_open_traveler, make_part
from tests.factories.subcontract import make_outside_order
from tests.inspection import examples

NOT = "QX-0000-NOT"
pytestmark = pytest.mark.django_db


def find(client, text):
    return client.get(reverse("documents:search"), {"q": text})


def headings(answer):
    return {group.heading: [hit.number for hit in group.hits] for group in answer.context["found"].groups}


def said(answer, text):
    """Return the words of a page without those that differ by chance or by what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    # what was typed stands in the field, and in the address to come back to
    page = re.sub(r'name="next" value="[^"]*"', "", page)
    return answer.status_code, page.replace(escape(text), "…")


@pytest.fixture
def house(cast):
    """A shared package with all that stands behind it, and a nonconformance of another lot."""
    make_package(cast, at="shared")
    make_nonconformance(cast)
    return cast


def records_with_numbers():
    return [(kind, record) for kind in KINDS for record in kind.model._base_manager.all()[:3]]


def test_an_exact_number_leads_straight_to_its_record(house, sign_in):
    client = sign_in(house.quality)
    straight = {}
    for kind, record in records_with_numbers():
        if kind.own_number and kind.name(record) != "":
            answer = find(client, kind.name(record).lower())
            straight[kind.heading] = getattr(answer, "url", "") == kind.page(record).get_absolute_url()
    assert straight == dict.fromkeys(straight, True)
    assert len(straight) > 10


@pytest.mark.parametrize("example", ["concession_request", "corrective_action", "evaluation", "drift_alarm"])
def test_the_number_of_a_finding_leads_to_its_page(cast, sign_in, example):
    number = getattr(examples, example)(cast)["number"]
    assert find(sign_in(cast.quality), number.lower()).url.endswith(f"/{number}/")


def test_what_came_in_and_what_keeps_or_ends_proof_is_found(cast, sign_in):
    disposal = make_disposal(cast)
    place = place_hold(cast, customer=cast.customer)
    stack = arrivals.bring_stack(by=cast.operator, content=pdf(2), name="stack.pdf")
    mail = arrivals.keep(door="mail", sha256="a" * 64, words="", sender="jo@bw.example", subject="BW 4711")
    client = sign_in(cast.operator)
    for record in (disposal, place, stack, mail):
        assert find(client, record.number.lower()).url == record.get_absolute_url()
    assert headings(find(client, "jo@bw.exampl")) == {"Arrivals": [mail.number]}
    assert headings(find(client, "LH-")) == {"Legal holds": [place.number]}
    assert find(client, "bw4711").url == mail.get_absolute_url()
    # a disposal is told to its customer when it is approved; what keeps proof, and what came in, stays in the house
    buyer = sign_in(cast.buyer)
    hidden = {each.number: headings(find(buyer, each.number)) for each in (disposal, place, stack, mail)}
    assert hidden == dict.fromkeys(hidden, {})
    Disposal.objects.filter(pk=disposal.pk).update(told_at=timezone.now())
    assert find(buyer, disposal.number).url == disposal.get_absolute_url()
    for stranger in (cast.stranger_buyer, cast.vendor, cast.stranger_vendor):
        client = sign_in(stranger)
        seen = {each.number: headings(find(client, each.number)) for each in (disposal, place, stack, mail)}
        assert seen == dict.fromkeys(seen, {})


def test_every_kind_with_a_number_of_its_own_is_answered_by_a_unique_index(cast):
    """With many rows the planner takes the index; without sequential reading it says whether there is one."""
    person = Person.objects.select_related("organization").get(pk=cast.quality.pk)
    kinds = [kind for kind in KINDS if kind.own_number and person.role in kind.roles]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    read = {}
    for kind in kinds:
        rows = search._with_number([kind], person, "X-000001")
        assert rows == []
        plan = search._in_scope(kind, person).filter(**{f"{kind.own_number}__in": {"X-000001"}}).explain()
        read[kind.heading] = "Seq Scan" in plan
    assert read == dict.fromkeys(read, False)
    assert {"Arrivals", "Legal holds", "Disposals"} <= set(read)


def test_every_page_that_is_offered_opens_for_who_was_offered_it(house):
    closed, offered = {}, 0
    for name, person in house.people.items():
        client = Client()
        client.force_login(person)
        for _, record in records_with_numbers():
            for text in {str(record), getattr(record, "number", ""), getattr(record, "identifier", "")}:
                found = search.search(viewer=person, text=text)
                pages = [found.record] if found.record else []
                pages += [hit.page for group in found.groups for hit in group.hits]
                for url in {page.get_absolute_url() for page in pages}:
                    offered += 1
                    if client.get(url).status_code != 200:
                        closed[name] = url
    assert closed == {}
    assert offered > 100


def test_a_number_of_others_is_answered_like_one_that_does_not_exist(house, sign_in):
    texts = {
        str(getattr(record, field)): record
        for kind, record in records_with_numbers()
        for field in kind.fields
        if getattr(record, field, None)
    }
    told = set()
    for stranger in (house.stranger_vendor, house.stranger_buyer):
        client = sign_in(stranger)
        nothing = said(find(client, NOT), NOT)
        assert nothing[0] == 200
        for text, record in texts.items():
            # one's own name stands in the frame of every page
            if len(search.squeeze(text)) >= search.SHORTEST and record != stranger.organization:
                told |= {(stranger.role, text)} if said(find(client, text), text) != nothing else set()
    assert told == set()
    assert len(texts) > 20


def test_the_buyer_finds_a_package_once_it_is_shown_to_them(cast, sign_in):
    sealed = make_package(cast, at="sealed")
    client = sign_in(cast.buyer)
    assert headings(find(client, sealed.number)) == {}
    shared = share(cast, sealed.shipment)
    assert find(client, shared.number).url == f"/packages/{shared.number}/"


def test_the_vendor_finds_the_order_by_the_lot_it_holds(cast, sign_in):
    order = make_outside_order(cast)
    lot = order.lines.get().traveler
    assert find(sign_in(cast.vendor), lot.number).url == f"/outside-orders/{order.number}/"
    assert find(sign_in(cast.quality), lot.number).url == f"/travelers/{lot.number}/"
    assert headings(find(sign_in(cast.stranger_vendor), lot.number)) == {}


def test_people_are_found_by_the_shop_alone(house, sign_in):
    assert headings(find(sign_in(house.quality), "belisle")) == {"People": ["Anton Belisle"]}
    assert headings(find(sign_in(house.customer_quality), "belisle")) == {}
    assert headings(find(sign_in(house.vendor), house.shop.name)) == {}


@pytest.mark.parametrize("typed", ["7T4418", "7t4418", "7t 4418", "7T-44 18", " 7t4418 "])
def test_spaces_dashes_and_capitals_do_not_matter(cast, sign_in, typed):
    material = make_material(cast, identifier="7T4418")
    assert find(sign_in(cast.operator), typed).url == material.get_absolute_url()


def test_a_part_of_a_number_finds_those_that_begin_so_first(cast, sign_in):
    for number in ("A-30-44", "30-44-1", "3044"):
        make_part(cast, number=number)
    make_part(cast, number="30-44")
    shown = headings(find(sign_in(cast.operator), "30 44"))
    assert shown["Parts"] == ["30-44", "3044", "30-44-1", "A-30-44"]


def test_ten_of_a_kind_are_shown_and_the_rest_is_counted(cast, sign_in):
    Part.objects.bulk_create(
        Part(number=f"ZZ-{place:03}", name="Shim", customer=cast.customer) for place in range(113)
    )
    client = sign_in(cast.quality)
    group = find(client, "zz-").context["found"].groups[0]
    assert (len(group.hits), group.more, group.is_capped) == (10, 90, True)
    group = find(client, "zz-01").context["found"].groups[0]
    assert (len(group.hits), group.more, group.is_capped) == (10, 0, False)
    group = find(client, "zz-10").context["found"].groups[0]
    assert (len(group.hits), group.more) == (10, 0)
    group = find(client, "zz-1").context["found"].groups[0]
    assert (len(group.hits), group.more) == (10, 3)


def test_a_serial_leads_to_the_lot_that_has_the_piece(cast, sign_in):
    lot = make_open_traveler(cast)
    Piece.objects.create(traveler=lot, part=lot.order_line.part_revision.part, serial="SN-90417", position=1)
    assert find(sign_in(cast.inspector), "sn90417").url == lot.get_absolute_url()


def test_a_line_of_a_purchase_order_leads_to_its_order(cast, sign_in):
    line = make_open_traveler(cast).order_line
    client = sign_in(cast.buyer)
    for text in (f"{line.order.po_number}/{line.line_number}", str(line)):
        assert find(client, text).url == line.order.get_absolute_url()


def test_a_registration_leads_to_the_organization_that_holds_it(cast, sign_in):
    make_registration(cast, cast.vendor_organization, reference="N-20418")
    answer = sign_in(cast.quality).get("/search/", {"q": "n 20418"})
    assert (answer.status_code, answer.url) == (302, "/organizations/BRIGHTWATER/")
    assert sign_in(cast.vendor).get("/search/", {"q": "N-20418"}).status_code == 200


def test_two_records_of_one_number_are_both_shown(cast, sign_in):
    first, second = (make_material(cast, identifier="9K2201") for _ in range(2))
    answer = find(sign_in(cast.quality), "9K2201")
    assert headings(answer) == {"Material": [second.number, first.number]}
    assert [hit.is_exact for hit in answer.context["found"].groups[0].hits] == [True, True]


@pytest.mark.parametrize("typed", ["", " ", "-", "7", "\x00"])
def test_a_question_of_less_than_two_signs_asks_the_database_nothing(cast, sign_in, typed):
    client = sign_in(cast.quality)
    client.get(reverse("portal:me"))
    with CaptureQueriesContext(connection) as own:
        client.get(reverse("portal:me"))
    with CaptureQueriesContext(connection) as asked:
        answer = find(client, typed)
    assert (answer.status_code, headings(answer)) == (200, {})
    assert len(asked) <= len(own)


@pytest.mark.parametrize("typed", ["%%", "__", "\\\\", "';--", "<b>x</b>", "x" * 500, "９９９", "‮1002"])
def test_any_question_gets_an_answer(cast, sign_in, typed):
    make_open_traveler(cast)
    answer = find(sign_in(cast.quality), typed)
    assert (answer.status_code, headings(answer)) == (200, {})
    assert "<b>x</b>" not in answer.content.decode()


def test_one_statement_answers_an_exact_number_and_two_find_what_comes_near(house):
    lot = Traveler.objects.first()
    person = Person.objects.select_related("organization").get(pk=house.quality.pk)
    with CaptureQueriesContext(connection) as exact:
        search.search(viewer=person, text=lot.number)
    with CaptureQueriesContext(connection) as near:
        found = search.search(viewer=person, text="00000")
    # one for the record itself; one for each kind that is shown
    assert len(exact) == 2
    assert len(near) == 2 + len(found.groups)


def test_more_rows_cost_no_more_statements(cast):
    person = Person.objects.select_related("organization").get(pk=cast.quality.pk)
    counts = []
    for pieces in (1, 12):
        for _ in range(pieces):
            make_material(cast, identifier="5R1")
        with CaptureQueriesContext(connection) as captured:
            search.search(viewer=person, text="M-00")
        counts.append(len(captured))
    assert counts[0] == counts[1]
