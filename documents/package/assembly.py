"""From a manifest and the originals to the one file that is the release package."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from documents.package.attachments import Attachment, safe_name
from documents.package.chain_strip import chain_counts
from documents.package.completeness import refuse_incomplete
from documents.package.crew import draw_all, has_help
from documents.package.drawing import draw
from documents.package.facts import facts_from
from documents.package.foreign_pages import PagesWanted
from documents.package.linking import Part
from documents.package.merge import merged
from documents.package.renderer import garbage_collection_off, section_key, whole_key
from documents.package.sections import OriginalAltered, OriginalMissing, Section, sections_of
from documents.package.stamps import heads_file
from portal.domain.canonical import canonical_bytes, sha256_of

COVER = {
    "package": "/package",
    "shop": "/shop",
    "customer": "/customer",
    "order": "/order",
    "part": "/part",
    "lots": "/lots",
    "shipment": "/shipment",
    "chain": "/chain",
}
# A cover grows when the index does; two rounds settle the page numbers, a third is for a cover on the edge.
COVER_ROUNDS = 4


# Entries of the index beside the title block, and on a page of their own.
INDEX_BEGINS, INDEX_A_PAGE = 18, 36
# What marks a page in a kept section; counted for guesses only.
PAGE = b"/Type /Page "
MOST_REMEMBERED = 2_000
last_pages: dict[str, int] = {}
# What a certificate costs, as so many characters of facts.
PAGES_OF_OTHERS = 50_000


class Cache(Protocol):
    """Where rendered sections are kept, by key; losing an entry costs time, nothing else.

    of:  the sha256 of the manifest when it is the whole file, which holds originals and goes when they go.
    """

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, content: bytes, *, of: str = "") -> None: ...


class DrawnBeside:
    """A cache, and covers drawn on the chance; one that proves right is kept like any section."""

    def __init__(self, cache: Cache, covers: Mapping[str, bytes]) -> None:
        self.cache, self.covers = cache, covers

    def get(self, key: str) -> bytes | None:
        if key in self.covers:
            self.cache.put(key, self.covers[key])
            return self.covers[key]
        return self.cache.get(key)

    def put(self, key: str, content: bytes, *, of: str = "") -> None:
        self.cache.put(key, content, of=of)


class NoCache:
    """Keep nothing."""

    def get(self, key: str) -> bytes | None:
        return None

    def put(self, key: str, content: bytes, *, of: str = "") -> None:
        return None


Progress = Callable[[int, int, str], None]


def _say_nothing(done: int, total: int, sentence: str) -> None:
    return None


def render_package(
    manifest: dict,
    originals: Mapping[str, bytes],
    cache: Cache | None = None,
    progress: Progress = _say_nothing,
    *,
    is_preview: bool = False,
) -> bytes:
    """Return the release package of a manifest as PDF/A-3 bytes; the same input gives the same bytes.

    originals: sha256 to bytes, at least every file the manifest names.
    progress:  called with sections done, sections in all and a sentence, before each section and at the end.
    Raises:    ManifestIncomplete, OriginalMissing, OriginalAltered, OriginalUnreadable, GlyphMissing, FontsMissing.
    """
    refuse_incomplete(manifest)
    _refuse_wrong_originals(manifest, originals)
    with garbage_collection_off():
        return _rendered(manifest, originals, cache, progress, is_preview=is_preview)


def _rendered(manifest: dict, originals, cache, progress: Progress, *, is_preview: bool) -> bytes:
    cache = NoCache() if cache is None else cache
    frozen = sha256_of(canonical_bytes(manifest))
    key = whole_key(frozen, is_preview=is_preview)
    sections = sections_of(manifest, originals)
    total, number = len(sections) + 1, manifest["package"]["number"]
    if (package := cache.get(key)) is None:
        section_pdfs, covers = _section_pdfs(
            sections, cache, progress, cover_of=partial(_likely_cover, manifest, sections, is_preview)
        )
        progress(total - 1, total, "Putting the sections together.")
        package = assemble(
            manifest,
            section_pdfs,
            originals,
            cache=DrawnBeside(cache, covers),
            is_preview=is_preview,
            sections=sections,
        )
        cache.put(key, package, of=frozen)
    progress(total, total, f"Release package {number} is drawn.")
    return package


def _section_pdfs(
    sections: list[Section], cache: Cache, progress: Progress, *, cover_of: Callable
) -> tuple[list[bytes], dict[str, bytes]]:
    """Return the PDF of every section, drawing those the cache has not, the longest first; and a cover by its key.

    cover_of:  gives the cover as it will likely be, from what is found by key, or None; it is drawn beside the rest.
    """
    total = len(sections) + 1
    keys = [section_key(section) for section in sections]
    found: dict[str, bytes] = {}
    covers: dict[str, bytes] = {}

    def tell(section: Section, done: int) -> None:
        at = next((at for at, each in enumerate(sections, start=2) if each.code == section.code), 1)
        said = f"Drawing section {at} of {total}: {section.title}."
        progress(done, total, said)

    def keep(key: str, content: bytes) -> None:
        if key not in keys:
            covers[key] = content  # kept when it proves to be the cover
            return
        cache.put(key, content)
        found[key] = content

    for key, section in zip(keys, sections, strict=True):
        if (content := cache.get(key)) is not None:
            tell(section, len(found))
            found[key] = content
    already = len(found)
    missing = [
        (key, _with_pages(section, cache))
        for key, section in zip(keys, sections, strict=True)
        if key not in found
    ]
    if missing and (cover := cover_of([found.get(key) for key in keys])):
        missing.append((section_key(cover), cover))
    jobs = {key: (section, key[:16]) for key, section in sorted(missing, key=_weight, reverse=True)}
    draw_all(jobs, draw, tell=lambda section, done: tell(section, already + done), keep=keep)
    return [found[key] for key in keys], covers


def _likely_cover(manifest: dict, sections: list[Section], is_preview: bool, found: list) -> Section | None:
    """Return the cover as it will be when missing sections have the pages they last had here, or None.

    It needs the number of pages of each section and would wait for the longest. Guessed wrong it is drawn again, on
    another processor that had nothing to do; without one nothing is guessed.
    """
    if not has_help():
        return None
    counts = [
        last_pages.get(section.title, 0) if content is None else content.count(PAGE)
        for section, content in zip(sections, found, strict=True)
    ]
    index = _index(sections, counts, _likely_cover_pages(sections))
    return _cover_section(manifest, index, is_preview=is_preview) if all(counts) else None


def _weight(entry: tuple[str, Section]) -> int:
    """Estimate the work of a section: pages of others are drawn, the rest is written by its length."""
    section = entry[1]
    is_drawn_anew = section.original is not None and section.pages is None
    return PAGES_OF_OTHERS if is_drawn_anew else len(repr(section.facts))


def _with_pages(section: Section, cache: Cache) -> Section:
    """Return the section with the pages of its original, where they were drawn when it was accepted."""
    if section.original is None:
        return section
    wanted = PagesWanted.of(section.facts["certificate"])
    kept = cache.get(wanted.key) if wanted.are_drawn else None
    # what the pages are drawn from need not travel with them
    return replace(section, original=b"", pages=kept) if kept else section


def render_section(section: Section, cache: Cache | None = None) -> bytes:
    """Return the PDF of one section, from the cache when nothing that shapes it has changed."""
    cache = NoCache() if cache is None else cache
    key = section_key(section)
    found = cache.get(key)
    if found is not None:
        return found
    with garbage_collection_off():
        content = draw(_with_pages(section, cache), prefix=key[:16])
    cache.put(key, content)
    return content


def assemble(
    manifest: dict,
    section_pdfs: list[bytes],
    originals: Mapping[str, bytes],
    *,
    cache: Cache | None = None,
    is_preview: bool = False,
    sections: list[Section] | None = None,
) -> bytes:
    """Return cover, index and rendered sections as one file with the manifest and the originals inside.

    section_pdfs: one for each of `sections_of(manifest, originals)`, in that order.
    """
    _refuse_wrong_originals(manifest, originals)
    sections = sections if sections is not None else sections_of(manifest, originals)
    parts = [Part(content) for content in section_pdfs]
    counts = [len(part.pages) for part in parts]
    _remember(sections, counts)
    cover, first, index = _cover(manifest, sections, counts, cache, is_preview=is_preview)
    return merged(
        [(cover, first), *zip(sections, parts, strict=True)],
        Part(heads_file(manifest, is_preview=is_preview)),
        _attachments(manifest, index, originals),
        at=_format_moment(manifest),
    )


def _cover(manifest, sections, counts, cache, *, is_preview: bool) -> tuple[Section, Part, list[dict]]:
    pages = _likely_cover_pages(sections)
    for _ in range(COVER_ROUNDS):
        index = _index(sections, counts, pages)
        section = _cover_section(manifest, index, is_preview=is_preview)
        cover = Part(render_section(section, cache))
        if len(cover.pages) == pages:
            break
        pages = len(cover.pages)
    return section, cover, index


def _remember(sections: list[Section], counts: list[int]) -> None:
    """Remember how many pages each section had, for the next guess; forgetting costs time, nothing else."""
    if len(last_pages) > MOST_REMEMBERED:
        last_pages.clear()
    last_pages.update(zip((section.title for section in sections), counts, strict=True))


def _likely_cover_pages(sections: list[Section]) -> int:
    """Guess the pages of the cover, so that one round is nearly always enough."""
    return 1 + max(0, len(sections) - INDEX_BEGINS + INDEX_A_PAGE - 1) // INDEX_A_PAGE


def _index(sections: list[Section], counts: list[int], cover_pages: int) -> list[dict]:
    rows, page = [], cover_pages + 1
    for number, (section, count) in enumerate(zip(sections, counts, strict=True), start=2):
        rows.append(
            {
                "number": number,
                "code": section.code,
                "title": section.title,
                "sha256": section.sha256,
                "page": page,
                "pages": count,
                "facts": section.pointers,
            }
        )
        page += count
    return rows


def _cover_section(manifest: dict, index: list[dict], *, is_preview: bool) -> Section:
    facts = facts_from(manifest, COVER)
    heats = dict.fromkeys(lot.get("heat") for lot in facts["lots"] or [] if lot.get("heat"))
    extra = {
        "index": index,
        "heats": ", ".join(heats),
        "chain": chain_counts(facts["chain"]),
        "chain_page": next(row["page"] for row in index if row["code"] == "chain"),
        "is_preview": is_preview,
    }
    package = facts["package"]
    title = f"Release package {package['number']} revision {package['revision']}"
    return Section("cover", title, "cover", COVER, facts | extra)


def _attachments(manifest: dict, index: list[dict], originals: Mapping[str, bytes]) -> list[Attachment]:
    listing = json.dumps({"sections": index}, indent=1, ensure_ascii=False, sort_keys=True).encode()
    attached = [
        Attachment(
            "manifest.json",
            canonical_bytes(manifest),
            "application/json",
            "Data",
            "Every fact printed in this package",
        ),
        Attachment(
            "index.json", listing, "application/json", "Data", "Sections, their pages and sha256 values"
        ),
    ]
    taken = {attachment.name for attachment in attached}
    for file in manifest.get("files") or []:
        if not file.get("is_kept_home"):
            attached.append(
                Attachment(
                    safe_name(file["name"], taken),
                    originals[file["sha256"]],
                    file["media_type"],
                    "Source",
                    f"Original, sha256 {file['sha256']}",
                )
            )
    return attached


def _refuse_wrong_originals(manifest: dict, originals: Mapping[str, bytes]) -> None:
    for file in manifest.get("files") or []:
        content = originals.get(file["sha256"])
        if content is None:
            raise OriginalMissing(
                f"File {file['name']} belongs to this package and its bytes were not found. "
                "Restore it and render again."
            )
        if sha256_of(content) != file["sha256"]:
            raise OriginalAltered(
                f"File {file['name']} no longer has the sha256 the manifest names. Nothing was rendered; "
                "restore the original from a backup and render again."
            )


def _format_moment(manifest: dict) -> str:
    at = datetime.fromisoformat(manifest["package"]["released_at"])
    return f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}Z"
