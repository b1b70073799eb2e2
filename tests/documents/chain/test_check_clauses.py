from dataclasses import replace
from datetime import timedelta

import pytest

from documents.domain.chain.check_clauses import HELD_BY_THE_CHAIN, check, named_step
from documents.domain.chain.clause_evidence_facts import ClauseEvidenceFacts
from documents.domain.chain.lot_facts import ClauseFacts
from tests.factories.lot_facts import day, good_lot, shipped_lot, with_certificate, with_step

CLAUSE = ClauseFacts(
    "Q-17", "B", "Foreign objects", "document", "FOD log of the cell", mapped_by="Maud Ferreira"
)
HOLD = ClauseFacts("Q-30", "", "First piece", "document", "Letter of the customer", kind="hold", point_at=60)
WITNESS = replace(HOLD, number="Q-31", kind="witness")
SOURCE = replace(HOLD, number="Q-40", kind="source", point_at=None)


def shown(clause, **facts):
    wanted = {
        "number": "CE-000001",
        "clause": clause.words,
        "reference": "OA-77",
        "present": "Anton Belisle",
        "done_on": day(8),
    }
    return ClauseEvidenceFacts(**{**wanted, **facts})


def judged(clause, *evidence, lot=None):
    """Return the one slot of a lot that carries one clause."""
    (slot,) = check(replace(lot or good_lot(), clauses=(clause,), clause_evidence=evidence))
    return slot


def unsigned(*sequences):
    """Return the good lot with operations that are not signed."""
    lot = good_lot()
    for sequence in sequences:
        lot = with_step(lot, sequence, is_signed=False, signed_at=None, signed_on=None)
    return lot


def test_order_without_clauses_asks_nothing():
    (slot,) = check(good_lot())
    assert (slot.state, slot.sentence) == ("na", "Order O-000003/1 carries no quality clause.")


def test_clause_without_evidence_is_owed_by_who_answered_it():
    slot = judged(CLAUSE)
    assert (slot.state, slot.owner, slot.stops, slot.subject, slot.waived_by) == (
        "missing",
        "Maud Ferreira",
        True,
        "clause Q-17 B",
        "customer",
    )
    assert slot.sentence == (
        "Nothing shows for lot T-000412 that quality clause Q-17 B was met. Record its evidence: FOD log of the cell."
    )
    assert slot.url_kwargs == {
        "number": "O-000003",
        "line_number": "1",
        "clause": "Q-17",
        "revision": "B",
        "lot": "T-000412",
    }


def test_clause_with_evidence_is_accepted():
    slot = judged(CLAUSE, shown(CLAUSE, present=""))
    assert (slot.state, slot.evidence) == ("accepted", "CE-000001, OA-77")


def test_evidence_of_another_clause_does_not_count():
    assert judged(CLAUSE, shown(HOLD)).state == "missing"


def test_clause_signed_away_asks_for_nothing():
    slot = judged(replace(HOLD, answer="not_applicable", answered_by="No.", signed_by="Maud Ferreira"))
    assert (slot.state, slot.sentence) == ("na", "Signed not applicable by Maud Ferreira: No.")


def test_unanswered_clause_waits_for_its_answer():
    slot = judged(replace(CLAUSE, answer="", answered_by="", mapped_by=""))
    assert (slot.state, slot.waits, slot.owner) == ("missing", True, "Maud Ferreira")


# operations


@pytest.mark.parametrize(
    "words, sequence",
    [
        ("operation 60 Anodize", 60),
        ("Op. 20", 20),
        ("60, in the tank", 60),
        ("Anodize at the vendor", 60),
        ("Inspect before finish", 30),
        ("operation 45", None),
        ("Hand over to Sami", None),
    ],
)
def test_answer_names_an_operation(words, sequence):
    step = named_step(good_lot(), words)
    assert (step.sequence if step else None) == sequence


def by_operation(words):
    return replace(CLAUSE, answer="operation", answered_by=words)


def test_clause_is_met_by_its_signed_operation():
    slot = judged(by_operation("operation 60 Anodize"))
    assert (slot.state, slot.evidence) == ("accepted", "operation 60 Anodize, signed by Sami Okonjo")


def test_clause_waits_for_its_operation():
    slot = judged(by_operation("operation 60 Anodize"), lot=unsigned(60))
    assert (slot.state, slot.waits, slot.sentence) == (
        "missing",
        True,
        "Operation 60 Anodize meets quality clause Q-17 B; it is not signed yet.",
    )


def test_operation_nobody_knows_is_missing():
    slot = judged(by_operation("Hand over to Sami"))
    assert (slot.state, slot.waits) == ("missing", False)
    assert slot.sentence == (
        "Quality clause Q-17 B is answered by “Hand over to Sami”, and no operation of route R-000004-2 is called so. "
        "Answer it with the number of an operation, or record what shows it."
    )


# documents the chain holds anyway


def by_document(words):
    return replace(CLAUSE, answered_by=words)


@pytest.mark.parametrize("name", HELD_BY_THE_CHAIN)
def test_document_of_the_chain_needs_no_second_record(name):
    slot = judged(by_document(f"{name.capitalize()}, with the lot"), lot=shipped_lot())
    assert slot.state == "accepted"
    assert slot.evidence.startswith(f"{name}: ")


def test_document_of_the_chain_waits_with_its_link():
    slot = judged(by_document("Process certificates"), lot=with_certificate(shipped_lot(), state="review"))
    assert (slot.state, slot.waits, slot.sentence) == (
        "missing",
        True,
        "Quality clause Q-17 B is met by the process certificate, which PROCESS asks for.",
    )


def test_document_nobody_can_give_is_not_applicable():
    lot = replace(good_lot(), steps=tuple(step for step in good_lot().steps if step.kind != "outside"))
    slot = judged(by_document("Process certificate"), lot=replace(lot, outside=(), process_certificates=()))
    assert slot.state == "na"
    assert slot.sentence.endswith("So there is no process certificate to show.")


def test_document_of_somebody_else_is_not_ours():
    assert judged(by_document("Vendor's certificate of conformity"), lot=shipped_lot()).state == "missing"


# points


@pytest.mark.parametrize("clause", [HOLD, WITNESS])
def test_point_let_go_in_time_is_accepted(clause):
    slot = judged(clause, shown(clause))
    assert (slot.state, slot.evidence) == ("accepted", "CE-000001: Anton Belisle, 8 Mar 2026")


def test_day_of_the_signature_is_in_time():
    assert judged(HOLD, shown(HOLD, done_on=day(13))).state == "accepted"
    assert judged(HOLD, shown(HOLD, done_on=day(13) + timedelta(days=1))).state == "rejected"


def test_presence_after_the_signature_is_rejected():
    slot = judged(HOLD, shown(HOLD, done_on=day(14)))
    assert slot.sentence == (
        "CE-000001 is of 14 Mar 2026, after operation 60 Anodize was signed on 13 Mar 2026. Repeat the operation with "
        "Orrin Aerospace present, or ask Orrin Aerospace for a waiver."
    )


def test_hold_needs_presence_and_a_witness_only_a_notice():
    assert judged(HOLD, shown(HOLD, present="")).state == "missing"
    slot = judged(WITNESS, shown(WITNESS, present="", reference="Notice of 3 March"))
    assert (slot.state, slot.evidence) == (
        "accepted",
        "CE-000001: not attended, Notice of 3 March, 8 Mar 2026",
    )


def test_signed_operation_without_its_point_is_missing():
    slot = judged(HOLD)
    assert (slot.state, slot.stops) == ("missing", True)
    assert slot.sentence == (
        "Operation 60 Anodize was signed and nothing shows that Orrin Aerospace let it go first, as clause Q-30 asks. "
        "Record who was there, or ask Orrin Aerospace for a waiver."
    )


def test_point_waits_until_the_lot_stands_there():
    slot = judged(HOLD, lot=unsigned(30, 60, 80))
    assert (slot.waits, slot.sentence) == (
        True,
        "Orrin Aerospace lets operation 60 Anodize go when lot T-000412 stands there.",
    )


def test_point_is_owed_by_the_customer_once_the_lot_stands_there():
    slot = judged(HOLD, lot=unsigned(60, 80))
    assert (slot.state, slot.owner, slot.stops) == ("missing", "Orrin Aerospace", True)
    assert slot.sentence == (
        "Operation 60 Anodize waits for Orrin Aerospace: clause Q-30. Ask Orrin Aerospace to let it go, or record who "
        "was there."
    )


def test_repeated_operation_makes_its_point_stale():
    slot = judged(HOLD, shown(HOLD, is_overtaken=True), lot=unsigned(60, 80))
    assert (slot.state, slot.owner) == ("stale", "Orrin Aerospace")


def test_point_at_no_operation_is_missing():
    slot = judged(replace(HOLD, point_at=65))
    assert slot.sentence == (
        "Clause Q-30 stops operation 65, which route R-000004-2 does not have. Settle with Orrin Aerospace at which "
        "operation it is present."
    )


def test_source_inspection_is_owed_once_the_lot_is_made():
    waits, owed = judged(SOURCE, lot=unsigned(80)), judged(SOURCE)
    assert (waits.waits, waits.sentence) == (
        True,
        "Orrin Aerospace inspects lot T-000412 here once operation 80 Final inspection is signed.",
    )
    assert (owed.state, owed.owner, owed.stops) == ("missing", "Orrin Aerospace", True)


def test_source_inspection_is_accepted_with_who_came():
    assert judged(SOURCE, shown(SOURCE)).state == "accepted"
    assert judged(SOURCE, shown(SOURCE, present="")).state == "missing"


def test_source_inspection_before_rework_is_stale():
    slot = judged(SOURCE, shown(SOURCE, is_overtaken=True))
    assert (slot.state, slot.owner) == ("stale", "Orrin Aerospace")
    assert slot.sentence == (
        "CE-000001 is of before an operation of lot T-000412 was repeated. Ask Orrin Aerospace to inspect again: "
        "clause Q-40."
    )
