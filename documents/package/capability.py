"""Lay out the key characteristics: a chart of all releases, the index with its bound, the alarms that touch it."""

from __future__ import annotations

from django.utils.safestring import mark_safe

from portal.look.line_charts import ChartPicture, Line, Series, svg_of


def capability_view(facts: dict) -> dict:
    """Return the entries, each with its drawing; every word in a drawing is escaped where it is made."""
    entries = facts.get("capability") or []
    return {"entries": [entry | {"drawing": mark_safe(svg_of(_picture(entry)))} for entry in entries]}


def _picture(entry: dict) -> ChartPicture:
    values = [float(value) for value in entry["values"]]
    lower, upper = (float(entry[name]) if entry.get(name) else None for name in ("lower", "upper"))
    lines = [
        Line(float(entry[name]), f"{word} {entry[name]}", kind)
        for name, word, kind in (
            ("upper", "upper limit", "limit"),
            ("nominal", "nominal", "nominal"),
            ("lower", "lower limit", "limit"),
        )
        if entry.get(name)
    ]
    out = frozenset(
        at
        for at, value in enumerate(values)
        if (lower is not None and value < lower) or (upper is not None and value > upper)
    )
    return ChartPicture(
        f"{entry['balloon']} {entry['name']}",
        f"{len(values)} values of {len(entry['releases'])} releases; {len(out) or 'none'} outside the limits.",
        [Series(values, is_joined=False, out=out)],
        lines,
        groups=[(release["lot"], release["pieces"]) for release in entry["releases"]],
        unit=entry.get("unit") or "",
    )
