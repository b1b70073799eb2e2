"""The key packages are sealed with: one file, apart from every other secret of the portal."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from documents import verify_package
from documents.package.archive import CERTIFICATE, VERIFY_TEXT, verify_text
from documents.package.seal import SealKey, SealKeyUnreadable, make_key, read_key
from portal.domain.canonical import sha256_of
from portal.domain.errors import NotTheMoment, Refused
from portal.lasting import write_through
from portal.models import Event, Organization


class SealKeyMissing(SealKeyUnreadable):
    """There is no key to seal with."""

    code = "seal-key-missing"


class NotSealed(Refused):
    """A file that should be sealed is not."""

    code = "package-not-sealed"


def certificate_of(content: bytes, *, number: str, manifest_sha256: str) -> bytes:
    """Return the certificate a file is sealed with for this package and manifest, as the buyer's verifier finds it.

    Raises:  NotSealed.
    """
    try:
        certificate, said = verify_package.check_seal(content, [])
    except verify_package.Fault as fault:
        raise NotSealed(f"The file of package {number} is not sealed: {fault.sentence}") from fault
    if said != (number, manifest_sha256):
        raise NotSealed(
            f"The file of package {number} is sealed for {said[0]} or for another manifest of it."
        )
    return certificate


def bound_members(content: bytes, *, number: str, manifest_sha256: str) -> dict[str, str]:
    """Return sha256 by name of what a package's archive holds that neither manifest nor seal speaks of.

    Raises:  NotSealed.
    """
    certificate = sha256_of(certificate_of(content, number=number, manifest_sha256=manifest_sha256))
    return {VERIFY_TEXT: sha256_of(verify_text(number, certificate)), CERTIFICATE: certificate}


def certificate_sha256(number: str) -> str:
    """Return the sha256 of the certificate a package was sealed with, as the log has it; empty before its seal."""
    sealed = Event.objects.filter(noun="package", number=number, verb="seal").first()
    return sealed.data["members"][CERTIFICATE] if sealed else ""


def seal_key() -> SealKey:
    """Return the key in force.

    Raises:  SealKeyMissing where none was given and the portal may not make its own; SealKeyUnreadable.
    """
    path = Path(settings.PORTAL_SEAL_FILE)
    if not path.exists():
        if not settings.PORTAL_SEAL_MAKES_ITS_KEY:
            raise SealKeyMissing(
                f"There is no key to seal packages with at {path}. Put a PEM file with key and certificate there, "
                "or name one in PORTAL_SEAL_FILE; manage.py make_seal_key makes one."
            )
        _write(path, make_key(_shop_name(), at=timezone.now()))
    return read_key(path)


def make_seal_key(name: str = "") -> tuple[Path, str]:
    """Make a key with a certificate it signed itself; return its file and the sha256 of the certificate.

    Raises:  NotTheMoment when there is one: packages were sealed with it.
    """
    path = Path(settings.PORTAL_SEAL_FILE)
    made = _write(path, make_key(name.strip() or _shop_name(), at=timezone.now()))
    if not made:
        raise NotTheMoment(
            f"{path} exists, and packages may be sealed with it. Name another file in PORTAL_SEAL_FILE, or move it."
        )
    return path, fingerprint(read_key(path))


def fingerprint(key: SealKey) -> str:
    """Return what a buyer compares: the sha256 of the certificate."""
    return sha256_of(key.certificate)


def _shop_name() -> str:
    shop = Organization.objects.filter(kind=Organization.SHOP).order_by("pk").first()
    return f"{shop.name}, release packages" if shop else "Release packages"


def _write(path: Path, content: bytes) -> bool:
    """Write the file unless there is one; nobody else may read it, and a half-written one is never seen."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        write_through(draft)
        os.link(draft, path)
        write_through(path.parent)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
