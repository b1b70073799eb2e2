"""Orders, lots and material by machine: the same verbs, the same sentences."""

import pytest

from portal.models import Event
from routes.domain.lots import split
from routes.models import CustomerOrder, Hold, MaterialLot, OrderLine, Traveler
from tests.factories.routes import (
    make_material,
    make_material_specification,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    make_released_route,
    sign_up_to,
    today,
)
from tests.machine import Machine, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(cast):
    return Machine(cast.quality)


def order_with(revision, /, **line):
    given = {
        "line_number": 1,
        "part": revision.part.number,
        "revision": revision.revision,
        "quantity": 20,
        "due_on": str(today()),
    }
    return {
        "customer": "ORRIN",
        "po_number": "PO-1",
        "received_on": str(today()),
        "lines": [given | line],
    }


def test_an_order_comes_in_with_its_lines(cast, machine):
    revision = make_part_revision(cast)
    answer = machine.post("orders/", order_with(revision, fai_regime="none"))
    made = CustomerOrder.objects.get()
    line = {
        "order": made.number,
        "line_number": 1,
        "customer": "ORRIN",
        "po_number": "PO-1",
        "part": revision.part.number,
        "revision": "A",
        "quantity": 20,
        "due_on": str(today()),
        "purpose": "production",
        "sourcing": "contract",
        "fai_regime": "none",
        "needs_package_approval": False,
    }
    order = {"number": made.number, "customer": "ORRIN", "po_number": "PO-1", "received_on": str(today())}
    assert (answer.status_code, answer.json()) == (201, order | {"lines": [line]})
    assert machine.get(f"orders/{made.number}/").json() == order | {"lines": [line]}
    assert machine.get(f"orders/{made.number}/lines/1/").json() == line
    assert machine.get("order-lines/", order=made.number).json() == {"results": [line], "next": None}
    assert list(Event.objects.filter(noun="order").values_list("verb", "person__email")) == [
        ("enter", cast.quality.email),
        ("add_line", cast.quality.email),
    ]


def test_an_order_with_one_line_refused_is_not_entered_at_all(cast, machine):
    revision = make_part_revision(cast)
    body = order_with(revision)
    body["lines"].append(body["lines"][0])
    assert refusal(machine.post("orders/", body))[:2] == (422, "already-there")
    assert (CustomerOrder.objects.count(), OrderLine.objects.count()) == (0, 0)
    body["lines"][1] = body["lines"][0] | {"line_number": 2}
    assert machine.post("orders/", body).status_code == 201


def test_an_order_is_entered_by_who_plans_and_names_what_they_may_see(cast, machine):
    revision = make_part_revision(cast)
    assert refusal(Machine(cast.operator).post("orders/", order_with(revision)))[:2] == (403, "not-entitled")
    assert refusal(Machine(cast.buyer).post("orders/", order_with(revision)))[:2] == (403, "not-entitled")
    unknown = refusal(machine.post("orders/", order_with(revision, revision="Z")))
    assert unknown == (
        422,
        "fields-refused",
        f"Nothing was done. lines.0.part: There is no part {revision.part.number} revision Z here.",
    )
    assert CustomerOrder.objects.count() == 0


def test_a_line_is_added_to_an_order(cast, machine):
    revision = make_part_revision(cast)
    number = machine.post("orders/", order_with(revision)).json()["number"]
    line = order_with(revision)["lines"][0] | {"line_number": 2, "quantity": 7}
    answer = machine.post(f"orders/{number}/lines/", line)
    assert (answer.status_code, answer.json()["line_number"], answer.json()["quantity"]) == (201, 2, 7)
    assert [each["line_number"] for each in machine.get(f"orders/{number}/").json()["lines"]] == [1, 2]


def test_a_lot_is_opened_on_a_released_route_and_read_with_its_steps(cast, machine):
    route = make_released_route(cast)
    line = make_order_line(cast, route.part_revision, quantity=20)
    address = f"orders/{line.order.number}/lines/{line.line_number}/travelers/"
    refused = refusal(machine.post(address, {"route": route.number, "quantity": 900}))
    assert refused[:2] == (422, "quantity-not-possible")
    answer = machine.post(address, {"route": route.number, "quantity": 20})
    lot = Traveler.objects.get()
    assert (answer.status_code, answer.json()) == (201, machine.get(f"travelers/{lot.number}/").json())
    shown = answer.json()
    assert (shown["number"], shown["quantity"], shown["customer"], shown["order"]) == (
        lot.number,
        20,
        "ORRIN",
        line.order.number,
    )
    assert [step["number"] for step in shown["steps"]] == [step.number for step in lot.steps.all()]
    assert [step["state"] for step in shown["steps"]] == ["waiting"] * lot.steps.count()


def test_a_split_lot_is_found_by_its_number_with_a_slash(cast, machine):
    lot = make_open_traveler(cast, up_to=20)
    child = split(by=cast.operator, traveler=lot, quantity=5, reason="Two heats")
    shown = machine.get(f"travelers/{child.number}/").json()
    assert (shown["number"], shown["parent"], shown["quantity"]) == (f"{lot.number}/1", lot.number, 5)
    parent = machine.get(f"travelers/{lot.number}/").json()
    assert (parent["children"], parent["quantity"]) == ([child.number], lot.quantity_started - 5)
    assert machine.get("travelers/", parent=lot.number).json()["results"][0]["number"] == child.number


def test_a_lot_is_read_in_five_statements_whatever_hangs_on_it(cast, machine, django_assert_num_queries):
    lot = make_open_traveler(cast, quantity=4, is_serialized=True, up_to=20)
    serials = list(lot.pieces.order_by("position").values_list("serial", flat=True))
    children = [
        split(by=cast.operator, traveler=lot, quantity=1, serials=[serial], reason="Ships ahead.")
        for serial in serials[:2]
    ]
    for reason in ("Burr on the bore.", "Spindle alarm."):
        machine.post(f"travelers/{lot.number}/holds/", {"reason": reason})
    with django_assert_num_queries(5):
        shown = machine.get(f"travelers/{lot.number}/").json()
    assert shown["children"] == [children[1].number, children[0].number]
    assert shown["pieces"] == [{"serial": serial, "is_gone": False} for serial in serials[2:]]
    assert [each["reason"] for each in shown["holds"]] == ["Spindle alarm.", "Burr on the bore."]


def test_steps_are_read_with_who_signed(cast, machine):
    lot = make_open_traveler(cast, up_to=20)
    sign_up_to(cast, lot, 30)
    first = machine.get("steps/", lot=lot.number, sequence="10").json()["results"]
    assert [(each["number"], each["state"], each["signed_by"]) for each in first] == [
        (f"{lot.number}-10-1", "signed", lot.steps.get(operation__sequence=10).signature.printed_name)
    ]
    assert machine.get(f"steps/{lot.number}-10-1/").json() == first[0]


def test_a_lot_is_stopped_by_machine_and_not_let_go(cast, machine):
    lot = make_open_traveler(cast)
    answer = machine.post(f"travelers/{lot.number}/holds/", {"reason": "Spindle alarm"})
    hold = Hold.objects.get()
    assert (answer.status_code, answer.json()["number"], answer.json()["placed_by"]) == (
        201,
        hold.number,
        "Maud Ferreira",
    )
    assert machine.get(f"holds/{hold.number}/").json() == answer.json()
    assert refusal(machine.post(f"holds/{hold.number}/"))[0] == 405
    assert refusal(machine.post(f"holds/{hold.number}/release/"))[:2] == (404, "not-found")


def test_material_is_received_and_its_balance_read(cast, machine):
    specification = make_material_specification(cast)
    body = {
        "identifier": "H-8812",
        "specification": specification.number,
        "spec_revision": specification.revision,
        "condition": "6061-T6",
        "form": "Bar 40 mm",
        "received_pieces": 120,
        "received_on": str(today()),
    }
    refused = refusal(machine.post("materials/", body | {"received_on": "2190-01-01"}))
    assert refused[:2] == (422, "dates-do-not-fit")
    answer = machine.post("materials/", body)
    made = MaterialLot.objects.get()
    assert (answer.status_code, answer.json()["number"], answer.json()["pieces_left"]) == (
        201,
        made.number,
        120,
    )
    assert machine.get(f"materials/{made.number}/").json() == answer.json()


def test_the_pieces_left_of_a_heat_are_those_not_issued(cast, machine):
    material = make_material(cast, pieces=500)
    Traveler.objects.filter(pk=make_open_traveler(cast).pk).update(material_lot=material, material_pieces=30)
    assert machine.get(f"materials/{material.number}/").json()["pieces_left"] == 470


def test_a_part_and_what_its_drawing_demands_are_read(cast, machine):
    revision = make_part_revision(cast)
    part = revision.part.number
    assert machine.get(f"parts/{part}/").json()["revisions"] == ["A"]
    assert machine.get(f"parts/{part}/A/").json()["drawing_number"] == revision.drawing_number
    found = machine.get("characteristics/", part=part, revision="A", balloon="1").json()["results"]
    assert [(each["balloon"], each["nominal"], each["lower"], each["upper"]) for each in found] == [
        ("1", "10", "9.9", "10.1")
    ]
    assert machine.get(f"characteristics/{found[0]['uuid']}/").json() == found[0]
    assert machine.get(f"parts/{part}/A/notes/1/").json()["text"] == "Anodize per MIL-PRF-8625."


def test_a_route_is_read_with_operations_checks_and_what_answers_the_notes(cast, machine):
    route = make_released_route(cast)
    shown = machine.get(f"routes/{route.number}/").json()
    assert [each["sequence"] for each in shown["operations"]] == [
        each.sequence for each in route.operations.all()
    ]
    assert sorted(each["note"] for each in shown["note_mappings"]) == ["1", "2"]
    outside = machine.get(f"routes/{route.number}/operations/40/").json()
    assert (outside["kind"], outside["specification"], outside["spec_type"]) == (
        "outside",
        "MIL-PRF-8625",
        "II",
    )
