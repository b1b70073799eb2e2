"""What a frozen plan says of the values taken so far: how many are wanted, and whether the lot passes by it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from routes.models import PlannedCheck


@dataclass(frozen=True)
class Judgement:
    """One planned check against its values.

    Units: pieces. `found` counts nonconforming ones; a lot rejected by its plan is sorted, so every piece is wanted.
    """

    wanted: int
    there: int
    found: int = 0
    is_rejected: bool = False
    is_between: bool = False

    @property
    def is_short(self) -> bool:
        return self.there < self.wanted


def judge(
    planned: dict, *, lot_size: int, present: Set[str], measured: Set[str], failing: Set[str] = frozenset()
) -> Judgement:
    """Return what a planned check wants and has.

    lot_size: pieces of the lot now. present: those in it; measured and failing: those with a standing value.
    A piece set apart counts for the sample it was found in; a piece sorted must be one that is still here.
    Source:  MIL-STD-105E 4.10 and 4.12: nonconforming units are taken out whether or not the lot is accepted, and a
             rejected lot is offered again only when all of it was examined.
    """
    if planned["rule"] not in PlannedCheck.SETTLED_LATER:
        return Judgement(_pieces_wanted(planned, lot_size), len(measured & present), len(failing))
    found = len(failing)
    if found >= planned["re"]:
        return Judgement(lot_size, len(measured & present), found, is_rejected=True)
    wanted = min(planned["n"], len(present | measured))
    return Judgement(wanted, len(measured), found, is_between=found > planned["ac"])


def _pieces_wanted(planned: dict, lot_size: int) -> int:
    if planned["rule"] == PlannedCheck.ALL:
        return lot_size
    if planned["rule"] == PlannedCheck.FIRST:
        return 1
    return min(planned["sample_size"], lot_size)


def pieces_wanted(planned: dict, lot_size: int) -> int:
    """Return how many pieces a planned check needs in a lot of that size, before anything was found.

    Units: pieces; a sample never asks for more than the lot has.
    """
    if planned["rule"] in PlannedCheck.SETTLED_LATER:
        return min(planned["n"], lot_size)
    return _pieces_wanted(planned, lot_size)


def lacking(planned: dict, judged: Judgement) -> str:
    """Return what a planned check still lacks, as words; empty when nothing."""
    if not judged.is_short:
        return ""
    counted = f"characteristic {planned['balloon']}: {judged.there} of {judged.wanted} pieces"
    if judged.is_rejected:
        return (
            f"{counted} (its plan rejects the lot: {judged.found} nonconforming, {planned['ac']} allowed; sort every "
            "piece)"
        )
    return counted
