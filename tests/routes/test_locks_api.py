"""Setups, lock policies and handoffs as machines read them."""

import pytest

from routes.models import Setup
from tests.factories.locks import hand_over, make_lock_policy, make_prototype, make_second_setup
from tests.factories.routes import make_order_line, make_part_revision, make_released_route, today
from tests.machine import Machine

pytestmark = pytest.mark.django_db


def test_setups_policies_and_handoffs_are_read(cast):
    route = make_released_route(cast)
    second = make_second_setup(cast, route.operations.get(sequence=20), machine="VF-4")
    policy = make_lock_policy(cast, "machine", customer=cast.customer)
    tried = make_prototype(cast, make_order_line(cast, route.part_revision), route)
    handoff = hand_over(cast, route, tried)
    machine = Machine(cast.operator)
    listed = machine.get("setups/", route=route.number).json()["results"]
    first = Setup.objects.get(operation__route_revision=route, name="")
    assert {row["number"]: (row["machine"], row["approved_by"]) for row in listed} == {
        first.number: ("", None),
        second.number: ("VF-4", second.signature.printed_name),
    }
    read = machine.get(f"lock-policies/{policy.number}/").json()
    assert (read["customer"], read["routine"], read["state"]) == ("ORRIN", ["machine"], "in_force")
    read = machine.get(f"handoffs/{handoff.number}/").json()
    assert (read["prototypes"], read["route"], read["learnt"]) == (
        [tried.number],
        route.number,
        handoff.learnt,
    )
    assert machine.get("setups/").json()["results"][0]["nc_cutting_sha256"] == first.nc_cutting_sha256


def test_order_for_prototypes_comes_in_and_is_amended(cast):
    revision = make_part_revision(cast)
    line = {
        "line_number": 1,
        "part": revision.part.number,
        "revision": revision.revision,
        "quantity": 2,
        "due_on": str(today()),
        "purpose": "prototype",
    }
    order = {"customer": "ORRIN", "po_number": "PO-9", "received_on": str(today()), "lines": [line]}
    machine = Machine(cast.quality)
    number = machine.post("orders/", order).json()["number"]
    assert machine.get(f"orders/{number}/lines/1/").json()["purpose"] == "prototype"
    change = {"reference": "A-1", "reason": "They are kept.", "purpose": "production"}
    assert machine.post(f"orders/{number}/lines/1/amend/", change).json()["purpose"] == "production"
