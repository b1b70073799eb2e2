"""The way of a package from frozen to proven: every step leaves its result in PostgreSQL and may be asked for again.

    frozen → its manifest in the log → drawn → sealed, and the seal an event → that event in the log → one archive

Whoever comes after a crash finds what is done and goes on from there. Drawing is the one step that leaves only
sections in the cache: the same manifest gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from documents import verify_package
from documents.domain import packages
from documents.domain.crash_points import passed
from documents.domain.earlier_proofs import earlier_proofs, sealed_sizes
from documents.domain.seal_keys import certificate_of, seal_key
from documents.models import ReleasePackage
from documents.package.archive import Proof, archive_of, verify_text
from documents.package.seal import SealKey, reason_of, seal_pdf
from portal.domain import event_log
from portal.domain.canonical import sha256_of
from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.files import read_bytes, store_own_file
from portal.domain.moves import lock
from portal.log.notes import VerifierKey, read_checkpoint, signatures_of
from portal.log.proofs import read_proof
from portal.models import Checkpoint, Event, StoredFile
from portal.queue import Claim, LeaseLost

ARCHIVE = "application/zip"


class ArchiveDoesNotHold(Refused):
    """What a buyer would be told to verify does not verify here."""

    code = "archive-does-not-hold"


def carry_on(claim: Claim) -> Callable[[], None] | None:
    """Do what is left to do for a package; the last write happens together with the end of the job.

    Raises:  FileDamaged, OriginalMissing, GlyphMissing, SealKeyMissing, TimeStampMissing, ArchiveDoesNotHold.
    """
    package = ReleasePackage.objects.get(number=claim.arguments["package"])
    if package.state == ReleasePackage.FROZEN:
        event_log.sequence_now()
        passed("manifest logged")
        package = _seal(package, claim)
    if package.state == ReleasePackage.STALE or package.archive_id is not None:
        return None
    event_log.sequence_now()
    passed("seal logged")
    content = build_archive(package)
    stored, size = keep_bytes_of(package, content), size_under(content)
    passed("archive kept")

    def finish() -> None:
        keep_archive(package=package, stored=stored, size=size)
        passed("archive written down")

    return finish


def _seal(package: ReleasePackage, claim: Claim) -> ReleasePackage:
    drawn = packages.draw(package, cache=packages.KeptSections(), progress=claim.progress)
    passed("drawn")
    content = sealed_bytes(package, drawn)
    passed("sealed")
    with transaction.atomic():
        # whoever lost the job meanwhile writes nothing: another may have sealed with other bytes
        if not claim.held().select_for_update().exists():
            raise LeaseLost(f"The job {claim.unique_key} was taken back before its package was sealed.")
        sealed = packages.seal(package=package, content=content)
        passed("seal written down")
    passed("seal committed")
    return sealed


def sealed_bytes(package: ReleasePackage, drawn: bytes, *, key: SealKey | None = None) -> bytes:
    """Return the drawn file with the shop's seal behind it.

    Raises:  SealKeyMissing, SealKeyUnreadable, TimeStampMissing, SealBroken.
    """
    return seal_pdf(
        drawn,
        key=key or seal_key(),
        reason=reason_of(package.number, package.manifest_sha256),
        authority=settings.PORTAL_TSA_URL,
    )


def build_archive(package: ReleasePackage) -> bytes:
    """Return the archive of a sealed package, verified by the very program the buyer is given.

    Raises:  NotYetInTheLog before both entries have their place; FileDamaged; ArchiveDoesNotHold.
    """
    manifest = packages.manifest_of(package)
    kept = packages.originals_of(manifest)
    pdf = read_bytes(package.file)
    certificate = certificate_of(pdf, number=package.number, manifest_sha256=package.manifest_sha256)
    checkpoint = event_log.latest_checkpoint()
    frozen, sealed = (_proof(package, verb, checkpoint) for verb in ("freeze", "seal"))
    content = archive_of(
        number=package.number,
        pdf=pdf,
        manifest=bytes(package.manifest_bytes),
        frozen=frozen,
        sealed=sealed,
        keys=_signers(frozen.text, sealed.text),
        words=verify_text(package.number, sha256_of(certificate)),
        certificate=certificate,
        originals=[
            (entry["name"], kept[entry["sha256"]])
            for entry in manifest["files"]
            if not entry.get("is_kept_home")
        ],
        earlier=earlier_proofs(sealed_sizes(package), checkpoint),
    )
    trusted = event_log.log_verifier_keys()
    report = verify_package.verify_zip(content, keys=trusted, certificates=[sha256_of(certificate)])
    if not report.is_accepted:
        said = " ".join(fault.sentence for fault in report.faults)
        raise ArchiveDoesNotHold(
            f"The archive of {package.number} does not verify and was thrown away. {said}"
        )
    return content


@transaction.atomic
def keep_archive(*, package: ReleasePackage, stored: StoredFile, size: int) -> ReleasePackage:
    """Write down the archive of a package, once; size: entries under the checkpoint that its buyer will remember."""
    current = lock(package)
    if current.archive_id is not None or current.state == ReleasePackage.STALE:
        return current
    current.archive = stored
    current.save()
    record_event(
        by=None,
        verb="archive",
        noun="package",
        number=current.number,
        lots=packages.lot_numbers(current.shipment),
        data={"archive": stored.sha256, "sha256": current.file.sha256, "checkpoint": size},
    )
    return current


def keep_bytes_of(package: ReleasePackage, content: bytes) -> StoredFile:
    """Keep the archive; the same bytes kept before a crash are found again."""
    before = StoredFile.objects.filter(sha256=sha256_of(content), media_type=ARCHIVE).first()
    label = packages.label_of(package)
    name = f"{package.number}.zip"
    return before or store_own_file(content=content, name=name, media_type=ARCHIVE, label=label)


def _proof(package: ReleasePackage, verb: str, checkpoint: Checkpoint | None) -> Proof:
    event = Event.objects.get(noun="package", number=package.number, verb=verb)
    return Proof(entry=event_log.leaf_bytes(event), text=event_log.proof_of(event, under=checkpoint))


def size_under(archive: bytes) -> int:
    """Return how many entries the checkpoint of an archive covers."""
    proof = verify_package.read_archive(archive)["proof/sealed.tlog-proof"].decode()
    return read_checkpoint(signatures_of(read_proof(proof).checkpoint)[0]).size


def _signers(*proofs: str) -> list[str]:
    """Return the keys of the log that signed the checkpoints of these proofs, and no other."""
    signed = {
        (name, key_id) for text in proofs for name, key_id, _ in signatures_of(read_proof(text).checkpoint)[1]
    }
    keys = [VerifierKey.read(text) for text in event_log.log_verifier_keys()]
    return [key.text for key in keys if (key.name, key.key_id) in signed]
