"""The parts list of an assembly: what one piece of it is built from.

It belongs to a part revision and freezes with its first released route, like notes and characteristics.
"""

from __future__ import annotations

from django.db import transaction

from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Organization, Person
from routes.domain.drafts import require_unreleased
from routes.domain.words import QuantityNotPossible, only_once, require_text
from routes.models import Component, PartRevision, SpecificationRevision
from routes.permissions import PLANNERS, require_role


class ComponentDoesNotFit(Refused):
    """The part is not what the parts list asks for, or cannot be on it."""

    code = "component-does-not-fit"


class AssemblyInItself(Refused):
    """An assembly would contain itself."""

    code = "assembly-in-itself"


@transaction.atomic
def add_component(
    *,
    by: Person,
    assembly: PartRevision,
    item_number: str,
    quantity_each: int,
    made: PartRevision | None = None,
    specification: SpecificationRevision | None = None,
    part_number: str = "",
    name: str = "",
    bought_as: str = Component.STANDARD,
) -> Component:
    """Put a part on the parts list of an assembly: one made here by its revision, a bought one by its specification.

    Units:   `quantity_each` pieces for one assembly.
    Raises:  NotEntitled; RevisionIsFrozen once a route of the assembly was released; Incomplete; QuantityNotPossible;
             ComponentDoesNotFit for the part of another customer or a specification of a process; AssemblyInItself
             at any depth; AlreadyThere.
    Source:  AS9102 Form 1 fields 15 and 16; bought_as is field 17 of Rev C for what is not made here.
    """
    require_role(by=by, roles=PLANNERS, act="write parts lists")
    # the customer's row orders two people who write lists at the same moment, so that they close no circle
    Organization.objects.select_for_update().get(pk=assembly.part.customer_id)
    assembly = require_unreleased(assembly)
    item = require_text(
        item_number, f"A component of {assembly} has no item number. Copy it from the drawing."
    )
    if (made is None) == (specification is None):
        raise Incomplete(
            f"Item {item} of {assembly} is either made here, then choose its revision, or bought, then choose its "
            "specification."
        )
    if quantity_each < 1:
        raise QuantityNotPossible(
            f"Item {item} of {assembly} is built in {quantity_each} times. Give at least 1."
        )
    if made is not None:
        _require_made_fits(assembly, item, made)
        part_number, name = made.part.number, made.part.name
    elif specification.kind != SpecificationRevision.MATERIAL:
        raise ComponentDoesNotFit(
            f"{specification} is a process, not something to buy. Choose the specification item {item} is bought to."
        )
    with only_once(f"{assembly} has an item {item} already. Give another item number or remove that one."):
        added = Component.objects.create(
            assembly=assembly,
            item_number=item,
            part_number=require_text(
                part_number, f"Item {item} has no part number. Copy it from the drawing."
            ),
            name=require_text(name, f"Item {item} has no name. Copy it from the drawing."),
            made=made,
            specification=specification,
            quantity_each=quantity_each,
            bought_as=bought_as if made is None else Component.STANDARD,
        )
    _tell(by, "add component", added)
    return added


def _require_made_fits(assembly: PartRevision, item: str, made: PartRevision) -> None:
    if made.part.customer_id != assembly.part.customer_id:
        raise ComponentDoesNotFit(
            f"{made} is a part of {made.part.customer.name}; {assembly} is made for {assembly.part.customer.name}. "
            f"Choose a part of that customer as item {item}."
        )
    above, seen = {made.pk}, set()
    while above:
        if assembly.pk in above:
            raise AssemblyInItself(
                f"{made} contains {assembly}, or is the same: it cannot be item {item} of it. Look at its parts list."
            )
        seen |= above
        below = Component.objects.filter(assembly__in=above, made__isnull=False)
        above = set(below.values_list("made_id", flat=True)) - seen


@transaction.atomic
def remove_component(*, by: Person, component: Component) -> None:
    """Take a part off the parts list; history keeps it.

    Raises:  NotEntitled; RevisionIsFrozen once a route of the assembly was released.
    """
    require_role(by=by, roles=PLANNERS, act="write parts lists")
    require_unreleased(component.assembly)
    current = lock(component)
    _tell(by, "remove component", current)
    current.delete()


def _tell(by: Person, verb: str, component: Component) -> None:
    record_event(
        by=by,
        verb=verb,
        noun="part",
        number=component.assembly.part.number,
        data={
            "revision": component.assembly.revision,
            "name": f"item {component.item_number}, {component.part_number}",
            "wanted": str(component.made or component.specification),
            "quantity": component.quantity_each,
        },
    )
