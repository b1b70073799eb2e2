"""What differs between two releases of the same part, told by their two manifests and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from documents.domain.packages import manifest_of
from documents.models import ReleasePackage
from portal.models import Person


@dataclass(frozen=True)
class Change:
    """One thing that is not what it was; "nothing" stands for what was not there."""

    what: str
    before: str
    now: str


@dataclass(frozen=True)
class Comparison:
    """Both releases compared: what changed, and the names of what did not."""

    baseline: ReleasePackage
    changes: tuple[Change, ...]
    unchanged: tuple[str, ...]


def baseline_of(package: ReleasePackage, person: Person) -> ReleasePackage | None:
    """Return the release a reader compares this one with: the latest before it that they may see, of the same part.

    The earlier revision of the same package comes first, since a return is answered by the next one.
    """
    lines = package.shipment.lines.select_related("order_line__part_revision")
    parts = {line.order_line.part_revision.part_id for line in lines}
    earlier = ReleasePackage.objects.for_viewer(person).filter(
        shipment__customer_id=package.shipment.customer_id,
        shipment__lines__order_line__part_revision__part__in=parts,
        frozen_at__lt=package.frozen_at,
        shared_at__isnull=False,
    )
    own = earlier.filter(shipment_id=package.shipment_id).order_by("-revision").first()
    return own or earlier.order_by("-frozen_at", "-pk").first()


def compare_with(package: ReleasePackage, baseline: ReleasePackage) -> Comparison:
    """Compare the frozen manifests of two releases.

    Raises:  FileDamaged when the bytes of one are not those that were frozen.
    """
    before, now = manifest_of(baseline), manifest_of(package)
    changes, unchanged = [], []
    for what, read in COMPARED.items():
        was, is_now = read(before), read(now)
        if was == is_now:
            unchanged.append(what.lower())
        else:
            changes.append(Change(what, was or "nothing", is_now or "nothing"))
    return Comparison(baseline, tuple(changes), tuple(unchanged))


def _each(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(value for value in values if value))


def _part_revision(manifest: dict) -> str:
    return manifest["part"]["revision"]


def _drawing(manifest: dict) -> str:
    part = manifest["part"]
    return f"{part.get('drawing_number', '')} {part.get('drawing_revision', '')}".strip()


def _heat(manifest: dict) -> str:
    return _each(lot.get("heat", "") for lot in manifest["lots"])


def _material(manifest: dict) -> str:
    return _each(lot.get("material", "") for lot in manifest["lots"])


def _operations(manifest: dict) -> str:
    """Name the operations without the lot that several lots add to each of them."""
    steps = manifest.get("traveler") or []
    return _each(f"{step['op']} {step['name'].rpartition(', lot ')[0] or step['name']}" for step in steps)


def _issuers(manifest: dict, *, of_material: bool) -> str:
    found = manifest.get("certificates") or []
    is_material = [each.get("kind", "").lower().startswith("material") for each in found]
    return _each(
        each.get("issuer", "")
        for each, is_one in zip(found, is_material, strict=True)
        if is_one == of_material
    )


def _mills(manifest: dict) -> str:
    return _issuers(manifest, of_material=True)


def _processors(manifest: dict) -> str:
    return _issuers(manifest, of_material=False)


def _first_article(manifest: dict) -> str:
    article = manifest.get("first_article") or {}
    return article.get("identifier") or (article.get("reference") or {}).get("identifier", "")


def _characteristics(manifest: dict) -> str:
    """Name what is inspected with its limits; the values themselves differ in every release."""
    rows = manifest.get("results") or []
    return _each(
        f"{row['balloon']}: {row.get('lower', '')} to {row.get('upper', '')} {row.get('unit', '')}".strip()
        for row in rows
    )


def _gauges(manifest: dict) -> str:
    return _each(each["number"] for each in manifest.get("gauges") or [])


def _nonconformances(manifest: dict) -> str:
    found = manifest.get("nonconformances") or []
    return _each(f"{each['number']} {each.get('disposition', '').lower()}".strip() for each in found)


def _exceptions(manifest: dict) -> str:
    """Name the links that were closed by a waiver or by rule instead of by proof."""
    slots = manifest["chain"]["slots"]
    closed = {"waived": "waived", "not_applicable": "not applicable"}
    return _each(f"{slot['code']} {closed[slot['state']]}" for slot in slots if slot["state"] in closed)


COMPARED: dict[str, Callable[[dict], str]] = {
    "Part revision": _part_revision,
    "Drawing": _drawing,
    "Heat": _heat,
    "Material": _material,
    "Source of the material": _mills,
    "Operations": _operations,
    "Outside processors": _processors,
    "First article": _first_article,
    "Characteristics and limits": _characteristics,
    "Gauges": _gauges,
    "Nonconformances": _nonconformances,
    "Links without proof": _exceptions,
}
