"""What every supervised process has in common: how it starts, whether it lives, how it ends."""

import importlib.util
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from portal.servers.account import Account

MARK = "PORTAL_STARTED_BY"  # carried by every child, so a later start finds what a killed parent left
STOP_SECONDS = 30


class ServerFailed(Exception):
    """A process of the portal could not be prepared, started or stopped; the text says why."""


class Program:
    """One child process: its command, its rights, its log and the signal that ends it in order."""

    end_signal = signal.SIGTERM
    last_signal = signal.SIGKILL

    def __init__(self, name: str, state: Path, account: Account | None = None) -> None:
        self.name = name
        self.state = state
        self.account = account
        self.process: subprocess.Popen[bytes] | None = None

    def launch(
        self,
        command: list[str | Path],
        *,
        folder: Path | None = None,
        variables: Mapping[str, str] | None = None,
        output: Path | None = None,
    ) -> None:
        """Start the process in a session of its own: Ctrl-C is the supervisor's to hand on, in order.

        Without an output file the process writes where we write.
        """
        rights = self.account.popen_arguments() if self.account else {}
        log = output.open("ab") if output else None
        try:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                env={**os.environ, **(variables or {}), MARK: str(self.state)},
                start_new_session=True,
                **rights,
            )
        finally:
            if log:
                log.close()

    def alive(self) -> bool:
        """Say whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """End the process in order, and by force when it does not end in time."""
        if self.process is None:
            return
        if self.alive():
            self.process.send_signal(self.end_signal)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.send_signal(self.last_signal)
        self.process.wait()
        self.process = None


def wait_until(
    done: Callable[[], bool], *, seconds: float, failure: Callable[[], Exception], alive: Callable[[], bool]
) -> None:
    """Wait until something is done.

    Raises: what `failure` makes, when `alive` turns false or the seconds run out.
    """
    until = time.monotonic() + seconds
    while not done():
        if not alive() or time.monotonic() > until:
            raise failure()
        time.sleep(0.02)


def end_strays(state: Path) -> list[int]:
    """End the processes an earlier, killed supervisor left running on this state folder.

    Works where `/proc` tells the variables of a process; elsewhere a stray shows itself by the taken port.
    """
    mark = os.fsencode(f"{MARK}={state}")
    strays = [number for number in _process_numbers() if mark in _variables_of(number)]
    for number in strays:
        _signal(number, signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    while any(mark in _variables_of(number) for number in strays):
        if time.monotonic() > until:
            for number in strays:
                _signal(number, signal.SIGKILL)
        time.sleep(0.05)
    return strays


def wheel_folder(package: str) -> Path:
    """Return the folder of an installed package without importing it.

    Raises: ServerFailed when the package is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ServerFailed(
            f"The package {package} is not installed, so no server can be started here. "
            "Run `make setup`, or set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL to servers of your own."
        )
    return Path(next(iter(found.submodule_search_locations)))


def last_lines(log: Path, count: int = 12) -> str:
    """Return the end of a log for a person to read."""
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    except FileNotFoundError:
        return "(it wrote nothing)"


def _process_numbers() -> list[int]:
    own = os.getpid()
    numbers = (int(folder.name) for folder in Path("/proc").glob("[0-9]*"))
    return [number for number in numbers if number != own]


def _variables_of(number: int) -> list[bytes]:
    try:
        return Path(f"/proc/{number}/environ").read_bytes().split(b"\0")
    except OSError:
        return []  # ended meanwhile, or not ours to look at


def _signal(number: int, which: signal.Signals) -> None:
    try:
        os.kill(number, which)
    except ProcessLookupError:
        return  # ended meanwhile, which is what was wanted
