"""The shop floor: which steps can be signed now, and what stops the others."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef

from portal.domain.errors import Refused
from portal.models import Person
from routes.domain.amended import open_amendments_before, undecided_sentence
from routes.domain.holds import is_held, open_holds
from routes.domain.lots import current_step
from routes.domain.setups import what_waits
from routes.domain.travelers import BY_LATER_ROOMS
from routes.models import Operation, Traveler, TravelerStep

# a lot or a step wherever it stands: typed, or in the address that a traveler's square carries
WRITTEN = re.compile(r"T-([0-9]{1,12})((?:/[0-9]{1,6})*)(-[0-9]{1,9}-[0-9]{1,6})?", re.IGNORECASE)
BARE = re.compile(r"0*([0-9]{1,12})")


class NotOnTheFloor(Refused):
    """What was scanned names no lot and no step of this shop."""

    code = "not-on-the-floor"


def next_steps(person: Person):
    """Return the next step of every open lot, with `is_held`, as one question to the database.

    Inspections and outside work are left out: they are completed elsewhere.
    """
    earlier = TravelerStep.objects.filter(
        traveler=OuterRef("traveler"),
        state=TravelerStep.WAITING,
        operation__sequence__lt=OuterRef("operation__sequence"),
    )
    return (
        TravelerStep.objects.for_viewer(person)
        .filter(state=TravelerStep.WAITING, traveler__state=Traveler.OPEN)
        .exclude(operation__kind__in=BY_LATER_ROOMS)
        .exclude(Exists(earlier))
        .annotate(is_held=is_held("traveler"))
        .select_related(
            "operation",
            "traveler__order_line__order__customer",
            "traveler__route_revision__part_revision__part",
        )
    )


def find_scanned(*, by: Person, scanned: str) -> Traveler | TravelerStep:
    """Return the lot or the step a scanned square or a typed number names; 312 alone is lot T-000312.

    Raises:  NotOnTheFloor when it names none.
    """
    found = WRITTEN.search(scanned) or BARE.fullmatch(scanned.strip())
    if found:
        number = f"T-{found[1]:0>6}" + (found[2] if found.re is WRITTEN else "")
        rest = (found[3] or "") if found.re is WRITTEN else ""
        model = TravelerStep if rest else Traveler
        record = model.objects.for_viewer(by).filter(number=number + rest).first()
        if record is not None:
            return record
    shown = scanned.strip()[:60] or "nothing"
    raise NotOnTheFloor(
        f"{shown} is no lot and no step of this shop. Scan the square on the traveler again, "
        "or type the number of the lot, as in T-000312."
    )


def what_stops(step: TravelerStep) -> str:
    """Return in a sentence why this step cannot be signed by hand now; empty when it can.

    The signing itself asks again, under locks; this tells the person before they begin.
    """
    lot, operation = step.traveler, step.operation
    name = f"Step {step.number} {operation.name}"
    if step.state != TravelerStep.WAITING:
        return f"{name} is {step.get_state_display().lower()} already."
    if lot.state != Traveler.OPEN:
        return f"Lot {lot.number} is {lot.get_state_display().lower()}."
    if operation.kind in BY_LATER_ROOMS:
        return f"{name} is not signed by hand. {BY_LATER_ROOMS[operation.kind]}"
    if holds := open_holds(lot):
        named = "; ".join(f"{hold.number}, {hold.reason.rstrip('.')}" for hold in holds)
        return f"Lot {lot.number} is on hold: {named}. A quality engineer lets it go."
    current = current_step(lot)
    if current is not None and current.pk != step.pk:
        return f"{name} comes after {current.number} {current.operation.name}, which is not signed."
    if waiting := open_amendments_before(lot, step):
        return undecided_sentence(step, waiting)
    if operation.kind == Operation.MATERIAL and lot.material_lot_id is None:
        return f"Lot {lot.number} has no material yet. Issue a heat to it first."
    return what_waits(lot, step) if operation.kind == Operation.MACHINE else ""
