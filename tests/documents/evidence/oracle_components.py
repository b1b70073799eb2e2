"""The plain reading of what an assembly is built from: pieces counted act by act, and what they came from.

It is written from decision 0030 alone and shares nothing with the check it is held against. What went on is told again
in its order: pieces built in and taken out, pieces lost, lots split. So it is always known how many pieces each lot has
in it, but where a lot was split before all of it was built: then only the family together is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from documents.models import CertificateCoverage
from routes.models import Component, ComponentUse, Hold, MaterialLot, QuantityMove, Traveler

FINISHED = {"complete", "shipped", "closed"}


@dataclass
class Pool:
    """Lots among which pieces were divided before all of them were built in: together they have so many."""

    built: int
    lots: set[int] = field(default_factory=set)


def open_items(lot, is_stopped: Callable[[object], bool]) -> set[str]:
    """Return the items of the parts list of which something is missing, or whose pieces are not proved.

    is_stopped: says of the plain reading of a lot whether a nonconformance or readings in doubt stop it.
    """
    gaps = set()
    for item in lot.of(Component, assembly=lot.made):
        sources = _sources(lot, item)
        if not _has_enough(lot, item) or not all(_is_proved(lot, each, is_stopped) for each in sources):
            gaps.add(f"item {item.item_number}")
    return gaps


def _uses(lot, item: Component) -> list[ComponentUse]:
    """What was built into a lot, and into those it was split from before they parted."""
    return lot.ours(ComponentUse, "recorded_at", component=item)


def _sources(lot, item: Component) -> list[Traveler | MaterialLot]:
    """The lots and receipts of which a piece is still in it."""
    left: Counter = Counter()
    for use in _uses(lot, item):
        left[use.source_lot or use.material_lot] += use.quantity
    return [source for source, pieces in left.items() if pieces > 0]


def _is_proved(lot, source: Traveler | MaterialLot, is_stopped: Callable[[object], bool]) -> bool:
    if isinstance(source, MaterialLot):
        used = sum(use.quantity for use in lot.of(ComponentUse, material_lot=source))
        return _accepted_for(lot, material_lot=source) >= used > 0
    made = type(lot)(source.number, lot.books)
    if made.lot.state not in FINISHED or made.ours(Hold, "placed_at", state="placed"):
        return False
    if is_stopped(made) or not _is_certified(made):
        return False
    return all(
        _has_enough(made, item) and all(_is_proved(made, below, is_stopped) for below in _sources(made, item))
        for item in made.of(Component, assembly=made.made)
    )


def _is_certified(made) -> bool:
    """Whether accepted certificates are there for its material and for each operation done outside."""
    heat = made.lot.material_lot
    if made.of_kind("material"):
        issued = sum(
            each.quantity_started if each.material_pieces is None else each.material_pieces
            for each in made.of(Traveler, material_lot=heat)
            if each.parent_id is None or each.material_pieces is not None
        )
        if heat is None or _accepted_for(made, material_lot=heat) < issued:
            return False
    return all(
        _accepted_for(made, step=step) >= step.quantity_out
        for step in made.of_kind("outside")
        if step.state == "signed"
    )


def _accepted_for(lot, **of) -> int:
    return sum(
        coverage.quantity
        for coverage in lot.of(CertificateCoverage, **of)
        if coverage.certificate.state == "accepted"
    )


# ------------------------------------------------------------------------------------ how many are in it


def _has_enough(lot, item: Component) -> bool:
    """Whether every piece of a lot has all of an item in it; where both are numbered, each by its number."""
    if lot.part.is_serialized and item.made_id and item.made.part.is_serialized:
        named: Counter = Counter()
        for use in _uses(lot, item):
            for serial in use.into_serials:
                named[serial] += 1 if use.quantity > 0 else -1
        return all(named[serial] >= item.quantity_each for serial in lot.serials())
    return _Told(lot, item).is_enough(lot.lot.pk)


class _Told:
    """What happened to the pieces of a family of lots and to one item in them, told again from its beginning."""

    def __init__(self, lot, item: Component) -> None:
        root = lot.family[-1][0]
        self.each = item.quantity_each
        self.pieces, self.built = {root.pk: root.quantity_started}, {root.pk: 0}
        self.pools: dict[int, Pool] = {}
        family = [
            kin
            for kin in lot.of(Traveler)
            if kin.number == root.number or kin.number.startswith(f"{root.number}/")
        ]
        acts = []
        for kin in family:
            if kin.parent_id:
                acts.append((kin.split_at, 1, kin.pk, lambda kin=kin: self._split(kin)))
            for use in lot.of(ComponentUse, traveler=kin, component=item):
                acts.append((use.recorded_at, 0, use.pk, lambda use=use: self._build(use)))
            for move in lot.of(QuantityMove, traveler=kin):
                # pieces that were built into something took along what is in them
                if move.kind != "built_in":
                    acts.append((move.recorded_at, 0, move.pk, lambda move=move: self._lose(move)))
        for *_, act in sorted(acts, key=lambda each: each[:3]):
            act()

    def is_enough(self, lot: int) -> bool:
        if self.built[lot] >= self.each * self.pieces[lot]:
            return True
        pool = self.pools.get(lot)
        return pool is not None and self._is_whole(pool)

    def _is_whole(self, pool: Pool) -> bool:
        return pool.built >= self.each * sum(self.pieces[each] for each in pool.lots)

    def _build(self, use: ComponentUse) -> None:
        self.built[use.traveler_id] += use.quantity
        if pool := self.pools.get(use.traveler_id):
            pool.built += use.quantity

    def _lose(self, move: QuantityMove) -> None:
        """A piece that is gone took its share along, as far as every piece had one."""
        lot = move.traveler_id
        if self.built[lot] >= self.each * self.pieces[lot]:
            self.built[lot] -= self.each * move.quantity
        self.pieces[lot] -= move.quantity

    def _split(self, child: Traveler) -> None:
        parent, count = child.parent_id, child.quantity_started
        share = self.each * count
        is_whole = self.built[parent] >= self.each * self.pieces[parent]
        self.pieces[parent] -= count
        self.pieces[child.pk], self.built[child.pk] = count, 0
        if is_whole:
            self.built[parent] -= share
            self.built[child.pk] = share
            return
        pool = self.pools.get(parent) or Pool(self.built[parent], {parent})
        pool.lots.add(child.pk)
        self.pools[parent] = self.pools[child.pk] = pool
