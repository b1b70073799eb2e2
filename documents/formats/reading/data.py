"""Certificates that are data: EN 10168, CoA, E-CoC and Metals JSON, checked for their shape and turned into a reading.

No address in a file is ever followed: a schema is taken from the configured folder or not at all.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from pathlib import Path

from documents.formats.paper import DATA, Reading
from documents.formats.reading.data_fields import FROM_KIND
from portal.intake.unreadable import FileNotReadable


@dataclass(frozen=True)
class Kind:
    """One kind of data certificate: how it is recognised, what it must hold, whose schema it follows."""

    name: str
    mark: str
    parts: tuple[str, ...]
    schema: str


KINDS = (
    Kind(
        "EN 10168",
        "en10168-schemas",
        ("Certificate/CertificateLanguages", "Certificate/CommercialTransaction/A01",
         "Certificate/CommercialTransaction/A03",
         "Certificate/ProductDescription", "Certificate/Validation"),
        "EN10168",
    ),
    Kind(
        "CoA",
        "coa-schemas",
        ("Certificate/CertificateLanguages", "Certificate/Id", "Certificate/Date", "Certificate/Parties/Manufacturer",
         "Certificate/Product"),
        "CoA",
    ),
    Kind("E-CoC", "e-coc-schemas", ("Id", "EcocData/Data/Parties", "EcocData/Data/ObjectOfDeclaration"), "E-CoC"),
    Kind(
        "Metals",
        "metals-schemas",
        ("DigitalMaterialPassport/Id", "DigitalMaterialPassport/IssueDate", "DigitalMaterialPassport/Languages",
         "DigitalMaterialPassport/TransactionData/Parties/Manufacturer", "DigitalMaterialPassport/Product"),
        "Metals",
    ),
)  # fmt: skip
MOST_BYTES = 20 * 1024 * 1024
_VERSION = re.compile(r"/v(\d+\.\d+\.\d+)/")
_PICTURE = re.compile(r"^data:image/(?:png|jpe?g|gif);base64,[A-Za-z0-9+/=\s]+$")


def read_data(content: bytes, schemas: str = "") -> Reading:
    """Return what a data certificate states, after its shape was checked.

    schemas: folder of the published schemas; empty checks only that the parts are there.
    Raises:  FileNotReadable naming the place that is wrong or missing.
    """
    data = _parsed(content)
    kind = kind_of(data)
    _require_parts(data, kind)
    is_whole = _require_schema(data, kind, schemas)
    found, rows, language = FROM_KIND[kind.name](data)
    doubts = (
        ()
        if is_whole
        else (f"The parts of this {kind.name} certificate are there; its whole shape was not checked.",)
    )
    return Reading(
        found=tuple(found), rows=tuple(rows), how=DATA, language=language.lower(), pages_read=1, doubts=doubts
    )


def _parsed(content: bytes) -> dict:
    if len(content) > MOST_BYTES:
        raise FileNotReadable("The data certificate is larger than 20 MiB. Send it without its attachments.")
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (UnicodeError, ValueError, RecursionError) as error:
        raise FileNotReadable(
            "The file is named as data, but it is not whole JSON. Export the certificate again and send that."
        ) from error
    if not isinstance(data, dict):
        raise FileNotReadable(
            "The JSON file is a list or a word, not a certificate. Send the certificate itself."
        )
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def kind_of(data: dict) -> Kind:
    """Return the kind of a data certificate by the schema it names.

    Raises:  FileNotReadable when it names none that is known.
    """
    named = data.get("RefSchemaUrl")
    for kind in KINDS:
        if isinstance(named, str) and f"/{kind.mark}/" in named:
            return kind
    raise FileNotReadable(
        f"RefSchemaUrl names {named or 'no schema'}; only certificates of EN 10168, CoA, E-CoC and Metals are read as "
        "data. Send the certificate as a PDF, or export it in one of these."
    )


def _require_parts(data: dict, kind: Kind) -> None:
    for path in kind.parts:
        if at(data, path) in (None, "", [], {}):
            raise FileNotReadable(
                f"This {kind.name} certificate has nothing at {path}. Export it again with that part filled."
            )
    for path in ("Certificate/CommercialTransaction/A04", "Certificate/Logo", "Logo"):
        logo = at(data, path)
        if logo is not None and not _is_picture(logo):
            raise FileNotReadable(
                f"What stands at {path} of this {kind.name} certificate is not a picture. Export it again."
            )


def _is_picture(logo: object) -> bool:
    """Say whether words are a whole picture written as data; it is not opened here."""
    if not isinstance(logo, str) or not _PICTURE.match(logo):
        return False
    try:
        content = base64.b64decode(logo.partition(",")[2], validate=False)
    except binascii.Error:
        return False
    if content.startswith(b"\x89PNG"):
        return b"IHDR" in content[:40] and content.rstrip(b"\0").endswith(b"IEND\xaeB`\x82")
    return content[:3] in (b"\xff\xd8\xff", b"GIF") and len(content) > 100


def _with_plain_patterns(schema: object) -> object:
    """Write an empty pattern as one that says the same; the validator overlooks an empty one."""
    if isinstance(schema, list):
        return [_with_plain_patterns(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _with_plain_patterns(each) for name, each in schema.items()}
    patterns = plain.get("patternProperties")
    if isinstance(patterns, dict) and "" in patterns:
        plain["patternProperties"] = {pattern or ".*": each for pattern, each in patterns.items()}
    return plain


def _require_schema(data: dict, kind: Kind, schemas: str) -> bool:
    """Hold a certificate against its published schema; false when no such schema is configured."""
    version = _VERSION.search(data["RefSchemaUrl"])
    if not schemas or not version:
        return False
    path = Path(schemas) / f"{kind.schema}-v{version[1]}.schema.json"
    if not path.is_file():
        return False
    from jsonschema import validators
    from referencing import Registry

    schema = _with_plain_patterns(json.loads(path.read_text(encoding="utf-8")))
    checker = validators.validator_for(schema)(schema, registry=Registry())
    wrong = next(iter(sorted(checker.iter_errors(data), key=lambda error: len(error.absolute_path))), None)
    if wrong is not None:
        place = "/".join(str(part) for part in wrong.absolute_path) or "its head"
        raise FileNotReadable(
            f"This {kind.name} certificate does not follow its schema at {place}: {wrong.message[:200]}. "
            "Export it again."
        )
    return True


def at(data: object, path: str) -> object:
    """Return what stands at a path of names; nothing where a name is missing."""
    for name in path.split("/"):
        if not isinstance(data, dict) or name not in data:
            return None
        data = data[name]
    return data
