import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.domain import plan_changes, route_revisions
from routes.domain.plan_changes import OperationInUse
from routes.domain.route_gaps import gaps_of
from routes.domain.route_revisions import SpecificationNeeded
from routes.domain.words import AlreadyThere
from routes.models import NoteMapping, PlannedCheck, Setup
from tests.factories import routes as made

FIELDS = [
    "sequence",
    "name",
    "quality_owner",
    "timing_owner",
    "incoming_owner",
    "specification",
    "spec_type",
    "spec_class",
    "material_condition",
    "certificate_type",
    "is_irreversible",
    "changes_surface",
    "instructions",
    "work_center",
]


@pytest.fixture
def draft(cast):
    return made.make_draft_route(cast)


def change(cast, operation, *, by=None, **facts):
    same = {field: getattr(operation, field) for field in FIELDS}
    return plan_changes.change_operation(by=by or cast.quality, operation=operation, **same | facts)


def drop(cast, check, *, by=None):
    return plan_changes.drop_check(by=by or cast.quality, check=check)


def test_an_operation_of_a_draft_is_changed_and_the_change_written_down(cast, draft):
    outside = draft.operations.get(sequence=40)
    changed = change(cast, outside, timing_owner="inspector", spec_class="1")
    assert (changed.timing_owner, changed.spec_class, changed.kind) == ("inspector", "1", "outside")
    event = Event.objects.latest("id")
    assert (event.verb, event.number) == ("change_operation", draft.number)
    assert event.data["sequence"] == 40 and "timing_owner" in event.data["changed"]


def test_an_owner_left_open_is_a_gap_that_says_where(cast, draft):
    assert gaps_of(draft) == []
    change(cast, draft.operations.get(sequence=40), incoming_owner="")
    [gap] = gaps_of(draft)
    assert (gap.link, gap.sequence, gap.field) == ("owners", 40, "incoming_owner")
    assert gap.sentence.endswith("has no owner of incoming verification: choose a role.")


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"name": " "}, Incomplete),
        ({"sequence": 0}, Incomplete),
        ({"sequence": 30}, AlreadyThere),
        ({"specification": None}, SpecificationNeeded),
    ],
)
def test_a_change_that_cannot_be_is_refused(cast, draft, facts, refusal):
    outside = draft.operations.get(sequence=40)
    with pytest.raises(refusal):
        change(cast, outside, **facts)
    assert change(cast, outside, sequence=45).sequence == 45


def test_a_draft_is_changed_by_planners_and_only_while_it_is_one(cast, draft):
    operation = draft.operations.get(sequence=60)
    check = PlannedCheck.objects.filter(operation__route_revision=draft).first()
    acts = (
        lambda by: change(cast, operation, by=by),
        lambda by: plan_changes.remove_operation(by=by, operation=operation),
        lambda by: drop(cast, check, by=by),
    )
    for act in acts:
        with pytest.raises(NotEntitled):
            act(cast.operator)
    route_revisions.submit(by=cast.quality, route_revision=draft)
    for act in acts:
        with pytest.raises(NotTheMoment):
            act(cast.quality)
    route_revisions.return_to_author(by=cast.second_quality, route_revision=draft, reason="Owner of 60")
    for act in acts:
        act(cast.quality)


def test_an_operation_leaves_with_its_setup_and_its_checks(cast, draft):
    machine = draft.operations.get(sequence=20)
    inspect = draft.operations.get(sequence=30)
    assert Setup.objects.filter(operation=machine).exists() and inspect.planned_checks.exists()
    pks = (machine.pk, inspect.pk)
    NoteMapping.objects.filter(operation__in=pks).delete()
    for operation in (machine, inspect):
        plan_changes.remove_operation(by=cast.quality, operation=operation)
    assert list(draft.operations.order_by("sequence").values_list("sequence", flat=True)) == [10, 40, 50, 60]
    assert not Setup.objects.filter(operation__in=pks).exists()
    assert not PlannedCheck.objects.filter(operation__in=pks).exists()


def test_an_operation_that_answers_a_note_stays(cast, draft):
    note = draft.part_revision.notes.get(note_number="2")
    pack = draft.operations.get(sequence=60)
    route_revisions.map_note(by=cast.quality, route_revision=draft, note=note, operation=pack)
    with pytest.raises(OperationInUse) as refusal:
        plan_changes.remove_operation(by=cast.quality, operation=pack)
    assert refusal.value.sentence == (
        f"Operation 60 {pack.name} answers note 2 of the drawing. "
        "Map each to another operation or document first."
    )
    route_revisions.map_note(by=cast.quality, route_revision=draft, note=note, document="Deburr standard")
    plan_changes.remove_operation(by=cast.quality, operation=pack)
    assert not draft.operations.filter(sequence=60).exists()


def test_a_check_taken_back_is_a_gap_that_says_where_it_could_be(cast, draft):
    check = PlannedCheck.objects.get(operation__route_revision=draft, characteristic__balloon="1")
    drop(cast, check)
    [gap] = gaps_of(draft)
    assert (gap.link, gap.balloon, gap.side, gap.sequence) == ("checks", "1", "after", 50)
    assert Event.objects.latest("id").data == {
        "sequence": check.operation.sequence,
        "balloon": "1",
        "side": check.side,
    }
