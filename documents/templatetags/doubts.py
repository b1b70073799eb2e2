"""Proof in doubt, said wherever the shipped goods are: on the lot, the shipment, the package and the desk."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils import timezone

from documents.domain.notices import standing_for
from documents.models import Notice
from documents.permissions import DECIDERS
from routes.models import Traveler

register = template.Library()
# a customer finds a notice at the head of its desk for so long
NEWS = timedelta(days=30)


@register.simple_tag(takes_context=True)
def doubts_about_lot(context: template.Context, traveler: Traveler) -> list[Notice]:
    """Return the notices about a lot that has left: `{% doubts_about_lot record as doubts %}`."""
    if traveler.state != Traveler.SHIPPED:
        return []
    return _told(context, lots__contains=[traveler.number])


@register.simple_tag(takes_context=True)
def doubts_about_shipment(context: template.Context, shipment) -> list[Notice]:
    """Return the notices about a shipment: `{% doubts_about_shipment record as doubts %}`."""
    if shipment.dispatched_at is None:
        return []
    return _told(context, shipment=shipment)


def _told(context: template.Context, **about) -> list[Notice]:
    """Give each notice its sentence; what happened in the house stays there."""
    person = context["request"].user
    found = list(standing_for(person).filter(**about))
    for notice in found:
        not_sent = " The customer does not know it yet." if notice.state == Notice.DRAFT else ""
        inside = f"{notice.cause}{not_sent} Lots {', '.join(notice.lots)}."
        notice.sentence = inside if person.is_shop else f"It is about lots {', '.join(notice.lots)}."
    return found


@register.simple_tag(takes_context=True)
def notices_waiting(context: template.Context) -> dict | None:
    """Return what a desk says of notices: drafts to quality, those just sent to a customer."""
    person = context["request"].user
    standing = standing_for(person)
    if person.is_customer:
        count = standing.filter(signature__signed_at__gte=timezone.now() - NEWS).count()
        words = f"{count} notice{'' if count == 1 else 's'} about goods delivered to you"
        return (
            {"heading": words, "sentence": "Proof you received no longer holds. Read what to do."}
            if count
            else None
        )
    count = standing.filter(state=Notice.DRAFT).count() if person.role in DECIDERS else 0
    words = f"{count} notice{' waits' if count == 1 else 's wait'} to be sent or dropped"
    sentence = "Proof of goods that have left is in doubt; their customers do not know it yet."
    return {"heading": words, "sentence": sentence} if count else None
