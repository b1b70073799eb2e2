"""Sections joined as text: what looks like a reference and is none, and files that are not in the form agreed on."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from documents.package import assembly
from documents.package.assembly import render_package
from documents.package.linking import NotReady, Part, WholeFile, numbered
from documents.package.ready import given as given_file
from documents.package.sections import OriginalAltered
from portal.domain.canonical import canonical_bytes, sha256_of
from tests.documents.package import reading, sample

TRAPS = [
    "5 0 R",
    "(5 0 R",
    ") 5 0 R",
    "\\",
    "\\) 5 0 R \\(",
    "/StructParent 3",
    "a\x00b 7 0 R",
    "ä 5 0 R ⌀",
    "%",
]


def part_saying(words: list[str]) -> Part:
    with pikepdf.new() as pdf:
        first = pdf.make_indirect(Dictionary(Words=Array([String(each) for each in words])))
        second = pdf.make_stream(b"5 0 R stays", Back=first)
        first.Stream = second
        return Part(given_file(pdf, First=first))


def taken(part: Part, *, after: int) -> pikepdf.Pdf:
    """Return a file that holds other objects first, so that nothing keeps its number."""
    file = WholeFile()
    for _ in range(after):
        file.put(b"null")
    again = file.take(part, {})
    first = again.new[part.gives["First"]]
    pages = file.put(b"<< /Type /Pages /Count 0 /Kids [ ] >>")
    root = file.put(b"<< /Type /Catalog /Pages %d 0 R /First %d 0 R >>" % (pages, first))
    return pikepdf.open(io.BytesIO(file.content(root=root, info=file.put(b"<< >>"))))


@given(
    words=st.lists(st.one_of(st.sampled_from(TRAPS), st.text(max_size=20)), max_size=8),
    after=st.integers(1, 450),
)
@settings(max_examples=60, deadline=None)
def test_words_are_copied_as_they_stand(words, after):
    words = [each.encode("utf-8", "ignore").decode() for each in words]
    with taken(part_saying(words), after=after) as pdf:
        first = pdf.Root.First
        assert [str(each) for each in first.Words] == [str(String(each)) for each in words]
        assert first.Stream.read_bytes() == b"5 0 R stays"
        assert first.Stream.Back.objgen == first.objgen


def test_numbered_again_a_file_is_the_same_objects():
    part = part_saying(TRAPS)
    again = Part(numbered(part.bodies, part.trailer))
    assert (again.bodies, again.gives) == (part.bodies, part.gives)


def test_a_file_with_its_objects_in_streams_is_refused():
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pytest.raises(NotReady):
        Part(out.getvalue())


def test_a_file_whose_objects_are_not_in_order_is_refused():
    part = part_saying(["one"])
    content = numbered(part.bodies, part.trailer)
    with pytest.raises(NotReady):
        Part(content.replace(b"\n2 0 obj", b"\n3 0 obj"))


def test_a_title_that_looks_like_a_reference_stays(manifest, originals, warm_cache):
    manifest["certificates"][0]["issuer"] = "Lab (5 0 R) \\ 3 0 R"
    package = render_package(manifest, originals, warm_cache)
    with pikepdf.open(io.BytesIO(package)) as pdf, pdf.open_outline() as bookmarks:
        titles = [item.title for item in bookmarks.root]
        parts = [str(kid.T) for kid in pdf.Root.StructTreeRoot.K[0].K]
        wrong, _ = reading.walk(pdf)
        assert pdf.check_pdf_syntax() == []
    assert parts == titles
    assert sum("Lab (5 0 R) \\ 3 0 R" in title for title in titles) == 1
    assert wrong == []


def test_objects_are_renumbered_in_lots_of_any_size(
    manifest, originals, warm_cache, package_bytes, monkeypatch
):
    monkeypatch.setattr("documents.package.linking.AT_ONCE", 7)
    assert render_package(manifest, originals, warm_cache) == package_bytes


class Whole(dict):
    """A cache that keeps whole packages too, and counts them."""

    def put(self, key: str, content: bytes, *, of: str = "") -> None:
        self[key] = content
        self.of = of


@pytest.fixture
def kept(warm_cache) -> Whole:
    cache = Whole(warm_cache)
    render_package(sample.sample_manifest(), sample.originals(), cache)
    assert cache.of == sha256_of(canonical_bytes(sample.sample_manifest()))
    return cache


def test_nothing_changed_is_read_back(kept, manifest, originals, package_bytes, monkeypatch):
    monkeypatch.setattr(assembly, "_section_pdfs", None)
    assert render_package(manifest, originals, kept) == package_bytes


def test_what_is_read_back_is_no_other(kept, manifest, originals, package_bytes, monkeypatch):
    assert render_package(manifest, originals, kept, is_preview=True) != package_bytes
    count = len(kept)
    manifest["traveler"][0]["name"] += " again"
    assert render_package(manifest, originals, kept) != package_bytes
    assert len(kept) == count + 3  # the traveler, the cover, the whole


def test_another_drawing_version_reads_nothing_back(kept, manifest, originals, monkeypatch):
    frozen = sha256_of(canonical_bytes(manifest))
    assert assembly.whole_key(frozen, is_preview=False) in kept
    monkeypatch.setattr("documents.package.renderer._source_digest", lambda: "another")
    assert assembly.whole_key(frozen, is_preview=False) not in kept


def test_an_altered_original_is_refused_though_the_whole_is_kept(kept, manifest, originals):
    sha256 = manifest["files"][0]["sha256"]
    with pytest.raises(OriginalAltered):
        render_package(manifest, originals | {sha256: b"another"}, kept)


def test_originals_inside_are_not_packed_twice(package_bytes):
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf:
        filters = {str(name): spec.obj.EF.F.get(Name.Filter) for name, spec in pdf.attachments.items()}
    assert str(filters.pop("manifest.json")) == str(filters.pop("index.json")) == "/FlateDecode"
    assert filters and not any(filters.values())
