"""Proof in doubt, said wherever the shipped goods are: on the lot, the shipment, the package and the desk."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django import template
from django.db.models import CharField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from documents.domain.notices import standing_for
from documents.models import Disposal, Notice
from documents.permissions import DECIDERS
from portal.models import Person, StoreFinding
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
def notices_waiting(context: template.Context) -> list[dict]:
    """Return what a desk says of proof in doubt: drafts and damaged files to quality, what was sent to a customer."""
    person = context["request"].user
    standing = standing_for(person)
    if person.is_customer:
        count = standing.filter(signature__signed_at__gte=timezone.now() - NEWS).count()
        words = f"{count} notice{'' if count == 1 else 's'} about goods delivered to you"
        banners = (
            [_of_notices(words, "Proof you received no longer holds. Read what to do.")] if count else []
        )
        return banners + _of_disposals(person)
    if person.role not in DECIDERS:
        return []
    counts = _counts_for(person, standing.filter(state=Notice.DRAFT))
    banners = []
    if count := counts["notice"]:
        words = f"{count} notice{' waits' if count == 1 else 's wait'} to be sent or dropped"
        sentence = "Proof of goods that have left is in doubt; their customers do not know it yet."
        banners.append(_of_notices(words, sentence))
    if count := counts["store"]:
        banners.append(_of_store(count))
    return banners


def _counts_for(person: Person, notices: QuerySet) -> Counter[str]:
    """Return how many notices and how many findings about kept files wait, in one statement."""
    findings = StoreFinding.objects.for_viewer(person).filter(settled_at__isnull=True)
    kinds = [
        rows.order_by().annotate(what_waits=Value(kind, CharField())).values_list("what_waits")
        for kind, rows in (("notice", notices), ("store", findings))
    ]
    return Counter(kind for (kind,) in kinds[0].union(kinds[1], all=True))


def _of_notices(heading: str, sentence: str) -> dict:
    return {
        "state": "stale",
        "heading": heading,
        "sentence": sentence,
        "url": reverse("documents:notice-list"),
        "label": "Open the notices",
    }


def _of_disposals(person: Person) -> list[dict]:
    """Return what a customer was told of and may still save, the first to go named."""
    coming = Disposal.objects.for_viewer(person).filter(state=Disposal.APPROVED).order_by("not_before", "pk")
    days = list(coming.values_list("not_before", flat=True))
    if not days:
        return []
    of = "one shipment" if len(days) == 1 else f"{len(days)} shipments"
    return [
        {
            "state": "waiting",
            "heading": f"The files of {of} to you are to be disposed of",
            "sentence": f"Their retention has ended. Save what you need before {days[0]:%-d %b %Y}.",
            "url": reverse("documents:disposal-list"),
            "label": "Open the disposals",
        }
    ]


def _of_store(count: int) -> dict:
    one = count == 1
    return {
        "state": "blocked",
        "heading": f"{count} kept file{' is' if one else 's are'} not as {'it was' if one else 'they were'} kept",
        "sentence": "Found when the store was hashed anew. Nothing that stands on them ships until they are back.",
        "url": reverse("portal:store-finding-list"),
        "label": "Open the store of files",
    }
