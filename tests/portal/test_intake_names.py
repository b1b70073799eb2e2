"""Names of foreign files."""

import json
import unicodedata

import pytest

from portal.intake.names import LONGEST_NAME, safe_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\win.ini.pdf", "win.ini.pdf"),
        ("cert\u202efdp.exe", "certfdp.exe"),
        ("cert.pdf\x00.exe", "cert.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("證書 Ф.pdf", "證書 Ф.pdf"),
        ("cert\r\nSet-Cookie: x=1.pdf", "cert Set-Cookie_ x=1.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
        ("  .pdf", "file.pdf"),
        (".htaccess", "htaccess"),
        ("cert.pdf/", "cert.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("", "file"),
        ("...", "file"),
        ("Certificate 12.pdf", "Certificate 12.pdf"),
    ],
)
def test_name_is_shown_without_its_tricks(given, shown):
    assert safe_name(given) == shown


def test_long_name_keeps_its_ending():
    name = safe_name("a" * 300 + ".pdf")
    assert (len(name), name[-5:]) == (LONGEST_NAME, "….pdf")


def test_every_hostile_name_becomes_harmless(shared_data):
    names = json.loads((shared_data / "bad-uploads/filenames.json").read_text())["names"]
    for shown in map(safe_name, names):
        assert 0 < len(shown) <= LONGEST_NAME
        assert not set(shown) & set('/\\<>:"|?*')
        assert {unicodedata.category(sign)[0] for sign in shown}.isdisjoint({"C"})
        assert safe_name(shown) == shown
