"""Our side of the cradle: it is started at the first file, and asked for one reader a file.

Starting a program and loading its libraries takes longer than reading most certificates, so it is done once a
process. Readers share nothing but our own programs: each is forked from a cradle that has read no file.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO

CRADLE = Path(__file__).with_name("cradle.py")
ROOT = CRADLE.parents[2]
END = b"end"
# a picture that is done with goes back to the machine at once, instead of staying with the reader as room to reuse
GIVE_BACK = {"MALLOC_MMAP_THRESHOLD_": "1048576", "MALLOC_ARENA_MAX": "2"}
# a killed reader is gone at once; longer than this only a cradle that stands still takes
GONE_SECONDS = 10
# a cradle that is still loading takes one or two
BORN_SECONDS = 60


class CradleGone(RuntimeError):
    """The cradle ended while a reader of ours was in it; the file is not to blame."""


class Birth:
    """One reader that was asked for: its process number, and how it ended once it has.

    Raises:  CradleGone from every method but `abandon` when the cradle is gone.
    """

    pid = 0

    def __init__(self, asker: socket.socket, lose: Callable[[], None]) -> None:
        self._asker, self._lose = asker, lose
        self._is_orphan = False
        asker.settimeout(BORN_SECONDS)
        self.pid = self._next_number()

    def ended_within(self, seconds: float) -> int | None:
        """Return the reader's exit status, negative for the signal it died of; None when it still runs."""
        return self._next_number() if select.select([self._asker], [], [], seconds)[0] else None

    def end(self) -> None:
        """Kill the reader and what it started, and wait until it is gone."""
        with contextlib.suppress(OSError):
            self._asker.send(END)
        if self.ended_within(GONE_SECONDS) is None:
            raise CradleGone("The reader did not end when it was told to.")

    def abandon(self) -> None:
        """Wait no longer. The cradle kills a reader nobody waits for; without a cradle it is done here."""
        self._asker.close()
        if self._is_orphan and self.pid:
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)

    def _next_number(self) -> int:
        with contextlib.suppress(OSError):
            if told := self._asker.recv(32):
                return int(told)
        self._is_orphan = True
        self._lose()
        raise CradleGone("The process that starts readers ended.")


class Nursery:
    """One cradle a process, started when it is first needed and anew when it is gone.

    Threads may ask beside each other: each reader has a socket of its own.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self._lock = threading.Lock()
        self._cradle: subprocess.Popen | None = None
        self._door: socket.socket | None = None
        os.register_at_fork(after_in_child=self._forget)

    def begin(self, order: dict, files: tuple[BinaryIO, BinaryIO, BinaryIO]) -> Birth:
        """Have a reader started on an order, with its files as standard input, output and error.

        Raises:  CradleGone when no cradle takes the order.
        """
        message = json.dumps(order).encode()
        asker, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        cradle = None
        try:
            with theirs, self._lock:
                self._open()
                cradle = self._cradle
                socket.send_fds(self._door, [message], [*(each.fileno() for each in files), theirs.fileno()])
            return Birth(asker, partial(self._lose, cradle))
        except (OSError, CradleGone) as gone:
            asker.close()
            self._lose(cradle)
            raise CradleGone("The process that starts readers could not be reached.") from gone

    def close(self) -> None:
        """End the cradle and whatever is in it."""
        with self._lock:
            self._close()

    def _lose(self, cradle: subprocess.Popen) -> None:
        """Start no more readers from a cradle that hung up: one that was just killed may not count as ended yet."""
        with self._lock:
            if self._cradle is cradle:
                self._close()

    def _open(self) -> None:
        if self._cradle is not None and self._cradle.poll() is None:
            return
        self._close()
        self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._cradle = subprocess.Popen(
                [*without_network(), sys.executable, "-I", "-B", str(CRADLE), str(self.root)],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PATH": os.defpath, "LANG": "C.UTF-8", **GIVE_BACK},
                close_fds=True,
                start_new_session=True,
            )

    def _close(self) -> None:
        if self._door is not None:
            self._door.close()
        if self._cradle is not None:
            try:
                self._cradle.wait(GONE_SECONDS)
            except subprocess.TimeoutExpired:
                self._cradle.kill()
                self._cradle.wait()
        self._door = self._cradle = None

    def _forget(self) -> None:
        """Leave the cradle of the process this one was forked from to that process."""
        if self._door is not None:
            self._door.close()
            self._cradle.returncode = 0  # not ours to wait for
        self._lock, self._cradle, self._door = threading.Lock(), None, None


@cache
def without_network() -> tuple[str, ...]:
    """Return the command that starts a program without a network, or nothing where it is not permitted."""
    binary = shutil.which("unshare")
    if binary is None:
        return ()
    for options in (("--net",), ("--map-root-user", "--net")):
        with contextlib.suppress(subprocess.TimeoutExpired):
            probe = subprocess.run([binary, *options, "true"], capture_output=True, timeout=10, check=False)
            if probe.returncode == 0:
                return (binary, *options)
    return ()


nursery = Nursery()
atexit.register(nursery.close)
