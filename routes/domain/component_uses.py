"""The pieces that were built into a lot of an assembly, and those that came out again.

Pieces built in leave their own lot for good, or until they come out; serials name which went into which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from routes.domain.component_counts import ComponentCount, read_counts
from routes.domain.components import ComponentDoesNotFit
from routes.domain.holds import require_no_hold
from routes.domain.lots import SerialsDoNotFit, lineage, lock_lots, require_in_house, serials_of
from routes.domain.materials import MaterialTooLittle, balance
from routes.domain.quantities import move_into_assembly
from routes.domain.specifications import same_specification
from routes.domain.words import QuantityNotPossible, require_text
from routes.models import Component, ComponentUse, MaterialLot, Traveler
from routes.permissions import FLOOR, require_role


@transaction.atomic
def build_in(
    *,
    by: Person,
    traveler: Traveler,
    component: Component,
    quantity: int,
    source_lot: Traveler | None = None,
    material_lot: MaterialLot | None = None,
    serials: Sequence[str] = (),
    into_serials: Sequence[str] = (),
) -> ComponentUse:
    """Record pieces of a complete lot, or of a bought part received, as built into an assembly lot.

    1. the lots are locked in number order; neither is on hold;
    2. the pieces are of the part revision or specification on the parts list, and not more than it asks for;
    3. they leave their own lot; where both carry serial numbers, each is named with the assembly it went into.

    Units:   pieces of the component.
    Raises:  NotEntitled; LotHasLeft; LotOnHold; Incomplete without a source; NotTheMoment for a source that is not
             complete; ComponentDoesNotFit; QuantityNotPossible; MaterialTooLittle; SerialsDoNotFit.
    Source:  AS9100D 8.5.2 (traceability of assemblies to their components).
    """
    require_role(by=by, roles=FLOOR, act="record what is built in")
    lot, source = _locked(traveler, source_lot)
    _require_not_shipped(lot, "building in")
    require_no_hold(lot)
    _require_on_list(lot, component)
    _require_wanted(lot, component, quantity)
    if (source is None) == (material_lot is None):
        raise Incomplete(
            f"Say where the pieces of item {component.item_number} come from: a lot, or a receipt."
        )
    if source is not None:
        pieces = _from_lot(lot, component, source, quantity, serials, by)
    else:
        pieces = _from_receipt(lot, component, material_lot, quantity, serials)
    into = _into(lot, component, quantity, into_serials)
    return _keep(lot, component, source, material_lot, quantity, pieces, into, by=by)


def _locked(traveler: Traveler, source_lot: Traveler | None) -> tuple[Traveler, Traveler | None]:
    if source_lot is not None and source_lot.pk == traveler.pk:
        raise ComponentDoesNotFit(f"Lot {traveler.number} cannot be built into itself. Choose another lot.")
    found = {lot.pk: lot for lot in lock_lots([each.number for each in (traveler, source_lot) if each])}
    return found[traveler.pk], found[source_lot.pk] if source_lot else None


def _require_on_list(lot: Traveler, component: Component) -> None:
    if component.assembly_id != lot.route_revision.part_revision_id:
        raise ComponentDoesNotFit(
            f"Item {component.item_number} is of {component.assembly}; lot {lot.number} is "
            f"{lot.route_revision.part_revision}. Choose an item of its own parts list."
        )


def count_of(lot: Traveler, component: Component) -> ComponentCount:
    """Return how many pieces of one item a lot needs and has."""
    return next(each for each in read_counts([lot.pk])[lot.pk] if each.component_id == component.pk)


def _require_wanted(lot: Traveler, component: Component, quantity: int) -> None:
    count = count_of(lot, component)
    if not 0 < quantity <= count.missing:
        raise QuantityNotPossible(
            f"Lot {lot.number} needs {count.needed} of item {component.item_number}, {component.part_number}, and has "
            f"{count.recorded}; {quantity} cannot be built in. Give at most what is missing; what is replaced comes "
            "out first."
        )


def _from_lot(
    lot: Traveler, component: Component, source: Traveler, quantity: int, serials: Sequence[str], by: Person
) -> list[str]:
    if source.route_revision.part_revision_id != component.made_id:
        raise ComponentDoesNotFit(
            f"Lot {source.number} is {source.route_revision.part_revision}; item {component.item_number} of "
            f"{component.assembly} is {component.made or component.specification}. Take pieces of that."
        )
    if source.state != Traveler.COMPLETE:
        raise NotTheMoment(
            f"Lot {source.number} is {source.get_state_display().lower()}; only pieces of a lot whose last step is "
            "signed, and that is still here, are built in."
        )
    if source.purpose == Traveler.PROTOTYPE and lot.purpose != Traveler.PROTOTYPE:
        raise ComponentDoesNotFit(
            f"Lot {source.number} is a prototype; it is not built into production lot {lot.number}."
        )
    require_no_hold(source)
    moved = move_into_assembly(
        by=by, lot=source, quantity=quantity, serials=serials, reason=f"Built into lot {lot.number}."
    )
    return moved.serials


def _from_receipt(
    lot: Traveler, component: Component, material_lot: MaterialLot, quantity: int, serials: Sequence[str]
) -> list[str]:
    material, wanted = lock(material_lot), component.specification
    given = material.specification
    if wanted is None or not (
        same_specification(wanted.number, given.number) and wanted.revision in ("", given.revision)
    ):
        raise ComponentDoesNotFit(
            f"{material} is {given}; item {component.item_number} of {component.assembly} is "
            f"{component.made or wanted}. Take pieces of that."
        )
    owner = material.supplier_id if material.is_customer_furnished else None
    if owner not in (None, lot.order_line.order.customer_id):
        raise ComponentDoesNotFit(
            f"{material} belongs to {material.supplier.name}; lot {lot.number} is made for "
            f"{lot.order_line.order.customer.name}."
        )
    if any(serial.strip() for serial in serials):
        raise SerialsDoNotFit(f"Pieces of {material} carry no serial numbers here. Leave them out.")
    if (left := balance(material)) < quantity:
        raise MaterialTooLittle(
            f"{material} has {left} pieces left; {quantity} cannot be built in. Take the rest from another receipt."
        )
    return []


def _into(
    lot: Traveler, component: Component, quantity: int, into_serials: Sequence[str], *, out: bool = False
) -> list[str]:
    """Return the assemblies the pieces went into, one for each piece, where both carry serial numbers."""
    named = [serial.strip() for serial in into_serials if serial.strip()]
    is_asked = bool(
        component.made
        and component.made.part.is_serialized
        and lot.route_revision.part_revision.part.is_serialized
    )
    if not is_asked:
        if named:
            raise SerialsDoNotFit(
                f"Item {component.item_number} or lot {lot.number} carries no serial numbers, so no piece is named "
                "with its assembly. Leave the assemblies out."
            )
        return []
    if len(named) != quantity:
        raise SerialsDoNotFit(
            f"{quantity} pieces of item {component.item_number} are meant and {len(named)} assemblies are named. Name "
            "for each piece, in the same order, the serial it was built into."
        )
    if strangers := sorted(set(named) - set(serials_of(lot))):
        raise SerialsDoNotFit(
            f"Lot {lot.number} does not hold {', '.join(strangers)}. Look at the pieces on its page."
        )
    if not out:
        _require_room(lot, component, named)
    return named


def _require_room(lot: Traveler, component: Component, named: list[str]) -> None:
    there = Counter()
    for use in ComponentUse.objects.filter(component=component, into_serials__overlap=named):
        there.update(dict.fromkeys(use.into_serials, 1 if use.quantity > 0 else -1))
    for serial, count in Counter(named).items():
        if there[serial] + count > component.quantity_each:
            raise SerialsDoNotFit(
                f"Assembly {serial} of lot {lot.number} takes {component.quantity_each} of item "
                f"{component.item_number} and would have {there[serial] + count}. Name the assembly it went into."
            )


@transaction.atomic
def take_out(
    *,
    by: Person,
    traveler: Traveler,
    component: Component,
    quantity: int,
    reason: str,
    source_lot: Traveler | None = None,
    material_lot: MaterialLot | None = None,
    serials: Sequence[str] = (),
    into_serials: Sequence[str] = (),
) -> ComponentUse:
    """Record that pieces came out of an assembly again: they are back in their lot, or in stock, and judged there.

    Units:   pieces of the component.
    Raises:  NotEntitled; LotHasLeft for the assembly, or for a source that was shipped since; Incomplete without a
             reason or source; QuantityNotPossible for more than is in it from there; SerialsDoNotFit.
    """
    require_role(by=by, roles=FLOOR, act="record what is taken out")
    lot, source = _locked(traveler, source_lot)
    _require_not_shipped(lot, "taking a component out")
    reason = require_text(
        reason, f"Say why pieces come out of lot {lot.number}; the reason is kept with them."
    )
    if (source is None) == (material_lot is None):
        raise Incomplete(
            f"Say from where the pieces of item {component.item_number} came: a lot, or a receipt."
        )
    there = _net(lot, component, source, material_lot)
    if not 0 < quantity <= there:
        raise QuantityNotPossible(
            f"Lot {lot.number} has {there} pieces of item {component.item_number} from {source or material_lot}; "
            f"{quantity} cannot come out. Look at what was built in on its page."
        )
    into = _into(lot, component, quantity, into_serials, out=True)
    pieces: list[str] = []
    if source is not None:
        _require_not_shipped(source, "giving pieces back to it")
        moved = move_into_assembly(
            by=by,
            lot=source,
            quantity=-quantity,
            serials=serials,
            reason=f"Out of lot {lot.number}: {reason}"[:300],
        )
        pieces = moved.serials
    return _keep(lot, component, source, material_lot, -quantity, pieces, into, by=by, reason=reason)


def _require_not_shipped(lot: Traveler, act: str) -> None:
    """Refuse a shipped lot; one that closed because it was built in itself is still in the house."""
    if lot.state == Traveler.SHIPPED:
        require_in_house(lot, act)


def _net(
    lot: Traveler, component: Component, source: Traveler | None, material_lot: MaterialLot | None
) -> int:
    found = ComponentUse.objects.filter(_of(lot), component=component)
    found = found.filter(source_lot=source) if source else found.filter(material_lot=material_lot)
    return found.aggregate(total=Sum("quantity"))["total"] or 0


def _of(lot: Traveler) -> Q:
    """Return the condition of what was built into a lot: its own, and what it inherits."""
    wanted = Q()
    for each, cutoff in lineage(lot):
        own = Q(traveler=each)
        wanted |= own if cutoff is None else own & Q(recorded_at__lte=cutoff)
    return wanted


def _keep(
    lot: Traveler,
    component: Component,
    source: Traveler | None,
    material_lot: MaterialLot | None,
    quantity: int,
    serials: list[str],
    into_serials: list[str],
    *,
    by: Person,
    reason: str = "",
) -> ComponentUse:
    use = ComponentUse.objects.create(
        traveler=lot,
        component=component,
        source_lot=source,
        material_lot=material_lot,
        quantity=quantity,
        serials=serials,
        into_serials=into_serials,
        reason=reason,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    record_event(
        by=by,
        verb="build into" if quantity > 0 else "take out of",
        noun="lot",
        number=lot.number,
        lots=[lot.number, *([source.number] if source else [])],
        data={
            "quantity": abs(quantity),
            "name": f"item {component.item_number}, {component.part_number}, from {source or material_lot}",
            "serials": serials,
            "into": into_serials,
            "reason": reason,
        },
    )
    return use


def uses_of(traveler: Traveler) -> list[ComponentUse]:
    """Return what was built into a lot and taken out again, the first first: its own and what it inherits."""
    found = ComponentUse.objects.filter(_of(traveler)).select_related(
        "component", "source_lot", "material_lot", "recorded_by", "traveler"
    )
    return list(found.order_by("pk"))


def built_into(traveler: Traveler) -> list[ComponentUse]:
    """Return into which lots pieces of this lot itself were built and out of which they came again."""
    found = ComponentUse.objects.filter(source_lot=traveler)
    return list(found.select_related("component", "traveler", "recorded_by").order_by("pk"))


def lots_to_take(component: Component) -> list[Traveler]:
    """Return the complete lots whose pieces could be built in as this item, the oldest first."""
    found = Traveler.objects.filter(
        route_revision__part_revision=component.made_id, state=Traveler.COMPLETE
    ).with_quantity()
    return [lot for lot in found.order_by("pk") if lot.quantity_now > 0]


def receipts_to_take(component: Component) -> list[MaterialLot]:
    """Return the receipts of the ordered specification with pieces left, the oldest first."""
    if component.specification is None:
        return []
    numbers = [component.specification.number, *component.specification.same_as]
    found = MaterialLot.objects.filter(specification__number__in=numbers).select_related("specification")
    return [each for each in found.order_by("pk") if balance(each) > 0]
