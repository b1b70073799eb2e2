from datetime import timedelta

import pytest
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.domain.signatures import is_intact
from routes.domain import gauges, route_revisions
from routes.domain.drafts import RevisionIsFrozen
from routes.domain.route_contents import content_of
from routes.domain.route_gaps import gaps_before_release
from routes.domain.route_revisions import NotOfThisRoute, RouteIncomplete, SpecificationNeeded, WrongSide
from routes.domain.words import AlreadyThere, AuthorMayNotApprove
from routes.models import NoteMapping, PlannedCheck, RouteRevision
from tests.cast import reauth
from tests.factories import routes as made


def release(cast, route, *, by=None):
    by = by or cast.second_quality
    return route_revisions.release(by=by, route_revision=route, token=reauth(by))


def in_review(cast, **facts):
    draft = made.make_draft_route(cast, **facts)
    return route_revisions.submit(by=cast.quality, route_revision=draft)


def operation(route, sequence):
    return route.operations.get(sequence=sequence)


def test_a_route_is_numbered_and_released_by_a_second_person(cast):
    route = release(cast, in_review(cast))
    assert (route.state, route.number, route.revision) == ("released", f"{route.route.number}-1", 1)
    signature = route.release_signature
    assert (signature.person, signature.meaning) == (cast.second_quality, "approved")
    assert is_intact(signature, noun="route", number=route.number, content=content_of(route))


def test_a_changed_word_breaks_the_signature(cast):
    route = release(cast, in_review(cast))
    changed = operation(route, 40)
    changed.spec_class = "2"
    changed.save()
    assert not is_intact(
        route.release_signature, noun="route", number=route.number, content=content_of(route)
    )


def test_the_author_does_not_release_his_own_route(cast):
    route = in_review(cast)
    with pytest.raises(AuthorMayNotApprove) as refusal:
        release(cast, route, by=cast.quality)
    assert refusal.value.sentence == (
        f"Maud Ferreira wrote route {route.number} and may not release it. Ask another quality engineer."
    )
    assert release(cast, route).state == "released"


def test_release_takes_a_role_an_authority_and_a_password(cast):
    route = in_review(cast)
    with pytest.raises(NotEntitled):
        release(cast, route, by=cast.operator)
    with pytest.raises(CredentialRefused):
        route_revisions.release(by=cast.second_quality, route_revision=route, token="made up")
    cast.second_quality.authorities.filter(act="approve_route").update(withdrawn_at=timezone.now())
    with pytest.raises(NotEntitled):
        release(cast, route)
    assert RouteRevision.objects.get(pk=route.pk).state == "in_review"


def test_only_a_route_in_review_is_released(cast):
    draft = made.make_draft_route(cast)
    with pytest.raises(NotTheMoment):
        release(cast, draft)
    assert release(cast, route_revisions.submit(by=cast.quality, route_revision=draft)).state == "released"


def test_the_revision_before_is_superseded(cast):
    first = release(cast, in_review(cast))
    copy = route_revisions.draft_revision(by=cast.quality, part_revision=first.part_revision, copy_from=first)
    assert content_of(copy) == content_of(first)
    second = release(cast, route_revisions.submit(by=cast.quality, route_revision=copy))
    first.refresh_from_db()
    assert (first.state, second.replaces, second.revision) == ("superseded", first, 2)


def test_a_signed_not_applicable_is_not_copied(cast):
    draft = made.make_draft_route(cast)
    note = draft.part_revision.notes.get(note_number="2")
    route_revisions.map_note(
        by=cast.quality,
        route_revision=draft,
        note=note,
        not_applicable_reason="No edge is left.",
        token=reauth(cast.quality),
    )
    route = release(cast, route_revisions.submit(by=cast.quality, route_revision=draft))
    copy = route_revisions.draft_revision(by=cast.quality, part_revision=route.part_revision, copy_from=route)
    assert gaps_before_release(copy) == [
        "Note 2 of the drawing is not mapped: name the operation or document that answers it, "
        "or sign why it does not apply."
    ]


def test_one_draft_at_a_time_and_of_the_same_part(cast):
    route = made.make_draft_route(cast)
    with pytest.raises(AlreadyThere) as refusal:
        route_revisions.draft_revision(by=cast.quality, part_revision=route.part_revision)
    assert refusal.value.sentence == (
        f"Route {route.number} for {route.part_revision} is draft. Work on that one."
    )
    with pytest.raises(NotOfThisRoute):
        route_revisions.draft_revision(
            by=cast.quality, part_revision=made.make_part_revision(cast), copy_from=route
        )
    with pytest.raises(NotEntitled):
        route_revisions.draft_revision(by=cast.operator, part_revision=made.make_part_revision(cast))


def test_nothing_changes_after_release_nor_in_review(cast):
    route = in_review(cast)
    note, final = route.part_revision.notes.first(), operation(route, 50)
    characteristic = route.part_revision.characteristics.first()
    acts = [
        lambda: made.add_operation(cast, route, 70, "pack", "Pack again"),
        lambda: route_revisions.plan_check(
            by=cast.quality, operation=final, characteristic=characteristic, side="after"
        ),
        lambda: route_revisions.map_note(
            by=cast.quality, route_revision=route, note=note, document="Coating report"
        ),
        lambda: made.make_setup(cast, operation(route, 20)),
    ]
    for act in acts:
        with pytest.raises(NotTheMoment):
            act()
    release(cast, route)
    for act in acts:
        with pytest.raises(RevisionIsFrozen):
            act()


def test_a_returned_route_may_be_changed_again(cast):
    route = in_review(cast)
    with pytest.raises(Incomplete):
        route_revisions.return_to_author(by=cast.second_quality, route_revision=route, reason=" ")
    with pytest.raises(NotEntitled):
        route_revisions.return_to_author(by=cast.operator, route_revision=route, reason="Class?")
    back = route_revisions.return_to_author(by=cast.second_quality, route_revision=route, reason="Class?")
    assert (back.state, back.return_reason) == ("draft", "Class?")
    with pytest.raises(NotTheMoment):
        route_revisions.return_to_author(by=cast.second_quality, route_revision=back, reason="Again")
    assert made.add_operation(cast, back, 70, "pack", "Label").sequence == 70


def test_an_empty_route_is_not_submitted(cast):
    draft = route_revisions.draft_revision(by=cast.quality, part_revision=made.make_part_revision(cast))
    with pytest.raises(RouteIncomplete):
        route_revisions.submit(by=cast.quality, route_revision=draft)


def test_release_names_every_gap_at_once(cast):
    revision = made.make_part_revision(cast)
    draft = route_revisions.draft_revision(by=cast.quality, part_revision=revision)
    made.add_operation(cast, draft, 20, "machine", "Mill", quality_owner="", timing_owner="")
    made.add_operation(
        cast, draft, 40, "outside", "Anodize", specification=made.make_process_specification(cast)
    )
    route = route_revisions.submit(by=cast.quality, route_revision=draft)
    with pytest.raises(RouteIncomplete) as refusal:
        release(cast, route)
    unmapped = "is not mapped: name the operation or document that answers it, or sign why it does not apply."
    assert refusal.value.facts["gaps"] == [
        f"Note 1 of the drawing {unmapped}",
        f"Note 2 of the drawing {unmapped}",
        "No operation issues the material: add one of kind material issue.",
        "Operation 20 Mill has no owner of quality: choose a role.",
        "Operation 20 Mill has no owner of timing: choose a role.",
        "Operation 20 Mill has no approved setup: approve fixture, program and gauges.",
        "Operation 40 Anodize has no owner of incoming verification: choose a role.",
        "Operation 40 Anodize names no type of MIL-PRF-8625 F: choose II or III.",
        "Operation 40 Anodize names no class of MIL-PRF-8625 F: choose 1 or 2.",
        "Balloon 1 is checked nowhere: plan a check.",
        "Balloon 2 is checked nowhere: plan a check.",
        "Balloon 3 is checked nowhere: plan a check.",
    ]
    assert all(gap in refusal.value.sentence for gap in refusal.value.facts["gaps"])


def test_a_route_without_gaps_has_none(cast):
    assert gaps_before_release(made.make_draft_route(cast)) == []


def test_material_comes_first(cast):
    draft = made.make_draft_route(cast)
    made.add_operation(cast, draft, 5, "wash", "Wash blanks")
    assert gaps_before_release(draft) == [
        "Operation 5 comes before the material issue: the material must come first."
    ]


def test_a_gauge_out_of_calibration_stops_release(cast):
    draft = made.make_draft_route(cast)
    gauge = operation(draft, 20).setups.get().gauges.get()
    gauges.record_calibration(
        by=cast.inspector,
        gauge=gauge,
        certificate_number="CAL-2",
        calibrated_on=made.today(),
        due_on=made.today() + timedelta(days=1),
        is_in_tolerance=False,
    )
    assert gaps_before_release(draft) == [
        f"Operation 20 Mill complete is set up with gauge {gauge.number}, which has no good calibration "
        "in force: calibrate it."
    ]


@pytest.mark.parametrize(
    ("applies_to", "side", "gaps"),
    [
        ("after", "after", []),
        ("after", "before", ["Balloon 7 applies after finish and has no check there: plan one."]),
        ("both", "after", ["Balloon 7 applies before finish and has no check there: plan one."]),
        ("both", "before", ["Balloon 7 applies after finish and has no check there: plan one."]),
        ("before", "after", ["Balloon 7 applies before finish and has no check there: plan one."]),
        ("unspecified", "before", []),
    ],
)
def test_a_characteristic_is_checked_on_the_side_it_applies_to(cast, applies_to, side, gaps):
    draft = made.make_draft_route(cast)
    characteristic = made.make_characteristic(cast, draft.part_revision, balloon="7", applies_to=applies_to)
    route_revisions.plan_check(
        by=cast.quality,
        operation=operation(draft, 30 if side == "before" else 50),
        characteristic=characteristic,
        side=side,
    )
    assert gaps_before_release(draft) == gaps


def test_a_reference_dimension_needs_no_check(cast):
    draft = made.make_draft_route(cast)
    made.make_characteristic(cast, draft.part_revision, balloon="7", is_reference=True)
    assert gaps_before_release(draft) == []


@pytest.mark.parametrize(
    ("sequence", "side", "is_right"),
    [
        (30, "before", True),
        (30, "after", False),
        (40, "after", True),
        (40, "before", False),
        (50, "before", False),
    ],
)
def test_a_check_stands_on_the_right_side_of_the_finish(cast, sequence, side, is_right):
    draft = made.make_draft_route(cast)
    characteristic = made.make_characteristic(cast, draft.part_revision, balloon="7")
    facts = {"by": cast.quality, "operation": operation(draft, sequence), "characteristic": characteristic}
    if is_right:
        assert route_revisions.plan_check(**facts, side=side).side == side
        return
    with pytest.raises(WrongSide):
        route_revisions.plan_check(**facts, side=side)


def test_a_finish_added_later_leaves_a_check_on_the_wrong_side(cast):
    draft = made.make_draft_route(cast)
    made.add_operation(
        cast,
        draft,
        55,
        "outside",
        "Paint",
        incoming_owner="inspector",
        changes_surface=True,
        specification=made.make_process_specification(cast),
        spec_type="II",
        spec_class="1",
    )
    assert gaps_before_release(draft) == [
        f"Balloon {balloon} is planned after finish at operation 50, which lies on the other side of operation 55: "
        "plan it anew."
        for balloon in ("1", "3")
    ]


def test_checks_need_a_place_a_size_and_the_same_part(cast):
    draft = made.make_draft_route(cast)
    own = made.make_characteristic(cast, draft.part_revision, balloon="7")
    strange = made.make_characteristic(cast, made.make_part_revision(cast), balloon="7")
    facts = {"by": cast.quality, "operation": operation(draft, 50), "characteristic": own, "side": "after"}
    for changes, refusal in [
        ({"characteristic": strange}, NotOfThisRoute),
        ({"operation": operation(draft, 20)}, NotOfThisRoute),
        ({"sampling_rule": "sample"}, Incomplete),
        ({"sample_size": 5}, Incomplete),
        ({"by": cast.operator}, NotEntitled),
    ]:
        with pytest.raises(refusal):
            route_revisions.plan_check(**{**facts, **changes})
    planned = route_revisions.plan_check(**facts, sampling_rule="sample", sample_size=5)
    assert (planned.sampling_rule, planned.sample_size) == (PlannedCheck.SAMPLE, 5)
    with pytest.raises(AlreadyThere):
        route_revisions.plan_check(**facts)


def test_operations_need_a_name_a_sequence_and_a_specification_outside(cast):
    draft = made.make_draft_route(cast)
    for facts, refusal in [
        ((70, "outside", "Paint"), SpecificationNeeded),
        ((70, "pack", " "), Incomplete),
        ((0, "pack", "Pack"), Incomplete),
        ((60, "pack", "Pack again"), AlreadyThere),
    ]:
        with pytest.raises(refusal):
            made.add_operation(cast, draft, *facts)
    assert draft.operations.count() == 6


def test_a_note_has_exactly_one_answer(cast):
    draft, strange = made.make_draft_route(cast), made.make_draft_route(cast)
    note = draft.part_revision.notes.get(note_number="1")
    facts = {"by": cast.quality, "route_revision": draft, "note": note}
    for answer, refusal in [
        ({}, Incomplete),
        ({"operation": operation(draft, 40), "document": "Report"}, Incomplete),
        ({"not_applicable_reason": "Not coated"}, CredentialRefused),
        ({"operation": operation(strange, 40)}, NotOfThisRoute),
        ({"note": strange.part_revision.notes.first(), "document": "Report"}, NotOfThisRoute),
        ({"by": cast.operator, "document": "Report"}, NotEntitled),
    ]:
        with pytest.raises(refusal):
            route_revisions.map_note(**{**facts, **answer})
    mapped = route_revisions.map_note(**facts, document="Coating report")
    assert (mapped.document, mapped.operation) == ("Coating report", None)
    assert NoteMapping.objects.filter(route_revision=draft, note=note).count() == 1
