"""The log over the events: one sequencer gives each its place, and a signed checkpoint says how it all stands.

Nothing here is written by hand: what has no place yet gets one, the tree grows, the checkpoint is signed, and all of
it is committed together or not at all.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from portal.domain.errors import NotTheMoment, Refused
from portal.domain.log_keys import proven_keys, signers
from portal.log.merkle import (
    EMPTY_ROOT,
    Node,
    consistency_nodes,
    edge_of,
    fold,
    grow,
    inclusion_nodes,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from portal.log.notes import (
    NoteRefused,
    SigningKey,
    TreeHead,
    open_checkpoint,
    sign_note,
)
from portal.log.proofs import proof_text
from portal.models import Checkpoint, Event, LogEntry, LogNode

# as many events as get their place in one transaction
AT_ONCE = 5_000
LOCK = "SELECT pg_advisory_xact_lock(hashtext('sequencer of the event log'))"
# every transaction below the first has ended; none above the second has begun
HORIZON = (
    "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
)


class NotYetInTheLog(NotTheMoment):
    """The sequencer has not come to this event yet."""

    code = "not-yet-in-the-log"


class LogIsDamaged(Refused):
    """What is kept of the tree does not lead to the signed root."""

    code = "log-is-damaged"


class NoSuchCheckpoint(Refused):
    """The log never had, or does not yet have, so many entries."""

    code = "no-such-checkpoint"


def sequence_now() -> Checkpoint:
    """Give every committed event its place in the log and return the latest signed checkpoint.

    Asked twice, the second finds nothing to do. Must not be called inside a transaction: a checkpoint that was seen
    and then rolled back would be a second history.
    Raises:  LogKeyRefused when this process may not sign; LogIsDamaged when what is kept is not what was signed.
    """
    while True:
        try:
            checkpoint, is_all = _sequence_some()
        except IntegrityError as error:
            raise LogIsDamaged(
                "Somebody else gave events a place in the log; nothing is signed over that. Run manage.py verify_log."
            ) from error
        if is_all:
            return checkpoint


def latest_checkpoint() -> Checkpoint | None:
    """Return the signed checkpoint over most entries; None before the first."""
    return Checkpoint.objects.order_by("size").last()


def log_verifier_keys() -> list[str]:
    """Return the public keys of the log as their texts, every one that ever signed, the one in force last."""
    return [row.verifier_key for row in proven_keys()]


def leaf_bytes(event: Event) -> bytes:
    """Return the bytes whose hash is the leaf of an event."""
    return bytes(event.canonical)


def proof_of(event: Event, *, under: Checkpoint | None = None) -> str:
    """Return the text that proves an event to whoever has its bytes and the public key of the log.

    under:   the checkpoint it is to be proved by; the latest one when none is given.
    Raises:  NotYetInTheLog; LogIsDamaged when the kept tree does not lead to the signed root.
    """
    entry = LogEntry.objects.filter(event=event).first()
    checkpoint = under or latest_checkpoint()
    if entry is None or checkpoint is None or entry.index >= checkpoint.size:
        raise NotYetInTheLog(
            f"What happened to {event.noun} {event.number} at {event.at:%Y-%m-%d %H:%M} has no place in the log "
            "yet. It gets one within seconds; ask again then."
        )
    path = _hashes(inclusion_nodes(entry.index, checkpoint.size))
    if not verify_inclusion(
        leaf=leaf_hash(leaf_bytes(event)),
        index=entry.index,
        size=checkpoint.size,
        path=path,
        root=checkpoint.root,
    ):
        raise LogIsDamaged(
            f"Entry {entry.index} of the log, {event.noun} {event.number}, does not lead to the signed root of "
            f"{checkpoint.size} entries. Run manage.py verify_log; it names what was changed."
        )
    return proof_text(index=entry.index, path=path, checkpoint=checkpoint.text)


def consistency_of(*, old: int, new: int) -> list[str]:
    """Return the hashes, in base64, that prove that the log of `new` entries begins with that of `old`.

    Raises:  NoSuchCheckpoint unless 0 < old <= new and the log has that many signed entries.
    """
    latest = latest_checkpoint()
    size = latest.size if latest else 0
    if not 0 < old <= new <= size:
        raise NoSuchCheckpoint(
            f"The log has {size} signed entries, so there is no proof from {old} to {new}. Ask for two sizes of "
            "checkpoints, the smaller one first."
        )
    return [_text(hash_) for hash_ in _hashes(consistency_nodes(old, new))]


def earlier_text(*, old: int, new: int) -> str:
    """Return one earlier checkpoint and the hashes that prove that the log of `new` entries begins with it.

        earlier SIZE ROOT
        HASH, as many as RFC 6962 asks for, a line each

    Raises:  NoSuchCheckpoint unless both sizes were signed, the smaller one first; LogIsDamaged.
    """
    heads = {head.size: head for head in Checkpoint.objects.filter(size__in=[old, new])}
    if not 0 < old < new or heads.keys() != {old, new}:
        raise NoSuchCheckpoint(
            f"The log was not signed at both {old} and {new} entries. Ask for two sizes of checkpoints, the smaller "
            "one first."
        )
    path = _hashes(consistency_nodes(old, new))
    is_fit = verify_consistency(
        old_size=old, new_size=new, old_root=heads[old].root, new_root=heads[new].root, path=path
    )
    if not is_fit:
        raise LogIsDamaged(
            f"The log of {new} entries does not begin with the one signed at {old}. Run manage.py verify_log; it "
            "names what was changed."
        )
    lines = [f"earlier {old} {_text(heads[old].root)}", *map(_text, path)]
    return "".join(f"{line}\n" for line in lines)


def consistency_proof(*, old: int, new: int) -> str:
    """Return a text that proves to whoever kept one of two checkpoints that the log went on unchanged to the other.

    It is `earlier_text`, an empty line and the later checkpoint; verify_package.py takes it by --consistency.
    Raises:  as `earlier_text`.
    """
    return earlier_text(old=old, new=new) + "\n" + Checkpoint.objects.get(size=new).text


def _text(hash_: bytes) -> str:
    return base64.b64encode(hash_).decode()


@transaction.atomic(durable=True)
def _sequence_some() -> tuple[Checkpoint, bool]:
    """Take in as many events as one transaction should, and say whether these were all.

    1. one sequencer at a time;
    2. what has no place yet is taken in the order of its transactions; one that commits late comes later in the log,
       so nothing waits for it and no place is left open;
    3. entries, nodes and checkpoint are committed together.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    latest = latest_checkpoint()
    size = latest.size if latest else 0
    keys = signers(size=size)
    _require_ours(latest, keys)
    settled, unborn = _horizon()
    after = latest.horizon if latest and latest.horizon < unborn else 0
    waiting = _without_a_place(after=after, size=size)
    events = list(waiting[:AT_ONCE])
    is_all = len(events) < AT_ONCE
    if not events:
        return latest, True
    root = _append(size, events, before=latest.root if latest else EMPTY_ROOT)
    name = keys[0].name
    body = TreeHead(name, size + len(events), root).body
    checkpoint = Checkpoint.objects.create(
        size=size + len(events),
        root_sha256=root.hex(),
        text=sign_note(body, keys),
        horizon=settled if is_all else min(settled, events[-1].transaction),
    )
    checkpoint.refresh_from_db()
    return checkpoint, is_all


def _horizon() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)
        return cursor.fetchone()


def _require_ours(latest: Checkpoint | None, keys: Sequence[SigningKey]) -> None:
    """Sign nothing on top of a checkpoint that no key of this process signed: the row may be anybody's.

    Raises:  LogIsDamaged.
    """
    if latest is None:
        return
    try:
        head, _ = open_checkpoint(latest.text, [key.verifier for key in keys])
        is_ours = (head.size, head.root) == (latest.size, latest.root)
    except NoteRefused:
        is_ours = False
    if not is_ours:
        raise LogIsDamaged(
            f"The checkpoint of {latest.size} entries is not one this portal signed, so no other is signed on top of "
            "it. Run manage.py verify_log; it names what was changed."
        )


def _without_a_place(*, after: int, size: int) -> QuerySet[Event]:
    """Return the events of this transaction or a later one that have no place yet, as the feed orders them.

    A place beyond the end of the signed log is none: it was not given here.
    `after` is 0 where transactions are counted anew: the database was restored into another one.
    """
    has_none = Q(log_entry__isnull=True) | Q(log_entry__index__gte=size)
    events = Event.objects.filter(has_none, transaction__gte=after)
    return events.only("canonical", "transaction").order_by("transaction", "id")


def _append(size: int, events: Sequence[Event], *, before: bytes) -> bytes:
    """Write places and nodes, and return the root over all entries; before: the signed root they are added to."""
    leaves = [leaf_hash(leaf_bytes(event)) for event in events]
    kept = _hashes([[node] for node in edge_of(size)])
    if fold(kept) != before:
        raise LogIsDamaged(
            f"What is kept of the tree does not lead to the signed root of {size} entries, so nothing is added to it. "
            "Run manage.py verify_log; it names what was changed."
        )
    edge, complete = grow(size, kept, leaves)
    LogEntry.objects.bulk_create(
        LogEntry(index=index, event=event, leaf=leaf)
        for index, (event, leaf) in enumerate(zip(events, leaves, strict=True), start=size)
    )
    LogNode.objects.bulk_create(
        LogNode(level=level, index=index, hash=hash_) for (level, index), hash_ in complete.items()
    )
    return fold(edge)


def _hashes(groups: Iterable[Sequence[Node]]) -> list[bytes]:
    """Return one hash a group, folded from its nodes; two statements read them all."""
    groups = [list(group) for group in groups]
    wanted = {node for group in groups for node in group}
    leaves = [index for level, index in wanted if level == 0]
    found = {(0, entry.index): bytes(entry.leaf) for entry in LogEntry.objects.filter(index__in=leaves)}
    above = [node for node in wanted if node[0]]
    if above:
        kept = LogNode.objects.filter(pk__in=above)
        found |= {(node.level, node.index): bytes(node.hash) for node in kept}
    missing = min(wanted - found.keys(), default=None)
    if missing:
        raise LogIsDamaged(
            f"Node {missing[1]} of level {missing[0]} of the log is missing. Run manage.py verify_log."
        )
    return [fold([found[node] for node in group]) for group in groups]
