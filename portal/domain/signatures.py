"""Signing: who, in which meaning, exactly which bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.utils import timezone

from portal.domain.authorities import authority_for, require_authority
from portal.domain.canonical import canonical_bytes, plain, sha256_of
from portal.domain.errors import Refused
from portal.domain.reauthentication import spend
from portal.models import Authority, Person, Signature


class DeputyOfAuthor(Refused):
    """A deputy would judge, for somebody, what that person made."""

    code = "deputy-of-author"


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
    made_by: Iterable[Person | None] = (),
) -> Signature:
    """Sign `content` for the record `noun` `number`, in the caller's transaction.

    1. the person must hold the authority `act` today (for this customer, where one is given), in their own name or
       as a deputy; a deputy signs with both names, and not what the other one made (`made_by`);
    2. the re-authentication token is spent;
    3. printed name, title, moment, meaning and the hash of the canonical content are kept.

    Raises:  NotEntitled without the authority; DeputyOfAuthor; CredentialRefused without a fresh credential.
    Source:  21 CFR 11.50, 11.70, 11.200; AS9100D 8.5.2 (control of acceptance authority media).
    """
    held = require_authority(person=by, act=act, customer=customer) if act is not None else None
    principal = _stands_in_for(by, held, f"{noun} {number}", made_by)
    spend(person=by, token=token, act=act)
    signed = canonical_bytes({"noun": noun, "number": number, "meaning": meaning, "content": content})
    return Signature.objects.create(
        person=by,
        printed_name=_with_both_names(by, principal),
        stands_in_for=principal,
        title=by.title,
        signed_at=timezone.now(),
        meaning=meaning,
        noun=noun,
        number=number,
        canonical=signed,
        content_sha256=sha256_of(signed),
    )


def printed_name_of(person: Person, act: str, customer=None) -> str:
    """Return the name a person's signature of an act carries today: a deputy's names both."""
    held = authority_for(person=person, act=act, customer=customer)
    return _with_both_names(person, held.deputy_for.person if held and held.deputy_for else None)


def _with_both_names(by: Person, principal: Person | None) -> str:
    return f"{by.printed_name} for {principal.printed_name}, deputy" if principal else by.printed_name


def _stands_in_for(
    by: Person, held: Authority | None, what: str, made_by: Iterable[Person | None]
) -> Person | None:
    """Return the person somebody signs for; None for whoever signs in their own name."""
    if held is None or held.deputy_for is None:
        return None
    principal = held.deputy_for.person
    if principal.pk in {person.pk for person in made_by if person is not None}:
        raise DeputyOfAuthor(
            f"{by.printed_name} would sign {what} for {principal.printed_name}, who made it, so it would have no "
            "second look. Ask somebody who holds the authority in their own name."
        )
    return principal


def is_intact(signature: Signature, *, noun: str, number: str, content: dict) -> bool:
    """Say whether `signature` still covers this record with exactly this content.

    Source: 21 CFR 11.70 (a signature cannot be moved to another record).
    """
    expected = canonical_bytes(
        {"noun": noun, "number": number, "meaning": signature.meaning, "content": content}
    )
    return bytes(signature.canonical) == expected and signature.content_sha256 == sha256_of(expected)


def read_signed(signature: Signature) -> dict | None:
    """Return what was signed (noun, number, meaning, content); nothing where the bytes are no such thing any more."""
    try:
        signed = json.loads(bytes(signature.canonical))
        is_whole = {"noun", "number", "meaning"} <= signed.keys() and isinstance(signed["content"], dict)
    except (ValueError, AttributeError, KeyError):
        return None
    return signed if is_whole else None


def altered(
    signature: Signature, *, noun: str, number: str, content: dict, words: Mapping[str, str] | None = None
) -> str:
    """Return in a sentence what is no longer as it was signed; nothing while the signature covers exactly this.

    content: what the record would have somebody sign today, in the form it was signed in.
    words: how people call its parts, by their name; "covers.quantity" for one of many rows, "form3.*" for any of
        them, with {name} where that stands.
    Source:  21 CFR 11.70; AS9100D 7.5.3 (a changed record makes its signature show as invalid).
    """
    if is_intact(signature, noun=noun, number=number, content=content):
        return ""
    if sha256_of(bytes(signature.canonical)) != signature.content_sha256:
        return "The bytes that were signed are no longer those the signature names."
    signed = read_signed(signature)
    if signed is None:
        return "The bytes that were signed cannot be read."
    if (signed["noun"], signed["number"]) != (noun, number):
        return f"It was given for {signed['noun']} {signed['number']}, not for {noun} {number}."
    now, then = plain(content), signed["content"]
    parts = [
        part
        for key in sorted({*now, *then})
        if now.get(key) != then.get(key)
        for part in _parts_called(key, then.get(key), now.get(key), words or {})
    ]
    return f"Changed since it was signed: {', '.join(parts) or 'its meaning'}."


def _parts_called(key: str, then: object, now: object, words: Mapping[str, str]) -> list[str]:
    """Return what of one part differs, as people call it; of many rows the fields that differ in any of them."""
    names = sorted({name for was, is_now in _rows(then, now) for name in _differing(was, is_now)})
    called = [words.get(f"{key}.{name}") or words.get(f"{key}.*", "") for name in names]
    if called and all(called):
        found = zip(called, names, strict=True)
        return list(dict.fromkeys(phrase.format(name=name.replace("_", " ")) for phrase, name in found))
    return [words.get(key, key.replace("_", " "))]


def _rows(then: object, now: object) -> list[tuple[dict, dict]]:
    """Return the rows of a part side by side; none where some came or went, or where it has no rows."""
    if isinstance(then, dict) and isinstance(now, dict):
        return [(then, now)]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        pairs = list(zip(then, now, strict=True))
        return pairs if all(isinstance(row, dict) for pair in pairs for row in pair) else []
    return []


def _differing(was: dict, is_now: dict) -> set[str]:
    return {name for name in {*was, *is_now} if was.get(name) != is_now.get(name)}
