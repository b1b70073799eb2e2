"""What one thing touches: the walk in the database equals the naive answer, and each row says where the pieces are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.domain import blast
from documents.domain.blast import Cause
from routes.domain import gauges, lots, quantities
from routes.models import Gauge
from subcontract.domain.approval_reach import lines_resting_on
from subcontract.models import ApprovalScope, OutsideOrderLine
from tests.documents.blast_world import FIRST_DAY, PROGRAMS, World
from tests.documents.brute_blast import Naive
from tests.factories.certificates import make_ready_lot
from tests.factories.components import build, make_assembly, take_out
from tests.factories.documents import make_shipment
from tests.factories.inspection import make_lot
from tests.factories.routes import make_gauge, today
from tests.factories.subcontract import make_outside_order

pytestmark = pytest.mark.django_db


def numbers(noun: str, number: str, **days) -> set[str]:
    return {each.lot for each in blast.touched_by(Cause(noun, number, number, **days))}


@pytest.mark.parametrize("seed", range(3))
def test_walk_equals_the_naive_answer(cast, seed):
    world = World(cast, seed)
    naive = Naive()
    found, wanted = {}, {}

    def ask(noun: str, number: str, links, **days) -> None:
        key = (noun, number, *days.values())
        found[key], wanted[key] = numbers(noun, number, **days), naive.touched(links)

    for material in world.materials:
        ask("material", material.number, naive.material_links({material.pk}))
    same = {world.materials[0].pk, world.materials[1].pk}
    ask("heat", world.materials[0].identifier, naive.material_links(same))
    for certificate in world.certificates:
        ask("certificate", certificate.number, naive.certificate_links(certificate.number))
    for order in world.orders:
        lines = OutsideOrderLine.objects.filter(order=order).select_related("order")
        ask("outside-order", order.number, naive.line_links(lines))
    days = {"since": FIRST_DAY + timedelta(days=12), "until": FIRST_DAY + timedelta(days=20)}
    for gauge in world.gauges:
        ask("gauge", gauge.number, naive.gauge_links(gauge.number))
        ask("gauge", gauge.number, naive.gauge_links(gauge.number, **days), **days)
    for sha256 in PROGRAMS:
        ask("program", sha256, naive.program_links(sha256))
    approval = ApprovalScope.objects.get()
    ask("approval", approval.number, naive.line_links(lines_resting_on(approval)))
    ask("approval", approval.number, naive.line_links(lines_resting_on(approval), **days), **days)
    assert found == wanted
    # a test that finds nothing, or everything, would prove nothing
    assert len({frozenset(each) for each in wanted.values()}) > 10


def test_each_kind_reads_its_links_in_one_statement(cast):
    number = make_lot(cast, at=40).material_lot.number
    with CaptureQueriesContext(connection) as few:
        assert len(numbers("material", number)) == 1
    assert len(few) == 1


def test_row_says_where_the_pieces_are_and_whose(cast):
    shipment = make_shipment(cast, at="dispatched")
    lot = shipment.lines.get().traveler
    [row] = blast.touched_by(Cause("material", lot.material_lot.number, ""))
    part = lot.route_revision.part_revision
    assert row == blast.Touched(
        lot=lot.number,
        state="shipped",
        quantity=5,
        is_direct=True,
        brought_by=[],
        part_number=part.part.number,
        part_name=part.part.name,
        part_revision=part.revision,
        customer_number="ORRIN",
        customer="Orrin Aerospace",
        order=lot.order_line.order.number,
        po_number=lot.order_line.order.po_number,
        holder="",
        shipment=shipment.number,
        shipment_state="dispatched",
        dispatched_on=today(),
        package=shipment.packages.get().number,
    )
    assert row.place == blast.SHIPPED


def test_lot_at_a_vendor_is_shown_there_and_its_split_child_at_home(cast):
    lot = make_lot(cast, at=40)
    child = lots.split(by=cast.quality, traveler=lot, quantity=2, reason="Urgent.")
    make_outside_order(cast, lot=lot, at="shipped")
    rows = blast.touched_by(Cause("heat", lot.material_lot.identifier, ""))
    assert [(row.lot, row.quantity, row.holder, row.place) for row in rows] == [
        (lot.number, 3, "Brightwater Finishing, Main works", blast.AWAY),
        (child.number, 2, "", blast.IN_PROCESS),
    ]


def test_component_brings_its_assembly_until_it_is_taken_out(cast):
    assembly, made, _, source, bushings = make_assembly(cast)
    build(cast, assembly, made, source, 10)
    source.refresh_from_db()
    cause = Cause("material", bushings.number, "")
    assert blast.touched_by(cause) == []
    bought = assembly.route_revision.part_revision.components.get(made=None)
    build(cast, assembly, bought, bushings, 5)
    assert [(row.lot, row.is_direct) for row in blast.touched_by(cause)] == [(assembly.number, True)]
    take_out(cast, assembly, bought, bushings, 5)
    assert blast.touched_by(cause) == []


def test_lot_of_which_nothing_is_left_is_not_listed(cast):
    lot = make_lot(cast, at=40, quantity=2)
    assert numbers("material", lot.material_lot.number) == {lot.number}
    quantities.record_quantity_move(
        by=cast.quality, traveler=lot, kind="scrapped", quantity=2, reason="Dropped.", witness=cast.inspector
    )
    assert numbers("material", lot.material_lot.number) == set()


def test_gauge_is_in_doubt_since_its_last_good_calibration(cast):
    gauge: Gauge = make_gauge(cast)
    first = blast.last_good_calibration(gauge)
    bad = today() - timedelta(days=1)
    gauges.record_calibration(
        by=cast.inspector,
        gauge=gauge,
        certificate_number="K-2",
        calibrated_on=bad,
        due_on=today() + timedelta(days=90),
        is_in_tolerance=False,
    )
    cause = blast.cause_of(person=cast.quality, noun="gauge", number=gauge.number)
    assert (cause.since, cause.until) == (first, None)
    asked = blast.cause_of(person=cast.quality, noun="gauge", number=gauge.number, since=bad)
    assert asked.since == bad


def test_nothing_unknown_is_a_cause(cast):
    def ask(person, noun, number):
        return blast.cause_of(person=person, noun=noun, number=number)

    lot = make_ready_lot(cast)
    assert ask(cast.quality, "material", lot.material_lot.number).name == str(lot.material_lot)
    assert ask(cast.quality, "material", "M-999999") is None
    assert ask(cast.quality, "program", "") is None
    assert ask(cast.quality, "weather", lot.material_lot.number) is None
    assert ask(cast.stranger_buyer, "material", lot.material_lot.number) is None
