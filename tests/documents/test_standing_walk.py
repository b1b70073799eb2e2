"""After every act, committed by itself, the kept chains say what a fresh judgement of every open lot says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.domain import decisions, shipments
from documents.models import Certificate
from inspection.domain import held_approvals, measurements, nonconformances
from inspection.domain import reversals as inspection_reversals
from inspection.models import InspectionRecord, Nonconformance
from portal import feed
from portal.domain import authorities
from portal.models import Authority, Event
from routes.domain import clauses, gauges, holds, lots, orders, parts, quantities, setups, terms, travelers
from routes.domain.reversals import undo_step
from routes.models import OrderLine, QuantityMove, Traveler
from subcontract.domain import approvals
from subcontract.models import ApprovalScope
from tests.cast import make_cast, reauth
from tests.documents.test_standing import stale
from tests.factories.certificates import make_material_certificate, make_process_certificate, make_ready_lot
from tests.factories.documents import certify, make_shipment, release
from tests.factories.findings import judge
from tests.factories.inspection import (
    concede,
    decide,
    make_first_article,
    make_lot,
    make_nonconformance,
)
from tests.factories.locks import (
    COMMENTED,
    RECUT,
    hand_over,
    make_lock_policy,
    make_prototype,
    make_second_setup,
)
from tests.factories.measuring import make_inspection, measure
from tests.factories.routes import make_gauge, make_open_traveler, make_part_revision, step_at


@pytest.fixture
def watched(committed_db, monkeypatch) -> list[str]:
    """Read the feed after each commit; give a list that names every act after which something was stale."""
    wrong: list[str] = []
    seen: set[int] = set()

    def look(committed: int) -> None:
        if committed in seen:
            return
        seen.add(committed)
        feed.drain("chains")
        if found := stale():
            acts = Event.objects.filter(transaction=committed).values_list("verb", "noun", "number", "lots")
            wrong.append(f"{list(acts)}: {found}")
            feed._start_over("chains", feed.readers()["chains"], feed._horizon()[0])

    monkeypatch.setattr(feed, "wake", look)
    return wrong


def test_setups_policies_prototypes_and_handoffs(watched):
    cast = make_cast()
    lot = make_open_traveler(cast, up_to=20)
    route, step = lot.route_revision, step_at(lot, 20)
    make_second_setup(cast, route.operations.get(sequence=20))
    make_lock_policy(cast, "nc_program_comments")
    facts = {"fixture": "FX-12", "fixture_revision": "B"}
    setups.record_run(by=cast.operator, step=step, nc_program=COMMENTED, **facts)
    differing = setups.record_run(by=cast.operator, step=step, nc_program=RECUT, **facts)
    by = cast.quality
    difference = differing.differences.get()
    setups.disposition_difference(by=by, difference=difference, reason="The same cut.", token=reauth(by))
    tried = make_prototype(cast, lot.order_line, route)
    make_open_traveler(cast, route_revision=route, order_line=lot.order_line, quantity=2)
    hand_over(cast, route, tried)
    facts = {"order_line": lot.order_line, "reference": "PO change 3", "reason": "A rig."}
    orders.amend_line(by=cast.quality, purpose="prototype", **facts)
    assert watched == []


def test_story_of_a_lot_from_order_to_dispatch(watched):
    cast = make_cast()
    make_shipment(cast, at="dispatched")
    assert watched == []


def test_acts_on_lots_that_share_what_they_stand_on(watched):
    cast = make_cast()
    ready, sibling = make_ready_lot(cast), make_lot(cast, at=999)
    by = cast.quality
    # lots
    hold = holds.place_hold(by=by, traveler=ready, reason="Burr on the datum.")
    holds.release_hold(by=by, hold=hold, reason="Deburred.", token=reauth(by))
    child = lots.split(by=cast.operator, traveler=ready, quantity=2, reason="A partial delivery.")
    quantities.record_quantity_move(
        by=by,
        traveler=child,
        kind=QuantityMove.SCRAPPED,
        quantity=1,
        reason="Dropped.",
        witness=cast.inspector,
    )
    travelers.add_rework_pass(by=by, traveler=sibling, operation_sequences=[50], reason="Measure it again.")
    # measured
    record = make_inspection(cast, sibling)
    gauge = make_gauge(cast, number="G-9001")
    measure(cast, record, "1", "1", gauge=gauge)
    wrong = measure(cast, record, "1", "3", gauge=gauge)
    measurements.void_measurement(by=cast.inspector, measurement=wrong, reason="Read from the wrong side.")
    found = make_nonconformance(cast, record=record, serial="2")
    concede(cast, found)
    found = decide(cast, found, Nonconformance.USE_AS_IS)
    nonconformances.close(by=by, nonconformance=found)
    today = timezone.localdate()
    gauges.record_calibration(
        by=by,
        gauge=gauge,
        certificate_number="CAL-1",
        calibrated_on=today,
        due_on=today + timedelta(days=90),
        is_in_tolerance=False,
    )
    judge(cast, gauge, sibling, by=by)
    make_first_article(cast, lot=sibling, at="approved")
    assert watched == []


def test_acceptances_undone(watched):
    cast = make_cast()
    ready = make_ready_lot(cast)
    lots.split(by=cast.operator, traveler=make_lot(cast, at=20), quantity=1, reason="A partial delivery.")
    report = make_first_article(cast, lot=ready, at="approved")
    by, why = cast.second_quality, {"reason": "Another lot.", "judged_anew": "Looked at again."}
    inspection_reversals.withdraw_approval(by=by, first_article=report, token=reauth(by), **why)
    undo_step(by=by, step=step_at(ready, 60), token=reauth(by), **why)
    for sequence in (50, 40):
        record = InspectionRecord.objects.get(traveler=ready, step__operation__sequence=sequence)
        inspection_reversals.undo_completion(by=by, record=record, token=reauth(by), **why)
    found = make_nonconformance(cast)
    concede(cast, found)
    decided = decide(cast, found, Nonconformance.USE_AS_IS)
    inspection_reversals.undo_disposition(by=by, nonconformance=decided, token=reauth(by), **why)
    assert watched == []


def test_acts_on_what_vendors_and_customers_stand_for(watched):
    cast = make_cast()
    ready = make_ready_lot(cast)
    make_open_traveler(cast)
    by, today = cast.quality, timezone.localdate()
    for kind in ("process", "material"):
        certificate = Certificate.objects.get(kind=kind)
        decisions.revoke(by=by, certificate=certificate, reason="The mill called it back.", token=reauth(by))
    make_process_certificate(cast, lot=ready, at="accepted")
    make_material_certificate(cast, material=ready.material_lot, at="accepted")
    approval = ApprovalScope.objects.first()
    approvals.suspend(by=by, approval=approval, on=today, reason="The tank is out of control.")
    approval.refresh_from_db()
    approvals.reinstate(by=by, approval=approval, on=today + timedelta(days=1), reason="Back in control.")
    clause = clauses.add_clause(
        by=by, customer=cast.customer, number="Q-77", revision="A", title="Marking", text="Mark every part."
    )
    carried = clauses.put_on_line(by=by, order_line=ready.order_line, clause=clause)
    clauses.answer_clause(by=by, line_clause=carried, answer="document", answered_by="Marking record")
    parts.add_note(
        by=by,
        part_revision=make_part_revision(cast),
        note_number="99",
        text="Break all edges.",
    )
    held_approvals.record_held_approval(
        by=by,
        part_revision=ready.route_revision.part_revision,
        customer_reference="NET-1",
        approved_on=today,
        token=reauth(by),
    )
    terms.change_terms(by=by, customer=cast.customer, fai_regime=OrderLine.BEFORE_DISPATCH)
    signs = Authority.objects.filter(person=cast.operator, withdrawn_at=None).first()
    authorities.withdraw_authority(by=cast.manager, authority=signs, reason="On leave.")
    assert watched == []


def test_acts_on_a_shipment(watched):
    cast = make_cast()
    shipment = make_shipment(cast, at="draft")
    certify(cast, shipment)
    shipment.refresh_from_db()
    release(cast, shipment)
    shipments.withdraw_release(by=cast.quality, shipment=shipment, reason="The carrier did not come.")
    shipment.refresh_from_db()
    shipments.cancel(by=cast.quality, shipment=shipment)
    assert (watched, Traveler.objects.open().count()) == ([], 1)
