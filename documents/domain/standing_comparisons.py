"""How the certificates that wait compare, kept for their queue: a reader of the feed, and never of a decision.

When pieces come back their certificates are compared again, the accepted ones too: what now contradicts the page is an
event of its own, so that lots, boards and whoever decided hear of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from documents.domain.cross_check import compare
from documents.models import Certificate, StandingComparison
from portal import queue
from portal.domain.events import record_event
from portal.models import Event
from routes.domain.lots import lock_lots
from routes.models import Traveler

# the kind of work that compares one certificate after pieces came back
COMPARE = "compare_returned_certificate"
OPEN_STATES = (Certificate.RECEIVED, Certificate.IN_REVIEW)
HOLDING = (*OPEN_STATES, Certificate.ACCEPTED)
RETURNED = ("outside order", "receive")
RULES = ("organization", "set certificate rules of")


def follow(events: Iterable[Event]) -> None:
    """Compare again what these events are about; the feed calls it."""
    about: set[str] = set()
    lots: set[str] = set()
    for event in events:
        if event.noun == "certificate":
            about.add(event.number)
        elif (event.noun, event.verb) == RULES:
            lots |= set(event.lots)
        elif (event.noun, event.verb) == RETURNED:
            for certificate in of_lots(event.lots).filter(state__in=HOLDING):
                _ask_for(certificate, event)
    # an accepted one starts anew: what stopped it before is settled
    kept = Certificate.objects.filter(state__in=HOLDING)
    for certificate in kept.filter(Q(number__in=about) | Q(pk__in=of_lots(lots).values("pk"))):
        refresh(certificate)


def start_over() -> None:
    """Compare everything that waits."""
    for certificate in Certificate.objects.filter(state__in=OPEN_STATES).order_by("pk"):
        refresh(certificate)


def of_lots(lots: Iterable[str]) -> QuerySet[Certificate]:
    """Return the certificates of outside steps of these lots, of those they were split from and of those split off."""
    numbers = set(lots)
    roots = {each.partition("/")[0] for each in numbers}
    near = Traveler.objects.filter(
        Q(number__in=roots) | Q(number__regex=rf"^({'|'.join(sorted(roots)) or '-'})/")
    )
    return Certificate.objects.filter(coverages__traveler__in=near).distinct().order_by("pk")


def _ask_for(certificate: Certificate, event: Event) -> None:
    standing = StandingComparison.objects.filter(certificate=certificate).first()
    queue.enqueue(
        COMPARE,
        unique_key=f"{COMPARE} {certificate.number} {event.pk}",
        # as it stood before anything of this batch is compared
        arguments={
            "certificate": certificate.number,
            "known": standing.stopping if standing else None,
        },
    )


@transaction.atomic
def refresh(certificate: Certificate) -> StandingComparison:
    """Compare a certificate and keep how it stands now."""
    # what is kept is English: whoever reads it, in whichever language it was written
    with translation.override("en"):
        keys = compare(certificate)
    stopping = list(dict.fromkeys(key.key for key in keys if key.stops))
    facts = {
        "compared_at": timezone.now(),
        "stops": sum(key.stops for key in keys),
        "asks": sum(key.asks for key in keys),
        "agrees": sum(key.agrees for key in keys),
        "stopping": stopping,
        "asking": list(dict.fromkeys(key.key for key in keys if key.asks)),
        "is_read": certificate.readings.exists(),
    }
    if not stopping:
        facts["differs_since"] = None
    standing, _ = StandingComparison.objects.update_or_create(certificate=certificate, defaults=facts)
    return standing


@transaction.atomic
def compare_returned(certificate: Certificate, *, known: Iterable[str] | None = None) -> list[str]:
    """Compare a certificate with what came back; return the keys that contradict it since then.

    known  keys that stood in its way before; none where nobody had compared it yet
    Told once: asked again while nothing changed, it answers nothing.
    Source:  release rule 31: what is certified is compared with the order at upload and with the receipt later.
    """
    numbers = certificate.coverages.exclude(traveler=None).values_list("traveler__number", flat=True)
    lots = [lot.number for lot in lock_lots(sorted(set(numbers)))]
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if certificate.state not in HOLDING:
        return []
    before = StandingComparison.objects.filter(certificate=certificate).first()
    settled = set(before.stopping) if before and before.differs_since else set()
    standing = refresh(certificate)
    if certificate.state != Certificate.ACCEPTED:
        # one nobody has compared yet is not different from anything; an accepted one had agreed in all
        settled |= set(standing.stopping if known is None else known)
    found = [key for key in standing.stopping if key not in settled]
    if not found:
        return []
    standing.differs_since = standing.compared_at
    standing.save(update_fields=["differs_since"])
    record_event(
        by=None, verb="differ", noun="certificate", number=certificate.number, lots=lots, data={"keys": found}
    )
    return found


def waiting() -> Q:
    """Return what waits for a person of quality: what nobody decided on, and what differs since it was accepted."""
    return Q(state__in=OPEN_STATES) | Q(
        state=Certificate.ACCEPTED, standing_comparison__differs_since__isnull=False
    )
