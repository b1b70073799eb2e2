"""The address of an order that its mails are answered to: certificates may be sent to it, and nothing opens by it.

It is a link like any other of the order: seen among them, revoked with a reason, ended with the order.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from documents.domain.upload_links import OPEN, record_link
from documents.models import Certificate, UploadLink
from portal.domain.canonical import sha256_of
from portal.domain.moves import lock
from portal.domain.reply_addresses import secret_of
from portal.models import Signature
from routes.domain.lots import ancestor_numbers
from subcontract.models import OutsideOrder, OutsideOrderLine


@transaction.atomic
def reply_scope(order: OutsideOrder) -> str:
    """Return the scope of the address an order's mails are answered to; empty where its certificates come otherwise.

    The newest one in force is taken, so that every mail of an order names the same. One that was revoked, or whose
    secret another key made, is followed by a new one.
    """
    if not settings.PORTAL_MAIL_REPLY_DOMAIN:
        return ""
    order = lock(order)
    if order.state not in OPEN or order.issue_signature_id is None:
        return ""
    last = order.upload_links.filter(made_for=UploadLink.MAIL, revoked_at=None).last()
    if last and last.token_sha256 == _hash_of(scope_of(last)):
        return scope_of(last)
    number = (order.upload_links.aggregate(last=Max("link_number"))["last"] or 0) + 1
    link = UploadLink(order=order, link_number=number, made_for=UploadLink.MAIL, made_at=timezone.now())
    link.token_sha256 = _hash_of(scope_of(link))
    # whoever issued the order sent it to the vendor, and with it the address to answer to
    link.made_by = Signature.objects.get(pk=order.issue_signature_id).person
    link.save()
    record_link(link, "make", by=None, made_for=UploadLink.MAIL)
    return scope_of(link)


def scope_of(link: UploadLink) -> str:
    """Return the words the secret of a link for mails is made from: the vendor's order, and which link of it."""
    order = link.order
    return f"outside order {order.number}, site {order.site_id}, link {link.link_number}"


def order_answered_by(certificate: Certificate) -> OutsideOrder | None:
    """Return the outside order a certificate was brought for: its link's, or that of a step it covers."""
    if certificate.link_id:
        return certificate.link.order
    covered = certificate.coverages.exclude(step=None).select_related("traveler", "step").first()
    if covered is None:
        return None
    lots = [covered.traveler.number, *ancestor_numbers(covered.traveler.number)]
    lines = OutsideOrderLine.objects.filter(
        traveler__number__in=lots,
        step__operation=covered.step.operation_id,
        step__pass_number=covered.step.pass_number,
    )
    line = lines.exclude(order__state=OutsideOrder.CANCELLED).select_related("order").last()
    return line.order if line else None


def _hash_of(scope: str) -> str:
    return sha256_of(secret_of(scope).encode())
