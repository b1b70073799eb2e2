"""Fields 15 to 18 of Form 1: the parts of an assembly, each with its own first article."""

from __future__ import annotations

from inspection.domain.as9102 import EDITIONS
from inspection.models import FirstArticle, HeldApproval
from routes.domain.component_uses import uses_of
from routes.models import Component, PartRevision

DETAIL, SUB_ASSEMBLY = "Detail part", "Sub-assembly"


def form_1_index(assembly: PartRevision, *, built_into: FirstArticle | None = None) -> list[dict]:
    """Return one row a component: number, name, type or serial, identifier of its FAIR; none for a detail part.

    A part made here needs a first article of its own, or the approval its customer holds; a bought one has none.
    built_into: the first article whose piece is looked at; in Rev B field 17 says which serial was built into it.

    Source:  AS9102 Form 1 fields 15 to 18; field 17 is the Part Type in Rev C, the Part Serial Number in Rev B.
    """
    listed = list(assembly.components.order_by("pk"))
    known = _identifiers([each.made_id for each in listed if each.made_id])
    shows_serials = built_into is not None and EDITIONS[built_into.form_revision].revision == "B"
    serials = _serials_in(built_into) if shows_serials else {}
    with_parts = set(
        Component.objects.filter(assembly__in=[each.made_id for each in listed]).values_list(
            "assembly", flat=True
        )
    )
    return [
        {
            "15": each.part_number,
            "16": each.name,
            "17": ", ".join(serials.get(each.pk, [])) or "N/A" if shows_serials else _kind(each, with_parts),
            "18": known.get(each.made_id, "") if each.made_id else "N/A",
        }
        for each in listed
    ]


def _identifiers(made: list[int]) -> dict[int, str]:
    """Return what stands in field 18: the FAIR approved here, else the customer's number for the one it holds."""
    held = (
        HeldApproval.objects.filter(part_revision__in=made)
        .order_by("approved_on", "pk")
        .values_list("part_revision", "customer_reference", "status")
    )
    known = {part: "" if status == HeldApproval.REJECTED else number for part, number, status in held}
    reported = (
        FirstArticle.objects.filter(part_revision__in=made, state__in=FirstArticle.STANDING)
        .order_by("pk")
        .values_list("part_revision", "number")
    )
    return known | dict(reported)


def _serials_in(first_article: FirstArticle) -> dict[int, list[str]]:
    """Return by component which of its serials are in the piece now; where the assembly has none, in its lot."""
    found: dict[int, list[str]] = {}
    for use in uses_of(first_article.traveler):
        into = use.into_serials or [first_article.serial] * len(use.serials)
        named = [own for own, of in zip(use.serials, into, strict=True) if of == first_article.serial]
        kept = found.setdefault(use.component_id, [])
        if use.quantity > 0:
            kept += named
        else:
            found[use.component_id] = [each for each in kept if each not in named]
    return found


def _kind(component: Component, with_parts: set[int]) -> str:
    if component.made_id is None:
        return component.get_bought_as_display()
    return SUB_ASSEMBLY if component.made_id in with_parts else DETAIL


def open_rows(index: list[dict]) -> list[str]:
    """Name every row of a detail or sub-assembly without a FAIR; the assembly's is not complete before.

    Source:  release rule 20; AS9102 field 18.
    """
    return [
        f"Form 1 field 18 FAIR identifier of {row['15']}: approve its first article first"
        for row in index
        if not row["18"]
    ]
