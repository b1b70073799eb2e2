"""Drawing the papers of others before a release waits for them.

Their pages are drawn by limited child processes and take longer than the rest of a package. What a package will show of
them is known once its certificate of conformity is signed, so they are drawn then, into the sections that are kept. A
release that finds one missing, or another than expected, draws it itself: nothing depends on this work.
"""

from __future__ import annotations

import json

from documents.domain import packages
from documents.domain.gate import facts_of
from documents.domain.originals import file_entries
from documents.domain.papers_of_others import papers_of_others
from documents.models import ConformityCertificate, Shipment
from portal.domain.canonical import canonical_bytes
from portal.domain.errors import Refused
from portal.queue import Claim, enqueue

DRAW_AHEAD = "draw_papers_ahead"


def ask_for_papers(certificate: ConformityCertificate) -> None:
    """Have the papers of a shipment drawn in the background, once for each certificate of conformity."""
    enqueue(
        DRAW_AHEAD,
        unique_key=f"{DRAW_AHEAD}:{certificate.number}-{certificate.revision}",
        arguments={"shipment": certificate.shipment.number},
    )


def draw_papers(claim: Claim) -> int:
    """Draw what the package of a shipment will show of papers of others; return how many sections were asked for.

    What cannot be drawn is left to the release, which says why.
    """
    from documents.package.assembly import render_section
    from documents.package.sections import papers_of_others as sections_of_papers

    shipment = Shipment.objects.select_related("customer").get(number=claim.arguments["shipment"])
    try:
        manifest = _manifest_of_papers(shipment)
        sections = sections_of_papers(manifest, packages.originals_of(manifest))
    except Refused:
        return 0
    cache = packages.KeptSections()
    for done, section in enumerate(sections):
        claim.progress(done, len(sections), f"Drawing {section.title}.")
        try:
            render_section(section, cache)
        except Refused:
            continue
    return len(sections)


def _manifest_of_papers(shipment: Shipment) -> dict:
    """Return the part of the manifest to come that these sections are drawn from, as it will be read back."""
    papers = papers_of_others(facts_of(shipment), shipment.customer)
    part = {**papers.entries, "files": file_entries(papers.files, papers.home)}
    return json.loads(canonical_bytes(part))
