"""A release package: frozen by the gate, drawn from its manifest alone, shown to the buyer, reviewed."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from documents.domain import chain
from documents.domain.drawn_before import KeptSections as KeptSections
from documents.domain.earlier_proofs import earlier_sizes
from documents.domain.gate import facts_of, lot_numbers
from documents.domain.manifest import manifest_for
from documents.domain.seal_keys import bound_members
from documents.domain.waiver_uses import give_back
from documents.models import ReleasePackage, Review, Shipment
from portal.domain.canonical import canonical_bytes, sha256_of
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.events import record_event
from portal.domain.files import FileDamaged, read_bytes, store_own_file
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Label, Person, Signature, StoredFile
from portal.queue import enqueue

RENDER = "render_package"
PDF = "application/pdf"


class PackageIsStale(NotTheMoment):
    """Something under the package changed after it was frozen."""

    code = "package-is-stale"


@transaction.atomic
def freeze_package(*, by: Person, shipment: Shipment, facts: dict, reason: str = "") -> ReleasePackage:
    """Freeze the manifest of a released shipment as the next revision of its package, and ask for its pages.

    The caller has passed the gate in the same transaction.

    Raises:  Incomplete for a later revision without its reason; FileDamaged when a kept file has changed;
             GlyphMissing for a character no font can draw.
    Source:  release rule 55: same inputs, same content hash, every file listed with its sha256.
    """
    latest = shipment.packages.order_by("-revision").first()
    if latest and not reason.strip():
        raise Incomplete(
            f"Say why {shipment.number} is released again; the reason stands in the revision history of its package."
        )
    revision = latest.revision + 1 if latest else 1
    base = latest.number.rpartition("-")[0] if latest else next_number("P")
    number = f"{base}-{revision}"
    manifest = manifest_for(
        shipment=shipment, facts=facts, number=number, revision=revision, reason=reason.strip()
    )
    content = canonical_bytes(manifest)
    _require_drawable(content, shipment)
    # the entry of the log that proves later what was frozen, and when
    record_event(
        by=by,
        verb="freeze",
        noun="package",
        number=number,
        lots=lot_numbers(shipment),
        data={"manifest": sha256_of(content), "facts": chain.digest(facts), "shipment": shipment.number},
    )
    return ReleasePackage.objects.create(
        number=number,
        shipment=shipment,
        revision=revision,
        reason=reason.strip(),
        manifest_bytes=content,
        manifest_sha256=sha256_of(content),
        facts_digest=chain.digest(facts),
        frozen_at=timezone.now(),
        job=enqueue(RENDER, unique_key=f"{RENDER}:{number}", arguments={"package": number}),
    )


def _require_drawable(content: bytes, shipment: Shipment) -> None:
    """Refuse facts the pages could not show: said before the freeze, it can still be put right."""
    from documents.package.facts import shown
    from documents.package.fonts import refuse_missing_glyphs

    text = content.decode()
    as_printed = text.translate({ord(sign): shown(sign) for sign in set(text)})
    refuse_missing_glyphs(as_printed, where=f"The package of {shipment.number}")


def manifest_of(package: ReleasePackage) -> dict:
    """Return the frozen manifest.

    Raises:  FileDamaged when its bytes are not those that were frozen.
    """
    content = bytes(package.manifest_bytes)
    if sha256_of(content) != package.manifest_sha256:
        raise FileDamaged(
            f"The manifest of {package.number} is not the one that was frozen. Restore the database from its backup."
        )
    return json.loads(content)


def label_of(package: ReleasePackage) -> Label | None:
    """Return the label a package carries: the strictest of what it is made from."""
    code = manifest_of(package)["label"]
    return Label.objects.get(code=code) if code else None


def originals_of(manifest: dict) -> dict[str, bytes]:
    """Return the bytes of every file a manifest names, by sha256.

    Raises:  FileDamaged when one is gone or changed.
    """
    wanted = {entry["sha256"]: entry["name"] for entry in manifest["files"]}
    stored = {each.sha256: each for each in StoredFile.objects.filter(sha256__in=wanted)}
    if missing := sorted(name for sha256, name in wanted.items() if sha256 not in stored):
        raise FileDamaged(f"{', '.join(missing)} is not among the kept files. Restore it from the backup.")
    return {sha256: read_bytes(each) for sha256, each in stored.items()}


def draw(
    package: ReleasePackage, *, cache=None, progress: Callable[[int, int, str], None] | None = None
) -> bytes:
    """Return the PDF of a package, drawn from its manifest and the kept files and nothing else.

    Raises:  FileDamaged, OriginalMissing, OriginalUnreadable, GlyphMissing: sentences for the page.
    """
    from documents.package.assembly import render_package

    manifest = manifest_of(package)
    said = {} if progress is None else {"progress": progress}
    return render_package(manifest, originals_of(manifest), cache, **said)


@transaction.atomic
def seal(*, package: ReleasePackage, content: bytes) -> ReleasePackage:
    """Keep the sealed file and move the package on; a package no longer waiting for it is left as it is.

    The event names the sha256 of everything its archive will hold beside the manifest's own files.
    Raises:  NotSealed.
    """
    from documents.package.index import index_of

    current = lock(package)
    if current.state != ReleasePackage.FROZEN:
        return current
    index, pages = index_of(content)
    stored = store_own_file(
        content=content, name=f"{package.number}.pdf", media_type=PDF, label=label_of(package)
    )
    return move(
        current,
        "seal",
        by=None,
        lots=lot_numbers(package.shipment),
        data={
            "sha256": stored.sha256,
            "pages": pages,
            "manifest": package.manifest_sha256,
            "members": bound_members(content, number=current.number, manifest_sha256=current.manifest_sha256),
            "earlier": earlier_sizes(current),
        },
        file=stored,
        page_count=pages,
        sections=index,
    )


@transaction.atomic
def outdate(*, by: Person | None, package: ReleasePackage, reason: str) -> ReleasePackage:
    """Say that a package no longer tells the truth, and why; the next one is a new revision."""
    return move(
        package,
        "outdate",
        by=by,
        lots=lot_numbers(package.shipment),
        data={"reason": reason},
        outdated_reason=reason.strip()[:300],
    )


def is_unchanged(package: ReleasePackage) -> bool:
    """Say whether the chain, read again now, is what was frozen."""
    return chain.digest(facts_of(package.shipment)) == package.facts_digest


def require_archive(package: ReleasePackage) -> None:
    """Stop what needs the archive of a sealed package: nobody is shown, and nothing leaves, without its proofs.

    Raises:  NotTheMoment.
    """
    if package.archive_id is None and package.state != ReleasePackage.RETURNED:
        raise NotTheMoment(
            f"{package.number} is sealed, and its archive with the proofs is not kept yet. Wait until it is; the page "
            "of the package shows how far it is."
        )


@transaction.atomic
def share(*, by: Person, package: ReleasePackage) -> ReleasePackage:
    """Show a rendered package to the buyer.

    Raises:  NotTheMoment before its archive is kept; PackageIsStale when the chain has changed since the release.
    """
    current = lock(package)
    if current.state == ReleasePackage.SEALED:
        require_archive(current)
        if not is_unchanged(current):
            raise PackageIsStale(
                f"Something in the chain of {current.shipment.number} changed after it was released, so "
                f"{current.number} no longer tells the truth. Withdraw the release, look at the chain, and release "
                "again."
            )
    return move(current, "release", by=by, lots=lot_numbers(current.shipment), shared_at=timezone.now())


@transaction.atomic
def review(*, by: Person, package: ReleasePackage, decision: str, words: str = "", token: str) -> Review:
    """Take the buyer's word on a package: accepted, or returned with the reason.

    Raises:  NotEntitled for anybody but a buyer of that customer; Incomplete for a return without words;
             NotTheMoment when it is not released to them or is decided already.
    """
    current = lock(package)
    if by.organization_id != current.shipment.customer_id or not by.is_customer:
        raise NotEntitled(f"{by.printed_name} may not review {current.number}; this is for its customer.")
    if decision not in dict(Review.DECISIONS):
        raise Incomplete(f"Say whether {current.number} is accepted or returned.")
    if decision == Review.RETURNED and not words.strip():
        raise Incomplete(
            f"Say why {current.number} is returned; the shop reads it and releases the next revision."
        )
    verb = "accept" if decision == Review.ACCEPTED else "return"
    moved = move(current, verb, by=by, lots=lot_numbers(current.shipment), data={"words": words.strip()})
    if decision == Review.RETURNED and current.shipment.state != Shipment.DISPATCHED:
        give_back(current.shipment)
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED if decision == Review.ACCEPTED else Signature.REVIEWED,
        noun="package",
        number=current.number,
        content={
            "decision": decision,
            "words": words.strip(),
            "file": current.file.sha256,
            "manifest": current.manifest_sha256,
        },
    )
    return Review.objects.create(package=moved, decision=decision, words=words.strip(), signature=signature)
