"""A mail server for tests: speaks enough of RFC 5321 to take a mail, or to refuse an address."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

REFUSED = "gone@"


class _Session(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 mail.example")
        while line := self.rfile.readline():
            verb = line.strip().decode("ascii", "replace").upper()
            if verb.startswith("EHLO"):
                self.say("250 mail.example")
            elif verb.startswith("RCPT") and REFUSED.upper() in verb:
                self.say("550 5.1.1 no such mailbox")
            elif verb == "DATA":
                self.say("354 go on")
                self.server.taken.append(self.read_mail())
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def read_mail(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=policy.default)


@contextmanager
def mail_server() -> Iterator[tuple[int, list[EmailMessage]]]:
    """Serve on a free port until the block ends; give the port and the mails taken so far."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session)
    server.daemon_threads = True
    server.taken = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], server.taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
