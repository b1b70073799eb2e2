"""What was signed to let pieces pass that are not to the drawing, and whether it is still so."""

from __future__ import annotations

from collections.abc import Iterable

from inspection.models import Concession, ConcessionRequest, Nonconformance
from portal.domain.signatures import altered

# how people call what is signed, where its name does not say it
CALLED = {
    "lot": "its lot",
    "about": "what it is about",
    "quantity": "how many pieces it is for",
    "serials": "which pieces it is for",
    "description": "what was found",
    "disposition": "the disposition",
    "proposal": "what was proposed",
    "justification": "why it was asked for",
    "asked": "how many pieces were asked for",
    "decision": "the decision",
    "valid_to": "its last day",
    "conditions": "its conditions",
    "reason": "the reason given",
}


def disposition_content(nonconformance: Nonconformance, disposition: str, reason: str) -> dict:
    """Return what is signed with the disposition of a nonconformance."""
    return {
        "lot": nonconformance.traveler.number,
        "quantity": nonconformance.quantity,
        "serials": nonconformance.serials,
        "description": nonconformance.description,
        "disposition": disposition,
        "reason": reason.strip(),
    }


def decision_content(request: ConcessionRequest, decision: dict) -> dict:
    """Return what a customer signs with its answer to a request: what was asked, and the decision."""
    return {
        "about": request.nonconformance.number if request.nonconformance else str(request.order_line),
        "description": request.description,
        "proposal": request.proposal,
        "justification": request.justification,
        "asked": request.quantity,
        **decision,
    }


def altered_dispositions(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each decided nonconformance by number what is no longer as it was signed; an intact one is left out."""
    decided = Nonconformance.objects.filter(number__in=set(numbers)).exclude(state=Nonconformance.OPEN)
    said = {
        each.number: altered(
            each.disposition_signature,
            noun="nonconformance",
            number=each.number,
            content=disposition_content(each, each.disposition, each.disposition_reason),
            words=CALLED,
        )
        for each in decided.select_related("disposition_signature", "traveler")
    }
    return {number: words for number, words in said.items() if words}


def altered_concessions(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each concession a customer signed here, by number, what of it or its request is no longer so.

    One that came as a letter is signed by nobody here; the letter is kept as a file.
    """
    found = Concession.objects.filter(number__in=set(numbers), source=Concession.REQUEST).select_related(
        "request__signature", "request__nonconformance", "request__order_line__order"
    )
    said = {
        each.number: altered(
            each.request.signature,
            noun="concession request",
            number=each.request.number,
            content=decision_content(each.request, _granted(each)),
            words=CALLED,
        )
        for each in found
    }
    return {number: words for number, words in said.items() if words}


def _granted(concession: Concession) -> dict:
    """Return the decision as it stands: of a permit what it grants in all, else what this concession lets pass."""
    request = concession.request
    is_drawn_on = request.is_permit
    return {
        "decision": "granted",
        "quantity": request.granted_quantity if is_drawn_on else concession.quantity_limit,
        "serials": request.granted_serials if is_drawn_on else concession.serials,
        "valid_to": concession.valid_to,
        "conditions": concession.conditions,
        "reason": request.decision_reason,
    }
