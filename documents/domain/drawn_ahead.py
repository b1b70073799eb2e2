"""Drawing sections before a release waits for them.

Once the certificate of conformity is signed, nearly all a package will show is settled: the certificate itself, the
forms, the values, the papers of others. It is drawn then, into the sections that are kept, and a release draws the
cover, the chain report and the revision history. One that finds a section missing, or other facts than expected, draws
it itself: nothing depends on this work.
"""

from __future__ import annotations

import json

from django.db.models import Max

from documents.domain import packages
from documents.domain.gate import facts_of
from documents.domain.manifest import settled_before_release
from documents.models import ConformityCertificate, Shipment
from portal.domain.canonical import canonical_bytes
from portal.domain.errors import Refused
from portal.queue import Claim, enqueue

DRAW_AHEAD = "draw_sections_ahead"


def ask_for_sections(certificate: ConformityCertificate) -> None:
    """Have the sections of a shipment drawn in the background, once for each certificate of conformity."""
    enqueue(
        DRAW_AHEAD,
        unique_key=f"{DRAW_AHEAD}:{certificate.number}-{certificate.revision}",
        arguments={"shipment": certificate.shipment.number},
    )


def draw_sections(claim: Claim) -> int:
    """Draw what the package of a shipment will show, as far as it is settled; return how many sections it came to.

    What cannot be drawn is left to the release, which says why. Once it is released the rest is drawn there: two that
    draw the same would only be in each other's way.
    """
    from documents.package.assembly import render_section
    from documents.package.sections import settled_sections

    shipment = Shipment.objects.select_related("customer").get(number=claim.arguments["shipment"])
    try:
        manifest = _settled(shipment)
        sections = settled_sections(manifest, packages.originals_of(manifest))
    except Refused:
        return 0
    cache = packages.KeptSections()
    for done, section in enumerate(sections):
        if _is_released(shipment):
            return done
        claim.progress(done, len(sections), f"Drawing {section.title}.")
        try:
            render_section(section, cache)
        except Refused:
            continue
    return len(sections)


def _is_released(shipment: Shipment) -> bool:
    """Say whether a package was frozen since the certificate of conformity was last signed."""
    signed_at = shipment.conformity_certificates.aggregate(last=Max("signature__signed_at"))["last"]
    return shipment.packages.filter(frozen_at__gt=signed_at).exists()


def _settled(shipment: Shipment) -> dict:
    """Return the settled part of the manifest to come, as it will be read back."""
    return json.loads(canonical_bytes(settled_before_release(shipment=shipment, facts=facts_of(shipment))))
