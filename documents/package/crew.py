"""Other processes that draw sections beside this one, so that a package is drawn on every processor.

A helper is started when it is first needed and kept: importing and opening fonts takes longer than most sections. It
ends with the process that started it, or after a while without work, and is replaced when it has grown too large.
A helper knows no database, and is handed only what it draws.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MIB = 1024 * 1024
# Grown beyond this a helper is replaced after its job; one form of 6,000 rows stays below it.
LARGEST_BYTES = 250 * MIB
IDLE_SECONDS = 15 * 60
# For fewer missing sections than this nobody is asked for help.
WORTH_HELP = 2

_state: dict[str, list[Helper] | bool] = {"allowed": False, "crew": []}
_hiring = threading.Lock()


class HelperLost(Exception):
    """A helper died or fell silent; its section is drawn here."""


class Helper:
    """One process that draws sections, one after the other."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "documents.package.crew"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": ""},
        )
        self.is_too_large = False

    def draw(self, section, prefix: str) -> bytes:
        """Return the PDF of a section.

        Raises:  what drawing it raises; HelperLost when the process is gone.
        """
        try:
            _send(self.process.stdin, (section, prefix))
            is_drawn, found, peak_bytes = _receive(self.process.stdout)
        except (OSError, EOFError, pickle.PickleError) as error:
            raise HelperLost from error
        self.is_too_large = peak_bytes > LARGEST_BYTES
        if is_drawn:
            return found
        raise found

    def end(self) -> None:
        """Let the process finish and wait for it."""
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.stdout.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def allow() -> None:
    """Let this process have helpers: a worker may, a process that answers requests has no memory for them."""
    _state["allowed"] = True


def refuse() -> None:
    """Let this process draw alone again."""
    _state["allowed"] = False
    dismiss()


def crew_of_this_process() -> list[Helper]:
    """Return the helpers there are."""
    return list(_state["crew"])


def dismiss() -> None:
    """End the helpers of this process."""
    with _hiring:
        while _state["crew"]:
            _state["crew"].pop().end()


atexit.register(dismiss)


def _crew() -> list[Helper]:
    """Return one helper for every processor but the one we run on."""
    wanted = len(os.sched_getaffinity(0)) - 1
    with _hiring:
        for gone in [each for each in _state["crew"] if each.is_too_large or each.process.poll() is not None]:
            _state["crew"].remove(gone)
            gone.end()
        while len(_state["crew"]) < wanted:
            _state["crew"].append(Helper())
        return list(_state["crew"])


def has_help() -> bool:
    """Tell whether sections are drawn beside this process, too."""
    return bool(_state["allowed"]) and len(os.sched_getaffinity(0)) > 1


def draw_all(jobs: dict, draw: Callable, *, tell: Callable, keep: Callable) -> None:
    """Draw every section of `jobs`, here and by helpers.

    jobs:  key to section and prefix, in the order they are begun.
    tell:  called in this thread with how many are done, before each section that is drawn here.
    keep:  called in this thread with key and PDF, once for each.
    Raises:  what drawing the first failing section raises, once no helper is at work any more.
    """
    waiting: SimpleQueue = SimpleQueue()
    for key, job in jobs.items():
        waiting.put((key, *job))
    crew = _crew() if _state["allowed"] and len(jobs) >= WORTH_HELP else []
    theirs: SimpleQueue = SimpleQueue()
    threads = [threading.Thread(target=_feed, args=(helper, waiting, theirs), daemon=True) for helper in crew]
    # the longest is begun here: its blank pages are kept by this process
    taken = _next(waiting)
    for thread in threads:
        thread.start()
    try:
        for done in count():
            if taken is None:
                break
            key, section, prefix = taken
            tell(section, done)
            keep(key, draw(section, prefix=prefix))
            taken = _next(waiting)
    finally:
        while _next(waiting) is not None:
            pass  # after a refusal nothing more is begun
        for thread in threads:
            thread.join()
    while (answer := _next(theirs)) is not None:
        key, found = answer
        if isinstance(found, HelperLost):
            section, prefix = jobs[key]
            found = draw(section, prefix=prefix)
        if isinstance(found, Exception):
            raise found
        keep(key, found)


def _feed(helper: Helper, waiting: SimpleQueue, theirs: SimpleQueue) -> None:
    while (taken := _next(waiting)) is not None:
        key, section, prefix = taken
        try:
            theirs.put((key, helper.draw(section, prefix)))
        except Exception as refusal:  # handed to the thread that asked
            theirs.put((key, refusal))
            if isinstance(refusal, HelperLost):
                return


def _next(waiting: SimpleQueue):
    try:
        return waiting.get_nowait()
    except Empty:
        return None


def _send(stream, thing) -> None:
    content = pickle.dumps(thing)
    stream.write(struct.pack(">Q", len(content)) + content)
    stream.flush()


def _receive(stream):
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    return pickle.loads(stream.read(struct.unpack(">Q", head)[0]))


def serve() -> None:
    """Draw what is asked for until nobody asks any more."""
    import gc
    import resource

    from documents.package.drawing import draw
    from documents.package.renderer import paper_renderer

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    questions = os.fdopen(os.dup(0), "rb", buffering=0)
    paper_renderer()
    gc.freeze()
    gc.disable()
    while select.select([questions], [], [], IDLE_SECONDS)[0]:
        try:
            section, prefix = _receive(_Whole(questions))
        except EOFError:
            return
        try:
            found = (True, draw(section, prefix=prefix))
        except Exception as refusal:  # handed to whom it concerns
            found = (False, refusal)
        _send(answers, (*found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024))
        gc.collect()


class _Whole:
    """A pipe that is read to the length asked for, with nothing kept back from `select`."""

    def __init__(self, pipe) -> None:
        self.pipe = pipe

    def read(self, length: int) -> bytes:
        parts = []
        while length and (part := self.pipe.read(length)):
            parts.append(part)
            length -= len(part)
        return b"".join(parts)


if __name__ == "__main__":
    serve()
