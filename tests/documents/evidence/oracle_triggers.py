"""The plain reading of first-article triggers: what a lot uses otherwise than its first article did, record by record.

Shares nothing with the comparison it is held against: no statement, no snapshot, no class of it.
"""

from __future__ import annotations

from datetime import datetime

from inspection.models import (
    FirstArticle,
    InspectionRecord,
    Measurement,
    MeasurementVoid,
    TriggerEvaluation,
    TriggerPolicy,
)
from routes.models import (
    Characteristic,
    DrawingNote,
    MaterialLot,
    Operation,
    PlannedCheck,
    SetupRun,
    Traveler,
    TravelerAmendment,
    TravelerStep,
)
from subcontract.models import OutsideOrderLine

ROUTINE = {"gauge", "nc_program_comments", "operation_reworded", "characteristic_renumbered"}
NEVER_ROUTINE = {
    "characteristic_added",
    "characteristic_modified",
    "natural_event",
    "corrective_action",
    "lapse",
}
APPROVED = ("approved", "customer_approved", "on_condition")
MAKING = ("machine", "deburr", "wash", "outside", "mark")


def stem(lot: Traveler) -> Traveler:
    while lot.parent is not None:
        lot = lot.parent
    return lot


def stands_on(lot) -> FirstArticle | None:
    """Its own approved first article, else the last of a lot opened no later, else the first there is."""
    there = [each for each in standing(lot.of(FirstArticle)) if each.part_revision.part == lot.part]
    own = [each for each in there if is_own(lot, each)]
    before = [each for each in there if each.traveler.opened_at <= lot.lot.opened_at]
    if own or before:
        return (own or before)[-1]
    return there[0] if there else None


def is_own(lot, article: FirstArticle) -> bool:
    return stem(article.traveler) == stem(lot.lot)


def undecided(lot) -> bool:
    """Whether an evaluation waits, or something differs that none decided."""
    article = stands_on(lot)
    if article is None or lot.lot.purpose == "prototype":
        return False
    evaluations = lot.of(TriggerEvaluation)
    if any(each.state == "open" and each.traveler == stem(lot.lot) for each in evaluations):
        return True
    settled = set()
    for each in evaluations:
        if each.state == "decided" and each.baseline in editions(article):
            settled |= {row for row in rows_of(each) if row[0] not in mended(lot, each.baseline, article)}
    return bool(asking(lot, article) - settled)


def asking(lot, article: FirstArticle) -> set[tuple[str, str]]:
    """What differs and is not routine, as kind and what it is now."""
    policies = [each for each in lot.of(TriggerPolicy) if each.state == "in_force"]
    routine = set(policies[0].routine) - NEVER_ROUTINE if policies else ROUTINE
    rest = policies[0].lapse_months if policies else 24
    return {each for each in differences(lot, article, rest) if each[0] not in routine}


def decisions(lot) -> list[TriggerEvaluation]:
    """The decided evaluations of this lot, and those that settled what it shows too."""
    article = stands_on(lot)
    if article is None or lot.lot.purpose == "prototype":
        return []
    shown = asking(lot, article)
    found = []
    for each in lot.of(TriggerEvaluation, state="decided"):
        if each.baseline not in editions(article):
            continue
        rows = {row for row in rows_of(each) if row[0] not in mended(lot, each.baseline, article)}
        is_told = any(kind in ("natural_event", "corrective_action") for kind, _ in rows)
        is_its_own = each.traveler == stem(lot.lot) and (each.baseline == article or is_told)
        if is_its_own or rows & shown:
            found.append(each)
    return found


def editions(article: FirstArticle) -> list[FirstArticle]:
    """A report and those it corrects, one after the other."""
    found = [article]
    while found[-1].corrects is not None:
        found.append(found[-1].corrects)
    return found


def rows_of(evaluation: TriggerEvaluation) -> set[tuple[str, str]]:
    return {(row["kind"], row["after"]) for row in evaluation.changes}


def mended(lot, earlier: FirstArticle, later: FirstArticle) -> set[str]:
    """The kinds of things a correction represents otherwise than the report it corrects: these are asked anew."""
    if earlier == later:
        return set()
    return {kind for kind, _ in _between(represented(lot, later), represented(lot, earlier))}


def made_for(lot, evaluation: TriggerEvaluation) -> list[FirstArticle]:
    found = lot.of(FirstArticle, evaluation=evaluation)
    return standing(found)


def standing(found: list[FirstArticle]) -> list[FirstArticle]:
    """Those somebody approved, without those an approved correction took the place of."""
    corrected = FirstArticle.objects.filter(corrects__isnull=False, state__in=APPROVED)
    gone = set(corrected.values_list("corrects", flat=True))
    return [each for each in found if each.state in APPROVED and each.pk not in gone]


def differences(lot, article: FirstArticle, rest: int) -> set[tuple[str, str]]:
    found = _between(lot, represented(lot, article))
    return found if is_own(lot, article) else found | _rest(lot, rest)


def represented(lot, article: FirstArticle):
    """The lot of a report as it was when its author signed."""
    other = type(lot)(article.traveler.number, lot.books)
    signed = article.verified_signature.signed_at
    other.family = [(kin, min(cut, signed) if cut else signed) for kin, cut in other.family]
    return other


def _between(lot, other) -> set[tuple[str, str]]:
    found = _designs(lot, other) | _routes(lot, other) | _machines(lot, other)
    return found | _materials(lot, other) | _vendors(lot, other) | _gauges(lot, other) | _amended(lot, other)


def _designs(lot, other) -> set[tuple[str, str]]:
    one, two = other.made, lot.made
    found = {("part_revision", f"{lot.part.number} rev {two.revision}")} if one != two else set()
    drawings = [f"{each.drawing_number} rev {each.drawing_revision}" for each in (one, two)]
    if drawings[0] != drawings[1]:
        found.add(("drawing_revision", drawings[1]))
    was = {each.identity: each for each in lot.of(Characteristic, part_revision=one)}
    for new in lot.of(Characteristic, part_revision=two):
        old = was.pop(new.identity, None)
        if old is None:
            found.add(("characteristic_added", new.requirement))
        elif _asked(old) != _asked(new):
            found.add(("characteristic_modified", new.requirement))
    found |= {("characteristic_deleted", "") for _ in was}
    texts = {each.note_number: each.text for each in lot.of(DrawingNote, part_revision=one)}
    for note in lot.of(DrawingNote, part_revision=two):
        if texts.pop(note.note_number, None) != note.text:
            found.add(("note_changed", note.text))
    return found | {("note_changed", "") for _ in texts}


def _asked(each: Characteristic) -> tuple:
    limits = (each.requirement, each.nominal, each.lower, each.upper, each.unit)
    return (*limits, each.kind, each.designator, each.side, each.is_reference)


def _routes(lot, other) -> set[tuple[str, str]]:
    """Walks never plan anew; a route that differs shows at least by what each operation is and where it stands."""
    if lot.route == other.route:
        return set()
    plans = []
    for route in (other.route, lot.route):
        operations = lot.of(Operation, route_revision=route)
        checks = {
            (
                each.operation.sequence,
                each.characteristic.identity,
                each.side,
                each.sampling_rule,
                each.gauge_kind,
            )
            for operation in operations
            for each in lot.of(PlannedCheck, operation=operation)
        }
        rows = [
            (each.kind, each.name, str(each.specification), each.spec_type, each.spec_class, each.work_center)
            for each in sorted(operations, key=lambda each: each.sequence)
        ]
        plans.append((rows, checks))
    return {("route", lot.route.number)} if plans[0] != plans[1] else set()


def _amendments(lot, kind: str) -> list[TravelerAmendment]:
    return [
        each
        for kin, cut in lot.family
        for each in lot.of(TravelerAmendment, traveler=kin, kind=kind, state="approved")
        if _is_ours(each.decided_at, cut)
    ]


def _amended(lot, other) -> set[tuple[str, str]]:
    """What was approved for one of the lots alone; of two lots of one route, as walks never plan anew."""
    if lot.route != other.route:
        return set()
    ways, repeats, words = [], [], []
    for side in (other, lot):
        again = _amendments(side, "repeat")
        way = {
            each.sequence: ", ".join(
                word
                for word in (
                    each.kind,
                    str(each.specification or ""),
                    ", ".join(filter(None, (each.spec_type, each.spec_class))),
                    each.work_center,
                )
                if word
            )
            for each in side.of(Operation, route_revision=side.route)
        }
        way |= {each.sequence: each.operation_kind for each in _amendments(side, "add")}
        for skip in _amendments(side, "skip"):
            place = skip.step.operation.sequence
            if not any(place in each.repeated and each.pk > skip.pk for each in again):
                del way[place]
        ways.append(way)
        repeats.append([tuple(each.repeated) for each in again])
        words.append({(each.step.operation.sequence, each.words) for each in _amendments(side, "redline")})
    was, now = ways
    found = {("operation_added", now[place]) for place in now if place not in was}
    found |= {("operation_removed", "") for place in was if place not in now}
    for each in {*repeats[0], *repeats[1]}:
        old, new = (side.count(each) for side in repeats)
        if old != new:
            found.add(("operation_repeated", ["once", "again"][new] if new < 2 else f"again {new} times"))
    for place in {place for place, _ in words[0] ^ words[1]}:
        said = sorted(text for other_place, text in words[1] if other_place == place)
        found.add(("operation_reworded", "; ".join(said)))
    return found


def _is_ours(moment: datetime, cut: datetime | None) -> bool:
    return cut is None or moment <= cut


def _last_runs(lot) -> dict[int, SetupRun]:
    found = {}
    for kin, cut in lot.family:
        for step in lot.of(TravelerStep, traveler=kin):
            for run in lot.of(SetupRun, step=step):
                place = step.operation.sequence
                if _is_ours(run.recorded_at, cut) and (place not in found or run.pk > found[place].pk):
                    found[place] = run
    return found


def _machines(lot, other) -> set[tuple[str, str]]:
    found, was = set(), _last_runs(other)
    for place, run in _last_runs(lot).items():
        if (old := was.get(place)) is None:
            continue
        if run.nc_cutting_sha256 != old.nc_cutting_sha256:
            found.add(("nc_program", run.nc_cutting_sha256 or "not recorded"))
        for name in ("fixture", "fixture_revision"):
            if getattr(run, name).lower() != getattr(old, name).lower():
                found.add((name, getattr(run, name)))
        if run.machine and old.machine and run.machine.lower() != old.machine.lower():
            found.add(("machine", run.machine))
        if run.site and old.site and run.site.name != old.site.name:
            found.add(("site", run.site.name))
    return found


def _materials(lot, other) -> set[tuple[str, str]]:
    new, old = lot.lot.material_lot, other.lot.material_lot
    if new is None or old is None:
        return set()
    told = [
        {
            "material_specification": str(each.specification),
            "material_condition": f"{each.condition}, {each.form}",
            "material_source": _source(each),
        }
        for each in (old, new)
    ]
    return {
        (kind, told[1][kind])
        for kind in told[0]
        if told[0][kind].lower().split() != told[1][kind].lower().split()
    }


def _source(heat: MaterialLot) -> str:
    names = [heat.mill, heat.supplier.name if heat.supplier else ""]
    names.append("customer-furnished" if heat.is_customer_furnished else "bought")
    return ", ".join(name for name in names if name)


def _where_sent(lot) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = {}
    for depth, (kin, cut) in enumerate(lot.family):
        for line in lot.of(OutsideOrderLine, traveler=kin):
            issued = line.order.issue_signature
            left = [each.recorded_at for each in lot.sent(line)]
            moments = [issued.signed_at] if depth == 0 and issued else left
            counts = cut is None or (moments and min(moments) <= cut)
            if line.order.state not in ("draft", "cancelled") and counts:
                site = line.order.site
                found.setdefault(line.step.operation.sequence, set()).add((site.organization.name, site.name))
    return found


def _vendors(lot, other) -> set[tuple[str, str]]:
    found, was = set(), _where_sent(other)
    for place, sites in _where_sent(lot).items():
        known = was.get(place, set())
        for vendor, site in sites - known if known else ():
            is_known = any(vendor == each for each, _ in known)
            found.add(("vendor_site", f"{vendor}, {site}") if is_known else ("vendor", vendor))
    return found


def _gauge_kinds(lot) -> dict:
    found: dict = {}
    for kin, cut in lot.family:
        for record in lot.of(InspectionRecord, traveler=kin):
            if record.state == "voided" or record.kind == "customer":
                continue
            for value in lot.of(Measurement, record=record):
                gone = lot.of(MeasurementVoid, measurement=value)
                if value.gauge and not gone and _is_ours(value.recorded_at, cut):
                    found.setdefault(value.characteristic.identity, set()).add(value.gauge.kind)
    return found


def _gauges(lot, other) -> set[tuple[str, str]]:
    was = _gauge_kinds(other)
    return {
        ("gauge_kind", ", ".join(sorted(kinds)))
        for identity, kinds in _gauge_kinds(lot).items()
        if was.get(identity) and {each.lower() for each in kinds} - {each.lower() for each in was[identity]}
    }


def _rest(lot, months: int) -> set[tuple[str, str]]:
    """Whether the part rested too long before this lot was begun."""
    begun: dict[Traveler, list[datetime]] = {}
    for step in lot.of(TravelerStep, state="signed"):
        made = step.traveler.route_revision.part_revision.part
        if made == lot.part and step.traveler.purpose == "production" and step.operation.kind in MAKING:
            begun.setdefault(stem(step.traveler), []).append(step.signed_at)
    own = begun.pop(stem(lot.lot), None)
    restart = min(own) if own else lot.lot.opened_at
    ends = [min(max(moments), restart) for moments in begun.values() if min(moments) < restart]
    if not ends:
        return set()
    last = max(ends)
    year, month = divmod(last.month - 1 + months, 12)
    due = (last.year + year, month + 1, last.day)
    is_late = (restart.year, restart.month, restart.day) > due
    return {("lapse", f"restart {restart:%-d %b %Y}")} if is_late else set()
