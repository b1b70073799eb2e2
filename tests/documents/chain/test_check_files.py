from dataclasses import replace

from documents.domain.chain.check_files import check
from tests.factories.lot_facts import good_lot, shipped_lot, with_changes


def test_hashed_files_close():
    assert [(slot.state, slot.evidence) for slot in check(shipped_lot())] == [
        ("accepted", "2 files hashed again, all unchanged")
    ]


def test_damaged_file_is_rejected():
    (slot,) = check(with_changes(shipped_lot(), "files", is_intact=False))
    assert (slot.state, slot.sentence) == (
        "rejected",
        "The file mill.pdf of C-000019 is gone or was changed in the store. Restore it from the backup.",
    )


def test_board_only_waits():
    assert [(slot.state, slot.waits) for slot in check(good_lot())] == [("missing", True)]


def test_file_not_hashed_for_this_shipment_is_not_taken():
    lot = replace(shipped_lot(), files=good_lot().files)
    assert [slot.state for slot in check(lot)] == ["missing"]
