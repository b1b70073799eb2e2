"""What was decided about the names of a source of results, used again for its next file."""

from __future__ import annotations

from django.utils import timezone

from inspection.domain.dry_run import ImportReport
from inspection.models import InspectionRecord, MappedItem, ResultMapping
from portal.domain.moves import lock
from portal.models import Person
from routes.models import PartRevision


def mapping_of(part_revision: PartRevision, source: str) -> ResultMapping | None:
    """Return what was decided for a source of results of one part revision, nothing for a source not met yet."""
    if not source.strip():
        return None
    return ResultMapping.objects.filter(part_revision=part_revision, source=source.strip()).first()


def keep_decisions(
    *, by: Person, record: InspectionRecord, source: str, report: ImportReport, unit: str
) -> ResultMapping | None:
    """Keep what a person decided about the items of a file for the next one of its source.

    Without a source, or where nothing had to be decided, nothing is kept. A later decision about the same item
    replaces the earlier one; the values taken by the earlier one stay as they are.
    """
    source = source.strip()
    if not source or not (report.to_remember or unit):
        return None
    part_revision = record.traveler.route_revision.part_revision
    mapping, _ = ResultMapping.objects.get_or_create(
        part_revision=part_revision,
        source=source,
        defaults={"decided_by": by, "decided_at": timezone.now()},
    )
    mapping = lock(mapping)
    mapping.unit = unit or mapping.unit
    mapping.decided_by, mapping.decided_at = by, timezone.now()
    mapping.save()
    for key, decision in report.to_remember.items():
        MappedItem.objects.update_or_create(
            mapping=mapping,
            item_name=key.name,
            item_occurrence=key.occurrence,
            defaults={"characteristic": decision.characteristic, "set_aside_reason": decision.reason},
        )
    return mapping
