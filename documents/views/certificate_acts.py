"""What a reader can do with a certificate now; a closed act stays visible with its reason."""

from __future__ import annotations

from django.urls import reverse

from documents.models import Certificate
from documents.permissions import COVERERS, DECIDERS, may_decide
from portal.models import Person


def acts_of(certificate: Certificate, person: Person, *, stops: int) -> list[dict]:
    """Return the acts as {label, url, is_main} or {label, closed}; at most one is the main one.

    stops: how many must-keys disagree.
    """

    def url(verb: str) -> str:
        return reverse(f"documents:certificate-{verb}", kwargs={"number": certificate.number})

    if certificate.state == Certificate.ACCEPTED:
        return [{"label": "Revoke", "url": url("revoke")}] if person.role in DECIDERS else []
    if certificate.state not in (Certificate.RECEIVED, Certificate.IN_REVIEW):
        return []
    is_unread = certificate.state == Certificate.RECEIVED
    acts = [{"label": "Enter what it says", "url": url("enter"), "is_main": is_unread}]
    if person.role in COVERERS:
        acts.append({"label": "Say what it covers", "url": url("cover")})
    if person.role not in DECIDERS:
        return acts
    closed = _why_not(certificate, person, stops)
    acts.append({"label": "Reject", "url": url("reject"), "is_main": bool(stops) and not is_unread})
    acts.append(
        {"label": "Accept", "closed": closed}
        if closed
        else {"label": "Accept", "url": url("accept"), "is_main": True}
    )
    return acts


def _why_not(certificate: Certificate, person: Person, stops: int) -> str:
    if certificate.state == Certificate.RECEIVED:
        return "Accept is closed: nobody has entered what it says."
    if stops:
        return f"Accept is closed: {stops} key{'s' if stops > 1 else ''} must agree first."
    if not may_decide(person, certificate):
        return "Accept is closed: you brought it in or typed its fields."
    return ""
