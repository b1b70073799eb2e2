"""What was found and waits for somebody: a slot that drifts, an evaluation, a request, an action of a vendor."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from documents.demo.parts import HOUSING, LINK, PIN
from documents.demo.scenes import Shelf
from documents.demo.story import Story
from documents.models import Certificate
from inspection.domain import (
    concession_requests,
    corrective_actions,
    drift_alarms,
    evaluations,
    gauge_studies,
    nonconformances,
)
from inspection.models import ConcessionRequest, CorrectiveAction
from portal import queue
from routes.models import Characteristic, Hold, Traveler

# three parts, each read three times by two people, in mm; the parts differ far more than the readings
STUDY = {
    ("P1", "J. Reyes"): "12.011 12.012 12.011",
    ("P2", "J. Reyes"): "12.024 12.025 12.024",
    ("P3", "J. Reyes"): "12.038 12.038 12.039",
    ("P4", "J. Reyes"): "12.030 12.031 12.030",
    ("P1", "T. Ashdown"): "12.012 12.012 12.011",
    ("P2", "T. Ashdown"): "12.025 12.025 12.026",
    ("P3", "T. Ashdown"): "12.039 12.038 12.039",
    ("P4", "T. Ashdown"): "12.031 12.032 12.031",
}


def found_and_waiting(shelf: Shelf) -> None:
    """Leave one living example of each on the desk of whoever acts next."""
    housing = shelf.stories[HOUSING.number]
    _evaluation(housing)
    _concession_asked(shelf.stories[LINK.number])
    _vendor_action(shelf.stories[PIN.number])
    _gauge_study(housing)


def drift_looked_at() -> None:
    """Look at the drift of every completed inspection now; otherwise the worker does so minutes after the start."""
    queue.work_off([drift_alarms.REVIEW])


def _evaluation(story: Story) -> None:
    """The spindle was changed after the lot was opened: what it bores is to be evaluated."""
    opened = Traveler.objects.filter(route_revision=story.plan.route, state=Traveler.OPEN, parent=None)
    touched = Characteristic.objects.filter(
        part_revision=story.plan.part_revision, balloon__in=("4", "5", "13")
    )
    evaluations.report(
        by=story.people.quality,
        traveler=opened.order_by("-pk").first(),
        kind="natural_event",
        what="The spindle of the milling cell was replaced after a tool broke; bores and slot are made with it.",
        subject="Spindle",
        characteristics=touched,
    )


def _concession_asked(story: Story) -> ConcessionRequest:
    """One link of the lot on hold has a scored bore: set apart, written up, and asked of the customer."""
    lot = Hold.objects.get(state=Hold.PLACED).traveler
    serial = lot.pieces.order_by("position").first().serial
    by = story.people.second_quality
    found = nonconformances.open_nonconformance(
        by=story.people.inspector,
        traveler=lot,
        description=f"Pivot bore left of {serial} has one axial score, 0.004 deep, over 3 mm of its length.",
        quantity=1,
        serials=(serial,),
        characteristic=Characteristic.objects.get(part_revision=story.plan.part_revision, balloon="2"),
    )
    return concession_requests.request_concession(
        by=by,
        nonconformance=found,
        proposal="use_as_is",
        justification="The bore measures 10.008, inside its limits, and the score runs along the pin. "
        "The pin turns freely.",
    )


def _vendor_action(story: Story) -> CorrectiveAction:
    """The anodizer sent a certificate of the wrong revision: it is asked why, and answers on its desk."""
    people = story.people
    of_anodizer = Certificate.objects.filter(state=Certificate.REJECTED, issuer=people.vendor.organization)
    rejected = of_anodizer.select_related("issuer").get()
    return corrective_actions.open_action(
        by=people.quality,
        problem=f"Certificate {rejected.stated_number or rejected.number} names revision A; the order and the "
        "tags say revision B. It is the second in three months.",
        due_on=story.today + timedelta(days=10),
        origin_noun="certificate",
        origin_number=rejected.number,
        vendor=rejected.issuer,
    )


def _gauge_study(story: Story) -> None:
    """How much of what the machine reads comes from it and the hands that clamp the part."""
    runs = [(part, who, Decimal(value)) for (part, who), values in STUDY.items() for value in values.split()]
    gauge_studies.record_study(
        by=story.people.inspector,
        gauge=story.plan.gauge,
        measured_on=story.today,
        feature="slot width 12 mm",
        unit="mm",
        tolerance=Decimal("0.05"),
        runs=runs,
        remark="Clamped anew for every run, parts in random order.",
    )
