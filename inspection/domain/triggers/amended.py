"""The way of one lot: the operations of its route, with what was amended for that lot alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inspection.domain.triggers.snapshots import Amended, Operation, Snapshot


def way(side: Snapshot) -> tuple[Operation, ...]:
    """Return the operations a lot goes through: those of its route and those added to it, less what is skipped.

    What was skipped and then repeated is done after all.
    Source:  AS9100D 8.5.6 (a change of production is a change, for however many pieces); docs/decisions/0032.
    """
    added = [
        Operation(each.sequence, each.operation_kind, each.name, instructions=each.words)
        for each in side.amended
        if each.kind == Amended.ADD
    ]
    skipped = skips(side)
    operations = [each for each in (*side.operations, *added) if each.sequence not in skipped]
    return tuple(sorted(operations, key=lambda each: each.sequence)) if added or skipped else side.operations


def skips(side: Snapshot) -> dict[int, Amended]:
    """Return the amendments by which an operation is passed over for good, by its sequence."""
    found: dict[int, Amended] = {}
    for each in side.amended:
        if each.kind == Amended.SKIP:
            found[each.sequence] = each
        elif each.kind == Amended.REPEAT:
            found = {sequence: skip for sequence, skip in found.items() if sequence not in each.repeated}
    return found


def basis_of(kind: str, sequence: int, lot: Snapshot) -> dict:
    """Return the number and moment of the amendment a change of the lot's way comes from; nothing for its route."""
    if kind == "operation_added":
        added = {each.sequence: each for each in lot.amended if each.kind == Amended.ADD}
        amendment = added.get(sequence)
    else:
        amendment = skips(lot).get(sequence) if kind == "operation_removed" else None
    return {"at": amendment.at, "basis": amendment.number} if amendment else {}


def compare_amendments(baseline: Snapshot, lot: Snapshot, moved: dict[int, int]) -> Iterator[dict]:
    """Yield what is done again, and which words hold, on one side alone, as the fields of a change."""
    yield from _repeats(baseline, lot, moved)
    yield from _redlines(baseline, lot, moved)


def _repeats(baseline: Snapshot, lot: Snapshot, moved: dict[int, int]) -> Iterator[dict]:
    was = Counter(tuple(moved.get(each, each) for each in repeat.repeated) for repeat in _repeated(baseline))
    now = Counter(repeat.repeated for repeat in _repeated(lot))
    last = {repeat.repeated: repeat for repeat in _repeated(lot)}
    for sequences in sorted({*was, *now}):
        if was[sequences] == now[sequences]:
            continue
        amendment = last.get(sequences)
        yield {
            "kind": "operation_repeated",
            "subject": _named(sequences),
            "before": _times(was[sequences]),
            "after": _times(now[sequences]),
            "sequences": sequences,
            "at": amendment.at if amendment else lot.opened_at,
            "basis": amendment.number if amendment else "",
        }


def _repeated(side: Snapshot) -> list[Amended]:
    return [each for each in side.amended if each.kind == Amended.REPEAT]


def _named(sequences: tuple[int, ...]) -> str:
    *most, last = map(str, sequences)
    return f"operations {', '.join(most)} and {last}" if most else f"operation {last}"


def _times(count: int) -> str:
    return {0: "once", 1: "again"}.get(count, f"again {count} times")


def _redlines(baseline: Snapshot, lot: Snapshot, moved: dict[int, int]) -> Iterator[dict]:
    was = _words(baseline, moved)
    now = _words(lot, {})
    last = {each.sequence: each for each in lot.amended if each.kind == Amended.REDLINE}
    names = {moved.get(each.sequence, each.sequence): each.name for each in baseline.amended}
    names |= {each.sequence: each.name for each in lot.amended}
    for sequence in sorted({*was, *now}):
        if was.get(sequence) == now.get(sequence):
            continue
        amendment = last.get(sequence)
        yield {
            "kind": "operation_reworded",
            "subject": f"operation {sequence} {names[sequence]}",
            "before": "; ".join(was.get(sequence, ())),
            "after": "; ".join(now.get(sequence, ())),
            "sequences": (sequence,),
            "at": amendment.at if amendment else lot.opened_at,
            "basis": amendment.number if amendment else "",
        }


def _words(side: Snapshot, moved: dict[int, int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, set[str]] = {}
    for each in side.amended:
        if each.kind == Amended.REDLINE:
            found.setdefault(moved.get(each.sequence, each.sequence), set()).add(each.words)
    return {sequence: tuple(sorted(words)) for sequence, words in found.items()}
