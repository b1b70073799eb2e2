"""Assemblies by chance: what the chain says of their components, and what a plain reading of the same records says."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from django.db import transaction

from documents.domain import chain, decisions
from documents.domain.chain import check_components
from documents.models import Certificate
from inspection.domain import nonconformances
from inspection.models import Measurement, Nonconformance
from portal.domain.errors import Refused
from routes.domain import holds, lots
from routes.domain.lots import quantity_of
from routes.domain.quantities import record_quantity_move
from routes.domain.reversals import undo_step
from routes.models import Component, Hold, MaterialLot, QuantityMove, Traveler
from tests.cast import reauth
from tests.documents.evidence.oracle import Books, PlainReading, components, open_links
from tests.documents.evidence.walks import ANEW, Disagreement
from tests.factories.certificates import make_material_certificate, make_process_certificate
from tests.factories.components import (
    add_made,
    build,
    make_assembly,
    make_plain_revision,
    make_short_lot,
    take_out,
)
from tests.factories.findings import find_bad, judge
from tests.factories.inspection import make_lot

WALKS, ACTS_A_WALK = 24, 12


class Assemblies:
    """A part in an assembly in an assembly, all of it built and certified, and what may happen to them."""

    def __init__(self, cast) -> None:
        self.cast = cast
        inner, made, bought, source, bushings = make_assembly(cast, quantity=6)
        outer = make_plain_revision(cast)
        item = add_made(cast, outer, inner.route_revision.part_revision, quantity_each=1)
        top = make_short_lot(cast, outer, quantity=4)
        build(cast, inner, made, source, 12)
        build(cast, inner, bought, bushings, 6)
        build(cast, top, item, inner, 4)
        for material in (source.material_lot, bushings):
            make_material_certificate(cast, material=material, at="accepted")
        self.acts = (
            self.build,
            self.build,
            self.take_out,
            self.split,
            self.split,
            self.lose,
            self.hold,
            self.release,
            self.set_apart,
            self.decide,
            self.decide,
            self.revoke,
            self.undo,
        )

    def begin(self, rng: random.Random) -> None:
        self.rng, self.told, self.closed = rng, [], Counter()

    def lot(self) -> Traveler:
        return self.rng.choice(list(Traveler.objects.order_by("pk")))

    def go(self) -> None:
        """Try one act; what is refused did not happen."""
        act = self.rng.choice(self.acts)
        try:
            with transaction.atomic():
                self.told.append(f"{act.__name__}: {act()}")
        except (Refused, IndexError) as refusal:
            self.told.append(f"{act.__name__} refused: {refusal}")

    def _places(self) -> tuple[Traveler, Component, Traveler | MaterialLot]:
        """A lot of an assembly, an item of it, and where pieces of that may come from or go back to."""
        lot = self.rng.choice(
            list(Traveler.objects.filter(route_revision__part_revision__components__isnull=False).distinct())
        )
        item = self.rng.choice(list(lot.route_revision.part_revision.components.order_by("pk")))
        if item.made_id is None:
            return lot, item, MaterialLot.objects.get(specification=item.specification)
        return (
            lot,
            item,
            self.rng.choice(list(Traveler.objects.filter(route_revision__part_revision=item.made))),
        )

    def build(self) -> str:
        lot, item, source = self._places()
        pieces = self.rng.randint(1, 4)
        build(self.cast, lot, item, source, pieces)
        return f"{pieces} of {source} into {lot} as {item}"

    def take_out(self) -> str:
        lot, item, source = self._places()
        pieces = self.rng.randint(1, 3)
        take_out(self.cast, lot, item, source, pieces)
        return f"{pieces} of {source} from {lot}, {item}"

    def split(self) -> str:
        lot = self.lot()
        pieces = self.rng.randint(1, max(quantity_of(lot) - 1, 1))
        child = lots.split(by=self.cast.quality, traveler=lot, quantity=pieces, reason="Goes first.")
        return f"{pieces} of {lot} as {child}"

    def lose(self) -> str:
        lot = self.lot()
        record_quantity_move(
            by=self.cast.quality,
            traveler=lot,
            kind=QuantityMove.SCRAPPED,
            quantity=1,
            reason="Fell on the floor.",
            witness=self.cast.inspector,
        )
        return str(lot)

    def hold(self) -> str:
        return str(holds.place_hold(by=self.cast.quality, traveler=self.lot(), reason="Looks odd."))

    def release(self) -> str:
        hold = self.rng.choice(list(Hold.objects.filter(state="placed").order_by("pk")))
        by = self.cast.quality
        holds.release_hold(by=by, hold=hold, reason="Looked again.", token=reauth(by))
        return str(hold)

    def set_apart(self) -> str:
        lot = self.lot()
        pieces = self.rng.choice([1, max(quantity_of(lot), 1)])
        found = nonconformances.open_nonconformance(
            by=self.cast.inspector, traveler=lot, description="Scored.", quantity=pieces
        )
        return f"{found} with {pieces} of {lot}"

    def decide(self) -> str:
        """Scrap what was set apart, or have it deburred again, which opens its lot."""
        found = self.rng.choice(list(Nonconformance.objects.filter(state="open").order_by("pk")))
        by, is_scrap = self.cast.quality, self.rng.random() < 0.4
        nonconformances.disposition(
            by=by,
            nonconformance=found,
            disposition=Nonconformance.SCRAP if is_scrap else Nonconformance.REWORK,
            reason="Cannot be mended." if is_scrap else "Deburr it again.",
            token=reauth(by),
            witness=self.cast.inspector if is_scrap else None,
            rework_operations=() if is_scrap else (10,),
        )
        return f"{found} is {found.disposition or 'decided'}"

    def undo(self) -> str:
        """Take back the signature of a lot's last step, which opens it again."""
        step = lots.steps_of(self.lot())[-1]
        by = self.cast.quality
        undo_step(by=by, step=step, token=reauth(by), **ANEW)
        return str(step)

    def revoke(self) -> str:
        paper = self.rng.choice(list(Certificate.objects.filter(state="accepted").order_by("pk")))
        by = self.cast.quality
        decisions.revoke(by=by, certificate=paper, reason="Another heat.", token=reauth(by))
        return str(paper)

    def look(self) -> None:
        """Compare what is open for every lot, item by item."""
        books = Books()
        found = list(Traveler.objects.order_by("pk"))
        for number, slots in chain.check_lots(found).items():
            ours = {slot.subject for slot in slots if slot.code == "COMPONENTS" and not slot.is_closed}
            theirs = components(PlainReading(number, books))
            asked = {slot.subject for slot in slots if slot.code == "COMPONENTS" and slot.subject}
            self.closed.update(["closed"] * len(asked - ours) + ["open"] * len(ours))
            if ours != theirs:
                done = "\n".join(self.told)
                said = [slot.sentence for slot in slots if slot.code == "COMPONENTS" and not slot.is_closed]
                raise Disagreement(
                    f"{number}: the chain has {ours}, the plain reading {theirs}: {said}\n{done}"
                )


@pytest.fixture
def assemblies(cast) -> Assemblies:
    return Assemblies(cast)


def walk(assemblies: Assemblies, seed: int) -> Counter:
    """Walk once, look after every act, and undo everything."""
    assemblies.begin(random.Random(seed))
    with transaction.atomic():
        assemblies.look()
        for _ in range(ACTS_A_WALK):
            assemblies.go()
            assemblies.look()
        transaction.set_rollback(True)
    return assemblies.closed


# what the chain might overlook of each source, as its facts would then stand
OVERLOOKED = {
    "state": "complete",
    "holds": (),
    "nonconformances": (),
    "uncertified": (),
    "lacks": (),
}


@pytest.mark.parametrize("fault", ["count", *OVERLOOKED])
def test_a_chain_that_overlooks_something_of_components_is_noticed(assemblies, monkeypatch, fault):
    def overlooking(facts):
        seen = []
        for item in facts.components:
            if fault == "count":
                item = replace(item, recorded=max(item.recorded, item.needed))
            else:
                blind = {fault: OVERLOOKED[fault]}
                item = replace(item, sources=tuple(replace(each, **blind) for each in item.sources))
            seen.append(item)
        return check_components.check(replace(facts, components=tuple(seen)))

    checks = tuple((code, overlooking if code == "COMPONENTS" else check) for code, check in chain.CHECKS)
    monkeypatch.setattr(chain, "CHECKS", checks)
    with pytest.raises(Disagreement):
        for seed in range(WALKS):
            walk(assemblies, seed)


def test_readings_in_doubt_of_a_source_are_read_alike(cast):
    source = make_lot(cast, at=999)
    make_material_certificate(cast, material=source.material_lot, at="accepted")
    make_process_certificate(cast, lot=source, at="accepted")
    assembly = make_plain_revision(cast)
    item = add_made(cast, assembly, source.route_revision.part_revision, quantity_each=1)
    lot = make_short_lot(cast, assembly, quantity=quantity_of(source))
    build(cast, lot, item, source, lot.quantity_started)
    gauge = Measurement.objects.filter(record__traveler=source, gauge__isnull=False).first().gauge

    def is_open() -> tuple[bool, bool]:
        slots = [slot for slot in chain.check_lots([lot])[lot.number] if slot.code == "COMPONENTS"]
        return any(not slot.is_closed for slot in slots), "COMPONENTS" in open_links(lot.number)

    assert is_open() == (False, False)
    find_bad(cast, gauge)
    assert is_open() == (True, True)
    judge(cast, gauge, source)
    assert is_open() == (False, False)


def test_components_agree_with_a_plain_reading_whatever_happens_to_assemblies(assemblies):
    met = Counter()
    for seed in range(WALKS):
        met += walk(assemblies, seed)
    assert min(met["open"], met["closed"]) > WALKS * ACTS_A_WALK, met
