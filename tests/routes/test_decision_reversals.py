import pytest

from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts_as_placed
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reversals import SignerMayNotUndo
from portal.models import Reversal
from routes.domain import elsewhere, lots, setups
from routes.domain.decision_reversals import undo_difference, undo_review
from routes.domain.lots import LotHasLeft
from routes.models import LockDifference, RecordedElsewhere, Traveler
from tests.cast import PASSWORD, reauth
from tests.factories.elsewhere import make_brought_in_lot, scan
from tests.factories.routes import NC_PROGRAM, make_open_traveler, sign_step, step_at

WHY = {"reason": "It was another heat.", "judged_anew": "The paper is read again."}


def undo(cast, verb, by=None, **record):
    by = by or cast.manager
    return verb(by=by, token=reauth(by), **record, **WHY)


@pytest.fixture
def reviewed(cast):
    """A scan of a lot brought in, reviewed by a person other than the one who added it."""
    found = scan(cast, make_brought_in_lot(cast), "step", 10)
    by = cast.second_quality if found.recorded_by != cast.second_quality else cast.quality
    return elsewhere.review_elsewhere(by=by, record=found, token=reauth(by))


def test_an_undone_review_waits_again(cast, reviewed):
    signature = reviewed.review_signature
    reversal = undo(cast, undo_review, record=reviewed)
    reviewed.refresh_from_db()
    assert (reviewed.state, reviewed.review_signature) == (RecordedElsewhere.RECORDED, None)
    assert (reversal.undone, reversal.opened) == (signature, [f"record from elsewhere {reviewed.number}"])
    assert reversal.lots == [reviewed.traveler.number]
    with pytest.raises(NotTheMoment, match="Nobody has decided about"):
        undo(cast, undo_review, record=reviewed)


def test_a_rejection_that_was_wrong_is_undone_too(cast):
    found = scan(cast, make_brought_in_lot(cast), "step", 10)
    by = cast.second_quality
    elsewhere.reject_elsewhere(by=by, record=found, reason="Not legible.", token=reauth(by))
    undo(cast, undo_review, record=found)
    found.refresh_from_db()
    assert (found.state, found.review_reason) == (RecordedElsewhere.RECORDED, "")


def test_everything_one_signature_decided_waits_again(cast):
    lot = make_brought_in_lot(cast)
    found = [scan(cast, lot, "step", sequence) for sequence in (10, 20)]
    by = cast.second_quality
    elsewhere.review_paper(by=by, records=found, token=reauth(by))
    reversal = undo(cast, undo_review, record=found[1])
    assert reversal.opened == [f"record from elsewhere {each.number}" for each in found]
    states = RecordedElsewhere.objects.filter(pk__in=[each.pk for each in found]).values_list(
        "state", flat=True
    )
    assert list(states) == ["recorded", "recorded"]


def test_a_review_is_undone_by_somebody_else_of_quality(cast, reviewed):
    with pytest.raises(NotEntitled, match="may not undo decisions on scans"):
        undo(cast, undo_review, by=cast.operator, record=reviewed)
    for by in (reviewed.review_signature.person, reviewed.recorded_by):
        if by.role in ("quality", "manager"):
            with pytest.raises(SignerMayNotUndo, match="and may not undo it too"):
                undo(cast, undo_review, by=by, record=reviewed)
    with pytest.raises(Incomplete, match="Say why the acceptance of record from elsewhere"):
        undo_review(
            by=cast.manager, record=reviewed, token=reauth(cast.manager), reason="", judged_anew="Read."
        )
    assert undo(cast, undo_review, record=reviewed).noun == "record from elsewhere"


def test_a_review_stands_once_a_lot_on_it_has_left(cast, reviewed):
    child = lots.split(by=cast.operator, traveler=reviewed.traveler, quantity=1, reason="A call.")
    Traveler.objects.filter(pk=child.pk).update(state=Traveler.SHIPPED)
    with pytest.raises(LotHasLeft, match=f"Lot {child.number} is shipped; undoing the decision on"):
        undo(cast, undo_review, record=reviewed)
    Traveler.objects.filter(pk=child.pk).update(state=Traveler.OPEN)
    assert undo(cast, undo_review, record=reviewed).lots == [reviewed.traveler.number, child.number]


@pytest.fixture
def decided(cast):
    """A setup difference the quality engineer accepted, at a step that is signed."""
    lot = make_open_traveler(cast, up_to=20)
    step = step_at(lot, 20)
    run = setups.record_run(
        by=cast.operator,
        step=step,
        fixture="FX-12",
        fixture_revision="C",
        nc_program=NC_PROGRAM,
        machine="VF-2",
    )
    by = cast.quality
    difference = setups.disposition_difference(
        by=by,
        difference=LockDifference.objects.get(run=run),
        reason="The same datums.",
        token=reauth(by),
    )
    sign_step(cast, step)
    return difference


def lock_of(difference):
    traveler = difference.run.step.traveler
    slots = judge(read_facts_as_placed([traveler.pk])[traveler.number])
    [slot] = [slot for slot in slots if slot.code == "LOCK"]
    return slot


def test_an_undone_decision_on_a_setup_opens_its_link(cast, decided):
    assert lock_of(decided).is_closed
    reversal = undo(cast, undo_difference, difference=decided)
    decided.refresh_from_db()
    assert (decided.disposition_signature, decided.reason) == (None, "")
    assert reversal.opened == [
        f"setup difference {decided.field.replace('_', ' ')} at {decided.run.step.number}"
    ]
    slot = lock_of(decided)
    assert (slot.state, slot.sentence.split(" Decide on the difference. ")[1][:35]) == (
        "review",
        "What was signed before was undone b",
    )
    with pytest.raises(NotTheMoment, match="Nobody has decided about the setup difference"):
        undo(cast, undo_difference, difference=decided)


def test_a_decision_on_a_setup_is_undone_by_somebody_else_here(cast, decided):
    with pytest.raises(NotEntitled, match="may not undo decisions on setups"):
        undo(cast, undo_difference, by=cast.operator, difference=decided)
    with pytest.raises(SignerMayNotUndo, match="signed setup difference"):
        undo(cast, undo_difference, by=cast.quality, difference=decided)
    lot = decided.run.step.traveler
    Traveler.objects.filter(pk=lot.pk).update(state=Traveler.SHIPPED)
    with pytest.raises(LotHasLeft, match="undoing a decision on the setup of step"):
        undo(cast, undo_difference, difference=decided)


def test_pages_undo_both(cast, client, reviewed, decided):
    client.force_login(cast.manager)
    step = decided.run.step
    pages = {
        reviewed.traveler: f"/elsewhere/{reviewed.number}/undo/",
        step.traveler: f"/steps/{step.number}/setup/1/{decided.field}/undo/",
    }
    for lot, address in pages.items():
        assert f'href="{address}"' in client.get(lot.get_absolute_url()).content.decode()
        assert client.post(address, WHY | {"password": "wrong"}).status_code == 422
        words = client.post(address, WHY | {"password": PASSWORD}, follow=True).content.decode()
        assert Reversal.objects.latest("pk").number in words
