"""How far a reader in the child process is, told to the process that waits for it. Nothing where nobody listens."""

from __future__ import annotations

import os
import re

STEP = re.compile(rb"step (\d{1,4}) of (\d{1,4})\n")
_LAST_BYTES = 400
_listener: list[int] = []


def listen(descriptor: int) -> None:
    """Let what is told from now on be written to an open file."""
    _listener[:] = [descriptor]


def tell(done: int, of_all: int) -> None:
    """Tell how many pages are done."""
    for descriptor in _listener:
        os.write(descriptor, f"step {done} of {of_all}\n".encode("ascii"))


def last_step(descriptor: int) -> tuple[int, int] | None:
    """Return what was told last, read from the other side; what is no step there is passed over."""
    size = os.fstat(descriptor).st_size
    found = STEP.findall(os.pread(descriptor, _LAST_BYTES, max(0, size - _LAST_BYTES)))
    return (int(found[-1][0]), int(found[-1][1])) if found else None
