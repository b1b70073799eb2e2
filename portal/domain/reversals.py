"""Undoing a wrong acceptance: recorded, signed by a second person, and never by deleting what was signed.

Each room has its own verbs, because it knows what opens again; here is what they share: who may, and the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Organization, Person, Reversal, Signature
from portal.permissions import require_quality


class SignerMayNotUndo(Refused):
    """Whoever accepted does not take the acceptance back."""

    code = "signer-may-not-undo"


@transaction.atomic
def undo_signature(
    *,
    by: Person,
    token: str,
    undone: Signature,
    what: str,
    opened: Sequence[str],
    lots: Sequence[str],
    reason: str,
    judged_anew: str,
    act: str,
    customer: Organization | None,
    signers: Iterable[Person] = (),
) -> Reversal:
    """Record that a signature no longer counts; the caller has locked its lots and opens the records again.

    what: the record as people say it, as in "step T-000312-60-1"; `opened` every record that is open again;
    `signers` who else accepted by it.

    Raises:  NotEntitled; Incomplete without a reason or without what is judged anew; SignerMayNotUndo for whoever
             signed; NotTheMoment when it was undone before; CredentialRefused.
    Source:  AS9100D 8.6 and 8.7 (acceptance is by authorised people; what was wrong is known); docs/decisions/0034.
    """
    require_quality(by, "undo an acceptance")
    reason, judged_anew = _require_words(what, reason, judged_anew)
    _require_another(by, undone, what, signers)
    if known := Reversal.objects.filter(undone=undone).first():
        raise NotTheMoment(
            f"What {undone.printed_name} signed about {what} was undone by {known.number} already. Reload the page."
        )
    number = next_number("RV")
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.REVERSED,
        noun="reversal",
        number=number,
        content={
            "of": f"{undone.noun} {undone.number}",
            "undone_sha256": undone.content_sha256,
            "undone_at": undone.signed_at,
            "undone_by": undone.printed_name,
            "opened": list(opened),
            "lots": sorted(lots),
            "reason": reason,
            "judged_anew": judged_anew,
        },
        act=act,
        customer=customer,
        made_by=(undone.person, *signers),
    )
    kept = Reversal.objects.create(
        number=number,
        noun=undone.noun,
        record=undone.number,
        undone=undone,
        opened=list(opened),
        lots=sorted(set(lots)),
        reason=reason,
        judged_anew=judged_anew,
        signature=signature,
        reversed_at=signature.signed_at,
    )
    record_event(
        by=by,
        verb="undo",
        noun="reversal",
        number=number,
        lots=kept.lots,
        data={
            "name": what,
            "of": undone.noun,
            "opened": kept.opened,
            "was": f"{undone.get_meaning_display().lower()} by {undone.printed_name}, "
            f"{undone.signed_at:%-d %b %Y %H:%M} UTC",
            "now": "open again",
            "reason": reason,
            "judged_anew": judged_anew,
        },
    )
    return kept


def reversals_of(noun: str, number: str) -> QuerySet[Reversal]:
    """Return what was undone on one record, the latest first."""
    return _told(Reversal.objects.filter(noun=noun, record=number))


def reversals_on_lot(number: str) -> QuerySet[Reversal]:
    """Return what was undone that concerns a lot, the latest first."""
    return _told(Reversal.objects.filter(lots__contains=[number]))


def _told(found: QuerySet[Reversal]) -> QuerySet[Reversal]:
    return found.select_related("undone", "signature").order_by("-pk")


def _require_words(what: str, reason: str, judged_anew: str) -> tuple[str, str]:
    if not reason.strip():
        raise Incomplete(f"Say why the acceptance of {what} was wrong; the reason is kept with it.")
    if not judged_anew.strip():
        raise Incomplete(f"Say what is done or looked at again before {what} is accepted anew.")
    return reason.strip()[:300], judged_anew.strip()[:300]


def _require_another(by: Person, undone: Signature, what: str, signers: Iterable[Person]) -> None:
    if by.pk in {undone.person_id, *(person.pk for person in signers)}:
        raise SignerMayNotUndo(
            f"{by.printed_name} signed {what} and may not undo it too. Ask another quality engineer or a manager."
        )
