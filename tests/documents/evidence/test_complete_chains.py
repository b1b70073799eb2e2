"""Twenty complete lots of every kind, and twenty to which things happened: the gate lets each of them through.

Everything is done by the verbs of the house. What stands in the name of a test is what happened.
One file: each case is a short story told with the same few acts, which stand at its top.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from documents.domain import certificates, shipments, trail
from documents.models import Certificate, ReleasePackage, Review, Shipment
from inspection.domain import measurements
from inspection.domain.held_approvals import record_held_approval
from inspection.models import Measurement
from portal.models import Person
from routes.domain import (
    clauses,
    gauges,
    holds,
    lots,
    materials,
    orders,
    rejoining,
    route_revisions,
    setups,
    travelers,
)
from routes.models import OrderLine, RouteRevision, Traveler
from subcontract.domain import approvals
from subcontract.models import ApprovalScope, OutsideOrderLine
from tests.cast import Cast, make_cast, reauth
from tests.documents.evidence.walks import make_proven
from tests.factories.amendments import make_amendment, make_long_route
from tests.factories.certificates import (
    accept,
    make_material_certificate,
    make_process_certificate,
    make_ready_lot,
    pdf,
    record_setup_run,
    what_the_paper_says,
)
from tests.factories.clauses import carry, let_go, show
from tests.factories.documents import certify, dispatch, release, review, share
from tests.factories.elsewhere import make_brought_in_lot
from tests.factories.findings import judge
from tests.factories.inspection import concede, decide, make_first_article, make_lot, walk
from tests.factories.locks import (
    COMMENTED,
    hand_over,
    make_lock_policy,
    make_prototype,
    make_second_setup,
)
from tests.factories.measuring import complete as complete_inspection
from tests.factories.measuring import make_inspection, measure, measure_all, pass_inspection
from tests.factories.routes import (
    NC_PROGRAM,
    make_draft_route,
    make_gauge,
    make_material,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    make_released_route,
    sign_step,
    step_at,
    today,
)
from tests.factories.subcontract import ALL_RIGHT, make_approval, make_outside_order, receive
from tests.factories.subcontract import accept as verify
from tests.factories.waivers import ask
from tests.factories.waivers import decide as decide_waiver

PIECES = 3


@dataclass
class Shop:
    """People, an approval, a released route, and one lot at each of three stages."""

    cast: Cast
    route: RouteRevision
    line: OrderLine
    heat_paper: Certificate
    fresh: Traveler
    away: Traveler
    ready: Traveler

    def new_line(self, **facts) -> OrderLine:
        return make_order_line(self.cast, self.route.part_revision, quantity=PIECES, **facts)

    def new_lot(
        self, *, line: OrderLine | None = None, route: RouteRevision | None = None, to: int = 999, **facts
    ):
        """Walk a new lot to its end; its papers are still to be brought."""
        facts = {"quantity": PIECES, **facts}
        if route is None:
            facts["order_line"] = line or self.line
        elif line is not None:
            facts["order_line"] = line
        return make_lot(self.cast, at=to, route_revision=route or self.route, **facts)


@pytest.fixture(scope="module")
def _shop_built_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Shop, Path]]:
    folder = tmp_path_factory.mktemp("shop_files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        cast = make_cast()
        make_approval(cast)
        route = make_released_route(cast)
        line = make_order_line(cast, route.part_revision, quantity=40)
        facts = {"route_revision": route, "order_line": line, "quantity": PIECES}
        fresh = make_open_traveler(cast, **facts)
        away = make_lot(cast, at=40, **facts)
        record_setup_run(cast, away)
        make_outside_order(cast, lot=away, at="shipped")
        ready = make_ready_lot(cast, **facts)
        make_material_certificate(cast, material=away.material_lot, at="accepted")
        paper = Certificate.objects.filter(kind=Certificate.MATERIAL).first()
        yield Shop(cast, route, line, paper, fresh, away, ready), folder
        transaction.set_rollback(True)


@pytest.fixture
def shop(_shop_built_once, files_folder) -> Iterator[Shop]:
    built, folder = _shop_built_once
    shutil.copytree(folder, files_folder)
    with transaction.atomic():
        fresh, away, ready = (
            Traveler.objects.get(pk=lot.pk) for lot in (built.fresh, built.away, built.ready)
        )
        yield Shop(built.cast, built.route, built.line, built.heat_paper, fresh, away, ready)
        transaction.set_rollback(True)


# ------------------------------------------------------------------------------------------------- what is done


def papers(shop: Shop, lot: Traveler, *, with_process: bool = True) -> Traveler:
    """Record the setup and bring the certificates of a lot that was walked to its end."""
    lot.refresh_from_db()
    record_setup_run(shop.cast, lot)
    if with_process:
        make_process_certificate(shop.cast, lot=lot, at="accepted")
    if not Certificate.objects.filter(coverages__material_lot=lot.material_lot).exists():
        make_material_certificate(shop.cast, material=lot.material_lot, at="accepted")
    return lot


def look_at_edits(shop: Shop, *found: Traveler, by: Person | None = None) -> None:
    by = by or shop.cast.second_quality
    for lot in found:
        trail.review(by=by, traveler=lot, remarks="Seen.", token=reauth(by))


def send(shop: Shop, *found: Traveler) -> Shipment:
    """Draft, certify and release a shipment of these lots."""
    drafted = shipments.draft_shipment(by=shop.cast.quality, customer=shop.cast.customer, lots=list(found))
    certify(shop.cast, drafted)
    drafted.refresh_from_db()
    release(shop.cast, drafted)
    drafted.refresh_from_db()
    return drafted


def passes(shop: Shop, *found: Traveler) -> None:
    shipment = send(shop, *found)
    assert shipment.state == Shipment.RELEASED
    assert shipments.open_slots(shipment) == []
    assert shipments.current_package(shipment).state == ReleasePackage.FROZEN


# ------------------------------------------------------------------------------------------------ twenty complete


def plain(shop: Shop):
    return [shop.ready]


def serialised(shop: Shop):
    route = make_released_route(shop.cast, part_revision=make_part_revision(shop.cast, is_serialized=True))
    return [papers(shop, shop.new_lot(route=route))]


def nothing_sent_out(shop: Shop):
    route = make_released_route(shop.cast, with_outside=False)
    return [papers(shop, shop.new_lot(route=route), with_process=False)]


def one_piece(shop: Shop):
    return [papers(shop, shop.new_lot(quantity=1))]


def two_lots_on_one_shipment(shop: Shop):
    return [shop.ready, papers(shop, shop.new_lot(quantity=1))]


def brought_in_at_final_inspection(shop: Shop):
    return [walk(shop.cast, make_brought_in_lot(shop.cast, at_sequence=50, scans="reviewed", quantity=2))]


def brought_in_before_the_finish(shop: Shop):
    lot = walk(shop.cast, make_brought_in_lot(shop.cast, at_sequence=40, scans="reviewed", quantity=2))
    make_process_certificate(shop.cast, lot=lot, at="accepted")
    return [lot]


def first_article_with_first_shipment(shop: Shop):
    lot = papers(shop, shop.new_lot(line=shop.new_line(fai_regime="with_first")))
    make_first_article(shop.cast, lot=lot, at="approved")
    return [lot]


def first_article_approved_by_the_customer(shop: Shop):
    lot = papers(shop, shop.new_lot(line=shop.new_line(fai_regime="before_dispatch")))
    make_first_article(shop.cast, lot=lot, at="customer_approved")
    return [lot]


def first_article_held_by_the_customer(shop: Shop):
    lot = papers(shop, shop.new_lot(line=shop.new_line(fai_regime="held")))
    by = shop.cast.quality
    record_held_approval(
        by=by,
        part_revision=shop.route.part_revision,
        customer_reference="FAIR-77",
        approved_on=today(),
        token=reauth(by),
    )
    return [lot]


def material_furnished_by_the_customer(shop: Shop):
    lot = make_open_traveler(
        shop.cast, route_revision=shop.route, order_line=shop.new_line(sourcing="toll"), quantity=PIECES
    )
    heat = make_material(shop.cast, supplier=None, mill="", is_customer_furnished=True)
    materials.issue_material(by=shop.cast.operator, traveler=lot, material_lot=heat)
    sign_step(shop.cast, step_at(lot, 10))
    return [papers(shop, walk(shop.cast, lot))]


def clause_with_evidence(shop: Shop):
    line = shop.new_line()
    carried = carry(shop.cast, line)
    lot = papers(shop, shop.new_lot(line=line))
    show(shop.cast, carried, lot)
    return [lot]


def hold_point_let_go(shop: Shop):
    line = shop.new_line()
    carried = carry(shop.cast, line, "hold", point_at=50)
    lot = shop.new_lot(line=line, to=50)
    let_go(shop.cast, carried, lot)
    return [papers(shop, walk(shop.cast, lot))]


def witness_point_attended(shop: Shop):
    line = shop.new_line()
    carried = carry(shop.cast, line, "witness", point_at=20)
    lot = shop.new_lot(line=line, to=20)
    show(shop.cast, carried, lot)
    return [papers(shop, walk(shop.cast, lot))]


def inspected_at_source(shop: Shop):
    line = shop.new_line()
    carried = carry(shop.cast, line, "source")
    lot = papers(shop, shop.new_lot(line=line))
    let_go(shop.cast, carried, lot)
    return [lot]


def answered(**answer) -> Callable:
    """Put a clause on the line and answer it so before the lot is opened."""

    def make(shop: Shop):
        line, by = shop.new_line(), shop.cast.quality
        carried = carry(shop.cast, line)
        signed = {"token": reauth(by)} if answer["answer"] == "not_applicable" else {}
        clauses.answer_clause(by=by, line_clause=carried, **answer, **signed)
        return [papers(shop, shop.new_lot(line=line))]

    return make


def note_signed_not_applicable(shop: Shop):
    draft, by = make_draft_route(shop.cast), shop.cast.quality
    note = draft.part_revision.notes.order_by("id").last()
    route_revisions.map_note(
        by=by, route_revision=draft, note=note, not_applicable_reason="No edge is sharp.", token=reauth(by)
    )
    submitted = route_revisions.submit(by=by, route_revision=draft)
    other = shop.cast.second_quality
    route = route_revisions.release(by=other, route_revision=submitted, token=reauth(other))
    return [papers(shop, shop.new_lot(route=route))]


def certificate_stronger_than_ordered(shop: Shop):
    lot = shop.new_lot()
    make_material_certificate(shop.cast, material=lot.material_lot, at="accepted", certificate_type="3.2")
    return [papers(shop, lot)]


def paper_with_the_older_number(shop: Shop):
    lot = shop.new_lot()
    record_setup_run(shop.cast, lot)
    make_material_certificate(shop.cast, material=lot.material_lot, at="accepted")
    make_process_certificate(shop.cast, lot=lot, at="accepted", spec_number="MIL-A-8625")
    return [lot]


COMPLETE = {
    "plain": plain,
    "serialised": serialised,
    "nothing sent out": nothing_sent_out,
    "one piece": one_piece,
    "two lots on one shipment": two_lots_on_one_shipment,
    "brought in at final inspection": brought_in_at_final_inspection,
    "brought in before the finish": brought_in_before_the_finish,
    "first article with first shipment": first_article_with_first_shipment,
    "first article approved by the customer": first_article_approved_by_the_customer,
    "first article held by the customer": first_article_held_by_the_customer,
    "material furnished by the customer": material_furnished_by_the_customer,
    "clause with evidence": clause_with_evidence,
    "hold point let go": hold_point_let_go,
    "witness point attended": witness_point_attended,
    "inspected at source": inspected_at_source,
    "clause answered by an operation": answered(answer="operation", answered_by="50 Final inspection"),
    "clause answered by a certificate": answered(answer="document", answered_by="Process certificate"),
    "clause signed not applicable": answered(answer="not_applicable", answered_by="No such material."),
    "note signed not applicable": note_signed_not_applicable,
    "certificate stronger than ordered": certificate_stronger_than_ordered,
    "paper with the older number": paper_with_the_older_number,
}


@pytest.mark.parametrize("name", COMPLETE)
def test_complete_lot_passes(shop, name):
    passes(shop, *COMPLETE[name](shop))


# -------------------------------------------------------------------------------------- twenty to whom life happened


def two_heats_by_split(shop: Shop):
    child = lots.split(by=shop.cast.operator, traveler=shop.fresh, quantity=1, reason="The bar ended.")
    for lot in (shop.fresh, child):
        walk(shop.cast, lot)
        papers(shop, lot, with_process=False)
        bring(shop, lot, OutsideOrderLine.objects.get(traveler=lot), lots.quantity_of(lot))
    return [shop.fresh, child]


def parted_and_rejoined(shop: Shop):
    cast, lot = shop.cast, shop.fresh
    child = lots.split(by=cast.operator, traveler=lot, quantity=1, reason="Look at one piece.")
    rejoining.rejoin(by=cast.quality, traveler=child, reason="Nothing was found.")
    papers(shop, walk(cast, lot), with_process=False)
    bring(shop, lot, OutsideOrderLine.objects.get(traveler=lot), PIECES)
    return [lot]


def concession_before_dispatch(shop: Shop):
    record = make_inspection(shop.cast, lot := shop.new_lot(to=50, quantity=1))
    measure(shop.cast, record, "1", "1", "10.4")
    measure_all(shop.cast, record, gauge=make_gauge(shop.cast))
    found = lot.nonconformances.get()
    concede(shop.cast, found)
    decide(shop.cast, found, "use_as_is")
    complete_inspection(shop.cast, record)
    return [papers(shop, walk(shop.cast, lot))]


def old_revision_ordered_on_purpose(shop: Shop):
    make_part_revision(shop.cast, part=shop.route.part_revision.part, revision="B")
    return [papers(shop, shop.new_lot(line=shop.new_line()))]


def certificate_after_the_goods(shop: Shop):
    receive(shop.cast, OutsideOrderLine.objects.get(traveler=shop.away).order, PIECES)
    verify(shop.cast, OutsideOrderLine.objects.get(traveler=shop.away).order)
    lot = walk(shop.cast, shop.away)
    make_process_certificate(shop.cast, lot=lot, at="accepted")
    return [lot]


def rework_after_finish(shop: Shop):
    travelers.add_rework_pass(
        by=shop.cast.quality, traveler=shop.ready, operation_sequences=[40, 50, 60], reason="Colour."
    )
    lot = Traveler.objects.get(pk=shop.ready.pk)
    verify(shop.cast, again := make_outside_order_of_pass(shop, lot))
    walk(shop.cast, lot)
    line = again.lines.get()
    paper = certificates.upload(
        by=shop.cast.vendor, content=pdf(), name="again.pdf", kind=Certificate.PROCESS, line=line
    )
    certificates.enter_fields(
        by=shop.cast.inspector, certificate=paper, **says_of(line, stated_number="BW-AGAIN")
    )
    accept(shop.cast, paper)
    look_at_edits(shop, lot)
    return [lot]


def make_outside_order_of_pass(shop: Shop, lot: Traveler):
    return make_outside_order(shop.cast, lot=lot, at="returned")


def says_of(line: OutsideOrderLine, **other) -> dict:
    part_revision = line.traveler.route_revision.part_revision
    return {
        "stated_on": today(),
        "certificate_type": "process",
        "site": line.order.site,
        "po_number": line.order.number,
        "part_number": part_revision.part.number,
        "part_revision": part_revision.revision,
        "spec_number": line.specification.number,
        "spec_revision": line.specification.revision,
        "spec_type": line.spec_type,
        "spec_class": line.spec_class,
        "quantity": line.quantity,
        "signed_name": "D. Marchetti",
        **other,
    }


def certificate_corrected(shop: Shop):
    lot = shop.new_lot()
    wrong = make_process_certificate(shop.cast, lot=lot, spec_type="III")
    by = shop.cast.quality
    wrong = certificates.reject(by=by, certificate=wrong, reason="Type III.", token=reauth(by))
    replace(shop, wrong, lot)
    return [papers(shop, lot, with_process=False)]


def replace(shop: Shop, old: Certificate, lot: Traveler) -> Certificate:
    new = certificates.upload(
        by=shop.cast.inspector, content=pdf(), name="new.pdf", kind=Certificate.PROCESS, replaces=old
    )
    certificates.enter_fields(by=shop.cast.inspector, certificate=new, **what_the_paper_says(lot))
    return accept(shop.cast, new)


def certificate_revoked_and_replaced(shop: Shop):
    old = Certificate.objects.get(kind=Certificate.PROCESS)
    by = shop.cast.quality
    old = certificates.revoke(by=by, certificate=old, reason="Another bath.", token=reauth(by))
    replace(shop, old, shop.ready)
    look_at_edits(shop, shop.ready)
    return [shop.ready]


def part_of_it_shipped(shop: Shop):
    child = lots.split(by=shop.cast.operator, traveler=shop.ready, quantity=1, reason="The first truck.")
    passes(shop, child)
    return [shop.ready]


def from_the_vendor(shop: Shop, returned: int, **facts) -> Traveler:
    """Take back pieces of the lot that is away, verify them, go to the end, bring the paper."""
    order = OutsideOrderLine.objects.get(traveler=shop.away).order
    receipt = receive(shop.cast, order, returned, **facts)
    pass_inspection(shop.cast, receipt.traveler, receipt_answers=ALL_RIGHT)
    lot = walk(shop.cast, receipt.traveler)
    bring(shop, lot, OutsideOrderLine.objects.get(traveler=shop.away), returned)
    return lot


def bring(shop: Shop, lot: Traveler, line: OutsideOrderLine, pieces: int) -> None:
    """Bring the paper of one lot that went out on a line, for its own pieces only."""
    by, issuer = shop.cast.inspector, line.order.site.organization
    paper = certificates.upload(by=by, content=pdf(), name="bw.pdf", kind=Certificate.PROCESS, issuer=issuer)
    certificates.cover(by=by, certificate=paper, step=step_at(lot, 40), traveler=lot, quantity=pieces)
    said = says_of(line, stated_number=f"BW-{paper.number}", quantity=pieces)
    certificates.enter_fields(by=by, certificate=paper, **said)
    accept(shop.cast, paper)


def short_return(shop: Shop):
    lot = from_the_vendor(shop, 2, quantity_short=1, witness=shop.cast.inspector)
    look_at_edits(shop, lot)
    return [lot]


def scrap_at_the_vendor(shop: Shop):
    return [from_the_vendor(shop, 2, quantity_scrapped=1, witness=shop.cast.inspector)]


def back_in_two_parts(shop: Shop):
    return [from_the_vendor(shop, 1), from_the_vendor(shop, 2)]


def held_and_let_go(shop: Shop):
    hold = holds.place_hold(by=shop.cast.operator, traveler=shop.ready, reason="A call.")
    by = shop.cast.quality
    holds.release_hold(by=by, hold=hold, reason="Answered.", token=reauth(by))
    return [shop.ready]


def way_amended(shop: Shop):
    """One operation skipped, one redlined, one added, all of which a child split off at the end inherits."""
    cast, route = shop.cast, make_long_route(shop.cast)
    lot = make_open_traveler(cast, route_revision=route, quantity=PIECES, up_to=25)
    make_amendment(cast, lot, "skip", sequence=25)
    make_amendment(cast, lot, "redline", sequence=55)
    make_amendment(cast, lot, "add", sequence=57, kind="wash")
    lot = papers(shop, walk(cast, lot))
    return [lot, lots.split(by=cast.operator, traveler=lot, quantity=1, reason="Sent ahead.")]


def entered_late(shop: Shop):
    heat = shop.away.material_lot
    materials.issue_material(by=shop.cast.operator, traveler=shop.fresh, material_lot=heat)
    sign_step(shop.cast, step_at(shop.fresh, 10))
    done_at, by = timezone.now(), shop.cast.operator
    with time_machine.travel(done_at + timedelta(days=2), tick=True):
        travelers.sign_step(
            by=by,
            step=step_at(shop.fresh, 20),
            token=reauth(by),
            at=done_at,
            late_reason="The tablet was down.",
        )
        lot = papers(shop, walk(shop.cast, shop.fresh))
        look_at_edits(shop, lot)
        passes(shop, lot)
    return []


def approval_reinstated(shop: Shop):
    approval = ApprovalScope.objects.get()
    for verb in ("suspend", "reinstate"):
        getattr(approvals, verb)(by=shop.cast.quality, approval=approval, on=today(), reason="The audit.")
    look_at_edits(shop, shop.ready)
    return [shop.ready]


def waiver_granted(shop: Shop):
    lot = papers(shop, shop.new_lot(line=shop.new_line(fai_regime="before_dispatch")))
    decide_waiver(shop.cast, ask(shop.cast, lot, ("FAI", ""), quantity_limit=PIECES))
    return [lot]


def release_withdrawn(shop: Shop):
    shipment = send(shop, shop.ready)
    shipments.withdraw_release(by=shop.cast.quality, shipment=shipment, reason="The truck is late.")
    release(shop.cast, shipment, reason="The truck is here.")
    assert shipments.current_package(shipment).revision == 2
    return []


def package_returned(shop: Shop):
    shipment = send(shop, shop.ready)
    make_proven(shipments.current_package(shipment))
    share(shop.cast, shipment)
    dispatch(shop.cast, shipment)
    shipment.refresh_from_db()
    review(shop.cast, shipments.current_package(shipment), decision=Review.RETURNED, words="Box 12, please.")
    certify(shop.cast, shipment, reason="Box 12.", remarks="Release 1.")
    by = shop.cast.second_quality
    again = shipments.reissue(by=by, shipment=shipment, token=reauth(by), reason="Box 12 is filled in.")
    assert (again.revision, again.state) == (2, ReleasePackage.FROZEN)
    return []


def gauge_recalibrated(shop: Shop):
    gauge = Measurement.objects.filter(record__traveler=shop.ready).last().gauge
    for is_good in (False, True):
        gauges.record_calibration(
            by=shop.cast.inspector,
            gauge=gauge,
            certificate_number=f"CAL-{is_good}",
            calibrated_on=today(),
            due_on=today() + timedelta(days=90),
            is_in_tolerance=is_good,
        )
    judge(shop.cast, gauge, shop.ready)
    return [shop.ready]


def two_certificates_add_up(shop: Shop):
    lot = shop.new_lot()
    for pieces in (1, 2):
        paper = make_process_certificate(shop.cast, lot=lot, at="received", name=f"BW {pieces}.pdf")
        step = step_at(lot, 40)
        certificates.cover(by=shop.cast.inspector, certificate=paper, step=step, quantity=pieces)
        said = what_the_paper_says(lot) | {"quantity": pieces}
        certificates.enter_fields(by=shop.cast.inspector, certificate=paper, **said)
        accept(shop.cast, paper)
    return [papers(shop, lot, with_process=False)]


def value_withdrawn_and_measured_again(shop: Shop):
    lot = shop.new_lot(to=50)
    record = make_inspection(shop.cast, lot)
    wrong = measure(shop.cast, record, "1", "1", "10.05")
    measurements.void_measurement(by=shop.cast.inspector, measurement=wrong, reason="The wrong piece.")
    measure_all(shop.cast, record, gauge=make_gauge(shop.cast))
    complete_inspection(shop.cast, record)
    lot = papers(shop, walk(shop.cast, lot))
    look_at_edits(shop, lot)
    return [lot]


def difference_decided(shop: Shop):
    run = setups.record_run(
        by=shop.cast.operator,
        step=step_at(shop.ready, 20),
        fixture="FX-12",
        fixture_revision="C",
        nc_program=NC_PROGRAM,
        machine="VF-2",
    )
    by = shop.cast.quality
    setups.disposition_difference(
        by=by, difference=run.differences.get(), reason="The same datums.", token=reauth(by)
    )
    look_at_edits(shop, shop.ready)
    return [shop.ready]


def recommented_under_a_policy(shop: Shop):
    """One byte of a comment is another, and the customer's policy calls that routine: nobody is asked."""
    make_lock_policy(shop.cast, "nc_program_comments", customer=shop.cast.customer)
    setups.record_run(
        by=shop.cast.operator,
        step=step_at(shop.ready, 20),
        fixture="FX-12",
        fixture_revision="B",
        nc_program=COMMENTED,
        machine="VF-2",
    )
    return [shop.ready]


def run_in_the_second_cell(shop: Shop):
    make_second_setup(shop.cast, shop.route.operations.get(sequence=20))
    lot = shop.new_lot(to=20)
    setups.record_run(
        by=shop.cast.operator,
        step=step_at(lot, 20),
        fixture="FX-30",
        fixture_revision="A",
        nc_program=NC_PROGRAM,
        machine="VF-2",
    )
    lot = walk(shop.cast, lot)
    lot.refresh_from_db()
    make_process_certificate(shop.cast, lot=lot, at="accepted")
    make_material_certificate(shop.cast, material=lot.material_lot, at="accepted")
    return [lot]


def prototype_handed_over(shop: Shop):
    tried = make_prototype(shop.cast, shop.line, shop.route)
    lot = papers(shop, shop.new_lot())
    hand_over(shop.cast, shop.route, tried)
    return [lot]


def prototypes_ordered(shop: Shop):
    """The customer amends the line to prototypes, so the prototype lot ships as what it is."""
    Traveler.objects.filter(pk=shop.ready.pk).update(purpose=Traveler.PROTOTYPE)
    orders.amend_line(
        by=shop.cast.quality,
        order_line=shop.line,
        reference="Amendment 2",
        reason="They build a test rig of these.",
        purpose="prototype",
    )
    shop.ready.refresh_from_db()
    look_at_edits(shop, shop.ready)
    return [shop.ready]


def order_amended(shop: Shop):
    orders.amend_line(
        by=shop.cast.quality,
        order_line=shop.line,
        reference="Amendment 1",
        reason="The customer can wait.",
        due_on=today() + timedelta(days=60),
    )
    look_at_edits(shop, shop.ready)
    return [shop.ready]


def a_bad_piece_scrapped(shop: Shop):
    lot = shop.new_lot(to=50)
    record = make_inspection(shop.cast, lot)
    measure(shop.cast, record, "1", "3", "10.4")
    child = lot.children.get()
    decide(shop.cast, child.nonconformances.get(), "scrap")
    measure_all(shop.cast, record, gauge=make_gauge(shop.cast))
    complete_inspection(shop.cast, record)
    return [papers(shop, walk(shop.cast, lot))]


HAPPENED = {
    "two heats by split": two_heats_by_split,
    "parted and rejoined": parted_and_rejoined,
    "concession before dispatch": concession_before_dispatch,
    "old revision ordered on purpose": old_revision_ordered_on_purpose,
    "certificate after the goods": certificate_after_the_goods,
    "rework after finish, new pass, new certificate": rework_after_finish,
    "certificate corrected": certificate_corrected,
    "certificate revoked and replaced": certificate_revoked_and_replaced,
    "a part shipped first": part_of_it_shipped,
    "short return": short_return,
    "scrap at the vendor": scrap_at_the_vendor,
    "back in two parts": back_in_two_parts,
    "held and let go": held_and_let_go,
    "way amended": way_amended,
    "entered late": entered_late,
    "approval reinstated": approval_reinstated,
    "waiver granted": waiver_granted,
    "release withdrawn, released again": release_withdrawn,
    "package returned and reissued": package_returned,
    "gauge recalibrated": gauge_recalibrated,
    "two certificates add up": two_certificates_add_up,
    "value withdrawn and measured again": value_withdrawn_and_measured_again,
    "setup difference decided": difference_decided,
    "comment changed under a policy": recommented_under_a_policy,
    "run in the second approved cell": run_in_the_second_cell,
    "prototype handed over": prototype_handed_over,
    "prototypes ordered": prototypes_ordered,
    "order amended": order_amended,
    "a bad piece scrapped": a_bad_piece_scrapped,
}


@pytest.mark.parametrize("name", HAPPENED)
def test_lot_to_which_life_happened_passes(shop, name):
    if found := HAPPENED[name](shop):
        passes(shop, *found)


def test_there_are_twenty_of_each():
    assert (len(COMPLETE) >= 20, len(HAPPENED) >= 20) == (True, True)
