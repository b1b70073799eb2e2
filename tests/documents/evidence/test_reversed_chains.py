"""Acceptances that were wrong: undone and done right the gate lets the lot through, undone and left it does not.

All begin as the same complete lot. After every act a plain reading of the rows must find the same links open.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from documents.domain import trail
from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.gate import ChainIsOpen
from documents.models import ReleasePackage
from inspection.domain import measurements, nonconformances, records
from inspection.domain.reversals import undo_completion, undo_disposition, withdraw_approval
from inspection.models import FirstArticle, InspectionRecord, Nonconformance
from portal.domain.deputies import name_deputy
from portal.models import Authority, Reversal
from routes.domain import travelers
from routes.domain.reversals import undo_step
from routes.models import Traveler
from tests.cast import reauth
from tests.documents.evidence.conftest import Whole
from tests.documents.evidence.oracle import open_links
from tests.factories.documents import certify, release
from tests.factories.inspection import concede, decide, make_first_article
from tests.factories.measuring import measure_all
from tests.factories.routes import make_gauge, sign_step, step_at, today
from tests.factories.subcontract import ALL_RIGHT

WHY = {"reason": "It was another lot.", "judged_anew": "Everything is looked at again."}


def undo(whole: Whole, verb, by=None, **record) -> Reversal:
    by = by or whole.cast.manager
    return verb(by=by, token=reauth(by), **record, **WHY)


def pack_undone(whole: Whole) -> Reversal:
    return undo(whole, undo_step, step=step_at(whole.lot, 60))


def inspection_undone(whole: Whole, sequence: int = 50) -> InspectionRecord:
    record = InspectionRecord.objects.get(traveler=whole.lot, step__operation__sequence=sequence)
    undo(whole, undo_completion, record=record)
    record.refresh_from_db()
    return record


def reviewed(whole: Whole) -> None:
    by = whole.cast.second_quality
    trail.review(by=by, traveler=whole.lot, remarks="Seen.", token=reauth(by))


def agrees(whole: Whole) -> dict[str, list]:
    """Return the open links by code, once the plain reading has found the same."""
    facts = read_facts_as_placed([whole.lot.pk])[whole.lot.number]
    found: dict[str, list] = {}
    for slot in judge(facts):
        if not slot.is_closed:
            found.setdefault(slot.code, []).append(slot)
    assert set(open_links(whole.lot.number)) - {"FILES"} == set(found) - {"FILES"}
    return found


def refused(whole: Whole) -> dict[str, list]:
    """Return what stops the lot by code, after the gate refused it for that."""
    found = agrees(whole)
    with pytest.raises(ChainIsOpen) as refusal:
        release(whole.cast, whole.shipment)
    stops = {code: [slot for slot in slots if slot.stops] for code, slots in found.items()}
    stops = {code: slots for code, slots in stops.items() if slots}
    sentences = [slot.sentence for slots in stops.values() for slot in slots]
    assert [sentence for sentence in sentences if sentence not in str(refusal.value)] == []
    assert ReleasePackage.objects.count() == 0
    return stops


def passes(whole: Whole) -> None:
    assert agrees(whole) == {}
    assert release(whole.cast, whole.shipment).state == ReleasePackage.FROZEN
    assert Traveler.objects.get(pk=whole.lot.pk).state == Traveler.COMPLETE


# ----------------------------------------------------------------------------------- undone and done right


def test_a_step_undone_and_signed_anew(whole):
    pack_undone(whole)
    sign_step(whole.cast, step_at(whole.lot, 60))
    assert set(refused(whole)) == {"TRAIL"}
    reviewed(whole)
    passes(whole)


def test_whoever_undid_it_does_not_review_it(whole):
    undo(whole, undo_step, by=whole.cast.second_quality, step=step_at(whole.lot, 60))
    sign_step(whole.cast, step_at(whole.lot, 60))
    with pytest.raises(trail.EditorMayNotReview):
        reviewed(whole)


def test_an_inspection_reopened_measured_anew_and_completed(whole):
    pack_undone(whole)
    record = inspection_undone(whole)
    inspector = whole.cast.inspector
    wrong = record.measurements.order_by("pk").first()
    measurements.void_measurement(by=inspector, measurement=wrong, reason="Read upside down.")
    measure_all(whole.cast, record, gauge=make_gauge(whole.cast))
    records.complete(by=inspector, record=record, token=reauth(inspector))
    sign_step(whole.cast, step_at(whole.lot, 60))
    reviewed(whole)
    passes(whole)


def test_a_return_verified_anew(whole):
    pack_undone(whole)
    inspection_undone(whole)
    record = inspection_undone(whole, 40)
    inspector = whole.cast.inspector
    records.complete(by=inspector, record=record, token=reauth(inspector), receipt_answers=ALL_RIGHT)
    final = InspectionRecord.objects.get(traveler=whole.lot, step__operation__sequence=50)
    records.complete(by=inspector, record=final, token=reauth(inspector))
    sign_step(whole.cast, step_at(whole.lot, 60))
    reviewed(whole)
    passes(whole)


def test_an_approval_withdrawn_and_a_new_first_article_approved(whole):
    undo(whole, withdraw_approval, first_article=FirstArticle.objects.get())
    make_first_article(whole.cast, lot=whole.lot, at="approved")
    # the certificate names the first article it was issued with
    certify(whole.cast, whole.shipment, reason="Another first article.")
    passes(whole)


def test_a_deputy_signs_while_the_holder_is_away(whole):
    signature = signed_by_a_deputy(whole)
    names = f"{whole.cast.inspector.printed_name} for {whole.cast.operator.printed_name}, deputy"
    facts = read_facts_as_placed([whole.lot.pk])[whole.lot.number]
    step = facts.step_at((60, 1))
    assert (signature.printed_name, step.signed_by, step.is_entitled) == (names, names, True)
    reviewed(whole)
    passes(whole)


def signed_by_a_deputy(whole: Whole):
    cast, act = whole.cast, Authority.SIGN_STEP
    pack_undone(whole)
    Authority.objects.filter(person=cast.inspector, act=act).delete()
    name_deputy(
        by=cast.operator,
        authorities=Authority.objects.filter(person=cast.operator, act=act),
        person=cast.inspector,
        valid_from=today(),
        valid_to=today() + timedelta(days=5),
        basis="Leave",
    )
    step = step_at(whole.lot, 60)
    return travelers.sign_step(by=cast.inspector, step=step, token=reauth(cast.inspector)).signature


# ---------------------------------------------------------------------------------- undone and left undone


def test_a_step_undone_and_not_signed_anew(whole):
    reversal = pack_undone(whole)
    [slot] = refused(whole)["STEPS"]
    assert slot.sentence == (
        f"Operation 60 Pack is not signed. What was signed before was undone by {whole.cast.manager.printed_name} with "
        f"{reversal.number} on {today():%-d %b %Y}: It was another lot."
    )
    assert Traveler.objects.get(pk=whole.lot.pk).state == Traveler.OPEN


def test_an_inspection_undone_and_not_completed_again(whole):
    pack_undone(whole)
    record = inspection_undone(whole)
    stops = refused(whole)
    [slot] = stops["RESULTS"]
    assert (slot.subject, slot.state) == ("50/1", "review")
    assert slot.sentence.startswith(
        f"Inspection {record.number} of lot {whole.lot.number} has its values and is not completed. Complete and sign "
        f"it. What was signed before was undone by {whole.cast.manager.printed_name} with RV-"
    )


def test_a_return_not_verified_again(whole):
    pack_undone(whole)
    inspection_undone(whole)
    inspection_undone(whole, 40)
    [slot] = refused(whole)["INCOMING"]
    assert (slot.subject, slot.state) == ("40/1", "review")
    assert "Verify and sign. What was signed before was undone by" in slot.sentence


def test_an_approval_withdrawn_and_nothing_in_its_place(whole):
    report = FirstArticle.objects.get()
    reversal = undo(whole, withdraw_approval, first_article=report)
    [slot] = refused(whole)["FAI"]
    assert slot.state == "rejected"
    assert slot.sentence == (
        f"The approval of first article {report.number} was withdrawn by {whole.cast.manager.printed_name} with "
        f"{reversal.number}: It was another lot. Open a new first article on lot {whole.lot.number} and have it "
        "approved."
    )
    assert (slot.url_name, slot.url_kwargs) == (
        "inspection:first-article-open",
        {"number": whole.lot.number},
    )


def test_a_decision_undone_and_nothing_decided(whole):
    found = nonconformances.open_nonconformance(
        by=whole.cast.inspector,
        traveler=whole.lot,
        description="A scratch.",
        quantity=3,
        serials=tuple(whole.lot.pieces.values_list("serial", flat=True)),
    )
    concede(whole.cast, found)
    decide(whole.cast, found, Nonconformance.USE_AS_IS)
    certify(whole.cast, whole.shipment, reason="With its concession.")
    found.refresh_from_db()
    undo(whole, undo_disposition, nonconformance=found)
    [slot] = refused(whole)["NC"]
    assert slot.sentence.startswith(
        f"Nonconformance {found.number} on 3 pieces of lot {whole.lot.number} is not decided. Disposition it. What was "
        "signed before was undone by"
    )


def test_a_deputy_whose_ground_had_ended(whole):
    signed_by_a_deputy(whole)
    reviewed(whole)
    # no verb lets a deputy sign so; a row changed by hand must be found all the same
    own = Authority.objects.filter(person=whole.cast.operator, act=Authority.SIGN_STEP)
    own.update(valid_to=today() - timedelta(days=1))
    subjects = [slot.subject for slot in agrees(whole)["STEPS"]]
    assert subjects == ["authority"]
