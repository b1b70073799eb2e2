from dataclasses import replace
from datetime import date

import pytest

from documents.domain.chain.check_pack import check
from documents.domain.chain.packing_facts import PackingFacts
from documents.domain.slot_acts import offered
from tests.factories.lot_facts import day, good_lot, shipped_lot


def asked(**facts):
    return PackingFacts(
        **{
            "position": 1,
            "kind": "marking",
            "text": "Ink stamp on face B.",
            "is_met": True,
            "recorded_by": "Lotte Brandvold",
            "recorded_on": day(16),
        }
        | facts
    )


def shelf_life(**facts):
    return asked(**{"kind": "shelf_life", "least_days_left": 90, "expires_on": date(2026, 9, 1)} | facts)


def only_slot(lot, *packing):
    (slot,) = check(replace(lot, packing=packing))
    return slot


def test_order_without_packing_demands_asks_nothing():
    (slot,) = check(shipped_lot())
    assert (slot.state, slot.reason) == ("na", f"Order {shipped_lot().order} demands nothing about packing.")


def test_demand_waits_for_a_shipment():
    slot = only_slot(good_lot(), asked(is_met=None))
    assert (slot.waits, slot.reason) == (
        True,
        "How marking (Ink stamp on face B) is met is recorded when the lot is put on a shipment.",
    )


def test_met_demand_closes_with_who_saw_it():
    slot = only_slot(shipped_lot(), asked())
    assert (slot.state, slot.evidence) == ("accepted", "Lotte Brandvold, 16 Mar 2026")


def test_unrecorded_demand_says_where_to_record_it():
    slot = only_slot(shipped_lot(), asked(is_met=None, position=3))
    shipment = shipped_lot().shipment.number
    assert (slot.state, slot.subject, slot.url_name) == ("missing", "demand 3", "documents:shipment-detail")
    assert slot.url_kwargs == {"number": shipment}
    assert slot.sentence == (
        f"Nothing says for lot T-000412 on {shipment} that marking (Ink stamp on face B) is met. Look at the packed "
        "pieces and record it."
    )


def test_unmet_demand_says_why():
    slot = only_slot(shipped_lot(), asked(is_met=False, note="Stamp is smeared."))
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Lotte Brandvold found marking (Ink stamp on face B) of lot T-000412 not met: Stamp is smeared. Put it right "
        "and record it again.",
    )


def test_shelf_life_names_its_last_day():
    slot = only_slot(shipped_lot(), shelf_life())
    assert (slot.state, slot.evidence) == ("accepted", "Lotte Brandvold, 16 Mar 2026, expires 1 Sep 2026")


def test_too_few_days_left_stop_it():
    slot = only_slot(shipped_lot(), shelf_life(keeps_long_enough=False))
    assert (slot.state, slot.sentence) == (
        "rejected",
        f"Lot T-000412 expires on 1 Sep 2026, and order {shipped_lot().order} asks for 90 days left when it leaves. "
        f"Ask {shipped_lot().customer}, or ship other pieces.",
    )


@pytest.mark.parametrize("kind", ["marking", "preservation", "label"])
def test_customer_may_waive_what_it_ordered(kind):
    assert only_slot(shipped_lot(), asked(kind=kind, is_met=None)).waived_by == "customer"


def test_act_leads_to_the_record_of_that_demand():
    lot = replace(shipped_lot(), packing=(asked(is_met=None, position=3),))
    [slot] = check(lot)
    act = offered(slot, lot)["act"]
    assert (act["name"], act["kwargs"]) == (
        "documents:packing-record",
        {"number": lot.shipment.number, "lot": "T-000412", "position": "3"},
    )
