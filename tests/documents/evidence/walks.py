"""Random walks of a shop: one source of chance, a few lots, any act at any moment, also those that are refused.

One file: the acts share the state of one walk, and a failing walk is read act by act beside the code of each.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pikepdf
from django.db import transaction
from django.db.models import Q

from documents.domain import certificates, packages, release_steps, shipments, trail, waivers
from documents.models import Certificate, ReleasePackage, Shipment, ShipmentLine, Waiver
from inspection.domain import (
    customer_reviews,
    evaluation_scopes,
    evaluations,
    first_articles,
    measurements,
    nonconformances,
    records,
)
from inspection.domain import reversals as inspection_reversals
from inspection.domain.record_contents import values_of
from inspection.domain.records import ReceiptAnswers
from inspection.domain.trigger_reading import read_pair
from inspection.models import FirstArticle, InspectionRecord, Measurement, Nonconformance
from portal.domain import event_log
from portal.domain.errors import Refused
from portal.domain.reauthentication import issue
from portal.models import Person
from routes.domain import clause_evidence, gauges, holds, lots, materials, rejoining, setups, travelers
from routes.domain.reversals import undo_step
from routes.models import (
    ClauseEvidence,
    Gauge,
    Hold,
    LineClause,
    LockDifference,
    MaterialLot,
    Operation,
    OrderLine,
    RouteRevision,
    SetupRun,
    Traveler,
    TravelerAmendment,
    TravelerStep,
)
from subcontract.domain import approvals, flowdown, outside_orders, receipts
from subcontract.models import ApprovalScope, OutsideOrder, OutsideOrderLine, Receipt
from tests.cast import Cast
from tests.documents.evidence.lock_walks import LOCK_ACTS
from tests.documents.evidence.oracle import Books, open_links
from tests.factories.amendments import approve as approve_amendment
from tests.factories.amendments import propose
from tests.factories.amendments import refuse as refuse_amendment
from tests.factories.certificates import pdf, seen_by_looking
from tests.factories.measuring import characteristic_of, kind_at
from tests.factories.routes import NC_PROGRAM, today

ALL_RIGHT = ReceiptAnswers(is_count_right=True, is_identity_right=True, is_undamaged=True)
WRONG_WORDS = {
    "po_number": "PO-999999",
    "part_number": "BRK-0",
    "part_revision": "Z",
    "spec_number": "AMS 2759/4",
    "spec_revision": "Z",
    "spec_type": "III",
    "spec_class": "2",
    "identifier": "H-NEXT",
    "condition": "7075-T6",
    "certificate_type": "2.2",
    "signed_name": "",
    "stated_number": "",
    "process_from": "two days before",
    "stated_on": "two days before",
}


class Disagreement(AssertionError):
    """The gate and the plain reading say different things, or a piece is nowhere or in two places."""


@dataclass
class World:
    """What stands before any walk: people, routes, order lines, heats, and lots at several stages."""

    cast: Cast
    gauge: Gauge
    heats: list[MaterialLot]
    lines: list[OrderLine]
    roots: list[str]


@dataclass
class Walk:
    """One walk: what chance it follows, the lots in play, and what was done so far."""

    world: World
    rng: random.Random
    roots: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    is_released: int = 0
    is_dispatched: int = 0
    judged: int = 0
    open_ones: int = 0
    opened: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.cast = self.world.cast

    # ------------------------------------------------------------------ choosing

    def lots(self) -> list[Traveler]:
        wanted = Q(pk=None)
        for root in self.roots:
            wanted |= Q(number=root) | Q(number__startswith=f"{root}/")
        return list(Traveler.objects.filter(wanted).order_by("number"))

    def lot(self) -> Traveler:
        return self.rng.choice(self.lots())

    def any(self, records):
        """Choose one record; refuse the act when there is none."""
        found = list(records.order_by("pk"))
        if not found:
            raise Refused("There is nothing of the kind.")
        return self.rng.choice(found)

    def chance(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent

    def engineer(self) -> Person:
        return self.rng.choice([self.cast.quality, self.cast.second_quality])

    def day(self):
        """Most days are today; some are in the days before."""
        return today() - timedelta(days=self.rng.choice([0, 0, 0, 0, 1, 2, 5]))

    def shipments(self):
        return Shipment.objects.filter(lines__traveler__in=self.lots()).distinct()

    # ------------------------------------------------------------------ walking

    def go(self, acts: int) -> None:
        for _ in range(acts):
            name, act = self._choose()
            try:
                self.told.append(f"{name}: {act(self) or 'done'}")
            except Refused as refusal:
                self.told.append(f"{name} refused: {refusal}")

    def _choose(self) -> tuple[str, Callable[[Walk], str | None]]:
        if self.chance(55):
            return "go on", go_on
        name = self.rng.choice(sorted(ACTS))
        return name, ACTS[name]


def token(person: Person) -> str:
    """Return the credential of a person who has just given it."""
    return issue(person=person)


# ---------------------------------------------------------------------------------------- the next thing to do


def go_on(walk: Walk) -> str | None:
    """Do for one lot what would bring it nearer to the road."""
    lot = walk.lot()
    step = lots.current_step(lot)
    if lot.state == Traveler.SHIPPED or lot.state == Traveler.CLOSED:
        raise Refused(f"{lot.number} is gone.")
    if amendment := lot.amendments.filter(state=TravelerAmendment.PROPOSED).first():
        by = walk.engineer()
        return f"{approve_amendment(walk.cast, amendment, by=by, token=token(by)).number} approved"
    if step is None:
        return f"{lot.number} {_finish(walk, lot)}"
    kind = step.operation.kind
    if kind == Operation.MATERIAL and lot.material_lot_id is None:
        return f"{lot.number} {_issue(walk, lot)}"
    if kind == Operation.OUTSIDE:
        return f"{lot.number} {_outside(walk, lot, step)}"
    if kind == Operation.INSPECT:
        return f"{lot.number} {_inspect(walk, lot, step)}"
    by = walk.cast.operator
    travelers.sign_step(by=by, step=step, token=token(by))
    if kind == Operation.MACHINE:
        _run(walk, step)
    return f"{lot.number} signs {step.operation.sequence}"


def _issue(walk: Walk, lot: Traveler) -> str:
    heat = walk.rng.choice(walk.world.heats)
    materials.issue_material(by=walk.cast.operator, traveler=lot, material_lot=heat)
    return f"takes {heat.number}"


def _run(walk: Walk, step: TravelerStep, revision: str = "B") -> None:
    setups.record_run(
        by=walk.rng.choice([walk.cast.operator, walk.cast.quality]),
        step=step,
        fixture="FX-12",
        fixture_revision=revision,
        nc_program=NC_PROGRAM,
        machine="VF-2",
    )


def _inspect(walk: Walk, lot: Traveler, step: TravelerStep) -> str:
    by = walk.cast.inspector
    record = InspectionRecord.objects.filter(step=step, state=InspectionRecord.OPEN).first()
    record = record or records.open_inspection(by=by, step=step, kind=kind_at(lot))
    bad = 0
    there = set(values_of(record).values_list("characteristic__uuid", "serial"))
    serials = measurements.record_serials(record)
    for planned in record.plan:
        wanted = characteristic_of(record, planned["balloon"])
        for serial in serials[: records.pieces_wanted(planned, len(serials))]:
            if (wanted.uuid, serial) in there:
                continue
            is_bad = walk.chance(3)
            bad += is_bad
            measurements.record_value(
                by=by,
                record=record,
                characteristic=wanted,
                serial=serial,
                value=wanted.nominal + (Decimal("0.5") if is_bad else 0),
                unit=wanted.unit,
                measured_on=walk.day() if walk.chance(15) else today(),
                gauge=walk.world.gauge,
                stated="NOK" if walk.chance(2) else "",
            )
    records.complete(by=by, record=record, token=token(by), receipt_answers=ALL_RIGHT)
    return f"inspected at {step.operation.sequence}, {bad} bad"


def _outside(walk: Walk, lot: Traveler, step: TravelerStep) -> str:
    """Send it, take it back, verify it: whatever comes next."""
    line = OutsideOrderLine.objects.filter(step=step).exclude(order__state=OutsideOrder.CANCELLED).last()
    if records.receipt_of(step) is not None:
        return _inspect(walk, lot, step)
    if line is None and lots.lineage(lot)[1:]:
        family = [kin.pk for kin, _ in lots.lineage(lot)]
        out = [each for each in _out(walk) if each.traveler_id in family]
        line = out[0] if out else None
    if line is None:
        return _order(walk, step)
    if line.order.state == OutsideOrder.DRAFT:
        by = walk.engineer()
        flowdown.pass_on_the_rest(by=by, line=line)
        outside_orders.issue(by=by, order=line.order, token=token(by))
        return f"{line.order.number} issued"
    if line.order.state == OutsideOrder.ISSUED and flowdown.amended_since(line):
        outside_orders.cancel(by=walk.engineer(), order=line.order)
        return f"{line.order.number} cancelled, the order was amended"
    if line.order.state == OutsideOrder.ISSUED:
        on = max(line.order.ordered_on, walk.day())
        outside_orders.ship(by=walk.cast.operator, order=line.order, shipped_on=on, document="SL-77")
        return f"{line.order.number} left on {on}"
    return _receive(walk, line, is_whole=walk.chance(75))


def _order(walk: Walk, step: TravelerStep) -> str:
    order = outside_orders.draft_order(
        by=walk.engineer(),
        site=walk.cast.vendor_site,
        ordered_on=walk.day(),
        due_on=today() + timedelta(days=9),
        certificate_content="Specification, quantity, dates.",
    )
    outside_orders.add_line(by=walk.cast.quality, order=order, step=step, flowdown="Mask the bore.")
    return f"on {order.number} of {order.ordered_on}"


def _out(walk: Walk) -> list[OutsideOrderLine]:
    found = OutsideOrderLine.objects.filter(traveler__in=walk.lots(), order__state=OutsideOrder.SHIPPED)
    return list(found.order_by("pk"))


def _receive(walk: Walk, line: OutsideOrderLine, *, is_whole: bool) -> str:
    out = receipts.out_on_line(line)
    if not out:
        raise Refused(f"Nothing is out on {line}.")
    held = lots.quantity_of(out[0])
    lost = 0 if is_whole else walk.rng.randint(0, min(2, held))
    back = held - lost if is_whole else walk.rng.randint(0, held - lost)
    scrapped = walk.rng.randint(0, lost)
    serials = lots.serials_of(out[0])
    receipts.receive(
        by=walk.cast.operator,
        line=line,
        quantity_returned=back,
        quantity_scrapped=scrapped,
        quantity_short=lost - scrapped,
        received_on=walk.day() if walk.chance(20) else today(),
        serials=tuple(serials[:back]) if serials else (),
        lost_serials=tuple(serials[back : back + lost]) if serials else (),
        witness=walk.cast.inspector if lost else None,
    )
    return f"back on {line}: {back}, {lost} lost"


def _finish(walk: Walk, lot: Traveler) -> str:
    """Bring papers, a first article, a review and a shipment: whatever the plain reading says is open."""
    placed = ShipmentLine.objects.filter(traveler=lot, is_active=True).select_related("shipment").first()
    links = open_links(lot.number)
    if not set(links) <= {"COC", "FILES"}:
        code = walk.rng.choice(sorted(set(links) - {"COC", "FILES"}))
        return f"{code}: {_mend(walk, lot, code)}"
    if placed is None:
        drafted = shipments.draft_shipment(by=walk.engineer(), customer=walk.cast.customer, lots=[lot])
        return f"on {drafted.number}"
    return _move_on(walk, placed.shipment)


def _mend(walk: Walk, lot: Traveler, code: str) -> str | None:
    if code == "MATERIAL":
        return _paper_of_heat(walk, lot.material_lot)
    if code in ("PROCESS", "APPROVAL", "DATES"):
        return _paper_of_step(walk, lot)
    if code == "LOCK":
        step = next(each for each in lots.steps_of(lot) if each.operation.kind == Operation.MACHINE)
        open_one = LockDifference.objects.filter(run__step=step, disposition_signature=None).first()
        return _decide_difference(walk, open_one) if open_one else _run(walk, step)
    if code == "FAI":
        return decide_what_changed(walk) or ACTS["bring a first article on"](walk)
    if code == "NC":
        return ACTS["decide a nonconformance"](walk)
    if code == "CLAUSES":
        return ACTS["show a clause"](walk)
    if code == "TRAIL":
        by = walk.engineer()
        trail.review(by=by, traveler=lot, remarks="Seen.", token=token(by))
        return "edits reviewed"
    return ACTS["repeat operations"](walk)


def _move_on(walk: Walk, shipment: Shipment) -> str:
    if shipment.state == Shipment.RELEASED:
        return _dispatch(walk, shipment)
    if shipment.conformity_certificates.exists() and walk.chance(75):
        return _release(walk, shipment)
    return _certify(walk, shipment)


# ------------------------------------------------------------------------------------------------ the gate


def _certify(walk: Walk, shipment: Shipment) -> str:
    by = walk.engineer()
    made = shipments.certify(by=by, shipment=shipment, token=token(by), reason="As it stands now.")
    return f"{shipment.number} certified, revision {made.revision}"


def _release(walk: Walk, shipment: Shipment) -> str:
    """Ask the gate; it must let through exactly what the plain reading finds complete."""
    books = Books()
    found = {number: open_links(number, books) for number in shipments.lot_numbers(shipment)}
    by = walk.engineer()
    try:
        package = shipments.release(by=by, shipment=shipment, token=token(by), reason="As it stands.")
    except shipments.ChainIsOpen as refusal:
        if not any(found.values()):
            raise Disagreement(f"{shipment.number} is complete and was refused: {refusal}") from refusal
        raise
    walk.is_released += 1
    if any(found.values()):
        raise Disagreement(f"{package.number} was released with {found} open.")
    return f"{package.number} released"


def drawn() -> bytes:
    """Return the least a drawn package is: a page and the list of its sections. Drawing is another test's matter."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    document.attachments["index.json"] = b'{"sections": []}'
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def make_proven(package: ReleasePackage) -> None:
    """Take a frozen package to its archive, with the least that can be drawn."""
    packages.seal(package=package, content=release_steps.sealed_bytes(package, drawn()))
    package.refresh_from_db()
    block = transaction.atomic()
    # the log is written in a transaction of its own; inside a test's this says that the test is the outermost
    block._from_testcase = True
    with block:
        event_log.sequence_now()
        content = release_steps.build_archive(package)
        stored, size = release_steps.keep_bytes_of(package, content), release_steps.size_under(content)
        release_steps.keep_archive(package=package, stored=stored, size=size)
    package.refresh_from_db()


def _dispatch(walk: Walk, shipment: Shipment) -> str:
    package = shipments.current_package(shipment)
    if package is not None and package.state == ReleasePackage.FROZEN:
        make_proven(package)
    by = walk.engineer()
    numbers = shipments.lot_numbers(shipment)
    shipments.dispatch(by=by, shipment=shipment, token=token(by))
    walk.is_dispatched += 1
    found = {number: links for number in numbers if (links := open_links(number))}
    if found:
        raise Disagreement(f"{shipment.number} left with {found} open.")
    return f"{shipment.number} left"


# ------------------------------------------------------------------------------------------------ papers


def _paper_of_heat(walk: Walk, heat: MaterialLot | None) -> str:
    if heat is None:
        raise Refused("No heat is issued.")
    waiting = Certificate.objects.filter(coverages__material_lot=heat, state=Certificate.IN_REVIEW)
    if waiting.exists():
        return _accept(walk, waiting.order_by("pk").last())
    by = walk.cast.inspector
    paper = certificates.upload(by=by, content=pdf(), name="mill.pdf", kind=Certificate.MATERIAL)
    pieces = heat.received_pieces if walk.chance(85) else walk.rng.randint(1, heat.received_pieces)
    certificates.cover(by=by, certificate=paper, material_lot=heat, quantity=pieces)
    says = {
        "stated_number": f"RM-{paper.number}",
        "stated_on": heat.received_on,
        "certificate_type": walk.rng.choice(["3.1", "3.1", "3.1", "3.2"]),
        "spec_number": heat.specification.number,
        "spec_revision": heat.specification.revision,
        "condition": heat.condition,
        "identifier": heat.identifier,
        "signed_name": "H. Ridge",
    }
    certificates.enter_fields(by=by, certificate=paper, **_maybe_wrong(walk, says))
    return f"{paper.number} entered for {heat.number}"


def _paper_of_step(walk: Walk, lot: Traveler) -> str:
    steps = [each for each in lots.steps_of(lot) if each.operation.kind == Operation.OUTSIDE]
    if not steps:
        raise Refused(f"{lot.number} sends nothing out.")
    step = walk.rng.choice(steps)
    waiting = Certificate.objects.filter(coverages__step=step, state=Certificate.IN_REVIEW)
    if waiting.exists():
        return _accept(walk, waiting.order_by("pk").last())
    back = records.receipt_of(step)
    line = back.line if back else OutsideOrderLine.objects.filter(step=step).last()
    if line is None:
        raise Refused(f"{lot.number} was not sent out.")
    return _bring(walk, line)


def _bring(walk: Walk, line: OutsideOrderLine, replaces: Certificate | None = None) -> str:
    paper = certificates.upload(
        by=walk.cast.inspector if replaces else walk.cast.vendor,
        content=pdf(),
        name="BW.pdf",
        kind=Certificate.PROCESS,
        line=None if replaces else line,
        replaces=replaces,
    )
    left = line.custody_moves.order_by("pk").first()
    begun = left.moved_on if left else line.order.ordered_on
    ended = max(begun, walk.day())
    part_revision = line.traveler.route_revision.part_revision
    says = {
        "stated_number": f"BW-{paper.number}",
        "stated_on": today(),
        "certificate_type": "process",
        "site": line.order.site,
        "po_number": line.order.number,
        "part_number": part_revision.part.number,
        "part_revision": part_revision.revision,
        "spec_number": walk.rng.choice([line.specification.number, "MIL-A-8625"]),
        "spec_revision": line.specification.revision,
        "spec_type": line.spec_type,
        "spec_class": line.spec_class,
        "quantity": sum(paper.coverages.values_list("quantity", flat=True)) or line.quantity,
        "process_from": begun if walk.chance(80) else None,
        "process_to": ended if walk.chance(80) else None,
        "signed_name": "D. Marchetti",
    }
    certificates.enter_fields(by=walk.cast.inspector, certificate=paper, **_maybe_wrong(walk, says))
    return f"{paper.number} entered for {line}"


def _maybe_wrong(walk: Walk, says: dict) -> dict:
    if not walk.chance(12):
        return says
    name = walk.rng.choice(sorted(set(says) & set(WRONG_WORDS)))
    wrong = WRONG_WORDS[name]
    return {**says, name: today() - timedelta(days=2) if wrong == "two days before" else wrong}


def _accept(walk: Walk, paper: Certificate) -> str:
    by = walk.engineer()
    certificates.accept(
        by=by, certificate=paper, token=token(by), reason="Compared.", seen=seen_by_looking(paper)
    )
    return f"{paper.number} accepted"


def _of_walk(walk: Walk):
    lots_in_play = walk.lots()
    heats = [each.pk for each in walk.world.heats]
    about = Q(coverages__traveler__in=lots_in_play) | Q(coverages__material_lot__in=heats)
    return Certificate.objects.filter(about).distinct()


def bring_paper(walk: Walk) -> str:
    return _paper_of_step(walk, walk.lot())


def bring_heat_paper(walk: Walk) -> str:
    return _paper_of_heat(walk, walk.rng.choice(walk.world.heats))


def accept_paper(walk: Walk) -> str:
    return _accept(walk, walk.any(_of_walk(walk).filter(state=Certificate.IN_REVIEW)))


def reject_paper(walk: Walk) -> str:
    paper, by = walk.any(_of_walk(walk).filter(state=Certificate.IN_REVIEW)), walk.engineer()
    certificates.reject(by=by, certificate=paper, reason="Not ours.", token=token(by))
    return f"{paper.number} rejected"


def revoke_paper(walk: Walk) -> str:
    paper, by = walk.any(_of_walk(walk).filter(state=Certificate.ACCEPTED)), walk.engineer()
    certificates.revoke(by=by, certificate=paper, reason="Another bath.", token=token(by))
    return f"{paper.number} revoked"


def type_anew(walk: Walk) -> str:
    paper = walk.any(_of_walk(walk).filter(state=Certificate.IN_REVIEW))
    said = walk.rng.choice(
        [{"quantity": walk.rng.randint(1, 6)}, {"stated_on": walk.day()}, {"spec_revision": "F"}]
    )
    certificates.enter_fields(by=walk.cast.inspector, certificate=paper, **said)
    return f"{paper.number} typed anew: {said}"


def replace_paper(walk: Walk) -> str:
    old = walk.any(
        _of_walk(walk).filter(kind=Certificate.PROCESS, state__in=[Certificate.REJECTED, Certificate.REVOKED])
    )
    covered = old.coverages.filter(step__isnull=False).first()
    if covered is None:
        raise Refused(f"{old.number} is for nothing.")
    step = covered.step
    back = records.receipt_of(step)
    line = back.line if back else OutsideOrderLine.objects.filter(step=step).last()
    if line is None:
        raise Refused("There is no line for it.")
    return _bring(walk, line, replaces=old)


def cover_other(walk: Walk) -> str:
    """Say of a certificate that it is for more or fewer pieces, or for another lot's step."""
    paper = walk.any(_of_walk(walk).filter(kind=Certificate.PROCESS))
    steps = [each for each in lots.steps_of(walk.lot()) if each.operation.kind == Operation.OUTSIDE]
    if not steps:
        raise Refused("It sends nothing out.")
    pieces = walk.rng.randint(1, 4)
    certificates.cover(by=walk.cast.inspector, certificate=paper, step=steps[-1], quantity=pieces)
    return f"{paper.number} for {pieces} of {steps[-1].number}"


# ------------------------------------------------------------------------------------------- on the floor


def open_lot(walk: Walk) -> str:
    line = walk.rng.choice(walk.world.lines)
    route = RouteRevision.objects.get(part_revision=line.part_revision, state=RouteRevision.RELEASED)
    made = travelers.open_traveler(
        by=walk.engineer(), order_line=line, route_revision=route, quantity=walk.rng.randint(1, 3)
    )
    walk.roots.append(made.number)
    return made.number


def split_lot(walk: Walk) -> str:
    lot = walk.lot()
    held = lots.quantity_of(lot)
    pieces = walk.rng.randint(1, max(1, held - 1))
    serials = walk.rng.sample(lots.serials_of(lot), pieces) if lots.serials_of(lot) else ()
    child = lots.split(
        by=walk.cast.operator, traveler=lot, quantity=pieces, reason="For the first truck.", serials=serials
    )
    return f"{child.number} of {pieces}"


def rejoin_lot(walk: Walk) -> str:
    lot = walk.lot()
    into = walk.rng.choice([None, *rejoining.targets_of(lot)]) if lot.parent_id else None
    kept = rejoining.rejoin(by=walk.engineer(), traveler=lot, reason="One truck.", into=into)
    return f"{lot.number} into {kept.number}"


def hold_lot(walk: Walk) -> str:
    lot = walk.lot()
    return (
        f"{lot.number}: {holds.place_hold(by=walk.cast.operator, traveler=lot, reason='Look again.').number}"
    )


def let_hold_go(walk: Walk) -> str:
    hold, by = walk.any(Hold.objects.filter(traveler__in=walk.lots(), state=Hold.PLACED)), walk.engineer()
    holds.release_hold(by=by, hold=hold, reason="Looked.", token=token(by))
    return hold.number


def scrap_or_count(walk: Walk) -> str:
    lot = walk.lot()
    kind = walk.rng.choice(["scrapped", "destroyed", "sample", "correction"])
    pieces = walk.rng.choice([1, 1, -1]) if kind == "correction" else 1
    here = lots.serials_of(lot)
    serials = walk.rng.sample(here, 1) if here else ()
    travelers.record_quantity_move(
        by=walk.cast.operator,
        traveler=lot,
        kind=kind,
        quantity=pieces,
        reason="Counted.",
        witness=walk.cast.inspector if kind in ("scrapped", "correction") else None,
        serials=serials,
    )
    return f"{lot.number}: {kind} {pieces}"


def propose_amendment(walk: Walk) -> str:
    lot, kind = walk.lot(), walk.rng.choice(["redline", "skip", "add", "repeat"])
    sequence = walk.rng.choice([step.operation.sequence for step in lots.steps_of(lot)])
    facts = {"sequence": sequence + 5, "kind": "wash"} if kind == "add" else {"sequence": sequence}
    return f"{kind} {propose(walk.cast, lot, kind, by=walk.engineer(), **facts).number} of {lot.number}"


def decide_amendment(walk: Walk) -> str:
    amendment, by = walk.any(TravelerAmendment.objects.filter(traveler__in=walk.lots())), walk.engineer()
    decide = walk.rng.choice([approve_amendment, approve_amendment, refuse_amendment])
    return f"{decide(walk.cast, amendment, by=by, token=token(by)).number}"


def repeat_operations(walk: Walk) -> str:
    lot = walk.lot()
    done = [each.operation.sequence for each in lots.steps_of(lot) if each.state == TravelerStep.SIGNED]
    wanted = sorted(walk.rng.sample(done, min(len(done), walk.rng.randint(1, 3))))
    travelers.add_rework_pass(
        by=walk.engineer(), traveler=lot, operation_sequences=wanted, reason="Once more."
    )
    return f"{lot.number}: {wanted}"


def run_setup(walk: Walk) -> str:
    lot = walk.lot()
    step = next(each for each in lots.steps_of(lot) if each.operation.kind == Operation.MACHINE)
    _run(walk, step, walk.rng.choice(["B", "B", "C"]))
    return step.number


def decide_difference(walk: Walk) -> str:
    runs = SetupRun.objects.filter(step__traveler__in=walk.lots())
    return _decide_difference(
        walk, walk.any(LockDifference.objects.filter(run__in=runs, disposition_signature=None))
    )


def _decide_difference(walk: Walk, difference: LockDifference) -> str:
    by = walk.engineer()
    setups.disposition_difference(by=by, difference=difference, reason="Same datums.", token=token(by))
    return f"difference at {difference.run.step.number} decided"


# ----------------------------------------------------------------------------------------------- measured


def void_value(walk: Walk) -> str:
    value = walk.any(Measurement.objects.filter(record__traveler__in=walk.lots(), void=None))
    measurements.void_measurement(by=walk.cast.inspector, measurement=value, reason="Wrong piece.")
    return f"a value of {value.record.number}"


def void_inspection(walk: Walk) -> str:
    record = walk.any(InspectionRecord.objects.filter(traveler__in=walk.lots()))
    records.void(by=walk.engineer(), record=record, reason="Wrong plan.")
    return record.number


def begin_inspection(walk: Walk) -> str:
    """Open an inspection and take one value only."""
    lot = walk.lot()
    step = lots.current_step(lot)
    if step is None or step.operation.kind != Operation.INSPECT or lots.quantity_of(lot) == 0:
        raise Refused(f"{lot.number} is not to be inspected.")
    by = walk.cast.inspector
    record = records.open_inspection(by=by, step=step, kind=kind_at(lot))
    wanted = characteristic_of(record, record.plan[0]["balloon"])
    measurements.record_value(
        by=by,
        record=record,
        characteristic=wanted,
        serial=measurements.record_serials(record)[0],
        value=walk.rng.choice([wanted.nominal, wanted.upper + 1]),
        unit=wanted.unit,
        measured_on=walk.day(),
    )
    return record.number


def calibrate(walk: Walk) -> str:
    """Calibrate the gauge again, found good or bad."""
    is_good = walk.chance(60)
    gauges.record_calibration(
        by=walk.cast.inspector,
        gauge=walk.world.gauge,
        certificate_number=f"CAL-{len(walk.told)}",
        calibrated_on=walk.day(),
        due_on=today() + timedelta(days=300),
        is_in_tolerance=is_good,
    )
    return "good" if is_good else "out of tolerance"


def set_apart(walk: Walk) -> str:
    lot = walk.lot()
    held = lots.quantity_of(lot)
    pieces = walk.rng.randint(1, max(1, held))
    serials = tuple(lots.serials_of(lot)[:pieces])
    made = nonconformances.open_nonconformance(
        by=walk.cast.inspector, traveler=lot, description="A scratch.", quantity=pieces, serials=serials
    )
    return f"{made.number} on {pieces} of {lot.number}"


def decide_nonconformance(walk: Walk) -> str:
    found = walk.any(Nonconformance.objects.filter(traveler__in=walk.lots()).exclude(state="closed"))
    if found.state == "dispositioned":
        nonconformances.close(by=walk.cast.inspector, nonconformance=found)
        return f"{found.number} closed"
    disposition = walk.rng.choice(["scrap", "return", "use_as_is", "use_as_is", "rework", "repair"])
    if disposition in ("use_as_is", "repair") and walk.chance(70):
        concede(walk, found)
    done = [
        each.operation.sequence
        for each in lots.steps_of(found.traveler)
        if each.state == TravelerStep.SIGNED and each.operation.kind in ("machine", "inspect")
    ]
    by = walk.engineer()
    nonconformances.disposition(
        by=by,
        nonconformance=found,
        disposition=disposition,
        reason="Looked at.",
        token=token(by),
        witness=walk.cast.inspector if disposition in ("scrap", "return") else None,
        rework_operations=tuple(done) if disposition in ("rework", "repair") else (),
    )
    return f"{found.number}: {disposition}"


def concede(walk: Walk, found: Nonconformance | None = None) -> str:
    found = found or walk.any(Nonconformance.objects.filter(traveler__in=walk.lots()))
    given = nonconformances.add_concession(
        by=walk.engineer(),
        nonconformance=found,
        customer_reference="ORR-DEV-118",
        decided_by="Anton Belisle",
        decided_on=today(),
        quantity_limit=walk.rng.choice([found.quantity, found.quantity, 1]),
        serials=tuple(found.serials) if walk.chance(50) else (),
    )
    return f"{given.number} for {found.number}"


OVER = (FirstArticle.CUSTOMER_APPROVED, FirstArticle.RETURNED, FirstArticle.WITHDRAWN)


def bring_first_article_on(walk: Walk) -> str:
    """Open a first article, or take the one there is a step further."""
    lot = walk.lot()
    here = FirstArticle.objects.filter(part_revision=lot.route_revision.part_revision).order_by("-pk").first()
    by = walk.cast.inspector
    if here is None or here.state in OVER:
        opened = first_articles.open_first_article(
            by=by, traveler=lot, serial=(lots.serials_of(lot) or ["1"])[0], reason="First run"
        )
        return f"{opened.number} opened on {lot.number}"
    if here.state == FirstArticle.DRAFT:
        return first_articles.submit(by=by, first_article=here, token=token(by)).number
    if here.state == FirstArticle.SUBMITTED:
        who = walk.engineer()
        return first_articles.approve(by=who, first_article=here, token=token(who)).number
    who = walk.cast.customer_quality
    return customer_reviews.approve_for_customer(by=who, first_article=here, token=token(who)).number


def decide_what_changed(walk: Walk) -> str:
    """Open the evaluation of a lot where one is due, and decide it."""
    lot = walk.lot()
    pair = read_pair(lot.pk)
    if pair is None or not (pair.undecided() or pair.open_evaluation()):
        return ""
    opened = evaluations.evaluate(by=walk.cast.inspector, traveler=lot)
    who, decision = walk.engineer(), walk.rng.choice(["none", "none", "partial", "full"])
    if decision == "partial" and not evaluation_scopes.proposed_scope(opened):
        decision = "full"
    decided = evaluations.decide(
        by=who, evaluation=opened, decision=decision, justification="Looked at.", token=token(who)
    )
    return f"{decided.number} decided: {decision}"


# ------------------------------------------------------------------------------------------------- undone

ANEW = {"reason": "It was another lot.", "judged_anew": "It is looked at again."}


def undo_a_step(walk: Walk) -> str:
    step = walk.any(TravelerStep.objects.filter(traveler__in=walk.lots(), state=TravelerStep.SIGNED))
    by = walk.engineer()
    return f"{undo_step(by=by, step=step, token=token(by), **ANEW)} of {step.number}"


def undo_an_inspection(walk: Walk) -> str:
    """Undo the latest step of a lot; where an inspection signed it, that inspection."""
    lot = walk.lot()
    signed = [step for step in lots.steps_of(lot) if step.state == TravelerStep.SIGNED]
    last = max(signed, key=lambda step: step.signed_at, default=None)
    record = InspectionRecord.objects.filter(step=last, state=InspectionRecord.COMPLETED).first()
    by = walk.engineer()
    if record is None:
        step = last or walk.any(TravelerStep.objects.filter(traveler=lot))
        return f"{undo_step(by=by, step=step, token=token(by), **ANEW)} of {step.number}"
    undone = inspection_reversals.undo_completion(by=by, record=record, token=token(by), **ANEW)
    return f"{undone} of {record.number}"


def undo_a_decision(walk: Walk) -> str:
    found = walk.any(Nonconformance.objects.filter(traveler__in=walk.lots()).exclude(state="open"))
    by = walk.cast.manager
    undone = inspection_reversals.undo_disposition(by=by, nonconformance=found, token=token(by), **ANEW)
    return f"{undone} of {found.number}"


def withdraw_an_approval(walk: Walk) -> str:
    found = walk.any(FirstArticle.objects.filter(state__in=first_articles.STANDING))
    by = walk.cast.manager
    undone = inspection_reversals.withdraw_approval(by=by, first_article=found, token=token(by), **ANEW)
    return f"{undone} of {found.number}"


# ------------------------------------------------------------------------------------ bought and sent out


def take_back(walk: Walk) -> str:
    out = _out(walk)
    if not out:
        raise Refused("Nothing is out.")
    return _receive(walk, walk.rng.choice(out), is_whole=False)


def verify_wrongly(walk: Walk) -> str:
    """Answer an incoming verification with no: the lot may not go on."""
    waiting = walk.any(Receipt.objects.filter(traveler__in=walk.lots(), acceptance_signature=None))
    step = lots.current_step(waiting.traveler)
    if step is None or step.operation.kind != Operation.OUTSIDE:
        raise Refused("It is not to be verified.")
    by = walk.cast.inspector
    record = InspectionRecord.objects.filter(step=step, state=InspectionRecord.OPEN).first()
    record = record or records.open_inspection(by=by, step=step, kind=InspectionRecord.INCOMING)
    answers = ReceiptAnswers(is_count_right=True, is_identity_right=False, is_undamaged=True)
    records.complete(by=by, record=record, token=token(by), receipt_answers=answers)
    return record.number


def cancel_order(walk: Walk) -> str:
    order = walk.any(OutsideOrder.objects.filter(lines__traveler__in=walk.lots()).distinct())
    outside_orders.cancel(by=walk.engineer(), order=order)
    return order.number


def change_approval(walk: Walk) -> str:
    scope = walk.any(ApprovalScope.objects.filter(site=walk.cast.vendor_site))
    verbs = {
        "approved": ["suspend", "suspend", "withdraw"],
        "suspended": ["reinstate"],
        "withdrawn": ["reinstate"],
    }
    verb = walk.rng.choice(verbs[scope.state])
    on = today() + timedelta(days=walk.rng.choice([-4, -1, 0, 0, 3]))
    getattr(approvals, verb)(by=walk.engineer(), approval=scope, on=on, reason="The audit.")
    return f"{scope.number} {verb} on {on}"


def approve_again(walk: Walk) -> str:
    made = approvals.approve_scope(
        by=walk.engineer(),
        site=walk.cast.vendor_site,
        process="anodize",
        spec_number="MIL-A-8625",
        spec_type=walk.rng.choice(["", "II", "III"]),
        customer=walk.rng.choice([None, walk.cast.customer, walk.cast.stranger_customer]),
        valid_from=walk.day(),
        valid_to=today() + timedelta(days=walk.rng.choice([0, 30])),
        basis="Our audit",
    )
    return made.number


# ---------------------------------------------------------------------------------------- clauses, waivers, edits


def show_clause(walk: Walk) -> str:
    lot = walk.lot()
    carried = walk.any(LineClause.objects.filter(order_line=lot.order_line))
    if carried.clause.kind != "evidence" and walk.chance(60):
        by = walk.cast.customer_quality
        return clause_evidence.let_go(by=by, line_clause=carried, traveler=lot, token=token(by)).number
    by = walk.cast.inspector
    shown = clause_evidence.record(
        by=by,
        line_clause=carried,
        traveler=lot,
        reference="Letter 77",
        present="Anton Belisle" if carried.clause.kind != "evidence" else "",
        done_on=walk.day(),
        token=token(by),
    )
    return f"{shown.number} for {lot.number}"


def withdraw_clause_evidence(walk: Walk) -> str:
    shown = walk.any(ClauseEvidence.objects.filter(traveler__in=walk.lots(), withdrawn_at=None))
    clause_evidence.withdraw(by=walk.engineer(), evidence=shown, reason="Of another lot.")
    return shown.number


def review_edits(walk: Walk) -> str:
    lot, by = walk.lot(), walk.engineer()
    trail.review(by=by, traveler=lot, remarks="Seen.", token=token(by))
    return lot.number


def ask_waiver(walk: Walk) -> str:
    lot = walk.lot()
    links = [(code, subject) for code, subjects in open_links(lot.number).items() for subject in subjects]
    if not links:
        raise Refused(f"{lot.number} has nothing open.")
    code, subject = walk.rng.choice(sorted(links))
    held = lots.quantity_of(lot)
    asked = waivers.request(
        by=walk.engineer(),
        traveler=lot,
        code=code,
        subject=subject,
        reason="Known from the last order.",
        quantity_limit=walk.rng.randint(1, max(1, held)) if walk.chance(30) else held,
        valid_to=today() + timedelta(days=walk.rng.choice([0, 10])),
        serials=(),
    )
    return f"{asked.number} of {code} {subject}; {_grant(walk, asked)}" if walk.chance(70) else asked.number


def _grant(walk: Walk, asked: Waiver) -> str:
    by = walk.cast.customer_quality if asked.authority == Waiver.CUSTOMER else walk.cast.manager
    waivers.grant(by=by, waiver=asked, token=token(by), reason="Agreed.")
    return "granted"


def grant_waiver(walk: Walk) -> str:
    asked = walk.any(Waiver.objects.filter(traveler__in=walk.lots(), state=Waiver.REQUESTED))
    return f"{asked.number} {_grant(walk, asked)}"


def withdraw_waiver(walk: Walk) -> str:
    given = walk.any(Waiver.objects.filter(traveler__in=walk.lots(), state=Waiver.GRANTED))
    by = walk.cast.customer_quality if given.authority == Waiver.CUSTOMER else walk.cast.manager
    waivers.withdraw(by=by, waiver=given, token=token(by), reason="Not any more.")
    return given.number


# ---------------------------------------------------------------------------------------------- shipped


def draft_shipment(walk: Walk) -> str:
    first = walk.lot()
    same = [each for each in walk.lots() if each.route_revision_id == first.route_revision_id]
    chosen = walk.rng.sample(same, min(len(same), walk.rng.randint(1, 2)))
    made = shipments.draft_shipment(by=walk.engineer(), customer=walk.cast.customer, lots=chosen)
    return f"{made.number} of {[each.number for each in chosen]}"


def certify(walk: Walk) -> str:
    return _certify(walk, walk.any(walk.shipments()))


def release(walk: Walk) -> str:
    return _release(walk, walk.any(walk.shipments()))


def dispatch(walk: Walk) -> str:
    return _dispatch(walk, walk.any(walk.shipments().filter(state=Shipment.RELEASED)))


def withdraw_release(walk: Walk) -> str:
    shipment = walk.any(walk.shipments().filter(state=Shipment.RELEASED))
    shipments.withdraw_release(by=walk.engineer(), shipment=shipment, reason="The truck is late.")
    return shipment.number


def cancel_shipment(walk: Walk) -> str:
    shipment = walk.any(walk.shipments())
    shipments.cancel(by=walk.engineer(), shipment=shipment)
    return shipment.number


ACTS: dict[str, Callable[[Walk], str | None]] = {
    "open a lot": open_lot,
    "split": split_lot,
    "rejoin": rejoin_lot,
    "hold": hold_lot,
    "let a hold go": let_hold_go,
    "scrap or count": scrap_or_count,
    "propose an amendment": propose_amendment,
    "decide an amendment": decide_amendment,
    "repeat operations": repeat_operations,
    "run a setup": run_setup,
    "decide a difference": decide_difference,
    "void a value": void_value,
    "void an inspection": void_inspection,
    "begin an inspection": begin_inspection,
    "calibrate": calibrate,
    "set apart": set_apart,
    "decide a nonconformance": decide_nonconformance,
    "concede": concede,
    "bring a first article on": bring_first_article_on,
    "decide what changed": decide_what_changed,
    "undo a step": undo_a_step,
    "undo the latest": undo_an_inspection,
    "undo a decision": undo_a_decision,
    "withdraw an approval": withdraw_an_approval,
    "take back in part": take_back,
    "verify wrongly": verify_wrongly,
    "cancel an order": cancel_order,
    "change an approval": change_approval,
    "approve again": approve_again,
    "bring a certificate": bring_paper,
    "bring a heat's certificate": bring_heat_paper,
    "accept a certificate": accept_paper,
    "reject a certificate": reject_paper,
    "revoke a certificate": revoke_paper,
    "type a certificate anew": type_anew,
    "replace a certificate": replace_paper,
    "cover something else": cover_other,
    "show a clause": show_clause,
    "withdraw a clause's evidence": withdraw_clause_evidence,
    "review edits": review_edits,
    "ask for a waiver": ask_waiver,
    "grant a waiver": grant_waiver,
    "withdraw a waiver": withdraw_waiver,
    "draft a shipment": draft_shipment,
    "certify": certify,
    "release": release,
    "dispatch": dispatch,
    "withdraw a release": withdraw_release,
    "cancel a shipment": cancel_shipment,
    **LOCK_ACTS,
}
