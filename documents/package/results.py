"""Lay out measured values: one row for a characteristic, one column for a piece, a few pieces a table."""

from __future__ import annotations

# A landscape page holds this many columns of values beside the requirement and the gauge.
PIECES_A_TABLE = 8

BAD_VERDICTS = {"fail", "failed", "reject", "rejected", "nonconforming"}


def results_view(facts: dict) -> dict:
    """Arrange the rows of the inspection report into tables that fit the page."""
    rows = facts.get("results") or []
    serials = _serials(rows)
    blocks = [serials[at : at + PIECES_A_TABLE] for at in range(0, len(serials), PIECES_A_TABLE)] or [[]]
    values = [value for row in rows for value in row.get("values") or []]
    return {
        "tables": [_table(rows, block) for block in blocks],
        "characteristics": len(rows),
        "pieces": len(serials),
        "values": len(values),
        "failing": sum(is_bad(value) for value in values),
        "contradicted": [
            (row, value) for row in rows for value in row.get("values") or [] if _is_contradicted(value)
        ],
        "late": _late(rows),
    }


def is_bad(value: dict) -> bool:
    """Tell whether our own verdict on a value is a failure."""
    return str(value.get("verdict") or "").lower() in BAD_VERDICTS


def _is_contradicted(value: dict) -> bool:
    stated, ours = (str(value.get(name) or "").lower() for name in ("stated", "verdict"))
    return bool(stated and ours) and (stated in BAD_VERDICTS) != (ours in BAD_VERDICTS)


def _late(rows: list[dict]) -> list[dict]:
    """Return what was entered long after its day, once for each characteristic, side, day and moment of entry."""
    found: dict[tuple, dict] = {}
    for row in rows:
        for at, value in enumerate(row.get("values") or []):
            if entered_at := value.get("entered_at"):
                # values typed one by one are told by the minute, as it is printed
                key = (row.get("balloon"), row.get("side"), value.get("measured_on"), entered_at[:16])
                entry = found.setdefault(key, {"row": row, "value": value, "pieces": []})
                entry["pieces"].append(_piece(value, at))
    return list(found.values())


def _serials(rows: list[dict]) -> list[str]:
    seen: dict[str, None] = {}
    for row in rows:
        for at, value in enumerate(row.get("values") or []):
            seen.setdefault(_piece(value, at))
    return list(seen)


def _piece(value: dict, at: int) -> str:
    return str(value.get("serial") or f"piece {at + 1}")


def _table(rows: list[dict], serials: list[str]) -> dict:
    return {"serials": serials, "rows": [_row(row, serials) for row in rows if _has_any(row, serials)]}


def _has_any(row: dict, serials: list[str]) -> bool:
    pieces = {_piece(value, at) for at, value in enumerate(row.get("values") or [])}
    return bool(pieces & set(serials)) or not pieces


def _row(row: dict, serials: list[str]) -> dict:
    by_piece: dict[str, list[dict]] = {}
    for at, value in enumerate(row.get("values") or []):
        by_piece.setdefault(_piece(value, at), []).append(value)
    cells = [
        {
            "text": ", ".join(str(value.get("value") or "") for value in found),
            "is_bad": any(is_bad(value) for value in found),
        }
        for found in (by_piece.get(serial, []) for serial in serials)
    ]
    return row | {"cells": cells}
