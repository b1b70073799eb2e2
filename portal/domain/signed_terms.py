"""The life of terms that are drafted by one and signed by another: what every kind of them does alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.moves import lock, move
from portal.domain.signatures import sign
from portal.models import Organization, Person, Signature
from portal.models.signed_terms import SignedTerms


class NothingChanges(Refused):
    """The same is in force already."""

    code = "nothing-changes"


class TermsWait(NotTheMoment):
    """Another draft for the same customer waits for its signature."""

    code = "policy-waits"


@dataclass(frozen=True)
class Kind:
    """One kind of signed terms: its noun, how a sentence names one, and what a new draft would change."""

    noun: str
    named: str
    changes: str

    def name(self, terms: SignedTerms) -> str:
        """Return how a sentence names one of them."""
        return self.named.format(terms.number)


def take_to_sign(
    kind: Kind, terms: SignedTerms, *, by: Person, refusal: type[Refused], otherwise: str
) -> SignedTerms:
    """Lock a draft that somebody other than its author is about to sign.

    Raises:  `refusal` for its author, ending with `otherwise`: who signs instead; NotTheMoment once it is signed or
             dropped.
    """
    current = lock(terms)
    if current.author_id == by.pk:
        raise refusal(f"{by.printed_name} drafted {kind.name(current)} and {otherwise}")
    _require_draft(kind, current, "signed")
    return current


def _require_draft(kind: Kind, terms: SignedTerms, done: str) -> None:
    if terms.state == terms.DRAFT:
        return
    name = kind.name(terms)
    raise NotTheMoment(
        f"{name[:1].upper()}{name[1:]} is {terms.get_state_display().lower()} and cannot be {done} any more. "
        f"Draft a new one to change {kind.changes}."
    )


def put_in_force(
    kind: Kind,
    terms: SignedTerms,
    *,
    by: Person,
    token: str,
    before: SignedTerms | None,
    content: dict[str, Any],
    data: dict[str, Any] | None = None,
    lots: Iterable[str] = (),
    act: str | None = None,
    customer: Organization | None = None,
    made_by: Iterable[Person | None] = (),
) -> SignedTerms:
    """Sign terms: those in force before are superseded, in the caller's transaction and after its locks.

    before   what is in force until now
    content  what the signature covers
    data     what the event tells
    lots     whose chains are judged by the terms from now on
    Raises:  NotEntitled without the authority; CredentialRefused.
    """
    if before is not None:
        move(before, "supersede", by=by, data={"superseded_by": terms.number})
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun=kind.noun,
        number=terms.number,
        content=content,
        act=act,
        customer=customer,
        made_by=made_by,
    )
    return move(terms, "sign", by=by, lots=list(lots), data=data or {}, signature=signature)


def drop_draft(kind: Kind, terms: SignedTerms, *, by: Person, reason: str) -> SignedTerms:
    """Give up a draft; nothing changes for anybody.

    Raises:  NotTheMoment once it is signed or dropped; Incomplete without a reason.
    """
    current = lock(terms)
    _require_draft(kind, current, "dropped")
    if not reason.strip():
        raise Incomplete(f"Say why {current.number} is dropped; its author reads it.")
    return move(current, "drop", by=by, data={"reason": reason.strip()})
