"""Ways of printing what was measured; each writes it from `y` and returns where it ended."""

from __future__ import annotations

from tests.certificates import composed_words as words
from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.sheet import Sheet


def _limits(sheet: Sheet, row) -> str:
    low, high = sheet.habits.number(row.minimum), sheet.habits.number(row.maximum)
    if low and high:
        return f"{low} - {high}"
    return f"min. {low}" if low else f"max. {high}"


def in_a_table(house, sheet: Sheet, y: float) -> float:
    if not sheet.facts.rows:
        return y
    places = ((45, "name"), (215, "minimum"), (290, "maximum"), (370, "value"), (470, "unit"))
    sheet.line(42, y - 3, 550, y - 3)
    for (x, key), (further, _) in zip(places, (*places[1:], (560, "")), strict=True):
        head = house.head(key)
        fits = sheet.width(head, 7.5, sheet.bold) < further - x - 6
        sheet.say(x, y, head if fits else head.partition("/")[0], 7.5, sheet.bold)
    y += 15
    for row in sheet.facts.rows:
        sheet.result(row, list(places), y)
        y += 13
    return y


def limits_in_one(house, sheet: Sheet, y: float) -> float:
    if not sheet.facts.rows:
        return y
    unit_first = house.chance.random() < 0.5
    places = {
        "name": 45,
        "unit": 215 if unit_first else 480,
        "limits": 290 if unit_first else 215,
        "value": 400,
    }
    for key, x in places.items():
        sheet.say(x, y, house.head(key), 8, sheet.bold)
    sheet.line(42, y + 12, 550, y + 12)
    y += 16
    for row in sheet.facts.rows:
        sheet.say(places["name"], y, row.name, 8.5)
        sheet.say(places["unit"], y, row.unit, 8.5)
        sheet.say(places["limits"], y, _limits(sheet, row), 8.5)
        sheet.say(places["value"], y, sheet.habits.number(row.value), 8.5)
        sheet.note(row)
        y += 13
    return y


def in_lines(house, sheet: Sheet, y: float) -> float:
    for row in sheet.facts.rows:
        said = f"{row.name}: {sheet.habits.number(row.value)} {row.unit} ({_limits(sheet, row)} {row.unit})"
        y = sheet.flow(45, y, 500, said, 9) + 3
        sheet.note(row)
    return y


def side_by_side(house, sheet: Sheet, y: float) -> float:
    """Chemistry with the elements side by side, what was pulled in a table of its own."""
    for test in ("chemistry", "mechanical"):
        rows = [row for row in sheet.facts.rows if row.test == test]
        low, high, actual = words.ROWS[house.language]
        step = 440 / max(len(rows), 1)
        for at, row in enumerate(rows):
            unit = f" ({row.unit})" if test == "mechanical" else ""
            sheet.say(105 + at * step, y, f"{row.name}{unit}", 8, sheet.bold)
        for label, key in ((low, "minimum"), (high, "maximum"), (actual, "value")):
            y += 13
            sheet.say(45, y, label, 8)
            for at, row in enumerate(rows):
                sheet.say(105 + at * step, y, sheet.habits.number(getattr(row, key)), 8)
        for row in rows:
            sheet.note(row)
        y += 20
    return y


RESULTS = {
    PROCESS: (in_a_table, in_a_table, limits_in_one, in_lines),
    MATERIAL: (in_a_table, limits_in_one, side_by_side, side_by_side),
}
