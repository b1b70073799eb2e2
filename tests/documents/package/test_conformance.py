"""The reference engine judges the whole package; the walk of test_structure.py sees what it does not."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf

from documents.package.assembly import render_package
from documents.package.seal import make_key, read_key, seal_pdf
from tests import verapdf
from tests.documents.package.test_form_writer import long_manifest

MOMENT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_the_sealed_package_is_archival_and_accessible(originals, tmp_path):
    """Laid out sections, written forms with rows taller than a page and with Chinese names, others, the seal."""
    path, pem = tmp_path / "package.pdf", tmp_path / "seal.pem"
    pem.write_bytes(make_key("Kestrel Ridge", at=MOMENT))
    pem.chmod(0o600)
    drawn = render_package(long_manifest(), originals)
    path.write_bytes(seal_pdf(drawn, key=read_key(pem), reason="Release package"))
    verdicts = verapdf.judge(path)
    assert [(each.profile, each.failures, each.is_compliant) for each in verdicts.values()] == [
        (profile, (), True) for profile in verapdf.ALL
    ]
    assert min(each.checks for each in verdicts.values()) > 10_000


def test_the_engine_notices_pages_without_their_tags(package_bytes, tmp_path):
    path = tmp_path / "damaged.pdf"
    with pikepdf.open(io.BytesIO(package_bytes)) as pdf:
        for page in pdf.pages:
            page.obj.StructParents = 0
        pdf.save(path)
    verdict = verapdf.judge(path, [verapdf.ACCESSIBLE])[verapdf.ACCESSIBLE]
    assert (verdict.is_compliant, bool(verdict.failures)) == (False, True)
