"""Open jobs: lots that are under way, each brought in at the operation it stands at."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.columns import LIST, WHOLE, Column, Table
from documents.domain.imports.known import NotThere, customer_named, order_line_named
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.domain.errors import Incomplete
from portal.domain.events import record_event
from portal.models import Event, Person
from routes.domain.elsewhere import bring_in
from routes.domain.travelers import open_traveler
from routes.models import OrderLine, RouteRevision, Traveler

JOBS = Table(
    code="jobs",
    title="Open jobs",
    lead="Lots under way. Each begins at the operation it stands at; what was done before is owed as scans that "
    "a second person reviews, on the lot's own page.",
    columns=(
        Column(
            "job",
            "Job",
            "Its number in the system it comes from.",
            "J-20914",
            True,
            most=60,
            synonyms=("job number", "work order", "traveler", "lot"),
        ),
        Column("customer", "Customer", "Code or name of the customer.", "NORTH-1", True),
        Column(
            "po_number",
            "Purchase order",
            "The customer's number.",
            "4500918823",
            True,
            most=80,
            synonyms=("po", "po number", "order"),
        ),
        Column(
            "line_number",
            "Line",
            "Number of the order line.",
            "1",
            True,
            WHOLE,
            synonyms=("line number", "pos"),
        ),
        Column(
            "quantity",
            "Pieces",
            "Good pieces in the lot now.",
            "40",
            True,
            WHOLE,
            synonyms=("quantity", "qty"),
        ),
        Column(
            "operation",
            "Stands at operation",
            "Sequence of the next operation to do. Empty: nothing is done yet.",
            "50",
            kind=WHOLE,
            synonyms=("operation", "op", "current operation", "sequence"),
        ),
        Column("route", "Route", "Number with revision. Empty: the released one.", "R-000004-1", most=50),
        Column(
            "serials", "Serials", "Of the pieces, when they carry any.", "S-01 | S-02", kind=LIST, most=60
        ),
        Column(
            "reason",
            "Reason",
            "Where its papers were kept, and why it comes in now.",
            "Kept on paper until the portal began.",
            most=200,
        ),
    ),
    key=("job",),
)


def take_job(row: SimpleNamespace, by: Person) -> Outcome:
    """Open a lot for a job, at the operation it stands at; a job that has its lot is compared with it."""
    outcome = Outcome()
    line = order_line_named(customer_named(row.customer), row.po_number, row.line_number)
    there = lot_of_job(row.job, line)
    if there is not None:
        outcome.compare("Pieces", there.quantity_started, row.quantity)
        if row.operation is not None:
            outcome.compare(
                "Stands at operation", there.brought_in_at or _first(there.route_revision), row.operation
            )
        return outcome
    lot = _open(row, line, _route(row, line), by)
    record_event(
        by=by,
        verb="import",
        noun="lot",
        number=lot.number,
        lots=[lot.number],
        data={"job": row.job, "order_line": str(line)},
    )
    outcome.made.append(f"lot {lot.number}")
    return outcome


def lot_of_job(job: str, line: OrderLine) -> Traveler | None:
    """Return the lot that a job of another system became, as the log tells."""
    lots = Traveler.objects.filter(order_line=line, parent__isnull=True).values_list("number", flat=True)
    told = Event.objects.filter(noun="lot", number__in=list(lots), verb="import", data__job=job).first()
    return Traveler.objects.select_related("route_revision").get(number=told.number) if told else None


def _first(route_revision: RouteRevision) -> int | None:
    return route_revision.operations.order_by("sequence").values_list("sequence", flat=True).first()


def _route(row: SimpleNamespace, line: OrderLine) -> RouteRevision:
    released = RouteRevision.objects.filter(part_revision=line.part_revision)
    if row.route:
        found = released.filter(number=row.route).first()
        words = f"There is no route {row.route} of {line.part_revision}."
    else:
        found = released.filter(state=RouteRevision.RELEASED).first()
        words = f"No route of {line.part_revision} is released."
    if found is None:
        raise NotThere(f"{words} Plan and release it, then import the job.")
    return found


def _open(row: SimpleNamespace, line: OrderLine, route: RouteRevision, by: Person) -> Traveler:
    lot = {
        "order_line": line,
        "route_revision": route,
        "quantity": row.quantity,
        "serials": row.serials or None,
    }
    if row.operation is None or row.operation == _first(route):
        return open_traveler(by=by, **lot)
    if not row.reason:
        raise Incomplete(
            f"Job {row.job} stands at operation {row.operation}, and its reason is empty. Say where its papers "
            "were kept and why it comes in now."
        )
    return bring_in(by=by, at_sequence=row.operation, reason=f"Job {row.job}: {row.reason}", **lot)


NOUNS = (Noun(JOBS, take_job, Traveler.objects.all, "routes:traveler-list"),)
