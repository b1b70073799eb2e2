from dataclasses import replace

from documents.domain.chain.check_notes import check
from tests.factories.lot_facts import good_lot, with_changes


def test_unanswered_note_is_missing():
    (slot,) = check(with_changes(good_lot(), "notes", answer=""))
    assert (slot.state, slot.owner, slot.url_kwargs) == ("missing", "Tomas Wray", {"number": "R-000004-2"})
    assert slot.sentence == (
        "Drawing note 4 of 30-4471-2 is answered by nothing on route R-000004-2. "
        "Map it to an operation or a document on a new route revision."
    )


def test_note_signed_away_is_not_applicable():
    lot = with_changes(good_lot(), "notes", answer="not_applicable", answered_by="Maud Ferreira")
    assert [(slot.state, slot.sentence) for slot in check(lot)] == [
        ("na", "Signed not applicable by Maud Ferreira.")
    ]


def test_drawing_without_notes_asks_nothing():
    assert [slot.state for slot in check(replace(good_lot(), notes=()))] == ["na"]
