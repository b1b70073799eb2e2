"""Which files a shipment's proof stands on, and which of them something else still needs."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import Q

from documents.models import Certificate, Disposal, ReleasePackage, RenderedSection, Shipment
from portal.models import StoredFile
from routes.domain.materials import balance
from routes.models import Traveler

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
    """Return a lot or stock that a certificate in these files proves and that is not done with."""
    gone = Q(shipment_lines__shipment__disposals__state=Disposal.DONE) | Q(shipment_lines__shipment=shipment)
    for certificate in Certificate.objects.filter(file__in=files).order_by("number"):
        for coverage in certificate.coverages.select_related("material_lot", "traveler").order_by("pk"):
            stock = coverage.material_lot
            if stock and balance(stock) > 0:
                return f"certificate {certificate.number} of material {stock.number} in stock"
            reached = Traveler.objects.filter(material_lot=stock) if stock else _family_of(coverage.traveler)
            kept = reached.exclude(state=Traveler.CLOSED).exclude(gone).order_by("number").first()
            if kept and not _is_wholly_split(kept):
                return f"certificate {certificate.number} of lot {kept.number}"
    return ""


def _family_of(lot: Traveler):
    root = lot.number.partition("/")[0]
    return Traveler.objects.filter(Q(number=root) | Q(number__startswith=f"{root}/"))


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
