from datetime import timedelta

import pytest
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.domain.signatures import sign
from portal.models import Event
from routes.domain import holds, lots, materials, quantities, travelers
from routes.domain.late_entry import LateWithoutReason, is_late
from routes.domain.lots import LotHasLeft, SerialsDoNotFit
from routes.domain.owners import OwnerNotFound
from routes.domain.travelers import (
    MaterialNotIssued,
    OutOfOrder,
    QuantityDoesNotClose,
    ReworkNotVerified,
    RouteDoesNotFit,
    StepNotSignedByHand,
)
from routes.domain.words import AlreadyThere, DatesDoNotFit, QuantityNotPossible
from routes.models import Traveler
from tests.cast import reauth
from tests.factories import routes as made


def sign_step(cast, step, *, by=None, **facts):
    by = by or cast.operator
    return travelers.sign_step(by=by, step=step, token=reauth(by), **facts)


def complete(cast, step, **facts):
    """Complete a step as a later room does, with the signature that accepted its results."""
    signature = sign(
        by=cast.inspector,
        token=reauth(cast.inspector),
        meaning="accepted",
        noun="inspection",
        number="I-000001",
        content={"step": step.number},
    )
    return travelers.complete_step(by=cast.inspector, step=step, signature=signature, **facts)


def finish(cast, lot):
    """Take a lot through all its steps."""
    while (step := lots.current_step(lot)) is not None:
        if step.operation.kind in ("inspect", "outside"):
            complete(cast, step)
        else:
            made.sign_up_to(cast, lot, step.operation.sequence + 1)
    lot.refresh_from_db()
    return lot


def open_lot(cast, route, line, **changes):
    facts = {"by": cast.quality, "order_line": line, "route_revision": route, "quantity": 50}
    return travelers.open_traveler(**{**facts, **changes})


def test_roles_become_people_when_a_lot_is_opened(cast):
    lot = made.make_open_traveler(cast)
    anodize = made.step_at(lot, 40)
    owners = (anodize.quality_owner, anodize.timing_owner, anodize.incoming_owner)
    assert owners == (cast.quality, cast.manager, cast.inspector)
    assert [step.number for step in lots.steps_of(lot)] == [
        f"{lot.number}-{sequence}-1" for sequence in (10, 20, 30, 40, 50, 60)
    ]


def test_an_owner_must_be_entitled(cast):
    route = made.make_released_route(cast)
    line = made.make_order_line(cast, route.part_revision)
    cast.inspector.authorities.filter(act="inspect").update(withdrawn_at=timezone.now())
    with pytest.raises(OwnerNotFound) as refusal:
        open_lot(cast, route, line)
    assert refusal.value.sentence == (
        "Operation 40 Anodize is owned, for incoming verification, by the role inspector, but nobody active of that "
        "role with authority to inspect and accept is there. A manager can grant the authority."
    )
    cast.inspector.authorities.filter(act="inspect").update(withdrawn_at=None)
    assert open_lot(cast, route, line).state == "open"


def test_a_lot_is_opened_on_the_released_route_of_the_ordered_revision(cast):
    draft, other = made.make_draft_route(cast), made.make_released_route(cast)
    line = made.make_order_line(cast, draft.part_revision)
    for route in (draft, other):
        with pytest.raises(RouteDoesNotFit):
            open_lot(cast, route, line)
    with pytest.raises(NotEntitled):
        open_lot(cast, other, line, by=cast.operator)


@pytest.mark.parametrize(("ordered", "most"), [(1, 6), (50, 55), (55, 61), (200, 220)])
def test_lots_of_a_line_may_pass_it_a_little(cast, ordered, most):
    route = made.make_released_route(cast)
    line = made.make_order_line(cast, route.part_revision, quantity=ordered)
    with pytest.raises(QuantityNotPossible):
        open_lot(cast, route, line, quantity=most + 1)
    with pytest.raises(QuantityNotPossible):
        open_lot(cast, route, line, quantity=0)
    open_lot(cast, route, line, quantity=most)
    with pytest.raises(QuantityNotPossible):
        open_lot(cast, route, line, quantity=1)
    assert open_lot(cast, route, line, quantity=1, purpose="prototype").purpose == "prototype"


def test_scrapped_pieces_may_be_started_anew(cast):
    lot = made.make_open_traveler(cast, quantity=50)
    scrap = {"kind": "scrapped", "quantity": 10, "reason": "Wrong stock", "witness": cast.inspector}
    quantities.record_quantity_move(by=cast.operator, traveler=lot, **scrap)
    assert open_lot(cast, lot.route_revision, lot.order_line, quantity=15).quantity_started == 15


def test_serials_are_given_or_numbered_on(cast):
    route = made.make_released_route(cast, part_revision=made.make_part_revision(cast, is_serialized=True))
    line = made.make_order_line(cast, route.part_revision, quantity=10)
    first = open_lot(cast, route, line, quantity=2, serials=["0007", "A-1"])
    second = open_lot(cast, route, line, quantity=2)
    assert (lots.serials_of(first), lots.serials_of(second)) == (["0007", "A-1"], ["0008", "0009"])
    for serials, refusal in [
        (["1"], SerialsDoNotFit),
        (["1", "1"], SerialsDoNotFit),
        (["2", "A-1"], AlreadyThere),
    ]:
        with pytest.raises(refusal):
            open_lot(cast, route, line, quantity=2, serials=serials)


def test_a_serialised_lot_has_an_end(cast):
    route = made.make_released_route(cast, part_revision=made.make_part_revision(cast, is_serialized=True))
    line = made.make_order_line(cast, route.part_revision)
    with pytest.raises(QuantityNotPossible) as refusal:
        open_lot(cast, route, line, quantity=5_001, purpose=Traveler.PROTOTYPE)
    assert refusal.value.sentence == (
        f"Part {line.part_revision.part.number} is serialised and a lot of it holds at most 5,000 pieces; "
        "5,001 are asked for. Open several lots."
    )
    assert lots.serials_of(open_lot(cast, route, line, quantity=1, purpose=Traveler.PROTOTYPE)) == ["0001"]


def test_a_part_without_serials_takes_none(cast):
    route = made.make_released_route(cast)
    with pytest.raises(SerialsDoNotFit):
        open_lot(cast, route, made.make_order_line(cast, route.part_revision), quantity=1, serials=["1"])


def test_steps_are_signed_in_order(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    with pytest.raises(OutOfOrder) as refusal:
        sign_step(cast, made.step_at(lot, 60))
    assert refusal.value.sentence == (
        f"Step {lot.number}-60-1 Pack comes after {lot.number}-20-1 Mill complete, which is not signed. "
        f"Sign the steps of lot {lot.number} in order."
    )
    signed = sign_step(cast, made.step_at(lot, 20))
    assert (signed.state, signed.quantity_in, signed.quantity_out) == ("signed", 50, 50)
    assert (signed.signature.person, signed.signature.meaning) == (cast.operator, "performed")
    with pytest.raises(NotTheMoment):
        sign_step(cast, signed)


def test_the_material_step_needs_material(cast):
    lot = made.make_open_traveler(cast)
    with pytest.raises(MaterialNotIssued):
        sign_step(cast, made.step_at(lot, 10))


def test_outside_and_inspection_steps_are_not_signed_by_hand(cast):
    lot = made.make_open_traveler(cast, up_to=30)
    for sequence in (30, 40):
        with pytest.raises(StepNotSignedByHand):
            sign_step(cast, made.step_at(lot, sequence))
    assert complete(cast, made.step_at(lot, 30)).state == "signed"
    with pytest.raises(OutOfOrder):
        complete(cast, made.step_at(lot, 50))
    with pytest.raises(NotTheMoment):
        complete(cast, made.step_at(lot, 60))


def test_a_signature_takes_role_authority_and_password(cast):
    step = made.step_at(made.make_open_traveler(cast, up_to=20), 20)
    with pytest.raises(NotEntitled):
        sign_step(cast, step, by=cast.buyer)
    with pytest.raises(CredentialRefused):
        travelers.sign_step(by=cast.operator, step=step, token="made up")
    cast.operator.authorities.update(withdrawn_at=timezone.now())
    with pytest.raises(NotEntitled):
        sign_step(cast, step)
    step.refresh_from_db()
    assert step.state == "waiting"


def test_a_hold_stops_the_next_step_until_it_is_let_go(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    hold = holds.place_hold(by=cast.operator, traveler=lot, reason="Chatter marks.")
    with pytest.raises(holds.LotOnHold) as refusal:
        sign_step(cast, made.step_at(lot, 20))
    assert refusal.value.sentence == (
        f"Lot {lot.number} is on hold: {hold.number} (Chatter marks). "
        "A quality engineer must release the hold before it goes on."
    )
    holds.release_hold(by=cast.quality, hold=hold, reason="Looked at.", token=reauth(cast.quality))
    assert sign_step(cast, made.step_at(lot, 20)).state == "signed"


def test_what_goes_in_comes_out_or_is_accounted_for(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    step = made.step_at(lot, 20)
    with pytest.raises(QuantityDoesNotClose) as refusal:
        sign_step(cast, step, quantity_out=48)
    assert refusal.value.sentence == (
        f"Lot {lot.number} holds 50 pieces; step {step.number} would pass on 48. "
        "Record first what became of the others (scrapped, destroyed, retained, count corrected)."
    )
    scrap = {"kind": "scrapped", "quantity": 2, "reason": "Tool broke", "witness": cast.inspector}
    quantities.record_quantity_move(by=cast.operator, traveler=lot, **scrap)
    signed = sign_step(cast, step, quantity_out=48)
    assert (signed.quantity_in, signed.quantity_out) == (50, 48)


def test_work_entered_late_keeps_its_moment(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    step, now = made.step_at(lot, 20), timezone.now()
    for wrong in (now + timedelta(hours=1), now - timedelta(days=1)):
        with pytest.raises(DatesDoNotFit):
            sign_step(cast, step, at=wrong)
    signed = sign_step(cast, step, at=now)
    assert (signed.signed_at, signed.signature.signed_at > now) == (now, True)


def test_a_lot_is_complete_with_its_last_step(cast):
    lot = finish(cast, made.make_open_traveler(cast))
    assert lot.state == "complete"
    last = Event.objects.filter(lots__contains=[lot.number]).order_by("-id").first()
    assert (last.verb, last.noun, last.number) == ("complete", "lot", lot.number)


def rework(cast, lot, sequences, **changes):
    facts = {"by": cast.quality, "traveler": lot, "operation_sequences": sequences, "reason": "Burrs"}
    return travelers.add_rework_pass(**{**facts, **changes})


def test_rework_repeats_operations_in_a_further_pass(cast):
    lot = finish(cast, made.make_open_traveler(cast))
    added = rework(cast, lot, [50, 20])
    lot.refresh_from_db()
    assert [step.number for step in added] == [f"{lot.number}-20-2", f"{lot.number}-50-2"]
    assert (lot.state, lots.current_step(lot).number) == ("open", f"{lot.number}-20-2")
    assert [step.pass_number for step in lots.steps_of(lot)] == [1, 2, 1, 1, 2, 1]
    assert finish(cast, lot).state == "complete"


def test_rework_is_verified_anew(cast):
    lot = finish(cast, made.make_open_traveler(cast))
    with pytest.raises(ReworkNotVerified) as refusal:
        rework(cast, lot, [40])
    assert refusal.value.sentence == (
        f"After this rework of lot {lot.number} nobody would inspect it again. "
        "Repeat operation 50 Final inspection too."
    )
    assert len(rework(cast, lot, [40, 50])) == 2


def test_rework_while_the_inspection_is_still_to_come(cast):
    lot = made.make_open_traveler(cast, up_to=30)
    assert [step.number for step in rework(cast, lot, [20])] == [f"{lot.number}-20-2"]


@pytest.mark.parametrize(
    ("sequences", "changes", "refusal"),
    [
        ([], {}, ReworkNotVerified),
        ([50], {}, NotTheMoment),
        ([25], {}, NotTheMoment),
        ([20], {"reason": " "}, Incomplete),
        ([20], {"by": "operator"}, NotEntitled),
    ],
)
def test_what_rework_needs(cast, sequences, changes, refusal):
    lot = made.make_open_traveler(cast, up_to=30)
    if "by" in changes:
        changes = {"by": getattr(cast, changes["by"])}
    with pytest.raises(refusal):
        rework(cast, lot, sequences, **changes)
    assert len(rework(cast, lot, [20])) == 1


def test_a_lot_that_has_left_is_touched_no_more(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    step = made.step_at(lot, 20)
    Traveler.objects.filter(pk=lot.pk).update(state="shipped")
    with pytest.raises(LotHasLeft) as refusal:
        sign_step(cast, step)
    assert refusal.value.sentence == f"Lot {lot.number} is shipped; signing a step is not possible any more."
    with pytest.raises(LotHasLeft):
        rework(cast, lot, [10])


def late_lot(cast):
    """Return a lot opened three days ago, at its material step."""
    lot = made.make_open_traveler(cast)
    materials.issue_material(by=cast.operator, traveler=lot, material_lot=made.make_material(cast))
    Traveler.objects.filter(pk=lot.pk).update(opened_at=timezone.now() - timedelta(days=3))
    lot.refresh_from_db()
    return lot


def sign_late(cast, lot, *, hours, **facts):
    at = timezone.now() - timedelta(hours=hours)
    return sign_step(cast, made.step_at(lot, 10), at=at, **facts)


def test_work_of_yesterday_is_entered_without_a_reason(cast):
    signed = sign_late(cast, late_lot(cast), hours=23)
    assert (signed.state, signed.late_reason) == ("signed", "")


def test_work_of_the_day_before_yesterday_says_why_it_is_late(cast):
    lot = late_lot(cast)
    with pytest.raises(LateWithoutReason, match="more than 24 hours ago. Say why"):
        sign_late(cast, lot, hours=25)
    assert made.step_at(lot, 10).state == "waiting"


def test_late_entry_keeps_both_moments_and_the_reason(cast):
    signed = sign_late(cast, late_lot(cast), hours=25, late_reason=" The tablet was broken. ")
    assert signed.late_reason == "The tablet was broken."
    assert is_late(signed.signed_at, entered_at=signed.signature.signed_at)
    assert b"The tablet was broken." in bytes(signed.signature.canonical)
