"""The maker itself: the same papers for the same seed, a truth that stands on the page, faults that show."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pypdfium2
import pytest

from tests.certificates.facts import MATERIAL
from tests.certificates.faults import FAULTS
from tests.certificates.maker import JUDGE, TO_JUDGE_BY, TUNE, make_certificates, make_one
from tests.certificates.tune_layouts_composed import houses

WRITTEN = [each for each in (*TUNE.values(), *JUDGE.values()) if each.scan is None]

MILLS = [each for each in WRITTEN if each.kind == MATERIAL]


def words_on(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_layouts_for_tuning_and_judging_are_different_code_and_words():
    assert len(TUNE) + len(JUDGE) >= 24
    assert {each.write.__code__ for each in TUNE.values()} & {
        each.write.__code__ for each in JUDGE.values()
    } == set()
    judging = {module.__name__ for module in TO_JUDGE_BY}
    assert {each.write.__module__ for each in JUDGE.values()} == judging
    assert {each.write.__module__ for each in TUNE.values()}.isdisjoint(judging)


def test_those_that_judge_are_many_and_varied():
    assert len(JUDGE) >= 12
    assert len([each for each in JUDGE.values() if each.scan]) >= 2
    assert len([each for each in JUDGE.values() if each.country in ("DE", "MX", "CN")]) >= 6


@pytest.mark.parametrize(
    "layout",
    [*WRITTEN, *houses(range(12)), *(replace(each, scan=None) for each in JUDGE.values() if each.scan)],
    ids=lambda each: each.name,
)
def test_the_truth_of_a_paper_stands_on_it(layout):
    made = make_one(random.Random("truth"), layout)
    text = plain(words_on(made.pdf))
    assert [each.key for each in made.truth.found if plain(each.words) not in text] == []
    assert {"stated_number", "stated_on", "spec_number", "spec_revision", "signed_name", "quantity"} <= {
        each.key for each in made.truth.found
    }
    assert [row.name for row in made.facts.rows] == [row.property_name for row in made.truth.rows]


def test_the_same_seed_makes_the_same_papers():
    def papers():
        return [(made.pdf, made.truth, made.order) for made in make_certificates(7, 12, WRITTEN[:6])]

    assert papers() == papers()


def test_every_second_round_is_faulty_and_every_kind_appears():
    made = list(make_certificates(3, 8 * len(FAULTS), WRITTEN[:2] + MILLS[:2]))
    assert {each.faults == () for each in made[:4]} == {True}
    assert {len(each.faults) for each in made[4:8]} == {1}
    assert {kind for each in made for kind in each.faults} >= set(FAULTS) - {"page missing"}


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_shows_on_some_paper(kind):
    layouts = [each for each in (JUDGE or TUNE).values() if each.scan is None]
    tried = (make_one(random.Random(f"{kind} {at}"), layout, kind) for at in range(9) for layout in layouts)
    assert next(filter(None, tried)).faults == (kind,)
