"""Sixty lots that lack exactly one thing: the gate refuses each and names that thing, who owes it and what to do.

All begin as the same complete lot, which the gate lets through. Most are broken by the verbs of the house. A row is
changed by hand only where every verb would refuse it, so that the chain is asked what it says should it happen all
the same: by an older version, a restored backup, a hand in the database.
One file: the cases are one table over one lot, read from the top in the order of the chain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from psycopg2.extras import DateRange

from documents.domain import certificates, trail
from documents.domain.decisions import CertificateDoesNotMatch
from documents.domain.gate import ChainIsOpen
from documents.models import Certificate, ConformityCertificate, ReleasePackage, Shipment
from inspection.domain import nonconformances
from inspection.models import (
    Concession,
    FirstArticle,
    InspectionRecord,
    Measurement,
    MeasurementVoid,
    Nonconformance,
)
from portal.domain.canonical import canonical_bytes, sha256_of
from portal.models import Authority, Site
from routes.domain import clause_evidence, clauses, gauges, holds, orders, setups
from routes.models import (
    DrawingNote,
    Hold,
    MaterialLot,
    NoteMapping,
    OrderLine,
    PartRevision,
    RouteRevision,
    Traveler,
    TravelerAmendment,
    TravelerStep,
)
from subcontract.domain import approvals
from subcontract.domain.over_returns import put_aside
from subcontract.models import ApprovalScope, OutsideOrder, OutsideOrderLine, Receipt
from tests.cast import reauth
from tests.days import in_days, settle
from tests.documents.evidence.conftest import Whole
from tests.factories.amendments import propose
from tests.factories.certificates import (
    make_material_certificate,
    make_process_certificate,
    pdf,
    seen_by_looking,
)
from tests.factories.clauses import carry
from tests.factories.documents import certify, release
from tests.factories.exports import make_agreement, make_label, make_registration
from tests.factories.inspection import concede
from tests.factories.locks import RECUT, make_lock_policy
from tests.factories.routes import NC_PROGRAM, make_part_revision, step_at, today

A_DAY = timedelta(days=1)
# what was run otherwise than at the first article is a question of both links: the setup, and whether the report stands
EVALUATION = (("FAI", "evaluation"),)


@dataclass(frozen=True)
class Case:
    """How a chain is broken, the one link that is then open, and words its sentence must have."""

    name: str
    act: Callable[[Whole], object]
    code: str
    subject: str
    words: str
    owner: str = "Maud Ferreira"
    also: tuple[tuple[str, str], ...] = ()


# a row changed by hand no longer reads as it was signed, and the gate says so beside what it says of the row
BY_HAND = (("TRAIL", "signatures"),)


# ------------------------------------------------------------------------------------------- how they are broken


def papers(kind: str):
    return Certificate.objects.filter(kind=kind, state=Certificate.ACCEPTED)


def reviewed(whole: Whole) -> None:
    """Have every edit so far looked at, so that the edit itself is not what stops."""
    by = whole.cast.second_quality
    trail.review(by=by, traveler=whole.lot, remarks="Seen.", token=reauth(by))


def revoke(kind: str) -> Callable[[Whole], Certificate]:
    def act(whole: Whole) -> Certificate:
        by = whole.cast.quality
        paper = papers(kind).get()
        paper = certificates.revoke(by=by, certificate=paper, reason="Another bath.", token=reauth(by))
        reviewed(whole)
        return paper

    return act


def another(kind: str, at: str) -> Callable[[Whole], object]:
    """Revoke the certificate and bring another that is not accepted yet."""

    def act(whole: Whole) -> None:
        old, cast = revoke(kind)(whole), whole.cast
        new = certificates.upload(by=cast.inspector, content=pdf(), name="again.pdf", kind=kind, replaces=old)
        if at == "received":
            return
        certificates.enter_fields(by=cast.inspector, certificate=new, stated_number="N-2")
        if at == "rejected":
            by = cast.quality
            certificates.reject(by=by, certificate=new, reason="No signature.", token=reauth(by))

    return act


def says(kind: str, **fields) -> Callable[[Whole], int]:
    """Let an accepted paper say something else; by verb it would not have been accepted."""
    return lambda whole: papers(kind).update(**settle(fields))


def scope(**fields) -> Callable[[Whole], int]:
    """Let the approval be narrower; by verb the order would not have been issued."""
    return lambda whole: ApprovalScope.objects.update(**settle(fields))


def other_customer(whole: Whole) -> None:
    ApprovalScope.objects.update(customer=whole.cast.stranger_customer)


def row(model, **fields) -> Callable[[Whole], int]:
    return lambda whole: model.objects.update(**settle(fields))


def step(sequence: int, **fields) -> Callable[[Whole], int]:
    return lambda whole: TravelerStep.objects.filter(pk=step_at(whole.lot, sequence).pk).update(**fields)


def too_many(whole: Whole) -> None:
    line = OutsideOrderLine.objects.get()
    put_aside(by=whole.cast.operator, line=line, quantity=1, found_on=today(), put_aside_at="Shelf Q2")


def suspend(whole: Whole) -> None:
    approval = ApprovalScope.objects.get()
    approvals.suspend(by=whole.cast.quality, approval=approval, on=today(), reason="The audit.")


def lapse(whole: Whole) -> None:
    days = {"valid_from": today() - 90 * A_DAY, "valid_to": today() - A_DAY}
    make_registration(whole.cast, whole.cast.vendor_organization, **days)


def run(**facts) -> Callable[[Whole], object]:
    usual = {"fixture": "FX-12", "fixture_revision": "B", "nc_program": NC_PROGRAM, "machine": "VF-2"}
    return lambda whole: setups.record_run(
        by=whole.cast.operator, step=step_at(whole.lot, 20), **usual | facts
    )


def gauge_is_bad(sequence: int) -> Callable[[Whole], object]:
    def act(whole: Whole) -> None:
        value = Measurement.objects.filter(record__step=step_at(whole.lot, sequence)).first()
        gauges.record_calibration(
            by=whole.cast.inspector,
            gauge=value.gauge,
            certificate_number="CAL-BAD",
            calibrated_on=today(),
            due_on=today() + 90 * A_DAY,
            is_in_tolerance=False,
        )

    return act


def value_at(whole: Whole, sequence: int) -> Measurement:
    return Measurement.objects.filter(record__step=step_at(whole.lot, sequence)).order_by("pk").first()


def value(sequence: int, **fields) -> Callable[[Whole], object]:
    """Add a value as no verb would take it; those that are there the database lets nobody change."""

    def act(whole: Whole) -> None:
        there = value_at(whole, sequence)
        there.pk = None
        there._state.adding = True
        for name, said in settle(fields).items():
            setattr(there, name, said)
        there.save()

    return act


def voided(whole: Whole) -> None:
    MeasurementVoid.objects.create(
        measurement=value_at(whole, 50),
        reason="Wrong piece.",
        voided_by=whole.cast.inspector,
        voided_at=timezone.now(),
    )


def reopened(whole: Whole) -> None:
    InspectionRecord.objects.filter(step=step_at(whole.lot, 50)).update(
        state=InspectionRecord.OPEN, completed_at=None, completion_signature=None
    )


def set_apart(whole: Whole):
    serials = tuple(whole.shipment.lines.get().serials)
    return nonconformances.open_nonconformance(
        by=whole.cast.inspector,
        traveler=whole.lot,
        description="A scratch.",
        quantity=len(serials),
        serials=serials,
    )


def conceded(whole: Whole) -> None:
    found = set_apart(whole)
    concede(whole.cast, found)
    by = whole.cast.quality
    nonconformances.disposition(
        by=by, nonconformance=found, disposition="use_as_is", reason="Shallow.", token=reauth(by)
    )


def conceded_for_fewer(whole: Whole) -> None:
    conceded(whole)
    certify(whole.cast, whole.shipment, reason="The concession.")
    Concession.objects.update(serials=whole.shipment.lines.get().serials[:1])


def new_clause(kind: str, **facts) -> Callable[[Whole], object]:
    return lambda whole: carry(whole.cast, whole.lot.order_line, kind, number=f"Q-new-{kind}", **facts)


def clause_by_operation(whole: Whole) -> None:
    carried = carry(whole.cast, whole.lot.order_line, number="Q-wash")
    clauses.answer_clause(
        by=whole.cast.quality, line_clause=carried, answer="operation", answered_by="99 Wash"
    )
    reviewed(whole)


def clause_unanswered(whole: Whole) -> None:
    made = clauses.add_clause(
        by=whole.cast.quality,
        customer=whole.cast.customer,
        number="Q-mute",
        revision="A",
        title="Records are kept ten years",
        text="",
    )
    clauses.put_on_line(by=whole.cast.quality, order_line=whole.lot.order_line, clause=made)


def withdrawn(kind: str) -> Callable[[Whole], object]:
    def act(whole: Whole) -> None:
        shown = whole.clauses[kind].evidence.get()
        clause_evidence.withdraw(by=whole.cast.quality, evidence=shown, reason="Of another lot.")
        reviewed(whole)

    return act


def content(change: Callable[[dict], object], *, is_signed: bool) -> Callable[[Whole], object]:
    """Add a revision of the certificate of conformity as no verb would sign it."""

    def act(whole: Whole) -> None:
        paper = ConformityCertificate.objects.get()
        change(paper.content)
        paper.pk, paper.revision, paper.reason = None, 2, "By hand."
        paper._state.adding = True
        if is_signed:
            paper.content_sha256 = sha256_of(canonical_bytes(paper.content))
        paper.save()

    return act


def file_gone(kind: str, *, is_changed: bool) -> Callable[[Whole], object]:
    def act(whole: Whole) -> None:
        sha256 = papers(kind).get().file.sha256
        name = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
        path = default_storage.path(name)
        default_storage.delete(name)
        if is_changed:
            with open(path, "wb") as kept:
                kept.write(b"%PDF-1.7 another paper")

    return act


def edited(model: type[Model], change: str) -> Callable[[Whole], object]:
    """Change the first record of a kind, or what hangs on it, as a hand in the database would."""

    def act(whole: Whole) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE " + change.format(pk=model.objects.earliest("pk").pk))

    return act


def abroad(whole: Whole) -> None:
    """The customer opens works in France; the part may be sent within the United States."""
    label = make_label(needs_eligibility=False)
    PartRevision.objects.filter(pk=whole.lot.route_revision.part_revision_id).update(label=label)
    Site.objects.create(organization=whole.cast.customer, code="LYON", name="Lyon works", country="FR")


def not_eligible(whole: Whole) -> None:
    label = make_label()
    PartRevision.objects.filter(pk=whole.lot.route_revision.part_revision_id).update(label=label)
    for organization in (whole.cast.customer, whole.cast.vendor_organization):
        make_agreement(whole.cast, organization, label)


def amended(whole: Whole) -> None:
    new = make_part_revision(whole.cast, part=whole.lot.route_revision.part_revision.part, revision="B")
    orders.amend_line(
        by=whole.cast.quality,
        order_line=whole.lot.order_line,
        reference="Amendment 1",
        reason="The customer changed the drawing.",
        part_revision=new,
    )
    for carried in whole.clauses.values():
        # an amendment asks every clause anew
        clauses.answer_clause(
            by=whole.cast.quality, line_clause=carried, answer="document", answered_by="FOD log of the cell"
        )
    reviewed(whole)


def due_later(whole: Whole) -> None:
    orders.amend_line(
        by=whole.cast.quality,
        order_line=whole.lot.order_line,
        reference="Amendment 1",
        reason="The customer can wait.",
        due_on=today() + 60 * A_DAY,
    )


def back_again(whole: Whole) -> None:
    suspend(whole)
    approvals.reinstate(
        by=whole.cast.quality, approval=ApprovalScope.objects.get(), on=today(), reason="Closed."
    )


def decided_difference(whole: Whole) -> None:
    made = run(offsets={"G54 X": "-119.98"})(whole)
    by = whole.cast.quality
    setups.disposition_difference(
        by=by, difference=made.differences.get(), reason="Same datums.", token=reauth(by)
    )


def tried_before(whole: Whole) -> Traveler:
    """Let a prototype of the same part revision have been begun an hour before the lot."""
    facts = {"order_line": whole.lot.order_line, "route_revision": whole.lot.route_revision}
    return Traveler.objects.create(
        number="T-PROTOTYPE",
        purpose=Traveler.PROTOTYPE,
        state=Traveler.CLOSED,
        quantity_started=1,
        opened_at=whole.lot.opened_at - timedelta(hours=1),
        **facts,
    )


def recut_under_a_policy(whole: Whole) -> None:
    """Run a program with another cutting word, and another comment that alone would be routine."""
    make_lock_policy(whole.cast, "nc_program_comments")
    run(nc_program=RECUT.replace(b"(ROUGH)", b"(ROUGH, 14:02)"))(whole)


def approved_by_its_maker(whole: Whole) -> None:
    report = FirstArticle.objects.get()
    FirstArticle.objects.update(approved_signature=report.verified_signature)


PROCESS, MATERIAL = "process", "material"
VENDOR, MILL, CUSTOMER = "Brightwater Finishing", "Corvane Mill", "Orrin Aerospace"
AT_40, AT_20 = "40/1", "20/1"

CASES = [
    # the three faults everybody who reads Form 2 knows
    Case("source is not on the customer's list", other_customer, "APPROVAL", AT_40, "differs in customer"),
    Case(
        "process certificate says AMS 2759/4",
        says(PROCESS, spec_number="AMS 2759/4"),
        "PROCESS",
        AT_40,
        "names specification AMS 2759/4",
        VENDOR,
        also=BY_HAND,
    ),
    Case(
        "certificate is of the next heat",
        says(MATERIAL, identifier="H-NEXT"),
        "MATERIAL",
        "certificate {heat}",
        "names heat or batch H-NEXT",
        MILL,
        also=BY_HAND,
    ),
    # planned
    Case(
        "note is not mapped",
        lambda w: NoteMapping.objects.first().delete(),
        "NOTES",
        "note 1",
        "Drawing note 1",
        also=BY_HAND,
    ),
    Case(
        "note came later",
        lambda w: DrawingNote.objects.create(
            part_revision=w.lot.route_revision.part_revision, note_number="9", text="Mask."
        ),
        "NOTES",
        "note 9",
        "Drawing note 9",
    ),
    Case(
        "clause is not answered",
        clause_unanswered,
        "NOTES",
        "clause Q-mute A",
        "is answered by nothing",
        also=(("CLAUSES", "clause Q-mute A"),),
    ),
    Case("route is a draft", row(RouteRevision, state="draft"), "ROUTE", "release", "is not released"),
    Case(
        "prototype on a line of production parts",
        row(Traveler, purpose="prototype"),
        "ROUTE",
        "purpose",
        "is a prototype and order",
    ),
    Case("prototype not handed over", tried_before, "ROUTE", "handoff", "nobody has signed what it taught"),
    Case("order asks for another revision", amended, "ROUTE", "revision", "asks for revision B"),
    Case(
        "nobody owns the time", row(TravelerStep, timing_owner=None), "ROUTE", "owners", "no owner of timing"
    ),
    Case(
        "nobody verifies what comes back",
        row(TravelerStep, incoming_owner=None),
        "ROUTE",
        "owners",
        "no owner of incoming verification",
    ),
    # made
    Case(
        "lot is on hold",
        lambda w: holds.place_hold(by=w.cast.operator, traveler=w.lot, reason="Look again."),
        "STEPS",
        "hold {hold}",
        "is on hold {hold}, placed by Sami Okonjo",
    ),
    Case(
        "amendment is not decided",
        lambda w: propose(w.cast, w.lot, "repeat", sequence=60),
        "STEPS",
        "amendment {amendment}",
        "(Repeat of operation 60), proposed by Sami Okonjo: The brush is worn. Nobody has decided it.",
    ),
    Case(
        "packing is not signed",
        step(60, state="waiting", signature=None, signed_at=None, quantity_in=None, quantity_out=None),
        "STEPS",
        "signing",
        "Operation 60 Pack is not signed",
        "Ines Calloway",
    ),
    Case(
        "signer was not entitled",
        lambda w: Authority.objects.filter(person=w.cast.operator).update(valid_from=today() + A_DAY),
        "STEPS",
        "authority",
        "was signed by Sami Okonjo, who held no authority",
    ),
    Case(
        "a piece is missing",
        step(20, quantity_out=2),
        "STEPS",
        "quantities",
        "3 pieces went in, 2 came out",
        also=BY_HAND,
    ),
    Case(
        "milled after it was packed",
        lambda w: step(20, signed_at=step_at(w.lot, 60).signed_at + timedelta(seconds=5))(w),
        "STEPS",
        "order",
        "was signed before operation 20",
        also=BY_HAND,
    ),
    Case(
        "fixture of another revision",
        run(fixture_revision="C"),
        "LOCK",
        AT_20,
        "ran with fixture revision C",
        also=EVALUATION,
    ),
    Case(
        "another fixture",
        run(fixture="FX-99"),
        "LOCK",
        AT_20,
        "the nearest approved, names FX-12",
        also=EVALUATION,
    ),
    Case("cutting word under a policy", recut_under_a_policy, "LOCK", AT_20, "nc program", also=EVALUATION),
    Case(
        "another program",
        run(nc_program=NC_PROGRAM.replace(b"X10.", b"X11.")),
        "LOCK",
        AT_20,
        "Decide on the difference",
        also=EVALUATION,
    ),
    Case(
        "program not stated",
        run(nc_program=None),
        "LOCK",
        AT_20,
        "Decide on the difference",
        also=EVALUATION,
    ),
    Case(
        "another work offset",
        run(offsets={"G54 X": "-119.98"}),
        "LOCK",
        AT_20,
        "ran with offsets G54 X -119.98",
    ),
    # bought
    Case(
        "heat's certificate revoked", revoke(MATERIAL), "MATERIAL", "certificate {heat}", "was revoked", MILL
    ),
    Case(
        "heat's certificate waits",
        another(MATERIAL, "in_review"),
        "MATERIAL",
        "certificate {heat}",
        "waits for a decision",
    ),
    Case(
        "heat's certificate not entered",
        another(MATERIAL, "received"),
        "MATERIAL",
        "certificate {heat}",
        "its fields are not entered",
    ),
    Case(
        "heat's certificate revoked, the next one rejected",
        another(MATERIAL, "rejected"),
        "MATERIAL",
        "certificate {heat}",
        "was revoked: Another bath. Ask for another one.",
        MILL,
    ),
    Case(
        "heat is of another alloy",
        says(MATERIAL, condition="7075-T6"),
        "MATERIAL",
        "certificate {heat}",
        "names condition 7075-T6",
        MILL,
        also=BY_HAND,
    ),
    Case(
        "heat's certificate is a 2.2",
        says(MATERIAL, certificate_type="2.2"),
        "MATERIAL",
        "certificate {heat}",
        "names certificate type 2.2",
        MILL,
        also=BY_HAND,
    ),
    Case(
        "heat's certificate is not signed",
        says(MATERIAL, signed_name=""),
        "MATERIAL",
        "certificate {heat}",
        "carries no signed by",
        MILL,
        also=BY_HAND,
    ),
    Case(
        "more issued than received",
        row(MaterialLot, received_pieces=1),
        "MATERIAL",
        "balance {heat}",
        "1 were received",
    ),
    # sent out
    Case("approval was suspended", suspend, "APPROVAL", AT_40, "differs in state"),
    Case("its Nadcap had lapsed", lapse, "APPROVAL", AT_40, "registration (12345 held from"),
    Case("approved for another type", scope(spec_type="III"), "APPROVAL", AT_40, "differs in type"),
    Case("approved for another class", scope(spec_class="2"), "APPROVAL", AT_40, "differs in class"),
    Case("approved for another revision", scope(spec_revision="E"), "APPROVAL", AT_40, "differs in revision"),
    Case("approved for another alloy", scope(material="7075"), "APPROVAL", AT_40, "differs in material"),
    Case("approved for another process", scope(process="passivate"), "APPROVAL", AT_40, "differs in process"),
    Case(
        "approval had ended",
        scope(valid=DateRange(in_days(-90), in_days(0))),
        "APPROVAL",
        AT_40,
        "differs in date",
    ),
    Case("fewer came back", row(Receipt, quantity_returned=2), "CUSTODY", AT_40, "1 are with nobody", VENDOR),
    Case("more came back", row(Receipt, quantity_returned=9), "CUSTODY", AT_40, "9 accounted for", VENDOR),
    Case(
        "too many came and nobody decided", too_many, "CUSTODY", AT_40, "nobody decided what they are", VENDOR
    ),
    Case("process certificate revoked", revoke(PROCESS), "PROCESS", AT_40, "was revoked", VENDOR),
    Case(
        "process certificate waits", another(PROCESS, "in_review"), "PROCESS", AT_40, "waits for a decision"
    ),
    Case(
        "process certificate not entered",
        another(PROCESS, "received"),
        "PROCESS",
        AT_40,
        "its fields are not entered",
    ),
    Case(
        "process certificate revoked, the next one rejected",
        another(PROCESS, "rejected"),
        "PROCESS",
        AT_40,
        "was revoked: Another bath. Ask for another one.",
        VENDOR,
    ),
    Case(
        "certificate names another order",
        says(PROCESS, po_number="PO-9"),
        "PROCESS",
        AT_40,
        "names order PO-9",
        VENDOR,
        also=BY_HAND,
    ),
    Case(
        "certificate names another part",
        says(PROCESS, part_number="X"),
        "PROCESS",
        AT_40,
        "names part X",
        VENDOR,
        also=BY_HAND,
    ),
    Case(
        "certificate names another part revision",
        says(PROCESS, part_revision="Z"),
        "PROCESS",
        AT_40,
        "names part revision Z",
        VENDOR,
        also=BY_HAND,
    ),
    Case(
        "certificate names another type",
        says(PROCESS, spec_type="III"),
        "PROCESS",
        AT_40,
        "names type III",
        VENDOR,
        also=BY_HAND,
    ),
    Case(
        "work was done at another site",
        lambda w: papers(PROCESS).update(site=w.cast.shop_site),
        "PROCESS",
        AT_40,
        "names site Halden Precision",
        VENDOR,
    ),
    Case(
        "certificate is for fewer pieces",
        says(PROCESS, quantity=2),
        "PROCESS",
        AT_40,
        "is for 2 pieces and is used for 3",
        also=BY_HAND,
    ),
    Case(
        "certified before it was done",
        says(PROCESS, stated_on=in_days(-1)),
        "DATES",
        AT_40,
        "is before",
        VENDOR,
        also=BY_HAND,
    ),
    Case(
        "done before it was sent",
        says(PROCESS, process_from=in_days(-1)),
        "DATES",
        AT_40,
        "processed from",
        VENDOR,
        also=BY_HAND,
    ),
    Case(
        "ordered after it was done",
        row(OutsideOrder, ordered_on=in_days(1)),
        "DATES",
        AT_40,
        "is before ordered",
        VENDOR,
    ),
    Case(
        "return is not verified",
        row(
            Receipt, acceptance_signature=None, is_count_right=None, is_identity_right=None, is_undamaged=None
        ),
        "INCOMING",
        AT_40,
        "nobody has verified count, identity and damage",
        "Lotte Brandvold",
    ),
    Case(
        "pieces came back damaged",
        row(Receipt, is_undamaged=False),
        "INCOMING",
        AT_40,
        "pieces are damaged",
        "Lotte Brandvold",
    ),
    # measured
    Case("gauge was out of tolerance", gauge_is_bad(50), "RESULTS", "50/1", "had no calibration in force"),
    Case(
        "earlier gauge was out of tolerance",
        gauge_is_bad(30),
        "RESULTS",
        "30/1",
        "had no calibration in force",
    ),
    Case(
        "source rejected a value",
        value(50, stated="NOK"),
        "RESULTS",
        "50/1",
        "contradicts the verdict of its source",
        also=BY_HAND,
    ),
    Case(
        "value is outside its limits",
        value(50, verdict="FAIL"),
        "RESULTS",
        "50/1",
        "is outside its limits",
        also=BY_HAND,
    ),
    Case(
        "value was withdrawn",
        voided,
        "RESULTS",
        "50/1",
        "(2 of 3). Measure the rest.",
        "Ines Calloway",
        also=BY_HAND,
    ),
    Case("inspection is not completed", reopened, "RESULTS", "50/1", "is not completed", "Lotte Brandvold"),
    Case(
        "measured before it was made",
        value(50, measured_on=in_days(-1)),
        "DATES",
        "results",
        "was measured on",
        also=BY_HAND,
    ),
    Case(
        "customer has not approved the first article",
        row(OrderLine, fai_regime="before_dispatch"),
        "FAI",
        "",
        "waits for the approval of Orrin Aerospace in field 24",
        CUSTOMER,
    ),
    Case(
        "customer's reference is not recorded",
        row(OrderLine, fai_regime="held"),
        "FAI",
        "",
        "Ask Orrin Aerospace for its reference",
    ),
    Case(
        "first article was approved by its maker",
        approved_by_its_maker,
        "FAI",
        "",
        "who also wrote or verified it",
    ),
    Case("pieces are set apart", set_apart, "NC", "{nc}", "is not decided. Disposition it."),
    Case("concession is for fewer pieces", conceded_for_fewer, "NC", "{nc}", "carries serial", CUSTOMER),
    # shipped
    Case(
        "clause's evidence withdrawn",
        withdrawn("evidence"),
        "CLAUSES",
        "clause Q-evidence B",
        "Nothing shows for lot",
    ),
    Case(
        "customer has not been here",
        withdrawn("source"),
        "CLAUSES",
        "clause Q-source B",
        "has not inspected lot",
        CUSTOMER,
    ),
    Case(
        "clause came later",
        new_clause("evidence"),
        "CLAUSES",
        "clause Q-new-evidence B",
        "Record its evidence",
    ),
    Case(
        "signed before it was let go",
        new_clause("hold", point_at=50),
        "CLAUSES",
        "clause Q-new-hold B",
        "nothing shows that Orrin Aerospace let it go first",
    ),
    Case(
        "clause names no operation",
        clause_by_operation,
        "CLAUSES",
        "clause Q-wash B",
        "no operation of route",
    ),
    Case(
        "conformity was changed after it was signed",
        content(lambda words: words.update({"6": "4500"}), is_signed=False),
        "COC",
        "",
        "was changed after it was signed",
    ),
    Case(
        "conformity leaves a field blank",
        content(lambda words: words.update({"12": ""}), is_signed=True),
        "COC",
        "",
        "leaves field 12 blank",
    ),
    Case("concession is not told", conceded, "COC", "", "does not name concession {concession}"),
    Case(
        "certificate is gone from the store",
        file_gone(PROCESS, is_changed=False),
        "FILES",
        "",
        "BW 20931.pdf",
    ),
    Case(
        "certificate was changed in the store", file_gone(MATERIAL, is_changed=True), "FILES", "", "mill.pdf"
    ),
    Case("customer has works abroad", abroad, "EXPORT", "customer", "forbids sending it to FR"),
    Case(
        "nobody was eligible to see it",
        not_eligible,
        "EXPORT",
        "people",
        "not recorded as export-eligible",
    ),
    Case(
        "route was edited behind its release",
        edited(
            RouteRevision,
            "routes_operation SET instructions = 'Skip the wash.' WHERE route_revision_id = {pk}",
        ),
        "TRAIL",
        "signatures",
        "no longer reads as it was signed. Changed since it was signed: the instructions of an operation.",
    ),
    Case(
        "inspection was planned anew behind its signature",
        edited(
            InspectionRecord,
            "inspection_inspectionrecord SET lot_size = lot_size, plan = '[]' WHERE id = {pk}",
        ),
        "TRAIL",
        "signatures",
        "Changed since it was signed: the checks it was planned with.",
    ),
    Case(
        "first article was edited behind its approval",
        edited(
            FirstArticle,
            "inspection_firstarticle SET forms = jsonb_set(forms, '{{form3,0,9}}', '\"69.99\"') WHERE id = {pk}",
        ),
        "TRAIL",
        "signatures",
        "Changed since it was signed: field 9 of Form 3.",
    ),
    Case(
        "signature was moved to another record",
        edited(
            Certificate,
            "documents_certificate SET decision_signature_id = (SELECT MIN(release_signature_id) "
            "FROM routes_routerevision) WHERE id = {pk}",
        ),
        "TRAIL",
        "signatures",
        "It was given for route",
    ),
    Case(
        "amendment is not looked at", due_later, "TRAIL", "edits", "Maud Ferreira", "another quality engineer"
    ),
    Case(
        "reinstatement is not looked at",
        back_again,
        "TRAIL",
        "edits",
        "1 edit of lot",
        "another quality engineer",
    ),
    Case(
        "difference was decided unseen",
        decided_difference,
        "TRAIL",
        "edits",
        "1 edit of lot",
        "another quality engineer",
    ),
]


def test_the_whole_lot_passes(whole):
    assert release(whole.cast, whole.shipment).state == ReleasePackage.FROZEN


def test_there_are_sixty_and_each_lacks_something_else():
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_gate_refuses_and_names_exactly_what_is_missing(whole, case):
    case.act(whole)
    with pytest.raises(ChainIsOpen) as refused:
        release(whole.cast, whole.shipment)
    slots = refused.value.facts["slots"]
    numbers = {
        "heat": whole.lot.material_lot.number,
        "nc": number_of(Nonconformance),
        "concession": number_of(Concession),
        "hold": number_of(Hold),
        "amendment": number_of(TravelerAmendment),
    }
    missing = (case.code, case.subject.format(**numbers))
    assert [(slot.code, slot.subject) for slot in slots] == [missing, *case.also]
    slot = slots[0]
    assert case.words.format(**numbers) in slot.sentence
    assert (slot.owner, slot.lot, slot.stops) == (case.owner, whole.lot.number, True)
    assert slot.sentence in str(refused.value)
    assert slot.sentence.endswith(".")
    assert slot.url_name
    assert Shipment.objects.get().state == Shipment.CERTIFIED
    assert Traveler.objects.get(pk=whole.lot.pk).state == Traveler.COMPLETE
    assert ReleasePackage.objects.count() == 0


def number_of(model) -> str:
    return next(iter(model.objects.values_list("number", flat=True)), "")


FAMOUS = {
    "AMS 2759/4 for /2": (PROCESS, {"spec_number": "AMS 2759/4"}, "names specification AMS 2759/4"),
    "the next heat": (MATERIAL, {"identifier": "H-NEXT"}, "names heat or batch H-NEXT"),
}


@pytest.mark.parametrize("fault", FAMOUS)
def test_famous_faults_are_refused_before_anybody_can_accept_them(whole, fault):
    kind, wrong, words = FAMOUS[fault]
    revoke(kind)(whole)
    if kind == PROCESS:
        paper = make_process_certificate(whole.cast, lot=whole.lot, **wrong)
    else:
        paper = make_material_certificate(whole.cast, material=whole.lot.material_lot, **wrong)
    by = whole.cast.quality
    with pytest.raises(CertificateDoesNotMatch, match=words):
        certificates.accept(by=by, certificate=paper, token=reauth(by), seen=seen_by_looking(paper))
