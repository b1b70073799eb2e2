"""The whole chain: a sound lot is closed, and each broken link is found by exactly its own check."""

from dataclasses import replace

import pytest

from documents.domain.chain import CHECKS, digest, judge
from documents.domain.chain.component_facts import ComponentFacts
from documents.domain.chain.lot_facts import ClauseFacts, EditFacts, HoldFacts, NonconformanceFacts
from documents.domain.chain.packing_facts import PackingFacts
from tests.factories.exports import controlled
from tests.factories.lot_facts import (
    day,
    good_lot,
    good_material,
    moment,
    open_links,
    shipped_lot,
    with_certificate,
    with_changes,
    with_step,
)

OPEN_NC = NonconformanceFacts("NC-000008", "open", "Bore large", 1, "Lotte Brandvold", day(15))
HOLD = HoldFacts("H-000002", "T-000412", "Customer asks.", "Maud Ferreira", day(15))
VOIDED = EditFacts(
    moment(16), "Lotte Brandvold, Inspector", "void value of", "inspection", "I-000002", "d" * 64
)
UNSHOWN = ClauseFacts("Q-17", "B", "Foreign objects", "document", "FOD log of the cell")
UNBUILT = ComponentFacts("1", "30-4471-9", "Arm", "A", False, 1, 48, 47, ())
UNPACKED = PackingFacts(position=1, kind="marking", text="Ink stamp on face B.")
BREAKS = {
    "NOTES": lambda lot: with_changes(lot, "notes", answer=""),
    "ROUTE": lambda lot: replace(lot, ordered_revision="D"),
    "STEPS": lambda lot: replace(lot, holds=(HOLD,)),
    "LOCK": lambda lot: replace(lot, runs=()),
    "MATERIAL": lambda lot: replace(lot, material=good_material(certificates=())),
    "COMPONENTS": lambda lot: replace(lot, components=(UNBUILT,)),
    "APPROVAL": lambda lot: with_changes(lot, "scopes", valid_until=day(8)),
    "CUSTODY": lambda lot: with_changes(lot, "outside", returned=46),
    "PROCESS": lambda lot: replace(lot, process_certificates=()),
    "DATES": lambda lot: with_certificate(lot, stated_on=day(8)),
    "INCOMING": lambda lot: with_changes(lot, "receipts", accepted_at=None),
    "FINISH": lambda lot: with_changes(lot, "characteristics", after=()),
    "RESULTS": lambda lot: with_changes(lot, "results", 1, complete=0, short=("12 (40 of 48)",)),
    "FAI": lambda lot: replace(lot, first_articles=()),
    "NC": lambda lot: replace(lot, nonconformances=(OPEN_NC,)),
    "CLAUSES": lambda lot: replace(lot, clauses=(UNSHOWN,)),
    "COC": lambda lot: replace(lot, shipment=replace(lot.shipment, conformity=None)),
    "PACK": lambda lot: replace(lot, packing=(UNPACKED,)),
    "FILES": lambda lot: with_changes(lot, "files", is_intact=False),
    "EXPORT": lambda lot: replace(lot, export=controlled(customer={"country": "FR"})),
    "TRAIL": lambda lot: replace(lot, edits=(VOIDED,)),
}


def test_sound_lot_has_no_open_link():
    assert open_links(shipped_lot()) == []


def test_board_waits_for_shipment_only():
    lot = good_lot()
    assert open_links(lot) == ["COC", "FILES"]
    assert [slot.code for slot in judge(lot) if slot.stops] == []


def test_every_check_has_its_break():
    assert list(BREAKS) == [code for code, _ in CHECKS]


@pytest.mark.parametrize("code", BREAKS)
def test_one_broken_link_opens_exactly_its_check(code):
    broken = BREAKS[code](shipped_lot())
    assert open_links(broken) == [code]


@pytest.mark.parametrize("code", BREAKS)
def test_open_link_names_record_owner_and_what_to_do(code):
    slot = next(slot for slot in judge(BREAKS[code](shipped_lot())) if not slot.is_closed)
    assert (slot.lot, bool(slot.owner), slot.sentence.endswith(".")) == ("T-000412", True, True)
    assert slot.url_kwargs["number"]


def test_every_check_says_its_source():
    assert [check.__doc__ for _, check in CHECKS if "Source:" not in check.__doc__] == []


def test_digest_is_equal_for_equal_facts():
    assert digest(shipped_lot()) == digest(shipped_lot())


@pytest.mark.parametrize("code", BREAKS)
def test_digest_changes_with_any_link(code):
    assert digest(BREAKS[code](shipped_lot())) != digest(shipped_lot())


def test_untouched_lot_opens_links_and_raises_nothing():
    bare = replace(
        good_lot(),
        steps=(),
        notes=(),
        runs=(),
        material=None,
        outside=(),
        receipts=(),
        process_certificates=(),
        results=(),
        inspections=(),
        files=(),
    )
    assert open_links(bare) == ["STEPS", "COC", "FILES"]


def test_unsigned_lot_says_its_next_step_first():
    lot = good_lot(runs=(), receipts=(), outside=(), process_certificates=(), inspections=(), results=())
    for sequence in (20, 30, 60, 80):
        lot = with_step(lot, sequence, is_signed=False, signed_at=None, signed_on=None, quantity_out=None)
    stops = [slot for slot in judge(lot) if slot.stops]
    assert [(slot.code, slot.owner) for slot in stops] == [("STEPS", "Ruben Achterberg")]
    assert stops[0].sentence == "Operation 20 Mill is not signed. 4 operations are to be signed."
