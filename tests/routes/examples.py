"""Example records of this room's addresses; see `tests/architecture/examples.py`."""

from datetime import timedelta

from portal.domain.files import take_in
from routes.domain import clauses, gauges, holds, lots, packing, parts, setups
from routes.models import LockDifference
from tests.factories import amendments as amended
from tests.factories import clauses as met
from tests.factories import components as built
from tests.factories import elsewhere as earlier
from tests.factories import locks as locked
from tests.factories import routes as made
from tests.factories.finish import draft_growth

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def order(cast):
    return {"number": made.make_order(cast).number}


def order_line(cast):
    line = made.make_order_line(cast, made.make_part_revision(cast))
    return {"number": line.order.number, "line_number": line.line_number}


def customer(cast):
    return {"number": cast.customer.number}


def part(cast):
    return {"number": made.make_part(cast).number}


def part_revision(cast):
    found = made.make_part_revision(cast)
    return {"number": found.part.number, "revision": found.revision}


def drawing(cast):
    part = made.make_part(cast)
    parts.add_revision(
        by=cast.quality,
        part=part,
        revision="A",
        drawing_number="D-1",
        drawing_revision="A",
        unit="mm",
        default_applies_to="unspecified",
        drawing=PDF,
        drawing_name="drawing.pdf",
    )
    return {"number": part.number, "revision": "A"}


def drawing_page(cast):
    return {**drawing(cast), "page": 1}


def specification(cast):
    found = made.make_process_specification(cast)
    return {"number": found.number, "revision": found.revision}


def route(cast):
    return {"number": made.make_draft_route(cast).number}


def operation(cast):
    return {"number": made.make_draft_route(cast).number, "sequence": 30}


def check(cast):
    return {**operation(cast), "balloon": "2"}


def machine(cast):
    return {"number": made.make_draft_route(cast).number, "sequence": 20}


def note(cast):
    return {"number": made.make_draft_route(cast).number, "note": "1"}


def material(cast):
    return {"number": made.make_material(cast).number}


def calibration_paper(cast):
    found = made.make_gauge(cast)
    gauges.record_calibration(
        by=cast.inspector,
        gauge=found,
        certificate_number="CAL-2",
        calibrated_on=made.today(),
        due_on=made.today() + timedelta(days=90),
        file=take_in(content=PDF, name="calibration.pdf", by=cast.inspector),
    )
    return {"number": found.number, "place": 2}


def gauge(cast):
    return {"number": made.make_gauge(cast).number}


def traveler(cast):
    return {"number": made.make_open_traveler(cast).number}


def child(cast):
    lot = made.make_open_traveler(cast)
    return {"number": lots.split(by=cast.operator, traveler=lot, quantity=5, reason="Two heats").number}


def hold(cast):
    lot = made.make_open_traveler(cast)
    return {"number": holds.place_hold(by=cast.operator, traveler=lot, reason="Burr on the bore").number}


def step(cast):
    return {"number": made.step_at(made.make_open_traveler(cast, up_to=20), 20).number}


def released_machine(cast):
    operation = made.make_released_route(cast).operations.get(sequence=20)
    return {"number": operation.route_revision.number, "sequence": 20}


def setup(cast):
    return {"number": made.make_released_route(cast).operations.get(sequence=20).setups.get().number}


def setup_proposed(cast):
    operation = made.make_released_route(cast).operations.get(sequence=20)
    return {"number": locked.propose_setup(cast, operation).number}


def lock_policy(cast):
    return {"number": locked.draft_lock_policy(cast, "machine").number}


def growth(cast):
    return {"number": draft_growth(cast).number}


def feature(cast):
    return {**route(cast), "balloon": "1"}


def handed_over(cast):
    route = made.make_released_route(cast)
    tried = locked.make_prototype(cast, made.make_order_line(cast, route.part_revision), route)
    return {"number": locked.hand_over(cast, route, tried).number}


def difference(cast):
    found = made.step_at(made.make_open_traveler(cast, up_to=20), 20)
    run = setups.record_run(
        by=cast.operator, step=found, fixture="FX-13", fixture_revision="B", nc_program=made.NC_PROGRAM
    )
    field = LockDifference.objects.get(run=run).field
    return {"number": found.number, "run": 1, "field": field}


def brought_in(cast):
    return {"number": earlier.make_brought_in_lot(cast).number}


def scan(cast):
    return {"number": earlier.scan(cast, earlier.make_brought_in_lot(cast), "step", 10).number}


def scan_page(cast):
    return scan(cast) | {"page": 1}


def line_clause(cast):
    line = made.make_order_line(cast, made.make_part_revision(cast))
    clause = clauses.add_clause(
        by=cast.quality,
        customer=cast.customer,
        number=f"Q-{line.order.number}",
        revision="",
        title="Records are kept ten years",
        text="",
    )
    clauses.put_on_line(by=cast.quality, order_line=line, clause=clause)
    names = {"number": line.order.number, "line_number": line.line_number}
    return names | {"clause": clause.number, "revision": clause.revision}


def point_of_lot(cast):
    lot = made.make_open_traveler(cast)
    carried = met.carry(cast, lot.order_line, "hold", point_at=20)
    names = {"number": lot.order_line.order.number, "line_number": lot.order_line.line_number}
    return names | {"clause": carried.clause.number, "revision": "B", "lot": lot.number}


def clause_evidence(cast):
    lot = made.make_open_traveler(cast)
    shown = met.show(cast, met.carry(cast, lot.order_line), lot, content=PDF, name="fod.pdf")
    return {"number": shown.number}


def component_of_revision(cast):
    assembly = built.make_plain_revision(cast)
    item = built.add_bought(cast, assembly)
    return {"number": assembly.part.number, "revision": assembly.revision, "item": item.item_number}


def component_of_lot(cast):
    lot, made_here, _, source, _ = built.make_assembly(cast)
    built.build(cast, lot, made_here, source, 2)
    return {"number": lot.number, "item": made_here.item_number}


def packing_demand(cast):
    line = made.make_order_line(cast, made.make_part_revision(cast))
    demand = packing.add_demand(by=cast.quality, order_line=line, kind="label", text="Bar code on each bag")
    names = {"number": line.order.number, "line_number": line.line_number}
    return names | {"position": demand.position}


def amendment(cast):
    return {"number": amended.propose(cast, made.make_open_traveler(cast), "redline", sequence=20).number}


EXAMPLES = {
    "routes:component-add": part_revision,
    "routes:component-remove": component_of_revision,
    "routes:component-build-in": component_of_lot,
    "routes:component-take-out": component_of_lot,
    "routes:packing-demand-add": order_line,
    "routes:packing-demand-withdraw": packing_demand,
    "routes:clause-evidence-add": point_of_lot,
    "routes:point-let-go": point_of_lot,
    "routes:clause-evidence-file": clause_evidence,
    "routes:clause-evidence-withdraw": clause_evidence,
    "routes:traveler-bring-in": order_line,
    "routes:elsewhere-add": brought_in,
    "routes:elsewhere-file": scan,
    "routes:elsewhere-page": scan_page,
    "routes:elsewhere-review": scan,
    "routes:elsewhere-reject": scan,
    "routes:order-amend-line": order_line,
    "routes:line-clause-add": order_line,
    "routes:line-clause-answer": line_clause,
    "routes:line-clause-not-applicable": line_clause,
    "routes:order-detail": order,
    "routes:order-add-line": order,
    "routes:traveler-open": order_line,
    "routes:terms-change": customer,
    "routes:part-detail": part,
    "routes:revision-add": part,
    "routes:revision-detail": part_revision,
    "routes:revision-drawing": drawing,
    "routes:note-add": part_revision,
    "routes:characteristic-add": part_revision,
    "routes:characteristic-import": part_revision,
    "routes:route-draft": part_revision,
    "routes:specification-supersede": specification,
    "routes:route-detail": route,
    "routes:operation-add": route,
    "routes:route-submit": route,
    "routes:route-return": route,
    "routes:route-release": route,
    "routes:check-plan": operation,
    "routes:check-drop": check,
    "routes:operation-change": operation,
    "routes:operation-makes": operation,
    "routes:operation-remove": operation,
    "routes:setup-approve": machine,
    "routes:setup-propose": released_machine,
    "routes:setup-detail": setup,
    "routes:setup-sign": setup_proposed,
    "routes:setup-decline": setup_proposed,
    "routes:setup-withdraw": setup,
    "routes:growth-detail": growth,
    "routes:growth-sign": growth,
    "routes:growth-drop": growth,
    "routes:route-finish": route,
    "routes:feature-name": feature,
    "routes:lock-policy-detail": lock_policy,
    "routes:lock-policy-sign": lock_policy,
    "routes:lock-policy-drop": lock_policy,
    "routes:handoff-sign": route,
    "routes:handoff-detail": handed_over,
    "routes:note-map": note,
    "routes:note-not-applicable": note,
    "routes:material-detail": material,
    "routes:gauge-detail": gauge,
    "routes:gauge-calibrate": gauge,
    "routes:gauge-change": gauge,
    "routes:gauge-add-range": gauge,
    "routes:calibration-paper": calibration_paper,
    "routes:traveler-detail": traveler,
    "routes:traveler-split": child,
    "routes:traveler-rejoin": child,
    "routes:traveler-quantity": traveler,
    "routes:traveler-hold": traveler,
    "routes:traveler-issue": traveler,
    "routes:traveler-rework": traveler,
    "routes:traveler-amendments": traveler,
    "routes:amendment-redline": traveler,
    "routes:amendment-skip": traveler,
    "routes:amendment-add": traveler,
    "routes:amendment-approve": amendment,
    "routes:amendment-refuse": amendment,
    "routes:amendment-withdraw": amendment,
    "routes:hold-release": hold,
    "routes:step-sign": step,
    "routes:step-undo": step,
    "routes:step-setup": step,
    "routes:difference-decide": difference,
    "routes:difference-undo": difference,
    "routes:elsewhere-undo": scan,
    "routes:revision-drawing-page": drawing_page,
    "routes:traveler-print": traveler,
    "routes:traveler-label": child,
    "routes:traveler-code": traveler,
    "routes:floor-lot": traveler,
    "routes:floor-step": step,
    "routes:floor-sign": step,
    "routes:floor-scrap": step,
    "routes:floor-hold": step,
    "routes:floor-setup": step,
    "routes:floor-issue": step,
}
