"""Fingerprints of NC programs."""

import hashlib

import pytest

from routes.formats.nc_program import cutting_text, nc_hashes

PROGRAM = b"%\nO1000(COVER REV A 2026-11-22 10:15)\nN10 G0 X1.(MOVE)\n\nN20 M30 ; END\n%\n"


def test_cutting_text_is_what_reaches_the_machine():
    assert cutting_text(PROGRAM) == "O1000\nN10G0X1.\nN20M30\n"


def test_raw_fingerprint_is_the_file():
    assert nc_hashes(PROGRAM).raw_sha256 == hashlib.sha256(PROGRAM).hexdigest()
    assert (nc_hashes(PROGRAM).lines, nc_hashes(PROGRAM).cutting_lines) == (6, 3)


@pytest.mark.parametrize(
    "same",
    [
        PROGRAM.replace(b"2026-11-22 10:15", b"2027-01-03 08:00"),
        PROGRAM.replace(b"\n", b"\r\n"),
        PROGRAM.replace(b"(MOVE)", b"(MOVE (FAST))"),
        PROGRAM.replace(b"N10 G0 X1.", b"  N10G0  X1.  "),
        b"\xef\xbb\xbf" + PROGRAM.replace(b"(MOVE)", "(Fräsen)".encode()),
        PROGRAM.replace(b"(MOVE)", "(Fräsen)".encode("cp1252")),
        PROGRAM.replace(b"\n\n", b"\n"),
    ],
)
def test_words_for_people_do_not_change_the_cut(same):
    assert nc_hashes(same).raw_sha256 != nc_hashes(PROGRAM).raw_sha256
    assert nc_hashes(same).cutting_sha256 == nc_hashes(PROGRAM).cutting_sha256


@pytest.mark.parametrize(
    "other",
    [
        PROGRAM.replace(b"X1.", b"X1"),
        PROGRAM.replace(b"X1.", b"X1.0"),
        PROGRAM.replace(b"N20", b"N30"),
        PROGRAM.replace(b"O1000", b"O1001"),
        PROGRAM.replace(b"G0", b"G1"),
        PROGRAM.replace(b"(MOVE)", b"(MOVE"),
    ],
)
def test_what_the_machine_reads_changes_the_cut(other):
    assert nc_hashes(other).cutting_sha256 != nc_hashes(PROGRAM).cutting_sha256


def test_the_real_program_has_a_fingerprint(shared_data):
    path = shared_data / "real-case-A-nist-cover/nc/NIST_MTC_CRADA_COVER_REV-A.NC"
    found = nc_hashes(path.read_bytes())
    assert found.raw_sha256 == "dc9782179208edbf663d67f5d55247fbe3fcee767780ecf9700288249132ccb4"
    assert (found.lines, found.cutting_lines) == (1465, 1462)
