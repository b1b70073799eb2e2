"""Two routes side by side: operations that came, went, moved or changed, and checks planned otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from inspection.domain.triggers.amended import basis_of, way
from inspection.domain.triggers.snapshots import Check, Operation, Snapshot


def places(baseline: Snapshot, lot: Snapshot) -> dict[int, int]:
    """Return which operation of the lot's route each of the baseline's became, by sequence.

    Of two routes that share their contents nothing is read, and every operation keeps its place.
    """
    return {old.sequence: new.sequence for old, new in _pairs(way(baseline), way(lot))}


def _pairs(before: tuple[Operation, ...], after: tuple[Operation, ...]) -> list[tuple[Operation, Operation]]:
    """Pair operations of one kind: by name and sequence, then by name alone, then by sequence alone."""
    rests = [sorted(before, key=_sequence), sorted(after, key=_sequence)]
    found = []
    for same in (
        lambda each: (each.kind, each.name.casefold(), each.sequence),
        lambda each: (each.kind, each.name.casefold()),
        lambda each: (each.kind, each.sequence),
    ):
        waiting: dict[tuple, list[Operation]] = {}
        for each in rests[1]:
            waiting.setdefault(same(each), []).append(each)
        for old in list(rests[0]):
            if waiting.get(same(old)):
                new = waiting[same(old)].pop(0)
                found.append((old, new))
                rests[0].remove(old)
                rests[1].remove(new)
    return sorted(found, key=lambda pair: pair[1].sequence)


def _sequence(operation: Operation) -> int:
    return operation.sequence


def compare_plans(baseline: Snapshot, lot: Snapshot) -> Iterator[dict]:
    """Yield what differs between the ways of two lots, as the fields of a change."""
    if baseline.route == lot.route and not (baseline.amended or lot.amended):
        return
    before, after = way(baseline), way(lot)
    pairs = _pairs(before, after)
    olds, news = {old.sequence for old, _ in pairs}, {new.sequence for _, new in pairs}
    for operation in after:
        if operation.sequence not in news:
            yield _of("operation_added", operation, "", _whole(operation), lot)
    for operation in before:
        if operation.sequence not in olds:
            # where it stood, the lot's route goes on with what came after it
            place = _next_place(operation, pairs)
            yield _of("operation_removed", operation, _whole(operation), "", lot, place=place)
    yield from _moved(pairs, lot)
    for old, new in pairs:
        yield from _changed(old, new, lot)
    yield from _checks(baseline, lot, {old.sequence: new.sequence for old, new in pairs})


def _of(kind: str, operation: Operation, before: str, after: str, lot: Snapshot, *, place=None) -> dict:
    sequence = operation.sequence if place is None else place
    return {
        "kind": kind,
        "subject": operation.words,
        "before": before,
        "after": after,
        "sequences": (sequence,),
        "identities": operation.makes if kind == "operation_removed" else (),
        "at": lot.opened_at,
    } | basis_of(kind, operation.sequence, lot)


def _whole(operation: Operation) -> str:
    told = (operation.kind, operation.specification, operation.choices, operation.work_center)
    return ", ".join(each for each in told if each)


def _next_place(operation: Operation, pairs: list[tuple[Operation, Operation]]) -> int:
    later = [new.sequence for old, new in pairs if old.sequence > operation.sequence]
    return min(later) if later else operation.sequence


def _moved(pairs: list[tuple[Operation, Operation]], lot: Snapshot) -> Iterator[dict]:
    """Yield the fewest operations that must have moved: those outside the longest run that kept its order.

    Of two runs as long, the one whose operations kept their numbers too.
    """
    order = [old.sequence for old, _ in pairs]
    same = {old.sequence for old, new in pairs if old.sequence == new.sequence}

    def weight(run: list[int]) -> tuple[int, int]:
        return len(run), len(same.intersection(run))

    best: list[list[int]] = []
    for place, value in enumerate(order):
        before = [best[earlier] for earlier in range(place) if order[earlier] < value]
        best.append([*max(before, key=weight, default=[]), value])
    kept = set(max(best, key=weight, default=[]))
    for old, new in pairs:
        if old.sequence not in kept:
            change = _of("operation_moved", new, f"at {old.sequence}", f"at {new.sequence}", lot)
            # what lies between the two places is made in another order too
            yield change | {"sequences": tuple(sorted({old.sequence, new.sequence}))}


def _changed(old: Operation, new: Operation, lot: Snapshot) -> Iterator[dict]:
    before, after = (
        ", ".join(filter(None, (each.specification, each.choices, each.condition))) for each in (old, new)
    )
    if (before, old.changes_surface) != (after, new.changes_surface):
        if before == after:
            before, after = (
                "changes the surface" if each.changes_surface else "leaves the surface" for each in (old, new)
            )
        yield _of("operation_specification", new, before, after, lot)
    if old.work_center.casefold() != new.work_center.casefold():
        yield _of("work_center", new, old.work_center, new.work_center, lot)
    one, other = ((each.name, each.sequence, each.instructions) for each in (old, new))
    if one != other:
        before, after = old.words, new.words
        if before == after:
            before, after = "instructions as they were", "instructions changed"
        yield _of("operation_reworded", new, before, after, lot)


def _checks(baseline: Snapshot, lot: Snapshot, moved: dict[int, int]) -> Iterator[dict]:
    was = _by_identity(baseline.checks, moved)
    now = _by_identity(lot.checks, {})
    balloons = {each.identity: each.balloon for each in (*baseline.checks, *lot.checks)}
    came_or_went = {each.identity for each in baseline.features} ^ {each.identity for each in lot.features}
    for identity in [*now, *(each for each in was if each not in now)]:
        if identity in came_or_went:
            continue  # that change is told already
        before, after = was.get(identity, ()), now.get(identity, ())
        if before != after:
            yield {
                "kind": "inspection_method",
                "subject": f"balloon {balloons[identity]}",
                "before": "; ".join(before) or "not checked",
                "after": "; ".join(after) or "not checked",
                "identities": (identity,),
                "at": lot.opened_at,
            }


def _by_identity(checks: tuple[Check, ...], moved: dict[int, int]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for each in checks:
        place = moved.get(each.sequence, each.sequence)
        told = (f"operation {place}", each.side, each.rule, each.gauge_kind)
        found.setdefault(each.identity, []).append((place, " ".join(filter(None, told))))
    return {identity: tuple(words for _, words in sorted(rows)) for identity, rows in found.items()}
