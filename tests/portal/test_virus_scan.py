"""The virus scanner: a real clamd with signatures of our own, and what happens without it."""

import io
import json
import os
import shutil
import socket
import subprocess
import time
import zipfile

import pikepdf
import pytest
from django.core.management import call_command

from portal.domain.files import take_in
from portal.domain.virus_scan import FileInfected, ScannerUnreachable, require_clean
from portal.models import StoredFile

MARK = b"a marker only these tests know"
EICAR_MD5 = "44d88612fea8a8f36de82e1278abb02f"


@pytest.fixture
def eicar(shared_data) -> bytes:
    """The public test file, joined only here so that scanners leave the sample folder alone."""
    return "".join(json.loads((shared_data / "bad-uploads/eicar.json").read_text())["join"]).encode()


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """A clamd of our own on a socket in a short folder, with two signatures and no others."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        reason = "clamd is not installed; install clamav-daemon to try the virus scanner."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    room = tmp_path_factory.mktemp("clamd")
    signatures = room / "signatures"
    signatures.mkdir()
    (signatures / "own.hdb").write_text(f"{EICAR_MD5}:68:Own.Eicar\n")
    (signatures / "own.ndb").write_text(f"Own.Marker:0:*:{MARK.hex()}\n")
    address = room / "s"
    (room / "clamd.conf").write_text(
        f"LocalSocket {address}\nDatabaseDirectory {signatures}\nForeground yes\nStreamMaxLength 2M\n"
        f"TemporaryDirectory {room}\nLogFile {room / 'log'}\nUser {os.environ.get('USER') or 'root'}\n"
    )
    daemon = subprocess.Popen(
        [program, "--config-file", str(room / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(address, daemon, room / "log")
        yield f"unix://{address}"
    finally:
        daemon.terminate()
        daemon.wait(timeout=30)


def _wait_for(address, daemon, log) -> None:
    for _ in range(600):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(address))
                return
            except OSError:
                assert daemon.poll() is None, log.read_text() if log.exists() else "clamd did not start"
        time.sleep(0.1)
    raise AssertionError("clamd did not answer within a minute")


def in_zip(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.com", content)
    return target.getvalue()


def in_pdf(content: bytes) -> bytes:
    carrier = pikepdf.new()
    carrier.add_blank_page()
    carrier.attachments["inside.com"] = pikepdf.AttachedFileSpec(carrier, content, filename="inside.com")
    target = io.BytesIO()
    carrier.save(target)
    return target.getvalue()


@pytest.mark.serial
@pytest.mark.parametrize("wrap", [bytes, in_zip, in_pdf], ids=["plain", "inside zip", "as PDF attachment"])
def test_what_the_scanner_knows_is_refused_and_not_kept(cast, settings, clamd, eicar, wrap):
    settings.PORTAL_CLAMD = clamd
    with pytest.raises(FileInfected) as refusal:
        take_in(content=wrap(eicar), name="mill.pdf", by=cast.inspector)
    assert "mill.pdf was refused: the virus scanner found Own.Eicar" in refusal.value.sentence
    assert refusal.value.sentence.endswith(
        "in it. Clean the machine it came from and export the document again."
    )
    assert StoredFile.objects.count() == 0


@pytest.mark.serial
def test_a_clean_file_passes_and_a_marked_one_does_not(settings, clamd):
    settings.PORTAL_CLAMD = clamd
    require_clean(content=b"an honest certificate", name="a.txt")
    with pytest.raises(FileInfected):
        require_clean(content=b"x" * 100_000 + MARK + b"x" * 100_000, name="a.txt")


@pytest.mark.serial
def test_what_is_larger_than_the_scanner_reads_is_not_taken(settings, clamd):
    settings.PORTAL_CLAMD = clamd
    with pytest.raises(ScannerUnreachable) as refusal:
        require_clean(content=b"x" * 3_000_000, name="large.pdf")
    assert refusal.value.sentence == (
        "large.pdf was not taken: the virus scanner could not read it to its end. "
        "Send it in smaller parts; if it stays so, tell whoever runs the portal."
    )


@pytest.mark.serial
def test_the_command_refuses_what_the_scanner_knows(settings, clamd, eicar, tmp_path, capsys):
    settings.PORTAL_CLAMD = clamd
    (tmp_path / "mill.txt").write_bytes(eicar)
    call_command("look_at_file", str(tmp_path / "mill.txt"), "--json")
    row = json.loads(capsys.readouterr().out)
    assert (row["treatment"], row["flags"]) == ("reject", ["virus"])


@pytest.mark.parametrize("address", ["unix:///nowhere/clamd.ctl", "tcp://127.0.0.1:9"])
def test_a_scanner_that_does_not_answer_refuses_every_file(settings, address):
    settings.PORTAL_CLAMD = address
    with pytest.raises(ScannerUnreachable) as refusal:
        require_clean(content=b"an honest certificate", name="a.pdf")
    assert refusal.value.sentence == (
        "a.pdf was not taken: the virus scanner does not answer. Send it again in a few minutes; "
        "if it stays so, tell whoever runs the portal."
    )


def test_without_a_scanner_nothing_is_asked(settings):
    settings.PORTAL_CLAMD = ""
    require_clean(content=b"anything", name="a.pdf")
