"""The seal: a certification signature added behind the last byte of the drawn file, which stays as it was.

PAdES B-B, or B-T when a time stamp authority is named. The signature allows no later change. What was drawn is
a prefix of what is sealed, so pages, tags and attachments are those that were drawn.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.domain.errors import Refused

FIELD = "PackageSeal"
YEARS = 20


class SealKeyUnreadable(Refused):
    """The file with the sealing key cannot be used."""

    code = "seal-key-unreadable"


class SealBroken(Refused):
    """A file that was just sealed does not verify, so it is not kept."""

    code = "seal-broken"


class TimeStampMissing(Refused):
    """The time stamp authority gave no time stamp."""

    code = "time-stamp-missing"


def reason_of(number: str, manifest_sha256: str) -> str:
    """Return what a seal is for, as its signature holds it: no other event of the log can lend it to other facts."""
    return f"Release package {number}, manifest sha256 {manifest_sha256}"


@dataclass(frozen=True)
class SealKey:
    """A private key with its certificate, both DER, and further certificates up to the authority."""

    private: bytes
    certificate: bytes
    chain: tuple[bytes, ...] = ()


def seal_pdf(content: bytes, *, key: SealKey, reason: str, authority: str = "") -> bytes:
    """Return the file with its seal behind it, verified.

    authority: address of an RFC 3161 time stamp authority; empty seals without a time stamp.
    Raises:    SealBroken, TimeStampMissing.
    Source:    ETSI EN 319 142-1 baseline B-B and B-T; ISO 32000-2, 12.8.2.2 (no changes permitted).
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    from documents.package.time_stamps import Authority, NoTimeStamp

    terms = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
    )
    sealed = io.BytesIO()
    pdf_signer = signers.PdfSigner(
        terms, _signer(key), timestamper=Authority(authority) if authority else None
    )
    try:
        _apart(pdf_signer.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(content)), output=sealed)
    except NoTimeStamp as error:
        raise TimeStampMissing(
            f"The time stamp authority at {authority} gave no time stamp, so nothing was sealed. {error} Have the "
            "job tried again when it answers, or empty PORTAL_TSA_URL to seal without one."
        ) from error
    _require_sound(sealed.getvalue(), drawn=content, key=key, is_stamped=bool(authority))
    return sealed.getvalue()


def seal_faults(content: bytes, *, certificate: bytes | None = None, is_stamped: bool = False) -> list[str]:
    """Return what is wrong with the seal of a file, as sentences; none means that it holds for every byte.

    certificate: DER of the certificate the seal must be made with.
    is_stamped:  whether it must carry a time stamp; one it carries must hold in any case.
    """
    from asn1crypto import x509
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    try:
        seals = PdfFileReader(io.BytesIO(content)).embedded_signatures
        if len(seals) != 1:
            return [f"The file has {len(seals)} signatures; a sealed package has one."]
        found = seals[0].signer_cert
        if certificate is not None and found.dump() != certificate:
            return ["The seal was made with another certificate."]
        # the seal's own certificate is the anchor: who it belongs to is decided by its fingerprint
        trust = ValidationContext(trust_roots=[x509.Certificate.load(found.dump())], allow_fetching=False)
        status = _apart(validate_pdf_signature, seals[0], trust)
    except (PdfError, SigningError, SignatureValidationError, ValueError, KeyError) as error:
        return [f"The seal cannot be read: {error}"]
    faults = []
    if not (status.intact and status.valid):
        faults.append("The seal does not match the bytes of the file.")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        faults.append("The seal does not cover the whole file.")
    stamp = status.timestamp_validity
    if (stamp is None and is_stamped) or (stamp is not None and not (stamp.intact and stamp.valid)):
        faults.append("The time stamp is missing or is not that of this seal.")
    if not status.docmdp_ok:
        faults.append("The file was changed after it was sealed.")
    return faults


def make_key(name: str, *, at: datetime) -> bytes:
    """Return a new key and a certificate it signed itself, as PEM text."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    begins = at.astimezone(UTC) - timedelta(minutes=5)
    signing = {"digital_signature": True, "content_commitment": True}
    other = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    usage = x509.KeyUsage(**signing, **dict.fromkeys((*other, "encipher_only", "decipher_only"), False))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=YEARS * 365))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def read_key(path: Path) -> SealKey:
    """Return the key and the certificates of a PEM file; the first certificate is the key's own.

    Raises:  SealKeyUnreadable naming the file and what is wrong with it.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        content = path.read_bytes()
        private = serialization.load_pem_private_key(content, password=None)
        certificates = x509.load_pem_x509_certificates(content)
    except OSError as error:
        raise SealKeyUnreadable(f"The sealing key {path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise SealKeyUnreadable(
            f"The sealing key {path} does not hold an unencrypted private key and its certificate as PEM text."
        ) from error
    is_fit = isinstance(private, rsa.RSAPrivateKey) or (
        isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name == "secp256r1"
    )
    if not is_fit:
        raise SealKeyUnreadable(
            f"The sealing key {path} is neither RSA nor ECDSA on P-256. Make one of these."
        )
    if private.public_key() != certificates[0].public_key():
        raise SealKeyUnreadable(f"The first certificate of {path} is not that of its private key.")
    der = serialization.Encoding.DER
    return SealKey(
        private=private.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        certificate=certificates[0].public_bytes(der),
        chain=tuple(each.public_bytes(der) for each in certificates[1:]),
    )


def _apart(work: Callable, *args, **kwargs):
    """Do it in a thread of its own: the library starts an event loop, and the caller's thread may be running one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work, *args, **kwargs).result()


def _signer(key: SealKey):
    from asn1crypto import keys, x509
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    chain = [x509.Certificate.load(each) for each in key.chain]
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(key.certificate),
        signing_key=keys.PrivateKeyInfo.load(key.private),
        cert_registry=SimpleCertificateStore.from_certs(chain),
    )


def _require_sound(sealed: bytes, *, drawn: bytes, key: SealKey, is_stamped: bool) -> None:
    faults = seal_faults(sealed, certificate=key.certificate, is_stamped=is_stamped)
    if not sealed.startswith(drawn):
        faults.append("The pages were written anew.")
    if faults:
        raise SealBroken(f"The sealed file does not verify and was thrown away. {' '.join(faults)}")
