"""Nothing forgotten: twenty routes, each complete but for one note, clause or choice, are refused naming it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from portal.models import Person
from routes.domain import clauses, parts, route_revisions
from routes.domain.route_gaps import gaps_before_release
from routes.domain.route_revisions import RouteIncomplete
from routes.models import LineClause, NoteMapping, Operation, RouteRevision, Traveler
from tests.cast import make_cast, reauth
from tests.factories import clauses as met
from tests.factories import routes as made

NOTES = [str(number) for number in range(1, 12)]
CLAUSES = ["Q-1", "Q-2", "Q-3", "Q-4", "Q-5"]
CHOICES = [(40, "spec_type"), (40, "spec_class"), (45, "spec_type"), (45, "spec_class")]
FORGOTTEN = (
    [("note", each) for each in NOTES]
    + [("clause", each) for each in CLAUSES]
    + [("choice", each) for each in CHOICES]
)


def _complete(cast) -> RouteRevision:
    """Return a route in review that lacks nothing: every way of mapping a note and answering a clause is in it."""
    revision = made.make_part_revision(cast, with_notes=False)
    draft = made.make_draft_route(cast, part_revision=revision)
    # a choice is demanded of work in the house, too
    made.add_operation(
        cast,
        draft,
        45,
        "wash",
        "Seal",
        specification=made.make_process_specification(cast),
        spec_type="II",
        spec_class="2",
    )
    operations = list(draft.operations.order_by("sequence"))
    for place, number in enumerate(NOTES):
        text = f"Requirement {number}."
        note = parts.add_note(by=cast.quality, part_revision=revision, note_number=number, text=text)
        route_revisions.map_note(
            by=cast.quality, route_revision=draft, note=note, **_mapping(cast, operations, place)
        )
    lines = [made.make_order_line(cast, revision), made.make_order_line(cast, revision)]
    for place, number in enumerate(CLAUSES):
        carried = met.carry(cast, lines[place % 2], number=number)
        if place == 0:
            clauses.answer_clause(
                by=cast.quality,
                line_clause=carried,
                answer="not_applicable",
                answered_by="No tooling of the customer is used.",
                token=reauth(cast.quality),
            )
    return route_revisions.submit(by=cast.quality, route_revision=draft)


def _mapping(cast, operations: list[Operation], place: int) -> dict:
    if place % 3 == 0:
        return {"operation": operations[place % len(operations)]}
    if place % 3 == 1:
        return {"document": "Certificate of conformity"}
    return {"not_applicable_reason": "Not on this configuration.", "token": reauth(cast.quality)}


@pytest.fixture(scope="module")
def _built_once(django_db_setup, django_db_blocker) -> Iterator[tuple]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        yield cast, _complete(cast).pk
        transaction.set_rollback(True)


@pytest.fixture
def complete(_built_once, settings, tmp_path) -> Iterator[tuple]:
    cast, key = _built_once
    settings.MEDIA_ROOT = tmp_path
    with transaction.atomic():
        yield cast, RouteRevision.objects.get(pk=key)
        transaction.set_rollback(True)


def forget(route: RouteRevision, kind: str, name) -> str:
    """Take one mapping away; return the sentence that names it."""
    if kind == "note":
        NoteMapping.objects.get(route_revision=route, note__note_number=name).delete()
        return (
            f"Note {name} of the drawing is not mapped: name the operation or document that answers it, or sign why "
            "it does not apply."
        )
    if kind == "clause":
        carried = LineClause.objects.get(clause__number=name)
        LineClause.objects.filter(pk=carried.pk).update(
            answer="", answered_by="", mapped_by=None, signature=None
        )
        return (
            f"Clause {name} B of order line {carried.order_line} is not answered: name the operation or document that "
            "answers it, or sign why it does not apply."
        )
    sequence, field = name
    operation = route.operations.get(sequence=sequence)
    setattr(operation, field, "")
    operation.save()
    word = field.removeprefix("spec_")
    choices = "II or III" if word == "type" else "1 or 2"
    return f"Operation {sequence} {operation.name} names no {word} of MIL-PRF-8625 F: choose {choices}."


def _release(by: Person, route: RouteRevision) -> RouteRevision:
    return route_revisions.release(by=by, route_revision=route, token=reauth(by))


def test_twenty_routes_are_prepared():
    assert len(FORGOTTEN) == 20


def test_complete_route_is_released(complete):
    cast, route = complete
    assert gaps_before_release(route) == []
    assert _release(cast.second_quality, route).state == "released"


@pytest.mark.parametrize(("kind", "name"), FORGOTTEN)
def test_route_with_one_thing_forgotten_is_refused_naming_it(complete, kind, name):
    cast, route = complete
    sentence = forget(route, kind, name)
    with pytest.raises(RouteIncomplete) as refused:
        _release(cast.second_quality, route)
    assert refused.value.facts["gaps"] == [sentence]
    assert sentence in refused.value.sentence
    assert RouteRevision.objects.get(pk=route.pk).state == "in_review"


def test_point_at_an_operation_the_route_does_not_have_is_named(complete):
    cast, route = complete
    line = LineClause.objects.get(clause__number="Q-1").order_line
    met.carry(cast, line, "hold", number="Q-9", point_at=35)
    assert gaps_before_release(route) == [
        f"Clause Q-9 B of order line {line} stops operation 35, which this route does not have: add it, or settle "
        "with the customer where it is present."
    ]


def test_clause_of_a_line_that_has_shipped_waits_for_no_route(complete):
    cast, route = complete
    forget(route, "clause", "Q-2")
    line = LineClause.objects.get(clause__number="Q-2").order_line
    assert len(gaps_before_release(route)) == 1
    earlier = made.make_released_route(cast)
    lot = made.make_open_traveler(cast, route_revision=earlier, quantity=line.quantity)
    Traveler.objects.filter(pk=lot.pk).update(order_line=line)
    assert len(gaps_before_release(route)) == 1
    Traveler.objects.filter(pk=lot.pk).update(state=Traveler.SHIPPED)
    assert gaps_before_release(route) == []
