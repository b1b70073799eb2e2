"""Which characteristics a change touches, each with the reason: what a partial first article accounts for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inspection.domain.triggers.compare import Change
from inspection.domain.triggers.snapshots import Feature, Operation, Snapshot

MAKING = ("machine", "deburr", "outside")
EVERYTHING = ("material_specification", "material_condition", "material_source", "lapse")
OF_ITSELF = (
    "characteristic_added",
    "characteristic_modified",
    "inspection_method",
    "gauge_kind",
)
FROM_THERE_ON = ("operation_added", "operation_removed", "operation_moved")
FINISHED = ("after", "both", "unspecified")


@dataclass(frozen=True)
class Affected:
    """One characteristic that is measured anew: why, and with results from which moment on."""

    identity: str
    balloon: str
    name: str
    reasons: tuple[str, ...]
    after: datetime | None = None


def affected(changes: Iterable[Change], lot: Snapshot) -> tuple[Affected, ...]:
    """Return the characteristics the changes touch, in the order of the drawing.

    Reference dimensions are never among them. Where the route does not say which operation makes a characteristic,
    every operation before its first check may: one too many is measured rather than one too few.
    Source:  AS9102 Rev C 4.6 (partial first article: the characteristics affected); release rule 16.
    """
    reach = _Reach(lot)
    found: dict[str, list[Change]] = {}
    for change in changes:
        for identity in reach.of(change):
            found.setdefault(identity, []).append(change)
    return tuple(
        _affected(feature, found[feature.identity])
        for feature in lot.features
        if feature.identity in found and not feature.is_reference
    )


def _affected(feature: Feature, changes: list[Change]) -> Affected:
    moments = [each.at for each in changes if each.at is not None]
    reasons = tuple(dict.fromkeys(each.words for each in changes))
    return Affected(
        feature.identity, feature.balloon, feature.name, reasons, max(moments) if moments else None
    )


class _Reach:
    """Where each characteristic of a lot is made and checked."""

    def __init__(self, lot: Snapshot) -> None:
        self.features = lot.features
        self.operations = {each.sequence: each for each in lot.operations}
        self.checked: dict[str, set[int]] = {each.identity: set() for each in lot.features}
        for check in lot.checks:
            self.checked.setdefault(check.identity, set()).add(check.sequence)
        self.said: dict[str, set[int]] = {}
        for operation in lot.operations:
            for identity in operation.makes:
                self.said.setdefault(identity, set()).add(operation.sequence)

    def of(self, change: Change) -> set[str]:
        if change.kind in EVERYTHING:
            return self._all()
        if change.kind in OF_ITSELF:
            return set(change.identities)
        if change.kind in ("natural_event", "corrective_action"):
            named = set(change.identities).union(*(self._at(each) for each in change.sequences), set())
            return named if change.identities or change.sequences else self._all()
        if change.kind in FROM_THERE_ON:
            return self._from(change) | set(change.identities)
        if change.kind in ("operation_specification", "vendor", "vendor_site"):
            return set().union(*(self._of_process(each) for each in change.sequences), set())
        if change.kind in ("characteristic_deleted", "characteristic_renumbered", "part_revision"):
            return set()
        return set().union(*(self._at(each) for each in change.sequences), set())

    def _all(self) -> set[str]:
        return {each.identity for each in self.features}

    def _at(self, sequence: int) -> set[str]:
        """Return what is made or checked at an operation."""
        return {
            each.identity
            for each in self.features
            if sequence in self.checked[each.identity] or self._is_made_at(each, sequence)
        }

    def _is_made_at(self, feature: Feature, sequence: int) -> bool:
        said = self.said.get(feature.identity)
        if said:
            return sequence in said
        operation = self.operations.get(sequence)
        if operation is not None and operation.kind not in MAKING:
            return False
        if operation is not None and operation.kind == "outside":
            return self._is_touched_by(feature, operation)
        checked = self.checked[feature.identity]
        return not checked or sequence <= max(checked)

    def _of_process(self, sequence: int) -> set[str]:
        """Return what a process outside touches: what is coated by it, and whatever is checked once it is done."""
        operation = self.operations.get(sequence)
        if operation is None or operation.kind != "outside":
            return self._at(sequence)
        return {each.identity for each in self.features if self._is_touched_by(each, operation)}

    def _is_touched_by(self, feature: Feature, operation: Operation) -> bool:
        checked = self.checked[feature.identity]
        is_coated = operation.changes_surface and feature.side in FINISHED
        is_checked_later = any(sequence >= operation.sequence for sequence in checked)
        return is_coated or is_checked_later or not checked

    def _from(self, change: Change) -> set[str]:
        """Return what is checked at the place of a change or later, and what is checked nowhere."""
        kinds = {self.operations[each].kind for each in change.sequences if each in self.operations}
        if change.kind == "operation_added" and kinds == {"pack"}:
            return set()
        first = min(change.sequences)
        return {
            each.identity
            for each in self.features
            if not self.checked[each.identity] or max(self.checked[each.identity]) >= first
        }
