"""The scenes of the sample shop: each brings one lot to the stage its name says."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from documents.demo import let_pass
from documents.demo.parts import COVER, HOUSING, LINK, MANIFOLD, PIN, SHELL, PartSpec
from documents.demo.story import Story
from documents.domain import packages
from documents.models import Review
from inspection.domain import field_comments, first_articles
from portal import queue
from routes.domain import lots
from routes.models import MaterialLot, OrderLine, Traveler


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
        story.customers_results(lot)


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
    """A lot whose vendor certificate names another revision of the part: rejected, to be sent again.

    Four of its pieces stand apart: the customer lets them pass as they are, for its trial fit.
    """
    story, lot = shelf.open(COVER)
    story.before_finish(lot)
    order = story.send_out(lot)
    story.take_back(order)
    certificate = story.vendor_certificate(order, says={"part_revision": "A"})
    story.reject_certificate(
        certificate,
        "It names revision A; the order and the tags say revision B. Send a corrected certificate.",
    )
    four = lots.split(
        by=story.people.quality, traveler=lot, quantity=4, reason="Four go ahead to the trial fit."
    )
    let_pass.granted(
        story,
        four,
        "PROCESS",
        reason="The anodize is the one ordered; only the revision on the certificate is wrong. The four pieces are "
        "for the trial fit and do not fly.",
        answer="Agreed for the four trial pieces only. They are kept apart here and scrapped afterwards.",
    )


def first_article_returned(shelf: Shelf) -> None:
    """A lot packed and ready; its first article came back to the author."""
    story, line, heat = shelf.take(COVER)
    lot = story.complete_lot(line, heat, line.quantity)
    fair, reviewer = story.submit_first_article(lot), story.people.second_quality
    field_comments.comment(
        by=reviewer,
        first_article=fair,
        form=1,
        field="14",
        text="Say that the fixture was replaced; that is why it is a full first article.",
    )
    field_comments.comment(
        by=reviewer,
        first_article=fair,
        form=3,
        field="12",
        row="4",
        text="The spigot is measured before and after finish. Say which value counts.",
    )
    first_articles.return_to_author(
        by=reviewer, first_article=fair, reason="Two fields need words; everything else is in order."
    )


def on_hold(shelf: Shelf) -> None:
    """A lot between two outside operations, stopped."""
    story, lot = shelf.open(LINK)
    story.walk(lot, until=60)
    story.hold(lot, "Two pivot bores look scored. Wait for the second opinion of quality.")


def lock_differs(shelf: Shelf) -> None:
    """A lot that was set up on another fixture revision than the approved setup names; its step waits."""
    story, lot = shelf.open(MANIFOLD)
    story.sign(lot, 10)
    story.run(lot, 20, fixture_revision="D")
    let_pass.asked(
        story,
        lot,
        "LOCK",
        reason="Revision D of the fixture differs from C by a new clamp only; the setter checked the datum. The "
        "decision on the difference waits for the drawing of the clamp.",
    )


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
