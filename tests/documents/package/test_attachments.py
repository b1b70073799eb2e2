"""Names of embedded files are safe to save and do not hide one another."""

from __future__ import annotations

import pytest

from documents.package.attachments import safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("MTR 7T4418.pdf", "MTR 7T4418.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\mill\\cert.pdf", "C_mill_cert.pdf"),
        ("gpj\u202efdp.exe", "gpj_fdp.exe"),
        ("a\x00b.pdf", "a_b.pdf"),
        ("...", "original"),
        ("材料证明.pdf", "材料证明.pdf"),
    ],
)
def test_a_name_is_made_safe(given, kept):
    assert safe_name(given, set()) == kept


def test_two_files_of_one_name_both_stay():
    taken: set[str] = set()
    names = [safe_name(name, taken) for name in ("cert.pdf", "CERT.pdf", "cert.pdf")]
    assert names == ["cert.pdf", "CERT (2).pdf", "cert (3).pdf"]


def test_a_long_name_keeps_its_ending():
    name = safe_name("x" * 300 + ".pdf", set())
    assert (len(name), name[-5:]) == (120, "x.pdf")
