"""The parts list of an assembly."""

import pytest

from portal.domain.errors import Incomplete, NotEntitled
from portal.models import Event
from routes.domain import components
from routes.domain.components import AssemblyInItself, ComponentDoesNotFit
from routes.domain.drafts import RevisionIsFrozen
from routes.domain.words import AlreadyThere, QuantityNotPossible
from routes.models import Component
from tests.cast import make_organization
from tests.factories.components import (
    add_bought,
    add_made,
    make_plain_revision,
    make_short_route,
)
from tests.factories.routes import make_material_specification, make_process_specification


def test_made_component_is_called_as_its_part(cast):
    assembly, made = make_plain_revision(cast), make_plain_revision(cast)
    added = add_made(cast, assembly, made, item_number=" 3 ")
    assert (added.item_number, added.part_number, added.name, added.quantity_each) == (
        "3",
        made.part.number,
        "Bracket",
        2,
    )
    told = Event.objects.latest("pk")
    assert (told.verb, told.noun, told.number) == ("add component", "part", assembly.part.number)


def test_bought_component_keeps_its_specification(cast):
    added = add_bought(cast, make_plain_revision(cast))
    assert (added.part_number, added.name, str(added.specification)) == (
        "NASM 77120",
        "Bushing",
        "NASM 77120 A",
    )


@pytest.mark.parametrize(
    ("facts", "refusal", "sentence"),
    [
        ({"item_number": " "}, Incomplete, "has no item number"),
        ({"quantity_each": 0}, QuantityNotPossible, "is built in 0 times"),
        ({"part_number": ""}, Incomplete, "has no part number"),
        ({"name": " "}, Incomplete, "has no name"),
        ({"specification": None}, Incomplete, "is either made here"),
    ],
)
def test_component_says_everything(cast, facts, refusal, sentence):
    wanted = {
        "item_number": "1",
        "quantity_each": 1,
        "part_number": "B-1",
        "name": "Bushing",
        "specification": make_material_specification(cast),
    }
    assembly = make_plain_revision(cast)
    with pytest.raises(refusal, match=sentence):
        components.add_component(by=cast.quality, assembly=assembly, **{**wanted, **facts})
    components.add_component(by=cast.quality, assembly=assembly, **wanted)
    assert Component.objects.count() == 1


def test_process_is_not_bought(cast):
    with pytest.raises(ComponentDoesNotFit, match="is a process, not something to buy"):
        components.add_component(
            by=cast.quality,
            assembly=make_plain_revision(cast),
            item_number="1",
            quantity_each=1,
            part_number="B-1",
            name="Bushing",
            specification=make_process_specification(cast),
        )


def test_item_stands_once(cast):
    assembly = make_plain_revision(cast)
    add_bought(cast, assembly)
    with pytest.raises(AlreadyThere, match="has an item 2 already"):
        add_made(cast, assembly, make_plain_revision(cast), item_number="2")


def test_part_of_another_customer_is_refused(cast):
    other, _ = make_organization(number="OTHER", name="Other Aero", kind="customer", country="US")
    made = make_plain_revision(cast, customer=other)
    with pytest.raises(ComponentDoesNotFit, match="is a part of Other Aero"):
        add_made(cast, make_plain_revision(cast), made)


def test_assembly_is_not_in_itself_at_any_depth(cast):
    top, middle, bottom = (make_plain_revision(cast) for _ in range(3))
    with pytest.raises(AssemblyInItself):
        add_made(cast, top, top)
    add_made(cast, top, middle)
    add_made(cast, middle, bottom)
    with pytest.raises(AssemblyInItself, match="contains"):
        add_made(cast, bottom, top)
    add_made(cast, top, bottom, item_number="2")
    assert Component.objects.count() == 3


def test_parts_list_freezes_with_the_first_released_route(cast):
    assembly = make_plain_revision(cast)
    added = add_bought(cast, assembly)
    make_short_route(cast, assembly)
    with pytest.raises(RevisionIsFrozen):
        add_made(cast, assembly, make_plain_revision(cast))
    with pytest.raises(RevisionIsFrozen):
        components.remove_component(by=cast.quality, component=added)


def test_removed_component_stands_in_history(cast):
    assembly = make_plain_revision(cast)
    added = add_bought(cast, assembly)
    components.remove_component(by=cast.quality, component=added)
    assert (assembly.components.count(), Component.history.filter(item_number="2").count()) == (0, 2)


def test_operator_writes_no_parts_list(cast):
    assembly = make_plain_revision(cast)
    added = add_bought(cast, assembly)
    with pytest.raises(NotEntitled):
        components.remove_component(by=cast.operator, component=added)
    with pytest.raises(NotEntitled):
        components.add_component(
            by=cast.operator,
            assembly=assembly,
            item_number="9",
            quantity_each=1,
            made=make_plain_revision(cast),
        )


def test_assembly_needs_no_material_of_its_own(cast):
    assembly = make_plain_revision(cast)
    add_bought(cast, assembly)
    assert [each.kind for each in make_short_route(cast, assembly).operations.all()] == ["deburr", "pack"]
