"""The sections of a release package, in the order a buyer reads them, each with the facts it may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from documents.package import as9102
from documents.package.capability import capability_view
from documents.package.chain_strip import chain_view
from documents.package.facts import facts_digest, facts_from, part_at
from documents.package.results import results_view
from portal.domain.canonical import sha256_of
from portal.domain.errors import Refused


class OriginalMissing(Refused):
    """A certificate's file was not handed over with the manifest."""

    code = "package-original-missing"


class OriginalAltered(Refused):
    """A certificate's file is not the one the manifest names."""

    code = "package-original-altered"


@dataclass(frozen=True)
class Section:
    """One section: what it is called, which facts it may use, how they are drawn."""

    code: str
    title: str
    template: str
    pointers: dict[str, str]
    facts: dict[str, Any]
    view: Callable[[dict], dict] | None = None
    original: bytes | None = field(default=None, repr=False)
    # pages of the original that were drawn before, as `foreign_pages.drawn_by_child` gives them
    pages: bytes | None = field(default=None, repr=False)

    @cached_property
    def facts_sha256(self) -> str:
        """The hash of the facts, computed once: a long form has thousands."""
        return facts_digest(self.facts)

    @property
    def sha256(self) -> str:
        """The number of the index: the original's own hash, else the hash of the facts."""
        certificate = self.facts.get("certificate")
        return certificate["sha256"] if self.template == "certificate" else self.facts_sha256


def sections_of(manifest: dict, originals: Mapping[str, bytes]) -> list[Section]:
    """Return the sections after the cover, in order.

    Raises:  OriginalMissing or OriginalAltered when a certificate's file is not the one named.
    """
    number = (part_at(manifest, "/conformity/number") or "").strip()
    sections = [_plain(manifest, "conformity", f"Certificate of conformity {number}".strip(), CONFORMITY)]
    if part_at(manifest, "/clauses"):
        sections.append(_plain(manifest, "clauses", "Clauses and drawing notes", {"clauses": "/clauses"}))
    sections += _first_article(manifest)
    planned = {name: f"/{name}" for name in ("sampling", "judged_readings") if manifest.get(name)}
    sections.append(_plain(manifest, "results", "Inspection report", RESULTS | planned, view=results_view))
    if manifest.get("capability"):
        sections.append(
            _plain(manifest, "capability", "Capability and drift", CAPABILITY, view=capability_view)
        )
    sections += papers_of_others(manifest, originals)
    title = "Nonconformances, concessions and waivers" if manifest.get("waivers") else NONCONFORMANCES_TITLE
    sections.append(_plain(manifest, "nonconformances", title, NONCONFORMANCES))
    more = {name: f"/{name}" for name in ("components", "packing", "amendments") if manifest.get(name)}
    sections.append(_plain(manifest, "traveler", "Traveler summary and lots", TRAVELER | more))
    sections.append(_plain(manifest, "gauges", "Gauges used", {"gauges": "/gauges"}))
    sections.append(_plain(manifest, "chain", "Chain report", CHAIN, view=chain_view))
    title = "Revision history and edits" if manifest.get("trail") else "Revision history"
    sections.append(_plain(manifest, "revisions", title, REVISIONS))
    sections.append(_plain(manifest, "verify", "How to verify this package", VERIFY, view=verify_view))
    return sections


def settled_sections(manifest: dict, originals: Mapping[str, bytes]) -> list[Section]:
    """Return the sections that use nothing only a release knows; drawn before it, they are drawn for good.

    manifest: may lack what KNOWN_AT_RELEASE points at.
    Raises:   OriginalMissing or OriginalAltered when a paper's file is not the one named.
    """
    return [
        section
        for section in sections_of(manifest, originals)
        if not KNOWN_AT_RELEASE & set(section.pointers.values())
    ]


def papers_of_others(manifest: dict, originals: Mapping[str, bytes]) -> list[Section]:
    """Return the sections that show papers of others: certificates, earlier work, answers to clauses.

    Raises:  OriginalMissing or OriginalAltered when a paper's file is not the one named.
    """
    return [
        _certificate(manifest, at, originals, noun=noun)
        for noun in PAPERS_OF_OTHERS
        for at in range(len(manifest.get(noun) or []))
    ]


PAPERS_OF_OTHERS = ("certificates", "elsewhere", "clause_papers")
CONFORMITY = {
    "conformity": "/conformity",
    "shop": "/shop",
    "customer": "/customer",
    "order": "/order",
    "part": "/part",
}
NONCONFORMANCES = {"nonconformances": "/nonconformances", "waivers": "/waivers"}
NONCONFORMANCES_TITLE = "Nonconformances and concessions"
RESULTS = {"part": "/part", "lots": "/lots", "results": "/results"}
CAPABILITY = {"part": "/part", "capability": "/capability"}
TRAVELER = {"lots": "/lots", "traveler": "/traveler"}
CHAIN = {"chain": "/chain", "lots": "/lots", "signatures": "/signatures"}
REVISIONS = {"revisions": "/revision_history", "trail": "/trail"}
VERIFY = {"files": "/files", "versions": "/versions", "digest": "/chain/digest"}
# Whoever releases signs, dates and numbers these; the facts digest of the chain is settled before.
KNOWN_AT_RELEASE = {"/package", "/chain", "/signatures", "/trail", "/revision_history"}


def verify_view(facts: dict) -> dict:
    """List the embedded files and what drew the pages."""
    return {"version_rows": sorted((facts.get("versions") or {}).items())}


def _plain(manifest: dict, code: str, title: str, pointers: dict, view=None) -> Section:
    return Section(code, title, code, pointers, facts_from(manifest, pointers), view)


def _first_article(manifest: dict) -> list[Section]:
    article = manifest.get("first_article") or {}
    pointers = {"article": "/first_article"}
    if not article.get("form1"):
        return [_plain(manifest, "first_article", "First article", pointers)]
    name = article.get("identifier") or as9102.field_value(article["form1"], "4")
    words = {
        "1": "Part number accountability",
        "2": "Product accountability",
        "3": "Characteristic accountability, verification and compatibility evaluation",
    }
    sections = []
    for form in FORM_VIEWS:
        used = _used_by_form(form, article)
        facts = facts_from(manifest, used)
        heading = f"First article {name}, Form {form}: {words[form]}".replace("  ", " ")
        sections.append(
            Section(f"form{form}", heading, f"form{form}", used, facts, partial(_lay_out_form, form))
        )
    return sections


def _used_by_form(form: str, article: dict) -> dict[str, str]:
    """Forms 2 and 3 repeat fields 1 to 4 of Form 1 and use nothing else of it; it uses nothing of theirs."""
    if form == "1":
        return {name: f"/first_article/{name}" for name in OF_FORM_1 if article.get(name)}
    used = {"rows": f"/first_article/form{form}"}
    used |= {f"field{number}": f"/first_article/form1/{number}" for number in as9102.COMMON}
    told = {"edition": "edition", "foot": f"form{form}_foot"}
    return used | {name: f"/first_article/{key}" for name, key in told.items() if article.get(key)}


OF_FORM_1 = ("identifier", "edition", "form1", "form1_index", "signatures")
FORM_VIEWS = {"1": as9102.form_1_view, "2": as9102.form_2_view, "3": as9102.form_3_view}


def _lay_out_form(form: str, facts: dict) -> dict:
    article = {name: facts.get(name) for name in OF_FORM_1}
    if form != "1":
        fields = {number: facts.get(f"field{number}") for number in as9102.COMMON}
        article = {"form1": fields, f"form{form}": facts.get("rows"), "edition": facts.get("edition")}
        article[f"form{form}_foot"] = facts.get("foot")
    return {
        "article": article,
        "form": FORM_VIEWS[form](article),
        "common": as9102.common_fields(article, as9102.SPANS[form]),
    }


def _certificate(manifest: dict, at: int, originals: Mapping[str, bytes], *, noun: str) -> Section:
    """Return the section of one foreign paper; a scan of earlier work is shown like a certificate."""
    certificate = manifest[noun][at]
    pointers = {"certificate": f"/{noun}/{at}"}
    files = [file["sha256"] for file in manifest.get("files") or []]
    if certificate["sha256"] in files:
        pointers["file"] = f"/files/{files.index(certificate['sha256'])}"
    facts = facts_from(manifest, pointers)
    content = originals.get(certificate["sha256"])
    what = certificate.get("kind") or "Certificate"
    who = f"{what} {certificate['number']}, file {certificate['original_name']}"
    if content is None:
        raise OriginalMissing(
            f"{who}: the original is not among the files of this package. Restore the file and render again."
        )
    if sha256_of(content) != certificate["sha256"]:
        raise OriginalAltered(
            f"{who}: the stored bytes no longer have the sha256 the manifest names. Nothing was rendered; "
            "restore the original from a backup and render again."
        )
    title = f"{what} {certificate['number']}"
    title += f", {certificate['issuer']}" if certificate.get("issuer") else ""
    code = {"certificates": "certificate", "clause_papers": "clause"}.get(noun, noun)
    return Section(f"{code}{at + 1}", title, "certificate", pointers, facts, None, content)
