"""How the log of a package goes on from the packages its customer may have verified before."""

from __future__ import annotations

from documents.models import ReleasePackage
from portal.domain.event_log import earlier_text
from portal.models import Checkpoint, Event

# a buyer who looked at none of so many packages asks the portal's public address for a proof
MOST = 30


def earlier_sizes(package: ReleasePackage) -> list[int]:
    """Return how many entries the checkpoints of this customer's latest packages cover, in rising order.

    They are named by the event of the seal, so that nobody leaves one out of the archive.
    """
    others = ReleasePackage.objects.filter(shipment__customer=package.shipment.customer)
    told = Event.objects.filter(noun="package", verb="archive", number__in=others.values("number"))
    latest = told.order_by("-pk").values_list("data", flat=True)[:MOST]
    return sorted({data["checkpoint"] for data in latest})


def sealed_sizes(package: ReleasePackage) -> list[int]:
    """Return the sizes the event of a seal names."""
    sealed = Event.objects.get(noun="package", number=package.number, verb="seal")
    return sealed.data["earlier"]


def earlier_proofs(sizes: list[int], checkpoint: Checkpoint) -> str:
    """Return the proof, for each size, that the log under this checkpoint begins with the log of that size.

    Raises:  NoSuchCheckpoint, LogIsDamaged.
    """
    return "".join(earlier_text(old=size, new=checkpoint.size) for size in sizes)
