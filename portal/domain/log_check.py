"""Checking the log from the ground up: every event against its bytes, the bytes against the tree, the tree against
what was signed, and all of it against checkpoints that others kept.

Nothing that is stored is believed: places, hashes and nodes are worked out again, in a memory that does not grow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connections, transaction

from portal.domain.log_keys import proven_keys, verifier_keys
from portal.domain.log_rows import Entry, difference, entries, named
from portal.log.merkle import HASH_BYTES, fold, grow, leaf_hash
from portal.log.notes import (
    NoteRefused,
    TreeHead,
    VerifierKey,
    open_checkpoint,
    read_checkpoint,
    signatures_of,
)
from portal.models import Checkpoint, Event, LogEntry, LogKey, LogNode

# entries whose nodes are compared in one statement
AT_ONCE = 2_000
MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold, and the first and last entry it can be about; None when it is about no entry."""

    index: int | None
    sentence: str
    last: int | None = None


def _certain_from(fault: Fault) -> tuple:
    """A fault of one entry is found before one of the many entries around it."""
    return (True,) if fault.index is None else (False, fault.last, -fault.index)


@dataclass
class Found:
    """What a check of the log found; `waiting` events have no place yet, as those of the last seconds."""

    entries: int = 0
    checkpoints: int = 0
    compared: int = 0
    waiting: int = 0
    root: bytes = b""
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.faults

    @property
    def first(self) -> Fault | None:
        """Return the fault that is certain earliest in the log; what is about no entry comes last."""
        return min(self.faults, default=None, key=_certain_from)

    def add(self, index: int | None, sentence: str, *, last: int | None = None) -> None:
        if len(self.faults) < MOST_FAULTS:
            sentence = sentence[:1].upper() + sentence[1:]
            self.faults.append(Fault(index, sentence, index if last is None else last))


@dataclass(frozen=True)
class Older:
    """A checkpoint somebody kept outside, and where it was read."""

    name: str
    text: str


def check_log(
    *, older: Sequence[Older] = (), keys: Sequence[VerifierKey] = (), using: str = "default"
) -> Found:
    """Work everything out again and return what does not hold, the first wrong entry by its number and moment.

    `keys` are public keys known from elsewhere; without them those the database names are believed, which is why a
    checkpoint kept outside says more.
    """
    found = Found()
    with _one_moment(using):
        known = verifier_keys(using)
        trusted = list(keys) or known
        if keys and {key.text for key in known} - {key.text for key in keys}:
            found.add(None, "The database names a key of the log that is not among the keys you gave.")
        tree = _Tree(found, _Signed(found, trusted, using), _outside(found, older, trusted, known), using)
        last = None
        for entry in entries(using):
            _check_entry(found, entry, last)
            tree.take(entry)
            last = entry
        tree.end()
        _check_without_a_place(found, using)
    return found


@contextmanager
def _one_moment(using: str) -> Iterator[None]:
    """Read everything as it stood at one moment, so that a log that grows meanwhile does no harm."""
    connection = connections[using]
    is_own = not connection.in_atomic_block
    with transaction.atomic(using=using):
        if is_own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _check_entry(found: Found, entry: Entry, last: Entry | None) -> None:
    expected = last.index + 1 if last else 0
    if entry.index != expected:
        gone = (
            f"entry {expected}" if entry.index == expected + 1 else f"entries {expected} to {entry.index - 1}"
        )
        found.add(expected, f"The log has no {gone}: it goes on with {named(entry)}.")
    if not entry.has_event:
        found.add(entry.index, f"The event of entry {entry.index} is gone; only its place is left.")
        return
    computed = leaf_hash(entry.canonical)
    if computed.hex() != entry.leaf_sha256:
        found.add(
            entry.index, f"{named(entry)}: the bytes that were logged, or the hash beside them, were changed."
        )
    elif computed != entry.leaf:
        found.add(entry.index, f"{named(entry)}: the event is not the one this place was given to.")
    else:
        changed = difference(entry)
        if changed:
            found.add(entry.index, f"{named(entry)}: {changed}")


class _Signed:
    """The stored checkpoints, in the order of their size, each held against its own text and signatures."""

    def __init__(self, found: Found, trusted: list[VerifierKey], using: str) -> None:
        self._found, self._trusted = found, trusted
        self._in_force = [(row.from_size, row.verifier_key) for row in proven_keys(using)]
        self._rows = Checkpoint.objects.using(using).order_by("size").iterator(chunk_size=AT_ONCE)
        self._silent = set(LogKey.objects.using(using).values_list("verifier_key", flat=True))
        self._change_at = 1  # the next key whose beginning has yet to be signed by two
        self.next: Checkpoint | None = None
        self.advance()

    def advance(self) -> None:
        """Go to the next checkpoint and check what stands in it by itself."""
        self.next = next(self._rows, None)
        if self.next is None:
            for key in sorted(self._silent):
                self._found.add(
                    None,
                    f"The database names {key} as a key of the log, and it signed nothing: somebody put it there. "
                    "Nothing is signed with it, and nobody is told to trust it.",
                )
            return
        self._found.checkpoints += 1
        try:
            head, signers = open_checkpoint(self.next.text, self._trusted)
        except NoteRefused as refused:
            self._found.add(self.next.size - 1, f"The checkpoint of {self.next.size} entries: {refused}")
            return
        if (head.size, head.root) != (self.next.size, self.next.root):
            self._found.add(
                min(head.size, self.next.size) - 1,
                f"The checkpoint of {self.next.size} entries was signed for {head.size} entries and another root.",
            )
        self._check_signers(head, {key.text for key in signers})

    def _check_signers(self, head: TreeHead, signers: set[str]) -> None:
        """The key in force must have signed, and its predecessor with it where it begins."""
        due = [key for from_size, key in self._in_force if from_size < head.size or from_size == 0]
        self._silent -= signers
        wanted = set(due[-1:])
        if self._change_at < len(due):
            wanted = set(due[self._change_at - 1 :])
            self._change_at = len(due)
        missing = sorted(wanted - signers)
        if missing:
            self._found.add(
                head.size - 1,
                f"The checkpoint of {head.size} entries lacks the signature of {', '.join(missing)}.",
            )


class _Tree:
    """The tree as it grows again, held against stored nodes, signed roots and roots kept outside."""

    def __init__(
        self, found: Found, signed: _Signed, outside: list[tuple[TreeHead, str]], using: str
    ) -> None:
        self._found, self._signed, self._using = found, signed, using
        self._outside = sorted(outside, key=lambda kept: kept[0].size, reverse=True)
        self._edge: list[bytes] = []
        self._size = self._compared = self._held = 0
        self._complete: dict[tuple[int, int], bytes] = {}
        self._nodes = 0
        self._is_off = self._is_off_outside = self._are_nodes_off = False

    def take(self, entry: Entry) -> None:
        """Add one leaf and hold the tree against whatever was signed at this size."""
        leaf = entry.leaf if len(entry.leaf) == HASH_BYTES else leaf_hash(entry.leaf)
        self._edge, complete = grow(self._size, self._edge, [leaf])
        self._complete |= complete
        self._size += 1
        if self._signed.next and self._signed.next.size == self._size or self._outside_is_due():
            self._compare(entry)
        if self._size % AT_ONCE == 0:
            self._check_nodes()

    def end(self) -> None:
        """Say what was signed and is no longer there, or is there and was never signed."""
        self._check_nodes()
        found, size = self._found, self._size
        found.entries, found.root = size, fold(self._edge)
        if LogNode.objects.using(self._using).count() != self._nodes:
            found.add(None, "There are nodes in the tree that stand for no entries, or some are missing.")
        if self._held < size:
            words = f"The entries {self._held} to {size - 1} stand under no checkpoint: the portal did not put them in."
            found.add(self._held, words, last=size - 1)
        while self._signed.next:
            gone = self._signed.next
            found.add(
                size,
                f"A checkpoint of {gone.size} entries was signed, and there are {size}: the end was cut off.",
            )
            self._signed.advance()
        for head, name in self._outside:
            found.add(
                size,
                f"The checkpoint in {name} has {head.size} entries, and there are {size}: the end was cut off.",
            )

    def _outside_is_due(self) -> bool:
        return bool(self._outside) and self._outside[-1][0].size == self._size

    def _compare(self, entry: Entry) -> None:
        root, since = fold(self._edge), self._compared
        span = f"one of the entries {since} to {entry.index} was changed, put in or taken out, up to {named(entry)}"
        while self._outside_is_due():
            head, name = self._outside.pop()
            if head.root != root and not self._is_off_outside:
                self._is_off_outside = True
                words = f"The checkpoint in {name} tells another history of {head.size} entries: {span}."
                self._found.add(since, words, last=entry.index)
        signed = self._signed.next
        if signed and signed.size == self._size:
            if signed.root != root and not self._is_off:
                self._is_off = True
                words = f"The checkpoint of {signed.size} entries has another root: {span}."
                self._found.add(since, words, last=entry.index)
            self._held = self._size
            self._signed.advance()
        self._compared = self._size

    def _check_nodes(self) -> None:
        """Hold the nodes that became complete against the stored ones, the lowest first."""
        wanted, self._complete = self._complete, {}
        self._nodes += len(wanted)
        levels: dict[int, list[int]] = {}
        for level, index in wanted:
            levels.setdefault(level, []).append(index)
        for level, indexes in sorted(levels.items()):
            kept = LogNode.objects.using(self._using).filter(
                level=level, index__gte=indexes[0], index__lte=indexes[-1]
            )
            stored = {index: bytes(hash_) for index, hash_ in kept.values_list("index", "hash")}
            wrong = next((one for one in indexes if stored.get(one) != wanted[level, one]), None)
            if wrong is not None and not self._are_nodes_off:
                self._are_nodes_off = True
                first, last = wrong << level, ((wrong + 1) << level) - 1
                words = (
                    f"The tree above the entries {first} to {last} is not theirs: they or it were changed."
                )
                self._found.add(first, words, last=last)


def _outside(
    found: Found, older: Sequence[Older], trusted: list[VerifierKey], known: list[VerifierKey]
) -> list[tuple[TreeHead, str]]:
    """Return what the checkpoints kept outside say.

    One that no known key signed still tells a history; that its key is unknown is a fault of its own.
    """
    heads = []
    for kept in older:
        try:
            head = read_checkpoint(signatures_of(kept.text)[0])
            open_checkpoint(kept.text, trusted)
        except NoteRefused as refused:
            found.add(None, f"The checkpoint in {kept.name} does not hold: {refused}")
            continue
        if known and head.origin != known[-1].name:
            found.add(
                None, f"The checkpoint in {kept.name} is of the log {head.origin}; this is {known[-1].name}."
            )
            continue
        found.compared += 1
        if head.size:
            heads.append((head, kept.name))
    return heads


def _check_without_a_place(found: Found, using: str) -> None:
    """An event the sequencer has passed and that has no place was put in by somebody else."""
    latest = Checkpoint.objects.using(using).order_by("size").last()
    placed = LogEntry.objects.using(using).values("event_id")
    waiting = Event.objects.using(using).exclude(pk__in=placed).order_by("transaction", "pk")
    passed = waiting.filter(transaction__lt=latest.horizon).first() if latest else None
    found.waiting = waiting.count()
    if passed:
        found.add(
            None,
            f"What is said of {passed.noun} {passed.number} at {passed.at:%Y-%m-%d %H:%M:%S} UTC has no place in the "
            "log, though it claims to be older than the last checkpoint: it was put in afterwards.",
        )
