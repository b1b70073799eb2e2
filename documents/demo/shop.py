"""The whole sample shop: built once, at five stages, with its first package rendered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from documents.demo.people import PASSWORD, make_people
from documents.demo.plan import make_order, make_plan
from documents.demo.story import Story
from documents.models import ReleasePackage
from portal import queue
from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.files import read_bytes
from portal.models import Event, Organization, Person

SINCE = date(2020, 1, 1)


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
    """Build the sample shop, one scene a transaction.

    1. a lot released, rendered and dispatched; 2. one whose certificate waits for a decision; 3. one at the vendor;
    4. one with a failing piece set apart; 5. one just opened.
    """
    today = timezone.localdate()
    with transaction.atomic():
        people = make_people(since=SINCE)
        plan = make_plan(people, today)
        story = Story(people, plan, today)
        material = story.receive_heat("7T4418", 60)
        lines = make_order(
            people, plan, po_number="4500918823", quantities=[8, 6, 10, 5, 12], today=today, first_due=2
        )
    say("Plan released: 72-41806-3 rev D, 9 operations, 14 characteristics, heat 7T4418 received.")
    _dispatched(story, lines[0], material, say)
    _waiting_for_decision(story, lines[1], material)
    _at_the_vendor(story, lines[2], material)
    _with_a_failing_piece(story, lines[3], material)
    with transaction.atomic():
        story.sign(story.open_lot(lines[4], material, 12), 10)
    record_event(by=None, verb="build", noun="sample shop", number="KESTREL")
    say("Four more lots stand at other stages.")


def _dispatched(story: Story, line, material, say: Callable[[str], None]) -> None:
    with transaction.atomic():
        lot = story.complete_lot(line, material, 8)
        story.first_article(lot)
        shipment = story.certify(lot)
        package = story.release(shipment)
    queue.work_off(["render_package"])
    with transaction.atomic():
        shipment = story.dispatch(shipment)
    package.refresh_from_db()
    say(
        f"Lot {lot.number} went out on {shipment.number} with package {package.number}, {package.page_count} pages."
    )


def _waiting_for_decision(story: Story, line, material) -> None:
    with transaction.atomic():
        lot = story.open_lot(line, material, 6)
        story.before_finish(lot)
        order = story.send_out(lot)
        story.take_back(order)
        story.vendor_certificate(order)


def _at_the_vendor(story: Story, line, material) -> None:
    with transaction.atomic():
        lot = story.open_lot(line, material, 10)
        story.before_finish(lot)
        story.send_out(lot)


def _with_a_failing_piece(story: Story, line, material) -> None:
    with transaction.atomic():
        lot = story.open_lot(line, material, 5)
        story.before_finish(lot)
        order = story.send_out(lot)
        story.take_back(order)
        story.accept_certificate(story.vendor_certificate(order))
        story.verify_return(lot)
        last = lot.pieces.order_by("position").last().serial
        story.measure(lot, 70, outliers={("10", last): "0.078"})


def write_first_package(folder: Path) -> Path | None:
    """Write the first rendered package into `folder` and return its path."""
    package = ReleasePackage.objects.filter(file__isnull=False).order_by("pk").first()
    if package is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{package.number}.pdf"
    path.write_bytes(read_bytes(package.file))
    return path


def log_ins() -> list[tuple[str, str, str]]:
    """Return (who, e-mail, password) of everybody in the sample shop."""
    people = Person.objects.select_related("organization").order_by("pk")
    return [
        (f"{each.printed_name}, {each.title}, {each.organization}", each.email, PASSWORD) for each in people
    ]
