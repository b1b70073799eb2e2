"""Planning a part of the sample shop: specifications, drawing, characteristics, approvals, a released route."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from documents.demo import parts as data
from documents.demo.papers import nc_program, paper
from documents.demo.people import People, token
from documents.demo.sampled import SAMPLED
from documents.demo.standing import NADCAP
from portal.models import Label
from routes.domain import characteristics, gauges, orders, parts, route_revisions, setups, specifications
from routes.models import (
    Characteristic,
    Gauge,
    Operation,
    OrderLine,
    PartRevision,
    RouteRevision,
    SpecificationRevision,
)
from subcontract.domain import approvals
from subcontract.models import ApprovalScope


@dataclass(frozen=True)
class Plan:
    """The released plan the lots of one part are made by."""

    spec: data.PartSpec
    part_revision: PartRevision
    route: RouteRevision
    material: SpecificationRevision
    gauge: Gauge


def make_plan(people: People, today: date, spec: data.PartSpec = data.HOUSING) -> Plan:
    """Plan one part: what stands already for another part (specification, approval, gauge) is used again."""
    by = people.quality
    material = _material(by, spec.alloy)
    gauge = _gauge(by, today)
    part_revision = _part(people, spec)
    route = route_revisions.draft_revision(by=by, part_revision=part_revision)
    operations = {
        step.sequence: _operation(people, route, spec, step, material, today) for step in spec.steps
    }
    for step in spec.steps:
        if step.fixture:
            _lock_setup(people, spec, step, operations[step.sequence], gauge)
    _plan_checks(by, part_revision, operations)
    for note, sequence in zip(part_revision.notes.all(), spec.answers, strict=True):
        route_revisions.map_note(by=by, route_revision=route, note=note, operation=operations[sequence])
    route = route_revisions.submit(by=by, route_revision=route)
    second = people.second_quality
    route = route_revisions.release(by=second, route_revision=route, token=token(second))
    return Plan(spec, part_revision, route, material, gauge)


def _material(by, alloy: data.Alloy) -> SpecificationRevision:
    there = SpecificationRevision.objects.filter(number=alloy.number, revision=alloy.revision).first()
    return there or specifications.add_specification(
        by=by, number=alloy.number, revision=alloy.revision, title=alloy.title, kind="material"
    )


def _process(by, process: data.Process) -> SpecificationRevision:
    there = SpecificationRevision.objects.filter(number=process.number, revision=process.revision).first()
    return there or specifications.add_specification(
        by=by,
        number=process.number,
        revision=process.revision,
        title=process.title,
        kind="process",
        process=process.process,
        types=list(process.types),
        classes=list(process.classes),
        same_as=list(process.same_as),
    )


def _approve_vendor(people: People, process: data.Process, material: str, today: date) -> None:
    scope = {
        "site": people.sites[process.vendor],
        "spec_number": process.number,
        "spec_type": process.spec_type,
        "material": material,
    }
    if not ApprovalScope.objects.filter(**scope).exists():
        approvals.approve_scope(
            by=people.quality,
            process=process.process,
            spec_revision=process.revision,
            valid_from=today - timedelta(days=200),
            valid_to=today + timedelta(days=500),
            basis=f"Nadcap certificate {NADCAP[process.vendor]}, own audit",
            **scope,
        )


def _part(people: People, spec: data.PartSpec) -> PartRevision:
    by, customer = people.quality, people.organizations[spec.customer]
    part = parts.add_part(
        by=by, customer=customer, number=spec.number, name=spec.name, is_serialized=spec.is_serialized
    )
    drawing = paper(
        "drawing",
        owner=customer.name,
        number=spec.number,
        revision=spec.revision,
        name=spec.name,
        notes=spec.notes,
        rows=tuple((row.balloon, row.zone, row.requirement) for row in spec.rows),
    )
    part_revision = parts.add_revision(
        by=by,
        part=part,
        revision=spec.revision,
        drawing_number=spec.number,
        drawing_revision=spec.revision,
        unit="mm",
        default_applies_to="after",
        label=Label.objects.get(code=spec.label) if spec.label else None,
        drawing=drawing,
        drawing_name=f"{spec.number} rev {spec.revision}.pdf",
    )
    for place, text in enumerate(spec.notes, start=1):
        parts.add_note(by=by, part_revision=part_revision, note_number=str(place), text=text)
    for row in spec.rows:
        characteristics.add_characteristic(
            by=by,
            part_revision=part_revision,
            balloon=row.balloon,
            zone=row.zone,
            name=row.name,
            kind=row.kind,
            requirement=row.requirement,
            nominal=_decimal(row.nominal),
            lower=_decimal(row.lower),
            upper=_decimal(row.upper),
            unit=row.unit,
            designator=row.designator,
            applies_to=row.applies_to,
            source_name=row.name,
        )
    return part_revision


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _gauge(by, today: date) -> Gauge:
    there = Gauge.objects.filter(number="CMM-02").first()
    if there:
        return there
    gauge = gauges.add_gauge(
        by=by, number="CMM-02", kind="CMM", description="Coordinate measuring machine, 0.7 m"
    )
    gauges.record_calibration(
        by=by,
        gauge=gauge,
        certificate_number="CAL-26-0311",
        calibrated_on=today - timedelta(days=120),
        due_on=today + timedelta(days=245),
    )
    return gauge


def _operation(
    people: People, route, spec: data.PartSpec, step: data.Step, material, today: date
) -> Operation:
    more = {"work_center": step.work_center}
    if step.kind == data.MATERIAL:
        more |= {
            "specification": material,
            "certificate_type": "3.1",
            "material_condition": spec.alloy.condition,
        }
    if step.process:
        _approve_vendor(people, step.process, spec.alloy.family, today)
        more |= {
            "specification": _process(people.quality, step.process),
            "spec_type": step.process.spec_type,
            "spec_class": step.process.spec_class,
            "certificate_type": "process",
            "material_condition": spec.alloy.condition,
            "is_irreversible": step.process.is_irreversible,
            "changes_surface": step.process.changes_surface,
            "incoming_owner": "inspector",
            "instructions": step.process.instructions,
        }
    return route_revisions.add_operation(
        by=people.quality,
        route_revision=route,
        sequence=step.sequence,
        kind=step.kind,
        name=step.name,
        quality_owner="quality",
        timing_owner="inspector" if step.kind == data.INSPECT else "operator",
        **more,
    )


def _lock_setup(
    people: People, spec: data.PartSpec, step: data.Step, operation: Operation, gauge: Gauge
) -> None:
    side = 1 + sum(each.sequence < step.sequence for each in spec.steps if each.fixture)
    setups.approve_setup(
        by=people.second_quality,
        operation=operation,
        fixture=step.fixture,
        fixture_revision="C",
        nc_program=nc_program(f"{spec.number} SIDE {side}", side),
        nc_program_name=f"{spec.number}-{step.sequence}.nc",
        offsets={"G54 X": "0.0000", "G54 Z": "-0.2500"},
        gauges=[gauge],
    )


def _plan_checks(by, part_revision: PartRevision, operations: dict[int, Operation]) -> None:
    """Plan each characteristic at the first inspection where it applies before the finish, else at the last."""
    inspections = [op for op in operations.values() if op.kind == data.INSPECT]
    places = {"before": inspections[0], "after": inspections[-1]}
    for characteristic in Characteristic.objects.filter(part_revision=part_revision):
        for side, operation in places.items():
            if characteristic.applies_to in (side, "both"):
                route_revisions.plan_check(
                    by=by,
                    operation=operation,
                    characteristic=characteristic,
                    side=side,
                    gauge_kind="CMM",
                    **SAMPLED.get((part_revision.part.number, characteristic.balloon), {}),
                )


def make_order(
    people: People, plan: Plan, *, po_number: str, quantities: list[int], today: date, first_due: int
) -> list[OrderLine]:
    """Enter one customer order with a line for each quantity, due a week apart."""
    order = orders.enter_order(
        by=people.quality,
        customer=people.organizations[plan.spec.customer],
        po_number=po_number,
        received_on=today - timedelta(days=20),
    )
    return [
        orders.add_line(
            by=people.quality,
            order=order,
            line_number=10 * place,
            part_revision=plan.part_revision,
            quantity=quantity,
            due_on=today + timedelta(days=first_due + 7 * (place - 1)),
            sourcing=OrderLine.CONTRACT,
            fai_regime=plan.spec.fai_regime,
            needs_package_approval=plan.spec.needs_package_approval,
        )
        for place, quantity in enumerate(quantities, start=1)
    ]
