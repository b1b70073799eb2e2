"""A route laid out for reading: what stops its release, who owns what, which check stands on which side."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.models import Person
from routes.domain.gauges import is_calibrated
from routes.domain.route_gaps import OWNERS, Gap
from routes.models import LineClause, Operation, PlannedCheck, RouteRevision, Setup
from routes.models.parts import AFTER, BEFORE, BOTH

# which shape stands for a kind of operation; its word always stands beside it
SHAPES = {
    Operation.MATERIAL: "layers",
    Operation.INSPECT: "eye",
    Operation.OUTSIDE: "away",
    Operation.MARK: "pen",
    Operation.PACK: "lock",
}
LINKS = {
    "notes": "NOTES",
    "clauses": "NOTES",
    "operations": "ROUTE",
    "owners": "OWNERS",
    "specification": "ROUTE",
    "setup": "LOCK",
    "gauge": "LOCK",
    "checks": "FINISH",
    "wrong side": "FINISH",
    "finish": "FINISH",
}


def findings(gaps: list[Gap], record: RouteRevision, *, may_plan: bool) -> list[dict[str, Any]]:
    """Return the gaps as findings, each with the act that mends it for somebody who may plan."""
    rows = []
    for place, gap in enumerate(gaps):
        label, url = mend(gap, record) if may_plan or gap.link == "gauge" else ("", "")
        rows.append(
            {
                "code": LINKS[gap.link],
                "key": str(place),
                "state": "missing",
                "sentence": gap.sentence,
                "owner": record.author.printed_name,
                "act": label,
                "url": url,
            }
        )
    return rows


def mend(gap: Gap, record: RouteRevision) -> tuple[str, str]:
    """Return the words and the address of the act that closes a gap."""

    def address(name: str, **keywords) -> str:
        return reverse(f"routes:{name}", kwargs={"number": record.number, **keywords})

    if gap.link == "notes":
        return f"Map note {gap.note}", address("note-map", note=gap.note)
    if gap.link == "clauses":
        return "Open the order", reverse("routes:order-detail", kwargs={"number": gap.order})
    if gap.link == "gauge":
        return f"Calibrate {gap.gauge}", reverse("routes:gauge-calibrate", kwargs={"number": gap.gauge})
    if gap.link == "setup":
        return "Approve the setup", address("setup-approve", sequence=gap.sequence)
    if gap.link == "checks" and gap.sequence:
        planned = address("check-plan", sequence=gap.sequence)
        return f"Plan at operation {gap.sequence}", f"{planned}?balloon={gap.balloon}&side={gap.side}"
    if gap.link == "finish":
        return f"Say how balloon {gap.balloon} is moved", address("feature-name", balloon=gap.balloon)
    if gap.link == "wrong side":
        return "Take it back", address("check-drop", sequence=gap.sequence, balloon=gap.balloon)
    if gap.sequence:
        words = "Choose the owner" if gap.link == "owners" else f"Change operation {gap.sequence}"
        return words, address("operation-change", sequence=gap.sequence)
    return "Add an operation", address("operation-add")


def operation_rows(operations: list[Operation]) -> list[dict[str, Any]]:
    """Return each operation with its shape and its three owners: named, open, or not needed."""
    return [
        {
            "operation": operation,
            "shape": SHAPES.get(operation.kind, "ring"),
            "owners": [_owner(operation, field, words) for field, words in OWNERS],
        }
        for operation in operations
    ]


def _owner(operation: Operation, field: str, words: str) -> dict[str, Any]:
    is_needed = field != "incoming_owner" or operation.kind == Operation.OUTSIDE
    return {
        "words": words,
        "role": getattr(operation, f"get_{field}_display")() if is_needed else "",
        "is_needed": is_needed,
    }


def ownership(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how many owners the plan needs, how many are named, and how much each role carries."""
    owners = [owner for row in rows for owner in row["owners"] if owner["is_needed"]]
    named = Counter(owner["role"] for owner in owners if owner["role"])
    return {"needed": len(owners), "named": sum(named.values()), "roles": named.most_common()}


def check_rows(record: RouteRevision, operations: list[Operation]) -> list[dict[str, Any]]:
    """Return each characteristic with its checks before and after finish, and where one is missing."""
    planned: dict[tuple[int, str], list[PlannedCheck]] = {}
    for operation in operations:
        for check in operation.planned_checks.all():
            planned.setdefault((check.characteristic_id, check.side), []).append(check)
    has_finish = any(operation.changes_surface for operation in operations)
    rows = []
    for each in record.part_revision.characteristics.select_related("part_revision").order_by("position"):
        sides = {side: planned.get((each.pk, side), []) for side in (BEFORE, AFTER)}
        is_open = not each.is_reference
        missing = {
            side: is_open and not sides[side] and (each.side in (side, BOTH)) and has_finish for side in sides
        }
        if is_open and not any(sides.values()) and not any(missing.values()):
            missing[AFTER] = True
        rows.append(
            {
                "characteristic": each,
                "before": sides[BEFORE],
                "after": sides[AFTER],
                "lacks_before": missing[BEFORE],
                "lacks_after": missing[AFTER],
            }
        )
    return sorted(rows, key=lambda row: not (row["lacks_before"] or row["lacks_after"]))


def setup_rows(operations: list[Operation]) -> list[dict[str, Any]]:
    """Return each machine operation with its approved and proposed setups and how their gauges stand today."""
    today = timezone.localdate()
    rows = []
    for operation in operations:
        if operation.kind != Operation.MACHINE:
            continue
        standing = [setup for setup in operation.setups.all() if setup.state in Setup.STANDING]
        rows.append(
            {
                "operation": operation,
                "setups": [
                    {
                        "setup": setup,
                        "gauges": [
                            {"gauge": each, "is_good": is_calibrated(each, today)}
                            for each in setup.gauges.all()
                        ],
                    }
                    for setup in standing
                ],
                "is_approved": any(setup.state == Setup.APPROVED for setup in standing),
            }
        )
    return rows


def note_rows(record: RouteRevision) -> list[dict[str, Any]]:
    """Return the drawing's notes with what answers each, the open ones first."""
    mappings = record.note_mappings.select_related("operation", "not_applicable_signature")
    by_note = {mapping.note_id: mapping for mapping in mappings}
    rows = [
        {"note": note, "mapping": by_note.get(note.pk)} for note in record.part_revision.notes.order_by("id")
    ]
    return sorted(rows, key=lambda row: row["mapping"] is not None)


def clause_rows(record: RouteRevision, person: Person) -> list[LineClause]:
    """Return the clauses of the orders this route is made for, the open ones first."""
    rows = (
        LineClause.objects.for_viewer(person)
        .filter(order_line__part_revision=record.part_revision_id)
        .select_related("clause", "order_line__order", "signature")
        .order_by("order_line__order__number", "order_line__line_number", "clause__number")
    )
    return sorted(rows, key=lambda row: row.answer != "")
