"""Clauses with their evidence, and edits with their review, as machines read them."""

import pytest

from documents.domain import trail
from portal.models import Event
from routes.domain.quantities import record_quantity_move
from tests.cast import reauth
from tests.factories.clauses import carry, show
from tests.factories.routes import make_open_traveler, today
from tests.machine import Machine, refusal

pytestmark = pytest.mark.django_db


def test_clauses_of_a_lot_with_what_shows_them(cast):
    lot = make_open_traveler(cast, quantity=5, up_to=20)
    carry(cast, lot.order_line, "hold", point_at=20)
    kept = show(cast, carry(cast, lot.order_line), lot)
    answer = Machine(cast.quality).get(f"travelers/{lot.number}/clauses/").json()
    shown, waits = answer["clauses"]
    assert (answer["lot"], shown["number"], shown["kind"], shown["state"], shown["owner"]) == (
        lot.number,
        "Q-evidence",
        "evidence",
        "accepted",
        "",
    )
    assert shown["evidence"] == [
        {
            "number": kept.number,
            "reference": "Letter OA-77",
            "present": "",
            "done_on": today().isoformat(),
            "recorded_by": cast.inspector.printed_name,
        }
    ]
    assert (waits["kind"], waits["point_at"], waits["state"], waits["owner"], waits["evidence"]) == (
        "hold",
        20,
        "missing",
        "Orrin Aerospace",
        [],
    )
    assert refusal(Machine(cast.buyer).get(f"travelers/{lot.number}/clauses/"))[0] in (403, 404)


def test_edits_of_a_lot_with_who_reviewed_them(cast):
    lot = make_open_traveler(cast, quantity=5, up_to=20)
    record_quantity_move(
        by=cast.operator,
        traveler=lot,
        kind="correction",
        quantity=1,
        reason="Counted again.",
        witness=cast.inspector,
    )
    machine = Machine(cast.quality)
    [edit] = machine.get(f"travelers/{lot.number}/trail/").json()["edits"]
    event = Event.objects.get(verb="record_quantity")
    assert {key: edit[key] for key in ("did", "was", "now", "reason", "leaf_sha256", "reviewed_by")} == {
        "did": f"recorded a change of quantity of lot {lot.number}",
        "was": "5 pieces",
        "now": "4 pieces",
        "reason": "Counted again.",
        "leaf_sha256": event.leaf_sha256,
        "reviewed_by": "",
    }
    trail.review(by=cast.quality, traveler=lot, remarks="", token=reauth(cast.quality))
    [edit] = machine.get(f"travelers/{lot.number}/trail/").json()["edits"]
    assert edit["reviewed_by"] == cast.quality.printed_name
