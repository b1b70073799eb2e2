"""Which key signs the log: the secret half stands in the settings, the public halves are kept for ever.

A key is changed by giving workers the new one and, until the first checkpoint under it, the old one beside it. The
change is an event, and the checkpoint that covers it is signed by both. A row alone makes no key: whoever may write to
the table of keys could put one in, and only the holder of the key in force can sign a successor.
"""

from __future__ import annotations

import contextlib

from django.conf import settings

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.log.notes import KeyRefused, NoteRefused, SigningKey, VerifierKey, open_checkpoint
from portal.models import Checkpoint, LogKey

# said by a process that signs nothing and therefore holds no key
ELSEWHERE = "elsewhere"


class LogKeyRefused(Refused):
    """The key this process holds may not sign the log."""

    code = "log-key-refused"


def verifier_keys(using: str | None = None) -> list[VerifierKey]:
    """Return the public halves of every key the database names, proven or not, as far as they can be read."""
    found = []
    for row in LogKey.objects.using(using):
        with contextlib.suppress(KeyRefused):
            found.append(VerifierKey.read(row.verifier_key))
    return found


def proven_keys(using: str | None = None) -> list[LogKey]:
    """Return the keys of the log in the order in which they signed, the one in force last.

    Each signed the first checkpoint of its time, together with its predecessor. Other rows are passed over here and
    named by `manage.py verify_log`.
    """
    proven: list[tuple[LogKey, VerifierKey]] = []
    for row in LogKey.objects.using(using):
        first = Checkpoint.objects.using(using).filter(size__gt=row.from_size).order_by("size").first()
        before = [key for _, key in proven[-1:]]
        try:
            key = VerifierKey.read(row.verifier_key)
            signed = open_checkpoint(first.text, [key, *before])[1] if first else []
        except (KeyRefused, NoteRefused):
            continue
        if {one.text for one in signed} == {one.text for one in (key, *before)}:
            proven.append((row, key))
    return [row for row, _ in proven]


def signing_key() -> SigningKey:
    """Return the key this process signs with.

    Raises:  LogKeyRefused when it has none, or one that cannot be read.
    """
    if settings.PORTAL_LOG_KEY == ELSEWHERE:
        raise LogKeyRefused(
            "This process holds no key of the event log, so it cannot sign a checkpoint; the workers do. "
            "Give it PORTAL_LOG_KEY_FILE if it should."
        )
    return _read("PORTAL_LOG_KEY", settings.PORTAL_LOG_KEY)


def signers(*, size: int) -> list[SigningKey]:
    """Return who signs the next checkpoint, and write down a key that signs for the first time.

    The caller holds the lock of the sequencer. `size` is how many entries there are before it.
    Raises:  LogKeyRefused for a retired key, a key of another log, or a new one without the old one beside it.
    """
    key, kept = signing_key(), proven_keys()
    if not kept:
        _add(key, size)
        record_event(by=None, verb="begin", noun="log", number=key.name, data={"key": key.verifier.text})
        return [key]
    if key.verifier.text == kept[-1].verifier_key:
        return [key]
    old = _old_key(key, kept)
    _add(key, size)
    data = {"from": old.verifier.text, "to": key.verifier.text}
    record_event(by=None, verb="change key of", noun="log", number=key.name, data=data)
    return [key, old]


def _old_key(key: SigningKey, kept: list[LogKey]) -> SigningKey:
    """Return the key in force, which signs once more together with its successor.

    Raises:  LogKeyRefused when the successor is none.
    """
    if key.verifier.text in {one.verifier_key for one in kept}:
        raise LogKeyRefused(
            f"The key {key.verifier.text} of the event log was retired when a later one began to sign. "
            "Give this process the present key in PORTAL_LOG_KEY_FILE and start it again."
        )
    if key.name != kept[-1].name:
        raise LogKeyRefused(
            f"The key in PORTAL_LOG_KEY belongs to the log {key.name}, and this log is {kept[-1].name}. "
            f"Make the new key with: manage.py make_log_key --name {kept[-1].name}"
        )
    old = _read("PORTAL_LOG_OLD_KEY", settings.PORTAL_LOG_OLD_KEY) if settings.PORTAL_LOG_OLD_KEY else None
    if old is None or old.verifier.text != kept[-1].verifier_key:
        raise LogKeyRefused(
            f"The key in PORTAL_LOG_KEY is new. The key in force, {kept[-1].verifier_key}, has to sign the change "
            "too: name its file in PORTAL_LOG_OLD_KEY_FILE until the next checkpoint."
        )
    return old


def _add(key: SigningKey, size: int) -> None:
    LogKey.objects.create(name=key.name, verifier_key=key.verifier.text, from_size=size)


def _read(name: str, text: str) -> SigningKey:
    try:
        return SigningKey.read(text)
    except KeyRefused as refused:
        raise LogKeyRefused(f"{name}: {refused} Make one with: manage.py make_log_key") from refused
