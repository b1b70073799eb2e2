"""What is not to the drawing: set apart, decided, closed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from inspection.domain.passing_contents import disposition_content
from inspection.domain.windows import window_words, windows_of
from inspection.models import Concession, InspectionRecord, Measurement, Nonconformance
from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature, StoredFile
from portal.permissions import require_inspector, require_quality, require_shop
from routes.domain.lots import lock_lots, quantity_of, serials_of, split, steps_of
from routes.domain.quantities import record_quantity_move
from routes.domain.travelers import add_rework_pass
from routes.models import Characteristic, QuantityMove, Traveler, TravelerStep


class DesignAuthorityNeeded(Refused):
    """Use-as-is and repair belong to whoever owns the design."""

    code = "design-authority-needed"


@transaction.atomic
def open_nonconformance(
    *,
    by: Person,
    traveler: Traveler,
    description: str,
    quantity: int,
    serials: tuple[str, ...] = (),
    characteristic: Characteristic | None = None,
    measurement: Measurement | None = None,
) -> Nonconformance:
    """Set pieces apart that are not to the drawing: they become a lot of their own until they are decided.

    Units:   quantity in pieces.
    Raises:  Incomplete without a description or with more pieces than the lot has.
    Source:  release rule 42 as corrected: a nonconformance blocks pieces, not lots.
    """
    require_shop(by, "open nonconformances")
    lock_lots([traveler.number])
    held = quantity_of(traveler)
    if not description.strip():
        raise Incomplete(f"Say what is not to the drawing on lot {traveler.number}.")
    if not 0 < quantity <= held:
        raise Incomplete(f"Lot {traveler.number} has {held} pieces; {quantity} cannot be nonconforming.")
    apart = traveler
    if quantity < held:
        apart = split(
            by=by,
            traveler=traveler,
            quantity=quantity,
            serials=serials if _is_serialized(traveler) else (),
            reason=description.strip()[:290],
        )
    nonconformance = Nonconformance.objects.create(
        number=next_number("NC"),
        traveler=apart,
        found_on_traveler=traveler,
        measurement=measurement,
        characteristic=characteristic,
        description=description.strip(),
        quantity=quantity,
        serials=list(serials),
        opened_by=by,
        opened_at=timezone.now(),
    )
    record_event(
        by=by,
        verb="open",
        noun="nonconformance",
        number=nonconformance.number,
        lots=[traveler.number, apart.number],
        data={"description": description, "quantity": quantity, "serials": list(serials)},
    )
    return nonconformance


def open_for_measurement(*, by: Person, measurement: Measurement) -> Nonconformance:
    """Open the nonconformance of one failing value, or name it in the piece's open one.

    The failing piece is found in the lot of the record or in the children split from it since.
    """
    piece_lot = lot_of_piece(measurement.record, measurement.serial)
    words = describe(measurement)
    standing = Nonconformance.objects.select_for_update(of=("self",)).filter(
        traveler=piece_lot, state=Nonconformance.OPEN, serials=[measurement.serial]
    )
    if not _is_serialized(piece_lot):
        standing = standing.filter(measurement__record=measurement.record)
    if nonconformance := standing.first():
        nonconformance.description = f"{nonconformance.description}\n{words}"
        nonconformance.save()
        record_event(
            by=by,
            verb="add to",
            noun="nonconformance",
            number=nonconformance.number,
            lots=[piece_lot.number],
            data={"description": words},
        )
        return nonconformance
    return open_nonconformance(
        by=by,
        traveler=piece_lot,
        description=words,
        quantity=1,
        serials=(measurement.serial,),
        characteristic=measurement.characteristic,
        measurement=measurement,
    )


def describe(measurement: Measurement) -> str:
    """Say in one line which value failed against which limits, on which piece."""
    characteristic = measurement.characteristic
    value = (
        "not conforming"
        if measurement.value is None
        else f"{measurement.value.normalize():f} {characteristic.unit}"
    )
    return (
        f"Serial {measurement.serial}: characteristic {characteristic.balloon} {characteristic.name} is {value}; "
        f"required {window_words(characteristic, windows_of(measurement.record)) or characteristic.requirement}."
    )


def _is_serialized(traveler: Traveler) -> bool:
    return traveler.route_revision.part_revision.part.is_serialized


def lot_of_piece(record: InspectionRecord, serial: str) -> Traveler:
    """Return the lot a measured piece stands in now: the inspected one, or the one it was set apart into."""
    if _is_serialized(record.traveler):
        part = record.traveler.route_revision.part_revision.part
        return part.pieces.select_related("traveler").get(serial=serial).traveler
    apart = Nonconformance.objects.filter(measurement__record=record, serials=[serial])
    first = apart.select_related("traveler").order_by("pk").first()
    return first.traveler if first else record.traveler


@transaction.atomic
def add_concession(
    *,
    by: Person,
    nonconformance: Nonconformance,
    customer_reference: str,
    decided_by: str,
    decided_on: date,
    quantity_limit: int,
    serials: tuple[str, ...] = (),
    evidence: StoredFile | None = None,
    valid_to: date | None = None,
    conditions: str = "",
) -> Concession:
    """Record the design authority's written permission, with its limits.

    Units:   pieces; `valid_to` is the last day on which they may be shipped under it.
    Raises:  Incomplete without the customer's reference or the name of who decided.
    Source:  AS9100D 8.7 (use-as-is and repair need the organisation responsible for design).
    """
    require_quality(by, "record concessions")
    if not customer_reference.strip() or not decided_by.strip():
        raise Incomplete(
            f"A concession for {nonconformance.number} needs the customer's reference and who decided there."
        )
    _require_limits(nonconformance, decided_on, quantity_limit, serials, valid_to)
    concession = Concession.objects.create(
        number=next_number("CN"),
        nonconformance=nonconformance,
        customer_reference=customer_reference.strip(),
        decided_by=decided_by.strip(),
        decided_on=decided_on,
        quantity_limit=quantity_limit,
        serials=list(serials),
        evidence=evidence,
        valid_to=valid_to,
        conditions=conditions.strip(),
    )
    record_event(
        by=by,
        verb="concede",
        noun="nonconformance",
        number=nonconformance.number,
        lots=[nonconformance.traveler.number],
        data={"concession": concession.number, "reference": customer_reference, "limit": quantity_limit},
    )
    return concession


def _require_limits(
    nonconformance: Nonconformance,
    decided_on: date,
    quantity_limit: int,
    serials: tuple[str, ...],
    valid_to: date | None,
) -> None:
    if decided_on > timezone.localdate():
        raise Incomplete(
            f"A concession for {nonconformance.number} cannot be decided on {decided_on}, a day to come. "
            "Give the day on the customer's letter."
        )
    if valid_to is not None and valid_to < decided_on:
        raise Incomplete(
            f"The concession for {nonconformance.number} would end on {valid_to}, before it was decided on "
            f"{decided_on}. Correct one of the days."
        )
    if quantity_limit < 1:
        raise Incomplete(f"The concession for {nonconformance.number} must allow at least 1 piece.")
    if strangers := sorted(set(serials) - set(nonconformance.serials)):
        raise Incomplete(
            f"{nonconformance.number} does not hold {', '.join(strangers)}; its pieces are "
            f"{', '.join(nonconformance.serials) or 'without serials'}. Correct the serials of the concession."
        )


@transaction.atomic
def disposition(
    *,
    by: Person,
    nonconformance: Nonconformance,
    disposition: str,
    reason: str,
    token: str,
    witness: Person | None = None,
    rework_operations: tuple[int, ...] = (),
) -> Nonconformance:
    """Decide what happens to the pieces, and do it: scrap leaves the lot, rework opens a new pass.

    Raises:  Incomplete without a reason, a witness for scrap, or operations to rework;
             DesignAuthorityNeeded for use-as-is or repair without a concession that covers every piece;
             NotEntitled without authority.
    Source:  release rules 43 and 44.
    """
    require_quality(by, "disposition nonconformances")
    lock_lots([nonconformance.traveler.number])
    nonconformance = lock(nonconformance)
    if disposition in (Nonconformance.USE_AS_IS, Nonconformance.REPAIR) and not is_conceded(nonconformance):
        concede_by_delegation(by=by, nonconformance=nonconformance)
    _require_grounds(nonconformance, disposition, reason, witness, rework_operations)
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.DISPOSITIONED,
        noun="nonconformance",
        number=nonconformance.number,
        content=disposition_content(nonconformance, disposition, reason),
        act=Authority.DISPOSITION,
    )
    decided = move(
        nonconformance,
        "disposition",
        by=by,
        lots=[nonconformance.traveler.number],
        disposition=disposition,
        disposition_reason=reason.strip(),
        disposition_signature=signature,
        data={"disposition": disposition, "reason": reason},
    )
    _carry_out(by, decided, witness, rework_operations)
    return decided


def concede_by_delegation(*, by: Person, nonconformance: Nonconformance) -> Concession | None:
    """Concede pieces by material review authority the customer delegated to this very person; None without it.

    An authority for all customers delegates nothing: each design authority speaks for its own drawings.
    Source:  AS9100D 8.7.1 (delegation by the organisation responsible for design).
    """
    customer = nonconformance.traveler.order_line.order.customer
    today = timezone.localdate()
    held = Authority.objects.in_force(person=by, act=Authority.MATERIAL_REVIEW, on=today)
    delegated = held.own().filter(customer=customer).order_by("pk").first()
    if delegated is None:
        return None
    quantity, serials = pieces_left(nonconformance)
    concession = Concession.objects.create(
        number=next_number("CN"),
        nonconformance=nonconformance,
        customer_reference=delegated.basis[:80],
        decided_by=f"{by.printed_name}, for {customer.name} by delegation"[:160],
        decided_on=today,
        quantity_limit=quantity,
        serials=serials,
        source=Concession.DELEGATED,
    )
    record_event(
        by=by,
        verb="concede",
        noun="nonconformance",
        number=nonconformance.number,
        lots=[nonconformance.traveler.number],
        data={"concession": concession.number, "reference": delegated.basis, "limit": quantity},
    )
    return concession


def _require_grounds(
    nonconformance: Nonconformance,
    disposition: str,
    reason: str,
    witness: Person | None,
    rework_operations: tuple[int, ...],
) -> None:
    if not reason.strip():
        raise Incomplete(f"Say why {nonconformance.number} is decided so; the reason is signed with it.")
    if disposition in (Nonconformance.USE_AS_IS, Nonconformance.REPAIR) and not is_conceded(nonconformance):
        raise DesignAuthorityNeeded(
            f"{nonconformance.number} holds {nonconformance.quantity} pieces that are not to the drawing. Only the "
            "design authority may use or repair them: ask it for a concession that covers every piece still here, or "
            "record the one it gave."
        )
    if disposition in (Nonconformance.SCRAP, Nonconformance.RETURN) and witness is None:
        raise Incomplete(f"The pieces of {nonconformance.number} leave for good: name a witness who saw it.")
    if disposition in (Nonconformance.REWORK, Nonconformance.REPAIR) and not rework_operations:
        raise Incomplete(
            f"Name the operations that are done again to bring {nonconformance.number} to the drawing."
        )


def pieces_left(nonconformance: Nonconformance) -> tuple[int, list[str]]:
    """Return how many pieces of a nonconformance still stand in its lot, and which; scrapped ones do not.

    Units:   pieces.
    """
    lot = nonconformance.traveler
    quantity = min(nonconformance.quantity, quantity_of(lot))
    if not (_is_serialized(lot) and nonconformance.serials):
        return quantity, list(nonconformance.serials)
    here = set(serials_of(lot))
    kept = [serial for serial in nonconformance.serials if serial in here]
    return min(quantity, len(kept)), kept


def is_conceded(nonconformance: Nonconformance) -> bool:
    """Say whether concessions in force cover every piece still here: by serial where named, else by quantity."""
    today = timezone.localdate()
    concessions = [c for c in nonconformance.concessions.all() if c.valid_to is None or c.valid_to >= today]
    quantity, serials = pieces_left(nonconformance)
    if serials:
        conceded = {serial for concession in concessions for serial in concession.serials}
        if set(serials) <= conceded:
            return True
    return sum(c.quantity_limit for c in concessions if not c.serials) >= max(quantity, 1)


def _carry_out(
    by: Person, nonconformance: Nonconformance, witness: Person | None, rework_operations: tuple[int, ...]
) -> None:
    lot = nonconformance.traveler
    if nonconformance.disposition in (Nonconformance.SCRAP, Nonconformance.RETURN):
        record_quantity_move(
            by=by,
            traveler=lot,
            kind=QuantityMove.SCRAPPED,
            quantity=nonconformance.quantity,
            reason=f"{nonconformance.get_disposition_display()}: {nonconformance.number}.",
            witness=witness,
            serials=tuple(nonconformance.serials) if _is_serialized(lot) else (),
        )
    elif rework_operations:
        add_rework_pass(
            by=by, traveler=lot, operation_sequences=rework_operations, reason=nonconformance.number
        )


@transaction.atomic
def close(*, by: Person, nonconformance: Nonconformance) -> Nonconformance:
    """Close a decided nonconformance once what was decided is done.

    Raises:  Incomplete while a rework pass is unsigned.
    """
    require_inspector(by, "close nonconformances")
    if nonconformance.disposition in (Nonconformance.REWORK, Nonconformance.REPAIR):
        waiting = [
            s
            for s in steps_of(nonconformance.traveler)
            if s.pass_number > 1 and s.state == TravelerStep.WAITING
        ]
        if waiting:
            raise Incomplete(
                f"{nonconformance.number} is reworked on lot {nonconformance.traveler.number}; operation "
                f"{waiting[0].operation.sequence} is not signed again yet."
            )
    return move(nonconformance, "close", by=by, lots=[nonconformance.traveler.number])


def open_on_lot(traveler: Traveler) -> list[Nonconformance]:
    """Return the nonconformances of a lot nobody has decided yet."""
    return list(Nonconformance.objects.filter(traveler=traveler, state=Nonconformance.OPEN))
