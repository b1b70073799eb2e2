"""Taking files in: looked at in a limited child process, kept byte for byte under their sha256."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.domain.canonical import sha256_of
from portal.domain.errors import FileRefused as FileRefused
from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.file_words import in_readers_words, kind_in_words
from portal.domain.virus_scan import require_clean, require_clean_inside
from portal.lasting import make_lasting, write_through
from portal.models import DisposedFile, Label, Person, StoredFile

MAX_BYTES = 64 * 1024 * 1024
PIECE_BYTES = 1024 * 1024


class FileDamaged(Refused):
    code = "file-damaged"


class FileDisposed(FileDamaged):
    """Its bytes were erased on purpose when their time was over."""

    code = "file-disposed"


def keep_bytes(content: bytes, *, sha256: str) -> None:
    """Put the bytes under their content address: written first, so that no row is ever without its file.

    What lies there already is read: a write that was cut off, or bytes that changed since, are replaced. Either way the
    disk holds them before this returns: whoever wrote them first may not have come that far.
    """
    name = name_in_store(sha256)
    if not (is_there := default_storage.exists(name)) or hash_of_kept(name)[1] != sha256:
        if is_there:
            default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
    make_lasting(Path(default_storage.path(name)), up_to=Path(default_storage.path("")))


def name_in_store(sha256: str) -> str:
    """Return the content address within the storage."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def hash_of_kept(name: str) -> tuple[int, str]:
    """Return length and sha256 of what lies in the store under a name, read in pieces.

    Units:   bytes.
    """
    found, length = hashlib.sha256(), 0
    with default_storage.open(name, "rb") as handle:
        while piece := handle.read(PIECE_BYTES):
            found.update(piece)
            length += len(piece)
    return length, found.hexdigest()


def _keep(content: bytes, *, sha256: str) -> None:
    """Keep the bytes so that nobody erases them before the caller's transaction, and its row, have ended.

    Two who keep the same bytes write one after the other: neither takes what the other has half written for whole.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [_bytes_of(sha256)])
        key = [f"write of file {sha256}"]
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", key)
        try:
            keep_bytes(content, sha256=sha256)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)


def _bytes_of(sha256: str) -> str:
    return f"bytes of file {sha256}"


def name_and_hash_of(upload) -> str:
    """Return the name and sha256 of a file that was sent, as one text; it can be read again from its beginning."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return f"{upload.name}:{digest.hexdigest()}"


def store_own_file(
    *, content: bytes, name: str, media_type: str, by: Person | None = None, label: Label | None = None
) -> StoredFile:
    """Keep bytes the portal made itself, such as a rendered package."""
    sha256 = sha256_of(content)
    with transaction.atomic():
        _keep(content, sha256=sha256)
        return StoredFile.objects.create(
            sha256=sha256,
            size_bytes=len(content),
            media_type=media_type,
            original_name=name[:255],
            label=label,
            stored_by=by,
            stored_at=timezone.now(),
        )


def take_in(
    *,
    content: bytes,
    name: str,
    by: Person | None,
    allowed: tuple[str, ...] = (),
    label: Label | None = None,
    at: datetime | None = None,
) -> StoredFile:
    """Keep a file that came from outside, after a limited child process looked at it.

    allowed: media types this door takes; empty takes any that can be read.
    Raises:  FileRefused with the sentence a person needs: empty, truncated, encrypted, mislabelled, too large;
             FileInfected and ScannerUnreachable where a virus scanner is configured.
    """
    from portal.intake.look import look_at, safe_name

    clean = safe_name(name)
    if len(content) > MAX_BYTES:
        sentence = _("%(name)s has %(bytes)s bytes; at most %(most)s are taken. Send it in parts.")
        raise FileRefused(sentence % {"name": clean, "bytes": f"{len(content):,}", "most": f"{MAX_BYTES:,}"})
    require_clean(content=content, name=clean)
    look = look_at(content, name=clean)
    if not look.is_readable:
        unread = _("%(name)s could not be read. Send it again.") % {"name": clean}
        raise FileRefused(" ".join(map(in_readers_words, look.problems)) or unread)
    require_clean_inside(content=content, name=clean, carried=look.carried)
    if allowed and look.media_type not in allowed:
        sentence = _("%(name)s is %(kind)s; this place takes %(kinds)s.")
        kinds = ", ".join(kind_in_words(each) for each in allowed)
        words = {"name": clean, "kind": kind_in_words(look.media_type), "kinds": kinds}
        raise FileRefused(sentence % words)
    sha256 = sha256_of(content)
    with transaction.atomic():
        _keep(content, sha256=sha256)
        stored = StoredFile.objects.create(
            sha256=sha256,
            size_bytes=len(content),
            media_type=look.media_type,
            original_name=clean[:255],
            label=label,
            stored_by=by,
            stored_at=at or timezone.now(),
            look={
                "page_count": look.page_count,
                "warnings": list(look.warnings),
                "problems": list(look.problems),
                "signatures": list(look.signatures),
                "carried": list(look.carried),
            },
        )
    record_event(by=by, verb="store", noun="file", number=sha256, data={"name": clean, "bytes": len(content)})
    return stored


def one_use_at_a_time(sha256: str) -> None:
    """Wait until nobody else decides what these bytes are used for; holds until the caller's transaction ends.

    Whoever asks whether a file stands for something else already asks after this, else two who use it for
    different lots at the same instant would both find nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"use of file {sha256}"])


def read_bytes(stored: StoredFile) -> bytes:
    """Return the kept bytes, checked against their hash.

    Raises:  FileDamaged when the file is gone or a byte has changed; FileDisposed when it was erased on purpose.
    """
    if not default_storage.exists(stored.storage_name):
        if gone := disposal_of(stored):
            raise FileDisposed(gone)
        raise FileDamaged(f"The file {stored.original_name} is not in the store. Restore it from the backup.")
    with default_storage.open(stored.storage_name, "rb") as handle:
        content = handle.read()
    if sha256_of(content) != stored.sha256:
        raise FileDamaged(
            f"The file {stored.original_name} has changed in the store. Restore it from the backup."
        )
    return content


def write_off(*, stored: StoredFile, by: Person, certificate: str) -> DisposedFile:
    """Write down that a file is disposed of and what it was; `erase_bytes` erases it once that is committed."""
    disposed = DisposedFile.objects.create(
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        original_name=stored.original_name,
        certificate=certificate,
        disposed_by=by,
        disposed_at=timezone.now(),
    )
    data = {"name": stored.original_name, "bytes": stored.size_bytes, "certificate": certificate}
    record_event(by=by, verb="dispose of", noun="file", number=stored.sha256, data=data)
    return disposed


def written_off(sha256: str) -> DisposedFile | None:
    """Return how these bytes were disposed of; nothing when they never were, or were taken in again since."""
    last = DisposedFile.objects.filter(sha256=sha256).select_related("disposed_by").last()
    if last is None:
        return None
    newest = StoredFile.objects.filter(sha256=sha256).aggregate(at=Max("stored_at"))["at"]
    return None if newest and newest > last.disposed_at else last


@transaction.atomic
def erase_bytes(sha256: str) -> bool:
    """Erase bytes that were written off and return whether they are gone; asked again it does the same.

    Whoever keeps the same bytes at this moment is waited for: what was taken in again stays.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_bytes_of(sha256)])
    if written_off(sha256) is None:
        return False
    name = name_in_store(sha256)
    default_storage.delete(name)
    if (folder := Path(default_storage.path(name)).parent).exists():
        write_through(folder)
    return True


def disposal_of(stored: StoredFile) -> str:
    """Return in a sentence when and under which certificate a file was disposed of; nothing when it was not."""
    last = written_off(stored.sha256)
    if last is None:
        return ""
    return (
        f"{stored.original_name} was disposed of on {last.disposed_at:%-d %b %Y} by {last.disposed_by.printed_name}, "
        f"certificate {last.certificate}. Its sha256, {stored.sha256}, and its size are kept."
    )


def may_see_label(person: Person, label: Label | None) -> bool:
    """Say whether a person satisfies a label.

    Source: export rules bind everybody, administrators too; what is derived takes the strictest label.
    """
    return label is None or not label.needs_eligibility or person.is_export_eligible


def open_for(*, stored: StoredFile, by: Person, noun: str, number: str) -> bytes:
    """Return the bytes for a person who may see the record that holds them, and write the reading down.

    Raises:  FileRefused when the label forbids it; FileDamaged when the bytes are not what was kept.
    """
    if not may_see_label(by, stored.label):
        raise FileRefused(
            f"{stored.original_name} is held under {stored.label.name}; "
            "it may be read by eligible people only."
        )
    content = read_bytes(stored)
    record_event(by=by, verb="read", noun=noun, number=number, data={"sha256": stored.sha256})
    return content
