"""What stands before the inspector: steps that are next on their lot and take an inspection nobody opened."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from inspection.models import InspectionRecord
from portal.models import Person
from routes.models import Operation, Traveler, TravelerStep
from subcontract.models import Receipt


def steps_to_inspect(person: Person) -> QuerySet[TravelerStep]:
    """Return the steps a person sees that can be inspected now, those due first, in one statement.

    An outside step counts once pieces of it came back to its lot, or to the lot it was split from since.
    """
    earlier = TravelerStep.objects.filter(
        traveler=OuterRef("traveler"),
        state=TravelerStep.WAITING,
        operation__sequence__lt=OuterRef("operation__sequence"),
    )
    opened = InspectionRecord.objects.filter(step=OuterRef("pk"), state=InspectionRecord.OPEN)
    came_back = Receipt.objects.filter(
        Q(traveler=OuterRef("traveler"))
        | Q(traveler=OuterRef("traveler__parent"), recorded_at__lte=OuterRef("traveler__split_at")),
        line__step__operation=OuterRef("operation"),
        line__step__pass_number=OuterRef("pass_number"),
    )
    takes_inspection = Q(operation__kind=Operation.INSPECT) | Q(
        Exists(came_back), operation__kind=Operation.OUTSIDE
    )
    return (
        TravelerStep.objects.for_viewer(person)
        .filter(takes_inspection, ~Exists(earlier), ~Exists(opened))
        .filter(state=TravelerStep.WAITING, traveler__state=Traveler.OPEN)
        .select_related("operation", "traveler__route_revision__part_revision__part", "quality_owner")
        .annotate(due_on=F("traveler__order_line__due_on"))
        .order_by("due_on", "number")
    )
