"""Notices at any state, made by revoking the certificate of goods that have left."""

from __future__ import annotations

from documents.domain import certificates, notices
from documents.models import Certificate, Notice, Shipment
from tests.cast import Cast, reauth
from tests.factories.documents import make_shipment

REASON = "Brightwater withdrew it: the bath was out of range."


def revoke(cast: Cast, certificate: Certificate, *, reason: str = REASON) -> Certificate:
    """Revoke a certificate as the quality engineer."""
    return certificates.revoke(
        by=cast.quality, certificate=certificate, reason=reason, token=reauth(cast.quality)
    )


def process_certificate_of(shipment: Shipment) -> Certificate:
    return Certificate.objects.get(coverages__traveler=shipment.lines.get().traveler)


def make_notice(cast: Cast, *, at: str = "draft", shipment: Shipment | None = None) -> Notice:
    """Return the notice about a dispatched shipment whose process certificate was revoked: draft, sent or dropped."""
    shipment = shipment or make_shipment(cast, at="dispatched")
    revoke(cast, process_certificate_of(shipment))
    notice = Notice.objects.get(shipment=shipment)
    if at == "sent":
        return notices.send(by=cast.quality, notice=notice, token=reauth(cast.quality))
    if at == "dropped":
        return notices.drop(by=cast.quality, notice=notice, reason="The bath was re-measured in range.")
    return notice
