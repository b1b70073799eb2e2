"""What shows each clause, its papers, and the edits of the lots, as the package prints them."""

from __future__ import annotations

import pytest

from documents.package.assembly import render_package
from documents.package.completeness import ManifestIncomplete, refuse_incomplete
from documents.package.sections import sections_of
from tests.documents.package.reading import page_texts, squeezed
from tests.documents.package.sample import originals, sample_manifest


def manifest_with_paper() -> dict:
    """Return the sample with a clause shown by a paper and an edit that was reviewed."""
    manifest = sample_manifest()
    file = manifest["files"][0]
    manifest["clauses"] = [
        {
            "code": "Clause Q-45 A",
            "demand": "Witness of the milling (witness point at operation 20)",
            "evidence": "Signature of the customer",
            "state": "document",
            "shown": "CE-000007: Claire Dufresne, 3 Nov 2026",
        }
    ]
    manifest["clause_papers"] = [
        {
            "number": "CE-000007",
            "kind": "Evidence of clause",
            "covers": "clause Q-45 A, lot T-000312: Witness record WR-2208",
            "sha256": file["sha256"],
            "original_name": file["name"],
            "media_type": file["media_type"],
            "page_from": 1,
            "page_to": 1,
            "accepted_by": "Josefa Reyes",
            "accepted_at": "2026-11-03T08:00:00.000000Z",
        }
    ]
    manifest["trail"] = [
        {
            "lot": "T-000312",
            "at": "2026-11-04T08:00:00.000000Z",
            "by": "Tom Ashdown, Machinist",
            "did": "Recorded a change of quantity of lot T-000312",
            "was": "48 pieces",
            "now": "47 pieces",
            "reason": "Counted again.",
            "reviewed_by": "Viktor Lindahl",
            "leaf_sha256": "e" * 64,
        }
    ]
    return manifest


@pytest.fixture(scope="module")
def pages() -> str:
    return squeezed(" ".join(page_texts(render_package(manifest_with_paper(), originals()))))


def test_paper_of_a_clause_is_a_section_after_the_certificates():
    sections = sections_of(manifest_with_paper(), originals())
    codes = [section.code for section in sections]
    at = codes.index("clause1")
    assert (codes[at + 1], sections[at].title) == ("nonconformances", "Evidence of clause CE-000007")


def test_edits_stand_with_the_revision_history():
    titles = {section.code: section.title for section in sections_of(manifest_with_paper(), originals())}
    without = {section.code: section.title for section in sections_of(sample_manifest(), originals())}
    assert (titles["revisions"], without["revisions"]) == ("Revision history and edits", "Revision history")


@pytest.mark.parametrize(
    "words",
    [
        "CE-000007: Claire Dufresne, 3 Nov 2026",
        "Edits after the first signature",
        "48 pieces",
        "47 pieces",
        "Counted again.",
        "Viktor Lindahl",
        "Accepted by Josefa Reyes",
    ],
)
def test_pages_say_what_shows_and_what_was_changed(pages, words):
    assert squeezed(words) in pages


def test_paper_without_its_hash_is_refused():
    manifest = manifest_with_paper()
    manifest["clause_papers"][0]["sha256"] = ""
    with pytest.raises(ManifestIncomplete, match="/clause_papers/0/sha256"):
        refuse_incomplete(manifest)
