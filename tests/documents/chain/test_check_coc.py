from dataclasses import replace
from datetime import date

import pytest

from documents.domain.chain.check_coc import check
from documents.domain.chain.lot_facts import ConcessionFacts, NonconformanceFacts, ShipmentLineFacts
from documents.domain.chain.packing_facts import PackingFacts
from tests.factories.lot_facts import day, good_lot, shipped_lot


def with_conformity(**facts):
    lot = shipped_lot()
    return replace(lot, shipment=replace(lot.shipment, conformity=replace(lot.shipment.conformity, **facts)))


def judged(lot):
    (slot,) = check(lot)
    return slot


def test_board_only_waits():
    slot = judged(good_lot())
    assert (slot.state, slot.owner, slot.waits) == ("missing", "Maud Ferreira", True)


def test_signed_certificate_closes():
    assert judged(shipped_lot()).evidence == "CC-000005 revision 1"


def test_unsigned_shipment_is_missing():
    lot = shipped_lot()
    slot = judged(replace(lot, shipment=replace(lot.shipment, conformity=None)))
    assert (slot.state, slot.waits, slot.sentence) == (
        "missing",
        False,
        "No certificate of conformity is signed for shipment SH-000005. Certify it.",
    )


def test_changed_content_is_rejected():
    assert judged(with_conformity(is_intact=False)).state == "rejected"


def test_blank_field_is_rejected():
    assert judged(with_conformity(blank=("field 12 remarks",))).sentence == (
        "Certificate of conformity CC-000005 revision 1 leaves field 12 remarks blank; write N/A where nothing "
        "applies. Certify the shipment again."
    )


@pytest.mark.parametrize(
    "lines",
    [(), (ShipmentLineFacts("T-000412", 47),), (ShipmentLineFacts("T-000412", 48, ("001",)),)],
)
def test_certificate_must_equal_the_shipper(lines):
    assert judged(with_conformity(lines=lines)).state == "stale"


def test_shipper_must_equal_the_lot():
    assert judged(replace(shipped_lot(), quantity=47)).sentence == (
        "Shipment SH-000005 lists 48 pieces of lot T-000412, which has 47. Put the lot on the shipment anew. "
        "Certify the shipment again."
    )


def test_serials_of_shipper_and_lot_must_be_equal():
    assert judged(replace(shipped_lot(), serials=("001",))).state == "stale"


def test_lot_off_the_shipment_is_stale():
    lot = shipped_lot()
    assert judged(replace(lot, shipment=replace(lot.shipment, lines=()))).sentence == (
        "Shipment SH-000005 has no line for lot T-000412. Certify the shipment again."
    )


def test_concession_must_be_named():
    found = NonconformanceFacts(
        "NC-000008",
        "dispositioned",
        "Bore large",
        2,
        "Lotte Brandvold",
        day(15),
        "use_as_is",
        (),
        (ConcessionFacts("CN-000003", "DEV-118", 2),),
    )
    lot = replace(with_conformity(words="All parts conform."), nonconformances=(found,))
    assert judged(lot).state == "stale"
    named = replace(with_conformity(words="All parts conform except by CN-000003."), nonconformances=(found,))
    assert judged(named).state == "accepted"


def test_last_day_of_use_is_named():
    shelf = PackingFacts(
        position=1,
        kind="shelf_life",
        text="Grease",
        least_days_left=90,
        is_met=True,
        expires_on=date(2027, 3, 1),
        recorded_by="Lotte Brandvold",
        recorded_on=date(2026, 3, 16),
    )
    lot = replace(shipped_lot(), packing=(shelf,))
    [slot] = check(lot)
    assert (slot.state, "does not name 1 Mar 2027, the last day of use" in slot.sentence) == ("stale", True)
    said = replace(
        lot.shipment.conformity, words=f"{lot.shipment.conformity.words} last day of use 2027-03-01"
    )
    named = replace(lot, shipment=replace(lot.shipment, conformity=said))
    assert [slot.state for slot in check(named)] == ["accepted"]
