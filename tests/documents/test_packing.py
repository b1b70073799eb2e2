"""How the packing demands of an order were met on a shipment."""

from datetime import timedelta

import pytest

from documents.domain import packing as records
from documents.domain import shipments
from documents.domain.chain import check_pack
from documents.domain.chain.facts import read_facts
from documents.models import Shipment
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.models import Event
from routes.domain import packing
from tests.factories.components import make_plain_revision, make_short_lot
from tests.factories.packing import (
    demand,
    draft,
    make_demanding_shipment,
    make_packed_shipment,
    record,
)
from tests.factories.routes import today


def states(lot, shipment):
    [facts] = read_facts([lot.pk], shipment=shipment).values()
    return [slot.state for slot in check_pack.check(facts)]


def test_record_is_signed_with_its_photo_and_told_of_the_lot(cast):
    kept = make_packed_shipment(cast)
    signature = kept.signature
    assert (signature.noun, signature.number, signature.meaning) == (
        "packing record",
        f"{kept.shipment.number} {kept.traveler.number} 1",
        "verified",
    )
    told = Event.objects.get(verb="record packing of")
    assert (told.number, told.lots) == (kept.shipment.number, [kept.traveler.number])
    [facts] = read_facts([kept.traveler.pk], shipment=kept.shipment).values()
    assert (kept.photo.sha256, "packing demand 1") in {(file.sha256, file.holder) for file in facts.files}


def test_last_word_counts(cast):
    shipment, lot, [asked] = make_demanding_shipment(cast)
    assert states(lot, shipment) == ["missing"]
    record(cast, shipment, lot, asked, is_met=False, note="Stamp is smeared")
    assert states(lot, shipment) == ["rejected"]
    record(cast, shipment, lot, asked)
    assert states(lot, shipment) == ["accepted"]
    [row] = records.rows_of(shipment)
    assert (row["lot"], row["demand"], row["record"].is_met) == (lot, asked, True)


@pytest.mark.parametrize(("days", "state"), [(91, "accepted"), (90, "accepted"), (89, "rejected")])
def test_shelf_life_has_the_days_asked_for(cast, days, state):
    shipment, lot, [asked] = make_demanding_shipment(cast, "shelf_life")
    record(cast, shipment, lot, asked, expires_on=today() + timedelta(days=days))
    assert states(lot, shipment) == [state]


def test_shelf_life_names_its_last_day_and_nothing_else_does(cast):
    shipment, lot, [stamp, shelf] = make_demanding_shipment(cast, "marking", "shelf_life")
    with pytest.raises(Incomplete, match="Name the last day"):
        record(cast, shipment, lot, shelf)
    with pytest.raises(Incomplete, match="is not about shelf life"):
        record(cast, shipment, lot, stamp, expires_on=today())
    record(cast, shipment, lot, shelf, is_met=False, note="No cure date on the bag")
    assert states(lot, shipment) == ["missing", "rejected"]


def test_unmet_says_why(cast):
    shipment, lot, [asked] = make_demanding_shipment(cast)
    with pytest.raises(Incomplete, match="Say why"):
        record(cast, shipment, lot, asked, is_met=False, note=" ")


def test_only_inspectors_sign(cast):
    shipment, lot, [asked] = make_demanding_shipment(cast)
    with pytest.raises(NotEntitled):
        record(cast, shipment, lot, asked, by=cast.operator)
    with pytest.raises(CredentialRefused):
        records.record(
            by=cast.inspector, shipment=shipment, traveler=lot, demand=asked, is_met=True, token="x"
        )


def test_record_is_of_a_lot_on_a_waiting_shipment(cast):
    shipment, lot, [asked] = make_demanding_shipment(cast)
    other = make_short_lot(cast, make_plain_revision(cast), quantity=2)
    with pytest.raises(NotTheMoment, match="is not on shipment"):
        record(cast, shipment, other, asked)
    with pytest.raises(NotTheMoment, match="does not ask for"):
        record(cast, shipment, lot, demand(cast, other.order_line))
    shipments.cancel(by=cast.quality, shipment=shipment)
    with pytest.raises(NotTheMoment, match="is cancelled"):
        record(cast, Shipment.objects.get(pk=shipment.pk), lot, asked)


def test_another_shipment_is_recorded_anew(cast):
    shipment, lot, [asked] = make_demanding_shipment(cast)
    record(cast, shipment, lot, asked)
    shipments.cancel(by=cast.quality, shipment=shipment)
    assert states(lot, draft(cast, lot)) == ["missing"]


def test_withdrawn_demand_asks_nothing(cast):
    shipment, lot, [asked] = make_demanding_shipment(cast)
    with pytest.raises(Incomplete, match="Name the amendment"):
        packing.withdraw_demand(by=cast.quality, demand=asked, reason=" ")
    packing.withdraw_demand(by=cast.quality, demand=asked, reason="Amendment 2")
    assert (states(lot, shipment), records.rows_of(shipment)) == (["na"], [])
    with pytest.raises(NotTheMoment, match="was withdrawn before"):
        packing.withdraw_demand(by=cast.quality, demand=asked, reason="Amendment 2")
    with pytest.raises(NotTheMoment, match="does not ask for"):
        record(cast, shipment, lot, asked)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"kind": "colour"}, "Say what order line"),
        ({"text": " "}, "has no words"),
        ({"kind": "shelf_life", "least_days_left": None}, "how many days of shelf life"),
        ({"least_days_left": 30}, "how many days of shelf life"),
    ],
)
def test_demand_says_everything(cast, facts, sentence):
    lot = make_short_lot(cast, make_plain_revision(cast), quantity=2)
    with pytest.raises(Incomplete, match=sentence):
        demand(cast, lot.order_line, **facts)
    assert demand(cast, lot.order_line).position == 1
    assert demand(cast, lot.order_line, "label").position == 2


def test_operator_puts_no_demand(cast):
    shipment, lot, [asked] = make_demanding_shipment(cast)
    with pytest.raises(NotEntitled):
        packing.add_demand(by=cast.operator, order_line=lot.order_line, kind="label", text="Bar code")
    with pytest.raises(NotEntitled):
        packing.withdraw_demand(by=cast.operator, demand=asked, reason="Amendment 2")
