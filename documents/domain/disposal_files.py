"""Which files a shipment's proof stands on, and which of them something else still needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.db.models import CharField, Func, Q, QuerySet, Value

from documents.domain.drawn_before import name_of_pages, name_of_whole
from documents.domain.legal_holds import holds_over_lots
from documents.domain.pictures import MOST_PAGES, picture_key
from documents.models import (
    Certificate,
    CertificateCoverage,
    Disposal,
    ReleasePackage,
    RenderedSection,
    Shipment,
    ShipmentLine,
)
from portal.models import StoredFile
from routes.domain.materials import balance
from routes.models import ComponentUse, Traveler

# a kept drawing is found again by when it was made: while the shipment was drafted, packed and drawn
DRAWN_BY = timedelta(days=1)
HASH = re.compile(rb'"([0-9a-f]{64})"')
# what is only a copy kept for speed, and what is asked about in words of its own
ASKED_APART = (Certificate, ReleasePackage, RenderedSection)


def stood_on(shipment: Shipment) -> list[StoredFile]:
    """Return the files of a shipment's proof: its packages, their archives and every original they name, each once."""
    hashes: set[str] = set()
    for package in shipment.packages.select_related("file", "archive"):
        hashes |= {each.decode() for each in HASH.findall(bytes(package.manifest_bytes))}
        hashes |= {each.sha256 for each in (package.file, package.archive) if each}
    files = StoredFile.objects.filter(sha256__in=hashes).order_by("sha256", "pk")
    return sorted(files.distinct("sha256"), key=lambda each: (each.original_name, each.sha256))


def drawings_of(shipment: Shipment, files: Iterable[StoredFile]) -> list[StoredFile]:
    """Return what was drawn from a shipment's proof and kept for speed: pictures of pages, sections of packages.

    A section is found by its hour, as the key it was kept under is forgotten with the release that drew it. Those of
    other packages made in the same days go with it: they are drawn again when somebody asks.
    """
    keys = [picture_key(each.sha256, page) for each in files for page in range(1, _pages(each) + 1)]
    named = [name_of_pages(each.sha256) for each in files]
    named += [name_of_whole(each.manifest_sha256) for each in shipment.packages.all()]
    pictures = Q(key__in=keys) | Q(file__original_name__in=named, file__stored_by=None)
    last = max((each.frozen_at for each in shipment.packages.all()), default=shipment.drafted_at)
    sections = Q(rendered_at__range=(shipment.drafted_at, last + DRAWN_BY))
    drawn = RenderedSection.objects.filter(pictures | sections).values("file__sha256")
    # a picture somebody saved and brought in again is a paper of its own
    brought_in = StoredFile.objects.filter(sha256__in=drawn, stored_by__isnull=False).values("sha256")
    found = StoredFile.objects.filter(sha256__in=drawn).exclude(sha256__in=brought_in)
    return list(found.order_by("sha256", "pk").distinct("sha256"))


def _pages(stored: StoredFile) -> int:
    known = stored.look.get("page_count")
    return known or (MOST_PAGES if stored.media_type == "application/pdf" else 1)


def still_needed(stored: StoredFile, shipment: Shipment) -> str:
    """Return who still needs a file apart from this shipment, in words; nothing when nobody does."""
    same = list(StoredFile.objects.filter(sha256=stored.sha256).values_list("pk", flat=True))
    return _other_package(stored, shipment) or _other_certificate(same, shipment) or _other_record(same)


def _other_package(stored: StoredFile, shipment: Shipment) -> str:
    disposed = Disposal.objects.filter(state=Disposal.DONE).values("shipment")
    others = ReleasePackage.objects.exclude(shipment=shipment).exclude(shipment__in=disposed)
    by_file = others.filter(file__sha256=stored.sha256).order_by("pk").first()
    if by_file:
        return f"package {by_file.number}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.number FROM documents_releasepackage p WHERE p.shipment_id <> %s AND NOT EXISTS "
            "(SELECT 1 FROM documents_disposal d WHERE d.shipment_id = p.shipment_id AND d.state = 'disposed') "
            "AND position(convert_to(%s, 'UTF8') in p.manifest_bytes) > 0 ORDER BY p.id LIMIT 1",
            [shipment.pk, stored.sha256],
        )
        row = cursor.fetchone()
    return f"package {row[0]}" if row else ""


def _other_certificate(files: list[int], shipment: Shipment) -> str:
    """Return a lot or stock that a certificate in these files proves and that is not done with, or is held."""
    ended = Q(shipment__disposals__state=Disposal.DONE) | Q(shipment=shipment)
    gone = ShipmentLine.objects.filter(ended, is_active=True).values("traveler")
    for certificate in Certificate.objects.filter(file__in=files).order_by("number"):
        for coverage in certificate.coverages.select_related("material_lot", "traveler").order_by("pk"):
            stock = coverage.material_lot
            if stock and balance(stock) > 0:
                return f"certificate {certificate.number} of material {stock.number} in stock"
            reached = _reached(coverage)
            if held := holds_over_lots(reached):
                lot = reached.filter(pk__in=held).order_by("number").first()
                holds = ", ".join(each.number for each in held[lot.pk])
                return f"certificate {certificate.number} of lot {lot.number} under legal hold {holds}"
            # more than one may be open, and a lot whose pieces all went on in others is asked in those
            for kept in reached.exclude(state=Traveler.CLOSED).exclude(pk__in=gone).order_by("number"):
                if not _is_wholly_split(kept):
                    return f"certificate {certificate.number} of lot {kept.number}"
    return ""


def _reached(coverage: CertificateCoverage) -> QuerySet[Traveler]:
    """Return every lot a certificate says something of: made of its material, split off, or built from those."""
    stock = coverage.material_lot
    if stock:
        built = ComponentUse.objects.filter(material_lot=stock).values("traveler")
        new = set(
            Traveler.objects.filter(Q(material_lot=stock) | Q(pk__in=built)).values_list("pk", flat=True)
        )
    else:
        new = {coverage.traveler_id}
    found: set[int] = set()
    while new:
        roots = set(Traveler.objects.filter(pk__in=new).values_list(_root_of("number"), flat=True))
        family = set(
            Traveler.objects.annotate(root=_root_of("number"))
            .filter(root__in=roots)
            .values_list("pk", flat=True)
        )
        found |= family
        built = ComponentUse.objects.filter(source_lot__in=family).values_list("traveler", flat=True)
        new = set(built) - found
    return Traveler.objects.filter(pk__in=found)


def _root_of(field: str) -> Func:
    """Return the number of the lot that the pieces were split off from first."""
    return Func(field, Value("/"), Value(1), function="split_part", output_field=CharField())


def _is_wholly_split(lot: Traveler) -> bool:
    """Say whether every piece of a lot went on in lots of its own, which are asked one by one."""
    return lot.children.exists() and Traveler.objects.with_quantity().get(pk=lot.pk).quantity_now == 0


def _other_record(files: list[int]) -> str:
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        model = getattr(relation, "related_model", None)
        if not getattr(relation, "one_to_many", False) or model in ASKED_APART:
            continue
        if model.__name__.startswith("Historical"):
            continue
        if found := model._default_manager.filter(**{f"{relation.field.name}__in": files}).first():
            return f"{model._meta.verbose_name} {getattr(found, 'number', '')}".strip()
    return ""
