"""The gate: a closed chain passes; take any one link away and it refuses, naming that link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone

from documents.demo.people import token
from documents.domain import chain, decisions, shipments
from documents.domain.shipments import ChainIsOpen
from documents.models import Certificate, ReleasePackage, Shipment
from inspection.domain import nonconformances
from inspection.models import FirstArticle, Measurement, MeasurementVoid
from portal.domain.errors import Incomplete
from portal.models import StoredFile
from routes.domain import clauses, holds, parts
from routes.models import Calibration, LockDifference, NoteMapping, OrderLine, PlannedCheck, SetupRun
from subcontract.domain import approvals
from subcontract.domain.custody import hand_over
from subcontract.models import ApprovalScope, Receipt


def unmap_a_note(chain_):
    NoteMapping.objects.filter(note__note_number="4").delete()


def order_another_revision(chain_):
    line = chain_.lot.order_line
    revision = parts.add_revision(
        by=chain_.story.people.quality,
        part=line.part_revision.part,
        revision="E",
        drawing_number="72-41806-3",
        drawing_revision="E",
        unit="mm",
        default_applies_to="after",
    )
    OrderLine.objects.filter(pk=line.pk).update(part_revision=revision)


def hold_the_lot(chain_):
    holds.place_hold(by=chain_.story.people.quality, traveler=chain_.lot, reason="Customer asked to wait.")


def run_with_another_fixture(chain_):
    LockDifference.objects.create(
        run=SetupRun.objects.first(), field="fixture", locked="FX-104", as_run="FX-200"
    )


def revoke(kind):
    def act(chain_):
        by = chain_.story.people.quality
        certificate = Certificate.objects.get(kind=kind)
        decisions.revoke(by=by, certificate=certificate, reason="The issuer withdrew it.", token=token(by))

    return act


def suspend_the_vendor(chain_):
    approvals.suspend(
        by=chain_.story.people.quality,
        approval=ApprovalScope.objects.get(),
        on=timezone.localdate() - timedelta(days=30),
        reason="Nadcap audit failed.",
    )


def send_the_pieces_away(chain_):
    line = chain_.order.lines.get()
    hand_over(
        by=chain_.story.people.operator,
        line=line,
        traveler=chain_.lot,
        to_site=chain_.order.site,
        quantity=3,
        moved_on=timezone.localdate(),
    )


def date_the_certificate_before_the_work(chain_):
    Certificate.objects.filter(kind="process").update(stated_on=timezone.localdate() - timedelta(days=9))


def damage_on_return(chain_):
    Receipt.objects.update(is_undamaged=False)


def forget_the_check_after_finish(chain_):
    PlannedCheck.objects.filter(side="after", characteristic__balloon="4").delete()


def void_a_value(chain_):
    MeasurementVoid.objects.create(
        measurement=Measurement.objects.filter(side="after", characteristic__balloon="4").first(),
        reason="Probe was not qualified.",
        voided_by=chain_.story.people.inspector,
        voided_at=timezone.now(),
    )


def let_the_calibration_lapse(chain_):
    Calibration.objects.update(due_on=timezone.localdate() - timedelta(days=1))


def take_the_first_article_back(chain_):
    FirstArticle.objects.update(state=FirstArticle.RETURNED)


def find_a_nonconformance(chain_):
    nonconformances.open_nonconformance(
        by=chain_.story.people.inspector,
        traveler=chain_.lot,
        description="Scratches on the seat.",
        quantity=3,
        serials=tuple(chain_.lot.pieces.values_list("serial", flat=True)),
    )


def lose_a_file(chain_):
    certificate = Certificate.objects.get(kind="process")
    default_storage.delete(StoredFile.objects.get(pk=certificate.file_id).storage_name)


def leave_a_clause_unshown(chain_):
    by, line = chain_.story.people.quality, chain_.lot.order_line
    clause = clauses.add_clause(
        by=by, customer=line.order.customer, number="Q-52", revision="", title="Foreign objects", text=""
    )
    carried = clauses.put_on_line(by=by, order_line=line, clause=clause)
    return clauses.answer_clause(
        by=by, line_clause=carried, answer="document", answered_by="FOD log of the cell"
    )


def answer_a_clause_anew(chain_):
    carried = leave_a_clause_unshown(chain_)
    clauses.answer_clause(
        by=chain_.story.people.quality, line_clause=carried, answer="document", answered_by="First article"
    )


LINKS = {
    "NOTES": unmap_a_note,
    "ROUTE": order_another_revision,
    "STEPS": hold_the_lot,
    "LOCK": run_with_another_fixture,
    "MATERIAL": revoke("material"),
    "APPROVAL": suspend_the_vendor,
    "CUSTODY": send_the_pieces_away,
    "PROCESS": revoke("process"),
    "DATES": date_the_certificate_before_the_work,
    "INCOMING": damage_on_return,
    "FINISH": forget_the_check_after_finish,
    "RESULTS": let_the_calibration_lapse,
    "FAI": take_the_first_article_back,
    "NC": find_a_nonconformance,
    "CLAUSES": leave_a_clause_unshown,
    "FILES": lose_a_file,
    "TRAIL": answer_a_clause_anew,
}


def states_of(chain_) -> dict[str, set[str]]:
    states: dict[str, set[str]] = {}
    for slot in chain.check_lots([chain_.lot], shipment=chain_.shipment)[chain_.lot.number]:
        states.setdefault(slot.code, set()).add("closed" if slot.is_closed else "open")
    return states


def test_closed_chain_passes_the_gate(closed_chain):
    assert set(states_of(closed_chain)) == {code for code, _ in chain.CHECKS}
    assert {state for states in states_of(closed_chain).values() for state in states} == {"closed"}
    package = closed_chain.story.release(closed_chain.shipment)
    assert (package.state, package.revision) == (ReleasePackage.FROZEN, 1)
    assert package.job.kind == "render_package"


@pytest.mark.parametrize("code", LINKS)
def test_gate_refuses_and_names_the_missing_link(closed_chain, code):
    LINKS[code](closed_chain)
    with pytest.raises(ChainIsOpen) as refusal:
        closed_chain.story.release(closed_chain.shipment)
    stopped = {slot.code for slot in refusal.value.facts["slots"]}
    assert code in stopped
    assert f"{code} of {closed_chain.lot.number}: " in refusal.value.sentence
    assert not ReleasePackage.objects.exists()
    closed_chain.shipment.refresh_from_db()
    assert closed_chain.shipment.state == Shipment.CERTIFIED


def test_gate_refuses_without_a_certificate_of_conformity(closed_chain):
    people = closed_chain.story.people
    shipments.cancel(by=people.quality, shipment=closed_chain.shipment)
    bare = shipments.draft_shipment(by=people.quality, customer=people.customer, lots=[closed_chain.lot])
    with pytest.raises(Incomplete, match="no signed certificate of conformity"):
        closed_chain.story.release(bare)


@pytest.mark.parametrize("remove", [void_a_value, let_the_calibration_lapse])
def test_gate_refuses_results_that_no_longer_stand(closed_chain, remove):
    remove(closed_chain)
    with pytest.raises(ChainIsOpen, match=f"RESULTS of {closed_chain.lot.number}: "):
        closed_chain.story.release(closed_chain.shipment)


def test_chain_is_read_in_a_fixed_number_of_statements(closed_chain, django_assert_max_num_queries):
    with django_assert_max_num_queries(25, connection=connections["default"]):
        chain.check_lots([closed_chain.lot])
