"""The virus scanner, where one is configured: a file it names is refused, and without it nothing is taken."""

from __future__ import annotations

import base64
import re
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from portal.domain.errors import FileRefused, Refused
from portal.intake import child
from portal.intake.unreadable import FileNotReadable

UNPACKER = "portal.intake.carried:unpack_carried"
CHUNK_BYTES = 64 * 1024
TIMEOUT_SECONDS = 20
LONGEST_ANSWER_BYTES = 4096


class FileInfected(FileRefused):
    """The scanner knows what is in the file."""

    code = "file-infected"


class ScannerUnreachable(Refused):
    """A scanner is configured and does not answer: a file nobody looked at is not taken."""

    code = "scanner-unreachable"


def require_clean(*, content: bytes, name: str) -> None:
    """Refuse a file the configured scanner finds something in; do nothing where none is configured.

    A scanner that is configured and silent refuses the file: whoever asked for scanning would otherwise believe it
    was done. The sender is told to try again; nothing is kept meanwhile.

    Raises:  FileInfected; ScannerUnreachable.
    Source:  docs/decisions/0043.
    """
    if not settings.PORTAL_CLAMD:
        return
    try:
        answer = _ask(settings.PORTAL_CLAMD, content)
    except (OSError, ValueError) as error:
        raise ScannerUnreachable(
            f"{name} was not taken: the virus scanner does not answer. Send it again in a few minutes; "
            "if it stays so, tell whoever runs the portal."
        ) from error
    found = re.search(r": (.+) FOUND\b", answer)
    if found:
        raise FileInfected(
            f"{name} was refused: the virus scanner found {found.group(1)[:100]} in it. "
            "Clean the machine it came from and export the document again."
        )
    if not answer.endswith("OK"):
        raise ScannerUnreachable(
            f"{name} was not taken: the virus scanner could not read it to its end. "
            "Send it in smaller parts; if it stays so, tell whoever runs the portal."
        )


def require_clean_inside(*, content: bytes, name: str, carried: tuple[dict, ...]) -> None:
    """Hand each file `carried` inside a PDF to the scanner by itself, since a scanner need not find it there.

    Raises:  FileInfected; ScannerUnreachable.
    """
    if not (settings.PORTAL_CLAMD and carried):
        return
    try:
        unpacked = child.run(reader=UNPACKER, content=content)
    except FileNotReadable as refusal:
        raise ScannerUnreachable(
            f"{name} was not taken: the files inside it could not be unpacked for the virus scanner. "
            "Send it without files inside."
        ) from refusal
    for each in unpacked:
        require_clean(content=base64.b64decode(each["content"]), name=f"{each['name']} inside {name}")


def _ask(address: str, content: bytes) -> str:
    """Hand the bytes to the scanner's INSTREAM command and return its one line."""
    with _connected(address) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        try:
            for start in range(0, len(content), CHUNK_BYTES):
                chunk = content[start : start + CHUNK_BYTES]
                scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
            scanner.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it stops listening when the file is larger than it reads, and says so
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER_BYTES:
            part = scanner.recv(LONGEST_ANSWER_BYTES)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(TIMEOUT_SECONDS)
        try:
            scanner.connect(parts.path)
        except OSError:
            scanner.close()
            raise
        return scanner
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=TIMEOUT_SECONDS)
