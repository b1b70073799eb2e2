"""The embedded PostgreSQL and Valkey of one state folder, started and stopped together."""

import contextlib
import fcntl
from pathlib import Path
from types import TracebackType
from typing import IO

from portal.servers import places
from portal.servers.account import server_account
from portal.servers.postgres import Postgres
from portal.servers.program import ServerFailed, end_strays
from portal.servers.valkey import Valkey


class ServerPair:
    """The embedded servers a start needs: one, both or none of them.

    Only one pair may use a state folder at a time; what an earlier, killed parent left is ended first.
    A database that need not outlive power cuts is faster: tests throw theirs away. Kills it always outlives.
    """

    def __init__(
        self, state: Path, *, postgres: bool = True, valkey: bool = True, outlives_power_cuts: bool = True
    ) -> None:
        self.state = state
        account = server_account()
        self.account = account
        self.programs: list[Postgres | Valkey] = []
        if postgres:
            self.programs.append(Postgres(state, account, outlives_power_cuts=outlives_power_cuts))
        if valkey:
            self.programs.append(Valkey(state, account))
        self._lock: IO[str] | None = None

    def start(self) -> None:
        """Start the servers and wait until each answers.

        Raises: ServerFailed when another start holds the folder, or when a server does not come up.
        """
        places.make_state_folder(self.state)
        self._take_lock()
        try:
            end_strays(self.state)
            places.make_socket_folder(self.state, self.account)
            for program in self.programs:
                program.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the servers in the reverse order and let go of the folder."""
        for program in reversed(self.programs):
            program.stop()
        with contextlib.suppress(OSError):
            places.socket_folder(self.state).rmdir()  # empty after an ordered stop; otherwise it stays
        if self._lock:
            self._lock.close()
            self._lock = None

    def _take_lock(self) -> None:
        lock = (self.state / "supervisor.lock").open("a", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            raise ServerFailed(
                f"The portal already runs from here: another start uses {self.state}. "
                "Stop it with Ctrl-C in its own window, or give this one a folder in PORTAL_STATE_DIR."
            ) from error
        self._lock = lock

    def __enter__(self) -> "ServerPair":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
