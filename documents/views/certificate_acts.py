"""What a reader can do with a certificate now; a closed act stays visible with its reason."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.domain.comparison import KeyComparison
from documents.models import Certificate
from documents.permissions import COVERERS, DECIDERS, may_decide
from portal.models import Person

# the longest reason a decision keeps
MOST_WORDS = 300


def acts_of(certificate: Certificate, person: Person, keys: list[KeyComparison]) -> list[dict]:
    """Return the acts as {label, url, is_main} or {label, closed}; at most one is the main one."""

    def url(verb: str) -> str:
        return reverse(f"documents:certificate-{verb}", kwargs={"number": certificate.number})

    if certificate.state == Certificate.ACCEPTED:
        return [{"label": _("Revoke"), "url": url("revoke")}] if person.role in DECIDERS else []
    if certificate.state not in (Certificate.RECEIVED, Certificate.IN_REVIEW):
        return []
    is_unread = certificate.state == Certificate.RECEIVED
    entering = _("Enter what it says") if is_unread else _("Correct what was typed")
    acts = [{"label": entering, "url": url("enter"), "is_main": is_unread}]
    acts.append({"label": _("Add a result"), "url": url("result-add")})
    if person.is_vendor:
        acts.append({"label": _("Withdraw it"), "url": url("withdraw")})
    if person.role in COVERERS:
        acts.append({"label": _("Say what it covers"), "url": url("cover")})
    if person.role not in DECIDERS:
        return acts
    closed = _why_not(certificate, person, keys)
    stops = any(key.stops for key in keys)
    reject = {"label": _("Reject"), "url": url("reject"), "is_main": stops and not is_unread}
    accept = (
        {"label": _("Accept"), "closed": closed} if closed else {"label": _("Accept"), "url": url("accept")}
    )
    acts += [reject | {"decides": True}, accept | {"is_main": not closed, "decides": True}]
    return acts


def reach_of(certificate: Certificate) -> dict:
    """Return the link to every lot a certificate is for, through heats and assemblies too."""
    page = reverse("documents:reach-detail", args=["certificate", certificate.number])
    return {"label": "What it touches", "url": page}


def decision_on(certificate: Certificate, person: Person, keys: list[KeyComparison]) -> dict | None:
    """Return what the box of the decision offers: both acts, the reason to begin with, why accepting is closed.

    None for whoever does not decide on this certificate now.
    """
    is_read = certificate.state == Certificate.RECEIVED and certificate.readings.exists()
    if person.role not in DECIDERS or not (certificate.state == Certificate.IN_REVIEW or is_read):
        return None
    stopping = [key for key in keys if key.stops]
    closed = _why_not(certificate, person, keys)
    if stopping:
        closed = f"Accept is closed: {_names(stopping)} must agree first."
    return {
        "accept_url": reverse("documents:certificate-accept", kwargs={"number": certificate.number}),
        "reject_url": reverse("documents:certificate-reject", kwargs={"number": certificate.number}),
        "closed": closed,
        "reason": reason_for(stopping),
        "rejects_first": bool(stopping),
        "issuer": certificate.issuer.name if certificate.issuer else "whoever sent it",
    }


def reason_for(stopping: list[KeyComparison]) -> str:
    """Return the reason a rejection begins with: what disagrees, key by key; a person changes it at will."""
    said = " ".join(dict.fromkeys(key.sentence for key in stopping))
    return said if len(said) <= MOST_WORDS else f"{said[: MOST_WORDS - 1].rstrip()}…"


def _names(keys: list[KeyComparison]) -> str:
    return ", ".join(dict.fromkeys(key.key for key in keys))


def _why_not(certificate: Certificate, person: Person, keys: list[KeyComparison]) -> str:
    stops = sum(key.stops for key in keys)
    if certificate.state == Certificate.RECEIVED and (stops or not certificate.readings.exists()):
        return "Accept is closed: nobody has entered what it says."
    if stops:
        return f"Accept is closed: {stops} key{'s' if stops > 1 else ''} must agree first."
    if to_type := [key for key in keys if key.is_to_be_typed]:
        return f"Accept is closed: {_names(to_type)} must be typed off the page first, where it stands there."
    if not may_decide(person, certificate):
        return "Accept is closed: you brought it in or typed its fields."
    return ""
