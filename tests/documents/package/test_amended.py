"""Lots that left their route by an amendment, as the package prints them."""

from __future__ import annotations

import pytest

from documents.package.assembly import render_package
from documents.package.sections import sections_of
from tests.documents.package.reading import page_texts, squeezed, table_rows
from tests.documents.package.sample import originals, sample_manifest


def amended() -> dict:
    """Return the sample as if its second operation had been skipped and its third redlined."""
    manifest = sample_manifest()
    manifest["traveler"][1] |= {"skipped": "skipped, AM-000001", "signed_by": "", "signed_at": None}
    manifest["traveler"][2] |= {"amended_by": "AM-000002"}
    by = {"lot": "T-000312", "proposed_by": "Tom Ashdown", "approved_by": "Viktor Lindahl"}
    manifest["amendments"] = [
        by
        | {
            "number": "AM-000001",
            "kind": "skip",
            "title": "Skip of operation 20 Deburr",
            "words": "",
            "reason": "The blanks came deburred.",
            "approved_on": "2026-11-20",
        },
        by
        | {
            "number": "AM-000002",
            "kind": "redline",
            "title": "Redline of operation 30 Wash",
            "words": "Rinse twice.",
            "reason": "Chips were found.",
            "approved_on": "2026-11-21",
        },
    ]
    return manifest


@pytest.fixture(scope="module")
def package() -> bytes:
    return render_package(amended(), originals())


def test_every_amendment_is_named_with_its_words_reason_and_people(package):
    rows = [[squeezed(cell) for cell in row] for row in table_rows(package, "Traveler summary and lots")]
    wanted = [
        [
            "AM-000001",
            "T-000312",
            "Skip of operation 20 Deburr",
            "The blanks came deburred.",
            "Tom Ashdown Viktor Lindahl, 20 Nov 2026",
        ],
        [
            "AM-000002",
            "T-000312",
            "Redline of operation 30 Wash Rinse twice.",
            "Chips were found.",
            "Tom Ashdown Viktor Lindahl, 21 Nov 2026",
        ],
    ]
    found = [row for row in rows if row[0].startswith("AM-")]
    assert found == [[squeezed(cell) for cell in row] for row in wanted]


def test_a_skipped_operation_has_no_signature_and_a_redlined_one_names_its_amendment(package):
    rows = table_rows(package, "Traveler summary and lots")
    second, third = amended()["traveler"][1:3]
    shown = {row[0]: [squeezed(cell) for cell in row] for row in rows}
    assert shown[second["op"]][2:] == ["N/A", squeezed("Skipped, AM-000001"), "N/A"]
    assert squeezed("amended AM-000002") in shown[third["op"]][1]


def test_a_lot_that_went_by_its_route_has_no_such_table():
    [section] = [each for each in sections_of(sample_manifest(), originals()) if each.code == "traveler"]
    [told] = [each for each in sections_of(amended(), originals()) if each.code == "traveler"]
    assert (set(told.facts) - set(section.facts), section.title) == ({"amendments"}, told.title)
    text = squeezed(" ".join(page_texts(render_package(sample_manifest(), originals()))))
    assert squeezed("Where the lots left their route") not in text
