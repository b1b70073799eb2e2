"""Layouts a reader may be tuned on, put together by chance: as many as wanted, the same for the same number.

What a house prints is composed of a way to lay out facts, words for them, a table, a statement and a way to sign.
Every third number is held back: it draws the words no other one draws, and nobody looks at it while tuning.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from tests.certificates import composed_words as words
from tests.certificates.composed_blocks import BLOCKS, Pair
from tests.certificates.composed_letters import in_sentences
from tests.certificates.composed_results import RESULTS
from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import TUNE, Layout, number_pages, state
from tests.certificates.sheet import Habits, Sheet

HOUSES = (
    (
        "US",
        "en",
        ("MM/DD/YYYY", "DD-MON-YYYY", "YYYY-MM-DD", "MON DD, YYYY", "MONTH D, YYYY", "MM-DD-YY"),
        ".",
        ",",
    ),
    ("GB", "en", ("D MONTH YYYY", "DD/MM/YYYY", "DD MON YYYY"), ".", ","),
    ("DE", "de", ("DD.MM.YYYY", "D. MONTH YYYY", "DD.MM.YY"), ",", "."),
    ("MX", "es", ("DD/MM/YYYY", "D de MONTH de YYYY", "DD-MM-YYYY"), ".", ","),
    ("CN", "zh", ("YYYY-MM-DD", "YYYY年M月D日", "YYYY/MM/DD"), ".", ","),
)
CHANCES = (8, 3, 3, 3, 3)
FONTS = ("sans", "noto", "plain", "roman", "serif", "mono", "narrow")
PROCESS_KEYS = [
    "stated_number",
    "stated_on",
    "po_number",
    "part_number",
    "part_revision",
    "description",
    "lot_number",
    "quantity",
    "spec_number",
    "spec_revision",
    "spec_type",
    "spec_class",
    "process_from",
    "process_to",
]
MATERIAL_KEYS = [
    "stated_number",
    "stated_on",
    "po_number",
    "certificate_type",
    "identifier",
    "grade",
    "condition",
    "description",
    "quantity",
    "weight",
    "spec_number",
    "spec_revision",
]


def is_held(number: int) -> bool:
    return number % 3 == 2


class House:
    """How one house prints: its languages, its words, its habits; drawn once for all its papers."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.chance = random.Random(f"house {number}")
        at = self.chance.choices(range(len(HOUSES)), CHANCES)[0]
        self.country, self.language, days, comma, thousands = HOUSES[at]
        self.habits = Habits(
            self.language, self.chance.choice(days), self.chance.choice(("", thousands)), comma
        )
        # houses abroad often print English beside their own words
        self.beside = "en" if self.language != "en" and self.chance.random() < 0.5 else ""
        self.joint = self.chance.choice((" / ", "/", " ") if self.language == "zh" else (" / ", " - ", "/ "))
        self.is_loud = self.language == "en" and self.chance.random() < 0.2
        self.kind = self.chance.choice((PROCESS, PROCESS, MATERIAL))

    def of(self, ways: Iterable[str]) -> str:
        """Draw one of some ways, those for its third of the houses only where there are enough."""
        ways = list(ways)
        held = ways[2::3]
        return self.chance.choice(
            held if is_held(self.number) and held else [each for each in ways if each not in held] or ways
        )

    def label(self, key: str) -> str:
        said = self.of(words.LABELS[self.language][key])
        if self.beside:
            said = f"{said}{self.joint}{self.of(words.LABELS['en'][key])}"
        return said.upper() if self.is_loud else said

    def head(self, key: str) -> str:
        said = self.of(words.HEADS[self.language][key].split("|"))
        return f"{said}/{self.of(words.HEADS['en'][key].split('|'))}" if self.beside == "en" else said

    def said(self, table: dict) -> str:
        return self.of(table[self.language])


def pairs_of(house: House) -> list[Pair]:
    """Draw the labels of a paper and what stands at each; some houses join two facts in one place."""
    keys = list(PROCESS_KEYS if house.kind == PROCESS else MATERIAL_KEYS)
    template = {key: f"{{{key}}}" for key in keys}
    template["quantity"] += house.said(words.PIECES)
    if "weight" in template:
        template["weight"] += " kg"
    revision = house.said(words.REVISION)
    if "part_number" in template and house.chance.random() < 0.3:
        template["part_number"] += f" {revision.format(template.pop('part_revision'))}"
    if house.chance.random() < 0.5:
        template["spec_number"] += f"[ {revision.format(template.pop('spec_revision'))}]"
        if "spec_type" in template and house.chance.random() < 0.6:
            template["spec_number"] += f"[ {house.said(words.TYPE).format(template.pop('spec_type'))}]"
            template["spec_number"] += f"[ {house.said(words.CLASS).format(template.pop('spec_class'))}]"
    if "process_from" in template and house.chance.random() < 0.5:
        template["dates"] = (
            f"{template.pop('process_from')}{house.said(words.TO)}{template.pop('process_to')}"
        )
    if house.chance.random() < 0.3:
        template["po_number"] += f" / {house.label('po_line')} {{po_line}}"
    elif house.kind == PROCESS and house.chance.random() < 0.4:
        template["po_line"] = "{po_line}"
    if house.chance.random() < 0.3:
        template["customer"] = "{customer}"
    return [(house.label(key), said) for key, said in template.items()]


def header(house: House, sheet: Sheet) -> tuple[float, list[Pair]]:
    """Write name and place of the house as a letterhead, or return them as pairs of the form."""
    title = house.said(words.TITLES)
    if house.beside:
        title = f"{title} / {house.of(words.TITLES['en'])}"
    form = house.chance.random()
    # a mill's letterhead names it; a processor's names the plant as the order knows it
    name = "{site}" if house.kind == PROCESS else "{issuer_name}"
    sheet.centred(34, title, 13)
    if form < 0.3 and house.kind == PROCESS:
        return 62, [(house.label("site"), "{site}"), (house.label("site_address"), "{site_address}")]
    if form < 0.6:
        y = sheet.flow(45, 56, 500, name, 10, sheet.bold)
        return sheet.flow(45, y, 500, "{site_address}", 8) + 8, []
    if form < 0.8:
        return sheet.flow(45, 58, 510, f"{name}, {{site_address}}", 8) + 8, []
    width = max(sheet.width(sheet.words_of(key)[0], 8.5) for key in ("site", "site_address"))
    y = sheet.flow(550 - width, 56, 500, name, 8.5)
    return sheet.flow(550 - width, y, 500, "{site_address}", 8.5) + 8, []


def sign(house: House, sheet: Sheet, y: float) -> None:
    form, name, title = house.chance.randrange(5), house.label("signed_name"), house.label("signed_title")
    sheet.scribble(70, y + 12)
    y += 26
    if form == 0:
        sheet.pair(45, y, f"{name}:", "{signed_name}", sheet.width(name, 9, sheet.bold) + 12)
        sheet.pair(320, y, f"{title}:", "{signed_title}", sheet.width(title, 9, sheet.bold) + 12, 140)
    elif form == 1:
        sheet.line(45, y, 240, y)
        sheet.flow(45, y + 3, 300, "{signed_name}", 9)
        sheet.flow(45, y + 15, 300, "{signed_title}", 8)
    elif form == 2:
        sheet.flow(45, y, 300, "{signed_name}", 9)
        sheet.line(45, y + 13, 240, y + 13)
        sheet.say(45, y + 16, name, 7)
        sheet.flow(300, y, 240, "{signed_title}", 9)
        sheet.line(300, y + 13, 500, y + 13)
        sheet.say(300, y + 16, title, 7)
    elif form == 3:
        sheet.flow(45, y, 400, "{signed_name}, {signed_title}", 9)
    else:
        sheet.box(45, y - 4, 230, 34)
        sheet.say(48, y - 2, name, 6.5)
        sheet.flow(55, y + 10, 210, "{signed_name}", 9.5)
        sheet.box(275, y - 4, 230, 34)
        sheet.say(278, y - 2, title, 6.5)
        sheet.flow(285, y + 10, 210, "{signed_title}", 9.5)


def written_by(number: int) -> Callable[[Sheet], None]:
    """Return what writes the papers of one house; each paper draws the same chances anew."""

    def write(sheet: Sheet) -> None:
        house = House(number)
        pairs = pairs_of(house)
        y, further = header(house, sheet)
        pairs = [*pairs[:2], *further, *pairs[2:]]
        if house.kind == PROCESS and number % 10 == 9:
            for _, said in further:
                y = sheet.flow(45, y, 500, said, 9)
            y = in_sentences(house, sheet, y + 6)
        else:
            y = house.chance.choice(BLOCKS)(house, sheet, y + 6, pairs)
        y = house.chance.choice(RESULTS[house.kind])(house, sheet, y + 12)
        y = state(sheet, 45, y + 12, 490, house.said(words.STATEMENTS), house.said(words.VAGUE), 8.5)
        sign(house, sheet, y + 4)
        place = house.chance.choice((45, 250, 470))
        number_pages(sheet, place, 818, house.said(words.PAGES))
        figures = (
            house.chance.randint(10, 99),
            house.chance.choice("ABCDEFGH"),
            house.chance.randint(1000, 9999),
        )
        for at, said in enumerate(house.chance.sample(words.OTHER_WORDS, house.chance.randint(0, 3))):
            sheet.say(45, 784 + at * 10, said.format(*figures), 6.5)

    return write


def composed(number: int) -> Layout:
    """Return the layout of one house."""
    house = House(number)
    font = house.chance.choice(FONTS[:6] if house.language != "zh" else FONTS[:5])
    name = f"{TUNE}: house {number} in {house.language}{' and ' + house.beside if house.beside else ''}"
    return Layout(name, TUNE, house.kind, house.country, house.habits, font, font, written_by(number))


def houses(numbers: Iterable[int]) -> list[Layout]:
    return [composed(number) for number in numbers]
