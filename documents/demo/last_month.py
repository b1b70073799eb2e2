"""What happened before the other scenes: a month of one plating shop, order by order, and its frozen scorecard.

Everything is done by the same verbs as real work, on the day it happened, and the scorecard is reckoned from that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from documents.demo import past
from documents.demo.parts import OUTSIDE, PIN
from documents.demo.people import SINCE, People, make_people
from documents.demo.plan import Plan, make_order, make_plan
from documents.demo.scenes import Shelf
from documents.demo.story import Story
from documents.domain.scorecards.facts import next_month
from documents.domain.scorecards.freezing import freeze_due
from documents.domain.scorecards.terms import terms_for
from documents.models import Review
from inspection.domain import finding_records, nonconformances
from inspection.models import FindingCode, FindingRecord, Nonconformance
from portal import queue
from routes.domain import lots
from routes.models import MaterialLot, Traveler
from subcontract.models import OutsideOrder

HEAT, PIECES = "K20977", 200
ORDER = "ARD-77098"
BASKET = 20
# hours in UTC at which things are done: what came back is looked at before the next basket leaves, the mail comes first
MORNING, NOON, EVENING = 6, 13, 16
TEMPERATURE = (("Solution temperature", "24 °C"),)
NO_TEMPERATURE = (
    "It names no temperature of the solution, which the order asks for. Send it again with the temperature."
)
STAIN = "One pin has a brown stain along the shank; it does not wipe off."


@dataclass(frozen=True)
class Trip:
    """One basket of pins out and back, by the working days of the month, and what was wrong with it."""

    left: int
    due: int
    back: int
    is_paper_wrong: bool = False
    is_stained: bool = False


TRIPS = (
    Trip(1, 3, 3),
    Trip(4, 6, 6, is_paper_wrong=True),
    Trip(7, 9, 9),
    Trip(10, 12, 13),
    Trip(13, 15, 15, is_stained=True),
    Trip(16, 18, 18),
)


@dataclass(frozen=True)
class Stock:
    """Who is in the shop, and what is left of the month for the scenes of today: the plan of the pins and their bar."""

    people: People
    plan: Plan
    heat: MaterialLot


def went_by(today: date) -> Stock:
    """Let the last month whose scorecards are due have gone by, and freeze them as the worker does each day."""
    month = last_due(today)
    days = working_days(month)
    with past.on(days[0], MORNING):
        people = make_people(since=SINCE)
        plan = make_plan(people, days[0], PIN)
        story = Story(people, plan, days[0])
        heat = story.receive_heat(HEAT, PIECES)
        lot = _turned(story, heat, due_on=today + timedelta(days=16))
    for trip in TRIPS:
        _out_and_back(story, lot, trip, days)
    with past.on(freezing_day(month), MORNING):
        freeze_due()
    return Stock(people, plan, heat)


def shipped(shelf: Shelf) -> None:
    """Measure and pack every basket today and send them on one shipment, which the customer accepts."""
    story = shelf.stories[PIN.number]
    with transaction.atomic():
        baskets = list(Traveler.objects.open().filter(order_line__order__po_number=ORDER).order_by("pk"))
        for basket in baskets:
            story.walk(basket)
        shipment = story.certify(*baskets)
        package = story.release(shipment)
    queue.work_off(["render_package"])
    with transaction.atomic():
        story.dispatch(shipment)
        package.refresh_from_db()
        story.review(package, Review.ACCEPTED)


def last_due(today: date) -> date:
    """Return the first day of the last month that a worker has frozen by now."""
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return month if freezing_day(month) < today else (month - timedelta(days=1)).replace(day=1)


def freezing_day(month: date) -> date:
    """Return the day on which the days of grace of a month are over."""
    return next_month(month) + timedelta(days=terms_for(month).freeze_after_days)


def working_days(month: date) -> list[date]:
    """Return the days of a month from Monday to Friday; there are twenty at least."""
    days = (month + timedelta(days=place) for place in range((next_month(month) - month).days))
    return [day for day in days if day.weekday() < 5]


def _turned(story: Story, heat: MaterialLot, *, due_on: date) -> Traveler:
    """Turn the pins of one order, all on one day."""
    pieces = BASKET * len(TRIPS)
    [line] = make_order(
        story.people,
        story.plan,
        po_number=ORDER,
        quantities=[pieces],
        today=story.today,
        first_due=(due_on - story.today).days,
    )
    lot = story.open_lot(line, heat, pieces)
    story.walk(lot, until=story.sequences(OUTSIDE)[0])
    return lot


def _out_and_back(story: Story, lot: Traveler, trip: Trip, days: list[date]) -> None:
    """Send one basket to be passivated and take it back; the last one takes what the lot has left."""
    by = story.people
    with past.on(days[trip.left], EVENING):
        basket = lot
        if trip != TRIPS[-1]:
            reason = f"A basket at {by.sites['LOWELL']} holds {BASKET} pins."
            basket = lots.split(by=by.quality, traveler=lot, quantity=BASKET, reason=reason)
        that_day = replace(story, today=days[trip.left])
        order = that_day.send_out(basket, days=(days[trip.due] - days[trip.left]).days)
    with past.on(days[trip.back], NOON):
        that_day = replace(story, today=days[trip.back])
        that_day.take_back(order)
        if trip.is_stained:
            _stained(that_day, basket)
        if not trip.is_paper_wrong:
            that_day.accept_certificate(that_day.vendor_certificate(order, found=TEMPERATURE))
        that_day.verify_return(basket)
    if trip.is_paper_wrong:
        _paper_sent_twice(story, order, days[trip.back], days[trip.back + 1])


def _paper_sent_twice(story: Story, order: OutsideOrder, first: date, second: date) -> None:
    """The certificate lacked what the order asks for; the one that replaces it came on the next day."""
    with past.on(first, NOON + 1):
        that_day = replace(story, today=first)
        wrong = that_day.reject_certificate(that_day.vendor_certificate(order), NO_TEMPERATURE)
    with past.on(second, NOON):
        that_day = replace(story, today=second)
        again = {"stated_number": f"{wrong.stated_number}-2"}
        corrected = that_day.vendor_certificate(
            order, says=again, found=TEMPERATURE, replaces=wrong, processed_on=first
        )
        that_day.accept_certificate(corrected)


def _stained(story: Story, basket: Traveler) -> None:
    """Receiving found one pin stained: set apart, written up as the plating shop's, scrapped."""
    people = story.people
    found = nonconformances.open_nonconformance(
        by=people.inspector, traveler=basket, description=STAIN, quantity=1
    )
    stain = finding_records.add_code(
        by=people.quality, kind=FindingCode.DEFECT, code="D-SURFACE", words="Stain, scratch or dent"
    )
    finding_records.write_record(
        by=people.inspector,
        nonconformance=found,
        detected_at=FindingRecord.RECEIVING,
        requirement=f"{story.plan.spec.notes[1]} No stain.",
        actual=STAIN,
        quantity_checked=BASKET,
        defect=stain,
        party="vendor",
        organization=people.organizations["LOWELL"],
    )
    story.scrap(found)
    found = Nonconformance.objects.get(pk=found.pk)
    nonconformances.close(by=people.inspector, nonconformance=found)
