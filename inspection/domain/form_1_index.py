"""Fields 15 to 18 of Form 1: the parts of an assembly, each with its own first article."""

from __future__ import annotations

from inspection.models import FirstArticle, HeldApproval
from routes.models import Component, PartRevision

DETAIL, SUB_ASSEMBLY, STANDARD = "Detail", "Sub-assembly", "Standard part"
STANDING = (FirstArticle.APPROVED, FirstArticle.CUSTOMER_APPROVED)


def form_1_index(assembly: PartRevision) -> list[dict]:
    """Return one row a component: number, name, type, identifier of its FAIR; none for a detail part.

    A part made here needs a first article of its own, or the approval its customer holds; a standard part has none.
    Source:  AS9102 Rev C Form 1 fields 15 to 18.
    """
    listed = list(assembly.components.order_by("pk"))
    made = [each.made_id for each in listed if each.made_id]
    known = dict(
        HeldApproval.objects.filter(part_revision__in=made)
        .order_by("pk")
        .values_list("part_revision", "customer_reference")
    ) | dict(
        FirstArticle.objects.filter(part_revision__in=made, state__in=STANDING)
        .order_by("pk")
        .values_list("part_revision", "number")
    )
    with_parts = set(Component.objects.filter(assembly__in=made).values_list("assembly", flat=True))
    return [
        {
            "15": each.part_number,
            "16": each.name,
            "17": _kind(each, with_parts),
            "18": known.get(each.made_id, "") if each.made_id else "N/A",
        }
        for each in listed
    ]


def _kind(component: Component, with_parts: set[int]) -> str:
    if component.made_id is None:
        return STANDARD
    return SUB_ASSEMBLY if component.made_id in with_parts else DETAIL


def open_rows(index: list[dict]) -> list[str]:
    """Name every row of a detail or sub-assembly without a FAIR; the assembly's is not complete before.

    Source:  release rule 20; AS9102 Rev C field 18.
    """
    return [
        f"Form 1 field 18 FAIR identifier of {row['15']}: approve its first article first"
        for row in index
        if not row["18"]
    ]
