"""Scans of what was done before a lot came in, as a package shows them: one entry a paper."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from portal.models import StoredFile
from routes.domain.proofs import listed, words_of
from routes.models import RecordedElsewhere


def scan_entries(facts: dict[str, LotFacts]) -> tuple[list[dict], list[StoredFile]]:
    """Return the manifest's entries of the reviewed papers of these lots, and the files they are in."""
    numbers = {scan.number for lot in facts.values() for scan in lot.elsewhere if scan.state == "reviewed"}
    found = (
        RecordedElsewhere.objects.filter(number__in=numbers)
        .select_related("operation", "traveler", "file__label", "recorded_by", "review_signature")
        .order_by("pk")
    )
    papers: dict[str, list[RecordedElsewhere]] = {}
    for record in found:
        papers.setdefault(record.file.sha256, []).append(record)
    entries = [_entry(records) for records in papers.values()]
    return entries, [records[0].file for records in papers.values()]


def _in_runs(numbers: list[str]) -> list[str]:
    """Return numbers with those that follow each other told by the first and the last: E-000001 to E-000008."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _place_in_line(number) == _place_in_line(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run for run in runs)
    return [name for names in told for name in names]


def _place_in_line(number: str) -> int:
    return int(number.rpartition("-")[2])


def _entry(records: list[RecordedElsewhere]) -> dict:
    paper, first = records[0].file, records[0]
    reviewed = {record.review_signature_id: record.review_signature for record in records}.values()
    return {
        "number": listed(_in_runs([record.number for record in records])),
        "kind": "Recorded elsewhere",
        "reference": first.reference,
        "description": first.description,
        "covers": "; ".join(
            f"lot {record.traveler.number}, {words_of(record.proves, record.operation)}" for record in records
        ),
        "done_on": max(record.done_on for record in records),
        "sha256": paper.sha256,
        "original_name": paper.original_name,
        "media_type": paper.media_type,
        "page_from": 1,
        "page_to": paper.look.get("page_count") or 1,
        "recorded_by": listed(dict.fromkeys(record.recorded_by.printed_name for record in records)),
        "recorded_at": min(record.recorded_at for record in records),
        "reviewed_by": listed(dict.fromkeys(signature.printed_name for signature in reviewed)),
        "reviewed_at": max(signature.signed_at for signature in reviewed),
    }
