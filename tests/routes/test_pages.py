from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.models import Event, Label
from portal.views.verbs import CHOOSE_AGAIN
from routes.domain import holds, lots, parts, setups
from routes.models import (
    CustomerOrder,
    LockDifference,
    Part,
    PartRevision,
    RouteRevision,
    Setup,
    SpecificationRevision,
    Traveler,
)
from routes.templatetags.routes_words import called, plain_number, short_hash
from tests.cast import PASSWORD
from tests.factories import routes as made
from tests.routes.examples import PDF


def url(name, **kwargs):
    return reverse(f"routes:{name}", kwargs=kwargs)


def errors(answer):
    """Return every sentence of a refused form."""
    assert answer.status_code == 422
    return [sentence for found in answer.context["form"].errors.values() for sentence in found]


def said(answer):
    """Return what the page says after an act that was followed."""
    return [str(message) for message in answer.context["messages"]]


LISTS = {
    "order-list": lambda cast: made.make_order_line(cast, made.make_part_revision(cast)),
    "part-list": lambda cast: made.make_part_revision(cast),
    "specification-list": lambda cast: made.make_material_specification(
        cast, number=f"AMS {SpecificationRevision.objects.count()}"
    ),
    "route-list": lambda cast: made.make_draft_route(cast),
    "material-list": lambda cast: made.make_material(cast),
    "gauge-list": lambda cast: made.make_gauge(cast),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_statements_for_many_rows_as_for_one(cast, sign_in, name):
    client, make = sign_in(cast.quality), LISTS[name]
    make(cast)
    few = statements(client, name)
    for _ in range(8 if name == "route-list" else 29):
        make(cast)
    assert statements(client, name) == few


def test_the_list_of_lots_takes_as_many_statements_for_thirty_as_for_one(cast, sign_in):
    client, lot = sign_in(cast.quality), made.make_open_traveler(cast, up_to=20, quantity=50)
    few = statements(client, "traveler-list")
    for _ in range(29):
        lots.split(by=cast.operator, traveler=lot, quantity=1, reason="One by one")
    assert statements(client, "traveler-list") == few
    rows = client.get(url("traveler-list")).context["rows"]
    assert [row.quantity_now for row in rows] == [1] * 29 + [21]


def statements(client, name):
    client.get(url(name))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url(name)).status_code == 200
    return len(captured)


def test_a_lot_page_takes_as_many_statements_for_many_children_as_for_two(cast, sign_in):
    client, lot = sign_in(cast.quality), made.make_open_traveler(cast, up_to=20)

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(lot.get_absolute_url()).status_code == 200
        return len(captured)

    for _ in range(2):
        lots.split(by=cast.operator, traveler=lot, quantity=1, reason="One by one")
    count()
    few = count()
    for _ in range(6):
        lots.split(by=cast.operator, traveler=lot, quantity=1, reason="One by one")
    assert count() == few


def test_the_story_from_part_to_lot_by_browser(cast, sign_in):
    client = sign_in(cast.quality)
    post = lambda address, **data: client.post(address, data, follow=True)  # noqa: E731

    post(url("part-add"), customer=cast.customer.pk, number="72-41/806", name="Housing")
    part = Part.objects.get(number="72-41/806")
    drawing = SimpleUploadedFile("72-41.pdf", PDF)
    facts = {"revision": "D", "drawing_number": "72-41", "drawing_revision": "D", "unit": "mm"}
    post(url("revision-add", number=part.number), default_applies_to="after", drawing=drawing, **facts)
    revision = PartRevision.objects.get(part=part)
    keywords = {"number": part.number, "revision": "D"}
    assert client.get(url("revision-drawing", **keywords)).content == PDF
    post(url("note-add", **keywords), note_number="1", text="Deburr.")
    table = SimpleUploadedFile("plan.csv", b"balloon,name,lower,upper\n1,Bore,9.9,10.1\n")
    answer = post(url("characteristic-import", **keywords), file=table, default_unit="mm")
    assert said(answer) == ["1 characteristics of 72-41/806 rev D were taken over."]
    numbers = {"nominal": "40", "lower": "39.9", "upper": "40.1", "unit": "mm"}
    post(url("characteristic-add", **keywords), balloon="2", name="Width", applies_to="after", **numbers)

    post(url("route-draft", **keywords))
    route = RouteRevision.objects.get(part_revision=revision)
    owners = {"quality_owner": "quality", "timing_owner": "manager"}
    for sequence, kind, name in (
        (10, "material", "Issue"),
        (20, "machine", "Mill"),
        (30, "inspect", "Final"),
    ):
        post(url("operation-add", number=route.number), sequence=sequence, kind=kind, name=name, **owners)
    for each in revision.characteristics.all():
        check = {"characteristic": each.pk, "side": "after", "sampling_rule": "all"}
        post(url("check-plan", number=route.number, sequence=30), **check)
    program = SimpleUploadedFile("O1001.nc", made.NC_PROGRAM)
    post(
        url("setup-approve", number=route.number, sequence=20),
        fixture="FX-1",
        nc_program=program,
        offsets="G54 X = -120.000\n",
        gauges=[made.make_gauge(cast).pk],
    )
    operation = route.operations.get(sequence=20)
    assert operation.setups.get().offsets == {"G54 X": "-120.000"}
    post(url("note-map", number=route.number, note="1"), operation=operation.pk)
    post(url("route-submit", number=route.number))
    sign_in(cast.second_quality)
    answer = post(url("route-release", number=route.number), password=PASSWORD)
    assert said(answer) == [f"Route {route.number} is released."]

    sign_in(cast.quality)
    post(url("order-enter"), customer=cast.customer.pk, po_number="45-1", received_on="2026-01-05")
    order = CustomerOrder.objects.get()
    line = {"line_number": 1, "part_revision": revision.pk, "quantity": 20, "due_on": "2026-12-30"}
    post(url("order-add-line", number=order.number), sourcing="contract", fai_regime="none", **line)
    released = {"route_revision": route.pk, "quantity": 20, "purpose": "production"}
    post(url("traveler-open", number=order.number, line_number=1), **released)
    lot = Traveler.objects.get()
    sign_in(cast.operator)
    post(url("traveler-issue", number=lot.number), material_lot=made.make_material(cast).pk)
    answer = post(url("step-sign", number=f"{lot.number}-10-1"), quantity_out=20, password=PASSWORD)
    assert said(answer) == [f"Step {lot.number}-10-1 is signed."]
    assert [row["state"] for row in answer.context["steps"]] == ["signed", "waiting", "waiting"]


def test_a_lot_page_says_where_each_piece_is(cast, sign_in):
    lot = made.make_open_traveler(cast, up_to=20)
    client = sign_in(cast.operator)
    move = {"kind": "scrapped", "quantity": "2", "witness": cast.inspector.pk, "reason": "Tool broke"}
    client.post(url("traveler-quantity", number=lot.number), move)
    client.post(url("traveler-split", number=lot.number), {"quantity": "8", "reason": "Two machines"})
    page = client.get(lot.get_absolute_url())
    assert page.context["quantity"] == {
        "total": 50,
        "parts": [
            {"count": 40, "label": "here"},
            {"count": 2, "label": "scrapped"},
            {"count": 8, "label": f"in {lot.number}/1"},
        ],
        "now": 40,
        "difference": 0,
    }
    child = client.get(url("traveler-detail", number=f"{lot.number}/1"))
    assert [row["is_inherited"] for row in child.context["steps"]] == [True] + [False] * 5


def test_a_refusal_of_the_domain_comes_back_on_the_form_with_what_was_typed(cast, sign_in):
    lot = made.make_open_traveler(cast)
    answer = sign_in(cast.operator).post(
        url("traveler-split", number=lot.number), {"quantity": "50", "reason": "Two heats"}
    )
    assert errors(answer) == [
        f"Lot {lot.number} holds 50 pieces; 50 cannot be split off. Split off at least 1 and leave at least 1."
    ]
    assert "Two heats" in answer.content.decode()
    assert Traveler.objects.count() == 1


def test_a_wrong_password_signs_nothing(cast, sign_in):
    lot = made.make_open_traveler(cast, up_to=20)
    step = made.step_at(lot, 20)
    client = sign_in(cast.operator)
    answer = client.post(url("step-sign", number=step.number), {"quantity_out": "50", "password": "wrong"})
    assert errors(answer) == ["The password is not right, so nothing was signed. Type it again."]
    answer = client.post(url("step-sign", number=step.number), {"quantity_out": "49", "password": PASSWORD})
    assert len(errors(answer)) == 1
    step.refresh_from_db()
    assert step.state == "waiting"


def test_a_file_refused_is_asked_for_again(cast, sign_in):
    part = made.make_part(cast)
    facts = {"revision": "A", "drawing_number": "D", "drawing_revision": "A", "unit": "mm"}
    answer = sign_in(cast.quality).post(
        url("revision-add", number=part.number),
        {**facts, "default_applies_to": "after", "drawing": SimpleUploadedFile("d.pdf", b"")},
    )
    assert CHOOSE_AGAIN in errors(answer)
    assert part.revisions.count() == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("order-enter", {"customer": "9" * 30, "po_number": "1\x00", "received_on": "31.02.2026"}),
        ("part-add", {"customer": "x", "number": "n" * 200, "name": ""}),
        ("specification-add", {"number": "A", "kind": "other", "types": ", " * 400}),
        ("gauge-add", {"number": "\x00", "kind": ""}),
        ("material-receive", {"identifier": "H", "received_pieces": "99999999999", "received_on": ""}),
    ],
)
def test_nonsense_gets_a_sentence_and_never_an_error(cast, sign_in, name, data):
    assert errors(sign_in(cast.quality).post(url(name), data)) != []


def test_long_lists_and_huge_numbers_in_addresses_are_not_found(cast, sign_in):
    client = sign_in(cast.quality)
    line = made.make_order_line(cast, made.make_part_revision(cast))
    assert client.get(url("order-list"), {"page": "99999", "q": "\x00"}).status_code == 200
    huge = url("traveler-open", number=line.order.number, line_number=10**30)
    assert client.get(huge).status_code == 404
    assert client.get("/travelers/T-000001/9/9/9/").status_code == 404


def test_held_lots_show_the_hold_and_offer_no_signature(cast, sign_in):
    lot = made.make_open_traveler(cast, up_to=20)
    client = sign_in(cast.quality)
    assert [
        row["due"]["label"] for row in client.get(lot.get_absolute_url()).context["steps"] if row["due"]
    ] == ["Sign"]
    hold = holds.place_hold(by=cast.operator, traveler=lot, reason="Chatter marks.")
    page = client.get(lot.get_absolute_url())
    assert [row["due"] for row in page.context["steps"] if row["due"]] == []
    assert client.get(url("traveler-list")).context["rows"][0].stands == "on_hold"
    signed = {"reason": "Looked at.", "password": PASSWORD}
    answer = client.post(url("hold-release", number=hold.number), signed, follow=True)
    assert said(answer) == [f"Hold {hold.number} is released."]


def test_a_setup_difference_is_decided_on_its_own_page(cast, sign_in):
    step = made.step_at(made.make_open_traveler(cast, up_to=20), 20)
    client = sign_in(cast.operator)
    program = SimpleUploadedFile("O1001.nc", made.NC_PROGRAM)
    answer = client.post(
        url("step-setup", number=step.number),
        {"fixture": "FX-13", "fixture_revision": "B", "nc_program": program},
        follow=True,
    )
    assert said(answer) == [
        f"The setup of step {step.number} differs from {Setup.objects.get().number} in 1 place; the step waits until a "
        "quality engineer decided on the fixture."
    ]
    setups.record_run(by=cast.operator, step=step, fixture="FX-14", fixture_revision="B")
    sign_in(cast.quality)
    address = url("difference-decide", number=step.number, run=1, field="fixture")
    answer = client.post(address, {"reason": "Same pins.", "password": PASSWORD}, follow=True)
    assert said(answer) == ["The difference in fixture is decided."]
    assert LockDifference.objects.get(as_run="FX-13").reason == "Same pins."
    assert client.get(url("difference-decide", number=step.number, run=9, field="fixture")).status_code == 404


def test_a_buyer_sees_what_leaves_the_house_and_no_lot(cast, sign_in):
    lot = made.make_open_traveler(cast)
    client = sign_in(cast.buyer)
    page = client.get(lot.order_line.get_absolute_url())
    text = page.content.decode()
    assert ("Anodize" in text, "MIL-PRF-8625 F, type II, class 1" in text) == (True, True)
    assert (lot.number in text, page.context["events"]) == (False, None)
    assert client.get(lot.get_absolute_url()).status_code == 404
    assert sign_in(cast.stranger_buyer).get(lot.order_line.get_absolute_url()).status_code == 404


def test_a_controlled_drawing_opens_for_eligible_people_only(cast, sign_in):
    label = Label.objects.create(code="ITAR", name="ITAR controlled", strictness=900, needs_eligibility=True)
    part = made.make_part(cast)
    facts = {"drawing_number": "D", "drawing_revision": "A", "unit": "mm", "default_applies_to": "after"}
    revision = parts.add_revision(
        by=cast.quality, part=part, revision="A", label=label, drawing=PDF, drawing_name="d.pdf", **facts
    )
    address = url("revision-drawing", number=part.number, revision="A")
    assert sign_in(cast.quality).get(address).status_code == 403
    assert sign_in(cast.buyer).get(address).status_code == 404
    cast.quality.is_export_eligible = True
    cast.quality.save()
    assert sign_in(cast.quality).get(address).content == PDF
    assert Event.objects.get(verb="read").data == {"sha256": revision.drawing.sha256}


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (Decimal("10.10000000"), "10.1"), (Decimal("100"), "100"), (Decimal("0E-8"), "0")],
)
def test_numbers_are_shown_without_the_columns_zeros(value, text):
    assert plain_number(value) == text


def test_a_hash_is_shown_by_its_beginning():
    assert (short_hash("a" * 64), short_hash("FX-12")) == ("aaaaaaaaaaaa…", "FX-12")


@pytest.mark.parametrize("number", ["72-41/806", "A~1", "~", "B C", "Ø12"])
def test_any_number_of_a_customer_makes_an_address(cast, sign_in, number):
    part = made.make_part(cast, number=number if number != "~" else "~1~0")
    page = sign_in(cast.quality).get(part.get_absolute_url())
    assert page.context["record"] == part


def test_empty_choice_is_said_in_words(cast, sign_in):
    page = sign_in(cast.quality).get(url("material-receive")).content.decode()
    assert ("---------" in page, "choose one" in page, ">none<" in page) == (False, True, True)


def test_heading_keeps_a_number_in_one_piece(cast, sign_in):
    lot = made.make_open_traveler(cast)
    page = sign_in(cast.quality).get(url("traveler-split", number=lot.number)).content.decode()
    assert f'<h1>Split lot <span class="unbroken">{lot.number}</span></h1>' in page


@pytest.mark.parametrize(
    "choice, shown",
    [("III", "type III"), ("Type III", "Type III"), ("Method 1", "Method 1"), ("1B", "type 1B")],
)
def test_choice_is_named_once(choice, shown):
    assert called(choice, "type") == shown
