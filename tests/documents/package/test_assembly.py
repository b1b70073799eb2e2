"""The whole package: what is in it, that it is the same every time, and that a change re-renders little."""

from __future__ import annotations

import io
import json

import pikepdf
import pytest

from documents.package.assembly import render_package, render_section
from documents.package.completeness import ManifestIncomplete
from documents.package.sections import OriginalAltered, OriginalMissing, sections_of
from portal.domain.canonical import canonical_bytes, sha256_of
from tests.documents.package import reading, sample

TITLES = [
    "Certificate of conformity CC-26-0412",
    "Clauses and drawing notes",
    "First article FA-0388, Form 1: Part number accountability",
    "First article FA-0388, Form 2: Product accountability",
    "First article FA-0388, Form 3: Characteristic accountability, verification and compatibility evaluation",
    "Inspection report",
    "Material certificate MTR-7T4418, Halden Rolled Metals",
    "Process certificate BF-88412 rev 1, Brightwater Finishing",
    "Nonconformances and concessions",
    "Traveler summary and lots",
    "Gauges used",
    "Chain report",
    "Revision history",
    "How to verify this package",
]


def outline(content: bytes) -> list[tuple[str, int]]:
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as bookmarks:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        return [(item.title, pages[item.destination[0].objgen]) for item in bookmarks.root]


def test_the_sections_stand_in_the_order_a_buyer_reads(manifest, originals):
    assert [section.title for section in sections_of(manifest, originals)] == TITLES


def test_the_same_manifest_gives_the_same_bytes(package_bytes, manifest, originals):
    assert render_package(manifest, originals) == package_bytes


def test_bookmarks_index_and_pages_agree(package_bytes):
    listing = json.loads(reading.attachments(package_bytes)["index.json"][0])["sections"]
    found = outline(package_bytes)
    assert found == [("Cover and index", 1), *((row["title"], row["page"]) for row in listing)]
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf:
        labels = [page.label for page in pdf.pages]
    assert labels == [str(number) for number in range(1, len(labels) + 1)]
    assert listing[-1]["page"] + listing[-1]["pages"] - 1 == len(labels)


def test_every_page_says_its_number_and_its_package(package_bytes):
    texts = reading.page_texts(package_bytes)
    stamped = [
        (f"Page {number} of {len(texts)}" in text, "Release package RP-26-0412 revision 1" in text)
        for number, text in enumerate(texts, start=1)
    ]
    assert stamped == [(True, True)] * len(texts)


def test_every_section_begins_on_its_page_with_its_own_words(package_bytes):
    texts = reading.page_texts(package_bytes)
    words = {
        "Certificate of conformity CC-26-0412": "except as permitted by concession C-77.",
        "Clauses and drawing notes": "Customer source inspection before finish",
        TITLES[2]: "Does FAIR contain a documented nonconformance?",
        TITLES[3]: "Customer Approval Verification",
        TITLES[4]: "Designed/Qualified Tooling",
        "Inspection report": "27 characteristics, 5 pieces, 135 values; 1 outside the limits",
        TITLES[6]: "Rp0.2, MPa",
        TITLES[7]: "Certificate of processing BF-88412",
        "Nonconformances and concessions": "Concession C-77",
        "Traveler summary and lots": "Hard anodize, Brightwater Finishing",
        "Gauges used": "CAL-5390",
        "Chain report": "21 of 21 links closed",
        "Revision history": "First release.",
        "How to verify this package": "manifest.json",
    }
    missing = [
        title
        for title, page in outline(package_bytes)[1:]
        if reading.squeezed(words[title]) not in reading.squeezed(texts[page - 1])
    ]
    assert missing == []


def test_the_index_prints_title_hash_and_page_of_each_section(package_bytes, manifest, originals):
    cover = reading.squeezed(reading.page_texts(package_bytes)[0])
    pages = dict(outline(package_bytes))
    for number, section in enumerate(sections_of(manifest, originals), start=2):
        beginning = f"{section.sha256[:4]}{section.sha256[4:8]}"
        row = f"{number}{section.title}{beginning}{pages[section.title]}"
        assert cover.count(reading.squeezed(row)) == 1, row


def test_links_of_the_cover_lead_to_the_sections(package_bytes):
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        links = list(pdf.pages[0].obj.Annots)
        assert all("/A" not in link for link in links)
        targets = [pages[link.Dest[0].objgen] for link in links]
    assert set(targets) == {page for _, page in outline(package_bytes)[1:]}


def test_the_manifest_inside_is_the_one_given(package_bytes, manifest):
    content, relationship, media_type = reading.attachments(package_bytes)["manifest.json"]
    assert (json.loads(content), relationship, media_type) == (manifest, "Data", "application/json")
    assert content == canonical_bytes(manifest)


def test_originals_are_inside_byte_for_byte(package_bytes):
    found = reading.attachments(package_bytes)
    given = sample.certificate_files()
    assert {name: found[name] for name in given} == {
        name: (content, "Source", "application/pdf") for name, content in given.items()
    }
    assert set(found) == {*given, "manifest.json", "index.json"}


def test_a_section_hash_can_be_recomputed_from_the_embedded_files(package_bytes):
    inside = reading.attachments(package_bytes)
    manifest = json.loads(inside["manifest.json"][0])
    for row in json.loads(inside["index.json"][0])["sections"]:
        facts = {}
        for name, pointer in row["facts"].items():
            facts[name] = manifest
            for step in pointer.strip("/").split("/"):
                place = facts[name]
                facts[name] = place[int(step)] if isinstance(place, list) else place.get(step)
        if row["code"].startswith("certificate"):
            expected = facts["certificate"]["sha256"]
        else:
            expected = sha256_of(
                json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            )
        assert row["sha256"] == expected, row["code"]


def test_one_changed_value_renders_one_section_and_the_cover_anew(manifest, originals, warm_cache):
    before = set(warm_cache)
    manifest["results"][1]["values"][0]["value"] = "69.98"
    package = render_package(manifest, originals, warm_cache)
    assert len(set(warm_cache) - before) == 2
    assert "69.98" in reading.page_texts(package)[dict(outline(package))["Inspection report"] - 1]


def test_a_new_revision_renders_only_the_cover_anew(manifest, originals, warm_cache):
    before = set(warm_cache)
    manifest["package"] |= {"revision": "2", "reason": "Concession C-77 added."}
    package = render_package(manifest, originals, warm_cache)
    assert len(set(warm_cache) - before) == 1
    assert all("revision 2" in text for text in reading.page_texts(package))


def test_an_unchanged_section_comes_from_the_cache(manifest, originals):
    section = sections_of(manifest, originals)[0]

    class Planted:
        def get(self, key):
            return b"planted"

        def put(self, key, content):
            raise AssertionError("nothing was to be rendered")

    assert render_section(section, Planted()) == b"planted"


def test_progress_counts_every_section_to_the_end(manifest, originals, warm_cache):
    told = []
    render_package(manifest, originals, warm_cache, lambda *step: told.append(step))
    total = len(TITLES) + 1
    assert [step[:2] for step in told] == [(done, total) for done in range(total)] + [(total, total)]
    assert told[0][2] == "Drawing section 2 of 15: Certificate of conformity CC-26-0412."


def test_a_preview_says_so_on_every_page(manifest, originals, warm_cache):
    preview = render_package(manifest, originals, warm_cache, is_preview=True)
    released = render_package(manifest, originals, warm_cache)
    marks = [
        [reading.squeezed(text).count("PREVIEW—NOTRELEASED") for text in reading.page_texts(package)]
        for package in (preview, released)
    ]
    assert marks == [[1] * len(marks[0]), [0] * len(marks[0])]


def test_a_missing_original_stops_the_package(manifest, originals):
    name = manifest["files"][0]["name"]
    del originals[manifest["files"][0]["sha256"]]
    with pytest.raises(OriginalMissing, match=f"File {name} belongs to this package"):
        render_package(manifest, originals)


def test_one_changed_byte_in_an_original_stops_the_package(manifest, originals):
    file = manifest["files"][0]
    content = bytearray(originals[file["sha256"]])
    content[100] ^= 1
    with pytest.raises(OriginalAltered, match=f"File {file['name']} no longer has the sha256"):
        render_package(manifest, originals | {file["sha256"]: bytes(content)})


@pytest.mark.parametrize(
    "pointer", ["/package/number", "/package/released_at", "/certificates/0/sha256", "/files/1/name"]
)
def test_a_manifest_without_a_needed_part_is_refused(manifest, originals, pointer):
    *path, key = pointer.strip("/").split("/")
    place = manifest
    for step in path:
        place = place[int(step)] if isinstance(place, list) else place[step]
    del place[key]
    with pytest.raises(ManifestIncomplete, match=f"lacks {pointer}, so the package cannot be drawn"):
        render_package(manifest, originals)


def test_a_moment_that_is_none_is_refused(manifest, originals):
    manifest["package"]["released_at"] = "last Tuesday"
    with pytest.raises(ManifestIncomplete, match="released at 'last Tuesday', which is not a moment"):
        render_package(manifest, originals)


def test_an_original_kept_home_is_shown_and_not_attached(manifest, originals, warm_cache):
    manifest["files"][0]["is_kept_home"] = True
    package = render_package(manifest, originals, warm_cache)
    assert set(reading.attachments(package)) == {"BF-88412 rev 1.pdf", "manifest.json", "index.json"}
    page = dict(outline(package))[TITLES[6]]
    shown = reading.page_texts(package)[page - 1]
    assert ("kept at home" in shown, "attached byte for byte" in shown) == (True, False)


def test_a_package_without_anything_to_show_says_so(manifest, originals):
    for name in ("clauses", "certificates", "nonconformances", "gauges", "traveler", "signatures", "files"):
        manifest[name] = []
    manifest["first_article"] = {"reason": "Customer holds FA-0301."}
    text = " ".join(reading.page_texts(render_package(manifest, {})))
    for sentence in (
        "no first article is demanded for this shipment. Customer holds FA-0301.",
        "no nonconformance and no concession touches a piece of this shipment.",
        "no gauge is recorded for this shipment.",
        "no operation is recorded.",
        "no original is attached.",
    ):
        assert f"N/A: {sentence}" in text
