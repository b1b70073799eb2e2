"""What a waiver lets pass is used up by releasing: one row a lot, set aside by the gate, given back with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Sum

from documents.domain import chain
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import WAIVED
from documents.models import Shipment, Waiver, WaiverUse
from portal.domain.errors import Refused
from routes.models import Traveler


class WaiverUsedUp(Refused):
    """The lots together need more pieces than a waiver has left."""

    code = "waiver-used-up"


def use_waivers(*, shipment: Shipment, facts: dict[str, LotFacts]) -> None:
    """Set aside the pieces of every lot with a link that a waiver closes, or refuse the whole release.

    The caller holds the locks of the lots; the waivers are locked here in number order, so that lots of one family
    released at the same moment cannot together take more than there is.

    Units:   pieces.
    Raises:  WaiverUsedUp naming waiver, lots and what is left.
    Source:  release rule 52 (a waiver is limited, and its limit is consumed by shipping).
    """
    wanted = _wanted(facts.values())
    lots = {lot.number: lot for lot in Traveler.objects.filter(number__in=facts)} if wanted else {}
    for number in sorted(wanted):
        waiver = Waiver.objects.select_for_update(of=("self",)).get(number=number)
        _require_left(shipment, waiver, wanted[number])
        for lot, quantity in wanted[number].items():
            WaiverUse.objects.get_or_create(
                waiver=waiver,
                traveler=lots[lot],
                is_active=True,
                defaults={"shipment": shipment, "quantity": quantity},
            )


def give_back(shipment: Shipment) -> None:
    """Take back what a release had set aside; the pieces did not leave under it."""
    for use in WaiverUse.objects.select_for_update(of=("self",)).filter(shipment=shipment, is_active=True):
        use.is_active = False
        use.save()


def pieces_used(waiver: Waiver) -> int:
    """Return how many pieces were released under a waiver and not taken back."""
    return _sum(waiver.uses.filter(is_active=True))


def _sum(uses) -> int:
    return uses.aggregate(pieces=Sum("quantity"))["pieces"] or 0


def _wanted(found: Iterable[LotFacts]) -> dict[str, dict[str, int]]:
    """Return the pieces each lot needs of each waiver, by waiver and lot."""
    wanted: dict[str, dict[str, int]] = defaultdict(dict)
    for lot in found:
        for slot in chain.judge(lot):
            if slot.state == WAIVED:
                wanted[slot.evidence][lot.number] = lot.quantity
    return wanted


def _require_left(shipment: Shipment, waiver: Waiver, lots: dict[str, int]) -> None:
    """Refuse what is more than the waiver has left beside the other lots that used it.

    It is read after its lock: it may have been taken back, or used, since the chain was read.
    """
    left = waiver.quantity_limit - _sum(waiver.uses.filter(is_active=True).exclude(traveler__number__in=lots))
    is_gone = waiver.state != Waiver.GRANTED and shipment.state != Shipment.DISPATCHED
    needed = sum(lots.values())
    if needed <= left and not is_gone:
        return
    named = ", ".join(f"{quantity} of {lot}" for lot, quantity in sorted(lots.items()))
    if is_gone:
        raise WaiverUsedUp(
            f"{waiver.number} was withdrawn while {shipment.number} was being released. Look at its chain again."
        )
    raise WaiverUsedUp(
        f"{shipment.number} needs {waiver.number} for {needed} pieces ({named}), and {left} of "
        f"{waiver.quantity_limit} are left. Ship fewer of them, or ask for a wider waiver."
    )
