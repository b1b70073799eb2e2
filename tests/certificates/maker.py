"""Certificates by the hundred, the same for the same seed: the paper, its truth, its order, what is wrong with it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.formats.paper import OCR, TEXT, Reading
from tests.certificates import (
    judge_layouts_fifth,
    judge_layouts_fifth_abroad,
    judge_layouts_sixth,
    tune_layouts,
    tune_layouts_bannered,
    tune_layouts_boxed,
    tune_layouts_fourth,
    tune_layouts_fourth_abroad,
    tune_layouts_judged,
    tune_layouts_judged_foreign,
    tune_layouts_mills,
    tune_layouts_third,
    tune_layouts_third_abroad,
    tune_layouts_told,
    tune_layouts_tongues,
)
from tests.certificates.facts import MATERIAL, Facts, Order, material_facts, process_facts
from tests.certificates.faults import FAULTS
from tests.certificates.layouts import Layout
from tests.certificates.scans import over_the_glass

TUNE = tune_layouts.LAYOUTS
# these add theirs to the same book
MORE_TO_TUNE_ON = (
    tune_layouts_bannered,
    tune_layouts_boxed,
    tune_layouts_fourth,
    tune_layouts_fourth_abroad,
    tune_layouts_judged,
    tune_layouts_judged_foreign,
    tune_layouts_mills,
    tune_layouts_third,
    tune_layouts_third_abroad,
    tune_layouts_told,
    tune_layouts_tongues,
)
# a set that judges goes over to those above once its figures were seen, and another one is written
TO_JUDGE_BY = (judge_layouts_fifth, judge_layouts_fifth_abroad, judge_layouts_sixth)
JUDGE = {name: layout for module in TO_JUDGE_BY for name, layout in module.LAYOUTS.items()}

ATTEMPTS = 15


@dataclass(frozen=True)
class Made:
    """One certificate that was made: `faults` is empty when paper and order agree."""

    pdf: bytes
    truth: Reading
    facts: Facts
    order: Order
    layout: Layout
    faults: tuple[str, ...] = ()
    # whether a red stamp was pressed on it
    is_sealed: bool = False

    @property
    def truth_pages(self) -> range:
        """The pages the file has, from 1."""
        return range(1, self.truth.pages_read + 1)

    @property
    def is_scan(self) -> bool:
        return self.layout.scan is not None


def make_certificates(seed: int, count: int, layouts: Iterable[Layout]) -> Iterator[Made]:
    """Yield certificates over the layouts in turn, every second one with one fault, the kinds in turn."""
    layouts, kinds = list(layouts), list(FAULTS)
    turn = dict.fromkeys(range(len(layouts)), 0)
    for number in range(count):
        place = number % len(layouts)
        # the second round of a layout is the faulty one, so that each layout has as many of both
        is_faulty = (number // len(layouts)) % 2 == 1
        chance = random.Random(f"{seed} {number}")
        if not is_faulty:
            yield make_one(chance, layouts[place])
            continue
        first = place + turn[place] * 7
        turn[place] += 1
        yield next(_faulty(chance, layouts[place], kinds[first % len(kinds) :] + kinds[: first % len(kinds)]))


def make_one(chance: random.Random, layout: Layout, fault: str = "") -> Made | None:
    """Make one certificate; nothing when the fault asked for would not show on this paper."""
    make = material_facts if layout.kind == MATERIAL else process_facts
    facts, order = make(chance, layout.country)
    while layout.families and facts.family not in layout.families:
        facts, order = make(chance, layout.country)
    if not fault:
        return _made(chance, layout, facts, order)
    put = FAULTS[fault](chance, facts, order)
    if put is None:
        return None
    wrong = put[0]
    if wrong != facts and layout.sheet(wrong).found == layout.sheet(facts).found and wrong.rows == facts.rows:
        return None
    return _made(chance, layout, *put, faults=(fault,))


def _faulty(chance: random.Random, layout: Layout, kinds: list[str]) -> Iterator[Made]:
    """Yield a paper for each kind that can show on this layout; some need facts that only chance brings."""
    for kind in kinds:
        made = next(filter(None, (make_one(chance, layout, kind) for _ in range(ATTEMPTS))), None)
        if made:
            yield made


def _made(
    chance: random.Random, layout: Layout, facts: Facts, order: Order, faults: tuple[str, ...] = ()
) -> Made:
    sheet = layout.sheet(facts)
    pdf = sheet.pdf()
    if layout.scan:
        pdf = over_the_glass(pdf, layout.scan, chance)
    truth = Reading(
        found=tuple(sheet.found),
        rows=tuple(sheet.rows),
        how=OCR if layout.scan else TEXT,
        language=layout.habits.language,
        pages_read=len(sheet.pages),
    )
    is_sealed = any(word.red for page in sheet.pages for word in page.words)
    return Made(pdf, truth, facts, order, layout, faults, is_sealed)
