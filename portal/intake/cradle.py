"""The process readers are born in: it holds our own programs ready, and never a byte of a foreign file.

Run as a script by `portal.intake.nursery`, with the folder of our packages as its one argument; standard input
is the socket orders come by. For each order it forks one reader, tells its number, and when it has ended ends
what it left running and tells how it ended. A reader whose asker says so, or is gone, is killed; so are all when
the process that started this one is gone. Neither Django nor the settings are loaded.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import tempfile
import types
from dataclasses import dataclass
from pathlib import Path

MOST_ORDER_BYTES = 1 << 18
MOST_FILES = 1024
# source, answer, steps, and the socket the asker waits at
FILES_OF_ORDER = 4
# what nearly every reader needs; the rest comes with the first order that names it
HELD_READY = ("portal.intake.worker", "portal.intake.pdf", "portal.intake.pictures", "pypdfium2.raw")
END = b"end"


@dataclass(frozen=True)
class Reader:
    """One running reader: its number, what becomes readable when it ends, and the socket of who asked for it."""

    pid: int
    ended: int
    asker: socket.socket


class Cradle:
    """Answers orders, one reader each, until nobody is left to ask."""

    def __init__(self, door: socket.socket, root: Path) -> None:
        self.door = door
        self.root = root
        self.watch = selectors.DefaultSelector()
        self.watch.register(door, selectors.EVENT_READ)

    def serve(self) -> None:
        """Work off what comes until the door is closed on the other side; then end every reader."""
        while True:
            for key, _events in self.watch.select():
                if key.fileobj is self.door:
                    if not self.take_order():
                        return self.end_all()
                elif key.fileobj == key.data.ended:
                    self.bury(key.data)
                else:
                    self.hear(key.data)

    def take_order(self) -> bool:
        """Fork one reader for the next order; say whether there was one."""
        message, files, _flags, _address = socket.recv_fds(self.door, MOST_ORDER_BYTES, FILES_OF_ORDER)
        if not message:
            return False
        order = json.loads(message)
        self.hold_ready(order["reader"].partition(":")[0])
        pid = os.fork()
        if pid == 0:
            be_reader(order, files[:3])
        for descriptor in files[:3]:
            os.close(descriptor)
        asker = socket.socket(fileno=files[3])
        reader = Reader(pid=pid, ended=os.pidfd_open(pid), asker=asker)
        self.watch.register(reader.ended, selectors.EVENT_READ, reader)
        self.watch.register(asker, selectors.EVENT_READ, reader)
        tell(asker, pid)
        return True

    def hold_ready(self, *modules: str) -> None:
        """Load our own modules before the fork; what does not load fails again in the reader, and is said there."""
        for module in modules:
            open_house(self.root, module.partition(".")[0])
            with contextlib.suppress(Exception):
                importlib.import_module(module)

    def hear(self, reader: Reader) -> None:
        """End a reader whose asker wants it ended or is gone; `bury` follows by itself."""
        with contextlib.suppress(OSError):
            if reader.asker.recv(len(END)):
                end_group(reader.pid)
                return
        self.watch.unregister(reader.asker)
        end_group(reader.pid)

    def bury(self, reader: Reader) -> None:
        """End what an ended reader left running, and tell how the reader itself ended."""
        end_group(reader.pid)
        _pid, status = os.waitpid(reader.pid, 0)
        self.watch.unregister(reader.ended)
        os.close(reader.ended)
        with contextlib.suppress(KeyError):
            self.watch.unregister(reader.asker)
        tell(reader.asker, os.waitstatus_to_exitcode(status))
        reader.asker.close()

    def end_all(self) -> None:
        for key in list(self.watch.get_map().values()):
            if key.data is not None:
                end_group(key.data.pid)


def tell(asker: socket.socket, number: int) -> None:
    with contextlib.suppress(OSError):
        asker.send(str(number).encode("ascii"))


def end_group(pid: int) -> None:
    """Kill a reader and everything it started; before its first breath it has no group of its own yet."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)


def open_house(root: Path, name: str) -> None:
    """Make one of our packages importable without running its start-up code.

    `portal/__init__.py` may wire the task queue and with it the settings; a reader needs neither.
    """
    if name in sys.modules or not (root / name).is_dir():
        return
    package = types.ModuleType(name)
    package.__path__ = [str(root / name)]
    sys.modules[name] = package


def be_reader(order: dict, files: list[int]) -> None:
    """Live as the reader of one file, with nothing of the cradle's in hand, and never return."""
    status = 1
    try:
        os.setsid()
        for place, descriptor in enumerate(files):
            os.dup2(descriptor, place)
        os.closerange(len(files), MOST_FILES)
        os.chdir(order["room"])
        os.environ["HOME"] = os.environ["TMPDIR"] = order["room"]
        tempfile.tempdir = None
        from portal.intake import worker

        worker.carry_out(order)
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    root = Path(sys.argv[1])
    sys.path.insert(0, str(root))
    cradle = Cradle(socket.socket(fileno=os.dup(sys.stdin.fileno())), root)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    cradle.hold_ready(*HELD_READY)
    gc.collect()
    gc.freeze()
    cradle.serve()


if __name__ == "__main__":
    main()
