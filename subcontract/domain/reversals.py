"""Undoing the verification of a return: what came back is counted, identified and looked at anew."""

from __future__ import annotations

from portal.domain.errors import Refused
from portal.domain.moves import lock, move
from portal.models import Person, Reversal, Signature
from routes.domain.lots import steps_of
from routes.models import Traveler, TravelerStep
from subcontract.models import OutsideOrder, Receipt


class ReturnIsShared(Refused):
    """Another lot has gone on because the same return was verified."""

    code = "return-is-shared"


def return_name(receipt: Receipt) -> str:
    """Return a return of pieces as reversals name it: return of PO-000012/1, lot T-000312."""
    return f"return of {receipt.line}, lot {receipt.traveler.number}"


def verified_by(signature: Signature) -> list[Receipt]:
    """Return the returns that were verified by one signature."""
    found = Receipt.objects.filter(acceptance_signature=signature)
    return list(found.select_related("traveler", "line__order", "line__step__operation").order_by("pk"))


def lots_on(receipts: list[Receipt]) -> list[str]:
    """Return the numbers of the lots whose pieces came back by these returns: those named and those split off."""
    numbers: set[str] = set()
    for receipt in receipts:
        root = receipt.traveler.number
        below = Traveler.objects.filter(number__startswith=f"{root}/").values_list("number", flat=True)
        numbers |= {root, *below}
    return sorted(numbers)


def require_unshared(receipts: list[Receipt], lot: Traveler) -> None:
    """Refuse while a lot other than this one was signed on at the operation a return was verified for.

    Raises:  ReturnIsShared naming the lot.
    """
    others = Traveler.objects.filter(number__in=lots_on(receipts)).exclude(pk=lot.pk).order_by("number")
    places = {(each.line.step.operation_id, each.line.step.pass_number) for each in receipts}
    for other in others:
        for step in steps_of(other):
            is_here = (step.operation_id, step.pass_number) in places
            if is_here and step.state == TravelerStep.SIGNED and step.traveler_id == other.pk:
                raise ReturnIsShared(
                    f"Lot {other.number} came back by the same return and step {step.number} is signed on its "
                    f"verification. Undo the inspection of {other.number} first."
                )


def take_back_acceptance(*, by: Person, receipt: Receipt, reversal: Reversal) -> Receipt:
    """Let a return wait for its verification again; called when the inspection that verified it is undone."""
    current = lock(receipt)
    current.acceptance_signature = None
    current.is_count_right = current.is_identity_right = current.is_undamaged = None
    current.save()
    order = lock(current.line.order)
    if order.state == OutsideOrder.CLOSED:
        said = {"reversal": reversal.number, "reason": reversal.reason}
        move(order, "reopen", by=None, lots=[receipt.traveler.number], data=said)
    return current
