"""The whole sample shop: built once, a lot at every stage, its packages rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from documents.demo.parts import COVER, HOUSING, LINK, MANIFOLD, PARTS, PIN, SHELL, PartSpec
from documents.demo.people import INSPECTORS_PIN, OPERATORS_PIN, PASSWORD, make_people
from documents.demo.plan import make_order, make_plan
from documents.demo.story import Story
from documents.domain import packages
from documents.models import ReleasePackage, Review
from inspection.domain import first_articles
from portal import queue
from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.files import read_bytes
from portal.models import Event, Organization, Person
from routes.models import MaterialLot, OrderLine, Traveler

SINCE = date(2020, 1, 1)
HEATS = {
    HOUSING.number: "7T4418",
    COVER.number: "7T4502",
    LINK.number: "K20931",
    PIN.number: "K20977",
    MANIFOLD.number: "316-8842",
    SHELL.number: "5P1107",
}
# part, the customer's order number, the quantity of each line, days until the first is due; the next a week later
ORDERS = (
    (HOUSING, "4500918823", [8, 6, 10, 5, 12], 2),
    (COVER, "4500918901", [20, 16, 4], 3),
    (LINK, "ARD-77120", [4, 6], 4),
    (PIN, "ARD-77133", [12], 1),
    (MANIFOLD, "88-30412", [6], 9),
    (SHELL, "88-30455", [6], -1),
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


@dataclass(frozen=True)
class Shelf:
    """What the scenes draw from: one story, one heat and the waiting order lines of each part."""

    stories: dict[str, Story]
    heats: dict[str, MaterialLot]
    lines: dict[str, list[OrderLine]]

    def take(self, spec: PartSpec) -> tuple[Story, OrderLine, MaterialLot]:
        """Return the next line of a part with its story and its heat."""
        return self.stories[spec.number], self.lines[spec.number].pop(0), self.heats[spec.number]

    def open(self, spec: PartSpec) -> tuple[Story, Traveler]:
        """Open the lot of the next line of a part."""
        story, line, heat = self.take(spec)
        return story, story.open_lot(line, heat, line.quantity)


def build(say: Callable[[str], None] = print) -> None:
    """Build the sample shop, one scene a transaction, the one that goes out first."""
    with transaction.atomic():
        shelf = _stock(timezone.localdate())
    say(f"{len(PARTS)} parts of 3 customers are planned, with 4 vendors and their approvals.")
    dispatched(shelf)
    say("The first lot is released, rendered and dispatched.")
    for scene in SCENES:
        with transaction.atomic():
            scene(shelf)
    sealed(shelf)
    returned_by_the_buyer(shelf)
    record_event(by=None, verb="build", noun="sample shop", number="KESTREL")
    say(f"{Traveler.objects.filter(parent=None).count()} lots stand at as many stages.")


def _stock(today: date) -> Shelf:
    """Plan every part, order it, receive a heat for it."""
    people = make_people(since=SINCE)
    first = Story(people, make_plan(people, today), today)
    stories = {HOUSING.number: first}
    for spec in PARTS[1:]:
        stories[spec.number] = first.of(make_plan(people, today, spec))
    heats = {spec.number: stories[spec.number].receive_heat(HEATS[spec.number], 80) for spec in PARTS}
    lines: dict[str, list[OrderLine]] = {}
    for spec, po_number, quantities, first_due in ORDERS:
        plan = stories[spec.number].plan
        lines.setdefault(spec.number, []).extend(
            make_order(
                people, plan, po_number=po_number, quantities=quantities, today=today, first_due=first_due
            )
        )
    return Shelf(stories, heats, lines)


def dispatched(shelf: Shelf) -> None:
    """A lot released, rendered, dispatched and accepted by the customer."""
    with transaction.atomic():
        story, line, heat = shelf.take(HOUSING)
        lot = story.complete_lot(line, heat, line.quantity)
        story.first_article(lot)
        shipment = story.certify(lot)
        package = story.release(shipment)
    queue.work_off(["render_package"])
    with transaction.atomic():
        story.dispatch(shipment)
        package.refresh_from_db()
        story.review(package, Review.ACCEPTED)


def certificate_to_decide(shelf: Shelf) -> None:
    """A lot that came back; its certificate waits for a decision."""
    story, lot = shelf.open(HOUSING)
    story.before_finish(lot)
    order = story.send_out(lot)
    story.take_back(order)
    story.vendor_certificate(order)


def at_the_vendor(shelf: Shelf) -> None:
    """A lot at the anodizer."""
    story, lot = shelf.open(HOUSING)
    story.before_finish(lot)
    story.send_out(lot)


def with_a_failing_piece(shelf: Shelf) -> None:
    """A lot whose final inspection found one piece out of tolerance: it stands apart in a lot of its own."""
    story, lot = shelf.open(HOUSING)
    story.walk(lot, until=70)
    last = lot.pieces.order_by("position").last().serial
    story.measure(lot, 70, outliers={("10", last): "0.078"})


def just_opened(shelf: Shelf) -> None:
    """A lot with its material sawn."""
    story, lot = shelf.open(HOUSING)
    story.sign(lot, 10)


def waiting_for_anodize(shelf: Shelf) -> None:
    """A lot measured before its finish; its outside order is drafted and not issued."""
    story, lot = shelf.open(COVER)
    story.before_finish(lot)
    story.order_outside(lot)


def certificate_rejected(shelf: Shelf) -> None:
    """A lot whose vendor certificate names another revision of the part: rejected, to be sent again."""
    story, lot = shelf.open(COVER)
    story.before_finish(lot)
    order = story.send_out(lot)
    story.take_back(order)
    certificate = story.vendor_certificate(order, says={"part_revision": "A"})
    story.reject_certificate(
        certificate,
        "It names revision A; the order and the tags say revision B. Send a corrected certificate.",
    )


def first_article_returned(shelf: Shelf) -> None:
    """A lot packed and ready; its first article came back to the author."""
    story, line, heat = shelf.take(COVER)
    lot = story.complete_lot(line, heat, line.quantity)
    fair = story.submit_first_article(lot)
    first_articles.return_to_author(
        by=story.people.second_quality,
        first_article=fair,
        reason="Field 14: say why this is a full first article after the fixture was replaced.",
    )


def on_hold(shelf: Shelf) -> None:
    """A lot between two outside operations, stopped."""
    story, lot = shelf.open(LINK)
    story.walk(lot, until=60)
    story.hold(lot, "Two pivot bores look scored. Wait for the second opinion of quality.")


def lock_differs(shelf: Shelf) -> None:
    """A lot that was run on another fixture revision than the lock names."""
    story, lot = shelf.open(MANIFOLD)
    story.sign(lot, 10)
    story.sign(lot, 20, fixture_revision="D")


def ready_to_ship(shelf: Shelf) -> None:
    """A lot with every link closed but the conformity certificate."""
    story, line, heat = shelf.take(SHELL)
    story.complete_lot(line, heat, line.quantity)


def sealed(shelf: Shelf) -> None:
    """A released lot whose package is sealed and waits for the customer's approval before dispatch."""
    with transaction.atomic():
        story, line, heat = shelf.take(LINK)
        lot = story.complete_lot(line, heat, line.quantity)
        story.first_article(lot)
        package = story.release(story.certify(lot))
    queue.work_off(["render_package"])
    with transaction.atomic():
        package.refresh_from_db()
        packages.share(by=story.people.second_quality, package=package)


def returned_by_the_buyer(shelf: Shelf) -> None:
    """A lot that went out and whose package the buyer returned with a question."""
    with transaction.atomic():
        story, line, heat = shelf.take(PIN)
        lot = story.complete_lot(line, heat, line.quantity)
        shipment = story.certify(lot)
        package = story.release(shipment)
    queue.work_off(["render_package"])
    with transaction.atomic():
        story.dispatch(shipment)
        package.refresh_from_db()
        story.review(
            package,
            Review.RETURNED,
            "The passivation certificate names no solution temperature. Ask Lowell for it and send the package again.",
        )


SCENES = (
    certificate_to_decide,
    at_the_vendor,
    with_a_failing_piece,
    just_opened,
    waiting_for_anodize,
    certificate_rejected,
    first_article_returned,
    on_hold,
    lock_differs,
    ready_to_ship,
)


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
