"""Which records count for a lot: its own, and its ancestors' until the lot was split from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from routes.domain.lots import ancestor_numbers, lineage
from routes.models import Traveler
from subcontract.models import Receipt

Line = list[tuple[Traveler, datetime | None]]


def lineages(lots: Iterable[Traveler]) -> dict[int, Line]:
    """Return the lineage of each lot by its key, as `lineage` does for one, in one statement for all."""
    lots = list(lots)
    wanted = {number for lot in lots for number in ancestor_numbers(lot.number)}
    by_number = {lot.number: lot for lot in Traveler.objects.filter(number__in=wanted)} if wanted else {}
    found = {}
    for lot in lots:
        line: Line = [(lot, None)]
        cutoff, current = None, lot
        for number in ancestor_numbers(lot.number):
            cutoff = min(moment for moment in (cutoff, current.split_at) if moment is not None)
            current = by_number[number]
            line.append((current, cutoff))
        found[lot.pk] = line
    return found


def counts_for(line: Line, *, moment: str, lot: str = "traveler") -> Q:
    """Return the condition under which a record counts for a lot of this lineage.

    moment: the field that says when the record came to be; lot: the field that says whose it is.
    """
    condition = Q()
    for traveler, cutoff in line:
        until = {} if cutoff is None else {f"{moment}__lte": _as_field(moment, cutoff)}
        condition |= Q(**{lot: traveler}, **until)
    return condition


def _as_field(moment: str, cutoff: datetime) -> datetime | date:
    return cutoff.date() if moment.endswith("_on") else cutoff


def receipts_of(traveler: Traveler) -> list[Receipt]:
    """Return the returns by which the pieces of a lot came home, one for each outside order line.

    A lot that came home in parts was split: what its parent received later on the same line is not its own.
    """
    line = lineage(traveler)
    nearness = {lot.pk: place for place, (lot, _) in enumerate(line)}
    rows = Receipt.objects.filter(counts_for(line, moment="received_on")).select_related(
        "line__specification", "line__order"
    )
    nearest: dict[int, Receipt] = {}
    for receipt in sorted(rows, key=lambda row: (-nearness[row.traveler_id], row.pk)):
        nearest[receipt.line_id] = receipt
    return sorted(nearest.values(), key=lambda row: row.pk)
