"""The parent of every process: start in order, keep alive, stop in order."""

import logging
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from portal.servers import places, processes
from portal.servers.pair import ServerPair
from portal.servers.postgres import Postgres
from portal.servers.program import ServerFailed, wait_until
from portal.servers.valkey import Valkey

WATCH_SECONDS = 0.5
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0  # a process that has run this long has its earlier failures forgiven
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

logger = logging.getLogger(__name__)

Kept = Postgres | Valkey | processes.Process


class Keeper:
    """Keeps one process alive: started again when it ends, after a pause that grows with each failure."""

    def __init__(self, program: Kept, clock: Callable[[], float] = time.monotonic) -> None:
        self.program = program
        self.clock = clock
        self.pause = FIRST_PAUSE_SECONDS
        self.started = clock()
        self.restart_at: float | None = None

    def look(self) -> None:
        """Start the process again when it has ended and its pause is over."""
        now = self.clock()
        if self.program.alive():
            if now - self.started > STEADY_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            return
        if self.restart_at is None:
            self.restart_at = now + self.pause
            logger.warning("%s has ended; it starts again in %g s.", self.program.name, self.pause)
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        if now < self.restart_at:
            return
        self.restart_at = None
        self.started = now
        try:
            self.program.start()
        except ServerFailed as failure:
            logger.error("%s", failure)


def serve(
    *,
    port: int,
    host: str = "127.0.0.1",
    prepare: Callable[[], None] | None = None,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the portal until Ctrl-C: servers, migration, preparation, then web, worker and beat.

    `prepare` runs with the database migrated and before any page is answered; `announce` is given each line
    for the person at the terminal, the last of them beginning with `Ready: http`.

    Raises: ServerFailed when something does not start; whatever had started has been stopped by then.
    """
    _refuse_taken_port(host, port)
    before = {number: signal.signal(number, _interrupt) for number in STOP_SIGNALS}
    pair = embedded_pair()
    own = [
        processes.Web(pair.state, host, port),
        processes.worker(pair.state),
        processes.beat(pair.state),
    ]
    try:
        pair.start()
        call_command("migrate", verbosity=0)
        if prepare:
            prepare()
        connections.close_all()
        _start_all(own)
        announce(
            f"Ready: http://{'localhost' if host == '127.0.0.1' else host}:{port}/ (data in {pair.state})"
        )
        _keep_all([*pair.programs, *own])
    except KeyboardInterrupt:
        announce("Stopping.")
    finally:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the ordered stop short
        connections.close_all()
        for process in own:
            process.stop()
        pair.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def embedded_pair() -> ServerPair:
    """Return the embedded servers that the settings ask for: those whose addresses were not given."""
    return ServerPair(
        settings.PORTAL_STATE_DIR,
        postgres=settings.USES_EMBEDDED_DATABASE,
        valkey=settings.USES_EMBEDDED_REDIS,
    )


def _start_all(own: list[processes.Process]) -> None:
    """Start the portal's own processes and wait until the web answers a page."""
    places.make_state_folder(own[0].state)
    for process in own:
        process.start()
    web = own[0]
    assert isinstance(web, processes.Web)
    wait_until(
        web.responds,
        seconds=60,
        failure=lambda: ServerFailed(
            "The web process ended, or answered no page in time; see the lines above."
        ),
        alive=web.alive,
    )


def _keep_all(programs: list[Kept]) -> None:
    keepers = [Keeper(program) for program in programs]
    while True:
        for keeper in keepers:
            keeper.look()
        time.sleep(WATCH_SECONDS)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServerFailed(
                f"Port {port} of {host} cannot be used: {error.strerror}. Name another one in PORTAL_PORT."
            ) from error


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
