"""The far side of intake: one foreign file, one reader, then the process ends.

Carried out in a process forked for one file by `portal.intake.cradle`. The file is standard input, the answer
is one JSON document on standard output. The limits are set before the first foreign byte is read. Neither Django
nor the settings are loaded: a parser that is taken over finds no database address, no secret and no open
connection here.
"""

from __future__ import annotations

import base64
import dataclasses
import importlib
import json
import resource
import signal
import sys
from decimal import Decimal
from pathlib import Path


def set_limits(limits: dict) -> None:
    """Give up, for good, what this process will not need.

    Units: bytes of address space and of written files, seconds of processor time.
    """
    wanted = {
        resource.RLIMIT_AS: limits["memory_bytes"],
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_FSIZE: limits["output_bytes"],
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        resource.setrlimit(kind, (value, value))
    # Python ignores this signal; the parent tells a too large answer from a damaged file by it.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def plain(value: object) -> object:
    """Return what JSON can carry for one value it does not know."""
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"{type(value).__name__} cannot leave the child process")


def answer(order: dict) -> dict:
    from portal.intake.unreadable import FileNotReadable

    if order.get("tells_steps"):
        from portal.intake import steps

        steps.listen(sys.stderr.fileno())
    module_name, _, function_name = order["reader"].partition(":")
    reader = getattr(importlib.import_module(module_name), function_name)
    content = sys.stdin.buffer.read()
    try:
        return {"data": reader(content, **order["arguments"])}
    except FileNotReadable as refusal:
        return {"refusal": refusal.sentence}
    except MemoryError:
        return {"failure": "memory"}
    except RecursionError:
        return {"failure": "depth"}
    except Exception as error:
        return {"failure": "error", "kind": type(error).__name__}


def peak_bytes() -> int:
    """Return the most memory this process held, nothing where the machine does not tell."""
    try:
        marks = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = marks.partition("VmHWM:")[2].split()
    return int(found[0]) * 1024 if found else 0


def carry_out(order: dict) -> None:
    """Read the one file of an order within its limits and write the answer."""
    set_limits(order["limits"])
    result = answer(order) | {"peak_bytes": peak_bytes()}
    try:
        text = json.dumps(result, default=plain, allow_nan=False, separators=(",", ":"))
    except MemoryError:
        text = '{"failure":"memory"}'
    sys.stdout.write(text)
    sys.stdout.flush()
