"""What can be done with a shipment now: one act stands out, a closed one says why it is closed."""

from __future__ import annotations

from django.urls import reverse

from documents.domain.shipments import needs_approval
from documents.models import ReleasePackage, Shipment
from portal.models import Person
from portal.permissions import QUALITY


def acts_of(shipment: Shipment, package: ReleasePackage | None, *, by: Person, open_links: int) -> list[dict]:
    """Return the acts of a shipment's page for a person, the first being the one to do now."""
    if by.role not in QUALITY:
        return []
    state = shipment.state
    if state == Shipment.DRAFT:
        return [
            _act(shipment, "certify", "Sign the certificate of conformity", is_main=True),
            _closed("Release", "The certificate of conformity is not signed."),
            _act(shipment, "cancel", "Cancel"),
        ]
    if state == Shipment.CERTIFIED:
        again = _act(shipment, "certify", "Sign the certificate again")
        if open_links:
            word = "link is" if open_links == 1 else "links are"
            return [
                _closed("Release", f"{open_links} {word} open."),
                again,
                _act(shipment, "cancel", "Cancel"),
            ]
        return [_act(shipment, "release", "Release", is_main=True), again, _act(shipment, "cancel", "Cancel")]
    if state == Shipment.RELEASED:
        return _released(shipment, package)
    if state == Shipment.DISPATCHED:
        return _dispatched(shipment, package)
    return []


def _released(shipment: Shipment, package: ReleasePackage | None) -> list[dict]:
    withdraw = _act(shipment, "withdraw", "Withdraw the release")
    if package is None or package.state == ReleasePackage.FROZEN:
        return [_closed("Dispatch", "The pages of the package are not drawn yet."), withdraw]
    if package.state == ReleasePackage.RETURNED:
        return [withdraw | {"is_main": True}]
    if package.archive_id is None:
        return [_closed("Dispatch", "The archive with the proofs of the package is not kept yet."), withdraw]
    share = _share(package)
    if needs_approval(shipment) and package.state != ReleasePackage.ACCEPTED:
        waits = _closed("Dispatch", "The order asks that the buyer accepts the package first.")
        return [share | {"is_main": True}, waits, withdraw] if share else [waits, withdraw]
    dispatch = _act(shipment, "dispatch", "Dispatch", is_main=True)
    return [dispatch, *([share] if share else []), withdraw]


def _dispatched(shipment: Shipment, package: ReleasePackage | None) -> list[dict]:
    packing_list = _act(shipment, "packing-list", "Packing list", is_main=True)
    if package is not None and package.state == ReleasePackage.RETURNED:
        return [
            _act(shipment, "reissue", "Issue the package again", is_main=True),
            _act(shipment, "certify", "Sign the certificate again"),
            packing_list | {"is_main": False},
        ]
    share = _share(package)
    return [packing_list, *([share] if share else [])]


def _share(package: ReleasePackage | None) -> dict:
    if package is None or package.state != ReleasePackage.SEALED or package.archive_id is None:
        return {}
    address = reverse("documents:package-share", args=[package.number])
    return {"label": "Show it to the buyer", "url": address, "is_main": False}


def _act(shipment: Shipment, verb: str, label: str, *, is_main: bool = False) -> dict:
    return {
        "label": label,
        "url": reverse(f"documents:shipment-{verb}", args=[shipment.number]),
        "is_main": is_main,
    }


def _closed(label: str, reason: str) -> dict:
    return {"label": label, "closed": reason}
