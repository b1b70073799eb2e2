"""What was drawn before: sections of packages, and the pages of accepted certificates.

The pages of others are the slow part of a package, and which pages they are is known once their certificate is
accepted. They are drawn then, in the background; a release finds them. One that finds none draws them itself.
"""

from __future__ import annotations

from django.utils import timezone

from documents.models import Certificate, ReleasePackage, RenderedSection
from portal.domain.files import FileDamaged, read_bytes, store_own_file
from portal.models import Job, Label
from portal.queue import enqueue

DRAW = "draw_pages_of_certificate"
PDF = "application/pdf"


class KeptSections:
    """Sections and pages drawn before, found again by the hash of everything that shaped them."""

    def get(self, key: str) -> bytes | None:
        kept = RenderedSection.objects.select_related("file").filter(key=key).first()
        try:
            return read_bytes(kept.file) if kept else None
        except FileDamaged:
            return None  # it is drawn again; nothing is lost

    def put(self, key: str, content: bytes, *, of: str = "") -> None:
        if not of:
            keep(key, content, name=f"section {key[:16]}.pdf", media_type=PDF)
            return
        from documents.domain.packages import label_of  # which draws with what is kept here

        label = label_of(ReleasePackage.objects.get(manifest_sha256=of))
        keep(key, content, name=name_of_whole(of), media_type=PDF, label=label)


def keep(key: str, content: bytes, *, name: str, media_type: str, label: Label | None = None) -> None:
    """Keep what was drawn; drawn twice under one key, the first is kept."""
    stored = store_own_file(content=content, name=name, media_type=media_type, label=label)
    RenderedSection.objects.bulk_create(
        [RenderedSection(key=key, file=stored, rendered_at=timezone.now())], ignore_conflicts=True
    )


def name_of_pages(sha256: str) -> str:
    """Return the name under which drawn pages of a file are kept, by whatever version; disposal finds them by it."""
    return f"pages of {sha256}.json"


def name_of_whole(manifest_sha256: str) -> str:
    """Return the name under which a whole package is kept before its seal; disposal finds it by it, whenever drawn."""
    return f"package of {manifest_sha256} before its seal.pdf"


def ask_for_pages(certificate: Certificate) -> Job:
    """Have the pages of an accepted certificate drawn in the background; accepted again it is the same work."""
    return enqueue(
        DRAW, unique_key=f"{DRAW}:{certificate.number}", arguments={"certificate": certificate.number}
    )


def draw_pages(certificate: Certificate) -> None:
    """Draw the pages of an accepted certificate and keep them; pages that are kept, or cannot be shown, are let be.

    A release that needs pages nobody can show says so itself, with what to do about it.
    Raises:  FileDamaged when the file is not what was kept.
    """
    from documents.package.foreign_pages import OriginalUnreadable, PagesWanted, drawn_by_child

    stored = certificate.file
    wanted = PagesWanted(
        sha256=stored.sha256,
        media_type=stored.media_type,
        first=certificate.page_from or 1,
        last=certificate.page_to,
    )
    if certificate.state != Certificate.ACCEPTED or not wanted.are_drawn or KeptSections().get(wanted.key):
        return
    try:
        content = drawn_by_child(wanted, read_bytes(stored), who=f"Certificate {certificate.number}:")
    except OriginalUnreadable:
        return
    keep(
        wanted.key,
        content,
        name=name_of_pages(stored.sha256),
        media_type="application/json",
        label=stored.label,
    )
