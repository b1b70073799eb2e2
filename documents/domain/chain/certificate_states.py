"""How several certificates offered for one demand add up to one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from documents.domain.chain.lot_facts import CertificateFacts
from documents.domain.chain.slots import MISSING, RECEIVED, REJECTED, REVIEW, STALE, Demand, Slot
from documents.domain.comparison import KeyComparison


def judge(
    *,
    demand: Demand,
    certificates: Iterable[CertificateFacts],
    needed: int,
    compare: Callable[[CertificateFacts], list[KeyComparison]],
    subject: str,
    decider: str,
    since: date | None = None,
    due_on: date | None = None,
) -> Slot:
    """Answer one demand for certificates.

    1. accepted certificates must still agree with the records in every must-key but the quantity, and but those
       that the customer's rules let pass when it was accepted, as long as the same is expected;
    2. none may be promised to more pieces than it states;
    3. together they must cover the pieces needed;
    4. otherwise the most advanced certificate says what is to be done, and by whom.

    Units:   `needed` in pieces.
    """
    offered = list(certificates)
    accepted = [certificate for certificate in offered if certificate.state == "accepted"]
    for certificate in accepted:
        for key in compare(certificate):
            if key.stops and key.key != "quantity" and excuse_of(key) not in certificate.excused:
                return demand.open(
                    REJECTED, f"{key.sentence} Ask for a corrected certificate.", **_at(certificate)
                )
        if certificate.quantity is not None and certificate.allocated > certificate.quantity:
            return demand.open(
                REJECTED,
                f"Certificate {_name(certificate)} is for {certificate.quantity} pieces and is used for "
                f"{certificate.allocated}. Take some lots off it and ask for a certificate for them.",
                owner=decider,
                **_at(certificate),
            )
    covered = sum(certificate.covered for certificate in accepted)
    if accepted and covered >= needed:
        return demand.accepted(", ".join(_name(certificate) for certificate in accepted))
    if accepted:
        names = ", ".join(_name(certificate) for certificate in accepted)
        return demand.open(
            MISSING,
            f"Certificate {names} covers {covered} pieces; {subject} carries {needed}. "
            "Ask for a corrected certificate or split the lot.",
            since=since,
            due_on=due_on,
        )
    return _undecided(demand, offered, subject, decider, since, due_on)


def _undecided(
    demand: Demand,
    offered: list[CertificateFacts],
    subject: str,
    decider: str,
    since: date | None,
    due_on: date | None,
) -> Slot:
    by_state = {certificate.state: certificate for certificate in offered}
    if found := by_state.get("in_review"):
        reason = f"Certificate {_name(found)} waits for a decision. Compare it and accept or reject it."
        return demand.open(REVIEW, reason, owner=decider, since=found.uploaded_on, **_at(found))
    if found := by_state.get("received"):
        reason = f"Certificate {_name(found)} is here and its fields are not entered. Enter what it says."
        return demand.open(RECEIVED, reason, owner=decider, since=found.uploaded_on, **_at(found))
    if found := by_state.get("revoked"):
        reason = f"Certificate {_name(found)} was revoked: {found.decision_reason} Ask for another one."
        return demand.open(STALE, reason, since=since, due_on=due_on, **_at(found))
    if found := by_state.get("rejected"):
        reason = f"Certificate {_name(found)} was rejected: {found.decision_reason} Ask for a corrected one."
        return demand.open(REJECTED, reason, since=since, due_on=due_on, **_at(found))
    reason = f"No certificate is here for {subject.rstrip(',')}. {demand.owner or decider} must send it."
    return demand.open(MISSING, reason, since=since, due_on=due_on)


def excuse_of(key: KeyComparison) -> str:
    """Return how a key is named that a customer's rules let pass; expected anew, it is asked anew."""
    return f"{key.key}: {key.on_record}"[:160]


def _at(certificate: CertificateFacts) -> dict:
    return {"url_name": "documents:certificate-detail", "url_kwargs": {"number": certificate.number}}


def _name(certificate: CertificateFacts) -> str:
    return certificate.stated_number or certificate.number
