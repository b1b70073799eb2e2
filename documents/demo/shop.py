"""The whole sample shop: built once, a lot at every stage, its packages rendered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from documents.demo import (
    assembled,
    brought_in,
    changes,
    doubt,
    findings,
    keeping,
    last_month,
    points,
    scenes,
)
from documents.demo.last_month import Stock
from documents.demo.parts import COVER, HOUSING, LINK, MANIFOLD, PARTS, PIN, SHELL
from documents.demo.people import INSPECTORS_PIN, OPERATORS_PIN, PASSWORD, People, token
from documents.demo.plan import make_order, make_plan
from documents.demo.scenes import Shelf
from documents.demo.standing import fill_register
from documents.demo.story import Story
from documents.domain import policies
from documents.models import ReleasePackage
from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.files import read_bytes
from portal.models import Event, Organization, Person
from routes.domain import clauses, terms
from routes.models import OrderLine, Traveler

HEATS = {
    HOUSING.number: "7T4418",
    COVER.number: "7T4502",
    LINK.number: "K20931",
    MANIFOLD.number: "316-8842",
    SHELL.number: "5P1107",
}
PIECES_A_HEAT = 80
# part, the customer's order number, the quantity of each line, days until the first is due; the next a week later
ORDERS = (
    (HOUSING, "4500918823", [8, 6, 10, 5, 12], 2),
    (COVER, "4500918901", [20, 16, 4], 3),
    (LINK, "ARD-77120", [4, 6], 4),
    (PIN, "ARD-77133", [12], 1),
    (MANIFOLD, "88-30412", [6, 4], 9),
    (SHELL, "88-30455", [6], -1),
)
# customer, number, title, text, what answers it and which
CLAUSES = (
    (
        "MERIDIAN",
        "Q-17",
        "Special processes",
        "Special processes are done by processors on the buyer's list; certificates go with each shipment.",
        "document",
        "Process certificates in the release package",
    ),
    (
        "MERIDIAN",
        "Q-31",
        "Foreign object prevention",
        "Parts are cleaned and inspected for foreign objects before packing.",
        "operation",
        "The last operation: clean, wrap, pack",
    ),
    (
        "ARDENT",
        "QC-4",
        "Traceability",
        "The certificate of conformity names heat and, where the part carries them, serial numbers.",
        "document",
        "Certificate of conformity, field 11",
    ),
)


class SampleShopIsHalfBuilt(Refused):
    """An earlier start ended before the sample shop stood."""

    code = "sample-shop-is-half-built"


def is_built() -> bool:
    """Say whether the sample shop, or a real one, stands already; nothing is built twice.

    Raises:  SampleShopIsHalfBuilt when an earlier start did not come to its end.
    """
    if Event.objects.filter(verb="build", noun="sample shop").exists():
        return True
    if Organization.objects.filter(number="KESTREL").exists():
        raise SampleShopIsHalfBuilt(
            "An earlier start ended before the sample shop was built. Remove the folder var/ and start again."
        )
    return Person.objects.exists()


def build(say: Callable[[str], None] = print) -> None:
    """Build the sample shop, one scene a transaction: what happened last month, then the one that goes out first."""
    today = timezone.localdate()
    with transaction.atomic():
        stock = last_month.went_by(today)
    say("A month of one vendor has gone by; its scorecard is frozen.")
    with transaction.atomic():
        shelf = _stock(stock, today)
    say(f"{len(PARTS)} parts of 3 customers are planned, with 4 vendors and their approvals.")
    scenes.dispatched(shelf)
    say("The first lot is released, rendered, dispatched and accepted.")
    for scene in (
        *scenes.SCENES,
        brought_in.begun_on_paper,
        points.points_and_edits,
        assembled.built_and_packed,
        changes.changed_on_the_way,
        findings.found_and_waiting,
    ):
        with transaction.atomic():
            scene(shelf)
    scenes.sealed(shelf)
    scenes.returned_by_the_buyer(shelf)
    last_month.shipped(shelf)
    with transaction.atomic():
        doubt.gauge_found_out_of_tolerance(shelf)
        keeping.rules_and_a_hold(shelf)
    findings.drift_looked_at()
    record_event(by=None, verb="build", noun="sample shop", number="KESTREL")
    say(f"{Traveler.objects.open().count()} open lots stand on the board, at every stage.")


def _stock(stock: Stock, today: date) -> Shelf:
    """Plan every part, order it, receive a heat for it; the pins were planned and their bar was here before."""
    people = stock.people
    fill_register(people, today)
    stories, heats = {}, {}
    for spec in PARTS:
        plan = stock.plan if spec == PIN else make_plan(people, today, spec)
        stories[spec.number] = Story(people, plan, today)
    for spec in PARTS:
        story = stories[spec.number]
        heats[spec.number] = (
            stock.heat if spec == PIN else story.receive_heat(HEATS[spec.number], PIECES_A_HEAT)
        )
    lines: dict[str, list[OrderLine]] = {}
    for spec, po_number, quantities, first_due in ORDERS:
        plan = stories[spec.number].plan
        lines.setdefault(spec.number, []).extend(
            make_order(
                people, plan, po_number=po_number, quantities=quantities, today=today, first_due=first_due
            )
        )
    _agree(people, lines)
    return Shelf(stories, heats, lines)


def _agree(people: People, lines: dict[str, list[OrderLine]]) -> None:
    """Agree terms with every customer and put their quality clauses on their lines; the last line waits."""
    by = people.quality
    for spec in PARTS:
        customer = people.organizations[spec.customer]
        terms.change_terms(
            by=by,
            customer=customer,
            fai_regime=spec.fai_regime,
            needs_package_approval=spec.needs_package_approval,
        )
    for customer, number, title, text, answer, answered_by in CLAUSES:
        clause = clauses.add_clause(
            by=by,
            customer=people.organizations[customer],
            number=number,
            revision="B",
            title=title,
            text=text,
        )
        of_customer = [line for spec in PARTS if spec.customer == customer for line in lines[spec.number]]
        carried = [clauses.put_on_line(by=by, order_line=line, clause=clause) for line in of_customer]
        for line_clause in carried[:-1] if number == "Q-31" else carried:
            clauses.answer_clause(by=by, line_clause=line_clause, answer=answer, answered_by=answered_by)
    _leave_out(
        people, "SOLVANE", "PACK", "Solvane collects its parts in its own racks and packs them itself."
    )


def _leave_out(people: People, customer: str, code: str, reason: str) -> None:
    """Put every check but one in force for a customer, drafted by quality and signed by the manager."""
    checks = [each for each in policies.CODES if each != code]
    draft = policies.draft(
        by=people.quality, customer=people.organizations[customer], checks=checks, reason=reason
    )
    policies.sign(by=people.manager, policy=draft, token=token(people.manager))


def write_first_package(folder: Path) -> Path | None:
    """Write the first rendered package into `folder` and return its path."""
    package = ReleasePackage.objects.filter(file__isnull=False).order_by("pk").first()
    if package is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{package.number}.pdf"
    path.write_bytes(read_bytes(package.file))
    return path


def tablet_log_ins() -> list[tuple[str, str, str]]:
    """Return (who, badge, PIN) of those who sign steps at a tablet."""
    pins = {Person.OPERATOR: OPERATORS_PIN, Person.INSPECTOR: INSPECTORS_PIN}
    people = Person.objects.filter(role__in=pins).exclude(pin="").order_by("pk")
    return [(each.printed_name, each.badge_number, pins[each.role]) for each in people]


def log_ins() -> list[tuple[str, str, str]]:
    """Return (who, e-mail, password) of everybody in the sample shop."""
    people = Person.objects.select_related("organization").order_by("pk")
    return [
        (f"{each.printed_name}, {each.title}, {each.organization}", each.email, PASSWORD) for each in people
    ]
