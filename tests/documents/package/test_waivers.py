"""Waivers as the package prints them: beside nonconformances and concessions, and in the chain report."""

from __future__ import annotations

import pytest

from documents.package.assembly import render_section
from documents.package.sections import sections_of
from tests.documents.package import reading
from tests.documents.package.sample import originals, sample_manifest

DEMAND = "Operation 40 Anodize is certified by its processor."
LIMITS = "for at most 4 pieces, shipped by 30 Nov 2026"


def with_waiver(**facts) -> dict:
    """Return the sample with one waiver of its process certificate."""
    manifest = sample_manifest()
    entry = {
        "number": "W-000004",
        "lot": "T-000312",
        "code": "PROCESS",
        "demand": DEMAND,
        "source": "Route R-000004-2, operation 40 Anodize",
        "given_by": "Meridian Flight Controls",
        "decided_by": "Claire Dufresne",
        "decided_on": "2026-11-20",
        "is_written": False,
        "reference": "",
        "sha256": "",
        "limits": LIMITS,
        "reason": "For the trial fit only.",
    }
    manifest["waivers"] = [entry | facts]
    return manifest


def section(manifest: dict, code: str):
    return next(found for found in sections_of(manifest, originals()) if found.code == code)


def printed(manifest: dict, code: str = "nonconformances") -> str:
    return " ".join(" ".join(reading.page_texts(render_section(section(manifest, code)))).split())


def test_title_says_that_there_are_waivers():
    assert section(with_waiver(), "nonconformances").title == "Nonconformances, concessions and waivers"
    assert section(sample_manifest(), "nonconformances").title == "Nonconformances and concessions"


def test_waiver_is_printed_with_who_what_and_how_far():
    text = reading.squeezed(printed(with_waiver()))
    told = (
        "W-000004",
        DEMAND,
        "Meridian Flight Controls",
        "Claire Dufresne",
        "20 Nov 2026",
        LIMITS,
        "trial fit",
    )
    assert [words for words in told if reading.squeezed(words) not in text] == []


def test_letter_is_printed_with_its_hash():
    text = reading.squeezed(printed(with_waiver(is_written=True, reference="DEV-9", sha256="ab" * 32)))
    assert reading.squeezed("in writing (DEV-9), recorded by Claire Dufresne") in text
    assert "ab" * 32 in text


@pytest.mark.parametrize("field", ["demand", "source", "reason", "given_by", "reference"])
def test_long_word_stays_on_the_page(field):
    content = render_section(section(with_waiver(**{field: "W" * 80}), "nonconformances"))
    assert "W" * 80 in reading.squeezed(" ".join(reading.page_texts(content)))
    assert reading.beyond_the_edge(content) == []


def test_waived_link_names_who_let_it_pass_in_the_chain_report():
    manifest = sample_manifest()
    manifest["chain"]["slots"].append(
        {
            "code": "PROCESS",
            "lot": "T-000312",
            "state": "waived",
            "demand": DEMAND,
            "sentence": f"Let pass by Claire Dufresne: W-000004, {LIMITS}.",
            "reason": f"Let pass by Claire Dufresne: W-000004, {LIMITS}.",
            "evidence": "W-000004",
            "waived_by": "Meridian Flight Controls",
            "section": "nonconformances",
        }
    )
    text = reading.squeezed(printed(manifest, "chain"))
    assert reading.squeezed(f"PROCESS{DEMAND}Meridian Flight Controls") in text
