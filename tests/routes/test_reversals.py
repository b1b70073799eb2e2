from datetime import timedelta

import pytest
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.domain.reversals import SignerMayNotUndo, reversals_of, reversals_on_lot
from portal.models import Event, Reversal, Signature
from routes.domain import lots, travelers
from routes.domain.lots import LotHasLeft
from routes.domain.reversals import NotTheLastStep, StepIsShared, StepUndoneElsewhere, undo_step
from routes.models import Operation, Traveler, TravelerStep
from tests.cast import PASSWORD, reauth
from tests.factories.routes import make_open_traveler, sign_step, step_at
from tests.machine import Machine

WHY, ANEW = "Signed for the lot on the next cart.", "The pieces are counted again."


def undo(cast, step, **changes):
    by = changes.get("by", cast.quality)
    given = {"by": by, "step": step, "reason": WHY, "judged_anew": ANEW}
    token = changes.pop("token", None) or reauth(by)
    return undo_step(**given | changes, token=token)


@pytest.fixture
def lot(cast):
    """A lot whose first two operations are signed."""
    return make_open_traveler(cast, up_to=30)


def test_an_undone_step_waits_again_and_its_signature_stays(cast, lot):
    step = step_at(lot, 20)
    signature = step.signature
    reversal = undo(cast, step)
    step.refresh_from_db()
    assert (step.state, step.signature, step.signed_at, step.quantity_out) == ("waiting", None, None, None)
    assert (reversal.noun, reversal.record, reversal.undone) == ("step", step.number, signature)
    assert (reversal.opened, reversal.lots) == ([f"step {step.number}"], [lot.number])
    assert (reversal.signature.person, reversal.signature.meaning) == (cast.quality, Signature.REVERSED)
    assert Signature.objects.filter(pk=signature.pk).exists()
    assert lots.current_step(lot) == step


def test_an_undone_step_is_signed_anew_over_new_content(cast, lot):
    step = step_at(lot, 20)
    first = step.signature
    undo(cast, step)
    again = sign_step(cast, TravelerStep.objects.get(pk=step.pk))
    assert again.signature_id != first.pk
    assert again.signature.content_sha256 != first.content_sha256
    second = undo(cast, again)
    assert list(reversals_of("step", step.number).values_list("number", flat=True)) == [
        second.number,
        Reversal.objects.get(undone=first).number,
    ]


def test_what_was_undone_is_told_on_the_lot(cast, lot):
    reversal = undo(cast, step_at(lot, 20))
    event = Event.objects.get(noun="reversal")
    assert (event.verb, event.number, event.lots) == ("undo", reversal.number, [lot.number])
    assert event.data["name"] == f"step {lot.number}-20-1"
    assert event.data["was"].startswith(f"performed by {cast.operator.printed_name}, ")
    assert (event.data["now"], event.data["reason"]) == ("open again", WHY)
    assert list(reversals_on_lot(lot.number)) == [reversal]
    assert list(reversals_on_lot("T-999999")) == []


def test_a_step_is_undone_by_quality_and_never_by_its_signer(cast, lot):
    step = step_at(lot, 20)
    for by in (cast.operator, cast.inspector, cast.buyer, cast.vendor):
        with pytest.raises(NotEntitled, match="may not undo signatures of steps"):
            undo(cast, step, by=by)
    undo(cast, step)
    step = TravelerStep.objects.get(pk=step.pk)
    travelers.sign_step(by=cast.quality, step=step, token=reauth(cast.quality))
    step.refresh_from_db()
    with pytest.raises(SignerMayNotUndo) as refused:
        undo(cast, step)
    assert str(refused.value) == (
        f"{cast.quality.printed_name} signed step {step.number} and may not undo it too. Ask another quality engineer "
        "or a manager."
    )
    assert undo(cast, step, by=cast.second_quality).undone.person == cast.quality


def test_a_reversal_says_why_and_what_is_judged_anew(cast, lot):
    step = step_at(lot, 20)
    with pytest.raises(Incomplete, match=f"Say why the acceptance of step {step.number} was wrong"):
        undo(cast, step, reason=" ")
    with pytest.raises(Incomplete, match="Say what is done or looked at again before"):
        undo(cast, step, judged_anew=" ")
    with pytest.raises(CredentialRefused):
        undo(cast, step, token="nothing")
    step.refresh_from_db()
    assert step.state == TravelerStep.SIGNED


def test_only_a_signed_step_is_undone(cast, lot):
    step = step_at(lot, 20)
    undo(cast, step)
    with pytest.raises(NotTheMoment, match="is waiting; there is no signature to undo"):
        undo(cast, step)


def test_only_the_last_signed_step_is_undone(cast, lot):
    with pytest.raises(NotTheLastStep) as refused:
        undo(cast, step_at(lot, 10))
    assert str(refused.value) == (
        f"After step {lot.number}-10-1 of lot {lot.number}, {lot.number}-20-1 Mill complete was signed. Undo "
        "that first, or order rework of operation 10: it is then signed again in a further pass."
    )
    undo(cast, step_at(lot, 20))
    assert undo(cast, step_at(lot, 10)).opened == [f"step {lot.number}-10-1"]


def test_an_earlier_pass_is_not_undone(cast, lot):
    first = step_at(lot, 20)
    travelers.add_rework_pass(
        by=cast.quality, traveler=lot, operation_sequences=[20], reason="Burrs on the edge."
    )
    with pytest.raises(NotTheLastStep, match="was repeated after step"):
        undo(cast, first)


def test_a_step_signed_by_its_inspection_is_undone_there(cast):
    lot = make_open_traveler(cast, up_to=30)
    step = step_at(lot, 30)
    assert step.operation.kind == Operation.INSPECT
    with pytest.raises(StepUndoneElsewhere, match="Undo the completion of that inspection"):
        undo(cast, step)


def test_a_lot_that_has_left_keeps_its_signatures(cast, lot):
    Traveler.objects.filter(pk=lot.pk).update(state=Traveler.SHIPPED)
    with pytest.raises(
        LotHasLeft, match="is shipped, so the signature of step .* stands as what left with it"
    ):
        undo(cast, step_at(lot, 20))
    Traveler.objects.filter(pk=lot.pk).update(state=Traveler.OPEN)
    assert undo(cast, step_at(lot, 20)).lots == [lot.number]


def test_a_signature_other_lots_stand_on_is_not_undone(cast, lot):
    child = lots.split(by=cast.operator, traveler=lot, quantity=1, reason="A call.")
    with pytest.raises(StepIsShared, match=f"Lot {child.number} stands on the signature of step"):
        undo(cast, step_at(lot, 20))


def test_a_lot_split_off_before_the_signature_does_not_stand_on_it(cast):
    lot = make_open_traveler(cast, up_to=20)
    lots.split(by=cast.operator, traveler=lot, quantity=1, reason="A call.")
    sign_step(cast, step_at(lot, 20))
    assert undo(cast, step_at(lot, 20)).lots == [lot.number]


def test_a_complete_lot_is_open_again(cast):
    lot = make_open_traveler(cast, up_to=30)
    TravelerStep.objects.filter(traveler=lot, state=TravelerStep.WAITING).delete()
    Traveler.objects.filter(pk=lot.pk).update(state=Traveler.COMPLETE)
    undo(cast, step_at(lot, 20))
    lot.refresh_from_db()
    assert lot.state == Traveler.OPEN


def test_the_page_undoes_a_step(cast, lot, client):
    client.force_login(cast.quality)
    step = step_at(lot, 20)
    assert f"/steps/{step.number}/undo/" in client.get(lot.get_absolute_url()).content.decode()
    given = {"reason": WHY, "judged_anew": ANEW, "password": PASSWORD}
    refused = client.post(f"/steps/{step.number}/undo/", given | {"password": "wrong"})
    assert refused.status_code == 422
    answer = client.post(f"/steps/{step.number}/undo/", given, follow=True)
    words = answer.content.decode()
    reversal = Reversal.objects.get()
    assert f"what {cast.operator.printed_name} signed counts no more." in words
    assert f"<s>Performed, {cast.operator.printed_name}" in words
    page = client.get(reversal.get_absolute_url()).content.decode()
    assert f"{cast.quality.printed_name} undid what {cast.operator.printed_name} signed" in page
    client.force_login(cast.operator)
    assert f"/steps/{lot.number}-10-1/undo/" not in client.get(lot.get_absolute_url()).content.decode()


def test_reversals_are_read_by_programs(cast, lot):
    reversal = undo(cast, step_at(lot, 20))
    machine = Machine(cast.quality)
    found = machine.get(f"reversals/?lot={lot.number}").json()["results"]
    assert [(each["number"], each["undone_by"]) for each in found] == [
        (reversal.number, cast.quality.printed_name)
    ]
    assert machine.get(f"reversals/{reversal.number}/").json()["reason"] == WHY


def test_a_late_signature_is_undone_too(cast):
    lot = make_open_traveler(cast, up_to=20)
    before = timezone.now() - timedelta(seconds=1)
    Traveler.objects.filter(pk=lot.pk).update(opened_at=before - timedelta(days=9))
    TravelerStep.objects.filter(traveler=lot, state="signed").update(signed_at=before - timedelta(days=8))
    step = travelers.sign_step(
        by=cast.operator,
        step=step_at(lot, 20),
        token=reauth(cast.operator),
        at=before - timedelta(days=3),
        late_reason="The tablet was down.",
    )
    undo(cast, step)
    step.refresh_from_db()
    assert (step.late_reason, step.state) == ("", "waiting")
