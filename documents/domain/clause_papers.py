"""What a release package says of clauses: what shows that each was met, and the papers that show it."""

from __future__ import annotations

from documents.domain import chain
from documents.domain.chain import check_clauses
from documents.domain.chain.lot_facts import ClauseFacts, LotFacts
from documents.domain.chain.slots import ACCEPTED
from documents.domain.matrix import matrix_of
from portal.models import StoredFile
from routes.models import ClauseEvidence


def clause_entries(facts: dict[str, LotFacts]) -> list[dict]:
    """Return every drawing note and order clause with what answers it, once; `shown` is what shows it was met."""
    rows: dict[str, dict] = {}
    for lot in facts.values():
        shown = {slot.subject: slot.evidence for slot in check_clauses.check(lot)}
        proved = {row.code: row.evidence for row in matrix_of(lot, chain.judge(lot)) if row.state == ACCEPTED}
        for clause in lot.clauses:
            row = rows.setdefault(
                f"{lot.order} {clause.words}",
                {
                    "code": f"Clause {clause.words}",
                    "demand": _demand(clause),
                    "evidence": clause.answered_by,
                    "state": clause.answer.replace("_", " "),
                    "shown": "",
                },
            )
            _add(row, shown.get(f"clause {clause.words}", ""), lot if len(facts) > 1 else None)
        for note in lot.notes:
            row = rows.setdefault(
                f"note {note.number}",
                {
                    "code": f"Note {note.number}",
                    "demand": note.text,
                    "evidence": note.answered_by,
                    "state": note.answer.replace("_", " "),
                    "shown": "",
                },
            )
            records = "; ".join(each.words for each in proved.get(row["code"], ()))
            _add(row, records, lot if len(facts) > 1 else None)
    return list(rows.values())


def _add(row: dict, shown: str, lot: LotFacts | None) -> None:
    """Add what shows one lot's part; with several lots each names its own."""
    if shown:
        said = f"lot {lot.number}: {shown}" if lot else shown
        row["shown"] = "; ".join(filter(None, (row["shown"], said)))


def _demand(clause: ClauseFacts) -> str:
    points = {"hold": "hold point", "witness": "witness point", "source": "source inspection"}
    if clause.kind not in points:
        return clause.title
    at = f" at operation {clause.point_at}" if clause.point_at else ""
    return f"{clause.title} ({points[clause.kind]}{at})"


def paper_entries(facts: dict[str, LotFacts]) -> tuple[list[dict], list[StoredFile]]:
    """Return the manifest's entries of the papers that show clauses were met, and the files they are in."""
    numbers = {each.number for lot in facts.values() for each in lot.clause_evidence}
    found = (
        ClauseEvidence.objects.filter(number__in=numbers, file__isnull=False)
        .select_related("line_clause__clause", "traveler", "file__label", "signature")
        .order_by("pk")
    )
    # one paper may show several clauses; its pages stand in the package once
    papers: dict[str, list[ClauseEvidence]] = {}
    for each in found:
        papers.setdefault(each.file.sha256, []).append(each)
    return [_entry(each) for each in papers.values()], [each[0].file for each in papers.values()]


def _entry(records: list[ClauseEvidence]) -> dict:
    first = records[0]
    paper, signature = first.file, first.signature
    return {
        "number": ", ".join(each.number for each in records),
        "kind": "Evidence of clause",
        "reference": first.reference,
        "covers": "; ".join(
            f"clause {each.line_clause.clause}, lot {each.traveler.number}: {each.reference}"
            for each in records
        ),
        "present": "; ".join(dict.fromkeys(each.present for each in records if each.present)),
        "done_on": max(each.done_on for each in records),
        "sha256": paper.sha256,
        "original_name": paper.original_name,
        "media_type": paper.media_type,
        "page_from": 1,
        "page_to": paper.look.get("page_count") or 1,
        "accepted_by": signature.printed_name,
        "accepted_at": signature.signed_at,
    }
