"""Work recorded elsewhere and work entered late, as the package prints them."""

from __future__ import annotations

import io

import pikepdf
import pytest

from documents.package.assembly import render_package
from documents.package.completeness import ManifestIncomplete
from documents.package.sections import sections_of
from tests.documents.package.reading import page_texts, squeezed, table_rows, walk
from tests.documents.package.sample import originals, sample_manifest

SAID = "Operations 10 to 20 of lot T-000312 recorded elsewhere, reviewed by Viktor Lindahl (E-000001)."


def brought_in() -> dict:
    """Return the sample as if its lot had come in at operation 30, and operation 30 had been entered late."""
    manifest = sample_manifest()
    file = manifest["files"][0]
    manifest["elsewhere"] = [
        {
            "number": "E-000001",
            "kind": "Recorded elsewhere",
            "covers": "lot T-000312, signing of operation 10 Saw blank",
            "sha256": file["sha256"],
            "original_name": file["name"],
            "media_type": file["media_type"],
            "page_from": 1,
            "page_to": 2,
            "recorded_by": "Amara Nwosu",
            "recorded_at": "2026-11-02T08:00:00.000000Z",
            "reviewed_by": "Viktor Lindahl",
            "reviewed_at": "2026-11-03T08:00:00.000000Z",
        }
    ]
    manifest["lots"][0]["elsewhere"] = SAID
    words = "recorded elsewhere, E-000001 (TRV-118), reviewed by Viktor Lindahl"
    for row in manifest["traveler"][:2]:
        row.update(elsewhere=words, signed_by="", signed_at=None, quantity=None)
    manifest["traveler"][2] |= {
        "entered_at": "2026-11-23T08:00:00.000000Z",
        "late_reason": "The tablet was broken.",
    }
    return manifest


@pytest.fixture(scope="module")
def package() -> bytes:
    return render_package(brought_in(), originals())


def test_scan_is_a_section_after_the_certificates():
    sections = sections_of(brought_in(), originals())
    codes = [section.code for section in sections]
    at = codes.index("elsewhere1")
    assert (codes[at - 1], codes[at + 1]) == ("certificate2", "nonconformances")
    assert sections[at].title == "Recorded elsewhere E-000001"
    assert sections[at].sha256 == brought_in()["files"][0]["sha256"]


def test_pages_say_what_the_scan_proves_and_who_reviewed_it(package):
    text = squeezed(" ".join(page_texts(package)))
    for words in (
        "Proves lot T-000312, signing of operation 10 Saw blank.",
        "Added by Amara Nwosu, reviewed by Viktor Lindahl, 3 Nov 2026 08:00 UTC.",
        SAID,
        "entered late 23 Nov 2026 08:00 UTC: The tablet was broken.",
    ):
        assert squeezed(words) in text


def test_operation_done_elsewhere_has_no_signature(package):
    rows = table_rows(package, "Traveler summary and lots")
    words = squeezed("Recorded elsewhere, E-000001 (TRV-118), reviewed by Viktor Lindahl")
    shown = [[squeezed(cell) for cell in row[2:]] for row in rows if row[0] in ("10", "20")]
    assert shown == [["N/A", words, "N/A"]] * 2


def test_tags_stay_whole(package):
    with pikepdf.open(io.BytesIO(package)) as pdf:
        wrong, _ = walk(pdf)
    assert wrong == []


def test_scan_without_a_file_name_is_refused():
    manifest = brought_in()
    manifest["elsewhere"][0]["original_name"] = ""
    with pytest.raises(ManifestIncomplete, match="/elsewhere/0/original_name"):
        render_package(manifest, originals())


def test_readings_receipts_and_calibrations_entered_late_say_so():
    manifest = sample_manifest()
    row = manifest["results"][0]
    for value in row["values"][:2]:
        value |= {"measured_on": "2026-11-12", "entered_at": "2026-11-20T09:00:00.000000Z"}
    manifest["gauges"][0]["entered_at"] = "2026-11-21T09:00:00.000000Z"
    outside = next(step for step in manifest["traveler"] if step["is_outside"])
    outside["late_receipts"] = [{"received_on": "2026-11-10", "entered_at": "2026-11-22T09:30:00.000000Z"}]
    package = render_package(manifest, originals())
    text = squeezed(" ".join(page_texts(package)))
    pieces = ", ".join(value["serial"] for value in row["values"][:2])
    for words in (
        f"{row['side'] or 'N/A'} {pieces} 12 Nov 2026 20 Nov 2026 09:00 UTC",
        "entered late 21 Nov 2026",
        "entered late 22 Nov 2026 09:30 UTC: back on 10 Nov 2026",
    ):
        assert squeezed(words) in text
    with pikepdf.open(io.BytesIO(package)) as pdf:
        assert walk(pdf)[0] == []


def test_report_without_late_values_has_no_table_of_them():
    assert "Values entered late" not in " ".join(page_texts(render_package(sample_manifest(), originals())))
