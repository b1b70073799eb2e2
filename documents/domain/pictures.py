"""Pages of a package as pictures, drawn once and kept."""

from __future__ import annotations

from django.utils import timezone

from documents.models import RenderedSection
from portal.domain.canonical import canonical_bytes, sha256_of
from portal.domain.files import FileDamaged, FileDisposed, disposal_of, read_bytes, store_own_file
from portal.intake.look import page_images
from portal.models import StoredFile

# Legible on a laptop without zooming; about 150 KB a page
DOTS_PER_INCH = 110
# more than any package has; pictures of later pages are drawn each time
MOST_PAGES = 3000


def picture_key(sha256: str, page: int) -> str:
    """Return the key under which the picture of a page is kept."""
    return sha256_of(canonical_bytes({"picture of": sha256, "page": page, "dpi": DOTS_PER_INCH}))


def page_picture(stored: StoredFile, page: int) -> bytes:
    """Return one page of a PDF as PNG bytes, drawn in a limited child process the first time.

    Units:   pages count from 1.
    Raises:  FileDamaged when the PDF is not what was kept; FileNotReadable when the page cannot be drawn.
    """
    key = picture_key(stored.sha256, page)
    if disposal_of(stored):
        raise FileDisposed(disposal_of(stored))
    kept = RenderedSection.objects.select_related("file").filter(key=key).first()
    if kept:
        try:
            return read_bytes(kept.file)
        except FileDamaged:
            pass  # it is drawn again below
    [picture] = page_images(read_bytes(stored), [page], DOTS_PER_INCH)
    drawn = store_own_file(
        content=picture, name=f"page {page}.png", media_type="image/png", label=stored.label
    )
    RenderedSection.objects.bulk_create(
        [RenderedSection(key=key, file=drawn, rendered_at=timezone.now())], ignore_conflicts=True
    )
    return picture
