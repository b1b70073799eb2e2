from dataclasses import replace

import pytest

from documents.domain.chain.check_trail import check
from documents.domain.chain.signed_facts import AlteredFacts
from documents.domain.chain.trail_facts import EditFacts
from tests.factories.lot_facts import good_lot, moment, with_step

VOIDED = EditFacts(
    moment(16), "Lotte Brandvold, Inspector", "void value of", "inspection", "I-000002", "a" * 64
)
LATE = EditFacts(moment(17), "Sami Okonjo, Machinist", "sign", "step", "T-000412-20-1", "b" * 64)


def judged(*edits, lot=None):
    (slot,) = check(replace(lot or good_lot(), edits=edits))
    return slot


def test_lot_without_edits_is_accepted():
    slot = judged()
    assert (slot.state, slot.evidence) == ("accepted", "no edit after the first signature")


def test_edit_nobody_reviewed_is_owed_by_quality():
    slot = judged(VOIDED)
    assert (slot.state, slot.owner, slot.stops, slot.waived_by, slot.url_name) == (
        "missing",
        "Maud Ferreira",
        True,
        "nobody",
        "documents:lot-trail",
    )
    assert slot.sentence == (
        "1 edit of lot T-000412 after its first signature is not reviewed: Lotte Brandvold voided a value of "
        "inspection I-000002 on 16 Mar. Somebody of quality who made none of them reviews it."
    )


def test_several_edits_are_named_and_counted():
    slot = judged(VOIDED, LATE, VOIDED, LATE)
    assert slot.sentence.endswith(
        "Sami Okonjo signed step T-000412-20-1 on 17 Mar; Lotte Brandvold voided a value of inspection I-000002 on "
        "16 Mar; and 1 more. Somebody of quality who made none of them reviews them."
    )


def test_owner_who_edited_does_not_owe_the_review():
    slot = judged(replace(VOIDED, actor="Maud Ferreira, Quality engineer"))
    assert slot.owner == "another quality engineer"


def test_reviewed_edits_are_accepted_with_who_reviewed():
    reviewed = [replace(each, reviewed_by="Tomas Wray") for each in (VOIDED, LATE)]
    slot = judged(*reviewed)
    assert (slot.state, slot.evidence) == ("accepted", "2 edits, reviewed by Tomas Wray")


@pytest.mark.parametrize("reviewed, waiting", [(VOIDED, LATE), (LATE, VOIDED)])
def test_later_edit_opens_it_again(reviewed, waiting):
    slot = judged(replace(reviewed, reviewed_by="Tomas Wray"), waiting)
    assert (slot.state, slot.sentence.startswith("1 edit of lot")) == ("missing", True)


def test_review_waits_until_the_last_operation_is_signed():
    lot = with_step(good_lot(), 80, is_signed=False, signed_at=None, signed_on=None)
    slot = judged(VOIDED, lot=lot)
    assert (slot.waits, slot.sentence) == (True, "1 edit to review once the last operation is signed.")


def signatures(*altered):
    return check(good_lot(altered=altered))[1]


def test_signed_records_are_read_again_only_for_a_shipment():
    assert [slot.subject for slot in check(good_lot())] == ["edits"]
    slot = signatures()
    assert (slot.state, slot.evidence) == (
        "accepted",
        "every signed record read again, all as they were signed",
    )


def test_a_step_and_a_concession_are_looked_at_on_the_page_of_the_lot():
    for noun, number in (("step", "T-000412-20-1"), ("concession", "CN-000003")):
        slot = signatures(AlteredFacts(noun, number, "Changed since it was signed: done at."))
        assert (slot.url_name, slot.url_kwargs) == ("routes:traveler-detail", {"number": "T-000412"})


@pytest.mark.parametrize(
    ("more", "words"),
    [(0, ""), (1, " More records that do not: 1."), (3, " More records that do not: 3.")],
)
def test_a_record_that_reads_otherwise_than_it_was_signed_stops_and_nobody_may_let_it_pass(more, words):
    route = AlteredFacts("route", "R-000012", "Changed since it was signed: operations.")
    slot = signatures(route, *[AlteredFacts("certificate", f"C-{each}", "Changed.") for each in range(more)])
    assert (slot.state, slot.waived_by, slot.owner) == ("rejected", "nobody", "Maud Ferreira")
    assert (slot.url_name, slot.url_kwargs) == ("routes:route-detail", {"number": "R-000012"})
    assert slot.sentence == (
        "Route R-000012 no longer reads as it was signed. Changed since it was signed: operations."
        f"{words} Restore it from the backup, or have it made and signed anew."
    )
