"""A second, plain reading of the rules: one lot, record after record, and which links of its chain are open.

It is written from what the docstrings and decisions say a lot must show. It shares nothing with the chain check:
no statement, no fact, no check of it is used here. Slow on purpose; only tests may call it.
One file, because it is worth something only as long as one reader can hold every rule against it, link after link.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from documents.models import (
    Certificate,
    CertificateCoverage,
    ConformityCertificate,
    Shipment,
    ShipmentLine,
    TrailReview,
    Waiver,
    WaiverUse,
)
from inspection.models import (
    Concession,
    FirstArticle,
    HeldApproval,
    InspectionRecord,
    Measurement,
    MeasurementVoid,
    Nonconformance,
    ReadingsJudgement,
    TriggerEvaluation,
    TriggerPolicy,
)
from portal.models import Authority, Event, Organization, Registration, Signature, Site
from routes.models import (
    Calibration,
    Characteristic,
    ClauseEvidence,
    Component,
    ComponentUse,
    CustomerOrder,
    DrawingNote,
    Gauge,
    Hold,
    LineClause,
    LockDifference,
    MaterialLot,
    NoteMapping,
    Operation,
    OrderLine,
    Part,
    PartRevision,
    Piece,
    PlannedCheck,
    ProductionHandoff,
    QualityClause,
    QuantityMove,
    RecordedElsewhere,
    RouteRevision,
    Setup,
    SetupRun,
    SpecificationRevision,
    Traveler,
    TravelerAmendment,
    TravelerStep,
)
from subcontract.models import (
    ApprovalScope,
    CustodyMove,
    Delegation,
    OutsideOrder,
    OutsideOrderLine,
    OverReturn,
    Receipt,
)
from tests.documents.evidence import oracle_triggers as triggers
from tests.documents.evidence.oracle_components import open_items

REJECTING = {"FAIL", "FAILED", "NOK", "NG", "REJECT", "REJECTED", "OUT", "OUT_OF_TOLERANCE"}
EN_10204 = ["2.1", "2.2", "3.1", "3.2"]


def squeezed(text: str) -> str:
    """Return a text without what only spells it: blanks, dashes, case."""
    return re.sub(r"[^A-Z0-9./]", "", text.upper())


# everything a rule may ask about; read whole, because a walk's shop is small
BOOKS = (
    ApprovalScope,
    Authority,
    Calibration,
    Certificate,
    CertificateCoverage,
    Characteristic,
    ClauseEvidence,
    Component,
    ComponentUse,
    Concession,
    ConformityCertificate,
    CustodyMove,
    CustomerOrder,
    Delegation,
    DrawingNote,
    Event,
    FirstArticle,
    Gauge,
    HeldApproval,
    Hold,
    InspectionRecord,
    LineClause,
    LockDifference,
    MaterialLot,
    Measurement,
    MeasurementVoid,
    Nonconformance,
    NoteMapping,
    Operation,
    OrderLine,
    Organization,
    OutsideOrder,
    OutsideOrderLine,
    OverReturn,
    Part,
    PartRevision,
    Piece,
    PlannedCheck,
    ProductionHandoff,
    QualityClause,
    QuantityMove,
    ReadingsJudgement,
    Receipt,
    RecordedElsewhere,
    Registration,
    RouteRevision,
    Setup,
    SetupRun,
    Shipment,
    ShipmentLine,
    Signature,
    Site,
    SpecificationRevision,
    TrailReview,
    Traveler,
    TravelerAmendment,
    TravelerStep,
    TriggerEvaluation,
    TriggerPolicy,
    Waiver,
    WaiverUse,
)
SIGNED_STEP = ("sign", "step")
# the most frequent verbs, of which no rule asks
UNASKED = ("measure", "open", "cover", "upload", "receive")


class Books:
    """Every record there is, as of now, each holding the others it names; asked like a card index."""

    def __init__(self) -> None:
        self.rows = {model: list(self._read(model)) for model in BOOKS}
        by_key = {model: {row.pk: row for row in rows} for model, rows in self.rows.items()}
        for model, rows in self.rows.items():
            named = [f for f in model._meta.concrete_fields if f.is_relation and f.related_model in by_key]
            for row in rows:
                for each in named:
                    if (key := getattr(row, each.attname)) is not None:
                        row._state.fields_cache[each.name] = by_key[each.related_model][key]
        self.cards: dict[tuple, dict[tuple, list]] = {}

    @staticmethod
    def _read(model):
        if model is Event:
            return Event.objects.defer("canonical").exclude(verb__in=UNASKED).order_by("pk")
        return model.objects.order_by("pk")

    def of(self, model, **equal) -> list:
        """Return the records with these values, the first first."""
        names = tuple(sorted(equal))
        if (model, names) not in self.cards:
            cards: dict[tuple, list] = {}
            for row in self.rows[model]:
                cards.setdefault(tuple(_key(getattr(row, name)) for name in names), []).append(row)
            self.cards[model, names] = cards
        return self.cards[model, names].get(tuple(_key(equal[name]) for name in names), [])


def _key(value):
    return value.pk if hasattr(value, "pk") else value


class PlainReading:
    """Everything about one lot, looked up when it is asked for."""

    def __init__(self, number: str, books: Books) -> None:
        self.books, self.of = books, books.of
        self.lot = self.of(Traveler, number=number)[0]
        self.line = self.lot.order_line
        self.customer = self.line.order.customer
        self.route = self.lot.route_revision
        self.made = self.route.part_revision
        self.part = self.made.part
        self.family = self._family()
        self.steps = self._steps()
        self.quantity = self.quantity_of(self.lot)
        self.shipped_by = next(iter(self.of(ShipmentLine, traveler=self.lot, is_active=True)), None)

    def _family(self) -> list[tuple[Traveler, datetime | None]]:
        """The lot, its parent, and so on up; a record of an ancestor is ours if it is not younger than the split."""
        family, until, each = [(self.lot, None)], None, self.lot
        while each.parent is not None:
            until = each.split_at if until is None or each.split_at < until else until
            each = each.parent
            family.append((each, until))
        return family

    def ours(self, model, moment: str, **equal) -> list:
        """Keep those of the family that count for this lot, judged by one moment of each."""
        return [
            record
            for kin, cut in self.family
            for record in self.of(model, traveler=kin, **equal)
            if cut is None or getattr(record, moment) <= cut
        ]

    def passes_of(self, kin: Traveler, operation: Operation, pass_number: int) -> list[TravelerStep]:
        return self.of(TravelerStep, traveler=kin, operation=operation, pass_number=pass_number)

    def _steps(self) -> list[TravelerStep]:
        found = []
        operations = set(self.of(Operation, route_revision=self.route))
        # what an amendment added to the lot, or to the one it came from, is of no route
        for kin, _ in self.family:
            operations |= {step.operation for step in self.of(TravelerStep, traveler=kin)}
        for operation in sorted(operations, key=lambda each: each.sequence):
            best = None
            for kin, cut in self.family:
                for step in self.of(TravelerStep, traveler=kin, operation=operation):
                    is_ours = (
                        cut is None
                        or step.state == "elsewhere"
                        or (step.state == "signed" and step.signed_at <= cut)
                        or (step.state == "skipped" and step.skipped_at <= cut)
                    )
                    # the family runs from the lot upwards, so of one pass the first found is the nearest
                    if is_ours and (best is None or step.pass_number > best.pass_number):
                        best = step
            if best is not None:
                found.append(best)
        return found

    def quantity_of(self, lot: Traveler) -> int:
        left = sum(each.quantity for each in self.of(QuantityMove, traveler=lot))
        apart = sum(each.quantity_started for each in self.of(Traveler, parent=lot))
        return lot.quantity_started - left - apart

    def serials(self) -> list[str]:
        here = self.of(Piece, traveler=self.lot, is_gone=False)
        return [piece.serial for piece in sorted(here, key=lambda each: (each.position, each.pk))]

    def of_kind(self, kind: str) -> list[TravelerStep]:
        return [step for step in self.steps if step.operation.kind == kind]

    def shown_elsewhere(self, proves: str, operation: Operation | None = None) -> bool:
        """Whether a scan somebody reviewed shows one thing that was done before the lot came in."""
        asked = {"proves": proves, "operation": operation, "state": "reviewed"}
        return any(self.of(RecordedElsewhere, traveler=kin, **asked) for kin, _ in self.family)

    def sent(self, line: OutsideOrderLine) -> list[CustodyMove]:
        return self.of(CustodyMove, line=line, to_site=line.order.site)

    def lines_of(self, step: TravelerStep) -> list[OutsideOrderLine]:
        """The outside lines of one operation and pass: our own, and an ancestor's that had left before the split."""
        found = []
        for kin, cut in self.family:
            for past in self.passes_of(kin, step.operation, step.pass_number):
                for line in self.of(OutsideOrderLine, step=past):
                    left = [each.recorded_at for each in self.sent(line)]
                    is_ours = cut is None or (left and min(left) <= cut)
                    if is_ours and line.order.state not in ("draft", "cancelled"):
                        found.append(line)
        return sorted(found, key=lambda line: line.pk)

    def receipts_of(self, step: TravelerStep) -> list[Receipt]:
        found = []
        for kin, cut in self.family:
            for receipt in self.of(Receipt, traveler=kin):
                worked = receipt.line.step
                if (worked.operation_id, worked.pass_number) != (step.operation_id, step.pass_number):
                    continue
                site = receipt.line.order.site
                home = self.of(CustodyMove, line=receipt.line, traveler=kin, from_site=site)
                counted = receipt.delegation is not None and cut is not None and receipt.recorded_at <= cut
                if cut is None or counted or any(each.recorded_at <= cut for each in home):
                    found.append(receipt)
        return sorted(found, key=lambda receipt: receipt.pk)


def open_links(number: str, books: Books | None = None) -> dict[str, set[str]]:
    """Return the codes that are open with what each is open for; a closed code is not there."""
    lot = PlainReading(number, books or Books())
    found = {code: rule(lot) for code, rule in RULES.items()}
    return {code: subjects for code, subjects in let_pass(lot, found).items() if subjects}


# ------------------------------------------------------------------------------------- planned and made


def notes(lot: PlainReading) -> set[str]:
    unanswered = set()
    for note in lot.of(DrawingNote, part_revision=lot.made):
        answers = lot.of(NoteMapping, note=note, route_revision=lot.route)
        if not any(a.operation_id or a.document or a.not_applicable_signature_id for a in answers):
            unanswered.add(f"note {note.note_number}")
    for carried in lot.of(LineClause, order_line=lot.line, answer=""):
        unanswered.add(f"clause {carried.clause.number} {carried.clause.revision}".strip())
    return unanswered


def route(lot: PlainReading) -> set[str]:
    gaps = set()
    signed = lot.route.release_signature
    if lot.route.state not in ("released", "superseded") or (
        signed is not None and signed.person_id == lot.route.author_id
    ):
        gaps.add("release")
    if lot.made.revision != lot.line.part_revision.revision:
        gaps.add("revision")
    for step in lot.steps:
        owners = [step.quality_owner_id, step.timing_owner_id]
        if step.operation.kind == "outside":
            owners.append(step.incoming_owner_id)
        if None in owners:
            gaps.add("owners")
    if lot.lot.purpose == "prototype":
        if lot.line.purpose != "prototype":
            gaps.add("purpose")
    elif _was_tried_before(lot) and not _is_handed_over(lot):
        gaps.add("handoff")
    return gaps


def _was_tried_before(lot: PlainReading) -> bool:
    """Whether a prototype of the part revision was begun before this production lot."""
    return any(
        other.route_revision.part_revision == lot.made and other.opened_at < lot.lot.opened_at
        for other in lot.of(Traveler, purpose="prototype")
    )


def _is_handed_over(lot: PlainReading) -> bool:
    """Whether somebody signed the way to production, onto this route or an earlier revision of it."""
    return any(
        handoff.route_revision.route_id == lot.route.route_id
        and handoff.route_revision.revision <= lot.route.revision
        for handoff in lot.of(ProductionHandoff, part_revision=lot.made)
    )


def steps(lot: PlainReading) -> set[str]:
    gaps = set()
    if not lot.steps or any(step.state == "waiting" for step in lot.steps):
        gaps.add("signing")
    signed = [step for step in lot.steps if step.state == "signed"]
    for first in signed:
        for second in signed:
            comes_later = second.operation.sequence > first.operation.sequence
            proves = second.operation.kind == "inspect" or second.pass_number == first.pass_number
            if comes_later and proves and second.signed_at < first.signed_at:
                gaps.add("order")
    for step in signed:
        if not _entitled(lot, step):
            gaps.add("authority")
        moved = sum(each.quantity for each in lot.of(QuantityMove, step=step))
        if step.quantity_in is not None and step.quantity_in != step.quantity_out + moved:
            gaps.add("quantities")
    if lot.quantity <= 0 or (lot.part.is_serialized and len(lot.serials()) != lot.quantity):
        gaps.add("quantities")
    for hold in lot.ours(Hold, "placed_at", state="placed"):
        gaps.add(f"hold {hold.number}")
    # what was open when a child was split off stays with the lot it names
    for amendment in lot.of(TravelerAmendment, traveler=lot.lot, state="proposed"):
        gaps.add(f"amendment {amendment.number}")
    for step in lot.steps:
        if step.state == "elsewhere" and not lot.shown_elsewhere("step", step.operation):
            gaps.add("elsewhere")
    return gaps


def _entitled(lot: PlainReading, step: TravelerStep) -> bool:
    act = "inspect" if step.operation.kind in ("inspect", "outside") else "sign_step"
    at = step.signature.signed_at
    for held in lot.of(Authority, person_id=step.signature.person_id, act=act):
        in_time = held.valid_from <= at.date() and (held.valid_to is None or held.valid_to >= at.date())
        stands = held.withdrawn_at is None or held.withdrawn_at > at
        if in_time and stands and held.customer_id in (None, lot.customer.pk) and _backed(held, at):
            return True
    return False


def _backed(held: Authority, at: datetime) -> bool:
    """A deputy holds nothing the one stood in for did not hold then."""
    own = held.deputy_for
    if own is None:
        return True
    if own.valid_from > at.date() or (own.valid_to is not None and own.valid_to < at.date()):
        return False
    if own.withdrawn_at is not None and own.withdrawn_at <= at:
        return False
    return own.person.disabled_at is None or own.person.disabled_at > at


def lock(lot: PlainReading) -> set[str]:
    gaps = set()
    for step in lot.of_kind("machine"):
        ever = [
            setup
            for setup in lot.of(Setup, operation=step.operation)
            if setup.state in ("approved", "withdrawn")
        ]
        if step.state == "elsewhere" or not ever:
            continue
        runs = []
        for kin, cut in lot.family:
            for past in lot.passes_of(kin, step.operation, step.pass_number):
                runs += [run for run in lot.of(SetupRun, step=past) if cut is None or run.recorded_at <= cut]
        undecided = [
            each
            for run in runs
            for each in lot.of(LockDifference, run=run, disposition_signature=None)
            if each.routine_by_id is None
        ]
        if not runs or undecided:
            gaps.add(_place(step))
    return gaps


def _place(step: TravelerStep) -> str:
    return f"{step.operation.sequence}/{step.pass_number}"


# ------------------------------------------------------------------------------------ bought and sent out


def material(lot: PlainReading) -> set[str]:
    issuing = lot.of_kind("material")
    if not issuing:
        return set()
    heat = lot.lot.material_lot
    if heat is None:
        is_shown = issuing[0].state == "elsewhere" and lot.shown_elsewhere("material")
        return set() if is_shown else {"issue"}
    issued = 0
    for each in lot.of(Traveler, material_lot=heat):
        if each.material_pieces is not None:
            issued += each.material_pieces
        elif each.parent_id is None:
            issued += each.quantity_started
    gaps = set()
    wanted = issuing[0].operation
    spec = wanted.specification
    papers = _papers(lot, material_lot=heat)
    says = [
        ("heat or batch", lambda c: c.identifier, heat.identifier),
        (
            "specification",
            lambda c: c.spec_number,
            wanted.specification.number if wanted.specification else "",
        ),
        ("specification revision", lambda c: c.spec_revision, spec.revision if spec else ""),
        ("condition", lambda c: c.condition, wanted.material_condition),
    ]
    if not _covered(lot, papers, issued, says, wanted):
        gaps.add(f"certificate {heat.number}")
    if issued > heat.received_pieces:
        gaps.add(f"balance {heat.number}")
    return gaps


def _papers(lot: PlainReading, **of) -> list[tuple[Certificate, int]]:
    """The accepted certificates for a heat or a step, each with its pieces for it."""
    by_paper: dict[int, int] = {}
    named: dict[int, Certificate] = {}
    for coverage in lot.of(CertificateCoverage, **of):
        if coverage.certificate.state == "accepted":
            named[coverage.certificate_id] = coverage.certificate
            by_paper[coverage.certificate_id] = by_paper.get(coverage.certificate_id, 0) + coverage.quantity
    return [(named[key], pieces) for key, pieces in by_paper.items()]


def _covered(
    lot: PlainReading,
    papers: list[tuple[Certificate, int]],
    needed: int,
    says: list[tuple[str, Callable[[Certificate], str], str]],
    operation: Operation,
) -> bool:
    """Whether accepted papers that still agree with the records, and promise no more than they state, are enough.

    What a customer's rules let pass when a paper was accepted stays let pass, until something else is expected there.
    """
    for paper, _ in papers:
        for key, read, wanted in says:
            is_said = not wanted or squeezed(read(paper)) in _spellings(lot, wanted)
            if not is_said and f"{key}: {wanted}" not in paper.excused:
                return False
        ordered = operation.certificate_type
        is_ordered = not ordered or _is_type(paper.certificate_type, ordered)
        if not is_ordered and f"certificate type: {ordered}" not in paper.excused:
            return False
        if not (paper.stated_number.strip() and paper.stated_on and paper.signed_name.strip()):
            return False
        promised = sum(each.quantity for each in lot.of(CertificateCoverage, certificate=paper))
        if paper.quantity is not None and promised > paper.quantity:
            return False
    return bool(papers) and sum(pieces for _, pieces in papers) >= needed


def _spellings(lot: PlainReading, wanted: str) -> set[str]:
    names = {wanted}
    for known in lot.of(SpecificationRevision):
        if wanted == known.number or wanted in known.same_as:
            names |= {known.number, *known.same_as}
    return {squeezed(name) for name in names}


def _is_type(stated: str, ordered: str) -> bool:
    if stated in EN_10204 and ordered in EN_10204:
        return EN_10204.index(stated) >= EN_10204.index(ordered)
    return squeezed(stated) == squeezed(ordered)


def components(lot: PlainReading) -> set[str]:
    """Every item of the parts list is in each piece, from lots and receipts that are proved themselves."""
    return open_items(lot, _is_stopped)


def _is_stopped(made: PlainReading) -> bool:
    """Whether a nonconformance of a lot is not settled, or a value of it is in doubt that nobody has judged."""
    values = [value for _, measured in _planned(made) for value in measured if value.gauge_id]
    return bool(nonconformances(made)) or any(_is_doubted(made, value) for value in values)


def approval(lot: PlainReading) -> set[str]:
    gaps = set()
    for step in lot.of_kind("outside"):
        if step.state == "elsewhere":
            if not lot.shown_elsewhere("process", step.operation):
                gaps.add(_place(step))
            continue
        lines = lot.lines_of(step)
        if not lines:
            gaps.add(_place(step))
        for line in lines:
            if not all(_approved(lot, line, day) for day in _days_of_work(lot, step, line)):
                gaps.add(_place(step))
    return gaps


def _days_of_work(lot: PlainReading, step: TravelerStep, line: OutsideOrderLine) -> list[date]:
    """Every single day that counts: of the order, and printed on accepted papers, else away from the shop."""
    days = [line.order.ordered_on]
    accepted = [paper for paper, _ in _papers(lot, step=step)]
    printed = [paper for paper in accepted if paper.process_from or paper.process_to]
    if printed:
        for paper in printed:
            ends = sorted([paper.process_from or paper.process_to, paper.process_to or paper.process_from])
            days += _every_day(*ends)
        return days
    left = [each.moved_on for each in lot.sent(line)]
    if not left:
        return days
    back = [receipt.received_on for receipt in lot.receipts_of(step)]
    today = timezone.now().astimezone(ZoneInfo(line.order.site.time_zone)).date()
    return days + _every_day(min(left), max(back) if back else max(today, min(left)))


def _every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def _approved(lot: PlainReading, line: OutsideOrderLine, on: date) -> bool:
    for scope in lot.of(ApprovalScope, site=line.order.site):
        wide, narrow = scope.material.strip().upper(), line.material_condition.strip().upper()
        fits = (
            scope.process.lower() == line.specification.process.lower()
            and squeezed(scope.spec_number) in _spellings(lot, line.specification.number)
            and scope.spec_revision in ("", line.specification.revision)
            and scope.spec_type in ("", line.spec_type)
            and scope.spec_class in ("", line.spec_class)
            and (not wide or re.match(rf"{re.escape(wide)}([ -]|$)", narrow))
            and scope.customer_id in (None, lot.customer.pk)
            and on in scope.valid
        )
        if fits and _stood(lot, scope, on) and _rested(lot, scope, on):
            return True
    return False


def _stood(lot: PlainReading, scope: ApprovalScope, on: date) -> bool:
    """Whether the approval counted that day: a suspension lasts from its day to the day of what was said next."""
    said = lot.of(Event, noun="approval", number=scope.number)
    verbs = ("suspend", "reinstate", "withdraw")
    acts = [(each.verb, date.fromisoformat(each.data["on"])) for each in said if each.verb in verbs]
    for place, (verb, since) in enumerate(acts):
        until = acts[place + 1][1] if place + 1 < len(acts) else date.max
        if verb in ("suspend", "withdraw") and since <= on < until:
            return False
        if verb in ("suspend", "withdraw") and until == date.max and since <= on:
            return False
    return True


def _rested(lot: PlainReading, scope: ApprovalScope, on: date) -> bool:
    """Whether a registration its basis names held that day; a basis that names none of record stands by itself."""
    named = []
    words = re.findall(r"[A-Z0-9]+", scope.basis.upper())
    for held in lot.of(Registration, organization=scope.site.organization):
        if held.site_id not in (None, scope.site_id):
            continue
        wanted = re.findall(r"[A-Z0-9]+", held.reference.upper())
        if any(words[at : at + len(wanted)] == wanted for at in range(len(words))) and wanted:
            named.append(held)
    return not named or any(
        each.valid_from <= on <= each.valid_to and (each.withdrawn_on is None or on < each.withdrawn_on)
        for each in named
    )


def custody(lot: PlainReading) -> set[str]:
    gaps = set()
    for step in lot.of_kind("outside"):
        if step.state == "elsewhere":
            if not lot.shown_elsewhere("step", step.operation):
                gaps.add(_place(step))
            continue
        gone = [line for line in lot.lines_of(step) if lot.sent(line)]
        if not gone:
            gaps.add(_place(step))
            continue
        order_line = gone[-1]
        ours = [receipt for receipt in lot.receipts_of(step) if receipt.line.order_id == order_line.order_id]
        sent = sum(each.quantity for each in lot.sent(order_line))
        every = lot.of(Receipt, line=order_line)
        told = sum(r.quantity_returned + r.quantity_scrapped + r.quantity_short for r in every)
        is_home = sum(receipt.quantity_returned for receipt in ours) > 0
        is_over = order_line.order.state in ("returned", "closed")
        waits = any(not each.decision for each in lot.of(OverReturn, line=order_line))
        is_uneven = told > sent or (is_over and told < sent)
        is_last = step == lot.of_kind("outside")[-1]
        if not is_home or waits or is_uneven or (is_last and _is_astray(lot, step)):
            gaps.add(_place(step))
    return gaps


def _is_astray(lot: PlainReading, last: TravelerStep) -> bool:
    """Whether pieces counted away from home are neither home in time nor let go from where they are."""
    if not any(receipt.delegation for receipt in lot.receipts_of(last)):
        return False
    moves = sorted(lot.ours(CustodyMove, "recorded_at"), key=lambda move: move.pk)
    on_the_way = [move for move in moves if move.to_site.organization.kind == "customer"]
    where = [move for move in moves if move not in on_the_way][-1]
    after = [each for each in lot.steps if each.operation.sequence > last.operation.sequence]
    done = [each.signed_at.astimezone(_shop_zone(lot)).date() for each in after if each.signed_at]
    if where.to_site.organization.kind == "shop":
        return any(day < where.moved_on for day in done)
    if after:
        return True
    day = on_the_way[-1].moved_on if on_the_way else timezone.now().astimezone(_shop_zone(lot)).date()
    return not any(
        writing.is_shipping
        and writing.customer_id == lot.line.order.customer_id
        and writing.part_id in (None, lot.part.pk)
        and writing.order_line_id in (None, lot.line.pk)
        and _holds(writing, day)
        for writing in lot.of(Delegation, site=where.to_site)
    )


def _holds(writing: Delegation, day) -> bool:
    return writing.valid_from <= day <= writing.valid_to and not (
        writing.ended_on and day >= writing.ended_on
    )


def process(lot: PlainReading) -> set[str]:
    gaps = set()
    for step in lot.of_kind("outside"):
        if step.state == "elsewhere":
            if not lot.shown_elsewhere("process", step.operation):
                gaps.add(_place(step))
            continue
        lines = lot.lines_of(step)
        order_line = lines[0] if lines else None
        is_signed = step.state == "signed" and step.quantity_out is not None
        needed = step.quantity_out if is_signed else lot.quantity
        papers = _papers(lot, step=step)
        if not _covered(lot, papers, needed, _process_words(lot, step, order_line), step.operation):
            gaps.add(_place(step))
    return gaps


def _process_words(lot: PlainReading, step: TravelerStep, line: OutsideOrderLine | None) -> list:
    asked = line or step.operation
    spec = asked.specification
    return [
        ("order", lambda c: c.po_number, line.order.number if line else ""),
        ("part", lambda c: c.part_number, lot.part.number),
        ("part revision", lambda c: c.part_revision, lot.made.revision),
        ("specification", lambda c: c.spec_number, spec.number if spec else ""),
        ("specification revision", lambda c: c.spec_revision, spec.revision if spec else ""),
        ("type", lambda c: c.spec_type, asked.spec_type),
        ("class", lambda c: c.spec_class, asked.spec_class),
        ("site", lambda c: str(c.site) if c.site else "", str(line.order.site) if line else ""),
    ]


def dates(lot: PlainReading) -> set[str]:
    gaps = set()
    for step in lot.of_kind("outside"):
        lines = lot.lines_of(step)
        if not lines:
            continue
        order = lines[-1].order
        left = [each.moved_on for each in lot.sent(lines[-1])]
        back = [receipt.received_on for receipt in lot.receipts_of(step)]
        for paper, _ in _papers(lot, step=step):
            one = [order.ordered_on, min(left, default=None), paper.process_from, paper.process_to]
            two = [paper.process_to, paper.stated_on]
            three = [paper.process_to, max(back, default=None)]
            for days in (one, two, three):
                known = [day for day in days if day]
                if known != sorted(known):
                    gaps.add(_place(step))
    for step, values in _planned(lot):
        measured = [value.measured_on for value in values]
        before = [
            each.signed_at.astimezone(_shop_zone(lot)).date()
            for each in lot.steps
            if each.signed_at
            and each.operation.sequence < step.operation.sequence
            and each.pass_number <= step.pass_number
        ]
        if measured and before and min(measured) < max(before):
            gaps.add("results")
    return gaps


def _shop_zone(lot: PlainReading) -> ZoneInfo:
    return ZoneInfo(next(site for site in lot.of(Site) if site.organization.kind == "shop").time_zone)


def incoming(lot: PlainReading) -> set[str]:
    gaps = set()
    for step in lot.of_kind("outside"):
        if step.state == "elsewhere":
            if not lot.shown_elsewhere("step", step.operation):
                gaps.add(_place(step))
            continue
        back = lot.receipts_of(step)
        later = [
            each
            for each in lot.steps
            if each.signed_at
            and each.operation.sequence > step.operation.sequence
            and each.pass_number >= step.pass_number
        ]
        if not back or not all(_is_verified_before(receipt, later) for receipt in back):
            gaps.add(_place(step))
        burnt = [each.signed_at for each in later if each.operation.is_irreversible]
        papers = _papers(lot, step=step)
        decided = [paper.decision_signature.signed_at for paper, _ in papers]
        if burnt and (not decided or min(decided) > burnt[0]):
            gaps.add(_place(step))
    return gaps


def _is_verified_before(receipt: Receipt, later: list[TravelerStep]) -> bool:
    if receipt.acceptance_signature is None:
        return False
    is_right = receipt.is_count_right and receipt.is_identity_right and receipt.is_undamaged
    is_right = is_right and (not receipt.delegation or _holds(receipt.delegation, receipt.received_on))
    return is_right and all(each.signed_at >= receipt.acceptance_signature.signed_at for each in later)


# ----------------------------------------------------------------------------------------------- measured


def finish(lot: PlainReading) -> set[str]:
    coats = [step for step in lot.steps if step.operation.changes_surface]
    if not coats:
        return set()
    coat = coats[-1]
    after: set[int] = set()
    for wanted in lot.of(Characteristic, part_revision=lot.made, is_reference=False):
        plans = [
            plan
            for plan in lot.of(PlannedCheck, characteristic=wanted)
            if plan.operation.route_revision_id == lot.route.pk
        ]
        sides = {plan.side: [] for plan in plans}
        for plan in plans:
            sides[plan.side].append(plan.operation.sequence)
        meant = lot.made.default_applies_to if wanted.applies_to == "unspecified" else wanted.applies_to
        asked = {"before": ["before"], "after": ["after"], "both": ["before", "after"]}.get(meant, [])
        if not plans or any(side not in sides for side in asked):
            return {""}
        if any(at > coat.operation.sequence for at in sides.get("before", [])):
            return {""}
        if any(at < coat.operation.sequence for at in sides.get("after", [])):
            return {""}
        after |= set(sides.get("after", []))
    looks = [step for step in lot.steps if step.operation.sequence in after]
    for look in looks:
        if look.signed_at and coat.signed_at and look.signed_at < coat.signed_at:
            return {""}
        if look.state == "elsewhere" and not lot.shown_elsewhere("results", look.operation):
            return {""}
    return {""} if any(each.state == "waiting" for each in (coat, *looks)) else set()


def _planned(lot: PlainReading) -> list[tuple[TravelerStep, list[Measurement]]]:
    """Each operation with planned checks, and every value of its latest pass that stands for this lot."""
    found = []
    for step in lot.steps:
        asked = {check.characteristic_id for check in lot.of(PlannedCheck, operation=step.operation)}
        values = []
        for kin, cut in lot.family:
            for past in lot.passes_of(kin, step.operation, step.pass_number):
                for record in lot.of(InspectionRecord, step=past):
                    values += [
                        value
                        for value in lot.of(Measurement, record=record)
                        if record.state != "voided"
                        and value.characteristic_id in asked
                        and not lot.of(MeasurementVoid, measurement=value)
                        and (cut is None or value.recorded_at <= cut)
                    ]
        if asked:
            found.append((step, values))
    return found


def results(lot: PlainReading) -> set[str]:
    gaps = set()
    here = set(lot.serials())
    for step, values in _planned(lot):
        if any(_is_bad(lot, value, here) for value in values):
            gaps.add(_place(step))
        if step.state == "elsewhere":
            if not lot.shown_elsewhere("results", step.operation):
                gaps.add(_place(step))
            continue
        for check in lot.of(PlannedCheck, operation=step.operation):
            mine = [value for value in values if value.characteristic_id == check.characteristic_id]
            needed, is_sorted = _needed(lot, step, check, mine)
            judged = {
                value.serial
                for value in mine
                if value.verdict != "NONE"
                and (not is_sorted or not lot.part.is_serialized or value.serial in here)
            }
            if needed is None or len(judged) < needed:
                gaps.add(_place(step))
        if not _is_inspected(lot, step):
            gaps.add(_place(step))
    return gaps


def _needed(lot: PlainReading, step, check: PlannedCheck, values: list) -> tuple[int | None, bool]:
    """How many pieces, and whether each must be one that is here; nothing while nobody settled it."""
    if check.sampling_rule == "all":
        return lot.quantity, True
    if check.sampling_rule == "first":
        return min(1, lot.quantity), False
    if check.sampling_rule == "sample":
        return min(check.sample_size, lot.quantity), False
    records = [
        record
        for kin, _ in lot.family
        for past in lot.passes_of(kin, step.operation, step.pass_number)
        for record in lot.of(InspectionRecord, step=past)
        if record.state != "voided"
    ]
    rows = [
        row
        for record in sorted(records, key=lambda each: each.pk)
        for row in record.plan
        if row["characteristic"] == str(check.characteristic.uuid) and "n" in row
    ]
    if not rows:
        return None, False
    is_rejected = len({value.serial for value in values if value.verdict == "FAIL"}) >= rows[-1]["re"]
    return (lot.quantity, True) if is_rejected else (min(rows[-1]["n"], lot.quantity), False)


def _is_bad(lot: PlainReading, value: Measurement, here: set[str]) -> bool:
    if value.gauge and not _was_calibrated(lot, value):
        return True
    if value.gauge and _is_doubted(lot, value):
        return True
    if lot.part.is_serialized and value.serial not in here:
        return False
    if value.verdict == "PASS" and value.stated.strip().upper() in REJECTING:
        return True
    return value.verdict == "FAIL" and not _is_attended(lot, value)


def _is_attended(lot: PlainReading, value: Measurement) -> bool:
    for found in lot.of(Nonconformance):
        if found.measurement_id == value.pk:
            return True
        is_on = lot.lot.pk == found.traveler_id or found.found_on_traveler_id == value.record.traveler_id
        if is_on and value.serial in found.serials:
            return True
    return False


def _was_calibrated(lot: PlainReading, value: Measurement) -> bool:
    known = [c for c in lot.of(Calibration, gauge=value.gauge) if c.calibrated_on <= value.measured_on]
    if not known:
        return False
    last = max(known, key=lambda each: (each.calibrated_on, each.pk))
    return last.is_in_tolerance and value.measured_on <= last.due_on


def _is_doubted(lot: PlainReading, value: Measurement) -> bool:
    """Found bad on a later day, with no good calibration between, and nobody has decided on this value."""
    history = lot.of(Calibration, gauge=value.gauge)
    decided = [
        (judged.found_on, key)
        for judged in lot.ours(ReadingsJudgement, "decided_at", gauge=value.gauge)
        for key in judged.measurements
    ]
    for bad in history:
        if bad.was_found_in_tolerance or bad.calibrated_on < value.measured_on:
            continue
        made_good_between = any(
            good.is_in_tolerance and value.measured_on < good.calibrated_on < bad.calibrated_on
            for good in history
        )
        if not made_good_between and (bad.calibrated_on, value.pk) not in decided:
            return True
    return False


def _is_inspected(lot: PlainReading, step: TravelerStep) -> bool:
    found = []
    for kin, cut in lot.family:
        for past in lot.passes_of(kin, step.operation, step.pass_number):
            found += [
                each
                for each in lot.of(InspectionRecord, traveler=kin, step=past)
                if each.state != "voided" and (cut is None or each.opened_at <= cut)
            ]
    # ours speak before those of a first article or of the customer; the last one speaks
    found.sort(key=lambda each: (each.kind not in ("fai", "customer"), each.pk))
    return bool(found) and found[-1].state == "completed"


FAIR_STANDS = ("approved", "customer_approved", "on_condition")


def first_article(lot: PlainReading) -> set[str]:
    regime = lot.line.fai_regime
    if regime == OrderLine.NONE or lot.lot.purpose == "prototype":
        return set()
    if triggers.undecided(lot):
        return {"evaluation", *_article(lot, may_stand=False)}
    return _article(lot, may_stand=True)


def _article(lot: PlainReading, *, may_stand: bool) -> set[str]:
    """Whether the first article is there that is due; an earlier one may stand where nothing differs undecided."""
    regime = lot.line.fai_regime
    due = [each for each in triggers.decisions(lot) if each.decision in ("partial", "full")]
    if due:
        lacking = [each for each in due if not triggers.made_for(lot, each)]
        strongest = next((each for each in lacking or due if each.decision == "full"), (lacking or due)[0])
        return _enough(lot, triggers.made_for(lot, strongest))
    reports = lot.of(FirstArticle, part_revision=lot.made, route_revision=lot.route)
    reports = [
        each
        for each in reports
        if not any(later.corrects_id == each.pk and later.state in FAIR_STANDS for later in reports)
    ]
    by_customer = [each for each in reports if each.state in ("customer_approved", "on_condition")]
    if regime == OrderLine.HELD_BY_CUSTOMER:
        decided = sorted(
            lot.of(HeldApproval, part_revision=lot.made), key=lambda each: (each.approved_on, each.pk)
        )
        if decided:
            return set() if _may_ship_under_held(lot, decided[-1]) else {""}
        return set() if by_customer and _may_ship_under(lot, by_customer[0]) else {""}
    if lot.shown_elsewhere("first_article"):
        return set()
    approved = [each for each in reports if each.state in FAIR_STANDS]
    earlier = triggers.stands_on(lot)
    if earlier is not None and earlier.extent == "partial" and triggers.is_own(lot, earlier):
        return _enough(lot, [earlier])
    if not approved and may_stand and earlier is not None:
        approved = [earlier]
    return _enough(lot, approved)


def _enough(lot: PlainReading, approved: list[FirstArticle]) -> set[str]:
    for report in approved:
        makers = {report.author_id, getattr(report.verified_signature, "person_id", None)}
        if report.approved_signature.person_id in makers:
            return {""}
    by_customer = [
        each
        for each in approved
        if each.state == "customer_approved"
        or (each.state == "on_condition" and each.part_revision == lot.made)
    ]
    enough = by_customer or ([] if lot.line.fai_regime == OrderLine.BEFORE_DISPATCH else approved)
    return set() if enough and _may_ship_under(lot, enough[-1]) else {""}


def _may_ship_under(lot: PlainReading, report: FirstArticle) -> bool:
    if report.state != "on_condition" or report.part_revision != lot.made:
        return True
    given_at = report.customer_signature.signed_at
    return _is_within(lot, report.condition_quantity, report.condition_due_on, given_at)


def _may_ship_under_held(lot: PlainReading, held: HeldApproval) -> bool:
    if held.status != "interim":
        return held.status == "approved"
    begun = datetime.combine(held.approved_on, datetime.min.time(), tzinfo=UTC)
    return _is_within(lot, held.quantity_limit, held.valid_to, begun)


def _is_within(lot: PlainReading, pieces, last_day, since) -> bool:
    taken = lot.quantity
    for line in lot.of(ShipmentLine, is_active=True):
        if line.traveler.route_revision.part_revision_id != lot.made.pk:
            continue
        left_at = line.shipment.dispatched_at
        if line.traveler_id == lot.lot.pk and left_at and left_at >= since:
            return last_day is None or left_at.date() <= last_day
        if line.traveler_id != lot.lot.pk and (left_at is None or left_at >= since):
            taken += line.quantity
    return (last_day is None or last_day >= timezone.localdate()) and (pieces is None or taken <= pieces)


def nonconformances(lot: PlainReading) -> set[str]:
    gaps = set()
    here = set(lot.serials())
    for found in lot.ours(Nonconformance, "opened_at"):
        if found.serials and here and not here & set(found.serials):
            continue
        if found.state == "open" or found.disposition in ("scrap", "return"):
            gaps.add(found.number)
        if found.disposition in ("use_as_is", "repair") and not _is_conceded(lot, found):
            gaps.add(found.number)
    return gaps


def _is_conceded(lot: PlainReading, found: Nonconformance) -> bool:
    left = lot.shipped_by.shipment.dispatched_at if lot.shipped_by else None
    shop = next(iter(lot.of(Organization, kind="shop")), None)
    sites = lot.of(Site, organization=shop) if shop else []
    day = (left or timezone.now()).astimezone(ZoneInfo(sites[0].time_zone if sites else "UTC")).date()
    given = [
        each
        for each in lot.of(Concession, nonconformance=found)
        if each.valid_to is None or day <= each.valid_to
    ]
    named = {serial for each in given for serial in each.serials}
    asked = set(found.serials) & set(lot.serials()) if lot.serials() else set(found.serials)
    if named and not asked <= named:
        return False
    taken = 0 if lot.part.is_serialized else _on_shipments_of_kin(lot, found)
    room = sum(each.quantity_limit for each in given) - taken
    return bool(given) and min(found.quantity, lot.quantity) <= room


def _on_shipments_of_kin(lot: PlainReading, found: Nonconformance) -> int:
    """Pieces of other lots that carry the same nonconformance and left, or are about to."""
    pieces = 0
    for line in lot.of(ShipmentLine, is_active=True):
        if line.traveler == lot.lot:
            continue
        each, carries = line.traveler, True
        while each is not None and each != found.traveler:
            carries = carries and each.split_at is not None and each.split_at >= found.opened_at
            each = each.parent
        if each is not None and carries:
            pieces += line.quantity
    return pieces


# ------------------------------------------------------------------------------------------------ shipped


def clauses(lot: PlainReading) -> set[str]:
    gaps = set()
    for carried in lot.of(LineClause, order_line=lot.line):
        if carried.answer != "not_applicable" and not _is_met(lot, carried):
            gaps.add(f"clause {carried.clause.number} {carried.clause.revision}".strip())
    return gaps


def _is_met(lot: PlainReading, carried: LineClause) -> bool:
    kind = carried.clause.kind
    shown = [
        each
        for each in lot.ours(ClauseEvidence, "recorded_at", withdrawn_at=None)
        if each.line_clause.clause_id == carried.clause_id
    ]
    if kind == "evidence":
        return bool(shown) or _answer_speaks(lot, carried)
    shown = [each for each in shown if not _is_overtaken(lot, carried, each)]
    if kind == "source":
        return any(each.present for each in shown)
    at = [step for step in lot.steps if step.operation.sequence == carried.point_at]
    if not at:
        return False
    done_on = at[0].signed_at.astimezone(_shop_zone(lot)).date() if at[0].signed_at else date.max
    return any(each.done_on <= done_on and (each.present or kind == "witness") for each in shown)


def _is_overtaken(lot: PlainReading, carried: LineClause, evidence: ClauseEvidence) -> bool:
    """Whether the operation it let go (any, for a source inspection) was repeated after it was shown."""
    for step in lot.steps:
        if carried.point_at not in (None, step.operation.sequence) or step.pass_number == 1:
            continue
        for kin, cut in lot.family:
            for past in lot.passes_of(kin, step.operation, step.pass_number - 1):
                if past.state != "signed":
                    continue
                is_ours = cut is None or past.signed_at <= cut
                if is_ours and past.signature.signed_at >= evidence.recorded_at:
                    return True
    return False


def _answer_speaks(lot: PlainReading, carried: LineClause) -> bool:
    words = carried.answered_by.strip().lower()
    if carried.answer == "operation":
        named = re.match(r"(?:operation|op\.?)?\s*(\d+)\b", words)
        for step in lot.steps:
            if named and step.operation.sequence == int(named[1]):
                return step.state not in ("waiting", "skipped")
        return False
    if carried.answer == "document":
        kept = {
            "certificate of conformity": conformity,
            "material certificate": material,
            "process certificate": process,
            "first article": first_article,
            "inspection report": results,
        }
        for name, rule in kept.items():
            if words.startswith(name):
                return not rule(lot)
    return False


def conformity(lot: PlainReading) -> set[str]:
    """Signed, true to the shipper and to the lot, and telling of every concession and scan."""
    if lot.shipped_by is None:
        return {""}
    signed = lot.of(ConformityCertificate, shipment=lot.shipped_by.shipment)
    if not signed:
        return {""}
    content = max(signed, key=lambda each: each.revision).content
    ours = [line for line in content["lines"] if line["lot"] == lot.lot.number]
    here, shipped = sorted(lot.serials()), sorted(lot.shipped_by.serials)
    if not ours or not lot.quantity == lot.shipped_by.quantity == ours[0]["8"]:
        return {""}
    if not here == shipped == sorted(ours[0]["serials"]):
        return {""}
    told = _told(content)
    for found in lot.ours(Nonconformance, "opened_at"):
        if found.serials and here and not set(here) & set(found.serials):
            continue
        if any(each.number not in told for each in lot.of(Concession, nonconformance=found)):
            return {""}
    scans = [
        scan for kin, _ in lot.family for scan in lot.of(RecordedElsewhere, traveler=kin, state="reviewed")
    ]
    return {""} if any(scan.number not in told for scan in scans) else set()


def _told(content: dict) -> str:
    return json.dumps([content["14"], [(line["12"], line["13"]) for line in content["lines"]]])


def files(lot: PlainReading) -> set[str]:
    """Hashed again for a shipment; the walks leave the store alone, so there every file is whole."""
    return {""} if lot.shipped_by is None else set()


def export(lot: PlainReading) -> set[str]:
    """Nothing the walks make carries a label."""
    return set()


def trail(lot: PlainReading) -> set[str]:
    until = {kin.number: cut for kin, cut in lot.family}
    events = [
        event
        for event in lot.of(Event)
        if any(each in until and (until[each] is None or event.at <= until[each]) for each in event.lots)
    ]
    signed = [event.pk for event in events if (event.verb, event.noun) == SIGNED_STEP]
    edits = [event for event in events if signed and event.pk > min(signed) and _is_edit(event)]
    seen = set()
    for kin, cut in lot.family:
        for review in lot.of(TrailReview, traveler=kin):
            if cut is not None and review.signature.signed_at > cut:
                continue
            named = json.loads(bytes(review.signature.canonical))["content"]["edits"]
            seen |= {(leaf, review.reviewer_id) for leaf in named}
    for edit in edits:
        if not any(leaf == edit.leaf_sha256 and who != edit.person_id for leaf, who in seen):
            return {"edits"}
    return set()


def _is_edit(event: Event) -> bool:
    act, data = f"{event.verb} {event.noun}", event.data
    if act == "sign step":
        return "reason" in data
    if act == "record_quantity lot":
        return data["kind"] == "correction"
    if act == "split lot":
        return datetime.fromisoformat(data["at"]) < event.at - timedelta(minutes=1)
    if act == "enter certificate":
        return data["from"] == "in_review"
    if act == "withdraw waiver":
        return data["from"] == "granted"
    if act == "answer clause of order":
        return "was" in data
    if act == "undo reversal":
        return data["of"] != "first article"
    return act in {
        "void value of inspection",
        "void inspection",
        "reopen lot",
        "disposition_difference step",
        "withdraw clause evidence",
        "revoke certificate",
        "reinstate approval",
        "amend_line order",
    }


# ------------------------------------------------------------------------------------------------ waivers

# who may let a demand pass, by what it is about; anything not here is the customer's
NOBODY = {"COMPONENTS", "CUSTODY", "NC", "COC", "FILES", "EXPORT", "TRAIL"}
HOUSE = {"LOCK", "INCOMING"}


def _who_may_waive(lot: PlainReading, code: str, subject: str) -> str:
    if code in NOBODY:
        return "nobody"
    if code in HOUSE or (code, subject) in (("ROUTE", "owners"), ("ROUTE", "handoff")):
        return "house"
    if code == "STEPS":
        return {"order": "house", "authority": "house", "elsewhere": "customer"}.get(subject, "nobody")
    if (code, subject) in (("ROUTE", "release"), ("ROUTE", "purpose")) or (
        code == "MATERIAL" and "certificate" not in subject
    ):
        return "nobody"
    if code == "RESULTS":
        here = set(lot.serials())
        for step, values in _planned(lot):
            limits = [value for value in values if _is_wrong_value(lot, value, here)]
            if _place(step) == subject and limits:
                return "nobody"
    return "customer"


def _is_wrong_value(lot: PlainReading, value: Measurement, here: set[str]) -> bool:
    if lot.part.is_serialized and value.serial not in here:
        return False
    if value.verdict == "FAIL":
        return not _is_attended(lot, value)
    return value.verdict == "PASS" and value.stated.strip().upper() in REJECTING


def let_pass(lot: PlainReading, found: dict[str, set[str]]) -> dict[str, set[str]]:
    """Take away what a granted waiver closes; our certificate must then name it."""
    left, used = {}, []
    for code, subjects in found.items():
        left[code] = set()
        for subject in subjects:
            waiver = next((w for w in _waivers(lot, code, subject)), None)
            if waiver is None:
                left[code].add(subject)
            else:
                used.append(waiver.number)
    if used and not left["COC"]:
        signed = lot.of(ConformityCertificate, shipment=lot.shipped_by.shipment)
        told = _told(max(signed, key=lambda each: each.revision).content)
        if any(number not in told for number in used):
            left["COC"] = {""}
    return left


def _waivers(lot: PlainReading, code: str, subject: str) -> list[Waiver]:
    may = _who_may_waive(lot, code, subject)
    named = {"code": code, "subject": subject, "authority": may, "state": "granted"}
    return [each for each in lot.ours(Waiver, "requested_at", **named) if _reaches(lot, each)]


def _reaches(lot: PlainReading, waiver: Waiver) -> bool:
    uses = lot.of(WaiverUse, waiver=waiver, is_active=True)
    own = next((each for each in uses if each.traveler_id == lot.lot.pk), None)
    when = own.shipment.dispatched_at if own and own.shipment.dispatched_at else timezone.now()
    if waiver.valid_to < when.astimezone(_shop_zone(lot)).date():
        return False
    if waiver.serials and not set(lot.serials()) <= set(waiver.serials):
        return False
    others = sum(each.quantity for each in uses if each.traveler_id != lot.lot.pk)
    set_aside = own.quantity if own else 0
    return set_aside >= lot.quantity or waiver.quantity_limit - others >= lot.quantity


RULES: dict[str, Callable[[PlainReading], set[str]]] = {
    "NOTES": notes,
    "ROUTE": route,
    "STEPS": steps,
    "LOCK": lock,
    "MATERIAL": material,
    "COMPONENTS": components,
    "APPROVAL": approval,
    "CUSTODY": custody,
    "PROCESS": process,
    "DATES": dates,
    "INCOMING": incoming,
    "FINISH": finish,
    "RESULTS": results,
    "FAI": first_article,
    "NC": nonconformances,
    "CLAUSES": clauses,
    "COC": conformity,
    "FILES": files,
    "EXPORT": export,
    "TRAIL": trail,
}
