"""The same paper offered twice: the same bytes, or the same pages saved anew."""

from __future__ import annotations

from dataclasses import dataclass

from documents.models import Certificate
from portal.domain.canonical import sha256_of
from portal.domain.files import read_bytes
from portal.intake.look import page_images
from portal.intake.unreadable import FileNotReadable
from portal.models import StoredFile

QUESTION, STOP = "question", "stop"
# enough to tell one paper from another; a re-saved copy is drawn the same to the last dot
DOTS_PER_INCH = 50
MOST_PAGES_DRAWN = 10
MOST_COMPARED = 20


@dataclass(frozen=True)
class Reuse:
    """Another certificate made of the same paper, and how much that weighs.

    `page` is the page both claim, nothing where they are different pages of one file.
    """

    certificate: Certificate
    weight: str
    page: int | None
    sentence: str
    is_same_file: bool = True


def reuses_of(certificate: Certificate) -> list[Reuse]:
    """Return the other certificates of the same file, the newest first.

    question  the file is the same: one PDF may hold certificates for many orders
    stop      the same page claims other pieces, too: one page cannot be two certificates

    Source:  release rule 33.
    """
    same = (
        Certificate.objects.filter(file__sha256=certificate.file.sha256)
        .exclude(pk=certificate.pk)
        .exclude(state=Certificate.REJECTED)
        .select_related("file")
        .prefetch_related("coverages__material_lot", "coverages__step", "coverages__traveler")
    )
    return [_reuse(certificate, other, is_same_file=True) for other in same.order_by("-pk")]


def offered_before(certificate: Certificate) -> list[Reuse]:
    """Return every other certificate of the same paper: of the same file, then of copies saved anew."""
    return [*reuses_of(certificate), *copies_of(certificate)]


def copies_of(certificate: Certificate) -> list[Reuse]:
    """Return certificates whose pages look the same though their files differ, as a copy saved anew does.

    Only papers of the same issuer with the same stated number are drawn, never the one this one corrects.
    Units:   at most the twenty newest are compared.
    """
    if not certificate.stated_number or not certificate.issuer_id:
        return []
    likely = (
        Certificate.objects.filter(
            issuer_id=certificate.issuer_id, stated_number__iexact=certificate.stated_number.strip()
        )
        .exclude(pk__in=[certificate.pk, certificate.replaces_id or certificate.pk])
        .exclude(state=Certificate.REJECTED)
        .exclude(file__sha256=certificate.file.sha256)
        .select_related("file")
        .prefetch_related("coverages__material_lot", "coverages__step", "coverages__traveler")
    )
    ours = pages_hash(certificate.file, certificate.page_from, certificate.page_to)
    return [
        _reuse(certificate, other, is_same_file=False)
        for other in likely.order_by("-pk")[:MOST_COMPARED]
        if ours and pages_hash(other.file, other.page_from, other.page_to) == ours
    ]


def pages_hash(stored: StoredFile, first: int, last: int) -> str:
    """Return a hash of how some pages look, drawn in the child process; nothing where they cannot be drawn."""
    pages = list(range(first, min(last, first + MOST_PAGES_DRAWN - 1) + 1))
    try:
        drawn = page_images(read_bytes(stored), pages, DOTS_PER_INCH)
    except FileNotReadable:
        return ""
    return sha256_of(b"".join(drawn))


def _reuse(certificate: Certificate, other: Certificate, *, is_same_file: bool) -> Reuse:
    page = _shared_page(certificate, other) if is_same_file else certificate.page_from
    pieces = ", ".join(_pieces(other)) or "nothing yet"
    if page is not None and _targets(other) and _targets(other) != _targets(certificate):
        sentence = (
            f"Page {page} is certificate {other.number} for {pieces}, too. One page proves one thing: reject one of "
            "the two, or cover everything with one certificate."
        )
        return Reuse(other, STOP, page, sentence, is_same_file)
    what = "The same file" if is_same_file else "A copy of the same pages"
    sentence = (
        f"{what} was brought in as certificate {other.number} for {pieces}. Say why it also counts here."
    )
    return Reuse(other, QUESTION, page, sentence, is_same_file)


def _shared_page(certificate: Certificate, other: Certificate) -> int | None:
    first = max(certificate.page_from, other.page_from)
    return first if first <= min(certificate.page_to, other.page_to) else None


def _targets(certificate: Certificate) -> set[tuple]:
    return {(each.material_lot_id, each.step_id) for each in certificate.coverages.all()}


def _pieces(certificate: Certificate) -> list[str]:
    return [
        f"material {each.material_lot.number}" if each.material_lot_id else f"lot {each.traveler.number}"
        for each in certificate.coverages.all()
    ]
