"""What a manifest must say before a page is drawn; everything else may be empty and is printed as N/A."""

from __future__ import annotations

from datetime import datetime

from documents.package.facts import part_at
from portal.domain.errors import Incomplete

NEEDED = (
    "/package/number",
    "/package/revision",
    "/package/released_at",
)
NEEDED_OF_EACH = {
    "certificates": ("number", "sha256", "original_name", "media_type"),
    "elsewhere": ("number", "sha256", "original_name", "media_type"),
    "clause_papers": ("number", "sha256", "original_name", "media_type"),
    "files": ("sha256", "name", "media_type"),
}


class ManifestIncomplete(Incomplete):
    """A part without which the package cannot be drawn is not in the manifest."""

    code = "manifest-incomplete"


def refuse_incomplete(manifest: dict) -> None:
    """Raise when the manifest lacks what every package needs.

    Raises:  ManifestIncomplete, naming the part by its pointer.
    """
    for pointer in NEEDED:
        if not part_at(manifest, pointer):
            raise ManifestIncomplete(_sentence(manifest, pointer))
    for noun, keys in NEEDED_OF_EACH.items():
        for at, entry in enumerate(manifest.get(noun) or []):
            for key in keys:
                if not entry.get(key):
                    raise ManifestIncomplete(_sentence(manifest, f"/{noun}/{at}/{key}"))
    moment = manifest["package"]["released_at"]
    try:
        datetime.fromisoformat(moment)
    except ValueError as error:
        raise ManifestIncomplete(
            f"The manifest of package {manifest['package']['number']} says it was released at {moment!r}, which is "
            "not a moment. Write it as 2026-11-24T15:20:00Z."
        ) from error


def _sentence(manifest: dict, pointer: str) -> str:
    number = part_at(manifest, "/package/number") or "without a number"
    return (
        f"The manifest of package {number} lacks {pointer}, so the package cannot be drawn. "
        "Freeze the shipment again; if it stays so, the release wrote an incomplete manifest."
    )
