"""Ways of laying out labels and facts on a paper; each writes them from `y` and returns where it ended."""

from __future__ import annotations

from tests.certificates.sheet import Sheet

Pair = tuple[str, str]


def _widest(sheet: Sheet, pairs: list[Pair], size: float, font: str = "") -> float:
    return max(sheet.width(label, size, font) for label, _ in pairs)


def beside_in_one_column(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    colon = house.chance.choice((":", "", " :"))
    at = max(_widest(sheet, pairs, 9, sheet.bold) + 14, house.chance.choice((0, 150, 240)))
    ruled = house.chance.random() < 0.3
    for label, said in pairs:
        if ruled:
            sheet.line(45, y - 3, 550, y - 3, 0.3)
        y = sheet.pair(45, y, f"{label}{colon}", said, at, 500 - at) + 3
    return y


def colons_aligned(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    at = _widest(sheet, pairs, 9) + 10
    for label, said in pairs:
        sheet.say(50, y, label, 9)
        y = sheet.flow(50 + at, y, 480 - at, f": {said}", 9, label=label) + 3
    return y


def beside_in_two_columns(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    colon = house.chance.choice((":", ""))
    half = (len(pairs) + 1) // 2
    ends = []
    for x, part in ((45, pairs[:half]), (305, pairs[half:])):
        at, down = min(_widest(sheet, part, 8, sheet.bold) + 10, 150), y
        for label, said in part:
            sheet.say(x, down, f"{label}{colon}", 8, sheet.bold)
            down = sheet.flow(x + at, down, 250 - at, said, 8, label=label) + 5
        ends.append(down)
    return max(ends)


def in_one_cell(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    for label, said in pairs:
        y = sheet.flow(45, y, 500, f"{label.replace('[', '(')}: {said}", 9.5) + 3
    return y


def grid_with_captions(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    ruled, tiny = house.chance.random() < 0.7, house.chance.choice((6, 7, 8))
    across = house.chance.choice((2, 3))
    width = 510 / across
    for start in range(0, len(pairs), across):
        for at, (label, said) in enumerate(pairs[start : start + across]):
            x = 42 + at * width
            if ruled:
                sheet.box(x, y, width, 36)
            sheet.say(x + 3, y + 2, label, tiny)
            sheet.flow(x + 6, y + 13, width - 12, said, 8.5, label=label)
        y += 36
    return y


def captions_below(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    """Each fact on a line to write on, its caption small below it."""
    for start in range(0, len(pairs), 2):
        for at, (label, said) in enumerate(pairs[start : start + 2]):
            x = 45 + at * 260
            sheet.flow(x + 4, y, 240, said, 9, label=label)
            sheet.line(x, y + 13, x + 240, y + 13)
            sheet.say(x, y + 15, label, 6)
        y += 36
    return y


def table_under_heads(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    """Heads side by side with one row below, as many tables as it takes."""
    ruled = house.chance.random() < 0.5
    start = 0
    while start < len(pairs):
        x, row = 42.0, []
        while start < len(pairs):
            label, said = pairs[start]
            plain = "".join(piece for piece, _, _ in sheet._pieces(said))
            width = max(sheet.width(label, 7.5, sheet.bold), sheet.width(plain, 8)) + 14
            if row and x + width > 556:
                break
            row.append((x, label, said, width))
            x, start = x + width, start + 1
        if ruled:
            sheet.line(42, y - 2, 556, y - 2)
            sheet.line(42, y + 11, 556, y + 11)
        for x, label, said, width in row:
            sheet.say(x, y, label, 7.5, sheet.bold)
            sheet.flow(x, y + 15, max(width, 200), said, 8, label=label)
        y += 34
    return y


def with_dots(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    at = _widest(sheet, pairs, 9) + 40
    for label, said in pairs:
        end = sheet.say(50, y, f"{label} ", 9)
        count = int((50 + at - 8 - end) / sheet.width(".", 9))
        sheet.say(end, y, "." * count, 9)
        y = sheet.flow(50 + at, y, 490 - at, said, 9, label=label) + 3
    return y


def packed_in_lines(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    """Several facts in one line, parted by wide blanks, as on a fax."""
    x = 45.0
    for label, said in pairs:
        whole = f"{label}: {said}"
        plain = "".join(piece for piece, _, _ in sheet._pieces(whole))
        width = sheet.width(plain, 9)
        if x > 45 and x + width > 550:
            x, y = 45.0, y + 15
        sheet.flow(x, y, 520, whole, 9)
        x += width + 22
    return y + 15


def boxes_with_shade(house, sheet: Sheet, y: float, pairs: list[Pair]) -> float:
    """Label and fact in boxes beside each other, two pairs to a row."""
    for start in range(0, len(pairs), 2):
        for at, (label, said) in enumerate(pairs[start : start + 2]):
            x = 42 + at * 257
            sheet.box(x, y, 110, 26, 0.9)
            sheet.box(x, y, 110, 26)
            sheet.box(x + 110, y, 147, 26)
            sheet.flow(x + 4, y + 4, 102, label.replace("[", "("), 7.5)
            sheet.flow(x + 114, y + 4, 140, said, 8, label=label)
        y += 26
    return y + 4


BLOCKS = (
    beside_in_one_column,
    beside_in_one_column,
    colons_aligned,
    beside_in_two_columns,
    in_one_cell,
    grid_with_captions,
    grid_with_captions,
    captions_below,
    table_under_heads,
    table_under_heads,
    with_dots,
    packed_in_lines,
    boxes_with_shade,
)
