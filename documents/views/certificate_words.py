"""What the page of a certificate says: how the keys compare, what the sender should do, whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from documents.domain.comparison import MATCH, MISMATCH, NORMALISED, NOT_FOUND, KeyComparison
from documents.models import Certificate
from documents.permissions import DECIDERS
from portal.models import Person

# verdict of the comparison → the state whose look it has
VERDICTS = {MISMATCH: "mismatch", NOT_FOUND: "not_found", NORMALISED: "same", MATCH: "match"}
WORDS = {MISMATCH: "mismatch", NOT_FOUND: "not found", NORMALISED: "same after normalising", MATCH: "match"}


def counts_of(keys: Iterable[KeyComparison]) -> list[dict]:
    """Return how many keys there are of each verdict, the worst first."""
    keys = list(keys)
    found = {verdict: sum(key.verdict == verdict for key in keys) for verdict in VERDICTS}
    return [
        {"state": VERDICTS[verdict], "words": f"{count} {WORDS[verdict]}"}
        for verdict, count in found.items()
        if count
    ]


def waiting_for(person: Person) -> list[str]:
    """Return the numbers of the certificates that wait for a person's decision, the oldest first."""
    if person.role not in DECIDERS:
        return []
    return list(
        Certificate.objects.for_viewer(person)
        .filter(state__in=(Certificate.RECEIVED, Certificate.IN_REVIEW))
        .exclude(Q(uploaded_by=person) | Q(entered_by=person))
        .order_by("uploaded_at", "pk")
        .values_list("number", flat=True)
    )


def place_among(number: str, waiting: list[str]) -> dict | None:
    """Return where a certificate stands among those that wait, and the way to its neighbours.

    One that does not wait (any more) stands before all of them.
    """
    others = [each for each in waiting if each != number]
    if not others:
        return None
    at = waiting.index(number) if number in waiting else -1
    return {
        "at": at + 1,
        "count": len(waiting),
        "previous_url": _page_of(waiting[at - 1]) if at > 0 else "",
        "next_url": _page_of(waiting[at + 1]) if at + 1 < len(waiting) else "",
    }


def _page_of(number: str) -> str:
    return reverse("documents:certificate-detail", kwargs={"number": number})


def advice_to_vendor(certificate: Certificate, stopping: list[KeyComparison]) -> dict:
    """Return the verdict of the comparison in the words of its sender, with the acts that help.

    A comparison never says "accepted"; a person of the shop does.
    """
    number = {"number": certificate.number}
    if certificate.state == Certificate.RECEIVED:
        return {
            "state": "received",
            "heading": "We have your file. Say what it states.",
            "sentence": "Type the fields as they stand on the paper; you see at once whether they fit the order.",
            "act": "Enter what it says",
            "url": reverse("documents:certificate-enter", kwargs=number),
        }
    if certificate.state in (Certificate.REJECTED, Certificate.REVOKED):
        asked = reverse("documents:certificate-upload")
        return {
            "state": certificate.state,
            "heading": "It was sent back. Please send a corrected one.",
            "sentence": certificate.decision_reason,
            "act": "Send the corrected file",
            "url": f"{asked}?replaces={certificate.number}",
        }
    if certificate.state == Certificate.ACCEPTED:
        return {"state": "accepted", "heading": "Accepted. Nothing is owed.", "sentence": ""}
    if stopping:
        count = len(stopping)
        return {
            "state": "mismatch",
            "heading": f"{count} item{'s do' if count > 1 else ' does'} not fit the order.",
            "sentence": "A machine compared it; a person of the shop decides.",
            "differences": stopping,
            "act": "Correct what was typed",
            "url": reverse("documents:certificate-enter", kwargs=number),
            "corrects": True,
            "again_url": f"{reverse('documents:certificate-upload')}?replaces={certificate.number}",
        }
    return {
        "state": "match",
        "heading": "Everything fits the order.",
        "sentence": "A machine compared it; a person of the shop decides. Nothing more is asked of you now.",
    }
