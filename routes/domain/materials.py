"""Material: received by heat, issued to lots, never more than there is."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.models import Organization, Person
from routes.domain.holds import require_no_hold
from routes.domain.lots import current_step, lock_lots, quantity_of, require_in_house, steps_of
from routes.domain.specifications import same_specification
from routes.domain.words import AlreadyThere, DatesDoNotFit, QuantityNotPossible, require_text
from routes.models import (
    MaterialLot,
    Operation,
    OrderLine,
    SpecificationRevision,
    Traveler,
    TravelerStep,
)
from routes.permissions import FLOOR, PLANNERS, require_role


class MaterialDoesNotMatch(Refused):
    """The heat is not what the route asks for."""

    code = "material-does-not-match"


class MaterialTooLittle(Refused):
    """The heat has fewer pieces left than the lot needs."""

    code = "material-too-little"


@transaction.atomic
def receive_material(
    *,
    by: Person,
    identifier_kind: str,
    identifier: str,
    specification: SpecificationRevision,
    condition: str,
    form: str,
    received_pieces: int,
    received_on: date,
    mill: str = "",
    supplier: Organization | None = None,
    is_customer_furnished: bool = False,
) -> MaterialLot:
    """Take one heat, batch or date code into stock.

    Units:   pieces the blanks are for.
    Raises:  NotEntitled; Incomplete; QuantityNotPossible below one; DatesDoNotFit for a day to come;
             MaterialDoesNotMatch when the specification is no material specification.
    """
    require_role(by=by, roles=FLOOR, act="receive material")
    identifier = require_text(
        identifier, "The material has no heat, batch or date code. Read it from the tag."
    )
    if specification.kind != SpecificationRevision.MATERIAL:
        raise MaterialDoesNotMatch(
            f"{specification} is no material specification. Choose the one on the tag."
        )
    if received_pieces < 1:
        raise QuantityNotPossible(
            f"{identifier} was received for {received_pieces} pieces. Receive at least 1."
        )
    if received_on > timezone.localdate():
        raise DatesDoNotFit(
            f"{identifier} cannot be received on {received_on}, a day to come. Correct the day."
        )
    material = MaterialLot.objects.create(
        number=next_number("M"),
        identifier_kind=identifier_kind,
        identifier=identifier,
        specification=specification,
        condition=require_text(
            condition, f"{identifier} names no alloy and condition, as in 6061-T6. Give it."
        ),
        form=require_text(form, f"{identifier} names no form, as in bar 40 mm. Give it."),
        mill=mill.strip(),
        supplier=supplier,
        is_customer_furnished=is_customer_furnished,
        received_pieces=received_pieces,
        received_on=received_on,
    )
    record_event(
        by=by,
        verb="receive",
        noun="material",
        number=material.number,
        data={"identifier": identifier, "specification": str(specification), "pieces": received_pieces},
    )
    return material


@transaction.atomic
def name_supplier(*, by: Person, material_lot: MaterialLot, supplier: Organization) -> MaterialLot:
    """Name from whom a heat was bought when nobody said so on receipt; what was said then stands.

    Raises:  NotEntitled; AlreadyThere when a supplier is named; NotTheMoment for material the customer furnished;
             MaterialDoesNotMatch when the supplier is the shop itself or no longer worked with.
    Source:  AS9102 Rev C Form 2 field 8 asks for name, address and code of the supplier.
    """
    require_role(by=by, roles=FLOOR, act="name the supplier of material")
    material = lock(material_lot)
    if material.is_customer_furnished:
        raise NotTheMoment(f"{material} was furnished by the customer, so it has no supplier of ours.")
    if material.supplier_id is not None:
        raise AlreadyThere(
            f"{material} is on record as bought from {material.supplier.name}. If that is wrong, receive it anew."
        )
    if supplier.kind == Organization.SHOP or not supplier.is_active:
        raise MaterialDoesNotMatch(
            f"{supplier.name} sells no material to us. Choose whom it was bought from."
        )
    material.supplier = supplier
    material.save()
    record_event(
        by=by,
        verb="name supplier of",
        noun="material",
        number=material.number,
        data={"supplier": supplier.number},
    )
    return material


def balance(material_lot: MaterialLot) -> int:
    """Return how many pieces of a heat are not issued yet.

    Units:   pieces; what a lot scrapped stays issued, a split issues nothing anew, and bought parts that were built
             into assemblies are issued, too.
    """
    issued = material_lot.travelers.aggregate(total=Sum("material_pieces"))["total"] or 0
    built_in = material_lot.built_into.aggregate(total=Sum("quantity"))["total"] or 0
    return material_lot.received_pieces - issued - built_in


@transaction.atomic
def issue_material(*, by: Person, traveler: Traveler, material_lot: MaterialLot) -> Traveler:
    """Give a lot its material, before the material step is signed.

    Raises:  NotEntitled; LotHasLeft; LotOnHold; NotTheMoment when another step is next or material was issued;
             MaterialDoesNotMatch by specification, condition or whose it is; MaterialTooLittle.
    Source:  AS9100D 8.5.2 (identification and traceability).
    """
    require_role(by=by, roles=FLOOR, act="issue material")
    [lot] = lock_lots([traveler.number])
    require_in_house(lot, "an issue of material")
    require_no_hold(lot)
    material = lock(material_lot)
    step = _material_step_elsewhere(lot) or current_step(lot)
    if step is None or step.operation.kind != Operation.MATERIAL:
        raise NotTheMoment(
            f"The next step of lot {lot.number} is not a material issue"
            + (f" but {step.operation.name}" if step else "")
            + ". Material is issued at its own step."
        )
    if lot.material_lot_id is not None:
        raise NotTheMoment(
            f"Lot {lot.number} has its material, {lot.material_lot}. Sign the step; "
            "for other material open another lot."
        )
    _require_match(lot, step.operation, material)
    needed, left = quantity_of(lot), balance(material)
    if left < needed:
        raise MaterialTooLittle(
            f"{material} has {left} pieces left, lot {lot.number} needs {needed}. "
            "Issue another heat, or split the lot so that each part has one heat."
        )
    lot.material_lot, lot.material_pieces = material, needed
    lot.save()
    record_event(
        by=by,
        verb="issue_material",
        noun="lot",
        number=lot.number,
        lots=[lot.number],
        data={"material": material.number, "identifier": material.identifier, "pieces": needed},
    )
    return lot


def _material_step_elsewhere(lot: Traveler) -> TravelerStep | None:
    """Return the material step of a lot that was brought in after it; its heat may be on record here."""
    done = [step for step in steps_of(lot) if step.state == TravelerStep.ELSEWHERE]
    return next((step for step in done if step.operation.kind == Operation.MATERIAL), None)


def _require_match(lot: Traveler, operation: Operation, material: MaterialLot) -> None:
    wanted = operation.specification
    if wanted is not None and not _is_same(wanted, material.specification):
        raise MaterialDoesNotMatch(
            f"{material} is {material.specification}; operation {operation.sequence} of lot {lot.number} asks for "
            f"{wanted}. Issue material of that specification."
        )
    if operation.material_condition and _bare(operation.material_condition) != _bare(material.condition):
        raise MaterialDoesNotMatch(
            f"{material} is {material.condition}; operation {operation.sequence} of lot {lot.number} asks for "
            f"{operation.material_condition}. Issue material of that condition."
        )
    line = lot.order_line
    if (line.sourcing == OrderLine.TOLL) != material.is_customer_furnished:
        whose = "furnished by a customer" if material.is_customer_furnished else "bought by the shop"
        raise MaterialDoesNotMatch(
            f"{material} is {whose}; order line {line} says: {line.get_sourcing_display().lower()}. "
            "Issue material that fits the order line."
        )
    if material.is_customer_furnished and material.supplier_id not in (None, line.order.customer_id):
        raise MaterialDoesNotMatch(
            f"{material} belongs to {material.supplier.name}; lot {lot.number} is made for {line.order.customer.name}."
        )


def _is_same(wanted: SpecificationRevision, given: SpecificationRevision) -> bool:
    if wanted.pk == given.pk:
        return True
    return same_specification(wanted.number, given.number) and wanted.revision in ("", given.revision)


def _bare(condition: str) -> str:
    return "".join(condition.split()).casefold()


@transaction.atomic
def record_certificate(
    *, by: Person, material_lot: MaterialLot, number: str, on: date | None, state: str
) -> MaterialLot:
    """Write the certificate that proves a heat onto it; called when a certificate is accepted or revoked.

    Raises:  NotEntitled.
    """
    require_role(by=by, roles=PLANNERS, act="record material certificates")
    material = lock(material_lot)
    material.certificate_number, material.certificate_on, material.certificate_state = number, on, state
    material.save()
    record_event(
        by=by,
        verb="record_certificate",
        noun="material",
        number=material.number,
        lots=list(material.travelers.values_list("number", flat=True)),
        data={"certificate": number, "on": on, "state": state},
    )
    return material
