"""The chain check against a second reading of the rules, over random walks of whole shops.

A chain is one lot, judged at a moment of a walk after something happened to it. Hypothesis draws the walks; a failing
one is made as short as it can be, and prints everything that was done and how to walk it again.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as draw

from documents.domain import chain
from documents.models import ShipmentLine
from routes.models import OrderLine, QuantityMove, Traveler
from subcontract.models import CustodyMove, OutsideOrderLine, Receipt
from tests.cast import make_cast
from tests.documents.evidence.oracle import RULES, Books, PlainReading, open_links
from tests.documents.evidence.walks import Disagreement, Walk, World
from tests.factories.certificates import make_ready_lot
from tests.factories.clauses import carry
from tests.factories.documents import make_shipment
from tests.factories.inspection import make_lot
from tests.factories.routes import (
    make_gauge,
    make_material,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    make_released_route,
)
from tests.factories.subcontract import make_approval, make_outside_order

CHUNKS, WALKS_A_CHUNK, CHAINS_A_CHUNK = 8, 30, 260
ACTS_BETWEEN_LOOKS, LOOKS = 3, 6
# what two dozen walks are sure to meet; rarer ones are printed
OFTEN_OPEN = {
    "STEPS",
    "LOCK",
    "MATERIAL",
    "APPROVAL",
    "CUSTODY",
    "PROCESS",
    "INCOMING",
    "FINISH",
    "RESULTS",
    "COC",
}


@pytest.fixture(scope="module")
def _world_built_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[World, Path]]:
    folder = tmp_path_factory.mktemp("world_files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        yield make_world(), folder
        transaction.set_rollback(True)


@pytest.fixture
def world(_world_built_once, files_folder) -> World:
    built, folder = _world_built_once
    shutil.copytree(folder, files_folder)
    return built


def make_world() -> World:
    """Make three parts (plain, serialised, nothing outside), their order lines, and a lot at each of seven stages."""
    cast = make_cast()
    make_approval(cast)
    plain = make_released_route(cast)
    numbered = make_released_route(cast, part_revision=make_part_revision(cast, is_serialized=True))
    at_home = make_released_route(cast, with_outside=False)
    lines: dict[str, OrderLine] = {
        "plain": make_order_line(cast, plain.part_revision, quantity=40),
        "asking": make_order_line(cast, plain.part_revision, quantity=40, fai_regime="with_first"),
        "numbered": make_order_line(cast, numbered.part_revision, quantity=40, fai_regime="before_dispatch"),
        "at_home": make_order_line(cast, at_home.part_revision, quantity=40),
    }
    carry(cast, lines["asking"], "evidence")
    carry(cast, lines["asking"], "source")
    carry(cast, lines["numbered"], "hold", point_at=50)
    facts = {"route_revision": plain, "order_line": lines["plain"], "quantity": 3}
    asking = facts | {"order_line": lines["asking"]}
    serialized = {"route_revision": numbered, "order_line": lines["numbered"], "quantity": 3}
    away = make_lot(cast, at=40, **serialized)
    make_outside_order(cast, lot=away, at="shipped")
    ready = make_ready_lot(cast, **facts)
    certified = make_shipment(cast, at="certified", lot=make_ready_lot(cast, **facts))
    found = [
        make_open_traveler(cast, **facts),
        make_lot(cast, at=40, **asking),
        away,
        make_lot(cast, at=50, **asking),
        make_ready_lot(cast, **asking),
        ready,
        certified.lines.get().traveler,
        make_lot(cast, at=999, route_revision=at_home, order_line=lines["at_home"], quantity=3),
    ]
    heats = [make_material(cast, pieces=pieces) for pieces in (500, 40, 4)]
    heats.append(ready.material_lot)
    return World(cast, make_gauge(cast), heats, list(lines.values()), [lot.number for lot in found])


@dataclass
class Tally:
    """What the walks of a chunk came by: `closed` of the `judged` chains were closed."""

    walks: int = 0
    judged: int = 0
    closed: int = 0
    released: int = 0
    dispatched: int = 0
    opened: set[str] = field(default_factory=set)

    def add(self, walk: Walk) -> None:
        self.walks += 1
        self.judged += walk.judged
        self.closed += walk.judged - walk.open_ones
        self.released += walk.is_released
        self.dispatched += walk.is_dispatched
        self.opened |= walk.opened


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_chain_check_agrees_with_a_plain_reading_of_the_rules(world, chunk):
    tally = Tally()

    @settings(
        max_examples=WALKS_A_CHUNK,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(rng=draw.randoms(use_true_random=False))
    def go(rng: random.Random) -> None:
        tally.add(walk_once(world, rng))

    go()
    print(tally)
    # a run in which nothing is ever complete, released or sent, or nothing ever open, would prove little
    assert min(tally.closed, tally.released, tally.dispatched) > 0
    assert tally.judged >= CHAINS_A_CHUNK
    assert tally.opened >= OFTEN_OPEN


def walk_once(world: World, rng: random.Random) -> Walk:
    """Walk once, look every few acts, and undo everything."""
    walk = Walk(world, rng)
    walk.roots = walk.rng.sample(world.roots, walk.rng.randint(1, 2))
    try:
        with transaction.atomic():
            for _ in range(LOOKS):
                walk.go(ACTS_BETWEEN_LOOKS)
                _look(walk)
            transaction.set_rollback(True)
    except Exception as reason:
        reason.add_note(f"Lots {walk.roots}:\n" + "\n".join(walk.told))
        raise
    return walk


def _look(walk: Walk) -> None:
    books = Books()
    by_shipment: dict = {}
    for lot in walk.lots():
        line = next(iter(books.of(ShipmentLine, traveler=lot, is_active=True)), None)
        by_shipment.setdefault(line.shipment if line else None, []).append(lot)
    for shipment, placed in by_shipment.items():
        for number, slots in chain.check_lots(placed, shipment).items():
            ours = {slot.code for slot in slots if not slot.is_closed}
            _compare(number, ours, open_links(number, books), slots)
            walk.judged += 1
            walk.open_ones += bool(ours)
            walk.opened |= ours
    for root in walk.roots:
        _conserve(root, books)


def _compare(number: str, ours: set[str], theirs: dict[str, set[str]], slots: list) -> None:
    if ours != set(theirs):
        told = "\n".join(
            f"  {each.code} {each.subject}: {each.sentence}" for each in slots if not each.is_closed
        )
        raise Disagreement(
            f"{number}: the chain has {sorted(ours)} open, the plain reading {theirs}.\n{told}"
        )


def _conserve(root: str, books: Books) -> None:
    """In each family started = here + gone for good; each piece sent out is with the vendor or was received."""
    readings = [
        PlainReading(lot.number, books)
        for lot in books.of(Traveler)
        if lot.number == root or lot.number.startswith(f"{root}/")
    ]
    gone = sum(each.quantity for lot in readings for each in books.of(QuantityMove, traveler=lot.lot))
    here = [lot.quantity for lot in readings]
    if min(here) < 0 or sum(here) + gone != readings[0].lot.quantity_started:
        raise Disagreement(f"{root} began with {readings[0].lot.quantity_started}; here {here}, gone {gone}.")
    for lot in readings:
        if lot.part.is_serialized and len(set(lot.serials())) != lot.quantity:
            raise Disagreement(f"{lot.lot.number} holds {lot.quantity} pieces, serials {lot.serials()}.")
    for line in {
        line.pk: line for lot in readings for line in books.of(OutsideOrderLine, traveler=lot.lot)
    }.values():
        _hold_once(line, readings, books)


def _hold_once(line: OutsideOrderLine, readings: list[PlainReading], books: Books) -> None:
    """Sent = told of on receipts + with the vendor now + left the lots while they were there."""
    sent = sum(move.quantity for move in books.of(CustodyMove, line=line, to_site=line.order.site))
    told = sum(
        each.quantity_returned + each.quantity_scrapped + each.quantity_short
        for each in books.of(Receipt, line=line)
    )
    away = lost_there = 0
    for lot in readings:
        last = max(lot.ours(CustodyMove, "recorded_at"), key=lambda move: move.pk, default=None)
        if last and last.line_id == line.pk and last.to_site_id == line.order.site_id:
            away += lot.quantity
        lost_there += sum(
            each.quantity for each in books.of(QuantityMove, traveler=lot.lot) if _is_away(lot, each, line)
        )
    if sent != told + away + lost_there:
        raise Disagreement(
            f"{line}: {sent} sent, {told} told of, {away} with the vendor, {lost_there} lost there."
        )


def _is_away(lot: PlainReading, move: QuantityMove, line: OutsideOrderLine) -> bool:
    """Whether pieces left a lot while it stood with the vendor of a line; what a receipt tells of is not meant."""
    before = [each for each in lot.ours(CustodyMove, "recorded_at") if each.recorded_at <= move.recorded_at]
    last = max(before, key=lambda each: each.pk, default=None)
    return bool(last and last.line_id == line.pk and last.to_site_id == line.order.site_id)


def test_plain_reading_knows_every_check_in_force():
    assert set(RULES) >= {code for code, _ in chain.CHECKS} - {"PACK"}


@pytest.mark.parametrize("code", ["STEPS", "MATERIAL", "RESULTS", "COC"])
def test_a_check_that_sees_nothing_is_noticed(world, monkeypatch, code):
    blind = tuple((name, (lambda facts: []) if name == code else check) for name, check in chain.CHECKS)
    monkeypatch.setattr(chain, "CHECKS", blind)
    with pytest.raises(Disagreement, match=code):
        for seed in range(10):
            walk_once(world, random.Random(seed))
