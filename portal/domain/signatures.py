"""Signing: who, in which meaning, exactly which bytes."""

from __future__ import annotations

from django.utils import timezone

from portal.domain.authorities import require_authority
from portal.domain.canonical import canonical_bytes, sha256_of
from portal.domain.reauthentication import spend
from portal.models import Person, Signature


def sign(
    *,
    by: Person,
    token: str,
    meaning: str,
    noun: str,
    number: str,
    content: dict,
    act: str | None = None,
    customer=None,
) -> Signature:
    """Sign `content` for the record `noun` `number`, in the caller's transaction.

    1. the person must hold the authority `act` today (for this customer, where one is given);
    2. the re-authentication token is spent;
    3. printed name, title, moment, meaning and the hash of the canonical content are kept.

    Raises:  NotEntitled without the authority; CredentialRefused without a fresh credential.
    Source:  21 CFR 11.50, 11.70, 11.200; AS9100D 8.5.2 (control of acceptance authority media).
    """
    if act is not None:
        require_authority(person=by, act=act, customer=customer)
    spend(person=by, token=token, act=act)
    signed = canonical_bytes({"noun": noun, "number": number, "meaning": meaning, "content": content})
    return Signature.objects.create(
        person=by,
        printed_name=by.printed_name,
        title=by.title,
        signed_at=timezone.now(),
        meaning=meaning,
        noun=noun,
        number=number,
        canonical=signed,
        content_sha256=sha256_of(signed),
    )


def is_intact(signature: Signature, *, noun: str, number: str, content: dict) -> bool:
    """Say whether `signature` still covers this record with exactly this content.

    Source: 21 CFR 11.70 (a signature cannot be moved to another record).
    """
    expected = canonical_bytes(
        {"noun": noun, "number": number, "meaning": signature.meaning, "content": content}
    )
    return bytes(signature.canonical) == expected and signature.content_sha256 == sha256_of(expected)
