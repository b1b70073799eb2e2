"""What the signature of a decision on a waiver covers, and whether it is still so."""

from __future__ import annotations

from collections.abc import Iterable

from documents.models import Waiver
from portal.domain.signatures import altered
from portal.models import StoredFile

# how people call what is signed, where its name does not say it
CALLED = {
    "lot": "its lot",
    "code": "the check it is for",
    "subject": "what of the check it is for",
    "demand": "the demand it lets pass",
    "source": "the source of the demand",
    "decision": "the decision",
    "reason": "the reason given",
    "reference": "the customer's reference",
    "paper": "the customer's letter",
    "pieces": "how many pieces it is for",
    "serials": "which pieces it is for",
    "valid_to": "its last day",
}


def signed_content(
    waiver: Waiver, verb: str, reason: str, *, reference: str = "", file: StoredFile | None = None
) -> dict:
    """Return what is signed when a waiver is granted, refused or withdrawn: the demand, the limits, the decision."""
    return {
        "lot": waiver.traveler.number,
        "code": waiver.code,
        "subject": waiver.subject,
        "demand": waiver.demand,
        "source": waiver.source,
        "decision": verb,
        "reason": reason.strip(),
        "reference": reference,
        "paper": file.sha256 if file else "",
        "pieces": waiver.quantity_limit,
        "serials": waiver.serials,
        "valid_to": waiver.valid_to.isoformat(),
    }


def altered_waivers(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each waiver that was granted, by number, what is no longer as it was signed; an intact one is left out.

    One withdrawn since counts for what left under it, as it was granted.
    """
    granted = Waiver.objects.filter(number__in=set(numbers), decision_signature__isnull=False)
    said = {
        each.number: altered(
            each.decision_signature,
            noun="waiver",
            number=each.number,
            content=signed_content(
                each,
                "grant",
                each.decision_reason,
                reference=each.decision_reference,
                file=each.decision_file,
            ),
            words=CALLED,
        )
        for each in granted.exclude(state=Waiver.REFUSED).select_related(
            "decision_signature", "decision_file", "traveler"
        )
    }
    return {number: words for number, words in said.items() if words}
