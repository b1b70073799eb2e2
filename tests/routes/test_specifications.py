import pytest

from portal.domain.errors import Incomplete, NotEntitled
from routes.domain import specifications
from routes.domain.specifications import same_specification
from routes.domain.words import AlreadyThere
from tests.factories import routes as made


def add(cast, **changes):
    facts = {"by": cast.quality, "number": "AMS 2470", "revision": "N", "title": "Chromic", "kind": "process"}
    return specifications.add_specification(**{**facts, **changes})


def test_choices_are_kept_once_and_in_order(cast):
    added = add(cast, types=["II", " I ", "II", ""], classes=["1"])
    assert (added.types, added.classes) == (["II", "I"], ["1"])


def test_one_revision_is_known_once(cast):
    add(cast)
    with pytest.raises(AlreadyThere) as refusal:
        add(cast)
    assert refusal.value.sentence == "Specification AMS 2470 N is known already."
    assert add(cast, revision="P").revision == "P"


def test_a_specification_needs_a_number_and_a_planner(cast):
    with pytest.raises(Incomplete):
        add(cast, number=" ")
    with pytest.raises(NotEntitled):
        add(cast, by=cast.operator)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("MIL-PRF-8625", "mil prf–8625", True),
        ("MIL-PRF-8625", "MIL-A-8625", True),
        ("MIL-A-8625", "MIL-PRF-8625", True),
        ("MIL-PRF-8625", "MIL-PRF-8626", False),
        ("MIL-PRF-8625", "", False),
    ],
)
def test_numbers_for_the_same_specification(cast, a, b, same):
    made.make_process_specification(cast)
    assert same_specification(a, b) is same


def test_a_specification_does_not_replace_itself(cast):
    first, second, third = add(cast, revision="A"), add(cast, revision="B"), add(cast, revision="C")
    replace = specifications.supersede_specification
    replace(by=cast.quality, specification=first, superseded_by=second)
    replace(by=cast.quality, specification=second, superseded_by=third)
    with pytest.raises(specifications.SpecificationCannotReplaceItself):
        replace(by=cast.quality, specification=third, superseded_by=first)
    with pytest.raises(NotEntitled):
        replace(by=cast.operator, specification=third, superseded_by=first)
    first.refresh_from_db()
    assert first.superseded_by == second
