"""A reader, run on one foreign file in a child process that can do nothing else.

Walls, in the order they stand: a size limit before anything starts; an empty environment and no inherited
file descriptors; limits on memory, processor time, output and open files; a watch that kills the whole
process group once it takes too long, or holds too much memory together with the programs it started; and,
where the machine allows `unshare`, no network at all.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from portal.intake.nursery import Birth, CradleGone, nursery, without_network
from portal.intake.steps import last_step
from portal.intake.unreadable import FileNotReadable

MIB = 1024 * 1024

# A reader is our own code, named by us: the door is narrow so that it can never become a data field.
READER = re.compile(r"portal\.intake\.[a-z_]+:[a-z_]+|[a-z]+\.formats\.[a-z_]+:[a-z_]+")

# the memory of a reader is looked at as often as this at first, more rarely once it takes its time
PAUSE_SECONDS = 0.005
LONGEST_PAUSE_SECONDS = 0.05
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")

NO_NETWORK = "The child process had no network."
NETWORK_NOT_REMOVED = (
    "The child process was limited in memory, time and files, but this machine does not let it drop the "
    "network. Run the worker that looks at files in an internal-only network."
)


@dataclass(frozen=True)
class Limits:
    """What one child process may use.

    Units: bytes, and seconds of processor time and of wall time.
    """

    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 20
    wall_seconds: int = 25
    input_bytes: int = 100 * MIB
    output_bytes: int = 128 * MIB


@dataclass(frozen=True)
class Ran:
    """What one child process brought back and what it cost; `why` names the wall it ran into.

    Units:   seconds of wall time; bytes of memory at its highest, programs it started with it.
    """

    data: object
    refusal: str
    why: str
    seconds: float
    peak_bytes: int


class ReaderNotAllowed(ValueError):
    """The named reader is not one of the house's readers: a mistake in our own code."""


def run(
    *,
    reader: str,
    path: str | Path | None = None,
    content: bytes | None = None,
    arguments: dict | None = None,
    limits: Limits | None = None,
    on_step: Callable[[int, int], None] | None = None,
) -> object:
    """Run one reader on one file in a limited child process and return its plain data.

    `reader` is `module:function`, under `portal.intake` or an app's `formats`. Decimals come back as text,
    bytes as base64, dataclasses as dicts. `on_step` is told how many pages of how many are done, by readers that tell.

    Raises:  FileNotReadable when the reader refuses the file or does not survive it;
             ReaderNotAllowed when the name is not a reader of this house.
    """
    ran = run_measured(
        reader=reader, path=path, content=content, arguments=arguments, limits=limits, on_step=on_step
    )
    if ran.refusal:
        raise FileNotReadable(ran.refusal)
    return ran.data


def run_measured(
    *,
    reader: str,
    path: str | Path | None = None,
    content: bytes | None = None,
    arguments: dict | None = None,
    limits: Limits | None = None,
    on_step: Callable[[int, int], None] | None = None,
) -> Ran:
    """Run one reader as `run` does, and say what it cost, also where it refused the file or did not survive it.

    Raises:  FileNotReadable when the file is larger than may be read at all; ReaderNotAllowed.
    """
    if not READER.fullmatch(reader):
        raise ReaderNotAllowed(f"{reader} is not a reader that may run in the child process.")
    limits = limits or Limits()
    with _source(path, content) as source:
        _refuse_oversize(source, limits)
        order = {"reader": reader, "arguments": arguments or {}, "limits": asdict(limits)}
        order["tells_steps"] = on_step is not None
        started = time.monotonic()
        result, peak_bytes = _talk(order, source, limits, on_step)
    why = result.get("failure", "refused" if "refusal" in result else "")
    return Ran(
        data=result.get("data"),
        refusal=result.get("refusal") or FAILURES.get(why, ""),
        why=why,
        seconds=round(time.monotonic() - started, 3),
        peak_bytes=max(peak_bytes, result.get("peak_bytes", 0)),
    )


def wall() -> str:
    """Return the sentence that says whether the network is removed from the child on this machine."""
    return NO_NETWORK if without_network() else NETWORK_NOT_REMOVED


FAILURES = {
    "memory": (
        "The file needs more memory than a file may use here, as a decompression bomb does. "
        "Export it again as an ordinary PDF or table and send that."
    ),
    "time": (
        "The file could not be read within the time one file may take. "
        "Export it again, in smaller parts if it is large, and send that."
    ),
    "depth": (
        "The file is nested deeper than any real document. Export it again from the program that made it."
    ),
    "error": (
        "The file is damaged in a way its reader cannot get past. "
        "Export it again from the program that made it, open it once to see that it is whole, and send that."
    ),
    "output": (
        "The file holds more than can be read at once. Split it into smaller files and send them one by one."
    ),
}


@contextlib.contextmanager
def _source(path: str | Path | None, content: bytes | None) -> Iterator[BinaryIO]:
    if (path is None) == (content is None):
        raise ValueError("Give the file either by path or by content.")
    if path is not None:
        with open(path, "rb") as opened:
            yield opened
        return
    with tempfile.TemporaryFile() as opened:
        opened.write(content)
        opened.seek(0)
        yield opened


def _refuse_oversize(source: BinaryIO, limits: Limits) -> None:
    size_bytes = os.fstat(source.fileno()).st_size
    if size_bytes > limits.input_bytes:
        raise FileNotReadable(
            f"The file has {size_bytes / MIB:.0f} MiB; at most {limits.input_bytes // MIB} MiB are read. "
            "Split it or export it with smaller pictures."
        )


def _talk(
    order: dict, source: BinaryIO, limits: Limits, on_step: Callable[[int, int], None] | None
) -> tuple[dict, int]:
    """Have the order carried out; a second time where the process that starts readers was ended from outside."""
    try:
        return _talk_once(order, source, limits, on_step)
    except CradleGone:
        os.lseek(source.fileno(), 0, os.SEEK_SET)
        return _talk_once(order, source, limits, on_step)


def _talk_once(
    order: dict, source: BinaryIO, limits: Limits, on_step: Callable[[int, int], None] | None
) -> tuple[dict, int]:
    with contextlib.ExitStack() as held:
        output = held.enter_context(tempfile.TemporaryFile())
        told = held.enter_context(tempfile.TemporaryFile())
        room = held.enter_context(tempfile.TemporaryDirectory(prefix="intake-"))
        birth = nursery.begin(order | {"room": room}, (source, output, told))
        try:
            listen = _listener(told.fileno(), on_step) if on_step else None
            ended, peak_bytes = _wait(birth, limits, listen)
        finally:
            birth.abandon()
        output.seek(0)
        return ({"failure": ended} if isinstance(ended, str) else _verdict(ended, output)), peak_bytes


def _listener(told: int, on_step: Callable[[int, int], None]) -> Callable[[], None]:
    """Return what passes on how far the child is, each step once."""
    known: list[tuple[int, int] | None] = [None]

    def listen() -> None:
        step = last_step(told)
        if step != known[0]:
            known[0] = step
            on_step(*step)

    return listen


def _wait(birth: Birth, limits: Limits, listen: Callable[[], None] | None) -> tuple[int | str, int]:
    """Wait for the reader and return its status, or the wall it ran into; and how much memory it was seen to hold.

    Its memory is that of all its programs together; each alone stands under the same wall by its own limits. What
    rises between two looks is not seen, but a reader that ends well tells its own high mark itself.
    """
    ends, pause, peak_bytes = time.monotonic() + limits.wall_seconds, PAUSE_SECONDS, 0
    while (status := birth.ended_within(pause)) is None:
        held = held_bytes(birth.pid)
        peak_bytes, pause = max(peak_bytes, held), min(pause * 1.2, LONGEST_PAUSE_SECONDS)
        if held > limits.memory_bytes or time.monotonic() > ends:
            birth.end()
            return ("memory" if held > limits.memory_bytes else "time"), peak_bytes
        if listen:
            listen()
    return status, peak_bytes


def held_bytes(pid: int) -> int:
    """Return the memory a process and everything it started hold now; nothing of what is gone."""
    held = 0
    with contextlib.suppress(OSError):
        held = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
        for started in Path(f"/proc/{pid}/task").glob("*/children"):
            held += sum(held_bytes(int(each)) for each in started.read_text().split())
    return held


def _verdict(status: int, output: BinaryIO) -> dict:
    """Return the child's own words, or the reason why it has none."""
    if status == 0:
        with contextlib.suppress(ValueError):
            return json.loads(output.read())
    if status in (-signal.SIGXCPU, 128 + signal.SIGXCPU, -signal.SIGKILL, 128 + signal.SIGKILL):
        return {"failure": "time"}
    if status in (-signal.SIGXFSZ, 128 + signal.SIGXFSZ):
        return {"failure": "output"}
    # A reader in C that is refused memory ends the process instead of raising.
    if status in (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL):
        return {"failure": "memory"}
    return {"failure": "error"}
