"""A time stamp authority as there are real ones: openssl behind a small server on this machine."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REPLY = "application/timestamp-reply"
CONFIG = """
[req]
distinguished_name = name
[name]
[stamps]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.crt
signer_key = {folder}/tsa.key
certs = {folder}/tsa.crt
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class StampedBy:
    """An authority: where it is, what it was asked, and how it answers; `changed` makes a bad one of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, []
        self.changed: Callable[[bytes, bytes], bytes] = lambda query, answer: answer
        self.kind, self.waits, self.status = REPLY, 0.0, 200
        self.address = ""
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        self._openssl(
            "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Clock -extensions stamps"
            f" -config {folder}/tsa.cnf -keyout {folder}/tsa.key -out {folder}/tsa.crt"
        )

    def answer(self, query: bytes) -> bytes:
        """Return what openssl answers to a query."""
        (self.folder / "query.tsq").write_bytes(query)
        self._openssl(
            f"ts -reply -config {self.folder}/tsa.cnf -queryfile {self.folder}/query.tsq -out {self.folder}/answer.tsr"
        )
        return (self.folder / "answer.tsr").read_bytes()

    def _openssl(self, words: str) -> None:
        subprocess.run(["openssl", *words.split()], check=True, capture_output=True)


@contextmanager
def time_stamp_authority(folder: Path) -> Iterator[StampedBy]:
    """Give an authority that answers until the end."""
    authority = StampedBy(folder)

    class Asked(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append((self.headers["Content-Type"], query))
            time.sleep(authority.waits)
            content = authority.changed(query, authority.answer(query))
            self.send_response(authority.status)
            self.send_header("Content-Type", authority.kind)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    authority.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
