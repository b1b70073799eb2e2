"""The seal: behind the drawn bytes, covering all of them, allowing no change."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from datetime import UTC, datetime

import pikepdf
import pytest

from documents.package.seal import SealKeyUnreadable, make_key, read_key, reason_of, seal_faults, seal_pdf

MOMENT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@pytest.fixture(scope="module")
def sealed(drawn, key) -> bytes:
    return seal_pdf(drawn, key=key, reason=reason_of("P-000001-1", "0" * 64))


def test_seal_stands_behind_the_drawn_bytes_and_covers_the_file(drawn, sealed, key):
    assert sealed.startswith(drawn)
    assert seal_faults(sealed, certificate=key.certificate) == []
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        seal = pdf.Root.Perms.DocMDP
        terms = seal.Reference[0].TransformParams
        assert (str(seal.SubFilter), int(terms.P)) == ("/ETSI.CAdES.detached", 1)


@pytest.mark.skipif(
    shutil.which("pdfsig") is None and os.environ.get("CI", "").lower() not in {"1", "true"},
    reason="pdfsig of poppler-utils is not installed; where CI is true this fails instead",
)
def test_another_program_finds_the_seal_valid(sealed, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda sealed: sealed.replace(b"/MediaBox [ 0 0 612", b"/MediaBox [ 0 0 613"), "does not match"),
        (lambda sealed: sealed + b"% more\n", "does not cover"),
        (lambda sealed: sealed[: len(sealed) // 3], "has 0 signatures"),
    ],
)
def test_a_changed_file_is_found(sealed, change, fault):
    changed = change(sealed)
    assert changed != sealed
    assert fault in " ".join(seal_faults(changed))


def test_the_seal_of_another_key_is_found(sealed, tmp_path):
    path = tmp_path / "other.pem"
    path.write_bytes(make_key("Somebody else", at=MOMENT))
    faults = seal_faults(sealed, certificate=read_key(path).certificate)
    assert faults == ["The seal was made with another certificate."]


def test_key_files_that_cannot_be_used_are_named(tmp_path):
    missing, garbage, mixed = (tmp_path / name for name in ("missing.pem", "garbage.pem", "mixed.pem"))
    garbage.write_bytes(b"no key")
    first, second = make_key("A", at=MOMENT), make_key("B", at=MOMENT)
    mark = b"-----BEGIN CERT"
    mixed.write_bytes(first.partition(mark)[0] + mark + second.partition(mark)[2])
    said = []
    for path in (missing, garbage, mixed):
        with pytest.raises(SealKeyUnreadable) as refusal:
            read_key(path)
        said.append(refusal.value.sentence)
    assert said == [
        f"The sealing key {missing} cannot be read: No such file or directory.",
        f"The sealing key {garbage} does not hold an unencrypted private key and its certificate as PEM text.",
        f"The first certificate of {mixed} is not that of its private key.",
    ]
