"""What a lot brought in mid-way must show of the work done before, and the scans that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from routes.domain.lots import ancestor_numbers, lineage, steps_of
from routes.models import Operation, OrderLine, RecordedElsewhere, Traveler, TravelerStep

REGIMES_WITH_A_REPORT = (OrderLine.BEFORE_DISPATCH, OrderLine.WITH_FIRST)


@dataclass(frozen=True)
class Proof:
    """One thing a brought-in lot must show: what, of which operation, and the scan that shows it, if any."""

    proves: str
    operation: Operation | None
    record: RecordedElsewhere | None = None

    @property
    def key(self) -> str:
        """Short words for a form's choice, as in results-30."""
        return f"{self.proves}-{self.operation.sequence}" if self.operation else self.proves

    @property
    def words(self) -> str:
        """What must be shown, as people say it."""
        return words_of(self.proves, self.operation)

    @property
    def state(self) -> str:
        return self.record.state if self.record else "missing"


def words_of(proves: str, operation: Operation | None) -> str:
    """Return what a scan proves in words, as in "results of operation 30 Inspect before finish"."""
    what = {
        RecordedElsewhere.STEP: "signing of",
        RecordedElsewhere.PROCESS: "certificate of",
        RecordedElsewhere.RESULTS: "results of",
        RecordedElsewhere.MATERIAL: "material certificate",
        RecordedElsewhere.FIRST_ARTICLE: "first article",
    }[proves]
    return f"{what} operation {operation.sequence} {operation.name}" if operation else what


def brought_in_lot(traveler: Traveler) -> Traveler | None:
    """Return the lot that was brought in: this one or the ancestor it was split from; None when made here."""
    return next((lot for lot, _ in lineage(traveler) if lot.brought_in_at is not None), None)


def records_of(traveler: Traveler) -> list[RecordedElsewhere]:
    """Return the scans that stand for a lot: its own, and those of the lots it was split from.

    What happened before the lot came in concerns all its pieces, whenever the scan was added.
    """
    wanted = Q(traveler=traveler) | Q(traveler__number__in=ancestor_numbers(traveler.number))
    return list(
        RecordedElsewhere.objects.filter(wanted)
        .select_related("operation", "traveler", "file", "recorded_by", "review_signature")
        .order_by("pk")
    )


def proofs_of(traveler: Traveler) -> list[Proof]:
    """Return everything a brought-in lot must show, in the order of its route, each with its best scan."""
    demanded = demanded_of(traveler)
    if not demanded:
        return []
    ranks = {RecordedElsewhere.REVIEWED: 2, RecordedElsewhere.RECORDED: 1, RecordedElsewhere.REJECTED: 0}
    best: dict[tuple[str, int | None], RecordedElsewhere] = {}
    # a later scan of the same rank is the better one
    for record in sorted(records_of(traveler), key=lambda each: ranks[each.state]):
        best[record.proves, record.operation_id] = record
    return [
        Proof(proves, operation, best.get((proves, operation.pk if operation else None)))
        for proves, operation in demanded
    ]


def demanded_of(traveler: Traveler) -> list[tuple[str, Operation | None]]:
    """Return what must be proved of the time before a lot came in: what, and of which operation."""
    if brought_in_lot(traveler) is None:
        return []
    found: list[tuple[str, Operation | None]] = []
    done = [step.operation for step in steps_of(traveler) if step.state == TravelerStep.ELSEWHERE]
    with_checks = set(
        Operation.objects.filter(pk__in=[operation.pk for operation in done], planned_checks__isnull=False)
        .values_list("pk", flat=True)
        .distinct()
    )
    for operation in done:
        found.append((RecordedElsewhere.STEP, operation))
        if operation.kind == Operation.MATERIAL and traveler.material_lot_id is None:
            found.append((RecordedElsewhere.MATERIAL, None))
        if operation.kind == Operation.OUTSIDE:
            found.append((RecordedElsewhere.PROCESS, operation))
        if operation.pk in with_checks:
            found.append((RecordedElsewhere.RESULTS, operation))
    if traveler.order_line.fai_regime in REGIMES_WITH_A_REPORT:
        found.append((RecordedElsewhere.FIRST_ARTICLE, None))
    return found


def listed(names: Iterable[str]) -> str:
    """Return names as people list them: a, b and c."""
    found = list(names)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def sentence_of(lot: str, sequences: Iterable[int], reviewed: Iterable[tuple[str, str]]) -> str:
    """Say what of a lot was recorded elsewhere and who reviewed it; nothing for a lot made here.

    sequences: the operations done before it came in; reviewed: number and reviewer of each scan that counts.
    """
    operations, scans = sorted(sequences), list(reviewed)
    if not operations:
        return ""
    first, last = operations[0], operations[-1]
    what = f"Operation {first}" if first == last else f"Operations {first} to {last}"
    if not scans:
        return f"{what} of lot {lot} recorded elsewhere, not reviewed yet."
    names = listed(dict.fromkeys(name for _, name in scans))
    numbers = listed(number for number, _ in scans)
    return f"{what} of lot {lot} recorded elsewhere, reviewed by {names} ({numbers})."


def sentence_for(traveler: Traveler) -> str:
    """Say what of one lot was recorded elsewhere, from its records; nothing for a lot made here."""
    if brought_in_lot(traveler) is None:
        return ""
    done = [step.operation.sequence for step in steps_of(traveler) if step.state == TravelerStep.ELSEWHERE]
    reviewed = [
        (each.number, each.review_signature.printed_name)
        for each in records_of(traveler)
        if each.state == RecordedElsewhere.REVIEWED
    ]
    return sentence_of(traveler.number, done, reviewed)
