"""The matrix: every note and clause with what answers it, what shows it, and how it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from documents.domain.chain import judge
from documents.domain.chain.lot_facts import ClauseFacts, NoteFacts
from documents.domain.matrix import matrix_of
from tests.factories.lot_facts import shipped_lot
from tests.machine import Machine


def row_of(lot, **answer):
    """Return the row of a note answered so."""
    lot = replace(lot, notes=(NoteFacts("7", "As the drawing says.", **answer),), clauses=())
    [row] = matrix_of(lot, judge(lot))
    return row


def outside_of(lot):
    return next(step for step in lot.steps if step.kind == "outside")


def answered_by(step) -> dict:
    return {"answer": "operation", "answered_by": f"operation {step.sequence} {step.name}"}


def test_note_answered_by_outside_work_is_shown_by_signature_and_certificate():
    lot = shipped_lot()
    step = outside_of(lot)
    row = row_of(lot, **answered_by(step))
    certificate = lot.certificates_of(step)[0]
    assert (row.code, row.state, [each.words for each in row.evidence]) == (
        "Note 7",
        "accepted",
        [
            f"signed by {step.signed_by} on {step.signed_on:%-d %b %Y}",
            f"certificate {certificate.stated_number or certificate.number}",
        ],
    )


def test_note_is_open_while_the_certificate_of_its_operation_is():
    lot = replace(shipped_lot(), process_certificates=())
    row = row_of(lot, **answered_by(outside_of(lot)))
    [link] = [slot for slot in judge(lot) if slot.code == "PROCESS"]
    assert (row.state, row.sentence, row.owner) == (link.state, link.sentence, link.owner)


def test_note_waits_for_its_operation():
    lot = shipped_lot()
    last = lot.steps[-1]
    unsigned = replace(last, is_signed=False, signed_at=None, signed_on=None, signed_by="")
    row = row_of(replace(lot, steps=(*lot.steps[:-1], unsigned)), **answered_by(last))
    assert (row.state, row.sentence) == ("waiting", f"{last.opening} is not signed yet.")


@pytest.mark.parametrize(
    ("answer", "state", "shown"),
    [
        ({"answer": "document", "answered_by": "Standard DS-4"}, "mapped", ["Standard DS-4"]),
        ({"answer": "not_applicable", "answered_by": "Maud Ferreira"}, "na", ["signed by Maud Ferreira"]),
        ({}, "missing", []),
    ],
)
def test_note_answered_otherwise(answer, state, shown):
    row = row_of(shipped_lot(), **answer)
    assert (row.state, [each.words for each in row.evidence]) == (state, shown)


def test_note_answered_by_a_document_of_the_chain_stands_and_falls_with_it():
    lot = shipped_lot()
    document = {"answer": "document", "answered_by": "Material certificate, type 3.1"}
    [*links] = [slot for slot in judge(lot) if slot.code == "MATERIAL"]
    assert row_of(lot, **document).state == "accepted"
    assert [each.words for each in row_of(lot, **document).evidence] == [slot.evidence for slot in links]
    broken = replace(lot, material=replace(lot.material, certificates=()))
    assert row_of(broken, **document).state == "missing"


def test_clause_says_what_the_chain_says():
    clause = ClauseFacts("Q-9", "A", "Inspection report", "document", "Inspection report", "")
    lot = replace(shipped_lot(), notes=(), clauses=(clause,))
    [row] = matrix_of(lot, judge(lot))
    [slot] = [each for each in judge(lot) if each.code == "CLAUSES"]
    assert (row.code, row.state, [each.words for each in row.evidence]) == (
        "Clause Q-9 A",
        "accepted",
        [slot.evidence],
    )
    unanswered = replace(lot, clauses=(replace(clause, answer="", answered_by=""),))
    [row] = matrix_of(unanswered, judge(unanswered))
    assert (row.state, row.sentence[:35]) == ("missing", "Quality clause Q-9 A of order O-000")


def test_page_and_call_show_every_row(ready, sign_in):
    shown = sign_in(ready.cast.operator).get(reverse("documents:lot-matrix", args=[ready.lot.number]))
    numbers = [each["row"].code for each in shown.context["rows"]]
    assert numbers == [
        f"Note {note.note_number}" for note in ready.lot.route_revision.part_revision.notes.all()
    ]
    called = Machine(ready.cast.quality).get(f"travelers/{ready.lot.number}/matrix/").json()
    assert [row["code"] for row in called["rows"]] == numbers
