"""The commands of the portal's own three processes: web, worker and beat."""

import http.client
import sys
from pathlib import Path

from portal.servers.places import CHECKOUT
from portal.servers.program import Program


class Process(Program):
    """One of the portal's own processes, which writes where the supervisor writes."""

    def __init__(
        self, name: str, state: Path, command: list[str | Path], variables: dict[str, str] | None = None
    ) -> None:
        super().__init__(name, state)
        self.command = command
        self.variables = {"DJANGO_SETTINGS_MODULE": "portal.settings", **(variables or {})}

    def start(self) -> None:
        """Start the process in the checkout, with the settings of this one."""
        self.launch(self.command, folder=CHECKOUT, variables=self.variables)

    def answers(self) -> bool:
        """Say whether the process runs; whether its work goes well is shown by the jobs themselves."""
        return self.alive()


class Web(Process):
    """The pages, served by gunicorn on one address."""

    def __init__(self, state: Path, host: str, port: int) -> None:
        self.host, self.port = host, port
        bind = f"--bind={host}:{port}"
        command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.servers.gunicorn_settings", bind]
        super().__init__("web", state, [*command, "--log-level=warning"])

    def responds(self) -> bool:
        """Say whether a page is answered, whatever the answer says."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            return connection.getresponse().status < 600
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def worker(state: Path) -> Process:
    """Return the process that does the background work."""
    # Celery warns root because of pickled messages; only JSON is accepted here.
    variables = {"PYTHONWARNINGS": "ignore:You're running the worker"}
    return Process("worker", state, _celery("worker", "--without-gossip", "--without-mingle"), variables)


def beat(state: Path) -> Process:
    """Return the process that keeps the time: it asks for the sweep of lapsed jobs."""
    return Process("beat", state, _celery("beat", f"--schedule={state / 'beat-schedule'}", "--pidfile="))


def _celery(verb: str, *options: str) -> list[str | Path]:
    return [sys.executable, "-m", "celery", "-q", "-A", "portal", verb, "--loglevel=WARNING", *options]
