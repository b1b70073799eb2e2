"""What one result file holds, counted and judged anew without saving anything."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from inspection.domain.verdicts import verdict
from portal.intake import child
from portal.intake.unreadable import FileNotReadable
from routes.formats.qif import QifCharacteristic, QifValue
from routes.formats.result_files import read_results, with_description
from routes.formats.units import UnknownUnit, convert

READER = "inspection.formats.summaries:summarise"


def summary_of(path: str | Path, name: str = "", schemas: str = "") -> dict:
    """Return the summary of one file, read in a limited child process.

    A file that cannot be read has the same keys: nothing counted, its reason among the problems. Values that stand in
    a file of their own (.dfx) are read with the description beside them (.dfd), and the other way round.

    schemas: folder of the QIF schemas to validate by, empty for none.
    """
    try:
        given = _whole(Path(path))
        return {
            "file": name or str(path),
            **child.run(reader=READER, arguments={"schemas": schemas}, **given),
        }
    except FileNotReadable as refusal:
        return {"file": name or str(path), **_empty([refusal.sentence])}
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return {"file": name or str(path), **_empty([f"The file could not be opened: {reason}."])}


def _whole(path: Path) -> dict:
    """Return what to read: the file, or both halves of an AQDEF pair."""
    halves = {".dfd": ".dfx", ".dfx": ".dfd"}
    other = path.suffix.lower()
    beside = [
        found
        for suffix in (halves.get(other), halves.get(other, "").upper())
        if suffix and (found := path.with_suffix(suffix)).is_file()
    ]
    if not beside:
        return {"path": path}
    description, values = (path, beside[0]) if other == ".dfd" else (beside[0], path)
    return {"content": with_description(description.read_bytes(), values.read_bytes())}


def is_unread(summary: dict) -> bool:
    """Say whether a file could not be read at all."""
    return summary["format"] == ""


def _empty(problems: list[str]) -> dict:
    return {
        "format": "",
        "version": "",
        "parts": 0,
        "samples": 0,
        "characteristics": 0,
        "values": 0,
        "stated": {"PASS": 0, "FAIL": 0, "other": 0},
        "recomputed": {"PASS": 0, "FAIL": 0, "none": 0},
        "pseudo_dimensions": [],
        "problems": problems,
        "notes": [],
    }


def summarise(content: bytes, schemas: str = "") -> dict:
    """Count one result file; called inside the child process.

    `recomputed` judges each value by the file's own limits. A geometric tolerance written as a negative number is
    judged by its size, as the only reading under which it is a tolerance; the problem names it all the same. What only
    one kind of file counts (K0100, value lines and encoding of AQDEF, what the schema says of QIF) follows the keys all
    kinds share.

    Raises:  FileNotReadable for a file no reader here knows.
    """
    kind, document = read_results(content, schemas)
    items = {item.item_id: item for item in document.characteristics}
    values = [value for sample in document.samples for value in sample.values]
    stated = Counter(_stated(value) for value in values)
    recomputed = Counter(_recomputed(value, items.get(value.item_id)) for value in values)
    return {
        "format": kind,
        "version": document.version,
        "parts": len(document.parts),
        "samples": len(document.samples),
        "characteristics": len(document.characteristics),
        "values": len(values),
        "stated": {word: stated[word] for word in ("PASS", "FAIL", "other")},
        "recomputed": {word: recomputed[word] for word in ("PASS", "FAIL", "none")},
        "pseudo_dimensions": [item.name for item in document.characteristics if item.is_pseudo_dimension],
        "problems": list(document.problems),
        "notes": list(document.notes),
        **document.facts,
    }


def _stated(value: QifValue) -> str:
    return value.stated_status if value.stated_status in ("PASS", "FAIL") else "other"


def _recomputed(value: QifValue, item: QifCharacteristic | None) -> str:
    if item is None or value.value is None:
        return "none"
    own = value.value
    if value.unit and item.unit and value.unit != item.unit:
        try:
            own = convert(own, source=value.unit, target=item.unit)
        except UnknownUnit:
            return "none"
    found = verdict(own, *item.bounds)
    return "none" if found == "NONE" else found
