import pytest

from portal.domain.errors import Incomplete, NotEntitled
from portal.domain.files import FileRefused, read_bytes
from routes.domain import parts
from routes.domain.drafts import RevisionIsFrozen
from routes.domain.orders import NotACustomer
from routes.domain.words import AlreadyThere
from tests.factories import routes as made
from tests.routes.examples import PDF


def add_revision(cast, part, **changes):
    facts = {
        "by": cast.quality,
        "part": part,
        "revision": "A",
        "drawing_number": "D-77",
        "drawing_revision": "A",
        "unit": "mm",
        "default_applies_to": "after",
    }
    return parts.add_revision(**{**facts, **changes})


def test_a_drawing_is_kept_byte_for_byte(cast):
    revision = add_revision(cast, made.make_part(cast), drawing=PDF, drawing_name="bracket.pdf")
    assert (read_bytes(revision.drawing), revision.drawing.media_type) == (PDF, "application/pdf")


def test_a_drawing_that_cannot_be_read_adds_nothing(cast):
    part = made.make_part(cast)
    with pytest.raises(FileRefused):
        add_revision(cast, part, drawing=b"", drawing_name="bracket.pdf")
    assert part.revisions.count() == 0
    assert add_revision(cast, part).drawing is None


def test_a_table_is_no_drawing(cast):
    with pytest.raises(FileRefused) as refusal:
        add_revision(cast, made.make_part(cast), drawing=b"a,b\n1,2\n", drawing_name="drawing.csv")
    assert "this place takes a PDF" in refusal.value.sentence


@pytest.mark.parametrize("field", ["revision", "drawing_number", "drawing_revision"])
def test_a_revision_names_itself_and_its_drawing(cast, field):
    part = made.make_part(cast)
    with pytest.raises(Incomplete):
        add_revision(cast, part, **{field: " "})


def test_a_revision_may_be_a_dash_and_not_a_dot(cast):
    part = made.make_part(cast)
    with pytest.raises(Incomplete):
        add_revision(cast, part, revision="..")
    assert add_revision(cast, part, revision="-").revision == "-"


def test_a_revision_is_added_once(cast):
    part = made.make_part(cast)
    add_revision(cast, part)
    with pytest.raises(AlreadyThere) as refusal:
        add_revision(cast, part)
    assert refusal.value.sentence == f"{part.number} has a revision A already. Open it in the part's page."


def test_a_part_number_is_known_once(cast):
    part = made.make_part(cast)
    with pytest.raises(AlreadyThere):
        made.make_part(cast, number=part.number)


def test_a_part_belongs_to_a_customer(cast):
    with pytest.raises(NotACustomer):
        made.make_part(cast, customer=cast.vendor_organization)


@pytest.mark.parametrize("facts", [{"number": "..", "name": "Bracket"}, {"number": "B-1", "name": ""}])
def test_a_part_has_number_and_name(cast, facts):
    with pytest.raises(Incomplete):
        parts.add_part(by=cast.quality, customer=cast.customer, is_serialized=False, **facts)


def test_an_operator_plans_no_part(cast):
    part = made.make_part(cast)
    with pytest.raises(NotEntitled):
        parts.add_part(
            by=cast.operator, customer=cast.customer, number="B-2", name="Arm", is_serialized=False
        )
    with pytest.raises(NotEntitled):
        add_revision(cast, part, by=cast.inspector)
    with pytest.raises(NotEntitled):
        parts.add_note(
            by=cast.operator, part_revision=add_revision(cast, part), note_number="1", text="Deburr."
        )


def test_a_note_is_kept_once_and_word_for_word(cast):
    revision = add_revision(cast, made.make_part(cast))
    note = parts.add_note(
        by=cast.quality, part_revision=revision, note_number="1", text="BREAK EDGES 0,2 MAX"
    )
    with pytest.raises(AlreadyThere):
        parts.add_note(by=cast.quality, part_revision=revision, note_number="1", text="other")
    with pytest.raises(Incomplete):
        parts.add_note(by=cast.quality, part_revision=revision, note_number="2", text=" ")
    assert list(revision.notes.values_list("text", flat=True)) == [note.text] == ["BREAK EDGES 0,2 MAX"]


def test_notes_are_frozen_once_a_route_is_released(cast):
    route = made.make_released_route(cast)
    with pytest.raises(RevisionIsFrozen) as refusal:
        parts.add_note(by=cast.quality, part_revision=route.part_revision, note_number="9", text="Mark it.")
    assert refusal.value.sentence.startswith(f"Route {route.number} of {route.part_revision} was released")
