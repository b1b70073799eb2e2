"""What the page of an import says: counts, facts, and its rows in groups."""

from __future__ import annotations

from documents.domain.imports.nouns import Noun
from documents.domain.imports.outcome import ASKED, CHANGED, DIFFERS, NEW, SAME, VERDICTS, WRONG
from documents.domain.imports.working import LEAVE
from documents.models import MasterImport

# what a person must look at first stands first
ORDER = (WRONG, ASKED, DIFFERS, CHANGED, NEW, SAME)
SHORT = {NEW: "new", CHANGED: "changed", SAME: "same", DIFFERS: "differing", WRONG: "wrong", ASKED: "asked"}
# state codes whose look says how a row stands
LOOKS = {
    NEW: "received",
    CHANGED: "received",
    SAME: "same",
    DIFFERS: "mismatch",
    WRONG: "refused",
    ASKED: "asked",
}
SHOWN = 50
SHOWN_WHEN_ASKED = 1_000


def counts_words(report: dict) -> str:
    """Return the counts of a report in words: 3 new, 1 same."""
    counts = report.get("counts", {})
    return ", ".join(f"{counts[verdict]} {SHORT[verdict]}" for verdict in ORDER if counts.get(verdict))


def is_asking(report: dict) -> bool:
    """Say whether an answer for the whole file would help some row."""
    return bool(report.get("questions") or report.get("counts", {}).get(DIFFERS))


def stop_sentence(report: dict) -> str:
    """Return what to do about a table that cannot be saved."""
    mend = "Mend the rows in the file and bring it in again."
    if not is_asking(report):
        return mend
    answer = "Answer what is asked for the whole file and look again; the file need not be sent anew."
    return f"{answer} {mend}" if report["counts"].get(WRONG) else answer


def facts_of(record: MasterImport, noun: Noun) -> list[dict]:
    report, choices = record.report, record.choices
    facts = [
        {"label": "State", "state": record.state},
        {"label": "Table", "value": noun.title},
        {"label": "File", "value": record.file.original_name, "note": f"{record.file.size_bytes:,} bytes"},
        {
            "label": "Brought in by",
            "value": record.brought_by.printed_name,
            "note": f"{record.brought_at:%-d %b %Y %H:%M} UTC",
        },
    ]
    if record.saved_at:
        facts.append({"label": "Saved", "value": f"{record.saved_at:%-d %b %Y %H:%M} UTC"})
    if report.get("sheet"):
        facts.append({"label": "Sheet", "value": report["sheet"]})
    if choices.get("part_number"):
        facts.append({"label": "For", "value": f"{choices['part_number']} rev {choices.get('revision', '')}"})
    if choices.get("differing") == LEAVE:
        facts.append({"label": "Where rows differ", "value": "what is there stays"})
    return facts


def tally_of(report: dict, asked: str) -> list[dict]:
    counts = report.get("counts", {})
    return [
        {
            "label": VERDICTS[verdict],
            "count": counts[verdict],
            "url": f"?rows={verdict}",
            "state": LOOKS[verdict],
            "is_current": verdict == asked,
        }
        for verdict in ORDER
        if counts.get(verdict)
    ]


def groups_of(report: dict, noun: Noun, *, asked: str = "") -> list[dict]:
    """Return the rows by how they stand, the first ones of each; all of one group when it is asked for."""
    groups = []
    most = SHOWN_WHEN_ASKED if asked in VERDICTS else SHOWN
    for verdict in ORDER if asked not in VERDICTS else (asked,):
        rows = [row for row in report.get("rows", []) if row["verdict"] == verdict]
        if rows:
            groups.append(
                {
                    "code": verdict,
                    "title": VERDICTS[verdict],
                    "look": LOOKS[verdict],
                    "rows": [_row(row) for row in rows[:most]],
                    "count": len(rows),
                    "more": max(0, len(rows) - most),
                    "is_open": verdict != SAME or asked == SAME,
                }
            )
    return groups


def _row(row: dict) -> dict:
    prefix = f"Row {row['line']}, "
    return {
        "line": row["line"],
        "key": row["key"],
        "sentences": [_sentence(words, row["line"], prefix) for words in row.get("sentences", [])],
        "made": ", ".join(row.get("made", [])),
        "differences": row.get("differences", []),
    }


def _sentence(words: str, line: int, prefix: str) -> str:
    """Return a sentence without the row it stands beside."""
    bare = words.removeprefix(prefix).removeprefix(f"Row {line}: ")
    return bare[:1].upper() + bare[1:]
