from dataclasses import replace

from documents.domain.chain.check_notes import check
from documents.domain.chain.lot_facts import ClauseFacts
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


def with_clause(**facts):
    return good_lot(
        clauses=(ClauseFacts(**{"number": "Q-17", "revision": "B", "title": "Retention"} | facts),)
    )


def test_clause_without_an_answer_is_missing():
    slot = check(with_clause())[-1]
    assert (slot.state, slot.owner, slot.url_name, slot.url_kwargs) == (
        "missing",
        "Maud Ferreira",
        "routes:order-detail",
        {"number": "O-000003"},
    )
    assert slot.sentence == (
        "Quality clause Q-17 B of order O-000003/1 is answered by nothing. Name the operation or the document that "
        "answers it, or sign that it does not apply."
    )


def test_clause_answered_by_a_document_is_accepted():
    slot = check(with_clause(answer="document", answered_by="Procedure QP-12"))[-1]
    assert (slot.state, slot.evidence) == ("accepted", "document: Procedure QP-12")


def test_clause_signed_not_applicable_says_by_whom_and_why():
    slot = check(with_clause(answer="not_applicable", answered_by="No titanium.", signed_by="Maud Ferreira"))[
        -1
    ]
    assert (slot.state, slot.reason) == ("na", "Signed not applicable by Maud Ferreira: No titanium.")


def test_clause_alone_is_asked_for_without_any_note():
    assert [slot.state for slot in check(replace(with_clause(), notes=()))] == ["missing"]
