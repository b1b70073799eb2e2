"""What the signature of a step done by hand covers, and whether it is still so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from portal.domain.signatures import altered, read_signed
from routes.domain.amended import redlines_of
from routes.domain.lots import serials_of
from routes.models import Operation, Traveler, TravelerStep

# signed with the lot as it was that day: pieces leave it and words are put right for those who come after
OF_THAT_DAY = ("serials", "redlines")
# how people call what is signed, where its name does not say it
CALLED = {
    "lot": "its lot",
    "route": "its route",
    "sequence": "the number of its operation",
    "operation": "the name of its operation",
    "pass": "its pass",
    "quantity_in": "the pieces that went in",
    "quantity_out": "the pieces that came out",
    "done_at": "when it was done",
    "material": "its material",
    "late_reason": "why it was entered late",
}


def signed_content(
    lot: Traveler, step: TravelerStep, came_in: int, out: int, moment: datetime, late_reason: str
) -> dict:
    """Return what is signed with a step: by which route, how many pieces, when, which ones and by which words."""
    content = _lasting(lot, step, came_in, out, moment, late_reason) | {"serials": serials_of(lot)}
    # who signs says that it was done by the words that held, not by those of the route alone
    if redlines := redlines_of(step):
        content["redlines"] = [{"number": each.number, "words": each.words} for each in redlines]
    return content


def altered_steps(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each step signed by hand by number what is no longer as it was signed; an intact one is left out.

    Steps of a receipt or an inspection are signed with those.
    """
    steps = TravelerStep.objects.filter(number__in=set(numbers), state=TravelerStep.SIGNED)
    by_hand = steps.exclude(operation__kind__in=(Operation.OUTSIDE, Operation.INSPECT))
    found = by_hand.select_related(
        "signature", "operation", "traveler__route_revision", "traveler__material_lot"
    )
    return {step.number: words for step in found if (words := _altered(step))}


def _altered(step: TravelerStep) -> str:
    then = (read_signed(step.signature) or {}).get("content") or {}
    content = _lasting(
        step.traveler, step, step.quantity_in, step.quantity_out, step.signed_at, step.late_reason
    )
    content |= {field: then[field] for field in OF_THAT_DAY if field in then}
    return altered(step.signature, noun="step", number=step.number, content=content, words=CALLED)


def _lasting(
    lot: Traveler, step: TravelerStep, came_in: int, out: int, moment: datetime, late_reason: str
) -> dict:
    operation = step.operation
    content = {
        "lot": lot.number,
        "route": lot.route_revision.number,
        "sequence": operation.sequence,
        "operation": operation.name,
        "pass": step.pass_number,
        "quantity_in": came_in,
        "quantity_out": out,
        "done_at": moment,
    }
    if operation.kind == Operation.MATERIAL:
        content["material"] = {"number": lot.material_lot.number, "identifier": lot.material_lot.identifier}
    if late_reason:
        content["late_reason"] = late_reason
    return content
