"""Set the environment before settings are read: this module is a pytest plugin named in pyproject.toml.

The first process of a run makes a temporary state folder and starts the servers; parallel workers, and
the processes that tests start, inherit the addresses. Each worker has its own database, Redis number and
file folder. With DATABASE_URL and DATABASE_OWNER_URL (or REDIS_URL) given, those servers are used.
"""

import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from psycopg2 import sql

from portal.servers import places
from portal.servers.pair import ServerPair

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
IS_FIRST = "PORTAL_TEST_RUN" not in os.environ
STRANGERS_TO_TESTS = (
    "PORTAL_DEMO",
    "PORTAL_EMBEDDED",
    "PORTAL_HOSTS",
    "PORTAL_STATIC_DIR",
    "SECRET_KEY_FILE",
    "PORTAL_LOG_KEY_FILE",
    "PORTAL_LOG_OLD_KEY",
    "PORTAL_LOG_OLD_KEY_FILE",
)


def with_database(address: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def with_number(address: str, number: int) -> str:
    """Return the address of another numbered database of the same Redis or Valkey."""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        # geturl would drop the slashes of an address without a host
        return f"unix://{parts.path}?db={number}"
    return parts._replace(path=f"/{number}").geturl()


def _begin_run() -> ServerPair:
    """Choose the servers of this run, once, and leave their addresses in the environment."""
    run = Path(tempfile.mkdtemp(prefix="sqp-tests-"))
    run.chmod(0o711)  # the servers' account passes through it
    os.environ["PORTAL_TEST_RUN"] = str(run)
    os.environ["PORTAL_STATE_DIR"] = str(run / "state")
    own_database, own_redis = "DATABASE_URL" not in os.environ, "REDIS_URL" not in os.environ
    if own_database:
        owner, role = places.OWNER_ROLE, places.APPLICATION_ROLE
        os.environ["DATABASE_URL"] = places.database_address(run / "state", role)
        os.environ["DATABASE_OWNER_URL"] = places.database_address(run / "state", owner)
    if own_redis:
        os.environ["REDIS_URL"] = places.redis_address(run / "state")
    return ServerPair(run / "state", postgres=own_database, valkey=own_redis, outlives_power_cuts=False)


for stranger in STRANGERS_TO_TESTS:
    os.environ.pop(stranger, None)
os.environ["PORTAL_TESTS"] = os.environ["PORTAL_FAST_HASHER"] = "1"
os.environ["PORTAL_HTTPS"] = os.environ["PORTAL_DEBUG"] = "0"
os.environ["SECRET_KEY"] = "of-no-use-outside-the-tests-" + "0123456789" * 3
os.environ["PORTAL_LOG_KEY"] = (
    "PRIVATE+KEY+tests.example/log+f4cbd29d+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
)

servers = _begin_run() if IS_FIRST else None

RUN = Path(os.environ["PORTAL_TEST_RUN"])
TEMPLATE = f"sqp_{RUN.name[-8:].lower()}_template"
DATABASE = f"sqp_{RUN.name[-8:].lower()}_{WORKER}"
os.environ["PORTAL_FILES_DIR"] = str(RUN / f"files-{WORKER}")
os.environ["DATABASE_URL"] = with_database(os.environ["DATABASE_URL"], DATABASE)
os.environ["DATABASE_OWNER_URL"] = with_database(os.environ["DATABASE_OWNER_URL"], DATABASE)
if WORKER != "main":
    os.environ["REDIS_URL"] = with_number(os.environ["REDIS_URL"], int(WORKER.removeprefix("gw")) % 15 + 1)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the servers in the first process, unless tests are only listed."""
    if servers and not session.config.option.collectonly:
        servers.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the first process started and remove its folder."""
    if servers:
        _drop_template()
        servers.stop()
        shutil.rmtree(places.socket_folder(servers.state), ignore_errors=True)
        shutil.rmtree(RUN, ignore_errors=True)
        for name in ("PORTAL_TEST_RUN", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
            os.environ.pop(name, None)


def _drop_template() -> None:
    """Leave a given server as it was; the databases of the workers are dropped by themselves."""
    if not (RUN / "template.ready").exists():
        return
    connection = psycopg2.connect(with_database(os.environ["DATABASE_OWNER_URL"], "postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(TEMPLATE)))
    connection.close()
