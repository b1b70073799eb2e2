"""Example records of the API's addresses in this room; see `tests/architecture/examples.py`."""

from routes.models import Characteristic, DrawingNote
from tests.routes import examples as pages


def characteristic(cast):
    named = pages.part_revision(cast)
    found = Characteristic.objects.filter(
        part_revision__part__number=named["number"], part_revision__revision=named["revision"]
    )
    return {"uuid": found.first().uuid}


def note(cast):
    named = pages.part_revision(cast)
    found = DrawingNote.objects.filter(
        part_revision__part__number=named["number"], part_revision__revision=named["revision"]
    )
    return named | {"note": found.first().note_number}


EXAMPLES = {
    "routes-api:component-build-in": pages.traveler,
    "routes-api:packing-demand-add": pages.order_line,
    "routes-api:order-detail": pages.order,
    "routes-api:order-add-line": pages.order,
    "routes-api:line-detail": pages.order_line,
    "routes-api:order-amend-line": pages.order_line,
    "routes-api:traveler-open": pages.order_line,
    "routes-api:part-detail": pages.part,
    "routes-api:revision-detail": pages.part_revision,
    "routes-api:note-detail": note,
    "routes-api:characteristic-detail": characteristic,
    "routes-api:specification-detail": pages.specification,
    "routes-api:route-detail": pages.route,
    "routes-api:operation-detail": pages.operation,
    "routes-api:setup-detail": pages.setup,
    "routes-api:lock-policy-detail": pages.lock_policy,
    "routes-api:growth-detail": pages.growth,
    "routes-api:growth-drop": pages.growth,
    "routes-api:handoff-detail": pages.handed_over,
    "routes-api:gauge-detail": pages.gauge,
    "routes-api:material-detail": pages.material,
    "routes-api:traveler-detail": pages.traveler,
    "routes-api:traveler-hold": pages.traveler,
    "routes-api:amendment-redline": pages.traveler,
    "routes-api:amendment-skip": pages.traveler,
    "routes-api:amendment-add": pages.traveler,
    "routes-api:amendment-repeat": pages.traveler,
    "routes-api:amendment-detail": pages.amendment,
    "routes-api:amendment-withdraw": pages.amendment,
    "routes-api:step-detail": pages.step,
    "routes-api:hold-detail": pages.hold,
}
